//! Tokens: words, numbers and marks.

use crate::document::Token;
use crate::span::Span;

/// Appends the tokens of a sentence.
pub fn tokens(text: &str, span: Span, out: &mut Vec<Token>) {
    let mut start = None;
    let mut spaced = true;
    let mut push = |start: usize, end: usize, spaced: bool| out.push(Token { span: Span::new(start, end), spaced });
    for (offset, character) in span.of(text).char_indices() {
        let at = span.start() + offset;
        let inner = character.is_alphanumeric() || matches!(character, '-' | '\'' | '’' | '.' | ',');
        if !inner || character.is_whitespace() {
            if let Some(from) = start.take() {
                push(from, at, spaced);
                spaced = false;
            }
            if character.is_whitespace() {
                spaced = true;
            } else {
                push(at, at + character.len_utf8(), spaced);
                spaced = false;
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    if let Some(from) = start {
        push(from, span.end(), spaced);
    }
}
