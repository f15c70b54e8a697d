//! The formats that are made of more than a table, as a run writes them.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

const STORY: &str = "Kenyan troops killed three Somali militants in Mogadishu on Monday, the Kenyan army said.\n\n\
                     President William Ruto met Somali President Hassan Sheikh Mohamud\nin Nairobi. He did not meet rebels.\n";

/// Runs on the story and gives what went to standard output.
fn extract(folder: &Path, arguments: &[&str]) -> String {
    let story = folder.join("story.txt");
    fs::write(&story, STORY).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_factwire"));
    command.args(["extract", "--date", "2024-03-05"]).arg(&story).args(arguments).stdin(Stdio::null());
    let output = command.output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn event_data_has_its_columns() {
    let folder = TempDir::new().unwrap();
    let icews = extract(folder.path(), &["--format", "icews"]);
    let rows: Vec<Vec<&str>> = icews.lines().map(|line| line.split('\t').collect()).collect();
    assert!(rows.len() > 2 && rows.iter().all(|row| row.len() == 20), "{icews}");
    assert_eq!((rows[0][1], rows[0][6]), ("Event Date", "CAMEO Code"));
    let attack = rows.iter().find(|row| row[6].starts_with("19")).expect("an attack");
    assert_eq!((attack[1], attack[3], attack[4]), ("2024-03-04", "MIL", "KEN"));
    let gdelt = extract(folder.path(), &["--format", "gdelt"]);
    let rows: Vec<Vec<&str>> = gdelt.lines().map(|line| line.split('\t').collect()).collect();
    assert!(rows.iter().all(|row| row.len() == 61), "{gdelt}");
    let attack = rows.iter().find(|row| row[28] == "19").expect("an attack");
    assert_eq!((attack[1], attack[5], attack[12], attack[29]), ("20240304", "KENMIL", "MIL", "4"));
}

#[test]
fn annotators_get_text_and_annotations_that_agree() {
    let folder = TempDir::new().unwrap();
    extract(folder.path(), &["--format", "brat", "--output", folder.path().join("brat").to_str().unwrap()]);
    let text = fs::read_to_string(folder.path().join("brat/000001-story.txt")).unwrap();
    assert_eq!(text, STORY);
    let points: Vec<char> = text.chars().collect();
    let annotations = fs::read_to_string(folder.path().join("brat/000001-story.ann")).unwrap();
    let configuration = fs::read_to_string(folder.path().join("brat/annotation.conf")).unwrap();
    let types: Vec<&str> = configuration.lines().map(|line| line.split('\t').next().unwrap()).collect();
    let mut ids = Vec::new();
    for line in annotations.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        ids.push(cells[0]);
        if cells[0].starts_with('T') {
            let (kind, places) = cells[1].split_once(' ').unwrap();
            assert!(types.contains(&kind), "{kind} is not in annotation.conf");
            let pieces = places.split(';').map(|piece| {
                let (start, end) = piece.split_once(' ').unwrap();
                points[start.parse::<usize>().unwrap()..end.parse().unwrap()].iter().collect::<String>()
            });
            assert_eq!(pieces.collect::<Vec<_>>().join(" "), cells[2]);
        }
    }
    assert!(ids.iter().any(|id| id.starts_with('E')), "{annotations}");
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id twice");

    let conll = extract(folder.path(), &["--format", "conll"]);
    let tokens: Vec<Vec<&str>> = conll
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
        .collect();
    for token in &tokens {
        assert_eq!(token.len(), 8);
        let word: String = points[token[2].parse::<usize>().unwrap()..token[3].parse().unwrap()].iter().collect();
        assert_eq!(word, token[1]);
    }
    assert!(
        tokens.iter().any(|token| token[4].starts_with("B-"))
            && tokens.iter().any(|token| token[6].starts_with("B-ASSAULT:"))
    );
}

#[test]
fn a_graph_has_nodes_for_its_edges() {
    let folder = TempDir::new().unwrap();
    extract(folder.path(), &["--format", "gephi", "--output", folder.path().join("net").to_str().unwrap()]);
    let read = |name: &str| -> Vec<Vec<String>> {
        let mut reader = csv::Reader::from_path(folder.path().join(name)).unwrap();
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    let (nodes, edges) = (read("net/nodes.csv"), read("net/edges.csv"));
    assert!(!edges.is_empty());
    for edge in &edges {
        assert!(nodes.iter().any(|node| node[0] == edge[0]) && nodes.iter().any(|node| node[0] == edge[1]), "{edge:?}");
    }
    let graphml = extract(folder.path(), &["--format", "graphml"]);
    assert_eq!(graphml.matches("<node ").count(), nodes.len());
    assert_eq!(graphml.matches("<edge ").count(), edges.len());
    assert_eq!(fs::read_dir(folder.path().join("net")).unwrap().count(), 2, "nothing is left behind");
}

#[test]
fn a_format_says_what_it_needs() {
    let folder = TempDir::new().unwrap();
    let story = folder.path().join("story.txt");
    fs::write(&story, STORY).unwrap();
    for (arguments, message) in [
        (&["--format", "gephi"][..], "needs a folder"),
        (&["--format", "brat", "--output", "x.csv"], "needs a folder"),
        (&["--format", "graphml", "--table", "events"], "--table and --columns"),
        #[cfg(feature = "parquet")]
        (&["--format", "csv", "--partition-by", "relation"], "is for --format parquet"),
        #[cfg(feature = "parquet")]
        (&["--format", "parquet", "--partition-by", "colour", "--output", "x/"], "no column 'colour'"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_factwire"));
        command.current_dir(folder.path()).arg("extract").arg(&story).args(arguments).stdin(Stdio::null());
        let output = command.output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {stderr}");
        assert!(stderr.contains(message), "{arguments:?}: {stderr}");
    }
}
