//! Every example of every pattern file: a match must fire with its marked spans, a reject must not fire, a gap must
//! still be one. A failure names the file and the line.

use std::fs;
use std::path::Path;

use factwire::check;
use factwire::pipeline::Extractor;

/// One test a file, and a list of them to compare with the folder.
macro_rules! files {
    ($($name:ident)*) => {
        $(#[test] fn $name() { run(stringify!($name)); })*
        const FILES: &[&str] = &[$(stringify!($name)),*];
    };
}

files! { accuse agree aid assault coerce concede consult cooperate mobilize protest reject request retreat sanction statement support threaten }

/// Files without patterns.
const OTHERS: &[&str] = &["operators"];

fn run(name: &str) {
    let path = format!("data/events/{name}.toml");
    let text = fs::read_to_string(&path).unwrap();
    let extractor = Extractor::new().unwrap();
    let outcome = check::examples(&extractor, &text, Path::new(&path)).unwrap_or_else(|error| panic!("{error}"));
    let shown: Vec<String> = outcome.failures.iter().map(ToString::to_string).collect();
    assert!(shown.is_empty(), "{} of {} examples fail:\n{}", shown.len(), outcome.examples, shown.join("\n"));
}

#[test]
fn every_file_is_tested() {
    for entry in fs::read_dir("data/events").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            assert!(FILES.contains(&name.as_str()) || OTHERS.contains(&name.as_str()), "{name}.toml has no test");
        }
    }
}
