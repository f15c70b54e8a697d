//! Where the parser's weights stand while it is trained, and which of them a state reads.

use crate::syntax::Deprel;
use crate::syntax::net::{HIDDEN, LABEL_VALUES, TAG_VALUES};
use crate::syntax::transition::{LABEL_SLOTS, NUMBER_SLOTS, NUMBER_VALUES, TAG_SLOTS, View, WORD_SLOTS};

/// Numbers that stand for a word, its ending, a tag, a label, a small number.
pub(super) const WORD_WIDTH: usize = 32;
pub(super) const SUFFIX_WIDTH: usize = 16;
pub(super) const TAG_WIDTH: usize = 20;
pub(super) const LABEL_WIDTH: usize = 16;
pub(super) const NUMBER_WIDTH: usize = 8;

/// What one slot of a kind adds to the input, and how many numbers there are in all.
pub(super) const SLOTS: usize = 2 * WORD_SLOTS + (WORD_SLOTS + TAG_SLOTS) + LABEL_SLOTS + NUMBER_SLOTS;
pub(super) const INPUT: usize = WORD_SLOTS * (WORD_WIDTH + SUFFIX_WIDTH)
    + (WORD_SLOTS + TAG_SLOTS) * TAG_WIDTH
    + LABEL_SLOTS * LABEL_WIDTH
    + NUMBER_SLOTS * NUMBER_WIDTH;
/// Rows of the output: three moves, then the relations of left arcs, then those of right arcs.
pub(super) const OUTPUT: usize = 3 + 2 * Deprel::ALL.len();

const _: () = assert!(INPUT.is_multiple_of(4) && HIDDEN.is_multiple_of(24));

/// The embedding that fills a part of the input.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Part {
    /// Where the embedding begins in the list of all embeddings.
    pub source: usize,
    /// How long it is.
    pub width: usize,
}

/// What the parser knows of a token of a sentence.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Token {
    pub word: u16,
    pub suffix: u16,
    pub tag: u8,
}

/// Where each table of embeddings begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    suffixes: usize,
    tags: usize,
    labels: usize,
    numbers: usize,
    /// Length of all tables.
    pub length: usize,
}

impl Layout {
    pub(super) fn new(words: usize, suffixes: usize) -> Self {
        let at_suffixes = words * WORD_WIDTH;
        let tags = at_suffixes + suffixes * SUFFIX_WIDTH;
        let labels = tags + TAG_VALUES * TAG_WIDTH;
        let numbers = labels + LABEL_VALUES * LABEL_WIDTH;
        let length = numbers + NUMBER_SLOTS * NUMBER_VALUES * NUMBER_WIDTH;
        Self { suffixes: at_suffixes, tags, labels, numbers, length }
    }

    pub(super) fn word(&self, word: usize) -> Part {
        Part { source: word * WORD_WIDTH, width: WORD_WIDTH }
    }

    pub(super) fn suffix(&self, suffix: usize) -> Part {
        Part { source: self.suffixes + suffix * SUFFIX_WIDTH, width: SUFFIX_WIDTH }
    }

    pub(super) fn tag(&self, tag: usize) -> Part {
        Part { source: self.tags + tag * TAG_WIDTH, width: TAG_WIDTH }
    }

    pub(super) fn label(&self, label: usize) -> Part {
        Part { source: self.labels + label * LABEL_WIDTH, width: LABEL_WIDTH }
    }

    pub(super) fn number(&self, slot: usize, value: usize) -> Part {
        Part { source: self.numbers + (slot * NUMBER_VALUES + value) * NUMBER_WIDTH, width: NUMBER_WIDTH }
    }

    /// The embeddings a state reads, in the order of the input: for each word slot the word, its ending and its tag,
    /// then the tags, labels and numbers.
    pub(super) fn parts(&self, view: &View, tokens: &[Token]) -> [Part; SLOTS] {
        let mut parts = [Part::default(); SLOTS];
        let mut next = 0;
        let mut push = |part: Part| {
            parts[next] = part;
            next += 1;
        };
        for &word in &view.words {
            let token = tokens[word as usize];
            push(self.word(token.word.into()));
            push(self.suffix(token.suffix.into()));
            push(self.tag(token.tag.into()));
        }
        for &word in &view.tags {
            push(self.tag(tokens[word as usize].tag.into()));
        }
        for &label in &view.labels {
            push(self.label(label.into()));
        }
        for (slot, &value) in view.numbers.iter().enumerate() {
            push(self.number(slot, value.into()));
        }
        parts
    }
}
