//! `factwire patterns`: what the patterns are, and whether pattern files hold what they promise.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{Status, warn};
use crate::check;
use crate::error::{Error, Result};
use crate::pattern::{File, Patterns};
use crate::pipeline::Extractor;

/// List, check and test event patterns
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Print every trigger with its pattern, type and CAMEO code, as CSV
    List,
    /// Read pattern files and report what is wrong in them; the built-in ones when none is named
    Check {
        /// Pattern files
        files: Vec<PathBuf>,
    },
    /// Run the examples of pattern files
    Test {
        /// Pattern files
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

/// Runs the command.
pub(super) fn run(arguments: Arguments) -> Result<Status> {
    match arguments.task {
        Task::List => list(),
        Task::Check { files } => check(&files),
        Task::Test { files } => test(&files),
    }
}

fn list() -> Result<Status> {
    let patterns = Patterns::builtin();
    let written = |error| Error::io("standard output", error);
    let mut out = io::BufWriter::new(io::stdout().lock());
    writeln!(out, "trigger,pattern,type,cameo").map_err(written)?;
    for (id, plover, cameo, trigger) in patterns.triggers() {
        let plover = plover.map_or("", |plover| plover.name());
        writeln!(out, "{trigger},{id},{plover},{cameo}").map_err(written)?;
    }
    out.flush().map_err(written)?;
    Ok(Status::Complete)
}

fn check(paths: &[PathBuf]) -> Result<Status> {
    let files = paths.iter().map(|path| Ok((path.as_path(), read(path)?.1))).collect::<Result<Vec<_>>>()?;
    let named: Vec<(&Path, &File)> = files.iter().map(|(path, file)| (*path, file)).collect();
    let patterns = Patterns::with_files(&named)?;
    warn(&format!("{} triggers, all in order", patterns.len()));
    Ok(Status::Complete)
}

fn test(paths: &[PathBuf]) -> Result<Status> {
    let mut status = Status::Complete;
    let extractor = Extractor::new()?;
    for path in paths {
        let (text, _) = read(path)?;
        let outcome = check::examples(&extractor, &text, path)?;
        for failure in &outcome.failures {
            warn(&failure.to_string());
            status = Status::Incomplete;
        }
        let held = outcome.examples.saturating_sub(outcome.failures.len());
        warn(&format!("{}: {held} of {} examples hold", path.display(), outcome.examples));
    }
    Ok(status)
}

fn read(path: &Path) -> Result<(String, File)> {
    let text = fs::read_to_string(path).map_err(|error| Error::io(path, error))?;
    let file = File::from_toml(&text, path)?;
    Ok((text, file))
}
