//! Trains the tagger.

use rustc_hash::FxHashMap;

use super::random::Random;
use crate::syntax::conllu::{Tree, TreeWord};
use crate::syntax::tag::{BUCKET, Row, Tagger, best, pad, place};
use crate::syntax::tagset::{LABELS, Label};
use crate::syntax::template::{FIXED, MOVING, PADDING, Seen, Writing, fixed, moving};
use crate::syntax::word::Word;

/// Uses from which on a word has an ambiguity class.
const KNOWN: u32 = 3;
/// A label belongs to a word's class when this share of its uses has it.
const SHARE: f32 = 0.03;

/// The ambiguity classes of words, by the hash of the folded form.
pub(super) type Classes = FxHashMap<u64, u16>;

/// A sentence ready for training.
pub(super) struct Sentence {
    pub words: Vec<Word>,
    pub labels: Vec<Label>,
}

impl Sentence {
    pub(super) fn new(tree: &Tree) -> Self {
        Self {
            words: tree.words.iter().map(|word| Word::new(&word.form)).collect(),
            labels: tree.words.iter().map(label).collect(),
        }
    }
}

/// The gold label of a word.
pub(super) fn label(word: &TreeWord) -> Label {
    match word.upos {
        Some(upos) => Label::of(upos, word.xpos.unwrap_or(crate::syntax::Xpos::None)),
        None => Label(LABELS as u8 - 1),
    }
}

/// The classes of the words of a training set.
pub(super) fn classes<'a>(sentences: impl Iterator<Item = &'a Sentence>) -> Classes {
    let mut counts: FxHashMap<u64, [u32; LABELS]> = FxHashMap::default();
    let mut order = Vec::new();
    for sentence in sentences {
        for (word, label) in sentence.words.iter().zip(&sentence.labels) {
            let entry = counts.entry(word.folded).or_insert_with(|| {
                order.push(word.folded);
                [0; LABELS]
            });
            entry[label.0 as usize] += 1;
        }
    }
    let mut numbers: FxHashMap<u32, u16> = FxHashMap::default();
    let mut classes = Classes::default();
    for word in order {
        let labels = &counts[&word];
        let total: u32 = labels.iter().sum();
        if total < KNOWN {
            continue;
        }
        let often = |count: u32| count as f32 >= SHARE * total as f32 && count > 0;
        let set = labels.iter().rev().fold(0u32, |set, &count| set << 1 | u32::from(often(count)));
        let next = numbers.len() as u16 + 1;
        classes.insert(word, *numbers.entry(set).or_insert(next));
    }
    classes
}

/// A trained table, ready to be written.
pub(super) struct Table {
    pub fingerprints: Vec<u64>,
    pub rows: Vec<Row>,
}

impl Table {
    pub(super) fn tagger(&self) -> Tagger<'_> {
        Tagger { fingerprints: &self.fingerprints, rows: &self.rows }
    }
}

/// The averaged perceptron (Collins 2002) over every row a hash can name.
struct Perceptron {
    buckets: usize,
    weights: Vec<[i16; LABELS]>,
    /// What to take off the weights to get their average, times the number of sentences.
    late: Vec<[i32; LABELS]>,
}

const FINGERPRINTS: usize = 256;

/// Trains on the sentences for some epochs.
pub(super) fn train(sentences: &[&Sentence], classes: &Classes, buckets: usize, epochs: usize) -> Table {
    let size = buckets * FINGERPRINTS;
    let mut model = Perceptron { buckets, weights: vec![[0; LABELS]; size], late: vec![[0; LABELS]; size] };
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut random = Random::new(17);
    let mut time = 0i32;
    let mut seen = Vec::new();
    for _ in 0..epochs {
        random.shuffle(&mut order);
        for &index in &order {
            let sentence = sentences[index];
            pad(&sentence.words, |word| classes.get(&word.folded).copied().unwrap_or(0), &mut seen);
            model.learn(&seen, Writing::of(&sentence.words), &sentence.labels, time);
            time += 1;
        }
    }
    model.table(time)
}

impl Perceptron {
    fn learn(&mut self, seen: &[Seen], writing: Writing, gold: &[Label], time: i32) {
        let (mut last, mut last2) = (LABELS as u8, LABELS as u8);
        let mut hashes = [0u64; FIXED + MOVING];
        for (index, &gold) in (PADDING..).zip(gold) {
            let (still, turning) = hashes.split_at_mut(FIXED);
            fixed(seen, index, writing, still.try_into().expect("its size"));
            moving(seen, index, last, last2, turning.try_into().expect("its size"));
            let rows = hashes.map(|hash| {
                let (bucket, fingerprint) = place(hash, self.buckets);
                bucket * FINGERPRINTS + fingerprint as usize
            });
            let mut scores = [0i32; LABELS];
            for &row in &rows {
                for (score, &weight) in scores.iter_mut().zip(&self.weights[row]) {
                    *score += i32::from(weight);
                }
            }
            let guess = best(&scores);
            if guess != gold.0 {
                for &row in &rows {
                    for (label, step) in [(gold.0, 1), (guess, -1)] {
                        self.weights[row][label as usize] += step;
                        self.late[row][label as usize] += i32::from(step) * time;
                    }
                }
            }
            (last2, last) = (last, guess);
        }
    }

    /// The heaviest features of each bucket, averaged, in bytes.
    fn table(&self, time: i32) -> Table {
        let averaged = |row: usize| -> [f32; LABELS] {
            std::array::from_fn(|label| self.weights[row][label] as f32 - self.late[row][label] as f32 / time as f32)
        };
        let mut largest = 0f32;
        let mut kept: Vec<(u8, [f32; LABELS])> = Vec::with_capacity(self.buckets * BUCKET);
        for bucket in 0..self.buckets {
            let mut rows: Vec<(f32, u8, [f32; LABELS])> = (1..FINGERPRINTS)
                .filter(|fingerprint| {
                    self.weights[bucket * FINGERPRINTS + fingerprint] != [0; LABELS]
                        || self.late[bucket * FINGERPRINTS + fingerprint] != [0; LABELS]
                })
                .map(|fingerprint| {
                    let row = averaged(bucket * FINGERPRINTS + fingerprint);
                    (row.iter().map(|weight| weight * weight).sum(), fingerprint as u8, row)
                })
                .collect();
            rows.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
            rows.resize(BUCKET, (0.0, 0, [0.0; LABELS]));
            largest = rows.iter().flat_map(|row| row.2).fold(largest, |most, weight| most.max(weight.abs()));
            kept.extend(rows.into_iter().map(|(_, fingerprint, row)| (fingerprint, row)));
        }
        let scale = 127.0 / largest.max(1e-9).sqrt();
        let byte = |weight: f32| (weight.abs().sqrt() * scale).round().copysign(weight) as i8;
        Table {
            fingerprints: kept
                .chunks_exact(BUCKET)
                .map(|bucket| u64::from_le_bytes(std::array::from_fn(|place| bucket[place].0)))
                .collect(),
            rows: kept.iter().map(|(_, row)| row.map(byte)).collect(),
        }
    }
}
