//! Figures without a number: "a soldier was killed" is one, "no one was hurt" is none.

use super::fate::{self, Found};
use crate::lexicon::{Frame, FunctionWords, Group, Shape, Words};
use crate::ontology::FigureKind;

/// A figure that no number word states.
#[derive(Clone, Copy, Debug)]
pub struct Single {
    /// Its first word.
    pub from: usize,
    /// The word after its last.
    pub to: usize,
    /// The head of the phrase, if it has one.
    pub head: Option<usize>,
    /// One or nought.
    pub value: f64,
    /// What befell them.
    pub found: Found,
}

/// The longest description between an article and its noun: "a 13-year-old Palestinian boy" has seven pieces.
const REACH: usize = 10;

/// The figures that begin at a word.
pub fn read(words: &Words, at: usize, found: &mut Vec<Single>) {
    let sense = words.sense(at);
    match words.lower(at) {
        "no" | "without" | "nor" | "any" => none_of(words, at, found),
        "nobody" | "none" => nobody(words, at, at + 1, found),
        "a" | "an" | "another" => found.extend(one(words, at)),
        _ if sense.function.any(FunctionWords::ARTICLE) => found.extend(one(words, at)),
        _ => {}
    }
}

/// "no casualties", "no one was killed or injured", "without injuries", "no soldiers were hurt".
fn none_of(words: &Words, at: usize, found: &mut Vec<Single>) {
    let lower = words.lower(at);
    let denied = lower != "any"
        || (1..=6).any(|back| {
            matches!(words.lower(at.wrapping_sub(back)), "not" | "n't" | "never" | "without" | "no" | "neither")
        });
    if !denied {
        return;
    }
    if lower == "no" && matches!(words.lower(at + 1), "one" | "-") {
        let end = if words.lower(at + 1) == "-" { at + 3 } else { at + 2 };
        return nobody(words, at, end, found);
    }
    // "no reported deaths or serious injuries"
    let mut from = at;
    let mut next = at + 1;
    while next < words.len() && next - at < REACH {
        let (told, to) = fate::fates(words, next);
        if let Some(kind) = told.iter().find(|fate| fate.frame == Frame::Noun).and_then(|fate| fate.kind) {
            let head = Some(to - 1);
            found.push(Single { from, to, head, value: 0.0, found: Found { kind, trigger: next, rule: "none" } });
            from = to;
            next = to;
            if !matches!(words.lower(next), "or" | "and" | "," | "nor") {
                return;
            }
            continue;
        }
        let group = words.sense(next).group.filter(|group| *group != Group::Weapons);
        if group.is_some() && lower == "no" {
            if let Some(told) = fate::right(words, next + 1).filter(|told| is_harm(told.kind)) {
                found.push(Single { from: at, to: next + 1, head: Some(next), value: 0.0, found: told });
            }
            return;
        }
        let joined = matches!(words.lower(next), "or" | "and" | "," | "other" | "known")
            || (words.lower(next) == "of"
                && matches!(words.lower(next - 1), "reports" | "report" | "word" | "sign" | "signs"));
        if words.sense(next).function != FunctionWords::NONE
            && !joined
            && !words
                .sense(next)
                .function
                .any(FunctionWords::ADVERB.with(FunctionWords::RELAY).with(FunctionWords::REPORT))
        {
            return;
        }
        next += 1;
    }
}

fn nobody(words: &Words, from: usize, to: usize, found: &mut Vec<Single>) {
    let Some(told) = fate::right(words, to).filter(|told| is_harm(told.kind)) else { return };
    let parts: &[FigureKind] = match told.kind {
        FigureKind::Casualties => &[FigureKind::Killed, FigureKind::Injured],
        ref kind => std::slice::from_ref(kind),
    };
    let single = |kind| Single { from, to, head: None, value: 0.0, found: Found { kind, rule: "none", ..told } };
    found.extend(parts.iter().map(|&kind| single(kind)));
}

/// "a soldier", "an elderly woman", when something happened to them.
fn one(words: &Words, at: usize) -> Option<Single> {
    let head = person(words, at + 1)?;
    let to = head + 1;
    // "Two men who robbed a driver are held": the verb is not the driver's.
    let joined = matches!(words.lower(at.wrapping_sub(1)), "and" | "," | "or");
    if matches!(words.lower(to), "are" | "were" | "have") && !joined {
        return None;
    }
    let told = fate::left(words, at)
        .filter(|told| told.rule == "object" || told.rule == "of-phrase")
        .or_else(|| fate::right(words, to))
        .or_else(|| fate::listed(words, at))?;
    is_harm(told.kind).then_some(Single { from: at, to, head: Some(head), value: 1.0, found: told })
}

/// Whether the kind counts people one by one to whom something was done.
fn is_harm(kind: FigureKind) -> bool {
    use FigureKind::{Abducted, Casualties, Detained, Injured, Killed, Missing};
    matches!(kind, Killed | Injured | Casualties | Missing | Detained | Abducted)
}

/// "a worker collecting samples": what follows describes the person; "a student meeting" is a thing.
fn is_participle(words: &Words, at: usize) -> bool {
    let thing = matches!(
        words.lower(at),
        "building" | "meeting" | "wedding" | "gathering" | "hearing" | "training" | "uprising" | "housing" | "dwelling"
    );
    words.lower(at).ends_with("ing") && words.lower(at).len() > 5 && !thing
}

/// The head of a singular noun phrase about one person that begins at a place.
fn person(words: &Words, start: usize) -> Option<usize> {
    let mut at = start;
    let mut head = None;
    let mut described = false;
    while at < words.len() && at - start < REACH {
        let sense = words.sense(at);
        let piece = words.letters(at) || words.shape(at) == Shape::Digits || words.lower(at) == "-";
        let stop = sense.function != FunctionWords::NONE
            && !matches!(words.lower(at), "second" | "off")
            && sense.group.is_none();
        // "a neighbour's house"
        if words.lower(at) == "'s" && head.is_some() {
            return None;
        }
        if !piece || stop || (!sense.fates.is_empty() && sense.group.is_none() && head.is_some()) {
            break;
        }
        let verb = words.lower(at).ends_with("ed")
            || matches!(words.lower(at), "led" | "left" | "took" | "went" | "came" | "fell" | "fled");
        if head.is_some() && verb && sense.group.is_none() {
            break;
        }
        // "a Ukrainian Antonov": the people's name describes what a name of its own follows.
        if head.is_some_and(|head| words.marked(head)) && words.marked(at) && !sense.listed {
            described = true;
            head = None;
        }
        if head.is_some() && sense.group.is_none() && words.small(at) {
            if is_participle(words, at) && head.is_some_and(|head| !words.marked(head)) {
                break;
            }
            // "a student protest", "a police station": the person only describes a thing, unless another follows as in
            // "a student union leader".
            described = true;
            head = None;
        }
        let person = sense.group.filter(|group| *group != Group::Weapons).is_some() && !sense.collective;
        let age = words.lower(at) == "old" && words.lower(at.wrapping_sub(1)) == "-";
        if (person && !words.lower(at).ends_with("men")) || age {
            head = Some(at);
            described = false;
        } else if sense.group.is_some() {
            head = None;
        }
        at += 1;
    }
    let head = head.filter(|_| !described)?;
    let plural =
        words.lower(head).ends_with('s') && words.sense(head).group.is_some() && !words.lower(head).ends_with("ss");
    (!plural).then_some(head)
}
