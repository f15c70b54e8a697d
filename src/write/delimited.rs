//! CSV and TSV after RFC 4180, with line feeds: a cell is quoted where it holds the delimiter, a quote or a line break.

use crate::record::Record;
use crate::table::{Cell, Table};

/// How cells are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    delimiter: u8,
}

impl Dialect {
    /// Commas.
    pub const CSV: Dialect = Dialect { delimiter: b',' };
    /// Tabs.
    pub const TSV: Dialect = Dialect { delimiter: b'\t' };

    /// Appends the line of column heads.
    pub fn header(self, table: Table, out: &mut Vec<u8>) {
        self.line(table.columns().iter().map(|column| column.name), out);
    }

    /// Appends the rows that a document gives the table.
    pub fn rows(self, table: Table, record: &Record, out: &mut Vec<u8>) {
        for row in table.rows(record) {
            self.line(row.iter().map(Cell::to_text), out);
        }
    }

    fn line(self, cells: impl Iterator<Item = impl AsRef<str>>, out: &mut Vec<u8>) {
        for (index, cell) in cells.enumerate() {
            if index > 0 {
                out.push(self.delimiter);
            }
            self.cell(cell.as_ref(), out);
        }
        out.push(b'\n');
    }

    fn cell(self, text: &str, out: &mut Vec<u8>) {
        let special = |byte: u8| byte == self.delimiter || matches!(byte, b'"' | b'\n' | b'\r');
        if !text.bytes().any(special) {
            out.extend_from_slice(text.as_bytes());
            return;
        }
        out.push(b'"');
        for byte in text.bytes() {
            if byte == b'"' {
                out.push(b'"');
            }
            out.push(byte);
        }
        out.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_csv_reader_gets_back_what_was_written() {
        let cells = ["plain", "", "a,b", "say \"no\"", "two\nlines", " kept ", "tab\there", "é"];
        for dialect in [Dialect::CSV, Dialect::TSV] {
            let mut bytes = Vec::new();
            dialect.line(cells.iter(), &mut bytes);
            let mut reader = csv::ReaderBuilder::new();
            let mut reader = reader.has_headers(false).delimiter(dialect.delimiter).from_reader(bytes.as_slice());
            let row = reader.records().next().unwrap().unwrap();
            assert_eq!(row.iter().collect::<Vec<_>>(), cells);
        }
    }
}
