//! CSV and TSV: a row is a document, the first row names the fields.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use csv::{ReaderBuilder, StringRecord};

use super::bytes::Decoding;
use super::{Bytes, Input, Item, MAX_DOCUMENT};
use crate::error::Error;

/// The documents of a table.
pub(super) struct Rows {
    reader: csv::Reader<Rationed>,
    delimiter: u8,
    /// Lines before those that the reader counts.
    passed: u64,
    /// What is left of the ration of the row being read.
    ration: Arc<AtomicUsize>,
    /// The names of the fields; `None` until they are read.
    heads: Option<Vec<String>>,
    input: Input,
    decoding: Decoding,
    ended: bool,
    ready: VecDeque<Item>,
}

impl Rows {
    pub(super) fn new(bytes: Bytes, delimiter: u8, input: Input) -> Self {
        let ration = Arc::new(AtomicUsize::new(MAX_DOCUMENT));
        let reader = reader(Rationed { bytes, left: ration.clone(), lines: 0 }, delimiter);
        let decoding = Decoding::new(input.options.encoding);
        let ready = VecDeque::new();
        Self { reader, delimiter, passed: 0, ration, heads: None, decoding, input, ended: false, ready }
    }

    /// Goes on after a row that is too long: where a line ends in a quote, for that closes it.
    fn skip(&mut self) -> io::Result<()> {
        let nothing = Rationed { bytes: Box::new(io::empty()), left: self.ration.clone(), lines: 0 };
        let broken = std::mem::replace(&mut self.reader, reader(nothing, self.delimiter));
        let mut rest = broken.into_inner();
        let (mut last, mut closed) = (0, false);
        while !closed {
            let buffer = rest.bytes.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let line = memchr::memchr(b'\n', buffer).map_or(buffer.len(), |at| at + 1);
            for &byte in &buffer[..line] {
                closed = byte == b'\n' && last == b'"';
                last = if byte == b'\r' { last } else { byte };
            }
            rest.lines += u64::from(last == b'\n');
            rest.bytes.consume(line);
        }
        self.passed += rest.lines;
        self.reader = reader(Rationed { lines: 0, ..rest }, self.delimiter);
        Ok(())
    }

    /// The next row as text, and the line it begins on.
    fn row(&mut self) -> Result<Option<(StringRecord, u64)>, Error> {
        let mut row = csv::ByteRecord::new();
        self.ration.store(MAX_DOCUMENT, Ordering::Relaxed);
        let line = self.passed + self.reader.position().line();
        let more = match self.reader.read_byte_record(&mut row) {
            Ok(more) => more,
            Err(error) => {
                let is_long = self.ration.load(Ordering::Relaxed) == 0;
                self.ended = !is_long || self.skip().is_err() || self.heads.is_none();
                return Err(self.input.name(Error::input(error.to_string()).at_line(line)));
            }
        };
        if !more {
            self.ended = true;
            return Ok(None);
        }
        let line = row.position().map_or(line, |position| self.passed + position.line());
        let mut text = StringRecord::new();
        let mut note = self.decoding.look(row.as_slice());
        for cell in &row {
            let decoded = self.decoding.decode(cell.to_vec());
            note = note.or(decoded.note);
            text.push_field(&decoded.text);
        }
        if let Some(note) = note {
            self.ready.push_back(Item::Warning(self.input.name(Error::input(note)).at_line(line)));
        }
        Ok(Some((text, line)))
    }

    /// Takes the names of the columns; without one that holds the text, every row would fail.
    fn begin(&mut self, heads: Vec<String>, line: u64) -> Result<(), Error> {
        let fields = &self.input.options.fields;
        let has = |name: &str| heads.iter().any(|head| head.eq_ignore_ascii_case(name));
        let error = if heads.iter().any(|head| head.contains('\0')) {
            Error::input("this is not text").with_help("convert it to CSV in UTF-8")
        } else if !fields.has_text(has) {
            let error = Error::input(format!("there is no column {}", fields.text_names()));
            error.with_help(format!("its columns are {}; use --text-field", heads.join(", ")))
        } else {
            self.heads = Some(heads);
            return Ok(());
        };
        self.ended = true;
        Err(self.input.name(error).at_line(line))
    }

    fn read(&mut self) -> Result<(), Error> {
        let Some((row, line)) = self.row()? else { return Ok(()) };
        let Some(heads) = &self.heads else {
            return self.begin(row.iter().map(|head| head.trim().to_owned()).collect(), line);
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

/// A reader of rows. Exports are seldom free of ragged ones; such a row must not end the run.
fn reader(bytes: Rationed, delimiter: u8) -> csv::Reader<Rationed> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes)
}

/// Bytes of which a row gets so many and no more: a quote that is never closed would fill the memory.
struct Rationed {
    bytes: Bytes,
    left: Arc<AtomicUsize>,
    /// Lines that were handed out.
    lines: u64,
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
        self.lines += memchr::memchr_iter(b'\n', &buffer[..length]).count() as u64;
        Ok(length)
    }
}
