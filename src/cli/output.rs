//! Where the output goes: standard output, a file, or a folder.
//!
//! Files are written under other names and get theirs when all of them are complete. Until then a checkpoint beside them
//! says how far they are true, and a later run can go on from there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::checkpoint::{Checkpoint, with_ending};
use super::encode::{Encoded, Encoder};
use super::layout::Layout;
use crate::error::{Error, Result};
use crate::write::spool;
use crate::write::terminal::{Style, Terminal};

/// What is written, and how.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// What threads make of documents.
    pub encoder: Encoder,
    /// What is made of that in the end, unless it is the output itself.
    pub layout: Option<Layout>,
}

/// What to do with the files of a run that broke off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// Refuse to overwrite them.
    Fresh,
    /// Go on.
    Resume,
    /// Throw them away.
    Restart,
}

/// Documents between two checkpoints at most.
const DOCUMENTS: u64 = 256;
/// Time between two checkpoints, once a document is done.
const PAUSE: Duration = Duration::from_secs(2);

/// The output of a run.
pub(super) struct Output {
    parts: Vec<Part>,
    /// A table that is drawn as rows come.
    live: Option<Box<Terminal<BufWriter<io::Stdout>>>>,
    places: Places,
    layout: Option<Layout>,
    checkpoint: Checkpoint,
    /// The items at the last checkpoint, and when it was.
    saved: (u64, Instant),
}

/// Where everything stands.
struct Places {
    /// The paths under which files are written, and those that they get, or that the layout gets.
    files: Vec<(PathBuf, PathBuf)>,
    checkpoint: Option<PathBuf>,
    /// What holds the spool of a layout that goes to standard output.
    temporary: Option<TempDir>,
    is_folder: bool,
}

impl Output {
    /// Opens what `path` names, or standard output; `request` is what an earlier run must have been asked as well for this
    /// one to go on from it.
    ///
    /// # Errors
    /// If a file cannot be opened, or there is a run that broke off and `start` does not fit it.
    pub(super) fn open(path: Option<&Path>, plan: &Plan, start: Start, request: String) -> Result<Self> {
        let Plan { encoder, layout } = plan;
        let saved = (0, Instant::now());
        let new = |request| Checkpoint { request, ..Checkpoint::default() };
        if let (None, Some(Layout::Terminal(view, style))) = (path, layout) {
            let places = Places { files: Vec::new(), checkpoint: None, temporary: None, is_folder: false };
            let live = Some(Box::new(Terminal::new(BufWriter::new(io::stdout()), view.clone(), *style)));
            return Ok(Self { parts: Vec::new(), live, places, layout: None, checkpoint: new(request), saved });
        }
        let places = Places::find(path, plan)?;
        let earlier = places.earlier(start, &request)?;
        let resumed = earlier.is_some();
        let checkpoint = earlier.unwrap_or_else(|| new(request));
        let mut output = Self { parts: Vec::new(), live: None, places, layout: layout.clone(), checkpoint, saved };
        if output.checkpoint.complete {
            return Ok(output);
        }
        let lengths = if resumed { output.checkpoint.lengths.clone() } else { Vec::new() };
        let files = output.places.files.iter().enumerate();
        output.parts = files
            .map(|(place, (open, name))| match (path.is_none() && layout.is_none(), lengths.get(place)) {
                (true, _) => Ok(Part::stdout()),
                (false, Some(&length)) => Part::resume(open, name, length),
                (false, None) => Part::create(open, name),
            })
            .collect::<Result<_>>()?;
        if !resumed {
            output.append(Encoded::Bytes(encoder.heads()))?;
        }
        Ok(output)
    }

    /// How far the run had come from which this one goes on; nothing done for a new one.
    pub(super) fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// Whether a run that is stopped now can be resumed.
    pub(super) fn is_resumable(&self) -> bool {
        self.places.checkpoint.is_some()
    }

    /// Writes a document.
    pub(super) fn append(&mut self, encoded: Encoded) -> Result<()> {
        let files = match encoded {
            Encoded::Bytes(files) => files,
            Encoded::Files(name, files) => return self.file(&name, &files),
        };
        if let Some(terminal) = &mut self.live {
            let mut bytes = files.first().map(Vec::as_slice).unwrap_or_default();
            let failed = |error| Error::io("standard output", error);
            while let Some((_, row)) = spool::decode(&mut bytes).map_err(failed)? {
                terminal.row(&row).map_err(failed)?;
            }
            return Ok(());
        }
        self.parts.iter_mut().zip(files).try_for_each(|(part, bytes)| part.put(&bytes))
    }

    /// Writes a document's own files, with its number in front: ids need not differ.
    fn file(&mut self, name: &str, files: &[(&str, Vec<u8>)]) -> Result<()> {
        let Some(folder) = self.places.files.first().and_then(|(_, conf)| conf.parent()) else { return Ok(()) };
        let number = self.checkpoint.items + 1;
        for (ending, content) in files {
            let path = folder.join(format!("{number:06}-{name}.{ending}"));
            let new = with_ending(&path, PARTIAL);
            let write = fs::write(&new, content).and_then(|()| fs::rename(&new, &path));
            write.map_err(|error| Error::io(&path, error))?;
        }
        Ok(())
    }

    /// Notes that an item is done with, in a checkpoint where one is due. `note` brings the counts up to date.
    pub(super) fn done(&mut self, input: u64, note: impl FnOnce(&mut Checkpoint)) -> Result<()> {
        self.checkpoint.items += 1;
        self.checkpoint.input = input;
        let (items, when) = self.saved;
        if self.checkpoint.items - items >= DOCUMENTS || when.elapsed() >= PAUSE {
            note(&mut self.checkpoint);
            self.save()?;
        }
        Ok(())
    }

    /// Writes out everything and says so in the checkpoint.
    fn save(&mut self) -> Result<()> {
        self.saved = (self.checkpoint.items, Instant::now());
        let Some(path) = &self.places.checkpoint else { return Ok(()) };
        self.parts.iter_mut().try_for_each(Part::settle)?;
        self.checkpoint.lengths = self.parts.iter().map(|part| part.length).collect();
        self.checkpoint.write(path)
    }

    /// Leaves a run that was stopped so that it can be resumed.
    pub(super) fn leave(mut self, note: impl FnOnce(&mut Checkpoint)) -> Result<()> {
        note(&mut self.checkpoint);
        if let Some(terminal) = self.live {
            return flushed(*terminal);
        }
        self.parts.iter_mut().try_for_each(Part::flush)?;
        self.save()
    }

    /// Completes everything.
    pub(super) fn finish(mut self, note: impl FnOnce(&mut Checkpoint)) -> Result<()> {
        if let Some(terminal) = self.live {
            return flushed(*terminal);
        }
        if !self.checkpoint.complete {
            note(&mut self.checkpoint);
            self.parts.iter_mut().try_for_each(Part::flush)?;
            self.checkpoint.complete = true;
            self.save()?;
        }
        // Closed, before they get other names.
        self.parts.clear();
        match &self.layout {
            None => self.places.files.iter().try_for_each(|(open, name)| rename(open, name))?,
            Some(layout) => self.places.lay_out(layout, &self.checkpoint)?,
        }
        match &self.places.checkpoint {
            Some(path) => fs::remove_file(path).map_err(|error| Error::io(path, error)),
            None => Ok(()),
        }
    }
}

fn flushed(terminal: Terminal<BufWriter<io::Stdout>>) -> Result<()> {
    terminal.finish().and_then(|mut out| out.flush()).map_err(|error| Error::io("standard output", error))
}

impl Places {
    fn find(path: Option<&Path>, plan: &Plan) -> Result<Self> {
        let place = |open: PathBuf, name: PathBuf| (open, name);
        let Some(path) = path else {
            let temporary = plan.layout.is_some().then(TempDir::new).transpose();
            let temporary = temporary.map_err(|error| Error::io(std::env::temp_dir(), error))?;
            let open = temporary.as_ref().map_or_else(PathBuf::new, |folder| folder.path().join("rows"));
            let files = vec![place(open, PathBuf::from("standard output"))];
            return Ok(Self { files, checkpoint: None, temporary, is_folder: false });
        };
        let is_tree = plan.layout.as_ref().is_some_and(Layout::is_tree);
        if is_tree || is_folder(path) {
            fs::create_dir_all(path).map_err(|error| Error::io(path, error))?;
            let names = plan.encoder.names();
            let files = names.iter().map(|name| {
                let name = path.join(name);
                let open = with_ending(&name, PARTIAL);
                match &plan.layout {
                    Some(layout) if layout.is_tree() => place(open, path.to_owned()),
                    Some(layout) => place(open, path.join(layout.name())),
                    None => place(open, name),
                }
            });
            let checkpoint = Some(path.join("factwire.checkpoint"));
            return Ok(Self { files: files.collect(), checkpoint, temporary: None, is_folder: is_tree });
        }
        // What is no regular file, such as /dev/null or a pipe, cannot be renamed to.
        let special = path.exists() && !path.is_file();
        if special && plan.layout.is_some() {
            return Err(Error::usage("this kind of output needs a regular file to go to").at_path(path));
        }
        let open = if special { path.to_owned() } else { with_ending(path, PARTIAL) };
        let checkpoint = (!special).then(|| with_ending(path, "checkpoint"));
        Ok(Self { files: vec![place(open, path.to_owned())], checkpoint, temporary: None, is_folder: false })
    }

    /// The checkpoint of the run to go on from, if any.
    fn earlier(&self, start: Start, request: &str) -> Result<Option<Checkpoint>> {
        let Some(path) = &self.checkpoint else {
            return match start {
                Start::Resume => {
                    Err(Error::usage("--resume needs an --output file or folder that a run left unfinished"))
                }
                _ => Ok(None),
            };
        };
        if start == Start::Restart {
            return match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::io(path, error)),
                _ => Ok(None),
            };
        }
        let Some(earlier) = Checkpoint::read(path)? else { return Ok(None) };
        if start == Start::Fresh {
            let error = Error::usage("this output is of a run that was not finished").at_path(path);
            return Err(error.with_help("go on with --resume, or start over with --restart"));
        }
        if earlier.request != request {
            let error = Error::usage("the run to resume had other arguments, or was of another version").at_path(path);
            return Err(
                error.with_help(format!("repeat them, or start over with --restart; they were: {}", earlier.request))
            );
        }
        Ok(Some(earlier))
    }

    /// Makes the output of the rows that were collected.
    fn lay_out(&self, layout: &Layout, checkpoint: &Checkpoint) -> Result<()> {
        let Some((spool, name)) = self.files.first() else { return Ok(()) };
        // The layout was complete, and only the checkpoint was left to remove.
        if !spool.exists() {
            return Ok(());
        }
        let work = spool.with_extension("work");
        let remove = |path: &Path| if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        if work.exists() {
            remove(&work).map_err(|error| Error::io(&work, error))?;
        }
        if self.is_folder {
            fs::create_dir(&work).map_err(|error| Error::io(&work, error))?;
        }
        layout.lay_out(spool, &checkpoint.totals, &work)?;
        if self.temporary.is_some() {
            let mut stdout = io::stdout();
            let copy = File::open(&work).and_then(|mut file| io::copy(&mut file, &mut stdout));
            return copy.and_then(|_| stdout.flush()).map_err(|error| Error::io("standard output", error));
        }
        if self.is_folder {
            let entries = fs::read_dir(&work).and_then(Iterator::collect::<io::Result<Vec<_>>>);
            for entry in entries.map_err(|error| Error::io(&work, error))? {
                let to = name.join(entry.file_name());
                if to.is_dir() {
                    fs::remove_dir_all(&to).map_err(|error| Error::io(&to, error))?;
                }
                fs::rename(entry.path(), &to).map_err(|error| Error::io(&to, error))?;
            }
            fs::remove_dir(&work).map_err(|error| Error::io(&work, error))?;
        } else {
            rename(&work, name)?;
        }
        fs::remove_file(spool).map_err(|error| Error::io(spool, error))
    }
}

/// Gives a file its name, unless a run that broke off just then has done so.
fn rename(open: &Path, name: &Path) -> Result<()> {
    if open == name || open.as_os_str().is_empty() || !open.exists() && name.exists() {
        return Ok(());
    }
    fs::rename(open, name).map_err(|error| Error::io(name, error))
}

/// Ends the names of files that are not complete.
const PARTIAL: &str = "part";

/// A file under way.
struct Part {
    writer: BufWriter<Box<dyn Write + Send>>,
    /// The file itself, to write its content to the disk; none for standard output and devices.
    file: Option<File>,
    /// For messages.
    name: PathBuf,
    length: u64,
}

impl Part {
    fn stdout() -> Self {
        Self::over(Box::new(io::stdout()), None, Path::new("standard output"), 0)
    }

    fn over(writer: Box<dyn Write + Send>, file: Option<File>, name: &Path, length: u64) -> Self {
        Self { writer: BufWriter::with_capacity(1 << 16, writer), file, name: name.to_owned(), length }
    }

    /// Opens a file anew.
    fn create(open: &Path, name: &Path) -> Result<Self> {
        if open == name {
            let file = OpenOptions::new().write(true).open(open).map_err(|error| Error::io(name, error))?;
            return Ok(Self::over(Box::new(file), None, name, 0));
        }
        Self::locked(open, name, 0)
    }

    /// Opens a file to go on after its first `length` bytes.
    fn resume(open: &Path, name: &Path, length: u64) -> Result<Self> {
        let found = fs::metadata(open).map_err(|error| Error::io(open, error))?.len();
        if found < length {
            let error = Error::usage("the file has lost something since the checkpoint was written").at_path(open);
            return Err(error.with_help("start over with --restart"));
        }
        Self::locked(open, name, length)
    }

    fn locked(open: &Path, name: &Path, length: u64) -> Result<Self> {
        let failed = |error| Error::io(name, error);
        let mut options = OpenOptions::new();
        let mut file = options.write(true).create(true).truncate(false).open(open).map_err(failed)?;
        if let Err(fs::TryLockError::WouldBlock) = file.try_lock() {
            return Err(Error::usage("another run is writing this output").at_path(name));
        }
        file.set_len(length).and_then(|()| file.seek(SeekFrom::Start(length))).map_err(failed)?;
        let same = file.try_clone().map_err(failed)?;
        Ok(Self::over(Box::new(file), Some(same), name, length))
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.length += bytes.len() as u64;
        self.writer.write_all(bytes).map_err(|error| Error::io(&self.name, error))
    }

    fn flush(&mut self) -> Result<()> {
        self.writer.flush().map_err(|error| Error::io(&self.name, error))
    }

    /// Brings everything written so far to the disk.
    fn settle(&mut self) -> Result<()> {
        self.flush()?;
        match &self.file {
            Some(file) => file.sync_data().map_err(|error| Error::io(&self.name, error)),
            None => Ok(()),
        }
    }
}

/// A folder is one that exists, or a path that ends in a slash or has no extension.
pub(super) fn is_folder(path: &Path) -> bool {
    let slash = path.as_os_str().as_encoded_bytes().last().is_some_and(|&byte| byte == b'/');
    // A device such as /dev/full has no extension either.
    path.is_dir() || !path.exists() && (slash || path.extension().is_none())
}

/// Width of a table in a file, where there is no window.
const FILE_WIDTH: usize = 160;

/// How a table is drawn in a file.
pub(super) fn page() -> Style {
    Style { width: FILE_WIDTH, colour: false }
}

/// The window of the terminal: its width, and colours unless NO_COLOR or TERM=dumb says otherwise.
pub(super) fn window() -> Style {
    let width = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    Style { width, colour: io::stdout().is_terminal() && !no_colour && !dumb }
}
