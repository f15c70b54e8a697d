//! Runs the examples of pattern files through the whole pipeline, for the tests and for `factwire patterns test`, and
//! counts what patterns are used for.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fmt, fs};

use crate::analysis::Analysis;
use crate::document::Source;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ontology::Role;
use crate::pattern::{Example, Expected, File, Patterns, Row, place};
use crate::pipeline::Extractor;
use crate::relation::Relation;
use crate::span::{EntityId, SentenceId, Span};

/// How many examples every pattern must have.
const LEAST: (usize, usize) = (2, 1);

/// An example that does not hold, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The pattern file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: u64,
    /// The pattern.
    pub id: String,
    /// What is wrong.
    pub message: String,
}

/// What is said of a gap that has closed.
const CLOSED: &str = "works now: move it from gap to match";

impl Failure {
    /// Whether a known gap has closed, which is good news.
    pub fn is_closed_gap(&self) -> bool {
        self.message == CLOSED
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.path.display(), self.line, self.id, self.message)
    }
}

/// How the examples of a file fared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many examples were run, known gaps not counted.
    pub examples: usize,
    /// How many sentences are known not to work yet.
    pub gaps: usize,
    /// Examples that do not hold, gaps that have closed, and patterns with too few examples.
    pub failures: Vec<Failure>,
    short: usize,
    closed: usize,
}

impl Outcome {
    /// How many examples do not hold.
    pub fn failed_examples(&self) -> usize {
        self.failures.len() - self.short - self.closed
    }
}

/// Runs every example of a pattern file. The extractor must know the patterns.
///
/// # Errors
/// If the file cannot be read or is no pattern file.
pub fn examples(extractor: &Extractor, path: &Path) -> Result<Outcome> {
    let text = fs::read_to_string(path).map_err(|error| Error::io(path, error))?;
    let file = File::from_toml(&text, path)?;
    let mut check = Check { extractor, text: &text, path, outcome: Outcome::default() };
    for (row, &line) in file.patterns.iter().zip(&file.lines.patterns) {
        check.row(row, line);
    }
    Ok(check.outcome)
}

struct Check<'c> {
    extractor: &'c Extractor,
    text: &'c str,
    path: &'c Path,
    outcome: Outcome,
}

impl Check<'_> {
    fn fail(&mut self, row: &Row, line: u64, message: String) {
        self.outcome.failures.push(Failure { path: self.path.to_owned(), line, id: row.id.clone(), message });
    }

    fn row(&mut self, row: &Row, line: u64) {
        // A known gap tells what the pattern is for as well as a match does.
        if row.matches.len() + row.gap.len() < LEAST.0 || row.reject.len() < LEAST.1 {
            self.outcome.short += 1;
            self.fail(row, line, format!("needs at least {} match (or gap) and {} reject examples", LEAST.0, LEAST.1));
        }
        for example in &row.matches {
            self.outcome.examples += 1;
            if let Err(message) = holds(self.extractor, &row.id, &example.text) {
                self.fail(row, place(self.text, example.at).0, message);
            }
        }
        for example in &row.gap {
            self.outcome.gaps += 1;
            if holds(self.extractor, &row.id, example.text.as_ref()).is_ok() {
                self.outcome.closed += 1;
                let line = place(self.text, example.text.span().start).0;
                self.fail(row, line, CLOSED.into());
            }
        }
        for example in &row.reject {
            self.outcome.examples += 1;
            let plain = Example::parse(example.text.as_ref()).map(|example| example.text).unwrap_or_default();
            let analysis = extract(self.extractor, &plain);
            if let Some(fact) = Fact::all(&analysis).find(|fact| fact.pattern() == Some(&row.id)) {
                let line = place(self.text, example.text.span().start).0;
                self.fail(row, line, format!("fires on '{}', but {}", analysis.doc.slice(fact.span()), example.why));
            }
        }
    }
}

fn extract(extractor: &Extractor, text: &str) -> Analysis {
    extractor.worker().extract_all(Source { text: text.to_owned(), ..Source::default() })
}

/// An event or a relation.
#[derive(Clone, Copy)]
enum Fact<'a> {
    Event(&'a Event),
    Relation(&'a Relation),
}

impl<'a> Fact<'a> {
    fn all(analysis: &'a Analysis) -> impl Iterator<Item = Fact<'a>> {
        analysis.events.iter().map(Fact::Event).chain(analysis.relations.iter().map(Fact::Relation))
    }

    /// The pattern that found it; none where a rule did.
    fn pattern(self) -> Option<&'a str> {
        match self {
            Fact::Event(event) => event.trail.first().and_then(|first| first.strip_prefix("pattern ")),
            Fact::Relation(relation) => Some(&relation.rule),
        }
    }

    fn span(self) -> Span {
        match self {
            Fact::Event(event) => event.span,
            Fact::Relation(relation) => relation.span,
        }
    }

    fn sentence(self) -> SentenceId {
        match self {
            Fact::Event(event) => event.sentence,
            Fact::Relation(relation) => relation.sentence,
        }
    }

    /// Whether it has what is expected at a span: participants by their heads, so that a longer or shorter phrase for
    /// the same actor is not a failure of the pattern.
    fn has(self, analysis: &Analysis, expected: Expected, span: Span) -> bool {
        match self {
            Fact::Event(event) => event_has(analysis, event, expected, span),
            Fact::Relation(relation) => match expected {
                Expected::Trigger => relation.span.overlaps(span),
                Expected::Source => is_named(analysis, relation.subject, span),
                Expected::Target => is_named(analysis, relation.object, span),
                Expected::Party => [relation.subject, relation.object].iter().any(|&it| is_named(analysis, it, span)),
                Expected::Location | Expected::Mediator | Expected::Instrument => false,
            },
        }
    }
}

/// Whether a mention of the entity shares a word with the span.
fn is_named(analysis: &Analysis, entity: EntityId, span: Span) -> bool {
    let linked = analysis.entities.mentions.iter().zip(&analysis.entities.links);
    linked.into_iter().any(|(mention, &link)| link == entity && mention.span.overlaps(span))
}

fn event_has(analysis: &Analysis, event: &Event, expected: Expected, span: Span) -> bool {
    let tokens = &analysis.doc.tokens;
    let headed = |role: Role| {
        event.participants.iter().any(|participant| {
            let head = tokens[participant.head.index()].span;
            participant.role == role && (span.contains(head) || participant.span == span)
        })
    };
    match expected {
        Expected::Trigger => event.span.overlaps(span) || tokens[event.trigger.index()].span.overlaps(span),
        Expected::Source => headed(Role::Source),
        Expected::Target => headed(Role::Target),
        Expected::Party => headed(Role::Source) && headed(Role::Target),
        Expected::Location => headed(Role::Location),
        Expected::Mediator => headed(Role::Mediator),
        Expected::Instrument => headed(Role::Instrument),
    }
}

/// Whether the pattern fires on a marked sentence with every marked span.
fn holds(extractor: &Extractor, id: &str, marked: &str) -> std::result::Result<(), String> {
    let example = Example::parse(marked).map_err(|error| error.to_string())?;
    let analysis = extract(extractor, &example.text);
    let own: Vec<Fact> = Fact::all(&analysis).filter(|fact| fact.pattern() == Some(id)).collect();
    if own.is_empty() {
        let found: Vec<&str> = Fact::all(&analysis).filter_map(Fact::pattern).collect();
        return Err(format!("does not fire on '{}' (found: {})", example.text, found.join(", ")));
    }
    let mut missing = Vec::new();
    for fact in own {
        let lacks = example.expected.iter().filter(|&&(expected, span)| !fact.has(&analysis, expected, span));
        let lacks: Vec<&str> = lacks.map(|(_, span)| span.of(&example.text)).collect();
        if lacks.is_empty() {
            return Ok(());
        }
        missing = lacks;
    }
    Err(format!("does not find {} in '{}'", missing.join(", "), example.text))
}

/// The different sentences in which each pattern found a fact.
#[derive(Clone, Debug, Default)]
pub struct Uses(BTreeMap<String, BTreeSet<String>>);

impl Uses {
    /// Takes in a document. A sentence that was met before, in this document or another, counts once.
    pub fn add(&mut self, analysis: &Analysis) {
        for fact in Fact::all(analysis) {
            let sentence = analysis.doc.slice(analysis.doc.sentences[fact.sentence().index()].span);
            if let Some(pattern) = fact.pattern() {
                self.0.entry(pattern.to_owned()).or_default().insert(sentence.to_owned());
            }
        }
    }

    /// Every pattern in force, and every rule that fired, with its number of sentences: the most used first.
    pub fn counts(&self, patterns: &Patterns) -> Vec<(String, usize)> {
        let mut counts: BTreeMap<String, usize> = patterns.ids().map(|id| (id.to_owned(), 0)).collect();
        counts.extend(self.0.iter().map(|(id, sentences)| (id.clone(), sentences.len())));
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| Reverse(*count));
        counts
    }
}
