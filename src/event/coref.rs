//! One act told twice: headline, lead and body give one event with several evidence sentences.
//!
//! Two tellings are one act when their codes, modality and dates allow it and the parties are the same: the same entities,
//! or a country in one and, in the other, somebody who speaks for its government ("Kenya asks", "its president asked").
//! A telling that leaves a side out joins one that names it, where the other side is somebody known; so do a headline and
//! the paragraph that opens the story, which tell of the same unnamed people in other words.

use rustc_hash::FxHashMap;

use super::{Event, Participant};
use crate::document::{Document, Zone};
use crate::entity::Entities;
use crate::ontology::{ActorCode, EntityKind, Role, Sector};
use crate::span::{EntityId, SentenceId};

/// Joins events that tell the same act. The surest telling stays, at its place, and names the other sentences.
///
/// Two attacks by unnamed gunmen are two attacks.
pub fn merge(events: Vec<Event>, doc: &Document, entities: &Entities) -> Vec<Event> {
    const OPENING: usize = 2;
    let body = doc.sentences.iter().enumerate().filter(|(_, sentence)| sentence.zone == Zone::Body);
    let opening = body.take(OPENING).last().map_or(0, |(index, _)| index);
    let same = Same { doc, entities, opening: SentenceId::from(opening) };
    let mut kept: Vec<Event> = Vec::with_capacity(events.len());
    // A long report tells thousands of events: each is compared with those alone that have its type, code and mood.
    let mut alike: FxHashMap<_, Vec<usize>> = FxHashMap::default();
    for event in events {
        if event.plover.is_none() {
            kept.push(event);
            continue;
        }
        let root = &event.cameo.as_str()[..2];
        let alike = alike.entry((event.plover, root, event.modality, event.negated)).or_default();
        match alike.iter().find(|&&place| same.act(&kept[place], &event)) {
            Some(&place) => join(&mut kept[place], event),
            None => {
                alike.push(kept.len());
                kept.push(event);
            }
        }
    }
    sorted(kept)
}

/// Events in text order, none joined.
pub fn in_order(events: Vec<Event>, _: &Document, _: &Entities) -> Vec<Event> {
    sorted(events)
}

fn sorted(mut events: Vec<Event>) -> Vec<Event> {
    events.sort_by_key(|event| (event.span.start(), event.span.end()));
    events
}

/// How the parties of two tellings stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// The same on both.
    Same,
    /// One telling names nobody.
    Open,
    /// Different, or not known to be the same.
    Other,
}

struct Same<'a> {
    doc: &'a Document,
    entities: &'a Entities,
    /// The last of the sentences that open the story.
    opening: SentenceId,
}

impl Same<'_> {
    fn act(&self, one: &Event, other: &Event) -> bool {
        let agree = |a: &Option<String>, b: &Option<String>| a.is_none() || b.is_none() || a == b;
        let alike = one.sentence != other.sentence
            && one.plover.is_some()
            && one.plover == other.plover
            && one.cameo.as_str()[..2] == other.cameo.as_str()[..2]
            && (one.mode == other.mode || one.mode.is_none() || other.mode.is_none())
            && one.modality == other.modality
            && one.negated == other.negated
            && agree(&one.date, &other.date)
            && (one.location.is_none() || other.location.is_none() || one.location == other.location);
        if !alike {
            return false;
        }
        match (self.side(one, other, Role::Source), self.side(one, other, Role::Target)) {
            (Side::Same, Side::Same) => true,
            // What is left out may be the same only where nothing else differs.
            (Side::Same, Side::Open) => self.is_code_of(one, other) && self.is_known(one, Role::Source),
            (Side::Open, Side::Same) => self.is_code_of(one, other) && self.is_known(one, Role::Target),
            _ => false,
        }
    }

    /// Whether all on a side are known by name: "police" are others in every story.
    fn is_known(&self, event: &Event, role: Role) -> bool {
        let listed = |entity: EntityId| {
            let entity = self.entities.get(entity);
            entity.entry.is_some() || entity.kind == EntityKind::Person
        };
        of(event, role).iter().all(|participant| participant.entity.is_some_and(listed))
    }

    /// Whether one code is the other, or the more general of the two.
    fn is_code_of(&self, one: &Event, other: &Event) -> bool {
        let (one, other) = (one.cameo.as_str(), other.cameo.as_str());
        one.starts_with(other.trim_end_matches('0')) || other.starts_with(one.trim_end_matches('0'))
    }

    fn side(&self, one: &Event, other: &Event, role: Role) -> Side {
        let opening = self.open_the_story(one, other);
        let (one, other) = (of(one, role), of(other, role));
        if one.is_empty() != other.is_empty() {
            return Side::Open;
        }
        let alike = |a: &Participant, b: &Participant| self.party(a, b) || opening && self.wording(a, b);
        let within = |some: &[&Participant], all: &[&Participant]| {
            some.iter().all(|participant| all.iter().any(|other| alike(participant, other)))
        };
        match !one.is_empty() && within(&one, &other) && within(&other, &one) {
            true => Side::Same,
            false => Side::Other,
        }
    }

    /// Whether two participants are one entity, or a country and its government.
    fn party(&self, one: &Participant, other: &Participant) -> bool {
        match (one.entity, other.entity) {
            (Some(a), Some(b)) if a == b => true,
            _ => {
                let governs = |participant: &Participant| {
                    let country =
                        |code: ActorCode| code.as_str().len() == 6 && code.sector() == Some(Sector::Government);
                    participant.code.is_some_and(country)
                };
                let state = |participant: &Participant| participant.entity.is_some_and(|entity| self.is_state(entity));
                governs(one) && governs(other) && one.code == other.code && (state(one) || state(other))
            }
        }
    }

    /// Whether two phrases without a known entity say the same: "gunmen".
    fn wording(&self, one: &Participant, other: &Participant) -> bool {
        let form = |participant: &Participant| self.doc.form(participant.head);
        form(one).eq_ignore_ascii_case(form(other)) && form(one).len() > 2
    }

    fn is_state(&self, entity: EntityId) -> bool {
        self.entities.get(entity).kind == EntityKind::Country
    }

    /// Whether one is told in the headline and the other where the story opens.
    fn open_the_story(&self, one: &Event, other: &Event) -> bool {
        let zone = |event: &Event| self.doc.sentences[event.sentence.index()].zone;
        let opens = |event: &Event| zone(event) == Zone::Body && event.sentence <= self.opening;
        let headline = |event: &Event| zone(event) == Zone::Headline;
        headline(one) && (opens(other) || headline(other)) || headline(other) && opens(one)
    }
}

/// Takes a further telling in. What names both sides is surer than what leaves one out.
fn join(kept: &mut Event, mut event: Event) {
    let (more, as_many) = (sides(&event) > sides(kept), sides(&event) == sides(kept));
    if more || as_many && event.confidence > kept.confidence {
        std::mem::swap(kept, &mut event);
    }
    let mut evidence = std::mem::take(&mut event.evidence);
    evidence.push(event.sentence);
    kept.evidence.extend(evidence);
    kept.evidence.sort_unstable();
    kept.evidence.dedup();
    kept.evidence.retain(|&sentence| sentence != kept.sentence);
    if kept.date.is_none() {
        kept.date = event.date;
        kept.time = event.time;
    }
    kept.location = kept.location.or(event.location);
    kept.attribution = kept.attribution.or(event.attribution);
    if event.cameo.as_str().trim_end_matches('0').starts_with(kept.cameo.as_str().trim_end_matches('0')) {
        (kept.cameo, kept.mode) = (event.cameo, event.mode.or(kept.mode));
    }
    kept.trail.push(format!("told again in sentence {}", event.sentence.0 + 1));
}

fn of(event: &Event, role: Role) -> Vec<&Participant> {
    event.participants.iter().filter(|participant| participant.role == role).collect()
}

/// How many of the two sides somebody stands on.
fn sides(event: &Event) -> usize {
    let filled = |role| event.participants.iter().any(|participant| participant.role == role);
    usize::from(filled(Role::Source)) + usize::from(filled(Role::Target))
}
