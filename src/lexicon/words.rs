//! A sentence as the grammars of numbers, times and figures read it.
//!
//! Finer than tokens: "35-year-old", "US$20.4-billion" and "2.5m" are cut at every change between letters, digits and
//! signs, whatever the tokeniser made of them, and each piece remembers whether white space stands before it.

use super::{Lexicon, Phrase, Sense};
use crate::document::Document;
use crate::span::{SentenceId, Span, TokenId};

/// A piece of a token.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// The token it belongs to.
    pub token: TokenId,
    /// Whether it follows the piece before it without white space.
    pub glued: bool,
    /// What it is made of.
    pub shape: Shape,
    /// Its lower-case form in the buffer.
    lower: (u32, u32),
    /// What it means.
    pub sense: &'static Sense,
    /// The longest listed phrase that starts here.
    pub phrase: Option<&'static Phrase>,
}

/// What a piece is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// ASCII digits, with commas and points inside.
    Digits,
    /// Letters that begin with a small one.
    Lower,
    /// Letters that begin with a capital.
    Capitalised,
    /// Two letters or more, all capitals.
    Upper,
    /// A sign or mark.
    Sign,
}

/// The pieces of one sentence. Made to be reused from sentence to sentence.
#[derive(Debug, Default)]
pub struct Words {
    list: Vec<Word>,
    lower: String,
}

impl Words {
    /// Replaces the pieces by those of a sentence.
    pub fn read(&mut self, doc: &Document, sentence: SentenceId) {
        self.list.clear();
        self.lower.clear();
        let lexicon = Lexicon::builtin();
        for token in doc.sentences[sentence.index()].token_ids() {
            self.split(doc, token, lexicon);
        }
        for at in 0..self.list.len() {
            if self.list[at].sense.begins_phrase {
                let phrases = lexicon.phrases(self.lower(at));
                self.list[at].phrase = phrases.iter().find(|phrase| self.spells(at, &phrase.words));
            }
        }
    }

    fn spells(&self, at: usize, words: &[Box<str>]) -> bool {
        words.iter().enumerate().all(|(offset, word)| self.lower(at + offset) == &**word)
    }

    fn split(&mut self, doc: &Document, token: TokenId, lexicon: &'static Lexicon) {
        let whole = doc.tokens[token.index()];
        let text = doc.slice(whole.span);
        let mut start = 0;
        while start < text.len() {
            let end = start + piece(&text[start..], lexicon);
            let glued = start > 0 || (!whole.spaced && !self.list.is_empty());
            let span = Span::new(whole.span.start() + start, whole.span.start() + end);
            self.push(&text[start..end], span, token, glued, lexicon);
            start = end;
        }
    }

    fn push(&mut self, text: &str, span: Span, token: TokenId, glued: bool, lexicon: &'static Lexicon) {
        let from = self.lower.len();
        if text.is_ascii() {
            self.lower.push_str(text);
            self.lower[from..].make_ascii_lowercase();
        } else {
            self.lower.extend(text.chars().map(plain).flat_map(char::to_lowercase));
        }
        let sense = lexicon.sense(&self.lower[from..]);
        let lower = (from as u32, self.lower.len() as u32);
        self.list.push(Word { span, token, glued, shape: shape(text), lower, sense, phrase: None });
    }

    /// How many pieces there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The piece at a place.
    pub fn get(&self, at: usize) -> Option<&Word> {
        self.list.get(at)
    }

    /// The piece's lower-case form, with straight apostrophes and hyphens; empty past the end.
    pub fn lower(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |word| &self.lower[word.lower.0 as usize..word.lower.1 as usize])
    }

    /// What the piece means; the empty sense past the end.
    pub fn sense(&self, at: usize) -> &'static Sense {
        self.list.get(at).map_or(&super::NOTHING, |word| word.sense)
    }

    /// The longest phrase that begins there, and the place after it.
    pub fn phrase(&self, at: usize) -> Option<(&'static Sense, usize)> {
        let phrase = self.list.get(at)?.phrase?;
        Some((&phrase.sense, at + phrase.word_count()))
    }

    /// Whether the piece is there and follows the one before it without white space.
    pub fn glued(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|word| word.glued)
    }

    /// The shape of the piece; that of a sign past the end.
    pub fn shape(&self, at: usize) -> Shape {
        self.list.get(at).map_or(Shape::Sign, |word| word.shape)
    }

    /// Whether the piece begins with a capital.
    pub fn capital(&self, at: usize) -> bool {
        matches!(self.shape(at), Shape::Capitalised | Shape::Upper)
    }

    /// Whether the piece is made of letters.
    pub fn letters(&self, at: usize) -> bool {
        matches!(self.shape(at), Shape::Lower | Shape::Capitalised | Shape::Upper)
    }

    /// The span from piece `from` to the one before `to`. The range must not be empty.
    pub fn span(&self, from: usize, to: usize) -> Span {
        self.list[from].span.join(self.list[to - 1].span)
    }

    /// The first piece that starts at or after a byte.
    pub fn at_byte(&self, byte: usize) -> usize {
        self.list.partition_point(|word| word.span.start() < byte)
    }
}

/// One spelling for each apostrophe and hyphen.
fn plain(character: char) -> char {
    match character {
        '’' | '‘' | 'ʼ' => '\'',
        '‐' | '‑' | '–' | '−' => '-',
        other => other,
    }
}

fn is_letter(character: char) -> bool {
    character.is_alphanumeric() && !character.is_ascii_digit() && !matches!(character, '½' | '¼' | '¾')
}

/// The length of the piece that a non-empty text begins with.
fn piece(text: &str, lexicon: &Lexicon) -> usize {
    let first = text.chars().next().unwrap_or_default();
    let length = first.len_utf8();
    let next = text[length..].chars().next();
    if first.is_ascii_digit() {
        digits(text)
    } else if is_letter(first) || (matches!(first, '\'' | '’') && next.is_some_and(is_letter)) {
        letters(text, length, lexicon)
    } else {
        length
    }
}

/// Digits with single commas and points between them.
fn digits(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    while digit(end) || (matches!(bytes.get(end), Some(b',' | b'.')) && digit(end + 1)) {
        end += 1;
    }
    end
}

/// Letters with apostrophes and the points of abbreviations: "people's", "U.S.", "Jan.".
fn letters(text: &str, first: usize, lexicon: &Lexicon) -> usize {
    let mut end = first;
    let mut points = false;
    let mut rest = text[first..].chars().peekable();
    while let Some(character) = rest.next() {
        let before_letter = rest.peek().copied().is_some_and(is_letter);
        let mut ahead = rest.clone();
        let genitive = ahead.next() == Some('s') && !ahead.next().is_some_and(is_letter);
        match character {
            '.' if before_letter => points = true,
            '\'' | '’' if before_letter && !genitive => {}
            _ if is_letter(character) => {}
            _ => break,
        }
        end += character.len_utf8();
    }
    let point = text[end..].starts_with('.');
    if point && (points || lexicon.knows(&text[..=end].to_lowercase())) { end + 1 } else { end }
}

fn shape(text: &str) -> Shape {
    let mut letters = text.chars().filter(|character| character.is_alphabetic());
    match (text.chars().next(), letters.next()) {
        (Some(first), _) if first.is_ascii_digit() => Shape::Digits,
        (_, None) => Shape::Sign,
        (_, Some(first)) if !first.is_uppercase() => Shape::Lower,
        _ => {
            let mut rest = letters.peekable();
            if rest.peek().is_some() && rest.all(char::is_uppercase) { Shape::Upper } else { Shape::Capitalised }
        }
    }
}
