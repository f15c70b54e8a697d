//! Numbers in every written form, before anyone asks what they count.
//!
//! In: the words of a document. Out: one [`Number`] for every "6,000", "1.2 million", "two dozen", "tens of thousands"
//! or "two thirds". Refused here: what is no number by its form, such as "T-72", "1,2,3,4", "9/11", "3rd", "8:15", and
//! amounts beyond [`LARGEST`]. Whether a number is a year, an age or the name of a road is for later stages to say.

mod digits;
mod grammar;

use crate::document::Document;
use crate::lexicon::{Lexicon, Words};
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
pub fn find(doc: &Document) -> Vec<Number> {
    let mut found = Vec::new();
    let mut words = Words::default();
    for sentence in (0..doc.sentences.len()).map(SentenceId::from) {
        if may_hold_number(doc, sentence) {
            words.read(doc, sentence);
            grammar::sentence(&words, sentence, &mut found);
        }
    }
    found
}

/// Whether it is worth reading the sentence: it has a digit or a word that numbers are made of.
fn may_hold_number(doc: &Document, sentence: SentenceId) -> bool {
    let lexicon = Lexicon::builtin();
    let text = doc.slice(doc.sentences[sentence.index()].span);
    if text.bytes().any(|byte| byte.is_ascii_digit()) {
        return true;
    }
    let mut lower = String::new();
    let mut words = text.split(|character: char| !character.is_ascii_alphabetic());
    words.any(|word| {
        lower.clear();
        lower.push_str(word);
        lower.make_ascii_lowercase();
        word.len() > 2 && lexicon.sense(&lower).number.is_some()
    })
}
