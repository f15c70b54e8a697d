//! Trains the syntax model on CoNLL-U files and scores it.
#![allow(clippy::print_stderr, clippy::print_stdout, reason = "a program that reports to its user")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use factwire::error::{Error, Result};
use factwire::syntax::Model;
use factwire::syntax::conllu::{Reader, Tree};
use factwire::syntax::train::{Settings, evaluate, train};

/// Trains the tagger and the parser on CoNLL-U files. The same files give the same model, byte for byte.
#[derive(Debug, Parser)]
struct Arguments {
    /// Treebanks to train on.
    #[arg(long, num_args = 1.., required_unless_present = "model")]
    train: Vec<PathBuf>,
    /// Treebanks to score on.
    #[arg(long, num_args = 1..)]
    dev: Vec<PathBuf>,
    /// Where the model goes.
    #[arg(long, default_value = "data/model/english.bin")]
    output: PathBuf,
    /// Scores this model and trains nothing.
    #[arg(long, conflicts_with = "train")]
    model: Option<PathBuf>,
    /// Passes of the tagger over the data.
    #[arg(long, default_value_t = 8)]
    tagger_epochs: usize,
    /// Passes of the parser over the data.
    #[arg(long, default_value_t = 15)]
    parser_epochs: usize,
    /// Buckets of the tagger's table: 264 bytes each.
    #[arg(long, default_value_t = 7680)]
    buckets: usize,
    /// Threads; they do not change the result.
    #[arg(long, default_value_t = 2)]
    threads: usize,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("factwire-train: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    let dev: Vec<(String, Vec<Tree>)> =
        arguments.dev.iter().map(|path| Ok((path.display().to_string(), read(path)?))).collect::<Result<_>>()?;
    if let Some(path) = &arguments.model {
        let bytes = fs::read(path).map_err(|error| Error::io(path, error))?;
        report(&Model::from_bytes(&bytes).map_err(|error| error.at_path(path))?, &dev);
        return Ok(());
    }
    let mut trees = Vec::new();
    for path in &arguments.train {
        trees.extend(read(path)?);
    }
    eprintln!("{} sentences, {} words", trees.len(), trees.iter().map(|tree| tree.words.len()).sum::<usize>());
    let settings = Settings {
        tagger_epochs: arguments.tagger_epochs,
        parser_epochs: arguments.parser_epochs,
        buckets: arguments.buckets,
        threads: arguments.threads.max(1),
    };
    let bytes = train(&trees, settings, &mut |epoch, model| {
        eprintln!("after pass {epoch}");
        report(model, &dev);
    });
    fs::write(&arguments.output, &bytes).map_err(|error| Error::io(&arguments.output, error))?;
    eprintln!("{}: {} bytes", arguments.output.display(), bytes.len());
    Ok(())
}

/// Reads a treebank. Documents of GUM and EWT name their genre: `GUM_news_…`, `weblog-…`.
fn read(path: &Path) -> Result<Vec<Tree>> {
    let file = fs::read(path).map_err(|error| Error::io(path, error))?;
    Reader::new(&file[..]).map(|tree| tree.map_err(|error| error.at_path(path))).collect()
}

/// The genre in a sentence's id: `GUM_news_…`, `weblog-…`.
fn genre(tree: &Tree) -> &str {
    let id = tree.comment("sent_id").unwrap_or_default();
    match id.strip_prefix("GUM_") {
        Some(rest) => rest.split('_').next().unwrap_or_default(),
        None => id.split('-').next().unwrap_or_default(),
    }
}

/// Prints the scores on each treebank, on copies without and with nothing but capitals, and on each genre.
fn report(model: &Model, dev: &[(String, Vec<Tree>)]) {
    for (name, trees) in dev {
        let line = |what: &str, trees: &mut dyn Iterator<Item = &Tree>, rewrite: &dyn Fn(&str) -> String| {
            let score = evaluate(model, trees, rewrite);
            println!(
                "{name} {what}: UPOS {:.2} XPOS {:.2} UAS {:.2} LAS {:.2} ({} words)",
                score.upos, score.xpos, score.uas, score.las, score.words
            );
        };
        line("as written", &mut trees.iter(), &str::to_owned);
        line("lower case", &mut trees.iter(), &|form| form.to_lowercase());
        line("upper case", &mut trees.iter(), &|form| form.to_uppercase());
        let genres: std::collections::BTreeSet<&str> = trees.iter().map(genre).collect();
        for found in genres {
            line(found, &mut trees.iter().filter(|tree| genre(tree) == found), &str::to_owned);
        }
    }
}
