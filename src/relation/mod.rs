//! Standing relations: facts that hold rather than happen, such as who belongs to what and which place lies where.
//!
//! In: the trees and the entities. Out: [`Relation`]s that the text itself states, by patterns (`data/relations/*.toml`,
//! the pattern language of events with a kind for each file), by titles, compounds ("Russian-backed") and by places
//! named one inside the other. What only the gazetteer knows is never given as if the text had said it.

mod extract;
mod real;
mod rules;
mod structure;
mod validity;

pub use extract::extract;
pub use rules::Rules;

use crate::document::Document;
use crate::entity::Entities;
use crate::gazetteer::Gazetteer;
use crate::ontology::RelationKind;
use crate::pattern::{Lookup, Patterns};
use crate::span::{EntityId, SentenceId, Span};
use crate::syntax::Syntax;
use crate::time::TimeExpression;

/// What relations are read from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The text.
    pub doc: &'a Document,
    /// Its trees.
    pub syntax: &'a Syntax,
    /// Its entities.
    pub entities: &'a Entities,
    /// Its time expressions.
    pub times: &'a [TimeExpression],
    /// The gazetteer, for the words that name generic actors.
    pub gazetteer: &'a Gazetteer,
    /// The patterns in force.
    pub patterns: &'a Patterns,
    /// Which of their words the document holds.
    pub lookup: &'a Lookup,
    /// What the pattern files list for the rules.
    pub rules: &'a Rules,
}

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
