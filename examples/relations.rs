//! Prints who did what to whom, from the files and folders given: `cargo run --example relations data/articles`.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use factwire::pipeline::Extractor;
use factwire::read::{self, Item, Options};
use factwire::record::Record;
use factwire::table::links::links;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let extractor = Extractor::new()?;
    let mut out = BufWriter::new(io::stdout());
    // Reading gives documents, and what could not be read; only the documents are wanted here.
    let inputs = read::inputs(std::env::args_os().skip(1).map(PathBuf::from), Options::default());
    let documents = inputs.filter_map(|item| if let Item::Document(source) = item { Some(source) } else { None });
    for analysis in extractor.analyses(documents) {
        let record = Record::new(&analysis, |id| extractor.gazetteer().entry(id), false);
        for link in links(&record).filter(|link| !link.event.negated) {
            let name = |actor: &Option<factwire::table::links::Actor>| match actor {
                Some(actor) => actor.name.to_string(),
                None => "?".to_owned(),
            };
            let kind = link.event.plover.unwrap_or("STATEMENT");
            writeln!(out, "{}: {} → {kind} → {}", record.doc_id, name(&link.source), name(&link.target))?;
        }
    }
    Ok(out.flush()?)
}
