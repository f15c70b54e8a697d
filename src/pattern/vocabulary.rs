//! The words that patterns speak of, by their written forms.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::inflect;

/// A word of the patterns, whatever its form and class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Word(pub(crate) u32);

/// Whether a form is one of a verb, a noun, or neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Classes(pub(super) u8);

impl Classes {
    pub(crate) const NONE: Classes = Classes(0);
    pub(crate) const VERB: Classes = Classes(1);
    pub(crate) const NOUN: Classes = Classes(2);
    pub(crate) const OTHER: Classes = Classes(4);
    pub(crate) const ANY: Classes = Classes(7);
    /// The form is the word's base form.
    const BASE: Classes = Classes(8);

    pub(crate) fn intersects(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn with(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }
}

/// Gathers words while patterns are compiled.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    words: FxHashMap<String, Word>,
    /// The classes that each word's forms are made for.
    made: Vec<Classes>,
    forms: BTreeMap<String, Vec<(Word, Classes)>>,
}

impl Builder {
    /// The word with this base form, with its forms as these classes made known.
    pub(crate) fn add(&mut self, base: &str, classes: Classes) -> Word {
        let next = Word(self.words.len() as u32);
        let word = match self.words.get(base) {
            Some(&word) => word,
            None => {
                self.words.insert(base.to_owned(), next);
                self.made.push(Classes::NONE);
                next
            }
        };
        let made = &mut self.made[word.0 as usize];
        let classes = Classes(classes.0 & !made.0);
        made.0 |= classes.0;
        if classes.intersects(Classes::VERB) {
            for form in inflect::verb(base) {
                self.note(form, base, word, Classes::VERB);
            }
        }
        if classes.intersects(Classes::NOUN) {
            for form in inflect::noun(base) {
                self.note(form, base, word, Classes::NOUN);
            }
        }
        if classes.intersects(Classes::OTHER) {
            self.note(base.to_owned(), base, word, Classes::OTHER);
        }
        word
    }

    fn note(&mut self, form: String, base: &str, word: Word, classes: Classes) {
        let classes = if form == base { classes.with(Classes::BASE) } else { classes };
        let words = self.forms.entry(form).or_default();
        match words.iter_mut().find(|(known, _)| *known == word) {
            Some((_, known)) => *known = known.with(classes),
            None => words.push((word, classes)),
        }
    }

    /// The table of all forms.
    pub(crate) fn finish(self) -> Vocabulary {
        let mut made = Vocabulary { words: self.words.len() as u32, ..Vocabulary::default() };
        for (form, words) in self.forms {
            made.forms.push(Form {
                start: made.letters.len() as u32,
                first: made.pairs.len() as u32,
                length: form.len() as u16,
                count: words.len() as u16,
            });
            made.letters.extend_from_slice(form.as_bytes());
            made.pairs.extend(words);
        }
        made.slots = vec![EMPTY; (made.forms.len() * 2).next_power_of_two()];
        for index in 0..made.forms.len() {
            let form = made.forms[index];
            let letters = &made.letters[form.start as usize..][..form.length as usize];
            let mut slot = made.slot(letters);
            while made.slots[slot] != EMPTY {
                slot = (slot + 1) & (made.slots.len() - 1);
            }
            made.slots[slot] = index as u32;
        }
        made
    }
}

/// What marks a free slot.
const EMPTY: u32 = u32::MAX;

/// A written form, with the words that it may belong to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    /// Where its letters start.
    pub(super) start: u32,
    /// Its first pair.
    pub(super) first: u32,
    /// How many bytes it has.
    pub(super) length: u16,
    /// How many pairs.
    pub(super) count: u16,
}

/// Every form of every word: a hash table with open addressing, so that it can be stored as it is.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Vocabulary {
    /// How many words there are.
    pub(super) words: u32,
    pub(super) letters: Vec<u8>,
    pub(super) pairs: Vec<(Word, Classes)>,
    pub(super) forms: Vec<Form>,
    /// Index of a form, or [`EMPTY`]; their number is a power of two.
    pub(super) slots: Vec<u32>,
}

impl Vocabulary {
    /// How many words there are: the least number that no [`Word`] has.
    pub(crate) fn len(&self) -> usize {
        self.words as usize
    }

    fn slot(&self, letters: &[u8]) -> usize {
        hash(letters) as usize & (self.slots.len() - 1)
    }

    /// The words that a form, in lower case, may belong to.
    pub(crate) fn look_up(&self, form: &[u8]) -> &[(Word, Classes)] {
        if self.slots.is_empty() {
            return &[];
        }
        let mut slot = self.slot(form);
        while let Some(known) = self.forms.get(self.slots[slot] as usize) {
            if usize::from(known.length) == form.len() && self.letters[known.start as usize..][..form.len()] == *form {
                return &self.pairs[known.first as usize..][..usize::from(known.count)];
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        &[]
    }

    /// The base form of a word.
    #[cfg(test)]
    pub(crate) fn base(&self, word: Word) -> &str {
        let is_base = |form: &&Form| {
            let pairs = &self.pairs[form.first as usize..][..usize::from(form.count)];
            pairs.iter().any(|&(known, classes)| known == word && classes.intersects(Classes::BASE))
        };
        let form = self.forms.iter().find(is_base).expect("every word has its base among its forms");
        std::str::from_utf8(&self.letters[form.start as usize..][..usize::from(form.length)]).expect("forms are text")
    }
}

/// The hash of rustc's tables (Fx), eight bytes at a time, written out because the table is stored: it must not change
/// with a crate's version.
fn hash(letters: &[u8]) -> u64 {
    const FACTOR: u64 = 0x517c_c1b7_2722_0a95;
    let mut hash = letters.len() as u64;
    let mut chunks = letters.chunks_exact(8);
    for chunk in &mut chunks {
        let word = u64::from_le_bytes(chunk.try_into().expect("eight bytes"));
        hash = (hash.rotate_left(5) ^ word).wrapping_mul(FACTOR);
    }
    let rest = chunks.remainder().iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte));
    hash = (hash.rotate_left(5) ^ rest).wrapping_mul(FACTOR);
    hash ^ hash >> 32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_to_its_words() {
        let mut builder = Builder::default();
        let strike = builder.add("strike", Classes::VERB);
        assert_eq!(builder.add("strike", Classes::NOUN), strike);
        let find = builder.add("find", Classes::VERB);
        let found = builder.add("found", Classes::VERB);
        let vocabulary = builder.finish();
        let words = |form: &str| vocabulary.look_up(form.as_bytes()).iter().map(|(word, _)| *word).collect::<Vec<_>>();
        assert_eq!(words("struck"), [strike]);
        assert_eq!(words("found"), [find, found]);
        assert!(vocabulary.look_up(b"strikes")[0].1.intersects(Classes::NOUN));
        assert_eq!(vocabulary.look_up(b"banana"), []);
        assert_eq!([strike, find, found].map(|word| vocabulary.base(word)), ["strike", "find", "found"]);
    }
}
