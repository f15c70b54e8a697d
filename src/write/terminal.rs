//! Tables for reading on a terminal: fitted to the window, long cells wrapped, nothing that could drive the terminal.

use std::io::{self, Write};

use unicode_width::UnicodeWidthChar;

use crate::table::{Cell, Column, ColumnKind, View};

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
    view: View,
    style: Style,
    /// Rows not drawn yet, until the layout is known.
    held: Vec<Vec<String>>,
    layout: Option<Layout>,
    /// The document of the row drawn last.
    last: Option<String>,
}

/// The columns drawn, from left to right.
struct Layout {
    slots: Vec<Slot>,
    /// The place of the column whose changes begin a new group of rows under a head of their own: the document.
    group: Option<usize>,
}

/// A column as drawn.
struct Slot {
    column: Column,
    /// Its place in the row.
    index: usize,
    /// Places of columns whose cells are drawn beneath, such as an actor's code beneath its name.
    beneath: Vec<usize>,
    width: usize,
}

impl<W: Write> Terminal<W> {
    /// Draws to `out`.
    pub fn new(out: W, view: View, style: Style) -> Self {
        Self { out, view, style, held: Vec::new(), layout: None, last: None }
    }

    /// Draws or holds back a row.
    ///
    /// # Errors
    /// If writing fails.
    pub fn row(&mut self, row: &[Cell]) -> io::Result<()> {
        let cells: Vec<String> = row.iter().map(|cell| printable(&cell.to_text())).collect();
        match self.layout {
            Some(_) => self.draw(&cells)?,
            None => self.held.push(cells),
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
        if rows.is_empty() {
            return writeln!(self.out, "Nothing found.");
        }
        let layout = Layout::new(&self.view, &rows, self.style.width);
        layout.head(self.style, &mut self.out)?;
        self.layout = Some(layout);
        rows.iter().try_for_each(|row| self.draw(row))
    }

    /// Draws a row, under a head of its own where a new document begins.
    fn draw(&mut self, row: &[String]) -> io::Result<()> {
        let Some(layout) = &self.layout else { return Ok(()) };
        if let Some(group) = layout.group.map(|group| &row[group])
            && self.last.as_ref() != Some(group)
        {
            writeln!(self.out, "\n{}", paint(self.style.colour, BOLD, group))?;
            self.last = Some(group.clone());
        }
        layout.row(row, self.style, &mut self.out)
    }
}

/// Columns that help programs more than readers.
const SKIPPED: &[&str] =
    &["start", "end", "sentence", "first_start", "doc_date", "goldstein", "quad", "wikidata", "event_id"];

/// Columns that are drawn beneath another one, to leave room for the sentence.
const STACKED: &[(&str, &str)] = &[
    ("source_code", "source"),
    ("target_code", "target"),
    ("cameo", "relation"),
    ("modality", "relation"),
    ("negated", "relation"),
];

/// Columns that are not narrowed below this: names wrap, and the sentence must stay readable.
fn narrowest(column: Column) -> usize {
    if column.name == "evidence" { 36 } else { 12 }
}

impl Layout {
    /// Chooses the columns that say something and divides the window among them.
    fn new(view: &View, rows: &[Vec<String>], window: usize) -> Self {
        let columns: Vec<Column> = view.columns().collect();
        let place = |name: &str| columns.iter().position(|column| column.name == name);
        let chosen = !view.is_all();
        let mut slots: Vec<Slot> = Vec::new();
        for (index, &column) in columns.iter().enumerate() {
            let stacked = STACKED.iter().any(|&(name, under)| name == column.name && place(under).is_some());
            let told = rows.iter().any(|row| !row[index].is_empty() && row[index] != "false");
            let group = column.name == "doc_id";
            if chosen || told && !group && !stacked && !SKIPPED.contains(&column.name) {
                let beneath = STACKED.iter().filter(|(_, under)| *under == column.name && !chosen);
                let beneath: Vec<usize> = beneath.filter_map(|(name, _)| place(name)).collect();
                slots.push(Slot { column, index, beneath, width: 0 });
            }
        }
        for slot in &mut slots {
            let cells = rows.iter().flat_map(|row| slot.cells(row)).map(|(text, _)| width(&text));
            slot.width = cells.max().unwrap_or(0).max(width(slot.column.name));
        }
        let several = |&index: &usize| rows.iter().any(|row| row[index] != rows[0][index]);
        let group = place("doc_id").filter(|_| !chosen).filter(several);
        let mut layout = Self { slots, group };
        layout.fit(window);
        layout
    }

    fn total(&self) -> usize {
        self.slots.iter().map(|slot| slot.width + 2).sum::<usize>().saturating_sub(2)
    }

    /// Narrows the widest columns until the rows fit; drops the last ones when even that does not do.
    fn fit(&mut self, window: usize) {
        while self.total() > window {
            let over = self.total() - window;
            let wide = self.slots.iter_mut().filter(|slot| slot.width > narrowest(slot.column));
            let wide = wide.filter(|slot| slot.column.kind == ColumnKind::Text);
            // The widest gives most: it is the sentence, which is read last and wraps well.
            if let Some(slot) = wide.max_by_key(|slot| slot.width) {
                slot.width -= over.min((slot.width - narrowest(slot.column)).div_ceil(2)).max(1);
            } else if self.slots.len() > 1 {
                let least = self.slots.iter().rposition(|slot| slot.column.name != "evidence");
                self.slots.remove(least.unwrap_or(self.slots.len() - 1));
            } else if let Some(slot) = self.slots.first_mut() {
                slot.width = window.max(1);
                return;
            }
        }
    }

    fn head(&self, style: Style, out: &mut impl Write) -> io::Result<()> {
        let head = |slot: &Slot| vec![(slot.column.name.replace('_', " "), BOLD)];
        self.lines(self.slots.iter().map(head), style, out)?;
        writeln!(out, "{}", paint(style.colour, DIM, &"─".repeat(self.total())))
    }

    fn row(&self, row: &[String], style: Style, out: &mut impl Write) -> io::Result<()> {
        self.lines(self.slots.iter().map(|slot| slot.cells(row)), style, out)
    }

    /// Writes the cells of a row, wrapped and painted.
    fn lines(
        &self,
        cells: impl Iterator<Item = Vec<(String, &'static str)>>,
        style: Style,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let wrapped = cells.zip(&self.slots).map(|(cells, slot)| {
            let lines =
                cells.iter().flat_map(|(text, code)| wrap(text, slot.width).into_iter().map(|line| (line, *code)));
            lines.collect::<Vec<_>>()
        });
        let wrapped: Vec<Vec<(String, &str)>> = wrapped.collect();
        let tall = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for number in 0..tall {
            let mut text = String::new();
            for (cell, slot) in wrapped.iter().zip(&self.slots) {
                let (part, code) = cell.get(number).map_or(("", PLAIN), |(part, code)| (part.as_str(), *code));
                text.push_str(&paint(style.colour && code != PLAIN, code, part));
                text.extend(std::iter::repeat_n(' ', slot.width.saturating_sub(width(part)) + 2));
            }
            writeln!(out, "{}", text.trim_end())?;
        }
        Ok(())
    }
}

impl Slot {
    /// The texts of a row that stand in this column, one above the other, with their colours.
    fn cells(&self, row: &[String]) -> Vec<(String, &'static str)> {
        let first = &row[self.index];
        let cameo = self.beneath.iter().map(|&index| row[index].as_str()).find(|text| is_code(text));
        let code = if self.column.name == "relation" { tone(cameo) } else { PLAIN };
        let mut cells = vec![(first.clone(), code)];
        for &index in &self.beneath {
            match row[index].as_str() {
                "" | "false" | "asserted" => {}
                "true" => cells[0].0.insert_str(0, "not "),
                text => cells.push((text.to_owned(), DIM)),
            }
        }
        cells
    }
}

fn is_code(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

const PLAIN: &str = "0";
const BOLD: &str = "1";
const DIM: &str = "2";

/// Green for co-operation, red for conflict, by the CAMEO root.
fn tone(cameo: Option<&str>) -> &'static str {
    match cameo.and_then(|code| code.get(..2)).and_then(|root| root.parse::<u8>().ok()) {
        Some(3..=8) => "32",
        Some(9..=13) => "33",
        Some(14..=20) => "31",
        Some(_) => PLAIN,
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
