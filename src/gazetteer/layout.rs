//! The compiled form of gazetteer files: one run of bytes, read where it lies, with nothing to parse at start.
//!
//! All numbers are little-endian `u32`. The head is the magic number, the version and where each section ends; sections
//! follow each other in the order of [`Section`]. Strings are interned: a number stands for one, [`NONE`] for none.

use std::borrow::Cow;

/// Stands for nothing where a number is expected.
pub const NONE: u32 = u32::MAX;

/// First bytes of the compiled form, with the version of the layout.
const MAGIC: &[u8; 8] = b"FWGAZ\0\0\x03";

/// The parts of the compiled form.
#[derive(Clone, Copy, Debug)]
pub enum Section {
    /// One number: the id of the layer's first own entry.
    Base,
    /// The bytes of all strings.
    Strings,
    /// Where each string ends in [`Section::Strings`].
    StringEnds,
    /// Records of [`ENTRY`] numbers: id, name, kind | sector << 8 | weight << 16, country, code, Wikidata, source,
    /// from, until. Own entries by id, then the rows that replace entries of lower layers.
    Entries,
    /// Pairs: id of an entry of a lower layer, place of the row that replaces it. Sorted.
    Replaced,
    /// Ids of entries of lower layers that are switched off. Sorted.
    Off,
    /// Pairs: id of an entry of a lower layer, folded name of it that is switched off. Sorted by id.
    OffNames,
    /// The words of all names: an open hash table of pairs, high half of the hash and word number.
    WordTable,
    /// The bytes of all words.
    WordBytes,
    /// Where each word ends in [`Section::WordBytes`].
    WordEnds,
    /// For each word the one that stands for all its spellings; the last words are keys of spellings, see
    /// [`super::spelling`].
    Spellings,
    /// For each word the node that names starting with it reach; 0 for none.
    Roots,
    /// For each node of the trie its first child; children are nodes in a row, by word.
    NodeChildren,
    /// For each node the word that leads to it.
    NodeWords,
    /// For each node its first posting; the next node's is the end.
    NodePostings,
    /// Records of [`POSTING`] numbers: entry, name as written, prior | form << 16 | case << 20 | word << 22
    /// | whether the prior is a share << 24,
    /// condition | words to be capitalised << 16 (1 the first, 2 the last).
    Postings,
    /// Records of four numbers: from, until, needs, unless.
    Conditions,
    /// 65,536 bits by [`start_bit`]: first words of names that may be written with a small letter.
    LowerStarts,
    /// Records of [`OFFICE`] numbers by country and role: id, role, country, organisation, sector, general role.
    Offices,
    /// Records of [`TENURE`] numbers by person and start: person, office, from, until, leads.
    Tenures,
    /// Places in [`Section::Tenures`] by office and start.
    ByOffice,
    /// Records of four numbers by organisation and member: organisation, member, from, until.
    Members,
    /// Records of four numbers by folded noun: noun, sector, code, whether plural.
    Agents,
    /// Records of five numbers by folded title: folded title, title, role, sector, whether plural.
    Titles,
    /// Pairs by word: folded word, whether it is a name when case says nothing.
    Words,
}

/// How many sections there are.
const SECTIONS: usize = Section::Words as usize + 1;

/// Numbers in a record of [`Section::Entries`].
pub const ENTRY: usize = 9;
/// Numbers in a record of [`Section::Postings`].
pub const POSTING: usize = 4;
/// Numbers in a record of [`Section::Offices`].
pub const OFFICE: usize = 6;
/// Numbers in a record of [`Section::Tenures`].
pub const TENURE: usize = 5;

/// The hash of a folded word in the table of words.
pub fn hash(word: &[u8]) -> u64 {
    // The multiplier of Fx hash: fast, and good enough as the table is verified against the word itself.
    const FACTOR: u64 = 0x517c_c1b7_2722_0a95;
    let mut hash = word.len() as u64;
    let mut mix = |block: u64| hash = (hash.rotate_left(5) ^ block).wrapping_mul(FACTOR);
    match word {
        [] => {}
        // Blocks may overlap, so that no word has to be copied to fill one.
        [first, ..] if word.len() < 4 => {
            let [middle, last] = [word[word.len() / 2], word[word.len() - 1]].map(u64::from);
            mix(u64::from(*first) | middle << 8 | last << 16);
        }
        [first @ .., _, _, _, _] if first.len() <= 4 => {
            let half = |at: usize| u64::from(u32::from_le_bytes([word[at], word[at + 1], word[at + 2], word[at + 3]]));
            mix(half(0) | half(word.len() - 4) << 32);
        }
        _ => {
            let (blocks, rest) = word.as_chunks::<8>();
            blocks.iter().for_each(|block| mix(u64::from_le_bytes(*block)));
            if !rest.is_empty()
                && let Some(last) = word.last_chunk::<8>()
            {
                mix(u64::from_le_bytes(*last));
            }
        }
    }
    hash ^ hash >> 29
}

/// The bit of [`Section::LowerStarts`] for a folded word.
pub fn start_bit(word: &[u8]) -> usize {
    (hash(word) >> 40) as usize & 0xFFFF
}

/// Gathers sections and writes the compiled form.
#[derive(Debug)]
pub struct Writer {
    sections: Vec<Vec<u8>>,
}

impl Default for Writer {
    /// A compiled form with all sections empty.
    fn default() -> Self {
        Self { sections: vec![Vec::new(); SECTIONS] }
    }
}

impl Writer {
    /// Sets a section of bytes.
    pub fn bytes(&mut self, section: Section, bytes: Vec<u8>) {
        self.sections[section as usize] = bytes;
    }

    /// Sets a section of numbers.
    pub fn numbers(&mut self, section: Section, numbers: impl IntoIterator<Item = u32>) {
        self.sections[section as usize] = numbers.into_iter().flat_map(u32::to_le_bytes).collect();
    }

    /// The compiled form.
    pub fn finish(mut self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        let mut end = MAGIC.len() + SECTIONS * 4;
        for section in &mut self.sections {
            // Every section starts at a multiple of four.
            section.resize(section.len().next_multiple_of(4), 0);
            end += section.len();
            out.extend((end as u32).to_le_bytes());
        }
        self.sections.iter().for_each(|section| out.extend(section));
        out
    }
}

/// A compiled form in memory.
#[derive(Clone, Debug)]
pub struct Blob {
    bytes: Cow<'static, [u8]>,
    ends: [u32; SECTIONS],
}

impl Blob {
    /// Takes in what [`Writer::finish`] made; `None` when it is something else.
    pub fn new(bytes: Cow<'static, [u8]>) -> Option<Self> {
        let head = MAGIC.len() + SECTIONS * 4;
        if bytes.len() < head || &bytes[..MAGIC.len()] != MAGIC {
            return None;
        }
        let mut ends = [0; SECTIONS];
        for (index, end) in ends.iter_mut().enumerate() {
            *end = number(&bytes[MAGIC.len()..], index);
        }
        let sound = ends.is_sorted() && ends[0] as usize >= head && ends[SECTIONS - 1] as usize == bytes.len();
        sound.then_some(Self { bytes, ends })
    }

    /// The bytes of a section.
    pub fn section(&self, section: Section) -> &[u8] {
        let index = section as usize;
        let start = if index == 0 { MAGIC.len() + SECTIONS * 4 } else { self.ends[index - 1] as usize };
        &self.bytes[start..self.ends[index] as usize]
    }

    /// How many numbers a section holds.
    pub fn len(&self, section: Section) -> usize {
        self.section(section).len() / 4
    }

    /// A number of a section.
    pub fn number(&self, section: Section, index: usize) -> u32 {
        number(self.section(section), index)
    }

    /// A record of `N` numbers of a section.
    pub fn record<const N: usize>(&self, section: Section, index: usize) -> [u32; N] {
        let bytes = &self.section(section)[index * N * 4..][..N * 4];
        std::array::from_fn(|place| number(bytes, place))
    }

    /// A string; empty for [`NONE`].
    pub fn string(&self, id: u32) -> &str {
        if id == NONE {
            return "";
        }
        let bytes = slice(self.section(Section::StringEnds), self.section(Section::Strings), id as usize);
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// The first of `count` records of `size` numbers in a section for which `before` is false, the records being
    /// sorted so that it is true first.
    pub fn partition(&self, section: Section, size: usize, before: impl Fn(usize) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len(section) / size);
        while low < high {
            let middle = (low + high) / 2;
            if before(middle) { low = middle + 1 } else { high = middle }
        }
        low
    }
}

/// The number at a place of a section's bytes.
pub fn number(bytes: &[u8], index: usize) -> u32 {
    let start = index * 4;
    u32::from_le_bytes([bytes[start], bytes[start + 1], bytes[start + 2], bytes[start + 3]])
}

/// The piece `index` of bytes that are cut at `ends`.
pub fn slice<'b>(ends: &[u8], bytes: &'b [u8], index: usize) -> &'b [u8] {
    let start = if index == 0 { 0 } else { number(ends, index - 1) as usize };
    &bytes[start..number(ends, index) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let mut writer = Writer::default();
        writer.bytes(Section::Strings, b"abcde".to_vec());
        writer.numbers(Section::StringEnds, [2, 5]);
        writer.numbers(Section::Conditions, [1, 2, 3, 4]);
        let blob = Blob::new(writer.finish().into()).unwrap();
        assert_eq!((blob.string(0), blob.string(1), blob.string(NONE)), ("ab", "cde", ""));
        assert_eq!(blob.record::<4>(Section::Conditions, 0), [1, 2, 3, 4]);
        assert_eq!(blob.len(Section::Titles), 0);
    }

    #[test]
    fn anything_else_is_refused() {
        assert!(Blob::new(b"".as_slice().into()).is_none());
        let mut bytes = Writer::default().finish();
        bytes.push(0);
        assert!(Blob::new(bytes.into()).is_none());
    }
}
