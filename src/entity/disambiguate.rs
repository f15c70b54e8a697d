//! Which bearer of a listed name is meant: prior, the document's date, its other entities, neighbouring words.

use super::owner;
use super::resolver::Resolver;
use crate::gazetteer::{Candidate, Entry, EntryId};
use crate::mention::lexicon::{WordInfo, state};
use crate::ontology::{Country, EntityKind, MentionForm, Sector};
use crate::span::TokenId;
use crate::syntax::{Deprel, Upos};

/// Counts the countries that the document names beyond doubt.
pub(super) fn count_countries(resolver: &mut Resolver) {
    let mut counts: Vec<(Country, u32)> = Vec::new();
    for mention in &resolver.mentions {
        let listed = mention.candidates.first().and_then(|best| {
            let entry = resolver.gazetteer.entry(best.entry);
            // "Amman" is the city or its government: either way it is Jordan.
            let same = |one: &&Candidate| resolver.gazetteer.entry(one.entry).country == entry.country;
            let share: f32 = mention.candidates.iter().filter(same).map(|one| one.prior).sum();
            let sure = share >= 0.75 || mention.candidates.len() == 1;
            entry.country.filter(|_| sure && !is_worldwide(&entry))
        });
        let Some(country) = listed.or(mention.traits.country) else { continue };
        match counts.iter_mut().find(|(known, _)| *known == country) {
            Some((_, count)) => *count += 1,
            None => counts.push((country, 1)),
        }
    }
    counts.sort_unstable();
    resolver.countries = counts;
}

/// Whether a body is in the news of all countries, so that its seat says nothing of the story's: aid organisations, firms,
/// news agencies.
fn is_worldwide(entry: &Entry) -> bool {
    let abroad = matches!(entry.sector, Some(Sector::Journalist | Sector::Business));
    entry.kind == EntityKind::Organisation && (abroad || entry.code.is_some_and(|code| code.sector().is_none()))
}

/// The bearer of a mention's listed name, the form it has for it, and how sure that is.
pub(super) fn choose(resolver: &Resolver, index: usize) -> Option<(Candidate, f32)> {
    let mention = &resolver.mentions[index];
    let place = is_place(resolver, index);
    let container = container(resolver, index);
    let owner = owner::country_beside(resolver, index);
    let scores: Vec<f32> = mention
        .candidates
        .iter()
        .map(|&candidate| {
            score(resolver, index, candidate, place, container) + body_of(resolver, index, candidate.entry, owner)
        })
        .collect();
    // The first of equals.
    let best = (0..scores.len()).rev().max_by(|&a, &b| scores[a].total_cmp(&scores[b]))?;
    let (top, candidate) = (scores[best], mention.candidates[best]);
    let Entry { kind, country, .. } = resolver.gazetteer.entry(candidate.entry);
    // Bodies of one country and one name are mostly one body that two sources list.
    let other = |&at: &usize| {
        let one = || {
            kind == EntityKind::Organisation
                && country.is_some()
                && resolver.gazetteer.entry(mention.candidates[at].entry).country == country
        };
        at != best && !one()
    };
    let second = (0..scores.len()).filter(other).map(|at| scores[at]).fold(0.0, f32::max);
    // A surname outside the time of its bearer is somebody else's.
    let alone = mention.candidates.len() == 1 && candidate.prior < LEAST_ALONE;
    let surname = alone && mention.traits.role.is_none() && !resolver.name(index).contains(' ');
    // A name that bodies of many countries share is nobody's where nothing tells them apart.
    let shared = mention.candidates.len() > 2 && top - second < 0.05;
    if top <= 0.0 || surname && kind == EntityKind::Person || shared && kind == EntityKind::Organisation {
        return None;
    }
    let sure = if mention.candidates.len() == 1 { 0.95 } else { (0.5 + (top - second)).clamp(0.3, 0.95) };
    Some((candidate, sure))
}

/// How likely the only bearer of a surname must be at the least.
const LEAST_ALONE: f32 = 0.5;

/// The country of the state or country that follows a town after a comma: "Lebanon, Pa.".
pub(super) fn container(resolver: &Resolver, index: usize) -> Option<Country> {
    let mention = &resolver.mentions[index];
    let limit = resolver.doc.sentences[mention.sentence.index()].tokens.end;
    let comma = resolver.doc.tokens_in(mention.traits.name.unwrap_or(mention.span)).end;
    let first = comma + 1;
    if first >= limit || resolver.doc.form(TokenId(comma)) != "," {
        return None;
    }
    let two = (first + 1 < limit).then(|| resolver.doc.slice(resolver.doc.span_of(first..first + 2)));
    let abbreviated = |name: &str| state(name.strip_suffix('.').unwrap_or(name)).or_else(|| state(name));
    let state = two.and_then(abbreviated).or_else(|| abbreviated(resolver.doc.form(TokenId(first))));
    let end = if two.and_then(abbreviated).is_some() { first + 2 } else { first + 1 };
    let closed = |token: u32| token >= limit || !resolver.doc.form(TokenId(token)).starts_with(char::is_alphanumeric);
    state.filter(|_| closed(end) || !resolver.doc.form(TokenId(end)).starts_with(char::is_uppercase))
}

/// How well a body fits the country beside its name, or else one that its sentence names.
fn body_of(resolver: &Resolver, index: usize, entry: EntryId, owner: Option<Country>) -> f32 {
    let body = resolver.gazetteer.entry(entry);
    let Some(own) = body.country.filter(|_| body.kind == EntityKind::Organisation) else { return 0.0 };
    match owner {
        Some(owner) if owner == own => 0.8,
        Some(_) => -2.0,
        None if resolver.mentions[index].candidates.len() > 1 && owner::is_named_here(resolver, index, own) => 0.5,
        None => 0.0,
    }
}

fn score(
    resolver: &Resolver,
    index: usize,
    candidate: Candidate,
    place: Option<bool>,
    container: Option<Country>,
) -> f32 {
    let mention = &resolver.mentions[index];
    let entry = resolver.gazetteer.entry(candidate.entry);
    let mut score = candidate.prior;
    if let Some(kind) = mention.traits.kind {
        score += if entry.kind == kind { 0.5 } else { -0.6 };
    }
    if let (Some(said), Some(own)) = (mention.traits.country, entry.country) {
        score += if said == own { 0.5 } else { -0.5 };
    }
    if let Some(country) = entry.country {
        score += 0.4 * resolver.vote(country);
    }
    let votes: u32 = resolver.countries.iter().map(|(_, count)| count).sum();
    let foreign = entry.country.is_some_and(|country| resolver.vote(country) == 0.0) && votes > 1;
    if foreign && candidate.form == MentionForm::Acronym && entry.kind != EntityKind::Country && entry.weight < 0.6 {
        // Initials of a party are anybody's initials in a story about other countries.
        score -= 0.9;
    }
    if let Some(within) = container {
        score += if entry.country == Some(within) && entry.kind != EntityKind::Country { 0.6 } else { -2.0 };
    }
    if entry.kind == EntityKind::Country && candidate.form != MentionForm::Metonym {
        // News is about states more often than about the towns and provinces that bear their names.
        score += 0.35;
    }
    if entry.kind == EntityKind::Person {
        score += person(resolver, index, candidate.entry);
    }
    if resolver.known(candidate.entry).is_some() {
        score += 0.6;
    }
    match (place, candidate.form) {
        (Some(true), MentionForm::Metonym) => score -= 0.8,
        (Some(false), MentionForm::Metonym) => score += 0.6 * entry.weight,
        (Some(false), _) if entry.kind == EntityKind::Country => score += 0.3,
        (Some(true), _) if entry.kind == EntityKind::Person => score -= 0.3,
        (Some(true), _) if entry.kind == EntityKind::Place => score += 0.2,
        _ => {}
    }
    score
}

/// How well a person fits the title in the text and the document's date.
fn person(resolver: &Resolver, index: usize, person: EntryId) -> f32 {
    let role = resolver.mentions[index].traits.role.as_deref();
    let mut fit: f32 = 0.0;
    let mut held = false;
    for tenure in resolver.gazetteer.tenures_of(person) {
        held = true;
        let then = tenure.holds(resolver.date);
        let same = role.is_some_and(|role| super::office::same_role(role, tenure.role));
        let value = match (same, then) {
            (true, true) => 0.6,
            (true, false) => 0.2,
            (false, true) => 0.25,
            (false, false) => 0.0,
        };
        fit = fit.max(value);
    }
    // Nobody is in the news before a first office as often as in it.
    if held && fit == 0.0 && resolver.date.is_some() { -0.1 } else { fit }
}

/// Whether the words around a mention make it a place (true), somebody who acts (false), or say nothing.
pub(super) fn is_place(resolver: &Resolver, index: usize) -> Option<bool> {
    let inside = ["in", "near", "outside", "around", "across", "throughout", "inside", "capital", "city", "town"];
    let before = resolver.word_before(index);
    if before.is_some_and(|before| inside.iter().any(|word| before.eq_ignore_ascii_case(word))) {
        return Some(true);
    }
    // "the Damascus suburb", "Kabul airport".
    let node = resolver.syntax.node(resolver.mentions[index].head);
    let ground = |word: &str| {
        let kind = WordInfo::of(word).noun().map(|noun| noun.kind);
        matches!(kind, Some(EntityKind::Place | EntityKind::Facility))
    };
    if node.deprel == Deprel::Compound && resolver.word_after(index).is_some_and(ground) {
        return Some(true);
    }
    if resolver.acts(index) {
        return Some(false);
    }
    let Some(before) = before else {
        // A name that begins the sentence and goes straight on to a verb acts, also where the tree is mistaken.
        let after = resolver.word_after(index)?;
        let mention = &resolver.mentions[index];
        let next = resolver.syntax.node(TokenId(mention.tokens.end)).upos;
        let verbal = !matches!(next, Upos::Noun | Upos::Adp | Upos::Cconj | Upos::Punct | Upos::Adj);
        let goes_on = after.starts_with(char::is_lowercase) || matches!(after, "'s" | "’s");
        return (goes_on && verbal).then_some(false);
    };
    let places = ["at", "into", "from", "toward", "towards", "to", "of"];
    let place = places.iter().any(|word| before.eq_ignore_ascii_case(word));
    if place {
        return Some(true);
    }
    let after = resolver.word_after(index);
    matches!(after, Some("'s" | "’s")).then_some(false)
}
