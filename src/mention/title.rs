//! Titles: "Armenian Prime Minister Nikol Pashinyan", "Armenia's prime minister", "Gen. X", "Mr Y".

use std::ops::Range;

use super::Traits;
use super::lexicon::Title;
use super::reader::{Reader, Segment};
use super::word::{Case, Shape};
use crate::gazetteer::EntryId;
use crate::ontology::{Country, EntityKind, MentionForm, Sector};
use crate::span::TokenId;
use crate::syntax::{Deprel, Upos};

/// The longest title that begins at a token, and the token after it.
pub(super) fn at<'a>(reader: &Reader<'a>, token: u32) -> Option<(Title<'a>, u32)> {
    if let Some(own) = own(reader, token) {
        return Some(own);
    }
    let limit = reader.range().end;
    let titles = reader.word(token).info.titles();
    titles.iter().find_map(|(after, title)| {
        let mut next = token + 1;
        for word in after {
            if next < limit && reader.is_joint(next) {
                next += 1;
            }
            if next >= limit || !reader.is(next, word) {
                return None;
            }
            next += 1;
        }
        Some((*title, next))
    })
}

/// The longest title of the user's own files that begins at a token, and the token after it.
fn own<'a>(reader: &Reader<'a>, token: u32) -> Option<(Title<'a>, u32)> {
    if !reader.gazetteer.has_own_titles() {
        return None;
    }
    let limit = reader.range().end.min(token + LONGEST);
    (token + 1..=limit).rev().find_map(|end| {
        let words: Vec<&str> =
            (token..end).filter(|&token| !reader.is_joint(token)).map(|token| reader.form(token)).collect();
        let title = reader.gazetteer.title(&words).filter(|title| !title.plural)?;
        Some((Title { role: title.role.unwrap_or(title.title), sector: title.sector }, end))
    })
}

/// How many tokens a user's title may have.
const LONGEST: u32 = 6;

/// Finds the titled persons and bare offices of the sentence.
pub(super) fn mentions(reader: &mut Reader) {
    let sentence = reader.range();
    let mut token = sentence.start;
    while token < sentence.end {
        if reader.word(token).info.is_honorific()
            && let Some(end) = honoured(reader, token)
        {
            token = end;
            continue;
        }
        let Some((title, mut end)) = at(reader, token).filter(|_| is_free(reader, token)) else {
            token += 1;
            continue;
        };
        // Stacked titles, "former Army chief General X", are one: the last counts, the first stays its beginning.
        let mut title = title;
        while let Some((next, after)) = (end < sentence.end).then(|| at(reader, end)).flatten() {
            title = next;
            end = after;
        }
        token = titled(reader, token, end, title).unwrap_or(token).max(token + 1);
    }
}

fn is_free(reader: &Reader, token: u32) -> bool {
    reader.segment(token).is_none() && !reader.used[token as usize]
}

/// "Mr Xi", "Mrs. Clinton".
fn honoured(reader: &mut Reader, token: u32) -> Option<u32> {
    let (index, segment) = reader.segment(token + 1).map(|(index, segment)| (index, segment.clone()))?;
    if segment.tokens.start != token + 1 || !reader.shape(token).is_capital() {
        return None;
    }
    let traits = Traits { kind: Some(EntityKind::Person), ..Traits::default() };
    Some(named(reader, token, index, &segment, traits))
}

/// Builds the mention around a title at `start..end`; gives the token after it.
fn titled(reader: &mut Reader, start: u32, end: u32, title: Title<'_>) -> Option<u32> {
    let before = before(reader, start);
    let mut traits = Traits {
        kind: Some(EntityKind::Person),
        country: before.country,
        sector: if before.past { Some(Sector::Elite) } else { title.sector },
        role: Some(role(reader, before.start..start, title)),
        organisation: before.organisation,
        ..Traits::default()
    };
    if let Some((index, segment)) = person_at(reader, end, start) {
        return Some(named(reader, before.start, index, &segment, traits));
    }
    if !stands_alone(reader, start, end, before.start) {
        return None;
    }
    let after = office_of(reader, end, &mut traits);
    let tokens = before.start..after;
    reader.used[tokens.start as usize..tokens.end as usize].fill(true);
    reader.push(tokens, MentionForm::Title, traits, "title");
    Some(after)
}

/// Adds the mention of a titled person.
fn named(reader: &mut Reader, start: u32, index: usize, segment: &Segment, mut traits: Traits) -> u32 {
    let candidates: Vec<_> = reader.candidates(segment).to_vec();
    let is_person = |entry: EntryId| reader.gazetteer.kind(entry) == EntityKind::Person;
    let candidates: Vec<_> = candidates.into_iter().filter(|candidate| is_person(candidate.entry)).collect();
    traits.name = Some(reader.doc.span_of(segment.tokens.clone()));
    reader.taken[index] = true;
    let tokens = start..segment.tokens.end;
    reader.used[tokens.start as usize..tokens.end as usize].fill(true);
    reader.push(tokens, MentionForm::Name, traits, "title-name").candidates = candidates;
    segment.tokens.end
}

/// The person's name that begins at a token, after a title that begins at `title`.
fn person_at(reader: &Reader, token: u32, title: u32) -> Option<(usize, Segment)> {
    if token >= reader.range().end {
        return None;
    }
    let (index, segment) = reader.segment(token)?;
    if segment.tokens.start != token {
        return None;
    }
    let listed_person =
        reader.candidates(segment).iter().any(|one| reader.gazetteer.kind(one.entry) == EntityKind::Person);
    let capital = reader.shape(title).is_capital();
    // "militant Islamic group".
    let adjective = segment.tokens.len() == 1 && reader.parsed && reader.upos(token) == Upos::Adj;
    let unlisted = segment.hit.is_none() && !adjective && matches!(segment.kind, None | Some(EntityKind::Person));
    let acronym = segment.tokens.len() == 1 && reader.shape(token) == Shape::Upper && reader.case == Case::Telling;
    let place = reader.kind(segment) == Some(EntityKind::Place) && capital && !reader.is_demonym(segment);
    ((listed_person || unlisted || place) && !acronym).then(|| (index, segment.clone()))
}

/// Whether a title without a name stands for its bearer.
fn stands_alone(reader: &Reader, start: u32, end: u32, from: u32) -> bool {
    let word = reader.word(start);
    if reader.parsed {
        let node = reader.node(end - 1);
        let noun = matches!(node.upos, Upos::Noun | Upos::Propn);
        let modifies = matches!(node.deprel, Deprel::Compound | Deprel::Amod | Deprel::Flat)
            && node.head.is_some_and(|TokenId(head)| head >= end);
        if !noun || modifies {
            return false;
        }
    }
    if word.info.is_weak_title() && end - start == 1 {
        let owned = from < start;
        let of = end < reader.range().end && reader.is(end, "of");
        return owned || (of && word.shape == Shape::Lower && reader.parsed);
    }
    true
}

/// What stands before a title and belongs to it.
struct Before {
    start: u32,
    country: Option<Country>,
    organisation: Option<EntryId>,
    past: bool,
}

/// Goes left from a title over ranks, adjectives of countries, owners.
fn before(reader: &Reader, title: u32) -> Before {
    let sentence = reader.range();
    let mut found = Before { start: title, country: None, organisation: None, past: false };
    while found.start > sentence.start {
        let previous = found.start - 1;
        let word = reader.word(previous);
        // A rank that begins the sentence, "Former President X", looks like a name.
        let segment = reader.segment(previous).map(|(_, segment)| segment);
        let rank =
            word.info.is_rank() && segment.is_none_or(|segment| segment.hit.is_none() && segment.tokens.len() == 1);
        if let Some(segment) = segment.filter(|_| !rank) {
            owner(reader, segment, &mut found);
            continue;
        }
        if rank {
            found.past |= word.info.is_past();
            found.start = previous;
        } else if word.shape == Shape::Possessive && previous > sentence.start {
            let Some((_, segment)) = reader.segment(previous - 1) else { break };
            owner(reader, segment, &mut found);
            break;
        } else if modifies(reader, previous, title) {
            found.start = previous;
        } else {
            break;
        }
    }
    found
}

/// Takes in the name before a title: whose office it is.
fn owner(reader: &Reader, segment: &Segment, found: &mut Before) {
    found.start = segment.tokens.start;
    if let Some(best) = reader.best(segment) {
        let entry = reader.gazetteer.entry(best.entry);
        match entry.kind {
            EntityKind::Organisation | EntityKind::ArmedGroup => {
                found.organisation = found.organisation.or(Some(best.entry))
            }
            _ => {}
        }
        found.country = found.country.or(entry.country);
    }
}

/// Whether a word before a title modifies it: an adjective or noun in the tree, inside the same noun phrase.
fn modifies(reader: &Reader, token: u32, title: u32) -> bool {
    if !reader.parsed || reader.word(token).info.is_function() {
        return false;
    }
    let node = reader.node(token);
    let inside = node.head.is_some_and(|TokenId(head)| head > token && head <= title + 4);
    inside
        && matches!(node.upos, Upos::Adj | Upos::Noun | Upos::Propn)
        && matches!(node.deprel, Deprel::Amod | Deprel::Compound)
}

/// "president of Russia", "minister for the Middle East": takes in what follows, and gives where the title ends.
fn office_of(reader: &Reader, end: u32, traits: &mut Traits) -> u32 {
    let limit = reader.range().end;
    if end + 1 >= limit || !(reader.is(end, "of") || reader.is(end, "for") || reader.is(end, "to")) {
        return end;
    }
    let mut at = end + 1;
    if reader.is(at, "the") && at + 1 < limit {
        at += 1;
    }
    let Some((_, segment)) = reader.segment(at) else { return end };
    if segment.tokens.start != at {
        return end;
    }
    let mut reached = segment.tokens.end;
    if let Some(best) = reader.best(segment).filter(|_| !reader.is(end, "to")) {
        let entry = reader.gazetteer.entry(best.entry);
        match entry.kind {
            EntityKind::Organisation | EntityKind::ArmedGroup => traits.organisation = Some(best.entry),
            _ => traits.country = traits.country.or(entry.country),
        }
    }
    let further = reached + 1 < limit && reader.is(reached, "and") && reader.is(end, "for");
    if let Some((_, next)) = reader.segment(reached + 1).filter(|_| further) {
        reached = next.tokens.end;
    }
    reached
}

/// The office named: the title's role, with "deputy" or "vice" before it where that is said.
fn role(reader: &Reader, before: Range<u32>, title: Title<'_>) -> String {
    let deputy = before.clone().any(|token| reader.is(token, "deputy") || reader.is(token, "vice"));
    if deputy { format!("deputy {}", title.role) } else { title.role.to_owned() }
}
