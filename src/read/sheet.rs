//! Spreadsheets: a row is a document, the first row of a sheet names the columns.
//!
//! A workbook is read as a whole: its format keeps all texts in one place.

use std::collections::VecDeque;
use std::io::{Read, Seek};

use calamine::{Data, Ods, Range, Reader, Xlsx};

use super::{Input, Item};
use crate::error::Error;

/// The documents of a workbook.
pub(super) struct Sheets {
    input: Input,
    /// Sheets still to read: name, cells.
    sheets: VecDeque<(String, Range<Data>)>,
    /// The next row of the first of them.
    row: usize,
    many: bool,
    ready: VecDeque<Item>,
}

impl Sheets {
    /// Opens a workbook, of Excel or OpenDocument.
    ///
    /// # Errors
    /// If it is damaged, or no sheet has a column of text.
    pub(super) fn new(from: impl Read + Seek, is_ods: bool, input: Input) -> Result<Self, Error> {
        let found = match is_ods {
            true => Ods::new(from).map_err(|error| error.to_string()).and_then(all),
            false => Xlsx::new(from).map_err(|error| error.to_string()).and_then(all),
        };
        let mut sheets = found.map_err(|error| input.name(Error::input(error)))?;
        sheets.retain(|(_, range)| {
            let heads = heads(range);
            input.options.fields.has_text(|name| heads.iter().any(|head| head.eq_ignore_ascii_case(name)))
        });
        if sheets.is_empty() {
            let error = Error::input(format!("no sheet has a column {}", input.options.fields.text_names()));
            return Err(input.name(error.with_help("name the column that holds the text with --text-field")));
        }
        Ok(Self { input, many: sheets.len() > 1, sheets, row: 1, ready: VecDeque::new() })
    }

    fn read(&mut self) -> Option<()> {
        let (name, range) = self.sheets.front()?;
        let Some(row) = range.rows().nth(self.row) else {
            self.sheets.pop_front();
            self.row = 1;
            return Some(());
        };
        // Rows count from 1 in a spreadsheet, and the sheet may begin below its first.
        let line = u64::from(range.start().map_or(0, |(first, _)| first)) + self.row as u64 + 1;
        self.row += 1;
        if row.iter().all(|cell| *cell == Data::Empty) {
            return Some(());
        }
        let heads = heads(range);
        let get = |name: &str| {
            let place = heads.iter().position(|head| head == name || head.eq_ignore_ascii_case(name))?;
            row.get(place).map(text)
        };
        let id =
            if self.many { format!("{}:{name}:{line}", self.input.id) } else { format!("{}:{line}", self.input.id) };
        match self.input.document(id, line, get) {
            Ok(items) => self.ready.extend(items),
            Err(error) => self.ready.push_back(Item::Failure(error)),
        }
        Some(())
    }
}

impl Iterator for Sheets {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while self.ready.is_empty() {
            self.read()?;
        }
        self.ready.pop_front()
    }
}

fn all<RS: Read + Seek, R: Reader<RS>>(mut book: R) -> Result<VecDeque<(String, Range<Data>)>, String>
where
    R::Error: std::fmt::Display,
{
    let names = book.sheet_names();
    names
        .into_iter()
        .map(|name| Ok((name.clone(), book.worksheet_range(&name).map_err(|error| error.to_string())?)))
        .collect()
}

fn heads(range: &Range<Data>) -> Vec<String> {
    range.rows().next().unwrap_or_default().iter().map(|cell| text(cell).trim().to_owned()).collect()
}

fn text(cell: &Data) -> String {
    match cell {
        Data::DateTime(date) if date.is_datetime() => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        cell => cell.to_string(),
    }
}
