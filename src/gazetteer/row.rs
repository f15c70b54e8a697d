//! The rows of the gazetteer files, typed. `gazetteers/README.md` explains every column to who edits them.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::ontology::{ActorCode, Country, EntityKind, MentionForm, Sector};
use crate::resource::{Row, Table};

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
pub struct EntryRow {
    /// Where the row stands.
    pub at: Place,
    /// `kind/slug`, unique over all files.
    pub id: String,
    /// The canonical name, which is also matched in texts.
    pub name: String,
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
    pub source: String,
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
pub struct AliasRow {
    /// Where the row stands.
    pub at: Place,
    /// The id of the thing.
    pub entity: String,
    /// The name.
    pub alias: String,
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
    pub needs: String,
    /// Words or ids, none of which the document may hold; parted by `|`.
    pub unless: String,
}

/// An office.
#[derive(Clone, Debug)]
pub struct OfficeRow {
    /// Where the row stands.
    pub at: Place,
    /// `office/slug`.
    pub id: String,
    /// The office in general words: `president`, `foreign minister`.
    pub role: String,
    /// The country it is an office of.
    pub country: Option<Country>,
    /// The id of the organisation or group it is an office of; empty for none.
    pub organisation: String,
    /// The sector its holder has.
    pub sector: Sector,
    /// What the office is in other countries: `foreign minister` for a `secretary of state`; empty when the same.
    pub general: String,
}

/// An office held.
#[derive(Clone, Debug)]
pub struct TenureRow {
    /// Where the row stands.
    pub at: Place,
    /// The person's id.
    pub person: String,
    /// The office's id.
    pub office: String,
    /// First day.
    pub from: Day,
    /// First day no longer.
    pub until: Day,
    /// Whether the holder is whom the news calls "the leader" of the country.
    pub leads: bool,
}

/// A membership.
#[derive(Clone, Debug)]
pub struct MembershipRow {
    /// Where the row stands.
    pub at: Place,
    /// The id of the body.
    pub organisation: String,
    /// The id of the member.
    pub member: String,
    /// First day.
    pub from: Day,
    /// First day no longer.
    pub until: Day,
}

/// A common noun for an actor.
#[derive(Clone, Debug)]
pub struct AgentRow {
    /// The noun or noun phrase, singular.
    pub noun: String,
    /// Its plural, where it has another form; empty otherwise.
    pub plural: String,
    /// The sector; none when the noun only says that it is an actor.
    pub sector: Option<Sector>,
    /// The actor code of an international body: `IGO`.
    pub code: Option<ActorCode>,
}

/// A title that stands before a name or for its bearer.
#[derive(Clone, Debug)]
pub struct TitleRow {
    /// The title as written, lower case unless a name is in it.
    pub title: String,
    /// Its plural; empty when it is regular or there is none.
    pub plural: String,
    /// The office, as in [`OfficeRow::role`]; empty for ranks and forms of address.
    pub role: String,
    /// The sector of its bearers.
    pub sector: Option<Sector>,
}

/// An ordinary word that is also somebody's name.
#[derive(Clone, Debug)]
pub struct WordRow {
    /// The word.
    pub word: String,
    /// Whether it is the name rather than the word when case says nothing.
    pub is_name: bool,
}

/// A word that is another spelling of a word in names.
#[derive(Clone, Debug)]
pub struct SpellingRow {
    /// The spelling.
    pub spelling: String,
    /// The word it is another spelling of.
    pub same: String,
}

/// Something switched off by an overlay: an entry, or one name of it.
#[derive(Clone, Debug)]
pub struct OffRow {
    /// Where the row stands.
    pub at: Place,
    /// The id of the entry.
    pub id: String,
    /// The one name to switch off; empty for the whole entry.
    pub alias: String,
}

/// All rows of some files.
#[derive(Debug, Default)]
pub struct Rows {
    /// The files read.
    pub files: Vec<PathBuf>,
    /// Listed things.
    pub entries: Vec<EntryRow>,
    /// Their other names.
    pub aliases: Vec<AliasRow>,
    /// Offices.
    pub offices: Vec<OfficeRow>,
    /// Who held them when.
    pub tenures: Vec<TenureRow>,
    /// Who belongs to what.
    pub memberships: Vec<MembershipRow>,
    /// Generic actors.
    pub agents: Vec<AgentRow>,
    /// Titles.
    pub titles: Vec<TitleRow>,
    /// Names that are words.
    pub words: Vec<WordRow>,
    /// Spellings of words in names.
    pub spellings: Vec<SpellingRow>,
    /// What is switched off.
    pub off: Vec<OffRow>,
    /// Keys of the known sources.
    pub sources: Vec<String>,
}

/// Adds the rows of a table of one kind; the number is that of its file.
type Add = fn(&mut Rows, u16, &Table) -> Result<()>;

impl Rows {
    /// Reads every `.csv` file of a folder, in the order of their names, or one file.
    ///
    /// # Errors
    /// If a file cannot be read or a row is not understood.
    pub fn read(path: &Path) -> Result<Self> {
        let mut rows = Self::default();
        rows.add_path(path)?;
        Ok(rows)
    }

    /// Adds every `.csv` file of a folder, or one file.
    ///
    /// # Errors
    /// As [`Rows::read`].
    pub fn add_path(&mut self, path: &Path) -> Result<()> {
        if !path.is_dir() {
            return self.add(&Table::read(path)?);
        }
        let mut files = Vec::new();
        for item in std::fs::read_dir(path).map_err(|error| Error::io(path, error))? {
            let file = item.map_err(|error| Error::io(path, error))?.path();
            if file.extension().is_some_and(|extension| extension == "csv") {
                files.push(file);
            }
        }
        files.sort();
        if files.is_empty() {
            let error =
                Error::data("the folder holds no .csv file").with_help("see gazetteers/README.md for the format");
            return Err(error.at_path(path));
        }
        files.iter().try_for_each(|file| self.add(&Table::read(file)?))
    }

    /// Adds the rows of a table. What kind of rows they are is told by the header.
    ///
    /// # Errors
    /// If the header is of no known table or a row is not understood.
    pub fn add(&mut self, table: &Table) -> Result<()> {
        let file = self.files.len() as u16;
        self.files.push(table.path().to_owned());
        let kinds: [(&str, Add); 11] = [
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
        match telling {
            Some((_, add)) => add(self, file, table),
            None => {
                let error = Error::data("the header is not that of a gazetteer table");
                Err(error
                    .with_help("start with id,name,kind or entity,alias; see gazetteers/README.md")
                    .at_path(table.path())
                    .at_line(1))
            }
        }
    }

    fn add_entries(&mut self, file: u16, table: &Table) -> Result<()> {
        let columns = [
            "id", "name", "kind", "country", "sector", "code", "weight", "from", "until", "wikidata", "source", "note",
        ];
        let [id, name, kind, country, sector, code, weight, from, until, wikidata, source, _] =
            table.columns(&["id", "name", "kind"], columns)?;
        for row in table.rows() {
            self.entries.push(EntryRow {
                at: place(file, &row),
                id: identifier(&row, row.filled(id, "id")?)?.to_owned(),
                name: row.filled(name, "name")?.to_owned(),
                kind: code_of(&row, row.filled(kind, "kind")?, "kind", EntityKind::from_name, || {
                    names(EntityKind::ALL, |kind| kind.name())
                })?,
                country: country_of(&row, row.cell(country))?,
                sector: sector_of(&row, row.cell(sector))?,
                code: optional(&row, row.cell(code), "code", ActorCode::parse, || {
                    "three or six capital letters, such as IGONAT".into()
                })?,
                weight: fraction(&row, row.cell(weight), "weight")?.unwrap_or(USER_WEIGHT),
                from: day(&row, row.cell(from))?,
                until: day(&row, row.cell(until))?,
                wikidata: wikidata_id(&row, row.cell(wikidata))?,
                source: row.cell(source).to_owned(),
            });
            let added = &self.entries[self.entries.len() - 1];
            in_order(&row, added.from, added.until)?;
        }
        Ok(())
    }

    fn add_aliases(&mut self, file: u16, table: &Table) -> Result<()> {
        let columns = ["entity", "alias", "form", "case", "from", "until", "prior", "needs", "unless", "note"];
        let [entity, alias, form, case, from, until, prior, needs, unless, _] =
            table.columns(&["entity", "alias"], columns)?;
        for row in table.rows() {
            let added = AliasRow {
                at: place(file, &row),
                entity: row.filled(entity, "entity")?.to_owned(),
                alias: row.filled(alias, "alias")?.to_owned(),
                form: optional(&row, row.cell(form), "form", MentionForm::from_name, || {
                    names(MentionForm::ALL, |form| form.name())
                })?
                .unwrap_or(MentionForm::Alias),
                case: code_of(&row, row.cell(case), "case", CaseRule::from_name, || "capitalised, exact, any".into())?,
                from: day(&row, row.cell(from))?,
                until: day(&row, row.cell(until))?,
                prior: fraction(&row, row.cell(prior), "prior")?,
                needs: row.cell(needs).to_owned(),
                unless: row.cell(unless).to_owned(),
            };
            in_order(&row, added.from, added.until)?;
            self.aliases.push(added);
        }
        Ok(())
    }

    fn add_offices(&mut self, file: u16, table: &Table) -> Result<()> {
        let columns = ["id", "role", "country", "organisation", "sector", "general", "note"];
        let [id, role, country, organisation, sector, general, _] =
            table.columns(&["id", "role", "sector"], columns)?;
        for row in table.rows() {
            let Some(sector) = sector_of(&row, row.filled(sector, "sector")?)? else { continue };
            self.offices.push(OfficeRow {
                at: place(file, &row),
                id: identifier(&row, row.filled(id, "id")?)?.to_owned(),
                role: row.filled(role, "role")?.to_owned(),
                country: country_of(&row, row.cell(country))?,
                organisation: row.cell(organisation).to_owned(),
                sector,
                general: row.cell(general).to_owned(),
            });
        }
        Ok(())
    }

    fn add_tenures(&mut self, file: u16, table: &Table) -> Result<()> {
        let columns = ["person", "office", "from", "until", "leads", "source", "note"];
        let [person, office, from, until, leads, _, _] = table.columns(&["person", "office"], columns)?;
        for row in table.rows() {
            let yes = |name: &str| match name {
                "" => Some(false),
                "yes" => Some(true),
                _ => None,
            };
            let added = TenureRow {
                at: place(file, &row),
                person: row.filled(person, "person")?.to_owned(),
                office: row.filled(office, "office")?.to_owned(),
                from: day(&row, row.cell(from))?,
                until: day(&row, row.cell(until))?,
                leads: code_of(&row, row.cell(leads), "leads", yes, || "yes or nothing".into())?,
            };
            in_order(&row, added.from, added.until)?;
            self.tenures.push(added);
        }
        Ok(())
    }

    fn add_memberships(&mut self, file: u16, table: &Table) -> Result<()> {
        let columns = ["organisation", "member", "from", "until", "source", "note"];
        let [organisation, member, from, until, _, _] = table.columns(&["organisation", "member"], columns)?;
        for row in table.rows() {
            let added = MembershipRow {
                at: place(file, &row),
                organisation: row.filled(organisation, "organisation")?.to_owned(),
                member: row.filled(member, "member")?.to_owned(),
                from: day(&row, row.cell(from))?,
                until: day(&row, row.cell(until))?,
            };
            in_order(&row, added.from, added.until)?;
            self.memberships.push(added);
        }
        Ok(())
    }

    fn add_agents(&mut self, _: u16, table: &Table) -> Result<()> {
        let [noun, plural, sector, code, _, _] =
            table.columns(&["noun"], ["noun", "plural", "sector", "code", "source", "note"])?;
        for row in table.rows() {
            self.agents.push(AgentRow {
                noun: row.filled(noun, "noun")?.to_owned(),
                plural: row.cell(plural).to_owned(),
                sector: sector_of(&row, row.cell(sector))?,
                code: optional(&row, row.cell(code), "code", ActorCode::parse, || {
                    "three or six capital letters, such as IGO".into()
                })?,
            });
        }
        Ok(())
    }

    fn add_titles(&mut self, _: u16, table: &Table) -> Result<()> {
        let [title, plural, role, sector, _] =
            table.columns(&["title"], ["title", "plural", "role", "sector", "note"])?;
        for row in table.rows() {
            self.titles.push(TitleRow {
                title: row.filled(title, "title")?.to_owned(),
                plural: row.cell(plural).to_owned(),
                role: row.cell(role).to_owned(),
                sector: sector_of(&row, row.cell(sector))?,
            });
        }
        Ok(())
    }

    fn add_words(&mut self, _: u16, table: &Table) -> Result<()> {
        let [word, default, _] = table.columns(&["word", "default"], ["word", "default", "note"])?;
        for row in table.rows() {
            let reading = |name: &str| match name {
                "name" => Some(true),
                "word" => Some(false),
                _ => None,
            };
            let is_name = code_of(&row, row.cell(default), "default", reading, || "name, word".into())?;
            self.words.push(WordRow { word: row.filled(word, "word")?.to_owned(), is_name });
        }
        Ok(())
    }

    fn add_spellings(&mut self, _: u16, table: &Table) -> Result<()> {
        let [spelling, same, _] = table.columns(&["spelling", "same"], ["spelling", "same", "note"])?;
        for row in table.rows() {
            let [spelling, same] =
                [(spelling, "spelling"), (same, "same")].map(|(cell, name)| one_word(&row, cell, name));
            self.spellings.push(SpellingRow { spelling: spelling?, same: same? });
        }
        Ok(())
    }

    fn add_off(&mut self, file: u16, table: &Table) -> Result<()> {
        let [off, alias, _] = table.columns(&["off"], ["off", "alias", "note"])?;
        for row in table.rows() {
            let id = row.filled(off, "off")?.to_owned();
            self.off.push(OffRow { at: place(file, &row), id, alias: row.cell(alias).to_owned() });
        }
        Ok(())
    }

    fn add_sources(&mut self, _: u16, table: &Table) -> Result<()> {
        let [key, _, _, _, _] = table.columns(&["key", "licence"], ["key", "name", "url", "licence", "note"])?;
        for row in table.rows() {
            self.sources.push(row.filled(key, "key")?.to_owned());
        }
        Ok(())
    }

    /// An error about the row at `at`.
    pub fn error(&self, at: Place, message: String) -> Error {
        let error = Error::data(message).at_line(u64::from(at.line));
        match self.files.get(usize::from(at.file)) {
            Some(path) => error.at_path(path),
            None => error,
        }
    }
}

/// The weight of an entry that states none: what a user adds is about as well known as a minister.
const USER_WEIGHT: f32 = 0.5;

/// A cell that must hold one word.
fn one_word(row: &Row, cell: Option<usize>, name: &str) -> Result<String> {
    let word = row.filled(cell, name)?;
    if word.chars().all(char::is_alphabetic) {
        return Ok(word.to_owned());
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
    optional(row, cell, "sector", Sector::from_name, || names(Sector::ALL, |sector| sector.name()))
}

fn day(row: &Row, cell: &str) -> Result<Day> {
    Day::parse(cell).ok_or_else(|| row.error(format!("'{cell}' is not a day")).with_help("write it as 2012-05-07"))
}

fn wikidata_id(row: &Row, cell: &str) -> Result<Option<WikidataId>> {
    optional(row, cell, "wikidata", WikidataId::parse, || "Q and a number, such as Q399".into())
}

fn in_order(row: &Row, from: Day, until: Day) -> Result<()> {
    if until.is_some() && from >= until {
        let error = row.error(format!("the end {until} is not after the start {from}"));
        return Err(error.with_help("'until' is the first day no longer; correct one of the two"));
    }
    Ok(())
}

fn fraction(row: &Row, cell: &str, column: &str) -> Result<Option<f32>> {
    let number = |cell: &str| cell.parse::<f32>().ok().filter(|number| (0.0..=1.0).contains(number));
    optional(row, cell, column, number, || "a number from 0 to 1".into())
}

fn names<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str) -> String {
    all.iter().map(|&value| name(value)).collect::<Vec<_>>().join(", ")
}
