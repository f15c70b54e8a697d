//! E-mail: a message a file, or a mailbox of many.

use std::collections::VecDeque;
use std::io::{BufRead, Read};

use jiff::civil::Date;
use mail_parser::MessageParser;

use super::{Bytes, Input, Item, MAX_DOCUMENT};
use crate::document::Source;
use crate::error::Error;

/// The messages of a mailbox, which begin with a line "From …" after a blank one; or the only one of a file.
pub(super) struct Mailbox {
    bytes: Bytes,
    input: Input,
    /// Whether the file has lines that begin a message.
    many: bool,
    number: usize,
    message: Vec<u8>,
    ended: bool,
    ready: VecDeque<Item>,
}

impl Mailbox {
    pub(super) fn new(mut bytes: Bytes, input: Input) -> Self {
        let many = bytes.fill_buf().is_ok_and(|start| start.starts_with(b"From "));
        Self { bytes, input, many, number: 0, message: Vec::new(), ended: false, ready: VecDeque::new() }
    }

    /// Reads up to the end of a message.
    fn read(&mut self) {
        let mut after_blank = true;
        loop {
            let mut line = Vec::new();
            let length = match (&mut self.bytes).take(MAX_DOCUMENT as u64).read_until(b'\n', &mut line) {
                Ok(length) => length,
                Err(error) => {
                    self.ended = true;
                    self.ready.push_back(Item::Failure(self.input.io(error)));
                    return self.finish();
                }
            };
            if length == 0 {
                self.ended = true;
                return self.finish();
            }
            if self.many && after_blank && line.starts_with(b"From ") {
                if self.number > 0 {
                    self.finish();
                }
                self.number += 1;
                if !self.ready.is_empty() {
                    return;
                }
                continue;
            }
            after_blank = line.trim_ascii().is_empty();
            // A line of the text that began with "From " was quoted so.
            let quoted = self.many && line.starts_with(b">") && line.trim_ascii_start().starts_with(b">From ");
            if self.message.len() <= MAX_DOCUMENT {
                self.message.extend_from_slice(if quoted { &line[1..] } else { &line });
            }
        }
    }

    /// Makes a document of the message read.
    fn finish(&mut self) {
        let bytes = std::mem::take(&mut self.message);
        if bytes.trim_ascii().is_empty() {
            return;
        }
        let id = if self.many { format!("{}:{}", self.input.id, self.number) } else { self.input.id.clone() };
        let fail = |message: &str| {
            let place = if self.many { format!("message {}: {message}", self.number) } else { message.to_owned() };
            Item::Failure(self.input.name(Error::input(place)))
        };
        if bytes.len() > MAX_DOCUMENT {
            self.ready.push_back(fail("it is longer than a document may be"));
            return;
        }
        let Some(message) = MessageParser::default().parse(&bytes) else {
            self.ready.push_back(fail("this is no e-mail message"));
            return;
        };
        let Some(text) = message.body_text(0) else {
            self.ready.push_back(fail("there is no text in this message"));
            return;
        };
        let date = message.date().and_then(|date| {
            Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
        });
        let from = message.from().and_then(|from| from.first());
        let sender = from.and_then(|from| from.name().or(from.address())).map(str::to_owned);
        let empty = self.input.source(id, String::new());
        self.ready.push_back(Item::Document(Source {
            id: message.message_id().map_or(empty.id, str::to_owned),
            // Lines of mail end in both characters; offsets count in this text.
            text: text.replace("\r\n", "\n"),
            title: message.subject().map(str::to_owned),
            date: date.or(empty.date),
            source: sender,
            ..Source::default()
        }));
    }
}

impl Iterator for Mailbox {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while self.ready.is_empty() && !self.ended {
            self.read();
        }
        self.ready.pop_front()
    }
}
