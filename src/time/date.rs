//! Dates of the calendar: "Thursday, Dec. 15", "5-8 August 2016", "1994", "the 1990s".

use super::symbol::{Symbol, Unit, Which};
use super::{Read, deictic};
use crate::lexicon::{Calendar, FunctionWords, Shape, Words};

/// Appends the date that begins at a word; two for a range of days.
pub fn read(words: &Words, at: usize, reads: &mut Vec<Read>) {
    if let Some(read) = weekday(words, at) {
        reads.push(read);
    } else if let Some((read, second)) = month_first(words, at).or_else(|| day_first(words, at)) {
        reads.push(read);
        reads.extend(second);
    } else if let Some(read) = iso(words, at).or_else(|| slashes(words, at)).or_else(|| year(words, at)) {
        reads.push(read);
    } else if let Some(read) = season(words, at).or_else(|| holiday(words, at)) {
        reads.push(read);
    }
}

/// The month that a word names, when it is used as a month.
pub fn month(words: &Words, at: usize) -> Option<i8> {
    let Some(Calendar::Month(month)) = words.sense(at).calendar else { return None };
    let lower = words.lower(at);
    let before = words.lower(at.wrapping_sub(1));
    let dated = number_in(words, at + 1, 1, 31).is_some()
        || number_in(words, at + 1, 1900, 2099).is_some()
        || (at > 0 && (number_in(words, at - 1, 1, 31).is_some() || is_ordinal_mark(before)));
    let doubtful = match lower {
        "may" | "march" => true,
        // "mar", "dec", "sat" and their like are months and days only beside a number.
        _ => lower.trim_end_matches('.').len() <= 3 && lower != "june" && lower != "july" && !lower.ends_with('.'),
    };
    let introduced = matches!(
        before,
        "in" | "since"
            | "last"
            | "next"
            | "until"
            | "till"
            | "by"
            | "of"
            | "early"
            | "late"
            | "mid"
            | "between"
            | "from"
            | "during"
            | "through"
            | "-"
    ) && (words.capital(at) || before != "by");
    let written = words.capital(at) || words.shape(at) == Shape::Lower && !doubtful;
    let fits = match doubtful {
        true => dated || (introduced && words.capital(at) && !matches!(lower, "mar" | "dec" | "jan" | "sat" | "sun")),
        false => written,
    };
    fits.then_some(month)
}

/// Digits at a place that stand for a whole number within bounds.
fn number_in(words: &Words, at: usize, low: i16, high: i16) -> Option<i16> {
    let digits = words.shape(at) == Shape::Digits && words.lower(at).len() <= 4;
    let value = words.lower(at).parse().ok().filter(|_| digits)?;
    (low..=high).contains(&value).then_some(value)
}

fn is_ordinal_mark(lower: &str) -> bool {
    matches!(lower, "st" | "nd" | "rd" | "th")
}

/// A day of the month and the place after it: "5", "5th".
fn day(words: &Words, at: usize) -> Option<(i8, usize)> {
    let value = number_in(words, at, 1, 31).filter(|_| words.lower(at).len() <= 2)?;
    let mut to = at + 1;
    if words.glued(to) && is_ordinal_mark(words.lower(to)) {
        to += 1;
    }
    Some((value as i8, to))
}

/// The year behind a date and the place after it: ", 2011", "2011", "of 2011".
fn year_after(words: &Words, at: usize) -> (Option<i16>, usize) {
    let next = if matches!(words.lower(at), "," | "of") { at + 1 } else { at };
    if let Some(year) = number_in(words, next, 1000, 2100).filter(|_| words.lower(next).len() == 4) {
        let free = !words.glued(next + 1) || !words.letters(next + 1) || words.lower(next + 1).starts_with('\'');
        let counts = next == at && words.sense(next + 1).group.is_some() && words.lower(next + 1).ends_with('s');
        if free && !counts {
            return (Some(year), next + 1);
        }
    }
    // "3 JAN 90" as dispatches date themselves: nothing but a mark may follow.
    let short = words.shape(at) == Shape::Digits && words.lower(at).len() == 2 && words.shape(at - 1) == Shape::Upper;
    if short && !words.letters(at + 1) && words.shape(at + 1) != Shape::Digits && words.lower(at + 1) != "%" {
        let value: i16 = words.lower(at).parse().unwrap_or(0);
        return (Some(if value < 50 { 2000 + value } else { 1900 + value }), at + 1);
    }
    (None, at)
}

type One = (Read, Option<Read>);

/// "August 5", "Aug. 5-8, 2011", "August 2011", "August".
fn month_first(words: &Words, at: usize) -> Option<One> {
    let month = month(words, at)?;
    let from = deictic::early(words, at);
    let part = |read: Read| Read { from: from.min(read.from), ..read };
    if let Some((first, to)) = day(words, at + 1).filter(|&(_, to)| !is_counted(words, to)) {
        if let Some((last, end)) = range_day(words, to) {
            let (year, end) = year_after(words, end);
            let one = Read::new(at, to, Symbol::Day(year, month, first), "date-range");
            return Some((one, Some(Read::new(to + 1, end, Symbol::Day(year, month, last), "date-range"))));
        }
        let (year, to) = year_after(words, to);
        return Some((Read::new(at, to, Symbol::Day(year, month, first), "date"), None));
    }
    let (year, to) = year_after(words, at + 1);
    if year.is_some() {
        return Some((part(Read::new(at, to, Symbol::Month(year, month, Which::Nearest), "month-year")), None));
    }
    if let Some((shift, to)) = deictic::year_shift(words, at + 1) {
        return Some((part(Read::new(at, to, Symbol::Month(None, month, Which::InYear(shift)), "month-year")), None));
    }
    Some((part(Read::new(at, at + 1, Symbol::Month(None, month, Which::Nearest), "month")), None))
}

/// Whether what follows a number makes it a count rather than a day: "In May 20 people".
fn is_counted(words: &Words, to: usize) -> bool {
    let sense = words.sense(to);
    let plural = sense.group.is_some() || sense.unit.is_some() || sense.number.is_some();
    plural
        || words.lower(to) == "%"
        || (words.letters(to)
            && words.sense(to + 1).group.is_some()
            && !words.marked(to)
            && sense.function == FunctionWords::NONE
            && sense.fates.is_empty())
}

/// The second day of a range: "-8", "to 8", "and 8".
fn range_day(words: &Words, at: usize) -> Option<(i8, usize)> {
    let joined = matches!(words.lower(at), "-" | "to" | "and" | "&" | "/" | "or");
    joined.then(|| day(words, at + 1))?.filter(|&(_, to)| !is_counted(words, to))
}

/// "5 August", "the 5th of August 2011", "5-8 August".
fn day_first(words: &Words, at: usize) -> Option<One> {
    if words.glued(at) && !matches!(words.lower(at.wrapping_sub(1)), "(" | "[" | "\"" | "-") {
        return None;
    }
    let (first, to) = day(words, at)?;
    let of = |at: usize| if words.lower(at) == "of" { at + 1 } else { at };
    if let Some(month) = month(words, of(to)) {
        let (year, end) = year_after(words, of(to) + 1);
        return Some((Read::new(at, end, Symbol::Day(year, month, first), "date"), None));
    }
    let (last, next) = range_day(words, to)?;
    let month = month(words, of(next))?;
    let (year, end) = year_after(words, of(next) + 1);
    let one = Read::new(at, to, Symbol::Day(year, month, first), "date-range");
    Some((one, Some(Read::new(to + 1, end, Symbol::Day(year, month, last), "date-range"))))
}

/// The day of the week that a word names.
pub fn weekday_name(words: &Words, at: usize) -> Option<i8> {
    let Some(Calendar::Weekday(weekday)) = words.sense(at).calendar else { return None };
    let short = words.lower(at).len() <= 5 && !words.lower(at).ends_with("day");
    // "Sun" and "Sat" are more often a newspaper and a verb.
    let next = at + 1 + usize::from(words.lower(at + 1) == ",");
    let dated = day(words, next).is_some() || month(words, next).is_some();
    (!short || (words.capital(at) && dated)).then_some(weekday)
}

/// "Thursday", "late Thursday", "Thursday night", "Thursday, Dec. 15".
fn weekday(words: &Words, at: usize) -> Option<Read> {
    let weekday = weekday_name(words, at)?;
    Some(weekday_from(words, at, at, Symbol::Weekday(weekday, Which::Nearest)))
}

/// Completes a day of the week whose expression begins at `from` and whose name stands at `at`.
pub fn weekday_from(words: &Words, from: usize, at: usize, symbol: Symbol) -> Read {
    let mut read = Read::new(from, at + 1, symbol, "weekday");
    deictic::day_part(words, &mut read);
    let mut next = read.to;
    while matches!(words.lower(next), "," | "the" | "(" | "on") && next - read.to < 2 {
        next += 1;
    }
    if let Some((date, None)) = month_first(words, next).or_else(|| day_first(words, next))
        && matches!(date.symbol, Symbol::Day(..))
    {
        let close = usize::from(words.lower(next - 1) == "(" && words.lower(date.to) == ")");
        read = Read { to: date.to + close, symbol: date.symbol, rule: "weekday-date", ..read };
    }
    read
}

/// "2011-08-05".
fn iso(words: &Words, at: usize) -> Option<Read> {
    let year = number_in(words, at, 1000, 2100).filter(|_| words.lower(at).len() == 4)?;
    let dash = |at: usize| words.lower(at) == "-" && words.glued(at) && words.glued(at + 1);
    let month = number_in(words, at + 2, 1, 12).filter(|_| dash(at + 1) && words.lower(at + 2).len() == 2)?;
    let day = number_in(words, at + 4, 1, 31).filter(|_| dash(at + 3) && words.lower(at + 4).len() == 2)?;
    Some(Read::new(at, at + 5, Symbol::Day(Some(year), month as i8, day as i8), "iso-date"))
}

/// "12/25/2011", "25.12.2011" is read by nobody here: the point is a decimal. Month first as in the United States,
/// unless that is no month.
fn slashes(words: &Words, at: usize) -> Option<Read> {
    let slash = |at: usize| words.lower(at) == "/" && words.glued(at) && words.glued(at + 1);
    let first = number_in(words, at, 1, 31).filter(|_| slash(at + 1) && !words.glued(at))?;
    let second = number_in(words, at + 2, 1, 31).filter(|_| slash(at + 3))?;
    let year = number_in(words, at + 4, 1000, 2100).filter(|_| words.lower(at + 4).len() == 4)?;
    let (month, day) = if first <= 12 { (first, second) } else { (second, first) };
    (month <= 12).then(|| Read::new(at, at + 5, Symbol::Day(Some(year), month as i8, day as i8), "slash-date"))
}

/// "1994", "the 1990s", "the '90s".
fn year(words: &Words, at: usize) -> Option<Read> {
    if words.shape(at) != Shape::Digits {
        return None;
    }
    let text = words.lower(at);
    let plural = words.glued(at + 1) && matches!(words.lower(at + 1), "s" | "'s");
    let before = words.lower(at.wrapping_sub(1));
    if plural && text.ends_with('0') && words.lower(at + 1) == "s" || plural && text.ends_with('0') && before == "the" {
        let from = deictic::early(words, at);
        if let Some(year) = number_in(words, at, 1000, 2100).filter(|_| text.len() == 4) {
            return Some(Read::new(from, at + 2, Symbol::Decade(year / 10), "decade"));
        }
        let short = text.len() == 2 && matches!(before, "'" | "the" | "early" | "late" | "mid" | "-" | "'the");
        let decade = text.parse::<i16>().ok().filter(|_| short)?;
        return Some(Read::new(
            from,
            at + 2,
            Symbol::Decade(if decade < 30 { 200 } else { 190 } + decade / 10),
            "decade",
        ));
    }
    if let Some(century) = century(words, at) {
        return Some(century);
    }
    let year = number_in(words, at, 1000, 2100).filter(|_| text.len() == 4)?;
    is_year(words, at, year).then(|| Read::new(deictic::early(words, at), at + 1, Symbol::Year(year), "year"))
}

fn century(words: &Words, at: usize) -> Option<Read> {
    let nth = number_in(words, at, 1, 21)?;
    let mark = words.glued(at + 1) && is_ordinal_mark(words.lower(at + 1));
    let next = if words.lower(at + 2) == "-" { at + 3 } else { at + 2 };
    (mark && words.lower(next) == "century").then(|| Read::new(at, next + 1, Symbol::Century(nth - 1), "century"))
}

/// Whether four digits name a year rather than count or number something.
fn is_year(words: &Words, at: usize, year: i16) -> bool {
    let before = words.lower(at.wrapping_sub(1));
    let previous = if at > 0 { words.sense(at - 1) } else { words.sense(usize::MAX) };
    let next = words.sense(at + 1);
    let time_word =
        matches!(before, "in" | "since" | "until" | "till" | "during" | "early" | "late" | "mid" | "fiscal" | "circa");
    let glued_after = words.glued(at + 1);
    let lower_after = words.lower(at + 1);
    let clean_after = !glued_after
        || (!words.letters(at + 1) || lower_after.starts_with('\'')) && !matches!(lower_after, "%" | ":" | "°" | "_");
    let glued_before = at > 0 && words.glued(at);
    let clean_before = !glued_before
        || matches!(before, "(" | "[" | "\"" | "'" | "“" | "/" | "," | "fy")
        || (before == "-"
            && (matches!(words.lower(at.wrapping_sub(2)), "mid" | "pre" | "post" | "late" | "early")
                || words.shape(at.wrapping_sub(2)) == Shape::Digits && words.lower(at.wrapping_sub(2)).len() == 4
                || !words.glued(at - 1)));
    if !clean_after || !clean_before || previous.currency.is_some() || next.currency.is_some() {
        return false;
    }
    if previous.label && !time_word || before == "no." || before == "#" || next.number.is_some() {
        return false;
    }
    let old = !(1900..=2060).contains(&year);
    let dated = time_word
        || matches!(
            before,
            "of" | "from"
                | "by"
                | "between"
                | "to"
                | "and"
                | "before"
                | "after"
                | "("
                | "-"
                | "around"
                | "about"
                | "for"
        );
    if before == "of" && !old && next.group.is_none() && next.unit.is_none() {
        return true;
    }
    let counted = next.unit.is_some() || next.group.is_some() || counts_plural(words, at + 1);
    if counted {
        let determined = previous.function.any(FunctionWords::DETERMINER) || before.ends_with("'s");
        return time_word && !matches!(before, "mid") && next.unit.is_none() && !old
            || determined && !old && next.unit.is_none();
    }
    !old || dated
}

/// Whether the words there read as a plural noun with its modifiers, all small: "houses", "new houses".
fn counts_plural(words: &Words, at: usize) -> bool {
    let plural = |at: usize| {
        let lower = words.lower(at);
        words.shape(at) == Shape::Lower
            && lower.len() > 3
            && lower.ends_with('s')
            && !lower.ends_with("ss")
            && words.sense(at).function == FunctionWords::NONE
    };
    let open = |at: usize| words.shape(at) == Shape::Lower && words.sense(at).function == FunctionWords::NONE;
    plural(at) || open(at) && words.sense(at + 1).group.is_some() && plural(at + 1)
}

/// "summer 2014", "the winter of 1944"; a bare season says too little.
fn season(words: &Words, at: usize) -> Option<Read> {
    let Some(Calendar::Season(code)) = words.sense(at).calendar else { return None };
    let from = deictic::early(words, at);
    if let Some((shift, to)) = deictic::year_shift(words, at + 1) {
        return Some(Read::new(from, to, Symbol::Season(None, code, Which::InYear(shift)), "season-year"));
    }
    let (year, to) = year_after(words, at + 1);
    year.filter(|_| words.lower(at + 1) != ",")
        .map(|year| Read::new(from, to, Symbol::Season(Some(year), code, Which::This), "season-year"))
}

/// "Christmas Day", "Good Friday 1998".
fn holiday(words: &Words, at: usize) -> Option<Read> {
    let (calendar, to) = match words.phrase(at) {
        Some((sense, to)) if sense.calendar.is_some() => (sense.calendar?, to),
        _ => (words.sense(at).calendar?, at + 1),
    };
    let (year, end) = year_after(words, to);
    let symbol = match calendar {
        Calendar::Holiday(month, day) => Symbol::Day(year, month, day),
        Calendar::Easter(shift) => Symbol::Easter(year, shift),
        Calendar::Islamic(month, day) => Symbol::Islamic(year, month, day),
        _ => return None,
    };
    // "Ramzan" and "Ramadan" are names of men as well.
    let before = words.sense(at.wrapping_sub(1));
    let named = matches!(calendar, Calendar::Islamic(..))
        && to == at + 1
        && (words.marked(to)
            || at > 0 && !before.function.any(FunctionWords::PREPOSITION.with(FunctionWords::DETERMINER)));
    (words.capital(at) && !named).then(|| Read::new(at, end, symbol, "holiday"))
}

/// Gives the first of two dates the year that only the second tells: "from May to August 2016".
pub fn share_year(words: &Words, reads: &mut [Read]) {
    for at in 1..reads.len() {
        let (first, second) = (reads[at - 1], reads[at]);
        let joined =
            second.from == first.to + 1 && matches!(words.lower(first.to), "to" | "and" | "-" | "until" | "through");
        let (Symbol::Month(year @ Some(_), ..) | Symbol::Day(year @ Some(_), ..)) = second.symbol else { continue };
        reads[at - 1].symbol = match first.symbol {
            Symbol::Month(None, month, Which::Nearest) if joined => Symbol::Month(year, month, Which::Nearest),
            Symbol::Day(None, month, day) if joined => Symbol::Day(year, month, day),
            symbol => symbol,
        };
    }
}

/// The unit of the calendar that a word names in the singular.
pub fn unit(words: &Words, at: usize) -> Option<Unit> {
    Unit::from_name(words.lower(at))
}
