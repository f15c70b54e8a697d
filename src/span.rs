//! Positions in a document's text, and the typed indices by which layers point at each other.
//!
//! Inside the program a position is a byte offset, so that slicing is free and safe. Code points exist only in the
//! record that is written: [`CodePoints`] is the one place that converts.

use std::fmt;
use std::ops::Range;

/// A half-open range of bytes `start..end` in a document's text, on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span `start..end` in bytes.
    ///
    /// # Panics
    /// If `start > end` or `end` does not fit 32 bits: documents over 4 GiB are refused when they are read.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span must not end before it starts: {start}..{end}");
        assert!(end <= u32::MAX as usize, "a span must lie within 4 GiB: {start}..{end}");
        Self { start: start as u32, end: end as u32 }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// First byte after the span.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The part of `text` that the span covers.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The span as a range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Whether the two spans share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies inside this span, or is equal to it.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Converts byte offsets of one text into code points. Free for ASCII text.
#[derive(Clone, Debug)]
pub struct CodePoints {
    /// Code points before each block of [`BLOCK`] bytes; `None` for ASCII text, where the two counts are equal.
    blocks: Option<Vec<u32>>,
}

/// Bytes a block: a conversion counts at most this many, and the table stays at 3 % of the text.
const BLOCK: usize = 128;

impl CodePoints {
    /// The table for `text`.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { blocks: None };
        }
        let mut blocks = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut seen = 0u32;
        for block in text.as_bytes().chunks(BLOCK) {
            blocks.push(seen);
            seen += count(block);
        }
        blocks.push(seen);
        Self { blocks: Some(blocks) }
    }

    /// The code points of `text` before byte `offset`. `text` must be the text the table was made for.
    pub fn before(&self, text: &str, offset: usize) -> usize {
        let Some(blocks) = &self.blocks else { return offset };
        let block = offset / BLOCK;
        (blocks[block] + count(&text.as_bytes()[block * BLOCK..offset])) as usize
    }

    /// A span as code points, start and end.
    pub fn span(&self, text: &str, span: Span) -> (usize, usize) {
        (self.before(text, span.start()), self.before(text, span.end()))
    }
}

/// How many characters begin in these bytes of UTF-8.
fn count(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() as u32
}

/// Defines index types: a number that can only be used to look into the layer it belongs to.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The place in the layer's list.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $name {
            fn from(index: usize) -> Self {
                Self(index as u32)
            }
        }
    )*};
}

ids! {
    /// A token of a document.
    TokenId;
    /// A sentence of a document.
    SentenceId;
    /// A mention of an entity.
    MentionId;
    /// An entity of a document.
    EntityId;
    /// A time expression.
    TimeId;
    /// A figure.
    FigureId;
    /// An event.
    EventId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_compare_by_what_they_cover() {
        let outer = Span::new(2, 9);
        assert!(outer.contains(Span::new(2, 9)) && outer.contains(Span::new(4, 5)));
        assert!(outer.overlaps(Span::new(8, 12)) && !outer.overlaps(Span::new(9, 12)));
        assert_eq!(outer.join(Span::new(12, 14)), Span::new(2, 14));
        assert_eq!(Span::new(2, 5).of("a né b"), "né");
    }

    #[test]
    fn code_points_agree_with_counting_characters() {
        for text in ["", "plain", "Élysée — “quoted” 北京 done", &"ä1€😀".repeat(200)] {
            let table = CodePoints::new(text);
            for (points, (offset, _)) in text.char_indices().enumerate() {
                assert_eq!(table.before(text, offset), points, "{text:?} at byte {offset}");
            }
            assert_eq!(table.before(text, text.len()), text.chars().count());
        }
    }
}
