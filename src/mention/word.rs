//! What a token looks like and what the word lists say of it: looked up once for each token of a document.

use super::lexicon::WordInfo;
use crate::document::{Document, Sentence};

/// A token's shape and listed knowledge.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    pub info: WordInfo,
    pub shape: Shape,
}

/// How a token is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Marks, or nothing of the following.
    #[default]
    Other,
    /// "troops".
    Lower,
    /// "Moscow", "McCain", "iPhone".
    Capital,
    /// "CSTO", "U.S.".
    Upper,
    /// One capital letter, with or without a full stop.
    Initial,
    /// Begins with a digit.
    Number,
    /// A hyphen or a dash with no space around it is told by the tokens beside it.
    Hyphen,
    /// "'s" and "’s".
    Possessive,
    /// A comma.
    Comma,
}

/// What stands before a name to make an adjective of it.
const PREFIXES: &[&str] = &["anti", "pro", "non", "ex", "post", "pre", "mid", "intra", "inter", "trans", "neo", "un"];

impl Shape {
    /// The shape of a token.
    pub fn of(form: &str) -> Self {
        let first = form.chars().next().unwrap_or(' ');
        if first.is_ascii_digit() {
            return Shape::Number;
        }
        if !first.is_alphabetic() {
            return match form {
                "-" | "–" | "‑" => Shape::Hyphen,
                "'s" | "’s" | "'S" | "’S" | "'" | "’" => Shape::Possessive,
                "," => Shape::Comma,
                _ => Shape::Other,
            };
        }
        let letters = form.chars().filter(|letter| letter.is_alphabetic());
        let (mut upper, mut lower) = (0, 0);
        for letter in letters {
            if letter.is_uppercase() { upper += 1 } else { lower += 1 }
        }
        // "anti-Gaddafi", "pro-Russian": a word with a prefix, not a name like "iPhone" or "al-Hilla".
        if first.is_lowercase() && form.split('-').next().is_some_and(|prefix| PREFIXES.contains(&prefix)) {
            return Shape::Lower;
        }
        match (upper, lower) {
            (0, _) => Shape::Lower,
            (1, 0) => Shape::Initial,
            (_, 0) => Shape::Upper,
            _ => Shape::Capital,
        }
    }

    /// Whether it is written as a name is.
    pub fn is_capital(self) -> bool {
        matches!(self, Shape::Capital | Shape::Upper | Shape::Initial)
    }
}

/// What the letter case of a sentence tells of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// Names are capitalised and other words are not.
    Telling,
    /// Most words are capitalised, as in some headlines.
    Title,
    /// All capitals or none.
    Silent,
}

/// The words of a whole document.
pub(crate) fn words(doc: &Document) -> Vec<Word> {
    let word = |form: &str| Word { info: WordInfo::of(form), shape: Shape::of(form) };
    doc.tokens.iter().map(|token| word(doc.slice(token.span))).collect()
}

/// The case of a sentence, from its words of more than one letter.
pub(crate) fn case(words: &[Word], sentence: &Sentence) -> Case {
    let words = &words[sentence.tokens.start as usize..sentence.tokens.end as usize];
    let count = |shape| words.iter().filter(|word| word.shape == shape).count();
    let (lower, capital, upper) = (count(Shape::Lower), count(Shape::Capital), count(Shape::Upper));
    let content = |word: &&Word| !word.info.is_function();
    let low_content = words.iter().filter(content).filter(|word| word.shape == Shape::Lower).count();
    let capitals_only = lower + capital == 0 && upper > 1 || upper > 3 * (lower + capital);
    if capitals_only || capital + upper == 0 && lower > 2 {
        Case::Silent
    } else if capital >= 4 && low_content * 4 <= capital {
        Case::Title
    } else {
        Case::Telling
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_read_off_the_letters() {
        for (form, shape) in [
            ("troops", Shape::Lower),
            ("Moscow", Shape::Capital),
            ("U.S.", Shape::Upper),
            ("J.", Shape::Initial),
            ("71st", Shape::Number),
            ("-", Shape::Hyphen),
            ("’s", Shape::Possessive),
            ("", Shape::Other),
            ("Élysée", Shape::Capital),
            ("anti-Gaddafi", Shape::Lower),
            ("al-Hilla", Shape::Capital),
        ] {
            assert_eq!(Shape::of(form), shape, "{form}");
        }
    }
}
