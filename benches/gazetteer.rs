//! How fast names are found, beside a bare aho-corasick scan for the same names, and how fast the gazetteer starts.
//!
//! `cargo bench --bench gazetteer`. The automaton folds ASCII case only and verifies nothing but word boundaries.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use aho_corasick::{AhoCorasick, MatchKind};
use divan::Bencher;
use divan::counter::BytesCount;
use factwire::document::{Document, Source};
use factwire::gazetteer::Gazetteer;
use factwire::text;

fn main() {
    divan::main();
}

/// All sample articles, twenty times over, cut into sentences and tokens.
fn document() -> Document {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/articles");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the articles").map(|entry| entry.expect("an article").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let one: String = paths.iter().map(|path| fs::read_to_string(path).expect("an article is text")).collect();
    text::document(Source { id: "articles".into(), text: one.repeat(20), ..Source::default() })
}

#[divan::bench]
fn start(bencher: Bencher) {
    bencher.bench(|| Gazetteer::builtin().by_id("country/arm"));
}

/// Names found and verified: token boundaries, case, position, spelling. This is what a bare scan is to be held against.
#[divan::bench]
fn matcher(bencher: Bencher) {
    let (gazetteer, doc) = (Gazetteer::builtin(), document());
    bencher.counter(BytesCount::new(doc.text().len())).bench(|| gazetteer.names(&doc));
}

/// The same, and every bearer weighed by the document's date, words and other names.
#[divan::bench]
fn matcher_and_bearers(bencher: Bencher) {
    let (gazetteer, doc) = (Gazetteer::builtin(), document());
    bencher.counter(BytesCount::new(doc.text().len())).bench(|| gazetteer.find(&doc));
}

/// Fifty thousand names of a user's own, read, compiled and laid over the built-in ones.
#[divan::bench]
fn overlay(bencher: Bencher) {
    let folder = std::env::temp_dir().join(format!("factwire-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a temporary folder");
    let mut rows = String::from("id,name,kind,country,sector\n");
    for number in 0..50_000u32 {
        let name = |salt: u32| {
            let syllables = ["ka", "ro", "mi", "ta", "ben", "sul", "dar", "vo", "ne", "li", "shan", "pe"];
            let hash = number.wrapping_mul(2_654_435_761).wrapping_add(salt.wrapping_mul(40_503)).rotate_left(salt);
            (0..4).map(|place| syllables[(hash >> (place * 7)) as usize % syllables.len()]).collect::<String>()
        };
        rows += &format!("person/own-{number},{} {},person,TCD,REB\n", name(3), name(11));
    }
    fs::write(folder.join("own.csv"), rows).expect("a file");
    bencher.bench(|| Gazetteer::with_overlays(&[&folder]).expect("sound rows").len());
    fs::remove_dir_all(&folder).expect("the folder goes");
}

#[divan::bench]
fn bare_aho_corasick(bencher: Bencher) {
    let (gazetteer, doc) = (Gazetteer::builtin(), document());
    let names: BTreeSet<&str> = gazetteer.aliases().map(|alias| alias.name).collect();
    let automaton = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(names)
        .expect("the names fit an automaton");
    bencher.counter(BytesCount::new(doc.text().len())).bench(|| {
        let boundary = |place: usize| doc.text().as_bytes().get(place).is_none_or(|byte| !byte.is_ascii_alphanumeric());
        automaton.find_iter(doc.text()).filter(|found| boundary(found.end())).count()
    });
}
