//! Pattern files as written: TOML rows, one file for each type of event. `data/events/README.md` is their manual.

use std::collections::BTreeMap;
use std::path::Path;

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use crate::error::{Error, Result};

/// One pattern file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The type of every pattern here that gives none of its own.
    pub plover: Option<String>,
    /// The relation kind of every pattern here, in files of relations; their patterns give no codes.
    pub relation: Option<String>,
    /// Word lists that conditions name with `@`.
    #[serde(default)]
    pub words: BTreeMap<String, Vec<String>>,
    /// The patterns.
    #[serde(default, rename = "pattern")]
    pub patterns: Vec<Row>,
    /// Refinements that several patterns share, each under the name that `refine` calls it by.
    #[serde(default)]
    pub refinements: BTreeMap<String, Vec<ConditionRow>>,
    /// Words that change what becomes of an act in their complement.
    #[serde(default, rename = "operator")]
    pub operators: Vec<OperatorRow>,
    /// Where all this stands; empty where the file was not read from TOML.
    #[serde(skip)]
    pub lines: Lines,
}

/// The lines, from 1, on which the parts of a file start.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// Of each pattern's id.
    pub patterns: Vec<u64>,
    /// Of each operator's kind.
    pub operators: Vec<u64>,
    /// Of each word list.
    pub words: BTreeMap<String, u64>,
    /// Of each list of refinements.
    pub refinements: BTreeMap<String, u64>,
}

/// A group of triggers that mean the same and take their participants from the same places.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Names the pattern in `explain` and in errors; unique.
    pub id: String,
    /// The type; `statement` for a bare statement; the file's when missing.
    pub plover: Option<String>,
    /// The CAMEO code; left out in files of relations only.
    #[serde(default)]
    pub cameo: String,
    /// The mode; the code's own when missing.
    pub mode: Option<String>,
    /// Contexts beside the code's own.
    #[serde(default)]
    pub context: Vec<String>,
    /// Triggers that are verbs: `ask`, `call on`, `take ~ hostage`.
    #[serde(default)]
    pub verbs: Vec<String>,
    /// Triggers that are nouns: `attack`, `hunger strike`.
    #[serde(default)]
    pub nouns: Vec<String>,
    /// Triggers that are adjectives or participles used so: `critical of`.
    #[serde(default)]
    pub adjectives: Vec<String>,
    /// Where the doer stands.
    pub source: Option<String>,
    /// Where the done-to stands, with verbs and adjectives.
    pub target: Option<String>,
    /// Where the done-to stands, with nouns; as with verbs when missing.
    pub noun_target: Option<String>,
    /// Where a mediator, instrument or beneficiary stands.
    pub mediator: Option<String>,
    /// Where the instrument stands.
    pub instrument: Option<String>,
    /// Where the beneficiary stands.
    pub beneficiary: Option<String>,
    /// Whether doer and done-to are parties of equal standing.
    #[serde(default)]
    pub reciprocal: bool,
    /// Whether its verbs always have an object, so that without one their subject is whom it befell: "two men
    /// arrested in Lima".
    #[serde(default)]
    pub transitive: bool,
    /// What the trigger does to an act in its complement, an operator's kind.
    pub complement: Option<String>,
    /// Slots that must be filled.
    #[serde(default)]
    pub needs: Vec<String>,
    /// One of these must hold.
    #[serde(default)]
    pub only: Vec<ConditionRow>,
    /// None of these may hold.
    #[serde(default)]
    pub unless: Vec<ConditionRow>,
    /// Refinements of the code: the first that holds counts.
    #[serde(default)]
    pub when: Vec<ConditionRow>,
    /// A shared list of refinements that is read after `when`.
    pub refine: Option<String>,
    /// Added to the confidence of what is found, in hundredths, for triggers that often mean something else.
    #[serde(default)]
    pub trust: i32,
    /// Sentences in which this must fire, with marked spans.
    #[serde(default, rename = "match", deserialize_with = "located")]
    pub matches: Vec<Located>,
    /// Sentences in which this must not fire.
    #[serde(default)]
    pub reject: Vec<ExampleRow>,
    /// Sentences in which this should fire but does not yet.
    #[serde(default)]
    pub gap: Vec<ExampleRow>,
}

/// What must stand where, and the codes that follow from it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionRow {
    /// The slot that is looked into; `clause` and `sentence` look everywhere.
    #[serde(rename = "in")]
    pub slot: String,
    /// Words of which one must be there; `@name` stands for a list.
    #[serde(default)]
    pub words: WordsRow,
    /// Words of which one must head the slot.
    #[serde(default)]
    pub head: WordsRow,
    /// Words that undo the condition where one of them stands anywhere in the sentence.
    #[serde(default)]
    pub except: WordsRow,
    /// The type that follows.
    pub plover: Option<String>,
    /// The code that follows.
    pub cameo: Option<String>,
    /// The mode that follows.
    pub mode: Option<String>,
    /// Contexts that follow.
    #[serde(default)]
    pub context: Vec<String>,
}

/// One word or several; `@name` stands for a list.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum WordsRow {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl Default for WordsRow {
    fn default() -> Self {
        WordsRow::Many(Vec::new())
    }
}

impl WordsRow {
    /// The words.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let words = match self {
            WordsRow::One(word) => std::slice::from_ref(word),
            WordsRow::Many(words) => words.as_slice(),
        };
        words.iter().map(String::as_str)
    }
}

/// A sentence with what must be said about it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleRow {
    /// The sentence, marked up where something is expected.
    pub text: Spanned<String>,
    /// Why it is no match, or not yet.
    pub why: String,
}

/// A sentence with its place in the file, in bytes; 0 when the place is not known.
#[derive(Clone, Debug)]
pub struct Located {
    /// The sentence, marked up.
    pub text: String,
    /// Where it starts.
    pub at: usize,
}

fn located<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Vec<Located>, D::Error> {
    let texts = Vec::<Spanned<String>>::deserialize(deserializer)?;
    Ok(texts.into_iter().map(|text| Located { at: text.span().start, text: text.into_inner() }).collect())
}

/// Words that change what becomes of an act in their complement: "plan to attack", "failed to agree".
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperatorRow {
    /// What it does; see [`super::Operator`].
    pub kind: String,
    /// Verbs that do so.
    #[serde(default)]
    pub verbs: Vec<String>,
    /// Nouns that do so.
    #[serde(default)]
    pub nouns: Vec<String>,
    /// Adjectives that do so.
    #[serde(default)]
    pub adjectives: Vec<String>,
}

impl File {
    /// Reads a pattern file written in TOML.
    ///
    /// # Errors
    /// If it is not TOML or has keys that patterns do not have; the error names line and column.
    pub fn from_toml(text: &str, path: &Path) -> Result<File> {
        let refused = |error: toml::de::Error| {
            let (line, column) = place(text, error.span().map_or(0, |span| span.start));
            Error::data(error.message()).at_path(path).at_line(line).at_column(column)
        };
        let mut file: File = toml::from_str(text).map_err(refused)?;
        let outline: Outline = toml::from_str(text).map_err(refused)?;
        file.lines = outline.lines(text);
        Ok(file)
    }
}

/// A file once more, for the places of its parts.
#[derive(Deserialize)]
struct Outline {
    #[serde(default, rename = "pattern")]
    patterns: Vec<IdRow>,
    #[serde(default, rename = "operator")]
    operators: Vec<KindRow>,
    #[serde(default)]
    words: BTreeMap<Spanned<String>, IgnoredAny>,
    #[serde(default)]
    refinements: BTreeMap<Spanned<String>, IgnoredAny>,
}

#[derive(Deserialize)]
struct IdRow {
    id: Spanned<String>,
}

#[derive(Deserialize)]
struct KindRow {
    kind: Spanned<String>,
}

impl Outline {
    fn lines(self, text: &str) -> Lines {
        let line = |name: &Spanned<String>| place(text, name.span().start).0;
        let named = |map: BTreeMap<Spanned<String>, IgnoredAny>| {
            map.into_keys().map(|name| (name.get_ref().clone(), line(&name))).collect()
        };
        Lines {
            patterns: self.patterns.iter().map(|row| line(&row.id)).collect(),
            operators: self.operators.iter().map(|row| line(&row.kind)).collect(),
            words: named(self.words),
            refinements: named(self.refinements),
        }
    }
}

/// Line and column, from 1, of a byte offset.
pub fn place(text: &str, offset: usize) -> (u64, u64) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() as u64 + 1;
    let column = before.rsplit('\n').next().map_or(0, |rest| rest.chars().count()) as u64 + 1;
    (line, column)
}
