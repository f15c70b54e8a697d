//! JSON Lines, where a line is a document, and JSON files of one document or a list of them.

use std::collections::VecDeque;
use std::io::{BufRead, Read};

use serde_json::Value;

use super::bytes::Decoding;
use super::{Bytes, Input, Item, MAX_DOCUMENT};
use crate::error::Error;

/// The documents of a JSON Lines file.
pub(super) struct Jsonl {
    bytes: Bytes,
    input: Input,
    decoding: Decoding,
    line: u64,
    /// A source that failed once may fail for ever.
    ended: bool,
    ready: VecDeque<Item>,
}

impl Jsonl {
    pub(super) fn new(bytes: Bytes, input: Input) -> Self {
        let decoding = Decoding::new(input.options.encoding);
        Self { bytes, input, decoding, line: 0, ended: false, ready: VecDeque::new() }
    }

    fn fail(&mut self, error: Error) {
        self.ready.push_back(Item::Failure(self.input.name(error).at_line(self.line)));
    }

    /// Reads the next line into [`Self::ready`]; `false` at the end.
    fn read_line(&mut self) -> bool {
        let mut line = Vec::new();
        self.line += 1;
        match (&mut self.bytes).take(MAX_DOCUMENT as u64 + 1).read_until(b'\n', &mut line) {
            Ok(0) => return false,
            Ok(length) if length > MAX_DOCUMENT => {
                self.fail(Error::input(format!("a line of more than {} MiB is not read", MAX_DOCUMENT >> 20)));
                return self.skip_line();
            }
            Ok(_) => {}
            Err(error) => {
                self.ready.push_back(Item::Failure(self.input.io(error).at_line(self.line)));
                return false;
            }
        }
        let line = self.decoding.decode(line);
        if line.text.trim().is_empty() {
            return true;
        }
        if let Some(note) = line.note {
            self.ready.push_back(Item::Warning(self.input.name(Error::input(note)).at_line(self.line)));
        }
        let id = format!("{}:{}", self.input.id, self.line);
        let row = serde_json::from_str::<Value>(line.text.trim_end());
        // A long line need not be in memory twice.
        drop(line.text);
        match row {
            Ok(row) => match self.input.document(id, self.line, |name| field(&row, name)) {
                Ok(items) => self.ready.extend(items),
                Err(error) => self.ready.push_back(Item::Failure(error)),
            },
            Err(error) => {
                let error = broken(&error).with_help("every line must be a JSON object that holds a text");
                self.fail(error);
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
}

impl Iterator for Jsonl {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while self.ready.is_empty() && !self.ended {
            self.ended = !self.read_line();
        }
        self.ready.pop_front()
    }
}

/// The documents of a JSON file: of its list, of the first list in its object, or the one that the object is.
pub(super) fn whole(text: &str, input: &Input) -> Vec<Item> {
    if text.trim_start().starts_with('[') {
        return list(text, input);
    }
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            let failure = input.name(broken(&error)).at_line(error.line() as u64);
            return vec![Item::Failure(
                failure.with_help("if every line is an object of its own, use --input-format jsonl"),
            )];
        }
    };
    let rows = match &value {
        Value::Object(fields) => {
            let list =
                |value: &Value| matches!(value, Value::Array(rows) if rows.first().is_some_and(Value::is_object));
            let is_document = input.document(input.id.clone(), 1, |name| field(&value, name)).is_ok();
            match fields.values().find(|value| list(value)).filter(|_| !is_document) {
                Some(Value::Array(rows)) => rows,
                _ => std::slice::from_ref(&value),
            }
        }
        _ => std::slice::from_ref(&value),
    };
    let alone = rows.len() == 1;
    let mut items = Vec::new();
    for (number, row) in (1..).zip(rows) {
        let id = if alone { input.id.clone() } else { format!("{}:{number}", input.id) };
        match input.document(id, number, |name| field(row, name)) {
            Ok(made) => items.extend(made),
            Err(error) => items.push(Item::Failure(error)),
        }
    }
    items
}

/// The documents of a list, made one after the other: all objects of a large one together would take many times its memory.
fn list(text: &str, input: &Input) -> Vec<Item> {
    let mut list = List { input, items: Vec::new() };
    let mut json = serde_json::Deserializer::from_str(text);
    let read = serde::Deserializer::deserialize_seq(&mut json, &mut list).and_then(|()| json.end());
    if let Err(error) = read {
        let failure = input.name(broken(&error)).at_line(error.line() as u64);
        let help = "what stands before it in the list is read; if every line is an object of its own, use --input-format jsonl";
        list.items.push(Item::Failure(failure.with_help(help)));
    }
    list.items
}

/// A list under way.
struct List<'i> {
    input: &'i Input,
    items: Vec<Item>,
}

impl List<'_> {
    fn add(&mut self, number: u64, row: &Value, alone: bool) {
        let id = if alone { self.input.id.clone() } else { format!("{}:{number}", self.input.id) };
        match self.input.document(id, number, |name| field(row, name)) {
            Ok(made) => self.items.extend(made),
            Err(error) => self.items.push(Item::Failure(error)),
        }
    }
}

impl<'de> serde::de::Visitor<'de> for &mut List<'_> {
    type Value = ();

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("a list of objects")
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        let Some(first) = rows.next_element::<Value>()? else { return Ok(()) };
        let second = rows.next_element::<Value>();
        self.add(1, &first, matches!(second, Ok(None)));
        let (mut number, mut next) = (2, second?);
        while let Some(row) = next {
            self.add(number, &row, false);
            number += 1;
            next = rows.next_element()?;
        }
        Ok(())
    }
}

/// A field as text: by its name, or along a path such as `meta.headline`. Lists of texts are paragraphs.
fn field(row: &Value, path: &str) -> Option<String> {
    let value = row.get(path).or_else(|| path.split('.').try_fold(row, |value, name| value.get(name)))?;
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(parts) => {
            let parts: Option<Vec<&str>> = parts.iter().map(Value::as_str).collect();
            parts.map(|parts| parts.join("\n\n"))
        }
        Value::Null | Value::Bool(_) | Value::Object(_) => None,
    }
}

/// What is wrong with the JSON, and at which column.
fn broken(error: &serde_json::Error) -> Error {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default().to_owned();
    Error::input(message).at_column(error.column().max(1) as u64)
}
