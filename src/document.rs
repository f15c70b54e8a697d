//! A document: the text as read, which nothing ever alters, and its sentences and tokens.

use std::ops::Range;

use jiff::civil::Date;

use crate::span::{SentenceId, Span, TokenId};

/// A document as it was read, before any analysis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// Names the document in every table; unique within a run as far as the input allows.
    pub id: String,
    /// The text, exactly as read.
    pub text: String,
    /// The headline, where the input gives it apart from the text.
    pub title: Option<String>,
    /// The day of publication, against which "Friday" and "last fall" are resolved.
    pub date: Option<Date>,
    /// The publisher.
    pub source: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// ISO 639-1 code of the language, where known.
    pub language: Option<String>,
    /// The id of an earlier document of which this one is a copy, where that was looked for.
    pub duplicate_of: Option<String>,
}

/// What part of an article a sentence belongs to. Facts are read from [`Zone::Headline`] and [`Zone::Body`] only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zone {
    /// The headline or a sub-headline.
    Headline,
    /// The story.
    Body,
    /// Place, date and agency before the story: "YEREVAN, Armenia (AP) —".
    Dateline,
    /// Who wrote it: "X in Moscow contributed to this report."
    Credit,
    /// What the site adds: appeals for money, subscription and cookie notices, share buttons.
    Boilerplate,
}

impl Zone {
    /// The name in the record, such as `body`.
    pub fn name(self) -> &'static str {
        match self {
            Zone::Headline => "headline",
            Zone::Body => "body",
            Zone::Dateline => "dateline",
            Zone::Credit => "credit",
            Zone::Boilerplate => "boilerplate",
        }
    }

    /// Whether the zone tells the story, so that facts may be read from it.
    pub fn is_story(self) -> bool {
        matches!(self, Zone::Headline | Zone::Body)
    }
}

/// A word as Universal Dependencies counts them: "do" and "n't" are two, "'s" is its own, "6,000" is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Whether white space, or the start of the text, stands before it.
    pub spaced: bool,
}

/// A sentence, or what stands for one: a headline, a dateline, a line of boilerplate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first token to its last.
    pub span: Span,
    /// The part of the article it belongs to.
    pub zone: Zone,
    /// Its first token, and the one after its last.
    pub tokens: Range<u32>,
}

impl Sentence {
    /// Its tokens' ids.
    pub fn token_ids(&self) -> impl DoubleEndedIterator<Item = TokenId> + ExactSizeIterator + Clone + use<> {
        self.tokens.clone().map(TokenId)
    }
}

/// A text with its sentences and tokens, both in text order. Every token belongs to one sentence.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// What was read.
    pub source: Source,
    /// The sentences.
    pub sentences: Vec<Sentence>,
    /// The tokens of all sentences.
    pub tokens: Vec<Token>,
}

impl Document {
    /// The whole text.
    pub fn text(&self) -> &str {
        &self.source.text
    }

    /// The text under a span.
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.source.text)
    }

    /// A token's text as written.
    pub fn form(&self, token: TokenId) -> &str {
        self.slice(self.tokens[token.index()].span)
    }

    /// The span from the first token of a non-empty range to its last.
    ///
    /// # Panics
    /// If the range is empty or reaches past the tokens.
    pub fn span_of(&self, tokens: Range<u32>) -> Span {
        let first = self.tokens[tokens.start as usize].span;
        first.join(self.tokens[tokens.end as usize - 1].span)
    }

    /// The sentence that holds a token.
    ///
    /// # Panics
    /// If there is no such token.
    pub fn sentence_of(&self, token: TokenId) -> SentenceId {
        let index = self.sentences.partition_point(|sentence| sentence.tokens.end <= token.0);
        SentenceId::from(index)
    }

    /// The tokens that share a byte with the span, possibly none.
    pub fn tokens_in(&self, span: Span) -> Range<u32> {
        let first = self.tokens.partition_point(|token| token.span.end() <= span.start());
        let end = self.tokens.partition_point(|token| token.span.start() < span.end());
        first as u32..end.max(first) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doc() -> Document {
        let source = Source { text: "Rebels fled. Troops came.".into(), ..Source::default() };
        let token = |start, end, spaced| Token { span: Span::new(start, end), spaced };
        let tokens = vec![
            token(0, 6, true),
            token(7, 11, true),
            token(11, 12, false),
            token(13, 19, true),
            token(20, 24, true),
            token(24, 25, false),
        ];
        let sentence = |start, end, tokens| Sentence { span: Span::new(start, end), zone: Zone::Body, tokens };
        Document { source, sentences: vec![sentence(0, 12, 0..3), sentence(13, 25, 3..6)], tokens }
    }

    #[test]
    fn a_token_knows_its_sentence_and_a_span_its_tokens() {
        let doc = doc();
        assert_eq!(doc.sentence_of(TokenId(2)), SentenceId(0));
        assert_eq!(doc.sentence_of(TokenId(3)), SentenceId(1));
        assert_eq!(doc.tokens_in(Span::new(8, 14)), 1..4);
        assert_eq!(doc.tokens_in(Span::new(12, 13)), 3..3);
        assert_eq!(doc.slice(doc.span_of(0..2)), "Rebels fled");
    }
}
