//! Reading: files, folders, archives and standard input, one document at a time.
//!
//! In: paths. Out: an iterator of [`Item`]s: documents, and what could not be read. A bad document never ends the run,
//! and no more than one document is held in memory, except of formats that can only be read as a whole.

#[cfg(feature = "archives")]
mod archive;
mod bytes;
#[cfg(feature = "parquet")]
mod columnar;
#[cfg(feature = "archives")]
mod compressed;
mod cut;
#[cfg(feature = "feeds")]
mod feed;
mod fields;
mod folder;
#[cfg(feature = "html")]
mod html;
mod json;
#[cfg(feature = "mail")]
mod mail;
#[cfg(feature = "markdown")]
mod markdown;
#[cfg(any(feature = "feeds", feature = "office"))]
mod markup;
mod meter;
mod names;
#[cfg(feature = "office")]
mod office;
#[cfg(feature = "parquet")]
mod pages;
mod rows;
#[cfg(feature = "office")]
mod sheet;
#[cfg(all(feature = "archives", feature = "html"))]
mod warc;
mod whole;
mod wide;

use std::collections::VecDeque;
use std::fs::File;
#[cfg(any(feature = "office", feature = "parquet"))]
use std::io::Read;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use jiff::civil::Date;

pub use self::fields::Fields;
pub use self::meter::Meter;
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
    /// Something that is left out as the user would want, for this reason; it is counted and not named.
    Skipped(String),
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
    /// One document a file, Markdown.
    #[cfg(feature = "markdown")]
    Markdown,
    /// One document an item of an RSS or Atom feed, or a story in NITF.
    #[cfg(feature = "feeds")]
    Feed,
    /// One document an e-mail message, of a mailbox or alone.
    #[cfg(feature = "mail")]
    Mail,
    /// One document a page of a web archive.
    #[cfg(all(feature = "archives", feature = "html"))]
    Warc,
    /// One document a file of a word processor, DOCX or ODT.
    #[cfg(feature = "office")]
    Office,
    /// One document a row of a spreadsheet, XLSX or ODS.
    #[cfg(feature = "office")]
    Sheet,
    /// One document a row of a Parquet file.
    #[cfg(feature = "parquet")]
    Parquet,
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
///
/// A path that does not exist and holds `*`, `?` or `[` is a pattern of names. Documents of more than half a MiB are cut into
/// parts, with a warning.
pub fn inputs(paths: impl IntoIterator<Item = PathBuf>, options: Options) -> Inputs {
    let (mut pending, meter) = (VecDeque::new(), Meter::default());
    for path in paths {
        if path.as_os_str() == "-" {
            meter.expect(None);
            pending.push_back(Pending::Stdin);
        } else {
            folder::find(&path, &options, &mut pending);
        }
    }
    for file in &pending {
        if let Pending::File(path, _) = file {
            meter.expect(path.metadata().ok().map(|about| about.len()));
        }
    }
    Inputs { pending, open: None, parts: None, options, meter }
}

/// The documents of several inputs, see [`inputs`].
pub struct Inputs {
    pending: VecDeque<Pending>,
    open: Option<Documents>,
    /// The rest of a document that is cut.
    parts: Option<cut::Parts>,
    options: Options,
    meter: Meter,
}

/// Bytes to read from.
type Bytes = Box<dyn BufRead + Send>;

/// The documents of one input.
type Documents = Box<dyn Iterator<Item = Item> + Send>;

/// An input that was not opened yet.
enum Pending {
    Stdin,
    /// A file, and what names a document in it that brings no id.
    File(PathBuf, String),
    /// A problem met on the way, in its place.
    Problem(Error),
}

impl Iterator for Inputs {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(part) = self.parts.as_mut().and_then(Iterator::next) {
                return Some(Item::Document(part));
            }
            self.parts = None;
            match self.open.as_mut().and_then(Iterator::next) {
                Some(Item::Document(source)) if source.text.len() > cut::LONGEST => return Some(self.cut(source)),
                Some(item) => return Some(item),
                None => self.open = None,
            }
            let opened = match self.pending.pop_front()? {
                Pending::Problem(error) => Err(error),
                Pending::File(path, id) => self.file(path, id),
                Pending::Stdin => {
                    let input = Input { path: "-".into(), id: "stdin".to_owned(), options: self.options.clone() };
                    Ok(open(Box::new(BufReader::with_capacity(1 << 16, io::stdin())), input))
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
    /// Tells how much of the input files is read, from any thread.
    pub fn meter(&self) -> Meter {
        self.meter.clone()
    }

    /// Begins to cut a document, and says so.
    fn cut(&mut self, source: Source) -> Item {
        let megabytes = source.text.len() as f64 / 1e6;
        let id = source.id.clone();
        let parts = cut::Parts::new(source);
        let count = parts.total();
        self.parts = Some(parts);
        let message = format!("the document '{id}' has {megabytes:.1} MB and is read as {count} documents");
        let help = format!("their ids are {id}#1 to {id}#{count}, and offsets count in each");
        Item::Warning(Error::input(message).with_help(help))
    }

    fn file(&self, path: PathBuf, id: String) -> Result<Documents> {
        let file = File::open(&path).map_err(|error| Error::io(&path, error))?;
        let bytes = BufReader::with_capacity(1 << 16, file);
        let mut bytes = meter::Metered { from: bytes, meter: self.meter() };
        let start = bytes.fill_buf().map_err(|error| Error::io(&path, error))?;
        let (is_zip, is_parquet) = (is_zip(start), start.starts_with(b"PAR1"));
        let input = Input { path, id, options: self.options.clone() };
        if is_zip || is_parquet {
            self.meter.add(bytes.from.get_ref().metadata().map_or(0, |about| about.len()) as usize);
            let file = File::open(&input.path).map_err(|error| Error::io(&input.path, error))?;
            return if is_zip { packed(file, input) } else { columnar(file, input) };
        }
        Ok(open(Box::new(bytes), input))
    }
}

/// Whether bytes begin as those of a zip archive.
fn is_zip(start: &[u8]) -> bool {
    start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06")
}

/// The documents of what is packed as a zip archive: an archive of files, or a file of an office program.
#[cfg(feature = "office")]
fn packed(file: File, input: Input) -> Result<Documents> {
    use office::Kind;
    let kind = office::kind(BufReader::new(&file));
    Ok(match kind {
        Kind::Archive => Box::new(archive::Archive::new(&input.path, &input.options)?),
        Kind::Xlsx | Kind::Ods => Box::new(sheet::Sheets::new(BufReader::new(file), kind == Kind::Ods, input)?),
        Kind::Docx | Kind::Odt => Box::new(std::iter::once(office::document(BufReader::new(file), kind, &input))),
    })
}

/// The documents of an archive of files.
#[cfg(all(feature = "archives", not(feature = "office")))]
fn packed(_: File, input: Input) -> Result<Documents> {
    Ok(Box::new(archive::Archive::new(&input.path, &input.options)?))
}

#[cfg(not(feature = "archives"))]
fn packed(_: File, input: Input) -> Result<Documents> {
    Err(input.name(Error::input("this program was built without archives and files of office programs")))
}

/// The documents of a Parquet file.
#[cfg(feature = "parquet")]
fn columnar(file: File, input: Input) -> Result<Documents> {
    Ok(Box::new(columnar::Columnar::new(file, input)?))
}

#[cfg(not(feature = "parquet"))]
fn columnar(_: File, input: Input) -> Result<Documents> {
    Err(input.name(Error::input("this program was built without Parquet")))
}

/// The documents of a file of an office program, or of a Parquet file, that comes through a pipe or out of an archive.
#[cfg(any(feature = "office", feature = "parquet"))]
fn from_memory(mut bytes: Bytes, input: Input) -> Result<Documents> {
    let mut content = Vec::new();
    bytes.by_ref().take(MAX_DOCUMENT as u64 + 1).read_to_end(&mut content).map_err(|error| input.io(error))?;
    if content.len() > MAX_DOCUMENT {
        let error = Error::input(format!("more than {} MiB of this kind are read from files only", MAX_DOCUMENT >> 20));
        return Err(input.name(error.with_help("save it as a file and name that")));
    }
    #[cfg(feature = "parquet")]
    if content.starts_with(b"PAR1") {
        return Ok(Box::new(columnar::Columnar::new(bytes::shared(content), input)?));
    }
    #[cfg(feature = "office")]
    {
        use office::Kind;
        let kind = office::kind(io::Cursor::new(&content));
        match kind {
            Kind::Archive => {}
            Kind::Xlsx | Kind::Ods => {
                return Ok(Box::new(sheet::Sheets::new(io::Cursor::new(content), kind == Kind::Ods, input)?));
            }
            Kind::Docx | Kind::Odt => {
                let item = office::document(io::Cursor::new(content), kind, &input);
                return Ok(Box::new(std::iter::once(item)));
            }
        }
    }
    if !is_zip(&content) {
        return Err(input.name(Error::input("it is damaged, or not of the kind that its name or --input-format says")));
    }
    let error = Error::input("an archive inside an archive, or from a pipe, is not read");
    Err(input.name(error.with_help("unpack it first, or name it as a file")))
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
fn open(bytes: Bytes, mut input: Input) -> Documents {
    let failed = |error| -> Documents { Box::new(std::iter::once(Item::Failure(error))) };
    let (bytes, format) = match detect(bytes, &mut input) {
        Ok(Some(detected)) => detected,
        Ok(None) => {
            let error = Error::input("PDF is not read: its text has no certain order");
            return failed(input.name(error.with_help(names::PDF_REMEDY)));
        }
        Err(error) => return failed(input.io(error)),
    };
    match format {
        Format::Jsonl => Box::new(json::Jsonl::new(bytes, input)),
        Format::Csv => Box::new(rows::Rows::new(bytes, b',', input)),
        Format::Tsv => Box::new(rows::Rows::new(bytes, b'\t', input)),
        #[cfg(feature = "mail")]
        Format::Mail => Box::new(mail::Mailbox::new(bytes, input)),
        #[cfg(all(feature = "archives", feature = "html"))]
        Format::Warc => Box::new(warc::Warc::new(bytes, input)),
        #[cfg(feature = "office")]
        Format::Office | Format::Sheet => from_memory(bytes, input).unwrap_or_else(failed),
        #[cfg(feature = "parquet")]
        Format::Parquet => from_memory(bytes, input).unwrap_or_else(failed),
        format => Box::new(whole::Whole::new(bytes, format, input)),
    }
}

/// The bytes without their compression, and their format: as asked, by content where that leaves no doubt, by name, or
/// by what the content looks like. `None` for what is known not to be read.
fn detect(bytes: Bytes, input: &mut Input) -> io::Result<Option<(Bytes, Format)>> {
    #[cfg(feature = "archives")]
    let bytes = compressed::unpack(bytes)?;
    let mut bytes = wide::narrow(bytes, &mut input.options.encoding)?;
    let start = bytes.fill_buf()?;
    if start.starts_with(b"%PDF-") {
        return Ok(None);
    }
    let format = match input.options.format.or_else(|| by_mark(start)).or_else(|| names::format(&input.path)) {
        Some(format) => format,
        None => by_content(start),
    };
    Ok(Some((bytes, format)))
}

/// The format of bytes that begin with a mark of their own.
fn by_mark(start: &[u8]) -> Option<Format> {
    #[cfg(feature = "office")]
    if is_zip(start) {
        return Some(Format::Office);
    }
    #[cfg(feature = "parquet")]
    if start.starts_with(b"PAR1") {
        return Some(Format::Parquet);
    }
    #[cfg(all(feature = "archives", feature = "html"))]
    if start.starts_with(b"WARC/1.") || start.starts_with(b"WARC/0.") {
        return Some(Format::Warc);
    }
    let _ = start;
    None
}

/// The format that the first bytes look like: prose does not begin with the brace and quote of a JSON object.
fn by_content(start: &[u8]) -> Format {
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    let after = |mark: u8| start.strip_prefix(&[mark]).map(<[u8]>::trim_ascii_start);
    let lower = start[..start.len().min(1024)].to_ascii_lowercase();
    let holds = |words: &[u8]| memchr::memmem::find(&lower, words).is_some();
    #[cfg(feature = "html")]
    if lower.starts_with(b"<!doctype html")
        || lower.starts_with(b"<html")
        || lower.starts_with(b"<?xml") && holds(b"<html")
    {
        return Format::Html;
    }
    #[cfg(feature = "feeds")]
    if lower.starts_with(b"<") && [&b"<rss"[..], b"<feed", b"<rdf:rdf", b"<nitf"].iter().any(|root| holds(root)) {
        return Format::Feed;
    }
    #[cfg(feature = "mail")]
    if is_mail(&lower) {
        return Format::Mail;
    }
    let _ = holds;
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

/// Whether text in small letters begins with two lines of a mail header; a story may begin with one that looks so.
#[cfg(feature = "mail")]
fn is_mail(start: &[u8]) -> bool {
    const HEADS: &[&[u8]] = &[
        b"received",
        b"return-path",
        b"delivered-to",
        b"from",
        b"to",
        b"date",
        b"subject",
        b"message-id",
        b"mime-version",
    ];
    let mut lines = start.split(|&byte| byte == b'\n');
    let is_head = |line: &[u8]| {
        let name = line.split(|&byte| byte == b':').next().unwrap_or_default();
        name.len() < line.len() && (HEADS.contains(&name) || name.starts_with(b"x-"))
    };
    let first = lines.next().unwrap_or_default();
    let first = if first.starts_with(b"from ") { lines.next().unwrap_or_default() } else { first };
    // A line that goes on begins with white space.
    let second = lines.find(|line| !line.starts_with(b" ") && !line.starts_with(b"\t"));
    is_head(first) && second.is_some_and(is_head)
}
