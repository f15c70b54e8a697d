//! Who says so: the subject of the verb of saying around an act, or the phrase after "according to".

use crate::pattern::{Operator, Tree};
use crate::span::TokenId;
use crate::syntax::{Deprel, Upos};

/// Who speaks: the verb's subject, its "by" phrase, or the source it quotes.
pub(super) fn speaker(tree: &Tree, verb: TokenId) -> Option<TokenId> {
    let quotes = tree.is_any(verb, &["quote", "quoted", "quoting", "quotes", "cite", "cited", "citing", "cites"]);
    if let Some(object) = tree.object(verb).filter(|_| quotes) {
        return Some(object);
    }
    tree.subject(verb).filter(|&subject| tree.is_nominal(subject))
}

/// Who is named after "according to", or in a tag after the statement ("…, officials said"), for a clause and all
/// that it is part of.
pub(super) fn around(tree: &Tree, trigger: TokenId) -> Option<TokenId> {
    let mut at = trigger;
    for _ in 0..12 {
        for child in tree.children(at) {
            match tree.rel(child) {
                Deprel::Obl | Deprel::Nmod | Deprel::Advmod | Deprel::Advcl
                    if tree.has_case_form(child, "according") && tree.is_nominal(child) =>
                {
                    return Some(child);
                }
                Deprel::Parataxis if tree.node(child).upos == Upos::Verb && tree.is_operator(child, Operator::Say) => {
                    if let Some(speaker) = speaker(tree, child) {
                        return Some(speaker);
                    }
                }
                _ => {}
            }
        }
        at = tree.head(at)?;
    }
    None
}
