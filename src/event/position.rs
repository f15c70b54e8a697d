//! Participants by their place: where the tree gives nobody, the nearest phrase on the side where English puts them.

use super::Input;
use super::draft::Draft;
use crate::ontology::{EntityKind, Plover};
use crate::pattern::{Filler, Tree};
use crate::span::TokenId;
use crate::syntax::{Deprel, Upos};

/// Fills an empty source or target of a verb from the words around it.
pub(super) fn complete(input: &Input, tree: &Tree, draft: &mut Draft) {
    if draft.found.is_nominal() && !(draft.governed && draft.verb.is_some()) {
        return;
    }
    let anchor = draft.verb.unwrap_or(draft.found.trigger);
    let passive = tree.is_passive(anchor);
    let used = |draft: &Draft, head: TokenId| {
        draft.source.iter().chain(&draft.target).any(|filler| filler.head == head) || head == draft.found.trigger
    };
    // "Two men died in Kashmir": whom the verb befell is its subject, and nobody does it.
    let befallen = tree
        .surface_subject(anchor)
        .is_some_and(|subject| draft.found.target.iter().any(|filler| filler.head == subject));
    if draft.source.is_empty() && !passive && !befallen {
        let left = (tree.start..anchor.0)
            .rev()
            .map(TokenId)
            .find(|&token| is_actor(tree, token) && is_subject_like(tree, token) || is_group(tree, token));
        if let Some(head) = left.filter(|&head| !used(draft, head)) {
            draft.source.push(Filler { head, by_position: true });
        }
    }
    // Who meet are all there when several do.
    let complete = draft.found.is_reciprocal() && draft.source.len() > 1;
    if draft.target.is_empty() && !complete && !passive && draft.act.plover.is_some() {
        let right = (draft.found.trigger.0 + 1..tree.end.min(draft.found.trigger.0 + 12))
            .map(TokenId)
            .take_while(|&token| !is_break(tree, token))
            .find(|&token| is_actor(tree, token) && !is_where(input, tree, draft, token));
        if let Some(head) = right.filter(|&head| !used(draft, head)) {
            draft.target.push(Filler { head, by_position: true });
        }
    }
}

/// Whether what follows belongs to another clause: "resigned after the prosecutor …".
fn is_break(tree: &Tree, token: TokenId) -> bool {
    tree.is_any(token, &[";", ".", "said", "\"", "”"])
        || matches!(tree.rel(token), Deprel::Mark | Deprel::Case)
            && tree.is_any(
                token,
                &["after", "before", "when", "while", "because", "since", "amid", "following", "during", "despite"],
            )
}

/// Whether a phrase says where: "in Doha". A country so named may still be the one acted on, but for "an attack in Mali".
fn is_where(input: &Input, tree: &Tree, draft: &Draft, token: TokenId) -> bool {
    let within = ["in", "at", "near"].iter().any(|form| tree.has_case_form(token, form));
    let attack = draft.found.is_nominal() && draft.act.plover == Some(Plover::Assault);
    let is_place =
        |kind| matches!(kind, EntityKind::Place | EntityKind::Facility) || attack && kind == EntityKind::Country;
    within && input.kinds(token).any(is_place)
}

/// A proper name that heads its phrase.
fn is_actor(tree: &Tree, token: TokenId) -> bool {
    tree.node(token).upos == Upos::Propn
        && !matches!(
            tree.rel(token),
            Deprel::Flat
                | Deprel::Compound
                | Deprel::OblUnmarked
                | Deprel::NmodUnmarked
                | Deprel::Appos
                | Deprel::NmodDesc
        )
}

/// A common noun that is the subject of another verb: "the cabinet said on Monday it would …".
fn is_group(tree: &Tree, token: TokenId) -> bool {
    tree.node(token).upos == Upos::Noun && tree.rel(token) == Deprel::Nsubj
}

/// Whether a name stands where a subject may: not in a phrase that says where or whose, nor beside a name that does
/// ("snipers in Latakia, Syria").
fn is_subject_like(tree: &Tree, token: TokenId) -> bool {
    let beside = |&token: &TokenId| {
        let joined = matches!(tree.rel(token), Deprel::Appos | Deprel::Flat | Deprel::Compound | Deprel::Conj);
        tree.head(token).filter(|_| joined)
    };
    let first = std::iter::successors(Some(token), beside).take(6).last().unwrap_or(token);
    !matches!(tree.rel(first), Deprel::Obl | Deprel::Nmod | Deprel::Obj | Deprel::OblAgent)
}
