//! Events: who did what to whom, where and when, said by whom, and whether it happened.
//!
//! In: the trees and what the earlier stages found. Out: [`Event`]s. Patterns say what a trigger means; this module
//! says what its surroundings make of it: negation, tense and mood, requests, refusals, threats and promises, ends of
//! what was under way, accusations, and who tells it.

mod acted_on;
mod attribution;
mod confidence;
mod context;
mod coref;
mod doer;
mod draft;
mod extract;
mod link;
mod means;
mod mediator;
mod modality;
mod nobody;
mod participant;
mod periphrasis;
mod place;
mod position;
mod recode;
mod share;
#[cfg(test)]
mod testing;
mod victim;
mod when;
mod whose;
mod words;

pub use coref::{in_order, merge};
pub use extract::extract;
pub use link::{Facts, link_figures};

use crate::document::Document;
use crate::entity::Entities;
use crate::figure::Figure;
use crate::gazetteer::Gazetteer;
use crate::ontology::{ActorCode, Cameo, Context, EntityKind, Modality, Mode, Plover, Role};
use crate::pattern::{Lookup, Patterns};
use crate::span::{EntityId, FigureId, SentenceId, Span, TimeId, TokenId};
use crate::syntax::Syntax;
use crate::time::TimeExpression;

/// What becomes of the tellings of a document: [`merge`] or [`in_order`].
pub type Tellings = fn(Vec<Event>, &Document, &Entities) -> Vec<Event>;

/// What events are read from.
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
    /// Its figures.
    pub figures: &'a [Figure],
    /// The patterns in force.
    pub patterns: &'a Patterns,
    /// Which of their words the document holds.
    pub lookup: &'a Lookup,
    /// Whose names they are.
    pub gazetteer: &'a Gazetteer,
}

impl Input<'_> {
    /// The kinds of what the mentions around a word stand for, the longest mention first.
    fn kinds(&self, token: TokenId) -> impl Iterator<Item = EntityKind> + '_ {
        self.entities.around(token).map(|(id, _)| self.entities.get(self.entities.of(id)).kind)
    }
}

/// Something that happens, happened or is said to.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The words that tell it: "asked", "carried out".
    pub span: Span,
    /// The trigger's head.
    pub trigger: TokenId,
    /// The sentence that holds the trigger.
    pub sentence: SentenceId,
    /// Its type; `None` for a bare statement.
    pub plover: Option<Plover>,
    /// Its mode.
    pub mode: Option<Mode>,
    /// What it is about.
    pub contexts: Vec<Context>,
    /// The most specific code the wording supports.
    pub cameo: Cameo,
    /// Who takes part.
    pub participants: Vec<Participant>,
    /// The time expression that dates it.
    pub time: Option<TimeId>,
    /// Its date as a TIMEX3 value, resolved; from its own clause, else unknown.
    pub date: Option<String>,
    /// Where it happened.
    pub location: Option<EntityId>,
    /// Whether the text says that it happened.
    pub modality: Modality,
    /// Whether the text says that it did not.
    pub negated: bool,
    /// Who says so, where it is not the text itself.
    pub attribution: Option<EntityId>,
    /// The figures that belong to it.
    pub figures: Vec<FigureId>,
    /// The chance that the event is right, from 0 to 1.
    pub confidence: f32,
    /// Other sentences that tell the same event.
    pub evidence: Vec<SentenceId>,
    /// The pattern that found it, and each step that changed its code, for `explain`.
    pub trail: Vec<String>,
}

/// An actor phrase with its part in the event.
#[derive(Clone, Debug, PartialEq)]
pub struct Participant {
    /// The part it plays.
    pub role: Role,
    /// The whole phrase: "Armenia's prime minister", "protesters".
    pub span: Span,
    /// The token that heads it.
    pub head: TokenId,
    /// The entity, where the phrase refers to one.
    pub entity: Option<EntityId>,
    /// Its actor code, where known.
    pub code: Option<ActorCode>,
}
