//! Whether a relation that a pattern finds holds, by what governs the words that tell it.

use super::Input;
use crate::ontology::{EntityKind, RelationKind};
use crate::pattern::{Filler, Match, Operator, Tree};
use crate::span::TokenId;
use crate::syntax::{Deprel, Upos};

/// Words that say that something is only to come or imagined.
const UNREAL: &[&str] = &["will", "would", "could", "may", "might", "should", "shall", "can", "'ll", "wo"];

/// Words that leave open whether something is so.
const DOUBT: &[&str] = &["allegedly", "reportedly", "possibly", "perhaps", "purportedly", "supposedly"];

/// How far up the tree is read.
const REACH: usize = 4;

/// Whether the relation is only to come, wished for, possible, doubted or alleged. Who sets out to fight an armed group
/// stands against it already.
pub(super) fn is_unreal(input: &Input, tree: &Tree, found: &Match) -> bool {
    let verbs = std::iter::once(found.trigger).chain(found.light);
    let imagined = |verb: TokenId| {
        tree.children(verb).any(|child| {
            tree.rel(child) == Deprel::Aux && tree.is_any(child, UNREAL)
                || tree.rel(child) == Deprel::Advmod && tree.is_any(child, DOUBT)
                || tree.rel(child) == Deprel::Mark && tree.is_any(child, &["if", "whether", "unless"])
        })
    };
    // What is joined to a verb has its auxiliaries and its governor, where it has none of its own.
    let first = |verb: TokenId| {
        let alone = tree.child(verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Aux]).is_some();
        tree.head(verb).filter(|&first| tree.rel(verb) == Deprel::Conj && !alone && tree.is_verbal(first))
    };
    let verbs: Vec<TokenId> = verbs.flat_map(|verb| std::iter::once(verb).chain(first(verb))).collect();
    if verbs.iter().any(|&verb| imagined(verb)) {
        return true;
    }
    if found.relation() == Some(RelationKind::Opposes) {
        let against_group = is_against_group(input, found);
        if against_group || input.rules.is_against_groups(input.patterns.text(found.sense)) {
            return !against_group;
        }
    }
    // "told the leader of the rebels": what a noun says of a name beside it holds whatever is done to him.
    let told_aside =
        found.is_nominal() && tree.child(found.trigger, &[Deprel::Cop]).is_none() && is_beside(tree, found);
    !told_aside && (verbs.iter().any(|&verb| is_aim(tree, verb)) || is_governed(tree, found.trigger))
}

/// Whether a noun stands beside the name of which it is said: "the leader, Ann".
fn is_beside(tree: &Tree, found: &Match) -> bool {
    let source = found.source.first().map(|filler| filler.head);
    tree.rel(found.trigger) == Deprel::Appos
        || source.is_some_and(|source| tree.head(source) == Some(found.trigger))
        || tree.head(found.trigger).is_some_and(|head| Some(head) == source)
}

/// Whether the object is an armed group.
fn is_against_group(input: &Input, found: &Match) -> bool {
    let group = |filler: &Filler| {
        input.entities.around(filler.head).any(|(id, _)| {
            let entity = input.entities.get(input.entities.of(id));
            entity.kind == EntityKind::ArmedGroup
        })
    };
    found.target.iter().any(group)
}

/// Whether a verb says what is aimed at: "to support the government", "its chances of joining the union".
fn is_aim(tree: &Tree, verb: TokenId) -> bool {
    let marked = |form: &str| tree.has_case_form(verb, form);
    let infinitive = marked("to") && tree.node(verb).upos == Upos::Verb;
    match tree.rel(verb) {
        Deprel::Xcomp | Deprel::Advcl => infinitive,
        Deprel::Acl => infinitive || marked("of") || marked("from"),
        _ => false,
    }
}

/// Whether a word above makes it a charge, a wish, a plan or a thing that is over: "suspected of belonging to".
fn is_governed(tree: &Tree, trigger: TokenId) -> bool {
    use Operator::*;
    const UNSURE: &[Operator] =
        &[Allege, Request, Plan, Fail, Prevent, Consider, Commit, Threaten, Refuse, Deny, End, Cancel, Permit, Fear];
    const RELS: &[Deprel] = &[Deprel::Xcomp, Deprel::Ccomp, Deprel::Advcl, Deprel::Acl, Deprel::Obj, Deprel::Conj];
    let mut at = trigger;
    for _ in 0..REACH {
        let Some(head) = tree.head(at).filter(|_| RELS.contains(&tree.rel(at))) else { return false };
        let rel = tree.rel(at);
        // "warned the rebels, who hold the town": what is told aside stands by itself.
        let clause = matches!(rel, Deprel::Xcomp | Deprel::Ccomp)
            || matches!(rel, Deprel::Advcl | Deprel::Acl)
                && ["of", "with", "to", "from", "for"].iter().any(|form| tree.has_case_form(at, form))
            || rel == Deprel::Obj;
        if clause && tree.operators_at(head).any(|operator| UNSURE.contains(&operator)) {
            return true;
        }
        at = head;
    }
    false
}
