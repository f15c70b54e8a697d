//! Compiled patterns as bytes, so that the program starts without reading pattern files.
//!
//! Numbers are little-endian, lists come after their length. Codes are stored by name, kinds by their place in the
//! closed list: a program reads only the image that was built with it.

use super::operator::Operator;
use super::rule::{
    Class, Condition, Extra, List, OperatorSense, Path, Pattern, Patterns, Refinement, Run, Sense, WordSet,
};
use super::vocabulary::{Classes, Form, Vocabulary, Word};
use crate::error::{Error, Result};
use crate::ontology::{Cameo, Context, Mode, Plover, RelationKind};

impl Patterns {
    /// The patterns as bytes.
    pub fn to_image(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.put(&mut out);
        out
    }

    /// The patterns of an image.
    ///
    /// # Errors
    /// If the bytes are none.
    pub fn from_image(bytes: &[u8]) -> Result<Self> {
        let mut rest = bytes;
        let made = Self::take(&mut rest).filter(|_| rest.is_empty());
        made.map(Self::index).ok_or_else(|| Error::data("the compiled patterns are damaged"))
    }
}

/// What can be written and read back.
trait Stored: Sized {
    fn put(&self, out: &mut Vec<u8>);
    fn take(from: &mut &[u8]) -> Option<Self>;
}

macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl Stored for $type {
            fn put(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }

            fn take(from: &mut &[u8]) -> Option<Self> {
                let (first, rest) = from.split_first_chunk()?;
                *from = rest;
                Some(Self::from_le_bytes(*first))
            }
        }
    )*};
}
numbers!(u8, u16, u32, i32);

/// Structs field by field.
macro_rules! fields {
    ($($type:ident { $($field:ident),* $(; $($later:ident),*)? })*) => {$(
        impl Stored for $type {
            fn put(&self, out: &mut Vec<u8>) {
                $(self.$field.put(out);)*
            }

            fn take(from: &mut &[u8]) -> Option<Self> {
                Some(Self { $($field: Stored::take(from)?,)* $($($later: Default::default(),)*)? })
            }
        }
    )*};
}
fields! {
    WordSet { words, phrases }
    Refinement { plover, cameo, mode, contexts }
    Condition { slots, words, head, except, codes }
    Extra { word, gap, preposition }
    Run { start, len }
    Sense { pattern, class, head, before, after, source, target, text }
    OperatorSense { operator, class, head, after }
    List { relation, name, words }
    Form { start, first, length, count }
    Vocabulary { words, letters, pairs, forms, slots }
    Pattern {
        id, relation, plover, cameo, mode, contexts, reciprocal, transitive, complement, needs_source, needs_target, only,
        unless, when, mediator, instrument, beneficiary, trust
    }
    Patterns {
        vocabulary, patterns, senses, before, extras, paths, sets, operators, texts, lists; events, relations, by_operator
    }
}

/// Values of closed lists, by their place in the list.
macro_rules! listed {
    ($($type:ident),*) => {$(
        impl Stored for $type {
            fn put(&self, out: &mut Vec<u8>) {
                out.push(*self as u8);
            }

            fn take(from: &mut &[u8]) -> Option<Self> {
                Self::ALL.get(usize::from(u8::take(from)?)).copied()
            }
        }
    )*};
}
listed!(Plover, Mode, Context, RelationKind, Operator);

impl Stored for Cameo {
    fn put(&self, out: &mut Vec<u8>) {
        self.as_str().to_owned().put(out);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        Cameo::new(&String::take(from)?)
    }
}

impl Stored for bool {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        Some(u8::take(from)? != 0)
    }
}

impl Stored for String {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u32).put(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        let length = u32::take(from)? as usize;
        let (text, rest) = from.split_at_checked(length)?;
        *from = rest;
        Some(std::str::from_utf8(text).ok()?.to_owned())
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u32).put(out);
        self.iter().for_each(|item| item.put(out));
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        let length = u32::take(from)? as usize;
        // A damaged length must not ask for all memory: no item takes less than a byte.
        let mut list = Vec::with_capacity(length.min(from.len()));
        for _ in 0..length {
            list.push(T::take(from)?);
        }
        Some(list)
    }
}

impl<T: Stored> Stored for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        if let Some(item) = self {
            item.put(out);
        }
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        Some(if bool::take(from)? { Some(T::take(from)?) } else { None })
    }
}

impl Stored for Word {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        u32::take(from).map(Word)
    }
}

impl Stored for (Word, Classes) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.0.put(out);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        Some((Word::take(from)?, Classes(u8::take(from)?)))
    }
}

impl Stored for Class {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(*self as u8);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        [Class::Verb, Class::Noun, Class::Adjective].get(usize::from(u8::take(from)?)).copied()
    }
}

/// What stands for a preposition before its word.
const PREPOSITION: u8 = u8::MAX;

impl Stored for Path {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Path::Preposition(word) => {
                out.push(PREPOSITION);
                word.put(out);
            }
            path => {
                let place = Path::NAMED.iter().position(|(_, named)| named == path);
                out.push(place.expect("every path but prepositions is named") as u8);
            }
        }
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        match u8::take(from)? {
            PREPOSITION => Word::take(from).map(Path::Preposition),
            place => Path::NAMED.get(usize::from(place)).map(|&(_, path)| path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_off_is_no_image() {
        let image = Patterns::builtin().to_image();
        for length in (0..image.len()).step_by(image.len() / 60) {
            assert!(Patterns::from_image(&image[..length]).is_err(), "{length} bytes");
        }
    }
}
