//! Numbers that an analyst would not copy down: ages, scores, names, codes.

use super::quantity::Quantity;
use crate::lexicon::{FunctionWords, Shape, Words};

/// Why a quantity is no figure, if it is none.
pub fn reason(words: &Words, quantity: &Quantity, unit_end: Option<usize>) -> Option<&'static str> {
    let at = quantity.number;
    if is_age(words, quantity, unit_end.unwrap_or(quantity.to)) {
        return Some("age");
    }
    if unit_end.is_none() && is_label(words, at) {
        return Some("label");
    }
    if unit_end.is_none() && is_score(words, quantity) {
        return Some("score");
    }
    if is_topic(words, quantity) {
        return Some("topic");
    }
    if words.lower(quantity.to) == "'s" && words.shape(at) == Shape::Digits {
        return Some("possessor");
    }
    if words.lower(at) == "one" && words.lower(at.wrapping_sub(1)) == "no" {
        return Some("no one");
    }
    let magnitude = words.lower(quantity.to) == "magnitude"
        || words.lower(quantity.to + 1) == "magnitude"
        || (1..=3).any(|back| words.lower(at.wrapping_sub(back)) == "magnitude");
    if magnitude && unit_end.is_none() {
        return Some("magnitude");
    }
    let ordinal = matches!(words.lower(at.wrapping_sub(1)), "top" | "big" | "under" | "first" | "last" | "number")
        && words.marked(at - 1)
        && at > 1;
    (ordinal && unit_end.is_none()).then_some("name")
}

/// "2011 Mauritanian protests: thousands march": the year of what a line is about.
fn is_topic(words: &Words, quantity: &Quantity) -> bool {
    let year = (1900.0..2060.0).contains(&quantity.value) && words.lower(quantity.number).len() == 4;
    let opens = quantity.from == 0 && words.shape(0) == Shape::Digits && words.marked(1);
    year && opens && (2..10).any(|at| words.lower(at) == ":")
}

/// "35-year-old", "aged 47", "35 years of age", "under the age of 18".
fn is_age(words: &Words, quantity: &Quantity, end: usize) -> bool {
    let mut at = end;
    while words.lower(at) == "-" {
        at += 1;
    }
    if matches!(words.lower(at), "old" | "olds") || (words.lower(at), words.lower(at + 1)) == ("of", "age") {
        return true;
    }
    let before = |back: usize| words.lower(quantity.from.wrapping_sub(back));
    let number_before = |back: usize| words.lower(quantity.number.wrapping_sub(back));
    let ages = (2..=6).any(|back| matches!(number_before(back), "ages" | "aged"));
    ages || matches!(number_before(1), "aged" | "age" | "ages")
        || matches!(before(1), "aged" | "age" | "ages")
        || (number_before(1) == "of" && number_before(2) == "age")
        || (number_before(1) == "between" && matches!(number_before(2), "aged" | "ages"))
}

/// "Flight 12", "Article 5", "No. 7", "#3", "Boeing 747".
fn is_label(words: &Words, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    if words.sense(before).label && words.lower(before) != "no" {
        let counted = words.sense(at + 1).group.is_some();
        return words.marked(before) || !counted;
    }
    let lower = words.lower(before);
    if matches!(lower, "#" | "no." | "nos." | "§" | "n°")
        || lower == "." && matches!(words.lower(before.wrapping_sub(1)), "no" | "nos")
    {
        return true;
    }
    // "NileSat 102", "Apollo 11": a number behind a name is part of it, unless a sentence or clause begins there.
    let name = words.marked(before)
        && before > 0
        && words.sense(before).function == FunctionWords::NONE
        && words.sense(before).number.is_none()
        && words.sense(before).calendar.is_none()
        && words.sense(before).fates.is_empty()
        && words.sense(before).qualifier.is_none();
    let plain = words.shape(at) == Shape::Digits && words.lower(at).len() <= 4 && !words.lower(at).contains(',');
    let counts = words.small(at + 1) && words.sense(at + 1).function == FunctionWords::NONE;
    let group_of = (words.lower(before.wrapping_sub(1)), lower) == ("group", "of") && words.capital(at);
    name && plain && !counts || group_of
}

/// "3-2", "won 2-1", "lost 5 to 3": two numbers, the first not the smaller, without a vote.
fn is_score(words: &Words, quantity: &Quantity) -> bool {
    let digits = |at: usize| words.shape(at) == Shape::Digits;
    let hyphen = |at: usize| words.lower(at) == "-" && words.glued(at) && words.glued(at + 1);
    let before = quantity.number >= 2 && hyphen(quantity.number - 1) && digits(quantity.number - 2);
    let after = hyphen(quantity.to) && digits(quantity.to + 1);
    if before || after {
        return true;
    }
    let won = (1..=6).any(|back| {
        matches!(
            words.lower(quantity.number.wrapping_sub(back)),
            "beat"
                | "beats"
                | "defeat"
                | "defeated"
                | "defeats"
                | "score"
                | "scoreline"
                | "won"
                | "wins"
                | "drew"
                | "lost"
        )
    });
    won && words.lower(quantity.to) == "-" && words.glued(quantity.to)
}
