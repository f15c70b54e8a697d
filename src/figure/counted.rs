//! From the quantities of a sentence to its figures.

use super::context::{self, Bare};
use super::fate::{self, Found};
use super::phrase::{self, Phrase};
use super::quantity::{self, Quantity};
use super::single::{self, Single};
use super::{Figure, measure, refuse};
use crate::lexicon::{FunctionWords, Group, Shape, Words};
use crate::number::{Number, NumberForm};
use crate::ontology::{FigureKind, Qualifier};
use crate::span::SentenceId;

/// The most people that anything can happen to.
const MOST_PEOPLE: f64 = 1e10;

/// Appends the figures of a sentence, in text order.
pub fn sentence(words: &Words, sentence: SentenceId, numbers: &[Number], found: &mut Vec<Figure>) {
    let mut reader = Reader { words, sentence, made: Vec::new() };
    let mut bare: Option<Quantity> = None;
    for quantity in quantity::read(words, numbers) {
        let Some(made) = reader.figure(&quantity) else {
            bare = Some(quantity);
            continue;
        };
        if let Some(first) = bare.take().filter(|first| is_pair(words, first, &quantity)) {
            reader.made.extend(reader.like(&first, &made));
        }
        reader.made.push(made);
    }
    reader.spread();
    let mut singles = Vec::new();
    for at in 0..words.len() {
        single::read(words, at, &mut singles);
    }
    let mut figures: Vec<Figure> = reader.made.iter().map(|made| made.figure.clone()).collect();
    for single in &singles {
        let figure = reader.single(single);
        if !figures
            .iter()
            .any(|other| other.span.overlaps(figure.span) && (other.value != figure.value || other.kind == figure.kind))
        {
            figures.push(figure);
        }
    }
    figures.sort_by_key(|figure| figure.span);
    found.extend(figures);
}

/// A figure with the words it was read from.
struct Made {
    figure: Figure,
    group: Option<Group>,
    to: usize,
}

struct Reader<'w> {
    words: &'w Words<'w>,
    sentence: SentenceId,
    made: Vec<Made>,
}

impl Reader<'_> {
    fn figure(&self, quantity: &Quantity) -> Option<Made> {
        let words = self.words;
        let measure = measure::read(words, quantity);
        let unit_end = measure.as_ref().map(|measure| measure.to);
        let votes = context::votes(words, quantity);
        if !votes && refuse::reason(words, quantity, unit_end).is_some() {
            return None;
        }
        if let Some(measure) = measure {
            let scaled = Quantity { value: quantity.value * measure.factor, ..*quantity };
            let subject = self.share_of(measure.kind, measure.to);
            let (kind, unit, rule) = (measure.kind, Some(measure.unit), measure.rule);
            let says = Says { kind, unit, to: measure.to, phrase: subject.as_ref(), trigger: None, rule };
            return Some(self.make(&scaled, says));
        }
        if votes {
            let unit = Some("votes".into());
            let says =
                Says { kind: FigureKind::Count, unit, to: quantity.to, phrase: None, trigger: None, rule: "votes" };
            return Some(self.make(quantity, says));
        }
        if let Some(strong) = self.strong(quantity) {
            return Some(strong);
        }
        let one = quantity.value == 1.0 && !matches!(quantity.qualifier, Qualifier::Vague | Qualifier::Between);
        match phrase::read(words, quantity.to, one) {
            Some(phrase) => self.phrase(quantity, &phrase, one),
            None => self.bare(quantity, one),
        }
    }

    /// "a 5,000-strong crowd".
    fn strong(&self, quantity: &Quantity) -> Option<Made> {
        let words = self.words;
        let strong = words.lower(quantity.to) == "-" && words.lower(quantity.to + 1) == "strong";
        let phrase = phrase::read(words, quantity.to + 2, true).filter(|_| strong);
        let group = phrase.as_ref().and_then(|phrase| phrase.group);
        strong.then(|| {
            let (kind, unit) = (default_kind(group), Some("people".into()));
            let says = Says { kind, unit, to: quantity.to + 2, phrase: phrase.as_ref(), trigger: None, rule: "strong" };
            self.make(quantity, says)
        })
    }

    /// What a share or measure is of: "half of the state governors", "30% of territory".
    fn share_of(&self, kind: FigureKind, to: usize) -> Option<Phrase> {
        if kind != FigureKind::Percent || self.words.lower(to) != "of" {
            return None;
        }
        phrase::read(self.words, to, false).map(|phrase| Phrase { fate: None, ..phrase })
    }

    fn phrase(&self, quantity: &Quantity, phrase: &Phrase, one: bool) -> Option<Made> {
        let words = self.words;
        // "12-member", "six-party": the number is a part of an adjective.
        let hyphen = words.lower(quantity.to) == "-" && words.glued(quantity.to) && words.glued(quantity.to + 1);
        if hyphen || quantity.value < 0.0 {
            return None;
        }
        if let Some((kind, trigger)) = phrase.fate {
            let found = Found { kind, trigger, rule: "attribute" };
            return self.people(quantity, phrase, found);
        }
        match phrase.group {
            Some(Group::Weapons) => {
                let unit = words.lower(phrase.head).to_owned();
                Some(self.noun(quantity, phrase, FigureKind::Weapons, unit, "weapons"))
            }
            Some(group) => {
                let fated = self.fate(quantity, phrase);
                let found =
                    fated.unwrap_or(Found { kind: default_kind(Some(group)), trigger: usize::MAX, rule: "people" });
                self.people(quantity, phrase, found)
            }
            None if self.personal(quantity, phrase).is_some() => {
                self.people(quantity, phrase, self.personal(quantity, phrase)?)
            }
            // "five times" and "three ways" count no things.
            None if one || matches!(words.lower(phrase.head), "times" | "ways") => None,
            None => {
                let unit = words.lower(phrase.head).to_owned();
                let sign = words.shape(phrase.head) == Shape::Sign;
                (!sign).then(|| self.noun(quantity, phrase, FigureKind::Count, unit, "count"))
            }
        }
    }

    /// What befell those counted by a noun that no list knows, when it can only befall people: "the murder of six
    /// Jesuits".
    fn personal(&self, quantity: &Quantity, phrase: &Phrase) -> Option<Found> {
        let words = self.words;
        let sense = words.sense(phrase.head);
        let thing = sense.nonhuman || sense.unit.is_some() || words.shape(phrase.head) == Shape::Sign;
        let found = self.fate(quantity, phrase).filter(|_| !thing)?;
        let said = match found.trigger {
            // Of a list only what the verb or noun before it governs: "43 people killed and 70,000 homes destroyed".
            usize::MAX => {
                let governed = self.made.last().is_some_and(|made| matches!(made.figure.rule, "object" | "of-phrase"));
                governed && ends_clause(words, phrase.to)
            }
            trigger => {
                // "115 soldiers of the two factions are killed", "418 people in 29 provinces are detained"
                let inner = |at: usize| words.sense(at).function.any(FunctionWords::PREPOSITION);
                let passive = found.rule == "passive";
                if passive
                    && (trigger > phrase.to + 5
                        || inner(quantity.from)
                        || quantity.from > 0 && inner(quantity.from - 1))
                {
                    return None;
                }
                let verb_between = || (trigger + 1..quantity.from).any(|at| words.lower(at).ends_with("ed"));
                let loose = found.rule == "list" && (!ends_clause(words, phrase.to) || verb_between());
                fate::is_personal(words, trigger, found.kind) && found.rule != "predicate" && !loose
            }
        };
        said.then_some(found)
    }

    fn noun(&self, quantity: &Quantity, phrase: &Phrase, kind: FigureKind, unit: String, rule: &'static str) -> Made {
        self.make(quantity, Says { kind, unit: Some(unit), to: phrase.to, phrase: Some(phrase), trigger: None, rule })
    }

    fn people(&self, quantity: &Quantity, phrase: &Phrase, found: Found) -> Option<Made> {
        let trigger = (found.trigger != usize::MAX).then_some(found.trigger);
        // "one of the most gifted players" describes somebody and counts nobody.
        let described = phrase.partitive && quantity.value == 1.0 && found.kind == FigureKind::People;
        let sane = quantity.value <= MOST_PEOPLE && quantity.value.fract() == 0.0 && !described;
        let (kind, unit, rule) = (found.kind, Some("people".into()), found.rule);
        let mut made = self.make(quantity, Says { kind, unit, to: phrase.to, phrase: Some(phrase), trigger, rule });
        made.figure.part = found.rule == "part" || phrase.partitive && !phrase.owned;
        sane.then_some(made)
    }

    /// What befell the people of a phrase.
    fn fate(&self, quantity: &Quantity, phrase: &Phrase) -> Option<Found> {
        let words = self.words;
        // "two of the 25 passengers were hurt": not all of them; but "two of the 25 people killed".
        if self.made.last().is_some_and(|made| made.figure.part && made.to > quantity.from) {
            return fate::right(words, phrase.to).filter(|found| {
                found.rule == "object-relative" || found.trigger == phrase.to && found.rule != "passive"
            });
        }
        let right = fate::right(words, phrase.to.max(quantity.to));
        let immediate = right.filter(|found| found.trigger <= phrase.to + 1);
        let whole = self.whole(quantity);
        let toll = context::total(words, quantity).filter(|bare| bare.rule == "toll");
        if let Some(bare) = toll {
            return Some(Found { kind: bare.kind, trigger: bare.trigger?, rule: "toll" });
        }
        if let (Some(said), Some(part)) = (immediate, whole)
            && said.kind == part.kind
        {
            return Some(Found { rule: "part", ..said });
        }
        immediate
            .or_else(|| fate::left(words, quantity.from).filter(|found| is_fitting(words, found.kind, phrase)))
            .or(whole)
            .or_else(|| self.sibling(quantity).filter(|found| found.rule == "object" || right.is_none()))
            .or(right.filter(|found| is_fitting(words, found.kind, phrase)))
            .or_else(|| fate::listed(words, quantity.from))
            .filter(|found| found.kind != FigureKind::Killed || !is_alive(words, phrase))
    }

    /// The figure that this one is a part of: "12 people, including three children".
    fn whole(&self, quantity: &Quantity) -> Option<Found> {
        let words = self.words;
        let from = quantity.from;
        let last = self.made.last()?;
        let before = |back: usize| words.lower(from.wrapping_sub(back));
        let part = matches!(before(1), "including" | "among" | "whom" | "them" | "includes" | "included" | "include")
            || matches!((before(1), before(2)), ("them" | "whom" | "which", "of" | "among"))
            || (words.lower(quantity.to) == "of" && matches!(words.lower(quantity.to + 1), "them" | "whom"))
            || self.follows_part(quantity);
        let near = from >= last.to && from - last.to < 16;
        let harm = is_person_kind(last.figure.kind) && last.figure.kind != FigureKind::People;
        (part && near && harm).then_some(Found { kind: last.figure.kind, trigger: usize::MAX, rule: "part" })
    }

    /// Whether the figure continues a list of parts: "including 10 children & 6 women".
    fn follows_part(&self, quantity: &Quantity) -> bool {
        self.made.last().is_some_and(|last| {
            last.figure.part && quantity.from == last.to + 1 && matches!(self.words.lower(last.to), "and" | "&" | ",")
        })
    }

    /// The figure that this one is joined to: "15 policemen and 3 soldiers".
    fn sibling(&self, quantity: &Quantity) -> Option<Found> {
        let last = self.made.last()?;
        let gap = quantity.from.checked_sub(last.to)?;
        // "six priests and their two maids", "a nun as well as two pupils".
        let as_well = |at: usize| {
            (0..3).any(|back| {
                let at = |offset: usize| self.words.lower((at + offset).wrapping_sub(back));
                (at(0), at(1), at(2)) == ("as", "well", "as")
            })
        };
        let connects = |at: usize| matches!(self.words.lower(at), "and" | "&" | "," | "or" | "plus") || as_well(at);
        let determines = |at| matches!(self.words.lower(at), "the" | "their" | "his" | "her");
        let joined = (1..=4).contains(&gap)
            && connects(last.to)
            && (last.to..quantity.from).all(|at| connects(at) || determines(at));
        let rule = if last.figure.rule == "object" { "object" } else { "list" };
        let kind = last.figure.kind;
        (joined && is_person_kind(kind) && last.figure.trigger.is_some()).then_some(Found {
            kind,
            trigger: usize::MAX,
            rule,
        })
    }

    /// A number without a noun.
    fn bare(&self, quantity: &Quantity, one: bool) -> Option<Made> {
        let words = self.words;
        let hyphen = words.glued(quantity.to)
            && !matches!(words.lower(quantity.to), "," | ")" | "." | ";" | ":" | "\"" | "”" | "'s");
        if hyphen {
            return None;
        }
        let more = usize::from(matches!(words.lower(quantity.to), "more" | "others" | "people"));
        let of_which =
            words.lower(quantity.to) == "of" && matches!(words.lower(quantity.to + 1), "which" | "whom" | "them");
        let end = if of_which { quantity.to + 2 } else { quantity.to + more };
        let vague = quantity.qualifier == Qualifier::Vague || quantity.form == NumberForm::Vague;
        if let Some(found) = fate::of_fated(words, quantity.to) {
            let bare = Bare {
                kind: found.kind,
                unit: "people".into(),
                trigger: Some(found.trigger),
                update: false,
                rule: "part",
            };
            let mut made = self.named(quantity, found.trigger + 1, bare);
            made.figure.part = true;
            return Some(made);
        }
        if let Some(bare) = context::total(words, quantity).or_else(|| context::risen(words, quantity)) {
            return Some(self.named(quantity, end, bare));
        }
        let digits = quantity.form == NumberForm::Digits;
        let year_like = digits
            && quantity.value.fract() == 0.0
            && (1900.0..2060.0).contains(&quantity.value)
            && quantity.from == quantity.number
            && !words.lower(quantity.number).contains(',');
        let left = fate::left(words, quantity.from).filter(|found| found.rule == "object" || more > 0 || vague);
        let right = fate::right(words, end);
        let adjacent = right.filter(|found| {
            found.trigger <= end + 1 || words.sense(end).function.any(FunctionWords::AUXILIARY) || vague || more > 0
        });
        let fated = left
            .filter(|_| ends_phrase(words, end))
            .or(adjacent)
            .or_else(|| self.whole(quantity).filter(|_| ends_phrase(words, end)))
            .or_else(|| self.sibling(quantity).filter(|_| ends_phrase(words, end) && more > 0));
        if let Some(found) =
            fated.filter(|found| is_person_kind(found.kind) && !year_like && !(one && found.rule == "object"))
        {
            let bare = Bare {
                kind: found.kind,
                unit: "people".into(),
                trigger: Some(found.trigger),
                update: false,
                rule: found.rule,
            };
            let mut made = self.named(quantity, end, bare);
            made.figure.part = found.rule == "part";
            return (quantity.value <= MOST_PEOPLE && quantity.value.fract() == 0.0).then_some(made);
        }
        if year_like || one {
            return None;
        }
        self.elliptic(quantity, end)
    }

    /// A number whose noun stands with an earlier figure: "Out of 9 massacres, 8 were …".
    fn elliptic(&self, quantity: &Quantity, end: usize) -> Option<Made> {
        let words = self.words;
        if !context::is_elliptic(words, quantity) {
            return None;
        }
        let earlier = self.made.iter().rev().find(|made| {
            let kind = made.figure.kind;
            kind == FigureKind::Count || kind == FigureKind::Weapons || is_person_kind(kind)
        });
        let (kind, unit) = match earlier {
            Some(made) if is_person_kind(made.figure.kind) => (default_kind(made.group), made.figure.unit.clone()?),
            Some(made) => (made.figure.kind, made.figure.unit.clone()?),
            None if quantity.form == NumberForm::Vague => (FigureKind::People, "people".into()),
            None => return None,
        };
        Some(self.named(quantity, end, Bare { kind, unit, trigger: None, update: false, rule: "elliptic" }))
    }

    /// The first of two amounts that share a unit named once: "from 630 to 400 seats", "61 to 39 percent".
    fn like(&self, first: &Quantity, second: &Made) -> Option<Made> {
        let (kind, unit) = (second.figure.kind, second.figure.unit.clone());
        let counts = !is_person_kind(kind) && unit.is_some();
        counts.then(|| self.make(first, Says { kind, unit, to: first.to, phrase: None, trigger: None, rule: "pair" }))
    }

    /// Hands what befell the last of a list to those before it: "three Iraqis, two Turks and six Poles were killed".
    fn spread(&mut self) {
        for at in (1..self.made.len()).rev() {
            let (before, after) = self.made.split_at_mut(at);
            let (first, second) = (&mut before[at - 1], &after[0]);
            let start = self.words.at_byte(second.figure.span.start());
            let joined = start.checked_sub(first.to).is_some_and(|gap| (1..=2).contains(&gap))
                && (first.to..start).all(|at| matches!(self.words.lower(at), "," | "and" | "&"));
            if joined
                && first.figure.rule == "people"
                && is_person_kind(second.figure.kind)
                && second.figure.rule != "people"
            {
                first.figure.kind = second.figure.kind;
                first.figure.trigger = second.figure.trigger;
                first.figure.rule = "list";
            }
        }
    }

    fn named(&self, quantity: &Quantity, to: usize, bare: Bare) -> Made {
        let trigger = bare.trigger.filter(|&trigger| trigger != usize::MAX);
        let (kind, unit, rule) = (bare.kind, Some(bare.unit), bare.rule);
        let mut made = self.make(quantity, Says { kind, unit, to, phrase: None, trigger, rule });
        made.figure.update = bare.update;
        made
    }

    fn make(&self, quantity: &Quantity, says: Says) -> Made {
        let words = self.words;
        let measure = matches!(
            says.kind,
            FigureKind::Money | FigureKind::Percent | FigureKind::Duration | FigureKind::Distance | FigureKind::Area
        );
        let (low, high) = quantity.bounds(measure);
        let subject = says.phrase.filter(|phrase| phrase.from < phrase.to);
        let to = says.to.max(quantity.to).max(says.phrase.map_or(0, |phrase| phrase.to));
        let figure = Figure {
            span: words.span(quantity.from, to),
            sentence: self.sentence,
            kind: says.kind,
            value: quantity.value,
            low,
            high,
            qualifier: quantity.qualifier,
            unit: says.unit,
            subject: subject.map(|phrase| words.span(phrase.from, phrase.to)),
            head: says.phrase.and_then(|phrase| Some(words.get(phrase.head)?.token)),
            trigger: says.trigger.and_then(|trigger| Some(words.get(trigger)?.token)),
            part: false,
            update: false,
            rule: says.rule,
            subject_code: None,
            event: None,
            attribution: None,
        };
        Made { figure, group: says.phrase.and_then(|phrase| phrase.group), to }
    }

    fn single(&self, single: &Single) -> Figure {
        let words = self.words;
        let token = |at: usize| words.get(at).map(|word| word.token);
        let subject = single.head.filter(|&head| head > single.from);
        Figure {
            span: words.span(single.from, single.to),
            sentence: self.sentence,
            kind: single.found.kind,
            value: single.value,
            low: Some(single.value),
            high: Some(single.value),
            qualifier: Qualifier::Exact,
            unit: Some("people".into()),
            subject: subject.map(|_| words.span(single.from + 1, single.to)),
            head: single.head.and_then(token),
            trigger: token(single.found.trigger),
            part: false,
            update: false,
            rule: if single.value == 0.0 { "none" } else { "one" },
            subject_code: None,
            event: None,
            attribution: None,
        }
    }
}

/// What is said of a quantity.
struct Says<'p> {
    kind: FigureKind,
    unit: Option<String>,
    /// The word after the last that belongs to the figure.
    to: usize,
    phrase: Option<&'p Phrase>,
    trigger: Option<usize>,
    rule: &'static str,
}

/// The kind of a counted noun to whom nothing is said to have happened.
pub(super) fn default_kind(group: Option<Group>) -> FigureKind {
    match group {
        Some(Group::Troops) => FigureKind::Troops,
        Some(Group::Crowd) => FigureKind::Crowd,
        Some(Group::Displaced) => FigureKind::Displaced,
        Some(Group::Abducted) => FigureKind::Abducted,
        Some(Group::Detained) => FigureKind::Detained,
        Some(Group::Weapons) => FigureKind::Weapons,
        Some(Group::People) | None => FigureKind::People,
    }
}

/// Whether two numbers stand side by side as two amounts: "from 630 to 400".
fn is_pair(words: &Words, first: &Quantity, second: &Quantity) -> bool {
    second.number == first.to + 1 && words.lower(first.to) == "to" && second.from == second.number
}

/// Whether the kind counts people.
fn is_person_kind(kind: FigureKind) -> bool {
    use FigureKind::{Abducted, Casualties, Crowd, Detained, Displaced, Injured, Killed, Missing, People, Troops};
    matches!(kind, Killed | Injured | Casualties | Missing | Displaced | Detained | Abducted | Troops | Crowd | People)
}

/// Whether what is said can befall those counted: survivors are not dead, only those under arms are deployed, and those who are counted as
/// soldiers are no crowd for marching.
fn is_fitting(words: &Words, kind: FigureKind, phrase: &Phrase) -> bool {
    match (kind, phrase.group) {
        (FigureKind::Killed, _) if is_alive(words, phrase) => false,
        (FigureKind::Troops, group) => group == Some(Group::Troops),
        (FigureKind::Crowd, group) => matches!(group, Some(Group::People | Group::Crowd)),
        _ => true,
    }
}

/// Whether those counted are named as living.
fn is_alive(words: &Words, phrase: &Phrase) -> bool {
    matches!(words.lower(phrase.head), "survivor" | "survivors")
}

/// Whether nothing follows that says something else of what is counted: "and 70,000 homes destroyed".
fn ends_clause(words: &Words, at: usize) -> bool {
    let sense = words.sense(at);
    let verb = words.small(at) && (words.lower(at).ends_with("ed") || words.lower(at).ends_with("ing"));
    !sense.function.any(FunctionWords::AUXILIARY) && !verb
}

/// Whether no noun follows that a number there could count.
fn ends_phrase(words: &Words, at: usize) -> bool {
    let sense = words.sense(at);
    !words.letters(at) || sense.function != FunctionWords::NONE || !sense.fates.is_empty() || sense.calendar.is_some()
}
