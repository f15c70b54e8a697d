//! Zones: which lines of a text are headline, dateline, story, credit, or what the site added.

use crate::document::Zone;
use crate::span::Span;

/// A stretch of text that is one paragraph or line, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// From its first printed character to its last.
    pub span: Span,
    /// What it is.
    pub zone: Zone,
}

/// The blocks of a text, in order.
pub fn blocks(text: &str, _title: Option<&str>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut start = 0;
    for part in text.split("\n\n") {
        let trimmed = part.trim();
        if !trimmed.is_empty() {
            let from = start + part.len() - part.trim_start().len();
            blocks.push(Block { span: Span::new(from, from + trimmed.len()), zone: Zone::Body });
        }
        start += part.len() + 2;
    }
    blocks
}
