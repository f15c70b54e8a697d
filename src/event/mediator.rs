//! Mediators: who brings a deal or talks about stands between the parties and is none of them.

use super::draft::Draft;
use crate::ontology::{Plover, Role};
use crate::pattern::{Filler, Operator, Tree};
use crate::span::TokenId;
use crate::syntax::Deprel;

/// Gives the deals and talks of a sentence their mediators. The act of mediating is no event of its own where it only
/// describes the deal: "the truce brokered by Egypt", "a Russia-brokered deal".
pub(super) fn part(tree: &Tree, drafts: &mut [Draft]) {
    let mut told = Vec::new();
    for draft in drafts.iter_mut().filter(|draft| draft.found.is_nominal() && has_parties(draft)) {
        let noun = draft.found.trigger;
        let verb = tree.children(noun).find(|&child| mediates(tree, child)).or_else(|| {
            let governor = tree.head(noun).filter(|_| matches!(tree.rel(noun), Deprel::Obj | Deprel::NsubjPass));
            governor.filter(|&verb| mediates(tree, verb))
        });
        let Some(verb) = verb else { continue };
        if tree.head(verb) == Some(noun) {
            told.push(verb);
        }
        let Some(mediator) = before_hyphen(tree, verb).or_else(|| tree.subject(verb)) else { continue };
        for head in tree.conjuncts(mediator) {
            draft.source.retain(|filler| filler.head != head);
            draft.target.retain(|filler| filler.head != head);
            draft.found.others.push((Role::Mediator, Filler::in_tree(head)));
        }
    }
    for draft in drafts.iter_mut().filter(|draft| told.contains(&draft.found.trigger)) {
        draft.dropped = true;
    }
}

/// Whether the event is one that others can bring about between its parties.
fn has_parties(draft: &Draft) -> bool {
    matches!(
        draft.act.plover,
        Some(Plover::Agree | Plover::Consult | Plover::Cooperate | Plover::Retreat | Plover::Concede | Plover::Support)
    )
}

fn mediates(tree: &Tree, token: TokenId) -> bool {
    tree.is_operator(token, Operator::Mediate)
        || matches!(tree.rel(token), Deprel::Amod | Deprel::Compound | Deprel::Acl)
            && before_hyphen(tree, token).is_some()
            && tree.is_any(token, &["brokered", "mediated", "facilitated", "sponsored"])
}

/// The name before a participle: Russia in "Russia-brokered".
fn before_hyphen(tree: &Tree, participle: TokenId) -> Option<TokenId> {
    let hyphen = participle.0.checked_sub(1).filter(|&at| at > tree.start).map(TokenId)?;
    tree.is(hyphen, "-").then(|| TokenId(hyphen.0 - 1))
}
