//! Folders: their files, sorted by name, below one another.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Options, Pending, names};
use crate::error::Error;

/// Lists what can be read in a folder. Hidden files are skipped, and so are files whose name stands for no format that
/// is read, unless the user named one.
pub(super) fn list(folder: &Path, options: &Options) -> Vec<Pending> {
    let mut walk = Walk { any: options.format.is_some(), above: Vec::new(), found: Vec::new() };
    walk.folder(folder, &mut String::new());
    if walk.found.is_empty() {
        let error = Error::input("no file here can be read").at_path(folder);
        walk.found.push(Pending::Problem(error.with_help(format!("files must end in {}", names::KNOWN))));
    }
    walk.found
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
                self.found.push(Pending::Found(path, prefix.clone()));
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
