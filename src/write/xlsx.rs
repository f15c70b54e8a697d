//! An Excel workbook: a sheet a table, after a summary.
//!
//! Heads are frozen and filterable, numbers and full dates are real ones. Rows go to disk as they come. Tables longer
//! than a sheet go on in another, and cells longer than a cell end in "…".

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::error::{Error, Result};
use crate::table::{Cell, Column, ColumnKind, View};

/// Rows of a sheet, its head among them.
const MOST_ROWS: u32 = 1_048_576;
/// Characters of a cell, as Excel counts them: in UTF-16.
const LONGEST_CELL: usize = 32_767;

/// A workbook being written.
pub struct Xlsx {
    workbook: Workbook,
    sheets: Vec<Sheet>,
    head: Format,
    date: Format,
    most_rows: u32,
}

/// The sheet that a table is being written to.
struct Sheet {
    view: View,
    /// Its place in the workbook.
    index: usize,
    /// How many sheets the table has.
    part: usize,
    /// The next row.
    row: u32,
}

impl Xlsx {
    /// A workbook with these tables.
    ///
    /// # Errors
    /// If no temporary file can be made.
    pub fn new(views: Vec<View>) -> Result<Self> {
        Self::with_sheets_of(views, MOST_ROWS)
    }

    /// As [`Xlsx::new`], with sheets of fewer rows.
    fn with_sheets_of(views: Vec<View>, most_rows: u32) -> Result<Self> {
        let mut workbook = Workbook::new();
        // Without this the file would hold the time at which it was written, and differ from run to run.
        let epoch = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
        workbook.add_worksheet().set_name("summary").map_err(failed)?;
        let head = Format::new().set_bold();
        let date = Format::new().set_num_format("yyyy-mm-dd");
        let mut made = Self { workbook, sheets: Vec::new(), head, date, most_rows };
        for view in views {
            let index = made.add_sheet(&view, 1)?;
            made.sheets.push(Sheet { view, index, part: 1, row: 1 });
        }
        Ok(made)
    }

    /// Adds a sheet with its head and gives its place.
    fn add_sheet(&mut self, view: &View, part: usize) -> Result<usize> {
        let name = if part == 1 { view.table.to_string() } else { format!("{} {part}", view.table) };
        let sheet = self.workbook.add_worksheet_with_constant_memory().map_err(failed)?;
        sheet.set_name(name).map_err(failed)?;
        sheet.set_freeze_panes(1, 0).map_err(failed)?;
        for (number, column) in (0..).zip(view.columns()) {
            sheet.set_column_width(number, width(column)).map_err(failed)?;
            sheet.write_string_with_format(0, number, column.name, &self.head).map_err(failed)?;
        }
        Ok(self.workbook.worksheets().len() - 1)
    }

    /// Writes a row of the table of that number.
    ///
    /// # Errors
    /// If the temporary files cannot be written.
    ///
    /// # Panics
    /// If there is no such table.
    pub fn row(&mut self, table: usize, row: &[Cell]) -> Result<()> {
        if self.sheets[table].row == self.most_rows {
            self.close_sheet(table)?;
            let Sheet { view, part, .. } = &self.sheets[table];
            let (view, part) = (view.clone(), part + 1);
            let index = self.add_sheet(&view, part)?;
            self.sheets[table] = Sheet { view, index, part, row: 1 };
        }
        let Sheet { index, row: number, ref view, .. } = self.sheets[table];
        let sheet = self.workbook.worksheet_from_index(index).map_err(failed)?;
        for ((column, kind), cell) in (0..).zip(view.columns().map(|column| column.kind)).zip(row) {
            put(sheet, number, column, kind, cell, &self.date).map_err(failed)?;
        }
        self.sheets[table].row += 1;
        Ok(())
    }

    /// Makes a finished sheet filterable.
    fn close_sheet(&mut self, place: usize) -> Result<()> {
        let Sheet { index, row, ref view, .. } = self.sheets[place];
        let last = view.columns().len() as u16 - 1;
        let sheet = self.workbook.worksheet_from_index(index).map_err(failed)?;
        sheet.autofilter(0, 0, row.saturating_sub(1), last).map_err(failed)?;
        Ok(())
    }

    /// Writes the workbook, `summary` being what its first sheet counts.
    ///
    /// # Errors
    /// If writing fails.
    pub fn finish(mut self, summary: &[(String, u64)], out: impl Write + Send) -> Result<()> {
        for place in 0..self.sheets.len() {
            self.close_sheet(place)?;
        }
        let sheet = self.workbook.worksheet_from_index(0).map_err(failed)?;
        summarise(sheet, summary, &self.head).map_err(failed)?;
        self.workbook.save_to_writer(out).map_err(failed)
    }
}

/// Fills the first sheet.
fn summarise(sheet: &mut Worksheet, summary: &[(String, u64)], head: &Format) -> std::result::Result<(), XlsxError> {
    sheet.set_column_width(0, 24)?;
    for (row, (name, count)) in (0..).zip(summary) {
        sheet.write_string_with_format(row, 0, name, head)?;
        sheet.write_number(row, 1, *count as f64)?;
    }
    Ok(())
}

/// Writes a cell as what it is.
fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    kind: ColumnKind,
    cell: &Cell,
    date: &Format,
) -> std::result::Result<(), XlsxError> {
    match cell {
        Cell::Blank => {}
        Cell::Text(text) => match matches!(kind, ColumnKind::Date | ColumnKind::Day).then(|| day(text)).flatten() {
            Some(day) => {
                sheet.write_datetime_with_format(row, column, &day, date)?;
            }
            None => {
                sheet.write_string(row, column, cut(text))?;
            }
        },
        Cell::Integer(value) => {
            sheet.write_number(row, column, *value as f64)?;
        }
        Cell::Number(value) => {
            sheet.write_number(row, column, *value)?;
        }
        Cell::Flag(value) => {
            sheet.write_boolean(row, column, *value)?;
        }
    }
    Ok(())
}

/// A full date that Excel knows: it counts from 1900.
fn day(text: &str) -> Option<ExcelDateTime> {
    let date: jiff::civil::Date = text.parse().ok().filter(|_| text.len() == 10)?;
    ExcelDateTime::from_ymd(u16::try_from(date.year()).ok()?, date.month() as u8, date.day() as u8).ok()
}

/// The text as far as it fits a cell.
fn cut(text: &str) -> String {
    // A character takes at most as many units of UTF-16 as bytes of UTF-8.
    if text.len() <= LONGEST_CELL || text.encode_utf16().count() <= LONGEST_CELL {
        return text.to_owned();
    }
    let mut units = 0;
    let fits = |character: &char| {
        units += character.len_utf16();
        units < LONGEST_CELL
    };
    let mut kept: String = text.chars().take_while(fits).collect();
    kept.push('…');
    kept
}

/// Width of a column, in characters.
fn width(column: Column) -> f64 {
    match (column.name, column.kind) {
        ("evidence" | "participants", _) => 80.0,
        ("source" | "target" | "name" | "text" | "title" | "other_figures" | "subject", _) => 30.0,
        ("doc_id" | "gazetteer_id" | "attributed_to" | "location" | "first_mention", _) => 22.0,
        (_, ColumnKind::Text | ColumnKind::Date | ColumnKind::Day) => 13.0,
        (_, ColumnKind::Integer | ColumnKind::Number | ColumnKind::Flag) => 10.0,
    }
}

/// An error of the writer: of the system underneath, or of a limit of the format.
fn failed(error: XlsxError) -> Error {
    match error {
        XlsxError::IoError(error) => Error::io("the workbook", error),
        error => Error::io("the workbook", io::Error::other(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Table;

    #[test]
    fn long_cells_are_cut_with_a_mark() {
        assert_eq!(cut("short"), "short");
        let long = cut(&"ü😀".repeat(20_000));
        assert!(long.encode_utf16().count() <= LONGEST_CELL && long.ends_with('…'));
    }

    #[test]
    fn a_full_sheet_goes_on_in_another() {
        let mut xlsx = Xlsx::with_sheets_of(vec![View::all(Table::Documents)], 3).unwrap();
        for _ in 0..5 {
            xlsx.row(0, &["a".into()]).unwrap();
        }
        let names: Vec<String> = xlsx.workbook.worksheets().iter().map(|sheet| sheet.name()).collect();
        assert_eq!(names, ["summary", "documents", "documents 2", "documents 3"]);
    }

    #[test]
    fn the_same_records_give_the_same_bytes() {
        let make = || {
            let mut bytes = io::Cursor::new(Vec::new());
            let summary = [("documents".to_owned(), 3)];
            Xlsx::new(vec![View::all(Table::Relations)]).unwrap().finish(&summary, &mut bytes).unwrap();
            bytes.into_inner()
        };
        let first = make();
        std::thread::sleep(std::time::Duration::from_millis(1100));
        assert!(first == make());
    }
}
