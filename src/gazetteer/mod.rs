//! Names of the world and who bears them.
//!
//! In: the text's tokens. Out: [`Hits`], the longest listed names on token boundaries, each with every bearer it may
//! have. Which bearer is meant is decided later, by the entity stage, with the whole document in view.

//!
//! The names live in `gazetteers/*.csv`. The build compiles them into a form that is read where it lies in the binary, so
//! that starting costs nothing; a user's own files are compiled the same way at run time and laid over it.

mod case;
pub mod compile;
pub mod day;
mod evidence;
mod export;
pub mod files;
pub mod fold;
mod index;
mod layer;
pub mod layout;
mod lexicon;
mod matcher;
pub mod names;
mod overlay;
pub mod row;
pub mod spelling;
mod tenure;
#[cfg(test)]
mod testing;
mod wikidata;

use std::ops::Range;

use jiff::civil::Date;

use crate::document::Document;
use crate::ontology::{ActorCode, Country, EntityKind, MentionForm, Sector};

use layer::{Layer, Posting};

pub use export::ExportTable;
pub use lexicon::{Agent, Title};
pub use tenure::{Membership, rank};
pub use wikidata::WikidataId;

/// An entry of the gazetteer in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

/// A listed thing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry<'g> {
    /// The id in the gazetteer files, such as `person/nikol-pashinyan`.
    pub id: &'g str,
    /// The canonical name.
    pub name: &'g str,
    /// What kind of thing it is.
    pub kind: EntityKind,
    /// The country it belongs to or is.
    pub country: Option<Country>,
    /// Its sector, where that does not change with an office.
    pub sector: Option<Sector>,
    /// Its actor code, where it is not simply country and sector: `IGONAT`.
    pub code: Option<ActorCode>,
    /// Its Wikidata id.
    pub wikidata: Option<WikidataId>,
    /// How well known it is, from 0 (a village) to 1 (the United States).
    pub weight: f32,
    /// The keys of the sources of the row, joined by `+`.
    pub source: &'g str,
    /// First day of its being what it is, where known.
    pub from: Option<Date>,
    /// First day no longer.
    pub until: Option<Date>,
}

/// An office held by a person over a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tenure<'g> {
    /// Who holds it.
    pub person: EntryId,
    /// The office as in the record: `prime minister`, `foreign minister`, `secretary general`.
    pub role: &'g str,
    /// What the office is in most countries: `foreign minister` where the role is `secretary of state`.
    pub general: &'g str,
    /// The country, where the office is of one.
    pub country: Option<Country>,
    /// The organisation or group, where the office is of one.
    pub organisation: Option<EntryId>,
    /// The sector the office gives.
    pub sector: Sector,
    /// First day, where known.
    pub from: Option<Date>,
    /// First day no longer in office; `None` when still in office or unknown.
    pub until: Option<Date>,
    /// Whether the holder is whom the news calls "the leader" of the country.
    pub leads: bool,
}

/// One thing that a name may stand for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Who is meant.
    pub entry: EntryId,
    /// How the name refers to it.
    pub form: MentionForm,
    /// How often the name means this entry among all it may mean, from 0 to 1, before anything is known of the text.
    pub prior: f32,
}

/// A listed name in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The tokens it covers.
    pub tokens: Range<u32>,
    /// Its place in [`Hits::candidates`].
    pub candidates: Range<u32>,
}

/// All listed names of a document, in text order, none inside another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// The names.
    pub hits: Vec<Hit>,
    /// What they may stand for, the likeliest first within a hit.
    pub candidates: Vec<Candidate>,
}

impl Hits {
    /// What a hit may stand for.
    pub fn of(&self, hit: &Hit) -> &[Candidate] {
        &self.candidates[hit.candidates.start as usize..hit.candidates.end as usize]
    }
}

/// The gazetteer in force: the built-in names and what users laid over them.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    /// The built-in layer, then the overlays in the order given.
    layers: Vec<Layer>,
}

/// A name as the gazetteer lists it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alias<'g> {
    /// What it names.
    pub entry: EntryId,
    /// The name as written.
    pub name: &'g str,
    /// How it refers.
    pub form: MentionForm,
    /// How often it means the entry, before anything is known of the text.
    pub prior: f32,
}

/// The built-in gazetteer, compiled by the build: its numbers and its text.
static BUILTIN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.bin"));
static BUILTIN_STRINGS: &str = include_str!(concat!(env!("OUT_DIR"), "/gazetteer.txt"));

impl Gazetteer {
    /// The built-in gazetteer. It is read where it lies in the program: making it costs next to nothing.
    ///
    /// # Panics
    /// If the program file is damaged.
    pub fn builtin() -> Self {
        let layer = Layer::new(BUILTIN.into(), BUILTIN_STRINGS.into())
            .expect("the build compiled the gazetteer for this version");
        Self { layers: vec![layer] }
    }

    /// The longest listed names in the document, leftmost first, whose letters have the case that the gazetteer asks
    /// for, each with its bearers weighed by the document's date, words and other names.
    pub fn find(&self, doc: &Document) -> Hits {
        matcher::find(self, doc)
    }

    /// The tokens of the longest listed names in the document, leftmost first, whose letters have the case that the
    /// gazetteer asks for; whether anybody of the name fits the document is not looked at.
    pub fn names(&self, doc: &Document) -> Vec<Range<u32>> {
        matcher::names(self, doc)
    }

    /// How many entries there are, with those switched off.
    pub fn len(&self) -> usize {
        self.layers.last().map_or(0, |layer| layer.end() as usize)
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What is listed under an id of this gazetteer.
    ///
    /// # Panics
    /// If the id is not of this gazetteer.
    pub fn entry(&self, id: EntryId) -> Entry<'_> {
        let found = self.layers.iter().rev().find_map(|layer| layer.row_of(id.0).map(|row| layer.entry(row)));
        found.expect("an entry id is used with the gazetteer that gave it")
    }

    /// What kind of thing an entry is; as [`Gazetteer::entry`] tells, at less cost.
    ///
    /// # Panics
    /// If the id is not of this gazetteer.
    pub fn kind(&self, id: EntryId) -> EntityKind {
        let found = self.layers.iter().rev().find_map(|layer| layer.row_of(id.0).map(|row| layer.kind(row)));
        found.expect("an entry id is used with the gazetteer that gave it")
    }

    /// The entry that the files call by this id, such as `person/nikol-pashinyan`.
    pub fn by_id(&self, id: &str) -> Option<EntryId> {
        self.layers.iter().find_map(|layer| layer.by_id(id)).map(EntryId).filter(|&entry| !self.is_off(entry))
    }

    /// All entries in force, by layer and id.
    pub fn entries(&self) -> impl Iterator<Item = (EntryId, Entry<'_>)> {
        (0..self.len() as u32).map(EntryId).filter(|&id| !self.is_off(id)).map(|id| (id, self.entry(id)))
    }

    /// All names in force, as listed.
    pub fn aliases(&self) -> impl Iterator<Item = Alias<'_>> {
        self.layers.iter().enumerate().flat_map(move |(place, layer)| {
            let postings = (0..layer.posting_count()).map(|posting| layer.posting(posting));
            postings.filter(move |posting| self.is_on(place, posting)).map(|posting| Alias {
                entry: EntryId(posting.entry),
                name: layer.written(&posting),
                form: posting.form,
                prior: posting.prior,
            })
        })
    }

    /// What a name on its own may stand for at a date, the likeliest first. Case is not looked at.
    pub fn lookup(&self, name: &str, at: Option<Date>) -> Vec<Candidate> {
        matcher::lookup(self, name, at)
    }

    /// Whether an overlay switches an entry off.
    fn is_off(&self, entry: EntryId) -> bool {
        self.layers.iter().skip(1).any(|layer| layer.switches_off(entry.0))
    }

    /// Whether a name found in the layer at `place` is in force.
    fn is_on(&self, place: usize, posting: &Posting) -> bool {
        let written = || fold::phrase(self.layers[place].written(posting));
        let mut above = self.layers.iter().skip(place + 1).filter(|layer| layer.switches_any_off());
        above.all(|layer| !layer.switches_off(posting.entry) && !layer.switches_off_name(posting.entry, &written()))
    }
}

/// The date of a stored day.
fn date(bits: u32) -> Option<Date> {
    let (year, month, day) = day::Day::from_bits(bits).parts()?;
    Date::new(year as i16, month as i8, day as i8).ok()
}
