//! Rows on their way to a file that can only be laid out as a whole, such as a workbook or a database.
//!
//! They are appended to a file of their own while documents are read, so that a run that breaks off can go on, and
//! read back in their order when all are there. The form is private to the program: neither it nor its versions are for
//! exchange.

use std::borrow::Cow;
use std::io::{self, Read};

use crate::table::{Cell, Row};

/// Appends a row of the table of that number.
pub fn encode(table: u8, row: &[Cell], out: &mut Vec<u8>) {
    out.push(table);
    out.extend_from_slice(&(row.len() as u16).to_le_bytes());
    for cell in row {
        match cell {
            Cell::Blank => out.push(BLANK),
            Cell::Text(text) => {
                out.push(TEXT);
                out.extend_from_slice(&(text.len() as u32).to_le_bytes());
                out.extend_from_slice(text.as_bytes());
            }
            Cell::Integer(value) => {
                out.push(INTEGER);
                out.extend_from_slice(&value.to_le_bytes());
            }
            Cell::Number(value) => {
                out.push(NUMBER);
                out.extend_from_slice(&value.to_le_bytes());
            }
            Cell::Flag(value) => out.push(if *value { TRUE } else { FALSE }),
        }
    }
}

const BLANK: u8 = 0;
const TEXT: u8 = 1;
const INTEGER: u8 = 2;
const NUMBER: u8 = 3;
const FALSE: u8 = 4;
const TRUE: u8 = 5;

/// Reads the next row and the number of its table; `None` at the end.
///
/// # Errors
/// If reading fails, or the bytes are none that [`encode`] wrote.
pub fn decode(from: &mut impl Read) -> io::Result<Option<(u8, Row<'static>)>> {
    let mut table = [0];
    if from.read(&mut table)? == 0 {
        return Ok(None);
    }
    let count = u16::from_le_bytes(bytes(from)?);
    let row = (0..count).map(|_| cell(from)).collect::<io::Result<_>>()?;
    Ok(Some((table[0], row)))
}

fn cell(from: &mut impl Read) -> io::Result<Cell<'static>> {
    let damaged = || io::Error::new(io::ErrorKind::InvalidData, "the rows collected so far are damaged");
    let [tag] = bytes(from)?;
    Ok(match tag {
        BLANK => Cell::Blank,
        TEXT => {
            let length = u64::from(u32::from_le_bytes(bytes(from)?));
            let mut text = String::new();
            if from.take(length).read_to_string(&mut text)? as u64 != length {
                return Err(damaged());
            }
            Cell::Text(Cow::Owned(text))
        }
        INTEGER => Cell::Integer(i64::from_le_bytes(bytes(from)?)),
        NUMBER => Cell::Number(f64::from_le_bytes(bytes(from)?)),
        FALSE => Cell::Flag(false),
        TRUE => Cell::Flag(true),
        _ => return Err(damaged()),
    })
}

fn bytes<const N: usize>(from: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_were() {
        let row =
            vec![Cell::Blank, "é, \"x\"\n".into(), Cell::Integer(-3), Cell::Number(0.1), true.into(), false.into()];
        let mut spool = Vec::new();
        encode(0, &row, &mut spool);
        encode(7, &[], &mut spool);
        let mut from = spool.as_slice();
        assert_eq!(decode(&mut from).unwrap(), Some((0, row)));
        assert_eq!(decode(&mut from).unwrap(), Some((7, vec![])));
        assert_eq!(decode(&mut from).unwrap(), None);
        assert!(decode(&mut &spool[..9]).is_err(), "cut short");
    }
}
