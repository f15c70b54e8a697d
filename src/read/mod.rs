//! Reading: files, folders, archives and standard input, one document at a time.
//!
//! In: paths. Out: an iterator of [`Item`]s: documents, and what could not be read. A bad document never ends the run,
//! and no more than one document is held in memory, except of formats that can only be read as a whole.

#[cfg(feature = "archives")]
mod archive;
mod bytes;
#[cfg(feature = "archives")]
mod compressed;
mod fields;
mod folder;
#[cfg(feature = "html")]
mod html;
mod json;
mod names;
mod rows;
mod whole;

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use jiff::civil::Date;

pub use self::fields::Fields;
use crate::document::Source;
use crate::error::{Error, Result};

/// What comes out of reading.
#[derive(Debug)]
pub enum Item {
    /// A document.
    Document(Source),
    /// Something that the user should know, though the document was read.
    Warning(Error),
    /// Something that was not read.
    Failure(Error),
}

/// How documents lie in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One document a file, plain text.
    Text,
    /// One document a file, a web page.
    #[cfg(feature = "html")]
    Html,
    /// One document a file, or a list of them, as JSON objects.
    Json,
    /// One document a line, as a JSON object.
    Jsonl,
    /// One document a row, the first row naming the fields.
    Csv,
    /// The same with tabs.
    Tsv,
}

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The format of every input; by name and content when `None`.
    pub format: Option<Format>,
    /// The date of documents that give none themselves.
    pub date: Option<Date>,
    /// Which fields hold what, in JSON and tables.
    pub fields: Fields,
    /// The encoding of every input; found out when `None`.
    pub encoding: Option<&'static Encoding>,
}

/// Documents larger than this are refused: their layers would not fit the memory of a small machine.
pub const MAX_DOCUMENT: usize = 64 << 20;

/// The encoding of that name, such as `windows-1251`.
///
/// # Errors
/// If there is none.
pub fn encoding(name: &str) -> Result<&'static Encoding> {
    let found = Encoding::for_label(name.as_bytes());
    found.ok_or_else(|| Error::usage(format!("there is no encoding '{name}'; try utf-8, utf-16le or windows-1252")))
}

/// Reads the documents of all inputs in their order; a folder's files sorted by name, `-` for standard input.
pub fn inputs(paths: impl IntoIterator<Item = PathBuf>, options: Options) -> Inputs {
    Inputs { pending: paths.into_iter().map(Pending::Named).collect(), open: None, options }
}

/// The documents of several inputs, see [`inputs`].
pub struct Inputs {
    pending: VecDeque<Pending>,
    open: Option<Documents>,
    options: Options,
}

/// Bytes to read from.
type Bytes = Box<dyn BufRead + Send>;

/// The documents of one input.
type Documents = Box<dyn Iterator<Item = Item> + Send>;

/// An input that was not opened yet.
enum Pending {
    /// As the user wrote it.
    Named(PathBuf),
    /// A file of a folder, and the id that its place in the folder gives it.
    Found(PathBuf, String),
    /// A problem met on the way, in its place.
    Problem(Error),
}

impl Iterator for Inputs {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.open.as_mut().and_then(Iterator::next) {
                return Some(item);
            }
            self.open = None;
            let opened = match self.pending.pop_front()? {
                Pending::Problem(error) => Err(error),
                Pending::Found(path, id) => self.file(path, id),
                Pending::Named(path) if path.as_os_str() == "-" => {
                    let input = Input { path, id: "stdin".to_owned(), options: self.options.clone() };
                    Ok(open(Box::new(BufReader::new(io::stdin())), input))
                }
                Pending::Named(path) if path.is_dir() => {
                    for found in folder::list(&path, &self.options).into_iter().rev() {
                        self.pending.push_front(found);
                    }
                    continue;
                }
                Pending::Named(path) => {
                    let id = names::stem(&path);
                    self.file(path, id)
                }
            };
            match opened {
                Ok(documents) => self.open = Some(documents),
                Err(error) => return Some(Item::Failure(error)),
            }
        }
    }
}

impl Inputs {
    fn file(&self, path: PathBuf, id: String) -> Result<Documents> {
        let file = File::open(&path).map_err(|error| Error::io(&path, error))?;
        let mut bytes = BufReader::with_capacity(1 << 16, file);
        #[cfg(feature = "archives")]
        if bytes.fill_buf().is_ok_and(|start| start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06")) {
            return Ok(Box::new(archive::Archive::new(&path, &self.options)?));
        }
        // Reading a folder as a file fails here and not when it is opened.
        bytes.fill_buf().map_err(|error| Error::io(&path, error))?;
        Ok(open(Box::new(bytes), Input { path, id, options: self.options.clone() }))
    }
}

/// What is known of an input besides its bytes.
struct Input {
    /// The path as the user wrote it, for messages; `-` for standard input.
    path: PathBuf,
    /// What names a document that brings no id.
    id: String,
    options: Options,
}

impl Input {
    /// A document of this input.
    fn source(&self, id: String, text: String) -> Source {
        Source { id, text, date: self.options.date, ..Source::default() }
    }

    /// A document whose fields `get` looks up, and what is odd about it. `line` is where it stands.
    fn document(&self, id: String, line: u64, get: impl Fn(&str) -> Option<String>) -> Result<Vec<Item>> {
        let fields = &self.options.fields;
        let Some(filled) = fields.fill(self.source(id, String::new()), get) else {
            let error = Error::input(format!("there is no field {}", fields.text_names()));
            return Err(self
                .name(error)
                .at_line(line)
                .with_help("name the field that holds the text with --text-field"));
        };
        let mut items = Vec::new();
        if let Some(date) = filled.bad_date {
            let error = Error::input(format!("'{date}' is no date and is ignored"));
            items.push(Item::Warning(self.name(error).at_line(line).with_help("write dates as 2021-05-14")));
        }
        items.push(Item::Document(filled.source));
        Ok(items)
    }

    /// The error with the input's name.
    fn name(&self, error: Error) -> Error {
        error.at_path(if self.path.as_os_str() == "-" { Path::new("standard input") } else { &self.path })
    }

    /// An error of the system, or of what is compressed, while reading this input.
    fn io(&self, error: io::Error) -> Error {
        self.name(Error::input(error.to_string()))
    }
}

/// The documents of one opened input.
fn open(bytes: Bytes, input: Input) -> Documents {
    match detect(bytes, &input) {
        Ok((bytes, Format::Jsonl)) => Box::new(json::Jsonl::new(bytes, input)),
        Ok((bytes, Format::Csv)) => Box::new(rows::Rows::new(bytes, b',', input)),
        Ok((bytes, Format::Tsv)) => Box::new(rows::Rows::new(bytes, b'\t', input)),
        Ok((bytes, format)) => Box::new(whole::Whole::new(bytes, format, input)),
        Err(error) => Box::new(std::iter::once(Item::Failure(input.io(error)))),
    }
}

/// The bytes without their compression, and their format: as asked, by name, or by content.
fn detect(bytes: Bytes, input: &Input) -> io::Result<(Bytes, Format)> {
    #[cfg(feature = "archives")]
    let bytes = compressed::unpack(bytes)?;
    let mut bytes = bytes;
    let format = match input.options.format.or_else(|| names::format(&input.path)) {
        Some(format) => format,
        None => by_content(bytes.fill_buf()?),
    };
    Ok((bytes, format))
}

/// The format that the first bytes look like: prose does not begin with the brace and quote of a JSON object.
fn by_content(start: &[u8]) -> Format {
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    let after = |mark: u8| start.strip_prefix(&[mark]).map(<[u8]>::trim_ascii_start);
    #[cfg(feature = "html")]
    {
        let lower = start[..start.len().min(64)].to_ascii_lowercase();
        if lower.starts_with(b"<!doctype html") || lower.starts_with(b"<html") {
            return Format::Html;
        }
    }
    if after(b'[').is_some_and(|rest| rest.starts_with(b"{")) {
        return Format::Json;
    }
    match after(b'{') {
        // An object that goes on over lines is a file of its own.
        Some(rest) if rest.starts_with(b"\"") => {
            let first = start.split(|&byte| byte == b'\n').next().unwrap_or_default().trim_ascii_end();
            if first.ends_with(b"{") || first.ends_with(b",") { Format::Json } else { Format::Jsonl }
        }
        _ => Format::Text,
    }
}
