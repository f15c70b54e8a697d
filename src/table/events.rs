//! The table of events, one a row.

use super::{Column, Row, columns, joined};
use crate::record::{EventRecord, ParticipantRecord, Record, one_line};

pub(super) const COLUMNS: &[Column] = columns![
    "doc_id" Text, "id" Text, "sentence" Integer, "start" Integer, "end" Integer, "text" Text, "plover" Text,
    "mode" Text, "context" Text, "cameo" Text, "quad" Integer, "goldstein" Number, "participants" Text, "date" Date,
    "location" Text, "modality" Text, "negated" Flag, "attribution" Text, "figures" Text, "confidence" Number,
    "evidence" Text,
];

pub(super) fn rows(record: &Record) -> Vec<Row<'_>> {
    record.events.iter().map(|event| row(record, event)).collect()
}

fn row<'r>(record: &'r Record, event: &'r EventRecord) -> Row<'r> {
    vec![
        (&record.doc_id).into(),
        (&event.id).into(),
        event.sentence.into(),
        event.start.into(),
        event.end.into(),
        (&event.text).into(),
        event.plover.into(),
        event.mode.into(),
        joined(&event.context),
        event.cameo.into(),
        usize::from(event.quad).into(),
        event.goldstein.into(),
        joined(event.participants.iter().map(participant)),
        (&event.date).into(),
        (&event.location).into(),
        event.modality.into(),
        event.negated.into(),
        (&event.attribution).into(),
        joined(&event.figures),
        event.confidence.into(),
        joined(event.evidence.iter().map(usize::to_string)),
    ]
}

/// "source: Azerbaijani troops (AZEMIL)".
fn participant(participant: &ParticipantRecord) -> String {
    let words = one_line(&participant.text);
    match &participant.code {
        Some(code) => format!("{}: {words} ({code})", participant.role),
        None => format!("{}: {words}", participant.role),
    }
}
