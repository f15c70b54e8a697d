//! Time expressions: "late Thursday", "last fall", "since 1994", as TIMEX3 values.
//!
//! In: the words of a document and its numbers. Out: dates and times of day, resolved against the day of publication.
//! Lengths of time ("six weeks") are figures and found there; what only points at the present ("now") is left alone.

mod clock;
mod date;
mod deictic;
mod islamic;
mod symbol;
mod tense;

use jiff::civil::Date;

use crate::lexicon::{Pieces, Words};
use crate::number::Number;
use crate::ontology::TimeType;
use crate::span::{SentenceId, Span};

use symbol::{Context, Symbol};

/// A time expression and what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeExpression {
    /// Where it stands.
    pub span: Span,
    /// The sentence that holds it.
    pub sentence: SentenceId,
    /// TIMEX3 value: `2021-05-13TEV`, `2020-FA`; the symbolic value (`XXXX-WXX-5`) without a document date.
    pub value: String,
    /// Its type.
    pub kind: TimeType,
    /// The rule that found it, for `explain`.
    pub rule: &'static str,
}

/// Words `from..to` read as a time.
#[derive(Clone, Copy, Debug)]
struct Read {
    from: usize,
    to: usize,
    symbol: Symbol,
    /// Part of the day: `TMO`; empty where none is said.
    part: &'static str,
    /// Hour and minute, where a clock time is said.
    clock: Option<(u8, u8)>,
    rule: &'static str,
}

impl Read {
    fn new(from: usize, to: usize, symbol: Symbol, rule: &'static str) -> Self {
        Self { from, to, symbol, part: "", clock: None, rule }
    }
}

/// The time expressions of a document that was published on `date`, in text order.
pub fn find(pieces: &Pieces, date: Option<Date>, numbers: &[Number]) -> Vec<TimeExpression> {
    let mut found = Vec::new();
    for (sentence, words) in pieces.sentences().filter(|(_, words)| words.holds.digits || words.holds.time) {
        let from = numbers.partition_point(|number| number.sentence < sentence);
        let here = &numbers[from..];
        let here = &here[..here.partition_point(|number| number.sentence == sentence)];
        let reads = read(&words, here);
        found.extend(reads.iter().filter_map(|read| resolve(date, &words, &reads, read, sentence)));
    }
    found
}

/// All times of a sentence, without overlaps.
fn read(words: &Words, numbers: &[Number]) -> Vec<Read> {
    let mut reads: Vec<Read> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        // No expression begins with a word that no file lists.
        if words.letters(at) && !words.sense(at).listed {
            at += 1;
            continue;
        }
        let before = reads.len();
        match clock::read(words, at).or_else(|| deictic::read(words, at, numbers)) {
            Some(read) => reads.push(read),
            None => date::read(words, at, &mut reads),
        }
        at = match reads.last() {
            Some(last) if reads.len() > before => last.to,
            _ => at + 1,
        };
    }
    clock::join(words, &mut reads);
    date::share_year(words, &mut reads);
    reads
}

fn resolve(
    date: Option<Date>,
    words: &Words,
    reads: &[Read],
    read: &Read,
    sentence: SentenceId,
) -> Option<TimeExpression> {
    let future = tense::is_future(words, read.from, read.to);
    let context = Context { date, future };
    let part = match read.clock {
        Some((hour, minute)) => format!("T{hour:02}:{minute:02}"),
        None => read.part.into(),
    };
    // A clock time belongs to the day that the sentence names beside it.
    let symbol = match read.symbol {
        Symbol::TimeOnly => reads.iter().map(|other| other.symbol).find(is_day).unwrap_or(Symbol::TimeOnly),
        symbol => symbol,
    };
    let (value, kind) = symbol::value(symbol, &part, context)?;
    Some(TimeExpression { span: words.span(read.from, read.to), sentence, value, kind, rule: read.rule })
}

fn is_day(symbol: &Symbol) -> bool {
    matches!(symbol, Symbol::Day(..) | Symbol::Weekday(..) | Symbol::Offset(symbol::Unit::Day, _))
}
