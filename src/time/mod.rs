//! Time expressions: "late Thursday", "last fall", "since 1994", as TIMEX3 values.
//!
//! In: the words of a document and its numbers. Out: dates and times of day, resolved against the day of publication.
//! Lengths of time ("six weeks") are figures and found there; what only points at the present ("now") is left alone.

mod clock;
mod date;
mod deictic;
mod symbol;
mod tense;

use crate::document::Document;
use crate::lexicon::{Lexicon, Words};
use crate::number::Number;
use crate::ontology::TimeType;
use crate::span::{SentenceId, Span};
use crate::syntax::Syntax;

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

/// The time expressions of a document, in text order.
pub fn find(doc: &Document, _syntax: &Syntax, numbers: &[Number]) -> Vec<TimeExpression> {
    let mut found = Vec::new();
    let mut words = Words::default();
    let mut numbers = numbers;
    for sentence in (0..doc.sentences.len()).map(SentenceId::from) {
        let before = numbers.partition_point(|number| number.sentence < sentence);
        numbers = &numbers[before..];
        let here = &numbers[..numbers.partition_point(|number| number.sentence == sentence)];
        if !may_hold_time(doc, sentence) {
            continue;
        }
        words.read(doc, sentence);
        let reads = read(&words, here);
        found.extend(reads.iter().filter_map(|read| resolve(doc, &words, &reads, read, sentence)));
    }
    found
}

/// All times of a sentence, without overlaps.
fn read(words: &Words, numbers: &[Number]) -> Vec<Read> {
    let mut reads: Vec<Read> = Vec::new();
    let mut at = 0;
    while at < words.len() {
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

fn resolve(doc: &Document, words: &Words, reads: &[Read], read: &Read, sentence: SentenceId) -> Option<TimeExpression> {
    let future = tense::is_future(words, read.from, read.to);
    let context = Context { date: doc.source.date, future };
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

/// Whether it is worth reading the sentence: it has a digit or a word that times are made of.
fn may_hold_time(doc: &Document, sentence: SentenceId) -> bool {
    let text = doc.slice(doc.sentences[sentence.index()].span);
    if text.bytes().any(|byte| byte.is_ascii_digit()) {
        return true;
    }
    let lexicon = Lexicon::builtin();
    let mut lower = String::new();
    text.split(|character: char| !character.is_ascii_alphabetic()).any(|word| {
        lower.clear();
        lower.push_str(word);
        lower.make_ascii_lowercase();
        word.len() > 2 && (lexicon.sense(&lower).calendar.is_some() || deictic::is_cue(&lower))
    })
}
