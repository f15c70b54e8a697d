//! Tables whose rows are simply items of the record: entities, mentions, figures, documents.

use super::{Column, Row, columns};
use crate::record::Record;

pub(super) const ENTITIES: &[Column] = columns![
    "doc_id" Text, "id" Text, "kind" Text, "name" Text, "gazetteer_id" Text, "country" Text, "sector" Text,
    "code" Text, "role" Text, "wikidata" Text, "mentions" Integer, "first_mention" Text, "first_start" Integer,
];

pub(super) const MENTIONS: &[Column] = columns![
    "doc_id" Text, "id" Text, "entity" Text, "start" Integer, "end" Integer, "text" Text, "form" Text,
];

pub(super) const FIGURES: &[Column] = columns![
    "doc_id" Text, "id" Text, "start" Integer, "end" Integer, "text" Text, "kind" Text, "value" Number, "low" Number,
    "high" Number, "qualifier" Text, "unit" Text, "subject" Text, "subject_code" Text, "event" Text,
    "attribution" Text, "part" Flag, "update" Flag,
];

pub(super) const DOCUMENTS: &[Column] = columns![
    "doc_id" Text, "title" Text, "date" Day, "source" Text, "url" Text, "language" Text, "sentences" Integer,
    "entities" Integer, "mentions" Integer, "times" Integer, "figures" Integer, "events" Integer, "relations" Integer,
    "duplicate_of" Text,
];

pub(super) fn entities(record: &Record) -> Vec<Row<'_>> {
    let mut counts = vec![0usize; record.entities.len()];
    let mut firsts = vec![None; record.entities.len()];
    for mention in &record.mentions {
        if let Some(index) = record.entity_index(&mention.entity) {
            counts[index] += 1;
            firsts[index].get_or_insert(mention);
        }
    }
    let rows = record.entities.iter().zip(counts).zip(firsts).map(|((entity, count), first)| {
        vec![
            (&record.doc_id).into(),
            (&entity.id).into(),
            entity.kind.into(),
            (&entity.name).into(),
            (&entity.gazetteer_id).into(),
            (&entity.country).into(),
            entity.sector.into(),
            (&entity.code).into(),
            (&entity.role).into(),
            (&entity.wikidata).into(),
            count.into(),
            first.map(|mention| crate::record::one_line(&mention.text)).into(),
            first.map(|mention| mention.start).into(),
        ]
    });
    rows.collect()
}

pub(super) fn mentions(record: &Record) -> Vec<Row<'_>> {
    let rows = record.mentions.iter().map(|mention| {
        vec![
            (&record.doc_id).into(),
            (&mention.id).into(),
            (&mention.entity).into(),
            mention.start.into(),
            mention.end.into(),
            (&mention.text).into(),
            mention.form.into(),
        ]
    });
    rows.collect()
}

pub(super) fn figures(record: &Record) -> Vec<Row<'_>> {
    let rows = record.figures.iter().map(|figure| {
        vec![
            (&record.doc_id).into(),
            (&figure.id).into(),
            figure.start.into(),
            figure.end.into(),
            (&figure.text).into(),
            figure.kind.into(),
            figure.value.into(),
            figure.low.into(),
            figure.high.into(),
            figure.qualifier.into(),
            (&figure.unit).into(),
            (&figure.subject).into(),
            (&figure.subject_code).into(),
            (&figure.event).into(),
            (&figure.attribution).into(),
            figure.part.into(),
            figure.update.into(),
        ]
    });
    rows.collect()
}

pub(super) fn documents(record: &Record) -> Vec<Row<'_>> {
    vec![vec![
        (&record.doc_id).into(),
        (&record.title).into(),
        (&record.date).into(),
        (&record.source).into(),
        (&record.url).into(),
        (&record.language).into(),
        record.sentences.len().into(),
        record.entities.len().into(),
        record.mentions.len().into(),
        record.times.len().into(),
        record.figures.len().into(),
        record.events.len().into(),
        record.relations.len().into(),
        (&record.duplicate_of).into(),
    ]]
}
