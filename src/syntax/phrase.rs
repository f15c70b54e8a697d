//! Noun phrases: the words that belong to a noun, a name or a pronoun.

use super::{Deprel, Syntax, Upos};
use crate::document::Document;
use crate::span::{Span, TokenId};

/// What is left out of a noun phrase's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Everything that hangs from the head but the preposition before it and what joins it to the sentence.
    Full,
    /// Also without relative clauses and other clauses, appositions, conjuncts, and what stands in brackets.
    Core,
}

/// A noun phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NounPhrase {
    /// The noun, name or pronoun that the rest belongs to.
    pub head: TokenId,
    /// The first of its tokens.
    pub first: TokenId,
    /// The last of its tokens.
    pub last: TokenId,
}

impl NounPhrase {
    /// The phrase around a head, whatever its word class.
    pub fn around(syntax: &Syntax, head: TokenId, extent: Extent) -> Self {
        let mut phrase = Self { head, first: head, last: head };
        for child in syntax.children(head).filter(|&child| belongs(syntax, child, extent)) {
            phrase.take_in(syntax, child, extent);
        }
        phrase.trim(syntax);
        phrase
    }

    /// Its place in the text.
    pub fn span(&self, doc: &Document) -> Span {
        doc.span_of(self.first.0..self.last.0 + 1)
    }

    /// Takes in all that hangs from a token.
    fn take_in(&mut self, syntax: &Syntax, token: TokenId, extent: Extent) {
        self.first = self.first.min(token);
        self.last = self.last.max(token);
        for child in syntax.children(token) {
            let inner = extent == Extent::Full || !is_clause(syntax.node(child).deprel);
            if inner {
                self.take_in(syntax, child, extent);
            }
        }
    }

    /// Leaves out punctuation at either end, but for marks that have their partner inside.
    fn trim(&mut self, syntax: &Syntax) {
        let loose = |token: TokenId| {
            let node = syntax.node(token);
            node.upos == Upos::Punct || matches!(node.deprel, Deprel::Cc | Deprel::Mark)
        };
        while self.first < self.head && loose(self.first) {
            self.first.0 += 1;
        }
        while self.last > self.head && loose(self.last) {
            self.last.0 -= 1;
        }
    }
}

fn is_clause(deprel: Deprel) -> bool {
    matches!(deprel, Deprel::Acl | Deprel::AclRelcl | Deprel::Advcl | Deprel::AdvclRelcl | Deprel::Parataxis)
}

/// Whether a dependent of the head is part of the phrase.
fn belongs(syntax: &Syntax, child: TokenId, extent: Extent) -> bool {
    let deprel = syntax.node(child).deprel;
    let joins = matches!(
        deprel,
        Deprel::Case
            | Deprel::Cc
            | Deprel::Cop
            | Deprel::Aux
            | Deprel::Mark
            | Deprel::Nsubj
            | Deprel::NsubjOuter
            | Deprel::Csubj
            | Deprel::Expl
            | Deprel::Discourse
            | Deprel::Vocative
            | Deprel::Advcl
            | Deprel::Parataxis
            | Deprel::Dislocated
    );
    // The possessive ending belongs to the name before it.
    let ending = deprel == Deprel::Case && syntax.node(child).xpos == super::Xpos::Pos;
    if joins {
        return ending && extent == Extent::Full;
    }
    let extra = is_clause(deprel) || matches!(deprel, Deprel::Appos | Deprel::Conj | Deprel::Punct | Deprel::List);
    extent == Extent::Full || !extra
}

/// Whether a token can head a noun phrase.
pub fn is_nominal(syntax: &Syntax, token: TokenId) -> bool {
    matches!(syntax.node(token).upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
        || syntax.node(token).upos == Upos::Adj && syntax.child(token, Deprel::Det).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::sample::{find, tree};

    const PHRASE: &str = "
        Talks NOUN NNS 2 nsubj
        covered VERB VBD 0 root
        the DET DT 5 det
        two NUM CD 5 nummod
        brigades NOUN NNS 2 obj
        of ADP IN 8 case
        the DET DT 8 det
        army NOUN NN 5 nmod
        , PUNCT , 12 punct
        which PRON WDT 12 nsubj
        had AUX VBD 12 aux
        left VERB VBN 5 acl:relcl
        , PUNCT , 12 punct
        and CCONJ CC 16 cc
        their PRON PRP$ 16 nmod:poss
        bases NOUN NNS 5 conj
        . PUNCT . 2 punct";

    #[test]
    fn a_phrase_is_read_in_full_or_without_its_clauses() {
        let (doc, syntax) = tree(PHRASE);
        let text = |extent| {
            let phrase = NounPhrase::around(&syntax, find(&doc, "brigades"), extent);
            doc.slice(phrase.span(&doc)).to_owned()
        };
        assert_eq!(text(Extent::Core), "the two brigades of the army");
        assert_eq!(text(Extent::Full), "the two brigades of the army , which had left , and their bases");
    }

    #[test]
    fn prepositions_stay_outside() {
        let (doc, syntax) = tree(PHRASE);
        let phrase = NounPhrase::around(&syntax, find(&doc, "army"), Extent::Core);
        assert_eq!(doc.slice(phrase.span(&doc)), "the army");
        assert!(is_nominal(&syntax, find(&doc, "army")) && !is_nominal(&syntax, find(&doc, "left")));
    }
}
