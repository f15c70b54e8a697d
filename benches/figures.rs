//! How fast numbers, times and figures are found, in bytes of text a second.
//!
//! `cargo bench --bench figures`. Sentences are unparsed here: these stages read words, not trees.

use std::fs;
use std::path::Path;

use divan::Bencher;
use divan::counter::BytesCount;
use factwire::document::{Document, Source};
use factwire::lexicon::Pieces;
use factwire::span::Span;
use factwire::{figure, number, text, time};

fn main() {
    divan::main();
}

/// The sample articles as documents.
fn articles() -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/articles");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the articles").map(|entry| entry.expect("an article").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let document = |path: &std::path::PathBuf| {
        let text = fs::read_to_string(path).expect("an article is text");
        text::document(Source { text, ..Source::default() })
    };
    paths.iter().map(document).collect()
}

fn bytes(docs: &[Document]) -> BytesCount {
    BytesCount::new(docs.iter().map(|doc| doc.text().len()).sum::<usize>())
}

#[divan::bench]
fn numbers(bencher: Bencher) {
    let docs = articles();
    bencher
        .counter(bytes(&docs))
        .bench_local(|| docs.iter().map(|doc| number::find(&Pieces::read(doc)).len()).sum::<usize>());
}

#[divan::bench]
fn numbers_times_and_figures(bencher: Bencher) {
    let docs = articles();
    bencher.counter(bytes(&docs)).bench_local(|| {
        let all = docs.iter().map(|doc| {
            let pieces = Pieces::read(doc);
            let numbers = number::find(&pieces);
            let times = time::find(&pieces, doc.source.date, &numbers);
            let spans: Vec<Span> = times.iter().map(|time| time.span).collect();
            figure::find(&pieces, &numbers, &spans).len()
        });
        all.sum::<usize>()
    });
}
