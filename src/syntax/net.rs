//! The parser's net in whole numbers: one hidden layer of rectified units over sums of rows.
//!
//! After Chen and Manning (2014): the weights of every input are multiplied out beforehand, so that a step adds one
//! row for each thing it looks at. All sums are of whole numbers and saturate alike everywhere, so every processor
//! gives the same trees.

#![allow(clippy::needless_range_loop, reason = "iterator chains are not inlined into functions with vector features")]

use rustc_hash::FxHashMap;

use super::Deprel;
use super::blob::{Blob, Section};
use super::tagset::LABELS;
use super::transition::{LABEL_SLOTS, Move, NO_LABEL, NUMBER_SLOTS, NUMBER_VALUES, TAG_SLOTS, View, WORD_SLOTS};
use crate::error::{Error, Result};

/// Hidden units.
pub(crate) const HIDDEN: usize = 192;
/// Tags as the net sees them: the tagger's labels, the root, and no word.
pub(crate) const TAG_VALUES: usize = LABELS + 2;
/// The tag of the root.
pub(crate) const ROOT_TAG: u8 = LABELS as u8;
/// The tag of the word that stands for none.
pub(crate) const NO_TAG: u8 = LABELS as u8 + 1;
/// Labels as the net sees them: none, then the relations.
pub(crate) const LABEL_VALUES: usize = 1 + Deprel::ALL.len();
/// Numbers of a word's embedding, and of its ending's.
pub(crate) const WORD_WIDTH: usize = 32;
/// See [`WORD_WIDTH`].
pub(crate) const SUFFIX_WIDTH: usize = 16;
/// The number of the root as a word, and as an ending; 0 is an unknown one.
pub(crate) const ROOT_WORD: u16 = 1;
/// The number of the word that stands for none.
pub(crate) const NO_WORD: u16 = 2;
/// How many rows a step adds.
const ROWS: usize = WORD_SLOTS + TAG_SLOTS + LABEL_SLOTS + NUMBER_SLOTS;

/// What one input adds to the hidden layer.
pub(crate) type HiddenRow = [i16; HIDDEN];
/// Numbers of both.
pub(crate) const WIDTH: usize = WORD_WIDTH + SUFFIX_WIDTH;

/// The net's numbers, where the model has them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Net<'m> {
    words: &'m [[i16; WORD_WIDTH]],
    suffixes: &'m [[i16; SUFFIX_WIDTH]],
    word_weights: &'m [HiddenRow],
    word_tags: &'m [HiddenRow],
    tags: &'m [HiddenRow],
    labels: &'m [HiddenRow],
    numbers: &'m [HiddenRow],
    bias: &'m HiddenRow,
    moves: &'m [HiddenRow],
    label_weights: &'m [HiddenRow],
    output_bias: &'m [i32],
    masks: &'m [u64],
}

impl<'m> Net<'m> {
    /// The net of a model, if its tables have the right sizes.
    pub(crate) fn new(blob: &'m Blob) -> Result<Self> {
        let net = Self {
            words: blob.section::<i16>(Section::WordEmbeddings).as_chunks().0,
            suffixes: blob.section::<i16>(Section::SuffixEmbeddings).as_chunks().0,
            word_weights: blob.section::<i16>(Section::WordWeights).as_chunks().0,
            word_tags: blob.section::<i16>(Section::WordTagRows).as_chunks().0,
            tags: blob.section::<i16>(Section::TagRows).as_chunks().0,
            labels: blob.section::<i16>(Section::LabelRows).as_chunks().0,
            numbers: blob.section::<i16>(Section::NumberRows).as_chunks().0,
            bias: blob.section::<i16>(Section::Bias).as_chunks().0.first().unwrap_or(&[0; HIDDEN]),
            moves: blob.section::<i16>(Section::MoveWeights).as_chunks().0,
            label_weights: blob.section::<i16>(Section::LabelWeights).as_chunks().0,
            output_bias: blob.section(Section::OutputBias),
            masks: blob.section(Section::LabelMasks),
        };
        let labels = 2 * Deprel::ALL.len();
        let sound = net.words.len() > NO_WORD as usize
            && net.suffixes.len() > NO_WORD as usize
            && net.word_weights.len() == WORD_SLOTS * WIDTH
            && net.word_tags.len() == WORD_SLOTS * TAG_VALUES
            && net.tags.len() == TAG_SLOTS * TAG_VALUES
            && net.labels.len() == LABEL_SLOTS * LABEL_VALUES
            && net.numbers.len() == NUMBER_SLOTS * NUMBER_VALUES
            && net.moves.len() == Move::ALL.len()
            && net.label_weights.len() == labels
            && net.output_bias.len() == Move::ALL.len() + labels
            && net.masks.len() == 2 * TAG_VALUES * TAG_VALUES;
        if sound { Ok(net) } else { Err(Error::data("not a usable syntax model: a table has the wrong size")) }
    }

    /// How many words and endings it knows.
    pub(crate) fn vocabulary(&self) -> (usize, usize) {
        (self.words.len(), self.suffixes.len())
    }

    /// Whether every arc has a possible label, and no other than there are.
    pub(crate) fn masks_are_sound(&self, labels: usize) -> bool {
        self.masks.iter().all(|&mask| mask != 0 && mask >> labels == 0)
    }

    /// Which labels an arc may have, a bit for each relation; never none.
    #[inline]
    pub(crate) fn mask(&self, step: Move, head: u8, dependent: u8) -> u64 {
        let side = if step == Move::Left { 0 } else { 1 };
        self.masks[(side * TAG_VALUES + head as usize) * TAG_VALUES + dependent as usize]
    }

    /// Scores of the three moves.
    #[inline(always)]
    pub(crate) fn moves<const WIDE: bool>(&self, hidden: &HiddenRow) -> [i32; 3] {
        let mut scores = [0; 3];
        for step in 0..3 {
            scores[step] = dot::<WIDE>(hidden, &self.moves[step]).wrapping_add(self.output_bias[step]);
        }
        scores
    }

    /// The best of the labels in a mask, counted from 0; the first of equals.
    #[inline(always)]
    pub(crate) fn label<const WIDE: bool>(&self, hidden: &HiddenRow, step: Move, mask: u64) -> u8 {
        let first = if step == Move::Left { 0 } else { Deprel::ALL.len() };
        let mut rest = mask;
        let mut best = (rest.trailing_zeros() as u8, i32::MIN);
        if rest & rest.wrapping_sub(1) == 0 {
            return best.0;
        }
        while rest != 0 {
            let label = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            let row = first + label;
            let score = dot::<WIDE>(hidden, &self.label_weights[row]).wrapping_add(self.output_bias[3 + row]);
            if score > best.1 {
                best = (label as u8, score);
            }
        }
        best.0
    }

    /// The hidden layer of a state. `rows` gives the place of each word's rows in the cache, `tags` its tag; `none` is the
    /// word that stands for none.
    #[inline(always)]
    pub(crate) fn hidden(&self, view: &View, none: u16, cache: &Cache, rows: &[u32], tags: &[u8], out: &mut HiddenRow) {
        let words: &[HiddenRow] = cache.rows[cache.start..].as_chunks().0;
        let mut all = [self.bias; ROWS];
        let mut count = 0;
        // What is not there adds nothing: the rows are relative to it.
        let mut push = |row, is_there: bool| {
            all[count] = row;
            count += usize::from(is_there);
        };
        for slot in 0..WORD_SLOTS {
            let word = view.words[slot];
            push(&words[rows[word as usize] as usize * WORD_SLOTS + slot], word != none);
        }
        for slot in 0..TAG_SLOTS {
            let word = view.tags[slot];
            push(&self.tags[slot * TAG_VALUES + tags[word as usize] as usize], word != none);
        }
        for slot in 0..LABEL_SLOTS {
            let label = view.labels[slot];
            push(&self.labels[slot * LABEL_VALUES + label as usize], label != NO_LABEL);
        }
        for slot in 0..NUMBER_SLOTS {
            let number = view.numbers[slot];
            push(&self.numbers[slot * NUMBER_VALUES + number as usize], number != 0);
        }
        sum(self.bias, &all[..count], out);
    }
}

/// Tells the processor that something will be read soon; changes no result.
#[inline(always)]
pub(crate) fn prefetch<T>(what: &T) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: a prefetch has no effect but on time, whatever the address.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(what).cast()) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = what;
}

/// The sum of rows, cut off below zero. A row is read in one go: most are not in the nearest cache, and its parts are
/// then fetched at the same time.
#[inline(always)]
fn sum(bias: &HiddenRow, rows: &[&HiddenRow], out: &mut HiddenRow) {
    let mut sums = *bias;
    for row in rows {
        for x in 0..HIDDEN {
            sums[x] = sums[x].saturating_add(row[x]);
        }
    }
    for x in 0..HIDDEN {
        out[x] = sums[x].max(0);
    }
}

/// The sum of products. The model's weights are small enough that it cannot overflow; in a damaged one it wraps.
#[inline(always)]
fn dot<const WIDE: bool>(one: &HiddenRow, other: &HiddenRow) -> i32 {
    #[cfg(target_arch = "x86_64")]
    if WIDE {
        // SAFETY: who asks for it has seen that the processor has the feature.
        return unsafe { dot_wide(one, other) };
    }
    let mut sum = 0i32;
    for x in 0..HIDDEN {
        sum = sum.wrapping_add(i32::from(one[x]) * i32::from(other[x]));
    }
    sum
}

/// The same with the instruction that adds neighbouring products.
#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "avx2")]
fn dot_wide(one: &HiddenRow, other: &HiddenRow) -> i32 {
    use std::arch::x86_64::_mm256_setzero_si256;
    use std::arch::x86_64::{__m256i, _mm_add_epi32, _mm_cvtsi128_si32, _mm_shuffle_epi32, _mm256_castsi256_si128};
    use std::arch::x86_64::{_mm256_add_epi32, _mm256_extracti128_si256, _mm256_loadu_si256, _mm256_madd_epi16};

    let mut sum = _mm256_setzero_si256();
    for (one, other) in one.as_chunks::<VECTOR>().0.iter().zip(other.as_chunks::<VECTOR>().0) {
        // SAFETY: each has the numbers of a vector; loads need not be aligned.
        let [one, other] = [one, other].map(|part| unsafe { _mm256_loadu_si256(part.as_ptr().cast::<__m256i>()) });
        sum = _mm256_add_epi32(sum, _mm256_madd_epi16(one, other));
    }
    let four = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256::<1>(sum));
    let two = _mm_add_epi32(four, _mm_shuffle_epi32::<0b1110>(four));
    _mm_cvtsi128_si32(_mm_add_epi32(two, _mm_shuffle_epi32::<1>(two)))
}

/// Numbers of a vector.
#[cfg(target_arch = "x86_64")]
const VECTOR: usize = 16;

/// Adds the inputs' products with their weights to a row; each product is rounded and loses its lowest 15 bits.
pub(crate) fn add_products(row: &mut HiddenRow, factors: &[i16; WIDTH], weights: &[HiddenRow; WIDTH]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has the feature.
        return unsafe { add_products_wide(row, factors, weights) };
    }
    add_products_plain(row, factors, weights);
}

fn add_products_plain(row: &mut HiddenRow, factors: &[i16; WIDTH], weights: &[HiddenRow; WIDTH]) {
    for input in 0..WIDTH {
        for x in 0..HIDDEN {
            let product = i32::from(factors[input]) * i32::from(weights[input][x]);
            row[x] = row[x].saturating_add(((product + 0x4000) >> 15) as i16);
        }
    }
}

/// The same with one instruction for each product, which compilers do not find on their own.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn add_products_wide(row: &mut HiddenRow, factors: &[i16; WIDTH], weights: &[HiddenRow; WIDTH]) {
    use std::arch::x86_64::{__m256i, _mm256_adds_epi16, _mm256_mulhrs_epi16, _mm256_set1_epi16};
    use std::arch::x86_64::{_mm256_loadu_si256, _mm256_setzero_si256, _mm256_storeu_si256};

    /// Vectors that are summed side by side.
    const SUMS: usize = 6;
    const _: () = assert!(HIDDEN.is_multiple_of(VECTOR * SUMS));
    for column in (0..HIDDEN).step_by(VECTOR * SUMS) {
        let mut sums = [_mm256_setzero_si256(); SUMS];
        for x in 0..SUMS {
            // SAFETY: a row holds a vector at this column, see the assertion; loads need not be aligned.
            sums[x] = unsafe { _mm256_loadu_si256(row.as_ptr().add(column + x * VECTOR).cast::<__m256i>()) };
        }
        for input in 0..WIDTH {
            let factor = _mm256_set1_epi16(factors[input]);
            for x in 0..SUMS {
                let at = column + x * VECTOR;
                // SAFETY: as above.
                let weights = unsafe { _mm256_loadu_si256(weights[input].as_ptr().add(at).cast::<__m256i>()) };
                sums[x] = _mm256_adds_epi16(sums[x], _mm256_mulhrs_epi16(factor, weights));
            }
        }
        for x in 0..SUMS {
            // SAFETY: as above.
            unsafe { _mm256_storeu_si256(row.as_mut_ptr().add(column + x * VECTOR).cast::<__m256i>(), sums[x]) };
        }
    }
}

/// The rows of the words met lately: one for each word slot.
///
/// Common words have places of their own, so that a stream of rare ones does not drive them out.
#[derive(Debug)]
pub(crate) struct Cache {
    common: FxHashMap<u64, u32>,
    rare: FxHashMap<u64, u32>,
    /// [`HiddenRow`]s, one after the other from `start` on; never grows, so that they stay where they are.
    rows: Vec<i16>,
    start: usize,
}

/// Words whose rows are kept, common ones and rare ones: 38 MB of rows when full.
const KEPT: usize = 4096;
/// Words are numbered by how often they are used; those below this number are common.
const COMMON: u16 = 2500;

impl Default for Cache {
    fn default() -> Self {
        // Zeros are taken from the system as they are: pages that are never written to cost nothing. Of whole rows they
        // would be written.
        let rows = vec![0i16; 2 * KEPT * WORD_SLOTS * HIDDEN + LINE / size_of::<i16>()];
        // A vector that lies across two cache lines is loaded twice. Where this cannot be known any start will do.
        let start = match rows.as_ptr().align_offset(LINE) {
            start if start < LINE / size_of::<i16>() => start,
            _ => 0,
        };
        Self { common: FxHashMap::default(), rare: FxHashMap::default(), rows, start }
    }
}

/// Bytes of a cache line.
const LINE: usize = 64;

impl Cache {
    /// Makes room for a sentence of `count` words: a part that is full is emptied.
    pub(crate) fn make_room(&mut self, count: usize) {
        for part in [&mut self.common, &mut self.rare] {
            if part.len() + count > KEPT {
                part.clear();
            }
        }
    }

    /// The place of the rows of a word with an ending and a tag.
    #[inline(always)]
    pub(crate) fn place(&mut self, net: &Net, word: u16, suffix: u16, tag: u8) -> u32 {
        let key = u64::from(word) << 24 | u64::from(suffix) << 8 | u64::from(tag);
        let is_common = word != 0 && word < COMMON;
        let (part, first) = if is_common { (&mut self.common, 0) } else { (&mut self.rare, KEPT as u32) };
        if let Some(&place) = part.get(&key) {
            return place;
        }
        let place = first + part.len() as u32;
        part.insert(key, place);
        self.make(net, place, word, suffix, tag);
        place
    }

    /// Asks for the rows of a word, which will be read soon.
    #[inline(always)]
    pub(crate) fn expect(&self, place: u32) {
        let rows: &[HiddenRow] = self.rows[self.start..].as_chunks().0;
        let rows = &rows[place as usize * WORD_SLOTS..][..WORD_SLOTS];
        for line in rows.as_flattened().as_chunks::<{ LINE / size_of::<i16>() }>().0 {
            prefetch(line);
        }
    }

    fn make(&mut self, net: &Net, place: u32, word: u16, suffix: u16, tag: u8) {
        let mut factors = [0i16; WIDTH];
        factors[..WORD_WIDTH].copy_from_slice(&net.words[word as usize]);
        factors[WORD_WIDTH..].copy_from_slice(&net.suffixes[suffix as usize]);
        for slot in 0..WORD_SLOTS {
            let row = &mut self.rows[self.start..].as_chunks_mut().0[place as usize * WORD_SLOTS + slot];
            *row = net.word_tags[slot * TAG_VALUES + tag as usize];
            let weights = net.word_weights[slot * WIDTH..][..WIDTH].try_into().expect("the slot's weights");
            add_products(row, &factors, weights);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dot_as_built(one: &HiddenRow, other: &HiddenRow) -> i32 {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            return dot::<true>(one, other);
        }
        dot::<false>(one, other)
    }

    #[test]
    fn wide_and_plain_sums_agree() {
        let mut state = 1u64;
        let mut random = || {
            state = crate::syntax::word::mix(state);
            (state >> 17) as i16
        };
        for shift in [0, 3, 6] {
            let mut factors = [0i16; WIDTH];
            let mut weights = [[0i16; HIDDEN]; WIDTH];
            factors.iter_mut().for_each(|value| *value = random() >> shift);
            weights.iter_mut().flatten().for_each(|value| *value = random() >> shift);
            let (mut one, mut other) = ([7; HIDDEN], [7; HIDDEN]);
            add_products(&mut one, &factors, &weights);
            add_products_plain(&mut other, &factors, &weights);
            assert_eq!(one, other);
            assert_eq!(dot_as_built(&one, &weights[0]), dot::<false>(&one, &weights[0]));
        }
    }
}
