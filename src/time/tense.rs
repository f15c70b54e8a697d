//! Whether a clause tells what has happened or what is to come, as far as its words show.

use crate::lexicon::{FunctionWords, Words};

/// How many words around a time expression are looked at: a clause of news has about twelve.
const REACH: usize = 14;

/// Whether the clause around words `from..to` tells what is to come.
///
/// The verb nearest before the expression decides ("said Friday that he will" is past), else the first one after it.
pub fn is_future(words: &Words, from: usize, to: usize) -> bool {
    let mut at = from;
    while at > 0 && from - at < REACH {
        at -= 1;
        match leaning(words, at, true) {
            Some(future) => return future,
            None if is_break(words, at) => break,
            None => {}
        }
    }
    if matches!(words.lower(from.wrapping_sub(1)), "until" | "till" | "by") {
        return true;
    }
    let waits = words.lower(from.wrapping_sub(1)) == "before";
    let after = (to..words.len().min(to + REACH)).find_map(|at| leaning(words, at, false));
    after.unwrap_or(waits)
}

fn is_break(words: &Words, at: usize) -> bool {
    matches!(words.lower(at), ";" | ":" | "while" | "although" | "because")
}

/// Which way one word points, if it points anywhere; `before` says that it stands before the expression.
fn leaning(words: &Words, at: usize, before: bool) -> Option<bool> {
    let lower = words.lower(at);
    let function = words.sense(at).function;
    let infinitive = words.lower(at + 1) == "to" || words.lower(at + 1) == "for";
    match lower {
        "will" | "'ll" | "shall" | "would" | "upcoming" | "forthcoming" | "won't" => return Some(true),
        "expected" | "scheduled" | "due" | "planned" | "plans" | "set" | "likely" | "slated" | "going" | "intends"
        | "vows" | "plan" | "hopes" | "aims" | "preparing" | "prepares"
            if infinitive =>
        {
            return Some(true);
        }
        "due" | "expected" | "scheduled" | "planned" | "slated"
            if before
                && (lower == "due" || matches!(words.lower(at.wrapping_sub(1)), "is" | "are" | "'s"))
                && matches!(words.lower(at + 1), "in" | "on" | "by" | "at" | "next" | "this" | "before" | "after") =>
        {
            return Some(true);
        }
        "effective" if before => return Some(true),
        "to" if words.lower(at + 1) == "be" => return Some(true),
        "may" | "could" | "might" if words.lower(at + 1) != "have" && !words.marked(at) => return Some(true),
        "was" | "were" | "had" | "did" | "has" | "have" | "been" => return Some(false),
        _ => {}
    }
    if function.any(FunctionWords::REPORT) && lower.ends_with('d') {
        return Some(false);
    }
    // "agreed to meet in October"
    let intends = matches!(
        lower,
        "agree"
            | "agrees"
            | "decide"
            | "decides"
            | "promises"
            | "vows"
            | "pledges"
            | "agreed"
            | "decided"
            | "promised"
            | "vowed"
            | "pledged"
            | "threatened"
            | "urged"
            | "asked"
            | "ordered"
            | "invited"
    );
    if intends && before && words.lower(at + 1) == "to" {
        return Some(true);
    }
    // Participles before a noun ("armed men") point nowhere, but a wrong "past" is the usual reading anyway.
    let past = lower.len() > 4
        && lower.ends_with("ed")
        && words.letters(at)
        && !words.marked(at)
        && words.lower(at.wrapping_sub(1)) != "be";
    past.then_some(false)
}
