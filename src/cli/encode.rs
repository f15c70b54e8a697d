//! What a thread makes of a document, so that the one that writes has little to do.

use crate::analysis::Analysis;
use crate::record::Record;
use crate::table::View;
use crate::write::delimited::Dialect;
use crate::write::eventdata::EventData;
use crate::write::{brat, conll, graph, jsonl, spool};

/// Turns documents into bytes; shared by all threads.
#[derive(Clone, Debug)]
pub(super) enum Encoder {
    /// The record as a line.
    Jsonl,
    /// A file a table.
    Delimited(Dialect, Vec<View>),
    /// Rows for a file that is laid out when all are there.
    Rows(Vec<View>),
    /// Rows for a graph.
    Links,
    /// The columns of other data sets.
    EventData(EventData),
    /// Tokens in columns.
    Conll,
    /// Two files a document.
    Brat,
}

/// A document's share of the output.
pub(super) enum Encoded {
    /// Bytes for each file.
    Bytes(Vec<Vec<u8>>),
    /// Files of its own: the name of the document as part of theirs, then endings and content.
    Files(String, Vec<(&'static str, Vec<u8>)>),
}

impl Encoder {
    /// A document's share of the output.
    pub(super) fn encode(&self, analysis: &Analysis, record: &Record) -> Encoded {
        let mut bytes = Vec::new();
        match self {
            Encoder::Jsonl => jsonl::encode(record, &mut bytes),
            Encoder::Rows(views) => {
                for (number, view) in (0..).zip(views) {
                    for row in view.rows(record) {
                        spool::encode(number, &row, &mut bytes);
                    }
                }
            }
            Encoder::Links => graph::rows(record).iter().for_each(|row| spool::encode(0, row, &mut bytes)),
            Encoder::EventData(layout) => layout.rows(record, &mut bytes),
            Encoder::Conll => conll::encode(&analysis.doc, record, &mut bytes),
            Encoder::Brat => {
                let text = analysis.doc.text();
                let annotations = brat::annotations(record, text).into_bytes();
                let files = vec![("txt", text.as_bytes().to_vec()), ("ann", annotations)];
                return Encoded::Files(file_name(&record.doc_id), files);
            }
            Encoder::Delimited(dialect, views) => {
                let encode = |view: &View| {
                    let mut bytes = Vec::new();
                    dialect.rows(view, record, &mut bytes);
                    bytes
                };
                return Encoded::Bytes(views.iter().map(encode).collect());
            }
        }
        Encoded::Bytes(vec![bytes])
    }

    /// What stands before the first document in each file.
    pub(super) fn heads(&self) -> Vec<Vec<u8>> {
        match self {
            Encoder::Delimited(dialect, views) => {
                let head = |view: &View| {
                    let mut bytes = Vec::new();
                    dialect.header(view, &mut bytes);
                    bytes
                };
                views.iter().map(head).collect()
            }
            Encoder::EventData(layout) => {
                let mut bytes = Vec::new();
                layout.header(&mut bytes);
                vec![bytes]
            }
            Encoder::Brat => vec![brat::configuration().into_bytes()],
            _ => vec![Vec::new()],
        }
    }

    /// The names of its files in a folder.
    pub(super) fn names(&self) -> Vec<String> {
        match self {
            Encoder::Jsonl => vec!["records.jsonl".to_owned()],
            Encoder::Delimited(dialect, views) => {
                views.iter().map(|view| format!("{}.{}", view.table, dialect.extension())).collect()
            }
            Encoder::Rows(_) | Encoder::Links => vec!["rows".to_owned()],
            Encoder::EventData(EventData::Icews) => vec!["icews.tab".to_owned()],
            Encoder::EventData(EventData::Gdelt) => vec!["gdelt.export.csv".to_owned()],
            Encoder::Conll => vec!["tokens.conll".to_owned()],
            Encoder::Brat => vec!["annotation.conf".to_owned()],
        }
    }
}

/// An id as part of a file's name, on any system.
fn file_name(id: &str) -> String {
    let allowed = |letter: char| if letter.is_alphanumeric() || "-_.".contains(letter) { letter } else { '_' };
    id.chars().take(80).map(allowed).collect()
}
