//! What single words and short phrases mean to the grammars of numbers, times and figures.
//!
//! The words live in `data/lexicon/*.csv`, one file a field of meaning, where an analyst can read and extend them; this
//! module holds none. The files are embedded and read once, at first use. [`Pieces`] is the other half: a document cut
//! into the pieces these grammars read, each with its entry.

mod load;
mod sense;
mod words;

pub use sense::{
    Calendar, Currency, CurrencyForm, Fate, Form, Frame, FunctionWords, Group, NumberClass, NumberWord, Place, Sense,
    Unit,
};
pub use words::{Holds, Pieces, Shape, Word, Words};

use once_cell::sync::Lazy;
use rustc_hash::FxHashMap;

/// The words of all lexicon files. Looked up by key only, so that no order of hashing can reach a result.
pub struct Lexicon {
    words: FxHashMap<Box<str>, Sense>,
    /// Phrases by their first word, longest first.
    phrases: FxHashMap<Box<str>, Vec<Phrase>>,
}

/// Several words with a meaning of their own.
#[derive(Debug)]
pub struct Phrase {
    words: Vec<Box<str>>,
    /// What the phrase means.
    pub sense: Sense,
}

impl Phrase {
    /// How many words it has.
    pub fn word_count(&self) -> usize {
        self.words.len()
    }
}

static NOTHING: Sense = Sense::EMPTY;
static BUILTIN: Lazy<Lexicon> = Lazy::new(load::builtin);

impl Lexicon {
    /// The lexicon in the program.
    pub fn builtin() -> &'static Lexicon {
        &BUILTIN
    }

    /// What a word in lower case means; the empty sense for a word that is not listed.
    pub fn sense(&self, lower: &str) -> &Sense {
        self.words.get(lower).unwrap_or(&NOTHING)
    }

    /// Whether a word in lower case is listed.
    pub fn knows(&self, lower: &str) -> bool {
        self.words.contains_key(lower)
    }

    fn phrases(&self, first: &str) -> &[Phrase] {
        self.phrases.get(first).map_or(&[], Vec::as_slice)
    }
}
