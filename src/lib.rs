//! factwire turns English news into facts.
pub mod document;
pub mod error;
pub mod ontology;
pub mod span;
pub mod syntax;
