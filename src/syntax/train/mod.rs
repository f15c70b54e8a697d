//! Trains a model on CoNLL-U files: `cargo run --release --features train --bin factwire-train`.
//!
//! The same data gives the same bytes, on any machine and with any number of threads.

mod copies;
mod evaluate;
mod kernel;
mod lane;
mod layout;
mod parser;
mod quantise;
mod random;
mod tagger;
mod weights;

use std::sync::Mutex;

use rustc_hash::FxHashMap;

pub use evaluate::{Score, evaluate};

use self::lane::Sentence as ParserSentence;
use self::layout::{Layout, Token};
use self::tagger::{Classes, Sentence, Table};
use super::blob::{Builder, Index, Section};
use super::conllu::Tree;
use super::net::{NO_TAG, NO_WORD, ROOT_TAG, ROOT_WORD, TAG_VALUES};
use super::tag::{Row, pad};
use super::tagset::{LABELS, Label};
use super::template::Writing;
use super::word::{Word, mix};
use super::worker::{suffix_hash, xpos_hash};
use super::{Deprel, Model, tagset};

/// How a model is trained.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Passes of the tagger over its data.
    pub tagger_epochs: usize,
    /// Passes of the parser over its data.
    pub parser_epochs: usize,
    /// Buckets of the tagger's table, eight features each.
    pub buckets: usize,
    /// Threads; they do not change the result.
    pub threads: usize,
}

/// Parts the data is cut into, so that the parser learns from tags as they will be, with their errors.
const FOLDS: usize = 5;
/// Sentences beside each other that go into the same part: they share words, which new text will not.
const BLOCK: usize = 20;
/// Uses from which on a word, or an ending, is known to the parser.
const KNOWN: u32 = 2;
const SUFFIX_KNOWN: u32 = 3;

/// Trains a model and gives the bytes of its file. After each pass of the parser `report` is called with its number
/// and a model as it is by then.
pub fn train(trees: &[Tree], settings: Settings, report: &mut dyn FnMut(usize, &Model)) -> Vec<u8> {
    let tagged = copies::for_tagger(trees);
    let sentences: Vec<Sentence> = tagged.iter().map(|(_, tree)| Sentence::new(tree)).collect();
    let originals: Vec<usize> = tagged.iter().map(|(index, _)| *index).collect();
    let data = Data { trees, sentences, originals };
    let (table, classes) = data.tagger(&|_| true, settings);
    let parsed = copies::for_parser(trees);
    let labels = data.jackknife(&parsed, settings);
    let vocabulary = Vocabulary::of(trees);
    let masks = masks(&parsed, &labels);
    let sentences: Vec<ParserSentence> =
        parsed.iter().zip(&labels).map(|((_, tree), labels)| vocabulary.sentence(tree, labels)).collect();
    let layout = Layout::new(vocabulary.words.length, vocabulary.suffixes.length);
    let file = |weights: &weights::Weights| {
        let mut builder = Builder::default();
        builder.add(Section::Fingerprints, table.fingerprints.iter().flat_map(|eight| eight.to_le_bytes()));
        builder.add(Section::TagWeights, table.rows.iter().flat_map(|row: &Row| row.map(|weight| weight as u8)));
        vocabulary.add(&classes, data.xpos(), &mut builder);
        quantise::net(weights, vocabulary.words.length, vocabulary.suffixes.length, &masks, &mut builder);
        builder.finish(data.hash(settings))
    };
    let plan = parser::Plan { epochs: settings.parser_epochs, threads: settings.threads };
    let weights = parser::train(&sentences, layout, plan, |epoch, weights| {
        report(epoch, &Model::from_bytes(&file(weights)).expect("what is written can be read"));
    });
    file(&weights)
}

struct Data<'d> {
    trees: &'d [Tree],
    /// The tagger's sentences, copies included.
    sentences: Vec<Sentence>,
    /// The tree each of them comes from.
    originals: Vec<usize>,
}

fn fold(original: usize) -> usize {
    original / BLOCK % FOLDS
}

impl Data<'_> {
    /// A tagger trained on the sentences that are chosen by their tree.
    fn tagger(&self, chosen: &dyn Fn(usize) -> bool, settings: Settings) -> (Table, Classes) {
        let chosen = self.sentences.iter().zip(&self.originals).filter(|(_, original)| chosen(**original));
        let sentences: Vec<&Sentence> = chosen.map(|(sentence, _)| sentence).collect();
        let classes = tagger::classes(sentences.iter().copied());
        (tagger::train(&sentences, &classes, settings.buckets, settings.tagger_epochs), classes)
    }

    /// The labels of each tree's words by a tagger that has not seen the tree.
    fn jackknife(&self, trees: &[(usize, Tree)], settings: Settings) -> Vec<Vec<Label>> {
        let labels: Mutex<Vec<Vec<Label>>> = Mutex::new(vec![Vec::new(); trees.len()]);
        let next = Mutex::new(0..FOLDS);
        let run = || {
            while let Some(part) = { next.lock().expect("no thread failed").next() } {
                let (table, classes) = self.tagger(&|original| fold(original) != part, settings);
                let mut seen = Vec::new();
                for (index, (original, tree)) in trees.iter().enumerate() {
                    if fold(*original) != part {
                        continue;
                    }
                    let words: Vec<Word> = tree.words.iter().map(|word| Word::new(&word.form)).collect();
                    pad(&words, |word| classes.get(&word.folded).copied().unwrap_or(0), &mut seen);
                    let mut guesses = Vec::new();
                    table.tagger().tag::<false>(&seen, Writing::of(&words), &mut guesses);
                    labels.lock().expect("no thread failed")[index] = guesses;
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..settings.threads {
                scope.spawn(run);
            }
            run();
        });
        labels.into_inner().expect("no thread failed")
    }

    /// The Penn tags that do not follow from form and label, by their hash.
    fn xpos(&self) -> Vec<(u64, u32)> {
        let mut counts: FxHashMap<u64, Vec<(usize, u32)>> = FxHashMap::default();
        let mut order = Vec::new();
        for word in self.trees.iter().flat_map(|tree| &tree.words) {
            let (label, Some(xpos)) = (tagger::label(word), word.xpos) else { continue };
            let hash = xpos_hash(label, &Word::new(&word.form));
            let counts = counts.entry(hash).or_insert_with(|| {
                order.push((hash, label, word.form.clone()));
                Vec::new()
            });
            match counts.iter_mut().find(|(tag, _)| *tag == xpos as usize) {
                Some((_, count)) => *count += 1,
                None => counts.push((xpos as usize, 1)),
            }
        }
        let listed = order.into_iter().filter_map(|(hash, label, form)| {
            let (tag, count) = counts[&hash].iter().max_by_key(|(tag, count)| (*count, usize::MAX - tag))?;
            (*count > 1 && tagset::xpos(label, &form) as usize != *tag).then_some((hash, *tag as u32))
        });
        listed.collect()
    }

    fn hash(&self, settings: Settings) -> u64 {
        let numbers = [settings.tagger_epochs, settings.parser_epochs, settings.buckets];
        let start = numbers.into_iter().fold(0, |state, number| mix(state ^ number as u64));
        let words = self.trees.iter().flat_map(|tree| &tree.words);
        words.fold(start, |state, word| mix(state ^ Word::new(&word.form).cased ^ (word.head as u64) << 48))
    }
}

/// Numbers for hashes that were seen often enough; 0 to 2 are taken.
struct Numbers {
    numbers: FxHashMap<u64, u32>,
    counts: FxHashMap<u64, u32>,
    length: usize,
}

impl Numbers {
    /// Numbers the hashes by how often they come, the first seen of equals first.
    fn of(hashes: impl Iterator<Item = u64>, known: u32) -> Self {
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        let mut order = Vec::new();
        for hash in hashes {
            *counts.entry(hash).or_insert_with(|| {
                order.push(hash);
                0
            }) += 1;
        }
        order.retain(|hash| counts[hash] >= known);
        order.sort_by_key(|hash| std::cmp::Reverse(counts[hash]));
        let first = u32::from(NO_WORD) + 1;
        let numbers = order.iter().copied().zip(first..).collect();
        Self { numbers, counts, length: order.len() + first as usize }
    }

    fn get(&self, hash: u64) -> u16 {
        self.numbers.get(&hash).copied().unwrap_or(0) as u16
    }

    fn entries(&self) -> Vec<(u64, u32)> {
        let mut entries: Vec<(u64, u32)> = self.numbers.iter().map(|(&hash, &number)| (hash, number)).collect();
        entries.sort_unstable_by_key(|(_, number)| *number);
        entries
    }
}

/// The words and endings the parser knows.
struct Vocabulary {
    words: Numbers,
    suffixes: Numbers,
}

impl Vocabulary {
    fn of(trees: &[Tree]) -> Self {
        let words: Vec<Word> = trees.iter().flat_map(|tree| &tree.words).map(|word| Word::new(&word.form)).collect();
        Self {
            words: Numbers::of(words.iter().map(|word| word.folded), KNOWN),
            suffixes: Numbers::of(words.iter().map(suffix_hash), SUFFIX_KNOWN),
        }
    }

    fn sentence(&self, tree: &Tree, labels: &[Label]) -> ParserSentence {
        let edge = |word, tag| Token { word, suffix: word, tag };
        let mut tokens = vec![edge(ROOT_WORD, ROOT_TAG)];
        let mut unknown = vec![(0.0, 0.0)];
        for (word, label) in tree.words.iter().map(|word| Word::new(&word.form)).zip(labels) {
            let suffix = suffix_hash(&word);
            tokens.push(Token { word: self.words.get(word.folded), suffix: self.suffixes.get(suffix), tag: label.0 });
            let count = |numbers: &Numbers, hash: u64| numbers.counts.get(&hash).copied().unwrap_or(0) as f32;
            let (words, endings) = (count(&self.words, word.folded), count(&self.suffixes, suffix));
            unknown.push((2.0 / (2.0 + words), 1.0 / (4.0 + endings)));
        }
        tokens.push(edge(NO_WORD, NO_TAG));
        unknown.push((0.0, 0.0));
        let heads = std::iter::once(0).chain(tree.words.iter().map(|word| word.head as u16)).collect();
        let labels = tree.words.iter().map(|word| word.deprel.map_or(0, |deprel| deprel as u8) + 1);
        ParserSentence { tokens, unknown, heads, labels: std::iter::once(0).chain(labels).collect() }
    }

    fn add(&self, classes: &Classes, xpos: Vec<(u64, u32)>, builder: &mut Builder) {
        let mut entries = self.words.entries();
        for (_, value) in &mut entries {
            debug_assert!(*value < 1 << 16);
        }
        for (hash, value) in &mut entries {
            *value |= u32::from(classes.get(hash).copied().unwrap_or(0)) << 16;
        }
        // A word may have a class from copies alone; without a number it stays unknown to the parser.
        let mut others: Vec<(u64, u32)> = classes
            .iter()
            .filter(|(hash, _)| !self.words.numbers.contains_key(hash))
            .map(|(&hash, &class)| (hash, u32::from(class) << 16))
            .collect();
        others.sort_unstable();
        entries.extend(others);
        let tables = [
            (Section::WordKeys, Section::WordValues, entries),
            (Section::XposKeys, Section::XposValues, xpos),
            (Section::SuffixKeys, Section::SuffixValues, self.suffixes.entries()),
        ];
        for (key_section, value_section, entries) in tables {
            let (keys, values) = Index::build(&entries);
            builder.add(key_section, keys.into_iter().flat_map(u32::to_le_bytes));
            builder.add(value_section, values.into_iter().flat_map(u32::to_le_bytes));
        }
    }
}

/// The labels seen between two tags, for arcs to the left and to the right. Where there are none all are possible.
fn masks(trees: &[(usize, Tree)], labels: &[Vec<Label>]) -> Vec<u64> {
    let mut masks = vec![0u64; 2 * TAG_VALUES * TAG_VALUES];
    for ((_, tree), labels) in trees.iter().zip(labels) {
        for (index, word) in tree.words.iter().enumerate() {
            let Some(deprel) = word.deprel else { continue };
            let head = word.head.checked_sub(1).map_or(ROOT_TAG, |head| labels[head].0);
            let side = if word.head > index + 1 { 0 } else { 1 };
            masks[(side * TAG_VALUES + head as usize) * TAG_VALUES + labels[index].0 as usize] |= 1 << deprel as u8;
        }
    }
    let root = 1u64 << Deprel::Root as u8;
    let all = ((1u64 << Deprel::ALL.len()) - 1) & !root;
    for (place, mask) in masks.iter_mut().enumerate() {
        let head = place / TAG_VALUES % TAG_VALUES;
        let seen = if head == LABELS { root } else { *mask & !root };
        *mask = if seen == 0 { all } else { seen };
    }
    masks
}
