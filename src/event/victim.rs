//! Named victims: who is killed by name counts as one.

use super::{Event, Participant};
use crate::document::Document;
use crate::entity::Entities;
use crate::figure::Figure;
use crate::lexicon::Lexicon;
use crate::ontology::{EntityKind, FigureKind, MentionForm, Modality, Plover, Qualifier, Role};
use crate::span::EventId;

/// Adds a figure for the named victims of each killing that no figure counts yet, and keeps the text order.
pub(super) fn add(doc: &Document, entities: &Entities, figures: &mut Vec<Figure>, events: &[Event]) {
    let before = figures.len();
    for (index, event) in events.iter().enumerate() {
        let id = EventId::from(index);
        let counted = figures[..before].iter().any(|figure| {
            figure.event == Some(id) && matches!(figure.kind, FigureKind::Killed | FigureKind::Casualties)
        });
        let told = event.plover == Some(Plover::Assault) && event.modality == Modality::Asserted && !event.negated;
        if told && !counted && kills(doc, event) {
            let victims = event.participants.iter().filter(|participant| participant.role == Role::Target);
            let named = victims.filter(|victim| is_one_person(entities, victim));
            figures.extend(named.map(|victim| figure(event, victim, id)));
        }
    }
    if figures.len() > before {
        figures.sort_by_key(|figure| figure.span);
    }
}

/// Whether the event's own words tell a killing.
fn kills(doc: &Document, event: &Event) -> bool {
    let lexicon = Lexicon::builtin();
    doc.slice(event.span).split(|letter: char| !letter.is_alphabetic()).any(|word| {
        let fates = &lexicon.sense(&word.to_lowercase()).fates;
        fates.iter().any(|fate| fate.personal && fate.kind == Some(FigureKind::Killed))
    })
}

fn is_name(form: MentionForm) -> bool {
    matches!(form, MentionForm::Name | MentionForm::Alias)
}

fn figure(event: &Event, victim: &Participant, id: EventId) -> Figure {
    Figure {
        span: victim.span,
        sentence: event.sentence,
        kind: FigureKind::Killed,
        value: 1.0,
        low: Some(1.0),
        high: Some(1.0),
        qualifier: Qualifier::Exact,
        unit: Some("people".into()),
        subject: Some(victim.span),
        head: Some(victim.head),
        trigger: Some(event.trigger),
        part: false,
        update: false,
        rule: "named",
        subject_code: victim.code,
        event: Some(id),
        attribution: None,
    }
}

/// Whether a phrase names one person.
fn is_one_person(entities: &Entities, victim: &Participant) -> bool {
    let Some(entity) = victim.entity else { return false };
    let entity = entities.get(entity);
    let named = entities.within(victim.span).any(|(_, mention)| is_name(mention.form) && !mention.traits.plural);
    entity.kind == EntityKind::Person && named
}
