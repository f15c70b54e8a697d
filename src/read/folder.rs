//! Folders: their files, sorted by name, below one another.

use std::collections::VecDeque;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Options, Pending, names};
use crate::error::Error;

/// Finds what a path stands for: a file, the files of a folder, or those whose names fit a pattern.
///
/// Hidden files of folders are skipped, and so are files whose name stands for no format that is read, unless the user
/// named one; those that a user would expect to be read are named.
pub(super) fn find(path: &Path, options: &Options, found: &mut VecDeque<Pending>) {
    if path.is_dir() {
        list(path, options, found);
        return;
    }
    let pattern = path.to_str().filter(|name| name.contains(['*', '?', '[']) && !path.exists());
    let Some(pattern) = pattern else {
        found.push_back(Pending::File(path.to_owned(), names::stem(path)));
        return;
    };
    let before = found.len();
    let paths = match glob::glob(pattern) {
        Ok(paths) => paths,
        Err(error) => {
            let error = Error::input(format!("this is no pattern of file names: {error}")).at_path(path);
            return found.push_back(Pending::Problem(error));
        }
    };
    for path in paths {
        match path {
            Ok(path) if path.is_dir() => list(&path, options, found),
            Ok(path) => found.push_back(Pending::File(path.clone(), names::stem(&path))),
            Err(error) => {
                let path = error.path().to_owned();
                found.push_back(Pending::Problem(Error::io(path, error.into())));
            }
        }
    }
    if found.len() == before {
        found.push_back(Pending::Problem(Error::input("no file fits this pattern").at_path(path)));
    }
}

/// Lists what can be read in a folder.
fn list(folder: &Path, options: &Options, found: &mut VecDeque<Pending>) {
    let mut walk = Walk { any: options.format.is_some(), above: Vec::new(), found: Vec::new() };
    walk.folder(folder, &mut String::new());
    if walk.found.is_empty() {
        let error = Error::input("no file here can be read").at_path(folder);
        walk.found.push(Pending::Problem(error.with_help(format!("files must end in {}", names::KNOWN))));
    }
    found.extend(walk.found);
}

struct Walk {
    /// Whether every file is taken, whatever its name.
    any: bool,
    /// The folders that this one lies in, as they really are: a link that leads back up would never end.
    above: Vec<PathBuf>,
    found: Vec<Pending>,
}

impl Walk {
    fn folder(&mut self, folder: &Path, prefix: &mut String) {
        let (real, names) = match folder.canonicalize().and_then(|real| Ok((real, sorted(folder)?))) {
            Ok(listed) => listed,
            Err(error) => return self.found.push(Pending::Problem(Error::io(folder, error))),
        };
        if self.above.contains(&real) {
            return;
        }
        self.above.push(real);
        for name in names {
            let path = folder.join(&name);
            let length = prefix.len();
            if path.is_dir() {
                prefix.push_str(&name.to_string_lossy());
                prefix.push('/');
                self.folder(&path, prefix);
            } else if self.any || names::is_known(&path) {
                prefix.push_str(&names::stem(&path));
                self.found.push(Pending::File(path, prefix.clone()));
            } else if let Some(error) = names::refusal(&path) {
                self.found.push(Pending::Problem(error));
            }
            prefix.truncate(length);
        }
        self.above.pop();
    }
}

fn sorted(folder: &Path) -> io::Result<Vec<std::ffi::OsString>> {
    let names = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name()));
    let mut names = names.collect::<io::Result<Vec<_>>>()?;
    names.retain(|name| !name.as_encoded_bytes().starts_with(b"."));
    names.sort();
    Ok(names)
}
