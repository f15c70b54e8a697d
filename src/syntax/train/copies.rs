//! Copies of training sentences as news writes them: capitals, no capitals, headlines.

use crate::syntax::conllu::Tree;
use crate::syntax::{Deprel, Upos};

/// The tagger's training data: the treebank, a tenth again in capitals, a tenth without, a twentieth in title case,
/// and headlines. Each copy comes with the index of its sentence.
pub(super) fn for_tagger(trees: &[Tree]) -> Vec<(usize, Tree)> {
    let mut all = Vec::new();
    for (index, tree) in trees.iter().enumerate() {
        all.push((index, tree.clone()));
        match index % 20 {
            3 | 13 => all.push((index, written(tree, &str::to_uppercase))),
            6 | 16 => all.push((index, written(tree, &str::to_lowercase))),
            9 => all.push((index, written(tree, &title))),
            _ => {}
        }
    }
    all.extend(headlines(trees));
    all
}

/// The parser's: the treebank and headlines. Its words have no case, so other copies would teach it nothing.
pub(super) fn for_parser(trees: &[Tree]) -> Vec<(usize, Tree)> {
    let plain = trees.iter().enumerate().map(|(index, tree)| (index, tree.clone()));
    plain.chain(headlines(trees)).collect()
}

/// Every tenth sentence without articles, auxiliaries "be" and copulas, half of them in title case.
fn headlines(trees: &[Tree]) -> Vec<(usize, Tree)> {
    let chosen = trees.iter().enumerate().filter(|(index, _)| index % 10 == 1);
    let made = chosen.filter_map(|(index, tree)| {
        let short = clipped(tree)?;
        Some((index, if index % 20 == 1 { written(&short, &title) } else { short }))
    });
    made.collect()
}

/// The sentence in the words of a headline, if that changes it.
fn clipped(tree: &Tree) -> Option<Tree> {
    let count = tree.words.len();
    let governs = |number: usize| tree.words.iter().any(|word| word.head == number);
    let drops: Vec<bool> = (0..count)
        .map(|index| {
            let word = &tree.words[index];
            let article = word.upos == Some(Upos::Det) && matches!(word.lemma.as_str(), "the" | "a");
            let be = word.lemma == "be"
                && matches!(word.deprel, Some(Deprel::Aux | Deprel::AuxPass | Deprel::Cop))
                && word.form != "be";
            let stop = index + 1 == count && word.form == ".";
            (article || be || stop) && !governs(index + 1)
        })
        .collect();
    let kept = drops.iter().filter(|&&drop| !drop).count();
    if kept + 1 >= count || kept < 3 {
        return None;
    }
    let mut numbers = vec![0; count + 1];
    let mut number = 0;
    for index in 0..count {
        number += usize::from(!drops[index]);
        numbers[index + 1] = number;
    }
    let mut words = Vec::with_capacity(kept);
    for (word, _) in tree.words.iter().zip(&drops).filter(|(_, drop)| !**drop) {
        let mut word = word.clone();
        word.head = numbers[word.head];
        words.push(word);
    }
    if let Some(first) = words.first_mut() {
        first.form = title(&first.form);
    }
    Some(Tree { words, ..Tree::default() })
}

/// The sentence with every form rewritten.
fn written(tree: &Tree, rewrite: &dyn Fn(&str) -> String) -> Tree {
    let mut tree = tree.clone();
    for word in &mut tree.words {
        word.form = rewrite(&word.form);
    }
    tree
}

/// A word as in a headline: short function words stay as they are.
fn title(form: &str) -> String {
    const SMALL: &[&str] = &[
        "a", "an", "and", "as", "at", "but", "by", "for", "in", "nor", "of", "on", "or", "the", "to", "up", "vs",
        "via", "'s", "n't", "’s", "n’t",
    ];
    if SMALL.contains(&form) {
        return form.to_owned();
    }
    let mut characters = form.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}
