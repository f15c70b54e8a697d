//! Who is meant by surnames, descriptions and pronouns: `tests/tables/coreference.csv`.
//!
//! A row is a short story, perhaps with its date, a phrase of it and which occurrence of the phrase is meant, and the
//! canonical name of the entity that the phrase must refer to.

use factwire::document::Source;
use factwire::pipeline::Extractor;
use factwire::span::{MentionId, Span};
use serde::Deserialize;

const TABLE: &str = include_str!("tables/coreference.csv");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    text: String,
    date: String,
    mention: String,
    occurrence: usize,
    expected: String,
}

#[test]
fn phrases_refer_to_whom_they_should() {
    let extractor = Extractor::new().unwrap();
    let mut wrong = Vec::new();
    for row in csv::Reader::from_reader(TABLE.as_bytes()).into_deserialize() {
        let row: Row = row.expect("tables/coreference.csv");
        let occurrence = row.text.match_indices(&row.mention).nth(row.occurrence - 1);
        let (start, _) = occurrence.expect("the phrase occurs so often in its story");
        let phrase = Span::new(start, start + row.mention.len());
        let date = (!row.date.is_empty()).then(|| row.date.parse().expect("an ISO date"));
        let source = Source { id: "row".into(), text: row.text.clone(), date, ..Source::default() };
        let analysis = extractor.extract(source);
        let entities = &analysis.entities;
        let all = entities.mentions.iter().enumerate().filter(|(_, mention)| mention.span.overlaps(phrase));
        let found: Vec<_> =
            all.map(|(index, _)| entities.get(entities.of(MentionId::from(index))).name.as_str()).collect();
        if !found.contains(&row.expected.as_str()) {
            wrong.push(format!("{}\n  {} is {}, found {found:?}", row.text, row.mention, row.expected));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}
