//! The relation patterns in force, and the words that their files list for the rules of [`super::structure`].

use std::path::Path;

use once_cell::sync::Lazy;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::error::{Error, Result};
use crate::ontology::RelationKind;
use crate::pattern::{File, Patterns};

static BUILTIN: &str = include_str!(concat!(env!("OUT_DIR"), "/relations.json"));

/// The patterns of all kinds. Immutable and shared by all threads.
#[derive(Debug)]
pub struct Rules {
    /// The patterns.
    pub(super) patterns: Patterns,
    kinds: FxHashMap<String, RelationKind>,
    /// Participles after a hyphen, "backed" in "Iranian-backed", with the kind they tell and whether the name before
    /// the hyphen is the object.
    compounds: FxHashMap<String, (RelationKind, bool)>,
    /// Offices whose holder leads.
    top_offices: FxHashSet<String>,
    /// Nouns that a place's name may follow: "city" of Raqqa.
    place_nouns: FxHashSet<String>,
}

impl Rules {
    /// The patterns that come with the program.
    ///
    /// # Panics
    /// If the built-in files are damaged; a test loads them.
    pub fn builtin() -> Self {
        static FILES: Lazy<std::result::Result<Vec<(String, File)>, serde_json::Error>> =
            Lazy::new(|| serde_json::from_str(BUILTIN));
        let files = FILES.as_ref().expect("the built-in relation files are well formed");
        let files: Vec<_> = files.iter().map(|(path, file)| (Path::new(path.as_str()), file)).collect();
        Self::compile(&files).expect("the built-in relation files load")
    }

    /// The patterns of these files, each with the path that errors are to name.
    ///
    /// # Errors
    /// If a file names no relation kind, or a row a slot or list that does not exist.
    pub fn compile(files: &[(&Path, &File)]) -> Result<Self> {
        let mut rules = Rules {
            patterns: Patterns::compile(files.iter().copied())?,
            kinds: FxHashMap::default(),
            compounds: FxHashMap::default(),
            top_offices: FxHashSet::default(),
            place_nouns: FxHashSet::default(),
        };
        for &(path, file) in files {
            let name = file.relation.as_deref().unwrap_or_default();
            let kind = RelationKind::from_name(name)
                .ok_or_else(|| Error::data(format!("there is no relation kind '{name}'")).at_path(path))?;
            rules.kinds.extend(file.patterns.iter().map(|row| (row.id.clone(), kind)));
            for (list, words) in &file.words {
                match list.as_str() {
                    "compound_subjects" => {
                        rules.compounds.extend(words.iter().map(|word| (word.clone(), (kind, false))))
                    }
                    "compound_objects" => rules.compounds.extend(words.iter().map(|word| (word.clone(), (kind, true)))),
                    "top_offices" => rules.top_offices.extend(words.iter().cloned()),
                    "place_nouns" => rules.place_nouns.extend(words.iter().cloned()),
                    _ => {}
                }
            }
        }
        Ok(rules)
    }

    /// The kind that a pattern tells.
    pub(super) fn kind(&self, pattern: &str) -> Option<RelationKind> {
        self.kinds.get(pattern).copied()
    }

    /// Whether a word, lower-cased, may tell a relation; "is" and "has", which half of all sentences hold, do not count.
    pub fn is_trigger(&self, form: &str) -> bool {
        const EMPTY: &[&str] = &["is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "having"];
        !EMPTY.contains(&form) && (self.patterns.is_trigger(form) || self.compounds.contains_key(form))
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
    fn the_built_in_files_load_and_cover_every_kind() {
        let rules = Rules::builtin();
        for &kind in RelationKind::ALL {
            assert!(rules.kinds.values().any(|&known| known == kind), "no pattern tells {kind}");
        }
        assert_eq!(rules.compound("backed"), Some((RelationKind::Backs, false)));
        assert_eq!(rules.compound("based"), Some((RelationKind::LocatedIn, true)));
        assert!(rules.is_top_office("prime minister") && !rules.is_top_office("clerk"));
    }
}
