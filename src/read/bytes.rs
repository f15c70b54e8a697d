//! From bytes to text: byte order marks, UTF-8, and what was written before it.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, WINDOWS_1252};

/// Text that was decoded.
pub(super) struct Decoded {
    pub text: String,
    /// What the user should know about how it was read.
    pub note: Option<String>,
}

/// How the texts of a file are decoded: what was found out of one holds for those after it.
pub(super) struct Decoding {
    named: Option<&'static Encoding>,
    found: Option<&'static Encoding>,
}

impl Decoding {
    /// In a named encoding, or in the one that texts look like.
    pub(super) fn new(named: Option<&'static Encoding>) -> Self {
        Self { named, found: None }
    }

    /// Looks at bytes that are about to be decoded in parts; a part alone may hold too few odd bytes to tell.
    pub(super) fn look(&mut self, bytes: &[u8]) -> Option<String> {
        if self.named.is_some() || self.found.is_some() || std::str::from_utf8(bytes).is_ok() {
            return None;
        }
        self.found = older(bytes);
        self.found.map(|encoding| format!("this is not UTF-8; read as {}", encoding.name()))
    }

    /// Decodes bytes: as a byte order mark or the name says, else as UTF-8, else in the encoding older than UTF-8 that
    /// they look like; otherwise as UTF-8 with its damage replaced by U+FFFD.
    pub(super) fn decode(&mut self, bytes: Vec<u8>) -> Decoded {
        if let Some((encoding, length)) = Encoding::for_bom(&bytes) {
            return with(encoding, &bytes[length..]);
        }
        if let Some(encoding) = self.named {
            return with(encoding, &bytes);
        }
        match String::from_utf8(bytes) {
            Ok(text) => Decoded { text, note: None },
            Err(error) => {
                let note = self.look(error.as_bytes());
                match self.found {
                    Some(encoding) => Decoded { note, ..with(encoding, error.as_bytes()) },
                    None => with(UTF_8, error.as_bytes()),
                }
            }
        }
    }
}

/// Decodes the only text of a file, see [`Decoding`].
pub(super) fn decode(bytes: Vec<u8>, named: Option<&'static Encoding>) -> Decoded {
    Decoding::new(named).decode(bytes)
}

/// Bytes in memory, as the reader of Parquet wants them.
#[cfg(feature = "parquet")]
pub(super) fn shared(content: Vec<u8>) -> ::bytes::Bytes {
    content.into()
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let note = damaged.then(|| {
        let name = encoding.name();
        format!("some bytes are not {name} and were replaced by U+FFFD; name another with --encoding to keep them")
    });
    Decoded { text: text.into_owned(), note }
}

/// The encoding older than UTF-8 that bytes are in; `None` where they rather look like damaged UTF-8, because one sequence
/// of it is whole, because there is a single odd byte, or because what they would stand for is no text.
fn older(bytes: &[u8]) -> Option<&'static Encoding> {
    let odd = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    if odd < 2 || bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii()) {
        return None;
    }
    if is_windows(bytes) {
        return Some(WINDOWS_1252);
    }
    // An apostrophe there, and a capital letter amid small ones elsewhere.
    if bytes.windows(3).any(|three| three[1] == 0xD5 && three[0].is_ascii_lowercase() && three[2].is_ascii_lowercase())
    {
        return Some(MACINTOSH);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    let (mut likely, mut others, mut before) = (0, 0, ' ');
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let fits = match character {
            // Dashes and quotation marks, of the East too, and signs that stand in English text.
            '\u{2010}'..='\u{203A}' | '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF65}' => true,
            '\u{A0}' | '£' | '§' | '«' | '»' | '°' | '€' | '·' => true,
            // Latin words are mostly of plain letters; other scripts have none.
            '\u{C0}'..'\u{250}' => {
                before.is_ascii_alphabetic() || characters.peek().is_some_and(char::is_ascii_alphabetic)
            }
            character => character.is_alphabetic(),
        };
        if !character.is_ascii() {
            *(if fits { &mut likely } else { &mut others }) += 1;
        }
        before = character;
    }
    (likely > others * 8).then_some(encoding)
}

/// Whether bytes look like Windows-1252, in which most of Western Europe wrote: letters and quotes where it has them,
/// and nothing where it has none.
fn is_windows(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()).all(|(at, &byte)| {
        let near = |other: Option<&u8>| other.is_some_and(|other| other.is_ascii_alphabetic());
        let beside_letter = near(at.checked_sub(1).and_then(|before| bytes.get(before))) || near(bytes.get(at + 1));
        match byte {
            0x91..=0x97 | 0x85 | 0xA0 | 0xA3 | 0xA7 | 0xA9 | 0xAB | 0xBB | 0x80 => true,
            // Vowels with accents, and the consonants of French and Spanish; where other letters stand, another
            // encoding may have its own.
            0xC0 | 0xC1 | 0xC2 | 0xC7..=0xCB | 0xD1 | 0xE0..=0xE2 | 0xE7..=0xEB | 0xEE | 0xEF | 0xF1 | 0xF3 | 0xF4 => {
                beside_letter
            }
            0xC4 | 0xD6 | 0xDC | 0xE4 | 0xED | 0xF6 | 0xFA | 0xFC => beside_letter,
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let read = |bytes: &[u8]| decode(bytes.to_vec(), None);
        assert_eq!(read("Élysée".as_bytes()).text, "Élysée");
        assert_eq!(read(b"\xEF\xBB\xBFMali").text, "Mali");
        assert_eq!(read(b"\xFF\xFEM\0a\0l\0i\0").text, "Mali");
        let windows = read(b"the \x93caf\xE9\x94 closed");
        assert_eq!((windows.text.as_str(), windows.note.is_some()), ("the “café” closed", true));
        assert_eq!(read(b"Kenya\xD5s \xD2caf\x8E\xD3").text, "Kenya’s “café”");
        assert_eq!(read(b"three bad \xFF\xFE\x80 bytes").text, "three bad \u{FFFD}\u{FFFD}\u{FFFD} bytes");
        let damaged = read(b"one bad \xFF byte");
        assert_eq!((damaged.text.as_str(), damaged.note.is_some()), ("one bad \u{FFFD} byte", true));
        assert_eq!(read("Élysée \u{201C}".as_bytes().split_last().unwrap().1).text, "Élysée \u{FFFD}");
        let central =
            read(b"Jaros\xB3aw Kaczy\xF1ski met Zuzana \xC8aputov\xE1 and Andrej Babi\x9A in Brussels on Monday.");
        assert_eq!(central.text, "Jarosław Kaczyński met Zuzana Čaputová and Andrej Babiš in Brussels on Monday.");
        let russian = b"President Putin (\xC2\xEB\xE0\xE4\xE8\xEC\xE8\xF0 \xCF\xF3\xF2\xE8\xED) spoke.";
        assert_eq!(read(russian).text, "President Putin (Владимир Путин) spoke.");
        let mut rows = Decoding::new(None);
        assert!(rows.decode(b"Beyonc\xE9 and Andr\xE9".to_vec()).note.is_some());
        let next = rows.decode(b"one caf\xE9".to_vec());
        assert_eq!((next.text.as_str(), next.note), ("one café", None), "as in the row before");
        assert_eq!(rows.decode("Élysée".into()).text, "Élysée");
        assert_eq!(decode(b"\xCC\xEE\xF1\xEA\xE2\xE0".to_vec(), Encoding::for_label(b"windows-1251")).text, "Москва");
    }
}
