//! `factwire completions` and `factwire manual`: what a shell and `man` want to know of the arguments.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory};
use clap_complete::Shell;

use super::Status;
use crate::error::{Error, Result};

/// Print what makes a shell complete the arguments
///
/// For bash: factwire completions bash > ~/.local/share/bash-completion/completions/factwire
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Print the manual page, or write one for each command into a folder
///
/// To read it: factwire manual | man -l -
#[derive(Debug, Args)]
pub(super) struct Manual {
    /// Folder that gets the pages, such as ~/.local/share/man/man1
    #[arg(short, long, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

/// Runs `factwire completions`.
pub(super) fn completions(arguments: Completions) -> Result<Status> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::Arguments::command(), "factwire", &mut script);
    print(&script)
}

/// Runs `factwire manual`.
pub(super) fn manual(arguments: Manual) -> Result<Status> {
    let command = super::Arguments::command();
    let Some(folder) = arguments.output else { return print(&page(command).map_err(failed)?) };
    std::fs::create_dir_all(&folder).map_err(|error| Error::io(&folder, error))?;
    pages(command, "factwire", &folder)?;
    Ok(Status::Complete)
}

/// Writes the page of a command and those of the commands below it.
fn pages(command: Command, name: &str, folder: &Path) -> Result<()> {
    for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
        pages(inner.clone(), &format!("{name}-{}", inner.get_name()), folder)?;
    }
    let path = folder.join(format!("{name}.1"));
    // `name` is made anew for each command; clap keeps names for good.
    let command = command.name(&*name.to_owned().leak());
    let written = page(command).and_then(|page| std::fs::write(&path, page));
    written.map_err(|error| Error::io(&path, error))
}

fn page(command: Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    Ok(page)
}

fn print(bytes: &[u8]) -> Result<Status> {
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(failed)?;
    Ok(Status::Complete)
}

fn failed(error: io::Error) -> Error {
    Error::io("standard output", error)
}
