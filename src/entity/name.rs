//! Names: who is meant by each, and which names of the document mean the same.

use rustc_hash::FxHashMap;

use super::disambiguate::{choose, container, is_place};
use super::owner;
use super::resolver::{Resolver, is_named};
use crate::mention::lexicon::WordInfo;
use crate::ontology::{EntityKind, MentionForm};
use crate::span::{EntityId, TokenId};
use crate::syntax::Deprel;

/// Unlisted names of the document, by what they may be called again.
#[derive(Default)]
struct Known {
    full: FxHashMap<String, EntityId>,
    /// Last and first names of persons, and initials of organisations.
    part: FxHashMap<String, EntityId>,
}

/// Links the mentions that name: full names first, so that surnames before and after them find them.
pub(super) fn link(resolver: &mut Resolver) {
    let mut known = Known::default();
    let named: Vec<usize> = (0..resolver.mentions.len()).filter(|&at| is_named(resolver.mentions[at].form)).collect();
    for &index in &named {
        if !resolver.mentions[index].candidates.is_empty() && resolver.name(index).contains(' ') {
            listed(resolver, index, &mut known);
        }
    }
    for &index in &named {
        if resolver.mentions[index].candidates.is_empty()
            && resolver.mentions[index].traits.kind.is_some()
            && is_full(resolver, index)
            && !by_office(resolver, index, &mut known)
        {
            unlisted(resolver, index, &mut known);
        }
    }
    for &index in &named {
        if resolver.links[index].is_none()
            && !surname(resolver, index, &known)
            && !short_form(resolver, index)
            && !by_office(resolver, index, &mut known)
        {
            if resolver.mentions[index].candidates.is_empty() {
                guess(resolver, index);
                if resolver.mentions[index].traits.kind.is_some() {
                    unlisted(resolver, index, &mut known);
                }
            } else {
                listed(resolver, index, &mut known);
            }
        }
    }
    acronyms(resolver, &named);
}

/// Links an unlisted name with an office to whom has held it and is called so.
fn by_office(resolver: &mut Resolver, index: usize, known: &mut Known) -> bool {
    let mention = &resolver.mentions[index];
    let titled = mention.traits.kind == Some(EntityKind::Person) && mention.traits.role.is_some();
    // "King Abdullah": others are listed by that name alone, but none of them fits.
    if !titled || !mention.candidates.is_empty() && choose(resolver, index).is_some() {
        return false;
    }
    let Some((person, sure)) = super::office::bearer(resolver, index) else { return false };
    let id = resolver.listed(person, sure);
    resolver.link(index, id);
    remember(resolver, index, id, known);
    known.part.entry(key(resolver.name(index))).or_insert(id);
    true
}

/// Whether an unlisted name can stand for itself: more than a surname.
fn is_full(resolver: &Resolver, index: usize) -> bool {
    resolver.name(index).contains([' ', '-'])
}

/// Links a mention of a listed name to the bearer that fits best.
fn listed(resolver: &mut Resolver, index: usize, known: &mut Known) {
    let Some((candidate, sure)) = choose(resolver, index) else {
        if container(resolver, index).is_some() {
            resolver.mentions[index].traits.kind = Some(EntityKind::Place);
        } else if let Some(sector) = owner::shared_sector(resolver, index) {
            let owner = owner::country_beside(resolver, index);
            let traits = &mut resolver.mentions[index].traits;
            traits.kind = traits.kind.or(Some(EntityKind::Organisation));
            traits.sector = traits.sector.or(Some(sector));
            traits.country = traits.country.or(owner);
        }
        if resolver.mentions[index].traits.kind.is_some() {
            unlisted(resolver, index, known);
        }
        return;
    };
    let kind = resolver.gazetteer.kind(candidate.entry);
    if resolver.mentions[index].traits.kind == Some(EntityKind::Person) && kind != EntityKind::Person {
        unlisted(resolver, index, known);
        return;
    }
    let id = resolver.listed(candidate.entry, sure);
    let acting = kind == EntityKind::Country
        && candidate.form != MentionForm::Demonym
        && is_place(resolver, index) == Some(false);
    resolver.mentions[index].form = if acting { MentionForm::Metonym } else { candidate.form };
    resolver.link(index, id);
    if kind == EntityKind::Person {
        remember(resolver, index, id, known);
    }
}

/// Links an unlisted name to its own kind of earlier, or makes it a new entity.
fn unlisted(resolver: &mut Resolver, index: usize, known: &mut Known) {
    let key = key(resolver.name(index));
    let id = match known.full.get(&key) {
        Some(&id) => id,
        None => {
            let name = resolver.name(index).to_owned();
            let mention = &resolver.mentions[index];
            let sure = match mention.rule {
                _ if mention.traits.role.is_some() => 0.75,
                "capitals" => 0.5,
                _ => 0.65,
            };
            let id = resolver.discovered(index, &name, sure);
            known.full.insert(key, id);
            id
        }
    };
    resolver.link(index, id);
    remember(resolver, index, id, known);
}

/// Gives an unlisted name without any sign of its kind the likeliest one: a place where troops take it, several
/// capitalised words a person, one that acts a person too, or after "the" a body. Ordinary words in capitals are nobody,
/// or a body where they act. What does not act is left out.
fn guess(resolver: &mut Resolver, index: usize) {
    let mention = &resolver.mentions[index];
    if mention.traits.kind.is_some() {
        return;
    }
    let name = resolver.name(index);
    let words = name.split(' ').count();
    let ordinary = name.split([' ', '-']).filter(|part| part.len() > 3).any(is_common);
    let before = |word: &str| resolver.word_before(index).is_some_and(|before| before.eq_ignore_ascii_case(word));
    let acts = resolver.acts(index);
    let kind = match (before("the"), words) {
        (_, 1) if ordinary => return,
        (true, _) if acts => EntityKind::Organisation,
        (false, _) if ordinary && acts => EntityKind::Organisation,
        (false, _) if ordinary => return,
        (false, 1) if is_taken(resolver, index) => EntityKind::Place,
        (false, 2 | 3) => EntityKind::Person,
        (false, 1) if acts && !before("on") => EntityKind::Person,
        _ => return,
    };
    resolver.mentions[index].traits.kind = Some(kind);
}

/// Whether a word of a name is a common one, so that it is not a person's.
fn is_common(word: &str) -> bool {
    let info = WordInfo::of(word);
    let listed = info.noun().is_some() || info.designator().is_some() || info.is_event_head();
    !info.is_given() && (listed || WordInfo::is_ordinary(word))
}

/// Whether a name is the object of a verb or noun that is done to places: "liberate Raqqa", "the siege of Homs".
fn is_taken(resolver: &Resolver, index: usize) -> bool {
    let head = resolver.mentions[index].head;
    let governs = |word: TokenId| WordInfo::of(resolver.doc.form(word)).is_place_governor();
    let node = resolver.syntax.node(head);
    match node.deprel {
        Deprel::Obj | Deprel::NsubjPass | Deprel::Nmod => node.head.is_some_and(governs),
        _ => false,
    }
}

fn key(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric() || *letter == ' ').flat_map(char::to_lowercase).collect()
}

/// Notes the parts by which a person may be named again, and the initials of an organisation.
fn remember(resolver: &Resolver, index: usize, id: EntityId, known: &mut Known) {
    let name = resolver.name(index);
    match resolver.entities[id.index()].kind {
        EntityKind::Person => {
            let mut parts = name.split_whitespace();
            if let (Some(first), Some(last)) = (parts.next(), parts.next_back()) {
                known.part.entry(key(last)).or_insert(id);
                known.part.entry(key(first)).or_insert(id);
                if let Some((_, tail)) = last.rsplit_once('-') {
                    known.part.entry(key(tail)).or_insert(id);
                }
            }
        }
        EntityKind::Organisation | EntityKind::ArmedGroup => {
            let small = ["of", "the", "for", "and"];
            let words = name.split([' ', '-']).filter(|word| !small.contains(word));
            let initials: String = words.filter_map(|word| word.chars().next()).flat_map(char::to_lowercase).collect();
            if initials.len() > 1 {
                known.part.entry(initials).or_insert(id);
            }
        }
        _ => {}
    }
}

/// Links a single name to the fuller one of the document: "Pashinyan" after "Nikol Pashinyan".
fn surname(resolver: &mut Resolver, index: usize, known: &Known) -> bool {
    let name = resolver.name(index);
    if name.contains(' ') || resolver.mentions[index].form == MentionForm::Demonym {
        return false;
    }
    let Some(&id) = known.part.get(&key(name)) else { return false };
    let entity = &resolver.entities[id.index()];
    let person = entity.kind == EntityKind::Person;
    let mention = &resolver.mentions[index];
    // A listed name of something else than a person is only a surname where it does not stand as a place.
    let place =
        mention.candidates.first().is_some_and(|best| resolver.gazetteer.kind(best.entry) != EntityKind::Person);
    if place && (!person || is_place(resolver, index) == Some(true) || mention.traits.kind == Some(EntityKind::Place)) {
        return false;
    }
    let rival =
        mention.candidates.first().is_some_and(|best| entity.entry.is_some() && entity.entry != Some(best.entry));
    if rival && !mention.candidates.iter().any(|one| Some(one.entry) == entity.entry) && mention.traits.role.is_some() {
        return false;
    }
    if !person && mention.form != MentionForm::Acronym {
        return false;
    }
    if person {
        resolver.mentions[index].form = MentionForm::Name;
    }
    resolver.mentions[index].traits.kind = Some(entity.kind);
    resolver.link(index, id);
    true
}

/// Links "the Church" to the Church of Scientology: a lone designator after "the" is short for the body of the story that
/// was named last with it.
fn short_form(resolver: &mut Resolver, index: usize) -> bool {
    let mention = &resolver.mentions[index];
    let word = resolver.name(index);
    let definite = resolver.word_before(index).is_some_and(|before| before.eq_ignore_ascii_case("the"));
    let body = |kind: EntityKind| matches!(kind, EntityKind::Organisation | EntityKind::ArmedGroup);
    let designates = WordInfo::of(word).designator().is_some_and(|designator| body(designator.kind));
    if !definite || !designates || word.contains([' ', '-']) || !mention.candidates.is_empty() {
        return false;
    }
    let before = resolver.links[..index].iter().rev().take(super::description::FAR).flatten();
    let named = before.copied().find(|id| {
        let entity = &resolver.entities[id.index()];
        body(entity.kind) && entity.name.contains(' ') && entity.name.split(' ').any(|part| part == word)
    });
    let Some(id) = named else { return false };
    resolver.mentions[index].traits.kind = Some(resolver.entities[id.index()].kind);
    resolver.link(index, id);
    true
}

/// Joins "(CSTO)" with the name it follows, and every later "CSTO" with it.
fn acronyms(resolver: &mut Resolver, named: &[usize]) {
    for pair in named.windows(2) {
        let (long, short) = (pair[0], pair[1]);
        let between = |from: usize, to: usize| resolver.doc.text().get(from..to).unwrap_or_default().trim();
        let (first, second) = (&resolver.mentions[long], &resolver.mentions[short]);
        if first.span.end() > second.span.start() || between(first.span.end(), second.span.start()) != "(" {
            continue;
        }
        let initials = second.candidates.is_empty() && second.form == MentionForm::Acronym;
        let Some(id) = resolver.links[long].filter(|_| initials) else { continue };
        if !super::resolver::is_actor(resolver.entities[id.index()].kind)
            || resolver.entities[id.index()].kind == EntityKind::Person
        {
            continue;
        }
        let text = resolver.text(short);
        for &index in named {
            if resolver.mentions[index].candidates.is_empty() && resolver.text(index) == text {
                resolver.links[index] = Some(id);
            }
        }
    }
}
