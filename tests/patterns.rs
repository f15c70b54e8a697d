//! Every pattern's examples, the built-in ones and those of the manual.

use std::path::{Path, PathBuf};

use factwire::check;
use factwire::document::Source;
use factwire::ontology::Plover;
use factwire::pattern::{File, Patterns};
use factwire::pipeline::Extractor;

fn run(extractor: &Extractor, files: &[PathBuf]) -> (usize, Vec<String>) {
    let mut examples = 0;
    let mut failures = Vec::new();
    for path in files {
        let outcome = check::examples(extractor, path).unwrap_or_else(|error| panic!("{error}"));
        examples += outcome.examples;
        failures.extend(outcome.failures.iter().filter(|failure| !failure.is_closed_gap()).map(ToString::to_string));
    }
    (examples, failures)
}

fn files(folder: &str) -> Vec<PathBuf> {
    let files = File::read_folder(Path::new(folder)).unwrap_or_else(|error| panic!("{error}"));
    files.into_iter().map(|(path, _)| path).collect()
}

#[test]
fn the_examples_of_every_pattern_hold() {
    let extractor = Extractor::new().unwrap();
    let mut paths = files("data/events");
    paths.extend(files("data/relations"));
    let (examples, failures) = run(&extractor, &paths);
    assert!(examples > 700, "only {examples} examples");
    assert!(failures.is_empty(), "{} of {examples} fail:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn the_example_of_the_manual_works_as_it_says() {
    let folder = Path::new("docs/patterns-example");
    let extractor = Extractor::new().unwrap().with_patterns(Patterns::with_folder(folder).unwrap());
    let (examples, failures) = run(&extractor, &files("docs/patterns-example"));
    assert!(examples > 4 && failures.is_empty(), "{}", failures.join("\n"));
    let manual = std::fs::read_to_string("docs/patterns.md").unwrap();
    let example = std::fs::read_to_string(folder.join("fishing.toml")).unwrap();
    assert!(manual.contains(&example), "docs/patterns.md does not show docs/patterns-example/fishing.toml as it is");
}

#[test]
fn one_act_told_twice_is_one_event_unless_all_tellings_are_asked_for() {
    let text = "Kenya condemns Somalia\n\nKenya condemned Somalia on Tuesday. The talks had failed.";
    let source = || Source { text: text.into(), ..Source::default() };
    let extractor = Extractor::new().unwrap();
    let of =
        |events: &[factwire::event::Event]| events.iter().filter(|event| event.plover == Some(Plover::Accuse)).count();
    let mut worker = extractor.worker();
    assert_eq!(of(&worker.extract(source()).events), 1);
    assert_eq!(of(&worker.extract_all(source()).events), 2);
}

#[test]
fn uses_are_counted_once_a_sentence() {
    let extractor = Extractor::new().unwrap();
    let mut uses = check::Uses::default();
    let mut worker = extractor.worker();
    for text in ["Kenya condemned Somalia.", "Kenya condemned Somalia.", "Chad condemned Sudan."] {
        uses.add(&worker.extract_all(Source { text: text.into(), ..Source::default() }));
    }
    let counts = uses.counts(extractor.patterns());
    assert_eq!(counts[0].1, 2, "{:?}", counts[0]);
    assert!(counts.iter().skip(1).all(|(_, count)| *count == 0));
    assert!(counts.len() >= extractor.patterns().ids().count());
}
