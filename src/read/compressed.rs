//! Bytes inside gzip, zstd, bzip2 and xz, known by how they begin.

use std::io::{self, BufRead, BufReader, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::Bytes;

/// The bytes inside, or the bytes themselves when they are not compressed.
///
/// # Errors
/// If the first bytes cannot be read.
pub(super) fn unpack(mut bytes: Bytes) -> io::Result<Bytes> {
    let start = bytes.fill_buf()?;
    let buffered = |from: Box<dyn Read + Send>| -> Bytes { Box::new(BufReader::with_capacity(1 << 16, Told { from })) };
    Ok(match start {
        [0x1F, 0x8B, ..] => buffered(Box::new(flate2::bufread::MultiGzDecoder::new(bytes))),
        // A frame of content, or one to pass over, with which some writers begin.
        [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => buffered(Box::new(Zstd::new(bytes))),
        [b'B', b'Z', b'h', b'1'..=b'9', ..] => buffered(Box::new(bzip2::bufread::MultiBzDecoder::new(bytes))),
        [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => buffered(Box::new(lzma_rust2::XzReader::new(bytes, true))),
        _ => bytes,
    })
}

/// Says of an error what it means to the user: the libraries speak of blocks and buffers.
struct Told {
    from: Box<dyn Read + Send>,
}

impl Read for Told {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.from.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => error,
            _ => io::Error::new(
                error.kind(),
                format!("the compressed data is damaged or cut short, and what comes after is lost ({error})"),
            ),
        })
    }
}

/// The content of all frames of zstd, one after the other.
pub(super) struct Zstd<R> {
    from: R,
    frame: FrameDecoder,
    is_open: bool,
}

impl<R: BufRead> Zstd<R> {
    pub(super) fn new(from: R) -> Self {
        Self { from, frame: FrameDecoder::new(), is_open: false }
    }

    /// Begins the next frame; `false` at the end.
    fn open(&mut self) -> io::Result<bool> {
        while !self.from.fill_buf()?.is_empty() {
            match self.frame.reset(&mut self.from) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut (&mut self.from).take(length.into()), &mut io::sink())?;
                }
                Err(error) => return Err(io::Error::new(io::ErrorKind::InvalidData, error.to_string())),
            }
        }
        Ok(false)
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !buffer.is_empty() {
            if !self.is_open {
                self.is_open = self.open()?;
                if !self.is_open {
                    break;
                }
            }
            while self.frame.can_collect() == 0 && !self.frame.is_finished() {
                let decoded = self.frame.decode_blocks(&mut self.from, BlockDecodingStrategy::UptoBlocks(1));
                decoded.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
            }
            match self.frame.read(buffer)? {
                0 => self.is_open = false,
                length => return Ok(length),
            }
        }
        Ok(0)
    }
}
