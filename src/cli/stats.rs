//! What a run did, while it runs and when it ends: on standard error, never among the data.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write as _};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::warn;
use crate::analysis::Analysis;
use crate::pipeline::{Stage, Times};
use crate::read::Meter;
use crate::record::Record;
use crate::syntax::LONGEST;

/// What a document adds, and what all of them add up to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Counts {
    pub documents: u64,
    /// Inputs and documents that could not be read.
    pub failures: u64,
    pub warnings: u64,
    /// Documents left out, by reason.
    pub skipped: BTreeMap<String, u64>,
    bytes: u64,
    sentences: u64,
    /// Sentences that tell the story.
    story: u64,
    /// Those among them that were parsed.
    parsed: u64,
    /// Those that were too long and were parsed in pieces.
    #[serde(default)]
    cut: u64,
    entities: u64,
    mentions: u64,
    figures: u64,
    events: u64,
    relations: u64,
    /// Events and relations by type.
    facts: BTreeMap<String, u64>,
}

impl Counts {
    /// The counts of one document.
    pub(super) fn of(analysis: &Analysis, record: &Record) -> Self {
        let sentences = (0..).zip(&analysis.doc.sentences).filter(|(_, sentence)| sentence.zone.is_story());
        let story: Vec<usize> = sentences.map(|(index, _)| index).collect();
        let mut facts = BTreeMap::new();
        let events = record.events.iter().map(|event| event.plover.unwrap_or("statement").to_ascii_lowercase());
        for kind in events.chain(record.relations.iter().map(|relation| relation.kind.to_owned())) {
            *facts.entry(kind).or_default() += 1;
        }
        Self {
            documents: 1,
            bytes: analysis.doc.text().len() as u64,
            sentences: record.sentences.len() as u64,
            parsed: story.iter().filter(|&&index| analysis.syntax.is_parsed(index.into())).count() as u64,
            cut: story.iter().filter(|&&index| analysis.syntax.is_cut(index.into())).count() as u64,
            story: story.len() as u64,
            entities: record.entities.len() as u64,
            mentions: record.mentions.len() as u64,
            figures: record.figures.len() as u64,
            events: record.events.len() as u64,
            relations: record.relations.len() as u64,
            facts,
            ..Self::default()
        }
    }

    /// The count of a document that is left out.
    pub(super) fn skipped(reason: String) -> Self {
        Self { skipped: BTreeMap::from([(reason, 1)]), ..Self::default() }
    }

    pub(super) fn add(&mut self, other: Counts) {
        self.documents += other.documents;
        self.failures += other.failures;
        self.warnings += other.warnings;
        self.bytes += other.bytes;
        self.sentences += other.sentences;
        self.story += other.story;
        self.parsed += other.parsed;
        self.cut += other.cut;
        self.entities += other.entities;
        self.mentions += other.mentions;
        self.figures += other.figures;
        self.events += other.events;
        self.relations += other.relations;
        for (sum, more) in [(&mut self.facts, other.facts), (&mut self.skipped, other.skipped)] {
            for (kind, count) in more {
                *sum.entry(kind).or_default() += count;
            }
        }
    }

    /// The counts with their names, for the summary sheet of a workbook.
    pub(super) fn named(&self) -> Vec<(String, u64)> {
        let fixed = [
            ("documents", self.documents),
            ("not read", self.failures),
            ("sentences", self.sentences),
            ("entities", self.entities),
            ("mentions", self.mentions),
            ("figures", self.figures),
            ("events", self.events),
            ("relations", self.relations),
        ];
        let skipped = self.skipped.iter().map(|(reason, &count)| (format!("skipped: {reason}"), count));
        let facts = self.facts.iter().map(|(kind, &count)| (format!("type: {kind}"), count));
        fixed.into_iter().map(|(name, count)| (name.to_owned(), count)).chain(skipped).chain(facts).collect()
    }
}

/// The time spent on documents, by what it was spent on; nothing unless somebody wants to know.
#[derive(Clone, Debug, Default)]
pub(super) struct Spent {
    since: Option<Instant>,
    /// What it was spent on, in the order in which that is done.
    parts: Vec<(&'static str, Duration)>,
}

impl Spent {
    /// Starts the clock, if it is wanted.
    pub(super) fn start(wanted: bool) -> Self {
        Self { since: wanted.then(Instant::now), parts: Vec::new() }
    }

    /// What reading took.
    pub(super) fn reading(time: Duration) -> Self {
        Self { since: None, parts: vec![("reading", time)] }
    }

    /// Starts the clock anew, after a wait.
    pub(super) fn restart(&mut self) {
        self.since = self.since.map(|_| Instant::now());
    }

    /// Books the time since the last call.
    pub(super) fn on(&mut self, what: &'static str) {
        if let Some(since) = self.since {
            self.parts.push((what, since.elapsed()));
            self.restart();
        }
    }

    /// Books what the stages of the library took.
    pub(super) fn on_stages(&mut self, times: Times) {
        if self.since.is_some() {
            self.parts.extend(Stage::ALL.map(Stage::name).into_iter().zip(times));
            self.restart();
        }
    }

    fn add(&mut self, other: &Spent) {
        for &(what, time) in &other.parts {
            match self.parts.iter_mut().find(|(name, _)| *name == what) {
                Some((_, sum)) => *sum += time,
                None => self.parts.push((what, time)),
            }
        }
    }

    /// A line for each, with its share.
    fn lines(&self) -> String {
        let total: f64 = self.parts.iter().map(|(_, time)| time.as_secs_f64()).sum();
        let mut lines = String::new();
        for (what, time) in &self.parts {
            let seconds = time.as_secs_f64();
            let _ = write!(lines, "\n  {what:<20} {seconds:>8.2} s {:>3.0} %", 100.0 * seconds / total.max(1e-9));
        }
        lines
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
    /// How much of the input files is read.
    meter: Meter,
    /// Bytes of text that an earlier run, which this one goes on from, had worked through.
    earlier: u64,
    pub totals: Counts,
    spent: Spent,
}

impl Progress {
    /// Starts to count after what an earlier run has done. On a terminal one line is kept up to date, elsewhere a line is
    /// written every minute.
    pub(super) fn start(output_is_terminal: bool, meter: Meter, totals: Counts) -> Self {
        let now = Instant::now();
        // A table drawn on the same terminal would be torn by it.
        let live = io::stderr().is_terminal() && !output_is_terminal;
        let every = if live { Duration::from_millis(500) } else { Duration::from_secs(60) };
        Self { started: now, told: now, every, live, meter, earlier: totals.bytes, totals, spent: Spent::default() }
    }

    /// Counts what was done, and tells how it goes from time to time.
    pub(super) fn add(&mut self, counts: Counts) {
        self.totals.add(counts);
        if self.told.elapsed() >= self.every {
            self.told = Instant::now();
            self.tell();
        }
    }

    /// Adds time that was spent.
    pub(super) fn spent(&mut self, more: &Spent) {
        self.spent.add(more);
    }

    pub(super) fn warning(&mut self, message: &str) {
        self.totals.warnings += 1;
        self.clear();
        warn(&format!("warning: {message}"));
    }

    pub(super) fn failure(&mut self, message: &str) {
        self.totals.failures += 1;
        self.clear();
        warn(message);
    }

    fn line(&self) -> String {
        let seconds = self.started.elapsed().as_secs_f64();
        let totals = &self.totals;
        let megabytes = totals.bytes as f64 / 1e6;
        let facts: u64 = totals.facts.values().sum();
        let speed = (totals.bytes - self.earlier) as f64 / 1e6 / seconds.max(1e-9);
        format!("{} documents, {megabytes:.1} MB, {speed:.1} MB/s, {facts} facts", totals.documents)
    }

    fn tell(&self) {
        let mut line = self.line();
        if let Some(share) = self.meter.share().filter(|share| (0.001..0.999).contains(share)) {
            if self.live {
                line.insert_str(0, &bar(share));
            }
            let left = self.started.elapsed().as_secs_f64() * (1.0 - share) / share;
            let _ = write!(line, ", {:.0} % read, {} left", share * 100.0, duration(left));
        }
        if self.live {
            // On a narrow window it would run over, and could not be taken away.
            let width = terminal_size::terminal_size_of(io::stderr()).map_or(80, |(width, _)| width.0.into());
            let line: String = line.chars().take(width).collect();
            let _ = write!(io::stderr(), "\r\x1b[K{line}");
        } else {
            warn(&line);
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
        let totals = &self.totals;
        let seconds = self.started.elapsed().as_secs_f64();
        let share = 100.0 * totals.parsed as f64 / totals.story.max(1) as f64;
        let _ = write!(text, "\n  {seconds:.2} seconds");
        let _ = write!(text, "\n  {} not read, {} warnings", totals.failures, totals.warnings);
        for (reason, count) in &totals.skipped {
            let _ = write!(text, "\n  {count} skipped: {reason}");
        }
        let _ = write!(text, "\n  {} sentences of story, {share:.0} % of them parsed", totals.story);
        if totals.cut > 0 {
            let _ = write!(text, ", {} in pieces, as they have more than {LONGEST} words", totals.cut);
        }
        let _ = write!(text, "\n  {} entities, {} figures", totals.entities, totals.figures);
        for (kind, count) in &totals.facts {
            let _ = write!(text, "\n  {kind:<20} {count:>8}");
        }
        if !self.spent.parts.is_empty() {
            text.push_str("\n  time by stage, of all threads together:");
            text.push_str(&self.spent.lines());
        }
        text
    }
}

/// A bar that is full in so far as the input is read.
fn bar(share: f64) -> String {
    const WIDTH: usize = 20;
    let full = (share * WIDTH as f64).round() as usize;
    format!("{}{} ", "█".repeat(full), "░".repeat(WIDTH.saturating_sub(full)))
}

/// Time as one says it: "3 h 20 min", "4 min", "15 s".
fn duration(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    match (seconds / 3600, seconds / 60 % 60) {
        (0, 0) => format!("{seconds} s"),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_fill_up() {
        assert_eq!(bar(0.25), format!("{}{} ", "█".repeat(5), "░".repeat(15)));
        assert_eq!(bar(0.999), format!("{} ", "█".repeat(20)));
    }

    #[test]
    fn durations_are_readable() {
        assert_eq!([15.2, 240.0, 12_000.0].map(duration), ["15 s", "4 min", "3 h 20 min"]);
    }
}
