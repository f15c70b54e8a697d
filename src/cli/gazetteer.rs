//! `factwire gazetteer`: what names are known, what one stands for, and whether a user's own files are sound.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::{Status, warn};
use crate::error::{Error, Result};
use crate::gazetteer::{ExportTable, Gazetteer};
use crate::ontology::EntityKind;

/// Look names up, count them, write them out, and check files of your own
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Read gazetteer files on top of the built-in names and report what is wrong in them
    Check {
        /// Folders of CSV files, or single files
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
    /// Print whom or what a name may stand for, the likeliest first, as CSV
    Lookup {
        /// The name
        name: String,
        /// The day at which offices and names are looked at
        #[arg(long, value_name = "YYYY-MM-DD")]
        date: Option<Date>,
        #[command(flatten)]
        overlay: Overlay,
    },
    /// Count the entries and their names by kind, as CSV
    Stats {
        #[command(flatten)]
        overlay: Overlay,
    },
    /// Print all names in force as CSV, or write everything that is listed to files
    #[command(
        after_help = "The files have the format of gazetteer files: edit them and load the folder with --gazetteer."
    )]
    Export {
        /// Folder for a CSV file of each table: entries, names, offices, terms of office, memberships, nouns, titles
        #[arg(long, value_name = "FOLDER")]
        output: Option<PathBuf>,
        #[command(flatten)]
        overlay: Overlay,
    },
}

/// The user's own names.
#[derive(Clone, Debug, Args)]
pub(super) struct Overlay {
    /// Folder or CSV file with names of your own, laid over the built-in ones; repeat for several
    #[arg(long = "gazetteer", value_name = "FOLDER-OR-CSV")]
    gazetteer: Vec<PathBuf>,
}

impl Overlay {
    /// The gazetteer in force.
    ///
    /// # Errors
    /// If a file cannot be used.
    pub(super) fn gazetteer(&self) -> Result<Gazetteer> {
        Gazetteer::with_overlays(&self.gazetteer)
    }
}

/// Runs the command.
pub(super) fn run(arguments: Arguments) -> Result<Status> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let status = match arguments.task {
        Task::Check { paths } => check(&paths),
        Task::Lookup { name, date, overlay } => lookup(&mut out, &overlay.gazetteer()?, &name, date)?,
        Task::Stats { overlay } => stats(&mut out, &overlay.gazetteer()?)?,
        Task::Export { output: Some(folder), overlay } => export_to(&folder, &overlay.gazetteer()?)?,
        Task::Export { output: None, overlay } => export(&mut out, &overlay.gazetteer()?)?,
    };
    out.flush().map_err(written)?;
    Ok(status)
}

fn written(error: io::Error) -> Error {
    Error::io("standard output", error)
}

fn csv_written(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => written(error),
        kind => Error::data(format!("{kind:?}")),
    }
}

fn check(paths: &[PathBuf]) -> Status {
    let mut status = Status::Complete;
    // Each on top of those before it, as `--gazetteer` has them.
    let mut gazetteer = Gazetteer::builtin();
    for path in paths {
        match gazetteer.clone().overlaid(path) {
            Ok(overlaid) => {
                let new = overlaid.len() - gazetteer.len();
                let entries = if new == 1 { "entry" } else { "entries" };
                warn(&format!("{}: sound, {new} new {entries}", path.display()));
                gazetteer = overlaid;
            }
            Err(faults) => {
                faults.iter().take(MOST_FAULTS).for_each(|fault| warn(&fault.to_string()));
                if let Some(more) = faults.len().checked_sub(MOST_FAULTS).filter(|&more| more > 0) {
                    warn(&format!("{}: {more} more", path.display()));
                }
                status = Status::Incomplete;
            }
        }
    }
    status
}

/// How many faults of a folder are told: whoever has more has one of a kind many times over.
const MOST_FAULTS: usize = 100;

fn lookup(out: &mut impl Write, gazetteer: &Gazetteer, name: &str, date: Option<Date>) -> Result<Status> {
    let mut table = csv::Writer::from_writer(out);
    let header = ["id", "name", "kind", "form", "prior", "country", "sector", "code", "office", "source"];
    table.write_record(header).map_err(csv_written)?;
    let candidates = gazetteer.lookup(name, date);
    for candidate in &candidates {
        let entry = gazetteer.entry(candidate.entry);
        let office = gazetteer.tenure_at(candidate.entry, date).filter(|tenure| tenure.holds(date));
        let row = [
            entry.id.to_owned(),
            entry.name.to_owned(),
            entry.kind.to_string(),
            candidate.form.to_string(),
            format!("{:.2}", candidate.prior),
            entry.country.map_or(String::new(), |country| country.to_string()),
            entry.sector.map_or(String::new(), |sector| sector.to_string()),
            entry.code.map_or(String::new(), |code| code.to_string()),
            office.map_or(String::new(), |tenure| tenure.role.to_owned()),
            entry.source.to_owned(),
        ];
        table.write_record(row).map_err(csv_written)?;
    }
    table.flush().map_err(written)?;
    if candidates.is_empty() {
        warn(&format!("'{name}' is not listed; see gazetteers/README.md for how to add a name"));
        return Ok(Status::Incomplete);
    }
    Ok(Status::Complete)
}

fn stats(out: &mut impl Write, gazetteer: &Gazetteer) -> Result<Status> {
    writeln!(out, "kind,entries,names").map_err(written)?;
    for &kind in EntityKind::ALL {
        let entries = gazetteer.entries().filter(|(_, entry)| entry.kind == kind).count();
        let names = gazetteer.aliases().filter(|alias| gazetteer.kind(alias.entry) == kind).count();
        writeln!(out, "{kind},{entries},{names}").map_err(written)?;
    }
    Ok(Status::Complete)
}

fn export(out: &mut impl Write, gazetteer: &Gazetteer) -> Result<Status> {
    write_table(out, &gazetteer.names_table()).map_err(csv_written)?;
    Ok(Status::Complete)
}

/// Writes every table to a file of its own.
fn export_to(folder: &Path, gazetteer: &Gazetteer) -> Result<Status> {
    fs::create_dir_all(folder).map_err(|error| Error::io(folder, error))?;
    for table in gazetteer.tables().iter().filter(|table| !table.rows.is_empty()) {
        let path = folder.join(format!("{}.csv", table.name));
        let failed = |error: csv::Error| match error.into_kind() {
            csv::ErrorKind::Io(error) => Error::io(&path, error),
            kind => Error::data(format!("{kind:?}")).at_path(&path),
        };
        let file = fs::File::create(&path).map_err(|error| Error::io(&path, error))?;
        write_table(file, table).map_err(failed)?;
        warn(&format!("{}: {} rows", path.display(), table.rows.len()));
    }
    Ok(Status::Complete)
}

fn write_table(out: impl Write, table: &ExportTable) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(table.header)?;
    table.rows.iter().try_for_each(|row| writer.write_record(row))?;
    Ok(writer.flush()?)
}
