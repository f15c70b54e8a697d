//! One act in two words: whoever is killed "in an Israeli airstrike" or "when police opened fire" was killed by those
//! who struck or fired.

use super::draft::Draft;
use crate::ontology::{Modality, Plover};
use crate::pattern::{Filler, Tree};
use crate::span::TokenId;
use crate::syntax::{Deprel, Upos};

/// Gives what befell somebody without saying by whom the source of the attack it happened in, and drops that attack
/// where it tells nothing more.
pub(super) fn part(tree: &Tree, drafts: &mut [Draft]) {
    let harms: Vec<usize> = (0..drafts.len()).filter(|&index| befalls(tree, &drafts[index])).collect();
    let attacks: Vec<usize> = (0..drafts.len()).filter(|&index| is_attack(&drafts[index])).collect();
    for index in harms {
        let doer_hurt = |other: &Draft| other.source.iter().any(|doer| is_same(tree, doer, &drafts[index].target));
        let fits = |other: &Draft| happens_in(tree, &drafts[index], other) && !doer_hurt(other);
        let Some(&attack) = attacks.iter().find(|&&other| fits(&drafts[other])) else { continue };
        let told = &mut drafts[attack];
        let (source, act, others) = (told.source.clone(), told.act, told.found.others.clone());
        told.dropped |= told.target.is_empty();
        let harm = &mut drafts[index];
        harm.source = source;
        harm.found.others.extend(others);
        harm.trail.push("source of the attack it happened in".to_owned());
        if harm.act.cameo.as_str() == "190" {
            harm.become_act(Some(act), "as the attack it happened in");
        }
    }
}

/// Whether a verb says what befell its subject, not by whom.
fn befalls(tree: &Tree, draft: &Draft) -> bool {
    draft.act.plover == Some(Plover::Assault)
        && !draft.found.is_nominal()
        && draft.source.is_empty()
        && !draft.negated
        && draft.target.first().is_some_and(|target| target.head < draft.found.trigger)
        && tree.node(draft.found.trigger).upos == Upos::Verb
}

fn is_attack(draft: &Draft) -> bool {
    draft.act.plover == Some(Plover::Assault)
        && !draft.dropped
        && !draft.negated
        && draft.modality == Modality::Asserted
        && !draft.found.is_reciprocal()
        && !draft.source.is_empty()
}

/// Whether the tree puts the harm into the attack: "killed in", "killed when", "an attack in which … were killed".
fn happens_in(tree: &Tree, harm: &Draft, attack: &Draft) -> bool {
    let (harm, attack_word) = (harm.found.trigger, attack.found.trigger);
    let is_harm = |verb: TokenId| shares_clause(tree, harm, verb);
    let under = |token: TokenId| tree.head(token).is_some_and(is_harm);
    if attack.found.is_nominal() {
        let within = tree.rel(harm) == Deprel::AclRelcl && tree.head(harm) == Some(attack_word);
        let phrase = |token: TokenId| {
            matches!(tree.rel(token), Deprel::Obl | Deprel::OblAgent | Deprel::Nmod)
                && is_marked(tree, token, &["in", "during", "by", "from", "to", "due"])
                && under(token)
        };
        return within || phrase(attack_word) || tree.noun_before_gerund(attack_word).is_some_and(phrase);
    }
    // "killed when police opened fire to disperse a crowd": the attack may be told below the verb of its clause.
    let below = |verb: &TokenId| {
        let inner = matches!(tree.rel(*verb), Deprel::Xcomp | Deprel::Conj | Deprel::Advcl | Deprel::Obj | Deprel::Acl);
        inner.then(|| tree.head(*verb)).flatten()
    };
    std::iter::successors(Some(attack_word), below).take(4).any(|verb| {
        verb > harm && tree.rel(verb) == Deprel::Advcl && is_marked(tree, verb, &["when", "as", "after"]) && under(verb)
            || verb > harm && opens_with_when(tree, verb) && under(verb)
    })
}

/// Whether what stands with `verb` holds for the harm as well: the verb itself, or one it is co-ordinated with.
fn shares_clause(tree: &Tree, harm: TokenId, verb: TokenId) -> bool {
    let first = |verb: TokenId| match tree.rel(verb) {
        Deprel::Conj => tree.head(verb).filter(|&head| tree.is_verbal(head)).unwrap_or(verb),
        _ => verb,
    };
    verb == harm || first(verb) == first(harm)
}

fn is_marked(tree: &Tree, token: TokenId, forms: &[&str]) -> bool {
    forms.iter().any(|form| tree.has_case_form(token, form))
}

/// Whether an adverb opens the clause: "when the soldiers fired".
fn opens_with_when(tree: &Tree, verb: TokenId) -> bool {
    tree.rel(verb) == Deprel::Advcl
        && tree.children(verb).any(|child| child < verb && tree.rel(child) == Deprel::Advmod && tree.is(child, "when"))
}

/// Whether the one who attacks may be the one who was hurt: a pronoun, or the same noun.
fn is_same(tree: &Tree, doer: &Filler, harmed: &[Filler]) -> bool {
    tree.node(doer.head).upos == Upos::Pron
        || harmed.iter().any(|other| other.head == doer.head || tree.is(other.head, tree.doc.form(doer.head)))
}

#[cfg(test)]
mod tests {
    use crate::event::testing::told;

    #[test]
    fn who_is_killed_in_an_attack_is_killed_by_those_who_made_it() {
        assert_eq!(told("Four nurses were killed in an Israeli airstrike."), ["ASSAULT Israeli > Four nurses"]);
        assert_eq!(told("Two students were killed when police opened fire."), ["ASSAULT police > Two students"]);
    }

    #[test]
    fn whoever_attacks_has_not_hurt_himself() {
        let told = told("A gunman was killed when he attacked a checkpoint.");
        assert!(told.contains(&"ASSAULT > gunman".to_owned()), "{told:?}");
    }
}
