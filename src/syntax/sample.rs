//! Small trees written by hand, for tests.

use super::{Deprel, Node, Syntax, Upos, Xpos};
use crate::document::{Document, Sentence, Source, Token, Zone};
use crate::span::{SentenceId, Span, TokenId};

/// A document of one sentence from lines "form upos xpos head relation", heads counted from 1, 0 for the root.
pub(crate) fn tree(lines: &str) -> (Document, Syntax) {
    let rows: Vec<Vec<&str>> = lines.lines().map(|line| line.split_whitespace().collect()).collect();
    let rows: Vec<Vec<&str>> = rows.into_iter().filter(|row| !row.is_empty()).collect();
    let mut text = String::new();
    let mut tokens = Vec::new();
    let mut nodes = Vec::new();
    for row in &rows {
        let [form, upos, xpos, head, deprel] = row[..] else { panic!("five columns: {row:?}") };
        if !text.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(form);
        tokens.push(Token { span: Span::new(start, text.len()), spaced: true });
        let head: u32 = head.parse().expect("a head");
        nodes.push(Node {
            upos: Upos::from_name(upos).expect("a class"),
            xpos: Xpos::from_name(xpos).expect("a tag"),
            head: head.checked_sub(1).map(TokenId),
            deprel: Deprel::from_name(deprel).expect("a relation"),
        });
    }
    let sentence = Sentence { span: Span::new(0, text.len()), zone: Zone::Body, tokens: 0..tokens.len() as u32 };
    let doc = Document { source: Source { text, ..Source::default() }, sentences: vec![sentence.clone()], tokens };
    let mut syntax = Syntax::unread(&doc);
    syntax.set(SentenceId(0), &sentence, &nodes);
    (doc, syntax)
}

/// The token with this form.
pub(crate) fn find(doc: &Document, form: &str) -> TokenId {
    let tokens = (0..doc.tokens.len()).map(TokenId::from);
    tokens.into_iter().find(|&token| doc.form(token) == form).unwrap_or_else(|| panic!("no token {form}"))
}
