//! Lists of people, and names beside descriptions, where the parser loses its way: "Ana Ruiz, editor of the paper, was
//! wounded", "a judge, his son and two others were killed".

use super::mend::{Reading, is_noun};
use super::{Deprel, Upos, Xpos, phrase};

impl<'d, F: Fn(usize) -> &'d str> Reading<'_, F> {
    /// Applies all rules.
    pub(super) fn mend_lists(&mut self) {
        self.ages();
        self.titled_names();
        self.two_subjects();
        self.lists_of_subjects();
        self.joined_subjects();
        self.including();
    }

    /// The number in "Ana Ruiz, 42, …" is an age, and no further member of a list.
    fn ages(&mut self) {
        for at in 2..self.nodes.len() {
            let age = self.nodes[at].upos == Upos::Num && self.is(at - 1, ",") && {
                let form = (self.form)(at);
                form.len() < 4 && form.parse::<u8>().is_ok_and(|years| (1..120).contains(&years))
            };
            let closed = self.nodes.get(at + 1).is_none_or(|node| node.upos == Upos::Punct);
            let name = at - 2;
            if !age || !closed || self.nodes[name].upos != Upos::Propn || self.nodes[at].deprel != Deprel::Conj {
                continue;
            }
            let Some(list) = self.head(at) else { continue };
            let further: Vec<usize> =
                self.dependents(at).filter(|&child| child > at && self.nodes[child].deprel == Deprel::Conj).collect();
            for child in further {
                self.nodes[child].head = Some(self.token(list));
            }
            let named = match self.nodes[name].deprel {
                Deprel::Flat => self.head(name).unwrap_or(name),
                _ => name,
            };
            self.nodes[at].head = Some(self.token(named));
            self.nodes[at].deprel = Deprel::Appos;
        }
    }

    /// In "Senator Ana Ruiz and Liberal Party leader Luis Gil" the senator does not modify the leader: a name with its
    /// title, and a noun with its owner ("Chad's army and rebel units"), heads its phrase; what follows "and" is the next.
    fn titled_names(&mut self) {
        for noun in 2..self.nodes.len() {
            let modifiers: Vec<usize> =
                self.dependents(noun).filter(|&child| self.nodes[child].deprel == Deprel::Compound).collect();
            let heads_its_own = |&&name: &&usize| {
                let own = match self.nodes[name].upos {
                    Upos::Propn => Deprel::NmodDesc,
                    _ => Deprel::NmodPoss,
                };
                self.dependents(name).any(|child| self.nodes[child].deprel == own)
            };
            let Some(&name) = modifiers.iter().find(heads_its_own) else { continue };
            let Some(and) = (name + 1..noun).find(|&at| self.nodes[at].upos == Upos::Cconj) else { continue };
            let (before, after): (Vec<usize>, Vec<usize>) = (name + 1..noun)
                .filter(|&at| is_noun(self.nodes[at].upos) && self.head(at).is_some_and(|head| head >= name))
                .partition(|&at| at < and);
            let Some(&next) = after.iter().find(|&&at| self.head(at).is_some_and(|head| head < and)) else { continue };
            let names: Vec<usize> = before.into_iter().filter(|&at| self.head(at) == Some(noun)).collect();
            for at in names {
                self.nodes[at].head = Some(self.token(name));
                self.nodes[at].deprel = Deprel::Flat;
            }
            self.nodes[name].head = self.nodes[noun].head;
            self.nodes[name].deprel = self.nodes[noun].deprel;
            let cases: Vec<usize> = self.dependents(noun).filter(|&child| child < name).collect();
            for child in cases {
                self.nodes[child].head = Some(self.token(name));
            }
            self.nodes[noun].head = Some(self.token(name));
            self.nodes[noun].deprel = Deprel::Conj;
            self.nodes[next].head = Some(self.token(noun));
            self.nodes[next].deprel = Deprel::Compound;
            self.nodes[and].head = Some(self.token(noun));
        }
    }

    /// A verb has one subject. Of two, a name before a comma is the subject and the other says who that is; after "and"
    /// the other is joined to it; side by side the first modifies the second.
    fn two_subjects(&mut self) {
        for subject in 1..self.nodes.len() {
            let rel = self.nodes[subject].deprel;
            if !matches!(rel, Deprel::Nsubj | Deprel::NsubjPass) || !is_noun(self.nodes[subject].upos) {
                continue;
            }
            let Some(verb) = self.head(subject).filter(|&verb| verb > subject) else { continue };
            let rival = |&at: &usize| {
                let may_be = matches!(
                    self.nodes[at].deprel,
                    Deprel::Vocative | Deprel::Dislocated | Deprel::Nsubj | Deprel::NsubjPass
                );
                may_be && is_noun(self.nodes[at].upos)
            };
            let first = self.dependents(verb).take_while(|&at| at < subject).filter(rival).last();
            let Some(first) = first else { continue };
            let ((_, end), (start, _)) = (self.words(first), self.words(subject));
            let between: Vec<usize> = (end + 1..start).collect();
            let and = between.iter().copied().find(|&at| self.nodes[at].upos == Upos::Cconj);
            let comma = between.first().is_some_and(|&at| self.is(at, ","));
            let only = |count: usize| between.len() == count;
            if let Some(and) = and.filter(|_| only(1) || only(2) && comma) {
                self.nodes[first].deprel = rel;
                self.join(first, subject);
                self.nodes[and].head = Some(self.token(subject));
                self.nodes[and].deprel = Deprel::Cc;
                self.join_appositions(first, and);
            } else if only(1) && comma && self.nodes[first].upos == Upos::Propn && self.is_closed(subject, verb) {
                self.nodes[first].deprel = rel;
                self.nodes[subject].head = Some(self.token(first));
                self.nodes[subject].deprel = Deprel::Appos;
            } else if self.tells_time(subject) {
                self.nodes[subject].deprel = Deprel::OblUnmarked;
            } else if only(0) && self.nodes[first].deprel != Deprel::Vocative {
                if end == first && self.nodes[subject].upos == Upos::Noun {
                    self.nodes[first].head = Some(self.token(subject));
                    self.nodes[first].deprel = Deprel::Compound;
                } else if is_noun(self.nodes[end].upos) {
                    // "police in the capital Harare"
                    self.nodes[subject].head = Some(self.token(end));
                    self.nodes[subject].deprel = Deprel::Appos;
                }
            }
        }
    }

    /// "A judge, his son and two others were killed": what stands after the comma is no apposition where the verb is in
    /// the plural and the subject is not.
    fn lists_of_subjects(&mut self) {
        for subject in 0..self.nodes.len() {
            let node = self.nodes[subject];
            let single = matches!(node.xpos, Xpos::Nn | Xpos::Nnp);
            if !single || !matches!(node.deprel, Deprel::Nsubj | Deprel::NsubjPass) {
                continue;
            }
            let Some(verb) = self.head(subject).filter(|&verb| verb > subject) else { continue };
            let plural = |at: usize| {
                ["were", "are", "have"].iter().any(|form| self.is(at, form)) && self.nodes[at].upos == Upos::Aux
            };
            if !self.dependents(verb).any(plural) {
                continue;
            }
            let joined = |apposition: usize| {
                self.dependents(apposition).find(|&child| {
                    self.nodes[child].deprel == Deprel::Conj
                        && self.dependents(child).any(|and| self.nodes[and].deprel == Deprel::Cc)
                })
            };
            let appositions: Vec<usize> =
                self.dependents(subject).filter(|&child| self.nodes[child].deprel == Deprel::Appos).collect();
            if let Some(last) = appositions.iter().copied().find_map(joined) {
                self.join_appositions(subject, last);
                self.join(subject, last);
            }
        }
    }

    /// In "Chad's government and the rebels resumed talks" the government is no sentence of its own: both resumed them.
    fn joined_subjects(&mut self) {
        let Some(root) = self.nodes.iter().position(|node| node.head.is_none()) else { return };
        let finite = |at: usize| matches!(self.nodes[at].xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
        let clause = self.dependents(root).find(|&at| self.nodes[at].deprel == Deprel::Conj && finite(at));
        let Some(verb) = clause.filter(|_| is_noun(self.nodes[root].upos)) else { return };
        let own = |at: usize, rel| self.dependents(at).any(|child| self.nodes[child].deprel == rel);
        let subject = self
            .dependents(verb)
            .find(|&child| matches!(self.nodes[child].deprel, Deprel::Nsubj | Deprel::NsubjPass) && child > root);
        let Some(subject) = subject.filter(|_| !own(root, Deprel::Cop) && !own(root, Deprel::Nsubj)) else { return };
        let (end, start) = (self.noun_end(root, verb), self.words(subject).0);
        let Some(and) = (end + 1..start).find(|&at| self.nodes[at].upos == Upos::Cconj) else { return };
        if and != end + 1 || start != and + 1 && self.nodes[and + 1].upos != Upos::Det {
            return;
        }
        let rel = self.nodes[subject].deprel;
        self.nodes[verb].head = None;
        self.nodes[verb].deprel = Deprel::Root;
        self.nodes[root].head = Some(self.token(verb));
        self.nodes[root].deprel = rel;
        self.join(root, subject);
        self.nodes[and].head = Some(self.token(subject));
        let others: Vec<usize> = self.dependents(root).filter(|&child| child > verb).collect();
        for child in others {
            self.nodes[child].head = Some(self.token(verb));
        }
    }

    /// The last word of what a noun governs before a verb that hangs on it.
    fn noun_end(&self, noun: usize, verb: usize) -> usize {
        let below = (noun..verb)
            .filter(|&at| self.nodes[at].upos != Upos::Punct && self.is_below(at, noun) && !self.is_below(at, verb));
        below.filter(|&at| self.nodes[at].deprel != Deprel::Cc).fold(noun, usize::max)
    }

    /// "Three people were hurt, including a judge": the judge is one of those three, and does not include anybody.
    fn including(&mut self) {
        for at in 1..self.nodes.len() {
            let clause = self.is(at, "including") && self.nodes[at].upos == Upos::Verb;
            let Some(verb) = self.head(at).filter(|&verb| clause && verb < at) else { continue };
            let object = self.dependents(at).find(|&child| self.nodes[child].deprel == Deprel::Obj && child > at);
            let Some(object) = object else { continue };
            let party =
                |rels: [Deprel; 2]| self.dependents(verb).find(|&child| rels.contains(&self.nodes[child].deprel));
            let whole = match is_noun(self.nodes[verb].upos) {
                true => Some(verb),
                false => party([Deprel::Obj, Deprel::NsubjPass]).or_else(|| party([Deprel::Nsubj, Deprel::NsubjPass])),
            };
            let Some(whole) = whole.filter(|&whole| is_noun(self.nodes[whole].upos)) else { continue };
            let others: Vec<usize> = self.dependents(at).filter(|&child| child != object).collect();
            for child in others {
                self.nodes[child].head = Some(self.token(object));
            }
            self.nodes[object].head = Some(self.token(whole));
            self.nodes[object].deprel = Deprel::Nmod;
            self.nodes[at].head = Some(self.token(object));
            self.nodes[at].deprel = Deprel::Case;
        }
    }

    fn join(&mut self, first: usize, next: usize) {
        self.nodes[next].head = Some(self.token(first));
        self.nodes[next].deprel = Deprel::Conj;
    }

    /// Joins the appositions of a noun that stand before the last of the list.
    fn join_appositions(&mut self, first: usize, last: usize) {
        let appositions: Vec<usize> = self
            .dependents(first)
            .filter(|&child| child > first && child < last && self.nodes[child].deprel == Deprel::Appos)
            .filter(|&child| is_noun(self.nodes[child].upos) && self.nodes[child].upos != Upos::Num)
            .collect();
        for child in appositions {
            self.join(first, child);
        }
    }

    /// Whether a comma closes what stands between two commas before a verb.
    fn is_closed(&self, subject: usize, verb: usize) -> bool {
        let next = self.words(subject).1 + 1;
        next < verb && self.is(next, ",")
    }

    /// Whether a "subject" says when: "the judge Thursday approved", "officials on Friday released".
    fn tells_time(&self, at: usize) -> bool {
        let form = (self.form)(at).to_ascii_lowercase();
        phrase::is_day(&form) || self.dependents(at).any(|child| self.nodes[child].deprel == Deprel::Case)
    }

    pub(super) fn is(&self, at: usize, form: &str) -> bool {
        (self.form)(at).eq_ignore_ascii_case(form)
    }

    /// The first and last word of a subtree, without the punctuation around it.
    pub(super) fn words(&self, top: usize) -> (usize, usize) {
        let below = (0..self.nodes.len()).filter(|&at| self.nodes[at].upos != Upos::Punct && self.is_below(at, top));
        below.fold((top, top), |(first, last), at| (first.min(at), last.max(at)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::mend::tests::mended;
    use super::*;

    #[test]
    fn a_name_and_who_that_is() {
        use Deprel::*;
        let words = [
            ("Ruiz", Upos::Propn, Xpos::Nnp, 6, Vocative),
            (",", Upos::Punct, Xpos::Comma, 3, Punct),
            ("editor", Upos::Noun, Xpos::Nn, 6, NsubjPass),
            (",", Upos::Punct, Xpos::Comma, 3, Punct),
            ("was", Upos::Aux, Xpos::Vbd, 6, AuxPass),
            ("wounded", Upos::Verb, Xpos::Vbn, 0, Root),
        ];
        let mended = mended(&words);
        assert_eq!((mended[0].as_str(), mended[2].as_str()), ("nsubj:pass>wounded", "appos>Ruiz"));
    }

    #[test]
    fn a_list_of_subjects() {
        use Deprel::*;
        let words = [
            ("judge", Upos::Noun, Xpos::Nn, 8, Nsubj),
            (",", Upos::Punct, Xpos::Comma, 3, Punct),
            ("son", Upos::Noun, Xpos::Nn, 1, Appos),
            (",", Upos::Punct, Xpos::Comma, 6, Punct),
            ("and", Upos::Cconj, Xpos::Cc, 8, Cc),
            ("others", Upos::Noun, Xpos::Nns, 8, NsubjPass),
            ("were", Upos::Aux, Xpos::Vbd, 8, AuxPass),
            ("killed", Upos::Verb, Xpos::Vbn, 0, Root),
        ];
        let mended = mended(&words);
        assert_eq!(mended[0], "nsubj:pass>killed");
        assert_eq!((mended[2].as_str(), mended[5].as_str()), ("conj>judge", "conj>judge"));
    }

    #[test]
    fn a_day_is_no_subject() {
        use Deprel::*;
        let words = [
            ("judge", Upos::Noun, Xpos::Nn, 3, Nsubj),
            ("Thursday", Upos::Propn, Xpos::Nnp, 3, Nsubj),
            ("approved", Upos::Verb, Xpos::Vbd, 0, Root),
        ];
        assert_eq!(mended(&words), ["nsubj>approved", "obl:unmarked>approved", "root>-"]);
    }

    #[test]
    fn neighbours_are_one_phrase() {
        use Deprel::*;
        let words = [
            ("zone", Upos::Propn, Xpos::Nnp, 3, Nsubj),
            ("police", Upos::Noun, Xpos::Nn, 3, Nsubj),
            ("arrested", Upos::Verb, Xpos::Vbd, 0, Root),
        ];
        assert_eq!(mended(&words), ["compound>police", "nsubj>arrested", "root>-"]);
    }

    #[test]
    fn a_noun_before_and_is_no_sentence() {
        use Deprel::*;
        let words = [
            ("Government", Upos::Noun, Xpos::Nn, 0, Root),
            ("and", Upos::Cconj, Xpos::Cc, 4, Cc),
            ("rebels", Upos::Noun, Xpos::Nns, 4, Nsubj),
            ("resumed", Upos::Verb, Xpos::Vbd, 1, Conj),
            ("talks", Upos::Noun, Xpos::Nns, 4, Obj),
        ];
        assert_eq!(mended(&words), ["nsubj>resumed", "cc>rebels", "conj>Government", "root>-", "obj>resumed"]);
    }

    #[test]
    fn an_age_is_nobody() {
        use Deprel::*;
        let words = [
            ("killing", Upos::Verb, Xpos::Vbg, 0, Root),
            ("Ruiz", Upos::Propn, Xpos::Nnp, 1, Obj),
            (",", Upos::Punct, Xpos::Comma, 4, Punct),
            ("42", Upos::Num, Xpos::Cd, 2, Conj),
            (",", Upos::Punct, Xpos::Comma, 6, Punct),
            ("Gil", Upos::Propn, Xpos::Nnp, 4, Conj),
        ];
        let mended = mended(&words);
        assert_eq!((mended[3].as_str(), mended[5].as_str()), ("appos>Ruiz", "conj>Ruiz"));
    }

    #[test]
    fn a_title_makes_a_name_a_person() {
        use Deprel::*;
        let words = [
            ("on", Upos::Adp, Xpos::In, 7, Case),
            ("Senator", Upos::Propn, Xpos::Nnp, 3, NmodDesc),
            ("Ana", Upos::Propn, Xpos::Nnp, 7, Compound),
            ("Ruiz", Upos::Propn, Xpos::Nnp, 7, Compound),
            ("and", Upos::Cconj, Xpos::Cc, 6, Cc),
            ("Union", Upos::Propn, Xpos::Nnp, 4, Conj),
            ("leader", Upos::Noun, Xpos::Nn, 0, Root),
        ];
        let mended = mended(&words);
        assert_eq!(mended[2], "root>-");
        assert_eq!((mended[3].as_str(), mended[6].as_str()), ("flat>Ana", "conj>Ana"));
        assert_eq!((mended[0].as_str(), mended[5].as_str()), ("case>Ana", "compound>leader"));
    }

    #[test]
    fn those_included_are_some_of_the_others() {
        use Deprel::*;
        let words = [
            ("people", Upos::Noun, Xpos::Nns, 2, NsubjPass),
            ("hurt", Upos::Verb, Xpos::Vbn, 0, Root),
            ("including", Upos::Verb, Xpos::Vbg, 2, Advcl),
            ("judges", Upos::Noun, Xpos::Nns, 3, Obj),
        ];
        assert_eq!(mended(&words)[2..], ["case>judges", "nmod>people"]);
    }
}
