//! What the matcher runs on: patterns with their words interned, their slots and codes known to exist.

use super::operator::Operator;
use super::vocabulary::{Vocabulary, Word};
use crate::ontology::{Cameo, Context, Mode, Plover, RelationKind};

/// The word class of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Verb,
    Noun,
    Adjective,
}

/// Where a participant stands, seen from the trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Path {
    /// Who does it: active subject, "by" phrase of the passive, possessor of a noun.
    Subject,
    /// To whom: object, subject of the passive, "of" phrase of a noun.
    Object,
    /// Whom a passive is about, whoever does it: "troops were sent".
    Passive,
    /// The second object: "gave Kyiv tanks".
    Second,
    /// Possessor of a noun.
    Possessor,
    /// Adjective or noun before a noun: "Russian invasion".
    Modifier,
    /// A phrase with this preposition.
    Preposition(Word),
    /// The subject of the clause in the complement.
    Complement,
    /// Who owns or made the object: "rejected Kyiv's offer".
    ObjectOwner,
    /// Who the object is by or from, "rejected an offer by Kyiv", "a petition filed by the union".
    Maker,
    /// To whom the act in the complement is done, whatever its verb: "refused to meet the envoy".
    Inner,
    /// The act in the complement; in conditions only.
    Act,
    /// The clause in the complement that says that something is so, "insisted that it was theirs"; in conditions only.
    Claim,
    /// The infinitive in the complement, "told them to leave"; in conditions only.
    Infinitive,
    /// What it is about: the act in the complement, else the "for", "of" or "over" phrase, else an object that is no
    /// participant; in conditions only.
    Matter,
    /// The trigger's own words with what stands before its head, "drone" strike; in conditions only.
    Own,
    /// The subject of which a noun is said: "Armenia is a member".
    Predicate,
    /// What a noun stands beside: "Kyiv, the capital of Ukraine".
    Apposition,
    /// Anything under the trigger; in conditions only.
    Clause,
    /// Anything in the sentence; in conditions only.
    Sentence,
    /// The governing clause of a noun; in conditions only.
    Trigger,
}

impl Path {
    /// The paths that have a name of their own; any other name is a preposition.
    pub(super) const NAMED: &[(&str, Path)] = &[
        ("subject", Path::Subject),
        ("object", Path::Object),
        ("passive", Path::Passive),
        ("second", Path::Second),
        ("possessor", Path::Possessor),
        ("modifier", Path::Modifier),
        ("complement", Path::Complement),
        ("owner", Path::ObjectOwner),
        ("maker", Path::Maker),
        ("inner", Path::Inner),
        ("act", Path::Act),
        ("claim", Path::Claim),
        ("infinitive", Path::Infinitive),
        ("matter", Path::Matter),
        ("self", Path::Own),
        ("predicate", Path::Predicate),
        ("apposition", Path::Apposition),
        ("clause", Path::Clause),
        ("sentence", Path::Sentence),
        ("trigger", Path::Trigger),
    ];
}

/// A set of words and phrases.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct WordSet {
    /// Single words, sorted.
    pub(crate) words: Vec<Word>,
    /// Phrases of two words or more.
    pub(crate) phrases: Vec<Vec<Word>>,
}

impl WordSet {
    /// Whether it asks for nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.phrases.is_empty()
    }

    /// Whether it holds the word by itself.
    pub(crate) fn has(&self, word: Word) -> bool {
        self.words.binary_search(&word).is_ok()
    }
}

/// What must stand where.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Condition {
    pub(crate) slots: Vec<Path>,
    /// Index of the set of which a word must be there.
    pub(crate) words: u32,
    /// Index of the set of which a word must be the head.
    pub(crate) head: u32,
    /// Index of the set that undoes the condition where the sentence has a word of it.
    pub(crate) except: u32,
    pub(crate) codes: Refinement,
}

/// Codes that replace the pattern's own.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Refinement {
    pub(crate) plover: Option<Plover>,
    pub(crate) cameo: Option<Cameo>,
    pub(crate) mode: Option<Mode>,
    pub(crate) contexts: Vec<Context>,
}

/// A word that must stand with the trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extra {
    pub(crate) word: Word,
    /// Whether it may stand further off: after `~`.
    pub(crate) gap: bool,
    pub(crate) preposition: bool,
}

/// What is shared by the triggers of one row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pattern {
    pub(crate) id: String,
    /// The kind of relation it tells; none for events.
    pub(crate) relation: Option<RelationKind>,
    pub(crate) plover: Option<Plover>,
    pub(crate) cameo: Cameo,
    pub(crate) mode: Option<Mode>,
    pub(crate) contexts: Vec<Context>,
    pub(crate) reciprocal: bool,
    /// Whether its verbs always have an object.
    pub(crate) transitive: bool,
    pub(crate) complement: Option<Operator>,
    pub(crate) needs_source: bool,
    pub(crate) needs_target: bool,
    pub(crate) only: Vec<Condition>,
    pub(crate) unless: Vec<Condition>,
    pub(crate) when: Vec<Condition>,
    pub(crate) mediator: Vec<Path>,
    pub(crate) instrument: Vec<Path>,
    pub(crate) beneficiary: Vec<Path>,
    /// Hundredths.
    pub(crate) trust: i32,
}

/// Consecutive items of one of the lists of [`Patterns`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

impl Run {
    /// The run of what was pushed to a list since it had `start` items.
    pub(crate) fn since(start: usize, list_len: usize) -> Self {
        Self { start: start as u32, len: (list_len - start) as u32 }
    }

    /// Its items.
    pub(crate) fn of<T>(self, list: &[T]) -> &[T] {
        &list[self.start as usize..][..self.len as usize]
    }
}

/// One meaning of one trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sense {
    pub(crate) pattern: u32,
    pub(crate) class: Class,
    pub(crate) head: Word,
    /// Words before the head, in order: "hunger" strike; in [`Patterns::before`].
    pub(crate) before: Run,
    /// Words after it: call "off"; in [`Patterns::extras`].
    pub(crate) after: Run,
    /// Index in [`Patterns::paths`].
    pub(crate) source: u32,
    /// Index in [`Patterns::paths`].
    pub(crate) target: u32,
    /// As written in the file; bytes of [`Patterns::texts`].
    pub(crate) text: Run,
}

impl Sense {
    /// How many words the trigger has beside its head.
    pub(crate) fn further_words(&self) -> usize {
        (self.before.len + self.after.len) as usize
    }
}

/// An operator's word: "carry out".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OperatorSense {
    pub(crate) operator: Operator,
    pub(crate) class: Class,
    pub(crate) head: Word,
    /// In [`Patterns::extras`].
    pub(crate) after: Run,
}

/// A word list of a relation file that code reads: the participles of "Russian-backed", the offices that lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct List {
    pub(crate) relation: RelationKind,
    pub(crate) name: String,
    pub(crate) words: Vec<String>,
}

/// What a token's trigger may tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// Something that happens.
    Events,
    /// Something that holds.
    Relations,
}

/// All patterns in force, ready to run. Immutable and shared by all threads.
#[derive(Debug, Default, PartialEq)]
pub struct Patterns {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) senses: Vec<Sense>,
    pub(crate) before: Vec<Word>,
    pub(crate) extras: Vec<Extra>,
    pub(crate) paths: Vec<Vec<Path>>,
    /// The first is empty.
    pub(crate) sets: Vec<WordSet>,
    pub(crate) operators: Vec<OperatorSense>,
    pub(crate) texts: String,
    pub(crate) lists: Vec<List>,
    pub(super) events: Index,
    pub(super) relations: Index,
    pub(super) by_operator: Index,
}

/// Senses by the head word of their trigger, the most demanding first.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Index {
    /// Where the entries of each word start; one more than there are words.
    starts: Vec<u32>,
    entries: Vec<Entry>,
}

/// A sense, with a word that its sentence must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) sense: u32,
    /// A word beside the head, the head itself where there is none.
    pub(super) key: Word,
}

impl Index {
    /// Sorts senses, each with its head, the number of its further words and its key, by head, then by how many words
    /// they ask for, then by their order.
    fn new(words: usize, senses: &[(u32, Word, usize, Word)]) -> Self {
        let mut starts = vec![0; words + 1];
        let mut longest = 0;
        for &(_, head, length, _) in senses {
            starts[head.0 as usize + 1] += 1;
            longest = longest.max(length);
        }
        for word in 0..words {
            starts[word + 1] += starts[word];
        }
        let mut next = starts.clone();
        let mut entries = vec![Entry { sense: 0, key: Word(0) }; starts[words] as usize];
        for wanted in (0..=longest).rev() {
            for &(sense, head, length, key) in senses {
                if length == wanted {
                    let place = &mut next[head.0 as usize];
                    entries[*place as usize] = Entry { sense, key };
                    *place += 1;
                }
            }
        }
        Self { starts, entries }
    }

    /// The senses that a word heads.
    pub(super) fn of(&self, word: Word) -> &[Entry] {
        let at = word.0 as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(&start), Some(&end)) => &self.entries[start as usize..end as usize],
            _ => &[],
        }
    }
}

impl Patterns {
    /// Makes the indices, once all else is there.
    pub(super) fn index(mut self) -> Self {
        let words = self.vocabulary.len();
        let of = |domain: Domain| {
            let senses = self.senses.iter().zip(0..).filter(|(sense, _)| self.domain(sense) == domain);
            let asked = senses.map(|(sense, index)| (index, sense.head, sense.further_words(), self.key(sense)));
            Index::new(words, &asked.collect::<Vec<_>>())
        };
        let (events, relations) = (of(Domain::Events), of(Domain::Relations));
        let operators = self.operators.iter().zip(0..).map(|(sense, index)| {
            let after = sense.after.of(&self.extras);
            (index, sense.head, after.len(), after.last().map_or(sense.head, |extra| extra.word))
        });
        let by_operator = Index::new(words, &operators.collect::<Vec<_>>());
        (self.events, self.relations, self.by_operator) = (events, relations, by_operator);
        self
    }

    fn domain(&self, sense: &Sense) -> Domain {
        match self.patterns[sense.pattern as usize].relation {
            Some(_) => Domain::Relations,
            None => Domain::Events,
        }
    }

    /// The word beside the head that is the rarest: one that is no preposition, where there is one.
    fn key(&self, sense: &Sense) -> Word {
        let after = sense.after.of(&self.extras);
        let content = after.iter().rev().find(|extra| !extra.preposition).map(|extra| extra.word);
        let before = sense.before.of(&self.before).first().copied();
        content.or(before).or(after.last().map(|extra| extra.word)).unwrap_or(sense.head)
    }

    /// How many trigger senses there are: one for each way of writing a trigger in each pattern.
    pub fn len(&self) -> usize {
        self.senses.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.senses.is_empty()
    }

    /// The senses of a domain.
    pub(super) fn of(&self, domain: Domain) -> &Index {
        match domain {
            Domain::Events => &self.events,
            Domain::Relations => &self.relations,
        }
    }

    /// A sense's trigger as written.
    pub(crate) fn text(&self, sense: &Sense) -> &str {
        &self.texts[sense.text.start as usize..][..sense.text.len as usize]
    }

    /// Every trigger sense, in the order of the files.
    pub fn triggers(&self) -> impl Iterator<Item = Trigger<'_>> {
        self.senses.iter().map(|sense| {
            let pattern = &self.patterns[sense.pattern as usize];
            Trigger {
                text: self.text(sense),
                pattern: &pattern.id,
                plover: pattern.plover,
                cameo: pattern.relation.is_none().then_some(pattern.cameo),
                relation: pattern.relation,
            }
        })
    }

    /// The ids of all patterns, in the order of the files.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.patterns.iter().map(|pattern| pattern.id.as_str())
    }

    /// The lists of relation files that code reads: the kind of relation, the list's name, its words.
    pub(crate) fn lists(&self) -> impl Iterator<Item = (RelationKind, &str, &[String])> {
        self.lists.iter().map(|list| (list.relation, list.name.as_str(), list.words.as_slice()))
    }
}

/// One way of writing a trigger.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trigger<'p> {
    /// As written in the file, alternatives written out.
    pub text: &'p str,
    /// The pattern's id.
    pub pattern: &'p str,
    /// The type that the pattern gives; none for bare statements and for relations.
    pub plover: Option<Plover>,
    /// The code; none for relations.
    pub cameo: Option<Cameo>,
    /// The kind of relation; none for events.
    pub relation: Option<RelationKind>,
}
