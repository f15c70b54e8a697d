//! Actor phrases: from the head of a slot to a span, an entity and a code.

use super::{Input, Participant};
use crate::entity;
use crate::ontology::Role;
use crate::pattern::Filler;

/// The participant that a filler stands for.
pub(super) fn participant(input: &Input, role: Role, filler: Filler) -> Participant {
    let Input { doc, syntax, entities, gazetteer, .. } = *input;
    let (span, entity, code) = entity::actor(doc, syntax, entities, filler.head, gazetteer);
    Participant { role, span, head: filler.head, entity, code }
}
