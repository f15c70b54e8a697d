//! Offices and descriptions without a name: which entity of the document, or of the world, they stand for.

use rustc_hash::FxHashMap;

use super::office;
use super::pronoun::named_together;
use super::resolver::{Resolver, is_named};
use crate::mention::Mention;
use crate::ontology::{EntityKind, MentionForm, Sector};
use crate::span::{EntityId, TokenId};
use crate::syntax::Deprel;

/// Links offices and descriptions, in text order, after the names.
pub(super) fn link(resolver: &mut Resolver) {
    let mut described: FxHashMap<String, EntityId> = FxHashMap::default();
    for index in 0..resolver.mentions.len() {
        let found = match resolver.mentions[index].form {
            MentionForm::Title => apposed(resolver, index).or_else(|| title(resolver, index)),
            MentionForm::Description => apposed(resolver, index).or_else(|| description(resolver, index)),
            _ => continue,
        };
        if let Some(id) = found {
            resolver.link(index, id);
            continue;
        }
        let text = resolver.text(index);
        let again = is_repeatable(resolver, index).then(|| text.to_lowercase());
        let id = match again.as_ref().and_then(|key| described.get(key)) {
            Some(&id) => id,
            None => {
                let id = resolver.discovered(index, text, 0.5);
                if let Some(key) = again {
                    described.insert(key, id);
                }
                id
            }
        };
        resolver.links[index] = Some(id);
    }
}

/// The person or body that stands beside a description in apposition: "Jotyar Adil, the region's spokesperson".
fn apposed(resolver: &Resolver, index: usize) -> Option<EntityId> {
    let mention = &resolver.mentions[index];
    let beside = |other: usize| {
        let other_mention = &resolver.mentions[other];
        if !is_named(other_mention.form)
            || other_mention.form == MentionForm::Demonym
            || other_mention.sentence != mention.sentence
        {
            return None;
        }
        let id = resolver.links[other]?;
        let kind = resolver.entities[id.index()].kind;
        (mention.traits.kind == Some(kind) && !mention.traits.plural && joined(resolver, mention, other_mention))
            .then_some(id)
    };
    let before = (0..index).rev().take(4).find_map(beside);
    before.or_else(|| (index + 1..resolver.mentions.len()).take(3).find_map(beside))
}

/// Whether two mentions stand side by side as two names of one thing.
fn joined(resolver: &Resolver, description: &Mention, name: &Mention) -> bool {
    let apart = |a: &Mention, b: &Mention| {
        let gap = resolver.doc.text().get(a.span.end()..b.span.start())?;
        Some(gap.trim())
    };
    let relation = |token: TokenId| resolver.syntax.node(token);
    let (own, other) = (relation(description.head), relation(name.head));
    let tree = (own.deprel == Deprel::Appos && own.head == Some(name.head))
        || (other.deprel == Deprel::Appos && other.head == Some(description.head))
        || (matches!(other.deprel, Deprel::Flat | Deprel::Appos) && other.head == Some(description.head));
    if tree {
        return true;
    }
    if description.span.end() <= name.span.start() {
        let gap = apart(description, name);
        return gap == Some("") || (gap == Some(",") && description.form == MentionForm::Title);
    }
    let gap = apart(name, description);
    matches!(gap, Some("," | ", the" | ", a" | ", an"))
        && description.form == MentionForm::Title
        && !resolver.syntax.is_parsed(description.sentence)
}

/// The holder of an office without a name.
fn title(resolver: &mut Resolver, index: usize) -> Option<EntityId> {
    let role = resolver.mentions[index].traits.role.clone()?;
    let country = resolver.mentions[index].traits.country;
    if let Some(country) = country {
        return if office::is_national(&role) { office::holder(resolver, country, &role) } else { None };
    }
    let fits = |id: &EntityId| {
        let entity = &resolver.entities[id.index()];
        entity.kind == EntityKind::Person && entity.role.as_deref().is_some_and(|held| office::same_role(&role, held))
    };
    let definite = resolver
        .word_before(index)
        .is_none_or(|word| !word.eq_ignore_ascii_case("a") && !word.eq_ignore_ascii_case("an"));
    if !definite {
        return None;
    }
    nearest(resolver, index, usize::MAX, |_, id| fits(&id))
}

/// What a definite description stands for.
fn description(resolver: &mut Resolver, index: usize) -> Option<EntityId> {
    let mention = &resolver.mentions[index];
    let text = resolver.text(index).to_lowercase();
    let head = resolver.doc.form(mention.head).to_lowercase();
    let definite = resolver
        .word_before(index)
        .is_some_and(|word| word.eq_ignore_ascii_case("the") || word.eq_ignore_ascii_case("this"))
        || text.starts_with("this ")
        || text.starts_with("that ");
    if mention.traits.plural {
        return pair(resolver, index, &text);
    }
    if matches!(head.as_str(), "leader" | "ruler" | "strongman")
        && let Some(country) = mention.traits.country
    {
        return office::holder(resolver, country, "leader");
    }
    if head == "government" || head == "regime" || head == "administration" {
        return None;
    }
    if !definite || mention.tokens.len() > 2 || mention.traits.country.is_some() {
        return None;
    }
    match head.as_str() {
        "country" | "nation" | "state" | "republic" | "kingdom" => {
            nearest(resolver, index, 4, |entity, _| entity == EntityKind::Country)
        }
        "group" | "militia" | "movement" | "organisation" | "organization" | "faction" => {
            nearest(resolver, index, 4, |entity, _| entity == EntityKind::ArmedGroup).or_else(|| {
                let named = |kind, id| kind == EntityKind::Organisation && resolver.is_named_once(id);
                nearest(resolver, index, 4, named)
            })
        }
        "bloc" | "alliance" | "body" | "agency" | "ministry" | "company" | "party" | "court" | "council" | "union" => {
            nearest(resolver, index, 3, |kind, id| {
                kind == EntityKind::Organisation && resolver.is_named_once(id) && may_be(resolver, &head, id)
            })
        }
        "city" | "town" | "village" | "province" | "region" | "district" | "island" => {
            nearest(resolver, index, 2, |kind, id| kind == EntityKind::Place && resolver.is_named_once(id))
        }
        _ => None,
    }
}

/// Whether an organisation may be called so: no army is a court.
fn may_be(resolver: &Resolver, noun: &str, id: EntityId) -> bool {
    use Sector::{Business, Government, Judiciary, Legislature, Opposition, Party};
    let sector = resolver.entities[id.index()].sector;
    let armed = [Sector::Military, Sector::Police, Sector::Rebel, Sector::UnidentifiedArmed, Sector::Criminal];
    match noun {
        "court" => sector == Some(Judiciary),
        "ministry" => sector == Some(Government),
        "company" => sector.is_none_or(|sector| sector == Business),
        "party" => sector.is_none_or(|sector| [Party, Opposition, Legislature].contains(&sector)),
        _ => sector.is_none_or(|sector| !armed.contains(&sector)),
    }
}

/// "both sides", "the two leaders": the two entities of the kind mentioned last. The first is linked, both are members.
fn pair(resolver: &mut Resolver, index: usize, text: &str) -> Option<EntityId> {
    let two = text.starts_with("both ") || text.starts_with("two ") || text.starts_with("the two ");
    if !two {
        return None;
    }
    let head = resolver.doc.form(resolver.mentions[index].head).to_lowercase();
    if matches!(head.as_str(), "sides" | "parties") {
        for member in opposed(resolver, index) {
            resolver.members.push((index, member));
        }
        return None;
    }
    let kind = match head.as_str() {
        "countries" | "nations" | "neighbours" | "neighbors" | "states" | "governments" | "allies" | "rivals" => {
            EntityKind::Country
        }
        "leaders" | "presidents" | "ministers" | "men" => EntityKind::Person,
        _ => return None,
    };
    let (first, second) = last_two(resolver, index, kind).or_else(|| {
        let second = nearest(resolver, index, 5, |found, _| found == kind)?;
        Some((nearest(resolver, index, 5, |found, id| found == kind && id != second)?, second))
    })?;
    resolver.members.push((index, first));
    resolver.members.push((index, second));
    None
}

/// The two who were last named side by side, "the army and the rebels", in the last sentences that name any.
fn opposed(resolver: &Resolver, index: usize) -> Vec<EntityId> {
    let here = resolver.mentions[index].sentence.index();
    for first in (0..index).rev().take(FAR) {
        if here - resolver.mentions[first].sentence.index() > SIDES {
            break;
        }
        // Who mediates between them is no side.
        let between = || {
            let case = resolver.syntax.child(resolver.mentions[first].head, Deprel::Case);
            case.is_some_and(|case| resolver.doc.form(case).eq_ignore_ascii_case("between"))
        };
        if !resolver.is_subject(first) && !between() {
            continue;
        }
        let members = named_together(resolver, first, index);
        if members.len() == 2 {
            return members;
        }
    }
    Vec::new()
}

/// How many sentences back the two sides may have been named.
const SIDES: usize = 4;

/// The first two entities of the kind in the last sentence that names two: in "Russia has bases in both countries" the
/// two are not Russia and another.
fn last_two(resolver: &Resolver, index: usize, kind: EntityKind) -> Option<(EntityId, EntityId)> {
    let here = resolver.mentions[index].sentence.index();
    let start = resolver.mentions[index].span.start();
    let mut found: Option<(usize, Vec<EntityId>)> = None;
    for (at, mention) in resolver.mentions[..index].iter().enumerate().rev().take(FAR) {
        let sentence = mention.sentence.index();
        if here - sentence > 5 || found.as_ref().is_some_and(|(other, ids)| *other != sentence && ids.len() > 1) {
            break;
        }
        let Some(id) = resolver.links[at].filter(|_| mention.span.end() <= start) else { continue };
        if resolver.entities[id.index()].kind != kind || mention.form == MentionForm::Pronoun {
            continue;
        }
        match &mut found {
            Some((other, ids)) if *other == sentence => {
                ids.retain(|&known| known != id);
                ids.insert(0, id);
            }
            _ => found = Some((sentence, vec![id])),
        }
    }
    let (_, ids) = found?;
    Some((*ids.first()?, *ids.get(1)?))
}

/// How many mentions back an antecedent is sought, so that a document of any length takes no longer a mention.
pub(super) const FAR: usize = 400;

/// The last entity named before a mention, at most so many sentences back, that fits.
pub(super) fn nearest(
    resolver: &Resolver,
    index: usize,
    sentences: usize,
    fits: impl Fn(EntityKind, EntityId) -> bool,
) -> Option<EntityId> {
    let here = resolver.mentions[index].sentence.index();
    let start = resolver.mentions[index].span.start();
    let mut best: Option<(usize, (bool, bool), EntityId)> = None;
    for (at, mention) in resolver.mentions[..index].iter().enumerate().rev().take(FAR) {
        let back = here - mention.sentence.index();
        if back > sentences || best.is_some_and(|(nearest, ..)| back > nearest) {
            break;
        }
        if mention.span.end() > start || mention.form == MentionForm::Pronoun {
            continue;
        }
        let Some(id) = resolver.links[at] else { continue };
        if !fits(resolver.entities[id.index()].kind, id) {
            continue;
        }
        // In "asked French troops to leave the country" the adjective names no country that was spoken of.
        let weight = (mention.form != MentionForm::Demonym, resolver.is_subject(at));
        if best.is_none_or(|(_, known, _)| weight > known) {
            best = Some((back, weight, id));
        }
    }
    best.map(|(.., id)| id)
}

/// Whether the same words elsewhere in the document are likely to mean the same: a definite group or body, not
/// "a soldier" or "three men".
fn is_repeatable(resolver: &Resolver, index: usize) -> bool {
    let before = resolver.word_before(index).unwrap_or_default();
    if before.eq_ignore_ascii_case("a") || before.eq_ignore_ascii_case("an") || before.eq_ignore_ascii_case("another") {
        return false;
    }
    let mention = &resolver.mentions[index];
    let counted = resolver.text(index).starts_with(|first: char| first.is_ascii_digit());
    !counted
        && (mention.traits.kind != Some(EntityKind::Person)
            || before.eq_ignore_ascii_case("the")
            || mention.traits.role.is_some())
}
