//! Which words of the patterns' vocabulary the tokens of a document may be.
//!
//! Looked up once a document, and shared by the gate and by the patterns of events and of relations.

use std::cell::Cell;

use super::rule::{Domain, Patterns, WordSet};
use super::vocabulary::{Classes, Word};
use crate::document::Document;
use crate::span::{SentenceId, TokenId};

/// The words that each token of a document's story may be.
#[derive(Debug, Default)]
pub struct Lookup {
    /// Where each token's words start and end.
    ranges: Vec<(u32, u32)>,
    words: Vec<(Word, Classes)>,
    buffer: String,
}

impl Lookup {
    /// Looks up every token of the story; what was known of another document is forgotten.
    pub fn fill(&mut self, patterns: &Patterns, doc: &Document) {
        self.ranges.clear();
        self.words.clear();
        self.ranges.resize(doc.tokens.len(), (0, 0));
        for sentence in doc.sentences.iter().filter(|sentence| sentence.zone.is_story()) {
            for token in sentence.token_ids() {
                let form = doc.form(token);
                self.buffer.clear();
                if form.is_ascii() {
                    self.buffer.push_str(form);
                    self.buffer.make_ascii_lowercase();
                } else {
                    self.buffer.extend(form.chars().flat_map(char::to_lowercase));
                }
                let from = self.words.len() as u32;
                self.words.extend_from_slice(patterns.vocabulary.look_up(self.buffer.as_bytes()));
                self.ranges[token.index()] = (from, self.words.len() as u32);
            }
        }
    }

    /// What a token may be.
    pub(crate) fn of(&self, token: TokenId) -> &[(Word, Classes)] {
        match self.ranges.get(token.index()) {
            Some(&(from, to)) => &self.words[from as usize..to as usize],
            None => &[],
        }
    }

    /// Whether a token may be a trigger of the domain.
    pub fn is_trigger(&self, patterns: &Patterns, token: TokenId, domain: Domain) -> bool {
        self.of(token).iter().any(|&(word, _)| !patterns.of(domain).of(word).is_empty())
    }
}

/// The words that one sentence holds, and which word sets it can satisfy at all.
///
/// Most triggers ask for a word, and most conditions for one of a set, that the sentence does not have: both are
/// known here without a look at any token.
#[derive(Debug, Default)]
pub struct Presence {
    /// A bit for each word.
    bits: Vec<u64>,
    /// The words whose bits are set, each once.
    held: Vec<Word>,
    /// For each word set twice the number of the sentence for which it was asked, and whether it is held.
    asked: Vec<Cell<u32>>,
    sentence: u32,
}

impl Presence {
    /// Takes in a sentence; what was known of another is forgotten.
    pub fn fill(&mut self, patterns: &Patterns, doc: &Document, lookup: &Lookup, sentence: SentenceId) {
        self.bits.resize(patterns.vocabulary.len().div_ceil(64), 0);
        self.asked.resize(patterns.sets.len(), Cell::new(0));
        for word in self.held.drain(..) {
            self.bits[word.0 as usize / 64] = 0;
        }
        self.sentence += 1;
        for token in doc.sentences[sentence.index()].token_ids() {
            for &(word, _) in lookup.of(token) {
                let bit = 1 << (word.0 % 64);
                let bits = &mut self.bits[word.0 as usize / 64];
                if *bits & bit == 0 {
                    *bits |= bit;
                    self.held.push(word);
                }
            }
        }
    }

    /// Whether the sentence holds a word.
    pub(super) fn has(&self, word: Word) -> bool {
        self.bits.get(word.0 as usize / 64).is_some_and(|bits| bits & 1 << (word.0 % 64) != 0)
    }

    /// Whether the sentence holds a word of the set, or all words of one of its phrases.
    pub(super) fn may_hold(&self, patterns: &Patterns, set: u32) -> bool {
        let known = &self.asked[set as usize];
        if known.get() >> 1 == self.sentence {
            return known.get() & 1 == 1;
        }
        let held = self.holds(&patterns.sets[set as usize]);
        known.set(self.sentence << 1 | u32::from(held));
        held
    }

    fn holds(&self, set: &WordSet) -> bool {
        let single = if set.words.len() < self.held.len() {
            set.words.iter().any(|&word| self.has(word))
        } else {
            self.held.iter().any(|&word| set.has(word))
        };
        single || set.phrases.iter().any(|phrase| phrase.iter().all(|&word| self.has(word)))
    }
}
