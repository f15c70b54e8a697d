//! Verb groups: what the auxiliaries and the negation beside a verb say of its act.

use super::{Deprel, Syntax, Upos, Xpos};
use crate::document::Document;
use crate::span::TokenId;

/// What the words beside a verb, or before a noun, say of the act.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VerbGroup {
    /// "not", "never", "no longer", "without"; "no" before a noun.
    pub negated: bool,
    /// How real it is.
    pub mood: Mood,
}

/// How real an act is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    /// It happened or happens.
    #[default]
    Real,
    /// "will", "shall", "is going to", "to meet" in a headline.
    Future,
    /// "would": to come when told, else dependent.
    Would,
    /// "may", "might", "could".
    Possible,
    /// "should", "must", "ought to".
    Due,
}

impl VerbGroup {
    /// The group around a verb or noun.
    pub fn around(doc: &Document, syntax: &Syntax, head: TokenId) -> Self {
        let mut group = Self::default();
        let is = |token: TokenId, form: &str| doc.form(token).eq_ignore_ascii_case(form);
        for child in syntax.children(head) {
            match syntax.node(child).deprel {
                Deprel::Advmod | Deprel::Det | Deprel::CcPreconj if denies(doc, syntax, child, head) => {
                    group.negated = true;
                }
                Deprel::Aux => group.mood = mood(doc, syntax, child).unwrap_or(group.mood),
                Deprel::Mark if is(child, "to") && is_headline_future(syntax, head) => group.mood = Mood::Future,
                Deprel::Mark if is(child, "without") => group.negated = true,
                _ => {}
            }
        }
        group
    }
}

/// Whether a dependent denies its head.
fn denies(doc: &Document, syntax: &Syntax, token: TokenId, head: TokenId) -> bool {
    let is = |token: TokenId, form: &str| doc.form(token).eq_ignore_ascii_case(form);
    if ["not", "n't", "never", "n’t", "neither", "nor"].iter().any(|form| is(token, form)) {
        // "not only struck" did strike.
        let next = TokenId(token.0 + 1);
        return next.index() >= doc.tokens.len() || !is(next, "only");
    }
    if is(token, "no") {
        return syntax.node(token).deprel == Deprel::Det && syntax.node(head).upos == Upos::Noun;
    }
    is(token, "longer") && token.0.checked_sub(1).is_some_and(|before| is(TokenId(before), "no"))
}

/// What a modal verb says; nothing for other auxiliaries and for "can".
fn mood(doc: &Document, syntax: &Syntax, aux: TokenId) -> Option<Mood> {
    const MOODS: &[(&[&str], Mood)] = &[
        (&["will", "'ll", "’ll", "shall", "wo", "ll"], Mood::Future),
        (&["would", "'d", "’d"], Mood::Would),
        (&["may", "might", "could"], Mood::Possible),
        (&["should", "must", "ought"], Mood::Due),
    ];
    let form = doc.form(aux);
    let is_form = |forms: &[&str]| forms.iter().any(|known| form.eq_ignore_ascii_case(known));
    let is_modal = syntax.node(aux).xpos == Xpos::Md;
    MOODS.iter().find(|(forms, _)| is_modal && is_form(forms)).map(|(_, mood)| *mood)
}

/// "Iran to resume talks": an infinitive where a sentence's verb should be.
fn is_headline_future(syntax: &Syntax, verb: TokenId) -> bool {
    let has = |deprel| syntax.child(verb, deprel).is_some();
    let deprel = syntax.node(verb).deprel;
    matches!(deprel, Deprel::Root | Deprel::Ccomp | Deprel::Parataxis) && (has(Deprel::Nsubj) || has(Deprel::NsubjPass))
        || deprel == Deprel::Root && !has(Deprel::Cop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::sample::{find, tree};

    fn group(lines: &str, head: &str) -> (bool, Mood) {
        let (doc, syntax) = tree(lines);
        let found = VerbGroup::around(&doc, &syntax, find(&doc, head));
        (found.negated, found.mood)
    }

    #[test]
    fn denials() {
        let lines = "Nobody NOUN NN 5 nsubj:pass\nhas AUX VBZ 5 aux\nnot PART RB 5 advmod\nbeen AUX VBN 5 aux:pass\nkilled VERB VBN 0 root";
        assert_eq!(group(lines, "killed"), (true, Mood::Real));
        let lines = "They PRON PRP 4 nsubj\nnot PART RB 3 advmod\nonly ADV RB 4 advmod\nfled VERB VBD 0 root";
        assert_eq!(group(lines, "fled"), (false, Mood::Real));
        let lines = "Rebels NOUN NNS 4 nsubj\nno ADV RB 3 advmod\nlonger ADV RBR 4 advmod\nfight VERB VBP 0 root";
        assert_eq!(group(lines, "fight"), (true, Mood::Real));
    }

    #[test]
    fn modals_and_headlines() {
        let lines = "Rebels NOUN NNS 3 nsubj\nmight AUX MD 3 aux\nattack VERB VB 0 root";
        assert_eq!(group(lines, "attack"), (false, Mood::Possible));
        let lines = "Kenya PROPN NNP 3 nsubj\nto PART TO 3 mark\nsend VERB VB 0 root\naid NOUN NN 3 obj";
        assert_eq!(group(lines, "send"), (false, Mood::Future));
    }
}
