//! Actor phrases: from the head of a slot to a span, an entity and a code.

use super::{Input, Participant};
use crate::entity;
use crate::ontology::Role;
use crate::pattern::{Filler, Tree};
use crate::span::{Span, TokenId};
use crate::syntax::{Deprel, Upos};

/// The participant that a filler stands for.
pub(super) fn participant(input: &Input, role: Role, filler: Filler) -> Participant {
    let Input { doc, syntax, entities, gazetteer, .. } = *input;
    let (span, entity, code) = entity::actor(doc, syntax, entities, filler.head, gazetteer);
    Participant { role, span, head: filler.head, entity, code }
}

/// The noun phrase of a head: with what describes it, without its preposition, relative clauses, appositions, further
/// conjuncts, and without the clause that holds the trigger.
pub(super) fn phrase(tree: &Tree, head: TokenId) -> Span {
    let (mut first, mut last) = (head.0, head.0);
    for child in tree.children(head) {
        use Deprel::*;
        let skipped = matches!(
            tree.rel(child),
            AclRelcl
                | Acl
                | Conj
                | Cc
                | Appos
                | Punct
                | Parataxis
                | Mark
                | Cop
                | Advmod
                | Nsubj
                | Advcl
                | CcPreconj
                | Aux
                | Case
        );
        if !skipped {
            let (from, to) = tree.subtree(child);
            first = first.min(from);
            last = last.max(to);
        }
    }
    while last > head.0 && matches!(tree.node(TokenId(last)).upos, Upos::Punct | Upos::Part) {
        last -= 1;
    }
    tree.doc.span_of(first..last + 1)
}
