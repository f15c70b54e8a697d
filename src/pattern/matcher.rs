//! Finds triggers in a tree and fills their slots.

use super::compile::{Class, Condition, Path, Pattern, Sense, WordSet};
use super::operator::Operator;
use super::tree::Tree;
use super::vocabulary::{Classes, Word};
use crate::ontology::{Cameo, Context, Mode, Plover, Role};
use crate::span::TokenId;
use crate::syntax::{Deprel, Upos, Xpos};

/// What fills a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filler {
    /// The token that heads it.
    pub head: TokenId,
    /// Whether it was found by its place in the sentence, because the tree gave nobody.
    pub by_position: bool,
}

impl Filler {
    /// A filler that the tree gives.
    pub fn in_tree(head: TokenId) -> Self {
        Self { head, by_position: false }
    }
}

/// The codes of a match.
#[derive(Clone, Debug, PartialEq)]
pub struct Codes {
    /// The type; none for a bare statement.
    pub plover: Option<Plover>,
    /// The code.
    pub cameo: Cameo,
    /// The mode.
    pub mode: Option<Mode>,
    /// The contexts.
    pub contexts: Vec<Context>,
}

/// A trigger with its fillers.
#[derive(Clone, Debug)]
pub struct Match<'p> {
    pub(crate) pattern: &'p Pattern,
    pub(crate) sense: &'p Sense,
    /// The head of the trigger.
    pub trigger: TokenId,
    /// Further words of it, such as a particle.
    pub words: Vec<TokenId>,
    /// Its codes, refined by what stands in its slots.
    pub codes: Codes,
    /// Who does it.
    pub source: Vec<Filler>,
    /// To whom.
    pub target: Vec<Filler>,
    /// Who or what else takes part, with its role.
    pub others: Vec<(Role, Filler)>,
    /// The verb that a nominal trigger leans on: "launched" an attack.
    pub light: Option<TokenId>,
}

impl Match<'_> {
    /// The id of the pattern.
    pub fn id(&self) -> &str {
        &self.pattern.id
    }

    /// Whether its parties are equal.
    pub fn is_reciprocal(&self) -> bool {
        self.pattern.reciprocal
    }

    /// Whether the trigger is a noun.
    pub fn is_nominal(&self) -> bool {
        self.sense.class == Class::Noun
    }

    /// What the trigger makes of an act in its complement.
    pub fn complement(&self) -> Option<Operator> {
        self.pattern.complement
    }

    /// What the pattern adds to the confidence.
    pub fn trust(&self) -> f32 {
        self.pattern.trust
    }
}

impl<'a> Tree<'a> {
    /// The best match whose trigger is headed by this token.
    pub fn match_at(&self, token: TokenId) -> Option<Match<'a>> {
        let patterns = self.patterns;
        let mut best: Option<(usize, Match<'a>)> = None;
        for &(word, classes) in self.lookup.of(token) {
            for &index in patterns.by_word.get(&word).map_or(&[][..], Vec::as_slice) {
                let sense = &patterns.senses[index as usize];
                if !self.fits_class(token, sense.class, classes) {
                    continue;
                }
                let Some(found) = self.match_sense(token, sense) else { continue };
                // The longest trigger, then the most roles, then the order of the files.
                let rank = (sense.before.len() + sense.after.len()) * 4
                    + usize::from(!found.source.is_empty())
                    + usize::from(!found.target.is_empty())
                    + 2 * usize::from(!found.pattern.only.is_empty());
                if best.as_ref().is_none_or(|(known, _)| rank > *known) {
                    best = Some((rank, found));
                }
            }
        }
        best.map(|(_, found)| found)
    }

    /// What the token may make of an act it governs, as an operator.
    pub fn operators_at(&self, token: TokenId) -> impl Iterator<Item = Operator> + '_ {
        let words = self.lookup.of(token).iter();
        words.flat_map(move |&(word, classes)| {
            let senses = self.patterns.operators.get(&word).map_or(&[][..], Vec::as_slice);
            senses.iter().filter_map(move |sense| {
                let fits =
                    self.fits_class(token, sense.class, classes) && self.words_after(token, &sense.after).is_some();
                fits.then_some(sense.operator)
            })
        })
    }

    /// Whether the token is an operator of this kind.
    pub fn is_operator(&self, token: TokenId, operator: Operator) -> bool {
        self.operators_at(token).any(|found| found == operator)
    }

    fn fits_class(&self, token: TokenId, class: Class, classes: Classes) -> bool {
        let node = self.node(token);
        match class {
            // "Turkish-backed" says what somebody is, and is read as a relation.
            Class::Verb
                if node.deprel == Deprel::Amod && token.0 > self.start && self.is(TokenId(token.0 - 1), "-") =>
            {
                false
            }
            Class::Verb => {
                let verbal = node.upos == Upos::Verb
                    || (node.upos == Upos::Aux && node.deprel == Deprel::Root)
                    || (node.upos != Upos::Propn
                        && self.child(token, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj]).is_some()
                        && self.child(token, &[Deprel::Cop]).is_none())
                    || (node.upos == Upos::Adj && node.deprel == Deprel::Amod && node.xpos == Xpos::Vbn);
                classes.intersects(Classes::VERB) && verbal
            }
            Class::Noun => classes.intersects(Classes::NOUN) && matches!(node.upos, Upos::Noun | Upos::Propn),
            Class::Adjective => {
                classes.intersects(Classes::OTHER)
                    && (node.upos == Upos::Adj
                        || matches!(node.xpos, Xpos::Vbn | Xpos::Vbg | Xpos::Jj)
                        || node.upos == Upos::Adv)
            }
        }
    }

    pub(super) fn match_sense(&self, token: TokenId, sense: &'a Sense) -> Option<Match<'a>> {
        let pattern = &self.patterns.patterns[sense.pattern as usize];
        let mut words = self.words_before(token, &sense.before)?;
        words.extend(self.words_after(token, &sense.after)?);
        let light = (sense.class == Class::Noun).then(|| self.governor(token)).flatten();
        let reciprocal = pattern.reciprocal;
        let (mut source, mut target) = (Vec::new(), Vec::new());
        let context = Site { token, class: sense.class, light, reciprocal };
        self.fill(&context, &sense.target, &words, &mut target);
        self.fill(&context, &sense.source, &words, &mut source);
        if sense.class == Class::Noun {
            source.retain(|filler| !target.contains(filler));
        } else {
            target.retain(|filler| !source.contains(filler));
        }
        if (pattern.needs_source && source.is_empty()) || (pattern.needs_target && target.is_empty()) {
            return None;
        }
        let holds = |condition: &Condition| self.holds(&context, condition, &words, (&source, &target));
        if (!pattern.only.is_empty() && !pattern.only.iter().any(holds)) || pattern.unless.iter().any(holds) {
            return None;
        }
        let codes = self.codes(pattern, pattern.when.iter().find(|condition| holds(condition)));
        let mut others = Vec::new();
        for (role, paths) in [
            (Role::Mediator, &pattern.mediator),
            (Role::Instrument, &pattern.instrument),
            (Role::Beneficiary, &pattern.beneficiary),
        ] {
            let mut fillers = Vec::new();
            self.fill(&context, paths, &words, &mut fillers);
            fillers.retain(|filler| !source.contains(filler) && !target.contains(filler));
            others.extend(fillers.into_iter().map(|filler| (role, filler)));
        }
        Some(Match { pattern, sense, trigger: token, words, codes, source, target, others, light })
    }

    fn codes(&self, pattern: &Pattern, refinement: Option<&Condition>) -> Codes {
        let mut codes = Codes {
            plover: pattern.plover,
            cameo: pattern.cameo,
            mode: pattern.mode,
            contexts: pattern.contexts.clone(),
        };
        if let Some(condition) = refinement {
            let refined = &condition.codes;
            if let Some(cameo) = refined.cameo {
                codes.cameo = cameo;
                codes.contexts.extend(cameo.contexts());
                if let Some(mode) = cameo.mode() {
                    codes.mode = Some(mode);
                }
            }
            codes.plover = refined.plover.or(codes.plover);
            codes.mode = refined.mode.or(codes.mode);
            codes.contexts.extend(refined.contexts.iter().copied());
        }
        codes.mode = codes.mode.filter(|mode| codes.plover.is_some_and(|plover| mode.belongs_to(plover)));
        codes.contexts.sort_unstable();
        codes.contexts.dedup();
        codes
    }

    fn words_before(&self, token: TokenId, before: &[Word]) -> Option<Vec<TokenId>> {
        let mut found = Vec::new();
        let mut at = token.0;
        for &word in before.iter().rev() {
            at = at.checked_sub(1).filter(|&at| at >= self.start)?;
            while self.is(TokenId(at), "-") {
                at = at.checked_sub(1).filter(|&at| at >= self.start)?;
            }
            self.is_word(TokenId(at), word).then_some(())?;
            found.push(TokenId(at));
        }
        Some(found)
    }

    /// The words after a trigger's head, each within reach of the one before, or governed by the head.
    fn words_after(&self, token: TokenId, after: &[super::compile::Extra]) -> Option<Vec<TokenId>> {
        let mut found: Vec<TokenId> = Vec::new();
        let mut at = token;
        for extra in after {
            let reach = if extra.gap { 10 } else { 4 };
            let linear = (at.0 + 1..self.end.min(at.0 + 1 + reach)).map(TokenId);
            let mut hit = None;
            for next in linear {
                if self.is_word(next, extra.word) {
                    hit = Some(next);
                    break;
                }
                let node = self.node(next);
                let passes = extra.gap
                    || matches!(
                        node.upos,
                        Upos::Det
                            | Upos::Adj
                            | Upos::Num
                            | Upos::Propn
                            | Upos::Noun
                            | Upos::Part
                            | Upos::Pron
                            | Upos::Adv
                    );
                if !passes || self.is(next, ",") || matches!(node.xpos, Xpos::Period) {
                    break;
                }
            }
            let near = hit.filter(|&hit| match extra.gap {
                true => self.hangs_on(token, hit),
                false => extra.preposition || self.in_reach(token, at, hit),
            });
            let hit = near.or_else(|| self.governed(token, extra.word))?;
            found.push(hit);
            at = if hit > at { hit } else { at };
        }
        Some(found)
    }

    /// Whether a word further off is governed by the trigger, with no other verb in between.
    fn hangs_on(&self, trigger: TokenId, hit: TokenId) -> bool {
        let mut at = hit;
        for _ in 0..5 {
            match self.head(at) {
                Some(head) if head == trigger => return true,
                Some(head) if self.node(head).upos != Upos::Verb || at == hit => at = head,
                _ => return false,
            }
        }
        false
    }

    /// Whether a word found after the trigger belongs to it rather than to another verb's phrase.
    fn in_reach(&self, trigger: TokenId, last: TokenId, hit: TokenId) -> bool {
        hit.0 - last.0 == 1 || self.head(hit).is_some_and(|head| head == trigger || head == last)
    }

    fn governed(&self, token: TokenId, word: Word) -> Option<TokenId> {
        let rels = [
            Deprel::Obj,
            Deprel::NsubjPass,
            Deprel::CompoundPrt,
            Deprel::Advmod,
            Deprel::Obl,
            Deprel::Xcomp,
            Deprel::Case,
        ];
        let mut children = self.children(token);
        let direct = children.find(|&child| rels.contains(&self.rel(child)) && self.is_word(child, word));
        direct.or_else(|| {
            let object = self.object(token)?;
            self.is_word(object, word).then_some(object)
        })
    }

    /// The verb that a noun leans on as its object, passive subject, or after "into", "under", "in".
    fn governor(&self, noun: TokenId) -> Option<TokenId> {
        let mut noun = noun;
        if self.rel(noun) == Deprel::Conj {
            noun = self.head(noun)?;
        }
        if self.is_verbal(noun) && self.child(noun, &[Deprel::Nsubj]).is_some() {
            return None;
        }
        let head = self.head(noun)?;
        match self.rel(noun) {
            Deprel::Obj | Deprel::NsubjPass | Deprel::Nsubj | Deprel::Obl | Deprel::Xcomp => {
                (self.node(head).upos == Upos::Verb).then_some(head)
            }
            // "the talks held in Geneva" is handled from the noun.
            _ => {
                self.children(noun).find(|&child| self.rel(child) == Deprel::Acl && self.node(child).xpos == Xpos::Vbn)
            }
        }
    }

    fn fill(&self, context: &Site, paths: &[Path], words: &[TokenId], out: &mut Vec<Filler>) {
        for path in paths {
            let mut found = Vec::new();
            self.follow(context, path, &mut found);
            if *path == Path::Object && context.class == Class::Verb {
                self.object_of_phrase(context.token, words, &mut found);
            }
            found.retain(|head| *head != context.token && !words.contains(head));
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
    fn object_of_phrase(&self, verb: TokenId, words: &[TokenId], found: &mut Vec<TokenId>) {
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

    fn follow(&self, context: &Site, path: &Path, out: &mut Vec<TokenId>) {
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
            Path::Subject => out.extend(self.subject(token)),
            Path::Object if noun => self.noun_objects(context, out),
            Path::Object => out.extend(self.object(token)),
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
            }
            Path::Complement => {
                let clause = self.child(token, &[Deprel::Ccomp, Deprel::Xcomp, Deprel::Advcl]);
                out.extend(clause.and_then(|clause| self.child(clause, &[Deprel::Nsubj, Deprel::NsubjPass])));
            }
            Path::ObjectOwner => {
                if let Some(object) = self.object(token) {
                    out.extend(self.child(object, &[Deprel::NmodPoss]).or_else(|| self.modifier(object)));
                }
            }
            Path::Inner => out.extend(self.inner(token, context.light)),
            Path::Act => out.extend(self.act(token).or_else(|| context.light.and_then(|light| self.act(light)))),
            Path::Predicate => out.extend(self.predicated(token)),
            Path::Apposition => out.extend(self.beside(token)),
            Path::Clause | Path::Sentence | Path::Matter | Path::Own => {}
            Path::Trigger => out.extend(context.light),
        }
    }

    /// The next phrase with this preposition in the trigger's own stretch of words, wherever the tree hangs it.
    fn following(&self, token: TokenId, preposition: Word) -> Option<TokenId> {
        const REACH: u32 = 14;
        for next in (token.0 + 1..self.end.min(token.0 + REACH)).map(TokenId) {
            let node = self.node(next);
            if matches!(node.upos, Upos::Verb | Upos::Sconj) || matches!(node.xpos, Xpos::Wdt | Xpos::Wp | Xpos::Period)
            {
                return None;
            }
            if node.upos == Upos::Adp && node.deprel == Deprel::Case && self.is_word(next, preposition) {
                return self.head(next).filter(|&head| head > next && self.is_nominal(head));
            }
        }
        None
    }

    /// The words after a verb up to the next verb: where its object must be when the tree does not say.
    fn aftermath(&self, token: TokenId) -> Option<(u32, u32)> {
        const REACH: u32 = 9;
        let ends = |token: &TokenId| {
            matches!(self.node(*token).upos, Upos::Verb | Upos::Sconj | Upos::Punct) && !self.is(*token, "-")
        };
        let end = self.end.min(token.0 + 1 + REACH);
        let last = (token.0 + 1..end).map(TokenId).take_while(|token| !ends(token)).last()?;
        Some((token.0 + 1, last.0))
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
        let named = |child: &TokenId| {
            *child < noun
                && matches!(self.rel(*child), Deprel::Amod | Deprel::Compound | Deprel::NmodDesc | Deprel::Nmod)
                && (self.node(*child).upos == Upos::Propn
                    || (self.node(*child).upos == Upos::Noun && self.rel(*child) == Deprel::Compound)
                    || self.doc.form(*child).starts_with(|letter: char| letter.is_uppercase())
                        && (child.0 > self.start || self.is_demonym(*child)))
        };
        self.children(noun).find(|child| named(child)).or_else(|| {
            // "a U.S. drone strike"
            let compounds = self.children(noun).filter(|&child| child < noun && self.rel(child) == Deprel::Compound);
            compounds
                .flat_map(|compound| self.children(compound))
                .find(|&child| child < noun && self.node(child).upos == Upos::Propn && self.rel(child) != Deprel::Flat)
        })
    }

    /// Whether an adjective that opens a sentence, where its capital says nothing, is made from a country's name.
    fn is_demonym(&self, token: TokenId) -> bool {
        const ENDS: &[&str] = &[
            "ian", "ish", "ese", "rian", "ench", "utch", "raeli", "raqi", "ani", "audi", "emeni", "uwaiti", "erman",
            "rican", "exican", "yrian",
        ];
        const OTHERS: &[&str] = &["civilian", "guardian", "pedestrian", "humanitarian"];
        let form = self.doc.form(token);
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
            out.extend(self.by_phrase(noun).or_else(|| context.light.and_then(|light| self.by_phrase(light))));
        }
        if out.is_empty() && context.reciprocal {
            out.extend(self.case_child(noun, &["between", "among", "involving", "of"]));
            out.extend(self.nearest_between(noun, out.is_empty()));
        }
        if out.is_empty() {
            out.extend(self.modifier(noun));
        }
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
    fn act(&self, token: TokenId) -> Option<TokenId> {
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

    /// What the trigger is about, as first and last token.
    fn matter(&self, context: &Site, target: &[Filler]) -> Option<(u32, u32)> {
        let token = context.token;
        if let Some(act) = self.act(token).or_else(|| context.light.and_then(|light| self.act(light))) {
            return Some(self.subtree(act));
        }
        let about = self.children(token).find(|&child| {
            child > token
                && matches!(self.rel(child), Deprel::Obl | Deprel::Nmod)
                && ["for", "of", "over", "about", "with", "against"].iter().any(|form| self.has_case_form(child, form))
                && !target.iter().any(|filler| filler.head == child)
        });
        if let Some(about) = about {
            return Some(self.phrase(about));
        }
        let object = if context.class == Class::Noun { None } else { self.object(token) };
        object.or_else(|| target.first().map(|filler| filler.head)).map(|object| self.phrase(object))
    }

    fn holds(
        &self,
        context: &Site,
        condition: &Condition,
        words: &[TokenId],
        (source, target): (&[Filler], &[Filler]),
    ) -> bool {
        condition.slots.iter().any(|slot| {
            let mut heads = Vec::new();
            match slot {
                Path::Clause => {
                    let (first, last) = self.clause(context.token);
                    return self.has_words(first, last, &condition.words);
                }
                Path::Act => {
                    self.follow(context, slot, &mut heads);
                    return heads.iter().any(|&head| {
                        let (first, last) = self.subtree(head);
                        self.is_in(head, &condition.head) && self.has_words(first, last, &condition.words)
                    });
                }
                Path::Matter => {
                    return self
                        .matter(context, target)
                        .is_some_and(|(first, last)| self.has_words(first, last, &condition.words));
                }
                Path::Own => return self.is_own(context, words, &condition.words),
                Path::Sentence => return self.has_words(self.start, self.end - 1, &condition.words),
                Path::Subject => heads.extend(source.iter().map(|filler| filler.head)),
                Path::Object if context.class == Class::Noun => heads.extend(target.iter().map(|filler| filler.head)),
                slot => {
                    self.follow(context, slot, &mut heads);
                    if *slot == Path::Object && context.class == Class::Verb {
                        self.object_of_phrase(context.token, words, &mut heads);
                    }
                }
            }
            // An object that is a bare article or number is a slip of the parser: the noun is further on.
            let slipped =
                |head: &TokenId| matches!(self.node(*head).upos, Upos::Det | Upos::Sym | Upos::Num | Upos::Adj);
            let verb = context.class == Class::Verb && *slot == Path::Object && !self.is_passive(context.token);
            if verb
                && heads.iter().all(slipped)
                && (condition.head.words.is_empty() && condition.head.phrases.is_empty())
                && !(condition.words.words.is_empty() && condition.words.phrases.is_empty())
                && self
                    .aftermath(context.token)
                    .is_some_and(|(first, last)| self.has_words(first, last, &condition.words))
            {
                return true;
            }
            heads.iter().any(|&head| {
                if !self.is_in(head, &condition.head) {
                    return false;
                }
                let (first, last) = self.phrase(head);
                self.has_words(first, last, &condition.words)
            })
        })
    }

    /// Whether a word or phrase of the set is among the trigger's own words, or before its head.
    fn is_own(&self, context: &Site, words: &[TokenId], set: &WordSet) -> bool {
        let token = context.token;
        let before = self.children(token).filter(|&child| {
            child < token && matches!(self.rel(child), Deprel::Amod | Deprel::Compound | Deprel::Nummod)
        });
        let first = before.map(|child| self.subtree(child).0).min().unwrap_or(token.0).min(token.0);
        self.has_words(first, token.0, set) || words.iter().any(|word| self.has_words(word.0, word.0, set))
    }

    /// The subject of which a noun is said: "Armenia is a member", "the town is under rebel control".
    fn predicated(&self, noun: TokenId) -> Option<TokenId> {
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

    /// Whether the head is in the set; any head is in the empty set.
    fn is_in(&self, head: TokenId, set: &WordSet) -> bool {
        if set.words.is_empty() && set.phrases.is_empty() {
            return true;
        }
        let single = self.lookup.of(head).iter().any(|(word, _)| set.words.binary_search(word).is_ok());
        single
            || set.phrases.iter().any(|phrase| {
                let (&last, before) = phrase.split_last().expect("a phrase has words");
                self.is_word(head, last) && self.words_before(head, before).is_some()
            })
    }

    /// Whether a word or phrase of the set stands between two tokens; true for the empty set.
    fn has_words(&self, first: u32, last: u32, set: &WordSet) -> bool {
        if set.words.is_empty() && set.phrases.is_empty() {
            return true;
        }
        (first..=last).any(|token| {
            let token = TokenId(token);
            self.lookup.of(token).iter().any(|(word, _)| set.words.binary_search(word).is_ok())
                || set.phrases.iter().any(|phrase| self.phrase_at(token, last, phrase))
        })
    }

    fn phrase_at(&self, first: TokenId, last: u32, phrase: &[Word]) -> bool {
        let mut at = first.0;
        for (index, &word) in phrase.iter().enumerate() {
            while index > 0 && at <= last && self.is(TokenId(at), "-") {
                at += 1;
            }
            if at > last || !self.is_word(TokenId(at), word) {
                return false;
            }
            at += 1;
        }
        true
    }

    /// The trigger's own clause: what it governs, without what is said in it or told of its nouns.
    fn clause(&self, token: TokenId) -> (u32, u32) {
        let (mut first, mut last) = (token.0, token.0);
        for child in self.children(token) {
            if !matches!(self.rel(child), Deprel::Parataxis | Deprel::Conj | Deprel::Punct) {
                let (from, to) = self.subtree(child);
                first = first.min(from);
                last = last.max(to);
            }
        }
        (first, last)
    }
}

/// What filling a slot needs to know of the trigger.
struct Site {
    token: TokenId,
    class: Class,
    light: Option<TokenId>,
    reciprocal: bool,
}
