//! Where the output goes: standard output, a file, or a folder with a file a table.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::extract::Format;
use crate::error::{Error, Result};
use crate::record::Record;
use crate::table::View;
use crate::write::delimited::Dialect;
use crate::write::jsonl;
use crate::write::terminal::{Style, Terminal};
#[cfg(feature = "xlsx")]
use crate::write::xlsx::Xlsx;

/// What a thread makes of a record, so that the one that writes has little to do.
pub(super) enum Encoded {
    /// Bytes for each file.
    Bytes(Vec<Vec<u8>>),
    /// The record, for what must be laid out as a whole.
    Record(Box<Record>),
}

/// Turns records into bytes; shared by all threads.
#[derive(Clone, Debug)]
pub(super) enum Encoder {
    Jsonl,
    Delimited(Dialect, Vec<View>),
    Terminal(View),
    #[cfg(feature = "xlsx")]
    Workbook(Vec<View>),
}

impl Encoder {
    pub(super) fn encode(&self, record: Record) -> Encoded {
        match self {
            Encoder::Jsonl => {
                let mut bytes = Vec::new();
                jsonl::encode(&record, &mut bytes);
                Encoded::Bytes(vec![bytes])
            }
            Encoder::Delimited(dialect, views) => {
                let encode = |view: &View| {
                    let mut bytes = Vec::new();
                    dialect.rows(view, &record, &mut bytes);
                    bytes
                };
                Encoded::Bytes(views.iter().map(encode).collect())
            }
            Encoder::Terminal(_) => Encoded::Record(Box::new(record)),
            #[cfg(feature = "xlsx")]
            Encoder::Workbook(_) => Encoded::Record(Box::new(record)),
        }
    }

    /// What stands before the first document in each file.
    fn heads(&self) -> Vec<Vec<u8>> {
        match self {
            Encoder::Delimited(dialect, views) => {
                let head = |view: &View| {
                    let mut bytes = Vec::new();
                    dialect.header(view, &mut bytes);
                    bytes
                };
                views.iter().map(head).collect()
            }
            _ => vec![Vec::new()],
        }
    }
}

/// The files being written.
pub(super) enum Output {
    Files(Vec<Target>),
    Terminal(Box<Terminal<Target>>),
    #[cfg(feature = "xlsx")]
    Workbook(Target, Box<Xlsx>),
}

/// A place to write to.
pub(super) struct Target {
    writer: Box<dyn Write + Send>,
    /// For messages.
    name: PathBuf,
    /// The name it is written under until it is complete, and the one it gets then.
    rename: Option<(PathBuf, PathBuf)>,
}

impl Output {
    /// Opens what `path` names, or standard output. Files get their names only when complete.
    pub(super) fn open(path: Option<&Path>, encoder: &Encoder) -> Result<Self> {
        let targets = match path {
            None => vec![Target::stdout()],
            Some(path) if is_folder(path) => {
                fs::create_dir_all(path).map_err(|error| Error::io(path, error))?;
                let names = match encoder {
                    Encoder::Jsonl => vec!["records.jsonl".to_owned()],
                    Encoder::Delimited(dialect, views) => {
                        views.iter().map(|view| format!("{}.{}", view.table, dialect.extension())).collect()
                    }
                    Encoder::Terminal(view) => vec![format!("{}.txt", view.table)],
                    #[cfg(feature = "xlsx")]
                    Encoder::Workbook(_) => vec!["facts.xlsx".to_owned()],
                };
                names.iter().map(|name| Target::file(&path.join(name))).collect::<Result<_>>()?
            }
            Some(path) => vec![Target::file(path)?],
        };
        if let Encoder::Terminal(view) = encoder {
            let style = if path.is_none() { window() } else { Style { width: FILE_WIDTH, colour: false } };
            let target = targets.into_iter().next().unwrap_or_else(Target::stdout);
            return Ok(Output::Terminal(Box::new(Terminal::new(target, view.clone(), style))));
        }
        #[cfg(feature = "xlsx")]
        if let Encoder::Workbook(views) = encoder {
            let target = targets.into_iter().next().unwrap_or_else(Target::stdout);
            return Ok(Output::Workbook(target, Box::new(Xlsx::new(views.clone())?)));
        }
        let mut output = Output::Files(targets);
        output.write(Encoded::Bytes(encoder.heads()))?;
        Ok(output)
    }

    /// Writes a document.
    pub(super) fn write(&mut self, encoded: Encoded) -> Result<()> {
        match (self, encoded) {
            (Output::Files(targets), Encoded::Bytes(files)) => {
                for (target, bytes) in targets.iter_mut().zip(files) {
                    target.put(&bytes)?;
                }
                Ok(())
            }
            (Output::Terminal(terminal), Encoded::Record(record)) => {
                terminal.document(&record).map_err(|error| Error::io("the table", error))
            }
            #[cfg(feature = "xlsx")]
            (Output::Workbook(_, workbook), Encoded::Record(record)) => workbook.document(&record),
            // An encoder and its output are made together.
            _ => Ok(()),
        }
    }

    /// Completes all files.
    pub(super) fn finish(self) -> Result<()> {
        match self {
            Output::Files(targets) => targets.into_iter().try_for_each(Target::complete),
            Output::Terminal(terminal) => {
                let target = terminal.finish().map_err(|error| Error::io("the table", error))?;
                target.complete()
            }
            #[cfg(feature = "xlsx")]
            Output::Workbook(mut target, workbook) => {
                workbook.finish(&mut target)?;
                target.complete()
            }
        }
    }
}

/// Width of a table in a file, where there is no window.
const FILE_WIDTH: usize = 160;

/// A folder is one that exists, or a path that ends in a slash or has no extension.
pub(super) fn is_folder(path: &Path) -> bool {
    let slash = path.as_os_str().as_encoded_bytes().last().is_some_and(|&byte| byte == b'/');
    // A device such as /dev/full has no extension either.
    path.is_dir() || !path.exists() && (slash || path.extension().is_none())
}

/// The window of the terminal: its width, and colours unless NO_COLOR or TERM=dumb says otherwise.
pub(super) fn window() -> Style {
    let width = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    Style { width, colour: io::stdout().is_terminal() && !no_colour && !dumb }
}

impl Target {
    fn stdout() -> Self {
        let writer = Box::new(BufWriter::with_capacity(1 << 16, io::stdout()));
        Self { writer, name: PathBuf::from("standard output"), rename: None }
    }

    fn file(path: &Path) -> Result<Self> {
        // What is no regular file, such as /dev/null or a pipe, cannot be renamed to.
        let special = path.exists() && !path.is_file();
        let open = if special { path.to_owned() } else { partial(path) };
        let file = File::create(&open).map_err(|error| Error::io(path, error))?;
        let rename = (!special).then(|| (open, path.to_owned()));
        Ok(Self { writer: Box::new(BufWriter::with_capacity(1 << 16, file)), name: path.to_owned(), rename })
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.writer.write_all(bytes).map_err(|error| Error::io(&self.name, error))
    }

    /// Writes out what is buffered and gives the file its name.
    fn complete(mut self) -> Result<()> {
        self.writer.flush().map_err(|error| Error::io(&self.name, error))?;
        match self.rename {
            Some((from, to)) => fs::rename(&from, &to).map_err(|error| Error::io(&to, error)),
            None => Ok(()),
        }
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// The name beside `path` under which it is written: `facts.csv.part`.
fn partial(path: &Path) -> PathBuf {
    let mut name = OsString::from(path.file_name().unwrap_or_default());
    name.push(".part");
    path.with_file_name(name)
}

/// The format for what the user asked, or what fits the place it goes to.
pub(super) fn format(asked: Option<Format>, output: Option<&Path>) -> Format {
    asked.unwrap_or_else(|| match output {
        None if io::stdout().is_terminal() => Format::Table,
        None => Format::Csv,
        Some(path) => match path.extension().and_then(|extension| extension.to_str()) {
            Some("tsv") => Format::Tsv,
            Some("jsonl" | "ndjson") => Format::Jsonl,
            Some("txt") => Format::Table,
            #[cfg(feature = "xlsx")]
            Some("xlsx") => Format::Xlsx,
            _ => Format::Csv,
        },
    })
}
