//! Numbers in every written form, before anyone asks what they count.
//!
//! In: the words of a document. Out: one [`Number`] for every "6,000", "1.2 million", "two dozen", "tens of thousands"
//! or "two thirds". Refused here: what is no number by its form, such as "T-72", "1,2,3,4", "9/11", "3rd", "8:15", and
//! amounts beyond [`LARGEST`]. Whether a number is a year, an age or the name of a road is for later stages to say.

mod digits;
mod grammar;

use crate::lexicon::Pieces;
use crate::span::{SentenceId, Span};

pub use grammar::read;

/// The largest amount that is read: beyond it stand misprints and tests of patience, not news. The world's yearly
/// product is some 1e14 dollars, so that even weak currencies stay below.
pub const LARGEST: f64 = 1e18;

/// A number as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// From its first word to its last: "two and a half million".
    pub span: Span,
    /// The sentence that holds it.
    pub sentence: SentenceId,
    /// What it stands for; the bottom of the range for a vague word, per cent for a fraction.
    pub value: f64,
    /// The most that a vague word stands for.
    pub high: f64,
    /// How it is written.
    pub form: NumberForm,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberForm {
    /// Digits alone: "40", "6,000".
    Digits,
    /// Words, or digits and words: "forty", "1.2 million", "a dozen".
    Words,
    /// A word that stands for a range: "dozens", "several hundred".
    Vague,
    /// A share: "a third", "one in five".
    Fraction,
}

/// The numbers of a document, in text order.
pub fn find(pieces: &Pieces) -> Vec<Number> {
    let mut found = Vec::new();
    for (sentence, words) in pieces.sentences().filter(|(_, words)| words.holds.digits || words.holds.number) {
        grammar::sentence(&words, sentence, &mut found);
    }
    found
}
