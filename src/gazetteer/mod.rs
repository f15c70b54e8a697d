//! Names of the world and who bears them.
//!
//! In: the text's tokens. Out: [`Hits`], the longest listed names on token boundaries, each with every bearer it may
//! have. Which bearer is meant is decided later, by the entity stage, with the whole document in view.

use std::ops::Range;

use jiff::civil::Date;

use crate::ontology::{ActorCode, Country, EntityKind, MentionForm, Sector};

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
    pub wikidata: Option<&'g str>,
    /// How well known it is, from 0 (a village) to 1 (the United States).
    pub weight: f32,
}

/// An office held by a person over a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tenure<'g> {
    /// Who holds it.
    pub person: EntryId,
    /// The office as in the record: `prime minister`, `foreign minister`, `secretary general`.
    pub role: &'g str,
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
