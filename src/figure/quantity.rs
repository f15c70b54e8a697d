//! Numbers with what bounds them: "at least 20", "10 to 15", "more than two dozen".

use crate::lexicon::{FunctionWords, NumberClass, Words};
use crate::number::{Number, NumberForm};
use crate::ontology::Qualifier;

/// A number, or two that bound one amount, as words `from..to`.
#[derive(Clone, Copy, Debug)]
pub struct Quantity {
    /// The first word, qualifier and currency sign included.
    pub from: usize,
    /// The first word of the number itself.
    pub number: usize,
    /// The word after the number.
    pub to: usize,
    /// The number as stated; the lower of two.
    pub value: f64,
    /// The upper of two numbers, or the top of a vague word's range.
    pub upper: f64,
    /// What bounds it.
    pub qualifier: Qualifier,
    /// How it is written.
    pub form: NumberForm,
}

impl Quantity {
    /// The least and the most that the wording allows. A measure can be more than 30 by a fraction, a count by one.
    pub fn bounds(&self, measure: bool) -> (Option<f64>, Option<f64>) {
        let step = if measure { 0.0 } else { 1.0 };
        match self.qualifier {
            Qualifier::Exact => (Some(self.value), Some(self.value)),
            Qualifier::AtLeast => (Some(self.value), None),
            Qualifier::MoreThan => (Some(self.value + step), None),
            Qualifier::UpTo => (Some(0.0), Some(self.value)),
            Qualifier::FewerThan => (Some(0.0), Some((self.value - step).max(0.0))),
            Qualifier::About => (None, None),
            Qualifier::Between | Qualifier::Vague => (Some(self.value), Some(self.upper)),
        }
    }
}

/// Joins the numbers of a sentence into quantities, in text order.
pub fn read(words: &Words, numbers: &[Number]) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::with_capacity(numbers.len());
    let mut at = 0;
    while at < numbers.len() {
        let first = single(words, &numbers[at]);
        let joined = numbers.get(at + 1).and_then(|next| range(words, first, single(words, next)));
        at += if joined.is_some() { 2 } else { 1 };
        let bare = joined.unwrap_or(first);
        let floor = found.last().map_or(0, |last| last.to);
        found.push(qualified(words, bare, floor));
    }
    found
}

fn single(words: &Words, number: &Number) -> Quantity {
    let (from, to) = (words.at_byte(number.span.start()), words.at_byte(number.span.end()));
    let vague = number.form == NumberForm::Vague;
    let qualifier = if vague { Qualifier::Vague } else { Qualifier::Exact };
    Quantity { from, number: from, to, value: number.value, upper: number.high, qualifier, form: number.form }
}

/// Two numbers that bound one amount: "10 to 15", "10-15", "between 10 and 15", "two or three".
fn range(words: &Words, first: Quantity, second: Quantity) -> Option<Quantity> {
    let plain = |quantity: &Quantity| matches!(quantity.form, NumberForm::Digits | NumberForm::Words);
    if !plain(&first) || !plain(&second) {
        return None;
    }
    let before = words.lower(first.number.wrapping_sub(1));
    let before = if words.sense(first.number.wrapping_sub(1)).currency.is_some() {
        words.lower(first.number.wrapping_sub(2))
    } else {
        before
    };
    let signed = usize::from(words.sense(second.number - 1).currency.is_some());
    let gap = second.number - signed - first.to;
    let link = words.lower(first.to);
    let joins = gap == 1
        && match link {
            "-" => words.glued(first.to) == words.glued(first.to + 1),
            // "rose from 5 to 7" tells two amounts.
            "to" => before != "from",
            "or" => true,
            "and" => before == "between",
            _ => false,
        };
    let mut low = first.value;
    if let Some(scale) = words.sense(second.to - 1).number.filter(|word| word.class == NumberClass::Scale)
        && low < second.value / scale.value
    {
        low *= scale.value;
    }
    (joins && low < second.value).then_some(Quantity {
        to: second.to,
        value: low,
        upper: second.value,
        qualifier: Qualifier::Between,
        form: second.form,
        from: if link == "and" { first.number.saturating_sub(1) } else { first.from },
        ..first
    })
}

/// Takes in what bounds the number before and after it.
fn qualified(words: &Words, mut quantity: Quantity, floor: usize) -> Quantity {
    quantity.from = sign_before(words, quantity.from, floor);
    let mut at = quantity.from;
    let mut steps = 0;
    while at > floor && steps < 4 {
        steps += 1;
        if let Some((qualifier, start)) = ending(words, at, floor) {
            if matches!(quantity.qualifier, Qualifier::Exact | Qualifier::About | Qualifier::Vague) {
                quantity.qualifier = qualifier;
            }
            at = start;
            quantity.from = start;
        } else if is_filler(words, at - 1) {
            at -= 1;
            if words.lower(at) == "another" || words.lower(at) == "between" {
                quantity.from = at;
            }
        } else {
            break;
        }
    }
    after(words, &mut quantity);
    quantity
}

/// The place of a currency sign before the number: "$", "US$", "Rs.".
fn sign_before(words: &Words, at: usize, floor: usize) -> usize {
    use crate::lexicon::CurrencyForm::{Code, Sign};
    let signs = |sense: &crate::lexicon::Sense| {
        sense.currency.as_ref().is_some_and(|currency| matches!(currency.form, Sign | Code))
    };
    for start in at.saturating_sub(2).max(floor)..at {
        if words.phrase(start).is_some_and(|(sense, end)| end == at && signs(sense)) {
            return start;
        }
    }
    if at > floor && signs(words.sense(at - 1)) { at - 1 } else { at }
}

/// The longest bound that ends right before a place.
fn ending(words: &Words, at: usize, floor: usize) -> Option<(Qualifier, usize)> {
    for start in at.saturating_sub(5).max(floor)..at {
        if let Some((sense, end)) = words.phrase(start)
            && end == at
            && let Some(qualifier) = sense.qualifier
        {
            return Some((qualifier, start));
        }
    }
    words.sense(at - 1).qualifier.map(|qualifier| (qualifier, at - 1))
}

/// Words between a bound and its number.
fn is_filler(words: &Words, at: usize) -> bool {
    matches!(
        words.lower(at),
        "another"
            | "additional"
            | "further"
            | "other"
            | "only"
            | "just"
            | "even"
            | "a"
            | "an"
            | "the"
            | "total"
            | "record"
            | "possibly"
            | "reportedly"
            | "perhaps"
            | "between"
            | "least"
            | "as"
            | "well"
            | "["
    ) || (words.lower(at) == "of" && words.lower(at.wrapping_sub(1)) == "total")
}

/// "40 or more", "40-odd", "40-plus", "40 or so".
fn after(words: &Words, quantity: &mut Quantity) {
    let at = quantity.to;
    let glued = words.lower(at) == "-" && words.glued(at) && words.glued(at + 1);
    if glued && words.lower(at + 1) == "odd" {
        quantity.qualifier = Qualifier::About;
        quantity.to = at + 2;
        return;
    }
    let at = if glued { at + 1 } else { at };
    let phrase = words.phrase(at).map(|(sense, end)| (sense.qualifier_after, end));
    let single = (words.sense(at).qualifier_after, at + 1);
    for (qualifier, end) in phrase.into_iter().chain([single]) {
        if let Some(qualifier) = qualifier {
            // "at least" behind a number that another follows bounds the next one.
            let starts_next = words.sense(end).number.is_some() || words.shape(end) == crate::lexicon::Shape::Digits;
            let article = words.sense(end).function.any(FunctionWords::ARTICLE);
            if !starts_next && !article {
                quantity.qualifier = qualifier;
                quantity.to = end;
                return;
            }
        }
    }
}
