//! `factwire extract`: documents in, facts out.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::Status;
use crate::error::{Error, Result};
use crate::gazetteer::{Entry, EntryId};
use crate::pipeline::Extractor;
use crate::read::{self, Item};
use crate::record::Record;
use crate::write::jsonl;

/// Extract facts from news
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files and folders to read; standard input when there are none, or for `-`
    input: Vec<PathBuf>,

    /// How the input is laid out; found from name and content when not given
    #[arg(long, value_enum)]
    input_format: Option<InputFormat>,

    /// What to write
    #[arg(long, value_enum, default_value = "jsonl")]
    format: OutputFormat,

    /// Date of documents that give none, such as 2021-05-14: what "Friday" and "last fall" count from
    #[arg(long)]
    date: Option<Date>,

    /// Add the text that the offsets count in to every record
    #[arg(long)]
    include_text: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum InputFormat {
    /// One document a file
    Text,
    /// One document a line, with `text` and, when known, `id`, `title`, `date`, `source`, `url`
    Jsonl,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum OutputFormat {
    /// One record a line: everything that was found
    Jsonl,
}

/// Runs the command.
pub(super) fn run(arguments: Arguments) -> Result<Status> {
    let OutputFormat::Jsonl = arguments.format;
    let format = arguments.input_format.map(|format| match format {
        InputFormat::Text => read::Format::Text,
        InputFormat::Jsonl => read::Format::Jsonl,
    });
    let options = read::Options { format, date: arguments.date };
    let paths = if arguments.input.is_empty() { vec![PathBuf::from("-")] } else { arguments.input };
    let extractor = Extractor::new()?;
    let mut worker = extractor.worker();
    let mut status = Status::Complete;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut bytes = Vec::new();
    for item in read::inputs(paths, options) {
        match item {
            Item::Document(source) => {
                let record = Record::new(&worker.extract(source), no_entry, arguments.include_text);
                bytes.clear();
                jsonl::encode(&record, &mut bytes);
                out.write_all(&bytes).map_err(|error| Error::io("standard output", error))?;
            }
            Item::Warning(error) => eprintln!("factwire: warning: {error}"),
            Item::Failure(error) => {
                eprintln!("factwire: {error}");
                status = Status::Incomplete;
            }
        }
    }
    out.flush().map_err(|error| Error::io("standard output", error))?;
    Ok(status)
}

fn no_entry<'g>(_: EntryId) -> Entry<'g> {
    unreachable!("without a gazetteer there are no entries")
}
