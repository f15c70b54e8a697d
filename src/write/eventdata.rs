//! Events in the columns of the field's two large data sets, for tools that read those.
//!
//! The mapping, column by column, and what stays blank is in `docs/layouts.md`. Codes are this program's own: countries
//! after ISO 3166-1, sectors after PLOVER, events after CAMEO.

use super::delimited::Dialect;
use crate::ontology::{Cameo, International, Sector};
use crate::record::{Record, one_line};
use crate::table::links::{Actor, Link, links};
use crate::table::{Cell, Row};

/// Whose columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventData {
    /// The Integrated Crisis Early Warning System's event data: tabs, a line of heads.
    Icews,
    /// The event table of GDELT 2.0: 61 columns, tabs, no line of heads.
    Gdelt,
}

impl EventData {
    /// Appends what a file begins with.
    pub fn header(self, out: &mut Vec<u8>) {
        if self == EventData::Icews {
            Dialect::TSV.line(ICEWS.iter().map(|&head| Cell::from(head)), out);
        }
    }

    /// Appends a line for each pair of actors of each event that the text does not deny.
    pub fn rows(self, record: &Record, out: &mut Vec<u8>) {
        for link in links(record).filter(|link| !link.event.negated) {
            let row = match self {
                EventData::Icews => icews(record, &link),
                EventData::Gdelt => gdelt(record, &link),
            };
            // Readers of these layouts know no quotes: no cell may hold a tab or a line break.
            for (number, cell) in row.iter().enumerate() {
                if number > 0 {
                    out.push(b'\t');
                }
                out.extend_from_slice(one_line(&cell.to_text()).as_bytes());
            }
            out.push(b'\n');
        }
    }
}

/// The heads of the columns of ICEWS.
const ICEWS: [&str; 20] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

fn icews<'r>(record: &'r Record, link: &Link<'r>) -> Row<'r> {
    let event = link.event;
    let mut row = vec![Cell::Integer(number(record, link)), day(record, link)];
    row.extend(icews_actor(&link.source));
    row.push(Cameo::new(event.cameo).map_or(Cell::Blank, |cameo| cameo.label().into()));
    row.push(event.cameo.into());
    row.push(event.goldstein.into());
    row.extend(icews_actor(&link.target));
    row.push((&record.doc_id).into());
    // From 1, as there.
    row.push((event.sentence + 1).into());
    row.push((&record.source).into());
    let (place, country) = place(record, link);
    row.push(place);
    row.extend([Cell::Blank, Cell::Blank, country, Cell::Blank, Cell::Blank]);
    row
}

fn icews_actor<'r>(actor: &Option<Actor<'r>>) -> [Cell<'r>; 3] {
    let Some(actor) = actor else { return [Cell::Blank, Cell::Blank, Cell::Blank] };
    let code = Code::of(actor);
    [actor.name.to_string().into(), code.sectors.join(",").into(), code.country.map(str::to_owned).into()]
}

/// The 61 columns of GDELT 2.0.
fn gdelt<'r>(record: &'r Record, link: &Link<'r>) -> Row<'r> {
    let event = link.event;
    let day = link.day(record).map(|day| day.replace('-', ""));
    let digits = |length: usize| day.as_ref().map(|day| day[..length].to_owned());
    let mut row: Row = vec![
        Cell::Integer(number(record, link)),
        digits(8).into(),
        digits(6).into(),
        digits(4).into(),
        fraction(record, link),
    ];
    row.extend(gdelt_actor(&link.source));
    row.extend(gdelt_actor(&link.target));
    let base = if event.cameo.len() > 3 { &event.cameo[..3] } else { event.cameo };
    let mentions = 1 + event.evidence.len();
    row.extend([
        Cell::Integer((event.sentence < ROOT_SENTENCES).into()),
        event.cameo.into(),
        base.into(),
        event.cameo[..2].into(),
        Cell::Integer(event.quad.into()),
        event.goldstein.into(),
        mentions.into(),
        Cell::Integer(1),
        Cell::Integer(1),
        Cell::Blank,
    ]);
    row.extend(vec![Cell::Blank; 16]);
    let (place, country) = place(record, link);
    // 1 is a country, 4 a place in the world; what is not known is 0.
    let (kind, name) = match (place, country) {
        (Cell::Blank, Cell::Blank) => (0, Cell::Blank),
        (Cell::Blank, country) => (1, country),
        (place, _) => (4, place),
    };
    row.extend([Cell::Integer(kind), name]);
    row.extend(vec![Cell::Blank; 6]);
    row.push(record.date.as_ref().map(|date| format!("{}000000", date.replace('-', ""))).into());
    row.push((&record.url).into());
    row
}

/// GDELT counts an event as a story's own when it stands in the lead.
const ROOT_SENTENCES: usize = 3;

/// Code, name, country, group, ethnicity, two religions, three types.
fn gdelt_actor<'r>(actor: &Option<Actor<'r>>) -> Vec<Cell<'r>> {
    let mut cells = vec![Cell::Blank; 10];
    let Some(actor) = actor else { return cells };
    let code = Code::of(actor);
    cells[0] = actor.code.into();
    cells[1] = actor.name.to_uppercase().into();
    cells[2] = code.country.map(str::to_owned).into();
    cells[3] = code.group.map(str::to_owned).into();
    for (cell, sector) in cells[7..].iter_mut().zip(code.sectors) {
        *cell = sector.to_owned().into();
    }
    cells
}

/// The parts of an actor code.
struct Code<'r> {
    country: Option<&'r str>,
    sectors: Vec<&'r str>,
    /// The body that an international code names.
    group: Option<&'r str>,
}

impl<'r> Code<'r> {
    fn of(actor: &Actor<'r>) -> Self {
        let (first, rest) = match actor.code {
            Some(code) if code.len() >= 3 => code.split_at(3),
            _ => return Self { country: None, sectors: Vec::new(), group: None },
        };
        let known = |part: &'r str| (!part.is_empty()).then_some(part);
        if International::from_name(first).is_some() {
            Self { country: None, sectors: vec![first], group: known(rest) }
        } else if Sector::from_name(first).is_some() {
            Self { country: None, sectors: [Some(first), known(rest)].into_iter().flatten().collect(), group: None }
        } else {
            Self { country: Some(first), sectors: known(rest).into_iter().collect(), group: None }
        }
    }
}

/// A number that names the event and pair among all: the first 53 bits of a digest (FNV-1a) of what names it, so that
/// programs that take it for a floating-point number keep it whole.
fn number(record: &Record, link: &Link) -> i64 {
    let name = format!("{}\0{}\0{}", record.doc_id, link.event.id, link.pair);
    let digest = name
        .bytes()
        .fold(0xCBF2_9CE4_8422_2325_u64, |digest, byte| (digest ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3));
    (digest >> 11) as i64
}

fn day<'r>(record: &'r Record, link: &Link<'r>) -> Cell<'r> {
    link.day(record).map(str::to_owned).into()
}

/// The day as a year with a fraction of it, roughly, as GDELT gives it: months count 30 days.
fn fraction<'r>(record: &Record, link: &Link) -> Cell<'r> {
    let Some(date) = link.day(record).and_then(|day| day.parse::<jiff::civil::Date>().ok()) else { return Cell::Blank };
    let days = f64::from(i32::from(date.month() - 1) * 30 + i32::from(date.day()));
    Cell::Number(((f64::from(date.year()) + days / 365.0) * 10_000.0).round() / 10_000.0)
}

/// Where it happens: a place, and a country.
fn place<'r>(record: &'r Record, link: &Link<'r>) -> (Cell<'r>, Cell<'r>) {
    let Some(entity) = link.event.location.as_deref().and_then(|id| record.entity(id)) else {
        return (Cell::Blank, Cell::Blank);
    };
    match entity.kind {
        "country" => (Cell::Blank, (&entity.name).into()),
        _ => ((&entity.name).into(), (&entity.country).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_taken_apart() {
        let of = |code: &'static str| {
            let code = Code::of(&Actor { name: "x".into(), code: Some(code), entity: None });
            (code.country, code.sectors.join(","), code.group)
        };
        assert_eq!(of("ARMGOV"), (Some("ARM"), "GOV".to_owned(), None));
        assert_eq!(of("REB"), (None, "REB".to_owned(), None));
        assert_eq!(of("IGONAT"), (None, "IGO".to_owned(), Some("NAT")));
        assert_eq!(of("FRA"), (Some("FRA"), String::new(), None));
    }
}
