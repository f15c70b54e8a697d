//! JSON Lines: a line is a document.

use std::collections::VecDeque;
use std::io::{BufRead, Read};

use jiff::civil::Date;
use serde::Deserialize;

use super::{Input, Item, MAX_DOCUMENT, decode};
use crate::document::Source;
use crate::error::Error;

/// The documents of a JSON Lines file.
pub(super) struct Jsonl {
    bytes: Box<dyn BufRead + Send>,
    input: Input,
    line: u64,
    ready: VecDeque<Item>,
}

/// The fields that are read; others are passed over.
#[derive(Deserialize)]
struct Row {
    id: Option<Id>,
    text: String,
    title: Option<String>,
    date: Option<String>,
    source: Option<String>,
    url: Option<String>,
    language: Option<String>,
}

/// Databases give numbers as ids as often as names.
#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Name(String),
    Number(serde_json::Number),
}

impl Jsonl {
    pub(super) fn new(bytes: Box<dyn BufRead + Send>, input: Input) -> Self {
        Self { bytes, input, line: 0, ready: VecDeque::new() }
    }

    fn place(&self, error: Error) -> Error {
        self.input.name(error).at_line(self.line)
    }

    /// Reads the next line into [`Self::ready`]; `false` at the end.
    fn read_line(&mut self) -> bool {
        let mut line = Vec::new();
        self.line += 1;
        let read = (&mut self.bytes).take(MAX_DOCUMENT as u64 + 1).read_until(b'\n', &mut line);
        match read {
            Ok(0) => return false,
            Ok(length) if length > MAX_DOCUMENT => {
                let error = Error::input(format!("a line of more than {} MiB is not read", MAX_DOCUMENT >> 20));
                self.ready.push_back(Item::Failure(self.place(error)));
                return self.skip_line();
            }
            Ok(_) => {}
            Err(error) => {
                self.ready.push_back(Item::Failure(self.input.io(error).at_line(self.line)));
                return false;
            }
        }
        let (line, replaced) = decode(line);
        if line.trim().is_empty() {
            return true;
        }
        if replaced {
            let error = Error::input("some bytes are not UTF-8 and were replaced by U+FFFD");
            self.ready.push_back(Item::Warning(self.place(error)));
        }
        match serde_json::from_str::<Row>(&line) {
            Ok(row) => self.take(row),
            Err(error) => {
                let column = error.column().max(1) as u64;
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or_default();
                let error = Error::input(message).at_column(column);
                let error = error.with_help("every line must be a JSON object with a \"text\"");
                self.ready.push_back(Item::Failure(self.place(error)));
            }
        }
        true
    }

    /// Passes over the rest of a line that is too long; `false` at the end of the input.
    fn skip_line(&mut self) -> bool {
        loop {
            let Ok(buffer) = self.bytes.fill_buf() else { return false };
            if buffer.is_empty() {
                return false;
            }
            let (length, ended) = match memchr::memchr(b'\n', buffer) {
                Some(at) => (at + 1, true),
                None => (buffer.len(), false),
            };
            self.bytes.consume(length);
            if ended {
                return true;
            }
        }
    }

    fn take(&mut self, row: Row) {
        let date = match row.date.as_deref().map(|text| (text, date(text))) {
            Some((text, None)) if !text.is_empty() => {
                let error = Error::input(format!("'{text}' is no date and is ignored"));
                self.ready.push_back(Item::Warning(self.place(error.with_help("write dates as 2021-05-14"))));
                None
            }
            Some((_, date)) => date,
            None => None,
        };
        let id = match row.id {
            Some(Id::Name(id)) => id,
            Some(Id::Number(id)) => id.to_string(),
            None => format!("{}:{}", self.input.id, self.line),
        };
        let source = self.input.source(id, row.text);
        self.ready.push_back(Item::Document(Source {
            date: date.or(source.date),
            title: row.title,
            source: row.source,
            url: row.url,
            language: row.language,
            ..source
        }));
    }
}

/// The day of an ISO 8601 date or date and time.
fn date(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

impl Iterator for Jsonl {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while self.ready.is_empty() {
            if !self.read_line() && self.ready.is_empty() {
                return None;
            }
        }
        self.ready.pop_front()
    }
}
