//! The model file: one block of little-endian numbers that is used where it lies.
//!
//! A header, a table of sections, the sections, each on a boundary of 64 bytes. Nothing is parsed when the program
//! starts; a file given by the user is checked once.

use std::ops::Range;

use super::word::mix;
use crate::error::{Error, Result};

/// What a model file begins with.
const MAGIC: [u8; 8] = *b"fwsyntax";
/// Goes up when the layout of the file, or what the weights stand for, changes.
const VERSION: u32 = 2;
/// Sections begin on multiples of this.
const ALIGNMENT: usize = 64;
const HEADER: usize = 32;

/// The parts of a model file, in their order.
#[derive(Clone, Copy, Debug)]
#[repr(usize)]
pub(crate) enum Section {
    /// Tagger: fingerprints, `u64`.
    Fingerprints,
    /// Tagger: weights, `i8`.
    TagWeights,
    /// Words: hashes, `u32`.
    WordKeys,
    /// Words: number in the low, ambiguity class in the high half, `u32`.
    WordValues,
    /// Penn tags that do not follow from the label: hashes of label and form, `u32`.
    XposKeys,
    /// Their numbers, `u32`.
    XposValues,
    /// Endings: hashes, `u32`.
    SuffixKeys,
    /// Their numbers, `u32`.
    SuffixValues,
    /// Net: embeddings of words, `i16`.
    WordEmbeddings,
    /// Net: embeddings of endings, `i16`.
    SuffixEmbeddings,
    /// Net: weights of word and ending for each word slot, `i16`.
    WordWeights,
    /// Net: rows of the tags of word slots, `i16`. These and the following are relative to those of what is not there, which
    /// are part of the bias.
    WordTagRows,
    /// Net: rows of the other tag slots, `i16`.
    TagRows,
    /// Net: rows of labels, `i16`.
    LabelRows,
    /// Net: rows of distances and counts, `i16`.
    NumberRows,
    /// Net: the hidden layer when nothing is there, `i16`.
    Bias,
    /// Net: scores of moves, `i16`.
    MoveWeights,
    /// Net: scores of labels, `i16`.
    LabelWeights,
    /// Net: bias of moves, then of labels, `i32`.
    OutputBias,
    /// Labels seen between two tags, a bit each, `u64`.
    LabelMasks,
}

const SECTIONS: usize = Section::LabelMasks as usize + 1;

/// Bytes that begin on a multiple of 64, as those of the embedded model must.
#[repr(C, align(64))]
pub(crate) struct Aligned<T: ?Sized>(pub T);

/// The bytes of a model.
#[derive(Debug)]
enum Bytes {
    Embedded(&'static [u8]),
    /// Read from a file; the length in bytes beside it.
    Owned(Vec<Line>, usize),
}

/// As many bytes as an alignment asks for.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
struct Line([u8; ALIGNMENT]);

/// A model file in memory.
#[derive(Debug)]
pub(crate) struct Blob {
    bytes: Bytes,
    sections: [Range<usize>; SECTIONS],
}

/// Numbers a section can consist of: any bytes of their size are a value.
pub(crate) trait Plain: Copy + sealed::Sealed {}
mod sealed {
    pub(crate) trait Sealed {}
}
macro_rules! plain {
    ($($type:ty)*) => {$(impl Plain for $type {} impl sealed::Sealed for $type {})*};
}
plain!(i8 i16 i32 u32 u64);

#[cfg(target_endian = "big")]
compile_error!("the model file is little-endian and used in place");

impl Blob {
    /// The model that is part of the program.
    pub(crate) fn embedded(bytes: &'static Aligned<[u8]>) -> Result<Self> {
        let sections = sections(&bytes.0)?;
        Ok(Self { bytes: Bytes::Embedded(&bytes.0), sections })
    }

    /// A model read from a file, checked byte by byte.
    pub(crate) fn owned(bytes: &[u8]) -> Result<Self> {
        let sections = sections(bytes)?;
        if u64::from_le_bytes(bytes[24..32].try_into().expect("eight bytes")) != checksum(&bytes[HEADER..]) {
            return Err(damaged("its checksum does not agree with its content"));
        }
        let lines = bytes.chunks(ALIGNMENT).map(|chunk| {
            let mut line = Line([0; ALIGNMENT]);
            line.0[..chunk.len()].copy_from_slice(chunk);
            line
        });
        Ok(Self { bytes: Bytes::Owned(lines.collect(), bytes.len()), sections })
    }

    /// A hash of the data it was trained on.
    pub(crate) fn data_hash(&self) -> u64 {
        u64::from_le_bytes(self.bytes()[16..24].try_into().expect("eight bytes"))
    }

    /// The numbers of a section; a part of a number at the end is left out.
    pub(crate) fn section<T: Plain>(&self, section: Section) -> &[T] {
        let bytes = &self.bytes()[self.sections[section as usize].clone()];
        // SAFETY: `Plain` numbers have no padding and no invalid values; what is not aligned is not handed out.
        let (before, numbers, _) = unsafe { bytes.align_to::<T>() };
        debug_assert!(before.is_empty(), "sections are aligned");
        numbers
    }

    fn bytes(&self) -> &[u8] {
        match &self.bytes {
            Bytes::Embedded(bytes) => bytes,
            Bytes::Owned(lines, length) => {
                // SAFETY: lines are plain bytes without padding, and hold at least `length` of them.
                unsafe { std::slice::from_raw_parts(lines.as_ptr().cast(), *length) }
            }
        }
    }
}

fn damaged(what: &str) -> Error {
    Error::data(format!("not a usable syntax model: {what}"))
        .with_help("train one with factwire-train, or leave --model out to use the built-in model")
}

/// Reads the header.
fn sections(bytes: &[u8]) -> Result<[Range<usize>; SECTIONS]> {
    let number = |at: usize| bytes.get(at..at + 4).map(|bytes| u32::from_le_bytes(bytes.try_into().expect("four")));
    if bytes.len() < HEADER + SECTIONS * 8 || bytes[..8] != MAGIC {
        return Err(damaged("it does not begin like one"));
    }
    if number(8) != Some(VERSION) || number(12) != Some(SECTIONS as u32) {
        return Err(damaged("it was made for another version of factwire"));
    }
    let mut sections: [Range<usize>; SECTIONS] = std::array::from_fn(|_| 0..0);
    for (index, section) in sections.iter_mut().enumerate() {
        let entry = HEADER + index * 8;
        let (start, length) = (number(entry).unwrap_or(0) as usize, number(entry + 4).unwrap_or(0) as usize);
        if start % ALIGNMENT != 0 || start + length > bytes.len() {
            return Err(damaged("it is cut off"));
        }
        *section = start..start + length;
    }
    Ok(sections)
}

fn checksum(bytes: &[u8]) -> u64 {
    bytes.chunks(8).fold(0, |state, chunk| {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        mix(state ^ u64::from_le_bytes(word))
    })
}

/// Puts a model file together.
#[cfg(feature = "train")]
#[derive(Debug, Default)]
pub(crate) struct Builder {
    sections: Vec<Vec<u8>>,
}

#[cfg(feature = "train")]
impl Builder {
    /// Adds the next section, given as bytes of its numbers.
    pub(crate) fn add(&mut self, section: Section, bytes: impl IntoIterator<Item = u8>) {
        assert_eq!(section as usize, self.sections.len(), "sections come in their order");
        self.sections.push(bytes.into_iter().collect());
    }

    /// The file.
    pub(crate) fn finish(self, data_hash: u64) -> Vec<u8> {
        let mut table = Vec::new();
        let mut body = Vec::new();
        let start = (HEADER + SECTIONS * 8).next_multiple_of(ALIGNMENT);
        for section in &self.sections {
            body.resize(body.len().next_multiple_of(ALIGNMENT), 0);
            table.extend(((start + body.len()) as u32).to_le_bytes());
            table.extend((section.len() as u32).to_le_bytes());
            body.extend(section);
        }
        table.resize(start - HEADER, 0);
        table.extend(body);
        let mut file = MAGIC.to_vec();
        file.extend(VERSION.to_le_bytes());
        file.extend((SECTIONS as u32).to_le_bytes());
        file.extend(data_hash.to_le_bytes());
        file.extend(checksum(&table).to_le_bytes());
        file.extend(table);
        file
    }
}

/// A table from hashes to numbers, as it lies in the model file: open addressing, 0 an empty key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Index<'m> {
    keys: &'m [u32],
    values: &'m [u32],
}

impl<'m> Index<'m> {
    /// A table, refused if a search in it could fail to end.
    pub(crate) fn new(keys: &'m [u32], values: &'m [u32]) -> Option<Self> {
        let sound = keys.len().is_power_of_two() && keys.len() == values.len() && keys.contains(&0);
        sound.then_some(Self { keys, values })
    }

    /// The number of a hash.
    #[inline]
    pub(crate) fn get(&self, hash: u64) -> Option<u32> {
        let key = key(hash);
        let mut place = hash as usize & (self.keys.len() - 1);
        loop {
            match self.keys[place] {
                0 => return None,
                found if found == key => return Some(self.values[place]),
                _ => place = (place + 1) & (self.keys.len() - 1),
            }
        }
    }

    /// A table of these numbers, at most two thirds full: keys, then values.
    #[cfg(feature = "train")]
    pub(crate) fn build(entries: &[(u64, u32)]) -> (Vec<u32>, Vec<u32>) {
        let size = (entries.len() * 3 / 2 + 2).next_power_of_two();
        let (mut keys, mut values) = (vec![0; size], vec![0; size]);
        for &(hash, value) in entries {
            let mut place = hash as usize & (size - 1);
            while keys[place] != 0 && keys[place] != key(hash) {
                place = (place + 1) & (size - 1);
            }
            keys[place] = key(hash);
            values[place] = value;
        }
        (keys, values)
    }
}

fn key(hash: u64) -> u32 {
    ((hash >> 32) as u32).max(1)
}
