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
    /// Offices of bodies, not of states: "director".
    body_offices: FxHashSet<String>,
    /// Offices of towns and regions, not of states: "mayor".
    town_offices: FxHashSet<String>,
    /// Words before an office that make it one of a part of the people: "rebel" leader.
    partisans: FxHashSet<String>,
    /// Nouns that a place's name may follow: "city" of Raqqa.
    place_nouns: FxHashSet<String>,
    /// Nouns for what has members: "coalition".
    bodies: FxHashSet<String>,
    /// Verbs that tell of opposition where the object is an armed group: "defeat".
    against_groups: FxHashSet<String>,
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
                "body_offices" => rules.body_offices.extend(words),
                "town_offices" => rules.town_offices.extend(words),
                "partisans" => rules.partisans.extend(words),
                "bodies" => rules.bodies.extend(words),
                "against_groups" => rules.against_groups.extend(words),
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

    /// Whether who holds the office serves a body rather than a state: "director".
    pub(super) fn is_office_of_bodies(&self, role: &str) -> bool {
        self.body_offices.contains(role)
    }

    /// Whether the office is one of a town or a region rather than a state: "mayor".
    pub(super) fn is_office_of_towns(&self, role: &str) -> bool {
        self.town_offices.contains(role)
    }

    /// Whether a word before an office says that it is one of a part of the people: "rebel".
    pub(super) fn is_partisan(&self, word: &str) -> bool {
        self.partisans.contains(word)
    }

    /// Whether a trigger tells of opposition only where the object is an armed group: "defeat".
    pub(super) fn is_against_groups(&self, trigger: &str) -> bool {
        self.against_groups.contains(trigger)
    }

    /// Whether a noun is one for what has members: "coalition".
    pub(super) fn is_body(&self, noun: &str) -> bool {
        self.bodies.contains(noun)
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
