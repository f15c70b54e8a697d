//! What the models see of a word: hashes of its folded form and of its ends, and how it is written.

/// A word as the models see it.
///
/// Folded: lower case, every digit `0`, quotes straight, dashes one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    /// Hash of the folded form.
    pub folded: u64,
    /// Hash of the form with its capitals, digits folded.
    pub cased: u64,
    /// The first four bytes of the folded form, the first in the lowest byte.
    pub head: u32,
    /// The last four bytes of the folded form, the last in the lowest byte.
    pub tail: u32,
    /// Length of the folded form in bytes, at most 255.
    pub length: u8,
    /// How it is written, see the constants.
    pub flags: u8,
    /// Runs of capitals, small letters, digits and marks, at most seven, two bits each.
    pub shape: u16,
}

/// It begins with a capital.
pub(crate) const CAPITAL: u8 = 1;
/// It has no small letter, and more than one capital.
pub(crate) const UPPER: u8 = 2;
/// It holds a digit.
pub(crate) const DIGIT: u8 = 4;
/// It holds a hyphen.
pub(crate) const HYPHEN: u8 = 8;
/// It holds something that is neither letter, digit nor hyphen.
pub(crate) const OTHER: u8 = 16;
/// It holds a small letter.
pub(crate) const SMALL: u8 = 32;
/// Which of the flags speak of capitals.
pub(crate) const CASE_FLAGS: u8 = CAPITAL | UPPER | SMALL;

/// Bytes of a form that are looked at: what is longer is no word.
const LONGEST: usize = 96;

impl Word {
    /// Looks at a form.
    pub(crate) fn new(form: &str) -> Self {
        let mut folded = [0u8; LONGEST + 8];
        let mut cased = [0u8; LONGEST + 8];
        let mut length = 0;
        let mut runs = Runs::default();
        if form.is_ascii() {
            for &byte in form.as_bytes().iter().take(LONGEST) {
                let (low, as_written) = match byte {
                    b'0'..=b'9' => (b'0', b'0'),
                    b'`' => (b'\'', b'\''),
                    _ => (byte.to_ascii_lowercase(), byte),
                };
                runs.see(CLASSES[byte as usize]);
                folded[length] = low;
                cased[length] = as_written;
                length += 1;
            }
            if form == "--" {
                (folded, length) = fold_into("\u{2014}");
                cased = folded;
            }
        } else {
            for character in form.chars() {
                let class = class(character);
                runs.see(class);
                let mut bytes = [0u8; 4];
                for low in fold(character) {
                    let low = low.encode_utf8(&mut bytes).as_bytes();
                    if length + low.len() > LONGEST {
                        break;
                    }
                    folded[length..length + low.len()].copy_from_slice(low);
                    cased[length..length + low.len()].copy_from_slice(low);
                    // A capital is told from its small letter by one bit: enough for a hash.
                    cased[length] ^= if class == Class::Upper { 0x20 } else { 0 };
                    length += low.len();
                }
            }
        }
        let at = |index: usize| if index < length { folded[index] as u32 } else { 0 };
        let back = |index: usize| if index < length { folded[length - 1 - index] as u32 } else { 0 };
        Self {
            folded: hash(&folded, length),
            cased: hash(&cased, length),
            head: at(0) | at(1) << 8 | at(2) << 16 | at(3) << 24,
            tail: back(0) | back(1) << 8 | back(2) << 16 | back(3) << 24,
            length: length as u8,
            flags: runs.flags(),
            shape: runs.shape,
        }
    }

    /// The last three bytes of the folded form.
    pub(crate) fn suffix3(&self) -> u32 {
        self.tail & 0xFF_FFFF
    }
}

/// Kinds of characters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Upper = 0,
    Lower = 1,
    Digit = 2,
    Mark = 3,
    Hyphen = 4,
}

static CLASSES: [Class; 128] = {
    let mut table = [Class::Mark; 128];
    let mut byte = 0u8;
    while byte < 128 {
        if byte.is_ascii_uppercase() {
            table[byte as usize] = Class::Upper;
        } else if byte.is_ascii_lowercase() {
            table[byte as usize] = Class::Lower;
        } else if byte.is_ascii_digit() {
            table[byte as usize] = Class::Digit;
        } else if byte == b'-' {
            table[byte as usize] = Class::Hyphen;
        }
        byte += 1;
    }
    table
};

fn class(character: char) -> Class {
    match character {
        _ if character.is_ascii() => CLASSES[character as usize],
        _ if character.is_uppercase() => Class::Upper,
        _ if character.is_alphabetic() => Class::Lower,
        _ if character.is_numeric() => Class::Digit,
        _ => Class::Mark,
    }
}

/// A character in lower case, digits, quotes and dashes made alike.
fn fold(character: char) -> impl Iterator<Item = char> {
    let character = match character {
        '‘' | '’' | '`' | '´' | '′' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '―' => '\u{2014}',
        '0'..='9' => '0',
        other => other,
    };
    character.to_lowercase()
}

fn fold_into(text: &str) -> ([u8; LONGEST + 8], usize) {
    let mut bytes = [0; LONGEST + 8];
    bytes[..text.len()].copy_from_slice(text.as_bytes());
    (bytes, text.len())
}

/// The runs of a word's characters.
#[derive(Default)]
struct Runs {
    first: Option<Class>,
    last: Option<Class>,
    seen: u8,
    capitals: u8,
    runs: u8,
    shape: u16,
}

impl Runs {
    fn see(&mut self, class: Class) {
        self.first.get_or_insert(class);
        self.seen |= 1 << class as u8;
        self.capitals = self.capitals.saturating_add((class == Class::Upper) as u8);
        if self.last != Some(class) && self.runs < 7 {
            self.last = Some(class);
            self.shape |= (class as u16 & 3) << (2 * self.runs);
            self.runs += 1;
        }
    }

    fn flags(&self) -> u8 {
        let has = |class: Class| self.seen & 1 << class as u8 != 0;
        let mut flags = 0;
        if self.first == Some(Class::Upper) {
            flags |= CAPITAL;
        }
        if !has(Class::Lower) && self.capitals > 1 {
            flags |= UPPER;
        }
        for (class, flag) in
            [(Class::Digit, DIGIT), (Class::Hyphen, HYPHEN), (Class::Mark, OTHER), (Class::Lower, SMALL)]
        {
            if has(class) {
                flags |= flag;
            }
        }
        flags
    }
}

/// A hash of the first `length` bytes; what follows them up to a multiple of eight must be zero.
fn hash(bytes: &[u8; LONGEST + 8], length: usize) -> u64 {
    let mut state = 0x9E37_79B9_7F4A_7C15 ^ length as u64;
    for block in bytes[..length.div_ceil(8) * 8].chunks_exact(8) {
        let word = u64::from_le_bytes(block.try_into().expect("eight bytes"));
        state = mix(state ^ word);
    }
    state
}

/// Spreads every bit over the whole word.
#[inline]
pub(crate) fn mix(value: u64) -> u64 {
    let product = u128::from(value ^ 0xE703_7ED1_A0B4_28DB) * 0xA076_1D64_78BD_642F_u128;
    (product as u64) ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_makes_alike_what_differs_only_in_print() {
        assert_eq!(Word::new("Kyiv").folded, Word::new("KYIV").folded);
        assert_ne!(Word::new("Kyiv").cased, Word::new("KYIV").cased);
        assert_eq!(Word::new("’s"), Word::new("'s"));
        assert_eq!(Word::new("1,234").folded, Word::new("5,678").folded);
        assert_eq!(Word::new("--").folded, Word::new("—").folded);
        assert_eq!(Word::new("Élysée").folded, Word::new("ÉLYSÉE").folded);
        assert_ne!(Word::new("a").folded, Word::new("b").folded);
    }

    #[test]
    fn ends_and_flags() {
        let word = Word::new("Shelling");
        assert_eq!(word.suffix3().to_le_bytes(), [b'g', b'n', b'i', 0]);
        assert_eq!(word.head.to_le_bytes(), *b"shel");
        assert_eq!(word.flags, CAPITAL | SMALL);
        assert_eq!(Word::new("T-72").flags, CAPITAL | DIGIT | HYPHEN);
        assert_eq!(Word::new("NATO").flags, CAPITAL | UPPER);
        assert_eq!(Word::new("").length, 0);
    }

    #[test]
    fn long_words_and_odd_letters_do_no_harm() {
        for form in ["x".repeat(500), "İ".repeat(300), "\u{0}".into(), "😀".into()] {
            assert!(Word::new(&form).length as usize <= LONGEST);
        }
    }
}
