//! The word lists of this layer, compiled in from `data/lexicon/`.

use once_cell::sync::Lazy;
use rustc_hash::{FxHashMap, FxHashSet};

/// What an abbreviation's full stop says of the text after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Follows {
    /// A name follows, so the sentence goes on: "Gen.".
    Name,
    /// A number follows, or else the full stop ends the sentence: "No. 4", but "No. He refused."
    Number,
    /// The sentence ends or goes on; the next word decides: "Inc.".
    Either,
}

static ABBREVIATIONS: Lazy<FxHashMap<&'static str, Follows>> = Lazy::new(|| {
    let rows = include_str!("../../data/lexicon/abbreviations.csv").lines().skip(1);
    let rows = rows.filter_map(|row| row.split_once(','));
    let rows = rows.filter_map(|(word, follows)| match follows {
        "name" => Some((word, Follows::Name)),
        "number" => Some((word, Follows::Number)),
        "either" => Some((word, Follows::Either)),
        _ => None,
    });
    rows.collect()
});

static STARTERS: Lazy<FxHashSet<&'static str>> =
    Lazy::new(|| lines(include_str!("../../data/lexicon/sentence_starters.txt")).collect());

/// What is listed of a word without its full stop, in any case.
pub(super) fn abbreviation(word: &str) -> Option<Follows> {
    ABBREVIATIONS.get(lower(word)?.as_str()).copied()
}

/// Whether a capitalised word begins sentences more often than it goes on with a name.
pub(super) fn starts_sentence(word: &str) -> bool {
    lower(word).is_some_and(|word| STARTERS.contains(word.as_str()))
}

/// The word in lower case, unless it is longer than anything listed.
fn lower(word: &str) -> Option<String> {
    (word.len() <= 16).then(|| word.to_ascii_lowercase())
}

/// The entries of a list: one a line, `#` begins a comment line.
pub(super) fn lines(list: &str) -> impl Iterator<Item = &str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood() {
        let rows = include_str!("../../data/lexicon/abbreviations.csv").lines().count() - 1;
        assert_eq!(ABBREVIATIONS.len(), rows, "a row is repeated, or its second column is not name, number or either");
        assert!(ABBREVIATIONS.keys().all(|word| word.to_ascii_lowercase() == **word && word.len() <= 16));
    }
}
