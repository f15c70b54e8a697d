//! From trained weights to the whole numbers of the model file.

use super::lane::label_rows;
use super::layout::{LABEL_WIDTH, NUMBER_WIDTH, Part, SUFFIX_WIDTH, TAG_WIDTH, WORD_WIDTH};
use super::weights::Weights;
use crate::syntax::blob::{Builder, Section};
use crate::syntax::net::{HIDDEN, HiddenRow, LABEL_VALUES, NO_TAG, NO_WORD, TAG_VALUES, WIDTH, add_products};
use crate::syntax::transition::{LABEL_SLOTS, Move, NUMBER_SLOTS, NUMBER_VALUES, TAG_SLOTS, WORD_SLOTS};

/// One in the hidden layer.
const HIDDEN_UNIT: f32 = 512.0;
/// One in an embedding and in the weights it is multiplied with; their product has 15 bits cut off.
const FACTOR_UNIT: f32 = 4096.0;
const _: () = assert!(FACTOR_UNIT * FACTOR_UNIT / 32768.0 == HIDDEN_UNIT);

const SLOT_WIDTH: usize = WORD_WIDTH + SUFFIX_WIDTH + TAG_WIDTH;

fn rounded(value: f32, unit: f32) -> i16 {
    (value * unit).round().clamp(-32767.0, 32767.0) as i16
}

fn row_of(values: &[f32], unit: f32) -> HiddenRow {
    std::array::from_fn(|x| rounded(values[x], unit))
}

/// The weights of the input from `at` on.
fn inner(weights: &Weights, at: usize) -> &[f32] {
    &weights.inner.weights[at * HIDDEN..(at + 1) * HIDDEN]
}

/// What an embedding at a place of the input adds to the hidden layer.
fn row(weights: &Weights, part: Part, at: usize) -> HiddenRow {
    let mut sums = [0f32; HIDDEN];
    for (index, &factor) in weights.embeddings.weights[part.source..][..part.width].iter().enumerate() {
        for (sum, weight) in sums.iter_mut().zip(inner(weights, at + index)) {
            *sum += factor * weight;
        }
    }
    sums.map(|sum| rounded(sum, HIDDEN_UNIT))
}

/// The hidden layer when nothing is there. What each slot adds to it then is taken out of the slot's rows, so that a slot
/// with nothing in it need not be looked at: most children are not there.
struct Start(HiddenRow);

impl Start {
    /// Takes a slot's row of what is not there.
    fn take(&mut self, none: &HiddenRow, rows: &mut [HiddenRow]) {
        for (sum, value) in self.0.iter_mut().zip(none) {
            *sum = sum.saturating_add(*value);
        }
        for row in rows {
            for (value, none) in row.iter_mut().zip(none) {
                *value = value.saturating_sub(*none);
            }
        }
    }
}

fn bytes16(numbers: impl IntoIterator<Item = i16>) -> Vec<u8> {
    numbers.into_iter().flat_map(i16::to_le_bytes).collect()
}

/// Adds the net's sections.
pub(super) fn net(weights: &Weights, words: usize, suffixes: usize, masks: &[u64], builder: &mut Builder) {
    let layout = &weights.layout;
    let table = |part: Part| {
        weights.embeddings.weights[part.source..][..part.width].iter().map(|&value| rounded(value, FACTOR_UNIT))
    };
    builder.add(Section::WordEmbeddings, bytes16((0..words).flat_map(|word| table(layout.word(word)))));
    builder.add(Section::SuffixEmbeddings, bytes16((0..suffixes).flat_map(|suffix| table(layout.suffix(suffix)))));
    let slot = |slot: usize| slot * SLOT_WIDTH;
    let factors = (0..WORD_SLOTS).flat_map(|number| slot(number)..slot(number) + WORD_WIDTH + SUFFIX_WIDTH);
    let word_weights: Vec<HiddenRow> = factors.map(|at| row_of(inner(weights, at), FACTOR_UNIT)).collect();
    builder.add(Section::WordWeights, bytes16(word_weights.as_flattened().iter().copied()));
    let mut start = Start(row_of(&weights.bias.weights, HIDDEN_UNIT));
    let tags = |at: usize| -> Vec<HiddenRow> { (0..TAG_VALUES).map(|tag| row(weights, layout.tag(tag), at)).collect() };

    let no_word: Vec<i16> = table(layout.word(NO_WORD.into())).chain(table(layout.suffix(NO_WORD.into()))).collect();
    let no_word: &[i16; WIDTH] = no_word.as_slice().try_into().expect("the numbers of a word and an ending");
    let word_tags = word_weights.as_chunks::<WIDTH>().0.iter().enumerate().flat_map(|(number, factors)| {
        let mut rows = tags(slot(number) + WORD_WIDTH + SUFFIX_WIDTH);
        let mut none = rows[NO_TAG as usize];
        add_products(&mut none, no_word, factors);
        start.take(&none, &mut rows);
        rows.into_iter().flatten()
    });
    builder.add(Section::WordTagRows, bytes16(word_tags));
    let at_tags = slot(WORD_SLOTS);
    let tag_rows = (0..TAG_SLOTS).flat_map(|number| {
        let mut rows = tags(at_tags + number * TAG_WIDTH);
        start.take(&rows[NO_TAG as usize].clone(), &mut rows);
        rows.into_iter().flatten()
    });
    builder.add(Section::TagRows, bytes16(tag_rows));
    let mut others = |slots: usize, values: usize, row: &dyn Fn(usize, usize) -> HiddenRow| {
        let rows = (0..slots).flat_map(|slot| {
            let mut rows: Vec<HiddenRow> = (0..values).map(|value| row(slot, value)).collect();
            start.take(&rows[0].clone(), &mut rows);
            rows.into_iter().flatten()
        });
        bytes16(rows)
    };
    let at_labels = at_tags + TAG_SLOTS * TAG_WIDTH;
    let label_row = |slot, label| row(weights, layout.label(label), at_labels + slot * LABEL_WIDTH);
    builder.add(Section::LabelRows, others(LABEL_SLOTS, LABEL_VALUES, &label_row));
    let at_numbers = at_labels + LABEL_SLOTS * LABEL_WIDTH;
    let number_row = |slot, value| row(weights, layout.number(slot, value), at_numbers + slot * NUMBER_WIDTH);
    builder.add(Section::NumberRows, others(NUMBER_SLOTS, NUMBER_VALUES, &number_row));
    builder.add(Section::Bias, bytes16(start.0));
    output(weights, masks, builder);
}

/// Adds the scores of moves and labels, in units as fine as their sums allow.
fn output(weights: &Weights, masks: &[u64], builder: &mut Builder) {
    let rows =
        |range: std::ops::Range<usize>| range.map(|row| &weights.output.weights[row * (HIDDEN + 1)..][..HIDDEN + 1]);
    let (moves, labels) = (0..3, label_rows(Move::Left).start..label_rows(Move::Right).end);
    let mut bias = Vec::new();
    for (section, range) in [(Section::MoveWeights, moves), (Section::LabelWeights, labels)] {
        let unit = unit(rows(range.clone()));
        let numbers = rows(range.clone()).flat_map(|row| &row[..HIDDEN]).map(|&weight| rounded(weight, unit));
        builder.add(section, bytes16(numbers));
        bias.extend(rows(range).map(|row| (row[HIDDEN] * unit * HIDDEN_UNIT) as i32));
    }
    builder.add(Section::OutputBias, bias.into_iter().flat_map(i32::to_le_bytes));
    builder.add(Section::LabelMasks, masks.iter().flat_map(|mask| mask.to_le_bytes()));
}

/// The finest unit, a power of two, with which no sum over a full hidden layer can overflow 32 bits.
fn unit<'a>(rows: impl Iterator<Item = &'a [f32]>) -> f32 {
    let largest = rows.map(|row| {
        let sum: f32 = row[..HIDDEN].iter().map(|weight| weight.abs()).sum();
        sum + row[HIDDEN].abs() * HIDDEN_UNIT / 32767.0
    });
    let largest = largest.fold(1.0, f32::max);
    let mut unit = 32768.0;
    while unit * largest > 60000.0 {
        unit /= 2.0;
    }
    unit
}
