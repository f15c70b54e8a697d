//! Hard names, both ways round: `tests/tables/ambiguity.csv`.
//!
//! A row is a sentence, perhaps with the document's date, a phrase of it, and what the phrase must be:
//!
//! - `country:GEO`: the country, by whatever name; `demonym:TUR`: its adjective or people
//! - `person:Theresa May`: that person; `person`: somebody, listed or not
//! - `place`, `organisation`, `armed_group`: a thing of that kind, in its outermost mention
//! - `notcountry:GEO`, `notperson`, `notperson:Gordon Brown`, `notplace`: anything but that
//! - `code:KORELI`: an actor of that code
//! - `none`: no name at all

use factwire::document::Source;
use factwire::entity::{Entities, Entity};
use factwire::mention::Mention;
use factwire::ontology::{EntityKind, MentionForm};
use factwire::pipeline::Extractor;
use factwire::span::{MentionId, Span};
use serde::Deserialize;

const TABLE: &str = include_str!("tables/ambiguity.csv");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    text: String,
    date: String,
    mention: String,
    expected: String,
}

fn rows() -> Vec<Row> {
    let rows = csv::Reader::from_reader(TABLE.as_bytes()).into_deserialize();
    rows.map(|row| row.expect("tables/ambiguity.csv")).collect()
}

/// The mentions that share a byte with the phrase, each with its entity; the phrase itself first, then the widest.
fn found(entities: &Entities, phrase: Span) -> Vec<(&Mention, &Entity)> {
    let all = entities.mentions.iter().enumerate();
    let near = all.filter(|(_, mention)| mention.span.overlaps(phrase));
    let mut near: Vec<_> =
        near.map(|(index, mention)| (mention, entities.get(entities.of(MentionId::from(index))))).collect();
    near.sort_by_key(|(mention, _)| (mention.span != phrase, std::cmp::Reverse(mention.span.len())));
    near
}

fn holds(expected: &str, found: &[(&Mention, &Entity)]) -> bool {
    let (what, which) = expected.split_once(':').unwrap_or((expected, ""));
    let country = |entity: &Entity| entity.country.is_some_and(|country| country.as_str() == which);
    let is = |kind| found.iter().any(|(_, entity)| entity.kind == kind);
    let outer = found.first().map(|(_, entity)| entity.kind);
    let named = |(mention, _): &(&Mention, &Entity)| {
        !matches!(mention.form, MentionForm::Description | MentionForm::Title | MentionForm::Pronoun)
    };
    match what {
        "country" => found.iter().any(|(_, entity)| entity.kind == EntityKind::Country && country(entity)),
        "notcountry" => !found.iter().any(|(_, entity)| entity.kind == EntityKind::Country && country(entity)),
        "demonym" => found.iter().any(|(mention, entity)| mention.form == MentionForm::Demonym && country(entity)),
        "person" if which.is_empty() => is(EntityKind::Person),
        "person" => found.iter().any(|(_, entity)| entity.kind == EntityKind::Person && entity.name == which),
        "notperson" if !which.is_empty() => !found.iter().any(|(_, entity)| entity.name == which),
        "notperson" => !is(EntityKind::Person),
        "code" => found.iter().any(|(_, entity)| entity.code.is_some_and(|code| code.as_str() == which)),
        "place" => matches!(outer, Some(EntityKind::Place | EntityKind::Facility)),
        "notplace" => !is(EntityKind::Place),
        "organisation" => outer == Some(EntityKind::Organisation),
        "armed_group" => outer == Some(EntityKind::ArmedGroup),
        "none" => !found.iter().any(named),
        _ => panic!("tables/ambiguity.csv: no such expectation: {expected}"),
    }
}

#[test]
fn hard_names_are_what_they_are() {
    let extractor = Extractor::new().unwrap();
    let rows = rows();
    assert!(rows.len() >= 300, "the table has {} rows", rows.len());
    let mut wrong = Vec::new();
    for row in &rows {
        let start = row.text.find(&row.mention).expect("the mention is a part of its sentence");
        let phrase = Span::new(start, start + row.mention.len());
        let date = (!row.date.is_empty()).then(|| row.date.parse().expect("an ISO date"));
        let source = Source { id: "row".into(), text: row.text.clone(), date, ..Source::default() };
        let analysis = extractor.extract(source);
        let found = found(&analysis.entities, phrase);
        if !holds(&row.expected, &found) {
            let seen: Vec<_> = found
                .iter()
                .map(|(mention, entity)| {
                    format!("{:?} {} {} {:?}", analysis.doc.slice(mention.span), mention.form, entity.kind, entity.name)
                })
                .collect();
            wrong.push(format!("{}\n  {} is {}, found {}", row.text, row.mention, row.expected, seen.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}
