//! The state of one document's resolution: mentions, the entities made so far, and who was mentioned when.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::{Entities, Entity};
use crate::document::Document;
use crate::gazetteer::{EntryId, Gazetteer};
use crate::mention::Mention;
use crate::ontology::{ActorCode, Country, EntityKind, MentionForm, Sector};
use crate::span::EntityId;
use crate::syntax::{Deprel, Syntax};

pub(super) struct Resolver<'a> {
    pub doc: &'a Document,
    pub syntax: &'a Syntax,
    pub gazetteer: &'a Gazetteer,
    pub date: Option<Date>,
    pub mentions: Vec<Mention>,
    /// For each mention its entity, once known.
    pub links: Vec<Option<EntityId>>,
    pub entities: Vec<Entity>,
    by_entry: FxHashMap<EntryId, EntityId>,
    /// How often each country is named or implied, without doubtful names; sorted by country.
    pub countries: Vec<(Country, u32)>,
    /// For plural mentions that stand for several entities: the mention's index and each of them.
    pub members: Vec<(usize, EntityId)>,
}

impl<'a> Resolver<'a> {
    pub fn new(doc: &'a Document, syntax: &'a Syntax, gazetteer: &'a Gazetteer, mentions: Vec<Mention>) -> Self {
        let links = vec![None; mentions.len()];
        let date = doc.source.date;
        let (entities, by_entry, countries, members) = Default::default();
        Self { doc, syntax, gazetteer, date, mentions, links, entities, by_entry, countries, members }
    }

    pub fn text(&self, index: usize) -> &'a str {
        self.doc.slice(self.mentions[index].span)
    }

    /// The name without titles.
    pub fn name(&self, index: usize) -> &'a str {
        let mention = &self.mentions[index];
        self.doc.slice(mention.traits.name.unwrap_or(mention.span))
    }

    pub fn add(&mut self, entity: Entity) -> EntityId {
        self.entities.push(entity);
        EntityId::from(self.entities.len() - 1)
    }

    /// The entity of a listed thing, made when it is first needed.
    pub fn listed(&mut self, entry: EntryId, confidence: f32) -> EntityId {
        if let Some(&id) = self.by_entry.get(&entry) {
            let known = &mut self.entities[id.index()];
            known.confidence = known.confidence.max(confidence);
            return id;
        }
        let listed = self.gazetteer.entry(entry);
        let mut entity = Entity {
            kind: listed.kind,
            name: listed.name.to_owned(),
            entry: Some(entry),
            country: listed.country,
            sector: listed.sector,
            code: listed.code,
            role: None,
            confidence,
        };
        if listed.kind == EntityKind::Person {
            super::office::at_date(self, entry, &mut entity);
        }
        if entity.code.is_none() {
            entity.code = ActorCode::new(entity.country, entity.sector);
        }
        let id = self.add(entity);
        self.by_entry.insert(entry, id);
        id
    }

    /// The entity of a listed thing, if the document has it already.
    pub fn known(&self, entry: EntryId) -> Option<EntityId> {
        self.by_entry.get(&entry).copied()
    }

    /// A new entity for what the mention says and nothing lists.
    pub fn discovered(&mut self, index: usize, name: &str, confidence: f32) -> EntityId {
        let traits = &self.mentions[index].traits;
        let kind = traits.kind.unwrap_or(EntityKind::Organisation);
        let (country, sector, role) = (traits.country, traits.sector, traits.role.clone());
        let (country, sector, code) = self.owned(index, country, sector);
        let country = country.or_else(|| self.domestic(index));
        let code = code.or_else(|| if is_actor(kind) { ActorCode::new(country, sector) } else { None });
        self.add(Entity { kind, name: name.to_owned(), entry: None, country, sector, code, role, confidence })
    }

    /// The country whose parliament, court, army or police a bare "the parliament" is, where the story names one country
    /// only.
    fn domestic(&self, index: usize) -> Option<Country> {
        let mention = &self.mentions[index];
        let traits = &mention.traits;
        let state = [Sector::Government, Sector::Legislature, Sector::Judiciary, Sector::Military, Sector::Police];
        let institution = mention.form == MentionForm::Description
            && traits.kind == Some(EntityKind::Organisation)
            && traits.organisation.is_none()
            && !traits.plural
            && traits.sector.is_some_and(|sector| state.contains(&sector));
        let indefinite = self
            .word_before(index)
            .is_some_and(|word| word.eq_ignore_ascii_case("a") || word.eq_ignore_ascii_case("an"));
        match self.countries.as_slice() {
            [(country, _)] if institution && !indefinite => Some(*country),
            _ => None,
        }
    }

    /// Country, sector and code of what belongs to an organisation: "Hamas fighters" have those of Hamas.
    fn owned(
        &self,
        index: usize,
        country: Option<Country>,
        sector: Option<Sector>,
    ) -> (Option<Country>, Option<Sector>, Option<ActorCode>) {
        let Some(organisation) = self.mentions[index].traits.organisation else { return (country, sector, None) };
        let owner = self.gazetteer.entry(organisation);
        let sector = match sector {
            Some(Sector::UnidentifiedArmed | Sector::Government) | None => owner.sector.or(sector),
            own => own,
        };
        let country = country.or(owner.country);
        let code =
            if country.is_none() || owner.code.is_some_and(|code| code.sector().is_none()) { owner.code } else { None };
        (country, sector, code)
    }

    /// Links a mention, and gives its entity what the mention says and the entity does not know yet.
    pub fn link(&mut self, index: usize, id: EntityId) {
        self.links[index] = Some(id);
        let traits = &self.mentions[index].traits;
        let entity = &mut self.entities[id.index()];
        if entity.kind != EntityKind::Person || traits.kind != Some(EntityKind::Person) {
            return;
        }
        let said = traits.role.is_some() && entity.entry.is_none();
        if said && entity.role.is_none() {
            entity.role.clone_from(&traits.role);
        }
        if entity.entry.is_none() {
            entity.country = entity.country.or(traits.country);
            entity.sector = entity.sector.or(traits.sector);
            entity.code = ActorCode::new(entity.country, entity.sector).or(entity.code);
        } else if entity.role.is_none() && traits.role.is_some() {
            // The text knows better than a list without dates what office its people hold.
            entity.role.clone_from(&traits.role);
            entity.sector = traits.sector.or(entity.sector);
            entity.country = entity.country.or(traits.country);
            entity.code = ActorCode::new(entity.country, entity.sector).or(entity.code);
        }
    }

    /// Whether the mention stands where a doer or a done-to stands, rather than a place.
    pub fn acts(&self, index: usize) -> bool {
        let mention = &self.mentions[index];
        if !self.syntax.is_parsed(mention.sentence) {
            return false;
        }
        let mut head = mention.head;
        for _ in 0..4 {
            let node = self.syntax.node(head);
            match node.deprel {
                Deprel::Nsubj
                | Deprel::NsubjPass
                | Deprel::NsubjOuter
                | Deprel::OblAgent
                | Deprel::Obj
                | Deprel::Iobj => {
                    return true;
                }
                Deprel::Conj | Deprel::Appos | Deprel::Flat => match node.head {
                    Some(next) => head = next,
                    None => return false,
                },
                Deprel::Obl | Deprel::Nmod => {
                    let Some(case) = self.syntax.child(head, Deprel::Case) else { return false };
                    let case = self.doc.form(case);
                    return ["by", "with", "against", "between", "on"]
                        .iter()
                        .any(|word| case.eq_ignore_ascii_case(word));
                }
                _ => return false,
            }
        }
        false
    }

    /// Whether the mention is the subject of a clause.
    pub fn is_subject(&self, index: usize) -> bool {
        let node = self.syntax.node(self.mentions[index].head);
        matches!(node.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter)
    }

    /// Whether an entity goes by a name somewhere, and is not only described.
    pub fn is_named_once(&self, id: EntityId) -> bool {
        let mut linked = self.links.iter().zip(&self.mentions).filter(|(link, _)| **link == Some(id));
        linked.any(|(_, mention)| is_named(mention.form))
    }

    /// The lower-cased word before the mention.
    pub fn word_before(&self, index: usize) -> Option<&'a str> {
        let mention = &self.mentions[index];
        let first = self.doc.sentences[mention.sentence.index()].tokens.start;
        (mention.tokens.start > first).then(|| self.doc.form(crate::span::TokenId(mention.tokens.start - 1)))
    }

    pub fn word_after(&self, index: usize) -> Option<&'a str> {
        let mention = &self.mentions[index];
        let end = self.doc.sentences[mention.sentence.index()].tokens.end;
        (mention.tokens.end < end).then(|| self.doc.form(crate::span::TokenId(mention.tokens.end)))
    }

    /// The share of the document's country mentions that are of this one, from 0 to 1.
    pub fn vote(&self, country: Country) -> f32 {
        let all: u32 = self.countries.iter().map(|(_, count)| count).sum();
        let own = self.countries.iter().find(|(one, _)| *one == country).map_or(0, |(_, count)| *count);
        if all == 0 { 0.0 } else { own as f32 / all as f32 }
    }

    /// The entities in the order of their first mention, and the mentions that refer to one.
    pub fn finish(self) -> Entities {
        let mut order: Vec<Option<EntityId>> = vec![None; self.entities.len()];
        let mut entities = Vec::with_capacity(self.entities.len());
        let mut taken: Vec<Option<Entity>> = self.entities.into_iter().map(Some).collect();
        let (mut mentions, mut links, mut members) = (Vec::new(), Vec::new(), Vec::new());
        let mut place = |old: EntityId, entities: &mut Vec<Entity>| {
            *order[old.index()].get_or_insert_with(|| {
                entities.extend(taken[old.index()].take());
                EntityId::from(entities.len() - 1)
            })
        };
        for (index, (mention, link)) in self.mentions.into_iter().zip(self.links).enumerate() {
            let Some(old) = link else { continue };
            links.push(place(old, &mut entities));
            let of_mention = self.members.iter().filter(|(at, _)| *at == index);
            for (_, member) in of_mention {
                members.push((crate::span::MentionId::from(mentions.len()), place(*member, &mut entities)));
            }
            mentions.push(mention);
        }
        Entities { entities, mentions, links, members }
    }
}

/// Whether things of the kind act and so have an actor code.
pub(super) fn is_actor(kind: EntityKind) -> bool {
    !matches!(kind, EntityKind::Place | EntityKind::Facility | EntityKind::Weapon | EntityKind::Platform)
}

/// Whether a form names, rather than describes.
pub(super) fn is_named(form: MentionForm) -> bool {
    !matches!(form, MentionForm::Title | MentionForm::Description | MentionForm::Pronoun)
}
