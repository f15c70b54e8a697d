//! From a text as read to a document: zones, sentences, tokens.
//!
//! The text itself is never altered: what a site added to a story is marked, not cut, so that offsets stay true.

mod dateline;
mod layout;
mod lexicon;
pub mod sentence;
pub mod token;
mod zone;

use crate::date;
use crate::document::{Document, Sentence, Source, Zone};
use crate::span::Span;

/// Splits a text into sentences and tokens and says which sentences tell the story.
///
/// A document that brings no date takes the one that its dateline gives in full.
pub fn document(source: Source) -> Document {
    let mut doc = Document { source, ..Document::default() };
    for piece in pieces(&doc.source) {
        let first = doc.tokens.len();
        token::tokens(&doc.source.text, piece.span, &mut doc.tokens);
        let tokens = first as u32..doc.tokens.len() as u32;
        if !tokens.is_empty() {
            doc.sentences.push(Sentence { span: piece.span, zone: piece.zone, tokens });
        }
    }
    if doc.source.date.is_none() {
        let datelines = doc.sentences.iter().filter(|sentence| sentence.zone == Zone::Dateline);
        doc.source.date = datelines.take(3).find_map(|sentence| date::find(doc.slice(sentence.span)));
    }
    doc
}

/// The sentences of a text with their zones.
fn pieces(source: &Source) -> Vec<zone::Piece> {
    let text = &source.text;
    let case = sentence::Case::of(text);
    let mut pieces = Vec::new();
    let mut spans = Vec::new();
    let mut story_begun = false;
    for (number, mut paragraph) in layout::paragraphs(text).into_iter().enumerate() {
        let cut = dateline::length(paragraph.of(text), case, !story_begun);
        if cut > 0 {
            let dateline = paragraph.of(text)[..cut].trim_end();
            let span = Span::new(paragraph.start(), paragraph.start() + dateline.len());
            pieces.push(zone::Piece { span, paragraph: number, zone: Zone::Dateline });
            paragraph = Span::new(paragraph.start() + cut, paragraph.end());
        }
        sentence::split(text, paragraph, case, &mut spans);
        story_begun |= cut > 0 || spans.len() > 1;
        let body = spans.drain(..).map(|span| zone::Piece { span, paragraph: number, zone: Zone::Body });
        pieces.extend(body);
    }
    zone::label(text, source.title.as_deref(), &mut pieces);
    pieces
}
