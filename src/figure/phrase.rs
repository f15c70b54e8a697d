//! The noun phrase behind a number: what is counted.

use crate::lexicon::{Calendar, Form, Frame, FunctionWords, Group, Shape, Words};
use crate::ontology::FigureKind;

/// The counted noun phrase.
#[derive(Clone, Copy, Debug)]
pub struct Phrase {
    /// Its first word behind the number.
    pub from: usize,
    /// Its head: "officers" in "police officers".
    pub head: usize,
    /// The word after it.
    pub to: usize,
    /// What kind of noun the head is, if it is listed.
    pub group: Option<Group>,
    /// What befell those counted, when the phrase itself says so: "12 dead soldiers", "122 deaths".
    pub fate: Option<(FigureKind, usize)>,
    /// Whether only the share of a larger number is counted: "12 of the 13 people".
    pub partitive: bool,
    /// Whether that number is told by whose they are, and so is no figure of its own: "two of his guards".
    pub owned: bool,
}

const STOP: FunctionWords = FunctionWords::AUXILIARY
    .with(FunctionWords::DETERMINER)
    .with(FunctionWords::ARTICLE)
    .with(FunctionWords::PRONOUN)
    .with(FunctionWords::PREPOSITION)
    .with(FunctionWords::CONJUNCTION)
    .with(FunctionWords::SUBORDINATOR)
    .with(FunctionWords::REPORT);

/// The longest noun phrase read: modifiers in news are long, but rarely longer than this.
const REACH: usize = 9;

/// The phrase behind a number that ends at `at`. `one` when a single thing is counted, so that its noun is singular.
pub fn read(words: &Words, at: usize, one: bool) -> Option<Phrase> {
    // "[9] persons": what an editor has put in.
    let inserted = words.lower(at) == "]" && at > 1 && words.lower(at - 2) == "[" && !words.glued(at - 2);
    let at = if inserted { at + 1 } else { at };
    let (start, partitive) = past_of(words, at);
    let scan = Scan { words, one: one && !partitive };
    let mut phrase = scan.run(start)?;
    phrase.partitive = partitive;
    phrase.owned = partitive && matches!(words.lower(at + 1), "his" | "her" | "its" | "their" | "our" | "my" | "your");
    Some(phrase)
}

/// Past "of" and "of the": the place where the noun phrase begins, and whether it is a larger whole.
fn past_of(words: &Words, at: usize) -> (usize, bool) {
    let at = if matches!(words.lower(at), "more" | "such" | "additional") && words.lower(at + 1) == "of" {
        at + 1
    } else {
        at
    };
    if words.lower(at) != "of" {
        return (at, false);
    }
    let mut start = at + 1;
    let determined = words.sense(start).function.any(FunctionWords::DETERMINER.with(FunctionWords::PRONOUN));
    while words.sense(start).function.any(FunctionWords::DETERMINER) || words.lower(start) == "all" {
        start += 1;
    }
    while words.sense(start).number.is_some()
        || words.shape(start) == Shape::Digits
        || words.sense(start).qualifier.is_some()
    {
        start += 1;
    }
    (start, determined)
}

struct Scan<'w> {
    words: &'w Words<'w>,
    one: bool,
}

impl Scan<'_> {
    fn run(&self, start: usize) -> Option<Phrase> {
        let words = self.words;
        let mut head: Option<usize> = None;
        let mut fate = None;
        let mut before_and = None;
        let mut at = start;
        while at < words.len() && at - start < REACH {
            if let Some(skipped) = self.compound(at, start) {
                at = skipped;
                continue;
            }
            if let Some(next) = self.joined_modifier(start, at, head) {
                before_and.get_or_insert(at);
                at = next;
                continue;
            }
            let genitive = words.lower(at) == "'s";
            if !words.letters(at) || (self.stops(at) && !genitive) {
                break;
            }
            if genitive {
                // The noun before was a possessor: "the army's soldiers".
                head = None;
                at += 1;
                continue;
            }
            if let Some((kind, end)) = self.fate(at, head) {
                fate = Some((kind.0, at));
                if kind.1 {
                    return Some(self.phrase(start, end - 1, end, fate));
                }
                if head.is_some() {
                    fate = None;
                    break;
                }
                at = end;
                continue;
            }
            if head.is_some() && !words.sense(at).fates.is_empty() && words.sense(at).group.is_none() {
                break;
            }
            match (self.is_head(at), head) {
                (true, Some(noun)) if self.is_verb_after(noun, at) => break,
                (true, _) => head = Some(at),
                (false, Some(_)) if !self.extends(at) => break,
                _ => {}
            }
            at += 1;
        }
        let head = head.or_else(|| self.fallback(start, before_and.unwrap_or(at)))?;
        Some(self.phrase(start, head, head + 1, fate))
    }

    fn phrase(&self, from: usize, head: usize, to: usize, fate: Option<(FigureKind, usize)>) -> Phrase {
        let words = self.words;
        let mut to = to;
        // "members of the armed forces": the rest of the name belongs to the span.
        if words.lower(to) == "of" && words.sense(head).group.is_some() && to + 4 < words.len() {
            let mut end = to + 1;
            while words.sense(end).function.any(FunctionWords::DETERMINER) {
                end += 1;
            }
            let first = end;
            while words.continues_name(end) && end < to + 6 {
                end += 1;
            }
            if end > first {
                to = end;
            }
        }
        Phrase { from, head, to, group: words.sense(head).group, fate, partitive: false, owned: false }
    }

    /// Past "and" between two modifiers of one noun: "160 Hamas and Islamic Jihad members".
    fn joined_modifier(&self, start: usize, at: usize, head: Option<usize>) -> Option<usize> {
        let words = self.words;
        let joins = matches!(words.lower(at), "and" | "or" | "&") && head.is_none() && (1..=2).contains(&(at - start));
        let open = |at: usize| words.letters(at) && !self.stops(at) && words.sense(at).number.is_none();
        let noun = || (at + 2..at + 5).take_while(|&at| open(at)).any(|at| words.sense(at).group.is_some());
        let plain = |at: usize| open(at) && words.sense(at).fates.is_empty();
        let modifiers = (start..at).all(plain) && open(at + 1) && words.sense(at + 1).fates.is_empty();
        (joins && modifiers && noun()).then_some(at + 1)
    }

    /// Whether a word in -s behind a plural goes on as a verb: "parties ends". Few plurals stand before another noun.
    fn is_verb_after(&self, noun: usize, at: usize) -> bool {
        let words = self.words;
        let ending = |at: usize| words.lower(at).ends_with('s');
        noun + 1 == at
            && ending(noun)
            && ending(at)
            && words.sense(at).group.is_none()
            && words.sense(at).unit.is_none()
            && !words.sense(at).nonhuman
            && !words.sense(noun).attributive
    }

    /// Past a modifier in several pieces: "115-year-old", "rebel-held", "500-pound".
    fn compound(&self, at: usize, start: usize) -> Option<usize> {
        let words = self.words;
        let dash = words.lower(at + 2) == "-";
        let hyphen = words.lower(at + 1) == "-" && words.glued(at + 1) && words.glued(at + 2) && !dash;
        if hyphen && (words.letters(at) || words.shape(at) == Shape::Digits) {
            let mut end = at + 2;
            while words.lower(end + 1) == "-" && words.glued(end + 1) && words.glued(end + 2) {
                end += 2;
            }
            // "ex-officials" and "asylum-seekers" end in the noun itself.
            let noun = words.sense(end).group.is_some() || self.is_plural(end) && words.small(end);
            return Some(if noun { end } else { end + 1 });
        }
        let quoted = matches!(words.lower(at), "\"" | "“" | "”" | "``" | "''" | "(") && at == start;
        let listed = words.lower(at) == ","
            && at > start
            && words.shape(at + 1) == Shape::Lower
            && words.sense(at + 1).function == FunctionWords::NONE
            && (words.sense(at + 2).group.is_some() || words.sense(at + 3).group.is_some())
            && words.sense(at - 1).group.is_none()
            && words.lower(at) != "(";
        (quoted && words.lower(at) != "(" || listed).then_some(at + 1)
    }

    fn stops(&self, at: usize) -> bool {
        let words = self.words;
        let sense = words.sense(at);
        let calendar = matches!(sense.calendar, Some(Calendar::Weekday(_) | Calendar::Month(_))) && words.capital(at);
        // "confirmed cases": a participle between the number and its noun.
        let participle =
            words.lower(at).ends_with("ed") && (self.is_head(at + 1) || self.is_head(at + 2) && words.letters(at + 1));
        let country = words.lower(at) == "us" && words.shape(at) == Shape::Upper;
        let listed_noun = country || sense.group.is_some() || words.lower(at) == "following" || participle;
        calendar
            || (sense.function.any(STOP) && !listed_noun)
            || (sense.number.is_some() && !matches!(words.lower(at), "second" | "third"))
    }

    /// The fate that a word tells inside the phrase, whether it is the head itself, and the place after it.
    fn fate(&self, at: usize, head: Option<usize>) -> Option<((FigureKind, bool), usize)> {
        let words = self.words;
        let phrase = words.phrase(at).map(|(sense, end)| (&sense.fates, end)).filter(|(fates, _)| !fates.is_empty());
        let (fates, end) = phrase.unwrap_or((&words.sense(at).fates, at + 1));
        let noun = fates.iter().find(|fate| fate.frame == Frame::Noun);
        if let Some(kind) = noun.and_then(|fate| fate.kind) {
            return Some(((kind, true), end));
        }
        let told = fates.iter().find(|fate| {
            matches!(fate.frame, Frame::Transitive | Frame::Adjective) && fate.form == Form::Past && fate.kind.is_some()
        })?;
        // "12 dead soldiers": an attribute stands right before its noun; otherwise it is the predicate.
        let noun_follows = words.letters(end)
            && (self.is_head(end) || self.is_head(end + 1))
            && !words.sense(end).function.any(STOP)
            && words.sense(end).group.here_or_next(words, end);
        (head.is_none() && noun_follows).then_some(((told.kind?, false), end))
    }

    /// Whether the word can be the counted noun.
    fn is_head(&self, at: usize) -> bool {
        let words = self.words;
        let sense = words.sense(at);
        if words.lower(at + 1) == "'s" || words.lower(at + 1) == "'" && words.glued(at + 1) {
            return false;
        }
        match (self.one, sense.group) {
            (true, Some(_)) => true,
            (true, None) => false,
            (false, Some(_)) => {
                self.is_plural(at) && (words.small(at) || !words.marked(at + 1) || words.shape(at) == Shape::Upper)
            }
            (false, None) => {
                words.shape(at) != Shape::Capitalised
                    && self.is_plural(at)
                    && sense.fates.iter().all(|fate| fate.form != Form::Gerund)
            }
        }
    }

    /// Whether the word has the form of a plural.
    fn is_plural(&self, at: usize) -> bool {
        let lower = self.words.lower(at);
        let listed = self.words.sense(at).group.is_some();
        let ending = lower.len() > 3
            && lower.ends_with('s')
            && (listed || !["ss", "us", "is"].iter().any(|end| lower.ends_with(end)));
        ending
            || matches!(
                lower,
                "people"
                    | "men"
                    | "women"
                    | "children"
                    | "police"
                    | "personnel"
                    | "staff"
                    | "aircraft"
                    | "mps"
                    | "series"
                    | "species"
                    | "sheep"
                    | "cattle"
                    | "fish"
                    | "media"
                    | "feet"
                    | "teeth"
                    | "mice"
                    | "criteria"
                    | "crew"
                    | "homes"
                    | "peshmerga"
                    | "mujahideen"
                    | "mujahedin"
                    | "roma"
                    | "druze"
                    | "idps"
                    | "pows"
                    | "uavs"
                    | "ieds"
                    | "data"
                    | "spacecraft"
                    | "us"
            ) && lower != "us"
            || (self.words.sense(at).group.is_some()
                && (lower.ends_with("men")
                    || lower.ends_with("ese")
                    || lower.ends_with("people")
                    || lower.ends_with("children")))
    }

    /// Whether a word after a possible head goes on with the noun phrase: "police officers", "school buses".
    fn extends(&self, at: usize) -> bool {
        self.is_head(at + 1) && self.words.small(at) && self.words.sense(at).group.is_some()
    }

    /// The last capitalised plural when no small word is one: "three Nazis".
    fn fallback(&self, start: usize, end: usize) -> Option<usize> {
        let words = self.words;
        if self.one {
            return None;
        }
        (start..end).rev().find(|&at| {
            words.marked(at) && self.is_plural(at) && words.lower(at) != "'s" && words.lower(at + 1) != "'s"
        })
    }
}

/// Whether a counted noun stands there or right after.
trait OrNext {
    fn here_or_next(self, words: &Words, at: usize) -> bool;
}

impl OrNext for Option<Group> {
    fn here_or_next(self, words: &Words, at: usize) -> bool {
        self.is_some() || words.sense(at + 1).group.is_some()
    }
}
