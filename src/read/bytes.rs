//! From bytes to text: byte order marks, UTF-8, and what was written before it.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Text that was decoded.
pub(super) struct Decoded {
    pub text: String,
    /// What the user should know about how it was read.
    pub note: Option<String>,
}

/// Decodes bytes in a named encoding, or in the one they look like.
///
/// Without a name: what a byte order mark says, else UTF-8, else Windows-1252 when every odd byte makes sense in it and
/// none in UTF-8; otherwise UTF-8 with its damage replaced by U+FFFD.
pub(super) fn decode(bytes: Vec<u8>, named: Option<&'static Encoding>) -> Decoded {
    if let Some((encoding, length)) = Encoding::for_bom(&bytes) {
        return with(encoding, &bytes[length..]);
    }
    if let Some(encoding) = named {
        return with(encoding, &bytes);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Decoded { text, note: None },
        Err(error) if is_windows(error.as_bytes()) => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(error.as_bytes());
            Decoded { text: text.into_owned(), note: Some("this is not UTF-8; read as Windows-1252".to_owned()) }
        }
        Err(error) => with(UTF_8, error.as_bytes()),
    }
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

/// Whether bytes that are not UTF-8 look like Windows-1252: several letters and quotes where it has them, nothing where
/// it has none, and not one sequence of UTF-8.
fn is_windows(bytes: &[u8]) -> bool {
    if bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii()) {
        return false;
    }
    let mut odd = 0;
    for (at, &byte) in bytes.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()) {
        let near = |other: Option<&u8>| other.is_some_and(|other| other.is_ascii_alphabetic());
        let beside_letter = near(at.checked_sub(1).and_then(|before| bytes.get(before))) || near(bytes.get(at + 1));
        let fits = match byte {
            0x91..=0x97 | 0x85 | 0xA0 | 0xA3 | 0xA7 | 0xA9 | 0xAB | 0xBB | 0x80 => true,
            0xC0..=0xFF => beside_letter && !matches!(byte, 0xD7 | 0xF7),
            _ => false,
        };
        if !fits {
            return false;
        }
        odd += 1;
    }
    odd >= 2
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
        let damaged = read(b"one bad \xFF byte");
        assert_eq!((damaged.text.as_str(), damaged.note.is_some()), ("one bad \u{FFFD} byte", true));
        assert_eq!(read("Élysée \u{201C}".as_bytes().split_last().unwrap().1).text, "Élysée \u{FFFD}");
        assert_eq!(decode(b"\xCC\xEE\xF1\xEA\xE2\xE0".to_vec(), Encoding::for_label(b"windows-1251")).text, "Москва");
    }
}
