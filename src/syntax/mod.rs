//! Words, their classes and their dependencies, after Universal Dependencies.
//!
//! In: a document and the sentences worth reading. Out: a [`Syntax`] that gives every token of those sentences a word
//! class, a fine tag, a head and a relation to it. The tree of a sentence always has exactly one root and no cycle.

mod aside;
mod blob;
pub mod clause;
pub mod conllu;
mod label;
mod lemma;
mod lists;
mod lost;
mod mend;
mod model;
mod net;
pub mod phrase;
#[cfg(test)]
pub(crate) mod sample;
mod tag;
mod tagset;
mod template;
#[cfg(feature = "train")]
pub mod train;
mod transition;
pub mod verb;
mod word;
mod worker;

pub use label::{Deprel, Upos, Xpos};
pub use lemma::lemma;
pub use model::Model;
pub use worker::{LONGEST, Worker};

use crate::document::{Document, Sentence};
use crate::span::{SentenceId, TokenId};

/// What the syntax stage says of one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// Universal word class.
    pub upos: Upos,
    /// Penn Treebank tag: tells `VBN` from `VBD`, `NNP` from `NNPS`.
    pub xpos: Xpos,
    /// The token it depends on; `None` for the root of its sentence and in sentences that were not parsed.
    pub head: Option<TokenId>,
    /// How it depends on its head.
    pub deprel: Deprel,
}

impl Node {
    /// What stands for a token of a sentence that was not read.
    pub const UNREAD: Node = Node { upos: Upos::X, xpos: Xpos::None, head: None, deprel: Deprel::Dep };
}

/// The syntax of a document: one node a token, in text order.
#[derive(Clone, Debug, Default)]
pub struct Syntax {
    nodes: Vec<Node>,
    /// For each token its first dependent, and its head's next one, in text order; [`NONE`] where there is none.
    links: Vec<Links>,
    /// Whether each sentence was parsed.
    parsed: Vec<bool>,
    /// The sentences that were parsed in pieces, in order.
    cut: Vec<SentenceId>,
}

#[derive(Clone, Copy, Debug)]
struct Links {
    first_child: u32,
    next_sibling: u32,
}

const NONE: u32 = u32::MAX;

impl Syntax {
    /// A syntax in which no sentence has been read yet.
    pub fn unread(doc: &Document) -> Self {
        Self {
            nodes: vec![Node::UNREAD; doc.tokens.len()],
            links: vec![Links { first_child: NONE, next_sibling: NONE }; doc.tokens.len()],
            parsed: vec![false; doc.sentences.len()],
            cut: Vec::new(),
        }
    }

    /// Takes in the nodes of a parsed sentence, one a token.
    ///
    /// # Panics
    /// If their number is not that of the sentence's tokens.
    pub fn set(&mut self, id: SentenceId, sentence: &Sentence, nodes: &[Node]) {
        let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
        self.nodes[range].copy_from_slice(nodes);
        for token in sentence.token_ids().rev() {
            if let Some(head) = self.nodes[token.index()].head {
                self.links[token.index()].next_sibling = self.links[head.index()].first_child;
                self.links[head.index()].first_child = token.0;
            }
        }
        self.parsed[id.index()] = true;
    }

    /// Whether the sentence was parsed.
    pub fn is_parsed(&self, sentence: SentenceId) -> bool {
        self.parsed.get(sentence.index()).copied().unwrap_or(false)
    }

    /// Notes that a sentence was too long and was parsed in pieces.
    pub fn mark_cut(&mut self, sentence: SentenceId) {
        self.cut.push(sentence);
    }

    /// Whether the sentence was longer than [`LONGEST`] tokens and was parsed in pieces: what lies across their
    /// borders is not to be trusted.
    pub fn is_cut(&self, sentence: SentenceId) -> bool {
        self.cut.contains(&sentence)
    }

    /// What is known of a token.
    pub fn node(&self, token: TokenId) -> Node {
        self.nodes[token.index()]
    }

    /// The token that `token` depends on.
    pub fn head(&self, token: TokenId) -> Option<TokenId> {
        self.node(token).head
    }

    /// The tokens that depend on `token`, in text order.
    pub fn children(&self, token: TokenId) -> impl Iterator<Item = TokenId> + '_ {
        let known = |id: u32| (id != NONE).then_some(TokenId(id));
        std::iter::successors(known(self.links[token.index()].first_child), move |child| {
            known(self.links[child.index()].next_sibling)
        })
    }

    /// The first token that depends on `token` in this way.
    pub fn child(&self, token: TokenId, deprel: Deprel) -> Option<TokenId> {
        self.children(token).find(|&child| self.node(child).deprel == deprel)
    }
}
