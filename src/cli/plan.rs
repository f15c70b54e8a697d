//! The arguments that say what is written, and how.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::encode::Encoder;
use super::layout::Layout;
use super::output::{self, Plan};
use crate::error::{Error, Result};
use crate::table::{Table, View};
use crate::write::delimited::Dialect;
use crate::write::eventdata::EventData;
#[cfg(feature = "parquet")]
use crate::write::parquet;

/// What to write, and where to.
#[derive(Clone, Debug, Args)]
pub(super) struct Writing {
    /// What to write; a table on a terminal, else by the output's name, else CSV
    #[arg(short, long, value_enum)]
    format: Option<Format>,

    /// Which table to write; repeat for several into a folder
    #[arg(short, long, value_enum, value_name = "TABLE")]
    table: Vec<TableName>,

    /// File to write, or folder that gets a file for each table
    #[arg(short, long, value_name = "FILE-OR-FOLDER")]
    pub output: Option<PathBuf>,

    /// Add to every record the text that its offsets count in (JSONL only)
    #[arg(long)]
    pub include_text: bool,

    /// Columns to write, in this order, such as source,relation,target
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    columns: Vec<String>,

    /// Write CSV as Excel wants it: with a byte order mark, and with cells guarded against being run as formulas
    #[arg(long)]
    excel: bool,

    /// Divide Parquet files by the values of these columns, such as relation; each becomes a folder
    #[cfg(feature = "parquet")]
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    partition_by: Vec<String>,
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
    /// An SQLite database with all tables, keys, indexes and full-text search
    #[cfg(feature = "sqlite")]
    Sqlite,
    /// Parquet: a typed file, or a folder with one for each table
    #[cfg(feature = "parquet")]
    Parquet,
    /// The network of actors, as GraphML
    Graphml,
    /// The network of actors, as the two tables in a folder that Gephi opens
    Gephi,
    /// Events in the columns of ICEWS
    Icews,
    /// Events in the columns of GDELT 2.0
    Gdelt,
    /// Tokens with names, triggers and roles, in columns
    Conll,
    /// brat standoff: a folder with text and annotations of each document
    Brat,
}

impl Format {
    /// Whether one file holds several tables.
    fn takes_all_tables(self) -> bool {
        match self {
            #[cfg(feature = "xlsx")]
            Format::Xlsx => true,
            #[cfg(feature = "sqlite")]
            Format::Sqlite => true,
            _ => false,
        }
    }

    /// Whether a terminal cannot show it.
    fn is_binary(self) -> bool {
        match self {
            #[cfg(feature = "xlsx")]
            Format::Xlsx => true,
            #[cfg(feature = "sqlite")]
            Format::Sqlite => true,
            #[cfg(feature = "parquet")]
            Format::Parquet => true,
            _ => false,
        }
    }

    /// Whether it needs a folder to go to.
    fn is_folder(self) -> bool {
        matches!(self, Format::Gephi | Format::Brat)
    }

    /// Whether it is not made of the tables.
    fn is_fixed(self) -> bool {
        use Format::{Brat, Conll, Gdelt, Gephi, Graphml, Icews, Jsonl};
        matches!(self, Jsonl | Graphml | Gephi | Icews | Gdelt | Conll | Brat)
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

impl Writing {
    /// What the arguments ask to write, checked.
    pub(super) fn plan(&self) -> Result<Plan> {
        let output = self.output.as_deref();
        let folder = output.is_some_and(output::is_folder);
        let format = self.format.unwrap_or_else(|| usual(output));
        if self.include_text && format != Format::Jsonl {
            return Err(Error::usage("--include-text needs --format jsonl: the tables have no column for it"));
        }
        if format.is_binary() && output.is_none() && io::stdout().is_terminal() {
            return Err(Error::usage("this format needs a file to go to, such as --output facts.xlsx"));
        }
        if format.is_folder() && !folder {
            return Err(Error::usage("this format needs a folder to go to: --output facts/"));
        }
        if format.is_fixed() && !(self.table.is_empty() && self.columns.is_empty()) {
            return Err(Error::usage("--table and --columns are for csv, tsv, table and other formats made of tables"));
        }
        let plain = |encoder| Ok(Plan { encoder, layout: None });
        #[cfg(feature = "parquet")]
        if format != Format::Parquet && !self.partition_by.is_empty() {
            return Err(Error::usage("--partition-by is for --format parquet"));
        }
        let dialect = |dialect: Dialect| if self.excel { dialect.for_excel() } else { dialect };
        let views = self.views(format, folder)?;
        let laid_out = |layout| Ok(Plan { encoder: Encoder::Rows(views.clone()), layout: Some(layout) });
        let graph = |layout| Ok(Plan { encoder: Encoder::Links, layout: Some(layout) });
        match format {
            Format::Jsonl => plain(Encoder::Jsonl),
            Format::Icews => plain(Encoder::EventData(EventData::Icews)),
            Format::Gdelt => plain(Encoder::EventData(EventData::Gdelt)),
            Format::Conll => plain(Encoder::Conll),
            Format::Brat => plain(Encoder::Brat),
            Format::Graphml => graph(Layout::GraphMl),
            Format::Gephi => graph(Layout::Gephi),
            Format::Csv => plain(Encoder::Delimited(dialect(Dialect::CSV), views)),
            Format::Tsv => plain(Encoder::Delimited(dialect(Dialect::TSV), views)),
            Format::Table => {
                let style = if output.is_none() { output::window() } else { output::page() };
                let view = views.first().cloned().unwrap_or(View::all(Table::Relations));
                laid_out(Layout::Terminal(view, style))
            }
            #[cfg(feature = "xlsx")]
            Format::Xlsx => laid_out(Layout::Workbook(views.clone())),
            #[cfg(feature = "sqlite")]
            Format::Sqlite => {
                let rest = views.into_iter().filter(|view| view.table != Table::Documents);
                let views: Vec<View> = [View::all(Table::Documents)].into_iter().chain(rest).collect();
                Ok(Plan { encoder: Encoder::Rows(views.clone()), layout: Some(Layout::Database(views)) })
            }
            #[cfg(feature = "parquet")]
            Format::Parquet => {
                if !folder && !self.partition_by.is_empty() {
                    return Err(Error::usage("--partition-by needs a folder to go to: --output facts/"));
                }
                for view in &views {
                    parquet::partition_columns(view, &self.partition_by)?;
                }
                let partition_by = self.partition_by.clone();
                laid_out(Layout::Parquet { views: views.clone(), tree: folder, partition_by })
            }
        }
    }

    /// The tables asked for, with the columns asked for.
    fn views(&self, format: Format, folder: bool) -> Result<Vec<View>> {
        let mut tables: Vec<Table> = self.table.iter().map(|&name| name.into()).collect();
        let several = format.takes_all_tables() || folder && format != Format::Table;
        if tables.is_empty() {
            tables = if several { Table::ALL.to_vec() } else { vec![Table::Relations] };
        }
        if tables.len() > 1 && !several {
            return Err(Error::usage("several tables need a folder to go to: --output FOLDER/ --format csv"));
        }
        if self.columns.is_empty() {
            return Ok(tables.into_iter().map(View::all).collect());
        }
        if tables.len() > 1 {
            return Err(Error::usage("--columns is for one table; name it with --table"));
        }
        tables.into_iter().map(|table| View::pick(table, self.columns.iter().map(|name| name.trim()))).collect()
    }
}

/// The format that fits the place it goes to.
fn usual(output: Option<&Path>) -> Format {
    match output {
        None if io::stdout().is_terminal() => Format::Table,
        None => Format::Csv,
        Some(path) => match path.extension().and_then(|extension| extension.to_str()) {
            Some("tsv") => Format::Tsv,
            Some("jsonl" | "ndjson") => Format::Jsonl,
            Some("txt") => Format::Table,
            Some("graphml") => Format::Graphml,
            Some("conll") => Format::Conll,
            #[cfg(feature = "xlsx")]
            Some("xlsx") => Format::Xlsx,
            #[cfg(feature = "sqlite")]
            Some("sqlite" | "sqlite3" | "db") => Format::Sqlite,
            #[cfg(feature = "parquet")]
            Some("parquet") => Format::Parquet,
            _ => Format::Csv,
        },
    }
}
