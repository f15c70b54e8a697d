//! Zip archives: every file inside is an input of its own.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use zip::{CompressionMethod, ZipArchive};

use super::{Bytes, Input, Item, Options, names, open};
use crate::error::Error;

/// The documents of an archive's files, sorted by name.
pub(super) struct Archive {
    path: PathBuf,
    zip: ZipArchive<Shared>,
    file: Shared,
    /// Names and numbers of the files still to read.
    rest: std::vec::IntoIter<(String, usize)>,
    open: Option<Box<dyn Iterator<Item = Item> + Send>>,
    options: Options,
}

impl Archive {
    /// Opens an archive.
    ///
    /// # Errors
    /// If it is no archive, or a damaged one, or there is nothing in it that can be read.
    pub(super) fn new(path: &Path, options: &Options) -> Result<Self, Error> {
        let file = File::open(path).map_err(|error| Error::io(path, error))?;
        let file = Shared { file: Arc::new(Mutex::new(file)), at: 0 };
        let zip = ZipArchive::new(file.clone()).map_err(|error| Error::input(error.to_string()).at_path(path))?;
        let wanted = |name: &str| {
            let hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
            let named = Path::new(name);
            let known = options.format.is_some() || names::format(named).is_some() || names::refusal(named).is_some();
            !name.ends_with('/') && !hidden && known
        };
        let all = (0..zip.len()).filter_map(|number| Some((zip.name_for_index(number)?.ok()?.into_owned(), number)));
        let mut files: Vec<(String, usize)> = all.filter(|(name, _)| wanted(name)).collect();
        files.sort();
        if files.is_empty() {
            return Err(Error::input("no file in this archive can be read").at_path(path));
        }
        let rest = files.into_iter();
        Ok(Self { path: path.to_owned(), zip, file, rest, open: None, options: options.clone() })
    }

    /// The bytes of a file inside.
    fn unpack(&mut self, number: usize) -> io::Result<Bytes> {
        let entry = self.zip.by_index_raw(number).map_err(io::Error::other)?;
        if entry.encrypted() {
            return Err(io::Error::other("it is encrypted"));
        }
        let method = entry.compression();
        let start = entry.data_start().ok_or_else(|| io::Error::other("its place in the archive is not known"))?;
        let packed = Shared { at: start, ..self.file.clone() }.take(entry.compressed_size());
        match method {
            CompressionMethod::Stored => Ok(Box::new(BufReader::new(packed))),
            CompressionMethod::Deflated => Ok(Box::new(BufReader::new(flate2::read::DeflateDecoder::new(packed)))),
            other => Err(io::Error::other(format!("it is packed with {other}, which is not read"))),
        }
    }
}

impl Iterator for Archive {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.open.as_mut().and_then(Iterator::next) {
                return Some(item);
            }
            let (name, number) = self.rest.next()?;
            // Named as a path below the archive, in messages and ids alike.
            let path = self.path.join(&name);
            if let Some(error) = names::refusal(&path).filter(|_| self.options.format.is_none()) {
                return Some(Item::Failure(error));
            }
            let id = match name.rsplit_once('/') {
                Some((folder, _)) => format!("{folder}/{}", names::stem(&path)),
                None => names::stem(&path),
            };
            match self.unpack(number) {
                Ok(bytes) => self.open = Some(open(bytes, Input { path, id, options: self.options.clone() })),
                Err(error) => return Some(Item::Failure(Error::io(path, error))),
            }
        }
    }
}

/// A file that several readers share, each at a place of its own.
#[derive(Clone)]
struct Shared {
    file: Arc<Mutex<File>>,
    at: u64,
}

impl Read for Shared {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at))?;
        let length = file.read(buffer)?;
        self.at += length as u64;
        Ok(length)
    }
}

impl Seek for Shared {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => {
                let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
                file.metadata()?.len().checked_add_signed(by)
            }
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
