//! Since when and until when a relation holds, where the text says so.

use super::Input;
use crate::span::{SentenceId, TokenId};

/// Links a time may stand away from the word that tells the relation.
const REACH: usize = 5;

/// The TIMEX3 values after "since" or "from" and after "until" or "to" that depend on the token.
pub(super) fn of(input: &Input, sentence: SentenceId, trigger: TokenId) -> (Option<String>, Option<String>) {
    let (mut since, mut until) = (None, None);
    for time in input.times.iter().filter(|time| time.sentence == sentence) {
        let tokens = input.doc.tokens_in(time.span);
        let Some(before) = tokens.start.checked_sub(1).map(TokenId) else { continue };
        let governed = std::iter::successors(Some(TokenId(tokens.end - 1)), |&token| input.syntax.head(token));
        if !governed.take(REACH).any(|token| token == trigger) {
            continue;
        }
        match input.doc.form(before).to_ascii_lowercase().as_str() {
            "since" => since = since.or_else(|| Some(time.value.clone())),
            "until" | "till" => until = until.or_else(|| Some(time.value.clone())),
            "from" if since.is_none() => since = Some(time.value.clone()),
            "to" if since.is_some() => until = until.or_else(|| Some(time.value.clone())),
            _ => {}
        }
    }
    (since, until)
}
