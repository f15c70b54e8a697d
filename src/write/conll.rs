//! Tokens in columns, as the CoNLL shared tasks lay them out: for training and for checking by eye.
//!
//! A line a token, a blank line after each sentence. The columns, divided by tabs: number in the sentence, word, first
//! code point, the one after its last, BIO tag of the kind of entity, entity id, trigger (`B-ASSAULT:V3`), and the parts
//! it plays (`V3:source|V4:target`). `_` is nothing.

use std::fmt::Write as _;

use crate::document::Document;
use crate::record::Record;
use crate::span::CodePoints;

/// Appends the sentences of a document that tell its story.
pub fn encode(doc: &Document, record: &Record, out: &mut Vec<u8>) {
    let points = CodePoints::new(doc.text());
    let mut text = format!("# newdoc id = {}\n", crate::record::one_line(&record.doc_id));
    for (number, (sentence, about)) in doc.sentences.iter().zip(&record.sentences).enumerate() {
        if !sentence.zone.is_story() {
            continue;
        }
        let _ = writeln!(text, "# sent_id = {number}\n# text = {}", about.text);
        let within = |start: usize, end: usize| about.start <= start && end <= about.end;
        let mentions: Vec<_> = record.mentions.iter().filter(|mention| within(mention.start, mention.end)).collect();
        let events: Vec<_> = record.events.iter().filter(|event| within(event.start, event.end)).collect();
        for (place, token) in sentence.token_ids().enumerate() {
            let (start, end) = points.span(doc.text(), doc.tokens[token.index()].span);
            let covers = |from: usize, to: usize| from <= start && end <= to;
            let bio = |from: usize, what: &str| format!("{}-{what}", if from == start { 'B' } else { 'I' });
            // The longest name that holds the token; a shorter one inside it belongs to it.
            let mention = mentions.iter().filter(|mention| covers(mention.start, mention.end));
            let mention = mention.max_by_key(|mention| mention.end - mention.start);
            let kind = mention.and_then(|mention| Some((mention, record.entity(&mention.entity)?.kind)));
            let event = events.iter().find(|event| covers(event.start, event.end));
            let trigger = event.map(|event| {
                let kind = event.plover.unwrap_or("STATEMENT");
                bio(event.start, &format!("{kind}:{}", event.id))
            });
            let parts = events.iter().flat_map(|event| event.participants.iter().map(move |part| (event, part)));
            let parts = parts.filter(|(_, part)| covers(part.start, part.end));
            let parts: Vec<String> = parts.map(|(event, part)| format!("{}:{}", event.id, part.role)).collect();
            let _ = writeln!(
                text,
                "{}\t{}\t{start}\t{end}\t{}\t{}\t{}\t{}",
                place + 1,
                doc.form(token),
                kind.map_or_else(|| "O".to_owned(), |(mention, kind)| bio(mention.start, kind)),
                mention.map_or("_", |mention| mention.entity.as_str()),
                trigger.as_deref().unwrap_or("_"),
                if parts.is_empty() { "_".to_owned() } else { parts.join("|") },
            );
        }
        text.push('\n');
    }
    out.extend_from_slice(text.as_bytes());
}
