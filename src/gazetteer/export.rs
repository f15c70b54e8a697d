//! The gazetteer in force as tables of the very format that gazetteer files have.

use jiff::civil::Date;

use crate::ontology::Sector;

use super::layer::{Layer, unpack_sector};
use super::layout::{NONE, OFFICE, Section, TENURE, unpack_country};
use super::{EntryId, Gazetteer, date};

/// A table of gazetteer rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportTable {
    /// What the rows are, as a name for a file: `entries`, `aliases`, `offices` and so on.
    pub name: &'static str,
    /// The names of the columns.
    pub header: &'static [&'static str],
    /// The rows, a cell a column.
    pub rows: Vec<Vec<String>>,
}

const ENTRIES: &[&str] =
    &["id", "name", "kind", "country", "sector", "code", "weight", "from", "until", "wikidata", "source"];
const ALIASES: &[&str] = &["entity", "alias", "form", "case", "from", "until", "prior", "needs", "unless"];
const OFFICES: &[&str] = &["id", "role", "country", "organisation", "sector", "general"];
const TENURES: &[&str] = &["person", "office", "from", "until", "leads"];
const MEMBERSHIPS: &[&str] = &["organisation", "member", "from", "until"];

fn day(date: Option<Date>) -> String {
    date.map_or(String::new(), |date| date.to_string())
}

fn sector_of(sector: Option<Sector>) -> String {
    sector.map_or(String::new(), |sector| sector.to_string())
}

impl Gazetteer {
    /// Everything in force, in the format of gazetteer files: a folder with these tables as CSV can be checked, edited
    /// and loaded as an overlay.
    pub fn tables(&self) -> Vec<ExportTable> {
        let table = |name, header, rows| ExportTable { name, header, rows };
        let of_layers = |rows: fn(&Layer) -> Vec<Vec<String>>| self.layers.iter().flat_map(rows).collect();
        vec![
            table("entries", ENTRIES, self.entry_rows()),
            self.names_table(),
            table("offices", OFFICES, self.office_rows()),
            table("tenures", TENURES, self.tenure_rows()),
            table("memberships", MEMBERSHIPS, self.membership_rows()),
            table("agents", &["noun", "plural", "sector", "code"], of_layers(agent_rows)),
            table("titles", &["title", "plural", "role", "sector"], of_layers(title_rows)),
            table("words", &["word", "default"], of_layers(word_rows)),
            table("off", &["off", "alias"], self.off_rows()),
        ]
    }

    /// All names in force, as rows of a file of aliases.
    pub fn names_table(&self) -> ExportTable {
        let mut rows = Vec::new();
        for (place, layer) in self.layers.iter().enumerate() {
            for posting in (0..layer.posting_count()).map(|posting| layer.posting(posting)) {
                if !self.is_on(place, &posting) {
                    continue;
                }
                let [from, until, needs, unless] =
                    layer.blob().record::<4>(Section::Conditions, posting.condition as usize);
                rows.push(vec![
                    self.entry(EntryId(posting.entry)).id.to_owned(),
                    layer.written(&posting).to_owned(),
                    posting.form.name().to_owned(),
                    posting.case.name().to_owned(),
                    day(date(from)),
                    day(date(until)),
                    if posting.shared { String::new() } else { format!("{:.4}", posting.prior) },
                    layer.blob().string(needs).to_owned(),
                    layer.blob().string(unless).to_owned(),
                ]);
            }
        }
        // A name has a row for each way a text may cut it.
        rows.sort();
        rows.dedup();
        ExportTable { name: "aliases", header: ALIASES, rows }
    }

    fn entry_rows(&self) -> Vec<Vec<String>> {
        let row = |(_, entry): (EntryId, super::Entry)| {
            vec![
                entry.id.to_owned(),
                entry.name.to_owned(),
                entry.kind.to_string(),
                entry.country.map_or(String::new(), |country| country.to_string()),
                sector_of(entry.sector),
                entry.code.map_or(String::new(), |code| code.to_string()),
                format!("{:.4}", entry.weight),
                day(entry.from),
                day(entry.until),
                entry.wikidata.map_or(String::new(), |wikidata| wikidata.to_string()),
                entry.source.to_owned(),
            ]
        };
        self.entries().map(row).collect()
    }

    fn id_of(&self, entry: u32) -> String {
        if entry == NONE { String::new() } else { self.entry(EntryId(entry)).id.to_owned() }
    }

    fn office_rows(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for layer in &self.layers {
            let text = |number| layer.blob().string(number).to_owned();
            for [id, role, country, organisation, sector, general] in layer.blob().records::<OFFICE>(Section::Offices) {
                let country = unpack_country(country).map_or(String::new(), |country| country.to_string());
                let sector = sector_of(unpack_sector(sector));
                rows.push(vec![text(id), text(role), country, self.id_of(organisation), sector, text(general)]);
            }
        }
        // An overlay's offices may be copies of those below it.
        rows.sort();
        rows.dedup_by(|a, b| a[0] == b[0]);
        rows
    }

    fn tenure_rows(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for layer in &self.layers {
            for [person, office, from, until, leads] in layer.blob().records::<TENURE>(Section::Tenures) {
                if self.is_off(EntryId(person)) {
                    continue;
                }
                let office = layer.blob().number(Section::Offices, office as usize, 0);
                rows.push(vec![
                    self.id_of(person),
                    layer.blob().string(office).to_owned(),
                    day(date(from)),
                    day(date(until)),
                    if leads != 0 { "yes".to_owned() } else { String::new() },
                ]);
            }
        }
        rows
    }

    fn membership_rows(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for layer in &self.layers {
            for [organisation, member, from, until] in layer.blob().records(Section::Members) {
                if self.is_off(EntryId(organisation)) || self.is_off(EntryId(member)) {
                    continue;
                }
                rows.push(vec![self.id_of(organisation), self.id_of(member), day(date(from)), day(date(until))]);
            }
        }
        rows
    }

    fn off_rows(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for layer in &self.layers {
            let entries = layer.blob().records(Section::Off);
            rows.extend(entries.map(|[entry]| vec![self.id_of(entry), String::new()]));
            for [entry, name] in layer.blob().records(Section::OffNames) {
                rows.push(vec![self.id_of(entry), layer.blob().string(name).to_owned()]);
            }
        }
        rows
    }
}

fn agent_rows(layer: &Layer) -> Vec<Vec<String>> {
    let row = |[_, noun, sector, code, plural]: [u32; 5]| {
        let noun = layer.blob().string(noun).to_owned();
        // A plural without its singular is listed as a noun that has no other form.
        let both = if plural != 0 { noun.clone() } else { String::new() };
        vec![noun, both, sector_of(unpack_sector(sector)), layer.blob().string(code).to_owned()]
    };
    sorted(layer.blob().records(Section::Agents).map(row))
}

fn title_rows(layer: &Layer) -> Vec<Vec<String>> {
    let text = |number| layer.blob().string(number).to_owned();
    let row = |[_, key, title, role, sector, plural]: [u32; 6]| {
        let plural = if plural != 0 { text(key) } else { String::new() };
        vec![text(title), plural, text(role), sector_of(unpack_sector(sector))]
    };
    sorted(layer.blob().records(Section::Titles).map(row))
}

fn word_rows(layer: &Layer) -> Vec<Vec<String>> {
    let row = |[_, word, name]: [u32; 3]| {
        let reading = if name != 0 { "name" } else { "word" };
        vec![layer.blob().string(word).to_owned(), reading.to_owned()]
    };
    sorted(layer.blob().records(Section::Words).map(row))
}

/// The rows in the order of their cells.
fn sorted(rows: impl Iterator<Item = Vec<String>>) -> Vec<Vec<String>> {
    let mut rows: Vec<_> = rows.collect();
    rows.sort();
    rows
}
