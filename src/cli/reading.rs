//! The arguments that say how inputs are read.

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::warn;
use crate::error::{Error, Result};
use crate::read;

/// How inputs are read; shared by the commands that read documents.
#[derive(Clone, Debug, Args)]
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
    /// One document a file, Markdown
    #[cfg(feature = "markdown")]
    Markdown,
    /// RSS or Atom, one document an item; or NITF, one a file
    #[cfg(feature = "feeds")]
    Feed,
    /// E-mail, one document a message, of a mailbox or alone
    #[cfg(feature = "mail")]
    Mail,
    /// A web archive, one document a page
    #[cfg(all(feature = "archives", feature = "html"))]
    Warc,
    /// DOCX or ODT, one document a file
    #[cfg(feature = "office")]
    Office,
    /// XLSX or ODS, one document a row, the first row naming the columns
    #[cfg(feature = "office")]
    Sheet,
    /// Parquet, one document a row
    #[cfg(feature = "parquet")]
    Parquet,
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
            #[cfg(feature = "markdown")]
            InputFormat::Markdown => read::Format::Markdown,
            #[cfg(feature = "feeds")]
            InputFormat::Feed => read::Format::Feed,
            #[cfg(feature = "mail")]
            InputFormat::Mail => read::Format::Mail,
            #[cfg(all(feature = "archives", feature = "html"))]
            InputFormat::Warc => read::Format::Warc,
            #[cfg(feature = "office")]
            InputFormat::Office => read::Format::Office,
            #[cfg(feature = "office")]
            InputFormat::Sheet => read::Format::Sheet,
            #[cfg(feature = "parquet")]
            InputFormat::Parquet => read::Format::Parquet,
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

/// The paths in a list, one a line, or with NUL between them as `find -print0` writes them.
pub(super) fn listed(list: &Path) -> Result<Vec<PathBuf>> {
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
