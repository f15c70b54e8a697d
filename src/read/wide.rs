//! UTF-16, whose characters are two bytes wide: what Windows programs call Unicode.
//!
//! It is made UTF-8 as it is read, for every format alike: lines and cells of such a file do not end at a byte.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_16BE, UTF_16LE};

use super::Bytes;

/// Bytes that are looked at.
const SAMPLE: usize = 256;

/// The bytes as UTF-8 where they are UTF-16, by name, by a byte order mark, or by looks; `named` is then no longer asked for.
///
/// # Errors
/// If the first bytes cannot be read.
pub(super) fn narrow(mut bytes: Bytes, named: &mut Option<&'static Encoding>) -> io::Result<Bytes> {
    let start = bytes.fill_buf()?;
    let is_wide = |encoding: &&'static Encoding| [UTF_16LE, UTF_16BE].contains(encoding);
    let marked = Encoding::for_bom(start).map(|(encoding, _)| encoding);
    let Some(encoding) = marked.or(*named).or_else(|| looks(start)).filter(is_wide) else { return Ok(bytes) };
    *named = None;
    let wide = Wide { from: bytes, decoder: encoding.new_decoder(), ended: false, ready: Vec::new(), at: 0 };
    Ok(Box::new(BufReader::with_capacity(1 << 16, wide)))
}

/// UTF-16 without a mark: letters of English text have a zero on one side, and always the same.
fn looks(start: &[u8]) -> Option<&'static Encoding> {
    let pairs = || start.get(..start.len().min(SAMPLE)).unwrap_or_default().chunks_exact(2);
    let zeros = |place: usize| pairs().filter(|pair| pair[place] == 0).count();
    let (count, first, second) = (pairs().count(), zeros(0), zeros(1));
    let most = |zeros: usize, others: usize| count >= 4 && zeros * 10 >= count * 9 && others == 0;
    match () {
        () if most(second, first) => Some(UTF_16LE),
        () if most(first, second) => Some(UTF_16BE),
        () => None,
    }
}

/// Bytes of UTF-8 made of those of UTF-16.
struct Wide {
    from: Bytes,
    decoder: Decoder,
    ended: bool,
    /// What is decoded and not yet handed out, from `at`.
    ready: Vec<u8>,
    at: usize,
}

impl Wide {
    /// Decodes some more.
    fn decode(&mut self) -> io::Result<()> {
        self.ready.resize(1 << 16, 0);
        let (read, written) = {
            let bytes = self.from.fill_buf()?;
            let (result, read, written, _) = self.decoder.decode_to_utf8(bytes, &mut self.ready, bytes.is_empty());
            self.ended = bytes.is_empty() && result == CoderResult::InputEmpty;
            (read, written)
        };
        self.from.consume(read);
        self.ready.truncate(written);
        self.at = 0;
        Ok(())
    }
}

impl Read for Wide {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() && !self.ended {
            self.decode()?;
        }
        let length = buffer.len().min(self.ready.len() - self.at);
        buffer[..length].copy_from_slice(&self.ready[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}
