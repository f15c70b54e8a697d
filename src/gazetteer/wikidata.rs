//! Wikidata's numbers of things.

use std::fmt;

/// The number of a Wikidata item, shown as `Q7035479`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WikidataId(pub u32);

impl WikidataId {
    /// The id as written in the gazetteer files: a capital Q and digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('Q').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        let number: u32 = digits.parse().ok()?;
        (digits == number.to_string() && number != u32::MAX).then_some(Self(number))
    }
}

impl fmt::Display for WikidataId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Q{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_and_shown_alike() {
        assert_eq!(WikidataId::parse("Q7035479").map(|id| id.to_string()).as_deref(), Some("Q7035479"));
        for wrong in ["", "Q", "7035479", "q7", "Q07", "Q7x", "Q-7", "Q99999999999"] {
            assert_eq!(WikidataId::parse(wrong), None, "{wrong}");
        }
    }
}
