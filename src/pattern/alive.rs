//! Proves that no trigger is dead: for every sense a tree is made in which it must be found.
//!
//! The trees are as plain as can be: a subject, the trigger, and what its slots and conditions ask for. What real
//! sentences look like is the business of the written examples.

use super::lookup::{Lookup, Presence};
use super::rule::{Class, Condition, Path, Patterns, Sense};
use super::tree::Tree;
use super::vocabulary::Word;
use crate::document::{Document, Sentence, Source, Token, Zone};
use crate::span::{SentenceId, Span, TokenId};
use crate::syntax::{Deprel, Node, Syntax, Upos, Xpos};

/// A sentence in the making.
#[derive(Default)]
struct Builder {
    forms: Vec<String>,
    nodes: Vec<Node>,
}

impl Builder {
    fn add(&mut self, form: &str, upos: Upos, head: Option<usize>, deprel: Deprel) -> usize {
        let xpos = match upos {
            // What somebody is told to do, in its base form.
            Upos::Verb if form == "go" => Xpos::Vb,
            Upos::Verb => Xpos::Vbd,
            Upos::Propn => Xpos::Nnp,
            _ => Xpos::None,
        };
        self.forms.push(form.to_owned());
        self.nodes.push(Node { upos, xpos, head: head.map(|head| TokenId(head as u32)), deprel });
        self.forms.len() - 1
    }

    fn build(self) -> (Document, Syntax) {
        let mut source = Source::default();
        let mut tokens = Vec::new();
        for form in &self.forms {
            let start = source.text.len();
            source.text.push_str(form);
            tokens.push(Token { span: Span::new(start, source.text.len()), spaced: true });
            source.text.push(' ');
        }
        let span = Span::new(0, source.text.len() - 1);
        let sentence = Sentence { span, zone: Zone::Body, tokens: 0..tokens.len() as u32 };
        let doc = Document { source, sentences: vec![sentence.clone()], tokens };
        let mut syntax = Syntax::unread(&doc);
        syntax.set(SentenceId(0), &sentence, &self.nodes);
        (doc, syntax)
    }
}

struct Names<'p> {
    patterns: &'p Patterns,
    /// Who takes part, where a condition does not say.
    actor: &'p str,
}

impl Names<'_> {
    fn of(&self, word: Word) -> &str {
        self.patterns.vocabulary.base(word)
    }

    /// The words that satisfy a condition: its first, as the phrase they stand in.
    fn wanted(&self, condition: &Condition) -> Vec<&str> {
        let mut all = Vec::new();
        for set in [condition.words, condition.head].map(|set| &self.patterns.sets[set as usize]) {
            if let Some(&word) = set.words.first() {
                all.push(self.of(word));
            } else if let Some(phrase) = set.phrases.first() {
                all.extend(phrase.iter().map(|&word| self.of(word)));
            }
        }
        all
    }

    /// A phrase in a slot, with the condition's words in it, the last of them its head.
    fn place(&self, made: &mut Builder, trigger: usize, slot: &Path, words: &[&str]) {
        if matches!(slot, Path::Complement | Path::Inner) {
            let verb = made.add("go", Upos::Verb, Some(trigger), Deprel::Ccomp);
            let deprel = if *slot == Path::Inner { Deprel::Obj } else { Deprel::Nsubj };
            made.add(words.last().copied().unwrap_or(self.actor), Upos::Propn, Some(verb), deprel);
            return;
        }
        let (case, deprel) = match slot {
            Path::Preposition(word) => (Some(self.of(*word)), Deprel::Obl),
            Path::Second => (None, Deprel::Iobj),
            Path::Possessor => (None, Deprel::NmodPoss),
            Path::Object if made.nodes[trigger].upos == Upos::Noun => (Some("of"), Deprel::Nmod),
            Path::Object => (None, Deprel::Obj),
            _ => (Some("via"), Deprel::Obl),
        };
        let start = made.forms.len();
        let head = start + usize::from(case.is_some()) + words.len().max(1) - 1;
        if let Some(case) = case {
            made.add(case, Upos::Adp, Some(head), Deprel::Case);
        }
        let words = if words.is_empty() { &[self.actor][..] } else { words };
        for (index, word) in words.iter().enumerate() {
            let last = index + 1 == words.len();
            let (upos, to) =
                if last { (Upos::Propn, (trigger, deprel)) } else { (Upos::Noun, (head, Deprel::Compound)) };
            made.add(word, upos, Some(to.0), to.1);
        }
    }

    fn sentence(&self, sense: &Sense, condition: Option<&Condition>) -> (Document, Syntax, TokenId) {
        let mut made = Builder::default();
        let wanted = condition.map(|condition| self.wanted(condition)).unwrap_or_default();
        let slot = condition.and_then(|condition| condition.slots.first());
        let patterns = self.patterns;
        let (before, after) = (sense.before.of(&patterns.before), sense.after.of(&patterns.extras));
        let target = &patterns.paths[sense.target as usize];
        let source = &patterns.paths[sense.source as usize];
        let trigger = before.len() + 1;
        let subject =
            if slot == Some(&Path::Subject) { wanted.last().copied().unwrap_or(self.actor) } else { self.actor };
        let nominal = sense.class == Class::Noun;
        let said_of = [source, target].iter().any(|paths| paths.first() == Some(&Path::Predicate));
        let trigger = trigger + usize::from(said_of);
        let deprel = if nominal && !said_of { Deprel::NmodPoss } else { Deprel::Nsubj };
        made.add(subject, Upos::Propn, Some(trigger), deprel);
        if said_of {
            made.add("is", Upos::Aux, Some(trigger), Deprel::Cop);
        }
        for &word in before {
            made.add(self.of(word), Upos::Noun, Some(trigger), Deprel::Compound);
        }
        let upos = match sense.class {
            Class::Verb => Upos::Verb,
            Class::Noun => Upos::Noun,
            Class::Adjective => Upos::Adj,
        };
        made.add(self.of(sense.head), upos, None, Deprel::Root);
        let mut last = trigger;
        let ends_in = after.last().filter(|extra| extra.preposition).map(|extra| extra.word);
        for (index, extra) in after.iter().enumerate() {
            let ends = ends_in.is_some() && index + 1 == after.len();
            if !ends {
                last = made.add(self.of(extra.word), Upos::Noun, Some(trigger), Deprel::CompoundPrt);
            }
        }
        if let Some(word) = ends_in {
            let asked = slot == Some(&Path::Preposition(word));
            self.place(&mut made, last, &Path::Preposition(word), if asked { &wanted } else { &[] });
        }
        match slot {
            Some(Path::Subject) | None => {}
            Some(Path::Preposition(word)) if ends_in == Some(*word) => {}
            Some(Path::Own) => {
                for word in &wanted {
                    made.add(word, Upos::Adj, Some(trigger), Deprel::Amod);
                }
            }
            Some(Path::Act | Path::Matter | Path::Clause) if target.contains(&Path::Complement) => {
                let verb = made.add("go", Upos::Verb, Some(trigger), Deprel::Ccomp);
                for word in &wanted {
                    made.add(word, Upos::Noun, Some(verb), Deprel::Obl);
                }
                made.add(self.actor, Upos::Propn, Some(verb), Deprel::Nsubj);
            }
            Some(Path::Act) => {
                let verb = wanted.first().copied().unwrap_or("go");
                made.add(verb, Upos::Verb, Some(trigger), Deprel::Xcomp);
            }
            Some(Path::Infinitive) => {
                let verb = made.add("go", Upos::Verb, Some(trigger), Deprel::Xcomp);
                made.add("to", Upos::Part, Some(verb), Deprel::Mark);
            }
            Some(Path::Claim) => {
                let so = made.add("so", Upos::Adv, Some(trigger), Deprel::Ccomp);
                made.add("is", Upos::Aux, Some(so), Deprel::Cop);
            }
            Some(Path::Trigger) => {
                let verb = made.add(wanted.first().copied().unwrap_or("do"), Upos::Verb, None, Deprel::Root);
                made.nodes[trigger].head = Some(TokenId(verb as u32));
                made.nodes[trigger].deprel = Deprel::Obj;
            }
            Some(slot) => self.place(&mut made, trigger, slot, &wanted),
        }
        let other_source = source.first().filter(|path| **path != Path::Subject);
        // Whoever stands inside another slot's phrase has an alternative that stands by itself.
        let inside = |path: &&Path| matches!(path, Path::Maker | Path::ObjectOwner);
        for slot in target
            .iter()
            .find(|path| !inside(path))
            .into_iter()
            .chain(other_source)
            .filter(|path| **path != Path::Predicate)
        {
            let free = Some(slot) != condition.and_then(|condition| condition.slots.first());
            if free && ends_in.is_none_or(|word| *slot != Path::Preposition(word)) {
                self.place(&mut made, trigger, slot, &[]);
            }
        }
        let (doc, syntax) = made.build();
        (doc, syntax, TokenId(trigger as u32))
    }
}

#[test]
fn every_trigger_is_found_in_a_tree_made_for_it() {
    let patterns = Patterns::builtin();
    // Not everyone can do everything: armies do not demonstrate, and countries do not march.
    let casts = ["Army", "Kenya", "protesters"].map(|actor| Names { patterns: &patterns, actor });
    let (mut lookup, mut presence) = (Lookup::default(), Presence::default());
    let mut dead = Vec::new();
    for sense in &patterns.senses {
        let pattern = &patterns.patterns[sense.pattern as usize];
        let mut conditions: Vec<Option<&Condition>> = pattern.only.iter().map(Some).collect();
        if conditions.is_empty() {
            conditions.push(None);
        }
        let scenes = conditions.iter().flat_map(|condition| casts.iter().map(move |names| (names, *condition)));
        let alive = scenes.into_iter().any(|(names, condition)| {
            let (doc, syntax, trigger) = names.sentence(sense, condition);
            lookup.fill(&patterns, &doc);
            presence.fill(&patterns, &doc, &lookup, SentenceId(0));
            let tree = Tree::new(&doc, &syntax, &patterns, (&lookup, &presence), SentenceId(0));
            tree.match_sense(trigger, sense).is_some()
        });
        if !alive {
            dead.push(format!("{}: {}", pattern.id, patterns.text(sense)));
        }
    }
    assert!(dead.is_empty(), "{} of {} triggers are dead:\n{}", dead.len(), patterns.len(), dead.join("\n"));
}
