//! Clauses: whether one is passive or conditional, and for whom its relative pronoun stands.

use super::phrase::is_nominal;
use super::{Deprel, Syntax, Upos, Xpos};
use crate::document::Document;
use crate::span::TokenId;

/// Whether a verb is in the passive, also in its reduced form: "forces backed by Armenia".
pub fn is_passive(doc: &Document, syntax: &Syntax, verb: TokenId) -> bool {
    let has = |deprel| syntax.child(verb, deprel).is_some();
    if has(Deprel::AuxPass) || has(Deprel::NsubjPass) || has(Deprel::CsubjPass) {
        return true;
    }
    // "has rejected accusations by Chad": the phrase belongs to the object.
    if has(Deprel::OblAgent) && !(has(Deprel::Nsubj) && has(Deprel::Obj)) {
        return true;
    }
    let node = syntax.node(verb);
    if node.xpos != Xpos::Vbn || has(Deprel::Aux) {
        return false;
    }
    match node.deprel {
        // A reduced participle has no subject of its own: "police opened fire".
        Deprel::Acl | Deprel::Amod => !has(Deprel::Nsubj),
        Deprel::Advcl | Deprel::Xcomp | Deprel::Dep | Deprel::Parataxis => !has(Deprel::Obj) && !has(Deprel::Nsubj),
        Deprel::Conj => {
            let first = node.head.filter(|&first| syntax.node(first).upos == Upos::Verb);
            !has(Deprel::Nsubj) && !has(Deprel::Obj) && first.is_some_and(|first| is_passive(doc, syntax, first))
        }
        // A headline drops the auxiliary: "Two journalists arrested by police in Cairo".
        Deprel::Root | Deprel::Ccomp => {
            let by = |child: TokenId| {
                matches!(syntax.node(child).deprel, Deprel::Obl | Deprel::OblAgent)
                    && has_marker(doc, syntax, child, &["by"])
            };
            !has(Deprel::Obj) && has(Deprel::Nsubj) && syntax.children(verb).any(by)
        }
        _ => false,
    }
}

/// Whether the clause is under "if", "unless", "whether".
pub fn is_conditional(doc: &Document, syntax: &Syntax, verb: TokenId) -> bool {
    let mark = |child: &TokenId| syntax.node(*child).deprel == Deprel::Mark;
    syntax.children(verb).filter(mark).any(|mark| is_any(doc, mark, &["if", "unless", "whether", "lest"]))
}

/// Whether something is conditional on another clause: "would attack if".
pub fn has_condition(doc: &Document, syntax: &Syntax, verb: TokenId) -> bool {
    let adverbial = |child: &TokenId| syntax.node(*child).deprel == Deprel::Advcl;
    syntax.children(verb).filter(adverbial).any(|clause| is_conditional(doc, syntax, clause))
}

/// Steps up the tree from the verb of a relative pronoun to its clause: "who is said to have fled".
const REACH: usize = 4;

/// What a relative pronoun that depends on `verb` stands for; `None` for any other token.
pub fn antecedent(doc: &Document, syntax: &Syntax, pronoun: TokenId, verb: TokenId) -> Option<TokenId> {
    let node = syntax.node(pronoun);
    let relative = matches!(node.xpos, Xpos::Wp | Xpos::Wdt | Xpos::WpS)
        || node.upos == Upos::Pron && is_any(doc, pronoun, &["who", "which", "that"]);
    if !relative {
        return None;
    }
    let mut clause = verb;
    for _ in 0..REACH {
        let node = syntax.node(clause);
        match node.deprel {
            Deprel::AclRelcl | Deprel::Acl => return node.head,
            Deprel::Conj | Deprel::Ccomp | Deprel::Xcomp => clause = node.head?,
            // "…over Karabakh, which lies in Azerbaijan", hung on the main verb.
            Deprel::Parataxis | Deprel::Dep | Deprel::Advcl => return noun_before(doc, syntax, pronoun),
            _ => return None,
        }
    }
    None
}

/// The noun right before a relative pronoun, with at most a comma between.
pub fn noun_before(doc: &Document, syntax: &Syntax, pronoun: TokenId) -> Option<TokenId> {
    let start = doc.sentences[doc.sentence_of(pronoun).index()].tokens.start;
    let before = |token: TokenId| token.0.checked_sub(1).filter(|&before| before >= start).map(TokenId);
    let last = before(pronoun)?;
    let noun = if is_any(doc, last, &[","]) { before(last)? } else { last };
    is_nominal(syntax, noun).then_some(noun)
}

/// Whether a preposition or conjunction written so introduces a phrase or clause.
fn has_marker(doc: &Document, syntax: &Syntax, token: TokenId, forms: &[&str]) -> bool {
    let marks = |child: &TokenId| matches!(syntax.node(*child).deprel, Deprel::Case | Deprel::Mark);
    syntax.children(token).filter(marks).any(|mark| is_any(doc, mark, forms))
}

fn is_any(doc: &Document, token: TokenId, forms: &[&str]) -> bool {
    forms.iter().any(|form| doc.form(token).eq_ignore_ascii_case(form))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::sample::{find, tree};

    const REBELS: &str = "
        Rebels NOUN NNS 9 nsubj
        who PRON WP 3 nsubj
        seized VERB VBD 1 acl:relcl
        a DET DT 5 det
        base NOUN NN 3 obj
        backed VERB VBN 1 acl
        by ADP IN 8 case
        Chad PROPN NNP 6 obl:agent
        fled VERB VBD 0 root";

    #[test]
    fn passives_have_many_forms() {
        let passive = |lines: &str, verb: &str| {
            let (doc, syntax) = tree(lines);
            is_passive(&doc, &syntax, find(&doc, verb))
        };
        assert!(passive(REBELS, "backed") && !passive(REBELS, "fled") && !passive(REBELS, "seized"));
        let lines = "
            Guards NOUN NNS 3 nsubj:pass
            were AUX VBD 3 aux:pass
            tried VERB VBN 0 root
            and CCONJ CC 5 cc
            hanged VERB VBN 3 conj";
        assert!(passive(lines, "tried") && passive(lines, "hanged"));
        let headline = "
            Envoys NOUN NNS 2 nsubj
            expelled VERB VBN 0 root
            by ADP IN 4 case
            Oman PROPN NNP 2 obl";
        assert!(passive(headline, "expelled"));
    }

    #[test]
    fn relative_pronouns_stand_for_nouns() {
        let (doc, syntax) = tree(REBELS);
        let named = |pronoun: &str, verb: &str| antecedent(&doc, &syntax, find(&doc, pronoun), find(&doc, verb));
        assert_eq!(named("who", "seized"), Some(find(&doc, "Rebels")));
        assert_eq!(named("Chad", "backed"), None);
        let lines = "
            Troops NOUN NNS 2 nsubj
            left VERB VBD 0 root
            Goma PROPN NNP 2 obj
            , PUNCT , 6 punct
            which PRON WDT 6 nsubj
            fell VERB VBD 2 parataxis";
        let (doc, syntax) = tree(lines);
        assert_eq!(antecedent(&doc, &syntax, find(&doc, "which"), find(&doc, "fell")), Some(find(&doc, "Goma")));
    }

    #[test]
    fn conditions() {
        let lines = "
            Chad PROPN NNP 3 nsubj
            would AUX MD 3 aux
            withdraw VERB VB 0 root
            if SCONJ IN 6 mark
            rebels NOUN NNS 6 nsubj
            disarmed VERB VBD 3 advcl";
        let (doc, syntax) = tree(lines);
        assert!(is_conditional(&doc, &syntax, find(&doc, "disarmed")));
        assert!(has_condition(&doc, &syntax, find(&doc, "withdraw")));
        assert!(!is_conditional(&doc, &syntax, find(&doc, "withdraw")));
    }
}
