//! The tagger's own labels: word classes, with verbs told apart by form and nouns by number.
//!
//! Thirty-two labels make a row of weights 32 bytes. What else the Penn tags tell apart follows from label and form.

use super::{Upos, Xpos};

/// How many labels there are.
pub(crate) const LABELS: usize = 32;

/// One label: the word class and the Penn tag it stands for unless the form says otherwise.
const TABLE: [(Upos, Xpos); LABELS] = [
    (Upos::Adj, Xpos::Jj),
    (Upos::Adp, Xpos::In),
    (Upos::Adp, Xpos::Rp),
    (Upos::Adv, Xpos::Rb),
    (Upos::Aux, Xpos::Vb),
    (Upos::Aux, Xpos::Vbd),
    (Upos::Aux, Xpos::Vbg),
    (Upos::Aux, Xpos::Vbn),
    (Upos::Aux, Xpos::Vbp),
    (Upos::Aux, Xpos::Vbz),
    (Upos::Aux, Xpos::Md),
    (Upos::Cconj, Xpos::Cc),
    (Upos::Det, Xpos::Dt),
    (Upos::Intj, Xpos::Uh),
    (Upos::Noun, Xpos::Nn),
    (Upos::Noun, Xpos::Nns),
    (Upos::Num, Xpos::Cd),
    (Upos::Part, Xpos::To),
    (Upos::Pron, Xpos::Prp),
    (Upos::Pron, Xpos::Wdt),
    (Upos::Propn, Xpos::Nnp),
    (Upos::Propn, Xpos::Nnps),
    (Upos::Punct, Xpos::Colon),
    (Upos::Sconj, Xpos::In),
    (Upos::Sym, Xpos::Sym),
    (Upos::Verb, Xpos::Vb),
    (Upos::Verb, Xpos::Vbd),
    (Upos::Verb, Xpos::Vbg),
    (Upos::Verb, Xpos::Vbn),
    (Upos::Verb, Xpos::Vbp),
    (Upos::Verb, Xpos::Vbz),
    (Upos::X, Xpos::Fw),
];

/// A label of the tagger, below [`LABELS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Label(pub u8);

impl Label {
    /// Full verbs in the past or present.
    pub(crate) const FINITE: [Label; 3] = [Label(26), Label(29), Label(30)];

    /// Whether it is a finite verb, an auxiliary, or a participle that may stand for a finite verb.
    pub(crate) fn is_finite(self) -> bool {
        self.upos() == Upos::Aux && self.xpos() != Xpos::Vb
            || self.upos() == Upos::Verb && !matches!(self.xpos(), Xpos::Vb | Xpos::Vbg)
    }

    /// The word class.
    pub(crate) fn upos(self) -> Upos {
        TABLE[self.0 as usize].0
    }

    /// The Penn tag that most words of the label have.
    pub(crate) fn xpos(self) -> Xpos {
        TABLE[self.0 as usize].1
    }

    /// The label of a word in a treebank: the one of its class and fine tag, or the first of its class.
    #[cfg(feature = "train")]
    pub(crate) fn of(upos: Upos, xpos: Xpos) -> Self {
        let xpos = match (upos, xpos) {
            (Upos::Pron, Xpos::Wp | Xpos::WpS) => Xpos::Wdt,
            (Upos::Noun | Upos::Propn, Xpos::Nnps) => Xpos::Nnps,
            _ => xpos,
        };
        let position = |same: &dyn Fn(&(Upos, Xpos)) -> bool| TABLE.iter().position(same);
        let exact = position(&|entry| *entry == (upos, xpos));
        let found = exact.or_else(|| position(&|entry| entry.0 == upos)).unwrap_or(LABELS - 1);
        Self(found as u8)
    }
}

/// The Penn tag of a word the model's table of exceptions does not list.
pub(crate) fn xpos(label: Label, form: &str) -> Xpos {
    let ends = |ending: &str| form.len() > ending.len() + 2 && form.ends_with(ending);
    match label.upos() {
        Upos::Adj | Upos::Adv if ends("est") => {
            if label.upos() == Upos::Adj {
                Xpos::Jjs
            } else {
                Xpos::Rbs
            }
        }
        Upos::Adj if ends("ier") => Xpos::Jjr,
        Upos::Punct => match form {
            "." | "?" | "!" => Xpos::Period,
            "," => Xpos::Comma,
            "(" | "[" | "{" | "<" => Xpos::OpenBracket,
            ")" | "]" | "}" | ">" => Xpos::CloseBracket,
            "“" | "‘" | "``" | "«" => Xpos::OpenQuote,
            "”" | "’" | "''" | "\"" | "'" | "»" => Xpos::CloseQuote,
            "-" => Xpos::Hyph,
            _ if form.bytes().all(|byte| matches!(byte, b'!' | b'?')) => Xpos::Period,
            _ => Xpos::Colon,
        },
        Upos::Sym if matches!(form, "$" | "£" | "€" | "¥" | "₹") => Xpos::Currency,
        _ => label.xpos(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finite_labels_are_verbs() {
        let tags = Label::FINITE.map(|label| (label.upos(), label.xpos()));
        assert_eq!(tags, [(Upos::Verb, Xpos::Vbd), (Upos::Verb, Xpos::Vbp), (Upos::Verb, Xpos::Vbz)]);
        assert!(Label::FINITE.iter().all(|label| label.is_finite()));
    }
}
