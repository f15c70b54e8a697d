//! Documents for the tests of this module: cut at white space and punctuation, roughly as Universal Dependencies does.

use jiff::civil::Date;

use crate::document::{Document, Sentence, Source, Token, Zone};
use crate::span::Span;

/// A document of one sentence a line, without a date.
pub fn doc(text: &str) -> Document {
    dated(text, None)
}

/// A document of one sentence a line.
pub fn dated(text: &str, date: Option<Date>) -> Document {
    let mut doc = Document { source: Source { text: text.into(), date, ..Source::default() }, ..Document::default() };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let first = doc.tokens.len() as u32;
        tokens(line, start, &mut doc.tokens);
        let end = doc.tokens.len() as u32;
        if end > first {
            let span = doc.span_of(first..end);
            doc.sentences.push(Sentence { span, zone: Zone::Body, tokens: first..end });
        }
        start += line.len();
    }
    doc
}

fn tokens(line: &str, start: usize, out: &mut Vec<Token>) {
    let bytes = line.as_bytes();
    let mut from = 0;
    let push = |from: usize, to: usize, out: &mut Vec<Token>| {
        if from < to {
            let spaced = from == 0 || line[..from].ends_with(char::is_whitespace);
            out.push(Token { span: Span::new(start + from, start + to), spaced });
        }
    };
    for (place, character) in line.char_indices() {
        let rest = &line[place..];
        let clitic = (rest.starts_with("'s") || rest.starts_with("’s"))
            && !rest[character.len_utf8() + 1..].starts_with(char::is_alphanumeric);
        let abbreviation = character == '.'
            && from < place
            && (place == from + 1 || bytes[from + 1] == b'.')
            && bytes[from].is_ascii_alphabetic();
        if character.is_whitespace() {
            push(from, place, out);
            from = place + character.len_utf8();
        } else if clitic {
            push(from, place, out);
            from = place;
        } else if !character.is_alphanumeric() && !matches!(character, '\'' | '’') && !abbreviation {
            push(from, place, out);
            push(place, place + character.len_utf8(), out);
            from = place + character.len_utf8();
        }
    }
    push(from, line.len(), out);
}
