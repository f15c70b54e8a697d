//! What the tagger looks at: hashed features of a token and its neighbours.
//!
//! Templates after Ratnaparkhi (1996) and Collins (2002), with ambiguity classes: the set of labels a word has in the
//! training data.

use super::word::{CAPITAL, CASE_FLAGS, SMALL, Word, mix};

/// Words that stand before the first and after the last of a sentence.
pub(crate) const PADDING: usize = 2;

/// How a whole sentence is written: where everything is a capital, a capital says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writing {
    /// Capitals begin sentences and names.
    Ordinary = 0,
    /// Capitals only.
    Upper = 1,
    /// No capitals at all.
    Lower = 2,
    /// As in headlines: most longer words begin with a capital.
    Title = 3,
}

impl Writing {
    /// How the words of a sentence are written.
    pub(crate) fn of(words: &[Word]) -> Self {
        let (mut letters, mut upper, mut small, mut long, mut long_capital) = (0, 0, 0, 0, 0);
        for word in words {
            let has = |flag: u8| word.flags & flag != 0;
            if !has(SMALL) && !has(CAPITAL) {
                continue;
            }
            letters += 1;
            upper += usize::from(!has(SMALL));
            small += usize::from(!has(CAPITAL));
            if word.length >= 4 {
                long += 1;
                long_capital += usize::from(has(CAPITAL));
            }
        }
        if letters < 3 {
            Self::Ordinary
        } else if upper * 10 >= letters * 9 {
            Self::Upper
        } else if small == letters {
            Self::Lower
        } else if long >= 3 && long_capital * 10 >= long * 9 {
            Self::Title
        } else {
            Self::Ordinary
        }
    }
}

/// Templates that do not look at the labels already given.
pub(crate) const FIXED: usize = 31;
/// Templates that do.
pub(crate) const MOVING: usize = 13;

/// A token as the templates see it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seen {
    /// The word.
    pub word: Word,
    /// Its ambiguity class; 0 when it was not seen often enough to have one.
    pub class: u16,
}

/// The hashes that do not depend on labels, for the token at `index` of the padded sentence.
#[inline]
pub(crate) fn fixed(tokens: &[Seen], index: usize, writing: Writing, out: &mut [u64; FIXED]) {
    let at = |offset: isize| &tokens[index.wrapping_add_signed(offset)];
    let (here, before, after) = (at(0), at(-1), at(1));
    let (before2, after2) = (at(-2), at(2));
    let word = &here.word;
    let style = writing as u64;
    let flags = |seen: &Seen| {
        let hidden = if writing == Writing::Ordinary { 0 } else { CASE_FLAGS };
        u64::from(seen.word.flags & !hidden)
    };
    let first = u64::from(index == PADDING);
    let suffix = |seen: &Seen, length: u32| u64::from(seen.word.tail & mask(length)) << 3 | u64::from(length);
    let long = |length: u8, hash: u64| if word.length >= length { hash } else { 0 };
    let shape = match writing {
        Writing::Ordinary => u64::from(word.shape) << 3 | first << 2,
        _ => flags(here),
    };
    let class = |seen: &Seen| u64::from(seen.class);
    let features = [
        word.folded,
        if writing == Writing::Ordinary { word.cased ^ first } else { word.folded ^ style << 1 },
        suffix(here, 1),
        suffix(here, 2),
        long(3, suffix(here, 3)),
        long(4, suffix(here, 4)),
        u64::from(word.head & 0xFF),
        long(2, u64::from(word.head & 0xFFFF)),
        long(3, u64::from(word.head & 0xFF_FFFF)),
        shape << 2 | style,
        flags(before) << 32 | flags(here) << 16 | flags(after) << 8 | first << 4 | style,
        before.word.folded,
        after.word.folded,
        before2.word.folded,
        after2.word.folded,
        pair(before.word.folded, word.folded),
        pair(word.folded, after.word.folded),
        pair(before.word.folded, after.word.folded),
        pair(after.word.folded, after2.word.folded),
        suffix(after, 3),
        suffix(before, 3),
        class(here),
        class(after),
        class(after2),
        class(here) << 16 | class(after),
        class(here) << 32 | class(after) << 16 | class(after2),
        pair(class(here), before.word.folded),
        pair(class(here), after.word.folded),
        pair(suffix(here, 3), flags(here) | first << 8 | style << 9),
        pair(suffix(here, 2), suffix(after, 2)),
        pair(suffix(here, 3), class(after)),
    ];
    for ((slot, feature), template) in out.iter_mut().zip(features).zip(0u64..) {
        *slot = spread(template, feature);
    }
}

/// The hashes that depend on the labels of the two tokens before.
#[inline]
pub(crate) fn moving(tokens: &[Seen], index: usize, last: u8, last2: u8, out: &mut [u64; MOVING]) {
    let (here, after) = (&tokens[index], &tokens[index + 1]);
    let after2 = &tokens[index + 2];
    let one = u64::from(last) + 1;
    let two = one << 6 | (u64::from(last2) + 1);
    let suffix = u64::from(here.word.suffix3());
    let (class, next, next2) = (u64::from(here.class), u64::from(after.class), u64::from(after2.class));
    let features = [
        one,
        two,
        pair(here.word.folded, one),
        pair(here.word.folded, two),
        suffix << 12 | one,
        suffix << 12 | two,
        pair(after.word.folded, one),
        pair(after.word.folded, two),
        class << 12 | one,
        class << 12 | two,
        class << 28 | next << 12 | one,
        class << 28 | next << 12 | two,
        class << 44 | next2 << 28 | next << 12 | one,
    ];
    for ((slot, feature), template) in out.iter_mut().zip(features).zip(FIXED as u64..) {
        *slot = spread(template, feature);
    }
}

#[inline]
fn spread(template: u64, feature: u64) -> u64 {
    mix(feature.wrapping_add(template.wrapping_mul(0x9E6C_63D0_676A_9A99)))
}

#[inline]
fn pair(one: u64, other: u64) -> u64 {
    one ^ other.rotate_left(23).wrapping_mul(0x8EBC_6AF0_9C88_C6E3)
}

fn mask(length: u32) -> u32 {
    if length == 4 { u32::MAX } else { (1 << (8 * length)) - 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writing(text: &str) -> Writing {
        Writing::of(&text.split(' ').map(Word::new).collect::<Vec<_>>())
    }

    #[test]
    fn the_writing_of_a_sentence() {
        assert_eq!(writing("Troops crossed the river on Friday ."), Writing::Ordinary);
        assert_eq!(writing("TROOPS CROSSED THE RIVER ."), Writing::Upper);
        assert_eq!(writing("troops crossed the river ."), Writing::Lower);
        assert_eq!(writing("Troops Cross River as Talks Fail"), Writing::Title);
        assert_eq!(writing("He left"), Writing::Ordinary);
    }
}
