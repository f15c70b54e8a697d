//! Parties of an attack that is told in a roundabout way: "claimed responsibility for the bombing", "was the target of
//! an attack", "nine people, including a judge, were killed".

use super::Input;
use super::draft::Draft;
use crate::ontology::{EntityKind, Plover};
use crate::pattern::{Filler, Tree};
use crate::span::TokenId;
use crate::syntax::{Deprel, Upos};

/// Completes the parties of an attack from the words around it.
pub(super) fn complete(input: &Input, tree: &Tree, draft: &mut Draft) {
    if draft.act.plover != Some(Plover::Assault) {
        return;
    }
    if draft.found.is_nominal() {
        let trigger = draft.found.trigger;
        if draft.source.is_empty()
            && let Some(claimant) = claimant(tree, trigger)
        {
            draft.source.push(Filler::in_tree(claimant));
            draft.speaker.get_or_insert(claimant);
            draft.trail.push("source claims responsibility".to_owned());
        }
        if draft.target.is_empty()
            && let Some(victim) =
                victim(tree, trigger).filter(|victim| draft.source.iter().all(|doer| doer.head != *victim))
        {
            draft.target.push(Filler::in_tree(victim));
            draft.trail.push("target said to be one".to_owned());
        }
    }
    let included = draft.target.iter().flat_map(|filler| included(input, tree, filler.head)).collect::<Vec<_>>();
    for head in included {
        if draft.target.iter().chain(&draft.source).all(|other| other.head != head) {
            draft.target.push(Filler::in_tree(head));
        }
    }
}

/// Who claims responsibility, or credit, for the act.
fn claimant(tree: &Tree, act: TokenId) -> Option<TokenId> {
    const VERBS: &[&str] = &[
        "claim",
        "claims",
        "claimed",
        "claiming",
        "take",
        "takes",
        "took",
        "taken",
        "taking",
        "accept",
        "accepted",
        "accepting",
        "admit",
        "admitted",
        "admitting",
        "acknowledge",
        "acknowledged",
        "acknowledging",
    ];
    if !tree.has_case_form(act, "for") || !matches!(tree.rel(act), Deprel::Obl | Deprel::Nmod | Deprel::Advcl) {
        return None;
    }
    let is_claim = |token: TokenId| tree.is_any(token, &["responsibility", "credit"]);
    let head = tree.head(act)?;
    let verb = if is_claim(head) { tree.head(head)? } else { head };
    let claims = tree.is_any(verb, VERBS) && tree.children(verb).any(is_claim);
    let denied = tree.children(verb).any(|child| tree.is_any(child, &["not", "n't", "never", "no"]));
    let subject = tree.surface_subject(verb).filter(|_| claims && !denied)?;
    tree.is_nominal(subject).then_some(subject)
}

/// Of whom it is said that he is the act's target or victim, or came out of it alive.
fn victim(tree: &Tree, act: TokenId) -> Option<TokenId> {
    const ESCAPES: &[&str] = &["escape", "escapes", "escaped", "survive", "survives", "survived", "emerge", "emerged"];
    let head = tree.head(act)?;
    if tree.has_case_form(act, "of") && tree.is_any(head, &["target", "victim", "targets", "victims", "object"]) {
        return tree.child(head, &[Deprel::Cop]).and_then(|_| tree.surface_subject(head));
    }
    let escapes = tree.is_any(head, ESCAPES) && tree.node(head).upos == Upos::Verb;
    let from = tree.has_case_form(act, "from") || tree.rel(act) == Deprel::Obj;
    tree.surface_subject(head).filter(|_| escapes && from)
}

/// The people named after "including" as some of those who are hurt.
fn included(input: &Input, tree: &Tree, target: TokenId) -> Vec<TokenId> {
    let among = |child: &TokenId| {
        matches!(tree.rel(*child), Deprel::Nmod | Deprel::Acl | Deprel::Obl | Deprel::Appos)
            && ["including", "among"].iter().any(|form| tree.has_case_form(*child, form))
    };
    let person = |head: &TokenId| {
        let mut around = input.entities.around(*head);
        tree.node(*head).upos == Upos::Propn
            && around.any(|(id, _)| input.entities.get(input.entities.of(id)).kind == EntityKind::Person)
    };
    let groups = tree.children(target).filter(among);
    groups.flat_map(|first| tree.conjuncts(first)).filter(person).collect()
}
