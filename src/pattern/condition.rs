//! Whether what a pattern asks for stands where it asks for it.

use super::matcher::Filler;
use super::rule::{Class, Condition, Path};
use super::slot::Site;
use super::tree::Tree;
use super::vocabulary::Word;
use crate::span::TokenId;
use crate::syntax::{Deprel, Upos};

/// The empty set, which any word satisfies.
const NOTHING: u32 = 0;

impl Tree<'_> {
    /// Whether the sentence holds what the set asks for, wherever it stands.
    fn may_hold(&self, set: u32) -> bool {
        set == NOTHING || self.presence.may_hold(self.patterns, set)
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

    /// Whether a condition holds of a trigger whose further words and fillers are known.
    pub(super) fn holds(
        &self,
        context: &Site,
        condition: &Condition,
        words: &[TokenId],
        (source, target): (&[Filler], &[Filler]),
    ) -> bool {
        let undone = || condition.except != NOTHING && self.has_words(self.start, self.end - 1, condition.except);
        if !self.may_hold(condition.words) || undone() {
            return false;
        }
        condition.slots.iter().any(|slot| {
            let mut heads = Vec::new();
            match slot {
                Path::Clause => {
                    let (first, last) = self.clause(context.token);
                    return self.has_words(first, last, condition.words);
                }
                Path::Act | Path::Claim | Path::Infinitive => {
                    self.follow(context, slot, &mut heads);
                    return heads.iter().any(|&head| {
                        let (first, last) = self.subtree(head);
                        self.is_in(head, condition.head) && self.has_words(first, last, condition.words)
                    });
                }
                Path::Matter => {
                    return self
                        .matter(context, target)
                        .is_some_and(|(first, last)| self.has_words(first, last, condition.words));
                }
                Path::Own => return self.is_own(context, words, condition.words),
                Path::Sentence => return self.has_words(self.start, self.end - 1, condition.words),
                _ if !self.may_hold(condition.head) => return false,
                Path::Subject => heads.extend(source.iter().map(|filler| filler.head)),
                Path::Object if context.class == Class::Noun => heads.extend(target.iter().map(|filler| filler.head)),
                slot => {
                    self.follow(context, slot, &mut heads);
                    if *slot == Path::Object && context.class == Class::Verb {
                        self.object_of_phrase(context.token, words, &mut heads);
                    }
                }
            }
            for head in &mut heads {
                *head = self.as_named(*head).unwrap_or(*head);
            }
            // An object that is a bare article or number is a slip of the parser: the noun is further on.
            let slipped =
                |head: &TokenId| matches!(self.node(*head).upos, Upos::Det | Upos::Sym | Upos::Num | Upos::Adj);
            let verb = context.class == Class::Verb && *slot == Path::Object && !self.is_passive(context.token);
            if verb
                && heads.iter().all(slipped)
                && condition.head == NOTHING
                && condition.words != NOTHING
                && self
                    .aftermath(context.token)
                    .is_some_and(|(first, last)| self.has_words(first, last, condition.words))
            {
                return true;
            }
            heads.iter().any(|&head| {
                if !self.is_in(head, condition.head) {
                    return false;
                }
                let (first, last) = self.phrase(head);
                self.has_words(first, last, condition.words)
            })
        })
    }

    /// Whether a word or phrase of the set is among the trigger's own words, or before its head.
    fn is_own(&self, context: &Site, words: &[TokenId], set: u32) -> bool {
        let token = context.token;
        let before = self.children(token).filter(|&child| {
            child < token && matches!(self.rel(child), Deprel::Amod | Deprel::Compound | Deprel::Nummod)
        });
        let first = before.map(|child| self.subtree(child).0).min().unwrap_or(token.0).min(token.0);
        self.has_words(first, token.0, set) || words.iter().any(|word| self.has_words(word.0, word.0, set))
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

    /// Whether the head is in the set; any head is in the empty set.
    fn is_in(&self, head: TokenId, set: u32) -> bool {
        if set == NOTHING {
            return true;
        }
        let set = &self.patterns.sets[set as usize];
        self.lookup.of(head).iter().any(|&(word, _)| set.has(word))
            || set.phrases.iter().any(|phrase| {
                let (&last, before) = phrase.split_last().expect("a phrase has words");
                self.is_word(head, last) && self.words_before(head, before).is_some()
            })
    }

    /// Whether a word or phrase of the set stands between two tokens; true for the empty set.
    fn has_words(&self, first: u32, last: u32, set: u32) -> bool {
        if set == NOTHING {
            return true;
        }
        if !self.may_hold(set) {
            return false;
        }
        let set = &self.patterns.sets[set as usize];
        (first..=last).map(TokenId).any(|token| {
            self.lookup.of(token).iter().any(|&(word, _)| set.has(word))
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
