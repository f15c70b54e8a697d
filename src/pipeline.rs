//! The one place that knows the order of the stages.

use crate::analysis::Analysis;
use crate::document::Source;
use crate::error::Result;
use crate::gate::Gate;
use crate::gazetteer::Gazetteer;
use crate::pattern::Patterns;
use crate::syntax::Syntax;
use crate::{entity, event, mention, text};

/// Everything that is loaded once and shared by all threads: gazetteer, syntax model, patterns.
#[derive(Debug)]
pub struct Extractor {
    gazetteer: Gazetteer,
    patterns: Patterns,
}

impl Extractor {
    /// An extractor with the built-in data.
    ///
    /// # Errors
    /// If the built-in data is damaged.
    pub fn new() -> Result<Self> {
        Ok(Self { gazetteer: Gazetteer::builtin(), patterns: Patterns::builtin() })
    }

    /// The names it knows.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// The event patterns it applies.
    pub fn patterns(&self) -> &Patterns {
        &self.patterns
    }

    /// A worker, with the scratch memory of one thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker {
            extractor: self,
            gate: Gate::new(&self.patterns, &self.gazetteer),
        }
    }

    /// Analyses one document. For many documents on one thread, a [`Worker`] is faster.
    pub fn extract(&self, source: Source) -> Analysis {
        self.worker().extract(source)
    }
}

/// Analyses documents one after the other on one thread.
#[derive(Debug)]
pub struct Worker<'e> {
    extractor: &'e Extractor,
    gate: Gate<'e>,
}

impl Worker<'_> {
    /// Takes a document through all stages.
    pub fn extract(&mut self, source: Source) -> Analysis {
        let Extractor { gazetteer, patterns, .. } = self.extractor;
        let doc = text::document(source);
        let hits = gazetteer.find(&doc);
        let syntax = Syntax::unread(&doc);
        let _open = self.gate.open(&doc, &hits, |_| false);
        let (times, mut figures) = (Vec::new(), Vec::new());
        let mentions = mention::find(&doc, &syntax, &hits, gazetteer);
        let entities = entity::resolve(&doc, &syntax, mentions, gazetteer);

        let input = event::Input {
            doc: &doc,
            syntax: &syntax,
            entities: &entities,
            times: &times,
            figures: &figures,
            patterns,
            gazetteer,
        };
        let mut events = event::merge(event::extract(&input));
        let relations = Vec::new();
        event::link_figures(&mut figures, &mut events, &entities);
        Analysis { doc, hits, syntax, times, figures, entities, events, relations }
    }
}
