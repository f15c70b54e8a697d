//! What is written for a document: the extraction record, of which every table is a view.
//!
//! The only place that makes ids such as `E1` and turns byte offsets into code points. Field names, their order and
//! their meaning are the program's contract with whoever reads its output: fields may be added, never renamed.

mod filter;

use serde::{Serialize, Serializer};

pub use self::filter::Filter;

use crate::analysis::Analysis;
use crate::event::{Event, Participant};
use crate::figure::{Attribution, Figure};
use crate::gazetteer::{Entry, EntryId};
use crate::ontology::Cameo;
use crate::relation::Relation;
use crate::span::{CodePoints, EntityId, SentenceId, Span};

/// Everything found in one document. Offsets are code points, half open; unknown is `None`, written as `null`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Record {
    /// The document's id.
    pub doc_id: String,
    /// Its headline, where the input gives one.
    pub title: Option<String>,
    /// Its date, ISO 8601.
    pub date: Option<String>,
    /// Its publisher.
    pub source: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
    /// The id of an earlier document of which this one is a copy; only when that was looked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<String>,
    /// The text that the offsets count in; only when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Sentences, in text order.
    pub sentences: Vec<SentenceRecord>,
    /// Entities `E1`, `E2` …, in the order of their first mention.
    pub entities: Vec<EntityRecord>,
    /// Mentions, in text order.
    pub mentions: Vec<MentionRecord>,
    /// Time expressions, in text order.
    pub times: Vec<TimeRecord>,
    /// Figures, in text order.
    pub figures: Vec<FigureRecord>,
    /// Events, in the order of their triggers.
    pub events: Vec<EventRecord>,
    /// Standing relations, in text order.
    pub relations: Vec<RelationRecord>,
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SentenceRecord {
    /// First code point.
    pub start: usize,
    /// The one after the last.
    pub end: usize,
    /// `headline`, `body`, `dateline`, `credit` or `boilerplate`.
    pub kind: &'static str,
    /// The sentence on one line, for the evidence column; not part of the record.
    #[serde(skip)]
    pub text: String,
}

/// A real-world thing of the document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntityRecord {
    /// `E1`, `E2` …
    pub id: String,
    /// `country`, `person`, `organisation` …
    pub kind: &'static str,
    /// Canonical name.
    pub name: String,
    /// Id in the gazetteer; `None` when discovered in the text.
    pub gazetteer_id: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// PLOVER sector.
    pub sector: Option<&'static str>,
    /// Actor code.
    pub code: Option<String>,
    /// Office held.
    pub role: Option<String>,
    /// Wikidata id.
    pub wikidata: Option<String>,
}

/// A span that refers to an entity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MentionRecord {
    /// `M1`, `M2` …
    pub id: String,
    /// The entity it refers to.
    pub entity: String,
    /// First code point.
    pub start: usize,
    /// The one after the last.
    pub end: usize,
    /// The words.
    pub text: String,
    /// `name`, `alias`, `acronym`, `demonym`, `metonym`, `title`, `description` or `pronoun`.
    pub form: &'static str,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimeRecord {
    /// `T1`, `T2` …
    pub id: String,
    /// First code point.
    pub start: usize,
    /// The one after the last.
    pub end: usize,
    /// The words.
    pub text: String,
    /// TIMEX3 value.
    pub value: String,
    /// `date`, `time`, `duration` or `set`.
    pub r#type: &'static str,
}

/// A number with what it counts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureRecord {
    /// `F1`, `F2` …
    pub id: String,
    /// First code point.
    pub start: usize,
    /// The one after the last.
    pub end: usize,
    /// The words.
    pub text: String,
    /// `killed`, `injured`, `money` …
    pub kind: &'static str,
    /// The number as stated.
    #[serde(serialize_with = "number")]
    pub value: f64,
    /// The least that the wording allows.
    #[serde(serialize_with = "optional_number")]
    pub low: Option<f64>,
    /// The most that the wording allows.
    #[serde(serialize_with = "optional_number")]
    pub high: Option<f64>,
    /// `exact`, `about`, `at_least` …
    pub qualifier: &'static str,
    /// What is counted; ISO 4217 for money.
    pub unit: Option<String>,
    /// The counted noun phrase.
    pub subject: Option<String>,
    /// Actor code of those counted.
    pub subject_code: Option<String>,
    /// The event it belongs to.
    pub event: Option<String>,
    /// Entity id or words of who gives the number.
    pub attribution: Option<String>,
    /// Whether it is part of another figure and must not be added to it.
    pub part: bool,
    /// Whether it brings an earlier figure up to date.
    pub update: bool,
}

/// Something that happens, or is said to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EventRecord {
    /// `V1`, `V2` …
    pub id: String,
    /// Index of the sentence that holds the trigger.
    pub sentence: usize,
    /// First code point of the trigger.
    pub start: usize,
    /// The one after its last.
    pub end: usize,
    /// The trigger's words.
    pub text: String,
    /// PLOVER type; `None` for a bare statement.
    pub plover: Option<&'static str>,
    /// PLOVER mode.
    pub mode: Option<&'static str>,
    /// PLOVER contexts.
    pub context: Vec<&'static str>,
    /// CAMEO code.
    pub cameo: &'static str,
    /// Quad class, 0 for a bare statement.
    pub quad: u8,
    /// Goldstein score of the CAMEO code.
    #[serde(serialize_with = "number")]
    pub goldstein: f64,
    /// Who takes part.
    pub participants: Vec<ParticipantRecord>,
    /// When, as a TIMEX3 value.
    pub date: Option<String>,
    /// Entity id of the place.
    pub location: Option<String>,
    /// `asserted`, `alleged`, `planned` …
    pub modality: &'static str,
    /// Whether the text says that it did not happen.
    pub negated: bool,
    /// Entity id of who says so.
    pub attribution: Option<String>,
    /// Ids of the figures that belong to it.
    pub figures: Vec<String>,
    /// The chance that it is right.
    #[serde(serialize_with = "number")]
    pub confidence: f64,
    /// Indices of other sentences that tell the same event.
    pub evidence: Vec<usize>,
}

/// An actor phrase with its part in an event.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ParticipantRecord {
    /// `source`, `target`, `location`, `mediator`, `instrument` or `beneficiary`.
    pub role: &'static str,
    /// First code point.
    pub start: usize,
    /// The one after the last.
    pub end: usize,
    /// The words.
    pub text: String,
    /// Entity id.
    pub entity: Option<String>,
    /// Actor code.
    pub code: Option<String>,
}

/// A fact that holds rather than happens.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RelationRecord {
    /// `R1`, `R2` …
    pub id: String,
    /// `member_of`, `located_in` …
    pub kind: &'static str,
    /// Entity id.
    pub subject: String,
    /// Entity id.
    pub object: String,
    /// First code point of the words that say it.
    pub start: usize,
    /// The one after their last.
    pub end: usize,
    /// Index of the sentence.
    pub sentence: usize,
    /// Whether the text says that it does not hold.
    pub negated: bool,
    /// Since when.
    pub since: Option<String>,
    /// Until when.
    pub until: Option<String>,
    /// Entity id of who says so.
    pub attribution: Option<String>,
    /// The chance that it is right.
    #[serde(serialize_with = "number")]
    pub confidence: f64,
}

impl Record {
    /// The record of an analysis. `entry` looks up what the gazetteer says of an entity; `with_text` adds the text.
    pub fn new<'g>(analysis: &Analysis, entry: impl Fn(EntryId) -> Entry<'g>, with_text: bool) -> Self {
        let view = View { analysis, points: CodePoints::new(analysis.doc.text()) };
        let source = &analysis.doc.source;
        Self {
            doc_id: source.id.clone(),
            title: source.title.clone(),
            date: source.date.map(|date| date.to_string()),
            source: source.source.clone(),
            url: source.url.clone(),
            language: source.language.clone(),
            duplicate_of: source.duplicate_of.clone(),
            text: with_text.then(|| source.text.clone()),
            sentences: view.sentences(),
            entities: view.entities(entry),
            mentions: view.mentions(),
            times: view.times(),
            figures: numbered(&analysis.figures, |figure, id| view.figure(figure, id)),
            events: numbered(&analysis.events, |event, id| view.event(event, id)),
            relations: numbered(&analysis.relations, |relation, id| view.relation(relation, id)),
        }
    }

    /// The entity of that id.
    pub fn entity(&self, id: &str) -> Option<&EntityRecord> {
        self.entities.get(self.entity_index(id)?)
    }

    /// The figure of that id.
    pub fn figure(&self, id: &str) -> Option<&FigureRecord> {
        self.figures.get(index(id, 'F')?)
    }

    /// The place in [`Self::entities`] of an id.
    pub(crate) fn entity_index(&self, id: &str) -> Option<usize> {
        index(id, 'E').filter(|&index| index < self.entities.len())
    }
}

/// The place in its list of what an id names.
fn index(id: &str, letter: char) -> Option<usize> {
    id.strip_prefix(letter)?.parse::<usize>().ok()?.checked_sub(1)
}

/// An analysis with the table that turns its bytes into code points.
struct View<'a> {
    analysis: &'a Analysis,
    points: CodePoints,
}

impl View<'_> {
    fn span(&self, span: Span) -> (usize, usize) {
        self.points.span(self.analysis.doc.text(), span)
    }

    fn text(&self, span: Span) -> String {
        self.analysis.doc.slice(span).to_owned()
    }

    fn sentences(&self) -> Vec<SentenceRecord> {
        let sentences = self.analysis.doc.sentences.iter();
        let record = sentences.map(|sentence| {
            let (start, end) = self.span(sentence.span);
            let text = one_line(self.analysis.doc.slice(sentence.span));
            SentenceRecord { start, end, kind: sentence.zone.name(), text }
        });
        record.collect()
    }

    fn entities<'g>(&self, entry: impl Fn(EntryId) -> Entry<'g>) -> Vec<EntityRecord> {
        numbered(&self.analysis.entities.entities, |entity, number| {
            let entry = entity.entry.map(&entry);
            EntityRecord {
                id: format!("E{number}"),
                kind: entity.kind.name(),
                name: entity.name.clone(),
                gazetteer_id: entry.map(|entry| entry.id.to_owned()),
                country: entity.country.map(|country| country.to_string()),
                sector: entity.sector.map(|sector| sector.name()),
                code: entity.code.map(|code| code.to_string()),
                role: entity.role.clone(),
                wikidata: entry.and_then(|entry| entry.wikidata).map(|wikidata| wikidata.to_string()),
            }
        })
    }

    fn mentions(&self) -> Vec<MentionRecord> {
        let entities = &self.analysis.entities;
        let linked: Vec<_> = entities.mentions.iter().zip(&entities.links).collect();
        numbered(&linked, |(mention, entity), number| {
            let (start, end) = self.span(mention.span);
            MentionRecord {
                id: format!("M{number}"),
                entity: entity_id(**entity),
                start,
                end,
                text: self.text(mention.span),
                form: mention.form.name(),
            }
        })
    }

    fn times(&self) -> Vec<TimeRecord> {
        numbered(&self.analysis.times, |time, number| {
            let (start, end) = self.span(time.span);
            let (text, value) = (self.text(time.span), time.value.clone());
            TimeRecord { id: format!("T{number}"), start, end, text, value, r#type: time.kind.name() }
        })
    }

    fn figure(&self, figure: &Figure, number: usize) -> FigureRecord {
        let (start, end) = self.span(figure.span);
        FigureRecord {
            id: format!("F{number}"),
            start,
            end,
            text: self.text(figure.span),
            kind: figure.kind.name(),
            value: figure.value,
            low: figure.low,
            high: figure.high,
            qualifier: figure.qualifier.name(),
            unit: figure.unit.clone(),
            subject: figure.subject.map(|span| one_line(self.analysis.doc.slice(span))),
            subject_code: figure.subject_code.map(|code| code.to_string()),
            event: figure.event.map(|event| format!("V{}", event.index() + 1)),
            attribution: figure.attribution.map(|who| match who {
                Attribution::Entity(entity) => entity_id(entity),
                Attribution::Words(span) => one_line(self.analysis.doc.slice(span)),
            }),
            part: figure.part,
            update: figure.update,
        }
    }

    fn event(&self, event: &Event, number: usize) -> EventRecord {
        let (start, end) = self.span(event.span);
        EventRecord {
            id: format!("V{number}"),
            sentence: event.sentence.index(),
            start,
            end,
            text: self.text(event.span),
            plover: event.plover.map(|plover| plover.name()),
            mode: event.mode.map(|mode| mode.name()),
            context: event.contexts.iter().map(|context| context.name()).collect(),
            cameo: event.cameo.as_str(),
            quad: event.plover.map_or(0, |plover| plover.quad() as u8),
            goldstein: goldstein(event.cameo),
            participants: event.participants.iter().map(|participant| self.participant(participant)).collect(),
            date: event.date.clone(),
            location: event.location.map(entity_id),
            modality: event.modality.name(),
            negated: event.negated,
            attribution: event.attribution.map(entity_id),
            figures: event.figures.iter().map(|figure| format!("F{}", figure.index() + 1)).collect(),
            confidence: confidence(event.confidence),
            evidence: event.evidence.iter().map(|sentence| SentenceId::index(*sentence)).collect(),
        }
    }

    fn participant(&self, participant: &Participant) -> ParticipantRecord {
        let (start, end) = self.span(participant.span);
        ParticipantRecord {
            role: participant.role.name(),
            start,
            end,
            text: self.text(participant.span),
            entity: participant.entity.map(entity_id),
            code: participant.code.map(|code| code.to_string()),
        }
    }

    fn relation(&self, relation: &Relation, number: usize) -> RelationRecord {
        let (start, end) = self.span(relation.span);
        RelationRecord {
            id: format!("R{number}"),
            kind: relation.kind.name(),
            subject: entity_id(relation.subject),
            object: entity_id(relation.object),
            start,
            end,
            sentence: relation.sentence.index(),
            negated: relation.negated,
            since: relation.since.clone(),
            until: relation.until.clone(),
            attribution: relation.attribution.map(entity_id),
            confidence: confidence(relation.confidence),
        }
    }
}

/// Maps items with their number, from 1.
fn numbered<T, R>(items: &[T], mut record: impl FnMut(&T, usize) -> R) -> Vec<R> {
    items.iter().zip(1..).map(|(item, number)| record(item, number)).collect()
}

fn entity_id(entity: EntityId) -> String {
    format!("E{}", entity.index() + 1)
}

/// A chance with two decimals: more would pretend to a precision that no calibration has.
fn confidence(chance: f32) -> f64 {
    (f64::from(chance) * 100.0).round() / 100.0
}

/// The score with its one decimal, free of the error that a cast from 32 bits brings.
fn goldstein(cameo: Cameo) -> f64 {
    (f64::from(cameo.goldstein()) * 10.0).round() / 10.0
}

/// Text with every run of white space turned into one space, for a cell of a table.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The largest integer below which every whole `f64` is exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Writes whole numbers without a fraction.
fn number<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if value.fract() == 0.0 && value.abs() < EXACT {
        serializer.serialize_i64(*value as i64)
    } else {
        serializer.serialize_f64(*value)
    }
}

fn optional_number<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => number(value, serializer),
        None => serializer.serialize_none(),
    }
}
