//! A document with everything that was found in it, layer upon layer.

use crate::document::Document;
use crate::entity::Entities;
use crate::event::Event;
use crate::figure::Figure;
use crate::gazetteer::Hits;
use crate::relation::Relation;
use crate::syntax::Syntax;
use crate::time::TimeExpression;

/// The document and all its layers; each points only at those before it.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// Text, sentences, tokens.
    pub doc: Document,
    /// Listed names.
    pub hits: Hits,
    /// Word classes and trees of the sentences that were read.
    pub syntax: Syntax,
    /// Time expressions, in text order.
    pub times: Vec<TimeExpression>,
    /// Figures, in text order.
    pub figures: Vec<Figure>,
    /// Entities and mentions.
    pub entities: Entities,
    /// Events, in the order of their triggers.
    pub events: Vec<Event>,
    /// Standing relations, in text order.
    pub relations: Vec<Relation>,
}
