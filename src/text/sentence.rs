//! Sentence boundaries.

use crate::span::Span;

/// Appends the sentences of a block.
pub fn split(text: &str, block: Span, out: &mut Vec<Span>) {
    let slice = block.of(text);
    let mut start = 0;
    for (at, _) in slice.match_indices(". ") {
        if at + 1 > start {
            out.push(Span::new(block.start() + start, block.start() + at + 1));
        }
        start = at + 2;
        start += slice[start..].len() - slice[start..].trim_start().len();
    }
    if start < slice.len() {
        out.push(Span::new(block.start() + start, block.end()));
    }
}
