//! `factwire extract`: documents in, facts out.

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::gazetteer::Overlay;
use super::output::{self, Encoded, Encoder, Output};
use super::stats::{Counts, Progress};
use super::{Status, parallel, warn};
use crate::error::{Error, Result};
use crate::ontology::Modality;
use crate::pipeline::Extractor;
use crate::read::{self, Item};
use crate::record::{Filter, Record};
use crate::table::{Table, View};
use crate::write::delimited::Dialect;

/// Extract facts from news: who did what to whom, when, where, and who says so
///
/// On a terminal the result is a table that fits the window; piped or written to a file it is CSV.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Files and folders to read; standard input when there are none, or for `-`
    input: Vec<PathBuf>,

    /// File that lists further inputs, one a line or with NUL between them; `-` for standard input
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    /// What to write; a table on a terminal, else by the output's name, else CSV
    #[arg(short, long, value_enum)]
    format: Option<Format>,

    /// Which table to write; repeat for several into a folder
    #[arg(short, long, value_enum, value_name = "TABLE")]
    table: Vec<TableName>,

    /// File to write, or folder that gets a file for each table
    #[arg(short, long, value_name = "FILE-OR-FOLDER")]
    output: Option<PathBuf>,

    /// Add to every record the text that its offsets count in (JSONL only)
    #[arg(long)]
    include_text: bool,

    /// Columns to write, in this order, such as source,relation,target
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    columns: Vec<String>,

    /// Write CSV as Excel wants it: with a byte order mark, and with cells guarded against being run as formulas
    #[arg(long)]
    excel: bool,

    #[command(flatten)]
    overlay: Overlay,

    #[command(flatten)]
    wanted: Wanted,

    /// Say at the end what was read and found, on standard error
    #[arg(long)]
    stats: bool,

    /// Threads to use; as many as there are processors when not given
    #[arg(short, long)]
    jobs: Option<NonZero<usize>>,
}

const EXAMPLES: &str = "\
Examples:
  factwire extract article.txt --date 2021-05-14
  factwire extract articles/ --table figures > figures.csv
  factwire extract archive.jsonl --output facts/
  curl -s https://example.org/story.txt | factwire extract --format jsonl";

/// Which events and relations to write.
#[derive(Debug, Args)]
#[command(next_help_heading = "Filters")]
struct Wanted {
    /// Only these types, such as assault,coerce,member_of; statements are `statement`
    #[arg(long = "type", value_name = "TYPE,…", value_delimiter = ',')]
    types: Vec<String>,

    /// Only events with one of these actors: codes or their beginnings, such as ARM or RUSGOV
    #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
    actor: Vec<String>,

    /// Only events that one of these countries takes part in or that happen there: ISO 3166-1 alpha-3
    #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
    country: Vec<String>,

    /// Only events of these modalities, such as asserted or alleged
    #[arg(long, value_name = "MODALITY,…", value_delimiter = ',', value_parser = modality)]
    modality: Vec<Modality>,

    /// Only events on this day or later; the document's date counts where the event has none
    #[arg(long, value_name = "YYYY-MM-DD")]
    since: Option<Date>,

    /// Only events on this day or earlier
    #[arg(long, value_name = "YYYY-MM-DD")]
    until: Option<Date>,

    /// Only what is at least this sure, from 0 to 1
    #[arg(long, value_name = "CHANCE", default_value_t = 0.0, value_parser = chance)]
    min_confidence: f64,
}

impl Wanted {
    fn filter(&self) -> Result<Filter> {
        let codes = |codes: &[String]| codes.iter().map(|code| code.trim().to_ascii_uppercase()).collect();
        Ok(Filter {
            types: self.types.iter().map(|name| Filter::check_type(name)).collect::<Result<_>>()?,
            actors: codes(&self.actor),
            countries: codes(&self.country),
            modalities: self.modality.clone(),
            since: self.since,
            until: self.until,
            min_confidence: self.min_confidence,
        })
    }
}

fn modality(name: &str) -> std::result::Result<Modality, String> {
    let names = || Modality::ALL.iter().map(|modality| modality.name()).collect::<Vec<_>>().join(", ");
    Modality::from_name(name).ok_or_else(|| format!("one of {}", names()))
}

fn chance(text: &str) -> std::result::Result<f64, String> {
    let value = text.parse().ok().filter(|value| (0.0..=1.0).contains(value));
    value.ok_or_else(|| "a number from 0 to 1".to_owned())
}

/// How inputs are read; shared by the commands that read documents.
#[derive(Debug, Args)]
pub(super) struct Reading {
    /// How the input is laid out; found from its name and content when not given
    #[arg(long, value_enum, value_name = "FORMAT")]
    input_format: Option<InputFormat>,

    /// Date of documents that give none, such as 2021-05-14: what "Friday" and "last fall" count from
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,

    /// Field or column that holds the text; usual names are guessed. Paths such as article.body reach into JSON
    #[arg(long, value_name = "FIELD")]
    text_field: Option<String>,

    /// Field or column that holds the document's id
    #[arg(long, value_name = "FIELD")]
    id_field: Option<String>,

    /// Field or column that holds the headline
    #[arg(long, value_name = "FIELD")]
    title_field: Option<String>,

    /// Field or column that holds the date
    #[arg(long, value_name = "FIELD")]
    date_field: Option<String>,

    /// Field or column that holds the publisher
    #[arg(long, value_name = "FIELD")]
    source_field: Option<String>,

    /// Field or column that holds the address
    #[arg(long, value_name = "FIELD")]
    url_field: Option<String>,

    /// Encoding of the input, such as windows-1251; found out when not given
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum InputFormat {
    /// One document a file
    Text,
    /// One document a file, a saved web page
    #[cfg(feature = "html")]
    Html,
    /// One document a file, or a list of them
    Json,
    /// One document a line, a JSON object with `text` and, when known, `id`, `title`, `date`, `source`, `url`
    Jsonl,
    /// One document a row, the first row naming the columns
    Csv,
    /// The same with tabs
    Tsv,
}

/// What to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// A table to read, fitted to the window
    Table,
    /// Comma-separated values
    Csv,
    /// Tab-separated values
    Tsv,
    /// The whole record, one JSON object a document
    Jsonl,
    /// An Excel workbook with a sheet a table
    #[cfg(feature = "xlsx")]
    Xlsx,
}

impl Format {
    /// Whether one file holds several tables.
    fn takes_all_tables(self) -> bool {
        #[cfg(feature = "xlsx")]
        if self == Format::Xlsx {
            return true;
        }
        false
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TableName {
    /// Who did what to whom, one link a row
    Relations,
    /// One event a row
    Events,
    /// One person, country, organisation … of a document a row
    Entities,
    /// One span that refers to an entity a row
    Mentions,
    /// One number with what it counts a row
    Figures,
    /// One document a row
    Documents,
}

impl From<TableName> for Table {
    fn from(name: TableName) -> Self {
        match name {
            TableName::Relations => Table::Relations,
            TableName::Events => Table::Events,
            TableName::Entities => Table::Entities,
            TableName::Mentions => Table::Mentions,
            TableName::Figures => Table::Figures,
            TableName::Documents => Table::Documents,
        }
    }
}

impl Reading {
    /// The documents of the inputs.
    pub(super) fn open(&self, mut paths: Vec<PathBuf>) -> Result<read::Inputs> {
        if paths.is_empty() {
            paths.push(PathBuf::from("-"));
            if io::stdin().is_terminal() {
                warn("reading from the terminal; end the text with Ctrl-D");
            }
        }
        let format = self.input_format.map(|format| match format {
            InputFormat::Text => read::Format::Text,
            #[cfg(feature = "html")]
            InputFormat::Html => read::Format::Html,
            InputFormat::Json => read::Format::Json,
            InputFormat::Jsonl => read::Format::Jsonl,
            InputFormat::Csv => read::Format::Csv,
            InputFormat::Tsv => read::Format::Tsv,
        });
        let fields = read::Fields {
            text: self.text_field.clone(),
            id: self.id_field.clone(),
            title: self.title_field.clone(),
            date: self.date_field.clone(),
            source: self.source_field.clone(),
            url: self.url_field.clone(),
        };
        let encoding = self.encoding.as_deref().map(read::encoding).transpose()?;
        Ok(read::inputs(paths, read::Options { format, date: self.date, fields, encoding }))
    }
}

/// Runs the command.
pub(super) fn run(arguments: Arguments) -> Result<Status> {
    let encoder = encoder(&arguments)?;
    let filter = arguments.wanted.filter()?;
    let extractor = Extractor::new()?.with_gazetteer(arguments.overlay.gazetteer()?);
    let mut output = Output::open(arguments.output.as_deref(), &encoder)?;
    let mut progress = Progress::start(matches!(encoder, Encoder::Terminal(_)) && arguments.output.is_none());
    let mut status = Status::Complete;
    let with_text = arguments.include_text;
    let work = || {
        let mut worker = extractor.worker();
        let (encoder, filter, gazetteer) = (&encoder, &filter, extractor.gazetteer());
        move |item| match item {
            Item::Document(source) => {
                let analysis = worker.extract(source);
                let mut record = Record::new(&analysis, |id| gazetteer.entry(id), with_text);
                filter.apply(&mut record);
                let counts = Counts::new(&analysis, &record);
                Done::Document(encoder.encode(record), counts)
            }
            Item::Warning(error) => Done::Warning(error),
            Item::Failure(error) => Done::Failure(error),
        }
    };
    let jobs = arguments.jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZero::<usize>::MIN);
    let mut paths = arguments.input;
    if let Some(list) = &arguments.files_from {
        paths.extend(listed(list)?);
    }
    let inputs = arguments.reading.open(paths)?;
    parallel::ordered(inputs, jobs, work, |done| {
        match done {
            Done::Document(encoded, counts) => {
                output.write(encoded)?;
                progress.document(counts);
            }
            Done::Warning(error) => progress.warning(&error.to_string()),
            Done::Failure(error) => {
                progress.failure(&error.to_string());
                status = Status::Incomplete;
            }
        }
        Ok(())
    })?;
    progress.clear();
    output.finish()?;
    if arguments.stats {
        warn(&progress.summary());
    }
    Ok(status)
}

/// The paths in a list, one a line, or with NUL between them as `find -print0` writes them.
fn listed(list: &Path) -> Result<Vec<PathBuf>> {
    let mut content = Vec::new();
    let read = match list.as_os_str() == "-" {
        true => io::stdin().read_to_end(&mut content),
        false => File::open(list).and_then(|mut file| file.read_to_end(&mut content)),
    };
    read.map_err(|error| Error::io(list, error))?;
    let mark = if content.contains(&0) { 0 } else { b'\n' };
    let paths = content.split(|&byte| byte == mark).map(|path| String::from_utf8_lossy(path).trim().to_owned());
    let paths: Vec<PathBuf> = paths.filter(|path| !path.is_empty()).map(PathBuf::from).collect();
    if paths.is_empty() {
        return Err(Error::usage("there is no path in it").at_path(list));
    }
    Ok(paths)
}

/// What became of an item of the input.
enum Done {
    Document(Encoded, Counts),
    Warning(Error),
    Failure(Error),
}

/// What the arguments ask to write, checked.
fn encoder(arguments: &Arguments) -> Result<Encoder> {
    let output = arguments.output.as_deref();
    let folder = output.is_some_and(output::is_folder);
    let format = output::format(arguments.format, output);
    let mut tables: Vec<Table> = arguments.table.iter().map(|&name| name.into()).collect();
    if format == Format::Jsonl {
        return match tables.is_empty() {
            true => Ok(Encoder::Jsonl),
            false => Err(Error::usage("JSONL holds the whole record; --table is for csv, tsv and table")),
        };
    }
    if arguments.include_text {
        return Err(Error::usage("--include-text needs --format jsonl: the tables have no column for it"));
    }
    if tables.is_empty() {
        let all = folder && format != Format::Table || format.takes_all_tables();
        tables = if all { Table::ALL.to_vec() } else { vec![Table::Relations] };
    }
    if tables.len() > 1 && (!folder || format == Format::Table) && !format.takes_all_tables() {
        return Err(Error::usage("several tables need a folder to go to: --output FOLDER/ --format csv"));
    }
    let views = views(tables, &arguments.columns)?;
    let dialect = match format {
        Format::Table => return Ok(Encoder::Terminal(views.into_iter().next().unwrap_or(View::all(Table::Relations)))),
        Format::Tsv => Dialect::TSV,
        Format::Csv | Format::Jsonl => Dialect::CSV,
        #[cfg(feature = "xlsx")]
        Format::Xlsx => return workbook(views, output.is_some()),
    };
    Ok(Encoder::Delimited(if arguments.excel { dialect.for_excel() } else { dialect }, views))
}

/// A workbook, which no terminal can show.
#[cfg(feature = "xlsx")]
fn workbook(views: Vec<View>, named: bool) -> Result<Encoder> {
    if !named && io::stdout().is_terminal() {
        return Err(Error::usage("a workbook needs a file to go to: --output facts.xlsx"));
    }
    Ok(Encoder::Workbook(views))
}

/// The tables with the columns asked for.
fn views(tables: Vec<Table>, columns: &[String]) -> Result<Vec<View>> {
    if columns.is_empty() {
        return Ok(tables.into_iter().map(View::all).collect());
    }
    if tables.len() > 1 {
        return Err(Error::usage("--columns is for one table; name it with --table"));
    }
    tables.into_iter().map(|table| View::pick(table, columns.iter().map(|name| name.trim()))).collect()
}
