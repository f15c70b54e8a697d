//! Figures: numbers with their qualifier, bounds, unit and subject, and what they count.
//!
//! In: the words of a document, its numbers, and the spans of its times, which are no figures. Out: every number that an
//! analyst would copy down. What each kind, bound and vague word means is laid down in `docs/figures.md`.

mod context;
mod counted;
mod fate;
mod measure;
mod phrase;
mod quantity;
mod refuse;
mod single;

use crate::lexicon::Pieces;
use crate::number::Number;
use crate::ontology::{ActorCode, FigureKind, Qualifier};
use crate::span::{EntityId, EventId, SentenceId, Span, TokenId};

/// A number that an analyst would copy down.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Qualifier, number and counted noun: "at least 20 people".
    pub span: Span,
    /// The sentence that holds it.
    pub sentence: SentenceId,
    /// What it counts.
    pub kind: FigureKind,
    /// The number as stated; 0 for "no casualties".
    pub value: f64,
    /// The least that the wording allows.
    pub low: Option<f64>,
    /// The most that the wording allows.
    pub high: Option<f64>,
    /// How the wording bounds the value.
    pub qualifier: Qualifier,
    /// What is counted, in the singular: `people`, `year`, `km`; ISO 4217 for money.
    pub unit: Option<String>,
    /// The counted noun phrase without its number: "ethnic Armenian soldiers".
    pub subject: Option<Span>,
    /// The head of the counted noun phrase.
    pub head: Option<TokenId>,
    /// The verb or noun that says what befell those counted: "killed", "toll".
    pub trigger: Option<TokenId>,
    /// Whether it is a part of another figure and must not be added to it: "including three children".
    pub part: bool,
    /// Whether it brings an earlier figure up to date: "the toll rose to 45".
    pub update: bool,
    /// The rule that found it, for `explain`.
    pub rule: &'static str,
    /// Actor code of those counted; filled when figures are joined to entities.
    pub subject_code: Option<ActorCode>,
    /// The event it belongs to; filled when figures are joined to events.
    pub event: Option<EventId>,
    /// Who gives the number; filled when figures are joined to events.
    pub attribution: Option<Attribution>,
}

/// Who gives a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribution {
    /// An entity of the document.
    Entity(EntityId),
    /// Words that name no entity: "witnesses".
    Words(Span),
}

/// The figures of a document, in text order.
///
/// `times` are the spans of its time expressions: a number inside one is no figure.
pub fn find(pieces: &Pieces, numbers: &[Number], times: &[Span]) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut here = Vec::new();
    for (sentence, words) in pieces.sentences() {
        let from = numbers.partition_point(|number| number.sentence < sentence);
        let own = numbers[from..].iter().take_while(|number| number.sentence == sentence);
        here.clear();
        here.extend(own.filter(|number| !is_inside(times, number.span)));
        // Without a number, only a word for what befalls people can make a figure.
        if !here.is_empty() || words.holds.fate {
            counted::sentence(&words, sentence, &here, &mut found);
        }
    }
    found
}

/// Whether a span shares a byte with one of these, which are in text order.
fn is_inside(spans: &[Span], span: Span) -> bool {
    let first = spans.partition_point(|other| other.end() <= span.start());
    spans.get(first).is_some_and(|other| other.overlaps(span))
}
