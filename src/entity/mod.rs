//! Entities: what the mentions of a document refer to, one for each real-world thing.

mod actor_code;
mod description;
mod disambiguate;
mod name;
mod office;
mod owner;
mod pronoun;
mod resolver;

pub use actor_code::{actor, code_of};

use crate::document::Document;
use crate::gazetteer::{EntryId, Gazetteer};
use crate::mention::Mention;
use crate::ontology::{ActorCode, Country, EntityKind, Sector};
use crate::span::{EntityId, MentionId, Span, TokenId};
use crate::syntax::Syntax;

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
    /// What plural mentions stand for, where that is known, by mention: both countries for "both sides".
    pub members: Vec<(MentionId, EntityId)>,
}

/// How many mentions back one may begin that still holds a token: bounds the work on a sentence without end.
const NEAR: usize = 64;

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
        let first = self.mentions.partition_point(|mention| mention.span.start() < span.start());
        let from =
            self.mentions[first..].iter().enumerate().take_while(move |(_, mention)| mention.span.start() < span.end());
        let inside = from.filter(move |(_, mention)| mention.span.end() <= span.end());
        inside.map(move |(index, mention)| ((first + index).into(), mention))
    }

    /// The entities that a mention stands for: several for "both sides", else the one it refers to.
    pub fn members(&self, mention: MentionId) -> impl Iterator<Item = EntityId> + '_ {
        let first = self.members.partition_point(|(id, _)| *id < mention);
        let several = self.members[first..].iter().take_while(move |(id, _)| *id == mention).map(|&(_, entity)| entity);
        let one = self.members.get(first).is_none_or(|(id, _)| *id != mention);
        several.chain(one.then(|| self.of(mention)))
    }

    /// The mentions that hold a token, the longest first.
    pub fn around(&self, token: TokenId) -> impl Iterator<Item = (MentionId, &Mention)> {
        let end = self.mentions.partition_point(|mention| mention.tokens.start <= token.0);
        let start = end.saturating_sub(NEAR);
        let near = self.mentions[start..end].iter().enumerate();
        near.filter(move |(_, mention)| mention.tokens.contains(&token.0))
            .map(move |(index, mention)| ((start + index).into(), mention))
    }
}

/// Decides what each mention refers to. A mention that is not sure to refer to anything is dropped.
pub fn resolve(doc: &Document, syntax: &Syntax, mentions: Vec<Mention>, gazetteer: &Gazetteer) -> Entities {
    let mut resolver = resolver::Resolver::new(doc, syntax, gazetteer, mentions);
    disambiguate::count_countries(&mut resolver);
    name::link(&mut resolver);
    description::link(&mut resolver);
    pronoun::link(&mut resolver);
    resolver.finish()
}
