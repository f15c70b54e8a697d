//! A sentence's tree as patterns see it: who is the logical subject and object of a verb, what stands after a
//! preposition, which words of the patterns' vocabulary a token may be.

use super::lookup::{Lookup, Presence};
use super::operator::Operator;
use super::rule::Patterns;
use super::vocabulary::Word;
use crate::date::MONTHS;
use crate::document::Document;
use crate::mention::lexicon::WordInfo;
use crate::span::{SentenceId, TokenId};
use crate::syntax::{Deprel, Node, Syntax, Upos, Xpos, clause, phrase};

/// One sentence with its tree and its words.
#[derive(Clone, Copy, Debug)]
pub struct Tree<'a> {
    /// The document.
    pub doc: &'a Document,
    /// Its syntax.
    pub syntax: &'a Syntax,
    /// The patterns in force.
    pub patterns: &'a Patterns,
    /// The document's words.
    pub lookup: &'a Lookup,
    /// Which of them the sentence holds.
    pub presence: &'a Presence,
    /// First token.
    pub start: u32,
    /// First token after the sentence.
    pub end: u32,
}

impl<'a> Tree<'a> {
    /// The tree of a sentence of which `presence` was filled.
    pub fn new(
        doc: &'a Document,
        syntax: &'a Syntax,
        patterns: &'a Patterns,
        (lookup, presence): (&'a Lookup, &'a Presence),
        sentence: SentenceId,
    ) -> Self {
        let tokens = &doc.sentences[sentence.index()].tokens;
        Self { doc, syntax, patterns, lookup, presence, start: tokens.start, end: tokens.end }
    }

    /// The sentence's tokens.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = TokenId> + use<> {
        (self.start..self.end).map(TokenId)
    }

    /// What the syntax says of a token.
    pub fn node(&self, token: TokenId) -> Node {
        self.syntax.node(token)
    }

    /// How a token depends on its head.
    pub fn rel(&self, token: TokenId) -> Deprel {
        self.node(token).deprel
    }

    /// The token's head.
    pub fn head(&self, token: TokenId) -> Option<TokenId> {
        self.syntax.head(token)
    }

    /// The token's dependents.
    pub fn children(&self, token: TokenId) -> impl Iterator<Item = TokenId> + 'a {
        self.syntax.children(token)
    }

    /// The first dependent with one of these relations.
    pub fn child(&self, token: TokenId, rels: &[Deprel]) -> Option<TokenId> {
        self.children(token).find(|&child| rels.contains(&self.rel(child)))
    }

    /// Whether the token's letters, whatever their case, are those of `form`.
    pub fn is(&self, token: TokenId, form: &str) -> bool {
        self.doc.form(token).eq_ignore_ascii_case(form)
    }

    /// Whether the token's letters are one of `forms`.
    pub fn is_any(&self, token: TokenId, forms: &[&str]) -> bool {
        forms.iter().any(|form| self.is(token, form))
    }

    /// Whether a token is written in capitals throughout, as in a text whose capitals tell nothing of names.
    pub fn is_shouted(&self, token: TokenId) -> bool {
        let form = self.doc.form(token);
        form.len() > 3 && !form.contains(char::is_lowercase)
    }

    /// Whether a token may be this word.
    pub(crate) fn is_word(&self, token: TokenId, word: Word) -> bool {
        self.lookup.of(token).iter().any(|(known, _)| *known == word)
    }

    /// Whether a token is a verb or does a verb's work.
    pub fn is_verbal(&self, token: TokenId) -> bool {
        let node = self.node(token);
        matches!(node.upos, Upos::Verb | Upos::Aux)
            || self.child(token, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Cop]).is_some()
    }

    /// Whether a token heads a noun phrase.
    pub fn is_nominal(&self, token: TokenId) -> bool {
        phrase::is_nominal(self.syntax, token)
    }

    /// Whether a phrase is introduced by this preposition.
    pub(crate) fn has_case(&self, token: TokenId, preposition: Word) -> bool {
        self.children(token).any(|child| {
            matches!(self.rel(child), Deprel::Case | Deprel::Mark)
                && (self.is_word(child, preposition)
                    // "due to" and "according to" say why and who says so; there is nobody to whom.
                    || !self.is_any(child, &["due", "according", "thanks", "owing", "because", "prior", "such", "instead"])
                        && self
                            .children(child)
                            .any(|part| self.rel(part) == Deprel::Fixed && self.is_word(part, preposition)))
        })
    }

    /// Whether a phrase is introduced by a preposition written so.
    pub fn has_case_form(&self, token: TokenId, form: &str) -> bool {
        self.children(token).any(|child| matches!(self.rel(child), Deprel::Case | Deprel::Mark) && self.is(child, form))
    }

    /// Whether a verb is in the passive, also in its reduced form: "forces backed by Armenia".
    pub fn is_passive(&self, verb: TokenId) -> bool {
        clause::is_passive(self.doc, self.syntax, verb)
    }

    /// The subject on the surface, found through co-ordination, control, and relative clauses.
    pub fn surface_subject(&self, verb: TokenId) -> Option<TokenId> {
        self.subject_within(verb, 6)
    }

    fn subject_within(&self, verb: TokenId, depth: u8) -> Option<TokenId> {
        let own = self.child(verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter]);
        // "a deal in November allowing both to …": the month is often taken for the one who allows.
        let own = own.filter(|&subject| subject > verb || !self.is_month_after_in(subject));
        if let Some(subject) = own {
            return Some(self.antecedent(subject, verb).unwrap_or(subject));
        }
        let depth = depth.checked_sub(1)?;
        let head = self.head(verb)?;
        let node = self.node(verb);
        match node.deprel {
            Deprel::Conj if self.is_verbal(head) || self.node(head).upos == Upos::Adj => {
                self.subject_within(head, depth)
            }
            Deprel::Xcomp => {
                let object = self.child(head, &[Deprel::Obj, Deprel::Iobj]);
                match object {
                    Some(object) if !self.is_subject_control(head) && object < verb => Some(self.relative(object)),
                    _ if self.is_passive(head) => self.subject_within(head, depth),
                    None if self.node(verb).upos == Upos::Verb => {
                        // "called on Moscow to withdraw"
                        let oblique = self.children(head).find(|&child| {
                            self.rel(child) == Deprel::Obl
                                && child > head
                                && child < verb
                                && ["on", "to", "upon", "for"].iter().any(|form| self.has_case_form(child, form))
                        });
                        let marked = self.child(verb, &[Deprel::Mark]).is_some_and(|mark| self.is(mark, "to"));
                        match oblique.filter(|_| marked && !self.is_subject_control(head)) {
                            Some(oblique) => Some(oblique),
                            None => self.subject_within(head, depth),
                        }
                    }
                    _ => self.subject_within(head, depth),
                }
            }
            Deprel::Advcl if self.is_asked_of(head, verb).is_some() => self.is_asked_of(head, verb),
            Deprel::Advcl => {
                // "condemned Russia for bombing the city"
                let for_what = node.xpos == Xpos::Vbg && self.has_case_form(verb, "for");
                let marked_for_object = for_what || self.has_case_form(verb, "of") || self.has_case_form(verb, "from");
                let somebody = |object: &TokenId| {
                    !for_what
                        || self.node(*object).upos == Upos::Propn
                        || WordInfo::of(self.doc.form(*object)).noun().is_some()
                };
                let object = self.child(head, &[Deprel::Obj]).filter(|_| marked_for_object && !self.is_passive(head));
                let object = object.filter(somebody);
                object.or_else(|| self.subject_within(head, depth))
            }
            Deprel::AclRelcl => None,
            // "six weeks of fighting" belongs to nobody.
            Deprel::Acl if node.xpos == Xpos::Vbg && self.is_time(head) => None,
            Deprel::Acl if node.xpos == Xpos::Vbn || node.xpos == Xpos::Vbd || node.xpos == Xpos::Vbg => {
                let marked = |mark: TokenId| mark.0 + 1 == verb.0;
                if self.is_charge(verb) || self.has_case_form(verb, "from") {
                    // "accused the police of shooting", "kept rebels from attacking"
                    Some(head)
                } else if node.xpos == Xpos::Vbg && self.child(verb, &[Deprel::Mark]).is_some_and(marked) {
                    self.noun_subject(head, depth)
                } else if node.xpos == Xpos::Vbg && self.is_made(head) {
                    // "issued a statement urging": whoever made the statement urges.
                    self.noun_subject(head, depth)
                } else {
                    Some(head)
                }
            }
            Deprel::Acl => self.noun_subject(head, depth),
            Deprel::Parataxis if self.continues_infinitive(verb) => self.subject_within(head, depth),
            Deprel::Parataxis if self.is_verbal(head) && verb > head => {
                matches!(node.xpos, Xpos::Vbg | Xpos::Vbn).then(|| self.subject_within(head, depth)).flatten()
            }
            _ => None,
        }
    }

    /// Whether a bare verb goes on a list of infinitives that the tree takes for a clause of its own: "threatened to bomb
    /// the city, arrest its mayor and …".
    pub fn continues_infinitive(&self, verb: TokenId) -> bool {
        const OWN: &[Deprel] = &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Mark, Deprel::Aux];
        let bare = |token: TokenId| self.node(token).xpos == Xpos::Vb;
        self.rel(verb) == Deprel::Parataxis
            && bare(verb)
            && self.child(verb, OWN).is_none()
            && self.head(verb).is_some_and(|first| {
                first < verb
                    && bare(first)
                    && self.child(first, &[Deprel::Mark]).is_some_and(|mark| self.is(mark, "to"))
            })
    }

    /// The one asked or made to do what an infinitive says, where the tree hangs the infinitive on the verb as an aside:
    /// "asked Moscow on Friday to send help".
    fn is_asked_of(&self, governor: TokenId, infinitive: TokenId) -> Option<TokenId> {
        let object = self.child(governor, &[Deprel::Obj, Deprel::Iobj]).filter(|&object| object < infinitive)?;
        let to = self.child(infinitive, &[Deprel::Mark]).filter(|&mark| self.is(mark, "to"))?;
        let asks = to > object
            && self.node(infinitive).upos == Upos::Verb
            && self
                .operators_at(governor)
                .any(|operator| matches!(operator, Operator::Request | Operator::Cause | Operator::Permit));
        asks.then_some(object)
    }

    /// "In March": a month after its preposition tells when, whatever the tree makes of it.
    fn is_month_after_in(&self, token: TokenId) -> bool {
        token.0 > self.start && self.is(TokenId(token.0 - 1), "in") && self.is_any(token, &MONTHS)
    }

    /// Whether a clause is what somebody is accused of, hung on the accused: "accused the police of shooting".
    pub fn is_charge(&self, clause: TokenId) -> bool {
        let accused = self.head(clause).filter(|&accused| {
            self.rel(clause) == Deprel::Acl
                && ["of", "with"].iter().any(|form| self.has_case_form(clause, form))
                && matches!(self.rel(accused), Deprel::Obj | Deprel::NsubjPass)
        });
        let verb = accused.and_then(|accused| self.head(accused));
        verb.is_some_and(|verb| self.is_operator(verb, Operator::Allege))
    }

    /// Who does what a noun with an infinitive says: "Turkey's decision to expel", "made a pledge to withdraw".
    fn noun_subject(&self, noun: TokenId, depth: u8) -> Option<TokenId> {
        if let Some(owner) = self.child(noun, &[Deprel::NmodPoss]).or_else(|| self.namesake(noun)) {
            return Some(owner);
        }
        let head = self.head(noun)?;
        match self.rel(noun) {
            Deprel::Obj | Deprel::Obl | Deprel::Xcomp => self.subject_within(head, depth),
            _ => None,
        }
    }

    /// Whether a noun is what a light verb makes: "issued a statement", "carried out a raid".
    fn is_made(&self, noun: TokenId) -> bool {
        let verb = self.head(noun).filter(|_| self.rel(noun) == Deprel::Obj);
        let person = || WordInfo::of(self.doc.form(noun)).noun().is_some();
        verb.is_some_and(|verb| {
            self.is_operator(verb, Operator::Light) && self.node(noun).upos == Upos::Noun && !person()
        })
    }

    /// Whose an act is, said by a name before it: "Russian efforts", "the NATO decision".
    fn namesake(&self, noun: TokenId) -> Option<TokenId> {
        let name = |child: &TokenId| {
            *child < noun
                && (self.node(*child).upos == Upos::Propn && self.rel(*child) == Deprel::Compound
                    || self.is_demonym(*child))
        };
        self.children(noun).find(name)
    }

    /// Verbs whose subject, not object, does what follows: "promised Kyiv to send".
    fn is_subject_control(&self, verb: TokenId) -> bool {
        const CONTROL: &[&str] = &["promise", "promised", "promises", "vow", "vowed", "threaten", "threatened"];
        self.is_any(verb, CONTROL)
    }

    /// What a relative pronoun, or the empty place of a relative clause, stands for.
    fn antecedent(&self, subject: TokenId, verb: TokenId) -> Option<TokenId> {
        let noun = clause::antecedent(self.doc, self.syntax, subject, verb)?;
        // "a man in his 60s who": nobody is called sixty.
        let age = self.rel(noun) == Deprel::Nmod && (self.node(noun).upos == Upos::Num || self.is_time(noun));
        if age { self.head(noun) } else { Some(noun) }
    }

    /// The noun right before the relative pronoun that is the subject of a clause: "which" directly follows what it
    /// stands for, also where the tree hangs the clause on a noun further off.
    pub fn nearest_antecedent(&self, clause: TokenId) -> Option<TokenId> {
        let mut verb = clause;
        let pronoun = loop {
            let subject = self.child(verb, &[Deprel::Nsubj, Deprel::NsubjPass]);
            match subject {
                Some(subject) if self.is_any(subject, &["who", "which", "that"]) => break subject,
                None if self.rel(verb) == Deprel::Conj => verb = self.head(verb)?,
                _ => return None,
            }
        };
        clause::noun_before(self.doc, self.syntax, pronoun)
    }

    /// A relative pronoun's antecedent, any other token itself.
    pub fn relative(&self, token: TokenId) -> TokenId {
        let node = self.node(token);
        if !matches!(node.xpos, Xpos::Wp | Xpos::Wdt) {
            return token;
        }
        let verb = self.head(token);
        verb.and_then(|verb| self.antecedent(token, verb)).unwrap_or(token)
    }

    /// The one who does what the verb says.
    pub fn subject(&self, verb: TokenId) -> Option<TokenId> {
        if self.is_passive(verb) {
            let agent = self.child(verb, &[Deprel::OblAgent]);
            return agent.or_else(|| {
                self.children(verb).find(|&child| self.rel(child) == Deprel::Obl && self.has_case_form(child, "by"))
            });
        }
        self.surface_subject(verb)
    }

    /// The one to whom the verb is done.
    pub fn object(&self, verb: TokenId) -> Option<TokenId> {
        if self.is_passive(verb) {
            let node = self.node(verb);
            let reduced = matches!(node.deprel, Deprel::Acl | Deprel::Amod)
                && self.child(verb, &[Deprel::NsubjPass, Deprel::Nsubj]).is_none();
            return if reduced { self.head(verb) } else { self.surface_subject(verb) };
        }
        // "asked Italy to help": the one asked is an indirect object where no other stands.
        if let Some(object) = self.child(verb, &[Deprel::Obj]).or_else(|| self.child(verb, &[Deprel::Iobj])) {
            return Some(self.relative(object));
        }
        match self.rel(verb) {
            Deprel::AclRelcl => {
                let subject = self.child(verb, &[Deprel::Nsubj])?;
                let is_gap = self.antecedent(subject, verb).is_none();
                is_gap.then(|| self.head(verb)).flatten()
            }
            _ => {
                // "seized and burned the village": the first verb shares the object of the second.
                let next = self.children(verb).find(|&child| self.rel(child) == Deprel::Conj && child > verb)?;
                let near = next.0 - verb.0 <= 3 && self.child(next, &[Deprel::Nsubj]).is_none();
                near.then(|| self.child(next, &[Deprel::Obj])).flatten()
            }
        }
    }

    /// The first phrase with this preposition that depends on the token, or on its object or the light noun between.
    pub(crate) fn oblique(&self, token: TokenId, preposition: Word) -> Option<TokenId> {
        const RELS: &[Deprel] =
            &[Deprel::Obl, Deprel::Nmod, Deprel::OblAgent, Deprel::Advcl, Deprel::Acl, Deprel::Xcomp];
        let fits = |child: TokenId| {
            RELS.contains(&self.rel(child))
                && self.is_nominal(child)
                && self.has_case(child, preposition)
                && !self.is_time(child)
        };
        if let Some(found) = self.children(token).find(|&child| child > token && fits(child)) {
            return Some(found);
        }
        let below = self.children(token).filter(|&child| {
            child > token
                && matches!(
                    self.rel(child),
                    Deprel::Obj | Deprel::Obl | Deprel::Xcomp | Deprel::CompoundPrt | Deprel::Advmod
                )
                // "an attack by gunmen on a convoy", "the severing of ties with Rabat"
                || child > token
                    && self.rel(child) == Deprel::Nmod
                    && self.node(token).upos == Upos::Noun
                    && ["by", "of"].iter().any(|form| self.has_case_form(child, form))
        });
        for child in below {
            if let Some(found) = self.children(child).find(|&below| below > child && fits(below)) {
                return Some(found);
            }
        }
        self.children(token).find(|&child| fits(child))
    }

    /// Whether a phrase tells when rather than who or where: "on Friday", "in 2003", "in the morning".
    pub(super) fn is_time(&self, head: TokenId) -> bool {
        const TIMES: &[&str] = &[
            "tomorrow", "week", "weeks", "month", "months", "year", "years", "day", "days", "hours", "minutes", "noon",
            "decade", "decades", "century", "spring", "summer", "autumn", "winter", "time", "times", "1990s", "1980s",
            "1970s", "1960s",
        ];
        let form = self.doc.form(head);
        let year = form.len() == 4 && form.bytes().all(|byte| byte.is_ascii_digit());
        year || self.is_any(head, &MONTHS) || phrase::is_day(form) || self.is_any(head, TIMES)
    }

    /// The token and everything it governs, but not further clauses, as first and last token.
    pub fn phrase(&self, token: TokenId) -> (u32, u32) {
        let (mut first, mut last) = (token.0, token.0);
        for child in self.children(token) {
            let skipped = matches!(
                self.rel(child),
                Deprel::AclRelcl | Deprel::Conj | Deprel::Cc | Deprel::Appos | Deprel::Punct | Deprel::Parataxis
            );
            if !skipped {
                let (from, to) = self.phrase_within(child, 12);
                first = first.min(from);
                last = last.max(to);
            }
        }
        (first, last)
    }

    /// The token and everything it governs, as first and last token.
    pub fn subtree(&self, token: TokenId) -> (u32, u32) {
        self.phrase_within(token, 24)
    }

    fn phrase_within(&self, token: TokenId, depth: u8) -> (u32, u32) {
        let (mut first, mut last) = (token.0, token.0);
        if depth > 0 {
            for child in self.children(token) {
                let (from, to) = self.phrase_within(child, depth - 1);
                first = first.min(from);
                last = last.max(to);
            }
        }
        (first, last)
    }

    /// The token and its co-ordinated noun phrases.
    pub fn conjuncts(&self, token: TokenId) -> Vec<TokenId> {
        let mut all = vec![token];
        if self.is_nominal(token) {
            all.extend(
                self.children(token).filter(|&child| {
                    self.rel(child) == Deprel::Conj && self.is_nominal(child) && !self.is_verbal(child)
                }),
            );
        }
        all
    }
}
