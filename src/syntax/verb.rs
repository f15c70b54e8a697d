//! Verb groups: a predicate with its auxiliaries, and what they say of tense, voice, polarity and modality.

use super::{Deprel, Syntax, Upos, Xpos};
use crate::document::Document;
use crate::span::TokenId;

/// When the verb's act takes place, seen from the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// "fled", "has fled", "had fled".
    Past,
    /// "flee", "are fleeing".
    Present,
    /// "will flee", "is going to flee".
    Future,
    /// Infinitives and participles have no tense of their own.
    None,
}

/// What an auxiliary says of the act's reality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Told as a fact.
    Fact,
    /// "may", "might", "could".
    Possible,
    /// "would".
    Conditional,
    /// "should", "must", "ought to", "have to", "need to".
    Obliged,
    /// "can": able or allowed.
    Able,
}

/// A verb, or the noun or adjective after a copula, with its auxiliaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerbGroup {
    /// The predicate.
    pub head: TokenId,
    /// The first of its words.
    pub first: TokenId,
    /// When.
    pub tense: Tense,
    /// Whether it is passive: "were killed", "got killed", and "killed" after a noun.
    pub passive: bool,
    /// Whether it is perfect: "has killed".
    pub perfect: bool,
    /// Whether it is under way: "is killing".
    pub progressive: bool,
    /// Whether it is denied by "not", "never" or "no longer".
    pub negated: bool,
    /// Fact or not.
    pub mood: Mood,
    /// "out" in "carried out".
    pub particle: Option<TokenId>,
}

impl VerbGroup {
    /// The group around a predicate.
    pub fn around(doc: &Document, syntax: &Syntax, head: TokenId) -> Self {
        let node = syntax.node(head);
        let mut group = Self {
            head,
            first: head,
            tense: own_tense(node.xpos),
            passive: is_reduced_passive(syntax, head),
            perfect: false,
            progressive: false,
            negated: false,
            mood: Mood::Fact,
            particle: syntax.child(head, Deprel::CompoundPrt),
        };
        let auxiliaries = syntax.children(head).filter(|&child| {
            matches!(syntax.node(child).deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop) && child < head
        });
        let mut finite = true;
        for auxiliary in auxiliaries {
            group.first = group.first.min(auxiliary);
            group.read(doc, syntax, auxiliary, &mut finite);
        }
        group.negated = syntax.children(head).any(|child| denies(doc, syntax, child));
        if is_going_to(doc, syntax, head) {
            group.tense = Tense::Future;
        }
        group
    }

    /// Takes in an auxiliary; the first one carries the tense.
    fn read(&mut self, doc: &Document, syntax: &Syntax, auxiliary: TokenId, finite: &mut bool) {
        let node = syntax.node(auxiliary);
        let form = doc.form(auxiliary);
        let is = |forms: &[&str]| forms.iter().any(|known| form.eq_ignore_ascii_case(known));
        if *finite {
            self.tense = own_tense(node.xpos);
        }
        if node.xpos == Xpos::Md {
            (self.tense, self.mood) = match () {
                () if is(&["will", "'ll", "’ll", "wo", "shall"]) => (Tense::Future, Mood::Fact),
                () if is(&["may", "might", "could"]) => (Tense::Present, Mood::Possible),
                () if is(&["would", "'d", "’d"]) => (Tense::Present, Mood::Conditional),
                () if is(&["should", "must", "ought"]) => (Tense::Present, Mood::Obliged),
                () => (Tense::Present, Mood::Able),
            };
        }
        *finite = false;
        let participle = matches!(syntax.node(self.head).xpos, Xpos::Vbn | Xpos::Vbd);
        if node.deprel == Deprel::AuxPass {
            self.passive = true;
        } else if is(&["has", "have", "had", "'ve", "’ve", "having"]) && (participle || node.xpos != Xpos::Vb) {
            self.perfect = true;
            self.tense = if self.tense == Tense::Future { Tense::Future } else { Tense::Past };
        } else if node.deprel == Deprel::Aux && syntax.node(self.head).xpos == Xpos::Vbg && node.xpos != Xpos::Md {
            self.progressive = true;
        }
    }
}

fn own_tense(xpos: Xpos) -> Tense {
    match xpos {
        Xpos::Vbd => Tense::Past,
        Xpos::Vbz | Xpos::Vbp => Tense::Present,
        _ => Tense::None,
    }
}

/// "killed" in "villagers killed in the raid": a participle after its noun.
fn is_reduced_passive(syntax: &Syntax, head: TokenId) -> bool {
    let node = syntax.node(head);
    node.upos == Upos::Verb
        && node.xpos == Xpos::Vbn
        && matches!(node.deprel, Deprel::Acl | Deprel::Amod)
        && syntax.child(head, Deprel::Aux).is_none()
}

/// Whether a dependent denies its head.
fn denies(doc: &Document, syntax: &Syntax, child: TokenId) -> bool {
    let form = doc.form(child);
    let is = |forms: &[&str]| forms.iter().any(|known| form.eq_ignore_ascii_case(known));
    let no_longer = || is(&["longer"]) && syntax.children(child).any(|word| doc.form(word).eq_ignore_ascii_case("no"));
    syntax.node(child).deprel == Deprel::Advmod && (is(&["not", "n't", "n’t", "never", "nor"]) || no_longer())
}

/// "is going to flee": the verb of motion governs the act.
fn is_going_to(doc: &Document, syntax: &Syntax, head: TokenId) -> bool {
    let node = syntax.node(head);
    let going = node.head.filter(|_| node.deprel == Deprel::Xcomp && node.xpos == Xpos::Vb);
    going.is_some_and(|going| {
        doc.form(going).eq_ignore_ascii_case("going") && syntax.child(going, Deprel::Aux).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::sample::{find, tree};

    fn group(lines: &str, head: &str) -> VerbGroup {
        let (doc, syntax) = tree(lines);
        VerbGroup::around(&doc, &syntax, find(&doc, head))
    }

    #[test]
    fn passives_perfects_and_denials() {
        let found = group(
            "Nobody NOUN NN 5 nsubj:pass\nhas AUX VBZ 5 aux\nnot PART RB 5 advmod\nbeen AUX VBN 5 aux:pass\nkilled VERB VBN 0 root",
            "killed",
        );
        assert!(found.passive && found.perfect && found.negated && !found.progressive);
        assert_eq!((found.tense, found.mood), (Tense::Past, Mood::Fact));
    }

    #[test]
    fn modals_and_particles() {
        let found = group(
            "Rebels NOUN NNS 3 nsubj\nmight AUX MD 3 aux\ncarry VERB VB 0 root\nout ADP RP 3 compound:prt\nraids NOUN NNS 3 obj",
            "carry",
        );
        assert_eq!((found.mood, found.particle.is_some()), (Mood::Possible, true));
        let found = group("Kenya PROPN NNP 3 nsubj\nwill AUX MD 3 aux\nsend VERB VB 0 root\naid NOUN NN 3 obj", "send");
        assert_eq!((found.tense, found.mood), (Tense::Future, Mood::Fact));
    }

    #[test]
    fn going_to_is_future_and_a_participle_after_its_noun_passive() {
        let lines = "Troops NOUN NNS 3 nsubj\nare AUX VBP 3 aux\ngoing VERB VBG 0 root\nto PART TO 5 mark\nleave VERB VB 3 xcomp";
        assert_eq!(group(lines, "leave").tense, Tense::Future);
        assert!(group(lines, "going").progressive);
        let found = group(
            "Villagers NOUN NNS 5 nsubj:pass\nkilled VERB VBN 1 acl\nThursday PROPN NNP 2 obl:unmarked\nwere AUX VBD 5 aux:pass\nburied VERB VBN 0 root",
            "killed",
        );
        assert!(found.passive);
        assert_eq!(found.tense, Tense::None);
    }
}
