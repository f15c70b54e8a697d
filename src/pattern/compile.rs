//! From rows to what the matcher runs on: interned words, paths, codes that exist.

use std::path::{Path as FilePath, PathBuf};

use rustc_hash::FxHashMap;

use super::file::{ConditionRow, File, OperatorRow, Row, WordsRow};
use super::operator::Operator;
use super::rule::{
    Class, Condition, Extra, List, OperatorSense, Path, Pattern, Patterns, Refinement, Run, Sense, WordSet,
};
use super::vocabulary::{Builder, Classes, Word};
use crate::error::{Error, Result};
use crate::ontology::{Cameo, Context, Mode, Plover, RelationKind};

/// Prepositions that may end a verb trigger and then introduce its target.
const PREPOSITIONS: &[&str] = &[
    "about", "across", "after", "against", "amid", "among", "at", "before", "behind", "between", "by", "during", "for",
    "from", "in", "inside", "into", "of", "on", "onto", "over", "through", "to", "toward", "towards", "under", "upon",
    "with", "within", "without",
];

/// Lists of relation files that code reads, each for its own kind: several files may have them.
const RELATION_LISTS: &[&str] = &[
    "compound_subjects",
    "compound_objects",
    "top_offices",
    "body_offices",
    "town_offices",
    "partisans",
    "bodies",
    "against_groups",
    "place_nouns",
];

impl Patterns {
    /// The patterns of these files, of events and of relations, each with the path that errors are to name.
    ///
    /// # Errors
    /// All that is wrong: rows that name a code, slot or list that does not exist, ids and lists given twice, triggers
    /// that cannot be read. At least one.
    pub fn compile<'f>(
        files: impl Iterator<Item = (&'f FilePath, &'f File)>,
    ) -> std::result::Result<Patterns, Vec<Error>> {
        let files: Vec<_> = files.collect();
        let mut compiler = Compiler::default();
        compiler.made.sets.push(WordSet::default());
        for &(path, file) in &files {
            compiler.names(path, file);
        }
        for &(path, file) in &files {
            compiler.file(path, file);
        }
        compiler.finish()
    }
}

/// Where a name is given, for messages.
#[derive(Clone, Debug)]
struct Place {
    path: PathBuf,
    line: Option<u64>,
}

impl Place {
    fn new(path: &FilePath, line: Option<u64>) -> Self {
        Self { path: path.to_owned(), line }
    }

    fn of(&self, error: Error) -> Error {
        let error = error.at_path(&self.path);
        match self.line {
            Some(line) => error.at_line(line),
            None => error,
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.path.display())?;
        self.line.map_or(Ok(()), |line| write!(f, ":{line}"))
    }
}

/// The error of a name given in two places. It names that of the two whose line is known: the user's.
fn twice(what: &str, place: Place, first: &Place, help: &str) -> Error {
    let (here, there) = if place.line.is_none() { (first, &place) } else { (&place, first) };
    here.of(Error::data(format!("{what} is already in {there}")).with_help(help))
}

/// Word lists and shared refinements belong to events or to relations; the two do not see each other's.
type Named<'f, T> = FxHashMap<(bool, &'f str), (Place, T)>;

#[derive(Default)]
struct Compiler<'f> {
    made: Patterns,
    words: Builder,
    lists: Named<'f, &'f [String]>,
    shared: Named<'f, &'f [ConditionRow]>,
    ids: FxHashMap<&'f str, Place>,
    sets: FxHashMap<WordSet, u32>,
    /// Whether the file at hand tells relations.
    of_relations: bool,
    errors: Vec<Error>,
}

impl<'f> Compiler<'f> {
    /// Takes in the lists and refinements of a file, which any other may call.
    fn names(&mut self, path: &FilePath, file: &'f File) {
        let of_relations = file.relation.is_some();
        for (name, words) in &file.words {
            if of_relations && RELATION_LISTS.contains(&name.as_str()) {
                continue;
            }
            let place = Place::new(path, file.lines.words.get(name).copied());
            if let Some((first, _)) = self.lists.get(&(of_relations, name.as_str())) {
                let help = "rename one, or write all its words in one place";
                self.errors.push(twice(&format!("the word list '{name}'"), place, first, help));
            } else {
                self.lists.insert((of_relations, name), (place, words));
            }
        }
        for (name, conditions) in &file.refinements {
            let place = Place::new(path, file.lines.refinements.get(name).copied());
            if let Some((first, _)) = self.shared.get(&(of_relations, name.as_str())) {
                let help = "rename one, or write all of them in one place";
                self.errors.push(twice(&format!("the list of refinements '{name}'"), place, first, help));
            } else {
                self.shared.insert((of_relations, name), (place, conditions));
            }
        }
    }

    fn file(&mut self, path: &FilePath, file: &'f File) {
        let relation = match file.relation.as_deref().map(relation).transpose() {
            Ok(relation) => relation,
            Err(error) => return self.errors.push(error.at_path(path)),
        };
        self.of_relations = relation.is_some();
        for (index, row) in file.patterns.iter().enumerate() {
            let place = Place::new(path, file.lines.patterns.get(index).copied());
            if let Some(first) = self.ids.get(row.id.as_str()) {
                let help = "give every pattern an id of its own";
                self.errors.push(twice(&format!("the id {}", row.id), place, first, help));
                continue;
            }
            if let Err(error) = self.row(row, file.plover.as_deref(), relation) {
                self.errors.push(place.of(error.in_context(&format!("pattern {}", row.id))));
            }
            self.ids.insert(&row.id, place);
        }
        for (index, row) in file.operators.iter().enumerate() {
            if let Err(error) = self.operator(row) {
                self.errors.push(Place::new(path, file.lines.operators.get(index).copied()).of(error));
            }
        }
        if let Some(relation) = relation {
            for (name, words) in file.words.iter().filter(|(name, _)| RELATION_LISTS.contains(&name.as_str())) {
                self.made.lists.push(List { relation, name: name.clone(), words: words.clone() });
            }
        }
    }

    fn operator(&mut self, row: &'f OperatorRow) -> Result<()> {
        let operator = operator(&row.kind)?;
        for (class, triggers) in
            [(Class::Verb, &row.verbs), (Class::Noun, &row.nouns), (Class::Adjective, &row.adjectives)]
        {
            for text in triggers.iter().map(|text| spelt_out(text)).collect::<Result<Vec<_>>>()?.iter().flatten() {
                let trigger = self.trigger(text, class);
                let after = self.extras(&trigger.after);
                self.made.operators.push(OperatorSense { operator, class, head: trigger.head, after });
            }
        }
        Ok(())
    }

    fn row(&mut self, row: &'f Row, file_plover: Option<&str>, relation: Option<RelationKind>) -> Result<()> {
        if row.verbs.is_empty() && row.nouns.is_empty() && row.adjectives.is_empty() {
            return Err(Error::data("no trigger").with_help("list words under verbs, nouns or adjectives"));
        }
        let cameo = match row.cameo.as_str() {
            "" if relation.is_some() => Cameo::STATEMENT,
            "" => return Err(Error::data("no CAMEO code").with_help("add cameo = \"…\"")),
            code => cameo(code)?,
        };
        let plover = match row.plover.as_deref().or(file_plover) {
            Some("statement") => None,
            Some(name) => Some(plover(name)?),
            None => cameo.plover(),
        };
        let compiled = Pattern {
            id: row.id.clone(),
            relation,
            plover,
            cameo,
            mode: match &row.mode {
                Some(name) if name == "none" => None,
                Some(name) => Some(mode(name)?),
                None => fitting(cameo.mode(), plover),
            },
            contexts: contexts(cameo, &row.context)?,
            reciprocal: row.reciprocal,
            transitive: row.transitive,
            complement: row.complement.as_deref().map(operator).transpose()?,
            needs_source: needs(row, "source")?,
            needs_target: needs(row, "target")?,
            only: self.conditions(&row.only)?,
            unless: self.conditions(&row.unless)?,
            when: self.refinements(row)?,
            mediator: self.paths(row.mediator.as_deref().unwrap_or(""))?,
            instrument: self.paths(row.instrument.as_deref().unwrap_or(""))?,
            beneficiary: self.paths(row.beneficiary.as_deref().unwrap_or(""))?,
            trust: row.trust,
        };
        self.made.patterns.push(compiled);
        let verb_target = row.target.as_deref();
        let noun_target = row.noun_target.as_deref().or(verb_target);
        for (class, triggers, target) in [
            (Class::Verb, &row.verbs, verb_target),
            (Class::Noun, &row.nouns, noun_target),
            (Class::Adjective, &row.adjectives, verb_target),
        ] {
            for text in triggers {
                for text in spelt_out(text)? {
                    self.sense(&text, class, row.source.as_deref(), target)?;
                }
            }
        }
        Ok(())
    }

    /// A trigger of the newest pattern.
    fn sense(&mut self, text: &str, class: Class, source: Option<&str>, target: Option<&str>) -> Result<()> {
        let trigger = self.trigger(text, class);
        let target = match (target, trigger.ending) {
            (Some(target), _) => self.paths(target)?,
            (None, Some(preposition)) => vec![Path::Preposition(preposition)],
            (None, None) => vec![Path::Object],
        };
        let source = self.paths(source.unwrap_or("subject"))?;
        let (before, letters) = (self.made.before.len(), self.made.texts.len());
        self.made.before.extend(trigger.before);
        self.made.texts.push_str(text);
        let sense = Sense {
            pattern: self.made.patterns.len() as u32 - 1,
            class,
            head: trigger.head,
            before: Run::since(before, self.made.before.len()),
            after: self.extras(&trigger.after),
            source: self.interned_paths(source),
            target: self.interned_paths(target),
            text: Run::since(letters, self.made.texts.len()),
        };
        self.made.senses.push(sense);
        Ok(())
    }

    fn extras(&mut self, extras: &[Extra]) -> Run {
        let start = self.made.extras.len();
        self.made.extras.extend_from_slice(extras);
        Run::since(start, self.made.extras.len())
    }

    fn interned_paths(&mut self, paths: Vec<Path>) -> u32 {
        let known = self.made.paths.iter().position(|known| *known == paths);
        known.unwrap_or_else(|| {
            self.made.paths.push(paths);
            self.made.paths.len() - 1
        }) as u32
    }

    fn trigger(&mut self, text: &str, class: Class) -> TriggerWords {
        let words: Vec<&str> = text.split([' ', '-']).filter(|word| !word.is_empty()).collect();
        let tail = words.iter().rev().take_while(|word| PREPOSITIONS.contains(word)).count();
        let at = match class {
            // "suspension of aid" is headed by its first noun, "hunger strike" by its last.
            Class::Noun if text.contains(" of ") => {
                words.iter().position(|word| *word == "of").unwrap_or(1).saturating_sub(1)
            }
            Class::Noun => (words.len() - tail).saturating_sub(1),
            Class::Verb | Class::Adjective => 0,
        };
        let before = words[..at].iter().map(|word| self.words.add(word, Classes::ANY)).collect();
        let classes = match class {
            Class::Verb => Classes::VERB,
            Class::Noun => Classes::NOUN,
            Class::Adjective => Classes::OTHER,
        };
        let head = self.words.add(words.get(at).copied().unwrap_or(""), classes);
        let mut gap = false;
        let mut after = Vec::new();
        for word in words.iter().skip(at + 1) {
            if *word == "~" {
                gap = true;
                continue;
            }
            let preposition = PREPOSITIONS.contains(word);
            after.push(Extra { word: self.words.add(word, Classes::ANY), gap, preposition });
        }
        let ending = after.last().filter(|extra| extra.preposition && !gap).map(|extra| extra.word);
        TriggerWords { before, head, after, ending }
    }

    fn paths(&mut self, text: &str) -> Result<Vec<Path>> {
        let parts = text.split('|').map(str::trim).filter(|part| !part.is_empty() && *part != "none");
        parts.map(|part| self.path(part)).collect()
    }

    fn path(&mut self, name: &str) -> Result<Path> {
        if let Some(&(_, path)) = Path::NAMED.iter().find(|(known, _)| *known == name) {
            return Ok(path);
        }
        if name.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Ok(Path::Preposition(self.words.add(name, Classes::OTHER)));
        }
        let names: Vec<&str> = Path::NAMED.iter().map(|(name, _)| *name).collect();
        let help = format!("slots are {}, or any preposition", names.join(", "));
        Err(Error::data(format!("there is no slot '{name}'")).with_help(help))
    }

    /// The row's own refinements, then the shared ones that it names.
    fn refinements(&mut self, row: &'f Row) -> Result<Vec<Condition>> {
        let mut all = self.conditions(&row.when)?;
        if let Some(name) = row.refine.as_deref() {
            let shared = self.shared.get(&(self.of_relations, name)).map(|(_, conditions)| *conditions);
            let shared = shared.ok_or_else(|| Error::data(format!("there is no list of refinements '{name}'")))?;
            all.extend(self.conditions(shared)?);
        }
        Ok(all)
    }

    fn conditions(&mut self, rows: &'f [ConditionRow]) -> Result<Vec<Condition>> {
        rows.iter().map(|row| self.condition(row)).collect()
    }

    fn condition(&mut self, row: &'f ConditionRow) -> Result<Condition> {
        let cameo = row.cameo.as_deref().map(cameo).transpose()?;
        let plover = row.plover.as_deref().map(plover).transpose()?;
        let contexts = row.context.iter().map(|name| context(name)).collect::<Result<_>>()?;
        let codes = Refinement { plover, cameo, mode: row.mode.as_deref().map(mode).transpose()?, contexts };
        let slots = self.paths(&row.slot)?;
        if slots.is_empty() {
            return Err(Error::data("a condition looks nowhere").with_help("name a slot: in = \"object\""));
        }
        let [words, head, except] = [&row.words, &row.head, &row.except].map(|row| self.set(row));
        Ok(Condition { slots, words: words?, head: head?, except: except?, codes })
    }

    fn set(&mut self, row: &'f WordsRow) -> Result<u32> {
        let mut set = WordSet::default();
        for text in row.iter() {
            match text.strip_prefix('@') {
                Some(name) => {
                    let list = self.lists.get(&(self.of_relations, name)).map(|(_, words)| *words);
                    let list = list.ok_or_else(|| Error::data(format!("there is no word list '@{name}'")))?;
                    for text in list {
                        self.word(text, &mut set)?;
                    }
                }
                None => self.word(text, &mut set)?,
            }
        }
        set.words.sort_unstable();
        set.words.dedup();
        if set.is_empty() {
            return Ok(0);
        }
        Ok(*self.sets.entry(set).or_insert_with_key(|set| {
            self.made.sets.push(set.clone());
            self.made.sets.len() as u32 - 1
        }))
    }

    fn word(&mut self, text: &str, set: &mut WordSet) -> Result<()> {
        if text.contains(['/', '~', '@']) {
            let error = Error::data(format!("'{text}' is no word or phrase"));
            return Err(error.with_help("/ and ~ are for triggers only: write each word by itself"));
        }
        let parts = text.split([' ', '-']).filter(|part| !part.is_empty());
        let words: Vec<Word> = parts.map(|part| self.words.add(part, Classes::ANY)).collect();
        match words[..] {
            [] => {}
            [word] => set.words.push(word),
            _ => set.phrases.push(words),
        }
        Ok(())
    }

    fn finish(mut self) -> std::result::Result<Patterns, Vec<Error>> {
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        self.made.vocabulary = self.words.finish();
        Ok(self.made.index())
    }
}

/// The parts of a trigger.
struct TriggerWords {
    /// Words before the head.
    before: Vec<Word>,
    head: Word,
    /// Words after it.
    after: Vec<Extra>,
    /// The preposition it ends in, which then introduces its target.
    ending: Option<Word>,
}

/// A trigger with alternatives written out: "open/begin ~ probe" gives "open ~ probe" and "begin ~ probe".
///
/// # Errors
/// If an alternative is missing, or a preposition is joined with a word of another kind: in "take over/control of" the
/// sign would join "over" with "control" and make a trigger "take over of" that nobody meant.
fn spelt_out(text: &str) -> Result<Vec<String>> {
    let mut all = vec![String::new()];
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let parts: Vec<&str> = word.split('/').collect();
        if parts.iter().any(|part| part.is_empty() || *part == "~") && parts.len() > 1 {
            let error = Error::data(format!("an alternative is missing in '{text}'"));
            return Err(error.with_help("write the words on both sides of / without spaces"));
        }
        let prepositions = parts.iter().filter(|part| PREPOSITIONS.contains(part)).count();
        if prepositions > 0 && prepositions < parts.len() {
            let error = Error::data(format!("'{word}' in '{text}' joins a preposition with another word"));
            return Err(error.with_help("/ joins single words; write the triggers out one by one"));
        }
        let longer = |start: &String| parts.iter().map(|part| format!("{start} {part}")).collect::<Vec<_>>();
        all = all.iter().flat_map(longer).collect();
    }
    Ok(all.iter().map(|text| text.trim_start().to_owned()).collect())
}

/// Whether a row needs the slot; it can need no other than source and target.
fn needs(row: &Row, slot: &str) -> Result<bool> {
    match row.needs.iter().find(|name| !matches!(name.as_str(), "source" | "target")) {
        Some(other) => Err(Error::data(format!("a pattern cannot need '{other}'")).with_help("write source or target")),
        None => Ok(row.needs.iter().any(|name| name == slot)),
    }
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

fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    format!("write one of {}", names.collect::<Vec<_>>().join(", "))
}

fn unknown(what: &str, name: &str) -> Error {
    Error::data(format!("there is no {what} '{name}'"))
}

fn relation(name: &str) -> Result<RelationKind> {
    let names = || listed(RelationKind::ALL.iter().map(|kind| kind.name()));
    RelationKind::from_name(name).ok_or_else(|| unknown("relation kind", name).with_help(names()))
}

fn plover(name: &str) -> Result<Plover> {
    let names = || listed(Plover::ALL.iter().map(|plover| plover.name()).chain(["statement"]));
    Plover::from_name(name).ok_or_else(|| unknown("PLOVER type", name).with_help(names()))
}

fn cameo(code: &str) -> Result<Cameo> {
    Cameo::new(code).ok_or_else(|| unknown("CAMEO code", code).with_help("the codes are in data/ontology/cameo.csv"))
}

fn mode(name: &str) -> Result<Mode> {
    Mode::from_name(name)
        .ok_or_else(|| unknown("mode", name).with_help(listed(Mode::ALL.iter().map(|mode| mode.name()))))
}

fn context(name: &str) -> Result<Context> {
    let names = || listed(Context::ALL.iter().map(|context| context.name()));
    Context::from_name(name).ok_or_else(|| unknown("context", name).with_help(names()))
}

fn operator(name: &str) -> Result<Operator> {
    let names = || listed(Operator::ALL.iter().map(|operator| operator.name()));
    Operator::from_name(name).ok_or_else(|| unknown("operator", name).with_help(names()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_and_shared_refinements_are_written_out() {
        assert_eq!(spelt_out("open/begin ~ probe").unwrap(), ["open ~ probe", "begin ~ probe"]);
        let text = "plover = \"REQUEST\"\n[[refinements.asked]]\nin = \"matter\"\nwords = \"food\"\ncameo = \"0233\"\n\
                    [[pattern]]\nid = \"x\"\ncameo = \"020\"\nverbs = [\"ask/beg for\"]\nrefine = \"asked\"\n";
        let path = FilePath::new("own.toml");
        let compiled = |text: &str| {
            let file = File::from_toml(text, path).unwrap();
            Patterns::compile([(path, &file)].into_iter())
        };
        let patterns = compiled(text).unwrap();
        assert_eq!(patterns.triggers().map(|trigger| trigger.text).collect::<Vec<_>>(), ["ask for", "beg for"]);
        assert_eq!(patterns.patterns[0].when[0].codes.cameo.unwrap().as_str(), "0233");
        assert!(compiled(&text.replace("\"asked\"\n", "\"other\"\n")).is_err());
    }

    #[test]
    fn every_wrong_row_is_named_with_its_line() {
        let errors = |text: &str| {
            let path = FilePath::new("own.toml");
            match File::from_toml(text, path) {
                Ok(file) => Patterns::compile([(path, &file)].into_iter()).err().unwrap_or_default(),
                Err(error) => vec![error],
            }
        };
        let row = |rest: &str| format!("plover = \"AID\"\n\n[[pattern]]\nid = \"x\"\ncameo = \"070\"\n{rest}");
        for (rest, named) in [
            ("mode = \"loud\"\nverbs = [\"give\"]", "own.toml:4: pattern x: there is no mode 'loud'; write one of"),
            ("target = \"Objekt\"\nverbs = [\"give\"]", "slot 'Objekt'"),
            ("verbs = [\"give\"]\nwhen = [{ in = \"object\", words = \"@none\" }]", "list '@none'"),
            ("verbs = [\"give\"]\nwhen = [{ in = \"object\", words = \"food/water\" }]", "'food/water' is no word"),
            ("verb = [\"give\"]", "own.toml:6"),
            ("", "no trigger"),
            ("verbs = [\"give/ send\"]", "an alternative is missing"),
            ("verbs = [\"take over/control of\"]", "joins a preposition"),
            ("verbs = [\"give\"]\nneeds = [\"object\"]", "cannot need 'object'"),
        ] {
            let shown = errors(&row(rest)).first().map(ToString::to_string).unwrap_or_default();
            assert!(shown.contains(named), "{rest}: {shown}");
        }
        let good = row("verbs = [\"give\"]\n");
        assert_eq!(errors(&good).len(), 0);
        let two =
            format!("{good}[[pattern]]\nid = \"x\"\ncameo = \"070\"\nverbs = [\"send\"]\n[[pattern]]\nid = \"y\"\n");
        let shown: Vec<_> = errors(&two).iter().map(ToString::to_string).collect();
        assert_eq!(shown.len(), 2, "{shown:?}");
        assert!(shown[0].starts_with("own.toml:8: the id x is already in own.toml:4"), "{shown:?}");
    }

    #[test]
    fn a_list_name_may_be_used_once_only() {
        let text = "[words]\nfood = [\"bread\"]\n";
        let file = |path: &str| File::from_toml(text, FilePath::new(path)).unwrap();
        let (one, two) = (file("one.toml"), file("two.toml"));
        let files = [(FilePath::new("one.toml"), &one), (FilePath::new("two.toml"), &two)];
        let errors = Patterns::compile(files.into_iter()).unwrap_err();
        assert!(
            errors[0].to_string().starts_with("two.toml:2: the word list 'food' is already in one.toml:2"),
            "{errors:?}"
        );
    }
}
