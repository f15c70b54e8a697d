//! The tagger: a greedy averaged perceptron over hashed features, in eight bits.

#![allow(clippy::needless_range_loop, reason = "iterator chains are not inlined into functions with vector features")]

use super::Upos;
use super::net::prefetch;
use super::tagset::{LABELS, Label};
use super::template::{FIXED, MOVING, PADDING, Seen, Writing, fixed, moving};
use super::word::Word;

/// Rows a bucket of the table holds.
pub(crate) const BUCKET: usize = 8;

/// The weights of one feature, one a label; a byte `q` stands for `q · |q|`, which keeps small weights apart.
pub(crate) type Row = [i8; LABELS];

/// The tagger's weights where the model has them.
///
/// A feature's hash names a bucket and a fingerprint; its row is the one beside the fingerprint. Features that are
/// not in the table, which on new text are many, cost one look at a bucket and touch no row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tagger<'m> {
    /// Eight fingerprints a bucket, one a byte; 0 is an empty place.
    pub fingerprints: &'m [u64],
    /// The rows, in the order of the fingerprints.
    pub rows: &'m [Row],
}

/// Rows of one token.
#[derive(Clone, Copy)]
struct Still {
    rows: [u32; FIXED],
    count: usize,
}

/// The bucket and the fingerprint of a feature in a table of `buckets`.
#[inline]
pub(crate) fn place(hash: u64, buckets: usize) -> (usize, u8) {
    let bucket = (((hash & 0xFFFF_FFFF) * buckets as u64) >> 32) as usize;
    (bucket, ((hash >> 56) as u8).max(1))
}

impl Tagger<'_> {
    /// The row of a feature and whether it has one; if not, the row is another's.
    #[inline(always)]
    fn find(&self, hash: u64) -> (u32, bool) {
        const LOW: u64 = 0x0101_0101_0101_0101;
        let (bucket, fingerprint) = place(hash, self.fingerprints.len());
        // The lowest zero byte of the difference is found exactly, and there is at most one.
        let difference = self.fingerprints[bucket] ^ (LOW * u64::from(fingerprint));
        let zeros = difference.wrapping_sub(LOW) & !difference & (LOW << 7);
        ((bucket * BUCKET) as u32 + (zeros.trailing_zeros() / 8) % BUCKET as u32, zeros != 0)
    }

    /// The rows of the features that do not depend on labels. They are asked for, so that they have come when they are
    /// needed, a token later.
    #[inline(always)]
    fn still(&self, tokens: &[Seen], index: usize, writing: Writing) -> Still {
        let mut hashes = [0; FIXED];
        fixed(tokens, index, writing, &mut hashes);
        let mut still = Still { rows: [0; FIXED], count: 0 };
        for hash in hashes {
            // Whether a feature is in the table cannot be foreseen: a branch would cost more than the work it saves.
            let (row, found) = self.find(hash);
            still.rows[still.count] = row;
            still.count += usize::from(found);
            prefetch(&self.rows[row as usize]);
        }
        still
    }

    /// The scores of the token at `index`, after tokens labelled `last2` and `last`.
    #[inline(always)]
    fn scores<const WIDE: bool>(
        &self,
        still: &Still,
        tokens: &[Seen],
        index: usize,
        last: u8,
        last2: u8,
    ) -> [i32; LABELS] {
        let mut turning = [0; MOVING];
        moving(tokens, index, last, last2, &mut turning);
        let mut all = [&ZERO; FIXED + MOVING];
        for (slot, &row) in all.iter_mut().zip(&still.rows[..still.count]) {
            *slot = &self.rows[row as usize];
        }
        let mut count = still.count;
        for hash in turning {
            let (row, found) = self.find(hash);
            all[count] = if found { &self.rows[row as usize] } else { &ZERO };
            count += usize::from(found);
        }
        let all = all.as_chunks::<FOUR>().0;
        sum::<WIDE>(&all[..count.div_ceil(FOUR)])
    }

    /// Labels the words of a sentence, given with [`PADDING`] on either side.
    #[inline(always)]
    pub(crate) fn tag<const WIDE: bool>(&self, tokens: &[Seen], writing: Writing, labels: &mut Vec<Label>) {
        labels.clear();
        self.go_on::<WIDE>(tokens, writing, labels);
    }

    /// Labels the words that have no label yet.
    #[inline(always)]
    fn go_on<const WIDE: bool>(&self, tokens: &[Seen], writing: Writing, labels: &mut Vec<Label>) {
        let (mut last, mut last2) = before(labels, labels.len());
        let range = PADDING + labels.len()..tokens.len() - PADDING;
        if range.is_empty() {
            return;
        }
        let mut next = self.still(tokens, range.start, writing);
        for index in range.clone() {
            let still = next;
            if index + 1 < range.end {
                next = self.still(tokens, index + 1, writing);
            }
            let best = best(&self.scores::<WIDE>(&still, tokens, index, last, last2));
            labels.push(Label(best));
            (last2, last) = (last, best);
        }
    }

    /// Finds the verb of a headline that was left without one: "Bomber kills nine". The treebanks have few headlines,
    /// so a verb in the present is easily taken for a noun; the noun that comes nearest to being a verb is made one.
    #[inline(always)]
    pub(crate) fn find_verb<const WIDE: bool>(&self, tokens: &[Seen], writing: Writing, labels: &mut Vec<Label>) {
        let has_verb = labels.iter().any(|label| label.is_finite());
        let stopped = labels.last().is_none_or(|label| label.upos() == Upos::Punct);
        if has_verb || stopped || labels.len() < 4 {
            return;
        }
        let mut found: Option<(i32, usize, Label)> = None;
        for index in 1..labels.len() - 1 {
            let noun = labels[index];
            let after_noun = matches!(labels[index - 1].upos(), Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron);
            if noun.upos() != Upos::Noun || !after_noun {
                continue;
            }
            let (last, last2) = before(labels, index);
            let still = self.still(tokens, PADDING + index, writing);
            let scores = self.scores::<WIDE>(&still, tokens, PADDING + index, last, last2);
            let Some(verb) = Label::FINITE.into_iter().max_by_key(|verb| (scores[verb.0 as usize], 255 - verb.0))
            else {
                continue;
            };
            let short = scores[noun.0 as usize] - scores[verb.0 as usize];
            if short < margin(labels[index + 1].upos(), &tokens[PADDING + index + 1].word)
                && found.is_none_or(|(least, ..)| short < least)
            {
                found = Some((short, index, verb));
            }
        }
        if let Some((_, index, verb)) = found {
            labels.truncate(index);
            labels.push(verb);
            self.go_on::<WIDE>(tokens, writing, labels);
        }
    }
}

/// Rows that are added in one go.
const FOUR: usize = 4;
static ZERO: Row = [0; LABELS];
const _: () = assert!((FIXED + MOVING).is_multiple_of(FOUR));

/// The sum of rows.
#[inline(always)]
fn sum<const WIDE: bool>(rows: &[[&Row; FOUR]]) -> [i32; LABELS] {
    #[cfg(target_arch = "x86_64")]
    if WIDE {
        // SAFETY: who asks for it has seen that the processor has the feature.
        return unsafe { sum_wide(rows) };
    }
    let mut scores = [0; LABELS];
    for row in rows.iter().flatten() {
        for label in 0..LABELS {
            let root = i32::from(row[label]);
            scores[label] += root * root.abs();
        }
    }
    scores
}

/// The same with the instruction that multiplies bytes and adds neighbouring products; with the bytes of four rows side by
/// side, neighbours are weights of one label. A sum of two products is below 2^15.
#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "avx2")]
fn sum_wide(rows: &[[&Row; FOUR]]) -> [i32; LABELS] {
    use std::arch::x86_64::{
        _mm256_abs_epi8, _mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_maddubs_epi16,
        _mm256_permute2x128_si256, _mm256_set1_epi16, _mm256_setzero_si256, _mm256_storeu_si256, _mm256_unpackhi_epi8,
        _mm256_unpackhi_epi16, _mm256_unpacklo_epi8, _mm256_unpacklo_epi16,
    };
    let ones = _mm256_set1_epi16(1);
    let mut sums = [_mm256_setzero_si256(); 4];
    for four in rows {
        // SAFETY: a row has the 32 bytes of a vector.
        let [a, b, c, d] = four.map(|row| unsafe { _mm256_loadu_si256(row.as_ptr().cast()) });
        let (low, other_low) = (_mm256_unpacklo_epi8(a, b), _mm256_unpacklo_epi8(c, d));
        let (high, other_high) = (_mm256_unpackhi_epi8(a, b), _mm256_unpackhi_epi8(c, d));
        let quads = [
            _mm256_unpacklo_epi16(low, other_low),
            _mm256_unpackhi_epi16(low, other_low),
            _mm256_unpacklo_epi16(high, other_high),
            _mm256_unpackhi_epi16(high, other_high),
        ];
        for x in 0..4 {
            let pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(quads[x]), quads[x]);
            sums[x] = _mm256_add_epi32(sums[x], _mm256_madd_epi16(pairs, ones));
        }
    }
    // Halves of vectors hold every other group of four labels.
    let mut scores = [0; LABELS];
    for (x, ordered) in [
        _mm256_permute2x128_si256::<0x20>(sums[0], sums[1]),
        _mm256_permute2x128_si256::<0x20>(sums[2], sums[3]),
        _mm256_permute2x128_si256::<0x31>(sums[0], sums[1]),
        _mm256_permute2x128_si256::<0x31>(sums[2], sums[3]),
    ]
    .into_iter()
    .enumerate()
    {
        // SAFETY: eight labels are written, of which there are four times as many.
        unsafe { _mm256_storeu_si256(scores.as_mut_ptr().add(8 * x).cast(), ordered) };
    }
    scores
}

/// How far a noun's score as a verb may fall short for it to be the verb of a headline, by what follows: an object
/// makes a verb likely, a preposition follows nouns as well ("attacks on"). Scores of sure labels differ by some 20,000.
fn margin(next: Upos, word: &Word) -> i32 {
    const TO: u32 = u32::from_le_bytes(*b"to\0\0");
    match next {
        // Its label is as unsure as the verb's: "vows to".
        _ if word.head == TO => 10_000,
        Upos::Det | Upos::Num | Upos::Part | Upos::Pron | Upos::Sym => 16_000,
        Upos::Noun | Upos::Propn | Upos::Adj | Upos::Adv | Upos::Sconj => 10_000,
        _ => 2_000,
    }
}

/// The labels of the two tokens before one.
fn before(labels: &[Label], index: usize) -> (u8, u8) {
    let label = |back: usize| index.checked_sub(back).map_or(LABELS as u8, |at| labels[at].0);
    (label(1), label(2))
}

/// The first of the best labels.
#[inline]
pub(crate) fn best(scores: &[i32; LABELS]) -> u8 {
    // The label in the low bits makes one maximum out of two comparisons; scores stay far below 2^26.
    let keyed = scores.iter().zip((0..LABELS as i32).rev()).map(|(&score, rank)| (score << 5) | rank);
    (LABELS as i32 - 1 - (keyed.max().unwrap_or(0) & 31)) as u8
}

/// The words of a sentence with their padding.
pub(crate) fn pad(words: &[Word], mut classes: impl FnMut(&Word) -> u16, out: &mut Vec<Seen>) {
    out.clear();
    let edge = |mark: u64| Seen { word: Word { folded: mark, cased: mark, ..Word::default() }, class: u16::MAX };
    out.extend([edge(1), edge(2)]);
    out.extend(words.iter().map(|word| Seen { word: *word, class: classes(word) }));
    out.extend([edge(3), edge(4)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_and_plain_sums_agree() {
        let mut state = 5u64;
        let mut rows = [[0i8; LABELS]; 12];
        for value in rows.iter_mut().flatten() {
            state = crate::syntax::word::mix(state);
            *value = ((state >> 30) % 255) as i8;
            *value = if *value == i8::MIN { 127 } else { *value };
        }
        let fours: Vec<[&Row; FOUR]> = rows.as_chunks::<FOUR>().0.iter().map(|four| four.each_ref()).collect();
        let plain = sum::<false>(&fours);
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            assert_eq!(sum::<true>(&fours), plain);
        }
        assert_eq!(plain[0], rows.iter().map(|row| i32::from(row[0]) * i32::from(row[0]).abs()).sum::<i32>());
    }
}
