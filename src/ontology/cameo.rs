//! CAMEO event codes, from `data/ontology/cameo.csv`: label, PLOVER type, mode, contexts and Goldstein score.
//!
//! The codes are those of the CAMEO manual 1.1b3, the scores Goldstein's scale as published with it, the mapping to
//! PLOVER that of the Open Event Data Alliance. The table is compiled into the binary by `build.rs`.

use std::fmt;

use super::codes::TABLE;
use super::{Context, Mode, Plover};

/// One row of the table.
pub(super) struct Row {
    pub(super) code: &'static str,
    pub(super) label: &'static str,
    pub(super) plover: &'static str,
    pub(super) mode: &'static str,
    pub(super) contexts: &'static str,
    pub(super) goldstein: f32,
}

/// A CAMEO code that exists, such as `0232`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cameo(u16);

impl Cameo {
    /// A bare statement.
    pub const STATEMENT: Cameo = Cameo(0);

    /// The code written so, if there is one.
    pub fn new(code: &str) -> Option<Self> {
        TABLE.binary_search_by(|row| row.code.cmp(code)).ok().map(|index| Self(index as u16))
    }

    /// Every code, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..TABLE.len() as u16).map(Self)
    }

    fn row(self) -> &'static Row {
        &TABLE[usize::from(self.0)]
    }

    /// The digits.
    pub fn as_str(self) -> &'static str {
        self.row().code
    }

    /// What the code means.
    pub fn label(self) -> &'static str {
        self.row().label
    }

    /// The PLOVER type; none for statements.
    pub fn plover(self) -> Option<Plover> {
        Plover::from_name(self.row().plover)
    }

    /// The mode that the code implies.
    pub fn mode(self) -> Option<Mode> {
        Mode::from_name(self.row().mode)
    }

    /// The contexts that the code implies.
    pub fn contexts(self) -> impl Iterator<Item = Context> {
        self.row().contexts.split('|').filter_map(Context::from_name)
    }

    /// How conflictual (-10) or co-operative (+10) the act is (Goldstein 1992).
    pub fn goldstein(self) -> f32 {
        self.row().goldstein
    }
}

impl fmt::Display for Cameo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Cameo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_speaks_plover() {
        assert!(TABLE.is_sorted_by(|a, b| a.code < b.code));
        for row in TABLE {
            let plover = Plover::from_name(row.plover);
            assert!(plover.is_some() || row.plover.is_empty(), "{}: {}", row.code, row.plover);
            let mode = Mode::from_name(row.mode);
            assert!(mode.is_some() || row.mode.is_empty(), "{}: {}", row.code, row.mode);
            assert!(mode.is_none_or(|mode| mode.belongs_to(plover.unwrap())), "{}: {}", row.code, row.mode);
            for context in row.contexts.split('|').filter(|name| !name.is_empty()) {
                assert!(Context::from_name(context).is_some(), "{}: {context}", row.code);
            }
            assert!((-10.0..=10.0).contains(&row.goldstein), "{}", row.code);
        }
    }

    #[test]
    fn codes_are_found_by_their_digits() {
        let aid = Cameo::new("0232").unwrap();
        assert_eq!((aid.plover(), aid.mode(), aid.goldstein()), (Some(Plover::Request), Some(Mode::Assist), 3.4));
        assert_eq!(Cameo::STATEMENT.as_str(), "010");
        assert_eq!(Cameo::new("999"), None);
        for &plover in Plover::ALL {
            assert!(Cameo::new(plover.root_cameo()).is_some(), "{plover}");
        }
    }
}
