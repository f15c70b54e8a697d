//! The table an analyst opens first: who did what to whom, one link a row, with the sentence it came from.
//!
//! An event gives a row for each pair of source and target; an end that is not known stays blank. In an event with two
//! sides, such as talks, each pair of parties stands once. Standing relations give a row each.

use super::{Cell, Column, Row, columns, joined};
use crate::record::{EntityRecord, EventRecord, FigureRecord, ParticipantRecord, Record, RelationRecord, one_line};

pub(super) const COLUMNS: &[Column] = columns![
    "doc_id" Text, "doc_date" Day, "event_date" Date, "source" Text, "source_code" Text, "relation" Text,
    "cameo" Text, "target" Text, "target_code" Text, "location" Text, "killed" Number, "injured" Number,
    "other_figures" Text, "modality" Text, "negated" Flag, "attributed_to" Text, "confidence" Number,
    "evidence" Text, "sentence" Integer, "start" Integer, "end" Integer, "event_id" Text,
];

pub(super) fn rows(record: &Record) -> Vec<Row<'_>> {
    // Both lists are in text order; a merge keeps it, events first where they begin at one place.
    let mut rows = Vec::new();
    let mut relations = record.relations.iter().peekable();
    for event in &record.events {
        while let Some(relation) = relations.next_if(|relation| relation.start < event.start) {
            rows.push(relation_row(record, relation));
        }
        for (source, target) in pairs(event) {
            rows.push(event_row(record, event, source, target));
        }
        // The relations say so where the parties are named.
        let named = event.participants.iter().any(|participant| matches!(participant.role, "source" | "target"));
        if !named {
            let mediators = event.participants.iter().filter(|participant| participant.role == "mediator");
            rows.extend(mediators.map(|mediator| mediator_row(record, event, mediator)));
        }
    }
    rows.extend(relations.map(|relation| relation_row(record, relation)));
    rows
}

pub(super) type Pair<'r> = (Option<&'r ParticipantRecord>, Option<&'r ParticipantRecord>);

/// The pairs of source and target of an event, at least one, each unordered pair once.
pub(super) fn pairs(event: &EventRecord) -> Vec<Pair<'_>> {
    let in_role = |role: &str| -> Vec<&ParticipantRecord> {
        let mut found: Vec<&ParticipantRecord> = Vec::new();
        for participant in event.participants.iter().filter(|participant| participant.role == role) {
            if !found.iter().any(|other| is_same(other, participant)) {
                found.push(participant);
            }
        }
        found
    };
    let (sources, targets) = (in_role("source"), in_role("target"));
    let mut pairs: Vec<Pair> = Vec::new();
    for &source in &sources {
        for &target in &targets {
            let known = pairs.iter().any(|pair| match *pair {
                (Some(one), Some(other)) => is_same(one, target) && is_same(other, source),
                _ => false,
            });
            if !known && !is_same(source, target) {
                pairs.push((Some(source), Some(target)));
            }
        }
    }
    if pairs.is_empty() {
        // Nobody acts on another: each source alone, or else each target, or else the bare event.
        pairs.extend(sources.iter().map(|&source| (Some(source), None)));
        if sources.is_empty() {
            pairs.extend(targets.iter().map(|&target| (None, Some(target))));
        }
        if pairs.is_empty() && in_role("mediator").is_empty() {
            pairs.push((None, None));
        }
    }
    pairs
}

/// Whether two phrases stand for one actor.
fn is_same(one: &ParticipantRecord, other: &ParticipantRecord) -> bool {
    let span = (one.start, one.end) == (other.start, other.end);
    span || one.entity.is_some() && one.entity == other.entity && one.code == other.code
}

fn event_row<'r>(
    record: &'r Record,
    event: &'r EventRecord,
    source: Option<&'r ParticipantRecord>,
    target: Option<&'r ParticipantRecord>,
) -> Row<'r> {
    let figures: Vec<&FigureRecord> = event.figures.iter().filter_map(|id| record.figure(id)).collect();
    let location = event.location.as_deref().and_then(|id| record.entity(id)).map(|entity| entity.name.as_str());
    let place = || event.participants.iter().find(|participant| participant.role == "location");
    vec![
        (&record.doc_id).into(),
        (&record.date).into(),
        (&event.date).into(),
        actor(record, source),
        source.map_or(Cell::Blank, |source| (&source.code).into()),
        event.plover.map_or_else(|| "statement".to_owned(), str::to_ascii_lowercase).into(),
        event.cameo.into(),
        actor(record, target),
        target.map_or(Cell::Blank, |target| (&target.code).into()),
        location.map_or_else(|| place().map(|place| one_line(&place.text)).into(), Cell::from),
        toll(&figures, "killed"),
        toll(&figures, "injured"),
        others(&figures),
        event.modality.into(),
        event.negated.into(),
        name(record, event.attribution.as_deref()),
        event.confidence.into(),
        evidence(record, event.sentence),
        event.sentence.into(),
        event.start.into(),
        event.end.into(),
        (&event.id).into(),
    ]
}

/// Who brought about a deal whose parties the sentence does not name; the deal stands in the place of the target.
fn mediator_row<'r>(record: &'r Record, event: &'r EventRecord, mediator: &'r ParticipantRecord) -> Row<'r> {
    let mut row = event_row(record, event, Some(mediator), None);
    for (column, cell) in COLUMNS.iter().zip(&mut row) {
        match column.name {
            "relation" => *cell = "mediated".into(),
            "target" => *cell = one_line(&event.text).into(),
            _ => {}
        }
    }
    row
}

fn relation_row<'r>(record: &'r Record, relation: &'r RelationRecord) -> Row<'r> {
    let code = |id: &str| record.entity(id).map_or(Cell::Blank, |entity| (&entity.code).into());
    vec![
        (&record.doc_id).into(),
        (&record.date).into(),
        (&relation.since).into(),
        name(record, Some(&relation.subject)),
        code(&relation.subject),
        relation.kind.into(),
        Cell::Blank,
        name(record, Some(&relation.object)),
        code(&relation.object),
        Cell::Blank,
        Cell::Blank,
        Cell::Blank,
        Cell::Blank,
        "asserted".into(),
        relation.negated.into(),
        name(record, relation.attribution.as_deref()),
        relation.confidence.into(),
        evidence(record, relation.sentence),
        relation.sentence.into(),
        relation.start.into(),
        relation.end.into(),
        (&relation.id).into(),
    ]
}

/// The actor's name where the phrase stands for a known entity, else the phrase: "Azerbaijani troops" are not
/// Azerbaijan.
fn actor<'r>(record: &'r Record, participant: Option<&'r ParticipantRecord>) -> Cell<'r> {
    let Some(participant) = participant else { return Cell::Blank };
    let entity = participant.entity.as_deref().and_then(|id| record.entity(id));
    match entity.filter(|entity| !is_phrase(participant, entity) || is_no_name(record, participant)) {
        Some(entity) => (&entity.name).into(),
        None => one_line(&participant.text).into(),
    }
}

/// Whether the phrase is a mere "it", or a "Russian" before missiles: it names nobody by itself.
fn is_no_name(record: &Record, participant: &ParticipantRecord) -> bool {
    let from = record.mentions.partition_point(|mention| mention.start < participant.start);
    let same = record.mentions[from..].iter().take_while(|mention| mention.start == participant.start);
    same.into_iter().any(|mention| mention.end == participant.end && matches!(mention.form, "pronoun" | "demonym"))
}

/// Whether the words say more than the entity in them: their code is then another.
pub(super) fn is_phrase(participant: &ParticipantRecord, entity: &EntityRecord) -> bool {
    participant.code.is_some() && participant.code != entity.code
}

fn name<'r>(record: &'r Record, id: Option<&str>) -> Cell<'r> {
    id.and_then(|id| record.entity(id)).map(|entity| entity.name.as_str()).into()
}

fn evidence(record: &Record, sentence: usize) -> Cell<'_> {
    record.sentences.get(sentence).map(|sentence| sentence.text.as_str()).into()
}

/// The best current count of a kind: the latest update, else the largest total, else the largest part.
fn toll<'r>(figures: &[&FigureRecord], kind: &str) -> Cell<'r> {
    let of_kind = || figures.iter().filter(|figure| figure.kind == kind);
    let largest = |part: bool| {
        let values = of_kind().filter(|figure| figure.part == part).map(|figure| figure.value);
        values.max_by(f64::total_cmp)
    };
    let update = of_kind().rfind(|figure| figure.update && !figure.part).map(|figure| figure.value);
    update.or_else(|| largest(false)).or_else(|| largest(true)).into()
}

/// The figures of other kinds, readable: "troops: at least 500; money: 2 bn USD".
fn others<'r>(figures: &[&FigureRecord]) -> Cell<'r> {
    let others = figures.iter().filter(|figure| !matches!(figure.kind, "killed" | "injured"));
    joined(others.map(|figure| readable(figure)))
}

fn readable(figure: &FigureRecord) -> String {
    let value = match (figure.qualifier, figure.high) {
        ("between", Some(high)) => format!("{} to {}", amount(figure.value), amount(high)),
        ("exact" | "between", _) => amount(figure.value),
        ("vague", _) => return format!("{}: {}", figure.kind, one_line(&figure.text)),
        (qualifier, _) => format!("{} {}", qualifier.replace('_', " "), amount(figure.value)),
    };
    match figure.unit.as_deref() {
        None | Some("people") => format!("{}: {value}", figure.kind),
        Some("percent") => format!("{}: {value} %", figure.kind),
        Some(unit) => format!("{}: {value} {unit}", figure.kind),
    }
}

/// A number as one reads it: "2 bn", "1.5 m", "6,000".
fn amount(value: f64) -> String {
    let short = |value: f64| (value * 100.0).round() / 100.0;
    match value.abs() {
        size if size >= 1e9 => format!("{} bn", short(value / 1e9)),
        size if size >= 1e6 => format!("{} m", short(value / 1e6)),
        _ if value.fract() == 0.0 => with_commas(value as i64),
        _ => short(value).to_string(),
    }
}

fn with_commas(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::from(if value < 0 { "-" } else { "" });
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
