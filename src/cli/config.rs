//! `factwire.toml`: arguments that need not be typed each time.
//!
//! A table for each command holds its long options: `[extract]` with `jobs = 2` stands for `factwire extract --jobs 2`. The
//! file is looked for from the working folder upwards. What is typed wins over it.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, CommandFactory};
use toml::{Table, Value};

use super::Status;
use crate::error::{Error, Result};

/// Print the arguments in force from factwire.toml, and where they come from
#[derive(Debug, Args)]
pub(super) struct Arguments {}

/// The name that is looked for.
const NAME: &str = "factwire.toml";

/// Arguments that a file gives, for each command.
pub(super) struct Config {
    path: PathBuf,
    commands: Table,
}

impl Config {
    /// The file that `--config` names among the arguments, or the nearest one upwards; `None` when there is none, or with
    /// `--no-config`.
    pub(super) fn find(arguments: &[OsString]) -> Result<Option<Self>> {
        let mut words = arguments.iter().map(|word| word.to_string_lossy());
        while let Some(word) = words.next() {
            let named = word.strip_prefix("--config=").map(str::to_owned);
            let named = if word == "--config" { words.next().map(|word| word.into_owned()) } else { named };
            if let Some(path) = named {
                return Self::read(Path::new(&path)).map(Some);
            }
            match &*word {
                "--no-config" => return Ok(None),
                "--" => break,
                _ => {}
            }
        }
        let folder = env::current_dir().map_err(|error| Error::io(".", error))?;
        let found = folder.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file());
        found.map(|path| Self::read(&path)).transpose()
    }

    fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).map_err(|error| Error::io(path, error))?;
        let commands: Table = text.parse().map_err(|error: toml::de::Error| {
            let line = error.span().map_or(1, |span| text[..span.start].lines().count().max(1));
            Error::usage(error.message()).at_path(path).at_line(line as u64)
        })?;
        if let Some((name, _)) = commands.iter().find(|(_, value)| !value.is_table()) {
            let error = Error::usage(format!("'{name}' stands in no table")).at_path(path);
            return Err(error.with_help("write it below the name of a command, such as [extract]"));
        }
        Ok(Self { path: path.to_owned(), commands })
    }

    /// The arguments that the file gives a command, as they would be typed, without those that were.
    fn of(&self, command: &str, typed: &[OsString]) -> Result<Vec<OsString>> {
        let mut words = Vec::new();
        let Some(Value::Table(given)) = self.commands.get(command) else { return Ok(words) };
        let all = super::Arguments::command();
        let Some(about) = all.find_subcommand(command) else { return Ok(words) };
        for (name, value) in given {
            known(about, &options(about), name).map_err(|error| error.at_path(&self.path))?;
            let flag = format!("--{}", name.replace('_', "-"));
            let is_typed = |word: &OsString| word.to_string_lossy().split('=').next() == Some(flag.as_str());
            if typed.iter().any(is_typed) {
                continue;
            }
            let values = match value {
                Value::Boolean(false) => continue,
                Value::Boolean(true) => {
                    words.push(flag.into());
                    continue;
                }
                Value::Array(values) => values.as_slice(),
                value => std::slice::from_ref(value),
            };
            for value in values {
                let text = match value {
                    Value::String(text) => text.clone(),
                    Value::Integer(number) => number.to_string(),
                    Value::Float(number) => number.to_string(),
                    Value::Datetime(date) => date.to_string(),
                    _ => {
                        let error = Error::usage(format!("{command}.{name} must be a text, a number or a list"));
                        return Err(error.at_path(&self.path));
                    }
                };
                words.push(format!("{flag}={text}").into());
            }
        }
        Ok(words)
    }
}

/// The arguments of the process with those of the file put in after the command's name, where what is typed overrides
/// them.
pub(super) fn complete(typed: Vec<OsString>) -> Result<Vec<OsString>> {
    let Some(place) = typed.iter().skip(1).position(|word| !word.as_encoded_bytes().starts_with(b"-")) else {
        return Ok(typed);
    };
    let place = place + 1;
    let Some(config) = Config::find(&typed)? else { return Ok(typed) };
    let given = config.of(&typed[place].to_string_lossy(), &typed)?;
    let mut words = typed;
    words.splice(place + 1..place + 1, given);
    Ok(words)
}

/// Runs the command.
#[allow(clippy::print_stdout, reason = "what it prints is what was asked for")]
pub(super) fn run(_: Arguments) -> Result<Status> {
    let typed: Vec<OsString> = env::args_os().collect();
    let config = Config::find(&typed)?;
    let from = match &config {
        Some(config) => config.path.display().to_string(),
        None => {
            println!("# no {NAME} here or above: every option has its default");
            String::new()
        }
    };
    for command in super::Arguments::command().get_subcommands() {
        let given =
            config.as_ref().and_then(|config| config.commands.get(command.get_name())).and_then(Value::as_table);
        let options = options(command);
        let mut lines = Vec::new();
        for (name, value) in given.into_iter().flatten() {
            known(command, &options, name).map_err(|error| error.at_path(&from))?;
            lines.push((format!("{name} = {value}"), format!("from {from}")));
        }
        for option in &options {
            let default = option.get_default_values().first().map(|value| value.to_string_lossy());
            let name = option.get_long().unwrap_or_default();
            let is_given = given.is_some_and(|given| given.keys().any(|key| key.replace('_', "-") == name));
            if let Some(default) = default.filter(|_| !is_given && option.get_action().takes_values()) {
                lines.push((format!("{name} = \"{default}\""), "default".to_owned()));
            }
        }
        if !lines.is_empty() {
            println!("[{}]", command.get_name());
            let width = lines.iter().map(|(line, _)| line.chars().count()).max().unwrap_or(0);
            lines.iter().for_each(|(line, origin)| println!("{line:width$}  # {origin}"));
        }
    }
    Ok(Status::Complete)
}

/// The long options of a command.
fn options(command: &clap::Command) -> Vec<&clap::Arg> {
    command.get_arguments().filter(|argument| argument.get_long().is_some()).collect()
}

/// Whether a command has an option of that name, written with `-` or `_`.
fn known(command: &clap::Command, options: &[&clap::Arg], name: &str) -> Result<()> {
    let long = name.replace('_', "-");
    if options.iter().any(|option| option.get_long() == Some(&long)) {
        return Ok(());
    }
    let error = Error::usage(format!("[{}] has no option '{name}'", command.get_name()));
    Err(error.with_help(format!("factwire {} --help lists them", command.get_name())))
}
