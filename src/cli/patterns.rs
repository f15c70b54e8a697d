//! `factwire patterns`: what the patterns are, whether pattern files hold what they promise, and what is used.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::reading::Reading;
use super::{Status, warn};
use crate::check;
use crate::error::{Error, Result};
use crate::pattern::{File, Patterns};
use crate::pipeline::Extractor;
use crate::read::Item;

/// List, check, test and count event and relation patterns
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Print every trigger with its pattern, type or relation, and CAMEO code, as CSV
    List {
        #[command(flatten)]
        own: Own,
    },
    /// Read pattern files beside the built-in ones and report all that is wrong in them
    Check {
        /// Pattern files, or folders of them; the built-in ones when there are none
        paths: Vec<PathBuf>,
    },
    /// Run the examples of pattern files, with their patterns beside the built-in ones
    Test {
        /// Pattern files, or folders of them
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
    /// Count in how many different sentences of the input each pattern finds a fact, as CSV, the most used first
    Count {
        /// Files and folders to read; standard input when there are none, or for `-`
        input: Vec<PathBuf>,
        #[command(flatten)]
        reading: Reading,
        #[command(flatten)]
        own: Own,
    },
}

/// The user's own patterns.
#[derive(Clone, Debug, Args)]
pub(super) struct Own {
    /// Folder or file with patterns of your own, beside the built-in ones; repeat for several
    #[arg(long, value_name = "FOLDER-OR-TOML")]
    patterns: Vec<PathBuf>,
}

impl Own {
    /// The extractor with the patterns in force.
    ///
    /// # Errors
    /// If a file cannot be used.
    pub(super) fn extractor(&self) -> Result<Extractor> {
        let extractor = Extractor::new()?;
        match self.patterns.is_empty() {
            true => Ok(extractor),
            false => Ok(extractor.with_patterns(self.patterns()?)),
        }
    }

    fn patterns(&self) -> Result<Patterns> {
        Patterns::with_files(&gather(&self.patterns)?).map_err(Error::first_of)
    }
}

/// The pattern files of paths that are files or folders.
fn gather(paths: &[PathBuf]) -> Result<Vec<(PathBuf, File)>> {
    let mut files = Vec::new();
    for path in paths {
        match path.is_dir() {
            true => files.extend(File::read_folder(path)?),
            false => files.push((path.clone(), File::read(path)?)),
        }
    }
    Ok(files)
}

/// Runs the command.
pub(super) fn run(arguments: Arguments) -> Result<Status> {
    match arguments.task {
        Task::List { own } => list(&own.patterns()?),
        Task::Check { paths } => Ok(check(&paths)),
        Task::Test { paths } => test(&paths),
        Task::Count { input, reading, own } => count(reading, input, &own.extractor()?),
    }
}

fn written(error: io::Error) -> Error {
    Error::io("standard output", error)
}

fn list(patterns: &Patterns) -> Result<Status> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    writeln!(out, "trigger,pattern,type,cameo").map_err(written)?;
    for trigger in patterns.triggers() {
        let plover = trigger.plover.map_or("statement", |plover| plover.name());
        let kind = trigger.relation.map_or(plover, |relation| relation.name());
        let cameo = trigger.cameo.map_or("", |cameo| cameo.as_str());
        writeln!(out, "{},{},{kind},{cameo}", trigger.text, trigger.pattern).map_err(written)?;
    }
    out.flush().map_err(written)?;
    Ok(Status::Complete)
}

fn check(paths: &[PathBuf]) -> Status {
    let compiled = gather(paths).map_err(|error| vec![error]).and_then(|files| Patterns::with_files(&files));
    match compiled {
        Ok(patterns) => {
            warn(&format!("{} triggers in {} patterns, all in order", patterns.len(), patterns.ids().count()));
            Status::Complete
        }
        Err(errors) => {
            errors.iter().for_each(|error| warn(&error.to_string()));
            Status::Incomplete
        }
    }
}

fn test(paths: &[PathBuf]) -> Result<Status> {
    let files = gather(paths)?;
    let extractor = Extractor::new()?.with_patterns(Patterns::with_files(&files).map_err(Error::first_of)?);
    let mut status = Status::Complete;
    for (path, _) in &files {
        let outcome = check::examples(&extractor, path)?;
        for failure in &outcome.failures {
            warn(&failure.to_string());
            status = Status::Incomplete;
        }
        warn(&summary(path, &outcome));
    }
    Ok(status)
}

fn summary(path: &Path, outcome: &check::Outcome) -> String {
    let held = outcome.examples - outcome.failed_examples();
    format!("{}: {held} of {} examples hold, {} known gaps", path.display(), outcome.examples, outcome.gaps)
}

fn count(reading: Reading, input: Vec<PathBuf>, extractor: &Extractor) -> Result<Status> {
    let mut status = Status::Complete;
    let mut worker = extractor.worker();
    let mut uses = check::Uses::default();
    for item in reading.open(input)? {
        match item {
            Item::Document(source) => uses.add(&worker.extract_all(source)),
            Item::Skipped(_) => {}
            Item::Warning(error) => warn(&format!("warning: {error}")),
            Item::Failure(error) => {
                warn(&error.to_string());
                status = Status::Incomplete;
            }
        }
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    writeln!(out, "pattern,sentences").map_err(written)?;
    for (pattern, sentences) in uses.counts(extractor.patterns()) {
        writeln!(out, "{pattern},{sentences}").map_err(written)?;
    }
    out.flush().map_err(written)?;
    Ok(status)
}
