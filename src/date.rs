//! Days as publications write them.

use jiff::civil::Date;

/// The day that a text gives in full: "2021-05-14T10:00", "Fri, 14 May 2021", "May 14, 2021", "3 JAN 90".
///
/// Months in figures are left alone outside ISO 8601, for 03/04 is two days.
pub fn find(text: &str) -> Option<Date> {
    let words: Vec<&str> =
        text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let spelt = words.windows(3).find_map(|words| match (month(words[0]), month(words[1])) {
        (Some(month), _) => Date::new(year(words[2])?, month, number(words[1])?).ok(),
        (_, Some(month)) => Date::new(year(words[2])?, month, number(words[0])?).ok(),
        _ => None,
    });
    let iso = |words: &[&str]| {
        let full = words[0].len() == 4 && words[1].len() == 2;
        if full { Date::new(year(words[0])?, number(words[1])?, number(words[2])?).ok() } else { None }
    };
    spelt.or_else(|| words.windows(3).find_map(iso)).or_else(|| compact(words.first()?))
}

/// "20210514", "20210514T100000Z".
fn compact(word: &str) -> Option<Date> {
    let digits = word.get(..8).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    if word[8..].starts_with(|character: char| character.is_ascii_digit()) && word.len() != 14 {
        return None;
    }
    Date::new(year(&digits[..4])?, number(&digits[4..6])?, number(&digits[6..])?).ok()
}

/// The number at the start of "14th", "14T10".
fn number(word: &str) -> Option<i8> {
    let end = word.find(|character: char| !character.is_ascii_digit()).unwrap_or(word.len());
    word[..end].parse().ok()
}

fn year(word: &str) -> Option<i16> {
    match (word.len(), word.parse::<i16>().ok()?) {
        // There have been newspapers since the seventeenth century, and their archives are read.
        (4, year @ 1600..=2099) => Some(year),
        // Two digits: nobody wrote datelines so before the wars; after 2040 somebody may have to look again.
        (2, year @ 0..=39) => Some(2000 + year),
        (2, year @ 40..=99) => Some(1900 + year),
        _ => None,
    }
}

/// The months in their order, in small letters.
pub(crate) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The month that a word names, in full or by its first letters.
fn month(word: &str) -> Option<i8> {
    let word = word.to_ascii_lowercase();
    let word = if word == "sept" { "sep" } else { &word };
    let found = MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(word));
    found.map(|index| index as i8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_date_is_a_day() {
        for (text, day) in [
            ("Friday, July 21, 2017", "2017-07-21"),
            ("Updated: 14th Sept 2021 10:15 GMT", "2021-09-14"),
            ("QUITO, 3 APR 89 (EFE) -- [TEXT]", "1989-04-03"),
            ("2021-05-14", "2021-05-14"),
            ("2021-05-14T10:00:00+02:00", "2021-05-14"),
            ("2021/05/14 10:00", "2021-05-14"),
            ("Fri, 14 May 2021 10:00:00 GMT", "2021-05-14"),
            ("1863-07-04", "1863-07-04"),
            ("20210514", "2021-05-14"),
            ("20210514103000", "2021-05-14"),
        ] {
            assert_eq!(find(text).map(|date| date.to_string()).as_deref(), Some(day), "{text}");
        }
        for text in ["ACCRA, March 4 (Reuters) -", "03/04/2020", "31 February 2020", "Monday", "1620994800"] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
