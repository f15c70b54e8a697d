//! Parties of an attack that is told in a roundabout way: "claimed responsibility for the bombing", "was the target of
//! an attack", "nine people, including a judge, were killed".

use super::Input;
use super::draft::Draft;
use crate::ontology::{EntityKind, Modality, Plover};
use crate::pattern::{Filler, Tree};
use crate::span::TokenId;
use crate::syntax::{Deprel, Upos, Xpos};

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
        if draft.source.is_empty()
            && let Some(accused) = accused(tree, trigger)
        {
            draft.source.push(Filler::in_tree(accused));
            draft.modality = if draft.modality == Modality::Asserted { Modality::Alleged } else { draft.modality };
            draft.trail.push("source is said to be to blame".to_owned());
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

/// Who is blamed for the act, accused of it, or said to be behind it: "blamed rebels for the murder of a judge".
fn accused(tree: &Tree, act: TokenId) -> Option<TokenId> {
    const BLAMES: &[&str] = &["blame", "blames", "blamed", "blaming"];
    const ACCUSES: &[&str] = &["accuse", "accuses", "accused", "accusing", "suspect", "suspects", "suspected"];
    const CHARGES: &[&str] = &["charge", "charges", "charged", "charging"];
    const LINKS: &[&str] = &["link", "links", "linked", "linking", "implicate", "implicated", "tie", "tied"];
    const STATES: &[&str] = &["responsible", "guilty", "behind", "involved", "implicated"];
    let mut act = act;
    if tree.rel(act) == Deprel::Conj {
        act = tree.head(act)?;
    }
    let head = tree.head(act)?;
    let marked = |form: &str| tree.has_case_form(act, form);
    let (is_of, is_for) = (marked("of"), marked("for"));
    let blamed = is_for && tree.is_any(head, BLAMES)
        || is_of && tree.is_any(head, ACCUSES)
        || marked("with") && tree.is_any(head, CHARGES)
        || (marked("to") || marked("in")) && tree.is_any(head, LINKS);
    let verbal = tree.node(head).upos == Upos::Verb;
    let negated = tree.children(head).any(|child| tree.is_any(child, &["not", "n't", "never"]));
    let found = if blamed && verbal && !negated {
        tree.object(head)
    } else if (is_for || is_of || marked("in")) && tree.is_any(head, STATES) && !negated {
        let of_noun = || tree.head(head).filter(|_| matches!(tree.rel(head), Deprel::Amod | Deprel::Acl));
        tree.surface_subject(head).or_else(of_noun)
    } else {
        None
    };
    found.filter(|&found| tree.is_nominal(found) && found != act)
}

/// Of whom it is said that he is the act's target or victim, or came out of it alive.
fn victim(tree: &Tree, act: TokenId) -> Option<TokenId> {
    const ESCAPES: &[&str] = &["escape", "escapes", "escaped", "survive", "survives", "survived", "emerge", "emerged"];
    let mut head = tree.head(act)?;
    if tree.rel(head) == Deprel::Xcomp {
        // "escaped unharmed from"
        head = tree.head(head)?;
    }
    if tree.has_case_form(act, "of") && tree.is_any(head, &["target", "victim", "targets", "victims", "object"]) {
        return tree.child(head, &[Deprel::Cop]).and_then(|_| tree.surface_subject(head));
    }
    let escapes = tree.is_any(head, ESCAPES) && tree.node(head).upos == Upos::Verb;
    let from = tree.has_case_form(act, "from") || tree.rel(act) == Deprel::Obj;
    tree.surface_subject(head).filter(|_| escapes && from)
}

/// The people named after "including" as some of those who are hurt, or beside them as all: "two reporters, Ana Ruiz and
/// Luis Gil".
fn included(input: &Input, tree: &Tree, target: TokenId) -> Vec<TokenId> {
    let among = |child: &TokenId| {
        matches!(tree.rel(*child), Deprel::Nmod | Deprel::Acl | Deprel::Obl | Deprel::Appos)
            && ["including", "among"].iter().any(|form| tree.has_case_form(*child, form))
    };
    let person = |head: &TokenId| {
        let named = |token: TokenId| tree.node(token).upos == Upos::Propn;
        let full = || tree.children(*head).any(|child| tree.rel(child) == Deprel::Flat && named(child));
        let mut kinds = input.entities.around(*head).map(|(id, _)| input.entities.get(input.entities.of(id)).kind);
        match kinds.next() {
            Some(kind) => {
                (kind == EntityKind::Person || kinds.any(|kind| kind == EntityKind::Person)) && (named(*head) || full())
            }
            // A name nobody lists, first and last.
            None => named(*head) && full(),
        }
    };
    let several = tree.node(target).xpos == Xpos::Nns;
    let beside = |child: &TokenId| several && *child > target && tree.rel(*child) == Deprel::Appos;
    let groups = tree.children(target).filter(|child| among(child) || beside(child));
    groups.flat_map(|first| tree.conjuncts(first)).filter(person).collect()
}
