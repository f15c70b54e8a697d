//! Patterns: which words tell which kind of event, and where its participants stand.
//!
//! In: pattern files (`data/events/*.toml`, compiled into the program) and a sentence's tree. Out: [`Match`]es, each a
//! trigger with its fillers. Negation, modality, attribution and what a governing verb makes of an act are code in the
//! event stage and apply to every pattern alike.

#[cfg(test)]
mod alive;
mod compile;
mod example;
mod file;
mod inflect;
mod matcher;
mod operator;
mod tree;
mod vocabulary;

pub use compile::Patterns;
pub use example::{Example, Expected};
pub use file::{ConditionRow, ExampleRow, File, Located, OperatorRow, Row, place};
pub use matcher::{Codes, Filler, Match};
pub use operator::Operator;
pub use tree::{Lookup, Tree};
