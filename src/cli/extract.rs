//! `factwire extract`: documents in, facts out.

use std::io::{self, IsTerminal};
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};

use super::checkpoint::Digest;
use super::encode::Encoded;
use super::gazetteer::Overlay;
use super::interrupt;
use super::model::OwnModel;
use super::output::{Output, Start};
use super::patterns::Own;
use super::plan::Writing;
use super::reading::{Reading, listed};
use super::stats::{Counts, Progress, Spent};
use super::wanted::Wanted;
use super::{Status, parallel, warn};
use crate::document::Source;
use crate::duplicate::Duplicates;
use crate::error::{Error, Result};
use crate::language;
use crate::read::{Inputs, Item};
use crate::record::Record;

/// Extract facts from news: who did what to whom, when, where, and who says so
///
/// On a terminal the result is a table that fits the window; piped or written to a file it is CSV.
#[derive(Clone, Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Files, folders and patterns such as 'news/*.html' to read; standard input when there are none, or for `-`
    input: Vec<PathBuf>,

    /// File that lists further inputs, one a line or with NUL between them; `-` for standard input
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    #[command(flatten)]
    writing: Writing,

    #[command(flatten)]
    overlay: Overlay,

    #[command(flatten)]
    own: Own,

    #[command(flatten)]
    model: OwnModel,

    /// Give every telling of an event a row of its own, where headline, lead and body tell the same
    #[arg(long)]
    keep_duplicates: bool,

    /// Languages to read: documents that are certainly not English are left out and counted
    #[arg(long, value_enum, default_value = "en")]
    language: Language,

    /// Find copies of the same story among the last 100,000: mark them in the table of documents, or skip them
    #[arg(long, value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "mark")]
    dedupe: Option<Dedupe>,

    #[command(flatten)]
    wanted: Wanted,

    #[command(flatten)]
    running: Running,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Language {
    /// English
    En,
    /// Whatever language the text is in, read as English
    Any,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Dedupe {
    /// Write the id of the first in the column duplicate_of
    Mark,
    /// Leave copies out and count them
    Skip,
}

/// How a run goes; none of it changes what is written.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Long runs")]
struct Running {
    /// Go on where a run with this output broke off: killed, out of disk, or stopped with Ctrl-C
    #[arg(long)]
    resume: bool,

    /// Start over where a run with this output broke off
    #[arg(long, conflicts_with = "resume")]
    restart: bool,

    /// Say at the end what was read and found, on standard error
    #[arg(long)]
    stats: bool,

    /// Threads to use; as many as there are processors when not given
    #[arg(short, long)]
    jobs: Option<NonZero<usize>>,
}

const EXAMPLES: &str = "\
Examples:
  factwire extract article.txt --date 2021-05-14
  factwire extract articles/ --table figures > figures.csv
  factwire extract archive.jsonl --output facts/
  factwire extract archive.jsonl.gz --output facts.xlsx --resume
  curl -s https://example.org/story.txt | factwire extract --format jsonl";

/// Runs the command.
pub(super) fn run(arguments: Arguments) -> Result<Status> {
    let plan = arguments.writing.plan()?;
    let filter = arguments.wanted.filter()?;
    let extractor = arguments.own.extractor()?.with_gazetteer(arguments.overlay.gazetteer()?);
    let extractor = extractor.with_model(arguments.model.read()?);
    let start = match &arguments.running {
        Running { resume: true, .. } => Start::Resume,
        Running { restart: true, .. } => Start::Restart,
        _ => Start::Fresh,
    };
    let mut output = Output::open(arguments.writing.output.as_deref(), &plan, start, arguments.request())?;
    let drawn = plan.layout.is_some() && arguments.writing.output.is_none();
    let earlier = output.checkpoint().clone();
    let Arguments { reading, running, .. } = &arguments;
    if earlier.complete {
        let progress = Progress::start(drawn, Default::default(), earlier.totals);
        return finish(output, progress, running);
    }
    let paths = arguments.paths()?;
    // Who types the text ends the run by Ctrl-C at once: there is nothing to finish.
    let typed = io::stdin().is_terminal() && (paths.is_empty() || paths.iter().any(|path| path.as_os_str() == "-"));
    let inputs = reading.open(paths)?;
    let mut progress = Progress::start(drawn, inputs.meter(), earlier.totals);
    let reading_time = running.stats.then(Arc::default);
    let mut inputs = Traced::new(inputs, arguments.dedupe, reading_time.clone());
    inputs.pass_over(earlier.items, earlier.input)?;
    if !typed {
        interrupt::listen()?;
    }
    let all_languages = arguments.language == Language::Any;
    let foreign = |text: &str| if all_languages { None } else { language::foreign(text) };
    let (with_text, keep_duplicates) = (arguments.writing.include_text, arguments.keep_duplicates);
    let work = || {
        let mut worker = if running.stats { extractor.worker().timed() } else { extractor.worker() };
        let (encoder, filter, gazetteer, foreign) = (&plan.encoder, &filter, extractor.gazetteer(), &foreign);
        move |(digest, item)| {
            let done = match item {
                Item::Document(source) => 'document: {
                    let mut spent = Spent::start(running.stats);
                    if let Some(language) = foreign(&source.text) {
                        break 'document Done::Skipped(format!("not English: {language}"));
                    }
                    spent.on("language");
                    let analysis = if keep_duplicates { worker.extract_all(source) } else { worker.extract(source) };
                    spent.on_stages(worker.take_times());
                    let mut record = Record::new(&analysis, |id| gazetteer.entry(id), with_text);
                    filter.apply(&mut record);
                    let encoded = encoder.encode(&analysis, &record);
                    let counts = Counts::of(&analysis, &record);
                    spent.on("rows");
                    Done::Document(encoded, Box::new(counts), spent)
                }
                Item::Warning(error) => Done::Warning(error),
                Item::Failure(error) => Done::Failure(error),
                Item::Skipped(reason) => Done::Skipped(reason),
            };
            (digest, done)
        }
    };
    let jobs = running.jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZero::<usize>::MIN);
    let weigh = |(_, item): &(u64, Item)| match item {
        Item::Document(source) => source.text.len(),
        _ => 0,
    };
    parallel::ordered(inputs, jobs, weigh, work, |(digest, done)| {
        match done {
            Done::Document(encoded, counts, mut spent) => {
                spent.restart();
                output.append(encoded)?;
                spent.on("writing");
                progress.add(*counts);
                progress.spent(&spent);
            }
            Done::Warning(error) => progress.warning(&error.to_string()),
            Done::Failure(error) => progress.failure(&error.to_string()),
            Done::Skipped(reason) => progress.add(Counts::skipped(reason)),
        }
        output.done(digest, |checkpoint| checkpoint.totals = progress.totals.clone())
    })?;
    if interrupt::asked() {
        progress.clear();
        let resumable = output.is_resumable();
        output.leave(|checkpoint| checkpoint.totals = progress.totals.clone())?;
        let how = if resumable { "; go on with the same command and --resume" } else { "" };
        warn(&format!("stopped after {} documents{how}", progress.totals.documents));
        return Ok(Status::Interrupted);
    }
    if let Some(nanoseconds) = reading_time {
        progress.spent(&Spent::reading(Duration::from_nanos(nanoseconds.load(Ordering::Relaxed))));
    }
    finish(output, progress, running)
}

/// Completes the output and says how the run went.
fn finish(output: Output, progress: Progress, running: &Running) -> Result<Status> {
    progress.clear();
    output.finish(|checkpoint| checkpoint.totals = progress.totals.clone())?;
    if running.stats {
        warn(&progress.summary());
    } else {
        for (reason, count) in &progress.totals.skipped {
            let help = if reason.starts_with("not English") { "; --language any reads them" } else { "" };
            warn(&format!("left out, {reason}: {count}{help}"));
        }
    }
    Ok(if progress.totals.failures > 0 { Status::Incomplete } else { Status::Complete })
}

impl Arguments {
    /// Everything that decides what is written, as text: an unfinished run goes on only under the same.
    fn request(&self) -> String {
        let deciding = Self { running: Running::default(), ..self.clone() };
        format!("factwire {} data {} {deciding:?}", env!("CARGO_PKG_VERSION"), env!("FACTWIRE_DATA"))
    }

    fn paths(&self) -> Result<Vec<PathBuf>> {
        let mut paths = self.input.clone();
        if let Some(list) = &self.files_from {
            paths.extend(listed(list)?);
        }
        Ok(paths)
    }
}

/// What became of an item of the input.
enum Done {
    Document(Encoded, Box<Counts>, Spent),
    Warning(Error),
    Failure(Error),
    Skipped(String),
}

/// The items of the input with a digest of all up to each; none once the user has asked to stop.
struct Traced {
    inputs: Inputs,
    digest: Digest,
    dedupe: Option<(Dedupe, Duplicates)>,
    /// Nanoseconds that reading took, when somebody wants to know.
    time: Option<Arc<AtomicU64>>,
}

impl Traced {
    fn new(inputs: Inputs, dedupe: Option<Dedupe>, time: Option<Arc<AtomicU64>>) -> Self {
        Self { inputs, digest: Digest::default(), dedupe: dedupe.map(|what| (what, Duplicates::default())), time }
    }

    /// Passes over the items that an earlier run was done with.
    fn pass_over(&mut self, items: u64, digest: u64) -> Result<()> {
        let passed = self.by_ref().take(items as usize).count() as u64;
        if items > 0 && (passed < items || self.digest.value() != digest) {
            let error = Error::usage("the input is not the one that the unfinished run has read");
            return Err(error.with_help("give it the same files, unchanged, or start over with --restart"));
        }
        Ok(())
    }

    /// What is made of a document that may be a copy.
    fn deduped(&mut self, mut source: Source) -> Item {
        if let Some((what, seen)) = &mut self.dedupe
            && let Some(original) = seen.check(&source.id, &source.text)
        {
            if *what == Dedupe::Skip {
                return Item::Skipped("copy of an earlier document".to_owned());
            }
            source.duplicate_of = Some(original.to_owned());
        }
        Item::Document(source)
    }
}

impl Iterator for Traced {
    type Item = (u64, Item);

    fn next(&mut self) -> Option<Self::Item> {
        if interrupt::asked() {
            return None;
        }
        let started = self.time.is_some().then(Instant::now);
        let item = self.inputs.next()?;
        if let (Some(time), Some(started)) = (&self.time, started) {
            time.fetch_add(started.elapsed().as_nanos() as u64, Ordering::Relaxed);
        }
        // Ctrl-C ends a whole pipeline: what came last may be cut short.
        if interrupt::asked() {
            return None;
        }
        let item = match item {
            Item::Document(source) => {
                self.digest.add(&source.id);
                self.digest.add(&source.text);
                self.deduped(source)
            }
            Item::Warning(ref error) | Item::Failure(ref error) => {
                self.digest.add(&error.to_string());
                item
            }
            Item::Skipped(ref reason) => {
                self.digest.add(reason);
                item
            }
        };
        Some((self.digest.value(), item))
    }
}
