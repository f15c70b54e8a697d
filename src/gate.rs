//! The gate before the parser: which sentences can hold a fact at all.
//!
//! Parsing is the dearest stage by far, and half of the sentences of general news name nobody or tell nothing. A
//! sentence passes when it belongs to the story and holds both somebody who can act (a listed name, a generic actor, a
//! pronoun) and something to say of them (a trigger of the patterns, or a figure). What merely holds, such as who belongs
//! to what, takes two names and a word that tells of it.

use crate::document::Document;
use crate::gazetteer::{Gazetteer, Hits};
use crate::mention::lexicon::WordInfo;
use crate::ontology::EntityKind;
use crate::pattern::{Domain, Lookup, Patterns};
use crate::relation::Rules;
use crate::span::{SentenceId, TokenId};

/// How many sentences the gate let through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Sentences of the story.
    pub asked: usize,
    /// Those that passed.
    pub passed: usize,
}

/// Decides sentence by sentence; keeps its buffer from one document to the next.
#[derive(Debug)]
pub struct Gate<'g> {
    patterns: &'g Patterns,
    rules: &'g Rules,
    gazetteer: &'g Gazetteer,
    lower: String,
}

impl<'g> Gate<'g> {
    /// A gate for these patterns and actors.
    pub fn new(patterns: &'g Patterns, rules: &'g Rules, gazetteer: &'g Gazetteer) -> Self {
        Self { patterns, rules, gazetteer, lower: String::new() }
    }

    /// The sentences worth parsing. `has_figure` says whether a sentence holds a number.
    pub fn open(
        &mut self,
        doc: &Document,
        hits: &Hits,
        lookup: &Lookup,
        has_figure: impl Fn(SentenceId) -> bool,
    ) -> Vec<SentenceId> {
        let mut next_hit = 0;
        let mut open = Vec::new();
        for (index, sentence) in doc.sentences.iter().enumerate() {
            let id = SentenceId::from(index);
            let (mut names, mut end) = (0, 0);
            while let Some(hit) = hits.hits.get(next_hit).filter(|hit| hit.tokens.start < sentence.tokens.end) {
                // A name inside another is no second party.
                names += usize::from(hit.tokens.start >= end);
                end = end.max(hit.tokens.end);
                next_hit += 1;
            }
            if sentence.zone.is_story() && self.passes(doc, lookup, id, names, has_figure(id)) {
                open.push(id);
            }
        }
        open
    }

    /// Whether a sentence with so many names holds both an actor and something to say.
    fn passes(&mut self, doc: &Document, lookup: &Lookup, id: SentenceId, names: usize, matter: bool) -> bool {
        let mut tokens = doc.sentences[id.index()].token_ids();
        let event = |token| lookup.is_trigger(self.patterns, token, Domain::Events);
        let matter =
            matter || tokens.clone().any(event) || names > 1 && self.tells_relation(doc, lookup, tokens.clone());
        let nobody = || !shows_names(doc, tokens.clone());
        matter && (names > 0 || nobody() || tokens.any(|token| self.is_actor(doc.form(token))))
    }

    fn tells_relation(&mut self, doc: &Document, lookup: &Lookup, mut tokens: impl Iterator<Item = TokenId>) -> bool {
        tokens.any(|token| {
            let listed = lookup.is_trigger(self.patterns, token, Domain::Relations);
            self.lower(doc.form(token));
            self.rules.is_trigger(&self.lower, listed)
        })
    }

    fn lower(&mut self, form: &str) {
        self.lower.clear();
        self.lower.extend(form.chars().flat_map(char::to_lowercase));
    }

    fn is_actor(&mut self, form: &str) -> bool {
        self.lower(form);
        is_pronoun(&self.lower) || is_listed(&self.lower) || self.gazetteer.agent(&[&self.lower]).is_some()
    }
}

/// Whether a sentence is written so that a name nobody listed would stand out: in small letters with some capitals, not
/// in one case throughout.
fn shows_names(doc: &Document, tokens: impl Iterator<Item = TokenId>) -> bool {
    let mut first = true;
    let (mut capital, mut small) = (false, false);
    for token in tokens {
        let form = doc.form(token);
        let Some(letter) = form.chars().next().filter(|letter| letter.is_alphabetic()) else { continue };
        if first && letter.is_lowercase() {
            return false;
        }
        first = false;
        capital |= letter.is_uppercase();
        small |= form.contains(char::is_lowercase);
    }
    capital && small
}

/// Whether a word is a listed noun for somebody who can act, for what is acted with ("warplanes"), or for a place that
/// stands for its people.
fn is_listed(word: &str) -> bool {
    let info = WordInfo::of(word);
    let thing = |kind| matches!(kind, EntityKind::Place | EntityKind::Facility | EntityKind::Weapon);
    info.is_inhabited() || info.noun().is_some_and(|noun| !thing(noun.kind))
}

/// Pronouns that may stand for an actor.
fn is_pronoun(word: &str) -> bool {
    matches!(word, "he" | "she" | "they" | "him" | "her" | "them" | "his" | "their" | "it" | "its" | "who" | "we")
}
