//! Text with brackets and labels under its spans, wrapped to the window.

use unicode_width::UnicodeWidthChar;

use crate::span::Span;
use crate::write::terminal::{paint, printable, width};

/// A span to draw, with what it is.
#[derive(Clone, Debug)]
pub(super) struct Label<'a> {
    pub span: Span,
    pub text: String,
    /// Colour code of the terminal.
    pub colour: &'a str,
}

/// A line of wrapped text, as a range of bytes in the document.
struct Line {
    span: Span,
}

/// Draws the text under `span` with brackets and labels beneath; every line begins with `indent`.
pub(super) fn text(document: &str, span: Span, labels: &[Label], indent: &str, window: usize, colour: bool) -> String {
    let limit = window.saturating_sub(width(indent)).max(20);
    let mut out = String::new();
    for line in wrap(document, span, limit) {
        out.push_str(indent);
        out.push_str(printable(line.span.of(document)).trim_end());
        out.push('\n');
        for row in beneath(document, &line, labels, colour) {
            out.push_str(indent);
            out.push_str(row.trim_end());
            out.push('\n');
        }
    }
    out
}

/// The lines of a span, broken at white space.
fn wrap(document: &str, span: Span, limit: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut start, mut end, mut used) = (span.start(), span.start(), 0);
    let mut word_start = span.start();
    let text = span.of(document);
    let words = text.split_inclusive(char::is_whitespace);
    for word in words {
        let size = width(&printable(word));
        if used + width(&printable(word.trim_end())) > limit && used > 0 {
            lines.push(Line { span: Span::new(start, end) });
            start = word_start;
            used = 0;
        }
        used += size;
        word_start += word.len();
        end = word_start;
    }
    if start < span.end() {
        lines.push(Line { span: Span::new(start, span.end()) });
    }
    lines
}

/// Rows of brackets and labels for the spans that touch a line. Spans that overlap go to rows of their own.
fn beneath(document: &str, line: &Line, labels: &[Label], colour: bool) -> Vec<String> {
    let mut rows: Vec<Vec<(usize, usize, &Label)>> = Vec::new();
    for label in labels.iter().filter(|label| label.span.overlaps(line.span)) {
        let from = column(document, line, label.span.start().max(line.span.start()));
        let until = column(document, line, label.span.end().min(line.span.end()));
        let needed = from + (until - from).max(width(&label.text) + 1);
        let free = rows.iter_mut().find(|row| {
            let clear = |&(start, end, other): &(usize, usize, &Label)| {
                needed <= start || start + (end - start).max(width(&other.text) + 1) <= from
            };
            row.iter().all(clear)
        });
        match free {
            Some(row) => row.push((from, until, label)),
            None => rows.push(vec![(from, until, label)]),
        }
    }
    let mut drawn = Vec::new();
    for mut row in rows {
        row.sort_by_key(|&(from, ..)| from);
        let (mut brackets, mut names) = (Row::default(), Row::default());
        for (from, until, label) in row {
            brackets.put(from, &bracket(until - from), label.colour, colour);
            names.put(from, &label.text, label.colour, colour);
        }
        drawn.extend([brackets.text, names.text]);
    }
    drawn
}

/// Columns before a place in a line.
fn column(document: &str, line: &Line, offset: usize) -> usize {
    let before = &document[line.span.start()..offset];
    printable(before).chars().map(|character| character.width().unwrap_or(0)).sum()
}

/// "└──┘", as wide as the span.
fn bracket(width: usize) -> String {
    match width {
        0 | 1 => "╵".to_owned(),
        width => format!("└{}┘", "─".repeat(width - 2)),
    }
}

/// A row that is filled from the left.
#[derive(Default)]
struct Row {
    text: String,
    used: usize,
}

impl Row {
    fn put(&mut self, column: usize, text: &str, code: &str, colour: bool) {
        self.text.extend(std::iter::repeat_n(' ', column.saturating_sub(self.used)));
        self.text.push_str(&paint(colour, code, text));
        self.used = self.used.max(column) + width(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_stand_under_their_words() {
        let document = "Peru met Chile and Brazil in Lima.";
        let label = |word: &str, text: &str| {
            let start = document.find(word).unwrap();
            Label { span: Span::new(start, start + word.len()), text: text.into(), colour: "0" }
        };
        let labels = [label("Peru", "source"), label("Chile and Brazil", "target"), label("Brazil", "E3")];
        let drawn = text(document, Span::new(0, document.len()), &labels, "| ", 80, false);
        let expected = "\
| Peru met Chile and Brazil in Lima.
| └──┘     └──────────────┘
| source   target
|                    └────┘
|                    E3
";
        assert_eq!(drawn, expected);
    }

    #[test]
    fn a_wrapped_span_is_drawn_on_each_of_its_lines() {
        let document = "The government of Peru said nothing at all";
        let label = Label { span: Span::new(0, 22), text: "source".into(), colour: "0" };
        let drawn = text(document, Span::new(0, document.len()), &[label], "", 20, false);
        assert_eq!(drawn.matches("source").count(), 2, "{drawn}");
        assert!(drawn.lines().all(|line| line.chars().count() <= 20));
    }
}
