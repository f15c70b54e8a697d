//! brat standoff: the text in one file, the annotations in another, for annotators who correct them.
//!
//! Text-bound lines (`T`) hold mentions, triggers, figures and phrases that are no mention; `E` lines events with their
//! participants, `R` lines relations, `A` lines what is denied and how sure the text is. The entity behind a mention
//! and the value of a figure are in notes (`#`).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::ontology::{EntityKind, FigureKind, Modality, Plover, RelationKind};
use crate::record::{MentionRecord, Record, RelationRecord};

/// The annotations of a document, whose text the offsets count in.
pub fn annotations(record: &Record, text: &str) -> String {
    let mut brat = Standoff { out: String::new(), places: places(text), text, spans: BTreeMap::new(), notes: 0 };
    for mention in &record.mentions {
        let Some(entity) = record.entity(&mention.entity) else { continue };
        let id = brat.span(entity.kind, mention.start, mention.end);
        let known =
            [Some(entity.id.as_str()), Some(&entity.name), entity.gazetteer_id.as_deref(), entity.code.as_deref()];
        brat.note(&id, &known.into_iter().flatten().collect::<Vec<_>>().join(" | "));
    }
    for figure in &record.figures {
        let id = brat.span(&figure_type(figure.kind), figure.start, figure.end);
        brat.note(&id, &format!("{} {}", figure.qualifier, figure.value));
    }
    brat.events(record);
    for (number, relation) in (1..).zip(&record.relations) {
        let (subject, object) =
            (nearest(record, &relation.subject, relation), nearest(record, &relation.object, relation));
        if let (Some(subject), Some(object)) = (subject, object) {
            let subject = brat.mention(record, subject);
            let object = brat.mention(record, object);
            let _ = writeln!(brat.out, "R{number}\t{} Arg1:{subject} Arg2:{object}", relation.kind);
        }
    }
    brat.out
}

/// What brat must be told of the types that [`annotations`] uses: the content of `annotation.conf`.
pub fn configuration() -> String {
    let mut out = "[entities]\nphrase\n".to_owned();
    let kinds = EntityKind::ALL.iter().map(|kind| kind.name().to_owned());
    for name in kinds.chain(FigureKind::ALL.iter().map(|kind| figure_type(kind.name()))) {
        let _ = writeln!(out, "{name}");
    }
    out.push_str("\n[relations]\n");
    for kind in RelationKind::ALL {
        let _ = writeln!(out, "{}\tArg1:<ENTITY>, Arg2:<ENTITY>", kind.name());
    }
    out.push_str("\n[events]\n");
    let types = Plover::ALL.iter().map(|plover| plover.name().to_ascii_lowercase());
    for name in types.chain(["statement".to_owned()]) {
        let roles = ["source", "target", "location", "mediator", "instrument", "beneficiary", "figure"];
        let roles: Vec<String> = roles.iter().map(|role| format!("{role}*:<ENTITY>")).collect();
        let _ = writeln!(out, "{name}\t{}", roles.join(", "));
    }
    let modalities: Vec<&str> = Modality::ALL.iter().map(|modality| modality.name()).collect();
    let _ =
        write!(out, "\n[attributes]\nnegated\tArg:<EVENT>\nmodality\tArg:<EVENT>, Value:{}\n", modalities.join("|"));
    out
}

/// The type of a figure's span: "people" is a kind of entity as well.
fn figure_type(kind: &str) -> String {
    format!("figure_{kind}")
}

struct Standoff<'t> {
    out: String,
    text: &'t str,
    /// The byte at which each code point begins, and the end.
    places: Vec<usize>,
    /// Ids of what was written, by type, first and last code point.
    spans: BTreeMap<(String, usize, usize), String>,
    notes: usize,
}

impl Standoff<'_> {
    /// The id of a span, which is written where it was not before.
    fn span(&mut self, kind: &str, start: usize, end: usize) -> String {
        let next = format!("T{}", self.spans.len() + 1);
        let key = (kind.to_owned(), start, end);
        if let Some(id) = self.spans.get(&key) {
            return id.clone();
        }
        let words = &self.text[self.places[start]..self.places[end]];
        // A span ends at the end of a line: what goes on is another piece of it.
        let (mut pieces, mut at) = (Vec::new(), start);
        for line in words.split('\n') {
            let length = line.chars().count();
            if length > 0 {
                pieces.push(format!("{at} {}", at + length));
            }
            at += length + 1;
        }
        let shown = words.split('\n').filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        let _ = writeln!(self.out, "{next}\t{kind} {}\t{}", pieces.join(";"), shown.replace(['\r', '\t'], " "));
        self.spans.insert(key, next.clone());
        next
    }

    fn note(&mut self, id: &str, note: &str) {
        self.notes += 1;
        let _ = writeln!(self.out, "#{}\tAnnotatorNotes {id}\t{note}", self.notes);
    }

    fn mention(&mut self, record: &Record, mention: &MentionRecord) -> String {
        let kind = record.entity(&mention.entity).map_or("phrase", |entity| entity.kind);
        self.span(kind, mention.start, mention.end)
    }

    fn events(&mut self, record: &Record) {
        let mut attributes = String::new();
        let mut attribute = |line: String| {
            let number = attributes.lines().count() + 1;
            let _ = writeln!(attributes, "A{number}\t{line}");
        };
        for (number, event) in (1..).zip(&record.events) {
            let kind = event.plover.unwrap_or("statement").to_ascii_lowercase();
            let trigger = self.span(&kind, event.start, event.end);
            let mut line = format!("E{number}\t{kind}:{trigger}");
            for participant in &event.participants {
                // Where the words are just those of a mention, it is the mention that takes part.
                let same =
                    |mention: &&MentionRecord| (mention.start, mention.end) == (participant.start, participant.end);
                let id = match record.mentions.iter().find(same) {
                    Some(mention) => self.mention(record, mention),
                    None => self.span("phrase", participant.start, participant.end),
                };
                let _ = write!(line, " {}:{id}", participant.role);
            }
            for figure in event.figures.iter().filter_map(|id| record.figure(id)) {
                let id = self.span(&figure_type(figure.kind), figure.start, figure.end);
                let _ = write!(line, " figure:{id}");
            }
            let _ = writeln!(self.out, "{line}");
            attribute(format!("modality E{number} {}", event.modality));
            if event.negated {
                attribute(format!("negated E{number}"));
            }
        }
        self.out.push_str(&attributes);
    }
}

/// The mention of an entity that is nearest to the words of a relation.
fn nearest<'r>(record: &'r Record, entity: &str, relation: &RelationRecord) -> Option<&'r MentionRecord> {
    let of_entity = record.mentions.iter().filter(|mention| mention.entity == entity);
    of_entity.min_by_key(|mention| {
        let before = relation.start.saturating_sub(mention.end);
        before.max(mention.start.saturating_sub(relation.end))
    })
}

fn places(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_over_lines_is_written_in_pieces() {
        let text = "é Kofi\nAnnan left";
        let mut brat = Standoff { out: String::new(), places: places(text), text, spans: BTreeMap::new(), notes: 0 };
        assert_eq!((brat.span("person", 2, 12), brat.span("person", 2, 12)), ("T1".to_owned(), "T1".to_owned()));
        assert_eq!(brat.out, "T1\tperson 2 6;7 12\tKofi Annan\n");
    }

    #[test]
    fn the_configuration_names_every_type_once() {
        let configuration = configuration();
        let mut names: Vec<&str> = configuration
            .lines()
            .filter(|line| !line.is_empty())
            .map(|line| line.split('\t').next().unwrap())
            .collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
