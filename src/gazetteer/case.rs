//! What the case of letters says in a text: much in prose, little in headlines, nothing in capitals.

use crate::document::{Document, Sentence};

/// How a sentence uses capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// Names and first words have capitals.
    Prose,
    /// Every longer word has a capital: "Rebels Seize Border Town".
    Title,
    /// Everything is in capitals.
    Upper,
    /// Nothing is, anywhere in the document.
    Lower,
}

/// How many words with letters, of how many kinds.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    words: usize,
    capital: usize,
    upper: usize,
    long: usize,
    long_capital: usize,
}

impl Count {
    fn add(&mut self, word: &str) {
        // Most words tell by their first two letters.
        match word.as_bytes() {
            [b'a'..=b'z', ..] => return self.add_word(word.len(), false, false),
            [b'A'..=b'Z', b'a'..=b'z', ..] => return self.add_word(word.len(), true, false),
            _ => {}
        }
        let Some(first) = word.chars().find(|c| c.is_alphabetic()) else { return };
        self.add_word(word.len(), first.is_uppercase(), !word.chars().any(char::is_lowercase));
    }

    /// Adds a word of so many bytes that begins with a capital or not, and has no small letter or has.
    fn add_word(&mut self, length: usize, capital: bool, upper: bool) {
        self.words += 1;
        self.capital += usize::from(capital);
        self.upper += usize::from(upper);
        if length >= 4 {
            self.long += 1;
            self.long_capital += usize::from(capital);
        }
    }

    fn sum(self, other: Count) -> Count {
        Count {
            words: self.words + other.words,
            capital: self.capital + other.capital,
            upper: self.upper + other.upper,
            long: self.long + other.long,
            long_capital: self.long_capital + other.long_capital,
        }
    }
}

/// For each sentence of the document how it uses capitals.
pub fn cases(doc: &Document) -> Vec<Case> {
    let count = |sentence: &Sentence| {
        let mut count = Count::default();
        sentence.token_ids().for_each(|token| count.add(doc.form(token)));
        count
    };
    let counts: Vec<Count> = doc.sentences.iter().map(count).collect();
    let whole = counts.iter().fold(Count::default(), |sum, &count| sum.sum(count));
    // Below one capital in fifty words not even the first words of sentences have one.
    let lower = whole.words >= 4 && whole.capital * 50 < whole.words;
    let shouted = whole.upper * 10 >= whole.words * 8;
    counts.into_iter().map(|count| if lower { Case::Lower } else { of_sentence(count, shouted) }).collect()
}

/// How a sentence uses capitals; `shouted` says whether most of the document is in capitals, which decides where the
/// sentence is too short to tell.
fn of_sentence(count: Count, shouted: bool) -> Case {
    if count.upper * 10 >= count.words * 8 && (count.words >= 4 || shouted) {
        Case::Upper
    } else if count.long >= 3 && count.long_capital * 10 >= count.long * 9 {
        Case::Title
    } else {
        Case::Prose
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::doc;
    use super::*;

    #[test]
    fn the_use_of_capitals_is_told_by_sentence() {
        for (text, expected) in [
            ("Rebels in Chad fled on Monday.", Case::Prose),
            ("Rebels Seize Town Near Border With Chad", Case::Title),
            ("REBELS SEIZE TOWN NEAR BORDER", Case::Upper),
            ("rebels seize town near border with chad", Case::Lower),
            ("NATO", Case::Upper),
            ("UN, EU and AU agree", Case::Prose),
        ] {
            assert_eq!(cases(&doc(text)), [expected], "{text}");
        }
    }
}
