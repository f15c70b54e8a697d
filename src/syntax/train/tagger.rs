//! Trains the tagger.

use rustc_hash::FxHashMap;

use super::random::Random;
use crate::syntax::conllu::{Tree, TreeWord};
use crate::syntax::tag::{BUCKET, Row, Tagger, pad, place};
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

/// Fingerprints of a bucket, the empty one included.
const FINGERPRINTS: usize = 256;
/// How much a step moves weights at most (Crammer et al. 2006: PA-I). One is by how much the right label is to lead.
const LARGEST_STEP: f32 = 0.01;
/// A word that is used this often is taken for an unknown one every other time, a common word hardly ever: its ending, its
/// shape and its neighbours must do, as they must on new text.
const UNKNOWN: f32 = 4.0;
/// Stands for the hash of a word that is taken for an unknown one.
const UNKNOWN_HASH: u64 = 99;

/// Trains on the sentences for some epochs, twice: first to see which features weigh most, then with those alone, so
/// that they make up for the others.
pub(super) fn train(sentences: &[&Sentence], classes: &Classes, buckets: usize, epochs: usize) -> Table {
    let data = Data::of(sentences, classes);
    let first = data.learn(Learner::new(buckets, None), epochs, 17).table();
    data.learn(Learner::new(buckets, Some(&first)), epochs, 94).table()
}

/// What is learnt from.
struct Data<'d> {
    sentences: &'d [&'d Sentence],
    classes: &'d Classes,
    /// How often each word is used, by the hash of its folded form.
    uses: FxHashMap<u64, f32>,
}

impl<'d> Data<'d> {
    fn of(sentences: &'d [&'d Sentence], classes: &'d Classes) -> Self {
        let mut uses: FxHashMap<u64, f32> = FxHashMap::default();
        for word in sentences.iter().flat_map(|sentence| &sentence.words) {
            *uses.entry(word.folded).or_default() += 1.0;
        }
        Self { sentences, classes, uses }
    }

    fn learn(&self, mut learner: Learner, epochs: usize, seed: u64) -> Learner {
        let mut random = Random::new(seed);
        let mut order: Vec<usize> = (0..self.sentences.len()).collect();
        let mut seen = Vec::new();
        for _ in 0..epochs {
            random.shuffle(&mut order);
            for &index in &order {
                let sentence = self.sentences[index];
                pad(&sentence.words, |word| self.classes.get(&word.folded).copied().unwrap_or(0), &mut seen);
                self.sentence(sentence, &mut seen, &mut learner, &mut random);
                learner.time += 1.0;
            }
        }
        learner
    }

    /// Learns from a sentence, given with its padding.
    fn sentence(&self, sentence: &Sentence, seen: &mut [Seen], learner: &mut Learner, random: &mut Random) {
        let writing = Writing::of(&sentence.words);
        let (mut last, mut last2) = (LABELS as u8, LABELS as u8);
        let mut hashes = [0u64; FIXED + MOVING];
        for (index, &gold) in (PADDING..).zip(&sentence.labels) {
            let here = seen[index];
            if random.unit() < UNKNOWN / (UNKNOWN + self.uses[&here.word.folded]) {
                seen[index].word.folded = UNKNOWN_HASH;
                seen[index].word.cased = UNKNOWN_HASH;
                seen[index].class = 0;
            }
            let (still, turning) = hashes.split_at_mut(FIXED);
            fixed(seen, index, writing, still.try_into().expect("its size"));
            moving(seen, index, last, last2, turning.try_into().expect("its size"));
            seen[index] = here;
            (last2, last) = (last, learner.learn(&hashes, gold));
        }
    }
}

/// Weights of the features a hash can name, and their average.
struct Learner {
    buckets: usize,
    /// For each bucket and fingerprint the number of its row, or one of the marks.
    places: Vec<u32>,
    weights: Vec<[f32; LABELS]>,
    /// What to take off the weights to get their average, times the number of sentences.
    late: Vec<[f32; LABELS]>,
    /// Sentences seen.
    time: f32,
}

/// A feature that was not seen yet.
const NEW: u32 = u32::MAX;
/// A feature that is not to be learnt.
const LEFT_OUT: u32 = u32::MAX - 1;

impl Learner {
    /// Nothing learnt yet; from a table only its features will be.
    fn new(buckets: usize, table: Option<&Table>) -> Self {
        let mut places = vec![if table.is_some() { LEFT_OUT } else { NEW }; buckets * FINGERPRINTS];
        for (bucket, fingerprints) in table.iter().flat_map(|table| table.fingerprints.iter().enumerate()) {
            for fingerprint in fingerprints.to_le_bytes().into_iter().filter(|&fingerprint| fingerprint != 0) {
                places[bucket * FINGERPRINTS + fingerprint as usize] = NEW;
            }
        }
        Self { buckets, places, weights: Vec::new(), late: Vec::new(), time: 0.0 }
    }

    /// The row of a feature, unless it is left out.
    fn row(&mut self, hash: u64) -> Option<usize> {
        let (bucket, fingerprint) = place(hash, self.buckets);
        let place = &mut self.places[bucket * FINGERPRINTS + fingerprint as usize];
        if *place == NEW {
            *place = self.weights.len() as u32;
            self.weights.push([0.0; LABELS]);
            self.late.push([0.0; LABELS]);
        }
        (*place != LEFT_OUT).then_some(*place as usize)
    }

    /// Learns the label of a token with these features and gives the one it would have had.
    fn learn(&mut self, hashes: &[u64; FIXED + MOVING], gold: Label) -> u8 {
        let mut rows = [0; FIXED + MOVING];
        let mut count = 0;
        for &hash in hashes {
            if let Some(row) = self.row(hash) {
                rows[count] = row;
                count += 1;
            }
        }
        let rows = &rows[..count];
        let mut scores = [0f32; LABELS];
        for &row in rows {
            for (score, weight) in scores.iter_mut().zip(&self.weights[row]) {
                *score += weight;
            }
        }
        let best = |labels: &mut dyn Iterator<Item = usize>| {
            labels.reduce(|best, label| if scores[label] > scores[best] { label } else { best }).unwrap_or_default()
        };
        let gold = gold.0 as usize;
        let rival = best(&mut (0..LABELS).filter(|&label| label != gold));
        let short = 1.0 - scores[gold] + scores[rival];
        if short > 0.0 {
            let step = (short / (2.0 * count as f32)).min(LARGEST_STEP);
            for &row in rows {
                for (label, step) in [(gold, step), (rival, -step)] {
                    self.weights[row][label] += step;
                    self.late[row][label] += step * self.time;
                }
            }
        }
        best(&mut (0..LABELS)) as u8
    }

    /// The heaviest features of each bucket, averaged, in bytes.
    fn table(&self) -> Table {
        let averaged = |row: u32| -> [f32; LABELS] {
            let (weights, late) = (&self.weights[row as usize], &self.late[row as usize]);
            std::array::from_fn(|label| weights[label] - late[label] / self.time)
        };
        let mut largest = 0f32;
        let mut kept: Vec<(u8, [f32; LABELS])> = Vec::with_capacity(self.buckets * BUCKET);
        for places in self.places.chunks_exact(FINGERPRINTS) {
            let mut rows: Vec<(f32, u8, [f32; LABELS])> = (0..)
                .zip(places)
                .filter(|(_, place)| !matches!(**place, NEW | LEFT_OUT))
                .map(|(fingerprint, &place)| {
                    let row = averaged(place);
                    (row.iter().map(|weight| weight * weight).sum(), fingerprint, row)
                })
                .filter(|row| row.0 > 0.0)
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
