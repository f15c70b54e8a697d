//! How sure an event is, from what is known of how it was found.
//!
//! The figures put the ways of finding an event in order, the surest first: both sides in the tree, one side by its
//! place, one side missing; nouns that nothing governs, what is told aside, what is unreal or denied less than the
//! rest. They were set by hand and are not yet calibrated: 0.8 is surer than 0.6, but is not yet eight in ten.

use super::Participant;
use super::draft::Draft;
use crate::ontology::{Modality, Role};

/// The chance that the event is right.
pub(super) fn confidence(draft: &Draft, participants: &[Participant]) -> f32 {
    let filled = |fillers: &[crate::pattern::Filler]| match fillers {
        [] => 0,
        [first, ..] if first.by_position => 1,
        _ => 2,
    };
    let mediated = draft.found.others.iter().any(|(role, _)| *role == Role::Mediator);
    let base: f32 = match (filled(&draft.source), filled(&draft.target)) {
        (0, 0) if mediated => 0.68,
        (2, 2) => 0.86,
        (2, 1) | (1, 2) => 0.74,
        (2, 0) => 0.68,
        (0, 2) => 0.64,
        (1, 1) => 0.60,
        (1, 0) | (0, 1) => 0.50,
        _ => 0.35,
    };
    let mut sure = base + draft.found.trust();
    // Somebody of whom nothing is known may be no actor at all.
    for (role, less) in [(Role::Source, 0.14), (Role::Target, 0.05)] {
        let mut all = participants.iter().filter(|participant| participant.role == role).peekable();
        if all.peek().is_some() && all.all(|participant| participant.code.is_none() && participant.entity.is_none()) {
            sure -= less;
        }
    }
    if draft.found.is_nominal() && !draft.governed {
        sure -= 0.18;
    }
    sure -= 0.02 * f32::from(draft.depth.min(8));
    if draft.aside {
        sure -= 0.1;
    }
    if draft.modality != Modality::Asserted {
        sure -= 0.15;
    }
    if draft.negated {
        sure -= 0.12;
    }
    if draft.act.plover.is_none() {
        sure -= 0.1;
    }
    sure.clamp(0.05, 0.99)
}
