//! Offices: who holds them at the document's date.

use jiff::civil::Date;

use super::Entity;
use super::resolver::Resolver;
use crate::gazetteer::{EntryId, Tenure, fold};
use crate::ontology::{Country, EntityKind, Sector};
use crate::span::EntityId;

/// Whether a role in the text is the role of a tenure.
pub(super) fn same_role(said: &str, held: &str) -> bool {
    said == held || (is_leader(said) && is_head(held))
}

fn is_leader(role: &str) -> bool {
    matches!(role, "leader" | "ruler" | "dictator" | "strongman")
}

/// Whether the office is that of who leads the country.
pub(super) fn is_head(role: &str) -> bool {
    matches!(
        role,
        "president"
            | "prime minister"
            | "chancellor"
            | "supreme leader"
            | "king"
            | "queen"
            | "emir"
            | "sultan"
            | "leader"
            | "emperor"
            | "crown prince"
            | "general secretary"
    )
}

/// Writes the office of a listed person at the document's date into their entity.
pub(super) fn at_date(resolver: &Resolver, person: EntryId, entity: &mut Entity) {
    let mut chosen: Option<Tenure> = None;
    let mut before = false;
    for tenure in resolver.gazetteer.tenures_of(person) {
        before |= resolver.date.is_none_or(|date| tenure.until.is_some_and(|until| until <= date));
        if !tenure.holds(resolver.date) {
            continue;
        }
        // A head's office tells more than a further one held beside it, and of the thrones that one person holds that of
        // the own country; else the later one is the more telling.
        let own = entity.country;
        let telling = |tenure: &Tenure| (is_head(tenure.role), tenure.country == own, tenure.from);
        let better = chosen.as_ref().is_none_or(|known| telling(&tenure) > telling(known));
        if better {
            chosen = Some(tenure);
        }
    }
    match chosen {
        Some(tenure) => {
            entity.role = Some(tenure.role.to_owned());
            entity.sector = Some(tenure.sector);
            entity.country = tenure.country.or(entity.country);
            if let Some(organisation) = tenure.organisation.filter(|_| tenure.country.is_none()) {
                let body = resolver.gazetteer.entry(organisation);
                entity.code = entity.code.or(body.code);
            }
        }
        None if before && entity.sector.is_none() => entity.sector = Some(Sector::Elite),
        None => {}
    }
}

/// Who holds an office of a country: a person of the document, else who the gazetteer says.
pub(super) fn holder(resolver: &mut Resolver, country: Country, role: &str) -> Option<EntityId> {
    let fits = |entity: &Entity| {
        entity.kind == EntityKind::Person
            && entity.country == Some(country)
            && entity.role.as_deref().is_some_and(|held| same_role(role, held))
    };
    let recent = resolver.entities.len().saturating_sub(super::description::FAR);
    if let Some(index) = resolver.entities[recent..].iter().rposition(fits).map(|index| recent + index) {
        return Some(EntityId::from(index));
    }
    let roles: &[&str] = if is_leader(role) { LEADING } else { &[role] };
    for role in roles {
        let person =
            resolver.gazetteer.holders(country, role, resolver.date).into_iter().next().map(|tenure| tenure.person);
        if let Some(person) = person {
            let sure = if resolver.date.is_some() { 0.85 } else { 0.5 };
            return Some(resolver.listed(person, sure));
        }
    }
    None
}

/// Who is meant by an office and a part of a name that nothing lists, "President Bush", "King Abdullah", "former
/// President Park": who held that office and has that word in the name. Of the countries that the document names the
/// one named most decides; where it names none that fits, the name must be that of one head in the world.
pub(super) fn bearer(resolver: &Resolver, index: usize) -> Option<(EntryId, f32)> {
    let traits = &resolver.mentions[index].traits;
    let role = traits.role.as_deref().filter(|role| is_national(role) && !is_leader(role))?;
    let past = traits.sector == Some(Sector::Elite);
    let name = fold::phrase(resolver.name(index));
    let in_country = |country: Country| -> Option<EntryId> {
        let mut found: Vec<Tenure> = resolver
            .gazetteer
            .terms(country, role)
            .filter(|term| if past { has_ended(term, resolver.date) } else { term.holds(resolver.date) })
            .filter(|term| has_words(&fold::phrase(resolver.gazetteer.entry(term.person).name), &name))
            .collect();
        found.sort_by_key(|term| std::cmp::Reverse((term.until.is_none(), term.until)));
        found.first().map(|term| term.person)
    };
    if let Some(country) = traits.country {
        return in_country(country).map(|person| (person, 0.9));
    }
    let mut named: Vec<(u32, EntryId)> =
        resolver.countries.iter().filter_map(|&(country, count)| Some((count, in_country(country)?))).collect();
    named.sort_unstable_by_key(|&(count, _)| std::cmp::Reverse(count));
    match named.as_slice() {
        [(_, person)] => return Some((*person, 0.85)),
        [(most, person), (second, _), ..] => return (most > second).then_some((*person, 0.6)),
        [] => {}
    }
    if !is_head(role) || resolver.date.is_none() {
        return None;
    }
    let weight = |person: EntryId| resolver.gazetteer.entry(person).weight;
    let mut world: Vec<EntryId> = resolver.gazetteer.countries().filter_map(in_country).collect();
    world.sort_by(|&a, &b| weight(b).total_cmp(&weight(a)).then(a.cmp(&b)));
    world.dedup();
    match world.as_slice() {
        [person] => Some((*person, 0.6)),
        [person, second, ..] if weight(*person) - weight(*second) >= BETTER_KNOWN => Some((*person, 0.6)),
        _ => None,
    }
}

/// By how much of two heads of a name one is thought of first.
const BETTER_KNOWN: f32 = 0.1;

/// Whether the office is no longer held at the date; without a date, whether its end is known.
fn has_ended(term: &Tenure, date: Option<Date>) -> bool {
    term.until.is_some_and(|until| date.is_none_or(|date| until <= date))
}

/// Whether the folded words of a part stand in a folded name, one after the other.
fn has_words(name: &str, part: &str) -> bool {
    part.len() > 1 && format!(" {name} ").contains(&format!(" {part} "))
}

/// Whether a country has one such office, so that country and role give its holder.
pub(super) fn is_national(role: &str) -> bool {
    is_head(role)
        || is_leader(role)
        || role.ends_with("minister") && role != "minister" && role != "chief minister" && !role.starts_with("deputy")
        || matches!(
            role,
            "vice president"
                | "secretary of state"
                | "attorney general"
                | "army chief"
                | "national security adviser"
                | "chief justice"
        )
}

/// The offices whose holder is called the country's leader, the more telling first.
const LEADING: &[&str] =
    &["supreme leader", "president", "prime minister", "chancellor", "king", "emir", "sultan", "leader"];
