//! From a text as read to a document: zones, sentences, tokens.
//!
//! The text itself is never altered: what a site added to a story is marked, not cut, so that offsets stay true.

pub mod sentence;
pub mod token;
pub mod zone;

use crate::document::{Document, Sentence, Source};

/// Splits a text into sentences and tokens and says which sentences tell the story.
pub fn document(source: Source) -> Document {
    let mut doc = Document { source, ..Document::default() };
    let text = &doc.source.text;
    let mut spans = Vec::new();
    for block in zone::blocks(text, doc.source.title.as_deref()) {
        spans.clear();
        sentence::split(text, block.span, &mut spans);
        for &span in &spans {
            let first = doc.tokens.len();
            token::tokens(text, span, &mut doc.tokens);
            let tokens = first as u32..doc.tokens.len() as u32;
            if !tokens.is_empty() {
                doc.sentences.push(Sentence { span, zone: block.zone, tokens });
            }
        }
    }
    doc
}
