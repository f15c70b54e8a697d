//! A sentence as the grammars of numbers, times and figures read it.
//!
//! Finer than tokens: "35-year-old", "US$20.4-billion" and "2.5m" are cut at every change between letters, digits and
//! signs, whatever the tokeniser made of them, and each piece remembers whether white space stands before it.

use super::{FunctionWords, Lexicon, Phrase, Sense};
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

/// The pieces of a document, read once and shared by the three grammars.
#[derive(Debug, Default)]
pub struct Pieces {
    list: Vec<Word>,
    /// The lower-case forms of all pieces, one after the other.
    lower: String,
    sentences: Vec<Extent>,
}

/// Where the pieces of a sentence are, and what is worth looking for in it.
#[derive(Clone, Copy, Debug)]
struct Extent {
    from: u32,
    to: u32,
    holds: Holds,
    shouted: bool,
}

/// What a sentence has words for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Holds {
    /// A digit.
    pub digits: bool,
    /// A word that numbers are made of.
    pub number: bool,
    /// A word that times are made of.
    pub time: bool,
    /// A word for what befalls people.
    pub fate: bool,
}

/// The pieces of one sentence.
#[derive(Clone, Copy, Debug)]
pub struct Words<'p> {
    list: &'p [Word],
    lower: &'p str,
    /// What the sentence has words for.
    pub holds: Holds,
    shouted: bool,
}

impl Pieces {
    /// Reads all sentences of a document.
    pub fn read(doc: &Document) -> Self {
        let lexicon = Lexicon::builtin();
        let mut pieces = Self {
            list: Vec::with_capacity(doc.tokens.len() + doc.tokens.len() / 8),
            lower: String::with_capacity(doc.text().len()),
            sentences: Vec::with_capacity(doc.sentences.len()),
        };
        for sentence in &doc.sentences {
            let from = pieces.list.len();
            for token in sentence.token_ids() {
                pieces.split(doc, token, from, lexicon);
            }
            pieces.find_phrases(from, lexicon);
            let list = &pieces.list[from..];
            let (holds, shouted) = (Holds::of(list), is_shouted(list));
            pieces.sentences.push(Extent { from: from as u32, to: pieces.list.len() as u32, holds, shouted });
        }
        pieces
    }

    /// The pieces of a sentence.
    pub fn of(&self, sentence: SentenceId) -> Words<'_> {
        let Extent { from, to, holds, shouted } = self.sentences[sentence.index()];
        Words { list: &self.list[from as usize..to as usize], lower: &self.lower, holds, shouted }
    }

    /// The sentences, in text order.
    pub fn sentences(&self) -> impl Iterator<Item = (SentenceId, Words<'_>)> {
        (0..self.sentences.len()).map(SentenceId::from).map(|id| (id, self.of(id)))
    }

    fn form(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |word| &self.lower[word.lower.0 as usize..word.lower.1 as usize])
    }

    fn find_phrases(&mut self, from: usize, lexicon: &'static Lexicon) {
        for at in from..self.list.len() {
            if self.list[at].sense.begins_phrase {
                let phrases = lexicon.phrases(self.form(at));
                self.list[at].phrase = phrases.iter().find(|phrase| self.spells(at, &phrase.words));
            }
        }
    }

    fn spells(&self, at: usize, words: &[Box<str>]) -> bool {
        words.iter().enumerate().all(|(offset, word)| self.form(at + offset) == &**word)
    }

    fn split(&mut self, doc: &Document, token: TokenId, first: usize, lexicon: &'static Lexicon) {
        let whole = doc.tokens[token.index()];
        let text = doc.slice(whole.span);
        let spaced = whole.spaced || self.list.len() == first;
        // Most tokens are plain words, which nothing cuts.
        if text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return self.push(text, whole.span, token, !spaced, lexicon);
        }
        let mut start = 0;
        while start < text.len() {
            let end = start + piece(&text[start..], lexicon);
            let span = Span::new(whole.span.start() + start, whole.span.start() + end);
            self.push(&text[start..end], span, token, start > 0 || !spaced, lexicon);
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
}

impl Holds {
    fn of(list: &[Word]) -> Self {
        let mut holds = Self::default();
        for word in list {
            let sense = word.sense;
            holds.digits |= word.shape == Shape::Digits;
            if sense.listed {
                holds.number |= sense.number.is_some();
                holds.time |= sense.calendar.is_some() || sense.opens_time;
                holds.fate |= sense.begins_phrase || sense.fates.iter().any(|fate| fate.kind.is_some());
            }
        }
        holds
    }
}

/// Whether a sentence is written in capitals throughout, so that they mark no names.
fn is_shouted(list: &[Word]) -> bool {
    let count = |shape: Shape| list.iter().filter(|word| word.shape == shape).count();
    count(Shape::Lower) == 0 && count(Shape::Upper) > 3
}

impl Words<'_> {
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

    /// Whether the piece begins with a capital that sets it apart: not in a sentence all of capitals.
    pub fn marked(&self, at: usize) -> bool {
        !self.shouted && self.capital(at)
    }

    /// Whether the piece may be part of a name: a capital shows it, or in capitals throughout, that it is no word of
    /// grammar and no verb that a list or its ending shows.
    pub fn continues_name(&self, at: usize) -> bool {
        let sense = self.sense(at);
        let open = sense.function == FunctionWords::NONE && sense.fates.is_empty() && sense.calendar.is_none();
        self.marked(at) || self.shouted && self.letters(at) && open && !self.lower(at).ends_with("ed")
    }

    /// Whether the piece is a word in small letters, or in capitals like the whole sentence.
    pub fn small(&self, at: usize) -> bool {
        self.shape(at) == Shape::Lower || self.shouted && self.letters(at)
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
    let bytes = text.as_bytes();
    if bytes.iter().all(u8::is_ascii_alphabetic) {
        return match bytes {
            [] => Shape::Sign,
            [first, ..] if first.is_ascii_lowercase() => Shape::Lower,
            [_, rest @ ..] if !rest.is_empty() && rest.iter().all(u8::is_ascii_uppercase) => Shape::Upper,
            _ => Shape::Capitalised,
        };
    }
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
