//! Descriptions: "the army", "Azerbaijani troops", "three civilians", "the town of Dabiq".

use std::ops::Range;

use super::lexicon::Noun;
use super::reader::Reader;
use super::word::Shape;
use super::{Traits, name};
use crate::ontology::{EntityKind, MentionForm, Sector};
use crate::span::TokenId;
use crate::syntax::phrase::{self, Reach};
use crate::syntax::{Deprel, Upos};

/// Finds the described actors, places and things of the sentence.
pub(super) fn mentions(reader: &mut Reader) {
    for token in reader.range() {
        if reader.used[token as usize] {
            continue;
        }
        if let Some((_, segment)) = reader.segment(token) {
            if segment.tokens.end == token + 1 && reader.is_demonym(segment) {
                nationals(reader, token);
            }
            continue;
        }
        let Some((first, noun)) = noun_at(reader, token) else { continue };
        if heads(reader, token) {
            described(reader, first, token, noun);
        }
    }
}

/// The longest listed noun or noun phrase that ends at a token, and its first token.
pub(super) fn noun_at(reader: &Reader, token: u32) -> Option<(u32, Noun)> {
    let start = reader.range().start;
    let info = reader.word(token).info;
    let phrase = info.noun_phrases().iter().find_map(|(before, noun)| {
        let mut at = token;
        for word in before {
            if at == start || !reader.is(at - 1, word) {
                return None;
            }
            at -= 1;
        }
        Some((at, *noun))
    });
    match phrase {
        Some((first, noun)) => noun.map(|noun| (first, noun)),
        None => info.noun().map(|noun| (token, noun)),
    }
}

/// Whether the token heads a noun phrase.
fn heads(reader: &Reader, token: u32) -> bool {
    let limit = reader.range().end;
    let joined = token + 1 < limit && reader.is_joint(token + 1);
    let joins = token > reader.range().start && reader.is_joint(token - 1);
    if joined || joins && !reader.parsed {
        return false;
    }
    if reader.parsed {
        let node = reader.node(token);
        let modifies = matches!(
            node.deprel,
            Deprel::Compound
                | Deprel::Amod
                | Deprel::NmodDesc
                | Deprel::CompoundPrt
                | Deprel::Fixed
                | Deprel::Advmod
                | Deprel::Case
        );
        return matches!(node.upos, Upos::Noun | Upos::Propn) && !modifies;
    }
    // Without a tree: not before another noun of the list, which it then modifies.
    token + 1 >= limit || reader.word(token + 1).info.noun().is_none() || reader.word(token + 1).info.is_function()
}

/// "Syrians", "a Russian": the people of a country, or one of them.
fn nationals(reader: &mut Reader, token: u32) {
    let node = reader.node(token);
    let next = (token + 1 < reader.range().end).then(|| reader.word(token + 1));
    let alone = next.is_none_or(|next| next.shape != Shape::Capital && next.info.noun().is_none());
    let heads = if reader.parsed {
        matches!(node.upos, Upos::Noun | Upos::Propn)
            && !matches!(node.deprel, Deprel::Compound | Deprel::Amod | Deprel::Flat)
    } else {
        alone && !reader.form(token).ends_with("ss")
    };
    let (index, segment) = match reader.segment(token) {
        Some((index, segment)) if heads => (index, segment.clone()),
        _ => return,
    };
    let plural = reader.form(token).ends_with(['s', 'S']) || matches!(node.xpos.name(), "NNS" | "NNPS");
    let article = token > reader.range().start && (reader.is(token - 1, "a") || reader.is(token - 1, "an"));
    if !plural && !article {
        return;
    }
    let range = extent(reader, segment.tokens.start, token);
    let traits = Traits {
        kind: Some(if plural { EntityKind::People } else { EntityKind::Person }),
        country: reader.country(&segment),
        sector: Some(Sector::Civilian),
        plural,
        ..Traits::default()
    };
    reader.taken[index] = reader.country(&segment).is_some();
    if !reader.taken[index] {
        return;
    }
    mark(reader, &range);
    reader.push(range, MentionForm::Description, traits, "nationals");
}

/// Adds the description that `first..=head` heads.
fn described(reader: &mut Reader, first: u32, head: u32, noun: Noun) {
    let range = extent(reader, first, head);
    let place = matches!(noun.kind, EntityKind::Place | EntityKind::Facility);
    if place && place_of(reader, &range, head) {
        return;
    }
    let mut traits = Traits {
        kind: Some(if noun.kind == EntityKind::Person && noun.plural { EntityKind::People } else { noun.kind }),
        sector: noun.sector,
        plural: noun.plural,
        ..Traits::default()
    };
    owners(reader, &range, head, &mut traits);
    mark(reader, &range);
    reader.push(range, MentionForm::Description, traits, "noun");
}

/// "the Syrian town of Dabiq" is Dabiq.
fn place_of(reader: &mut Reader, range: &Range<u32>, head: u32) -> bool {
    let limit = reader.range().end;
    if head + 2 >= limit || !reader.is(head + 1, "of") {
        return false;
    }
    let Some((index, segment)) = reader.segment(head + 2) else { return false };
    let (index, segment) = (index, segment.clone());
    let place = matches!(reader.kind(&segment), None | Some(EntityKind::Place | EntityKind::Facility));
    if segment.tokens.start != head + 2 || !place {
        return false;
    }
    reader.taken[index] = true;
    let tokens = range.start..segment.tokens.end;
    let traits = Traits {
        kind: segment.hit.is_none().then_some(EntityKind::Place),
        name: Some(reader.doc.span_of(segment.tokens.clone())),
        ..Traits::default()
    };
    let form = reader.form_of(&segment).unwrap_or(MentionForm::Name);
    let form = if form == MentionForm::Metonym { MentionForm::Name } else { form };
    let candidates = reader.candidates(&segment).to_vec();
    mark(reader, &tokens);
    reader.push(tokens, form, traits, "place-of-name").candidates = candidates;
    true
}

fn mark(reader: &mut Reader, range: &Range<u32>) {
    reader.used[range.start as usize..range.end as usize].fill(true);
}

/// Country, organisation and sector that the words around the head give: "Azerbaijani troops", "Hamas fighters",
/// "police convoy", "the government of Iraq".
fn owners(reader: &Reader, range: &Range<u32>, head: u32, traits: &mut Traits) {
    let mut at = range.start;
    while at < range.end {
        let Some((_, segment)) = reader.segment(at) else {
            let noun = reader.word(at).info.noun();
            if at < head && traits.sector.is_none() {
                traits.sector = noun.and_then(|noun| noun.sector);
            }
            at += 1;
            continue;
        };
        at = segment.tokens.end.max(at + 1);
        let Some(best) = reader.best(segment) else { continue };
        let entry = reader.gazetteer.entry(best.entry);
        match entry.kind {
            EntityKind::Organisation | EntityKind::ArmedGroup if segment.tokens.start < head => {
                traits.organisation = traits.organisation.or(Some(best.entry));
            }
            EntityKind::Country | EntityKind::People | EntityKind::Person => {
                traits.country = traits.country.or(entry.country)
            }
            _ => {}
        }
    }
}

/// The noun phrase around `first..=head`.
fn extent(reader: &Reader, first: u32, head: u32) -> Range<u32> {
    let range = if reader.parsed {
        let range = phrase::extent(reader.doc, reader.syntax, TokenId(head), Reach::Of);
        range.start.min(first)..range.end
    } else {
        let start = linear_start(reader, first);
        start..linear_end(reader, head)
    };
    let whole = |token: u32| reader.segment(token).map(|(_, segment)| segment.tokens.clone());
    let start = whole(range.start).map_or(range.start, |tokens| tokens.start.min(range.start));
    let end = whole(range.end - 1).map_or(range.end, |tokens| tokens.end.max(range.end));
    without_article(reader, start, head)..end
}

/// A description is kept without its article.
fn without_article(reader: &Reader, start: u32, head: u32) -> u32 {
    let article = ["the", "a", "an"].iter().any(|article| reader.is(start, article));
    if article && start < head { start + 1 } else { start }
}

/// Goes left over what may modify a noun where there is no tree.
fn linear_start(reader: &Reader, first: u32) -> u32 {
    let start = reader.range().start;
    let mut at = first;
    while at > start && first - at < 5 {
        let before = at - 1;
        let word = reader.word(before);
        if let Some((_, segment)) = reader.segment(before) {
            at = segment.tokens.start;
            continue;
        }
        if word.info.is_determiner() {
            at = before;
            break;
        }
        let modifier = word.info.noun().is_some()
            || word.info.is_rank()
            || word.info.is_direction()
            || word.shape == Shape::Number;
        let owned = word.shape == Shape::Possessive && before > start && reader.segment(before - 1).is_some();
        if owned || modifier && !word.info.is_function() {
            at = before;
        } else {
            break;
        }
    }
    at
}

/// Goes right over "of" and a name where there is no tree.
fn linear_end(reader: &Reader, head: u32) -> u32 {
    let limit = reader.range().end;
    let mut at = head + 1;
    if at + 1 >= limit || !reader.is(at, "of") {
        return head + 1;
    }
    at += 1;
    if reader.is(at, "the") && at + 1 < limit {
        at += 1;
    }
    match reader.segment(at) {
        Some((_, segment)) if name::is_name_word(reader, at) => segment.tokens.end,
        _ => head + 1,
    }
}
