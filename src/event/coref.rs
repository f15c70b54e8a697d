//! One act told twice: headline, lead and body give one event with several evidence sentences.

use rustc_hash::FxHashMap;

use super::Event;
use crate::ontology::Role;
use crate::span::EntityId;

/// Joins events that tell the same act. The surest telling stays, at its place, and names the other sentences.
///
/// Only events whose sources and targets are known entities, the same on both sides, are joined: two attacks by
/// unnamed gunmen are two attacks.
pub fn merge(events: Vec<Event>) -> Vec<Event> {
    let mut kept: Vec<Event> = Vec::with_capacity(events.len());
    // A long report tells thousands of events: each is compared with those alone that have its type and parties.
    let mut alike: FxHashMap<_, Vec<usize>> = FxHashMap::default();
    for event in events {
        let Some(parties) = parties(&event) else {
            kept.push(event);
            continue;
        };
        let alike = alike.entry((event.plover, parties)).or_default();
        match alike.iter().find(|&&place| is_same(&kept[place], &event)) {
            Some(&place) => join(&mut kept[place], event),
            None => {
                alike.push(kept.len());
                kept.push(event);
            }
        }
    }
    in_order(kept)
}

/// Events in text order, none joined.
pub fn in_order(mut events: Vec<Event>) -> Vec<Event> {
    events.sort_by_key(|event| (event.span.start(), event.span.end()));
    events
}

/// Whether two events with the same type and parties are one.
fn is_same(one: &Event, other: &Event) -> bool {
    let agree = |a: &Option<String>, b: &Option<String>| a.is_none() || b.is_none() || a == b;
    one.sentence != other.sentence
        && one.plover.is_some()
        && (one.cameo == other.cameo || one.cameo.as_str()[..2] == other.cameo.as_str()[..2])
        && (one.mode == other.mode || one.mode.is_none() || other.mode.is_none())
        && one.modality == other.modality
        && one.negated == other.negated
        && agree(&one.date, &other.date)
        && (one.location.is_none() || other.location.is_none() || one.location == other.location)
}

/// The entities of both sides, where all are known and there is one on each.
fn parties(event: &Event) -> Option<[Vec<EntityId>; 2]> {
    let side = |role| entities(event, role).filter(|all| !all.is_empty());
    Some([side(Role::Source)?, side(Role::Target)?])
}

/// The entities of a role, sorted; none where a participant is no known entity.
fn entities(event: &Event, role: Role) -> Option<Vec<EntityId>> {
    let of_role = event.participants.iter().filter(|participant| participant.role == role);
    let mut all: Vec<EntityId> = of_role.map(|participant| participant.entity).collect::<Option<_>>()?;
    all.sort_unstable();
    all.dedup();
    Some(all)
}

fn join(kept: &mut Event, mut event: Event) {
    if event.confidence > kept.confidence {
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
    kept.trail.push(format!("told again in sentence {}", event.sentence.0 + 1));
}
