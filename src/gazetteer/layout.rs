//! The compiled form of gazetteer files: one run of bytes and one of text, read where they lie, with nothing to parse
//! at start.
//!
//! The bytes are a head and then sections in the order of [`Section`]. A section is a table of numbers: records of
//! columns, each column as many bytes wide as its greatest number needs, little-endian. The head is the magic number with
//! the version, and for each section where it starts, how many records it has and how wide its columns are. Strings are
//! interned in the text, each after its length as one character: a number says where; [`NONE`] is none.

use std::borrow::Cow;

use crate::ontology::Country;

/// Stands for nothing where a number is expected.
pub const NONE: u32 = u32::MAX;

/// First bytes of the compiled form, with the version of the layout.
const MAGIC: &[u8; 8] = b"FWGAZ\0\0\x04";

/// The parts of the compiled form.
#[derive(Clone, Copy, Debug)]
pub enum Section {
    /// One number: the id of the layer's first own entry.
    Base,
    /// Records of [`ENTRY`] numbers: id, name, kind | sector << 8, weight, country, Wikidata, place in
    /// [`Section::Origins`]. Own entries by id, then the rows that replace entries of lower layers.
    Entries,
    /// Records of four numbers that many entries share: code, source, from, until.
    Origins,
    /// Pairs: a country and its entry. Sorted.
    Countries,
    /// Pairs: id of an entry of a lower layer, place of the row that replaces it. Sorted.
    Replaced,
    /// Ids of entries of lower layers that are switched off. Sorted.
    Off,
    /// Pairs: id of an entry of a lower layer, folded name of it that is switched off. Sorted by id.
    OffNames,
    /// The words of all names: an open hash table of pairs, [`tag`] of the hash and word number.
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
    /// For each node of the trie its first child, the word that leads to it, and its first posting. Children are nodes
    /// in a row, by word; where they and the postings end, the next node says.
    Nodes,
    /// Records of [`POSTING`] numbers: entry, name as written, prior, form | case << 4 | word << 6 | whether the prior is
    /// a share << 8 | words to be capitalised << 9 (1 the first, 2 the last), condition.
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
    /// Records of five numbers by [`key_hash`]: hash, folded noun, sector, code, whether plural.
    Agents,
    /// Records of six numbers by [`key_hash`]: hash, folded title, title, role, sector, whether plural.
    Titles,
    /// Records of three numbers by [`key_hash`]: hash, folded word, whether it is a name when case says nothing.
    Words,
}

/// How many sections there are.
const SECTIONS: usize = Section::Words as usize + 1;

/// Numbers in a record of [`Section::Entries`].
pub const ENTRY: usize = 7;
/// Numbers in a record of [`Section::Postings`].
pub const POSTING: usize = 5;
/// Numbers in a record of [`Section::Offices`].
pub const OFFICE: usize = 6;
/// Numbers in a record of [`Section::Tenures`].
pub const TENURE: usize = 5;

/// Shares and weights from 0 to 1 are stored as whole numbers of this many.
pub const SHARES: f32 = 60_000.0;

/// The most columns of a section.
const COLUMNS: usize = 7;
/// Bytes of a section's part of the head: start, count, and a byte a column.
const HEAD: usize = 8 + COLUMNS + 1;
/// Bytes after the last section, so that four can be read at every number.
const PAD: usize = 4;

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

/// What the table of words keeps of a hash, to tell most other words apart at once.
pub fn tag(hash: u64) -> u32 {
    (hash >> 57) as u32
}

/// The bit of [`Section::LowerStarts`] for a folded word.
pub fn start_bit(word: &[u8]) -> usize {
    (hash(word) >> 40) as usize & 0xFFFF
}

/// The hash by which nouns, titles and words are sorted.
pub fn key_hash(key: &str) -> u32 {
    (hash(key.as_bytes()) >> 32) as u32
}

/// The stored form of a country: five bits a letter.
pub fn pack_country(country: Country) -> u32 {
    country.as_str().bytes().fold(0, |number, byte| number << 5 | u32::from(byte & 0x1F))
}

/// The country of its stored form.
pub fn unpack_country(packed: u32) -> Option<Country> {
    let letter = |place: u32| (packed >> place & 0x1F) as u8 | 0x40;
    Country::new(std::str::from_utf8(&[letter(10), letter(5), letter(0)]).ok()?)
}

/// Gathers sections and writes the compiled form.
#[derive(Debug)]
pub struct Writer {
    /// How wide the columns of each section are, and its bytes.
    sections: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Default for Writer {
    /// A compiled form with all sections empty.
    fn default() -> Self {
        Self { sections: vec![(vec![1], Vec::new()); SECTIONS] }
    }
}

impl Writer {
    /// Sets a section of bytes.
    pub fn bytes(&mut self, section: Section, bytes: Vec<u8>) {
        self.sections[section as usize] = (vec![1], bytes);
    }

    /// Sets a section of single numbers.
    pub fn numbers(&mut self, section: Section, numbers: impl IntoIterator<Item = u32>) {
        self.records(section, numbers.into_iter().map(|number| [number]));
    }

    /// Sets a section of records.
    pub fn records<const N: usize>(&mut self, section: Section, records: impl IntoIterator<Item = [u32; N]>) {
        let records: Vec<[u32; N]> = records.into_iter().collect();
        let mut greatest = [0; N];
        for record in &records {
            for (greatest, &number) in greatest.iter_mut().zip(record) {
                if number != NONE {
                    *greatest = number.max(*greatest);
                }
            }
        }
        // The greatest number of a width stands for NONE in it.
        let widths = greatest.map(|number| (1..4).find(|&width| number < mask(width)).unwrap_or(4));
        let mut bytes =
            Vec::with_capacity(records.len() * widths.iter().map(|&width| usize::from(width)).sum::<usize>());
        for record in &records {
            for (number, &width) in record.iter().zip(&widths) {
                bytes.extend(&number.to_le_bytes()[..usize::from(width)]);
            }
        }
        self.sections[section as usize] = (widths.to_vec(), bytes);
    }

    /// The compiled form.
    pub fn finish(self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        let mut start = MAGIC.len() + SECTIONS * HEAD;
        for (widths, bytes) in &self.sections {
            let stride: usize = widths.iter().map(|&width| usize::from(width)).sum();
            out.extend((start as u32).to_le_bytes());
            out.extend(((bytes.len() / stride) as u32).to_le_bytes());
            out.extend((0..=COLUMNS).map(|column| widths.get(column).copied().unwrap_or(0)));
            start += bytes.len();
        }
        self.sections.iter().for_each(|(_, bytes)| out.extend(bytes));
        out.extend([0; PAD]);
        out
    }
}

/// What numbers of so many bytes are masked with.
const fn mask(width: u8) -> u32 {
    if width >= 4 { u32::MAX } else { (1 << (width * 8)) - 1 }
}

/// Where a section lies and how its records are laid out.
#[derive(Clone, Copy, Debug, Default)]
struct Table {
    start: u32,
    count: u32,
    stride: u32,
    /// For each column where it starts in a record, and the mask of its width.
    columns: [(u32, u32); COLUMNS],
}

impl Table {
    /// Reads a section's part of the head.
    fn read(head: &[u8]) -> Option<Self> {
        let word = |at: usize| Some(u32::from_le_bytes(*head.get(at..)?.first_chunk()?));
        let mut table = Self { start: word(0)?, count: word(4)?, ..Self::default() };
        for (column, &width) in table.columns.iter_mut().zip(head.get(8..)?) {
            *column = (table.stride, mask(width));
            table.stride += u32::from(width);
        }
        Some(table)
    }

    /// The byte after its last.
    fn end(&self) -> usize {
        self.start as usize + self.count as usize * self.stride as usize
    }
}

/// A compiled form in memory.
#[derive(Clone, Debug)]
pub struct Blob {
    bytes: Cow<'static, [u8]>,
    strings: Cow<'static, str>,
    tables: [Table; SECTIONS],
}

impl Blob {
    /// Takes in what [`Writer::finish`] made, and the text of the strings; `None` when it is something else.
    pub fn new(bytes: Cow<'static, [u8]>, strings: Cow<'static, str>) -> Option<Self> {
        let head = bytes.strip_prefix(MAGIC)?.get(..SECTIONS * HEAD)?;
        let mut tables = [Table::default(); SECTIONS];
        let mut end = MAGIC.len() + head.len();
        for (table, head) in tables.iter_mut().zip(head.chunks_exact(HEAD)) {
            *table = Table::read(head).filter(|table| table.start as usize == end && table.stride > 0)?;
            end = table.end();
        }
        (bytes.len() == end + PAD).then_some(Self { bytes, strings, tables })
    }

    /// The bytes of a section.
    pub fn section(&self, section: Section) -> &[u8] {
        let table = &self.tables[section as usize];
        &self.bytes[table.start as usize..table.end()]
    }

    /// How many records a section holds.
    pub fn len(&self, section: Section) -> usize {
        self.tables[section as usize].count as usize
    }

    /// A number of a section, by record and column.
    #[inline]
    pub fn number(&self, section: Section, record: usize, column: usize) -> u32 {
        let table = &self.tables[section as usize];
        self.read(table.start as usize + record * table.stride as usize, table.columns[column])
    }

    /// A record of `N` numbers of a section.
    #[inline]
    pub fn record<const N: usize>(&self, section: Section, record: usize) -> [u32; N] {
        let table = &self.tables[section as usize];
        let start = table.start as usize + record * table.stride as usize;
        std::array::from_fn(|column| self.read(start, table.columns[column]))
    }

    /// All records of a section.
    pub fn records<const N: usize>(&self, section: Section) -> impl Iterator<Item = [u32; N]> + '_ {
        (0..self.len(section)).map(move |place| self.record(section, place))
    }

    #[inline]
    fn read(&self, start: usize, (offset, mask): (u32, u32)) -> u32 {
        let at = start + offset as usize;
        let bytes: [u8; 4] = self.bytes[at..at + 4].try_into().unwrap_or_default();
        let number = u32::from_le_bytes(bytes) & mask;
        if number == mask { NONE } else { number }
    }

    /// A string; empty for [`NONE`].
    pub fn string(&self, id: u32) -> &str {
        string(&self.strings, id)
    }

    /// The first record of a section for which `before` is false, the records being sorted so that it is true first.
    pub fn partition(&self, section: Section, before: impl Fn(usize) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len(section));
        while low < high {
            let middle = (low + high) / 2;
            if before(middle) { low = middle + 1 } else { high = middle }
        }
        low
    }
}

/// The string at a place of a text of strings; empty for [`NONE`].
pub fn string(strings: &str, place: u32) -> &str {
    let rest = strings.get(place as usize..).unwrap_or_default();
    let length = rest.chars().next().unwrap_or_default();
    let start = length.len_utf8();
    rest.get(start..start + length_of(length)).unwrap_or_default()
}

/// The character that tells the length of a string; `None` when it is longer than any character tells.
pub fn length_mark(length: usize) -> Option<char> {
    // Below the surrogates, which are no characters.
    u16::try_from(length).ok().filter(|&length| length < 0xD800).and_then(|length| char::from_u32(length.into()))
}

fn length_of(mark: char) -> usize {
    mark as usize
}

/// The piece `index` of bytes that are cut where `end` says.
pub fn piece(bytes: &[u8], end: impl Fn(usize) -> u32, index: usize) -> &[u8] {
    let start = if index == 0 { 0 } else { end(index - 1) as usize };
    bytes.get(start..end(index) as usize).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let mut writer = Writer::default();
        writer.bytes(Section::WordBytes, b"abcde".to_vec());
        writer.records(Section::Conditions, [[1, 254, 255, 0xFFFFFF], [NONE, NONE, NONE, 7]]);
        writer.numbers(Section::Off, [3]);
        let blob = Blob::new(writer.finish().into(), "\u{2}ab\u{3}cde".into()).unwrap();
        assert_eq!((blob.string(0), blob.string(3), blob.string(NONE), blob.string(99)), ("ab", "cde", "", ""));
        assert_eq!(blob.record::<4>(Section::Conditions, 0), [1, 254, 255, 0xFFFFFF]);
        assert_eq!(blob.record::<4>(Section::Conditions, 1), [NONE, NONE, NONE, 7]);
        assert_eq!((blob.len(Section::Conditions), blob.len(Section::Titles)), (2, 0));
        assert_eq!((blob.section(Section::WordBytes), blob.number(Section::Off, 0, 0)), (b"abcde".as_slice(), 3));
    }

    #[test]
    fn a_string_of_any_length_has_its_mark() {
        for length in [1, 127, 128, 2047, 2048, 0xD7FF] {
            let text = "x".repeat(length);
            let pool = format!("{}{text}", length_mark(length).unwrap());
            let blob = Blob::new(Writer::default().finish().into(), pool.into()).unwrap();
            assert_eq!(blob.string(0), text);
        }
        assert_eq!(length_mark(0xD800), None);
    }

    #[test]
    fn anything_else_is_refused() {
        assert!(Blob::new(b"".as_slice().into(), "".into()).is_none());
        let mut bytes = Writer::default().finish();
        bytes.push(0);
        assert!(Blob::new(bytes.into(), "".into()).is_none());
    }
}
