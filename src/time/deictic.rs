//! Times that count from the day of writing: "yesterday", "late last week", "two years ago", "this fall".

use super::symbol::{Symbol, Unit, Which};
use super::{Read, date};
use crate::lexicon::{Calendar, FunctionWords, Shape, Words};
use crate::number::{Number, NumberForm};
use crate::ontology::FigureKind;

/// An expression that begins at a word.
pub fn read(words: &Words, at: usize, numbers: &[Number]) -> Option<Read> {
    named_day(words, at)
        .or_else(|| relative(words, at))
        .or_else(|| ago(words, at, numbers))
        .or_else(|| part_of_year(words, at))
        .or_else(|| fiscal(words, at))
        .or_else(|| part_of_day_of(words, at))
        .or_else(|| decade_word(words, at))
}

/// Where an expression begins that "early", "late", "mid" or "the end of" opens; `at` itself when none does.
pub fn early(words: &Words, at: usize) -> usize {
    let before = |back: usize| words.lower(at.wrapping_sub(back));
    match before(1) {
        "early" | "late" | "mid" | "earlier" | "later" if at > 0 => at - 1,
        "-" if at > 1 && matches!(before(2), "mid") => at - 2,
        _ => at,
    }
}

/// Reads the part of the day beside a day: "Thursday night", "late Thursday".
pub fn day_part(words: &Words, read: &mut Read) {
    let genitive = usize::from(words.lower(read.to) == "'s");
    if let Some(Calendar::DayPart(part)) = words.sense(read.to + genitive).calendar {
        let plural = words.lower(read.to + genitive).ends_with('s');
        if !plural {
            read.to += 1 + genitive;
            read.part = part_value(part);
        }
    }
    if read.from == 0 {
        return;
    }
    let edge = match words.lower(read.from - 1) {
        "late" => "TEV",
        "early" => "TMO",
        _ => return,
    };
    read.from -= 1;
    if read.part.is_empty() {
        read.part = edge;
    }
}

fn part_value(part: &str) -> &'static str {
    match part {
        "MO" => "TMO",
        "AF" => "TAF",
        "EV" => "TEV",
        _ => "TNI",
    }
}

/// "today", "yesterday evening", "the day before yesterday".
fn named_day(words: &Words, at: usize) -> Option<Read> {
    let day = |to, count, rule| Read::new(at, to, Symbol::Offset(Unit::Day, count), rule);
    let mut read = match words.lower(at) {
        "today" => day(at + 1, 0, "today"),
        "yesterday" => day(at + 1, -1, "yesterday"),
        "tomorrow" => day(at + 1, 1, "tomorrow"),
        "tonight" => Read { part: "TNI", ..day(at + 1, 0, "tonight") },
        "day" => match (words.lower(at + 1), words.lower(at + 2)) {
            ("before", "yesterday") => day(at + 3, -2, "yesterday"),
            ("after", "tomorrow") => day(at + 3, 2, "tomorrow"),
            _ => return None,
        },
        _ => return None,
    };
    // "Today" the programme and "USA Today" the paper are names.
    let name =
        words.capital(at) && at > 0 && words.capital(at - 1) && words.shape(at) != words.shape(at - 1).max_upper();
    if name {
        return None;
    }
    day_part(words, &mut read);
    Some(read)
}

impl Shape {
    /// All capitals, where the shape is that; a sign otherwise, which equals no letters.
    fn max_upper(self) -> Shape {
        if self == Shape::Upper { Shape::Upper } else { Shape::Sign }
    }
}

/// "last week", "this Friday", "earlier this month", "next fall", "last night".
fn relative(words: &Words, at: usize) -> Option<Read> {
    let (which, count, mut head) = match words.lower(at) {
        "last" => (Which::Last, -1, at + 1),
        "this" => (Which::This, 0, at + 1),
        "next" => (Which::Next, 1, at + 1),
        "coming" | "upcoming" => (Which::Next, 1, at + 1),
        "current" => (Which::This, 0, at + 1),
        _ => return None,
    };
    let mut which = which;
    let mut count = count;
    match (words.lower(at), words.lower(head)) {
        ("this", "past") => (which, count, head) = (Which::Last, -1, head + 1),
        ("this", "coming") => (which, count, head) = (Which::Next, 1, head + 1),
        _ => {}
    }
    let from = early(words, at);
    if let Some(weekday) = date::weekday_name(words, head) {
        return Some(date::weekday_from(words, at, head, Symbol::Weekday(weekday, which)));
    }
    let read = |to, symbol, rule| Some(Read::new(from, to, symbol, rule));
    match words.sense(head).calendar {
        Some(Calendar::Month(month)) if date::month(words, head).is_some() => {
            return read(head + 1, Symbol::Month(None, month, which), "last-month");
        }
        Some(Calendar::Season(code)) => return read(head + 1, Symbol::Season(None, code, which), "last-season"),
        Some(Calendar::DayPart(part)) if count <= 0 && !words.lower(head).ends_with('s') => {
            let night = Read {
                part: part_value(part),
                ..Read::new(from, head + 1, Symbol::Offset(Unit::Day, count), "last-night")
            };
            return Some(night);
        }
        _ => {}
    }
    if matches!(words.lower(head), "fiscal" | "financial" | "calendar" | "school" | "academic") {
        head += 1;
    }
    let unit = date::unit(words, head)?;
    // "the last year" is a length of time, "the next day" counts from another day.
    let before = words.lower(at.wrapping_sub(1));
    let definite = before == "the" || words.sense(at.wrapping_sub(1)).function.any(FunctionWords::DETERMINER);
    let length = definite && !matches!(words.lower(at), "current" | "this" | "coming" | "upcoming");
    if unit == Unit::Day || length && unit != Unit::Century {
        return None;
    }
    read(head + 1, Symbol::Offset(unit, count), "last-week")
}

/// "last year", "of last year", ", this year" behind a month or season: how many years from the document's.
pub fn year_shift(words: &Words, at: usize) -> Option<(i16, usize)> {
    let at = if matches!(words.lower(at), "of") { at + 1 } else { at };
    let shift = match words.lower(at) {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        _ => return None,
    };
    (words.lower(at + 1) == "year").then_some((shift, at + 2))
}

/// "two years ago", "a week ago".
fn ago(words: &Words, at: usize, numbers: &[Number]) -> Option<Read> {
    let span = words.get(at)?.span;
    let number = numbers.iter().find(|number| number.span.start() == span.start());
    let (count, unit_at) = match number {
        Some(number) if number.form != NumberForm::Vague => (number.value, words.at_byte(number.span.end())),
        None if words.sense(at).function.any(FunctionWords::ARTICLE) => (1.0, at + 1),
        _ => return None,
    };
    let unit = words.sense(unit_at).unit.as_ref().filter(|unit| unit.kind == FigureKind::Duration)?;
    let mut to = unit_at + 1;
    if (words.lower(to), words.lower(to + 1)) == ("or", "so") {
        to += 2;
    }
    if words.lower(to) != "ago" || !(0.0..=10_000.0).contains(&count) {
        return None;
    }
    let whole = count.floor() as i32;
    let symbol = match &*unit.name {
        "second" | "minute" | "hour" => {
            Symbol::Offset(Unit::Day, if count >= 24.0 && &*unit.name == "hour" { -whole / 24 } else { 0 })
        }
        "night" => Symbol::Offset(Unit::Day, -whole),
        "fortnight" => Symbol::Offset(Unit::Week, -2 * whole),
        name => Symbol::Offset(Unit::from_name(name)?, -whole),
    };
    Some(Read::new(at, to + 1, symbol, "ago"))
}

/// "the fourth quarter of 2011", "Q4 2011", "the first half of this year".
fn part_of_year(words: &Words, at: usize) -> Option<Read> {
    let (nth, part) = match words.lower(at) {
        "first" => (1, at + 1),
        "second" => (2, at + 1),
        "third" => (3, at + 1),
        "fourth" | "final" | "last" => (4, at + 1),
        "q" if words.glued(at + 1) => (words.lower(at + 1).parse().ok()?, at),
        _ => return None,
    };
    let code = match (words.lower(part), nth) {
        ("quarter" | "q", 1) => "Q1",
        ("quarter" | "q", 2) => "Q2",
        ("quarter" | "q", 3) => "Q3",
        ("quarter" | "q", 4) => "Q4",
        ("half", 1) => "H1",
        ("half", 2) => "H2",
        _ => return None,
    };
    let end = if part == at { at + 2 } else { part + 1 };
    if let Some((shift, to)) = year_shift(words, end) {
        return Some(Read::new(at, to, Symbol::Season(None, code, Which::InYear(shift)), "quarter"));
    }
    let year_at = end + usize::from(words.lower(end) == "of");
    let year = words.lower(year_at).parse::<i16>().ok().filter(|year| (1900..2100).contains(year));
    match year {
        Some(year) => Some(Read::new(at, year_at + 1, Symbol::Part(Some(year), code), "quarter")),
        // "the first half" without a year is a match as often as a stretch of the year.
        None if code.starts_with('Q') && words.lower(end) != "of" => {
            Some(Read::new(at, end, Symbol::Part(None, code), "quarter"))
        }
        None => None,
    }
}

/// "fiscal year 2009", "fiscal 2009", "FY2009", "the financial year 2009-10": named after the year it ends in, as written.
fn fiscal(words: &Words, at: usize) -> Option<Read> {
    let year_at = match (words.lower(at), words.lower(at + 1)) {
        ("fiscal" | "financial", "year") => at + 2,
        ("fiscal", _) | ("fy", _) => at + 1,
        _ => return None,
    };
    let year = words.lower(year_at).parse::<i16>().ok().filter(|year| (1900..2100).contains(year))?;
    Some(Read::new(at, year_at + 1, Symbol::Year(year), "fiscal-year"))
}

/// "the early hours of Monday", "the night of 5 August".
fn part_of_day_of(words: &Words, at: usize) -> Option<Read> {
    let (part, of) = match words.sense(at).calendar {
        Some(Calendar::DayPart(part)) => (part_value(part), at + 1),
        _ if words.lower(at + 1) == "hours" => match words.lower(at) {
            "early" | "small" | "morning" => ("TMO", at + 2),
            "evening" | "late" => ("TEV", at + 2),
            _ => return None,
        },
        _ => return None,
    };
    let mut day = of;
    while matches!(words.lower(day), "of" | "on" | "the") {
        day += 1;
    }
    if day == of || day > of + 2 {
        return None;
    }
    let mut reads = Vec::new();
    match named_day(words, day) {
        Some(read) => reads.push(read),
        None => date::read(words, day, &mut reads),
    }
    let read = reads.first().filter(|read| super::is_day(&read.symbol) && reads.len() == 1)?;
    Some(Read { from: at, part, rule: "night-of", ..*read })
}

/// "the nineties".
fn decade_word(words: &Words, at: usize) -> Option<Read> {
    let decade = match words.lower(at) {
        "twenties" => 192,
        "thirties" => 193,
        "forties" => 194,
        "fifties" => 195,
        "sixties" => 196,
        "seventies" => 197,
        "eighties" => 198,
        "nineties" => 199,
        _ => return None,
    };
    // "a man in his fifties" tells an age.
    let before = words.lower(at.wrapping_sub(1));
    let definite = before == "the" || (matches!(before, "early" | "late" | "mid" | "-") && !is_age(words, at));
    definite.then(|| Read::new(early(words, at), at + 1, Symbol::Decade(decade), "decade"))
}

fn is_age(words: &Words, at: usize) -> bool {
    (1..=4).any(|back| matches!(words.lower(at.wrapping_sub(back)), "his" | "her" | "their" | "my" | "your"))
}
