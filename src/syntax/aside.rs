//! Phrases and clauses beside what a sentence tells, which the parser draws into it: "According to the UN, forces left",
//! "…, its mayor said", "vetoed a resolution demanding a truce".

use once_cell::sync::Lazy;
use rustc_hash::FxHashSet;

use super::mend::{Reading, words};
use super::{Deprel, Upos, Xpos};

static PAPERS: Lazy<FxHashSet<&str>> = Lazy::new(|| words(include_str!("../../data/lexicon/papers.txt")));

impl<'d, F: Fn(usize) -> &'d str> Reading<'_, F> {
    /// In "According to the UN, government forces left" the UN does not modify the forces: a phrase that a comma closes stands
    /// by itself.
    pub(super) fn opening_phrases(&mut self) {
        for noun in 3..self.nodes.len() {
            let subject = matches!(self.nodes[noun].deprel, Deprel::Nsubj | Deprel::NsubjPass);
            let Some(verb) = self.head(noun).filter(|&verb| subject && verb > noun) else { continue };
            let inner = |&child: &usize| {
                child + 1 < noun
                    && self.is(child + 1, ",")
                    && matches!(self.nodes[child].deprel, Deprel::Compound | Deprel::Nmod | Deprel::NmodDesc)
            };
            let Some(opening) = self.dependents(noun).find(inner) else { continue };
            let before = self.dependents(noun).filter(|&child| child < opening);
            let start = before.filter(|&child| self.nodes[child].deprel == Deprel::Det).min();
            let Some(last) = start.unwrap_or(self.words(opening).0).checked_sub(1) else { continue };
            let according = last > 0 && self.is(last, "to") && self.is(last - 1, "according");
            let case = if according { last - 1 } else { last };
            if !according && self.nodes[case].upos != Upos::Adp {
                continue;
            }
            let moved: Vec<usize> = self.dependents(noun).filter(|&child| child < opening).collect();
            for child in moved.into_iter().chain([case]) {
                self.nodes[child].head = Some(self.token(opening));
            }
            self.nodes[case].deprel = Deprel::Case;
            self.nodes[opening].head = Some(self.token(verb));
            self.nodes[opening].deprel = Deprel::Obl;
        }
    }

    /// In "Shells hit the port, wounding ten, its mayor said" the mayor wounds nobody: what stands before the last words
    /// belongs to what is told.
    pub(super) fn told_at_the_end(&mut self) {
        for at in 1..self.nodes.len() {
            let node = self.nodes[at];
            let Some(says) = self.head(at).filter(|&says| says > at && node.deprel == Deprel::Advcl) else { continue };
            let told = self.head(says).filter(|&told| told < at && self.nodes[says].deprel == Deprel::Parataxis);
            let subject = self.dependents(says).any(|child| child > at && self.nodes[child].deprel == Deprel::Nsubj);
            if let Some(told) = told.filter(|_| subject && node.xpos == Xpos::Vbg) {
                self.nodes[at].head = Some(self.token(told));
            }
        }
    }

    /// In "vetoed a resolution demanding a truce" the resolution demands it: what a paper says right after its noun is no
    /// doing of whoever deals with the paper.
    pub(super) fn speaking_papers(&mut self) {
        for at in 1..self.nodes.len() {
            let says = self.nodes[at].xpos == Xpos::Vbg && self.nodes[at].deprel == Deprel::Advcl;
            let paper = at - 1;
            let object = self.nodes[paper].deprel == Deprel::Obj && self.nodes[paper].head == self.nodes[at].head;
            let known = || PAPERS.contains((self.form)(paper).to_ascii_lowercase().as_str());
            if says && object && known() {
                self.nodes[at].head = Some(self.token(paper));
                self.nodes[at].deprel = Deprel::Acl;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::mend::tests::mended;
    use super::*;

    #[test]
    fn an_opening_phrase_stands_by_itself() {
        use Deprel::*;
        let words = [
            ("In", Upos::Adp, Xpos::In, 5, Case),
            ("Goma", Upos::Propn, Xpos::Nnp, 5, Compound),
            (",", Upos::Punct, Xpos::Comma, 2, Punct),
            ("government", Upos::Noun, Xpos::Nn, 5, Compound),
            ("forces", Upos::Noun, Xpos::Nns, 6, Nsubj),
            ("fled", Upos::Verb, Xpos::Vbd, 0, Root),
        ];
        let mended = mended(&words);
        assert_eq!((mended[0].as_str(), mended[1].as_str()), ("case>Goma", "obl>fled"));
        assert_eq!((mended[3].as_str(), mended[4].as_str()), ("compound>forces", "nsubj>fled"));
    }

    #[test]
    fn who_tells_does_nothing_else() {
        use Deprel::*;
        let words = [
            ("Shells", Upos::Noun, Xpos::Nns, 2, Nsubj),
            ("fell", Upos::Verb, Xpos::Vbd, 0, Root),
            (",", Upos::Punct, Xpos::Comma, 4, Punct),
            ("wounding", Upos::Verb, Xpos::Vbg, 8, Advcl),
            ("ten", Upos::Num, Xpos::Cd, 4, Obj),
            (",", Upos::Punct, Xpos::Comma, 4, Punct),
            ("officials", Upos::Noun, Xpos::Nns, 8, Nsubj),
            ("said", Upos::Verb, Xpos::Vbd, 2, Parataxis),
        ];
        assert_eq!(mended(&words)[3], "advcl>fell");
    }

    #[test]
    fn a_paper_says_what_follows_it() {
        use Deprel::*;
        let words = [
            ("vetoed", Upos::Verb, Xpos::Vbd, 0, Root),
            ("resolution", Upos::Noun, Xpos::Nn, 1, Obj),
            ("demanding", Upos::Verb, Xpos::Vbg, 1, Advcl),
            ("truce", Upos::Noun, Xpos::Nn, 3, Obj),
        ];
        assert_eq!(mended(&words), ["root>-", "obj>vetoed", "acl>resolution", "obj>demanding"]);
    }
}
