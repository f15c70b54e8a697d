//! Actor phrases: from the head of a slot to a span, an entity and a code.

use super::{Input, Participant};
use crate::ontology::Role;
use crate::pattern::{Filler, Tree};
use crate::span::{Span, TokenId};
use crate::syntax::{Deprel, Upos};

/// The participant that a filler stands for.
pub(super) fn participant(input: &Input, tree: &Tree, role: Role, filler: Filler) -> Participant {
    let (span, entity, code) = (phrase(tree, filler.head), None, None);
    let _ = input;
    Participant { role, span, head: filler.head, entity, code }
}

/// The noun phrase of a head: with what describes it, without relative clauses, appositions and further conjuncts.
pub(super) fn phrase(tree: &Tree, head: TokenId) -> Span {
    let (first, last) = tree.phrase(head);
    let (mut first, mut last) = (first.min(head.0), last.max(head.0));
    let skip = |at: u32| {
        let node = tree.node(TokenId(at));
        matches!(node.upos, Upos::Punct) || (node.deprel == Deprel::Case && tree.head(TokenId(at)) == Some(head))
    };
    while first < head.0 && skip(first) {
        first += 1;
    }
    while last > head.0 && (skip(last) || tree.node(TokenId(last)).upos == Upos::Part) {
        last -= 1;
    }
    tree.doc.span_of(first..last + 1)
}
