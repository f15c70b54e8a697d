//! Times of day: "8:10 pm PDT", "at 3 p.m. local time", "0900 GMT", "midnight".

use super::{Read, Symbol};
use crate::lexicon::{Calendar, Shape, Words};

/// A time of day that begins at a word.
pub fn read(words: &Words, at: usize) -> Option<Read> {
    if let Some(Calendar::Clock(clock)) = words.sense(at).calendar {
        let hour = if clock == "12:00" { 12 } else { 0 };
        return Some(with_zone(words, at, at + 1, (hour, 0), "clock-named"));
    }
    if words.shape(at) != Shape::Digits || (words.glued(at) && !matches!(words.lower(at - 1), "(" | "\"" | "@" | "-")) {
        return None;
    }
    let text = words.lower(at);
    if let Some((hour, minute)) = text.split_once('.').and_then(|(hour, minute)| hour_minute(hour, minute)) {
        // "3.30 p.m." as British papers write it; without the half of the day it is a decimal.
        let (half, to) = half_of_day(words, at + 1)?;
        return Some(with_zone(words, at, to, (twelve(hour, half)?, minute), "clock"));
    }
    if words.lower(at + 1) == ":" && words.glued(at + 1) && words.glued(at + 2) && words.shape(at + 2) == Shape::Digits
    {
        let (hour, minute) = hour_minute(text, words.lower(at + 2))?;
        let mut to = at + 3;
        if words.lower(to) == ":" && words.glued(to) && words.shape(to + 1) == Shape::Digits {
            to += 2;
        }
        if let Some((half, to)) = half_of_day(words, to) {
            return Some(with_zone(words, at, to, (twelve(hour, half)?, minute), "clock"));
        }
        let zoned = with_zone(words, at, to, (hour, minute), "clock");
        let announced = matches!(
            words.lower(at.wrapping_sub(1)),
            "at" | "around" | "about" | "by" | "until" | "from" | "before" | "after" | "since" | "approximately"
        ) || words.lower(to) == "hours";
        return (zoned.to > to || announced).then_some(zoned);
    }
    let hour: u8 = text.parse().ok().filter(|_| text.len() <= 2).unwrap_or(99);
    if let Some((half, to)) = half_of_day(words, at + 1) {
        return Some(with_zone(words, at, to, (twelve(hour, half)?, 0), "clock"));
    }
    if words.lower(at + 1) == "o'clock" && (1..=12).contains(&hour) {
        return Some(Read { clock: Some((hour, 0)), ..Read::new(at, at + 2, Symbol::TimeOnly, "clock") });
    }
    // "0900 GMT", "1430 local time": four digits and a zone.
    if text.len() == 4 && text.is_ascii() {
        let (hour, minute) = hour_minute(&text[..2], &text[2..])?;
        let zoned = with_zone(words, at, at + 1, (hour, minute), "clock");
        // "at 1415 hours", but "for 1500 hours".
        let before = words.lower(at.wrapping_sub(1));
        let told =
            text.starts_with('0') || matches!(before, "at" | "by" | "until" | "till" | "from" | "around" | "about");
        if matches!(words.lower(at + 1), "hours" | "hrs") && told {
            return Some(Read { to: at + 2, ..zoned });
        }
        return (zoned.to > at + 1).then_some(zoned);
    }
    None
}

fn hour_minute(hour: &str, minute: &str) -> Option<(u8, u8)> {
    let (hour, minute_value): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour <= 24 && minute_value < 60 && minute.len() == 2).then_some((hour % 24, minute_value))
}

/// "a.m." or "p.m." in its spellings: whether it is afternoon, and the place after it.
fn half_of_day(words: &Words, at: usize) -> Option<(bool, usize)> {
    let (first, next) = (words.lower(at), words.lower(at + 1));
    match first {
        "am" | "a.m." | "a.m" => Some((false, at + 1)),
        "pm" | "p.m." | "p.m" => Some((true, at + 1)),
        "a" | "p" if next == "." && words.lower(at + 2) == "m" => Some((first == "p", at + 4)),
        "a" | "p" if next == "m" => Some((first == "p", at + 2)),
        _ => None,
    }
}

fn twelve(hour: u8, afternoon: bool) -> Option<u8> {
    (1..=12).contains(&hour).then_some(hour % 12 + if afternoon { 12 } else { 0 })
}

/// Takes in the zone: "GMT", "local time", "(1200 UTC)" is a time of its own.
fn with_zone(words: &Words, from: usize, mut to: usize, clock: (u8, u8), rule: &'static str) -> Read {
    if words.lower(to) == "local" && words.lower(to + 1) == "time" {
        to += 2;
    } else if is_zone(words, to) {
        to += 1;
        if words.lower(to) == "time" {
            to += 1;
        }
        if matches!(words.lower(to), "+" | "-") && words.glued(to) && words.shape(to + 1) == Shape::Digits {
            to += 2;
        }
    }
    Read { clock: Some(clock), ..Read::new(from, to, Symbol::TimeOnly, rule) }
}

/// Abbreviations of time zones as news write them; in capitals only, since some are words.
fn is_zone(words: &Words, at: usize) -> bool {
    let zones = [
        "gmt", "utc", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "et", "ct", "mt", "pt", "bst", "cet",
        "cest", "eet", "eest", "msk", "ist", "jst", "kst", "aest", "aedt", "hst", "akst", "akdt", "wib", "pkt", "sgt",
    ];
    words.shape(at) == Shape::Upper && zones.contains(&words.lower(at).trim_end_matches('.'))
}

/// Joins a time of day with the day beside it: "3 p.m. on Monday", "Monday at 3 p.m.".
pub fn join(words: &Words, reads: &mut Vec<Read>) {
    let mut index = 1;
    while index < reads.len() {
        let (left, right) = (reads[index - 1], reads[index]);
        let between = (left.to..right.from).all(|at| matches!(words.lower(at), "on" | "at" | "," | "around" | "about"));
        let one_clock = left.clock.is_some() != right.clock.is_some();
        let days = super::is_day(&left.symbol) || super::is_day(&right.symbol);
        if between && right.from - left.to <= 2 && one_clock && days && left.part.is_empty() {
            let day = if left.clock.is_some() { right } else { left };
            let clock = left.clock.or(right.clock);
            reads[index - 1] = Read { from: left.from, to: right.to, clock, part: "", ..day };
            reads.remove(index);
        } else {
            index += 1;
        }
    }
}
