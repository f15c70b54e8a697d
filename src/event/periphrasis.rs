//! Parties of an attack that is told in a roundabout way: "claimed responsibility for the bombing", "was the target of
//! an attack", "nine people, including a judge, were killed" (or arrested, or freed).

use super::Input;
use super::draft::Draft;
use super::words::is_listed;
use crate::ontology::{EntityKind, Modality, Plover};
use crate::pattern::{Filler, Tree};
use crate::span::TokenId;
use crate::syntax::{Deprel, Upos, Xpos};

/// Completes the parties of an attack, an arrest or a release from the words around it.
pub(super) fn complete(input: &Input, tree: &Tree, draft: &mut Draft) {
    if !matches!(draft.act.plover, Some(Plover::Assault | Plover::Coerce | Plover::Retreat)) {
        return;
    }
    if draft.found.is_nominal() && draft.act.plover == Some(Plover::Assault) {
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
        // "The militia was behind the killing": whoever is said to be behind it.
        let behind = tree.has_case_form(trigger, "behind") && tree.child(trigger, &[Deprel::Cop]).is_some();
        if behind && !draft.source.is_empty() && draft.modality == Modality::Asserted {
            draft.modality = Modality::Alleged;
            draft.trail.push("source is said to be behind it".to_owned());
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
    if !tree.has_case_form(act, "for") || !matches!(tree.rel(act), Deprel::Obl | Deprel::Nmod | Deprel::Advcl) {
        return None;
    }
    let is_claim = |token: TokenId| is_listed(tree, token, "claimed");
    let head = tree.head(act)?;
    let verb = if is_claim(head) { tree.head(head)? } else { head };
    let claims = is_listed(tree, verb, "claim") && tree.children(verb).any(is_claim);
    let denied = tree.children(verb).any(|child| tree.is_any(child, &["not", "n't", "never", "no"]));
    let subject = tree.surface_subject(verb).filter(|_| claims && !denied)?;
    tree.is_nominal(subject).then_some(subject)
}

/// Who is blamed for the act, accused of it, or said to be behind it: "blamed rebels for the murder of a judge".
fn accused(tree: &Tree, act: TokenId) -> Option<TokenId> {
    let mut act = act;
    if tree.rel(act) == Deprel::Conj {
        act = tree.head(act)?;
    }
    let head = tree.head(act)?;
    let marked = |form: &str| tree.has_case_form(act, form);
    let (is_of, is_for) = (marked("of"), marked("for"));
    let blamed = is_for && is_listed(tree, head, "blame")
        || is_of && is_listed(tree, head, "accuse")
        || marked("with") && is_listed(tree, head, "charge")
        || (marked("to") || marked("in")) && is_listed(tree, head, "link");
    let verbal = tree.node(head).upos == Upos::Verb;
    let negated = tree.children(head).any(|child| tree.is_any(child, &["not", "n't", "never"]));
    let found = if blamed && verbal && !negated {
        tree.object(head)
    } else if (is_for || is_of || marked("in")) && is_listed(tree, head, "answerable") && !negated {
        let of_noun = || tree.head(head).filter(|_| matches!(tree.rel(head), Deprel::Amod | Deprel::Acl));
        tree.surface_subject(head).or_else(of_noun)
    } else {
        None
    };
    found.filter(|&found| tree.is_nominal(found) && found != act)
}

/// Of whom it is said that he is the act's target or victim, or came out of it alive.
fn victim(tree: &Tree, act: TokenId) -> Option<TokenId> {
    let mut head = tree.head(act)?;
    if tree.rel(head) == Deprel::Xcomp {
        // "escaped unharmed from"
        head = tree.head(head)?;
    }
    if tree.has_case_form(act, "of") && is_listed(tree, head, "exposed") {
        return tree.child(head, &[Deprel::Cop]).and_then(|_| tree.surface_subject(head));
    }
    let escapes = is_listed(tree, head, "escape") && tree.node(head).upos == Upos::Verb;
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
        let mut kinds = input.kinds(*head);
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

#[cfg(test)]
mod tests {
    use crate::event::testing::told;

    #[test]
    fn who_claims_an_attack_is_its_source() {
        assert_eq!(told("Boko Haram claimed responsibility for the attack."), ["ASSAULT Boko Haram >"]);
        assert_eq!(told("Al-Shabaab took credit for the bombing of a hotel."), ["ASSAULT Al-Shabaab > hotel"]);
        let denied = told("Boko Haram did not claim responsibility for the attack.");
        assert!(denied.iter().all(|event| !event.starts_with("ASSAULT")), "{denied:?}");
    }

    #[test]
    fn who_is_blamed_is_said_to_be_its_source() {
        let charged = told("Four men were charged with the murder of a judge.");
        assert!(charged.contains(&"ASSAULT Four men > judge (alleged)".to_owned()), "{charged:?}");
        let behind = told("The militia was behind the killing of a priest.");
        assert!(behind.iter().any(|event| event.starts_with("ASSAULT militia > priest")), "{behind:?}");
    }

    #[test]
    fn who_comes_out_alive_or_is_named_among_the_hurt_is_its_target() {
        assert_eq!(told("The senator survived an attack."), ["ASSAULT > senator"]);
        assert_eq!(told("The mayor was the target of an attack."), ["ASSAULT > mayor"]);
    }
}
