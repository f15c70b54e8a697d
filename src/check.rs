//! Runs the examples of pattern files through the whole pipeline, for the tests and for `factwire patterns test`.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::document::{Source, Token};
use crate::error::Result;
use crate::event::Event;
use crate::ontology::Role;
use crate::pattern::{Example, Expected, File, Row, place};
use crate::pipeline::Extractor;
use crate::span::Span;

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

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.path.display(), self.line, self.id, self.message)
    }
}

/// How the examples of a file fared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many examples were run.
    pub examples: usize,
    /// Those that do not hold.
    pub failures: Vec<Failure>,
}

/// Runs every example of a pattern file, given as text. The extractor must know the patterns.
///
/// # Errors
/// If the file is no pattern file.
pub fn examples(extractor: &Extractor, text: &str, path: &Path) -> Result<Outcome> {
    let file = File::from_toml(text, path)?;
    let mut outcome = Outcome::default();
    for row in &file.patterns {
        check_row(extractor, row, text, path, &mut outcome);
    }
    Ok(outcome)
}

fn check_row(extractor: &Extractor, row: &Row, text: &str, path: &Path, outcome: &mut Outcome) {
    let mut fail = |at: usize, message: String| {
        let (line, _) = place(text, at);
        outcome.failures.push(Failure { path: path.to_owned(), line, id: row.id.clone(), message });
    };
    let start = text.find(&format!("\"{}\"", row.id)).unwrap_or(0);
    if row.matches.len() < LEAST.0 || row.reject.len() < LEAST.1 {
        fail(start, format!("needs at least {} match and {} reject examples", LEAST.0, LEAST.1));
    }
    for example in &row.matches {
        outcome.examples += 1;
        if let Err(message) = holds(extractor, &row.id, &example.text) {
            fail(example.at, message);
        }
    }
    for example in &row.gap {
        outcome.examples += 1;
        if holds(extractor, &row.id, example.text.as_ref()).is_ok() {
            fail(example.text.span().start, "works now: move it from gap to match".into());
        }
    }
    for example in &row.reject {
        outcome.examples += 1;
        let plain = Example::parse(example.text.as_ref()).map(|example| example.text).unwrap_or_default();
        let analysis = extractor.extract(Source { text: plain, ..Source::default() });
        if let Some(event) = analysis.events.iter().find(|event| is_of(event, &row.id)) {
            let fired = analysis.doc.slice(event.span);
            fail(example.text.span().start, format!("fires on '{fired}', but {}", example.why));
        }
    }
}

/// Whether an event comes from this pattern.
fn is_of(event: &Event, id: &str) -> bool {
    event.trail.first().is_some_and(|first| first.strip_prefix("pattern ") == Some(id))
}

/// Whether the pattern fires on a marked sentence with every marked span.
fn holds(extractor: &Extractor, id: &str, marked: &str) -> std::result::Result<(), String> {
    let example = Example::parse(marked).map_err(|error| error.to_string())?;
    let analysis = extractor.extract(Source { text: example.text.clone(), ..Source::default() });
    let own: Vec<&Event> = analysis.events.iter().filter(|event| is_of(event, id)).collect();
    if own.is_empty() {
        let found: Vec<&str> =
            analysis.events.iter().filter_map(|event| event.trail.first()).map(String::as_str).collect();
        return Err(format!("does not fire on '{}' (found: {})", example.text, found.join(", ")));
    }
    let mut missing = Vec::new();
    for event in own {
        let lacks: Vec<&str> = example
            .expected
            .iter()
            .filter(|(expected, span)| !has(event, *expected, *span, &analysis.doc.tokens))
            .map(|(_, span)| span.of(&example.text))
            .collect();
        if lacks.is_empty() {
            return Ok(());
        }
        missing = lacks;
    }
    Err(format!("does not find {} in '{}'", missing.join(", "), example.text))
}

/// Whether the event has what is expected at a span: participants by their heads, so that a longer or shorter phrase
/// for the same actor is not a failure of the pattern.
fn has(event: &Event, expected: Expected, span: Span, tokens: &[Token]) -> bool {
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
