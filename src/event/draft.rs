//! An event in the making: a match, and what its surroundings make of it.

use super::recode::Act;
use crate::ontology::{Context, Modality};
use crate::pattern::{Filler, Match};
use crate::span::TokenId;

/// An event in the making.
#[derive(Clone, Debug)]
pub(super) struct Draft<'p> {
    /// What the pattern found.
    pub(super) found: Match<'p>,
    pub(super) act: Act,
    pub(super) contexts: Vec<Context>,
    pub(super) modality: Modality,
    pub(super) negated: bool,
    pub(super) source: Vec<Filler>,
    pub(super) target: Vec<Filler>,
    /// The head of the phrase that names who says so.
    pub(super) speaker: Option<TokenId>,
    /// Whether another draft has taken it up.
    pub(super) dropped: bool,
    /// The trigger's first word, for the span: that of an absorbing or light verb.
    pub(super) verb: Option<TokenId>,
    /// How many clauses or phrases lie between the trigger and the sentence's root.
    pub(super) depth: u8,
    /// Whether the governor makes it its own: a light verb, or any operator.
    pub(super) governed: bool,
    /// Whether it is told aside: in a relative, adverbial or reduced clause.
    pub(super) aside: bool,
    pub(super) trail: Vec<String>,
}

impl<'p> Draft<'p> {
    pub(super) fn new(found: Match<'p>) -> Self {
        let codes = &found.codes;
        Self {
            act: Act { plover: codes.plover, cameo: codes.cameo, mode: codes.mode },
            contexts: codes.contexts.clone(),
            modality: Modality::Asserted,
            negated: false,
            source: found.source.clone(),
            target: found.target.clone(),
            speaker: None,
            dropped: false,
            verb: None,
            depth: 0,
            governed: false,
            aside: false,
            trail: vec![format!("pattern {}", found.id())],
            found,
        }
    }

    /// Takes on another act, and says why.
    pub(super) fn become_act(&mut self, act: Option<Act>, why: &str) -> bool {
        let Some(act) = act else { return false };
        if self.act != act {
            self.contexts.extend(act.cameo.contexts().filter(|context| !self.found.codes.contexts.contains(context)));
            self.contexts.dedup();
            let name = act.plover.map_or("statement", |plover| plover.name());
            self.trail.push(format!("{why}: {name} {}", act.cameo));
        }
        self.act = act;
        true
    }
}
