//! The words that patterns speak of, by their written forms.

use rustc_hash::FxHashMap;

use super::inflect;

/// A word of the patterns, whatever its form and class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Word(pub(crate) u32);

/// Whether a form is one of a verb, a noun, or neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Classes(u8);

impl Classes {
    pub(crate) const VERB: Classes = Classes(1);
    pub(crate) const NOUN: Classes = Classes(2);
    pub(crate) const OTHER: Classes = Classes(4);
    pub(crate) const ANY: Classes = Classes(7);

    pub(crate) fn intersects(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }
}

/// Every form of every word.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    words: FxHashMap<String, Word>,
    /// The classes that each word's forms are made for.
    made: Vec<Classes>,
    forms: FxHashMap<String, Vec<(Word, Classes)>>,
}

impl Vocabulary {
    /// The word with this base form, with its forms as these classes made known.
    pub(crate) fn add(&mut self, base: &str, classes: Classes) -> Word {
        let next = Word(self.words.len() as u32);
        let word = match self.words.get(base) {
            Some(&word) => word,
            None => {
                self.words.insert(base.to_owned(), next);
                self.made.push(Classes(0));
                next
            }
        };
        let made = &mut self.made[word.0 as usize];
        let classes = Classes(classes.0 & !made.0);
        made.0 |= classes.0;
        if classes.intersects(Classes::VERB) {
            for form in inflect::verb(base) {
                self.note(form, word, Classes::VERB);
            }
        }
        if classes.intersects(Classes::NOUN) {
            for form in inflect::noun(base) {
                self.note(form, word, Classes::NOUN);
            }
        }
        if classes.intersects(Classes::OTHER) {
            self.note(base.to_owned(), word, Classes::OTHER);
        }
        word
    }

    fn note(&mut self, form: String, word: Word, classes: Classes) {
        let words = self.forms.entry(form).or_default();
        match words.iter_mut().find(|(known, _)| *known == word) {
            Some((_, known)) => known.0 |= classes.0,
            None => words.push((word, classes)),
        }
    }

    /// The base form of a word.
    #[cfg(test)]
    pub(crate) fn base(&self, word: Word) -> &str {
        self.words.iter().find(|(_, known)| **known == word).map_or("", |(base, _)| base)
    }

    /// The words that a form, in lower case, may belong to.
    pub(crate) fn look_up(&self, form: &str) -> &[(Word, Classes)] {
        self.forms.get(form).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_to_its_words() {
        let mut vocabulary = Vocabulary::default();
        let strike = vocabulary.add("strike", Classes::VERB);
        assert_eq!(vocabulary.add("strike", Classes::NOUN), strike);
        let find = vocabulary.add("find", Classes::VERB);
        let found = vocabulary.add("found", Classes::VERB);
        let words = |form: &str| vocabulary.look_up(form).iter().map(|(word, _)| *word).collect::<Vec<_>>();
        assert_eq!(words("struck"), [strike]);
        assert_eq!(words("found"), [find, found]);
        assert!(vocabulary.look_up("strikes")[0].1.intersects(Classes::NOUN));
        assert_eq!(vocabulary.look_up("banana"), []);
    }
}
