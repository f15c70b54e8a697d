//! The rows of the gazetteer files, typed. `gazetteers/README.md` explains every column to who edits them, and
//! [`super::files`] reads them.

use std::path::Path;

use crate::error::Error;
use crate::ontology::{ActorCode, Country, EntityKind, MentionForm, Sector};

use super::WikidataId;
use super::day::Day;

/// Where a row stands, for messages about rows that contradict each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, by its place in [`Rows::files`].
    pub file: u16,
    /// The line, from 1.
    pub line: u32,
}

/// A listed thing.
#[derive(Clone, Debug)]
pub struct EntryRow<'t> {
    /// Where the row stands.
    pub at: Place,
    /// `kind/slug`, unique over all files.
    pub id: &'t str,
    /// The canonical name, which is also matched in texts.
    pub name: &'t str,
    /// What kind of thing.
    pub kind: EntityKind,
    /// The country it is or belongs to.
    pub country: Option<Country>,
    /// Its sector.
    pub sector: Option<Sector>,
    /// Its actor code, where that is not country and sector.
    pub code: Option<ActorCode>,
    /// How well known it is, from 0 to 1.
    pub weight: f32,
    /// First day of its being what it is.
    pub from: Day,
    /// First day no longer.
    pub until: Day,
    /// Its Wikidata id.
    pub wikidata: Option<WikidataId>,
    /// Where the row comes from.
    pub source: &'t str,
}

/// When an alias is believed, by the case of its letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CaseRule {
    /// Words that the alias writes with a capital must have one.
    #[default]
    Capitalised,
    /// Every letter must have the case it has in the alias.
    Exact,
    /// Case does not matter.
    Any,
}

impl CaseRule {
    /// The rule by its name in the files; nothing is [`CaseRule::Capitalised`].
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "" | "capitalised" => Some(Self::Capitalised),
            "exact" => Some(Self::Exact),
            "any" => Some(Self::Any),
            _ => None,
        }
    }

    /// The name in the files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Capitalised => "capitalised",
            Self::Exact => "exact",
            Self::Any => "any",
        }
    }
}

/// A name that a listed thing goes by.
#[derive(Clone, Debug)]
pub struct AliasRow<'t> {
    /// Where the row stands.
    pub at: Place,
    /// The id of the thing.
    pub entity: &'t str,
    /// The name.
    pub alias: &'t str,
    /// How the name refers.
    pub form: MentionForm,
    /// What the case of its letters must be.
    pub case: CaseRule,
    /// First day of the name's use.
    pub from: Day,
    /// First day no longer.
    pub until: Day,
    /// How often the name means this thing; `None` to share by weight.
    pub prior: Option<f32>,
    /// Words or ids, one of which the document must hold; parted by `|`.
    pub needs: &'t str,
    /// Words or ids, none of which the document may hold; parted by `|`.
    pub unless: &'t str,
}

/// An office.
#[derive(Clone, Debug)]
pub struct OfficeRow<'t> {
    /// Where the row stands.
    pub at: Place,
    /// `office/slug`.
    pub id: &'t str,
    /// The office in general words: `president`, `foreign minister`.
    pub role: &'t str,
    /// The country it is an office of.
    pub country: Option<Country>,
    /// The id of the organisation or group it is an office of; empty for none.
    pub organisation: &'t str,
    /// The sector its holder has.
    pub sector: Sector,
    /// What the office is in other countries: `foreign minister` for a `secretary of state`; empty when the same.
    pub general: &'t str,
}

/// An office held.
#[derive(Clone, Debug)]
pub struct TenureRow<'t> {
    /// Where the row stands.
    pub at: Place,
    /// The person's id.
    pub person: &'t str,
    /// The office's id.
    pub office: &'t str,
    /// First day.
    pub from: Day,
    /// First day no longer.
    pub until: Day,
    /// Whether the holder is whom the news calls "the leader" of the country.
    pub leads: bool,
}

/// A membership.
#[derive(Clone, Debug)]
pub struct MembershipRow<'t> {
    /// Where the row stands.
    pub at: Place,
    /// The id of the body.
    pub organisation: &'t str,
    /// The id of the member.
    pub member: &'t str,
    /// First day.
    pub from: Day,
    /// First day no longer.
    pub until: Day,
}

/// A common noun for an actor.
#[derive(Clone, Debug)]
pub struct AgentRow<'t> {
    /// The noun or noun phrase, singular.
    pub noun: &'t str,
    /// Its plural, where it has another form; empty otherwise.
    pub plural: &'t str,
    /// The sector; none when the noun only says that it is an actor.
    pub sector: Option<Sector>,
    /// The actor code of an international body: `IGO`.
    pub code: Option<ActorCode>,
}

/// A title that stands before a name or for its bearer.
#[derive(Clone, Debug)]
pub struct TitleRow<'t> {
    /// The title as written, lower case unless a name is in it.
    pub title: &'t str,
    /// Its plural; empty when it is regular or there is none.
    pub plural: &'t str,
    /// The office, as in [`OfficeRow::role`]; empty for ranks and forms of address.
    pub role: &'t str,
    /// The sector of its bearers.
    pub sector: Option<Sector>,
}

/// An ordinary word that is also somebody's name.
#[derive(Clone, Debug)]
pub struct WordRow<'t> {
    /// The word.
    pub word: &'t str,
    /// Whether it is the name rather than the word when case says nothing.
    pub is_name: bool,
}

/// A word that is another spelling of a word in names.
#[derive(Clone, Debug)]
pub struct SpellingRow<'t> {
    /// The spelling.
    pub spelling: &'t str,
    /// The word it is another spelling of.
    pub same: &'t str,
}

/// Something switched off by an overlay: an entry, or one name of it.
#[derive(Clone, Debug)]
pub struct OffRow<'t> {
    /// Where the row stands.
    pub at: Place,
    /// The id of the entry.
    pub id: &'t str,
    /// The one name to switch off; empty for the whole entry.
    pub alias: &'t str,
}

/// All rows of some files.
#[derive(Debug, Default)]
pub struct Rows<'t> {
    /// The files read.
    pub files: Vec<&'t Path>,
    /// Listed things.
    pub entries: Vec<EntryRow<'t>>,
    /// Their other names.
    pub aliases: Vec<AliasRow<'t>>,
    /// Offices.
    pub offices: Vec<OfficeRow<'t>>,
    /// Who held them when.
    pub tenures: Vec<TenureRow<'t>>,
    /// Who belongs to what.
    pub memberships: Vec<MembershipRow<'t>>,
    /// Generic actors.
    pub agents: Vec<AgentRow<'t>>,
    /// Titles.
    pub titles: Vec<TitleRow<'t>>,
    /// Names that are words.
    pub words: Vec<WordRow<'t>>,
    /// Spellings of words in names.
    pub spellings: Vec<SpellingRow<'t>>,
    /// What is switched off.
    pub off: Vec<OffRow<'t>>,
    /// Keys of the known sources.
    pub sources: Vec<&'t str>,
    /// What is wrong with headers and rows.
    pub(super) errors: Vec<Error>,
}

impl Rows<'_> {
    /// An error about the row at `at`.
    pub fn error(&self, at: Place, message: String) -> Error {
        let error = Error::data(message).at_line(u64::from(at.line));
        match self.files.get(usize::from(at.file)) {
            Some(path) => error.at_path(path),
            None => error,
        }
    }
}
