//! Scores of a model on a treebank.

use crate::syntax::conllu::Tree;
use crate::syntax::{Model, Worker};

/// Shares of words, in per cent; punctuation counts, labels with their subtypes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// Words scored.
    pub words: usize,
    /// Right word class.
    pub upos: f64,
    /// Right Penn tag.
    pub xpos: f64,
    /// Right head.
    pub uas: f64,
    /// Right head and relation.
    pub las: f64,
}

/// Scores a model on gold words, each rewritten first.
pub fn evaluate<'t>(model: &Model, trees: impl Iterator<Item = &'t Tree>, rewrite: &dyn Fn(&str) -> String) -> Score {
    let mut worker = Worker::new(model);
    let mut nodes = Vec::new();
    let mut counts = [0usize; 5];
    for tree in trees {
        let forms: Vec<String> = tree.words.iter().map(|word| rewrite(&word.form)).collect();
        worker.parse_forms(forms.iter().map(String::as_str), 0, &mut nodes);
        for (node, word) in nodes.iter().zip(&tree.words) {
            let head = node.head.map_or(0, |head| head.index() + 1) == word.head;
            let label = word.deprel == Some(node.deprel);
            let right = [true, word.upos == Some(node.upos), word.xpos == Some(node.xpos), head, head && label];
            for (count, right) in counts.iter_mut().zip(right) {
                *count += usize::from(right);
            }
        }
    }
    let share = |count: usize| 100.0 * count as f64 / counts[0].max(1) as f64;
    Score {
        words: counts[0],
        upos: share(counts[1]),
        xpos: share(counts[2]),
        uas: share(counts[3]),
        las: share(counts[4]),
    }
}
