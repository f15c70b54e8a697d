//! From rows to what the matcher runs on: interned words, paths, codes that exist.

use std::path::Path as FilePath;

use once_cell::sync::Lazy;
use rustc_hash::FxHashMap;

use super::file::{ConditionRow, File, Row, WordsRow};
use super::operator::Operator;
use super::vocabulary::{Classes, Vocabulary, Word};
use crate::error::{Error, Result};
use crate::ontology::{Cameo, Context, Mode, Plover};

/// The word class of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Verb,
    Noun,
    Adjective,
}

/// Where a participant stands, seen from the trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Path {
    /// Who does it: active subject, "by" phrase of the passive, possessor of a noun.
    Subject,
    /// To whom: object, subject of the passive, "of" phrase of a noun.
    Object,
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
    /// To whom the act in the complement is done, whatever its verb: "refused to meet the envoy".
    Inner,
    /// The act in the complement; in conditions only.
    Act,
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

/// A set of words and phrases.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordSet {
    /// Single words, sorted.
    pub(crate) words: Vec<Word>,
    /// Phrases of two words or more.
    pub(crate) phrases: Vec<Vec<Word>>,
}

/// What must stand where.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    pub(crate) slots: Vec<Path>,
    pub(crate) words: WordSet,
    pub(crate) head: WordSet,
    pub(crate) codes: Refinement,
}

/// Codes that replace the pattern's own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Refinement {
    pub(crate) plover: Option<Plover>,
    pub(crate) cameo: Option<Cameo>,
    pub(crate) mode: Option<Mode>,
    pub(crate) contexts: Vec<Context>,
}

/// A word that must stand with the trigger.
#[derive(Clone, Debug)]
pub(crate) struct Extra {
    pub(crate) word: Word,
    /// Whether it may stand further off: after `~`.
    pub(crate) gap: bool,
    pub(crate) preposition: bool,
}

/// What is shared by the triggers of one row.
#[derive(Debug)]
pub(crate) struct Pattern {
    pub(crate) id: String,
    pub(crate) plover: Option<Plover>,
    pub(crate) cameo: Cameo,
    pub(crate) mode: Option<Mode>,
    pub(crate) contexts: Vec<Context>,
    pub(crate) reciprocal: bool,
    pub(crate) complement: Option<Operator>,
    pub(crate) needs_source: bool,
    pub(crate) needs_target: bool,
    pub(crate) only: Vec<Condition>,
    pub(crate) unless: Vec<Condition>,
    pub(crate) when: Vec<Condition>,
    pub(crate) mediator: Vec<Path>,
    pub(crate) instrument: Vec<Path>,
    pub(crate) beneficiary: Vec<Path>,
    pub(crate) trust: f32,
}

/// One meaning of one trigger.
#[derive(Debug)]
pub(crate) struct Sense {
    pub(crate) pattern: u32,
    pub(crate) class: Class,
    pub(crate) head: Word,
    /// Words before the head, in order: "hunger" strike.
    pub(crate) before: Vec<Word>,
    /// Words after it: call "off".
    pub(crate) after: Vec<Extra>,
    pub(crate) source: Vec<Path>,
    pub(crate) target: Vec<Path>,
    /// As written in the file.
    pub(crate) text: String,
}

/// An operator's word: "carry out".
#[derive(Debug)]
pub(crate) struct OperatorSense {
    pub(crate) operator: Operator,
    pub(crate) class: Class,
    pub(crate) after: Vec<Extra>,
}

/// All patterns in force, ready to run. Immutable and shared by all threads.
#[derive(Debug, Default)]
pub struct Patterns {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) senses: Vec<Sense>,
    /// Senses by the head word of their trigger, the most demanding first.
    pub(crate) by_word: FxHashMap<Word, Vec<u32>>,
    pub(crate) operators: FxHashMap<Word, Vec<OperatorSense>>,
}

static BUILTIN: &str = include_str!(concat!(env!("OUT_DIR"), "/events.json"));

/// Prepositions that may end a verb trigger and then introduce its target.
pub(super) const PREPOSITIONS: &[&str] = &[
    "about", "across", "after", "against", "amid", "among", "at", "before", "behind", "between", "by", "during", "for",
    "from", "in", "inside", "into", "of", "on", "onto", "over", "through", "to", "toward", "towards", "under", "upon",
    "with", "within", "without",
];

impl Patterns {
    /// The patterns that come with the program.
    ///
    /// # Panics
    /// If the built-in files are damaged; a test loads them.
    pub fn builtin() -> Self {
        Self::with_files(&[]).expect("the built-in patterns load")
    }

    /// The built-in patterns and those of further files, with the paths that errors are to name.
    ///
    /// # Errors
    /// If a row names a code, slot or list that does not exist, or an id twice.
    pub fn with_files(files: &[(&FilePath, &File)]) -> Result<Self> {
        static FILES: Lazy<std::result::Result<Vec<(String, File)>, serde_json::Error>> =
            Lazy::new(|| serde_json::from_str(BUILTIN));
        let builtin = FILES.as_ref().map_err(|error| Error::data(error.to_string()))?;
        let all = builtin.iter().map(|(path, file)| (FilePath::new(path.as_str()), file));
        Self::compile(all.chain(files.iter().copied()))
    }

    /// The patterns of these files alone.
    ///
    /// # Errors
    /// As [`Patterns::with_files`].
    pub fn compile<'f>(files: impl Iterator<Item = (&'f FilePath, &'f File)>) -> Result<Self> {
        let files: Vec<_> = files.collect();
        let mut compiler = Compiler::default();
        for (_, file) in &files {
            for (name, words) in &file.words {
                compiler.lists.entry(name).or_default().extend(words.iter().map(String::as_str));
            }
        }
        for (_, file) in &files {
            for (name, conditions) in &file.refinements {
                compiler.shared.entry(name).or_default().extend(conditions);
            }
        }
        for &(path, file) in &files {
            compiler.file(file).map_err(|error| error.at_path(path))?;
        }
        Ok(compiler.finish())
    }

    /// How many trigger senses there are: one for each way of writing a trigger in each pattern.
    pub fn len(&self) -> usize {
        self.senses.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.senses.is_empty()
    }

    /// Whether a form, in lower case, may be a trigger.
    pub fn is_trigger(&self, form: &str) -> bool {
        self.vocabulary.look_up(form).iter().any(|(word, _)| self.by_word.contains_key(word))
    }

    /// Every trigger sense: the pattern's id, its type and code, and the trigger as written.
    pub fn triggers(&self) -> impl Iterator<Item = (&str, Option<Plover>, Cameo, &str)> {
        self.senses.iter().map(|sense| {
            let pattern = &self.patterns[sense.pattern as usize];
            (pattern.id.as_str(), pattern.plover, pattern.cameo, sense.text.as_str())
        })
    }
}

#[derive(Default)]
struct Compiler<'f> {
    made: Patterns,
    lists: FxHashMap<&'f str, Vec<&'f str>>,
    shared: FxHashMap<&'f str, Vec<&'f ConditionRow>>,
    ids: FxHashMap<&'f str, ()>,
}

impl<'f> Compiler<'f> {
    fn file(&mut self, file: &'f File) -> Result<()> {
        let plover = file.plover.as_deref();
        for row in &file.patterns {
            self.row(row, plover, file.relation.is_some())
                .map_err(|error| error.with_help(format!("in pattern {}", row.id)))?;
        }
        for row in &file.operators {
            let operator = operator(&row.kind)?;
            for (class, triggers) in
                [(Class::Verb, &row.verbs), (Class::Noun, &row.nouns), (Class::Adjective, &row.adjectives)]
            {
                for text in triggers {
                    let (_, head, after, _) = self.trigger(text, class);
                    let sense = OperatorSense { operator, class, after };
                    self.made.operators.entry(head).or_default().push(sense);
                }
            }
        }
        Ok(())
    }

    fn row(&mut self, row: &'f Row, file_plover: Option<&str>, of_relations: bool) -> Result<()> {
        if self.ids.insert(&row.id, ()).is_some() {
            return Err(Error::data(format!("the id {} is used twice", row.id)));
        }
        if row.verbs.is_empty() && row.nouns.is_empty() && row.adjectives.is_empty() {
            return Err(Error::data(format!("the pattern {} has no trigger", row.id)));
        }
        let cameo = match row.cameo.as_str() {
            "" if of_relations => Cameo::STATEMENT,
            code => cameo(code)?,
        };
        let plover = match row.plover.as_deref().or(file_plover) {
            Some("statement") => None,
            Some(name) => Some(plover(name)?),
            None => cameo.plover(),
        };
        let pattern = self.made.patterns.len() as u32;
        let compiled = Pattern {
            id: row.id.clone(),
            plover,
            cameo,
            mode: match &row.mode {
                Some(name) if name == "none" => None,
                Some(name) => Some(mode(name)?),
                None => fitting(cameo.mode(), plover),
            },
            contexts: contexts(cameo, &row.context)?,
            reciprocal: row.reciprocal,
            complement: row.complement.as_deref().map(operator).transpose()?,
            needs_source: row.needs.iter().any(|slot| slot == "source"),
            needs_target: row.needs.iter().any(|slot| slot == "target"),
            only: self.conditions(&row.only)?,
            unless: self.conditions(&row.unless)?,
            when: self.refinements(row)?,
            mediator: self.paths(row.mediator.as_deref().unwrap_or(""))?,
            instrument: self.paths(row.instrument.as_deref().unwrap_or(""))?,
            beneficiary: self.paths(row.beneficiary.as_deref().unwrap_or(""))?,
            trust: row.trust as f32 / 100.0,
        };
        self.made.patterns.push(compiled);
        let verb_target = row.target.as_deref();
        let noun_target = row.noun_target.as_deref().or(verb_target);
        for (class, triggers, target) in [
            (Class::Verb, &row.verbs, verb_target),
            (Class::Noun, &row.nouns, noun_target),
            (Class::Adjective, &row.adjectives, verb_target),
        ] {
            for text in triggers.iter().flat_map(|text| spelt_out(text)) {
                let (before, head, after, ending) = self.trigger(&text, class);
                let target = match (target, ending) {
                    (Some(target), _) => self.paths(target)?,
                    (None, Some(preposition)) => vec![Path::Preposition(preposition)],
                    (None, None) => vec![Path::Object],
                };
                let source = self.paths(row.source.as_deref().unwrap_or("subject"))?;
                let sense = Sense { pattern, class, head, before, after, source, target, text };
                let index = self.made.senses.len() as u32;
                self.made.by_word.entry(sense.head).or_default().push(index);
                self.made.senses.push(sense);
            }
        }
        Ok(())
    }

    /// The parts of a trigger: words before the head, the head, words after it, and the preposition it ends in.
    fn trigger(&mut self, text: &str, class: Class) -> (Vec<Word>, Word, Vec<Extra>, Option<Word>) {
        let words: Vec<&str> = text.split([' ', '-']).filter(|word| !word.is_empty()).collect();
        let vocabulary = &mut self.made.vocabulary;
        let tail = words.iter().rev().take_while(|word| PREPOSITIONS.contains(word)).count();
        let at = match class {
            // "suspension of aid" is headed by its first noun, "hunger strike" by its last.
            Class::Noun if text.contains(" of ") => words.iter().position(|word| *word == "of").unwrap_or(1) - 1,
            Class::Noun => (words.len() - tail).saturating_sub(1),
            Class::Verb | Class::Adjective => 0,
        };
        let before = words[..at].iter().map(|word| vocabulary.add(word, Classes::ANY)).collect();
        let classes = match class {
            Class::Verb => Classes::VERB,
            Class::Noun => Classes::NOUN,
            Class::Adjective => Classes::OTHER,
        };
        let head = vocabulary.add(words.get(at).copied().unwrap_or(""), classes);
        let mut gap = false;
        let mut after = Vec::new();
        for word in words.iter().skip(at + 1) {
            if *word == "~" {
                gap = true;
                continue;
            }
            let preposition = PREPOSITIONS.contains(word);
            after.push(Extra { word: vocabulary.add(word, Classes::ANY), gap, preposition });
        }
        let ending = after.last().filter(|extra| extra.preposition && !gap).map(|extra| extra.word);
        (before, head, after, ending)
    }

    fn paths(&mut self, text: &str) -> Result<Vec<Path>> {
        let parts = text.split('|').map(str::trim).filter(|part| !part.is_empty() && *part != "none");
        parts.map(|part| self.path(part)).collect()
    }

    fn path(&mut self, name: &str) -> Result<Path> {
        Ok(match name {
            "subject" => Path::Subject,
            "object" => Path::Object,
            "second" => Path::Second,
            "possessor" => Path::Possessor,
            "modifier" => Path::Modifier,
            "complement" => Path::Complement,
            "owner" => Path::ObjectOwner,
            "inner" => Path::Inner,
            "act" => Path::Act,
            "matter" => Path::Matter,
            "self" => Path::Own,
            "predicate" => Path::Predicate,
            "apposition" => Path::Apposition,
            "clause" => Path::Clause,
            "sentence" => Path::Sentence,
            "trigger" => Path::Trigger,
            word if word.bytes().all(|byte| byte.is_ascii_lowercase()) => {
                Path::Preposition(self.made.vocabulary.add(word, Classes::OTHER))
            }
            other => return Err(Error::data(format!("there is no slot '{other}'"))),
        })
    }

    /// The row's own refinements, then the shared ones that it names.
    fn refinements(&mut self, row: &'f Row) -> Result<Vec<Condition>> {
        let mut all = self.conditions(&row.when)?;
        if let Some(name) = row.refine.as_deref() {
            let shared = self.shared.get(name).cloned();
            let shared = shared.ok_or_else(|| Error::data(format!("there is no list of refinements '{name}'")))?;
            for condition in shared {
                all.push(self.condition(condition)?);
            }
        }
        Ok(all)
    }

    fn conditions(&mut self, rows: &'f [ConditionRow]) -> Result<Vec<Condition>> {
        rows.iter().map(|row| self.condition(row)).collect()
    }

    fn condition(&mut self, row: &'f ConditionRow) -> Result<Condition> {
        let cameo = row.cameo.as_deref().map(cameo).transpose()?;
        let plover = match row.plover.as_deref() {
            Some(name) => Some(plover(name)?),
            None => None,
        };
        let mut list = Vec::new();
        for name in &row.context {
            list.push(context(name)?);
        }
        let codes = Refinement { plover, cameo, mode: row.mode.as_deref().map(mode).transpose()?, contexts: list };
        let slots = self.paths(&row.slot)?;
        Ok(Condition { slots, words: self.words(&row.words)?, head: self.words(&row.head)?, codes })
    }

    fn words(&mut self, row: &'f WordsRow) -> Result<WordSet> {
        let mut set = WordSet::default();
        for text in row.iter() {
            match text.strip_prefix('@') {
                Some(name) => {
                    let list = self.lists.get(name).cloned();
                    let list = list.ok_or_else(|| Error::data(format!("there is no word list '@{name}'")))?;
                    list.iter().for_each(|text| self.word(text, &mut set));
                }
                None => self.word(text, &mut set),
            }
        }
        set.words.sort_unstable();
        set.words.dedup();
        Ok(set)
    }

    fn word(&mut self, text: &str, set: &mut WordSet) {
        let parts = text.split([' ', '-']).filter(|part| !part.is_empty());
        let words: Vec<Word> = parts.map(|part| self.made.vocabulary.add(part, Classes::ANY)).collect();
        match words[..] {
            [] => {}
            [word] => set.words.push(word),
            _ => set.phrases.push(words),
        }
    }

    fn finish(mut self) -> Patterns {
        let senses = &self.made.senses;
        #[allow(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
        for list in self.made.by_word.values_mut() {
            list.sort_by_key(|&index| {
                let sense = &senses[index as usize];
                (std::cmp::Reverse(sense.before.len() + sense.after.len()), index)
            });
        }
        #[allow(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
        for list in self.made.operators.values_mut() {
            list.sort_by_key(|sense| std::cmp::Reverse(sense.after.len()));
        }
        self.made
    }
}

/// A trigger with alternatives written out: "open/begin ~ probe" gives "open ~ probe" and "begin ~ probe".
fn spelt_out(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for word in text.split(' ') {
        let longer = |start: &String| word.split('/').map(|part| format!("{start} {part}")).collect::<Vec<_>>();
        all = all.iter().flat_map(longer).collect();
    }
    all.iter().map(|text| text.trim_start().to_owned()).collect()
}

/// A code's mode, unless the pattern's type has no such mode.
fn fitting(mode: Option<Mode>, plover: Option<Plover>) -> Option<Mode> {
    mode.filter(|mode| plover.is_some_and(|plover| mode.belongs_to(plover)))
}

fn contexts(cameo: Cameo, names: &[String]) -> Result<Vec<Context>> {
    let mut all: Vec<Context> = cameo.contexts().collect();
    for name in names {
        let context = context(name)?;
        if !all.contains(&context) {
            all.push(context);
        }
    }
    Ok(all)
}

fn unknown(what: &str, name: &str) -> Error {
    Error::data(format!("there is no {what} '{name}'"))
}

fn plover(name: &str) -> Result<Plover> {
    Plover::from_name(name).ok_or_else(|| unknown("PLOVER type", name))
}

fn cameo(code: &str) -> Result<Cameo> {
    Cameo::new(code).ok_or_else(|| unknown("CAMEO code", code))
}

fn mode(name: &str) -> Result<Mode> {
    Mode::from_name(name).ok_or_else(|| unknown("mode", name))
}

fn context(name: &str) -> Result<Context> {
    Context::from_name(name).ok_or_else(|| unknown("context", name))
}

fn operator(name: &str) -> Result<Operator> {
    Operator::from_name(name).ok_or_else(|| unknown("operator", name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_patterns_load() {
        let patterns = Patterns::with_files(&[]).unwrap_or_else(|error| panic!("{error}"));
        assert!(patterns.is_trigger("condemned") && !patterns.is_trigger("banana"));
        for &plover in Plover::ALL {
            assert!(patterns.triggers().any(|(_, known, ..)| known == Some(plover)), "no trigger of {plover}");
        }
    }

    #[test]
    fn alternatives_and_shared_refinements_are_written_out() {
        assert_eq!(spelt_out("open/begin ~ probe"), ["open ~ probe", "begin ~ probe"]);
        let text = "plover = \"REQUEST\"\n[[refinements.asked]]\nin = \"matter\"\nwords = \"food\"\ncameo = \"0233\"\n\
                    [[pattern]]\nid = \"x\"\ncameo = \"020\"\nverbs = [\"ask/beg for\"]\nrefine = \"asked\"\n";
        let path = FilePath::new("own.toml");
        let compiled = |text: &str| {
            let file = File::from_toml(text, path).unwrap();
            Patterns::compile([(path, &file)].into_iter())
        };
        let patterns = compiled(text).unwrap();
        assert_eq!(patterns.triggers().map(|(.., text)| text.to_owned()).collect::<Vec<_>>(), ["ask for", "beg for"]);
        assert_eq!(patterns.patterns[0].when[0].codes.cameo.unwrap().as_str(), "0233");
        assert!(compiled(&text.replace("\"asked\"\n", "\"other\"\n")).is_err());
    }

    #[test]
    fn a_row_that_names_what_does_not_exist_is_refused() {
        let error = |text: &str| {
            let path = FilePath::new("own.toml");
            let file = File::from_toml(text, path)?;
            Patterns::compile([(path, &file)].into_iter())
        };
        let row = |rest: &str| format!("plover = \"AID\"\n[[pattern]]\nid = \"x\"\ncameo = \"070\"\n{rest}");
        for (rest, named) in [
            ("mode = \"loud\"\nverbs = [\"give\"]", "mode 'loud'"),
            ("target = \"Objekt\"\nverbs = [\"give\"]", "slot 'Objekt'"),
            ("verbs = [\"give\"]\nwhen = [{ in = \"object\", words = \"@none\" }]", "list '@none'"),
            ("verb = [\"give\"]", "own.toml:5"),
            ("", "no trigger"),
        ] {
            let shown = error(&row(rest)).unwrap_err().to_string();
            assert!(shown.contains(named), "{rest}: {shown}");
        }
        assert!(error(&row("verbs = [\"give\"]")).is_ok());
    }
}
