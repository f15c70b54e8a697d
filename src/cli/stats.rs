//! What a run did, while it runs and when it ends: on standard error, never among the data.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write as _};
use std::time::{Duration, Instant};

use super::warn;
use crate::analysis::Analysis;
use crate::record::Record;

/// What one document adds.
#[derive(Debug, Default)]
pub(super) struct Counts {
    bytes: usize,
    /// Sentences that tell the story.
    story: usize,
    /// Those among them that were parsed.
    parsed: usize,
    entities: usize,
    figures: usize,
    /// Events and relations by type.
    facts: BTreeMap<String, usize>,
}

impl Counts {
    pub(super) fn new(analysis: &Analysis, record: &Record) -> Self {
        let sentences = (0..).zip(&analysis.doc.sentences).filter(|(_, sentence)| sentence.zone.is_story());
        let story: Vec<usize> = sentences.map(|(index, _)| index).collect();
        let mut facts = BTreeMap::new();
        let events = record.events.iter().map(|event| event.plover.unwrap_or("statement").to_ascii_lowercase());
        for kind in events.chain(record.relations.iter().map(|relation| relation.kind.to_owned())) {
            *facts.entry(kind).or_default() += 1;
        }
        Self {
            bytes: analysis.doc.text().len(),
            parsed: story.iter().filter(|&&index| analysis.syntax.is_parsed(index.into())).count(),
            story: story.len(),
            entities: record.entities.len(),
            figures: record.figures.len(),
            facts,
        }
    }
}

/// How a run is going.
pub(super) struct Progress {
    started: Instant,
    told: Instant,
    /// Between two messages.
    every: Duration,
    /// Whether the line is drawn over and over.
    live: bool,
    documents: usize,
    warnings: usize,
    failures: usize,
    total: Counts,
}

impl Progress {
    /// Starts to count. On a terminal one line is kept up to date, elsewhere a line is written every minute.
    pub(super) fn start(output_is_terminal: bool) -> Self {
        let now = Instant::now();
        // A table drawn on the same terminal would be torn by it.
        let live = io::stderr().is_terminal() && !output_is_terminal;
        let every = if live { Duration::from_millis(500) } else { Duration::from_secs(60) };
        let total = Counts::default();
        Self { started: now, told: now, every, live, documents: 0, warnings: 0, failures: 0, total }
    }

    pub(super) fn document(&mut self, counts: Counts) {
        self.documents += 1;
        let total = &mut self.total;
        total.bytes += counts.bytes;
        total.story += counts.story;
        total.parsed += counts.parsed;
        total.entities += counts.entities;
        total.figures += counts.figures;
        for (kind, count) in counts.facts {
            *total.facts.entry(kind).or_default() += count;
        }
        if self.told.elapsed() >= self.every {
            self.told = Instant::now();
            self.tell();
        }
    }

    pub(super) fn warning(&mut self, message: &str) {
        self.warnings += 1;
        self.clear();
        warn(&format!("warning: {message}"));
    }

    pub(super) fn failure(&mut self, message: &str) {
        self.failures += 1;
        self.clear();
        warn(message);
    }

    fn line(&self) -> String {
        let seconds = self.started.elapsed().as_secs_f64();
        let megabytes = self.total.bytes as f64 / 1e6;
        let facts: usize = self.total.facts.values().sum();
        let speed = megabytes / seconds.max(1e-9);
        format!("{} documents, {megabytes:.1} MB, {speed:.1} MB/s, {facts} facts", self.documents)
    }

    fn tell(&self) {
        if self.live {
            let _ = write!(io::stderr(), "\r\x1b[K{}", self.line());
        } else {
            warn(&self.line());
        }
    }

    /// Takes the live line away.
    pub(super) fn clear(&self) {
        if self.live {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }

    /// The summary that `--stats` asks for.
    pub(super) fn summary(&self) -> String {
        let mut text = self.line();
        let seconds = self.started.elapsed().as_secs_f64();
        let share = 100.0 * self.total.parsed as f64 / self.total.story.max(1) as f64;
        let _ = write!(text, "\n  {seconds:.2} seconds");
        let _ = write!(text, "\n  {} not read, {} warnings", self.failures, self.warnings);
        let _ = write!(text, "\n  {} sentences of story, {share:.0} % of them parsed", self.total.story);
        let _ = write!(text, "\n  {} entities, {} figures", self.total.entities, self.total.figures);
        for (kind, count) in &self.total.facts {
            let _ = write!(text, "\n  {kind:<14} {count:>8}");
        }
        text
    }
}
