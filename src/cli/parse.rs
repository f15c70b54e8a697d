//! `factwire parse`: the syntax of texts, as CoNLL-U.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::model::OwnModel;
use super::{Status, warn};
use crate::document::{Document, Source};
use crate::error::{Error, Result};
use crate::read::{self, Format, Item, Options};
use crate::span::{CodePoints, SentenceId};
use crate::syntax::conllu::{self, Reader, Tree, TreeWord};
use crate::syntax::{Model, Node, Syntax, Worker, lemma};
use crate::text;

/// Tag and parse English: word classes, Penn tags, lemmas and dependencies, as CoNLL-U
///
/// Text is split into sentences and words; each word's last column gives its place in the text, in characters. The
/// words of CoNLL-U are kept as they are.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files and folders to read; standard input when there are none, or for `-`
    input: Vec<PathBuf>,

    /// Whether the input is text or CoNLL-U; by its name, .conllu or another, when not given
    #[arg(long, value_enum, value_name = "FORMAT")]
    input_format: Option<InputFormat>,

    #[command(flatten)]
    model: OwnModel,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum InputFormat {
    /// Plain text
    Text,
    /// Sentences already split into words
    Conllu,
}

/// Runs the command.
pub(super) fn run(arguments: Arguments) -> Result<Status> {
    let own = arguments.model.read()?;
    let model = own.as_ref().unwrap_or_else(|| Model::built_in());
    let mut parser =
        Parser { worker: Worker::new(model), output: BufWriter::new(io::stdout().lock()), nodes: Vec::new() };
    let mut status = Status::Complete;
    let inputs = if arguments.input.is_empty() { vec![PathBuf::from("-")] } else { arguments.input };
    for path in inputs {
        let named = path.extension().is_some_and(|extension| extension == "conllu");
        let done = match arguments.input_format {
            Some(InputFormat::Conllu) => parser.trees(&path),
            None if named => parser.trees(&path),
            _ => parser.texts(path),
        };
        if done? == Status::Incomplete {
            status = Status::Incomplete;
        }
    }
    parser.output.flush().map_err(written)?;
    Ok(status)
}

fn written(error: io::Error) -> Error {
    Error::io("standard output", error)
}

struct Parser<'m, W> {
    worker: Worker<'m>,
    output: W,
    nodes: Vec<Node>,
}

impl<W: Write> Parser<'_, W> {
    /// Parses the sentences of a CoNLL-U file.
    fn trees(&mut self, path: &Path) -> Result<Status> {
        let input: Box<dyn BufRead> = if path.as_os_str() == "-" {
            Box::new(io::stdin().lock())
        } else {
            match File::open(path) {
                Ok(file) => Box::new(BufReader::new(file)),
                Err(error) => {
                    warn(&Error::io(path, error).to_string());
                    return Ok(Status::Incomplete);
                }
            }
        };
        for tree in Reader::new(input) {
            match tree {
                Ok(mut tree) => {
                    self.fill(&mut tree);
                    conllu::write(&tree, &mut self.output).map_err(written)?;
                }
                Err(error) => {
                    warn(&error.at_path(path).to_string());
                    return Ok(Status::Incomplete);
                }
            }
        }
        Ok(Status::Complete)
    }

    /// Tags and parses the words of a sentence.
    fn fill(&mut self, tree: &mut Tree) {
        self.worker.parse_forms(tree.words.iter().map(|word| word.form.as_str()), 0, &mut self.nodes);
        for (word, node) in tree.words.iter_mut().zip(&self.nodes) {
            let lemma = lemma(&word.form, node.xpos).into_owned();
            (word.lemma, word.upos, word.xpos) = (lemma, Some(node.upos), Some(node.xpos));
            (word.head, word.deprel) = (node.head.map_or(0, |head| head.index() + 1), Some(node.deprel));
        }
    }

    /// Parses the documents of a text file or folder.
    fn texts(&mut self, path: PathBuf) -> Result<Status> {
        let mut status = Status::Complete;
        for item in read::inputs([path], Options { format: Some(Format::Text), ..Options::default() }) {
            match item {
                Item::Document(source) => self.document(source)?,
                Item::Skipped(_) => {}
                Item::Warning(error) => warn(&format!("warning: {error}")),
                Item::Failure(error) => {
                    warn(&error.to_string());
                    status = Status::Incomplete;
                }
            }
        }
        Ok(status)
    }

    fn document(&mut self, source: Source) -> Result<()> {
        let doc = text::document(source);
        let points = CodePoints::new(doc.text());
        let mut syntax = Syntax::unread(&doc);
        for index in 0..doc.sentences.len() {
            let id = SentenceId::from(index);
            self.worker.parse(&doc, id, &mut syntax);
            let tree = tree(&doc, &syntax, &points, id);
            conllu::write(&tree, &mut self.output).map_err(written)?;
        }
        Ok(())
    }
}

/// A parsed sentence of a document as CoNLL-U.
fn tree(doc: &Document, syntax: &Syntax, points: &CodePoints, id: SentenceId) -> Tree {
    let sentence = &doc.sentences[id.index()];
    let first = sentence.tokens.start;
    let mut comments = Vec::new();
    if id.index() == 0 {
        comments.push(format!("# newdoc id = {}", doc.source.id));
    }
    comments.push(format!("# sent_id = {}-{}", doc.source.id, id.index() + 1));
    let text = doc.slice(sentence.span).split_whitespace().collect::<Vec<_>>().join(" ");
    comments.push(format!("# text = {text}"));
    comments.push(format!("# kind = {}", sentence.zone.name()));
    if syntax.is_cut(id) {
        comments.push("# too long, parsed in pieces".to_owned());
    }
    let words = sentence.token_ids().map(|token| {
        let node = syntax.node(token);
        let (start, end) = points.span(doc.text(), doc.tokens[token.index()].span);
        let next = doc.tokens.get(token.index() + 1).filter(|_| token.0 + 1 < sentence.tokens.end);
        let glued = next.is_some_and(|next| !next.spaced);
        TreeWord {
            form: doc.form(token).to_owned(),
            lemma: lemma(doc.form(token), node.xpos).into_owned(),
            upos: Some(node.upos),
            xpos: Some(node.xpos),
            head: node.head.map_or(0, |head| (head.0 - first) as usize + 1),
            deprel: Some(node.deprel),
            misc: format!("{}start={start}|end={end}", if glued { "SpaceAfter=No|" } else { "" }),
        }
    });
    Tree { words: words.collect(), comments, ranges: Vec::new() }
}
