//! Noun phrases: what heads one, and how far it reaches.

use std::ops::Range;

use super::{Deprel, Syntax, Upos, Xpos};
use crate::document::Document;
use crate::span::TokenId;

/// What is counted in to the right of the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Up to the head and what is flat with it.
    Head,
    /// And "of …".
    Of,
    /// And every prepositional phrase and participle: "workers at the mine", "staff employed by the agency".
    All,
}

/// Whether a token heads a noun phrase: also an adjective or determiner in a noun's place, "the wounded".
pub fn is_nominal(syntax: &Syntax, token: TokenId) -> bool {
    let node = syntax.node(token);
    match node.upos {
        Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::X | Upos::Sym => true,
        Upos::Adj | Upos::Det => matches!(
            node.deprel,
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Obl | Deprel::OblAgent | Deprel::Nmod
        ),
        _ => false,
    }
}

/// The tokens of the noun phrase that `head` heads, without relative clauses, appositions and further conjuncts.
/// The sentence must have been parsed.
pub fn extent(doc: &Document, syntax: &Syntax, head: TokenId, reach: Reach) -> Range<u32> {
    let mut range = head.0..head.0 + 1;
    for child in syntax.children(head) {
        if child < head {
            if belongs_left(syntax.node(child).deprel) {
                range.start = range.start.min(leftmost(syntax, child));
            }
        } else if let Some(end) = right_end(doc, syntax, child, reach) {
            // Punctuation between the parts is covered; a part beyond something left out is not reached.
            range.end = range.end.max(end);
        }
    }
    range.start = with_rounding(doc, range.start);
    range
}

/// The start of a phrase with the word that rounds its number: "about 300 miners".
fn with_rounding(doc: &Document, start: u32) -> u32 {
    const WORDS: &[&str] = &["about", "around", "roughly", "approximately", "nearly", "almost", "some"];
    let number = doc.form(TokenId(start)).starts_with(|first: char| first.is_ascii_digit());
    let before = start.checked_sub(1).filter(|_| number).map(TokenId);
    let rounds = |token: &TokenId| {
        let form = doc.form(*token);
        doc.sentence_of(*token) == doc.sentence_of(TokenId(start))
            && WORDS.iter().any(|word| form.eq_ignore_ascii_case(word))
    };
    before.filter(rounds).map_or(start, |token| token.0)
}

/// Whether a dependent before its head is part of the noun phrase.
fn belongs_left(deprel: Deprel) -> bool {
    matches!(
        deprel,
        Deprel::Det
            | Deprel::DetPredet
            | Deprel::Amod
            | Deprel::Compound
            | Deprel::Nummod
            | Deprel::NmodPoss
            | Deprel::NmodDesc
            | Deprel::NmodUnmarked
            | Deprel::Nmod
            | Deprel::Flat
            | Deprel::Goeswith
            | Deprel::Fixed
            | Deprel::Appos
    )
}

/// The first token of a subtree.
fn leftmost(syntax: &Syntax, token: TokenId) -> u32 {
    let mut first = token;
    while let Some(child) = syntax.children(first).next() {
        if child > first || syntax.node(child).deprel == Deprel::Punct && syntax.children(first).nth(1).is_none() {
            break;
        }
        first = child;
    }
    first.0
}

/// The token after the last of a subtree.
fn rightmost(syntax: &Syntax, token: TokenId) -> u32 {
    let mut last = token;
    while let Some(child) = syntax.children(last).last().filter(|&child| child > last) {
        last = child;
    }
    last.0 + 1
}

/// Whether a word in any case is a day or a part of one: "Monday", "yesterday", "dawn".
pub(crate) fn is_day(form: &str) -> bool {
    const DAYS: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "morning",
        "afternoon",
        "evening",
        "night",
        "weekend",
        "midnight",
        "dawn",
    ];
    DAYS.iter().any(|day| form.eq_ignore_ascii_case(day))
}

/// Whether a phrase after a noun tells of the event rather than of the noun: "police on Friday", "troops amid tension".
fn tells_when(doc: &Document, syntax: &Syntax, child: TokenId) -> bool {
    const ASIDE: &[&str] = &[
        "amid",
        "amidst",
        "after",
        "before",
        "following",
        "during",
        "until",
        "despite",
        "since",
        "without",
        "because",
    ];
    let is_any = |token: TokenId, forms: &[&str]| forms.iter().any(|form| doc.form(token).eq_ignore_ascii_case(form));
    is_day(doc.form(child)) || syntax.child(child, Deprel::Case).is_some_and(|case| is_any(case, ASIDE))
}

/// The end of a dependent after the head, where it is part of the phrase.
fn right_end(doc: &Document, syntax: &Syntax, child: TokenId, reach: Reach) -> Option<u32> {
    let inner = |reach| extent(doc, syntax, child, reach).end;
    match syntax.node(child).deprel {
        Deprel::Flat | Deprel::Compound | Deprel::Fixed | Deprel::Goeswith | Deprel::Nummod => Some(inner(Reach::Head)),
        Deprel::Nmod | Deprel::NmodUnmarked if tells_when(doc, syntax, child) => None,
        Deprel::Nmod if reach != Reach::Head => {
            let case = syntax.child(child, Deprel::Case);
            let of = case.is_some_and(|case| doc.form(case).eq_ignore_ascii_case("of"));
            (of || reach == Reach::All).then(|| inner(reach))
        }
        Deprel::Acl if reach == Reach::All => {
            let participle = matches!(syntax.node(child).xpos, Xpos::Vbn | Xpos::Vbg);
            participle.then(|| rightmost(syntax, child))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::sample::{find, tree};

    #[test]
    fn a_phrase_reaches_as_far_as_asked() {
        let (doc, syntax) = tree(
            "
            Talks NOUN NNS 2 nsubj
            covered VERB VBD 0 root
            the DET DT 5 det
            two NUM CD 5 nummod
            brigades NOUN NNS 2 obj
            of ADP IN 8 case
            the DET DT 8 det
            army NOUN NN 5 nmod
            at ADP IN 11 case
            the DET DT 11 det
            border NOUN NN 5 nmod
            , PUNCT , 14 punct
            which PRON WDT 14 nsubj
            left VERB VBD 5 acl:relcl
            . PUNCT . 2 punct",
        );
        let text = |reach| {
            let range = extent(&doc, &syntax, find(&doc, "brigades"), reach);
            range.map(|token| doc.form(TokenId(token))).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(text(Reach::Head), "the two brigades");
        assert_eq!(text(Reach::Of), "the two brigades of the army");
        assert_eq!(text(Reach::All), "the two brigades of the army at the border");
        assert!(is_nominal(&syntax, find(&doc, "army")) && !is_nominal(&syntax, find(&doc, "left")));
    }
}
