//! Reading: files, folders and standard input, one document at a time.
//!
//! In: paths. Out: an iterator of [`Item`]s: documents, and what could not be read. A bad document never ends the run,
//! and no more than one document is held in memory.

mod jsonl;
mod plain;

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::document::Source;
use crate::error::Error;

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
    /// One document a line, as a JSON object with `text` and, when known, `id`, `title`, `date`, `source`, `url`.
    Jsonl,
}

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The format of every input; by name and content when `None`.
    pub format: Option<Format>,
    /// The date of documents that give none themselves.
    pub date: Option<Date>,
}

/// Documents larger than this are refused: their layers would not fit the memory of a small machine.
pub const MAX_DOCUMENT: usize = 256 << 20;

/// Reads the documents of all inputs in their order; a folder's files sorted by name, `-` for standard input.
pub fn inputs(paths: impl IntoIterator<Item = PathBuf>, options: Options) -> Inputs {
    Inputs { pending: paths.into_iter().map(Pending::Named).collect(), open: None, options }
}

/// The documents of several inputs, see [`inputs`].
pub struct Inputs {
    pending: VecDeque<Pending>,
    open: Option<Box<dyn Iterator<Item = Item> + Send>>,
    options: Options,
}

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
            match self.pending.pop_front()? {
                Pending::Problem(error) => return Some(Item::Failure(error)),
                Pending::Found(path, id) => self.open_file(&path, id),
                Pending::Named(path) if path.as_os_str() == "-" => {
                    let input = Input { path, id: "stdin".to_owned(), options: self.options.clone() };
                    self.open = Some(open(Box::new(BufReader::new(io::stdin())), input));
                }
                Pending::Named(path) if path.is_dir() => self.open_folder(&path),
                Pending::Named(path) => {
                    let id = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
                    self.open_file(&path, id);
                }
            }
        }
    }
}

impl Inputs {
    fn open_file(&mut self, path: &Path, id: String) {
        match File::open(path) {
            Ok(file) => {
                let input = Input { path: path.to_owned(), id, options: self.options.clone() };
                self.open = Some(open(Box::new(BufReader::with_capacity(1 << 16, file)), input));
            }
            Err(error) => self.pending.push_front(Pending::Problem(Error::io(path, error))),
        }
    }

    /// Puts a folder's files in front of what is pending.
    fn open_folder(&mut self, folder: &Path) {
        let mut found = Vec::new();
        walk(folder, &mut String::new(), self.options.format, &mut Vec::new(), &mut found);
        if found.is_empty() {
            let error = Error::input("no file here can be read");
            let error = error.with_help("give files ending in .txt, .text, .md, .jsonl or .ndjson, or --input-format");
            found.push(Pending::Problem(error.at_path(folder)));
        }
        for pending in found.into_iter().rev() {
            self.pending.push_front(pending);
        }
    }
}

/// Lists a folder's files below `prefix`, sorted by name. Hidden files are skipped, and so are other formats unless the
/// user named one.
fn walk(
    folder: &Path,
    prefix: &mut String,
    format: Option<Format>,
    above: &mut Vec<PathBuf>,
    found: &mut Vec<Pending>,
) {
    // A link that leads back up would never end.
    let real = match folder.canonicalize() {
        Ok(real) if above.contains(&real) => return,
        Ok(real) => real,
        Err(error) => return found.push(Pending::Problem(Error::io(folder, error))),
    };
    let names = fs::read_dir(folder).and_then(|entries| {
        let names = entries.map(|entry| entry.map(|entry| entry.file_name()));
        names.collect::<io::Result<Vec<_>>>()
    });
    let mut names = match names {
        Ok(names) => names,
        Err(error) => return found.push(Pending::Problem(Error::io(folder, error))),
    };
    names.sort();
    above.push(real);
    for name in names {
        let text = name.to_string_lossy();
        if text.starts_with('.') {
            continue;
        }
        let path = folder.join(&name);
        let length = prefix.len();
        if path.is_dir() {
            prefix.push_str(&text);
            prefix.push('/');
            walk(&path, prefix, format, above, found);
        } else if format.is_some() || by_name(&path).is_some() {
            prefix.push_str(&Path::new(text.as_ref()).file_stem().unwrap_or_default().to_string_lossy());
            found.push(Pending::Found(path, prefix.clone()));
        }
        prefix.truncate(length);
    }
    above.pop();
}

/// The format that a file's name stands for.
fn by_name(path: &Path) -> Option<Format> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    match extension.as_str() {
        "txt" | "text" | "md" => Some(Format::Text),
        "jsonl" | "ndjson" => Some(Format::Jsonl),
        _ => None,
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

    /// The error with the input's name.
    fn name(&self, error: Error) -> Error {
        error.at_path(if self.path.as_os_str() == "-" { Path::new("standard input") } else { &self.path })
    }

    /// An error of the system while reading this input.
    fn io(&self, error: io::Error) -> Error {
        self.name(Error::input(error.to_string()))
    }
}

/// The documents of one opened input.
fn open(mut bytes: Box<dyn BufRead + Send>, input: Input) -> Box<dyn Iterator<Item = Item> + Send> {
    let format = match input.options.format.or_else(|| by_name(&input.path)) {
        Some(format) => format,
        None => match bytes.fill_buf() {
            Ok(start) => by_content(start),
            Err(error) => return Box::new(std::iter::once(Item::Failure(input.io(error)))),
        },
    };
    match format {
        Format::Text => Box::new(plain::Plain::new(bytes, input)),
        Format::Jsonl => Box::new(jsonl::Jsonl::new(bytes, input)),
    }
}

/// The format that the first bytes look like: prose does not begin with the brace and quote of a JSON object.
fn by_content(start: &[u8]) -> Format {
    let start = start.strip_prefix(BOM).unwrap_or(start).trim_ascii_start();
    match start.strip_prefix(b"{").map(<[u8]>::trim_ascii_start) {
        Some(rest) if rest.starts_with(b"\"") => Format::Jsonl,
        _ => Format::Text,
    }
}

/// The mark with which some programs begin UTF-8.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Decodes UTF-8; `true` when some bytes were not, and were replaced by U+FFFD.
fn decode(bytes: Vec<u8>) -> (String, bool) {
    let bytes = if bytes.starts_with(BOM) { bytes[BOM.len()..].to_vec() } else { bytes };
    match String::from_utf8(bytes) {
        Ok(text) => (text, false),
        Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), true),
    }
}
