//! Tables for reading on a terminal: fitted to the window, long cells wrapped, nothing that could drive the terminal.

use std::io::{self, Write};

use unicode_width::UnicodeWidthChar;

use crate::record::Record;
use crate::table::{Column, ColumnKind, Table};

/// How to draw.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Columns of the window.
    pub width: usize,
    /// Whether to use colours.
    pub colour: bool,
}

/// Rows that are held back to find out how wide the columns must be; later rows are fitted to the same widths.
const SAMPLE: usize = 400;
/// Lines of a row at most; what is longer ends in "…".
const TALLEST: usize = 5;

/// Draws one table of many documents.
pub struct Terminal<W: Write> {
    out: W,
    table: Table,
    style: Style,
    /// Rows not drawn yet, until the layout is known.
    held: Vec<Vec<String>>,
    layout: Option<Layout>,
}

/// The columns drawn, by their place in the table, and how wide they are.
struct Layout {
    columns: Vec<(usize, usize)>,
}

impl<W: Write> Terminal<W> {
    /// Draws to `out`.
    pub fn new(out: W, table: Table, style: Style) -> Self {
        Self { out, table, style, held: Vec::new(), layout: None }
    }

    /// Draws or holds back the rows of a document.
    ///
    /// # Errors
    /// If writing fails.
    pub fn document(&mut self, record: &Record) -> io::Result<()> {
        for row in self.table.rows(record) {
            let cells: Vec<String> = row.iter().map(|cell| printable(&cell.to_text())).collect();
            match &self.layout {
                Some(layout) => layout.row(&cells, self.table, self.style, &mut self.out)?,
                None => self.held.push(cells),
            }
        }
        if self.layout.is_none() && self.held.len() >= SAMPLE { self.settle() } else { Ok(()) }
    }

    /// Draws what was held back and gives back the writer.
    ///
    /// # Errors
    /// If writing fails.
    pub fn finish(mut self) -> io::Result<W> {
        if self.layout.is_none() {
            self.settle()?;
        }
        Ok(self.out)
    }

    fn settle(&mut self) -> io::Result<()> {
        let rows = std::mem::take(&mut self.held);
        let layout = Layout::new(self.table, &rows, self.style.width);
        if rows.is_empty() {
            return writeln!(self.out, "Nothing found.");
        }
        layout.head(self.table, self.style, &mut self.out)?;
        for row in &rows {
            layout.row(row, self.table, self.style, &mut self.out)?;
        }
        self.layout = Some(layout);
        Ok(())
    }
}

/// Columns that help programs more than readers.
const SKIPPED: &[&str] = &["start", "end", "sentence", "first_start", "doc_date", "goldstein", "quad", "wikidata"];

impl Layout {
    /// Chooses the columns that say something and divides the window among them.
    fn new(table: Table, rows: &[Vec<String>], window: usize) -> Self {
        let one_document = rows.iter().all(|row| row[0] == rows[0][0]);
        let says = |(index, column): &(usize, &Column)| {
            let told = rows.iter().any(|row| !row[*index].is_empty() && row[*index] != "false");
            let same = match column.name {
                "doc_id" => one_document,
                "modality" => rows.iter().all(|row| row[*index] == "asserted"),
                name => SKIPPED.contains(&name),
            };
            told && !same
        };
        let mut columns: Vec<(usize, usize)> = Vec::new();
        for (index, column) in table.columns().iter().enumerate().filter(says) {
            let widest = rows.iter().map(|row| width(&row[index])).max().unwrap_or(0);
            columns.push((index, widest.max(width(column.name))));
        }
        let mut layout = Self { columns };
        layout.fit(table, window);
        layout
    }

    /// Narrows the widest columns until the rows fit; drops the last ones when even that does not do.
    fn fit(&mut self, table: Table, window: usize) {
        const NARROWEST: usize = 12;
        let total =
            |columns: &[(usize, usize)]| columns.iter().map(|(_, width)| width + 2).sum::<usize>().saturating_sub(2);
        while total(&self.columns) > window {
            let over = total(&self.columns) - window;
            let wide = self
                .columns
                .iter_mut()
                .filter(|(index, width)| *width > NARROWEST && table.columns()[*index].kind == ColumnKind::Text);
            // The widest gives most: it is the sentence, which is read last and wraps well.
            if let Some((_, width)) = wide.max_by_key(|(_, width)| *width) {
                *width -= over.min((*width - NARROWEST).div_ceil(2)).max(1);
            } else if self.columns.len() > 1 {
                let least = self.columns.iter().rposition(|&(index, _)| table.columns()[index].name != "evidence");
                self.columns.remove(least.unwrap_or(self.columns.len() - 1));
            } else {
                self.columns[0].1 = window.max(1);
                return;
            }
        }
    }

    fn head(&self, table: Table, style: Style, out: &mut impl Write) -> io::Result<()> {
        let heads: Vec<String> = table.columns().iter().map(|column| column.name.replace('_', " ")).collect();
        self.lines(&heads, out, |_, text| paint(style.colour, "1", text))?;
        let rule: usize = self.columns.iter().map(|(_, width)| width + 2).sum::<usize>().saturating_sub(2);
        writeln!(out, "{}", paint(style.colour, "2", &"─".repeat(rule)))
    }

    fn row(&self, row: &[String], table: Table, style: Style, out: &mut impl Write) -> io::Result<()> {
        let column = |name: &str| table.columns().iter().position(|column| column.name == name);
        let conflict = column("cameo").map(|cameo| row[cameo].as_str());
        self.lines(row, out, |index, text| match table.columns()[index].name {
            "relation" | "plover" => paint(style.colour, tone(conflict), text),
            "source_code" | "target_code" | "code" | "cameo" | "event_id" | "id" => paint(style.colour, "2", text),
            _ => text.to_owned(),
        })
    }

    /// Writes the cells of a row, wrapped, each line of each cell through `paint`.
    fn lines(&self, cells: &[String], out: &mut impl Write, paint: impl Fn(usize, &str) -> String) -> io::Result<()> {
        let wrapped: Vec<Vec<String>> = self.columns.iter().map(|&(index, width)| wrap(&cells[index], width)).collect();
        let tall = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..tall {
            let mut text = String::new();
            for (cell, &(index, size)) in wrapped.iter().zip(&self.columns) {
                let part = cell.get(line).map_or("", String::as_str);
                text.push_str(&if part.is_empty() { String::new() } else { paint(index, part) });
                text.extend(std::iter::repeat_n(' ', size.saturating_sub(width(part)) + 2));
            }
            writeln!(out, "{}", text.trim_end())?;
        }
        Ok(())
    }
}

/// Green for co-operation, red for conflict, by the CAMEO root.
fn tone(cameo: Option<&str>) -> &'static str {
    match cameo.and_then(|code| code.get(..2)).and_then(|root| root.parse::<u8>().ok()) {
        Some(3..=8) => "32",
        Some(9..=13) => "33",
        Some(14..=20) => "31",
        Some(_) => "0",
        None => "36",
    }
}

/// Text in a colour of the terminal's own palette.
pub fn paint(colour: bool, code: &str, text: &str) -> String {
    if colour && !text.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
}

/// Columns that a text takes.
pub fn width(text: &str) -> usize {
    text.chars().map(|character| character.width().unwrap_or(0)).sum()
}

/// Breaks a text into lines of at most `width` columns, at spaces where it can, at most [`TALLEST`] of them.
fn wrap(text: &str, limit: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let size = width(word);
        if used > 0 && used + 1 + size <= limit {
            push(&mut lines, &format!(" {word}"));
            used += 1 + size;
            continue;
        }
        if used > 0 {
            lines.push(String::new());
            used = 0;
        }
        for character in word.chars() {
            let size = character.width().unwrap_or(0);
            if used + size > limit && used > 0 {
                lines.push(String::new());
                used = 0;
            }
            push(&mut lines, character.encode_utf8(&mut [0; 4]));
            used += size;
        }
    }
    if lines.len() > TALLEST {
        lines.truncate(TALLEST);
        let last = &mut lines[TALLEST - 1];
        while width(last) >= limit {
            last.pop();
        }
        last.push('…');
    }
    lines
}

fn push(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

/// The text without what could drive the terminal or turn the direction of writing: news comes from anywhere.
pub fn printable(text: &str) -> String {
    let safe = |character: char| match character {
        '\n' | '\r' | '\t' => ' ',
        _ if character.is_control() => '\u{FFFD}',
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
        _ => character,
    };
    text.chars().map(safe).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_wrapped_at_spaces_and_cut_when_too_tall() {
        assert_eq!(wrap("talks were held in Accra", 10), ["talks were", "held in", "Accra"]);
        assert_eq!(wrap("北京北京", 4), ["北京", "北京"]);
        let tall = wrap(&"word ".repeat(50), 4);
        assert_eq!((tall.len(), tall[TALLEST - 1].as_str()), (TALLEST, "wor…"));
    }

    #[test]
    fn control_and_direction_marks_are_taken_out() {
        assert_eq!(printable("a\x1b[31mb\u{202E}c\nd"), "a\u{FFFD}[31mb\u{FFFD}c d");
    }
}
