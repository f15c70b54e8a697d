//! The command line: arguments in, exit status out. Data goes to standard output, everything else to standard error.

#![allow(clippy::print_stderr, reason = "messages for the user are this module's task")]

mod checkpoint;
mod config;
mod encode;
mod explain;
mod extract;
mod gazetteer;
mod interrupt;
mod layout;
mod model;
mod output;
mod parallel;
mod parse;
mod patterns;
mod plan;
mod reading;
mod shell;
mod stats;
mod wanted;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::error::Result;

/// Turns English news into facts: who did what to whom, when, where, and who says so.
#[derive(Debug, Parser)]
#[command(version, long_version = VERSION, propagate_version = true, arg_required_else_help = true, args_override_self = true)]
struct Arguments {
    /// File with arguments that need not be typed; else factwire.toml in this folder or above
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Use no factwire.toml
    #[arg(long, global = true)]
    no_config: bool,

    #[command(subcommand)]
    command: Command,
}

/// The program, how it was built, and the data in it.
const VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    "\ndata ",
    env!("FACTWIRE_DATA"),
    "\nbuilt for ",
    env!("FACTWIRE_TARGET"),
    ", ",
    env!("FACTWIRE_PROFILE"),
);

#[derive(Debug, Subcommand)]
#[allow(clippy::large_enum_variant, reason = "one is made in a run")]
enum Command {
    Extract(extract::Arguments),
    Explain(explain::Arguments),
    Parse(parse::Arguments),
    Config(config::Arguments),
    Gazetteer(gazetteer::Arguments),
    Patterns(patterns::Arguments),
    Completions(shell::Completions),
    Manual(shell::Manual),
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// Every document was read.
    Complete,
    /// Some were not; each was named.
    Incomplete,
    /// The user stopped it.
    Interrupted,
}

/// Runs the program with the arguments of the process.
///
/// The exit status is 0 when every document was read, 1 when some were not, 2 for wrong usage, 130 when it
/// was stopped with Ctrl-C.
pub fn run() -> ExitCode {
    let words = match config::complete(std::env::args_os().collect()) {
        Ok(words) => words,
        Err(error) => return exit_code(Err(error)),
    };
    let arguments = Arguments::parse_from(words);
    let result = match arguments.command {
        Command::Extract(arguments) => extract::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Parse(arguments) => parse::run(arguments),
        Command::Config(arguments) => config::run(arguments),
        Command::Gazetteer(arguments) => gazetteer::run(arguments),
        Command::Patterns(arguments) => patterns::run(arguments),
        Command::Completions(arguments) => shell::completions(arguments),
        Command::Manual(arguments) => shell::manual(arguments),
    };
    exit_code(result)
}

fn exit_code(result: Result<Status>) -> ExitCode {
    match result {
        Ok(Status::Complete) => ExitCode::SUCCESS,
        Ok(Status::Incomplete) => ExitCode::from(1),
        Ok(Status::Interrupted) => ExitCode::from(interrupt::STATUS),
        // Whoever read us has seen enough: `factwire … | head` is no failure.
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            warn(&error.to_string());
            ExitCode::from(if error.is_usage() { 2 } else { 1 })
        }
    }
}

/// Tells the user something.
fn warn(message: &str) {
    eprintln!("factwire: {message}");
}
