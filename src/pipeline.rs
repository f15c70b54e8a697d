//! The one place that knows the order of the stages.

use crate::analysis::Analysis;
use crate::document::Source;
use crate::error::Result;
use crate::text;

/// Everything that is loaded once and shared by all threads: gazetteer, syntax model, patterns.
#[derive(Debug)]
pub struct Extractor {}

impl Extractor {
    /// An extractor with the built-in data.
    ///
    /// # Errors
    /// If the built-in data is damaged.
    pub fn new() -> Result<Self> {
        Ok(Self {})
    }

    /// A worker, with the scratch memory of one thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker { _extractor: self }
    }

    /// Analyses one document. For many documents on one thread, a [`Worker`] is faster.
    pub fn extract(&self, source: Source) -> Analysis {
        self.worker().extract(source)
    }
}

/// Analyses documents one after the other on one thread.
#[derive(Debug)]
pub struct Worker<'e> {
    _extractor: &'e Extractor,
}

impl Worker<'_> {
    /// Takes a document through all stages.
    pub fn extract(&mut self, source: Source) -> Analysis {
        let doc = text::document(source);
        Analysis { doc, ..Analysis::default() }
    }
}
