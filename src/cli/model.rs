//! `--model`: weights of the tagger and the parser in the place of the built-in ones.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use crate::error::{Error, Result};
use crate::syntax::Model;

/// The syntax model to use.
#[derive(Clone, Debug, Args)]
pub(super) struct OwnModel {
    /// Use this syntax model, written by factwire-train, instead of the built-in one
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

impl OwnModel {
    /// The model, if one is named.
    ///
    /// # Errors
    /// If the file cannot be read or is no model.
    pub(super) fn read(&self) -> Result<Option<Model>> {
        let Some(path) = &self.model else { return Ok(None) };
        // Which model to use is an argument: a bad one is wrong usage, like a bad pattern file.
        let wrong = |message: String| Error::usage(message).at_path(path);
        let bytes = fs::read(path).map_err(|error| wrong(error.to_string()))?;
        Model::from_bytes(&bytes).map(Some).map_err(|error| wrong(error.to_string()))
    }
}
