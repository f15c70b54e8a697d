//! Entities: what the mentions of a document refer to, one for each real-world thing.

use crate::gazetteer::EntryId;
use crate::mention::Mention;
use crate::ontology::{ActorCode, Country, EntityKind, Sector};
use crate::span::{EntityId, MentionId, Span};

/// A real-world thing of the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What kind of thing it is.
    pub kind: EntityKind,
    /// Its canonical name: the gazetteer's, or the fullest in the text.
    pub name: String,
    /// Its gazetteer entry; `None` when it was discovered in the text.
    pub entry: Option<EntryId>,
    /// Its country.
    pub country: Option<Country>,
    /// Its sector at the document's date.
    pub sector: Option<Sector>,
    /// Its actor code.
    pub code: Option<ActorCode>,
    /// The office held at the document's date.
    pub role: Option<String>,
    /// How sure the link is, from 0 to 1.
    pub confidence: f32,
}

/// The entities of a document and which mention refers to which.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entities {
    /// The entities, in the order of their first mention.
    pub entities: Vec<Entity>,
    /// The mentions, in text order.
    pub mentions: Vec<Mention>,
    /// For each mention the entity it refers to.
    pub links: Vec<EntityId>,
}

impl Entities {
    /// The entity of that id.
    pub fn get(&self, id: EntityId) -> &Entity {
        &self.entities[id.index()]
    }

    /// The entity that a mention refers to.
    pub fn of(&self, mention: MentionId) -> EntityId {
        self.links[mention.index()]
    }

    /// The mentions inside a span, in text order.
    pub fn within(&self, span: Span) -> impl Iterator<Item = (MentionId, &Mention)> {
        let mentions = self.mentions.iter().enumerate();
        mentions.filter(move |(_, mention)| span.contains(mention.span)).map(|(index, mention)| (index.into(), mention))
    }
}
