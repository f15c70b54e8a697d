//! Adds names to those that are built in and shows who is found: `cargo run --example own_names`.

#![allow(clippy::print_stdout, reason = "an example shows what it finds")]

use factwire::document::Source;
use factwire::gazetteer::Gazetteer;
use factwire::pipeline::Extractor;

/// A row as the gazetteers have it; see `gazetteers/README.md` for the columns.
const NAMES: &str = "id,name,kind,country,sector\ngroup/river-guard,River Guard,armed_group,MLI,REB\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::temp_dir().join("factwire-own-names");
    std::fs::create_dir_all(&folder)?;
    let path = folder.join("groups.csv");
    std::fs::write(&path, NAMES)?;
    let extractor = Extractor::new()?.with_gazetteer(Gazetteer::with_overlays(&[path])?);
    let text = "The River Guard attacked a convoy near Mopti on Monday.".to_owned();
    let analysis = extractor.extract(Source { id: "story".to_owned(), text, ..Source::default() });
    for entity in &analysis.entities.entities {
        let code = entity.code.map(|code| code.to_string()).unwrap_or_default();
        println!("{} ({}) {code}", entity.name, entity.kind.name());
    }
    Ok(())
}
