//! factwire turns English news into facts: who did what to whom, when, where, and who says so.
#![warn(missing_docs)]

pub mod analysis;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod date;
pub mod document;
pub mod entity;
pub mod error;
pub mod event;
pub mod figure;
pub mod gate;
pub mod gazetteer;
pub mod lexicon;
pub mod mention;
pub mod number;
pub mod ontology;
pub mod pattern;
pub mod pipeline;
pub mod read;
pub mod record;
pub mod relation;
pub mod resource;
pub mod span;
pub mod syntax;
pub mod table;
pub mod text;
pub mod time;
pub mod write;
