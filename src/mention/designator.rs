//! Organisations and places that a word of their name gives away: "Ministry of …", "… Liberation Front", "Mount …".

use std::ops::Range;

use super::name::is_name_word;
use super::reader::{Reader, Segment};
use super::word::Shape;
use crate::ontology::{Country, EntityKind, MentionForm, Sector};

/// The designated name in a run of name words, the rightmost, reaching over "of" and "for" beyond the run.
pub(super) fn organisation(reader: &Reader, run: &Range<u32>) -> Option<Segment> {
    if let Some(found) = beginning(reader, run) {
        return Some(found);
    }
    let last = run.clone().rev().find(|&token| ends_name(reader, token))?;
    let designator = reader.word(last).info.designator()?;
    let hit = reader.hit_at[last as usize];
    if hit > 0 && reader.hits.hits[hit as usize - 1].tokens.len() > 1 {
        // "Bank of China" is one name, whatever its first word would make.
        let ends = reader.hits.hits[hit as usize - 1].tokens.end == last + 1;
        return if ends { longer(reader, run, hit as usize - 1) } else { None };
    }
    if let Some(place) = listed_place(reader, run, last, designator.kind) {
        return Some(place);
    }
    let start = person_end(reader, run.start, last);
    let start = if reader.is(start, "the") && start < last { start + 1 } else { start };
    let end = if last + 1 == run.end { continued(reader, last + 1, designator.kind) } else { last + 1 };
    // "the Sea Org": what goes on has another name.
    let goes_on = end < run.end && reader.shape(end).is_capital();
    if start == last && end == last + 1 && (goes_on || !lone(reader, last)) {
        return None;
    }
    let kind = Some(designator.kind);
    let rule = if end > last + 1 { "designator-of" } else { "designator" };
    Some(Segment { tokens: start..end, hit: None, kind, sector: sector(reader, start..end, designator.sector), rule })
}

/// "Free Highland Workers Union", where a "Workers Union" is listed: unlisted words straight before the name of a body
/// that few know make it another body's.
fn longer(reader: &Reader, run: &Range<u32>, hit: usize) -> Option<Segment> {
    let listed = &reader.hits.hits[hit];
    let entry = reader.gazetteer.entry(reader.hits.of(listed).first()?.entry);
    let known = entry.weight >= WELL_KNOWN || !matches!(entry.kind, EntityKind::Organisation | EntityKind::ArmedGroup);
    let belongs = |&token: &u32| {
        let word = reader.word(token);
        let plain = !word.info.is_given() && !word.info.is_function() && !word.info.is_rank();
        is_little(reader, token) && word.shape == Shape::Capital && plain
    };
    let before = (run.start..listed.tokens.start).rev().take_while(belongs).last();
    let start = before.filter(|&start| !known && start > reader.range().start)?;
    let sector = sector(reader, start..listed.tokens.end, entry.sector);
    let tokens = start..listed.tokens.end;
    Some(Segment { tokens, hit: None, kind: Some(entry.kind), sector, rule: "designator" })
}

/// Whether a token is of no listed name, or of a village's.
fn is_little(reader: &Reader, token: u32) -> bool {
    let Some(hit) = (reader.hit_at[token as usize] as usize).checked_sub(1) else { return true };
    let Some(best) = reader.hits.of(&reader.hits.hits[hit]).first() else { return true };
    let entry = reader.gazetteer.entry(best.entry);
    entry.kind == EntityKind::Place && entry.weight < VILLAGE
}

/// Places of less weight are known to their neighbours.
const VILLAGE: f32 = 0.3;

/// The weight from which on a body keeps its name whatever stands before it.
const WELL_KNOWN: f32 = 0.5;

/// "Ghor Province", "Oromia Region": a listed place with what kind of place it is.
fn listed_place(reader: &Reader, run: &Range<u32>, last: u32, kind: EntityKind) -> Option<Segment> {
    let hit = (reader.hit_at[run.start as usize] as usize).checked_sub(1)?;
    let listed = &reader.hits.hits[hit];
    let best = reader.hits.of(listed).first()?;
    let place = reader.gazetteer.kind(best.entry) == EntityKind::Place && best.form != MentionForm::Demonym;
    let alone = listed.tokens.start == run.start && listed.tokens.end == last;
    let word = reader.form(last);
    let area = ["province", "region", "district", "governorate", "oblast", "county", "state", "prefecture", "city"];
    let of_area = kind == EntityKind::Place && area.iter().any(|area| word.eq_ignore_ascii_case(area));
    (place && alone && of_area).then(|| Segment {
        tokens: run.start..last + 1,
        hit: Some(hit as u32),
        kind: None,
        sector: None,
        rule: "place-designator",
    })
}

/// "Mount Sinjar", "Camp Bastion", "Lake Chad".
fn beginning(reader: &Reader, run: &Range<u32>) -> Option<Segment> {
    let first = reader.word(run.start).info.designator()?;
    if !first.first || run.len() < 2 || reader.hit_at[run.start as usize] > 0 {
        return None;
    }
    // What may stand at either end begins the name of a place, unless another word ends it: "Camp Bastion".
    let place = matches!(first.kind, EntityKind::Place | EntityKind::Facility);
    if first.last && (!place || (run.start + 1..run.end).any(|token| ends_name(reader, token))) {
        return None;
    }
    Some(Segment { tokens: run.clone(), hit: None, kind: Some(first.kind), sector: first.sector, rule: "designator" })
}

/// Whether a capitalised token ends a designated name.
fn ends_name(reader: &Reader, token: u32) -> bool {
    reader.shape(token).is_capital()
        && reader.word(token).info.designator().is_some_and(|found| found.last || found.first)
}

/// A designator on its own is a name where it is capitalised inside a sentence after "the": "the Coalition".
fn lone(reader: &Reader, token: u32) -> bool {
    token > reader.range().start && reader.is(token - 1, "the") && reader.shape(token) == Shape::Capital
}

/// Where the organisation begins when a person's listed name stands before it in the run.
fn person_end(reader: &Reader, start: u32, last: u32) -> u32 {
    let mut from = start;
    for token in start..last {
        let hit = reader.hit_at[token as usize];
        if hit == 0 {
            continue;
        }
        let hit = &reader.hits.hits[hit as usize - 1];
        let Some(best) = reader.hits.of(hit).first() else { continue };
        let person = reader.gazetteer.kind(best.entry) == EntityKind::Person;
        if person && hit.tokens.len() > 1 && hit.tokens.end <= last {
            from = hit.tokens.end;
        }
    }
    from
}

/// The end of a name that goes on with "of" or "for": "Ministry of Trade and Industry", "Supreme Court of India".
fn continued(reader: &Reader, end: u32, kind: EntityKind) -> u32 {
    let limit = reader.range().end;
    let organisation = !matches!(kind, EntityKind::Place | EntityKind::Facility);
    if end + 1 >= limit || !organisation || !(reader.is(end, "of") || reader.is(end, "for")) {
        return end;
    }
    let mut at = end + 1;
    if reader.is(at, "the") {
        at += 1;
    }
    let mut reached = end;
    while at < limit && is_name_word(reader, at) {
        at += 1;
        reached = at;
        let joins = at + 1 < limit
            && (reader.is(at, "and") || reader.is(at, "&") || reader.is(at, "of") || reader.is_joint(at))
            && is_name_word(reader, at + 1)
            && reader.hit_at[at as usize + 1] == 0
            && reader.hit_at[at as usize - 1] == 0;
        if joins {
            at += 1;
        }
    }
    reached
}

/// The sector of a designated name: that of its designator, unless a word of it says more ("Liberation", "Police").
fn sector(reader: &Reader, tokens: Range<u32>, own: Option<Sector>) -> Option<Sector> {
    let telling = |token: u32| {
        let form = reader.form(token);
        match () {
            () if ["military", "army", "defence", "defense", "navy"]
                .iter()
                .any(|word| form.eq_ignore_ascii_case(word)) =>
            {
                Some(Sector::Military)
            }
            () if form.eq_ignore_ascii_case("police") => Some(Sector::Police),
            () if ["liberation", "rebel", "resistance"].iter().any(|word| form.eq_ignore_ascii_case(word)) => {
                Some(Sector::Rebel)
            }
            () if ["university", "college", "school"].iter().any(|word| form.eq_ignore_ascii_case(word)) => {
                Some(Sector::Education)
            }
            () if form.eq_ignore_ascii_case("intelligence") => Some(Sector::Spy),
            () => None,
        }
    };
    match own {
        // "Myanmar Police Force".
        Some(Sector::Military) if tokens.clone().find_map(telling) == Some(Sector::Police) => Some(Sector::Police),
        Some(Sector::Government | Sector::Business | Sector::Party) | None => {
            let said = tokens.clone().find_map(telling);
            match (own, said) {
                (Some(Sector::Government), Some(Sector::Military)) => own,
                _ => said.or(own),
            }
        }
        _ => own,
    }
}

/// The country of an organisation, from the demonym or country in its name.
pub(super) fn country(reader: &Reader, segment: &Segment) -> Option<Country> {
    if segment.hit.is_some() || segment.kind == Some(EntityKind::Person) {
        return None;
    }
    let of_country = |token: u32| {
        let hit = reader.hit_at[token as usize];
        let hit = reader.hits.hits.get((hit as usize).checked_sub(1)?)?;
        let best = reader.hits.of(hit).first()?;
        let entry = reader.gazetteer.entry(best.entry);
        let national = entry.kind == EntityKind::Country || best.form == MentionForm::Demonym;
        if national { entry.country } else { None }
    };
    let own = segment.tokens.clone().find_map(of_country);
    own.or_else(|| {
        // "Ministry of Defence of Ukraine".
        let of = segment.tokens.end;
        let limit = reader.range().end;
        let name = if of + 2 < limit && reader.is(of + 1, "the") { of + 2 } else { of + 1 };
        (name < limit && reader.is(of, "of")).then(|| of_country(name))?
    })
}
