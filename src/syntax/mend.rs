//! Readings that no English sentence has, put right.
//!
//! The parser decides step by step and sometimes ends in a tree that cannot be: a passive without auxiliary that has an
//! object, a sentence without a finite verb whose noun is "modified" by one, a name that modifies a noun beyond a
//! preposition. Each rule mends one such case and leaves every tree alone that a grammarian would let pass.

use once_cell::sync::Lazy;
use rustc_hash::FxHashSet;

use super::{Deprel, Node, Upos, Xpos};
use crate::span::TokenId;

/// Reads a list of the lexicon, a word a line.
pub(super) fn words(list: &'static str) -> FxHashSet<&'static str> {
    list.lines().filter(|line| !line.starts_with('#')).collect()
}

static INTRANSITIVE: Lazy<FxHashSet<&str>> = Lazy::new(|| words(include_str!("../../data/lexicon/intransitive.txt")));

static MEASURES: Lazy<FxHashSet<&str>> = Lazy::new(|| words(include_str!("../../data/lexicon/measures.txt")));

/// The nodes of a sentence and their forms; heads are numbered from `first`.
pub(super) struct Reading<'n, F> {
    pub nodes: &'n mut [Node],
    pub first: u32,
    pub form: F,
}

impl<'d, F: Fn(usize) -> &'d str> Reading<'_, F> {
    /// Applies all rules.
    pub(super) fn mend(&mut self) {
        self.adjectives_with_objects();
        self.modifiers_with_subjects();
        self.clauses_on_names();
        self.joined_verbs();
        self.active_verbs();
        self.shared_passives();
        self.lost_clause();
        self.headline_plan();
        self.speaking_papers();
        self.names_before_prepositions();
        self.opening_phrases();
        self.told_at_the_end();
        self.mend_lists();
    }

    /// "Soldiers detained the president" and "students marched" are no passives: what is passive has no object and can
    /// have one, unless an auxiliary says so.
    fn active_verbs(&mut self) {
        for at in 0..self.nodes.len() {
            let Some(verb) = self.head(at).filter(|_| self.nodes[at].deprel == Deprel::NsubjPass) else { continue };
            // "forces killed at least 40 civilians" has an object that is no measure of time.
            let counted = self.dependents(verb).find(|&child| {
                child > verb && self.nodes[child].deprel == Deprel::OblUnmarked && self.is_counted_people(child)
            });
            let auxiliary = self.dependents(verb).any(|child| self.nodes[child].deprel == Deprel::AuxPass);
            if let Some(counted) = counted.filter(|_| !auxiliary) {
                self.nodes[counted].deprel = Deprel::Obj;
            }
            let object = self.dependents(verb).any(|child| child > verb && self.nodes[child].deprel == Deprel::Obj);
            if at < verb && (object || self.is_intransitive(verb)) && !auxiliary && self.may_be_past(verb) {
                self.nodes[at].deprel = Deprel::Nsubj;
                self.nodes[verb].xpos = Xpos::Vbd;
            }
        }
    }

    /// Whether a number of people is told: what is counted is a word for somebody.
    fn is_counted_people(&self, noun: usize) -> bool {
        let counted = self.dependents(noun).any(|child| self.nodes[child].deprel == Deprel::Nummod);
        let plural = self.nodes[noun].xpos == Xpos::Nns;
        counted && plural && !MEASURES.contains((self.form)(noun).to_ascii_lowercase().as_str())
    }

    /// In "has asked Russian President Vladimir Putin" the adjective is no predicate that has an object: what it stands
    /// before is the verb's object, and the adjective modifies it.
    fn adjectives_with_objects(&mut self) {
        for at in 0..self.nodes.len() {
            let predicate = self.nodes[at].xpos == Xpos::Jj && self.nodes[at].deprel == Deprel::Xcomp;
            let Some(verb) = self.head(at).filter(|&verb| predicate && verb < at) else { continue };
            let object = |child: &usize| *child > at && self.nodes[*child].deprel == Deprel::Obj;
            let Some(noun) = self.dependents(at).find(object).filter(|&noun| is_noun(self.nodes[noun].upos)) else {
                continue;
            };
            if (self.form)(at).eq_ignore_ascii_case("worth") || self.dependents(verb).any(|child| object(&child)) {
                continue;
            }
            let others: Vec<usize> = self.dependents(at).filter(|&child| child > noun).collect();
            for other in others {
                self.nodes[other].head = Some(self.token(verb));
            }
            let inner: Vec<usize> = self.dependents(at).filter(|&child| child > at && child < noun).collect();
            for other in inner {
                self.nodes[other].head = Some(self.token(noun));
            }
            self.nodes[noun].head = Some(self.token(verb));
            self.nodes[at].head = Some(self.token(noun));
            self.nodes[at].deprel = Deprel::Amod;
        }
    }

    /// In "China has imposed sanctions" the verb is no modifier of the noun: what has a subject or an auxiliary, or is in the
    /// past tense beside a subject, is the verb of the clause whose place the noun was given, and the noun is its object.
    fn modifiers_with_subjects(&mut self) {
        for at in 1..self.nodes.len() {
            let node = self.nodes[at];
            let modifies = node.upos == Upos::Verb
                && node.deprel == Deprel::Amod
                && matches!(node.xpos, Xpos::Vbn | Xpos::Vbd)
                && (self.form)(at - 1) != "-";
            let Some(noun) = self.head(at).filter(|&noun| modifies && noun > at) else { continue };
            let clause = matches!(
                self.nodes[noun].deprel,
                Deprel::Root | Deprel::Ccomp | Deprel::Conj | Deprel::Parataxis | Deprel::Advcl | Deprel::AclRelcl
            );
            let subject = |child: usize| child < at && self.nodes[child].deprel == Deprel::Nsubj;
            let has = |child: usize| {
                child < at && self.nodes[child].deprel == Deprel::Aux && self.nodes[child].xpos != Xpos::Vb
            };
            let own = self.dependents(at).any(subject);
            let shared = self.dependents(noun).any(|child| subject(child) || has(child));
            let auxiliary = self.dependents(at).any(has);
            if !clause || !is_noun(self.nodes[noun].upos) || !(own || auxiliary || shared) {
                continue;
            }
            if !auxiliary && !self.dependents(noun).any(has) {
                self.nodes[at].xpos = Xpos::Vbd;
            }
            (self.nodes[at].head, self.nodes[at].deprel) = (self.nodes[noun].head, self.nodes[noun].deprel);
            (self.nodes[noun].head, self.nodes[noun].deprel) = (Some(self.token(at)), Deprel::Obj);
            let others: Vec<usize> =
                self.dependents(noun).filter(|&child| self.is_of_clause(child, at, noun)).collect();
            for other in others {
                self.nodes[other].head = Some(self.token(at));
                if self.nodes[other].deprel == Deprel::Acl {
                    self.nodes[other].deprel = Deprel::Advcl;
                }
            }
        }
    }

    /// Whether what hangs on a noun belongs to the verb before it, whose object the noun is: all before the verb, and
    /// clauses of their own, marks and adverbs after the noun.
    fn is_of_clause(&self, child: usize, verb: usize, noun: usize) -> bool {
        let finite = || {
            self.dependents(child).any(|below| {
                let deprel = self.nodes[below].deprel;
                below < child && matches!(deprel, Deprel::Mark | Deprel::Nsubj | Deprel::NsubjPass)
            })
        };
        match self.nodes[child].deprel {
            _ if child < verb => true,
            Deprel::Punct | Deprel::Advcl | Deprel::Advmod | Deprel::Parataxis => child > noun,
            Deprel::Obl | Deprel::OblUnmarked | Deprel::Ccomp | Deprel::Xcomp => true,
            Deprel::Acl => child > noun && finite(),
            Deprel::Conj => self.nodes[child].upos == Upos::Verb,
            _ => false,
        }
    }

    /// In "said on Tuesday that talks must go on" the clause is what was said: a name has no content, and "that" is no
    /// relative pronoun where the clause has another subject and "that" no part in it.
    fn clauses_on_names(&mut self) {
        for at in 2..self.nodes.len() {
            let content = matches!(self.nodes[at].deprel, Deprel::AclRelcl | Deprel::Acl);
            let Some(name) = self.head(at).filter(|&name| content && name < at) else { continue };
            let beside = matches!(self.nodes[name].deprel, Deprel::Obl | Deprel::OblUnmarked | Deprel::Nmod);
            let Some(verb) = self.head(name).filter(|&verb| beside && verb < name) else { continue };
            let that = self.dependents(at).find(|&child| {
                self.nodes[child].deprel == Deprel::Mark && (self.form)(child).eq_ignore_ascii_case("that")
            });
            let Some(that) = that.filter(|_| self.nodes[name].upos == Upos::Propn) else { continue };
            let subject = |child: usize| matches!(self.nodes[child].deprel, Deprel::Nsubj | Deprel::NsubjPass);
            let has_content = self.dependents(verb).any(|child| self.nodes[child].deprel == Deprel::Ccomp);
            if self.nodes[verb].upos != Upos::Verb || has_content || !self.dependents(at).any(subject) {
                continue;
            }
            (self.nodes[at].head, self.nodes[at].deprel) = (Some(self.token(verb)), Deprel::Ccomp);
            (self.nodes[that].upos, self.nodes[that].xpos) = (Upos::Sconj, Xpos::In);
        }
    }

    /// In "killed 12 people and wounded 30" the second verb is joined to the first, not to its object, and what follows is its
    /// own object.
    fn joined_verbs(&mut self) {
        for at in 1..self.nodes.len() {
            let node = self.nodes[at];
            let joined = node.upos == Upos::Verb
                && node.deprel == Deprel::Conj
                && matches!(node.xpos, Xpos::Vbd | Xpos::Vbn)
                && self.nodes[at - 1].upos == Upos::Cconj;
            let object = |noun: &usize| is_noun(self.nodes[*noun].upos) && self.nodes[*noun].deprel == Deprel::Obj;
            let Some(noun) = self.head(at).filter(|noun| joined && *noun < at).filter(object) else { continue };
            let Some(verb) = self.head(noun).filter(|&verb| self.nodes[verb].upos == Upos::Verb) else { continue };
            let has = |deprel: Deprel| self.dependents(at).any(|child| self.nodes[child].deprel == deprel);
            if has(Deprel::Nsubj) || has(Deprel::NsubjPass) {
                continue;
            }
            let complete = has(Deprel::Obj);
            self.nodes[at].head = Some(self.token(verb));
            self.nodes[at].xpos = self.nodes[verb].xpos;
            let follows = (at + 1..self.nodes.len())
                .filter(|_| !complete)
                .take_while(|&next| {
                    !matches!(self.nodes[next].upos, Upos::Punct | Upos::Verb | Upos::Adp | Upos::Cconj)
                })
                .filter(|&next| is_noun(self.nodes[next].upos))
                .find(|&next| self.head(next).is_some_and(|head| head == noun || head == at));
            if let Some(follows) = follows {
                self.nodes[follows].head = Some(self.token(at));
                self.nodes[follows].deprel = Deprel::Obj;
            }
        }
    }

    /// "He was tried and sentenced to two years" shares its auxiliary, and so its passive: a past form joined to a passive is
    /// a participle where it has neither subject nor object of its own and could have one.
    fn shared_passives(&mut self) {
        for at in 0..self.nodes.len() {
            let joined = self.nodes[at].deprel == Deprel::Conj && self.nodes[at].xpos == Xpos::Vbd;
            let Some(first) = self.head(at).filter(|_| joined) else { continue };
            let passive = self.nodes[first].xpos == Xpos::Vbn
                && self.dependents(first).any(|child| self.nodes[child].deprel == Deprel::AuxPass);
            let own = self.dependents(at).any(|child| {
                let rel = self.nodes[child].deprel;
                matches!(
                    rel,
                    Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Ccomp | Deprel::Xcomp | Deprel::Aux
                )
            });
            if passive && !own && (self.form)(at).ends_with("ed") && !self.is_intransitive(at) {
                self.nodes[at].xpos = Xpos::Vbn;
            }
        }
    }

    /// In "asked Vladimir Putin for help amid tensions" the name is no part of "tensions": a name that a preposition
    /// follows heads its phrase.
    fn names_before_prepositions(&mut self) {
        for name in 0..self.nodes.len() {
            let node = self.nodes[name];
            let Some(noun) = self.head(name).filter(|&noun| noun > name) else { continue };
            let modifies = node.upos == Upos::Propn && node.deprel == Deprel::Compound;
            let crossed = (name + 1..noun).any(|at| {
                self.nodes[at].upos == Upos::Adp
                    && (self.form)(at - 1) != "-"
                    && self.head(at).is_none_or(|head| head > at)
            });
            if !modifies || !crossed {
                continue;
            }
            self.nodes[name].head = self.nodes[noun].head;
            self.nodes[name].deprel = self.nodes[noun].deprel;
            self.nodes[noun].head = Some(self.token(name));
            self.nodes[noun].deprel = Deprel::Nmod;
        }
    }

    pub(super) fn token(&self, at: usize) -> TokenId {
        TokenId(self.first + at as u32)
    }

    pub(super) fn head(&self, at: usize) -> Option<usize> {
        self.nodes[at].head.map(|head| (head.0 - self.first) as usize)
    }

    pub(super) fn dependents(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        let token = self.token(head);
        (0..self.nodes.len()).filter(move |&at| self.nodes[at].head == Some(token))
    }

    /// Whether a participle has the form of a past tense as well, as all regular ones have.
    pub(super) fn may_be_past(&self, verb: usize) -> bool {
        let form = (self.form)(verb);
        form.ends_with("ed") || !(form.ends_with('n') || form.ends_with("ne"))
    }

    pub(super) fn is_intransitive(&self, verb: usize) -> bool {
        INTRANSITIVE.contains((self.form)(verb).to_ascii_lowercase().as_str())
    }

    pub(super) fn is_below(&self, at: usize, top: usize) -> bool {
        let mut at = at;
        for _ in 0..self.nodes.len() {
            if at == top {
                return true;
            }
            match self.head(at) {
                Some(head) => at = head,
                None => return false,
            }
        }
        false
    }
}

pub(super) fn is_noun(upos: Upos) -> bool {
    matches!(upos, Upos::Noun | Upos::Propn | Upos::Num)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A sentence of words as "form/upos/xpos/head/relation", heads from 1, mended: "relation>head's form" each.
    pub(in super::super) fn mended(words: &[(&str, Upos, Xpos, u32, Deprel)]) -> Vec<String> {
        let mut nodes: Vec<Node> = words
            .iter()
            .map(|&(_, upos, xpos, head, deprel)| Node { upos, xpos, head: head.checked_sub(1).map(TokenId), deprel })
            .collect();
        Reading { nodes: &mut nodes, first: 0, form: |at: usize| words[at].0 }.mend();
        let head = |node: &Node| node.head.map_or("-", |head| words[head.index()].0);
        nodes.iter().map(|node| format!("{}>{}", node.deprel, head(node))).collect()
    }

    #[test]
    fn a_passive_with_an_object_is_active() {
        use Deprel::*;
        let words = [
            ("Soldiers", Upos::Noun, Xpos::Nns, 2, NsubjPass),
            ("detained", Upos::Verb, Xpos::Vbn, 0, Root),
            ("ministers", Upos::Noun, Xpos::Nns, 2, Obj),
        ];
        assert_eq!(mended(&words), ["nsubj>detained", "root>-", "obj>detained"]);
        let given = [
            ("Officials", Upos::Noun, Xpos::Nns, 2, NsubjPass),
            ("given", Upos::Verb, Xpos::Vbn, 0, Root),
            ("terms", Upos::Noun, Xpos::Nns, 2, Obj),
        ];
        assert_eq!(mended(&given)[0], "nsubj:pass>given");
    }

    #[test]
    fn an_adjective_has_no_object() {
        use Deprel::*;
        let words = [
            ("asked", Upos::Verb, Xpos::Vbn, 0, Root),
            ("Kenyan", Upos::Adj, Xpos::Jj, 1, Xcomp),
            ("ministers", Upos::Noun, Xpos::Nns, 2, Obj),
            ("for", Upos::Adp, Xpos::In, 5, Case),
            ("help", Upos::Noun, Xpos::Nn, 2, Obl),
        ];
        assert_eq!(mended(&words), ["root>-", "amod>ministers", "obj>asked", "case>help", "obl>asked"]);
    }

    #[test]
    fn a_verb_after_an_object_is_joined_to_its_verb() {
        use Deprel::*;
        let words = [
            ("killed", Upos::Verb, Xpos::Vbd, 0, Root),
            ("people", Upos::Noun, Xpos::Nns, 1, Obj),
            ("and", Upos::Cconj, Xpos::Cc, 4, Cc),
            ("wounded", Upos::Verb, Xpos::Vbn, 2, Conj),
            ("30", Upos::Num, Xpos::Cd, 2, Flat),
        ];
        assert_eq!(mended(&words), ["root>-", "obj>killed", "cc>wounded", "conj>killed", "obj>wounded"]);
    }

    #[test]
    fn what_has_a_subject_is_no_modifier() {
        use Deprel::*;
        let words = [
            ("China", Upos::Propn, Xpos::Nnp, 3, Nsubj),
            ("has", Upos::Aux, Xpos::Vbz, 3, Aux),
            ("imposed", Upos::Verb, Xpos::Vbn, 4, Amod),
            ("sanctions", Upos::Noun, Xpos::Nns, 0, Root),
            ("on", Upos::Adp, Xpos::In, 6, Case),
            ("Oman", Upos::Propn, Xpos::Nnp, 4, Nmod),
            ("after", Upos::Adp, Xpos::In, 9, Mark),
            ("talks", Upos::Noun, Xpos::Nns, 9, Nsubj),
            ("failed", Upos::Verb, Xpos::Vbd, 4, Acl),
            (".", Upos::Punct, Xpos::Period, 4, Punct),
        ];
        assert_eq!(
            mended(&words),
            [
                "nsubj>imposed",
                "aux>imposed",
                "root>-",
                "obj>imposed",
                "case>Oman",
                "nmod>sanctions",
                "mark>failed",
                "nsubj>failed",
                "advcl>imposed",
                "punct>imposed"
            ]
        );
        let words = [
            ("Armed", Upos::Verb, Xpos::Vbn, 2, Amod),
            ("men", Upos::Noun, Xpos::Nns, 3, Nsubj),
            ("fled", Upos::Verb, Xpos::Vbd, 0, Root),
        ];
        assert_eq!(mended(&words)[0], "amod>men");
    }

    #[test]
    fn a_name_has_no_content() {
        use Deprel::*;
        let words = [
            ("said", Upos::Verb, Xpos::Vbd, 0, Root),
            ("on", Upos::Adp, Xpos::In, 3, Case),
            ("Tuesday", Upos::Propn, Xpos::Nnp, 1, Obl),
            ("that", Upos::Pron, Xpos::Wdt, 7, Mark),
            ("Oman", Upos::Propn, Xpos::Nnp, 7, Nsubj),
            ("must", Upos::Aux, Xpos::Md, 7, Aux),
            ("mediate", Upos::Verb, Xpos::Vb, 3, AclRelcl),
        ];
        assert_eq!(mended(&words)[6], "ccomp>said");
    }

    #[test]
    fn a_passive_is_shared() {
        use Deprel::*;
        let xpos_of_last = |last: (&'static str, Upos, Xpos, u32, Deprel)| {
            let words = [
                ("He", Upos::Pron, Xpos::Prp, 3, NsubjPass),
                ("was", Upos::Aux, Xpos::Vbd, 3, AuxPass),
                ("tried", Upos::Verb, Xpos::Vbn, 0, Root),
                ("and", Upos::Cconj, Xpos::Cc, 5, Cc),
                last,
            ];
            let mut nodes = words.map(|(_, upos, xpos, head, deprel)| Node {
                upos,
                xpos,
                head: u32::checked_sub(head, 1).map(TokenId),
                deprel,
            });
            Reading { nodes: &mut nodes, first: 0, form: |at: usize| words[at].0 }.mend();
            nodes[4].xpos
        };
        assert_eq!(xpos_of_last(("sentenced", Upos::Verb, Xpos::Vbd, 3, Conj)), Xpos::Vbn);
        assert_eq!(xpos_of_last(("confessed", Upos::Verb, Xpos::Vbd, 3, Conj)), Xpos::Vbd);
    }

    #[test]
    fn a_name_before_a_preposition_heads_its_phrase() {
        use Deprel::*;
        let words = [
            ("asked", Upos::Verb, Xpos::Vbd, 0, Root),
            ("Putin", Upos::Propn, Xpos::Nnp, 5, Compound),
            ("for", Upos::Adp, Xpos::In, 4, Case),
            ("help", Upos::Noun, Xpos::Nn, 5, Compound),
            ("tensions", Upos::Noun, Xpos::Nns, 1, Obj),
        ];
        assert_eq!(mended(&words)[1], "obj>asked");
        assert_eq!(mended(&words)[4], "nmod>Putin");
    }
}
