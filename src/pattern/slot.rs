//! Where the participants of a trigger stand: slots filled from the tree.

use super::matcher::Filler;
use super::operator::Operator;
use super::rule::{Class, Path};
use super::tree::Tree;
use super::vocabulary::Word;
use crate::mention::lexicon::WordInfo;
use crate::ontology::EntityKind;
use crate::span::TokenId;
use crate::syntax::{Deprel, Upos, Xpos};

/// What filling a slot needs to know of the trigger.
pub(super) struct Site {
    pub(super) token: TokenId,
    pub(super) class: Class,
    pub(super) light: Option<TokenId>,
    pub(super) reciprocal: bool,
    /// Whether a verb is known to be active, whatever its form: "police fired at the crowd".
    pub(super) active: bool,
}

impl Tree<'_> {
    /// The verb that a noun leans on as its object, passive subject, or after "into", "under", "in".
    pub(super) fn governor(&self, noun: TokenId) -> Option<TokenId> {
        let mut noun = noun;
        if self.rel(noun) == Deprel::Conj {
            noun = self.head(noun)?;
        }
        if self.is_verbal(noun) && self.child(noun, &[Deprel::Nsubj]).is_some() {
            return None;
        }
        let head = self.head(noun)?;
        match self.rel(noun) {
            // "had nothing to do with the murder" is no doing.
            Deprel::Obl if self.is(head, "do") => None,
            Deprel::Obj | Deprel::NsubjPass | Deprel::Nsubj | Deprel::Obl | Deprel::Xcomp => {
                (self.node(head).upos == Upos::Verb).then_some(head)
            }
            // "the talks held in Geneva" is handled from the noun.
            _ => {
                // "The union has imposed sanctions", read as sanctions that are imposed.
                let clause = |child: &TokenId| {
                    *child < noun
                        && self.rel(*child) == Deprel::Amod
                        && self.node(*child).upos == Upos::Verb
                        && self.child(*child, &[Deprel::Nsubj]).is_some()
                };
                if let Some(verb) = self.children(noun).find(clause) {
                    return Some(verb);
                }
                self.children(noun).find(|&child| self.rel(child) == Deprel::Acl && self.node(child).xpos == Xpos::Vbn)
            }
        }
    }

    pub(super) fn fill(&self, context: &Site, paths: &[Path], words: &[TokenId], out: &mut Vec<Filler>) {
        for path in paths {
            let mut found = Vec::new();
            self.follow(context, path, &mut found);
            if *path == Path::Object && context.class == Class::Verb {
                self.object_of_phrase(context.token, words, &mut found);
            }
            if *path == Path::ObjectOwner && found.is_empty() && !context.reciprocal {
                // "asked for Russian help": the help is one of the trigger's words.
                found.extend(
                    words.iter().filter(|&&word| self.node(word).upos == Upos::Noun).find_map(|&word| self.owner(word)),
                );
            }
            for head in &mut found {
                *head = self.as_named(*head).or_else(|| self.whose_hands(*head)).unwrap_or(*head);
            }
            found.retain(|head| {
                // "an attack in which": the pronoun stands for the trigger itself.
                let meant = self.relative(*head);
                meant != context.token && *head != context.token && !words.contains(head)
            });
            if !found.is_empty() {
                for head in found {
                    for head in self.conjuncts(head) {
                        let filler = Filler::in_tree(head);
                        if !out.contains(&filler) {
                            out.push(filler);
                        }
                    }
                }
                return;
            }
        }
    }

    /// The object of a verb of several words, where the tree hangs it on one of them: on a particle taken for a
    /// preposition ("threw out two envoys"), or before a noun that is part of the trigger ("took four men hostage").
    pub(super) fn object_of_phrase(&self, verb: TokenId, words: &[TokenId], found: &mut Vec<TokenId>) {
        if let Some(&part) = found.first().filter(|part| words.contains(part)) {
            let before = |child: &TokenId| *child < part && self.rel(*child) == Deprel::Compound;
            found.extend(self.children(part).filter(|child| before(child) && !words.contains(child)).last());
        }
        if found.is_empty() && !words.is_empty() && !self.is_passive(verb) {
            let held = |child: &TokenId| {
                self.rel(*child) == Deprel::Obl
                    && self.children(*child).any(|part| {
                        words.contains(&part)
                            && matches!(self.rel(part), Deprel::Case | Deprel::Advmod)
                            && self.is_any(part, &["off", "out", "over", "up", "down", "back", "away"])
                    })
            };
            found.extend(self.children(verb).find(held));
        }
    }

    pub(super) fn follow(&self, context: &Site, path: &Path, out: &mut Vec<TokenId>) {
        let token = context.token;
        let noun = context.class == Class::Noun;
        match path {
            Path::Subject if noun => self.noun_subjects(context, out),
            Path::Subject if context.class == Class::Adjective => {
                out.extend(self.surface_subject(token).or_else(|| {
                    // "the group responsible for the attack"
                    (self.rel(token) == Deprel::Amod).then(|| self.head(token)).flatten()
                }))
            }
            Path::Subject if context.active => out.extend(self.surface_subject(token)),
            Path::Subject => out.extend(self.subject(token)),
            Path::Object if noun => self.noun_objects(context, out),
            Path::Object if context.active => out.extend(self.child(token, &[Deprel::Obj])),
            Path::Object => out.extend(self.object(token)),
            Path::Passive if noun || context.active || !self.is_passive(token) => {}
            Path::Passive => out.extend(self.object(token)),
            Path::Second => out.extend(self.child(token, &[Deprel::Iobj])),
            Path::Possessor => out.extend(self.child(token, &[Deprel::NmodPoss])),
            Path::Modifier => out.extend(self.modifier(token)),
            Path::Preposition(preposition) => {
                out.extend(self.oblique(token, *preposition).or_else(|| {
                    let light = context.light?;
                    self.oblique(light, *preposition).filter(|&found| found != token)
                }));
                if out.is_empty() && noun {
                    out.extend(self.shared_oblique(token, *preposition));
                }
                if out.is_empty() {
                    out.extend(self.following(token, *preposition));
                }
                // "in a bid to", "in an attempt to" says what for.
                out.retain(|&found| !(self.has_case_form(found, "in") && self.is_endeavour(found)));
            }
            Path::Complement => {
                let clause = self.child(token, &[Deprel::Ccomp, Deprel::Xcomp, Deprel::Advcl]);
                // "its demand that the army leave"
                let of_noun =
                    || self.children(token).find(|&child| noun && child > token && self.rel(child) == Deprel::Acl);
                let clause = clause.or_else(of_noun);
                out.extend(clause.and_then(|clause| self.child(clause, &[Deprel::Nsubj, Deprel::NsubjPass])));
            }
            Path::Maker => {
                out.extend(self.object(token).and_then(|object| {
                    let by =
                        |child: &TokenId| *child > object && self.has_case_form(*child, "by") && !self.is_time(*child);
                    let agent = || {
                        let mut beside = self.children(token).filter(|&child| self.is_nominal(child));
                        beside.find(by).filter(|_| !self.is_passive(token))
                    };
                    self.maker(object).or_else(agent)
                }));
            }
            Path::ObjectOwner => {
                // "a press conference" is held with nobody.
                let fits = |owner: &TokenId| {
                    !context.reciprocal || self.node(*owner).upos != Upos::Noun || self.rel(*owner) == Deprel::NmodPoss
                };
                out.extend(self.object(token).and_then(|object| self.owner(object)).filter(fits));
            }
            Path::Inner => out.extend(self.inner(token, context.light)),
            Path::Act => out.extend(self.act(token).or_else(|| context.light.and_then(|light| self.act(light)))),
            Path::Claim => out.extend(self.act(token).filter(|&act| self.is_claim(act))),
            Path::Infinitive => out.extend(self.act(token).filter(|&act| self.is_infinitive(act))),
            Path::Predicate => out.extend(self.predicated(token)),
            Path::Apposition => out.extend(self.beside(token)),
            Path::Clause | Path::Sentence | Path::Matter | Path::Own => {}
            Path::Trigger => out.extend(context.light),
        }
    }

    /// Whether a noun tells what somebody tries or means to do: "bid", "attempt".
    fn is_endeavour(&self, noun: TokenId) -> bool {
        self.node(noun).upos == Upos::Noun
            && self.operators_at(noun).any(|operator| matches!(operator, Operator::Plan | Operator::Attempt))
    }

    /// Who owns a thing or gives it its adjective.
    fn owner(&self, noun: TokenId) -> Option<TokenId> {
        let modifier = || self.modifier(noun).filter(|&modifier| self.may_act(modifier));
        self.child(noun, &[Deprel::NmodPoss]).or_else(modifier)
    }

    /// Who a thing is by or from, or who made it: "a request filed by Chad".
    fn maker(&self, noun: TokenId) -> Option<TokenId> {
        self.case_child(noun, &["by", "from"]).or_else(|| {
            let made = self.children(noun).find(|&child| self.rel(child) == Deprel::Acl && self.is_passive(child))?;
            self.by_phrase(made)
        })
    }

    /// What somebody's own name for a thing stands for: the raid in "what it called a raid on its villages".
    pub(super) fn as_named(&self, head: TokenId) -> Option<TokenId> {
        let clause = self.child(head, &[Deprel::AclRelcl]).filter(|_| self.is(head, "what"))?;
        self.children(clause).find(|&child| self.is_named_by(clause, child))
    }

    /// Who acts where something is suffered at somebody's hands: "died at the hands of the army".
    fn whose_hands(&self, head: TokenId) -> Option<TokenId> {
        let hands = self.is(head, "hands") && self.has_case_form(head, "at");
        hands.then(|| self.case_child(head, &["of"]).or_else(|| self.child(head, &[Deprel::NmodPoss]))).flatten()
    }

    /// Whether a verb of naming in a clause after "what" gives this phrase as the name: "what it described as a raid".
    pub fn is_named_by(&self, verb: TokenId, phrase: TokenId) -> bool {
        const PLACES: &[Deprel] = &[Deprel::Obl, Deprel::Obj, Deprel::Xcomp, Deprel::Ccomp, Deprel::Advcl];
        phrase > verb
            && PLACES.contains(&self.rel(phrase))
            && self.is_nominal(phrase)
            && self.rel(verb) == Deprel::AclRelcl
            && self.head(verb).is_some_and(|what| self.is(what, "what"))
            && self.is_operator(verb, Operator::Name)
    }

    /// Whether a clause says that something is so, rather than that it be done: "that its troops were there".
    fn is_claim(&self, verb: TokenId) -> bool {
        const FINITE: &[&str] =
            &["is", "are", "was", "were", "has", "had", "does", "did", "'s", "’s", "will", "would", "can", "could"];
        let finite = |child: TokenId| {
            matches!(self.rel(child), Deprel::Aux | Deprel::AuxPass | Deprel::Cop) && self.is_any(child, FINITE)
        };
        matches!(self.rel(verb), Deprel::Ccomp | Deprel::Parataxis)
            && (matches!(self.node(verb).xpos, Xpos::Vbd | Xpos::Vbz) || self.children(verb).any(finite))
    }

    fn is_infinitive(&self, verb: TokenId) -> bool {
        self.children(verb).any(|child| self.rel(child) == Deprel::Mark && self.is(child, "to"))
    }

    /// The next phrase with this preposition in the trigger's own stretch of words, wherever the tree hangs it.
    fn following(&self, token: TokenId, preposition: Word) -> Option<TokenId> {
        const REACH: u32 = 14;
        // What follows these tells of something else: "ordered an inquiry against him amid allegations of".
        const ASIDE: &[&str] = &["after", "before", "since", "during", "amid", "following", "despite", "until"];
        for next in (token.0 + 1..self.end.min(token.0 + REACH)).map(TokenId) {
            let node = self.node(next);
            if matches!(node.upos, Upos::Verb | Upos::Sconj) || matches!(node.xpos, Xpos::Wdt | Xpos::Wp | Xpos::Period)
            {
                return None;
            }
            if node.upos == Upos::Adp && node.deprel == Deprel::Case && self.is_word(next, preposition) {
                return self.head(next).filter(|&head| head > next && self.is_nominal(head));
            }
            if self.is_any(next, ASIDE) {
                return None;
            }
        }
        None
    }

    /// "its rejection and condemnation of the decree": the phrase hangs on one noun and belongs to both.
    fn shared_oblique(&self, noun: TokenId, preposition: Word) -> Option<TokenId> {
        let first = if self.rel(noun) == Deprel::Conj { self.head(noun)? } else { noun };
        let siblings = self.children(first).filter(|&child| self.rel(child) == Deprel::Conj);
        [first]
            .into_iter()
            .chain(siblings)
            .filter(|&other| other != noun)
            .find_map(|other| self.oblique(other, preposition))
    }

    /// "Russian", "police", "U.S." before a noun.
    fn modifier(&self, noun: TokenId) -> Option<TokenId> {
        let shouted = self.is_shouted(noun);
        let named = |child: &TokenId| {
            *child < noun
                && matches!(self.rel(*child), Deprel::Amod | Deprel::Compound | Deprel::NmodDesc | Deprel::Nmod)
                && (self.node(*child).upos == Upos::Propn
                    || (self.node(*child).upos == Upos::Noun && self.rel(*child) == Deprel::Compound)
                    || self.doc.form(*child).starts_with(|letter: char| letter.is_uppercase())
                        && (child.0 > self.start && !shouted || self.is_demonym(*child)))
        };
        let found = self.children(noun).find(|child| named(child)).or_else(|| self.noun_before_gerund(noun));
        found.or_else(|| {
            // "a U.S. drone strike"
            let compounds = self.children(noun).filter(|&child| child < noun && self.rel(child) == Deprel::Compound);
            compounds
                .flat_map(|compound| self.children(compound))
                .find(|&child| child < noun && self.node(child).upos == Upos::Propn && self.rel(child) != Deprel::Flat)
        })
    }

    /// Whether a gerund is a noun though the tree makes it a verb: "the firing", "died in police firing".
    pub(super) fn is_gerund_noun(&self, token: TokenId) -> bool {
        let article = || token.0 > self.start && self.node(TokenId(token.0 - 1)).upos == Upos::Det;
        self.is_bare_gerund(token) && (article() || self.noun_before_gerund(token).is_some())
    }

    fn is_bare_gerund(&self, token: TokenId) -> bool {
        let node = self.node(token);
        node.upos == Upos::Verb
            && node.xpos == Xpos::Vbg
            && self.child(token, &[Deprel::Obj, Deprel::Nsubj, Deprel::Aux]).is_none()
    }

    /// The noun right before such a gerund: "police firing".
    pub(crate) fn noun_before_gerund(&self, token: TokenId) -> Option<TokenId> {
        let before = TokenId(token.0.checked_sub(1).filter(|&before| before > self.start)?);
        let opens = |upos| matches!(upos, Upos::Adp | Upos::Det | Upos::Adj);
        let bare = self.node(before).upos == Upos::Noun && opens(self.node(TokenId(before.0 - 1)).upos);
        (self.is_bare_gerund(token) && bare).then_some(before)
    }

    /// Whether an adjective that opens a sentence, where its capital says nothing, is made from a country's name.
    pub fn is_demonym(&self, token: TokenId) -> bool {
        const ENDS: &[&str] = &[
            "ian", "ish", "ese", "rian", "ench", "utch", "raeli", "raqi", "ani", "audi", "emeni", "uwaiti", "erman",
            "rican", "exican", "yrian",
        ];
        const OTHERS: &[&str] = &["civilian", "guardian", "pedestrian", "humanitarian"];
        let form = self.doc.form(token).to_lowercase();
        self.node(token).upos == Upos::Adj && ENDS.iter().any(|end| form.ends_with(end)) && !self.is_any(token, OTHERS)
    }

    fn noun_subjects(&self, context: &Site, out: &mut Vec<TokenId>) {
        let noun = context.token;
        if let Some(light) = context.light {
            // "sent troops since the attack" does not say who attacked.
            let apart = self.rel(noun) == Deprel::Obl
                && ["since", "after", "before", "amid", "following", "despite", "over", "for", "because"]
                    .iter()
                    .any(|form| self.has_case_form(noun, form));
            let governed = !apart
                && matches!(
                    self.rel(noun),
                    Deprel::Obj | Deprel::NsubjPass | Deprel::Obl | Deprel::Xcomp | Deprel::Conj
                );
            let passes = self.operators_at(light).any(|operator| {
                use Operator::*;
                matches!(
                    operator,
                    Light | Happen | Fail | End | Cancel | Plan | Commit | Threaten | Refuse | Deny | Attempt
                )
            });
            if governed && passes {
                out.extend(self.subject(light).filter(|&subject| subject != noun));
            }
        }
        if out.is_empty() && self.is_verbal(noun) {
            // "Russia is in talks with Japan"
            out.extend(self.child(noun, &[Deprel::Nsubj]).filter(|_| self.child(noun, &[Deprel::Case]).is_some()));
        }
        if out.is_empty() {
            out.extend(self.child(noun, &[Deprel::NmodPoss]));
        }
        if out.is_empty() {
            // "the attack was repelled by the army": not the army's attack.
            let light = context
                .light
                .filter(|&light| self.rel(noun) != Deprel::NsubjPass || !self.is_operator(light, Operator::Undergo));
            out.extend(self.by_phrase(noun).or_else(|| light.and_then(|light| self.by_phrase(light))));
        }
        if out.is_empty() && context.reciprocal {
            out.extend(self.case_child(noun, &["between", "among", "involving", "of"]));
            out.extend(self.nearest_between(noun, out.is_empty()));
        }
        if out.is_empty() {
            let compounds = || self.children(noun).filter(|&child| child < noun && self.rel(child) == Deprel::Compound);
            let first = self.modifier(noun).filter(|&modifier| self.may_act(modifier));
            out.extend(first.or_else(|| compounds().find(|&compound| self.may_act(compound))));
        }
    }

    /// Whether a noun's modifier may be who does it: a name, a demonym, or a noun for people: "rebel attack", but not
    /// "security talks".
    fn may_act(&self, modifier: TokenId) -> bool {
        use EntityKind::*;
        let listed = || WordInfo::of(self.doc.form(modifier)).noun();
        self.node(modifier).upos != Upos::Noun
            || listed().is_some_and(|noun| matches!(noun.kind, Person | People | Organisation | ArmedGroup | Country))
    }

    fn nearest_between(&self, noun: TokenId, wanted: bool) -> Option<TokenId> {
        let verb = self.governor(noun).filter(|_| wanted)?;
        self.case_child(verb, &["between", "among"])
    }

    fn case_child(&self, token: TokenId, forms: &[&str]) -> Option<TokenId> {
        self.children(token).find(|&child| {
            matches!(self.rel(child), Deprel::Nmod | Deprel::Obl)
                && forms.iter().any(|form| self.has_case_form(child, form))
        })
    }

    fn by_phrase(&self, token: TokenId) -> Option<TokenId> {
        let by = |token: TokenId| {
            self.children(token).find(|&child| {
                matches!(self.rel(child), Deprel::Nmod | Deprel::Obl | Deprel::OblAgent)
                    && self.has_case_form(child, "by")
            })
        };
        // "the arrest of a mayor by agents" is often read as a mayor by agents.
        by(token).or_else(|| self.case_child(token, &["of", "on", "against"]).and_then(by))
    }

    fn noun_objects(&self, context: &Site, out: &mut Vec<TokenId>) {
        let noun = context.token;
        if let Some(light) = context.light {
            let undergoes = self.is_operator(light, Operator::Undergo);
            if undergoes && self.rel(noun) != Deprel::Nsubj {
                out.extend(self.surface_subject(light).filter(|&subject| subject != noun));
            }
        }
        if out.is_empty() {
            out.extend(self.case_child(noun, &["of", "on", "against", "upon"]));
        }
        if out.is_empty() && self.by_phrase(noun).is_some() {
            out.extend(self.child(noun, &[Deprel::NmodPoss]).or_else(|| self.modifier(noun)));
        }
    }

    /// The clause that completes a trigger: "agreed to meet", "demanded that he resign", "made a pledge to leave".
    pub(super) fn act(&self, token: TokenId) -> Option<TokenId> {
        const CLAUSES: &[Deprel] = &[Deprel::Xcomp, Deprel::Ccomp];
        let clause = |below: TokenId, rels: &[Deprel]| {
            self.children(below).find(|&child| child > token && rels.contains(&self.rel(child)))
        };
        let adverbial = || {
            let marked = |child: TokenId| {
                ["to", "of", "for", "from", "against"].iter().any(|form| self.has_case_form(child, form))
            };
            self.children(token).find(|&child| child > token && self.rel(child) == Deprel::Advcl && marked(child))
        };
        clause(token, CLAUSES)
            .or_else(|| clause(token, &[Deprel::Acl]))
            .or_else(|| self.child(token, &[Deprel::Obj]).and_then(|object| clause(object, &[Deprel::Acl])))
            .or_else(adverbial)
    }

    /// Who or what the act in the complement is done to.
    fn inner(&self, token: TokenId, light: Option<TokenId>) -> Option<TokenId> {
        let act = self.act(token).or_else(|| light.and_then(|light| self.act(light)))?;
        let object = self.object(act).filter(|&object| object > act);
        let phrase = || {
            self.children(act).find(|&child| {
                child > act
                    && self.rel(child) == Deprel::Obl
                    && self.is_nominal(child)
                    && !self.has_case_form(child, "by")
            })
        };
        let recipient = self.child(act, &[Deprel::Iobj]);
        let below = || {
            let object = object?;
            self.children(object)
                .find(|&child| child > object && self.rel(child) == Deprel::Nmod && self.is_named(child))
        };
        let named = object.filter(|&object| self.is_named(object));
        recipient
            .or(named)
            .or_else(|| phrase().filter(|&found| self.is_named(found)))
            .or_else(below)
            .or(object)
            .or_else(phrase)
    }

    /// Whether a phrase holds a name.
    fn is_named(&self, head: TokenId) -> bool {
        let (first, last) = self.phrase(head);
        (first..=last).any(|token| self.node(TokenId(token)).upos == Upos::Propn)
    }

    /// The subject of which a noun is said: "Armenia is a member", "the town is under rebel control".
    pub(super) fn predicated(&self, noun: TokenId) -> Option<TokenId> {
        let own = self.child(noun, &[Deprel::Cop]).is_some();
        let first = if self.rel(noun) == Deprel::Conj && !own { self.head(noun)? } else { noun };
        self.child(first, &[Deprel::Cop]).and_then(|_| self.surface_subject(first)).or_else(|| {
            // "remains a member", "serves as the capital"
            let verb = self.head(first)?;
            let as_or_under = ["as", "under"].iter().any(|form| self.has_case_form(first, form));
            let predicative = self.rel(first) == Deprel::Xcomp || self.rel(first) == Deprel::Obl && as_or_under;
            predicative.then(|| self.surface_subject(verb)).flatten()
        })
    }

    /// What a noun stands beside: the noun before its comma, or the name after it.
    fn beside(&self, noun: TokenId) -> Option<TokenId> {
        let first = if self.rel(noun) == Deprel::Conj { self.head(noun)? } else { noun };
        if self.rel(first) == Deprel::Appos {
            return self.head(first);
        }
        self.children(noun).find(|&child| {
            matches!(self.rel(child), Deprel::Appos | Deprel::Flat) && self.node(child).upos == Upos::Propn
        })
    }
}
