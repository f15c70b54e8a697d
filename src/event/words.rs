//! The word lists by which attacks are read, from `data/lexicon/attacks.csv`.

use once_cell::sync::Lazy;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::pattern::Tree;
use crate::span::TokenId;
use crate::syntax::lemma;

static LISTS: Lazy<FxHashMap<&str, FxHashSet<&str>>> = Lazy::new(|| {
    let rows = include_str!("../../data/lexicon/attacks.csv").lines().skip(1).filter(|line| !line.starts_with('#'));
    let lists = rows.filter_map(|row| row.split_once(','));
    lists.map(|(list, words)| (list, words.split(' ').collect())).collect()
});

/// Whether a word, whatever its form, is on a list.
pub(super) fn is_listed(tree: &Tree, token: TokenId, list: &str) -> bool {
    let form = tree.doc.form(token);
    has(list, &lemma(form, tree.node(token).xpos)) || has(list, &form.to_lowercase())
}

/// Whether a list holds the word in this form.
pub(super) fn has(list: &str, word: &str) -> bool {
    LISTS.get(list).is_some_and(|words| words.contains(word))
}

/// Whether a word ends in one of the endings on a list.
pub(super) fn ends(list: &str, word: &str) -> bool {
    LISTS.get(list).is_some_and(|endings| endings.iter().any(|ending| word.ends_with(ending)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_that_is_asked_for_is_there() {
        let asked = [
            "claim",
            "claimed",
            "blame",
            "accuse",
            "charge",
            "link",
            "answerable",
            "exposed",
            "escape",
            "thing_pronoun",
            "agent_ending",
            "no_agent",
        ];
        assert_eq!(LISTS.len(), asked.len());
        assert!(asked.iter().all(|list| LISTS.get(list).is_some_and(|words| !words.is_empty())));
    }
}
