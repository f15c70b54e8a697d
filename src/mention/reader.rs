//! What the rules of this layer share: the document's words, its listed names, and the mentions found so far.

use std::ops::Range;

use super::word::{self, Case, Shape, Word};
use super::{Mention, Traits};
use crate::document::Document;
use crate::gazetteer::{Candidate, Gazetteer, Hits};
use crate::ontology::{Country, EntityKind, MentionForm, Sector};
use crate::span::{SentenceId, TokenId};
use crate::syntax::{Deprel, Node, Syntax, Upos};

/// A name as it stands, listed or not, before titles and descriptions are built around it.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub tokens: Range<u32>,
    /// Index of the listed name it is, if it is one.
    pub hit: Option<u32>,
    /// What its own words make it: "… Party" an organisation.
    pub kind: Option<EntityKind>,
    pub sector: Option<Sector>,
    pub rule: &'static str,
}

/// Reads one document, sentence by sentence.
pub(super) struct Reader<'a> {
    pub doc: &'a Document,
    pub syntax: &'a Syntax,
    pub hits: &'a Hits,
    pub gazetteer: &'a Gazetteer,
    pub words: Vec<Word>,
    /// The sentence being read, its case, and whether it has a tree.
    pub sentence: SentenceId,
    pub case: Case,
    pub parsed: bool,
    /// For each token one more than the index of the hit that covers it, or 0.
    pub hit_at: Vec<u32>,
    /// For each token one more than the index of the segment that covers it, or 0.
    pub segment_at: Vec<u32>,
    pub segments: Vec<Segment>,
    /// Segments that a title or a description has taken into a mention of the same thing.
    pub taken: Vec<bool>,
    /// Tokens that head or belong to a mention of more than a bare name.
    pub used: Vec<bool>,
    pub out: Vec<Mention>,
}

impl<'a> Reader<'a> {
    pub fn new(doc: &'a Document, syntax: &'a Syntax, hits: &'a Hits, gazetteer: &'a Gazetteer) -> Self {
        let count = doc.tokens.len();
        let mut hit_at = vec![0; count];
        for (index, hit) in hits.hits.iter().enumerate() {
            hit_at[hit.tokens.start as usize..hit.tokens.end as usize].fill(index as u32 + 1);
        }
        Self {
            doc,
            syntax,
            hits,
            gazetteer,
            words: word::words(doc),
            sentence: SentenceId(0),
            case: Case::Telling,
            parsed: false,
            hit_at,
            segment_at: vec![0; count],
            segments: Vec::new(),
            taken: Vec::new(),
            used: vec![false; count],
            out: Vec::new(),
        }
    }

    /// Moves on to a sentence.
    pub fn enter(&mut self, sentence: SentenceId) {
        self.sentence = sentence;
        self.case = word::case(&self.words, &self.doc.sentences[sentence.index()]);
        self.parsed = self.syntax.is_parsed(sentence);
    }

    /// The tokens of the sentence being read.
    pub fn range(&self) -> Range<u32> {
        self.doc.sentences[self.sentence.index()].tokens.clone()
    }

    pub fn word(&self, token: u32) -> Word {
        self.words[token as usize]
    }

    pub fn shape(&self, token: u32) -> Shape {
        self.words[token as usize].shape
    }

    pub fn form(&self, token: u32) -> &'a str {
        self.doc.form(TokenId(token))
    }

    /// Whether the token is this word, in any case of ASCII letters.
    pub fn is(&self, token: u32, word: &str) -> bool {
        self.form(token).eq_ignore_ascii_case(word)
    }

    pub fn node(&self, token: u32) -> Node {
        self.syntax.node(TokenId(token))
    }

    pub fn upos(&self, token: u32) -> Upos {
        self.node(token).upos
    }

    /// A hyphen or dash with no space on either side.
    pub fn is_joint(&self, token: u32) -> bool {
        let next = self.doc.tokens.get(token as usize + 1);
        self.shape(token) == Shape::Hyphen
            && !self.doc.tokens[token as usize].spaced
            && next.is_some_and(|next| !next.spaced)
    }

    /// The segment that covers a token.
    pub fn segment(&self, token: u32) -> Option<(usize, &Segment)> {
        let index = *self.segment_at.get(token as usize)? as usize;
        (index > 0).then(|| (index - 1, &self.segments[index - 1]))
    }

    /// What the listed name of a segment may stand for.
    pub fn candidates(&self, segment: &Segment) -> &'a [Candidate] {
        segment.hit.map_or(&[], |hit| self.hits.of(&self.hits.hits[hit as usize]))
    }

    /// The likeliest bearer of a segment's listed name.
    pub fn best(&self, segment: &Segment) -> Option<Candidate> {
        self.candidates(segment).first().copied()
    }

    /// The kind of the likeliest bearer, or what the segment's own words say.
    pub fn kind(&self, segment: &Segment) -> Option<EntityKind> {
        segment.kind.or_else(|| self.best(segment).map(|best| self.gazetteer.kind(best.entry)))
    }

    /// The country that a segment names or whose adjective it is.
    pub fn country(&self, segment: &Segment) -> Option<Country> {
        let best = self.best(segment)?;
        self.gazetteer.entry(best.entry).country
    }

    pub fn form_of(&self, segment: &Segment) -> Option<MentionForm> {
        self.best(segment).map(|best| best.form)
    }

    pub fn is_demonym(&self, segment: &Segment) -> bool {
        self.form_of(segment) == Some(MentionForm::Demonym)
    }

    /// The token that heads a range: the one whose governor lies outside it, else the last.
    pub fn head(&self, tokens: &Range<u32>) -> TokenId {
        let inside = |head: Option<TokenId>| head.is_some_and(|head| tokens.contains(&head.0));
        let root = |token: &u32| {
            let node = self.node(*token);
            !inside(node.head) && node.deprel != Deprel::Punct && node.deprel != Deprel::Case
        };
        let found = if self.parsed { tokens.clone().find(root) } else { None };
        TokenId(found.unwrap_or(tokens.end - 1))
    }

    /// Adds a mention.
    pub fn push(&mut self, tokens: Range<u32>, form: MentionForm, traits: Traits, rule: &'static str) -> &mut Mention {
        let (span, head, sentence) = (self.doc.span_of(tokens.clone()), self.head(&tokens), self.sentence);
        self.out.push(Mention { span, tokens, head, sentence, form, traits, candidates: Vec::new(), rule });
        self.out.last_mut().expect("a mention was just added")
    }
}
