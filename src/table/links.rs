//! Who did what to whom as pairs of actors: what graphs and the layouts of event data are made of.

use std::borrow::Cow;

use super::relations::{is_phrase, pairs};
use crate::record::{EntityRecord, EventRecord, ParticipantRecord, Record, one_line};

/// An event between two actors; either may be unknown.
#[derive(Clone, Debug)]
pub struct Link<'r> {
    /// The event.
    pub event: &'r EventRecord,
    /// Its number among the pairs of its event, from 0.
    pub pair: usize,
    /// Who acts.
    pub source: Option<Actor<'r>>,
    /// Whom it concerns.
    pub target: Option<Actor<'r>>,
}

/// An actor of an event.
#[derive(Clone, Debug)]
pub struct Actor<'r> {
    /// The name of the entity, or the words where these stand for no entity as a whole.
    pub name: Cow<'r, str>,
    /// Actor code.
    pub code: Option<&'r str>,
    /// The entity that the words stand for: "Azerbaijani troops" are not Azerbaijan.
    pub entity: Option<&'r EntityRecord>,
}

/// The pairs of all events of a record, in text order.
pub fn links<'r>(record: &'r Record) -> impl Iterator<Item = Link<'r>> {
    record.events.iter().flat_map(move |event| {
        let actor = move |of: Option<&'r ParticipantRecord>| of.map(|of| actor(record, of));
        let pairs = pairs(event).into_iter().enumerate();
        pairs.map(move |(pair, (source, target))| Link { event, pair, source: actor(source), target: actor(target) })
    })
}

fn actor<'r>(record: &'r Record, participant: &'r ParticipantRecord) -> Actor<'r> {
    let entity = participant.entity.as_deref().and_then(|id| record.entity(id));
    let entity = entity.filter(|entity| !is_phrase(participant, entity));
    let name = match entity {
        Some(entity) => Cow::Borrowed(entity.name.as_str()),
        None => Cow::Owned(one_line(&participant.text)),
    };
    Actor { name, code: participant.code.as_deref(), entity }
}

impl Link<'_> {
    /// The day of the event where it is known to the day, else the document's.
    pub fn day<'l>(&'l self, record: &'l Record) -> Option<&'l str> {
        let event = self.event.date.as_deref().filter(|date| is_day(date));
        event.or(record.date.as_deref())
    }
}

/// Whether a TIMEX3 value is a full day.
pub fn is_day(value: &str) -> bool {
    value.len() == 10 && value.parse::<jiff::civil::Date>().is_ok()
}
