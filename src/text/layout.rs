//! Paragraphs: what the line breaks of a text mean.
//!
//! A blank line always ends a paragraph. A single line break ends one too, unless the text is wrapped to a column, as
//! in mail and agency transcripts, where it stands for a space.

use crate::span::Span;

/// Lines longer than this are not wrapped to a column.
const WIDEST_COLUMN: usize = 100;
/// Columns narrower than this are verse or lists.
const NARROWEST_COLUMN: usize = 40;

/// A line of the text without the white space around it.
#[derive(Clone, Copy)]
struct Line {
    span: Span,
    /// White space before it.
    indent: usize,
}

/// The paragraphs of a text, from their first printed character to their last, without list marks.
pub(super) fn paragraphs(text: &str) -> Vec<Span> {
    let lines = lines(text);
    let column = column(text, &lines);
    let mut paragraphs: Vec<Span> = Vec::new();
    let mut last: Option<Line> = None;
    for line in lines {
        if line.span.is_empty() {
            last = None;
            continue;
        }
        let content = without_list_mark(text, line.span);
        let joins = last.is_some_and(|last| {
            let indented = line.indent >= last.indent + 2 && last.indent < 2;
            content == line.span && !indented && column.is_some_and(|column| runs_on(text, last, line, column))
        });
        match paragraphs.last_mut().filter(|_| joins) {
            Some(paragraph) => *paragraph = paragraph.join(line.span),
            None => paragraphs.push(content),
        }
        last = Some(line);
    }
    paragraphs
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\u{2028}', '\u{2029}']) {
        let trimmed = line.trim();
        let indent = line.len() - line.trim_start().len();
        let from = start + if trimmed.is_empty() { 0 } else { indent };
        lines.push(Line { span: Span::new(from, from + trimmed.len()), indent });
        start += line.len();
    }
    lines
}

/// The column a text is wrapped to, if it is.
///
/// A wrapped line is full: the next line's first word would not have fitted. One such line may be chance, and the
/// longest is full by definition, so several must be, and few breaks inside paragraphs may be otherwise.
fn column(text: &str, lines: &[Line]) -> Option<usize> {
    let column = lines.iter().map(|line| line.indent + line.span.len()).max()?;
    if !(NARROWEST_COLUMN..=WIDEST_COLUMN).contains(&column) {
        return None;
    }
    let breaks = lines.windows(2).filter(|pair| !pair[0].span.is_empty() && !pair[1].span.is_empty());
    let (mut full, mut short, mut running) = (0, 0, 0);
    for pair in breaks {
        if is_full(text, pair[0], pair[1], column) {
            full += 1;
            running += usize::from(!ends_sentence(pair[0].span.of(text)));
        } else {
            short += 1;
        }
    }
    (full >= 2 && running >= 2 && full >= 3 * short).then_some(column)
}

/// Whether a line of wrapped text goes on in the next: it is full, or it breaks off early inside a sentence.
fn runs_on(text: &str, line: Line, next: Line, column: usize) -> bool {
    let inside = line.span.len() * 2 > column && !ends_sentence(line.span.of(text));
    inside || is_full(text, line, next, column)
}

/// Whether the first word of the next line had no room left on this one.
fn is_full(text: &str, line: Line, next: Line, column: usize) -> bool {
    let word = next.span.of(text).split_whitespace().next().unwrap_or_default();
    // Some writers break a little early; a fifth of a line is never left by accident.
    line.indent + line.span.len() + 1 + word.len() > column - column / 20
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', ')']).ends_with(['.', '!', '?', ':'])
}

/// The line without a bullet before it. A number is left: it may be a figure.
fn without_list_mark(text: &str, line: Span) -> Span {
    let content = line.of(text);
    let mut characters = content.chars();
    let mark =
        characters.next().is_some_and(|mark| matches!(mark, '-' | '*' | '•' | '–' | '—' | '·' | '▪' | '●' | '►'));
    let rest = characters.as_str();
    if mark && rest.starts_with(char::is_whitespace) && !rest.trim_start().is_empty() {
        return Span::new(line.end() - rest.trim_start().len(), line.end());
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        paragraphs(text).iter().map(|span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn lines_are_paragraphs_unless_wrapped() {
        let text = "Floods cut off valley\nThe road to the valley was cut on Monday.\r\nNo one was hurt.\n\nMore rain is due.\n";
        assert_eq!(read(text).len(), 4);
    }

    #[test]
    fn a_wrapped_text_is_joined() {
        let text = "THE GOVERNOR OF THE PROVINCE SAID ON SUNDAY THAT THE ARMY HAD REOPENED\n\
                    THE NORTHERN ROAD AND THAT TRAFFIC WOULD RESUME WITHIN A FEW DAYS OR A\n\
                    WEEK AT THE MOST.\n\n   HE DID NOT NAME THE UNITS INVOLVED IN THE OPERATION NOR SAY HOW LONG\n\
                    IT HAD LASTED.\n";
        let found = read(text);
        assert_eq!(found.len(), 2, "{found:#?}");
        assert!(found[0].ends_with("A WEEK AT THE MOST."));
    }

    #[test]
    fn an_indent_begins_a_paragraph() {
        let text = "The governor of the province said on Sunday that the army had again\n\
                    opened the northern road and that traffic would resume within some\n\
                    days, or perhaps a week, as long as the bridges held against the ice\n   \
                    He did not name the units.\n";
        assert_eq!(read(text).len(), 2);
    }

    #[test]
    fn bullets_are_dropped_and_dashes_kept() {
        assert_eq!(read("- One thing\n• Another\n—Reuters"), ["One thing", "Another", "—Reuters"]);
    }
}
