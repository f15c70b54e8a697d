//! What a run must know to go on where an earlier one broke off.
//!
//! A checkpoint stands beside the output. It is replaced as a whole, after everything that it speaks of has reached the
//! disk: whatever ends the program, and whenever, the last one that was written is true. Bytes of the output past the
//! lengths in it belong to documents that are read again.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::stats::Counts;
use crate::error::{Error, Result};

/// How far a run has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Checkpoint {
    /// The program and everything in its arguments that decides what is written.
    pub request: String,
    /// Documents, warnings and failures that the reader gave and that are done with.
    pub items: u64,
    /// A digest of them, which tells whether the input is still the same.
    pub input: u64,
    /// Bytes of each file under way.
    pub lengths: Vec<u64>,
    /// Whether everything is read, so that the files only have to be laid out and get their names.
    pub complete: bool,
    /// What was counted.
    pub totals: Counts,
}

impl Checkpoint {
    /// The checkpoint in a file; `None` if there is none.
    ///
    /// # Errors
    /// If there is one that cannot be read.
    pub(super) fn read(path: &Path) -> Result<Option<Self>> {
        let bytes = match fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            read => read.map_err(|error| Error::io(path, error))?,
        };
        serde_json::from_slice(&bytes).map(Some).map_err(|error| {
            let error = Error::usage(format!("this is no checkpoint of this version of the program ({error})"));
            error.at_path(path).with_help("start over with --restart")
        })
    }

    /// Replaces the checkpoint in a file.
    ///
    /// # Errors
    /// If it cannot be written; the earlier one is then still there.
    pub(super) fn write(&self, path: &Path) -> Result<()> {
        let new = with_ending(path, "new");
        let write = || -> io::Result<()> {
            let mut file = File::create(&new)?;
            serde_json::to_writer(&mut file, self)?;
            file.flush()?;
            file.sync_data()?;
            fs::rename(&new, path)
        };
        write().map_err(|error| {
            // On a full disk even this little is in the way.
            let _ = fs::remove_file(&new);
            Error::io(path, error)
        })
    }
}

/// The path with a further ending: `facts.csv` and `part` make `facts.csv.part`.
pub(super) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    path.with_file_name(name)
}

/// A digest of a stream of texts, in which each counts at its place: FNV-1a, the same in every version and on every
/// machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl Digest {
    pub(super) fn add(&mut self, text: &str) {
        // The end counts as well, so that "a", "bc" is not "ab", "c".
        for byte in text.bytes().chain([0xFF]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
    }

    pub(super) fn value(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_knows_where_texts_end() {
        let digest = |texts: &[&str]| {
            let mut digest = Digest::default();
            texts.iter().for_each(|text| digest.add(text));
            digest
        };
        assert_eq!(digest(&["a", "bc"]), digest(&["a", "bc"]));
        assert_ne!(digest(&["a", "bc"]), digest(&["ab", "c"]));
        assert_ne!(digest(&["a"]), digest(&["a", ""]));
    }

    #[test]
    fn a_checkpoint_comes_back_and_a_broken_one_is_named() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("facts.csv.checkpoint");
        assert_eq!(Checkpoint::read(&path).unwrap(), None);
        let made = Checkpoint { request: "x".into(), items: 7, lengths: vec![1, 2], ..Checkpoint::default() };
        made.write(&path).unwrap();
        assert_eq!(Checkpoint::read(&path).unwrap(), Some(made));
        fs::write(&path, "{").unwrap();
        assert!(Checkpoint::read(&path).unwrap_err().to_string().contains("--restart"));
    }
}
