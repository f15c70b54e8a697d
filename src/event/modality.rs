//! Negation, modal verbs and tense of a verb group, as far as they change whether an act happened.

use crate::pattern::Tree;
use crate::span::TokenId;
use crate::syntax::{Deprel, Upos, Xpos};

/// What the auxiliaries and the negation of a verb say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Group {
    /// "not", "never", "no longer", "no" before the noun.
    pub(super) negated: bool,
    /// How real it is.
    pub(super) mood: Mood,
}

/// How real a verb group is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mood {
    /// It happened or happens.
    #[default]
    Real,
    /// "will", "shall", "is going to", "to meet" in a headline.
    Future,
    /// "would": to come when told, else dependent.
    Would,
    /// "may", "might", "could".
    Possible,
    /// "should", "must", "ought to".
    Due,
}

/// Reads the verb group of a verb, or the determiner of a noun.
pub(super) fn group(tree: &Tree, verb: TokenId) -> Group {
    let mut group = Group::default();
    for child in tree.children(verb) {
        match tree.rel(child) {
            Deprel::Advmod | Deprel::Det | Deprel::CcPreconj if is_negation(tree, child, verb) => group.negated = true,
            Deprel::Aux => {
                group.mood = match mood(tree, child) {
                    Mood::Real => group.mood,
                    mood => mood,
                }
            }
            Deprel::Mark if tree.is(child, "to") && is_headline_future(tree, verb) => group.mood = Mood::Future,
            Deprel::Mark if tree.is(child, "without") => group.negated = true,
            _ => {}
        }
    }
    group
}

fn is_negation(tree: &Tree, token: TokenId, verb: TokenId) -> bool {
    if tree.is_any(token, &["not", "n't", "never", "n’t", "neither", "nor"]) {
        // "not only struck" did strike.
        return !(token.0 + 1 < tree.end && tree.is(TokenId(token.0 + 1), "only"));
    }
    if tree.is(token, "no") {
        return matches!(tree.rel(token), Deprel::Det) && tree.node(verb).upos == Upos::Noun;
    }
    tree.is(token, "longer") && token.0 > tree.start && tree.is(TokenId(token.0 - 1), "no")
}

fn mood(tree: &Tree, aux: TokenId) -> Mood {
    const MOODS: &[(&[&str], Mood)] = &[
        (&["will", "'ll", "’ll", "shall", "wo", "ll"], Mood::Future),
        (&["would", "'d", "’d"], Mood::Would),
        (&["may", "might", "could"], Mood::Possible),
        (&["should", "must", "ought"], Mood::Due),
    ];
    if tree.node(aux).xpos != Xpos::Md {
        return Mood::Real;
    }
    MOODS.iter().find(|(forms, _)| tree.is_any(aux, forms)).map_or(Mood::Real, |(_, mood)| *mood)
}

/// "Iran to resume talks": an infinitive where a sentence's verb should be.
fn is_headline_future(tree: &Tree, verb: TokenId) -> bool {
    matches!(tree.rel(verb), Deprel::Root | Deprel::Ccomp | Deprel::Parataxis)
        && tree.child(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some()
        || (tree.rel(verb) == Deprel::Root && tree.child(verb, &[Deprel::Cop]).is_none())
}

/// Whether a verb says of nobody that they act or are acted on: "no rebels attacked", "killed none of them". A noun that
/// tells the act itself ("carried out no attacks") has its negation beside it.
pub(super) fn concerns_nobody(tree: &Tree, verb: TokenId, trigger: TokenId) -> bool {
    let parties = [tree.surface_subject(verb), tree.child(verb, &[Deprel::Obj])];
    parties.into_iter().flatten().any(|party| party != trigger && is_nobody(tree, party))
}

fn is_nobody(tree: &Tree, noun: TokenId) -> bool {
    let denies = |child: TokenId| match tree.rel(child) {
        Deprel::Det | Deprel::CcPreconj => tree.is_any(child, &["no", "neither"]),
        // "not a single soldier", but "not only soldiers"
        Deprel::Advmod => tree.is(child, "not") && !tree.is(TokenId(child.0 + 1), "only"),
        _ => false,
    };
    tree.is_any(noun, &["nobody", "none", "nothing", "neither"])
        || tree.children(noun).any(|child| child < noun && denies(child))
}

/// Whether the clause is under "if", "unless", "whether".
pub(super) fn is_conditional(tree: &Tree, verb: TokenId) -> bool {
    tree.children(verb)
        .any(|child| tree.rel(child) == Deprel::Mark && tree.is_any(child, &["if", "unless", "whether", "lest"]))
}

/// Whether something is conditional on another clause: "would attack if".
pub(super) fn has_condition(tree: &Tree, verb: TokenId) -> bool {
    tree.children(verb).any(|child| tree.rel(child) == Deprel::Advcl && is_conditional(tree, child))
}
