//! Web archives (WARC), as Common Crawl gives them out: every page is a document.
//!
//! Read are responses that are web pages or plain text, and texts that were drawn from them before (WET). Other records,
//! and pages in which no story is found, are passed over and counted.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

use super::{Bytes, Input, Item, MAX_DOCUMENT, bytes, html};
use crate::error::Error;

/// The documents of a web archive.
pub(super) struct Warc {
    bytes: Bytes,
    input: Input,
    number: usize,
    ended: bool,
    ready: VecDeque<Item>,
}

/// Bytes of a line of a header at most.
const LONGEST_LINE: u64 = 1 << 16;

/// The lines `name: value` of a header.
struct Header(Vec<(String, String)>);

impl Header {
    /// Reads up to the blank line.
    fn read(from: &mut impl BufRead) -> io::Result<Self> {
        let mut lines = Vec::new();
        loop {
            let line = line(from)?;
            let line = line.trim_ascii();
            if line.is_empty() {
                return Ok(Self(lines));
            }
            if let Some((name, value)) = String::from_utf8_lossy(line).split_once(':') {
                lines.push((name.to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn has(&self, name: &str, word: &str) -> bool {
        self.get(name).is_some_and(|value| value.to_ascii_lowercase().contains(word))
    }
}

fn line(from: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    from.take(LONGEST_LINE).read_until(b'\n', &mut line)?;
    Ok(line)
}

impl Warc {
    pub(super) fn new(bytes: Bytes, input: Input) -> Self {
        Self { bytes, input, number: 0, ended: false, ready: VecDeque::new() }
    }

    fn error(&self, message: impl std::fmt::Display) -> Error {
        self.input.name(Error::input(format!("record {}: {message}", self.number)))
    }

    /// Reads the next record.
    fn read(&mut self) -> Result<(), Error> {
        let mut first = Vec::new();
        while first.trim_ascii().is_empty() {
            first = line(&mut self.bytes).map_err(|error| self.error(error))?;
            if first.is_empty() {
                self.ended = true;
                return Ok(());
            }
        }
        self.number += 1;
        if !first.starts_with(b"WARC/") {
            self.ended = true;
            return Err(self.error("it does not begin as a record must; the rest of the file is not read"));
        }
        let header = Header::read(&mut self.bytes).map_err(|error| self.error(error))?;
        let Some(length) = header.get("content-length").and_then(|length| length.parse::<u64>().ok()) else {
            self.ended = true;
            return Err(self.error("it has no length; the rest of the file is not read"));
        };
        let wanted = match header.get("warc-type") {
            Some("response") => header.has("content-type", "application/http"),
            Some("conversion") => header.has("content-type", "text/plain"),
            _ => false,
        };
        let mut content = Vec::new();
        let mut record = (&mut self.bytes).take(length);
        let kept = if wanted { MAX_DOCUMENT as u64 } else { 0 };
        let read = (&mut record).take(kept).read_to_end(&mut content);
        let skipped = read.and_then(|_| io::copy(&mut record, &mut io::sink()));
        let left = record.limit();
        let skipped = skipped.map_err(|error| {
            self.ended = true;
            self.error(error)
        })?;
        if left > 0 {
            self.ended = true;
            return Err(self.error("the file ends within it"));
        }
        if wanted && skipped > 0 {
            return Err(self.error(format!("a page of more than {} MiB is not read", MAX_DOCUMENT >> 20)));
        }
        if wanted {
            let item = if header.get("warc-type") == Some("response") {
                self.response(&header, &content)
            } else {
                Ok(self.document(&header, bytes::decode(content, None).text))
            };
            self.ready.push_back(item.map_err(|error| self.error(error))?);
        }
        Ok(())
    }

    /// The page of an HTTP response.
    fn response(&self, header: &Header, content: &[u8]) -> io::Result<Item> {
        let mut rest = content;
        let status = line(&mut rest)?;
        let http = Header::read(&mut rest)?;
        let is_found = status.split(|&byte| byte == b' ').nth(1).is_some_and(|code| code.starts_with(b"200"));
        let is_html = http.has("content-type", "html");
        if !is_found || !(is_html || http.has("content-type", "text/plain")) {
            return Ok(Item::Skipped("no page of text".to_owned()));
        }
        let mut body = rest.to_vec();
        if http.has("transfer-encoding", "chunked") {
            body = unchunk(&body).unwrap_or(body);
        }
        if body.starts_with(&[0x1F, 0x8B]) {
            let mut unpacked = Vec::new();
            flate2::read::MultiGzDecoder::new(&body[..]).take(MAX_DOCUMENT as u64).read_to_end(&mut unpacked)?;
            body = unpacked;
        }
        let named = http.get("content-type").and_then(|kind| kind.split_once("charset=")).map(|(_, name)| name);
        let encoding =
            named.and_then(|name| encoding_rs::Encoding::for_label(name.trim_matches(['"', ' ', ';']).as_bytes()));
        if !is_html {
            return Ok(self.document(header, bytes::decode(body, encoding).text));
        }
        let page = bytes::decode(body, encoding.or_else(|| html::encoding(rest))).text;
        Ok(match html::document(&page, &self.input) {
            Item::Document(found) if !found.text.is_empty() => match self.document(header, String::new()) {
                Item::Document(ours) => Item::Document(crate::document::Source {
                    id: ours.id,
                    url: ours.url.or(found.url),
                    date: found.date.or(ours.date),
                    ..found
                }),
                other => other,
            },
            _ => Item::Skipped("page without a story".to_owned()),
        })
    }

    /// A document of a record; the day on which it was archived stands in for one that the page does not give.
    fn document(&self, header: &Header, text: String) -> Item {
        let id = header.get("warc-record-id").map(|id| id.trim_matches(['<', '>']).trim_start_matches("urn:uuid:"));
        let id = id.map_or_else(|| format!("{}:{}", self.input.id, self.number), str::to_owned);
        let mut source = self.input.source(id, text);
        source.url = header.get("warc-target-uri").map(|uri| uri.trim_matches(['<', '>']).to_owned());
        source.date = header.get("warc-date").and_then(crate::date::find).or(source.date);
        Item::Document(source)
    }
}

/// A body that was sent in pieces, each after a line with its length; `None` if it was not.
fn unchunk(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let end = memchr::memchr(b'\n', body)?;
        let size = std::str::from_utf8(&body[..end]).ok()?.trim().split(';').next()?;
        let size = usize::from_str_radix(size, 16).ok()?;
        body = &body[end + 1..];
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(body.get(..size)?);
        body = body.get(size..)?.trim_ascii_start();
    }
}

impl Iterator for Warc {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while self.ready.is_empty() && !self.ended {
            if let Err(error) = self.read() {
                self.ready.push_back(Item::Failure(error));
            }
        }
        self.ready.pop_front()
    }
}
