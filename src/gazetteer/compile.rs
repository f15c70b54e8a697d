//! Rows to the compiled form. Runs when the program is built, and at run time for what a user overlays.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::error::{Error, Result};
use crate::ontology::{Country, EntityKind, MentionForm, Sector};

use super::fold;
use super::index::Index;
use super::layout::{NONE, SHARES, Section, Writer, key_hash, length_mark, string};
use super::names::{Name, Names};
use super::row::{AliasRow, CaseRule, EntryRow, OfficeRow, Rows};

/// What an overlay needs to know of the layers below it.
pub trait Base {
    /// How many entries there are.
    fn count(&self) -> u32;
    /// The entry of that id.
    fn entry(&self, id: &str) -> Option<u32>;
    /// The entries of many ids, which are sorted.
    fn entries(&self, ids: &[&str]) -> Vec<Option<u32>> {
        ids.iter().map(|id| self.entry(id)).collect()
    }
    /// How well known an entry is.
    fn weight(&self, entry: u32) -> f32;
    /// What kind of thing an entry is.
    fn kind(&self, entry: u32) -> EntityKind;
    /// Whether there is a country of that code.
    fn has_country(&self, country: Country) -> bool;
    /// Whether an entry is listed under a name.
    fn is_called(&self, entry: u32, name: &str) -> bool;
    /// The office of that id.
    fn office(&self, id: &str) -> Option<OfficeRow<'_>>;
    /// Whether a folded word is an ordinary one, and then whether it is the name when case says nothing.
    fn word(&self, folded: &str) -> Option<bool>;
}

/// The base of the built-in gazetteer: nothing.
#[derive(Clone, Copy, Debug)]
pub struct NoBase;

impl Base for NoBase {
    fn count(&self) -> u32 {
        0
    }

    fn entry(&self, _: &str) -> Option<u32> {
        None
    }

    fn weight(&self, _: u32) -> f32 {
        0.0
    }

    fn kind(&self, _: u32) -> EntityKind {
        EntityKind::Country
    }

    fn has_country(&self, _: Country) -> bool {
        false
    }

    fn is_called(&self, _: u32, _: &str) -> bool {
        false
    }

    fn office(&self, _: &str) -> Option<OfficeRow<'_>> {
        None
    }

    fn word(&self, _: &str) -> Option<bool> {
        None
    }
}

/// Compiles rows on top of `base`.
///
/// # Errors
/// If the rows contradict each other: an id twice, or one that does not exist. All such errors are returned.
pub fn compile<'r>(rows: &'r Rows<'r>, base: &'r dyn Base) -> std::result::Result<Compiled, Vec<Error>> {
    let mut compiler = Compiler {
        rows,
        base,
        ids: FxHashMap::default(),
        origins: Origins::default(),
        strings: Strings::default(),
        errors: Vec::new(),
    };
    let mut writer = Writer::default();
    compiler.entries(&mut writer);
    compiler.names(&mut writer);
    compiler.tenures(&mut writer);
    compiler.members(&mut writer);
    compiler.lexicon(&mut writer);
    compiler.off(&mut writer);
    let Compiler { strings, errors, .. } = compiler;
    if errors.is_empty() { Ok(Compiled { bytes: writer.finish(), strings: strings.pool }) } else { Err(errors) }
}

/// The compiled form: its numbers and its text, see [`super::layout`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compiled {
    /// The numbers.
    pub bytes: Vec<u8>,
    /// The strings.
    pub strings: String,
}

/// Lays strings behind each other, each once; a number says where.
#[derive(Debug, Default)]
struct Strings {
    index: Index,
    pool: String,
}

/// What many entries share, each once, with its place: code, source, from, until.
#[derive(Debug, Default)]
struct Origins {
    places: FxHashMap<[u32; 4], u32>,
    records: Vec<[u32; 4]>,
}

impl Origins {
    fn add(&mut self, origin: [u32; 4]) -> u32 {
        *self.places.entry(origin).or_insert_with(|| {
            self.records.push(origin);
            self.records.len() as u32 - 1
        })
    }
}

impl Strings {
    fn add(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return NONE;
        }
        let (next, pool) = (self.pool.len() as u32, &self.pool);
        let number = self.index.find_or_add(text.as_bytes(), next, |known| string(pool, known) == text);
        if number == next { self.add_new(text) } else { number }
    }

    /// Adds a string that is not there yet, or that need not be found again.
    fn add_new(&mut self, text: &str) -> u32 {
        // No cell is longer than a mark can tell: the reader of tables refuses it.
        let Some(mark) = length_mark(text.len()) else { return NONE };
        let number = self.pool.len() as u32;
        self.pool.push(mark);
        self.pool.push_str(text);
        number
    }
}

/// Whether the names of such an entry are transliterated, so that other spellings of their words are tried.
fn is_spelt(kind: EntityKind, weight: f32) -> bool {
    match kind {
        EntityKind::Person | EntityKind::ArmedGroup | EntityKind::People => true,
        // Villages of the world are spelt like any word.
        EntityKind::Place => weight >= KNOWN_PLACE,
        _ => false,
    }
}

/// The least weight of a place for which other spellings are tried.
const KNOWN_PLACE: f32 = 0.35;

struct Compiler<'r> {
    rows: &'r Rows<'r>,
    base: &'r dyn Base,
    /// The entries of these rows.
    ids: FxHashMap<&'r str, Known>,
    origins: Origins,
    strings: Strings,
    errors: Vec<Error>,
}

/// An entry: its number, how well known it is, its kind, and its row if it is of these rows.
#[derive(Clone, Copy)]
struct Known {
    number: u32,
    weight: f32,
    kind: EntityKind,
    row: Option<u32>,
}

impl<'r> Compiler<'r> {
    fn find(&self, id: &str) -> Option<u32> {
        self.ids.get(id).map(|known| known.number).or_else(|| self.base.entry(id))
    }

    fn known(&self, id: &str) -> Option<Known> {
        self.ids.get(id).copied().or_else(|| {
            let number = self.base.entry(id)?;
            let (weight, kind) = (self.base.weight(number), self.base.kind(number));
            Some(Known { number, weight, kind, row: None })
        })
    }

    fn complain(&mut self, at: super::row::Place, message: String, help: &str) {
        self.errors.push(self.rows.error(at, message).with_help(help));
    }

    fn entries(&mut self, writer: &mut Writer) {
        let rows = self.rows;
        let order = by_id(&rows.entries);
        let row = |&place: &u32| &rows.entries[place as usize];
        for pair in order.windows(2).filter(|pair| row(&pair[0]).id == row(&pair[1]).id) {
            self.complain(
                row(&pair[1]).at,
                format!("the id '{}' is listed already", row(&pair[1]).id),
                "remove one of the rows or give one another id",
            );
        }
        let ids: Vec<&str> = order.iter().map(|place| row(place).id).collect();
        let known = order.into_iter().zip(self.base.entries(&ids));
        let (own, replacing): (Vec<_>, Vec<_>) = known.partition(|(_, known)| known.is_none());
        let first = self.base.count();
        let mut replaced = Vec::new();
        self.ids.reserve(own.len() + replacing.len());
        let mut records = Vec::with_capacity(rows.entries.len());
        for (place, &(at, known)) in own.iter().chain(&replacing).enumerate() {
            let number = known.unwrap_or(first + place as u32);
            if place >= own.len() {
                replaced.push((number, place as u32));
            }
            let row = row(&at);
            self.ids.insert(row.id, Known { number, weight: row.weight, kind: row.kind, row: Some(at) });
            records.push(self.entry(row));
        }
        replaced.sort_unstable();
        let mut countries: Vec<[u32; 2]> = Vec::new();
        for (place, (at, _)) in own.iter().enumerate() {
            let row = row(at);
            let is_its = |code: &Country| {
                row.id.strip_prefix("country/").is_some_and(|id| id.eq_ignore_ascii_case(code.as_str()))
            };
            countries.extend(row.country.filter(is_its).map(|code| [country(Some(code)), first + place as u32]));
        }
        countries.sort_unstable();
        self.check_countries(&countries);
        writer.numbers(Section::Base, [first]);
        writer.records(Section::Entries, records);
        writer.records(Section::Origins, std::mem::take(&mut self.origins).records);
        writer.records(Section::Countries, countries);
        writer.records(Section::Replaced, replaced.into_iter().map(|(number, place)| [number, place]));
    }

    /// Complains of codes that no country has. `own`: the countries of these rows, sorted, as stored.
    fn check_countries(&mut self, own: &[[u32; 2]]) {
        let rows = self.rows;
        let of_entries = rows.entries.iter().map(|row| (row.at, row.country));
        let of_offices = rows.offices.iter().map(|row| (row.at, row.country));
        let mut sound = None;
        for (at, code) in of_entries.chain(of_offices) {
            let Some(code) = code.filter(|code| sound != Some(*code)) else { continue };
            // The standard leaves XAA to XZZ to whoever needs them, and gives a code to Antarctica, which is a place.
            let packed = country(Some(code));
            let other = code.as_str().starts_with('X') || code.as_str() == "ATA";
            if other || self.base.has_country(code) || own.binary_search_by_key(&packed, |&[code, _]| code).is_ok() {
                sound = Some(code);
            } else {
                self.complain(
                    at,
                    format!("no country has the code '{code}'"),
                    "correct it, or list the country, its id being country/ and the code in small letters",
                );
            }
        }
    }

    fn entry(&mut self, row: &EntryRow) -> [u32; super::layout::ENTRY] {
        for source in row.source.split('+').filter(|source| !source.is_empty()) {
            // A user's own files need not list their sources.
            if self.base.count() == 0 && !self.rows.sources.contains(&source) {
                self.complain(row.at, format!("unknown source '{source}'"), "add it to sources.csv");
            }
        }
        let origin = [
            row.code.map_or(NONE, |code| self.strings.add(code.as_str())),
            self.strings.add(row.source),
            row.from.bits(),
            row.until.bits(),
        ];
        let kind = EntityKind::ALL.iter().position(|&kind| kind == row.kind).unwrap_or(0) as u32;
        let weight = (row.weight.clamp(0.0, 1.0) * SHARES).round() as u32;
        [
            // No other string is an id, and ids are told apart already.
            self.strings.add_new(row.id),
            self.strings.add(row.name),
            kind | sector(row.sector) << 8,
            weight,
            country(row.country),
            row.wikidata.map_or(NONE, |wikidata| wikidata.0),
            self.origins.add(origin),
        ]
    }

    fn names(&mut self, writer: &mut Writer) {
        let rows = self.rows;
        let words: FxHashMap<String, bool> =
            rows.words.iter().map(|row| (fold::phrase(row.word), row.is_name)).collect();
        let mut names = Names::default();
        names.reserve(rows.aliases.len() + rows.entries.len());
        // For each entry of these rows whether its name is listed among the aliases, with what only they can say.
        let mut stated = vec![false; rows.entries.len()];
        for row in &rows.aliases {
            let Some(known) = self.known(row.entity) else {
                self.complain(
                    row.at,
                    format!("no entry has the id '{}'", row.entity),
                    "correct the id or add the entry",
                );
                continue;
            };
            if let Some(own) = known.row.map(|own| own as usize).filter(|&own| rows.entries[own].name == row.alias) {
                stated[own] = true;
            }
            let name = Name {
                form: row.form,
                case: row.case,
                prior: row.prior,
                condition: self.condition(row),
                spelt: row.case != CaseRule::Exact && is_spelt(known.kind, known.weight),
                ..self.name(known, row.alias)
            };
            if !names.add(name) {
                self.complain(row.at, format!("'{}' holds neither letter nor digit", row.alias), "remove the row");
            }
        }
        // An entry that takes the place of another may be listed without the name that both have.
        let off: FxHashSet<(&str, String)> = rows.off.iter().map(|row| (row.id, fold::phrase(row.alias))).collect();
        for (row, stated) in rows.entries.iter().zip(stated) {
            if stated || (!off.is_empty() && off.contains(&(row.id, fold::phrase(row.name)))) {
                continue;
            }
            let name = self.name(self.ids[row.id], row.name);
            if !names.add(name) {
                self.complain(row.at, format!("'{}' holds neither letter nor digit", row.name), "write its name");
            }
        }
        let same: Vec<(String, String)> =
            rows.spellings.iter().map(|row| (fold::phrase(row.spelling), fold::phrase(row.same))).collect();
        names.write(writer, &same, |folded| words.get(folded).copied().or_else(|| self.base.word(folded)));
        let table: BTreeMap<String, bool> = words.into_iter().collect();
        let records = table.into_iter().map(|(word, name)| [key_hash(&word), self.strings.add(&word), u32::from(name)]);
        writer.records(Section::Words, sorted(records.collect()));
    }

    /// A name as its entry alone lists it.
    fn name(&mut self, known: Known, text: &'r str) -> Name<'r> {
        Name {
            entry: known.number,
            weight: known.weight,
            written: self.strings.add(text),
            text,
            form: MentionForm::Name,
            case: CaseRule::Capitalised,
            prior: None,
            condition: [0, 0, NONE, NONE],
            spelt: is_spelt(known.kind, known.weight),
            article: known.kind == EntityKind::Person,
        }
    }

    fn condition(&mut self, row: &AliasRow) -> [u32; 4] {
        [row.from.bits(), row.until.bits(), self.strings.add(row.needs), self.strings.add(row.unless)]
    }

    fn tenures(&mut self, writer: &mut Writer) {
        let mut offices: BTreeMap<(u32, &str, &str), &OfficeRow> = BTreeMap::new();
        let mut by_id: FxHashMap<&str, &OfficeRow> = FxHashMap::default();
        for row in &self.rows.offices {
            if by_id.insert(row.id, row).is_some() {
                self.complain(row.at, format!("the office '{}' is listed already", row.id), "remove one of the rows");
            }
            offices.insert((country(row.country), row.role, row.id), row);
        }
        // Offices of the layers below are copied here, so that a layer's tenures point into itself only.
        let wanted = self.rows.tenures.iter().filter(|row| !by_id.contains_key(row.office));
        let base = self.base;
        let borrowed: BTreeMap<&str, OfficeRow> =
            wanted.filter_map(|row| Some((row.office, base.office(row.office)?))).collect();
        for (id, row) in &borrowed {
            by_id.insert(id, row);
            offices.insert((country(row.country), row.role, row.id), row);
        }
        let places: FxHashMap<&str, u32> =
            offices.values().enumerate().map(|(place, row)| (row.id, place as u32)).collect();
        let mut records = Vec::new();
        for row in offices.values() {
            let organisation = if row.organisation.is_empty() { Some(NONE) } else { self.find(row.organisation) };
            let Some(organisation) = organisation else {
                self.complain(
                    row.at,
                    format!("no entry has the id '{}'", row.organisation),
                    "correct the id or add the entry",
                );
                continue;
            };
            let [id, role, general] = [row.id, row.role, row.general].map(|text| self.strings.add(text));
            records.push([id, role, country(row.country), organisation, sector(Some(row.sector)), general]);
        }
        writer.records(Section::Offices, records);
        let mut tenures = Vec::new();
        for row in &self.rows.tenures {
            let (person, office) = (self.find(row.person), places.get(row.office));
            if person.is_none() {
                self.complain(
                    row.at,
                    format!("no entry has the id '{}'", row.person),
                    "correct the id or add the person",
                );
            }
            if office.is_none() {
                self.complain(
                    row.at,
                    format!("no office has the id '{}'", row.office),
                    "correct the id or add the office; `factwire gazetteer export --output FOLDER` lists them",
                );
            }
            if let (Some(person), Some(&office)) = (person, office) {
                tenures.push([person, office, row.from.bits(), row.until.bits(), u32::from(row.leads)]);
            }
        }
        tenures.sort_by_key(|&[person, office, from, ..]| (person, from, office));
        let mut by_office: Vec<u32> = (0..tenures.len() as u32).collect();
        by_office.sort_by_key(|&place| (tenures[place as usize][1], tenures[place as usize][2], place));
        writer.records(Section::Tenures, tenures);
        writer.numbers(Section::ByOffice, by_office);
    }

    fn members(&mut self, writer: &mut Writer) {
        let mut records = Vec::new();
        for row in &self.rows.memberships {
            let ends = [row.organisation, row.member].map(|id| (id, self.find(id)));
            for (id, _) in ends.iter().filter(|(_, entry)| entry.is_none()) {
                self.complain(row.at, format!("no entry has the id '{id}'"), "correct the id or add the entry");
            }
            if let [(_, Some(organisation)), (_, Some(member))] = ends {
                records.push([organisation, member, row.from.bits(), row.until.bits()]);
            }
        }
        records.sort_unstable();
        writer.records(Section::Members, records);
    }

    fn lexicon(&mut self, writer: &mut Writer) {
        let mut agents = BTreeMap::new();
        for row in &self.rows.agents {
            let code = row.code.map_or(NONE, |code| self.strings.add(code.as_str()));
            let both = row.noun == row.plural;
            if !row.plural.is_empty() {
                agents.insert(fold::phrase(row.plural), [sector(row.sector), code, 1]);
            }
            if !both {
                agents.insert(fold::phrase(row.noun), [sector(row.sector), code, 0]);
            }
        }
        let records = agents
            .into_iter()
            .map(|(noun, [sector, code, plural])| [key_hash(&noun), self.strings.add(&noun), sector, code, plural]);
        writer.records(Section::Agents, sorted(records.collect()));
        let mut titles = BTreeMap::new();
        for row in &self.rows.titles {
            let (title, role) = (self.strings.add(row.title), self.strings.add(row.role));
            titles.insert(fold::phrase(row.title), [title, role, sector(row.sector), 0]);
            if !row.plural.is_empty() && row.plural != row.title {
                titles.insert(fold::phrase(row.plural), [title, role, sector(row.sector), 1]);
            }
        }
        let records = titles.into_iter().map(|(key, [title, role, sector, plural])| {
            [key_hash(&key), self.strings.add(&key), title, role, sector, plural]
        });
        writer.records(Section::Titles, sorted(records.collect()));
    }

    fn off(&mut self, writer: &mut Writer) {
        let (mut entries, mut names) = (Vec::new(), Vec::new());
        for row in &self.rows.off {
            match self.base.entry(row.id) {
                None => self.complain(
                    row.at,
                    format!("no built-in entry has the id '{}'", row.id),
                    "see `factwire gazetteer lookup NAME` for ids",
                ),
                Some(entry) if row.alias.is_empty() => entries.push(entry),
                Some(entry) if !self.base.is_called(entry, row.alias) => self.complain(
                    row.at,
                    format!("'{}' is no name of '{}'", row.alias, row.id),
                    "see `factwire gazetteer lookup NAME` for whose it is",
                ),
                Some(entry) => names.push((entry, self.strings.add(&fold::phrase(row.alias)))),
            }
        }
        entries.sort_unstable();
        names.sort_unstable();
        writer.numbers(Section::Off, entries);
        writer.records(Section::OffNames, names.into_iter().map(|(entry, name)| [entry, name]));
    }
}

/// Records by their first number, the hash of their key.
fn sorted<const N: usize>(mut records: Vec<[u32; N]>) -> Vec<[u32; N]> {
    records.sort_by_key(|record| record[0]);
    records
}

/// The stored form of a sector.
fn sector(sector: Option<Sector>) -> u32 {
    sector.and_then(|sector| Sector::ALL.iter().position(|&known| known == sector)).map_or(0xFF, |place| place as u32)
}

/// The stored form of a country: its three letters, or 0.
fn country(country: Option<Country>) -> u32 {
    country.map_or(0, super::layout::pack_country)
}

/// The places of the rows in the order of their ids, those of one id as they stand in the files.
fn by_id(rows: &[EntryRow]) -> Vec<u32> {
    // Most ids differ in their first letters: these are compared where they are sorted, as numbers.
    let head = |id: &str| {
        let mut head = [0; 24];
        let length = id.len().min(head.len());
        head[..length].copy_from_slice(&id.as_bytes()[..length]);
        let letters = |at: usize| u64::from_be_bytes(head[at..at + 8].try_into().unwrap_or_default());
        [letters(0), letters(8), letters(16)]
    };
    let mut order: Vec<([u64; 3], u32)> = rows.iter().map(|row| head(row.id)).zip(0..).collect();
    order.sort_unstable_by(|(a, one), (b, other)| {
        let at = |place: &u32| (rows[*place as usize].id, rows[*place as usize].at);
        a.cmp(b).then_with(|| at(one).cmp(&at(other)))
    });
    order.into_iter().map(|(_, place)| place).collect()
}

/// Keeps the first error and says how many there are.
///
/// # Errors
/// If `result` has any.
pub fn first_error<T>(result: std::result::Result<T, Vec<Error>>) -> Result<T> {
    result.map_err(Error::first_of)
}
