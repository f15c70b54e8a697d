//! The patterns that come with the program, and those of users beside them.

use std::fs;
use std::path::{Path, PathBuf};

use once_cell::sync::Lazy;

use super::file::File;
use super::rule::Patterns;
use crate::error::{Error, Result};

/// The built-in patterns as the build compiled them.
static IMAGE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/patterns.bin"));

/// The files that they were compiled from, without their examples: a user's patterns may call their word lists.
static FILES: &str = include_str!(concat!(env!("OUT_DIR"), "/patterns.json"));

impl Patterns {
    /// The patterns that come with the program.
    ///
    /// # Panics
    /// If the built-in files are damaged; a test loads them.
    pub fn builtin() -> Self {
        Self::from_image(IMAGE).expect("the built-in patterns load")
    }

    /// The built-in patterns and those of further files, with the paths that errors are to name. A file of the name of
    /// a built-in one, in a folder of the same name, such as `events/aid.toml`, takes its place.
    ///
    /// # Errors
    /// All that is wrong in the files, see [`Patterns::compile`].
    pub fn with_files(files: &[(PathBuf, File)]) -> std::result::Result<Self, Vec<Error>> {
        if files.is_empty() {
            return Ok(Self::builtin());
        }
        static PARSED: Lazy<std::result::Result<Vec<(PathBuf, File)>, serde_json::Error>> =
            Lazy::new(|| serde_json::from_str(FILES));
        let builtin = PARSED.as_ref().map_err(|error| vec![Error::data(error.to_string())])?;
        let edit = |path: &Path| files.iter().find(|(own, _)| is_edit_of(own, path));
        let in_place = builtin.iter().map(|known| edit(&known.0).unwrap_or(known));
        let new = files.iter().filter(|(own, _)| !builtin.iter().any(|(path, _)| is_edit_of(own, path)));
        // A user's pattern comes first, and so wins over a built-in one that fits as well; an edited file stays where
        // it was.
        Self::compile(new.chain(in_place).map(|(path, file)| (path.as_path(), file)))
    }

    /// The built-in patterns and those of every `.toml` file of a folder.
    ///
    /// # Errors
    /// If the folder cannot be read or holds no pattern file; else the first error of its files, with the number of
    /// all.
    pub fn with_folder(folder: &Path) -> Result<Self> {
        let files = File::read_folder(folder)?;
        Self::with_files(&files).map_err(Error::first_of)
    }
}

/// Whether a user's file is an edited copy of a built-in one: the same name in a folder of the same name.
fn is_edit_of(own: &Path, builtin: &Path) -> bool {
    let last_two = |path: &Path| -> Option<(_, _)> {
        Some((path.parent()?.file_name()?.to_owned(), path.file_name()?.to_owned()))
    };
    let own = own.canonicalize().unwrap_or_else(|_| own.to_owned());
    last_two(&own).is_some_and(|own| Some(own) == last_two(builtin))
}

impl File {
    /// Reads a pattern file.
    ///
    /// # Errors
    /// If it cannot be read, is not TOML, or has keys that patterns do not have.
    pub fn read(path: &Path) -> Result<File> {
        let text = fs::read_to_string(path).map_err(|error| Error::io(path, error))?;
        Self::from_toml(&text, path)
    }

    /// Reads every `.toml` file of a folder, and of the folders in it, in the order of their names.
    ///
    /// # Errors
    /// If the folder cannot be read or holds none; else the first error of its files.
    pub fn read_folder(folder: &Path) -> Result<Vec<(PathBuf, File)>> {
        let mut paths = Vec::new();
        gather(folder, DEEPEST, &mut paths)?;
        if paths.is_empty() {
            let error = Error::data("no pattern file in this folder").at_path(folder);
            return Err(error.with_help("pattern files end in .toml; their format is in docs/patterns.md"));
        }
        paths.into_iter().map(|path| File::read(&path).map(|file| (path, file))).collect()
    }
}

/// How deep folders are searched: a link may lead in a circle.
const DEEPEST: usize = 8;

fn gather(folder: &Path, depth: usize, out: &mut Vec<PathBuf>) -> Result<()> {
    let refused = |error| Error::io(folder, error);
    let entries = fs::read_dir(folder).map_err(refused)?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>().map_err(refused)?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            if depth > 0 {
                gather(&path, depth - 1, out)?;
            }
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            out.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Plover;

    #[test]
    fn the_image_holds_what_the_files_say() {
        let mut files = Vec::new();
        for folder in ["data/events", "data/relations"] {
            files.extend(File::read_folder(Path::new(folder)).unwrap());
        }
        let compiled = Patterns::compile(files.iter().map(|(path, file)| (path.as_path(), file))).unwrap();
        let builtin = Patterns::builtin();
        assert_eq!(compiled.len(), builtin.len());
        assert!(compiled == builtin, "the built-in image is not what its files give");
        assert!(compiled.to_image() == IMAGE);
        let embedded: Vec<(PathBuf, File)> = serde_json::from_str(FILES).unwrap();
        assert!(Patterns::compile(embedded.iter().map(|(path, file)| (path.as_path(), file))).unwrap() == builtin);
    }

    #[test]
    fn there_are_triggers_of_every_type() {
        let patterns = Patterns::builtin();
        for &plover in Plover::ALL {
            assert!(patterns.triggers().any(|trigger| trigger.plover == Some(plover)), "no trigger of {plover}");
        }
    }

    #[test]
    fn a_users_file_may_add_to_the_built_in_ones_or_take_the_place_of_one() {
        let folder = tempfile::tempdir().unwrap();
        let events = folder.path().join("events");
        fs::create_dir(&events).unwrap();
        let text = "[[pattern]]\nid = \"own-greenlight\"\ncameo = \"070\"\nverbs = [\"greenlight\"]\n";
        fs::write(folder.path().join("own.toml"), text).unwrap();
        let has = |patterns: &Patterns, id: &str| patterns.ids().any(|known| known == id);
        let builtin = Patterns::builtin();
        let added = Patterns::with_folder(folder.path()).unwrap();
        assert_eq!(added.len(), builtin.len() + 1);
        assert!(has(&added, "own-greenlight"));
        fs::write(events.join("protest.toml"), text.replace("own-", "own-protest-")).unwrap();
        let edited = Patterns::with_folder(folder.path()).unwrap();
        assert!(has(&edited, "own-protest-greenlight") && !has(&edited, "protest-march"));
    }

    #[test]
    fn a_folder_without_patterns_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let shown = Patterns::with_folder(folder.path()).unwrap_err().to_string();
        assert!(shown.contains("no pattern file"), "{shown}");
    }
}
