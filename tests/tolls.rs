//! What whole stories say of the dead, the hurt and the arrested: `tests/tables/tolls.csv`.
//!
//! A row is a story with its date. `figures` is what is counted, and the words of the event it belongs to, in text order:
//! `killed 12 > killed`, with `(part)`, `(update)` and `by` whoever gives the number; a figure of no event has no `>`.

use std::fmt::Write as _;

use factwire::analysis::Analysis;
use factwire::document::Source;
use factwire::figure::{Attribution, Figure};
use factwire::ontology::FigureKind;
use factwire::pipeline::Extractor;
use serde::Deserialize;

const TABLE: &str = include_str!("tables/tolls.csv");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    text: String,
    date: String,
    figures: String,
}

fn shown(analysis: &Analysis, figure: &Figure) -> String {
    let mut line = format!("{} {}", figure.kind, figure.value);
    for (mark, set) in [(" (part)", figure.part), (" (update)", figure.update)] {
        line.push_str(if set { mark } else { "" });
    }
    if let Some(event) = figure.event {
        write!(line, " > {}", analysis.doc.slice(analysis.events[event.index()].span)).expect("a string takes all");
    }
    if let Some(Attribution::Entity(entity)) = figure.attribution {
        write!(line, " by {}", analysis.entities.get(entity).name).expect("a string takes all");
    }
    line
}

#[test]
fn stories_give_each_event_its_figures() {
    let extractor = Extractor::new().unwrap();
    let mut wrong = Vec::new();
    for row in csv::Reader::from_reader(TABLE.as_bytes()).into_deserialize() {
        let row: Row = row.expect("tables/tolls.csv");
        let date = (!row.date.is_empty()).then(|| row.date.parse().expect("an ISO date"));
        let source = Source { id: "row".into(), text: row.text.clone(), date, ..Source::default() };
        let analysis = extractor.extract(source);
        let counted = |figure: &&Figure| !matches!(figure.kind, FigureKind::Duration | FigureKind::People);
        let figures: Vec<String> =
            analysis.figures.iter().filter(counted).map(|figure| shown(&analysis, figure)).collect();
        let got = figures.join("; ");
        if got != row.figures {
            wrong.push(format!("{}\n  expected {}\n  got      {got}", row.text, row.figures));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}
