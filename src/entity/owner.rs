//! Whose body is meant by a name that the bodies of many countries share: "the Japanese Supreme Court", "the
//! Constitutional Court of Portugal", a "Ministry of Defence" in a sentence about Chad.

use super::resolver::Resolver;
use crate::mention::Mention;
use crate::ontology::{Country, EntityKind, Sector};
use crate::span::TokenId;

/// The country that stands right before a mention, as its owner or demonym, or right behind it after "of".
pub(super) fn country_beside(resolver: &Resolver, index: usize) -> Option<Country> {
    let mention = &resolver.mentions[index];
    let form = |token: u32| resolver.doc.form(TokenId(token));
    let limit = resolver.doc.sentences[mention.sentence.index()].tokens.end;
    let owns = |before: &Mention| {
        let gap = mention.tokens.start.checked_sub(before.tokens.end);
        gap == Some(0) || gap == Some(1) && matches!(form(before.tokens.end), "'s" | "’s" | "'" | "’")
    };
    let after_of = (mention.tokens.end < limit && form(mention.tokens.end) == "of").then(|| {
        let next = mention.tokens.end + 1;
        if next < limit && form(next) == "the" { next + 1 } else { next }
    });
    let near = index.saturating_sub(3)..(index + 4).min(resolver.mentions.len());
    near.filter(|&other| other != index).map(|other| &resolver.mentions[other]).find_map(|other| {
        let beside = owns(other) || after_of == Some(other.tokens.start);
        if beside { country_of(resolver, other) } else { None }
    })
}

/// Whether a country is named in the mention's sentence.
pub(super) fn is_named_here(resolver: &Resolver, index: usize, country: Country) -> bool {
    let sentence = resolver.mentions[index].sentence;
    let same = |mention: &&Mention| mention.sentence == sentence;
    let before = resolver.mentions[..index].iter().rev().take_while(same);
    let after = resolver.mentions[index + 1..].iter().take_while(same);
    before.chain(after).any(|other| country_of(resolver, other) == Some(country))
}

/// The country that a mention may name, by itself or by a demonym.
fn country_of(resolver: &Resolver, mention: &Mention) -> Option<Country> {
    let listed = mention.candidates.iter().map(|candidate| resolver.gazetteer.entry(candidate.entry));
    let mut countries = listed.filter(|entry| entry.kind == EntityKind::Country);
    countries.next().and_then(|entry| entry.country)
}

/// The sector that all bodies of a shared name have: a "Supreme Court" is a court, whosever it is.
pub(super) fn shared_sector(resolver: &Resolver, index: usize) -> Option<Sector> {
    let mut listed =
        resolver.mentions[index].candidates.iter().map(|candidate| resolver.gazetteer.entry(candidate.entry));
    let first = listed.next()?;
    let same = first.kind == EntityKind::Organisation
        && listed.all(|other| other.kind == first.kind && other.sector == first.sector);
    first.sector.filter(|_| same)
}
