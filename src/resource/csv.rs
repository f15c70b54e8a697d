//! CSV tables with a header row, read strictly: what is not understood is refused with file, line and remedy.

use std::path::{Path, PathBuf};

use unicode_normalization::is_nfc;

use crate::error::{Error, Result};

/// The most bytes of a cell: no name, list of words or note is as long.
const LONGEST_CELL: usize = 16_000;

/// A CSV file in memory: its header and its rows.
#[derive(Debug)]
pub struct Table {
    path: PathBuf,
    header: Vec<String>,
    rows: Vec<(u64, csv::StringRecord)>,
}

impl Table {
    /// Reads a table from a file.
    ///
    /// # Errors
    /// If the file cannot be read, is not UTF-8, has a row with too many or too few cells, a column twice, or a cell
    /// that is untrimmed or not in Unicode normalisation form C.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(|error| Error::io(path, error))?;
        Self::parse(path, &bytes)
    }

    /// Reads a table from the content of a file. `path` is only for messages.
    ///
    /// # Errors
    /// As [`Table::read`].
    pub fn parse(path: &Path, bytes: &[u8]) -> Result<Self> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
        let mut table = Self { path: path.to_owned(), header: Vec::new(), rows: Vec::new() };
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).map_err(|error| table.csv_error(&error))? {
            let line = record.position().map_or(1, csv::Position::line);
            table.check_cells(line, &record)?;
            if table.header.is_empty() {
                table.header = record.iter().map(str::to_owned).collect();
                table.check_header()?;
            } else {
                table.rows.push((line, record.clone()));
            }
        }
        if table.header.is_empty() {
            let error =
                Error::data("the file is empty").with_help("give it a header row with the names of the columns");
            return Err(error.at_path(path));
        }
        Ok(table)
    }

    fn csv_error(&self, error: &csv::Error) -> Error {
        let line = error.position().map(csv::Position::line);
        let made = match error.kind() {
            csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                Error::data(format!("{len} cells in this row, {expected_len} columns in the header"))
                    .with_help("put quotes around a cell that holds a comma, and keep empty cells")
            }
            csv::ErrorKind::Utf8 { .. } => Error::data("the text is not UTF-8").with_help("save the file as CSV UTF-8"),
            _ => Error::data(error.to_string()),
        };
        let made = made.at_path(&self.path);
        line.map_or_else(|| Error::data(error.to_string()).at_path(&self.path), |line| made.at_line(line))
    }

    fn check_cells(&self, line: u64, record: &csv::StringRecord) -> Result<()> {
        for cell in record {
            let wrong = if cell.trim() != cell {
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

    /// The rows below the header.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, record)| Row { path: &self.path, line: *line, record })
    }
}

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    path: &'t Path,
    line: u64,
    record: &'t csv::StringRecord,
}

impl<'t> Row<'t> {
    /// The line it starts on, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The cell in a column, empty when the table has no such column.
    pub fn cell(&self, column: Option<usize>) -> &'t str {
        column.and_then(|column| self.record.get(column)).unwrap_or_default()
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
        Error::data(message).at_path(self.path).at_line(self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Table> {
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
            let error = parse(text).unwrap_err().to_string();
            assert!(error.starts_with(message), "{error}");
        }
        let bad = Table::parse(Path::new("own.csv"), b"id,name\na,\xFF\n").unwrap_err().to_string();
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
