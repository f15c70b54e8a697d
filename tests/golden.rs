//! The sample articles against their tables, written by a person who read them line by line.
//!
//! `tests/golden/NAME.csv` holds every row that a reader of `data/articles/NAME.txt` expects, also those that the program
//! does not find yet. The test holds the share that is found, and the share of what is found that is expected, at floors
//! a little below what was last measured: it fails when either gets worse, and then shows each row. To see the rows at any
//! time: `cargo test golden -- --nocapture`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use factwire::document::Source;
use factwire::pipeline::Extractor;
use factwire::record::Record;
use factwire::table::{Table, View};
use factwire::write::delimited::Dialect;

/// The columns of the files.
const COLUMNS: &[&str] =
    &["source", "source_code", "relation", "cameo", "target", "target_code", "event_date", "modality", "negated"];

/// Of 100 rows that a reader expects, at least so many are found.
const FOUND: usize = 60;
/// Of 100 rows that are found, at least so many are what a reader expects.
const RIGHT: usize = 44;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The names of the articles, sorted.
fn articles() -> Vec<String> {
    let folder = fs::read_dir(root().join("data/articles")).expect("the articles");
    let paths = folder.map(|entry| entry.expect("an article").path());
    let texts = paths.filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
    let mut names: Vec<String> =
        texts.map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The rows that a reader expects of an article.
fn expected(name: &str) -> BTreeSet<String> {
    let path = root().join("tests/golden").join(format!("{name}.csv"));
    let content = fs::read_to_string(&path).expect("every article has a table");
    let mut lines = content.lines().map(str::to_owned);
    assert_eq!(lines.next(), Some(COLUMNS.join(",")), "{}", path.display());
    lines.collect()
}

/// The rows that the program finds in an article.
fn found(extractor: &Extractor, name: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(root().join("data/articles").join(format!("{name}.txt"))).expect("an article");
    let analysis = extractor.extract(Source { id: name.to_owned(), text, ..Source::default() });
    let record = Record::new(&analysis, |id| extractor.gazetteer().entry(id), false);
    let view = View::pick(Table::Relations, COLUMNS.iter().copied()).expect("columns of the table");
    let mut csv = Vec::new();
    Dialect::CSV.rows(&view, &record, &mut csv);
    String::from_utf8(csv).expect("UTF-8").lines().map(str::to_owned).collect()
}

#[test]
fn articles_give_the_rows_that_a_reader_expects() {
    let extractor = Extractor::new().expect("built-in data");
    let names = articles();
    assert!(names.len() >= 8);
    let (mut both, mut wanted, mut given) = (0, 0, 0);
    let mut report = String::new();
    for name in &names {
        let (expected, found) = (expected(name), found(&extractor, name));
        both += expected.intersection(&found).count();
        wanted += expected.len();
        given += found.len();
        report.extend(expected.difference(&found).map(|row| format!("{name}: missing: {row}\n")));
        report.extend(found.difference(&expected).map(|row| format!("{name}: not expected: {row}\n")));
    }
    assert!(both * 100 >= wanted * FOUND, "{report}{both} of {wanted} rows found");
    assert!(both * 100 >= given * RIGHT, "{report}{both} of {given} rows are right");
}

#[test]
fn nothing_is_read_from_what_the_site_adds() {
    let extractor = Extractor::new().expect("built-in data");
    let text = "Ferry talks open in Praia\n\
                Your donation helps our newsroom send reporters to Russia and to Ukraine, where Moscow attacked Kyiv.\n\
                Cape Verde and Senegal opened talks on ferries in Praia on Monday.\n\
                ___\n\
                Ana Lima in Dakar, Senegal, contributed to this report.\n";
    let analysis = extractor.extract(Source { id: "site".into(), text: text.into(), ..Source::default() });
    for event in &analysis.events {
        let zone = analysis.doc.sentences[event.sentence.index()].zone;
        assert!(zone.is_story(), "{event:?}");
    }
    for relation in &analysis.relations {
        assert!(analysis.doc.sentences[relation.sentence.index()].zone.is_story(), "{relation:?}");
    }
}
