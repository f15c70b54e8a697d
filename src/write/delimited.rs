//! CSV and TSV after RFC 4180: a cell is quoted where it holds the delimiter, a quote or a line break.
//!
//! Lines end in a line feed, as tools on the command line expect; for Excel in both characters, after a byte order mark,
//! and text that a spreadsheet would take for a formula is guarded by an apostrophe.

use crate::record::Record;
use crate::table::{Cell, View};

/// How cells are told apart, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    delimiter: u8,
    excel: bool,
}

impl Dialect {
    /// Commas.
    pub const CSV: Dialect = Dialect { delimiter: b',', excel: false };
    /// Tabs.
    pub const TSV: Dialect = Dialect { delimiter: b'\t', excel: false };

    /// The dialect as Excel opens it without asking, and safely.
    pub fn for_excel(self) -> Self {
        Self { excel: true, ..self }
    }

    /// The usual ending of a file's name.
    pub fn extension(self) -> &'static str {
        if self.delimiter == b'\t' { "tsv" } else { "csv" }
    }

    /// Appends what a file begins with: the line of column heads.
    pub fn header(self, view: &View, out: &mut Vec<u8>) {
        if self.excel {
            out.extend_from_slice("\u{FEFF}".as_bytes());
        }
        self.line(view.columns().map(|column| Cell::from(column.name)), out);
    }

    /// Appends the rows that a document gives the table.
    pub fn rows(self, view: &View, record: &Record, out: &mut Vec<u8>) {
        for row in view.rows(record) {
            self.line(row.into_iter(), out);
        }
    }

    pub(super) fn line<'r>(self, cells: impl Iterator<Item = Cell<'r>>, out: &mut Vec<u8>) {
        for (index, cell) in cells.enumerate() {
            if index > 0 {
                out.push(self.delimiter);
            }
            let guarded = self.excel && matches!(&cell, Cell::Text(text) if is_formula(text));
            self.cell(&cell.to_text(), guarded, out);
        }
        out.extend_from_slice(if self.excel { b"\r\n" } else { b"\n" });
    }

    fn cell(self, text: &str, guarded: bool, out: &mut Vec<u8>) {
        let special = |byte: u8| byte == self.delimiter || matches!(byte, b'"' | b'\n' | b'\r');
        let quoted = text.bytes().any(special);
        if quoted {
            out.push(b'"');
        }
        if guarded {
            out.push(b'\'');
        }
        for byte in text.bytes() {
            if byte == b'"' {
                out.push(b'"');
            }
            out.push(byte);
        }
        if quoted {
            out.push(b'"');
        }
    }
}

/// Whether a spreadsheet would run the text as a formula.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_csv_reader_gets_back_what_was_written() {
        let cells = ["plain", "", "a,b", "say \"no\"", "two\nlines", " kept ", "tab\there", "é"];
        for dialect in [Dialect::CSV, Dialect::TSV] {
            let mut bytes = Vec::new();
            dialect.line(cells.iter().map(|&cell| Cell::from(cell)), &mut bytes);
            let mut reader = csv::ReaderBuilder::new();
            let mut reader = reader.has_headers(false).delimiter(dialect.delimiter).from_reader(bytes.as_slice());
            let row = reader.records().next().unwrap().unwrap();
            assert_eq!(row.iter().collect::<Vec<_>>(), cells);
        }
    }

    #[test]
    fn excel_gets_a_mark_and_no_formulas() {
        let mut bytes = Vec::new();
        let dialect = Dialect::CSV.for_excel();
        dialect.header(&View::pick(crate::table::Table::Documents, ["doc_id"]).unwrap(), &mut bytes);
        let cells = ["=1+1", "@home", "plain"].map(Cell::from).into_iter().chain([Cell::Number(-10.0)]);
        dialect.line(cells, &mut bytes);
        assert_eq!(String::from_utf8(bytes).unwrap(), "\u{FEFF}doc_id\r\n'=1+1,'@home,plain,-10\r\n");
    }
}
