//! How sure an event is, from what is known of how it was found.
//!
//! Two steps. The evidence puts the ways of finding an event in order, the surest first: both sides in the tree, one
//! side by its place, one side missing; nouns that nothing governs, what is told aside, what is unreal or denied less
//! than the rest. [`CALIBRATION`] turns that order into chances, as measured; `docs/confidence.md` says on what.

use super::Participant;
use super::draft::Draft;
use crate::ontology::{Modality, Role};

/// What share of events with so much evidence is right, between these points as a straight line. Fitted by isotonic
/// regression, see `docs/confidence.md`.
const CALIBRATION: &[(f32, f32)] = &[
    (0.05, 0.05),
    (0.30, 0.31),
    (0.52, 0.37),
    (0.60, 0.46),
    (0.65, 0.54),
    (0.70, 0.65),
    (0.75, 0.67),
    (0.82, 0.68),
    (0.84, 0.83),
    (0.86, 0.90),
    (0.92, 0.95),
    (0.99, 0.97),
];

/// The chance that the event is right.
pub(super) fn confidence(draft: &Draft, participants: &[Participant]) -> f32 {
    chance(evidence(draft, participants))
}

fn chance(evidence: f32) -> f32 {
    let (first, last) = (CALIBRATION[0], CALIBRATION[CALIBRATION.len() - 1]);
    let within = CALIBRATION.windows(2).find(|pair| evidence <= pair[1].0);
    match within {
        _ if evidence <= first.0 => first.1,
        Some(pair) => {
            let ((from, low), (to, high)) = (pair[0], pair[1]);
            low + (high - low) * (evidence - from) / (to - from)
        }
        None => last.1,
    }
}

/// How much speaks for the event, as a figure that only puts events in order.
fn evidence(draft: &Draft, participants: &[Participant]) -> f32 {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_evidence_is_never_less_sure() {
        let chances: Vec<f32> = (0..=100).map(|hundredth| chance(hundredth as f32 / 100.0)).collect();
        assert!(chances.is_sorted() && chances[0] == 0.05 && chances[100] == 0.97);
        assert!((chance(0.86) - 0.90).abs() < 0.001 && (chance(0.75) - 0.67).abs() < 0.001);
    }
}
