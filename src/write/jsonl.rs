//! The record as one line of JSON.

use crate::record::Record;

/// Appends the record and a line break.
pub fn encode(record: &Record, out: &mut Vec<u8>) {
    serde_json::to_writer(&mut *out, record).expect("a record has string keys only and a vector takes every byte");
    out.push(b'\n');
}
