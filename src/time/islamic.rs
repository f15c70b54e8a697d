//! Months of the Islamic calendar by the tabular reckoning, which is a day or so off what is seen in the sky.

use jiff::ToSpan;
use jiff::civil::Date;

/// The Gregorian date on which an Islamic month begins (Reingold and Dershowitz, Calendrical Calculations).
fn first_day(year: i32, month: i8) -> Option<Date> {
    let month = i32::from(month);
    let days = (year - 1) * 354 + (11 * year + 3) / 30 + 29 * (month - 1) + month / 2;
    // 1 Muharram of year 1 is 19 July 622 in the Gregorian calendar.
    Date::new(622, 7, 19).ok()?.checked_add(i64::from(days).days()).ok()
}

/// The day on which the month begins that a text of `date` means: the latest, or the next one where it is to come.
pub fn nearest(month: i8, day: i8, date: Date, future: bool) -> Option<Date> {
    let year = (i32::from(date.year()) - 622) * 33 / 32;
    let begins = (year - 1..=year + 3).filter_map(|year| on(year, month, day));
    match future {
        true => begins.filter(|begin| *begin >= date).min(),
        // The reckoning may be late by a day or two.
        false => begins.filter(|begin| begin.checked_sub(2.days()).is_ok_and(|early| early <= date)).max(),
    }
}

/// The day of an Islamic year.
fn on(year: i32, month: i8, day: i8) -> Option<Date> {
    first_day(year, month)?.checked_add(i64::from(day - 1).days()).ok()
}

/// The day of that month that falls in a Gregorian year, the first of two.
pub fn in_year(month: i8, day: i8, year: i16) -> Option<Date> {
    nearest(month, day, Date::new(year, 1, 1).ok()?, true).filter(|date| date.year() == year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn ramadan_begins_within_a_day_of_the_sighting() {
        for seen in [date(2000, 11, 27), date(2011, 8, 1), date(2016, 6, 6), date(2021, 4, 13), date(2024, 3, 11)] {
            let found = in_year(9, 1, seen.year()).expect("a date");
            let off = (i64::from(seen.day_of_year()) - i64::from(found.day_of_year())).abs();
            assert!(off <= 1, "{found} for {seen}");
        }
    }
}
