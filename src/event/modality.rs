//! Negation, modal verbs and conditions around a verb, as far as they change whether an act happened.

use crate::pattern::Tree;
use crate::span::TokenId;
use crate::syntax::verb::VerbGroup;
use crate::syntax::{Deprel, clause};

pub(super) use crate::syntax::verb::{Mood, VerbGroup as Group};

/// Reads the verb group of a verb, or the determiner of a noun.
pub(super) fn group(tree: &Tree, verb: TokenId) -> Group {
    VerbGroup::around(tree.doc, tree.syntax, verb)
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
    clause::is_conditional(tree.doc, tree.syntax, verb)
}

/// Whether something is conditional on another clause: "would attack if".
pub(super) fn has_condition(tree: &Tree, verb: TokenId) -> bool {
    clause::has_condition(tree.doc, tree.syntax, verb)
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_nobody_did_is_denied() {
        use crate::event::testing::told;
        assert_eq!(told("No rebels attacked the town."), ["ASSAULT No rebels > town (not)"]);
        assert_eq!(told("The rebels killed none of the hostages."), ["ASSAULT rebels > none of the hostages (not)"]);
        assert_eq!(told("The rebels attacked the town."), ["ASSAULT rebels > town"]);
    }
}
