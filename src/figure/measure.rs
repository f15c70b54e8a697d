//! Money, shares and measures: numbers whose meaning is settled by the sign or unit beside them.

use super::quantity::Quantity;
use crate::lexicon::{Currency, CurrencyForm, Words};
use crate::number::NumberForm;
use crate::ontology::FigureKind;

/// A quantity with its unit.
#[derive(Clone, Debug)]
pub struct Measure {
    /// What it measures.
    pub kind: FigureKind,
    /// Its unit in the record.
    pub unit: String,
    /// The word after the unit.
    pub to: usize,
    /// What the value is multiplied by: a cent is a hundredth of its currency.
    pub factor: f64,
    /// The rule, for `explain`.
    pub rule: &'static str,
}

/// The measure that a quantity is, if it is one.
pub fn read(words: &Words, quantity: &Quantity) -> Option<Measure> {
    if quantity.form == NumberForm::Fraction {
        return Some(measure(FigureKind::Percent, "percent", quantity.to, "share"));
    }
    signed_money(words, quantity)
        .or_else(|| worded_money(words, quantity))
        .or_else(|| percent(words, quantity))
        .or_else(|| unit(words, quantity))
}

fn measure(kind: FigureKind, unit: &str, to: usize, rule: &'static str) -> Measure {
    Measure { kind, unit: unit.into(), to, factor: 1.0, rule }
}

/// The currency sign that ends right before a place.
fn sign_ending(words: &Words, at: usize) -> Option<&'static Currency> {
    let phrase = (at.saturating_sub(2)..at).find_map(|start| {
        let (sense, end) = words.phrase(start)?;
        sense.currency.as_ref().filter(|_| end == at)
    });
    phrase.or_else(|| words.sense(at.checked_sub(1)?).currency.as_ref())
}

fn signed_money(words: &Words, quantity: &Quantity) -> Option<Measure> {
    let currency = sign_ending(words, quantity.number)
        .filter(|currency| matches!(currency.form, CurrencyForm::Sign | CurrencyForm::Code))?;
    let named = sum_end(words, quantity.to).and_then(|at| Some((words.sense(at).currency.as_ref()?, at)));
    // "$5 million Canadian" and "Rs 5,000" take their country from the words around.
    let (code, to) = match named {
        Some((word, at)) if word.form == CurrencyForm::Word => (country_code(words, word, at), at + 1),
        _ => (country_code(words, currency, quantity.number), quantity.to),
    };
    Some(measure(FigureKind::Money, code, to, "money-sign"))
}

/// The place of the word behind a sum that may name its currency, past an adjective or two.
fn sum_end(words: &Words, at: usize) -> Option<usize> {
    (at..at + 3)
        .find(|&at| words.sense(at).currency.as_ref().is_some_and(|currency| currency.form != CurrencyForm::Sign))
        .filter(|&found| (at..found).all(|between| words.marked(between) || matches!(words.lower(between), "-" | "of")))
}

fn worded_money(words: &Words, quantity: &Quantity) -> Option<Measure> {
    let at = sum_end(words, quantity.to)?;
    let currency = words.sense(at).currency.as_ref()?;
    // "five won medals", "two real options": words that are no money unless a large sum or a country stands before.
    let common = matches!(words.lower(at), "won" | "real" | "rand" | "dong" | "score");
    let large = quantity.value >= 1000.0 || at > quantity.to;
    if common && !large {
        return None;
    }
    let code = country_code(words, currency, at);
    let to = if words.lower(at + 1) == "sterling" { at + 2 } else { at + 1 };
    let factor = if currency.form == CurrencyForm::Cent { 0.01 } else { 1.0 };
    Some(Measure { factor, ..measure(FigureKind::Money, code, to, "money-word") })
}

/// The code of a currency whose name several countries share. The adjective before it decides ("Canadian dollars");
/// for all but the dollar and the pound, which stay with their best known bearer, so does any country in the sentence.
fn country_code<'c>(words: &Words, currency: &'c Currency, at: usize) -> &'c str {
    let reach = if matches!(&*currency.code, "USD" | "GBP" | "EUR") { 2 } else { words.len() };
    let first = at.saturating_sub(reach);
    let last = if reach == 2 { at } else { words.len() };
    for place in (first..at).rev().chain(at..last) {
        let two = (words.lower(place), words.lower(place + 1));
        for (country, code) in &currency.countries {
            let matches = match country.split_once(' ') {
                Some(pair) => pair == two,
                None => **country == *two.0,
            };
            if matches {
                return code;
            }
        }
    }
    &currency.code
}

fn percent(words: &Words, quantity: &Quantity) -> Option<Measure> {
    let at = past_hyphen(words, quantity.to);
    let to = match (words.lower(at), words.lower(at + 1)) {
        ("%" | "percent" | "pct", _) => at + 1,
        ("percentage", "point" | "points") => at + 2,
        ("per", "cent") => at + 2,
        _ => return None,
    };
    let to = if matches!(words.lower(to), "point" | "points") { to + 1 } else { to };
    Some(measure(FigureKind::Percent, "percent", to, "percent"))
}

fn past_hyphen(words: &Words, at: usize) -> usize {
    if words.lower(at) == "-" && words.glued(at) && words.glued(at + 1) { at + 1 } else { at }
}

fn unit(words: &Words, quantity: &Quantity) -> Option<Measure> {
    let start = past_hyphen(words, quantity.to);
    let mut at = start;
    // "12 long years", "two full days", "six more weeks".
    if matches!(
        words.lower(at),
        "full"
            | "long"
            | "more"
            | "whole"
            | "consecutive"
            | "straight"
            | "further"
            | "additional"
            | "calendar"
            | "working"
            | "business"
            | "trading"
            | "extra"
    ) {
        at += 1;
    }
    let (unit, to) = match words.phrase(at) {
        Some((sense, to)) if sense.unit.is_some() => (sense.unit.as_ref()?, to),
        _ => (words.sense(at).unit.as_ref()?, at + 1),
    };
    // "150 m3", "20 km2": the power is a piece of its own.
    if words.glued(to) && matches!(words.lower(to), "2" | "3" | "²" | "³") && unit.kind == FigureKind::Distance {
        let square = matches!(words.lower(to), "2" | "²");
        let name = match (&*unit.name, square) {
            ("mi", true) => "mi2".to_owned(),
            ("foot", true) => "ft2".to_owned(),
            (name, true) => format!("{name}2"),
            (name, false) => format!("{name}3"),
        };
        let kind = if square { FigureKind::Area } else { FigureKind::Count };
        return Some(measure(kind, &name, to + 1, "unit"));
    }
    let short = words.lower(at).len() == 1;
    if short && (!words.glued(at) && words.shape(at) != crate::lexicon::Shape::Lower || words.lower(at + 1) == ".") {
        return None;
    }
    // "two second-half goals", "three day-care centres", "five minute's".
    let singular = !words.lower(at).ends_with('s') && words.lower(at) != "feet";
    let compound = words.lower(to) == "-" && words.glued(to) && words.glued(to + 1);
    if at == quantity.to
        && singular
        && compound
        && unit.kind == FigureKind::Duration
        && quantity.value != 1.0
        && !matches!(words.lower(to + 1), "long" | "old")
    {
        return None;
    }
    if words.lower(at) == "second" && quantity.value > 1.0 && at == quantity.to {
        return None;
    }
    Some(measure(unit.kind, &unit.name, to, "unit"))
}
