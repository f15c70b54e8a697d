//! Standing relations: facts that hold rather than happen.

use crate::ontology::RelationKind;
use crate::span::{EntityId, SentenceId, Span};

/// A fact that holds: "Armenia is a member of the CSTO".
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// What holds between the two.
    pub kind: RelationKind,
    /// The first: the member, the place that lies in another.
    pub subject: EntityId,
    /// The second.
    pub object: EntityId,
    /// The words that say it.
    pub span: Span,
    /// The sentence that holds them.
    pub sentence: SentenceId,
    /// Whether the text says that it does not hold.
    pub negated: bool,
    /// Since when, as a TIMEX3 value.
    pub since: Option<String>,
    /// Until when, as a TIMEX3 value.
    pub until: Option<String>,
    /// Who says so, where it is not the text itself.
    pub attribution: Option<EntityId>,
    /// The chance that the relation is right, from 0 to 1.
    pub confidence: f32,
    /// The pattern that found it, for `explain`.
    pub rule: String,
}
