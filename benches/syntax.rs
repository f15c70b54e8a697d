//! How fast tagging and parsing are, beside a bare pass of the tokeniser over the same text, in tokens a second.
//!
//! `cargo bench --bench syntax`. A new worker has empty caches, as on text read once; a warm one has met every word.

use std::fs;
use std::path::Path;

use divan::Bencher;
use divan::counter::ItemsCount;
use factwire::document::{Document, Source};
use factwire::span::{SentenceId, Span};
use factwire::syntax::{Model, Syntax, Worker};
use factwire::text::{self, token};

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
        text::document(Source { id: path.display().to_string(), text, ..Source::default() })
    };
    paths.iter().map(document).collect()
}

fn count(docs: &[Document]) -> ItemsCount {
    ItemsCount::new(docs.iter().map(|doc| doc.tokens.len()).sum::<usize>())
}

#[divan::bench]
fn tokens(bencher: Bencher) {
    let docs = articles();
    let mut out = Vec::new();
    bencher.counter(count(&docs)).bench_local(|| {
        for doc in &docs {
            out.clear();
            token::tokens(doc.text(), Span::new(0, doc.text().len()), &mut out);
        }
        out.len()
    });
}

#[divan::bench]
fn tagging(bencher: Bencher) {
    let docs = articles();
    let mut worker = Worker::new(Model::built_in());
    let mut nodes = Vec::new();
    bencher.counter(count(&docs)).bench_local(|| {
        for doc in &docs {
            for sentence in &doc.sentences {
                worker.tag(doc, sentence, &mut nodes);
            }
        }
        nodes.len()
    });
}

fn parse(worker: &mut Worker, docs: &[Document]) -> usize {
    let mut parsed = 0;
    for doc in docs {
        let mut syntax = Syntax::unread(doc);
        for index in 0..doc.sentences.len() {
            worker.parse(doc, SentenceId::from(index), &mut syntax);
            parsed += usize::from(syntax.is_parsed(SentenceId::from(index)));
        }
    }
    parsed
}

#[divan::bench]
fn tagging_and_parsing_read_once(bencher: Bencher) {
    let docs = articles();
    bencher.counter(count(&docs)).bench_local(|| parse(&mut Worker::new(Model::built_in()), &docs));
}

#[divan::bench]
fn tagging_and_parsing_warm(bencher: Bencher) {
    let docs = articles();
    let mut worker = Worker::new(Model::built_in());
    bencher.counter(count(&docs)).bench_local(|| parse(&mut worker, &docs));
}

/// What a run pays before the first sentence: the built-in model is used where it lies.
#[divan::bench]
fn worker_with_the_built_in_model() -> Worker<'static> {
    Worker::new(Model::built_in())
}

/// A model from a file is copied and checked.
#[divan::bench]
fn model_from_bytes(bencher: Bencher) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/model/english.bin");
    let bytes = fs::read(path).expect("the model");
    bencher.bench_local(|| Model::from_bytes(&bytes).expect("a model").data_hash());
}
