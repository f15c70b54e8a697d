//! Days as the gazetteer files write them and as the compiled form stores them.

use std::fmt;

/// A calendar day, or none: the bits of year, month and day, so that later days are greater numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(u32);

impl Day {
    /// No day: an open end, or one that nobody knows.
    pub const NONE: Day = Day(0);

    /// The day of that year, month and day, if there is one.
    pub fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let length = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        ((1..=9999).contains(&year) && (1..=length).contains(&day)).then_some(Self(year << 9 | month << 5 | day))
    }

    /// The day written `2012-05-07`; [`Day::NONE`] for nothing.
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::NONE);
        }
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok()).flatten();
        Self::new(number(text.get(..4)?)?, number(text.get(5..7)?)?, number(text.get(8..)?)?)
    }

    /// The stored form.
    pub fn bits(self) -> u32 {
        self.0
    }

    /// The day of a stored form.
    pub fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// Year, month and day; `None` for no day.
    pub fn parts(self) -> Option<(u32, u32, u32)> {
        (self.0 != 0).then_some((self.0 >> 9, self.0 >> 5 & 15, self.0 & 31))
    }

    /// Whether there is a day at all.
    pub fn is_some(self) -> bool {
        self.0 != 0
    }

    /// The year; 0 for no day.
    pub fn year(self) -> u32 {
        self.0 >> 9
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parts() {
            Some((year, month, day)) => write!(f, "{year:04}-{month:02}-{day:02}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_written_and_compared() {
        for text in ["2012-05-07", "2000-02-29", ""] {
            assert_eq!(Day::parse(text).unwrap().to_string(), text);
        }
        for wrong in ["2012", "2012-5-7", "2012-13-01", "1900-02-29", "2012-05-0x", "+012-05-07"] {
            assert_eq!(Day::parse(wrong), None, "{wrong}");
        }
        assert!(Day::parse("2012-05-07") < Day::parse("2012-10-01"));
    }
}
