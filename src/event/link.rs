//! Joins figures to the events they belong to.

use super::{Event, Participant};
use crate::entity::Entities;
use crate::figure::{Attribution, Figure};
use crate::ontology::{FigureKind, Plover, Role};
use crate::span::EventId;

/// Gives each figure its event, and each event its figures: the event whose participant the figure counts or whose
/// trigger says what befell those counted, else the nearest event of a fitting type in the sentence.
pub fn link_figures(figures: &mut [Figure], events: &mut [Event], entities: &Entities) {
    for (index, figure) in figures.iter_mut().enumerate() {
        let own = events.iter().enumerate().filter(|(_, event)| event.sentence == figure.sentence);
        let best = own.filter_map(|(at, event)| Some((closeness(figure, event)?, at))).min();
        if let Some((_, at)) = best {
            figure.event = Some(EventId::from(at));
            events[at].figures.push(index.into());
            if let Some(entity) = events[at].attribution {
                figure.attribution.get_or_insert(Attribution::Entity(entity));
            }
        }
        if figure.subject_code.is_none() {
            figure.subject_code = figure
                .subject
                .and_then(|subject| entities.within(subject).find_map(|(id, _)| entities.get(entities.of(id)).code));
        }
    }
}

/// How close a figure is to an event, the smaller the closer; none where they have nothing to do with each other.
fn closeness(figure: &Figure, event: &Event) -> Option<usize> {
    if figure.trigger == Some(event.trigger) {
        return Some(0);
    }
    let counts = |participant: &Participant| {
        participant.role != Role::Location
            && (figure.head == Some(participant.head) || participant.span.overlaps(figure.span))
    };
    if event.participants.iter().any(counts) {
        return Some(1);
    }
    let far = figure.span.start().abs_diff(event.span.start());
    fits(figure.kind, event.plover?).then_some(2 + far)
}

/// Whether such a figure is what reports of such an event give.
fn fits(kind: FigureKind, plover: Plover) -> bool {
    use FigureKind::*;
    match kind {
        Killed | Injured | Casualties | Missing => matches!(plover, Plover::Assault | Plover::Protest),
        Abducted => plover == Plover::Assault,
        Detained => matches!(plover, Plover::Coerce | Plover::Sanction | Plover::Retreat),
        Displaced => matches!(plover, Plover::Assault | Plover::Coerce),
        Troops => matches!(plover, Plover::Mobilize | Plover::Retreat | Plover::Assault),
        Crowd => plover == Plover::Protest,
        Money => matches!(plover, Plover::Aid | Plover::Agree | Plover::Cooperate | Plover::Sanction),
        Weapons => matches!(plover, Plover::Aid | Plover::Mobilize | Plover::Coerce),
        People | Percent | Duration | Distance | Area | Count => false,
    }
}
