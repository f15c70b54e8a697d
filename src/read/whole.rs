//! Files that are read as a whole: plain text, web pages, JSON.

use std::collections::VecDeque;
use std::io::Read;

use super::{Bytes, Format, Input, Item, MAX_DOCUMENT, bytes, json};
use crate::error::Error;

/// The documents of a file that is read as a whole.
pub(super) struct Whole {
    unread: Option<Bytes>,
    format: Format,
    input: Input,
    ready: VecDeque<Item>,
}

impl Whole {
    pub(super) fn new(bytes: Bytes, format: Format, input: Input) -> Self {
        Self { unread: Some(bytes), format, input, ready: VecDeque::new() }
    }

    fn read(&mut self, from: Bytes) -> Result<(), Error> {
        let input = &self.input;
        let mut content = Vec::new();
        from.take(MAX_DOCUMENT as u64 + 1).read_to_end(&mut content).map_err(|error| input.io(error))?;
        if content.len() > MAX_DOCUMENT {
            let error = Error::input(format!("a file of more than {} MiB is not read as a whole", MAX_DOCUMENT >> 20));
            return Err(input.name(error.with_help("split it into one file an article, or give JSON Lines or CSV")));
        }
        let named = input.options.encoding.or_else(|| named(&content, self.format));
        let decoded = bytes::decode(content, named);
        if decoded.text.contains('\0') {
            return Err(input.name(Error::input("this is not text").with_help("convert it to plain text in UTF-8")));
        }
        if let Some(note) = decoded.note {
            self.ready.push_back(Item::Warning(input.name(Error::input(note))));
        }
        if decoded.text.trim().is_empty() {
            self.ready.push_back(Item::Warning(input.name(Error::input("there is no text in it"))));
        }
        let items = match self.format {
            Format::Json => json::whole(&decoded.text, input),
            #[cfg(feature = "html")]
            Format::Html => vec![super::html::document(&decoded.text, input)],
            #[cfg(feature = "markdown")]
            Format::Markdown => vec![super::markdown::document(&decoded.text, input)],
            #[cfg(feature = "feeds")]
            Format::Feed => super::feed::documents(&decoded.text, input),
            _ => vec![Item::Document(input.source(input.id.clone(), decoded.text))],
        };
        self.ready.extend(items);
        Ok(())
    }
}

/// The encoding that the content itself names.
#[cfg_attr(not(any(feature = "html", feature = "feeds")), allow(unused_variables))]
fn named(content: &[u8], format: Format) -> Option<&'static encoding_rs::Encoding> {
    match format {
        #[cfg(feature = "html")]
        Format::Html => super::html::encoding(content),
        #[cfg(feature = "feeds")]
        Format::Feed => {
            let first = content.split(|&byte| byte == b'>').next()?;
            let text = String::from_utf8_lossy(&first[..first.len().min(200)]).into_owned();
            let name = text.split_once("encoding=")?.1.trim_start_matches(['"', '\'']);
            encoding_rs::Encoding::for_label(name.split(['"', '\'']).next()?.as_bytes())
        }
        _ => None,
    }
}

impl Iterator for Whole {
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
