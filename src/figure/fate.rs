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
    let mut state = State::default();
    let mut at = end;
    let mut open = true;
    let mut relative = false;
    let mut skipping = false;
    while at < words.len() && at - end < REACH {
        if let Some(found) = among(words, at).filter(|_| state.be) {
            return Some(found);
        }
        if let Some(trigger) = sustained(words, at) {
            return Some(Found { kind: FigureKind::Injured, trigger, rule: "predicate" });
        }
        let (told, to) = fates(words, at);
        let immediate = at == end || !open;
        // "in the shooting": a noun, which says nothing of those before it.
        let nominal = at > end
            && !matches!((words.lower(at - 1), words.lower(at)), ("to", _) | ("in", "protest"))
            && words
                .sense(at - 1)
                .function
                .any(FunctionWords::DETERMINER.with(FunctionWords::ARTICLE).with(FunctionWords::PREPOSITION))
            && told.iter().all(|fate| fate.form != Form::Past || matches!(fate.frame, Frame::Noun | Frame::Eventive));
        if !told.is_empty() && !nominal {
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
                | "remaining"
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
        } else if function.any(FunctionWords::ADVERB)
            || matches!(lower, "to" | "as") && verbal
            || verbal && lower.ends_with("ly") && words.small(at)
        {
            // "were later reported to have been killed"
        } else if matches!(lower, "left" | "found" | "reported" | "feared") && at == end {
            state.relay = true;
        } else if verbal && relative {
            // "58 pilgrims who were returning home were killed": what the relative clause tells is over at the next verb.
            state = State::default();
            relative = false;
            skipping = true;
        } else if verbal || skipping && is_numeric(words, at) {
            return None;
        } else if matches!(lower, "," | "(" | "-") {
            at = past_aside(words, at)?;
            continue;
        } else if matches!(lower, "who" | "that" | "which") {
            if at > end + usize::from(lower != "that") && words.lower(at - 1) != "," {
                return None;
            }
            relative = lower == "who";
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

#[derive(Clone, Copy, Default)]
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
            (Frame::Ambiguous, Form::Past) => state.be || state.relay,
            (Frame::Intransitive, Form::Gerund) => near,
            (Frame::Intransitive, _) => true,
            (Frame::Adjective, _) => near,
            _ => false,
        };
        if fits {
            return Verdict::Is(both(words, kind, to));
        }
        if matches!(fate.frame, Frame::Transitive | Frame::Ambiguous)
            && (fate.form != Form::Past || active_object || state.have)
        {
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
        (
            FigureKind::Injured | FigureKind::Casualties | FigureKind::Abducted | FigureKind::Detained,
            Some(FigureKind::Killed),
        ) => FigureKind::Killed,
        _ => kind,
    }
}

fn is_numeric(words: &Words, at: usize) -> bool {
    words.sense(at).number.is_some() || words.shape(at) == Shape::Digits
}

/// Whether a noun phrase follows that the verb before it acts on.
fn has_object(words: &Words, at: usize) -> bool {
    let sense = words.sense(at);
    if sense.function.any(FunctionWords::SUBORDINATOR) {
        return false;
    }
    let numeric = |at: usize| is_numeric(words, at);
    let bound = sense.qualifier.is_some() || words.phrase(at).is_some_and(|(sense, _)| sense.qualifier.is_some());
    let bounded = bound && (at + 1..at + 4).any(numeric);
    let determined = sense.function.any(FunctionWords::ARTICLE.with(FunctionWords::DETERMINER));
    let pronoun =
        matches!(words.lower(at), "him" | "her" | "them" | "himself" | "herself" | "themselves" | "it" | "another");
    let name =
        words.shape(at) == Shape::Capitalised && sense.calendar.is_none() && sense.function == FunctionWords::NONE;
    let noun = sense.group.is_some() && words.small(at);
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
            | "-"
    ) || words.shape(at + 1) == Shape::Digits
        || words.sense(at + 1).group.is_some();
    if !aside {
        return None;
    }
    let predicate = |next: &usize| {
        let (told, _) = fates(words, *next);
        words.sense(*next).function.any(FunctionWords::AUXILIARY)
            || told.iter().any(|fate| fate.form == Form::Past || fate.frame == Frame::Intransitive)
            || sustained(words, *next).is_some()
    };
    let close =
        (at + 1..words.len().min(at + 25)).filter(|&close| words.lower(close) == open || words.lower(close) == "-");
    // The comma that ends the aside stands before the predicate; some forget it.
    close.map(|close| close + 1).find(predicate).or_else(|| {
        let part = open == "," && matches!(first, "including" | "among");
        let end = (at + 2..words.len().min(at + 10)).take_while(|&end| words.lower(end) != ",");
        end.skip(1).filter(|_| part).find(predicate)
    })
}

/// What the words before a phrase that begins at `from` say of it: "killing", "the deaths of".
pub fn left(words: &Words, from: usize) -> Option<Found> {
    let mut at = from;
    loop {
        // "shot dead 98 rioters": "dead" may belong to the verb or to those counted.
        if let Some(found) = verb_ending(words, at) {
            return Some(found);
        }
        match at.checked_sub(1) {
            Some(before) if is_filler(words, before) => at = before,
            // "a staggering 10,000 people"
            Some(before) if is_remark(words, before) => at = before,
            _ => break,
        }
    }
    if let Some(found) = listed_among(words, at) {
        return Some(found);
    }
    let found = |trigger, kind| Some(Found { kind, trigger, rule: "of-phrase" });
    let before = |back: usize| words.lower(at.wrapping_sub(back));
    if matches!(before(1), "of" | "to" | "among") && at >= 2 {
        let bracket = usize::from(matches!(before(2), "[" | "("));
        let trigger = at.checked_sub(2 + bracket)?;
        let kind = eventive(words, trigger);
        let injuries = before(1) != "to" || kind == Some(FigureKind::Injured);
        if let Some(kind) = kind.filter(|_| injuries) {
            return found(trigger, kind);
        }
    }
    None
}

/// What an event noun says befell those named after it with "of".
fn eventive(words: &Words, at: usize) -> Option<FigureKind> {
    let (told, _) = fates(words, at);
    told.iter().find(|fate| fate.frame == Frame::Eventive)?.kind
}

/// Whether the word is an adjective between an article and a number: "a staggering 10,000".
fn is_remark(words: &Words, at: usize) -> bool {
    let article = at.checked_sub(1).is_some_and(|before| words.sense(before).function.any(FunctionWords::ARTICLE));
    article && words.small(at) && !words.sense(at).listed
}

/// "among the injured are two girls", "the dead included three children": those counted are a part of those to whom it
/// happened.
fn listed_among(words: &Words, at: usize) -> Option<Found> {
    if matches!(words.lower(at.wrapping_sub(1)), "include" | "included" | "includes")
        && at >= 3
        && matches!(words.lower(at - 3), "the" | "those")
        && let Some(kind) = suffered_by(words, at - 2)
    {
        return Some(Found { kind, trigger: at - 2, rule: "part" });
    }
    let verb = at.checked_sub(4).map(|from| from + 3)?;
    let be = matches!(words.lower(verb), "are" | "were" | "is" | "was");
    let (among, those) = (words.lower(verb - 3), words.lower(verb - 2));
    let kind = suffered_by(words, verb - 1)?;
    (be && among == "among" && matches!(those, "the" | "those")).then_some(Found {
        kind,
        trigger: verb - 1,
        rule: "part",
    })
}

/// What befell "the killed", "those injured", "the dead".
fn suffered_by(words: &Words, at: usize) -> Option<FigureKind> {
    let told = &words.sense(at).fates;
    let fits = |fate: &&Fate| matches!(fate.frame, Frame::Transitive | Frame::Adjective) && fate.form == Form::Past;
    told.iter().find(fits)?.kind
}

/// "two policemen were among those killed", "among the 68 people killed": the fate and its place.
fn among(words: &Words, at: usize) -> Option<Found> {
    if words.lower(at) != "among" {
        return None;
    }
    let determined = matches!(words.lower(at + 1), "the" | "those") || words.sense(at + 1).qualifier.is_some();
    let counted = |at: usize| {
        words.shape(at) == Shape::Digits
            || words.sense(at).number.is_some()
            || words.sense(at).group.is_some()
            || words.sense(at).qualifier.is_some()
    };
    let end = (at + 2..at + 7).find(|&at| !counted(at))?;
    let kind = suffered_by(words, end).filter(|_| determined)?;
    Some(Found { kind, trigger: end, rule: "part" })
}

/// "sustained minor injuries".
fn sustained(words: &Words, at: usize) -> Option<usize> {
    let verb = matches!(
        words.lower(at),
        "sustained" | "suffered" | "received" | "sustain" | "suffer" | "sustaining" | "suffering" | "receiving"
    );
    let end = (at + 1..at + 5).find(|&at| !words.small(at) || words.sense(at).function != FunctionWords::NONE)?;
    (verb && end > at + 1 && matches!(words.lower(end - 1), "injuries" | "wounds" | "burns" | "injury")).then_some(at)
}

/// Whether what the word at a place tells can only befall people.
pub fn is_personal(words: &Words, at: usize, kind: FigureKind) -> bool {
    fates(words, at).0.iter().any(|fate| fate.personal && fate.kind == Some(kind))
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
        let determined = before.any(FunctionWords::DETERMINER.with(FunctionWords::ARTICLE));
        let verb = told.iter().find(|fate| {
            matches!(fate.frame, Frame::Transitive | Frame::Ambiguous)
                && fate.kind.is_some()
                && !(nominal && fate.form == Form::Present)
                && !(determined && fate.form == Form::Gerund)
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
    let mut from = from;
    while from > 1 && matches!(words.lower(from - 1), "the" | "his" | "her" | "their") {
        from -= 1;
    }
    let before = |back: usize| words.lower(from.wrapping_sub(back));
    let with = before(1) == "with" && matches!(before(2), "along" | "together");
    if with {
        return accompanied(words, from - 2);
    }
    let as_well = (before(1), before(2), before(3)) == ("as", "well", "as");
    if !as_well && !matches!(before(1), "and" | "," | "&" | "or" | "plus") {
        return None;
    }
    let mut at = from - if as_well { 3 } else { 1 };
    while at > 0 && from - at < 14 {
        // "Two were killed, and three homes burned": no list begins without a first member.
        let begins = at < from - 1 && !matches!(words.lower(at), "," | "and" | "&" | "or");
        if let Some(found) = verb_ending(words, at).filter(|_| begins) {
            return Some(Found { rule: "list", ..found });
        }
        if let (Some(trigger), "of") = (at.checked_sub(2), words.lower(at - 1))
            && let Some(kind) = eventive(words, trigger).filter(|&kind| is_personal(words, trigger, kind))
        {
            return Some(Found { kind, trigger, rule: "list" });
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

/// "He was killed near his home, along with two of his guards": what the clause before says.
fn accompanied(words: &Words, from: usize) -> Option<Found> {
    for at in (from.saturating_sub(20)..from).rev() {
        if matches!(words.lower(at), ";" | ":") {
            return None;
        }
        for fate in fates(words, at).0 {
            let kind = fate.kind?;
            let mut before = at;
            while before > 0 && words.sense(before - 1).function.any(FunctionWords::ADVERB) {
                before -= 1;
            }
            let passive = before > 0
                && matches!(words.lower(before - 1), "was" | "were" | "is" | "are" | "been" | "being" | "be");
            match fate.frame {
                Frame::Transitive if passive && fate.form == Form::Past => {
                    return Some(Found { kind, trigger: at, rule: "list" });
                }
                Frame::Intransitive if fate.form == Form::Past => {
                    return Some(Found { kind, trigger: at, rule: "list" });
                }
                _ => {}
            }
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
