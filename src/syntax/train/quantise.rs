//! From trained weights to the whole numbers of the model file.

use super::lane::label_rows;
use super::layout::{LABEL_WIDTH, NUMBER_WIDTH, Part, SUFFIX_WIDTH, TAG_WIDTH, WORD_WIDTH};
use super::weights::Weights;
use crate::syntax::blob::{Builder, Section};
use crate::syntax::net::{HIDDEN, LABEL_VALUES, TAG_VALUES};
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

/// The weights of the input from `at` on.
fn inner(weights: &Weights, at: usize) -> &[f32] {
    &weights.inner.weights[at * HIDDEN..(at + 1) * HIDDEN]
}

/// What an embedding at a place of the input adds to the hidden layer.
fn row(weights: &Weights, part: Part, at: usize) -> impl Iterator<Item = i16> {
    let mut sums = [0f32; HIDDEN];
    for (index, &factor) in weights.embeddings.weights[part.source..][..part.width].iter().enumerate() {
        for (sum, weight) in sums.iter_mut().zip(inner(weights, at + index)) {
            *sum += factor * weight;
        }
    }
    sums.into_iter().map(|sum| rounded(sum, HIDDEN_UNIT))
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
    let word_weights = factors.flat_map(|at| inner(weights, at)).map(|&weight| rounded(weight, FACTOR_UNIT));
    builder.add(Section::WordWeights, bytes16(word_weights));
    let tags = |slots: usize, at: &dyn Fn(usize) -> usize| {
        let pairs = (0..slots).flat_map(|slot| (0..TAG_VALUES).map(move |tag| (slot, tag)));
        bytes16(pairs.flat_map(|(slot, tag)| row(weights, layout.tag(tag), at(slot))).collect::<Vec<_>>())
    };
    builder.add(Section::WordTagRows, tags(WORD_SLOTS, &|number| slot(number) + WORD_WIDTH + SUFFIX_WIDTH));
    let at_tags = slot(WORD_SLOTS);
    builder.add(Section::TagRows, tags(TAG_SLOTS, &|number| at_tags + number * TAG_WIDTH));
    let at_labels = at_tags + TAG_SLOTS * TAG_WIDTH;
    let labels = (0..LABEL_SLOTS).flat_map(|slot| (0..LABEL_VALUES).map(move |label| (slot, label)));
    let labels = labels.flat_map(|(slot, label)| row(weights, layout.label(label), at_labels + slot * LABEL_WIDTH));
    builder.add(Section::LabelRows, bytes16(labels));
    let at_numbers = at_labels + LABEL_SLOTS * LABEL_WIDTH;
    let numbers = (0..NUMBER_SLOTS).flat_map(|slot| (0..NUMBER_VALUES).map(move |value| (slot, value)));
    let numbers =
        numbers.flat_map(|(slot, value)| row(weights, layout.number(slot, value), at_numbers + slot * NUMBER_WIDTH));
    builder.add(Section::NumberRows, bytes16(numbers));
    builder.add(Section::Bias, bytes16(weights.bias.weights.iter().map(|&value| rounded(value, HIDDEN_UNIT))));
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
