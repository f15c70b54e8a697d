//! The sample articles against their tables, written by a person who read them line by line.
//!
//! `tests/golden/NAME.csv` holds every row that a reader of `data/articles/NAME.txt` expects, and every other row that the
//! program gives. The column `status` says which: `found` is expected and given, `missed` is expected and not given,
//! `wrong` is given and not expected. So a change of what is extracted shows here, row by row.
//!
//! When a test fails, read the article, then edit the table: a row that is new is `found` if a reader would expect it,
//! else `wrong`; a `found` row that is gone is `missed`, a `wrong` one is deleted. The rows `found` and `missed` are what
//! the article says, whatever the program makes of it; they change only when the article was misread.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use factwire::document::Source;
use factwire::pipeline::Extractor;
use factwire::record::Record;
use factwire::table::{Table, View};
use factwire::write::delimited::Dialect;

/// The columns of the files, after the status.
const COLUMNS: &[&str] =
    &["source", "source_code", "relation", "cameo", "target", "target_code", "event_date", "modality", "negated"];

/// Of 1000 rows that a reader expects, at least so many are found.
const RECALL: usize = 640;
/// Of 1000 rows that are given, at least so many are what a reader expects.
const PRECISION: usize = 700;

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

/// The rows of an article's table with their status.
fn reviewed(name: &str) -> Vec<(String, String)> {
    let path = root().join("tests/golden").join(format!("{name}.csv"));
    let content = fs::read_to_string(&path).expect("every article has a table");
    let mut lines = content.lines();
    assert_eq!(lines.next(), Some(format!("status,{}", COLUMNS.join(",")).as_str()), "{}", path.display());
    let rows = lines.map(|line| {
        let (status, row) = line.split_once(',').expect("a status");
        assert!(["found", "missed", "wrong"].contains(&status), "{}: {line}", path.display());
        (status.to_owned(), row.to_owned())
    });
    rows.collect()
}

/// The rows that the program gives for an article, in these columns.
fn rows(extractor: &Extractor, name: &str, columns: &[&str]) -> Vec<String> {
    let text = fs::read_to_string(root().join("data/articles").join(format!("{name}.txt"))).expect("an article");
    let analysis = extractor.extract(Source { id: name.to_owned(), text, ..Source::default() });
    let record = Record::new(&analysis, |id| extractor.gazetteer().entry(id), false);
    let view = View::pick(Table::Relations, columns.iter().copied()).expect("columns of the table");
    let mut csv = Vec::new();
    Dialect::CSV.rows(&view, &record, &mut csv);
    String::from_utf8(csv).expect("UTF-8").lines().map(str::to_owned).collect()
}

/// What is to be reviewed of an article: a line for each row whose status is no longer true.
fn changes(extractor: &Extractor, name: &str) -> Vec<String> {
    let reviewed = reviewed(name);
    // How often each row is given, less how often the table says so.
    let mut balance: BTreeMap<String, i32> = BTreeMap::new();
    for row in rows(extractor, name, COLUMNS) {
        *balance.entry(row).or_default() += 1;
    }
    for (_, row) in reviewed.iter().filter(|(status, _)| status != "missed") {
        *balance.entry(row.clone()).or_default() -= 1;
    }
    let has = |status: &str, row: &str| reviewed.iter().any(|(its, of)| its == status && of == row);
    let changed = balance.into_iter().filter(|(_, count)| *count != 0);
    let told = changed.map(|(row, count)| match count {
        1.. if has("missed", &row) => format!("{name}: `missed` is now `found`: {row}"),
        1.. => format!("{name}: new, `found` or `wrong`? {row}"),
        _ if has("found", &row) => format!("{name}: `found` is now `missed`: {row}"),
        _ => format!("{name}: `wrong` is gone, delete: {row}"),
    });
    told.collect()
}

#[test]
fn articles_give_the_rows_that_were_reviewed() {
    let extractor = Extractor::new().expect("built-in data");
    let names = articles();
    assert!(names.len() >= 8);
    let changes: Vec<String> = names.iter().flat_map(|name| changes(&extractor, name)).collect();
    let count = changes.len();
    assert!(changes.is_empty(), "{count} rows to review; edit tests/golden/NAME.csv:\n{}\n", changes.join("\n"));
}

#[test]
fn enough_of_what_a_reader_expects_is_found_and_enough_of_what_is_found_is_right() {
    let rows: Vec<(String, String)> = articles().iter().flat_map(|name| reviewed(name)).collect();
    let count = |status: &str| rows.iter().filter(|(its, _)| its == status).count();
    let (found, missed, wrong) = (count("found"), count("missed"), count("wrong"));
    assert!(found * 1000 >= (found + missed) * RECALL, "{found} rows found, {missed} missed");
    assert!(found * 1000 >= (found + wrong) * PRECISION, "{found} rows are right, {wrong} wrong");
}

#[test]
fn the_readme_shows_rows_that_the_program_prints() {
    const SHOWN: &[&str] = &[
        "event_date",
        "source",
        "source_code",
        "relation",
        "cameo",
        "target",
        "target_code",
        "modality",
        "negated",
        "evidence",
    ];
    let extractor = Extractor::new().expect("built-in data");
    let lines = articles().iter().flat_map(|name| rows(&extractor, name, SHOWN)).collect::<Vec<_>>().join("\n");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(lines.as_bytes());
    // As the table in the README has them: name and code in one cell, what did not happen with "not".
    let printed: Vec<(String, String)> = reader
        .records()
        .map(|row| {
            let row = row.expect("a row");
            let actor = |name: &str, code: &str| match (name, code) {
                ("", "") => String::new(),
                (name, "") => name.to_owned(),
                (name, code) => format!("{name} · {code}"),
            };
            let relation = format!("{}{}", if &row[8] == "true" { "not " } else { "" }, &row[3]);
            let (source, target) = (actor(&row[1], &row[2]), actor(&row[5], &row[6]));
            let cells = [&row[0], &source, &relation, &row[4], &target, &row[7]];
            (cells.join(" | "), row[9].to_owned())
        })
        .collect();
    let readme = fs::read_to_string(root().join("README.md")).expect("the README");
    let table = readme.lines().skip_while(|line| !line.starts_with("| event_date |")).skip(2);
    let shown: Vec<&str> = table.take_while(|line| line.starts_with('|')).collect();
    assert!(shown.len() >= 6, "{shown:?}");
    for line in shown {
        let (cells, evidence) = line.trim_matches([' ', '|']).rsplit_once(" | ").expect("cells");
        let cells = cells.trim_start_matches("| ");
        let start = evidence.trim_end_matches(['…', ' ']);
        let is_printed =
            |(its, of): &(String, String)| its.trim_start_matches([' ', '|']) == cells && of.starts_with(start);
        assert!(printed.iter().any(is_printed), "the README shows a row that is not printed: {line}");
    }
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
