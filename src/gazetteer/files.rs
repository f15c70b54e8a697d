//! Reads gazetteer files into typed rows, and says of every row that is not understood where it stands and what to do.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::ontology::{ActorCode, Country, EntityKind, MentionForm, Sector};
use crate::resource::{Row, Table};

use super::WikidataId;
use super::day::Day;
use super::row::{
    AgentRow, AliasRow, CaseRule, EntryRow, MembershipRow, OffRow, OfficeRow, Place, Rows, SpellingRow, TenureRow,
    TitleRow, WordRow,
};

/// Adds the rows of a table of one kind; the number is that of its file.
type Add<'t> = fn(&mut Rows<'t>, u16, &'t Table) -> Result<()>;

/// The gazetteer files of a folder, in the order of their names, or one file.
#[derive(Debug, Default)]
pub struct Files {
    tables: Vec<Table>,
}

impl Files {
    /// Reads every `.csv` file of a folder, or one file.
    ///
    /// # Errors
    /// If a file cannot be read or is not a table: all that is wrong in any of them.
    pub fn read(path: &Path) -> std::result::Result<Self, Vec<Error>> {
        let (mut tables, mut errors) = (Vec::new(), Vec::new());
        for file in listed(path).map_err(|error| vec![error])? {
            match Table::read(&file) {
                Ok(table) => tables.push(table),
                Err(wrong) => errors.extend(wrong),
            }
        }
        if errors.is_empty() { Ok(Self { tables }) } else { Err(errors) }
    }

    /// The rows of the files.
    ///
    /// # Errors
    /// If the header of a file is of no known table or a row is not understood: every such header and row.
    pub fn rows(&self) -> std::result::Result<Rows<'_>, Vec<Error>> {
        let mut rows = Rows::default();
        self.tables.iter().for_each(|table| rows.add(table));
        if rows.errors.is_empty() { Ok(rows) } else { Err(rows.errors) }
    }
}

/// The file, or the `.csv` files of the folder in the order of their names.
fn listed(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for item in std::fs::read_dir(path).map_err(|error| Error::io(path, error))? {
        let file = item.map_err(|error| Error::io(path, error))?.path();
        if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv")) {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() {
        let error = Error::data("the folder holds no .csv file").with_help("see gazetteers/README.md for the format");
        return Err(error.at_path(path));
    }
    Ok(files)
}

impl<'t> Rows<'t> {
    /// Adds the rows of a table. What kind of rows they are is told by the header.
    fn add(&mut self, table: &'t Table) {
        let file = self.files.len() as u16;
        self.files.push(table.path());
        let kinds: [(&str, Add<'t>); 11] = [
            ("kind", Self::add_entries),
            ("alias", Self::add_aliases),
            ("role", Self::add_offices),
            ("person", Self::add_tenures),
            ("member", Self::add_memberships),
            ("noun", Self::add_agents),
            ("title", Self::add_titles),
            ("word", Self::add_words),
            ("spelling", Self::add_spellings),
            ("off", Self::add_off),
            ("licence", Self::add_sources),
        ];
        // Titles have a role too, and switching off may name an alias: the column that only they have decides.
        let telling = kinds
            .iter()
            .filter(|(column, _)| table.has(column))
            .max_by_key(|(column, _)| matches!(*column, "title" | "off"));
        let added = match telling {
            Some((_, add)) => add(self, file, table),
            None => {
                let error = Error::data("the header is not that of a gazetteer table");
                Err(error
                    .with_help("start with id,name,kind or entity,alias; see gazetteers/README.md")
                    .at_path(table.path())
                    .at_line(1))
            }
        };
        self.errors.extend(added.err());
    }

    fn add_entries(&mut self, file: u16, table: &'t Table) -> Result<()> {
        let columns = [
            "id", "name", "kind", "country", "sector", "code", "weight", "from", "until", "wikidata", "source", "note",
        ];
        let [id, name, kind, country, sector, code, weight, from, until, wikidata, source, _] =
            table.columns(&["id", "name", "kind"], columns)?;
        let read = |row: Row<'t>| {
            let (from, until) = days(&row, from, until)?;
            Ok(EntryRow {
                at: place(file, &row),
                id: identifier(&row, row.filled(id, "id")?)?,
                name: row.filled(name, "name")?,
                kind: code_of(&row, row.filled(kind, "kind")?, "kind", EntityKind::from_name, || {
                    names(EntityKind::ALL, |kind| kind.name())
                })?,
                country: country_of(&row, row.cell(country))?,
                sector: sector_of(&row, row.cell(sector))?,
                code: optional(&row, row.cell(code), "code", ActorCode::parse, || {
                    "three or six capital letters, such as IGONAT".into()
                })?,
                weight: fraction(&row, row.cell(weight), "weight")?.unwrap_or(USER_WEIGHT),
                from,
                until,
                wikidata: wikidata_id(&row, row.cell(wikidata))?,
                source: row.cell(source),
            })
        };
        collect(&mut self.entries, &mut self.errors, table, read);
        Ok(())
    }

    fn add_aliases(&mut self, file: u16, table: &'t Table) -> Result<()> {
        let columns = ["entity", "alias", "form", "case", "from", "until", "prior", "needs", "unless", "note"];
        let [entity, alias, form, case, from, until, prior, needs, unless, _] =
            table.columns(&["entity", "alias"], columns)?;
        let read = |row: Row<'t>| {
            let (from, until) = days(&row, from, until)?;
            Ok(AliasRow {
                at: place(file, &row),
                entity: row.filled(entity, "entity")?,
                alias: row.filled(alias, "alias")?,
                form: optional(&row, row.cell(form), "form", MentionForm::from_name, || {
                    names(MentionForm::ALL, |form| form.name())
                })?
                .unwrap_or(MentionForm::Alias),
                case: code_of(&row, row.cell(case), "case", CaseRule::from_name, || "capitalised, exact, any".into())?,
                from,
                until,
                prior: fraction(&row, row.cell(prior), "prior")?,
                needs: row.cell(needs),
                unless: row.cell(unless),
            })
        };
        collect(&mut self.aliases, &mut self.errors, table, read);
        Ok(())
    }

    fn add_offices(&mut self, file: u16, table: &'t Table) -> Result<()> {
        let columns = ["id", "role", "country", "organisation", "sector", "general", "note"];
        let [id, role, country, organisation, sector, general, _] =
            table.columns(&["id", "role", "sector"], columns)?;
        let read = |row: Row<'t>| {
            Ok(OfficeRow {
                at: place(file, &row),
                id: identifier(&row, row.filled(id, "id")?)?,
                role: row.filled(role, "role")?,
                country: country_of(&row, row.cell(country))?,
                organisation: row.cell(organisation),
                sector: code_of(&row, row.filled(sector, "sector")?, "sector", Sector::from_name, sectors)?,
                general: row.cell(general),
            })
        };
        collect(&mut self.offices, &mut self.errors, table, read);
        Ok(())
    }

    fn add_tenures(&mut self, file: u16, table: &'t Table) -> Result<()> {
        let columns = ["person", "office", "from", "until", "leads", "source", "note"];
        let [person, office, from, until, leads, _, _] = table.columns(&["person", "office"], columns)?;
        let read = |row: Row<'t>| {
            let (from, until) = days(&row, from, until)?;
            let yes = |name: &str| match name {
                "" => Some(false),
                "yes" => Some(true),
                _ => None,
            };
            Ok(TenureRow {
                at: place(file, &row),
                person: row.filled(person, "person")?,
                office: row.filled(office, "office")?,
                from,
                until,
                leads: code_of(&row, row.cell(leads), "leads", yes, || "yes or nothing".into())?,
            })
        };
        collect(&mut self.tenures, &mut self.errors, table, read);
        Ok(())
    }

    fn add_memberships(&mut self, file: u16, table: &'t Table) -> Result<()> {
        let columns = ["organisation", "member", "from", "until", "source", "note"];
        let [organisation, member, from, until, _, _] = table.columns(&["organisation", "member"], columns)?;
        let read = |row: Row<'t>| {
            let (from, until) = days(&row, from, until)?;
            Ok(MembershipRow {
                at: place(file, &row),
                organisation: row.filled(organisation, "organisation")?,
                member: row.filled(member, "member")?,
                from,
                until,
            })
        };
        collect(&mut self.memberships, &mut self.errors, table, read);
        Ok(())
    }

    fn add_agents(&mut self, _: u16, table: &'t Table) -> Result<()> {
        let [noun, plural, sector, code, _, _] =
            table.columns(&["noun"], ["noun", "plural", "sector", "code", "source", "note"])?;
        let read = |row: Row<'t>| {
            Ok(AgentRow {
                noun: row.filled(noun, "noun")?,
                plural: row.cell(plural),
                sector: sector_of(&row, row.cell(sector))?,
                code: optional(&row, row.cell(code), "code", ActorCode::parse, || {
                    "three or six capital letters, such as IGO".into()
                })?,
            })
        };
        collect(&mut self.agents, &mut self.errors, table, read);
        Ok(())
    }

    fn add_titles(&mut self, _: u16, table: &'t Table) -> Result<()> {
        let [title, plural, role, sector, _] =
            table.columns(&["title"], ["title", "plural", "role", "sector", "note"])?;
        let read = |row: Row<'t>| {
            Ok(TitleRow {
                title: row.filled(title, "title")?,
                plural: row.cell(plural),
                role: row.cell(role),
                sector: sector_of(&row, row.cell(sector))?,
            })
        };
        collect(&mut self.titles, &mut self.errors, table, read);
        Ok(())
    }

    fn add_words(&mut self, _: u16, table: &'t Table) -> Result<()> {
        let [word, default, _] = table.columns(&["word", "default"], ["word", "default", "note"])?;
        let read = |row: Row<'t>| {
            let reading = |name: &str| match name {
                "name" => Some(true),
                "word" => Some(false),
                _ => None,
            };
            let is_name = code_of(&row, row.cell(default), "default", reading, || "name, word".into())?;
            Ok(WordRow { word: row.filled(word, "word")?, is_name })
        };
        collect(&mut self.words, &mut self.errors, table, read);
        Ok(())
    }

    fn add_spellings(&mut self, _: u16, table: &'t Table) -> Result<()> {
        let [spelling, same, _] = table.columns(&["spelling", "same"], ["spelling", "same", "note"])?;
        let read = |row: Row<'t>| {
            let [spelling, same] =
                [(spelling, "spelling"), (same, "same")].map(|(cell, name)| one_word(&row, cell, name));
            Ok(SpellingRow { spelling: spelling?, same: same? })
        };
        collect(&mut self.spellings, &mut self.errors, table, read);
        Ok(())
    }

    fn add_off(&mut self, file: u16, table: &'t Table) -> Result<()> {
        let [off, alias, _] = table.columns(&["off"], ["off", "alias", "note"])?;
        let read =
            |row: Row<'t>| Ok(OffRow { at: place(file, &row), id: row.filled(off, "off")?, alias: row.cell(alias) });
        collect(&mut self.off, &mut self.errors, table, read);
        Ok(())
    }

    fn add_sources(&mut self, _: u16, table: &'t Table) -> Result<()> {
        let [key, _, _, _, _] = table.columns(&["key", "licence"], ["key", "name", "url", "licence", "note"])?;
        let read = |row: Row<'t>| row.filled(key, "key");
        collect(&mut self.sources, &mut self.errors, table, read);
        Ok(())
    }
}

/// Adds the rows of a table that are understood, and what is wrong with the others.
fn collect<'t, T>(rows: &mut Vec<T>, errors: &mut Vec<Error>, table: &'t Table, read: impl Fn(Row<'t>) -> Result<T>) {
    rows.reserve(table.len());
    for row in table.rows() {
        match read(row) {
            Ok(row) => rows.push(row),
            Err(error) => errors.push(error),
        }
    }
}

/// The weight of an entry that states none: what a user adds is about as well known as a minister.
const USER_WEIGHT: f32 = 0.5;

/// A cell that must hold one word.
fn one_word<'t>(row: &Row<'t>, cell: Option<usize>, name: &str) -> Result<&'t str> {
    let word = row.filled(cell, name)?;
    if word.chars().all(char::is_alphabetic) {
        return Ok(word);
    }
    Err(row.error(format!("'{word}' is not one word")).with_help("write one word of letters in each cell"))
}

fn place(file: u16, row: &Row) -> Place {
    Place { file, line: row.line() as u32 }
}

fn identifier<'t>(row: &Row, id: &'t str) -> Result<&'t str> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-./_".contains(&byte);
    if id.bytes().all(plain) && id.contains('/') {
        return Ok(id);
    }
    Err(row
        .error(format!("'{id}' is not an id"))
        .with_help("write kind/name in lower-case ASCII letters, digits and hyphens"))
}

fn code_of<T>(
    row: &Row,
    cell: &str,
    column: &str,
    read: impl Fn(&str) -> Option<T>,
    known: impl Fn() -> String,
) -> Result<T> {
    read(cell)
        .ok_or_else(|| row.error(format!("unknown {column} '{cell}'")).with_help(format!("write one of: {}", known())))
}

fn optional<T>(
    row: &Row,
    cell: &str,
    column: &str,
    read: impl Fn(&str) -> Option<T>,
    known: impl Fn() -> String,
) -> Result<Option<T>> {
    if cell.is_empty() { Ok(None) } else { code_of(row, cell, column, read, known).map(Some) }
}

fn country_of(row: &Row, cell: &str) -> Result<Option<Country>> {
    optional(row, cell, "country", Country::new, || "an ISO 3166-1 alpha-3 code in capitals, such as ARM".into())
}

fn sector_of(row: &Row, cell: &str) -> Result<Option<Sector>> {
    optional(row, cell, "sector", Sector::from_name, sectors)
}

fn sectors() -> String {
    names(Sector::ALL, |sector| sector.name())
}

fn day(row: &Row, cell: &str) -> Result<Day> {
    Day::parse(cell).ok_or_else(|| row.error(format!("'{cell}' is not a day")).with_help("write it as 2012-05-07"))
}

fn wikidata_id(row: &Row, cell: &str) -> Result<Option<WikidataId>> {
    optional(row, cell, "wikidata", WikidataId::parse, || "Q and a number, such as Q399".into())
}

/// First day and first day no longer, in this order.
fn days(row: &Row, from: Option<usize>, until: Option<usize>) -> Result<(Day, Day)> {
    let (from, until) = (day(row, row.cell(from))?, day(row, row.cell(until))?);
    if until.is_some() && from >= until {
        let error = row.error(format!("the end {until} is not after the start {from}"));
        return Err(error.with_help("'until' is the first day no longer; correct one of the two"));
    }
    Ok((from, until))
}

fn fraction(row: &Row, cell: &str, column: &str) -> Result<Option<f32>> {
    let number = |cell: &str| cell.parse::<f32>().ok().filter(|number| (0.0..=1.0).contains(number));
    optional(row, cell, column, number, || "a number from 0 to 1".into())
}

fn names<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str) -> String {
    all.iter().map(|&value| name(value)).collect::<Vec<_>>().join(", ")
}
