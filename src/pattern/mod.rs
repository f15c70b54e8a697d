//! Patterns: which words tell which kind of event or relation, and where its participants stand.
//!
//! In: pattern files (`data/events/*.toml` and `data/relations/*.toml`, compiled into the program, and a user's own) and
//! a sentence's tree. Out: [`Match`]es, each a trigger with its fillers. Negation, modality, attribution and what a
//! governing verb makes of an act are code in the event stage and apply to every pattern alike.

#[cfg(test)]
mod alive;
mod builtin;
mod compile;
mod condition;
mod example;
mod file;
mod image;
mod inflect;
mod lookup;
mod matcher;
mod operator;
mod rule;
mod slot;
mod tree;
mod vocabulary;

pub use example::{Example, Expected};
pub use file::{ConditionRow, ExampleRow, File, Lines, Located, OperatorRow, Row, WordsRow, place};
pub use lookup::{Lookup, Presence};
pub use matcher::{Codes, Filler, Match};
pub use operator::Operator;
pub use rule::{Domain, Patterns, Trigger};
pub use tree::Tree;
