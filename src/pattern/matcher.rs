//! Finds triggers in a tree and fills their slots.

use super::operator::Operator;
use super::rule::{Class, Condition, Domain, Extra, Pattern, Sense};
use super::slot::Site;
use super::tree::Tree;
use super::vocabulary::{Classes, Word};
use crate::ontology::{Cameo, Context, Mode, Plover, RelationKind, Role};
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

    /// Whether a word is the trigger's head, or the noun in it that an infinitive hangs on: "stressed the need to".
    pub fn is_headed_by(&self, word: TokenId) -> bool {
        self.trigger == word || self.words.contains(&word)
    }

    /// Whether the pattern asks for a source, or for a target, of those that are named.
    pub fn needs(&self, (source, target): (bool, bool)) -> bool {
        (source && self.pattern.needs_source) || (target && self.pattern.needs_target)
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
        self.pattern.trust as f32 / 100.0
    }

    /// The kind of relation that it tells; none for events.
    pub fn relation(&self) -> Option<RelationKind> {
        self.pattern.relation
    }
}

/// What a further word of the trigger counts for when two senses compete: more than anything else may.
const LONGER: usize = 4;

/// What a sense's roles and conditions may count for together.
const MOST: usize = 4;

/// Whether a sense of this class may be read from a token, by its tag and by the classes that its form is made for.
fn fits(class: Class, fitting: Classes, made: Classes) -> bool {
    let class = match class {
        Class::Verb => Classes::VERB,
        Class::Noun => Classes::NOUN,
        Class::Adjective => Classes::OTHER,
    };
    fitting.intersects(class) && made.intersects(class)
}

impl<'a> Tree<'a> {
    /// The best match of an event or relation whose trigger is headed by this token.
    pub fn match_at(&self, token: TokenId, domain: Domain) -> Option<Match<'a>> {
        let patterns = self.patterns;
        let index = patterns.of(domain);
        let mut best: Option<(usize, Match<'a>)> = None;
        let mut fitting = None;
        for &(word, classes) in self.lookup.of(token) {
            for entry in index.of(word) {
                if !self.presence.has(entry.key) {
                    continue;
                }
                let sense = &patterns.senses[entry.sense as usize];
                let most = sense.further_words() * LONGER + MOST;
                if best.as_ref().is_some_and(|(known, _)| most <= *known) {
                    continue;
                }
                let fitting = *fitting.get_or_insert_with(|| self.classes(token));
                if !fits(sense.class, fitting, classes) {
                    continue;
                }
                let Some(found) = self.match_sense(token, sense) else { continue };
                // The longest trigger, then the most roles, then the order of the files.
                let rank = sense.further_words() * LONGER
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
            let entries = self.patterns.by_operator.of(word).iter();
            entries.filter(|entry| self.presence.has(entry.key)).filter_map(move |entry| {
                let sense = &self.patterns.operators[entry.sense as usize];
                let fits = fits(sense.class, self.classes(token), classes)
                    && self.words_after(token, sense.after.of(&self.patterns.extras)).is_some();
                fits.then_some(sense.operator)
            })
        })
    }

    /// Whether the token is an operator of this kind.
    pub fn is_operator(&self, token: TokenId, operator: Operator) -> bool {
        self.operators_at(token).any(|found| found == operator)
    }

    /// The classes of triggers that the token may be by its tag and its place in the tree.
    fn classes(&self, token: TokenId) -> Classes {
        let node = self.node(token);
        let mut fitting = Classes::NONE;
        // "Turkish-backed" says what somebody is, and is read as a relation.
        let in_compound = || node.deprel == Deprel::Amod && token.0 > self.start && self.is(TokenId(token.0 - 1), "-");
        let verbal = node.upos == Upos::Verb
            || (node.upos == Upos::Aux && node.deprel == Deprel::Root)
            || (node.upos != Upos::Propn
                && self.child(token, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj]).is_some()
                && self.child(token, &[Deprel::Cop]).is_none());
        // "Suspected militants" and "the jailed leader" tell whom the sentence is about, not what happened.
        let attribute = node.deprel == Deprel::Amod
            && matches!(node.xpos, Xpos::Vbn | Xpos::Vbg | Xpos::Jj)
            && self.child(token, &[Deprel::Nsubj, Deprel::NsubjPass]).is_none()
            && self.head(token).is_some_and(|noun| noun > token);
        if verbal && !attribute && !in_compound() {
            fitting = fitting.with(Classes::VERB);
        }
        if matches!(node.upos, Upos::Noun | Upos::Propn) || self.is_gerund_noun(token) {
            fitting = fitting.with(Classes::NOUN);
        }
        if matches!(node.upos, Upos::Adj | Upos::Adv) || matches!(node.xpos, Xpos::Vbn | Xpos::Vbg | Xpos::Jj) {
            fitting = fitting.with(Classes::OTHER);
        }
        fitting
    }

    pub(super) fn match_sense(&self, token: TokenId, sense: &'a Sense) -> Option<Match<'a>> {
        let patterns = self.patterns;
        let pattern = &patterns.patterns[sense.pattern as usize];
        let mut words = self.words_before(token, sense.before.of(&patterns.before))?;
        words.extend(self.words_after(token, sense.after.of(&patterns.extras))?);
        let light = (sense.class == Class::Noun).then(|| self.governor(token)).flatten();
        let reciprocal = pattern.reciprocal;
        let (mut source, mut target) = (Vec::new(), Vec::new());
        let active = sense.class == Class::Verb && self.must_be_active(token, &words);
        let context = Site { token, class: sense.class, light, reciprocal, active };
        self.fill(&context, &patterns.paths[sense.target as usize], &words, &mut target);
        self.fill(&context, &patterns.paths[sense.source as usize], &words, &mut source);
        if sense.class == Class::Noun {
            source.retain(|filler| !target.contains(filler));
        } else {
            target.retain(|filler| !source.contains(filler));
        }
        if pattern.transitive && sense.class == Class::Verb && target.is_empty() && self.lacks_object(token) {
            // "the two men arrested in Lima": what looks like the subject is whom it befell.
            std::mem::swap(&mut source, &mut target);
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

    /// Whether a verb that looks like a passive cannot be one: without an auxiliary, and with its preposition before
    /// a phrase ("fired at the crowd") or its own object after it ("opened fire").
    fn must_be_active(&self, verb: TokenId, words: &[TokenId]) -> bool {
        let bare = self.child(verb, &[Deprel::AuxPass, Deprel::OblAgent]).is_none()
            && self.child(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some_and(|subject| subject < verb);
        bare && words.iter().any(|&word| {
            word > verb
                && match self.rel(word) {
                    Deprel::Case => self.head(word).is_some_and(|head| head > word && head != verb),
                    Deprel::Obj => self.head(word) == Some(verb),
                    _ => false,
                }
        })
    }

    /// Whether a past form has no object and no auxiliary that would make it active.
    fn lacks_object(&self, verb: TokenId) -> bool {
        // "were killed and six others wounded": the auxiliary of the first holds for both.
        let joined = || {
            self.child(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some()
                || self.head(verb).is_some_and(|first| self.node(first).upos == Upos::Verb && self.is_passive(first))
        };
        matches!(self.node(verb).xpos, Xpos::Vbn | Xpos::Vbd)
            && self.child(verb, &[Deprel::Obj, Deprel::Iobj, Deprel::Aux, Deprel::AuxPass]).is_none()
            && self.surface_subject(verb).is_some_and(|subject| subject < verb)
            && (self.rel(verb) != Deprel::Conj || joined())
            && !self.is_passive(verb)
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

    /// The words before a trigger's head, next to each other.
    pub(super) fn words_before(&self, token: TokenId, before: &[Word]) -> Option<Vec<TokenId>> {
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
    fn words_after(&self, token: TokenId, after: &[Extra]) -> Option<Vec<TokenId>> {
        if after.iter().any(|extra| !self.presence.has(extra.word)) {
            return None;
        }
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
            // "called the premier on Friday" calls on nobody.
            if extra.preposition && self.rel(hit) == Deprel::Case && self.head(hit).is_some_and(|of| self.is_time(of)) {
                return None;
            }
            found.push(hit);
            at = if hit > at { hit } else { at };
        }
        Some(found)
    }

    /// Whether a word further off is governed by the trigger, with no other verb in between.
    fn hangs_on(&self, trigger: TokenId, hit: TokenId) -> bool {
        use Operator::{Cancel, Deny, End, Fail, Plan, Prevent, Refuse, Request};
        let turns = |head: TokenId| {
            let turning = [Cancel, Deny, End, Fail, Plan, Prevent, Refuse, Request];
            self.operators_at(head).any(|operator| turning.contains(&operator))
        };
        let mut at = hit;
        for _ in 0..5 {
            match self.head(at) {
                Some(head) if head == trigger => return true,
                // "announced that it would end the deal", "announced the end of the deal"
                Some(head) if self.rel(head) == Deprel::Ccomp || turns(head) => return false,
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
}
