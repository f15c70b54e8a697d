//! Which events and relations of a record are wanted.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::{EventRecord, Record, RelationRecord};
use crate::error::{Error, Result};
use crate::ontology::{Modality, Plover, RelationKind};

/// What an event or relation must be to be kept. An empty list asks for nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// PLOVER types, relation kinds, or `statement`, see [`Filter::check_type`].
    pub types: Vec<String>,
    /// Actor codes or their beginnings: `ARM` takes in `ARMGOV`.
    pub actors: Vec<String>,
    /// Countries, as an actor's or as the place.
    pub countries: Vec<String>,
    /// Modalities; relations count as asserted.
    pub modalities: Vec<Modality>,
    /// First day of the event, or of the document where the event has none.
    pub since: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// Least confidence.
    pub min_confidence: f64,
}

/// What the actor table calls a bare statement.
pub const STATEMENT: &str = "statement";

impl Filter {
    /// The name of a type as a filter holds it, in whatever case it is given.
    ///
    /// # Errors
    /// If there is no such type.
    pub fn check_type(name: &str) -> Result<String> {
        let lower = name.trim().to_ascii_lowercase();
        let known = lower == STATEMENT
            || RelationKind::from_name(&lower).is_some()
            || Plover::from_name(&lower.to_ascii_uppercase()).is_some();
        if known {
            return Ok(lower);
        }
        let types = Plover::ALL.iter().map(|plover| plover.name().to_ascii_lowercase());
        let kinds = RelationKind::ALL.iter().map(|kind| kind.name().to_owned());
        let all: Vec<String> = types.chain([STATEMENT.to_owned()]).chain(kinds).collect();
        Err(Error::usage(format!("there is no type '{name}'")).with_help(format!("one of {}", all.join(", "))))
    }

    /// Takes out of a record the events and relations that are not wanted. Ids stay as they are.
    pub fn apply(&self, record: &mut Record) {
        if *self == Filter::default() {
            return;
        }
        let mut events = std::mem::take(&mut record.events);
        events.retain(|event| self.wants_event(record, event));
        record.events = events;
        let mut relations = std::mem::take(&mut record.relations);
        relations.retain(|relation| self.wants_relation(record, relation));
        record.relations = relations;
    }

    fn wants_event(&self, record: &Record, event: &EventRecord) -> bool {
        let plover = event.plover.unwrap_or(STATEMENT);
        let codes = || event.participants.iter().filter_map(|participant| participant.code.as_deref());
        let place = event.location.as_deref().and_then(|id| record.entity(id));
        let place = place.and_then(|place| place.country.as_deref());
        event.confidence >= self.min_confidence
            && (self.types.is_empty() || self.types.iter().any(|wanted| wanted.eq_ignore_ascii_case(plover)))
            && (self.modalities.is_empty() || self.modalities.iter().any(|wanted| wanted.name() == event.modality))
            && (self.actors.is_empty() || self.any_actor(codes()))
            && (self.countries.is_empty() || self.any_country(codes().chain(place)))
            && self.in_time(event.date.as_deref().or(record.date.as_deref()))
    }

    fn wants_relation(&self, record: &Record, relation: &RelationRecord) -> bool {
        let ends = [relation.subject.as_str(), relation.object.as_str()];
        let ends = || ends.into_iter().filter_map(|id| record.entity(id));
        let codes = || ends().filter_map(|entity| entity.code.as_deref());
        let countries = || ends().filter_map(|entity| entity.country.as_deref());
        relation.confidence >= self.min_confidence
            && (self.types.is_empty() || self.types.iter().any(|wanted| wanted == relation.kind))
            && (self.modalities.is_empty() || self.modalities.contains(&Modality::Asserted))
            && (self.actors.is_empty() || self.any_actor(codes()))
            && (self.countries.is_empty() || self.any_country(codes().chain(countries())))
            && self.in_time(relation.since.as_deref().or(record.date.as_deref()))
    }

    fn any_actor<'r>(&self, mut codes: impl Iterator<Item = &'r str>) -> bool {
        codes.any(|code| self.actors.iter().any(|wanted| code.starts_with(wanted.as_str())))
    }

    fn any_country<'r>(&self, mut codes: impl Iterator<Item = &'r str>) -> bool {
        codes.any(|code| self.countries.iter().any(|wanted| code.get(..3) == Some(wanted)))
    }

    /// Whether a TIMEX3 value begins in the days asked for. An unknown time is in no period.
    fn in_time(&self, value: Option<&str>) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        let Some(first) = value.and_then(first_day) else { return false };
        self.since.is_none_or(|since| first >= since) && self.until.is_none_or(|until| first <= until)
    }
}

/// The first day that a value such as `2021-05-13TEV`, `2021-W15`, `2020-FA`, `2020-11` or `1994` covers.
fn first_day(value: &str) -> Option<Date> {
    let mut parts = value.split('T').next()?.split('-');
    let number = parts.next()?;
    // A decade is three digits of a year, a century two.
    let year = number.parse::<i16>().ok()? * 10i16.checked_pow(4u32.checked_sub(number.len() as u32)?)?;
    let Some(part) = parts.next() else { return Date::new(year, 1, 1).ok() };
    if let Some(week) = part.strip_prefix('W') {
        return Some(ISOWeekDate::new(year, week.parse().ok()?, Weekday::Monday).ok()?.date());
    }
    let month = match part {
        // The seasons of the weather, as newspapers have them; winter ends in the year after.
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        "WI" => 12,
        "Q1" | "H1" => 1,
        "Q2" => 4,
        "Q3" | "H2" => 7,
        "Q4" => 10,
        month => month.parse().ok()?,
    };
    let day = parts.next().and_then(|day| day.parse().ok()).unwrap_or(1);
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_known_in_any_case() {
        for (given, kept) in [("ASSAULT", "assault"), ("Member_Of", "member_of"), ("statement", "statement")] {
            assert_eq!(Filter::check_type(given).unwrap(), kept);
        }
        assert!(Filter::check_type("war").unwrap_err().is_usage());
    }

    #[test]
    fn a_time_counts_from_its_first_day() {
        let day = |value| first_day(value).map(|date| date.to_string());
        assert_eq!(day("2021-05-13TEV").as_deref(), Some("2021-05-13"));
        assert_eq!(day("1994").as_deref(), Some("1994-01-01"));
        assert_eq!(day("2021-W15").as_deref(), Some("2021-04-12"));
        assert_eq!(day("199").as_deref(), Some("1990-01-01"));
        assert_eq!(day("2023-FA").as_deref(), Some("2023-09-01"));
        assert_eq!(day("XXXX-WXX-5"), None);
        let filter = Filter { since: Some("2020-01-01".parse().unwrap()), ..Filter::default() };
        assert!(filter.in_time(Some("2020-11")) && !filter.in_time(Some("2019")) && !filter.in_time(None));
    }
}
