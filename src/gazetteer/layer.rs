//! One compiled gazetteer: the built-in one, or what a user's files add to it.

use std::borrow::Cow;

use crate::error::{Error, Result};
use crate::ontology::{ActorCode, Country, EntityKind, MentionForm, Sector};

use super::layout::{self, Blob, ENTRY, NONE, POSTING, SHARES, Section, pack_country, unpack_country};
use super::row::CaseRule;
use super::spelling;
use super::{Entry, WikidataId};

/// A compiled gazetteer, with typed access to its records.
#[derive(Clone, Debug)]
pub struct Layer {
    blob: Blob,
    /// The id of its first own entry.
    first: u32,
    /// How many entries it adds.
    own: u32,
}

/// One bearer of a name.
#[derive(Clone, Copy, Debug)]
pub struct Posting {
    /// The entry.
    pub entry: u32,
    /// The number of the name as written in the gazetteer; see [`Layer::written`].
    pub written: u32,
    /// How it refers.
    pub form: MentionForm,
    /// What case its letters must have.
    pub case: CaseRule,
    /// How often the name means this bearer.
    pub prior: f32,
    /// Whether the prior is only a share of what stated priors leave, relative to the other shares.
    pub shared: bool,
    /// Whether the name is an ordinary word, and then whether it is the name when case says nothing.
    pub word: Option<bool>,
    /// Its condition; 0 for none.
    pub condition: u32,
    /// Whether its first word must have a capital.
    pub first_capital: bool,
    /// Whether its last word must have a capital.
    pub last_capital: bool,
}

impl Layer {
    /// The layer in these bytes.
    ///
    /// # Errors
    /// If they are not a compiled gazetteer of this version.
    pub fn new(bytes: Cow<'static, [u8]>, strings: Cow<'static, str>) -> Result<Self> {
        let damaged = || Error::data("the compiled gazetteer is damaged").with_help("build the program again");
        let blob = Blob::new(bytes, strings).ok_or_else(damaged)?;
        let first = blob.number(Section::Base, 0, 0);
        let own = (blob.len(Section::Entries) - blob.len(Section::Replaced)) as u32;
        Ok(Self { blob, first, own })
    }

    /// The records.
    pub fn blob(&self) -> &Blob {
        &self.blob
    }

    /// The id after that of its last own entry.
    pub fn end(&self) -> u32 {
        self.first + self.own
    }

    /// The own entry with this id in the files.
    pub fn by_id(&self, id: &str) -> Option<u32> {
        let at = |row: usize| self.blob.string(self.blob.number(Section::Entries, row, 0));
        let (mut low, mut high) = (0, self.own as usize);
        while low < high {
            let middle = (low + high) / 2;
            if at(middle) < id { low = middle + 1 } else { high = middle }
        }
        (low < self.own as usize && at(low) == id).then_some(self.first + low as u32)
    }

    /// The own entries with these ids, which are sorted: each is sought from where the one before was found, which for a
    /// user's many thousand is close by.
    pub fn by_sorted_ids<'i>(&'i self, ids: &'i [&'i str]) -> impl Iterator<Item = Option<u32>> + 'i {
        let own = self.own as usize;
        let at = |row: usize| self.blob.string(self.blob.number(Section::Entries, row, 0));
        let mut low = 0;
        ids.iter().map(move |&id| {
            let mut step = 1;
            let mut high = low;
            while high < own && at(high) < id {
                low = high + 1;
                high += step;
                step *= 2;
            }
            high = high.min(own);
            while low < high {
                let middle = (low + high) / 2;
                if at(middle) < id { low = middle + 1 } else { high = middle }
            }
            (low < own && at(low) == id).then_some(self.first + low as u32)
        })
    }

    /// The row of an entry, if this layer adds or replaces it.
    pub fn row_of(&self, entry: u32) -> Option<usize> {
        if (self.first..self.end()).contains(&entry) {
            return Some((entry - self.first) as usize);
        }
        let replaced = |place: usize| self.blob.record::<2>(Section::Replaced, place);
        let place = self.blob.partition(Section::Replaced, |place| replaced(place)[0] < entry);
        let found = (place < self.blob.len(Section::Replaced)).then(|| replaced(place))?;
        (found[0] == entry).then_some(found[1] as usize)
    }

    /// Whether the layer switches an entry of a lower layer off.
    pub fn switches_off(&self, entry: u32) -> bool {
        let place = self.blob.partition(Section::Off, |place| self.blob.number(Section::Off, place, 0) < entry);
        place < self.blob.len(Section::Off) && self.blob.number(Section::Off, place, 0) == entry
    }

    /// Whether the layer switches off one name, given folded, of an entry of a lower layer.
    pub fn switches_off_name(&self, entry: u32, folded: &str) -> bool {
        self.blob.records(Section::OffNames).any(|[of, name]| of == entry && self.blob.string(name) == folded)
    }

    /// Whether the layer switches anything off.
    pub fn switches_any_off(&self) -> bool {
        self.blob.len(Section::Off) + self.blob.len(Section::OffNames) > 0
    }

    /// The own entry of a country.
    pub fn country(&self, country: Country) -> Option<u32> {
        let packed = pack_country(country);
        let code = |place: usize| self.blob.number(Section::Countries, place, 0);
        let place = self.blob.partition(Section::Countries, |place| code(place) < packed);
        (place < self.blob.len(Section::Countries) && code(place) == packed)
            .then(|| self.blob.number(Section::Countries, place, 1))
    }

    /// The kind of an entry by its row.
    pub fn kind(&self, row: usize) -> EntityKind {
        EntityKind::ALL[(self.blob.number(Section::Entries, row, 2) & 0xFF) as usize]
    }

    /// An entry by its row.
    pub fn entry(&self, row: usize) -> Entry<'_> {
        let [id, name, packed, weight, country, wikidata, origin] = self.blob.record::<ENTRY>(Section::Entries, row);
        let [code, source, from, until] = self.blob.record(Section::Origins, origin as usize);
        Entry {
            id: self.blob.string(id),
            name: self.blob.string(name),
            kind: EntityKind::ALL[(packed & 0xFF) as usize],
            country: unpack_country(country),
            sector: unpack_sector(packed >> 8),
            code: ActorCode::parse(self.blob.string(code)),
            wikidata: (wikidata != NONE).then_some(WikidataId(wikidata)),
            weight: unpack_share(weight),
            source: self.blob.string(source),
            from: super::date(from),
            until: super::date(until),
        }
    }

    /// The number of a folded word, or of one that is another spelling of it, among the words of all names.
    pub fn word(&self, word: &[u8]) -> Option<u32> {
        self.listed_word(word).map(|number| self.blob.number(Section::Spellings, number as usize, 0))
    }

    /// As [`Layer::word`], also for a spelling that no name is listed in.
    pub fn respelt_word(&self, word: &str) -> Option<u32> {
        self.word(word.as_bytes()).or_else(|| self.word(spelling::key(word)?.as_bytes()))
    }

    fn listed_word(&self, word: &[u8]) -> Option<u32> {
        let mask = self.blob.len(Section::WordTable) - 1;
        let hash = layout::hash(word);
        let mut slot = hash as usize & mask;
        loop {
            let [tag, number] = self.blob.record(Section::WordTable, slot);
            if number == NONE {
                return None;
            }
            if tag == layout::tag(hash) && self.word_bytes(number) == word {
                return Some(number);
            }
            slot = (slot + 1) & mask;
        }
    }

    fn word_bytes(&self, number: u32) -> &[u8] {
        let end = |number| self.blob.number(Section::WordEnds, number, 0);
        layout::piece(self.blob.section(Section::WordBytes), end, number as usize)
    }

    /// Whether a name may start with the folded word of this [`layout::start_bit`] written with a small letter.
    pub fn may_start_small(&self, bit: usize) -> bool {
        self.blob.section(Section::LowerStarts)[bit / 8] >> (bit % 8) & 1 == 1
    }

    /// The node of names that start with the word; 0 for none.
    pub fn root(&self, word: u32) -> u32 {
        self.blob.number(Section::Roots, word as usize, 0)
    }

    /// The node reached from `node` by `word`.
    pub fn child(&self, node: u32, word: u32) -> Option<u32> {
        let first = |node: usize| self.blob.number(Section::Nodes, node, 0);
        let by = |node: u32| self.blob.number(Section::Nodes, node as usize, 1);
        let (mut low, end) = (first(node as usize), first(node as usize + 1));
        let mut high = end;
        while low < high {
            let middle = (low + high) / 2;
            if by(middle) < word { low = middle + 1 } else { high = middle }
        }
        (low < end && by(low) == word).then_some(low)
    }

    /// Where the postings of a node stand.
    pub fn postings(&self, node: u32) -> std::ops::Range<u32> {
        let first = |node: usize| self.blob.number(Section::Nodes, node, 2);
        first(node as usize)..first(node as usize + 1)
    }

    /// How many postings there are.
    pub fn posting_count(&self) -> u32 {
        self.blob.len(Section::Postings) as u32
    }

    /// The name of a posting as written in the gazetteer.
    pub fn written(&self, posting: &Posting) -> &str {
        self.blob.string(posting.written)
    }

    /// A posting.
    pub fn posting(&self, place: u32) -> Posting {
        let [entry, written, prior, flags, condition] = self.blob.record::<POSTING>(Section::Postings, place as usize);
        Posting {
            entry,
            written,
            form: MentionForm::ALL[(flags & 15) as usize],
            case: match flags >> 4 & 3 {
                1 => CaseRule::Exact,
                2 => CaseRule::Any,
                _ => CaseRule::Capitalised,
            },
            prior: unpack_share(prior),
            shared: flags >> 8 & 1 == 1,
            word: [None, Some(true), Some(false), None][(flags >> 6 & 3) as usize],
            condition,
            first_capital: flags >> 9 & 1 == 1,
            last_capital: flags >> 10 & 1 == 1,
        }
    }
}

/// The share, from 0 to 1, of its stored form.
fn unpack_share(packed: u32) -> f32 {
    packed as f32 / SHARES
}

/// The sector of its stored form.
pub fn unpack_sector(packed: u32) -> Option<Sector> {
    Sector::ALL.get(packed as usize).copied()
}

#[cfg(test)]
mod tests {
    use super::super::Gazetteer;

    #[test]
    fn many_ids_are_found_as_each_alone() {
        let gazetteer = Gazetteer::builtin();
        let layer = &gazetteer.layers[0];
        let mut ids = vec!["", "country/arm", "country/zzz", "person/own-1", "person/own-2", "zzz/last"];
        ids.extend((0..layer.own as usize).step_by(997).map(|row| layer.entry(row).id));
        ids.sort_unstable();
        let each: Vec<_> = ids.iter().map(|id| layer.by_id(id)).collect();
        assert!(each.iter().flatten().count() > 50);
        assert_eq!(layer.by_sorted_ids(&ids).collect::<Vec<_>>(), each);
    }
}
