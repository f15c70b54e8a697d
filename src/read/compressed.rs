//! Bytes inside gzip, zstd, bzip2 and xz, known by how they begin.

use std::io::{self, BufRead, BufReader};

use super::Bytes;

/// The bytes inside, or the bytes themselves when they are not compressed.
///
/// # Errors
/// If the first bytes cannot be read, or the compressed stream does not begin as it must.
pub(super) fn unpack(mut bytes: Bytes) -> io::Result<Bytes> {
    let start = bytes.fill_buf()?;
    let buffered = |read: Box<dyn io::Read + Send>| -> Bytes { Box::new(BufReader::with_capacity(1 << 16, read)) };
    Ok(match start {
        [0x1F, 0x8B, ..] => buffered(Box::new(flate2::bufread::MultiGzDecoder::new(bytes))),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => {
            let decoder = ruzstd::decoding::StreamingDecoder::new(bytes);
            buffered(Box::new(decoder.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?))
        }
        [b'B', b'Z', b'h', b'1'..=b'9', ..] => buffered(Box::new(bzip2::bufread::MultiBzDecoder::new(bytes))),
        [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => buffered(Box::new(lzma_rust2::XzReader::new(bytes, true))),
        _ => bytes,
    })
}
