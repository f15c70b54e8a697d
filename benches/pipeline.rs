//! How fast the stages and the whole run are, in bytes of text a second.
//!
//! `cargo bench --bench pipeline`; give a name to run a part, such as `cargo bench --bench pipeline whole`.

use std::fs;
use std::path::Path;

use divan::Bencher;
use divan::counter::BytesCount;
use factwire::document::Source;
use factwire::pipeline::Extractor;
use factwire::text;

fn main() {
    divan::main();
}

/// The sample articles, in the order of their names.
fn articles() -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/articles");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the articles").map(|entry| entry.expect("an article").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let source = |path: &std::path::PathBuf| Source {
        id: path.display().to_string(),
        text: fs::read_to_string(path).expect("an article is text"),
        ..Source::default()
    };
    paths.iter().map(source).collect()
}

/// One long document: all articles, many times over, as an archive without boundaries would look.
fn long() -> Source {
    let one: String = articles().iter().map(|source| format!("{}\n\n", source.text)).collect();
    Source { id: "long".into(), text: one.repeat(40), ..Source::default() }
}

fn bytes(sources: &[Source]) -> BytesCount {
    BytesCount::new(sources.iter().map(|source| source.text.len()).sum::<usize>())
}

#[divan::bench]
fn zones_sentences_and_tokens(bencher: Bencher) {
    let sources = articles();
    bencher.counter(bytes(&sources)).bench(|| {
        let documents = sources.iter().cloned().map(text::document);
        documents.map(|doc| doc.tokens.len()).sum::<usize>()
    });
}

#[divan::bench]
fn whole_run_on_articles(bencher: Bencher) {
    let sources = articles();
    let extractor = Extractor::new().expect("built-in data");
    let mut worker = extractor.worker();
    bencher.counter(bytes(&sources)).bench_local(|| {
        let analyses = sources.iter().cloned().map(|source| worker.extract(source));
        analyses.map(|analysis| analysis.events.len()).sum::<usize>()
    });
}

#[divan::bench(sample_count = 5)]
fn whole_run_on_a_long_document(bencher: Bencher) {
    let source = [long()];
    let extractor = Extractor::new().expect("built-in data");
    let mut worker = extractor.worker();
    bencher.counter(bytes(&source)).bench_local(|| worker.extract(source[0].clone()).events.len());
}

#[divan::bench]
fn start(bencher: Bencher) {
    bencher.bench(|| Extractor::new().expect("built-in data"));
}
