//! What befell the people counted: the verbs and nouns around their phrase.

use crate::lexicon::{Fate, Form, Frame, FunctionWords, Shape, Words};
use crate::ontology::FigureKind;

/// What befell somebody, and the word that says so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// The kind of figure that counts them.
    pub kind: FigureKind,
    /// The word that says it.
    pub trigger: usize,
    /// The rule, for `explain`.
    pub rule: &'static str,
}

/// How far to the right a predicate is looked for.
const REACH: usize = 26;

/// The fates that a word or phrase tells, and the place after it.
pub fn fates(words: &Words, at: usize) -> (&'static [Fate], usize) {
    match words.phrase(at) {
        Some((sense, to)) if !sense.fates.is_empty() => (&sense.fates, to),
        _ => (&words.sense(at).fates, at + 1),
    }
}

/// What the words behind a phrase that ends at `end` say of it: "were killed", "died", "dead".
pub fn right(words: &Words, end: usize) -> Option<Found> {
    if let Some(found) = object_relative(words, end) {
        return Some(found);
    }
    let mut state = State { be: false, have: false, relay: false };
    let mut at = end;
    let mut open = true;
    while at < words.len() && at - end < REACH {
        let (told, to) = fates(words, at);
        let immediate = at == end || !open;
        if !told.is_empty() {
            match judge(words, told, to, state, immediate || state.be || state.relay) {
                Verdict::Is(kind) => {
                    return Some(Found { kind, trigger: at, rule: if state.be { "passive" } else { "predicate" } });
                }
                Verdict::Stop => return None,
                Verdict::Other => {}
            }
        }
        let function = words.sense(at).function;
        let lower = words.lower(at);
        let verbal = state.be || state.have || state.relay;
        if matches!(
            lower,
            "was"
                | "were"
                | "are"
                | "is"
                | "be"
                | "been"
                | "being"
                | "am"
                | "'re"
                | "got"
                | "get"
                | "gets"
                | "getting"
                | "remain"
                | "remains"
                | "remained"
                | "become"
                | "became"
        ) {
            state.be = true;
            open = false;
        } else if function.any(FunctionWords::AUXILIARY) {
            state.have |= matches!(lower, "has" | "have" | "had" | "'ve" | "having");
            open = false;
        } else if verbal && (function.any(FunctionWords::RELAY)) {
            state.relay = true;
        } else if function.any(FunctionWords::ADVERB) || matches!(lower, "to" | "as") && verbal {
            // "were later reported to have been killed"
        } else if matches!(lower, "left" | "found" | "reported" | "feared") && at == end {
            state.relay = true;
        } else if verbal {
            return None;
        } else if matches!(lower, "," | "(" | "-") {
            at = past_aside(words, at)?;
            continue;
        } else if matches!(lower, "who" | "that" | "which") {
            if at > end + 1 && words.lower(at - 1) != "," {
                return None;
            }
        } else if stops(words, at, end) {
            return None;
        }
        at += 1;
    }
    None
}

/// "200 people it has arrested": a relative clause whose object the phrase is.
fn object_relative(words: &Words, end: usize) -> Option<Found> {
    let at = if matches!(words.lower(end), "that" | "whom") { end + 1 } else { end };
    let subject = matches!(words.lower(at), "it" | "they" | "he" | "she" | "we" | "police" | "troops" | "soldiers");
    let verb = if words.sense(at + 1).function.any(FunctionWords::AUXILIARY) { at + 2 } else { at + 1 };
    let (told, to) = fates(words, verb);
    let told = told.iter().find(|fate| fate.frame == Frame::Transitive && fate.form == Form::Past);
    let kind = told.and_then(|fate| fate.kind).filter(|_| subject && !has_object(words, to))?;
    Some(Found { kind, trigger: verb, rule: "object-relative" })
}

#[derive(Clone, Copy)]
struct State {
    be: bool,
    have: bool,
    relay: bool,
}

enum Verdict {
    Is(FigureKind),
    Stop,
    Other,
}

/// What a word of fate says of the phrase before it.
fn judge(words: &Words, told: &[Fate], to: usize, state: State, near: bool) -> Verdict {
    let active_object = has_object(words, to);
    for fate in told {
        let Some(kind) = fate.kind else {
            return if near { Verdict::Stop } else { Verdict::Other };
        };
        let fits = match (fate.frame, fate.form) {
            (Frame::Transitive, Form::Past) => state.be || state.relay || (!state.have && !active_object),
            (Frame::Intransitive, Form::Gerund) => near,
            (Frame::Intransitive, _) => true,
            (Frame::Adjective, _) => near,
            _ => false,
        };
        if fits {
            return Verdict::Is(both(words, kind, to));
        }
        if matches!(fate.frame, Frame::Transitive) && (fate.form != Form::Past || active_object || state.have) {
            return Verdict::Stop;
        }
    }
    Verdict::Other
}

/// "killed or wounded" counts both in one number.
fn both(words: &Words, kind: FigureKind, to: usize) -> FigureKind {
    let next = if matches!(words.lower(to), "and" | "or") { to + 1 } else { return kind };
    let (told, end) = fates(words, next);
    let other =
        told.iter().find(|fate| fate.form == Form::Past && fate.frame == Frame::Transitive).and_then(|fate| fate.kind);
    if has_object(words, end) {
        return kind;
    }
    match (kind, other) {
        (FigureKind::Killed, Some(FigureKind::Injured)) => FigureKind::Casualties,
        // "shot and killed", "captured and executed".
        (FigureKind::Injured | FigureKind::Abducted | FigureKind::Detained, Some(FigureKind::Killed)) => {
            FigureKind::Killed
        }
        _ => kind,
    }
}

/// Whether a noun phrase follows that the verb before it acts on.
fn has_object(words: &Words, at: usize) -> bool {
    let sense = words.sense(at);
    if sense.function.any(FunctionWords::SUBORDINATOR) {
        return false;
    }
    let numeric = |at: usize| words.sense(at).number.is_some() || words.shape(at) == Shape::Digits;
    let bound = sense.qualifier.is_some() || words.phrase(at).is_some_and(|(sense, _)| sense.qualifier.is_some());
    let bounded = bound && (at + 1..at + 4).any(numeric);
    let determined = sense.function.any(FunctionWords::ARTICLE.with(FunctionWords::DETERMINER));
    let pronoun =
        matches!(words.lower(at), "him" | "her" | "them" | "himself" | "herself" | "themselves" | "it" | "another");
    let name =
        words.shape(at) == Shape::Capitalised && sense.calendar.is_none() && sense.function == FunctionWords::NONE;
    let noun = sense.group.is_some() && words.shape(at) == Shape::Lower;
    numeric(at) || bounded || determined || pronoun || name || noun
}

fn stops(words: &Words, at: usize, end: usize) -> bool {
    let function = words.sense(at).function;
    let lower = words.lower(at);
    if matches!(lower, ";" | ":" | "but" | "." | "with" | "leaving") {
        return true;
    }
    let boundary = function.any(FunctionWords::SUBORDINATOR)
        && !matches!(lower, "as" | "since" | "after" | "before" | "until")
        || matches!(lower, "as" | "after" | "since") && at > end;
    boundary || (function.any(FunctionWords::REPORT) && !function.any(FunctionWords::RELAY))
}

/// The place behind an aside: ", including three children," or "(two of them women)".
fn past_aside(words: &Words, at: usize) -> Option<usize> {
    let open = words.lower(at);
    let first = words.lower(at + 1);
    if open == "(" {
        return (at..words.len().min(at + 25)).find(|&close| words.lower(close) == ")").map(|close| close + 1);
    }
    if words.glued(at) && open == "-" {
        return Some(at + 1);
    }
    let relative =
        matches!(first, "who" | "all" | "which") || words.sense(at + 1).function.any(FunctionWords::AUXILIARY);
    if open == "," && relative && !matches!(first, "which") {
        return Some(at + 1);
    }
    let aside = matches!(
        first,
        "including"
            | "among"
            | "mostly"
            | "mainly"
            | "some"
            | "most"
            | "many"
            | "half"
            | "at"
            | "with"
            | "both"
            | "from"
            | "in"
            | "on"
            | "of"
            | "one"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "seven"
            | "a"
            | "an"
            | "the"
            | "as"
            | "aged"
            | "ages"
            | "according"
            | "reportedly"
            | "allegedly"
            | "also"
            | "believed"
            | "largely"
            | "predominantly"
            | "members"
            | "nearly"
    ) || words.shape(at + 1) == Shape::Digits
        || words.sense(at + 1).group.is_some();
    if !aside {
        return None;
    }
    let close =
        (at + 1..words.len().min(at + 25)).filter(|&close| words.lower(close) == open || words.lower(close) == "-");
    // The comma that ends the aside stands before the predicate.
    close.map(|close| close + 1).find(|&next| {
        let (told, _) = fates(words, next);
        words.sense(next).function.any(FunctionWords::AUXILIARY)
            || told.iter().any(|fate| fate.form == Form::Past || fate.frame == Frame::Intransitive)
    })
}

/// What the words before a phrase that begins at `from` say of it: "killing", "the deaths of".
pub fn left(words: &Words, from: usize) -> Option<Found> {
    let mut at = from;
    while at > 0 && is_filler(words, at - 1) {
        at -= 1;
    }
    if let Some(found) = verb_ending(words, at) {
        return Some(found);
    }
    let found = |trigger, kind| Some(Found { kind, trigger, rule: "of-phrase" });
    let before = |back: usize| words.lower(at.wrapping_sub(back));
    if matches!(before(1), "of" | "to" | "among") && at >= 2 {
        for trigger in (at.saturating_sub(3)..at - 1).rev() {
            let (told, _) = fates(words, trigger);
            let eventive = told.iter().find(|fate| fate.frame == Frame::Eventive);
            let kind = eventive.and_then(|fate| fate.kind);
            let injuries = before(1) != "to" || kind == Some(FigureKind::Injured);
            if let Some(kind) = kind.filter(|_| injuries && trigger + 2 == at) {
                return found(trigger, kind);
            }
        }
    }
    None
}

/// The transitive verb that ends right before a place.
fn verb_ending(words: &Words, at: usize) -> Option<Found> {
    for start in at.saturating_sub(4)..at {
        let (told, to) = fates(words, start);
        if to != at {
            continue;
        }
        let before = words.sense(start.wrapping_sub(1)).function;
        let nominal = before
            .any(FunctionWords::PREPOSITION.with(FunctionWords::DETERMINER).with(FunctionWords::ARTICLE))
            && words.lower(start.wrapping_sub(1)) != "to";
        let verb = told.iter().find(|fate| {
            fate.frame == Frame::Transitive && fate.kind.is_some() && !(nominal && fate.form == Form::Present)
        });
        if let Some(kind) = verb.and_then(|fate| fate.kind) {
            let pair = both_before(words, start, kind);
            return Some(Found { kind: pair, trigger: start, rule: "object" });
        }
        if told.iter().any(|fate| fate.kind.is_none()) {
            return None;
        }
    }
    None
}

/// "killing or wounding 40": the verb joined on before.
fn both_before(words: &Words, at: usize, kind: FigureKind) -> FigureKind {
    if at < 2 || !matches!(words.lower(at - 1), "and" | "or") {
        return kind;
    }
    let other =
        words.sense(at - 2).fates.iter().find(|fate| fate.frame == Frame::Transitive).and_then(|fate| fate.kind);
    match (kind, other) {
        (FigureKind::Injured, Some(FigureKind::Killed)) | (FigureKind::Killed, Some(FigureKind::Injured)) => {
            FigureKind::Casualties
        }
        _ => kind,
    }
}

fn is_filler(words: &Words, at: usize) -> bool {
    matches!(
        words.lower(at),
        "another"
            | "a"
            | "an"
            | "the"
            | "total"
            | "other"
            | "all"
            | "its"
            | "their"
            | "his"
            | "last"
            | "also"
            | "reportedly"
            | "allegedly"
            | "some"
            | "further"
            | "record"
            | "dead"
            | "possibly"
            | "these"
            | "those"
    ) || words.lower(at) == "of" && words.lower(at.wrapping_sub(1)) == "total"
}

/// The verb that governs a list whose later member begins at `from`: "killing his wife and two children".
pub fn listed(words: &Words, from: usize) -> Option<Found> {
    if !matches!(words.lower(from.checked_sub(1)?), "and" | "," | "&" | "or" | "plus") {
        return None;
    }
    let mut at = from - 1;
    while at > 0 && from - at < 14 {
        if let Some(found) = verb_ending(words, at) {
            return Some(Found { rule: "list", ..found });
        }
        at -= 1;
        let sense = words.sense(at);
        let verb =
            sense.function.any(FunctionWords::AUXILIARY.with(FunctionWords::SUBORDINATOR).with(FunctionWords::REPORT));
        let preposition = sense.function.any(FunctionWords::PREPOSITION) && words.lower(at) != "of";
        if verb
            || preposition
            || (!words.letters(at) && !matches!(words.lower(at), "," | "-" | "&") && words.shape(at) != Shape::Digits)
        {
            return None;
        }
    }
    None
}

/// "ten of the dead", "three of the wounded": those counted are a part of those to whom it happened.
pub fn of_fated(words: &Words, at: usize) -> Option<Found> {
    if words.lower(at) != "of" || !matches!(words.lower(at + 1), "the" | "those") {
        return None;
    }
    let told = words
        .sense(at + 2)
        .fates
        .iter()
        .find(|fate| matches!(fate.frame, Frame::Transitive | Frame::Adjective) && fate.form == Form::Past);
    let kind = told.and_then(|fate| fate.kind).filter(|_| words.sense(at + 2).group.is_none())?;
    Some(Found { kind, trigger: at + 2, rule: "part" })
}
