//! Pronouns: the likeliest antecedent, or nobody.

use super::description::FAR;
use super::resolver::Resolver;
use crate::mention::lexicon::WordInfo;
use crate::ontology::{EntityKind, MentionForm};
use crate::span::EntityId;
use crate::syntax::{Deprel, Upos};

/// How many sentences back an antecedent may stand.
const REACH: usize = 2;

/// Links the pronouns in text order, so that one may pass its antecedent on to the next.
pub(super) fn link(resolver: &mut Resolver) {
    for index in 0..resolver.mentions.len() {
        if resolver.mentions[index].form != MentionForm::Pronoun {
            continue;
        }
        let text = resolver.text(index).to_lowercase();
        if matches!(text.as_str(), "they" | "them" | "themselves") {
            let members = several(resolver, index, &text);
            if !members.is_empty() {
                resolver.members.extend(members.into_iter().map(|member| (index, member)));
                unresolved(resolver, index, &text);
                continue;
            }
        }
        let found = match text.as_str() {
            "i" | "me" | "my" | "myself" => speaker(resolver, index),
            "we" | "us" | "our" | "ours" | "ourselves" => None,
            _ => antecedent(resolver, index, &text),
        };
        match found {
            Some(id) => resolver.links[index] = Some(id),
            None => unresolved(resolver, index, &text),
        }
    }
}

/// Those joined by "and" for whom a plural pronoun stands: the last that were subject together, here or in the sentence
/// before, or who were acted on together earlier in this sentence; nobody where a group is likelier to be meant.
fn several(resolver: &Resolver, index: usize, text: &str) -> Vec<EntityId> {
    let here = resolver.mentions[index].sentence.index();
    for other in (0..index).rev().take(FAR) {
        let first = &resolver.mentions[other];
        let back = here - first.sentence.index();
        if back > 1 {
            break;
        }
        if first.form == MentionForm::Pronoun {
            // "They … they": who was meant before is meant again.
            let again = resolver.members.iter().filter(|(mention, _)| *mention == other).map(|&(_, member)| member);
            let again: Vec<EntityId> = again.collect();
            if class(&resolver.text(other).to_lowercase()) == 5 && (!again.is_empty() || back == 0) {
                return again;
            }
            continue;
        }
        if !resolver.is_subject(other) && back > 0 || same_clause(resolver, index, other) {
            continue;
        }
        let members = named_together(resolver, other, index);
        if members.len() > 1 {
            let subject = i32::from(resolver.is_subject(other)) * 6;
            let score = 11 + subject - (back as i32 * 5 + (index - other).min(12) as i32 / 3);
            let rival = likeliest(resolver, index, text).is_some_and(|(top, _)| top > score);
            return if rival { Vec::new() } else { members };
        }
    }
    Vec::new()
}

/// The actors that a co-ordination names: its first and what is joined to it, all before the mention at `end`.
pub(super) fn named_together(resolver: &Resolver, first: usize, end: usize) -> Vec<EntityId> {
    use EntityKind::{ArmedGroup, Country, Organisation, People, Person};
    let (head, sentence) = (resolver.mentions[first].head, resolver.mentions[first].sentence);
    let mut members = Vec::new();
    for other in first..end {
        let mention = &resolver.mentions[other];
        if mention.sentence != sentence {
            break;
        }
        let part = mention.head == head || {
            let node = resolver.syntax.node(mention.head);
            node.deprel == Deprel::Conj && node.head == Some(head)
        };
        let named = !matches!(mention.form, MentionForm::Pronoun | MentionForm::Demonym);
        let Some(id) = resolver.links[other].filter(|_| part && named) else { continue };
        let acts = matches!(resolver.entities[id.index()].kind, Country | Organisation | ArmedGroup | Person | People);
        if acts && !members.contains(&id) {
            members.push(id);
        }
    }
    members
}

/// A pronoun for people whose antecedent is not known still refers to somebody; "it" may refer to nothing.
fn unresolved(resolver: &mut Resolver, index: usize, text: &str) {
    let kind = match text {
        "it" | "its" | "itself" => return,
        "i" | "me" | "my" | "myself" | "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => {
            EntityKind::Person
        }
        _ => EntityKind::People,
    };
    let same = |other: &usize| {
        let mention = &resolver.mentions[*other];
        mention.form == MentionForm::Pronoun && class(&resolver.text(*other).to_lowercase()) == class(text)
    };
    let here = resolver.mentions[index].sentence;
    let again = (0..index).rev().take(FAR).take_while(|&other| resolver.mentions[other].sentence == here).find(same);
    if let Some(id) = again.and_then(|other| resolver.links[other]) {
        resolver.links[index] = Some(id);
        return;
    }
    resolver.mentions[index].traits.kind = Some(kind);
    let name = resolver.text(index);
    let id = resolver.discovered(index, name, 0.2);
    resolver.entities[id.index()].code = None;
    resolver.links[index] = Some(id);
}

/// Pronouns of one class may stand for the same.
fn class(text: &str) -> u8 {
    match text {
        "i" | "me" | "my" | "myself" => 1,
        "we" | "us" | "our" | "ours" | "ourselves" => 2,
        "he" | "him" | "his" | "himself" => 3,
        "she" | "her" | "hers" | "herself" => 4,
        "they" | "them" | "their" | "themselves" => 5,
        _ => 0,
    }
}

/// Who speaks: a person of the same sentence outside the quotation.
fn speaker(resolver: &Resolver, index: usize) -> Option<EntityId> {
    let here = resolver.mentions[index].sentence;
    let near = index.saturating_sub(FAR)..(index + FAR).min(resolver.mentions.len());
    let mut speakers = near.filter(|&other| {
        let mention = &resolver.mentions[other];
        let linked = resolver.links[other].is_some_and(|id| resolver.entities[id.index()].kind == EntityKind::Person);
        mention.sentence == here && linked && mention.form != MentionForm::Pronoun && speaks(resolver, other)
    });
    speakers.next().and_then(|other| resolver.links[other])
}

/// Whether the mention is the subject of a verb of saying.
fn speaks(resolver: &Resolver, index: usize) -> bool {
    if !resolver.is_subject(index) {
        return false;
    }
    let head = resolver.syntax.head(resolver.mentions[index].head);
    head.is_some_and(|verb| WordInfo::of(resolver.doc.form(verb)).is_speech())
}

/// The likeliest antecedent: a subject before an object, near before far, of fitting kind and gender.
fn antecedent(resolver: &Resolver, index: usize, text: &str) -> Option<EntityId> {
    likeliest(resolver, index, text).map(|(_, id)| id)
}

/// The same, with how likely it is.
fn likeliest(resolver: &Resolver, index: usize, text: &str) -> Option<(i32, EntityId)> {
    let mention = &resolver.mentions[index];
    let here = mention.sentence.index();
    let possessive = matches!(text, "his" | "her" | "its" | "their");
    let mut best: Option<(i32, EntityId)> = None;
    // "warned Iran and Syria that they": several together are meant, whom no entity stands for.
    let several = class(text) == 5 && are_joined(resolver, index);
    for (other, before) in resolver.mentions[..index].iter().enumerate().rev().take(FAR) {
        let back = here - before.sentence.index();
        if back > REACH {
            break;
        }
        if several && back > 0 {
            break;
        }
        let Some(id) = resolver.links[other].filter(|_| before.span.end() <= mention.span.start()) else { continue };
        let collective = text == "their" && back == 0 && is_acting_country(resolver, other, id);
        let Some(fit) = fits(resolver, other, id, text).or(collective.then_some(8)) else { continue };
        // A pronoun that is an object of the clause does not refer to the clause's subject; a possessive may.
        if !possessive && back == 0 && same_clause(resolver, index, other) {
            continue;
        }
        let subject = i32::from(resolver.is_subject(other)) * 6;
        let distance = back as i32 * 5 + (index - other).min(12) as i32 / 3;
        let score = fit + subject - distance + i32::from(before.form == MentionForm::Pronoun) * 2;
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, id));
        }
    }
    best.filter(|(score, _)| *score > 0)
}

/// "South Korea ends their restrictions": a country that acts may be spoken of as its people.
fn is_acting_country(resolver: &Resolver, index: usize, id: EntityId) -> bool {
    resolver.entities[id.index()].kind == EntityKind::Country
        && resolver.mentions[index].form != MentionForm::Demonym
        && resolver.is_subject(index)
}

/// Whether two names before the mention in its sentence are joined by "and".
fn are_joined(resolver: &Resolver, index: usize) -> bool {
    let here = resolver.mentions[index].sentence;
    let near = (0..index).rev().take(FAR).take_while(|&other| resolver.mentions[other].sentence == here);
    near.into_iter().any(|other| {
        let head = resolver.mentions[other].head;
        resolver.mentions[other].form != MentionForm::Pronoun
            && resolver.syntax.node(head).deprel == Deprel::Conj
            && resolver.syntax.node(head).upos == Upos::Propn
    })
}

/// Whether both are arguments of one verb.
fn same_clause(resolver: &Resolver, one: usize, other: usize) -> bool {
    let head = |index: usize| resolver.syntax.head(resolver.mentions[index].head);
    head(one).is_some() && head(one) == head(other)
}

/// How well an entity fits a pronoun; `None` when it cannot be meant.
fn fits(resolver: &Resolver, other: usize, id: EntityId, text: &str) -> Option<i32> {
    let entity = &resolver.entities[id.index()];
    let mention = &resolver.mentions[other];
    if mention.form == MentionForm::Demonym {
        return None;
    }
    match class(text) {
        3 | 4 => {
            if entity.kind != EntityKind::Person {
                return None;
            }
            let (male, female) = gender(resolver, other, &entity.name);
            let (own, wrong) = if class(text) == 3 { (male, female) } else { (female, male) };
            (!wrong).then_some(if own { 12 } else { 9 })
        }
        5 => match entity.kind {
            EntityKind::People => Some(11),
            EntityKind::Organisation | EntityKind::ArmedGroup if mention.traits.plural => Some(11),
            EntityKind::ArmedGroup => Some(7),
            EntityKind::Organisation => Some(5),
            _ => None,
        },
        0 => match entity.kind {
            EntityKind::Country => Some(10),
            EntityKind::Organisation | EntityKind::ArmedGroup if !mention.traits.plural => Some(10),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a person is known to be a man, and a woman: by a title or a given name.
fn gender(resolver: &Resolver, index: usize, name: &str) -> (bool, bool) {
    let first = WordInfo::of(resolver.text(index).split(' ').next().unwrap_or_default());
    if first.is_honorific() && (first.is_male() || first.is_female()) {
        return (first.is_male(), first.is_female());
    }
    let given = WordInfo::of(name.split(' ').next().unwrap_or_default());
    (given.is_male(), given.is_female())
}
