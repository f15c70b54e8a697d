//! `factwire gazetteer`: what names are known, what one stands for, and whether a user's own files are sound.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::{Status, warn};
use crate::error::{Error, Result};
use crate::gazetteer::Gazetteer;
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
    /// Print all names in force, as CSV
    Export {
        #[command(flatten)]
        overlay: Overlay,
    },
}

/// The user's own names.
#[derive(Debug, Args)]
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
        Task::Export { overlay } => export(&mut out, &overlay.gazetteer()?)?,
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
    for path in paths {
        match Gazetteer::with_overlays(&[path]) {
            Ok(gazetteer) => {
                let added = gazetteer.len() - Gazetteer::builtin().len();
                warn(&format!("{}: sound, {added} new entries", path.display()));
            }
            Err(error) => {
                warn(&error.to_string());
                status = Status::Incomplete;
            }
        }
    }
    status
}

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
    Ok(if candidates.is_empty() { Status::Incomplete } else { Status::Complete })
}

fn stats(out: &mut impl Write, gazetteer: &Gazetteer) -> Result<Status> {
    writeln!(out, "kind,entries,names").map_err(written)?;
    for &kind in EntityKind::ALL {
        let entries = gazetteer.entries().filter(|(_, entry)| entry.kind == kind).count();
        let names = gazetteer.aliases().filter(|alias| gazetteer.entry(alias.entry).kind == kind).count();
        writeln!(out, "{kind},{entries},{names}").map_err(written)?;
    }
    Ok(Status::Complete)
}

fn export(out: &mut impl Write, gazetteer: &Gazetteer) -> Result<Status> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["entity", "alias", "form", "kind", "country"]).map_err(csv_written)?;
    for alias in gazetteer.aliases() {
        let entry = gazetteer.entry(alias.entry);
        let country = entry.country.map_or(String::new(), |country| country.to_string());
        let row = [entry.id, alias.name, alias.form.name(), entry.kind.name(), &country];
        table.write_record(row).map_err(csv_written)?;
    }
    table.flush().map_err(written)?;
    Ok(Status::Complete)
}
