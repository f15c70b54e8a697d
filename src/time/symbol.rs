//! What a time expression says before it is known when it was written, and its TIMEX3 value after.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::islamic;
use crate::ontology::TimeType;

/// Which of the repeating days, months or seasons is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one next to the document's date on the side that the verb points to.
    Nearest,
    /// "last Friday", "last fall".
    Last,
    /// "this Friday", "this fall".
    This,
    /// "next Friday", "next fall".
    Next,
    /// "last year" and the like beside it: years from the document's.
    InYear(i16),
}

/// A unit of the calendar that is counted from the document's date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A day.
    Day,
    /// A week from Monday on.
    Week,
    /// Saturday and Sunday.
    Weekend,
    /// A month.
    Month,
    /// A quarter of the year.
    Quarter,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

impl Unit {
    /// The unit of that name in the singular.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "day" => Unit::Day,
            "week" => Unit::Week,
            "weekend" => Unit::Weekend,
            "month" => Unit::Month,
            "quarter" => Unit::Quarter,
            "year" => Unit::Year,
            "decade" => Unit::Decade,
            "century" => Unit::Century,
            _ => return None,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Weekend => "weekend",
            Unit::Month => "month",
            Unit::Quarter => "quarter",
            Unit::Year => "year",
            Unit::Decade => "decade",
            Unit::Century => "century",
        }
    }
}

/// What a time expression says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Symbol {
    /// "5 August 2016", "5 August".
    Day(Option<i16>, i8, i8),
    /// "August 2016", "last August".
    Month(Option<i16>, i8, Which),
    /// "1994".
    Year(i16),
    /// "the 1990s", by the first three digits.
    Decade(i16),
    /// "the 19th century", by the first two digits.
    Century(i16),
    /// "summer 2014", "last fall".
    Season(Option<i16>, &'static str, Which),
    /// "the fourth quarter of 2011": `Q4`, `H1`.
    Part(Option<i16>, &'static str),
    /// "Friday".
    Weekday(i8, Which),
    /// "yesterday", "last week", "two years ago".
    Offset(Unit, i32),
    /// A day of the year that its name fixes.
    Easter(Option<i16>, i8),
    /// A month or feast of the Islamic calendar: year of ours, month and day of that calendar.
    Islamic(Option<i16>, i8, i8),
    /// A time of day and nothing else.
    TimeOnly,
}

/// What is known when a symbol is resolved.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The document's date.
    pub date: Option<Date>,
    /// Whether the clause tells what is to come.
    pub future: bool,
}

/// The TIMEX3 value of a symbol, with a part of the day such as `TMO` or `T15:30` where one is given.
///
/// `None` where the dates leave the calendar.
pub fn value(symbol: Symbol, part: &str, context: Context) -> Option<(String, TimeType)> {
    let day = match (symbol, context.date) {
        (Symbol::TimeOnly, None) => String::new(),
        (symbol, Some(date)) => dated(symbol, date, context.future)?,
        (symbol, None) => undated(symbol),
    };
    let kind = if part.is_empty() { TimeType::Date } else { TimeType::Time };
    Some((format!("{day}{part}"), kind))
}

fn dated(symbol: Symbol, date: Date, future: bool) -> Option<String> {
    Some(match symbol {
        Symbol::Day(None, month, day) => nearest_day(month, day, date, future)?.to_string(),
        Symbol::Month(None, month, which) => {
            let year = year_of(month, which, date, future);
            format!("{year:04}-{month:02}")
        }
        Symbol::Season(None, code, which) => format!("{:04}-{code}", season_year(code, which, date, future)),
        Symbol::Part(None, code) => format!("{:04}-{code}", part_year(code, date, future)),
        Symbol::Weekday(weekday, which) => weekday_date(weekday, which, date, future)?.to_string(),
        Symbol::Offset(unit, count) => offset(unit, count, date)?,
        Symbol::Easter(None, shift) => {
            let this = easter(date.year(), shift)?;
            let year = if this > date && !future { date.year() - 1 } else { date.year() };
            easter(year, shift)?.to_string()
        }
        Symbol::Islamic(None, month, day) => month_of(islamic::nearest(month, day, date, future)?),
        Symbol::TimeOnly => date.to_string(),
        fixed => undated(fixed),
    })
}

fn undated(symbol: Symbol) -> String {
    match symbol {
        Symbol::Day(Some(year), month, day) => format!("{year:04}-{month:02}-{day:02}"),
        Symbol::Day(None, month, day) => format!("XXXX-{month:02}-{day:02}"),
        Symbol::Month(Some(year), month, _) => format!("{year:04}-{month:02}"),
        Symbol::Month(None, month, _) => format!("XXXX-{month:02}"),
        Symbol::Year(year) => format!("{year:04}"),
        Symbol::Decade(decade) => format!("{decade:03}"),
        Symbol::Century(century) => format!("{century:02}"),
        Symbol::Season(Some(year), code, _) | Symbol::Part(Some(year), code) => format!("{year:04}-{code}"),
        Symbol::Season(None, code, _) | Symbol::Part(None, code) => format!("XXXX-{code}"),
        Symbol::Weekday(weekday, _) => format!("XXXX-WXX-{weekday}"),
        Symbol::Offset(unit, 0) => format!("UNDEF-this-{}", unit.name()),
        Symbol::Offset(unit, -1) => format!("UNDEF-last-{}", unit.name()),
        Symbol::Offset(unit, 1) => format!("UNDEF-next-{}", unit.name()),
        Symbol::Offset(unit, count) => {
            let side = if count < 0 { "MINUS" } else { "PLUS" };
            format!("UNDEF-this-{}-{side}-{}", unit.name(), count.unsigned_abs())
        }
        Symbol::Easter(year, shift) => match year.and_then(|year| easter(year, shift)) {
            Some(date) => date.to_string(),
            None => "XXXX-XX-XX".into(),
        },
        Symbol::Islamic(year, month, day) => {
            let date = year.and_then(|year| islamic::in_year(month, day, year));
            date.map_or_else(|| "XXXX-XX".into(), month_of)
        }
        Symbol::TimeOnly => String::new(),
    }
}

/// The month of a date: the day of a feast that the moon fixes differs from country to country.
fn month_of(date: Date) -> String {
    format!("{:04}-{:02}", date.year(), date.month())
}

/// The year of a quarter or half named without it: the latest that has begun, unless it is to come.
fn part_year(code: &str, date: Date, future: bool) -> i16 {
    let first = match code {
        "Q2" => 4,
        "Q3" | "H2" => 7,
        "Q4" => 10,
        _ => 1,
    };
    if date.month() < first && !future { date.year() - 1 } else { date.year() }
}

/// The day of that name that lies nearest to the document's date; news seldom names a day half a year away without
/// its year.
fn nearest_day(month: i8, day: i8, date: Date, future: bool) -> Option<Date> {
    let years = [date.year() - 1, date.year(), date.year() + 1];
    let days = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
    let distance = |day: &Date| {
        let days = days_between(date, *day);
        // The verb's side is believed up to ten months away.
        if (days > 0) == future || days == 0 { days.abs() } else { days.abs() * 5 / 2 }
    };
    days.min_by_key(distance)
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX / 4, |span| span.get_days())
}

fn year_of(month: i8, which: Which, date: Date, future: bool) -> i16 {
    let year = date.year();
    match which {
        Which::This => year,
        Which::InYear(shift) => year + shift,
        Which::Last if month >= date.month() => year - 1,
        Which::Next if month <= date.month() => year + 1,
        Which::Last | Which::Next => year,
        Which::Nearest if future && month < date.month() => year + 1,
        Which::Nearest if !future && month > date.month() => year - 1,
        Which::Nearest => year,
    }
}

/// The year of a season. Winter is named after the year in which it begins, as "the winter of 1944" is.
fn season_year(code: &str, which: Which, date: Date, future: bool) -> i16 {
    let (first, last) = match code {
        "SP" => (3, 5),
        "SU" => (6, 8),
        "FA" => (9, 11),
        "WI" => (12, 14),
        // Quarters and halves are only ever named with their year.
        _ => (1, 12),
    };
    // January and February belong to the winter of the year before.
    let (year, month) = if code == "WI" && date.month() <= 2 {
        (date.year() - 1, date.month() + 12)
    } else {
        (date.year(), date.month())
    };
    match which {
        Which::This => year,
        Which::InYear(shift) => date.year() + shift,
        Which::Last if month > last => year,
        Which::Last => year - 1,
        Which::Next if month < first => year,
        Which::Next => year + 1,
        Which::Nearest if future && month > last => year + 1,
        Which::Nearest if !future && month < first => year - 1,
        Which::Nearest => year,
    }
}

fn weekday_date(weekday: i8, which: Which, date: Date, future: bool) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
    let today = date.weekday() == weekday;
    let forward = |from: Date| from.nth_weekday(1, weekday).ok();
    let back = |from: Date| from.nth_weekday(-1, weekday).ok();
    match which {
        Which::Nearest | Which::This if today => Some(date),
        Which::Nearest if future => forward(date),
        Which::Nearest | Which::Last => back(date),
        Which::This | Which::InYear(_) => {
            let monday = date.checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days()).ok()?;
            monday.checked_add(i64::from(weekday.to_monday_zero_offset()).days()).ok()
        }
        Which::Next => forward(date),
    }
}

fn offset(unit: Unit, count: i32, date: Date) -> Option<String> {
    let count = i64::from(count);
    Some(match unit {
        Unit::Day => date.checked_add(jiff::Span::new().try_days(count).ok()?).ok()?.to_string(),
        Unit::Week | Unit::Weekend => {
            let week = date.checked_add(jiff::Span::new().try_weeks(count).ok()?).ok()?.iso_week_date();
            let end = if unit == Unit::Weekend { "-WE" } else { "" };
            format!("{:04}-W{:02}{end}", week.year(), week.week())
        }
        Unit::Month => {
            let month = date.checked_add(jiff::Span::new().try_months(count).ok()?).ok()?;
            format!("{:04}-{:02}", month.year(), month.month())
        }
        Unit::Quarter => {
            let month = date.checked_add(jiff::Span::new().try_months(3 * count).ok()?).ok()?;
            format!("{:04}-Q{}", month.year(), (month.month() + 2) / 3)
        }
        Unit::Year => format!("{:04}", date.checked_add(jiff::Span::new().try_years(count).ok()?).ok()?.year()),
        Unit::Decade => {
            format!("{:03}", date.checked_add(jiff::Span::new().try_years(10 * count).ok()?).ok()?.year() / 10)
        }
        Unit::Century => {
            format!("{:02}", date.checked_add(jiff::Span::new().try_years(100 * count).ok()?).ok()?.year() / 100)
        }
    })
}

/// Easter Sunday of a year, some days later: the anonymous Gregorian algorithm (Nature, 20 April 1876).
fn easter(year: i16, shift: i8) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    let sunday = Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()?;
    sunday.checked_add(i64::from(shift).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn easter_falls_where_the_church_says() {
        for day in [date(2000, 4, 23), date(2016, 3, 27), date(2021, 4, 4), date(2024, 3, 31)] {
            assert_eq!(easter(day.year(), 0), Some(day));
        }
    }

    #[test]
    fn a_winter_is_named_after_its_first_year() {
        let january = date(2021, 1, 20);
        assert_eq!(season_year("WI", Which::This, january, false), 2020);
        assert_eq!(season_year("WI", Which::Last, january, false), 2019);
        assert_eq!(season_year("FA", Which::Last, date(2021, 5, 14), false), 2020);
        assert_eq!(season_year("SU", Which::Last, date(2022, 11, 1), false), 2022);
    }

    #[test]
    fn far_offsets_leave_the_calendar_quietly() {
        assert_eq!(offset(Unit::Century, i32::MIN, date(2021, 1, 1)), None);
        assert_eq!(offset(Unit::Day, i32::MAX, date(2021, 1, 1)), None);
    }
}
