//! CSV and TSV: a row is a document, the first row names the fields.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use csv::{ReaderBuilder, StringRecord};

use super::{Bytes, Input, Item, MAX_DOCUMENT, bytes};
use crate::error::Error;

/// The documents of a table.
pub(super) struct Rows {
    reader: csv::Reader<Rationed>,
    /// What is left of the ration of the row being read.
    ration: Arc<AtomicUsize>,
    /// The names of the fields; `None` until they are read.
    heads: Option<Vec<String>>,
    input: Input,
    ended: bool,
    /// A note on encodings is given once a file.
    noted: bool,
    ready: VecDeque<Item>,
}

impl Rows {
    pub(super) fn new(bytes: Bytes, delimiter: u8, input: Input) -> Self {
        // Exports are seldom free of ragged rows; one such row must not end the run.
        let ration = Arc::new(AtomicUsize::new(MAX_DOCUMENT));
        let bytes = Rationed { bytes, left: ration.clone() };
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes);
        Self { reader, ration, heads: None, input, ended: false, noted: false, ready: Default::default() }
    }

    /// The next row as text, and the line it begins on.
    fn row(&mut self) -> Result<Option<(StringRecord, u64)>, Error> {
        let mut row = csv::ByteRecord::new();
        self.ration.store(MAX_DOCUMENT, Ordering::Relaxed);
        let more = self.reader.read_byte_record(&mut row).map_err(|error| {
            self.ended = true;
            let line = error.position().map_or(0, |position| position.line());
            self.input.name(Error::input(error.to_string()).at_line(line))
        })?;
        if !more {
            self.ended = true;
            return Ok(None);
        }
        let line = row.position().map_or(0, |position| position.line());
        let mut text = StringRecord::new();
        for cell in &row {
            let decoded = bytes::decode(cell.to_vec(), self.input.options.encoding);
            if let Some(note) = decoded.note.filter(|_| !self.noted) {
                self.noted = true;
                self.ready.push_back(Item::Warning(self.input.name(Error::input(note)).at_line(line)));
            }
            text.push_field(&decoded.text);
        }
        Ok(Some((text, line)))
    }

    fn read(&mut self) -> Result<(), Error> {
        let Some((row, line)) = self.row()? else { return Ok(()) };
        let Some(heads) = &self.heads else {
            let heads: Vec<String> = row.iter().map(|head| head.trim().to_owned()).collect();
            self.heads = Some(heads);
            return Ok(());
        };
        if row.len() > heads.len() {
            let message = format!("the row has {} cells where the head has {}", row.len(), heads.len());
            return Err(self.input.name(Error::input(message)).at_line(line));
        }
        let place = |name: &str| heads.iter().position(|head| head == name || head.eq_ignore_ascii_case(name));
        let get = |name: &str| place(name).and_then(|place| row.get(place)).map(str::to_owned);
        let item = self.input.document(format!("{}:{line}", self.input.id), line, get)?;
        self.ready.extend(item);
        Ok(())
    }
}

impl Iterator for Rows {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            if self.ended {
                return None;
            }
            if let Err(error) = self.read() {
                return Some(Item::Failure(error));
            }
        }
    }
}

/// Bytes of which a row gets so many and no more: a quote that is never closed would fill the memory.
struct Rationed {
    bytes: Bytes,
    left: Arc<AtomicUsize>,
}

impl Read for Rationed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.left.load(Ordering::Relaxed);
        if left == 0 && !self.bytes.fill_buf()?.is_empty() {
            let message =
                format!("a row of more than {} MiB is not read; is a quote never closed?", MAX_DOCUMENT >> 20);
            return Err(io::Error::other(message));
        }
        let length = buffer.len().min(left);
        let length = self.bytes.read(&mut buffer[..length])?;
        self.left.store(left - length, Ordering::Relaxed);
        Ok(length)
    }
}
