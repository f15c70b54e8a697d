//! The tagger: a greedy averaged perceptron over hashed features, in eight bits.

#![allow(clippy::needless_range_loop, reason = "iterator chains are not inlined into functions with vector features")]

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

/// The bucket and the fingerprint of a feature in a table of `buckets`.
#[inline]
pub(crate) fn place(hash: u64, buckets: usize) -> (usize, u8) {
    let bucket = (((hash & 0xFFFF_FFFF) * buckets as u64) >> 32) as usize;
    (bucket, ((hash >> 56) as u8).max(1))
}

impl Tagger<'_> {
    #[inline(always)]
    fn add(&self, hash: u64, scores: &mut [i32; LABELS]) {
        const LOW: u64 = 0x0101_0101_0101_0101;
        let (bucket, fingerprint) = place(hash, self.fingerprints.len());
        // The lowest zero byte of the difference is found exactly, and there is at most one.
        let difference = self.fingerprints[bucket] ^ (LOW * u64::from(fingerprint));
        let zeros = difference.wrapping_sub(LOW) & !difference & (LOW << 7);
        if zeros == 0 {
            return;
        }
        let row = &self.rows[bucket * BUCKET + (zeros.trailing_zeros() / 8) as usize];
        for label in 0..LABELS {
            let root = i16::from(row[label]);
            scores[label] += i32::from(root * root.abs());
        }
    }

    /// Labels the words of a sentence, given with [`PADDING`] on either side.
    #[inline(always)]
    pub(crate) fn tag(&self, tokens: &[Seen], writing: Writing, labels: &mut Vec<Label>) {
        labels.clear();
        let (mut last, mut last2) = (LABELS as u8, LABELS as u8);
        let mut still = [0; FIXED];
        let mut turning = [0; MOVING];
        for index in PADDING..tokens.len() - PADDING {
            let mut scores = [0; LABELS];
            fixed(tokens, index, writing, &mut still);
            moving(tokens, index, last, last2, &mut turning);
            for hash in still {
                self.add(hash, &mut scores);
            }
            for hash in turning {
                self.add(hash, &mut scores);
            }
            let best = best(&scores);
            labels.push(Label(best));
            (last2, last) = (last, best);
        }
    }
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
