//! Plain text: a file is a document.

use std::collections::VecDeque;
use std::io::{BufRead, Read};

use super::{Input, Item, MAX_DOCUMENT, decode};
use crate::error::Error;

/// The one document of a text file.
pub(super) struct Plain {
    unread: Option<Box<dyn BufRead + Send>>,
    input: Input,
    ready: VecDeque<Item>,
}

impl Plain {
    pub(super) fn new(bytes: Box<dyn BufRead + Send>, input: Input) -> Self {
        Self { unread: Some(bytes), input, ready: VecDeque::new() }
    }

    fn read(&mut self, bytes: Box<dyn BufRead + Send>) -> Result<(), Error> {
        let input = &self.input;
        let mut content = Vec::new();
        bytes.take(MAX_DOCUMENT as u64 + 1).read_to_end(&mut content).map_err(|error| input.io(error))?;
        if content.len() > MAX_DOCUMENT {
            let error = Error::input(format!("a document of more than {} MiB is not read", MAX_DOCUMENT >> 20));
            return Err(input.name(error.with_help("split it into one file an article")));
        }
        if content.contains(&0) {
            return Err(input.name(Error::input("this is not text").with_help("convert it to plain text in UTF-8")));
        }
        let (text, replaced) = decode(content);
        if replaced {
            let error = Error::input("some bytes are not UTF-8 and were replaced by U+FFFD");
            let error = error.with_help("convert the file to UTF-8 to keep them");
            self.ready.push_back(Item::Warning(self.input.name(error)));
        }
        if text.trim().is_empty() {
            self.ready.push_back(Item::Warning(self.input.name(Error::input("there is no text in it"))));
        }
        self.ready.push_back(Item::Document(self.input.source(self.input.id.clone(), text)));
        Ok(())
    }
}

impl Iterator for Plain {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if let Some(bytes) = self.unread.take()
            && let Err(error) = self.read(bytes)
        {
            return Some(Item::Failure(error));
        }
        self.ready.pop_front()
    }
}
