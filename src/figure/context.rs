//! Numbers without a noun of their own: tolls, votes, totals, and what an earlier noun of the sentence completes.

use super::quantity::Quantity;
use crate::lexicon::{Form, Frame, FunctionWords, Group, Shape, Words};
use crate::number::NumberForm;
use crate::ontology::FigureKind;

/// What a bare number counts.
#[derive(Clone, Debug)]
pub struct Bare {
    /// The kind of figure.
    pub kind: FigureKind,
    /// What is counted.
    pub unit: String,
    /// The word that says so.
    pub trigger: Option<usize>,
    /// Whether an earlier figure is brought up to date.
    pub update: bool,
    /// The rule, for `explain`.
    pub rule: &'static str,
}

fn people(kind: FigureKind, trigger: usize, rule: &'static str) -> Bare {
    Bare { kind, unit: "people".into(), trigger: Some(trigger), update: false, rule }
}

/// "the death toll rises to 36", "the number of confirmed cases to 432,425", "(pop. 256,000)".
pub fn total(words: &Words, quantity: &Quantity) -> Option<Bare> {
    let before = quantity.from;
    for at in (before.saturating_sub(24)..before).rev() {
        if matches!(words.lower(at), ";" | ".") && at + 1 < before && words.lower(at.wrapping_sub(1)) != "pop" {
            return None;
        }
        let far = before - at;
        match words.lower(at) {
            "toll" | "tolls" | "death-toll" if reaches(words, at, before) => {
                return Some(toll(words, at));
            }
            "population" | "pop" | "pop." if far <= 6 => return Some(people(FigureKind::People, at, "population")),
            "number" | "total" | "count" | "tally" if words.lower(at + 1) == "of" && reaches(words, at, before) => {
                let rises = words.lower(before - 1) == "to";
                let bare = counted_of(words, at + 2, before, false)?;
                return Some(Bare { update: rises && bare.kind != FigureKind::Count, ..bare });
            }
            _ => {}
        }
    }
    None
}

/// The dead that a toll counts; the hurt as well where it says so.
fn toll(words: &Words, at: usize) -> Bare {
    let injured = matches!(words.lower(at.wrapping_sub(1)), "injury" | "casualty");
    let kind = if injured { FigureKind::Casualties } else { FigureKind::Killed };
    Bare { update: true, ..people(kind, at, "toll") }
}

/// "cases of malaria have increased to 500 million": what the subject of a rise or fall counts.
pub fn risen(words: &Words, quantity: &Quantity) -> Option<Bare> {
    let to = quantity.from.checked_sub(1).filter(|&at| words.lower(at) == "to")?;
    let adverb = usize::from(words.lower(to.wrapping_sub(1)).ends_with("ly"));
    let verb = to.checked_sub(1 + adverb)?;
    let moves = matches!(
        words.lower(verb),
        "rose"
            | "rises"
            | "rise"
            | "risen"
            | "increased"
            | "increases"
            | "increase"
            | "grew"
            | "grown"
            | "grows"
            | "climbed"
            | "climbs"
            | "jumped"
            | "jumps"
            | "soared"
            | "surged"
            | "fell"
            | "fallen"
            | "falls"
            | "dropped"
            | "drops"
            | "declined"
            | "decreased"
    );
    let starts_clause = |at: usize| {
        let function = words.sense(at).function;
        function.any(FunctionWords::SUBORDINATOR.with(FunctionWords::REPORT))
            || words.shape(at) == Shape::Sign && words.lower(at) != "-"
    };
    let floor = verb.saturating_sub(9);
    let from = (floor..verb).rev().find(|&at| starts_clause(at)).map_or(floor, |at| at + 1);
    let bare = counted_of(words, from, verb, true).filter(|_| moves)?;
    let rule = if bare.rule == "toll" { "toll" } else { "risen" };
    Some(Bare { update: bare.kind != FigureKind::Count, rule, ..bare })
}

/// Whether the words from a toll to its number lead to it: "rose to", "stands at", "of", "passes".
fn reaches(words: &Words, toll: usize, number: usize) -> bool {
    let last = words.lower(number.wrapping_sub(1));
    let direct = matches!(
        last,
        "to" | "at"
            | "of"
            | ":"
            | "is"
            | "was"
            | "be"
            | "reaches"
            | "reached"
            | "hits"
            | "hit"
            | "passes"
            | "passed"
            | "surpasses"
            | "exceeds"
            | "tops"
            | "now"
            | "as"
            | "stands"
            | "stood"
            | "topped"
            | "exceeded"
            | "surpassed"
            | "reaching"
    );
    let bound = words.sense(number).qualifier.is_some() && number > toll;
    let other = (toll + 1..number)
        .any(|at| matches!(words.lower(at), "after" | "when" | "where" | "while" | "killed" | "killing"));
    // "rises to 36 with over a thousand more": only the first number is the toll.
    let earlier = (toll + 1..number).any(|at| {
        words.shape(at) == crate::lexicon::Shape::Digits
            && !words.glued(at)
            && !matches!(words.lower(at.wrapping_sub(1)), "from" | "since" | "in" | "of")
            && words.lower(at + 1) != "to"
    });
    (direct || bound) && !other && !earlier
}

/// "the number of": the noun that is counted is still to come.
fn is_count_of(words: &Words, at: usize) -> bool {
    words.lower(at) == "of" && matches!(words.lower(at.wrapping_sub(1)), "number" | "total" | "count" | "tally")
}

/// What "the number of … to N" counts; of a `subject`, only its head counts, and not what follows a preposition.
fn counted_of(words: &Words, from: usize, to: usize, subject: bool) -> Option<Bare> {
    let mut best = None;
    for at in from..to {
        let sense = words.sense(at);
        if matches!(words.lower(at), "toll" | "tolls" | "death-toll") {
            return Some(toll(words, at));
        }
        if let Some(fate) = sense
            .fates
            .iter()
            .find(|fate| fate.kind.is_some() && fate.form == Form::Past && fate.frame != Frame::Eventive)
        {
            return fate.kind.map(|kind| people(kind, at, "number-of"));
        }
        if sense.function.any(FunctionWords::AUXILIARY.with(FunctionWords::SUBORDINATOR))
            || subject && sense.function.any(FunctionWords::PREPOSITION) && !is_count_of(words, at)
        {
            break;
        }
        if best.is_none() {
            let plural =
                words.lower(at).len() > 3 && words.lower(at).ends_with('s') && !words.lower(at).ends_with("ss");
            if sense.group.is_some() && sense.group != Some(Group::Weapons) {
                best = Some(people(super::counted::default_kind(sense.group), at, "number-of"));
            } else if plural && (at == 0 || !words.marked(at)) && sense.function == FunctionWords::NONE {
                let unit = words.lower(at).to_owned();
                best =
                    Some(Bare { kind: FigureKind::Count, unit, trigger: Some(at), update: false, rule: "number-of" });
            }
        }
    }
    best
}

/// "votes 134 to 72", "a vote of 58-41": both numbers are votes. Only where voting is the matter of the sentence.
pub fn votes(words: &Words, quantity: &Quantity) -> bool {
    let joined = |at: usize| matches!(words.lower(at), "-" | "to" | "for" | "against");
    let digits = |at: usize| words.shape(at) == crate::lexicon::Shape::Digits;
    let pair = (joined(quantity.to) && (digits(quantity.to + 1) || digits(quantity.to + 2)))
        || (quantity.number >= 2
            && joined(quantity.number - 1)
            && (digits(quantity.number - 2) || digits(quantity.number.wrapping_sub(3))))
        || matches!(words.lower(quantity.to), "against" | "for" | "abstentions" | "in")
            && matches!(words.lower(quantity.to + 1), "and" | "," | "favour" | "favor" | "against" | "." | "");
    let share = matches!(words.lower(quantity.to), "%" | "percent");
    let near = (quantity.number.saturating_sub(12)..(quantity.to + 5).min(words.len()))
        .any(|at| matches!(words.lower(at), "vote" | "votes" | "voted" | "voting" | "ballot" | "margin"));
    pair && near && !share && quantity.form != NumberForm::Fraction
}

/// Whether a bare number stands where a noun phrase of its own would: "8 were attributed", "36 of which".
pub fn is_elliptic(words: &Words, quantity: &Quantity) -> bool {
    let next = words.lower(quantity.to);
    let of_which =
        next == "of" && matches!(words.lower(quantity.to + 1), "which" | "whom" | "them" | "these" | "those");
    let plural_verb = matches!(next, "were" | "are" | "have" | "had");
    let more = matches!(next, "more" | "others") || words.lower(quantity.from) == "another";
    of_which || plural_verb || more
}
