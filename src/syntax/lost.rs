//! Sentences whose verb the parser hangs on a noun, where no other word can be the one that a sentence needs.

use super::mend::{Reading, is_noun};
use super::{Deprel, Node, Upos, Xpos};

impl<'d, F: Fn(usize) -> &'d str> Reading<'_, F> {
    /// "Hundreds of people demonstrated in Lima" has a verb, where no other word can be the one that a sentence needs.
    pub(super) fn lost_clause(&mut self) {
        let Some(root) = self.nodes.iter().position(|node| node.head.is_none()) else { return };
        if !is_noun(self.nodes[root].upos) || self.dependents(root).any(|child| self.nodes[child].deprel == Deprel::Cop)
        {
            return;
        }
        let verb = (root + 1..self.nodes.len()).find(|&at| {
            self.nodes[at].deprel == Deprel::Acl && self.nodes[at].xpos == Xpos::Vbn && self.hangs_on(at, root)
        });
        let Some(verb) = verb.filter(|&verb| self.may_be_past(verb)) else { return };
        let finite = |at: usize| matches!(self.nodes[at].xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
        if (0..self.nodes.len()).any(|at| finite(at) && !self.is_below(at, verb)) {
            return;
        }
        let object = self.dependents(verb).any(|child| child > verb && self.nodes[child].deprel == Deprel::Obj);
        if object || self.is_intransitive(verb) {
            let top = self.token(verb);
            self.nodes[verb].head = None;
            self.nodes[verb].deprel = Deprel::Root;
            self.nodes[verb].xpos = Xpos::Vbd;
            self.nodes[root].head = Some(top);
            self.nodes[root].deprel = Deprel::Nsubj;
        }
    }

    /// "Chad to withdraw troops" is a headline of what a country will do, where the sentence has no other verb.
    pub(super) fn headline_plan(&mut self) {
        let Some(root) = self.nodes.iter().position(|node| node.head.is_none()) else { return };
        let plan = |&verb: &usize| {
            self.nodes[verb].xpos == Xpos::Vb
                && self.nodes[verb].deprel == Deprel::Acl
                && (root + 1..verb).any(|at| (self.form)(at) == "to" && self.head(at) == Some(verb))
        };
        let Some(verb) = self.dependents(root).find(plan) else { return };
        let finite = |node: &Node| matches!(node.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
        if self.nodes[root].upos != Upos::Propn || self.nodes.iter().any(finite) {
            return;
        }
        self.nodes[verb].head = None;
        self.nodes[verb].deprel = Deprel::Root;
        self.nodes[root].head = Some(self.token(verb));
        self.nodes[root].deprel = Deprel::Nsubj;
        let others: Vec<usize> = self.dependents(root).filter(|&child| child > verb).collect();
        for child in others {
            self.nodes[child].head = Some(self.token(verb));
        }
    }

    /// Whether a verb modifies the noun or one in the phrases that complete it: "hundreds of people".
    fn hangs_on(&self, verb: usize, noun: usize) -> bool {
        let mut at = verb;
        for _ in 0..3 {
            match self.head(at) {
                Some(head) if head == noun => return true,
                Some(head) if self.nodes[head].deprel == Deprel::Nmod => at = head,
                _ => return false,
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::super::mend::tests::mended;
    use super::*;

    #[test]
    fn a_sentence_without_a_verb_finds_it() {
        use Deprel::*;
        let words = [
            ("Hundreds", Upos::Noun, Xpos::Nns, 0, Root),
            ("of", Upos::Adp, Xpos::In, 3, Case),
            ("people", Upos::Noun, Xpos::Nns, 1, Nmod),
            ("marched", Upos::Verb, Xpos::Vbn, 3, Acl),
        ];
        assert_eq!(mended(&words), ["nsubj>marched", "case>people", "nmod>Hundreds", "root>-"]);
        // A headline with a true participle stays what it is.
        let words = [
            ("Two", Upos::Num, Xpos::Cd, 2, Nummod),
            ("journalists", Upos::Noun, Xpos::Nns, 0, Root),
            ("arrested", Upos::Verb, Xpos::Vbn, 2, Acl),
        ];
        assert_eq!(mended(&words)[2], "acl>journalists");
    }

    #[test]
    fn a_headline_tells_a_plan() {
        use Deprel::*;
        let words = [
            ("Chad", Upos::Propn, Xpos::Nnp, 0, Root),
            ("to", Upos::Part, Xpos::To, 3, Mark),
            ("withdraw", Upos::Verb, Xpos::Vb, 1, Acl),
            ("troops", Upos::Noun, Xpos::Nns, 3, Obj),
        ];
        assert_eq!(mended(&words), ["nsubj>withdraw", "mark>withdraw", "root>-", "obj>withdraw"]);
    }
}
