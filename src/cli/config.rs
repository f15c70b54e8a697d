//! `factwire.toml`: arguments that need not be typed each time.
//!
//! A table for each command holds its long options: `[extract]` with `jobs = 2` stands for `factwire extract --jobs 2`. The
//! file is looked for from the working folder upwards. What is typed wins over it.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
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
        let Some(Value::Table(options)) = self.commands.get(command) else { return Ok(words) };
        for (name, value) in options {
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
    match Config::find(&typed)? {
        Some(config) => {
            println!("# from {}", config.path.display());
            print!("{}", config.commands);
        }
        None => println!("# no {NAME} here or above; every option has its default, see factwire extract --help"),
    }
    Ok(Status::Complete)
}
