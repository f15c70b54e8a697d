//! The words that relation files list for the rules of [`super::structure`].

use rustc_hash::{FxHashMap, FxHashSet};

use crate::ontology::RelationKind;
use crate::pattern::Patterns;

/// The word lists of all kinds. Immutable and shared by all threads.
#[derive(Debug, Default)]
pub struct Rules {
    /// Participles after a hyphen, "backed" in "Iranian-backed", with the kind they tell and whether the name before
    /// the hyphen is the object.
    compounds: FxHashMap<String, (RelationKind, bool)>,
    /// Offices whose holder leads.
    top_offices: FxHashSet<String>,
    /// Nouns that a place's name may follow: "city" of Raqqa.
    place_nouns: FxHashSet<String>,
}

impl Rules {
    /// The lists that come with these patterns.
    pub fn new(patterns: &Patterns) -> Self {
        let mut rules = Rules::default();
        for (kind, list, words) in patterns.lists() {
            let words = words.iter().cloned();
            match list {
                "compound_subjects" => rules.compounds.extend(words.map(|word| (word, (kind, false)))),
                "compound_objects" => rules.compounds.extend(words.map(|word| (word, (kind, true)))),
                "top_offices" => rules.top_offices.extend(words),
                "place_nouns" => rules.place_nouns.extend(words),
                _ => {}
            }
        }
        rules
    }

    /// Whether a word, lower-cased, may tell a relation, given whether a pattern lists it; "is" and "has", which half of
    /// all sentences hold, do not count.
    pub fn is_trigger(&self, form: &str, listed: bool) -> bool {
        const EMPTY: &[&str] = &["is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "having"];
        (listed || self.compounds.contains_key(form)) && !EMPTY.contains(&form)
    }

    /// What a participle after a hyphen tells, and whether the name before the hyphen is the object.
    pub(super) fn compound(&self, participle: &str) -> Option<(RelationKind, bool)> {
        self.compounds.get(participle).copied()
    }

    /// Whether who holds the office leads the body or country.
    pub(super) fn is_top_office(&self, role: &str) -> bool {
        self.top_offices.contains(role)
    }

    /// Whether a place's name may follow the noun and "of".
    pub(super) fn is_place_noun(&self, noun: &str) -> bool {
        self.place_nouns.contains(noun)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_files_cover_every_kind() {
        let patterns = Patterns::builtin();
        for &kind in RelationKind::ALL {
            assert!(patterns.triggers().any(|trigger| trigger.relation == Some(kind)), "no pattern tells {kind}");
        }
        let rules = Rules::new(&patterns);
        assert_eq!(rules.compound("backed"), Some((RelationKind::Backs, false)));
        assert_eq!(rules.compound("based"), Some((RelationKind::LocatedIn, true)));
        assert!(rules.is_top_office("prime minister") && !rules.is_top_office("clerk"));
    }
}
