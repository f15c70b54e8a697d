//! CSV tables with a header row, read strictly: what is not understood is refused with file, line and remedy.

use std::path::{Path, PathBuf};

use unicode_normalization::is_nfc;

use crate::error::{Error, Result};

/// The most bytes of a cell: no name, list of words or note is as long.
const LONGEST_CELL: usize = 16_000;

/// The most bytes of a file, so that places in it are numbers of 32 bits.
const LARGEST: usize = u32::MAX as usize;

/// A CSV file in memory: its header and its rows.
#[derive(Debug)]
pub struct Table {
    path: PathBuf,
    header: Vec<String>,
    /// The cells of all rows, one after the other: a string of its own for each would cost more than reading it.
    text: String,
    /// Where each cell ends in the text; as many a row as the header has.
    ends: Vec<u32>,
    /// The line each row starts on.
    lines: Vec<u32>,
}

impl Table {
    /// Reads a table from a file.
    ///
    /// # Errors
    /// If the file cannot be read, is not UTF-8, has a row with too many or too few cells, a column twice, or a cell
    /// that is untrimmed or not in Unicode normalisation form C. Every such row is told.
    pub fn read(path: &Path) -> std::result::Result<Self, Vec<Error>> {
        let bytes = std::fs::read(path).map_err(|error| vec![unread(path, error)])?;
        Self::parse(path, &bytes)
    }

    /// Reads a table from the content of a file. `path` is only for messages.
    ///
    /// # Errors
    /// As [`Table::read`].
    pub fn parse(path: &Path, bytes: &[u8]) -> std::result::Result<Self, Vec<Error>> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        if bytes.len() > LARGEST {
            let error = Error::data("the file is above 4 GB").with_help("split it into several");
            return Err(vec![error.at_path(path)]);
        }
        let mut table = Self {
            path: path.to_owned(),
            header: Vec::new(),
            text: String::with_capacity(bytes.len()),
            ends: Vec::new(),
            lines: Vec::new(),
        };
        let errors = table.fill(bytes);
        if errors.is_empty() { Ok(table) } else { Err(errors) }
    }

    /// Reads header and rows, and tells what is wrong with them.
    fn fill(&mut self, bytes: &[u8]) -> Vec<Error> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
        let mut record = csv::StringRecord::new();
        let mut errors = Vec::new();
        loop {
            match reader.read_record(&mut record) {
                Ok(false) => break,
                Err(error) => {
                    errors.push(self.csv_error(&error));
                    if !self.header.is_empty() {
                        continue;
                    }
                }
                Ok(true) => {
                    let line = record.position().map_or(1, csv::Position::line);
                    errors.extend(self.check_cells(line, &record).err());
                    if !self.header.is_empty() {
                        self.add(line, &record);
                        continue;
                    }
                    self.header = record.iter().map(str::to_owned).collect();
                    errors.extend(self.check_header().err());
                }
            }
            // Without a sound header nothing can be said of the rows.
            if self.lines.is_empty() && !errors.is_empty() {
                return errors;
            }
        }
        if self.header.is_empty() {
            let error =
                Error::data("the file is empty").with_help("give it a header row with the names of the columns");
            errors.push(error.at_path(&self.path));
        }
        errors
    }

    fn add(&mut self, line: u64, record: &csv::StringRecord) {
        let start = self.text.len();
        self.text.push_str(record.as_slice());
        let ends = (0..record.len()).filter_map(|cell| record.range(cell));
        self.ends.extend(ends.map(|cell| (start + cell.end) as u32));
        self.lines.push(line as u32);
    }

    fn csv_error(&self, error: &csv::Error) -> Error {
        let line = error.position().map(csv::Position::line);
        let made = match error.kind() {
            csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                Error::data(format!("{len} cells in this row, {expected_len} columns in the header"))
                    .with_help("put quotes around a cell that holds a comma, close every quote, and keep empty cells")
            }
            csv::ErrorKind::Utf8 { .. } => Error::data("the text is not UTF-8").with_help("save the file as CSV UTF-8"),
            _ => Error::data(error.to_string()),
        };
        let made = made.at_path(&self.path);
        line.map_or_else(|| Error::data(error.to_string()).at_path(&self.path), |line| made.at_line(line))
    }

    fn check_cells(&self, line: u64, record: &csv::StringRecord) -> Result<()> {
        for cell in record {
            let wrong = if !is_trimmed(cell) {
                Some(("has white space around it", "remove the white space"))
            } else if !cell.is_ascii() && !is_nfc(cell) {
                Some(("is not in Unicode normalisation form C", "type the accented letters as single characters"))
            } else if cell.len() > LONGEST_CELL {
                Some(("is too long", "keep cells below 16,000 bytes"))
            } else {
                None
            };
            if let Some((what, help)) = wrong {
                let start: String = cell.chars().take(80).collect();
                return Err(Error::data(format!("{start:?} {what}")).with_help(help).at_path(&self.path).at_line(line));
            }
        }
        Ok(())
    }

    fn check_header(&self) -> Result<()> {
        if let [only] = self.header.as_slice()
            && only.contains([';', '\t'])
        {
            let error = Error::data("the cells are not separated by commas")
                .with_help("save the file as CSV with commas between the cells");
            return Err(error.at_path(&self.path).at_line(1));
        }
        for (index, column) in self.header.iter().enumerate() {
            if self.header[..index].contains(column) {
                let error =
                    Error::data(format!("the column '{column}' appears twice")).with_help("rename or remove one");
                return Err(error.at_path(&self.path).at_line(1));
            }
        }
        Ok(())
    }

    /// The file the table was read from.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether there is such a column.
    pub fn has(&self, column: &str) -> bool {
        self.header.iter().any(|name| name == column)
    }

    /// Where each of these columns stands, `None` for the optional ones that are not there.
    ///
    /// # Errors
    /// If a required column is missing or a column is on neither list.
    pub fn columns<const N: usize>(&self, required: &[&str], all: [&str; N]) -> Result<[Option<usize>; N]> {
        for column in &self.header {
            if !all.contains(&column.as_str()) {
                let error = Error::data(format!("unknown column '{column}'"));
                return Err(error
                    .with_help(format!("the columns are {}", all.join(", ")))
                    .at_path(&self.path)
                    .at_line(1));
            }
        }
        for column in required {
            if !self.has(column) {
                let error = Error::data(format!("the column '{column}' is missing"));
                return Err(error.with_help("add it to the header").at_path(&self.path).at_line(1));
            }
        }
        Ok(all.map(|column| self.header.iter().position(|name| name == column)))
    }

    /// How many rows there are below the header.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there are no rows below the header.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The rows below the header.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.lines.len()).map(|row| Row { table: self, row })
    }
}

/// The system refused to read a file.
fn unread(path: &Path, error: std::io::Error) -> Error {
    let missing = error.kind() == std::io::ErrorKind::NotFound;
    let error = Error::io(path, error);
    if missing { error.with_help("give the path of a CSV file or of a folder of them") } else { error }
}

/// Whether a cell neither begins nor ends with white space.
fn is_trimmed(cell: &str) -> bool {
    match cell.as_bytes() {
        [] => true,
        // The usual case, told without a look at what lies between.
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => true,
        _ => cell.trim() == cell,
    }
}

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    table: &'t Table,
    row: usize,
}

impl<'t> Row<'t> {
    /// The line it starts on, from 1.
    pub fn line(&self) -> u64 {
        u64::from(self.table.lines[self.row])
    }

    /// The cell in a column, empty when the table has no such column.
    pub fn cell(&self, column: Option<usize>) -> &'t str {
        let Some(column) = column else { return "" };
        let place = self.row * self.table.header.len() + column;
        let start = if place == 0 { 0 } else { self.table.ends[place - 1] };
        &self.table.text[start as usize..self.table.ends[place] as usize]
    }

    /// The cell in a column, which must not be empty.
    ///
    /// # Errors
    /// If it is empty.
    pub fn filled(&self, column: Option<usize>, name: &str) -> Result<&'t str> {
        match self.cell(column) {
            "" => Err(self.error(format!("'{name}' is empty")).with_help("fill it in or remove the row")),
            cell => Ok(cell),
        }
    }

    /// An error in this row.
    pub fn error(&self, message: impl Into<String>) -> Error {
        Error::data(message).at_path(&self.table.path).at_line(self.line())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> std::result::Result<Table, Vec<Error>> {
        Table::parse(Path::new("own.csv"), text.as_bytes())
    }

    #[test]
    fn what_is_wrong_is_named_with_file_and_line() {
        for (text, message) in [
            ("", "own.csv: the file is empty; give it"),
            ("id;name\n", "own.csv:1: the cells are not separated by commas; save"),
            ("id,id\n", "own.csv:1: the column 'id' appears twice"),
            ("id,name\na\n", "own.csv:2: 1 cells in this row, 2 columns in the header"),
            ("id,name\na,b\nc, d\n", "own.csv:3: \" d\" has white space around it"),
            ("id,name\na,Ae\u{301}\n", "own.csv:2: \"Ae\\u{301}\" is not in Unicode normalisation form C"),
        ] {
            let error = parse(text).unwrap_err()[0].to_string();
            assert!(error.starts_with(message), "{error}");
        }
        let bad = Table::parse(Path::new("own.csv"), b"id,name\na,\xFF\n").unwrap_err()[0].to_string();
        assert!(bad.starts_with("own.csv:2: the text is not UTF-8"), "{bad}");
    }

    #[test]
    fn columns_may_stand_in_any_order_but_none_may_be_unknown() {
        let table = parse("\u{FEFF}name,id\nArmenia,arm\n").unwrap();
        let [id, name, sector] = table.columns(&["id"], ["id", "name", "sector"]).unwrap();
        let row = table.rows().next().unwrap();
        assert_eq!((row.cell(id), row.cell(name), row.cell(sector), row.line()), ("arm", "Armenia", "", 2));
        let error = table.columns(&["id"], ["id", "note"]).unwrap_err().to_string();
        assert_eq!(error, "own.csv:1: unknown column 'name'; the columns are id, note");
        assert!(table.columns(&["kind"], ["id", "name", "kind"]).is_err());
    }
}
