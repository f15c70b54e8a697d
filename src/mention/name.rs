//! Names: listed ones, and runs of capitalised words that may be unlisted ones.

use std::ops::Range;

use super::lexicon::{WordInfo, state};
use super::reader::{Reader, Segment};
use super::word::{Case, Shape};
use super::{Traits, designator, small, title};
use crate::ontology::{EntityKind, MentionForm, Sector};
use crate::span::SentenceId;
use crate::syntax::Upos;

/// Finds the names of the sentence and keeps them as segments.
pub(super) fn segments(reader: &mut Reader) {
    let sentence = reader.range();
    let mut at = sentence.start;
    while at < sentence.end {
        if let Some(tokens) = small::person(reader, at) {
            at = tokens.end;
            keep(reader, unlisted(tokens, Some(EntityKind::Person), "given-name"));
            continue;
        }
        if !is_name_word(reader, at) {
            at += 1;
            continue;
        }
        let end = run_end(reader, at, sentence.end);
        split(reader, at..end);
        // A name with "of" may reach past its run.
        let last = reader.segments.last().map_or(end, |segment| segment.tokens.end);
        at = end.max(last.min(sentence.end));
    }
}

/// Whether the token may belong to a name by itself.
pub(super) fn is_name_word(reader: &Reader, token: u32) -> bool {
    if reader.hit_at[token as usize] > 0 || is_article(reader, token) || is_numbered_unit(reader, token) {
        return true;
    }
    let word = reader.word(token);
    if is_thing(reader, token) {
        return false;
    }
    if !word.shape.is_capital() || word.info.is_function() || word.info.is_honorific() {
        return false;
    }
    let proper = reader.parsed && reader.upos(token) == Upos::Propn;
    match reader.case {
        Case::Telling if token == reader.range().start => {
            title::at(reader, token).is_none() && (proper || begins_name(reader, token))
        }
        Case::Telling => title::at(reader, token).is_none() && reader.form(token) != "I",
        Case::Title | Case::Silent => proper && title::at(reader, token).is_none(),
    }
}

/// "al" in "al-Ansari", where no listed name begins with it.
fn is_article(reader: &Reader, token: u32) -> bool {
    let word = reader.word(token);
    word.info.is_arabic_article()
        && reader.hit_at[token as usize] == 0
        && token + 2 < reader.range().end
        && reader.is_joint(token + 1)
        && (reader.shape(token + 2).is_capital() || reader.hit_at[token as usize + 2] > 0)
}

/// "3rd" in "3rd Battalion", "5th" in "5th Special Forces Group".
fn is_numbered_unit(reader: &Reader, token: u32) -> bool {
    let ordinal =
        reader.shape(token) == Shape::Number && reader.form(token).ends_with(|end: char| end.is_ascii_lowercase());
    let limit = reader.range().end.min(token + 4);
    ordinal
        && (token + 1..limit).take_while(|&next| reader.shape(next).is_capital()).any(|next| {
            let designator = reader.word(next).info.designator();
            designator.is_some_and(|found| found.sector == Some(Sector::Military) && found.last)
        })
}

/// "IED", "VBIEDs": initials that are listed as a thing are no name.
fn is_thing(reader: &Reader, token: u32) -> bool {
    let noun = reader.word(token).info.noun();
    let thing = noun.is_some_and(|noun| matches!(noun.kind, EntityKind::Weapon | EntityKind::Platform));
    thing && reader.case == Case::Telling && reader.form(token).starts_with(|first: char| first.is_uppercase()) && {
        let form = reader.form(token);
        form.trim_end_matches('s').chars().all(|letter| !letter.is_lowercase())
    }
}

/// Whether a capitalised word that begins a sentence is likely to begin a name, without a tree to tell.
fn begins_name(reader: &Reader, token: u32) -> bool {
    let initials = reader.shape(token) == Shape::Upper && reader.word(token).info.noun().is_none();
    let next = token + 1;
    let followed = next < reader.range().end && {
        let word = reader.word(next);
        word.shape.is_capital() && !word.info.is_function()
    };
    let word = reader.word(token);
    let plain = word.info.noun().is_none();
    if reader.parsed {
        // The tagger is unsure of rare names where every word has a capital.
        let unsure = matches!(reader.upos(token), Upos::Noun | Upos::Adj | Upos::X | Upos::Intj);
        return initials || (unsure && plain && followed && reader.upos(next) == Upos::Propn);
    }
    word.shape == Shape::Upper || word.info.is_given() || (followed && plain)
}

/// The end of the run of name words that begins at a token.
fn run_end(reader: &Reader, start: u32, limit: u32) -> u32 {
    let mut end = word_end(reader, start);
    while end < limit {
        if is_name_word(reader, end) {
            end = word_end(reader, end);
        } else if end + 1 < limit && is_name_word(reader, end + 1) && links(reader, end) {
            end = word_end(reader, end + 1);
        } else if is_second_half(reader, start, end, limit) {
            end += 2;
        } else {
            break;
        }
    }
    end.min(limit)
}

/// "-moon" in "Ban Ki-moon": the second half of a given name after a surname.
fn is_second_half(reader: &Reader, start: u32, joint: u32, limit: u32) -> bool {
    let free = |token: u32| reader.hit_at[token as usize] == 0 && reader.shape(token) == Shape::Capital;
    joint + 1 < limit
        && joint >= start + 2
        && reader.is_joint(joint)
        && free(joint - 1)
        && free(joint - 2)
        && reader.form(joint - 1).len() < 6
        && reader.shape(joint + 1) == Shape::Lower
        && reader.form(joint + 1).len() < 6
        && !["led", "held", "based", "born", "era", "area", "run", "style", "made", "only"]
            .contains(&reader.form(joint + 1))
}

/// The token after a name word, or after the listed name it belongs to.
fn word_end(reader: &Reader, token: u32) -> u32 {
    match reader.hit_at[token as usize] {
        0 if is_article(reader, token) => word_end(reader, token + 2),
        0 => token + 1,
        hit => reader.hits.hits[hit as usize - 1].tokens.end,
    }
}

/// Whether a token stands inside a name, between two words of it.
fn links(reader: &Reader, token: u32) -> bool {
    let word = reader.word(token);
    let listed = |token: u32| reader.hit_at[token as usize] > 0;
    if reader.is_joint(token) {
        return !(listed(token - 1) && listed(token + 1));
    }
    let ordinal = word.shape == Shape::Number && !reader.form(token).ends_with(|end: char| end.is_ascii_digit());
    (word.info.is_particle() && word.shape == Shape::Lower && !listed(token - 1)) || reader.is(token, "&") || ordinal
}

/// Divides a run into names.
fn split(reader: &mut Reader, run: Range<u32>) {
    if run.is_empty() {
        return;
    }
    if let Some(rest) = event(reader, &run) {
        split(reader, rest);
        return;
    }
    if let Some(named) = designator::organisation(reader, &run) {
        let (before, after) = (run.start..named.tokens.start, named.tokens.end..run.end);
        pieces(reader, before);
        keep(reader, named);
        if after.start < after.end {
            split(reader, after);
        }
        return;
    }
    pieces(reader, run);
}

/// The rest of a run that names an event or a document, "Paris Agreement", "Operation Inherent Resolve": that has no
/// bearer, and a place in it is not meant. Demonyms before it stay.
fn event(reader: &Reader, run: &Range<u32>) -> Option<Range<u32>> {
    let head = |token: u32| reader.word(token).info.is_event_head() && reader.shape(token) != Shape::Lower;
    let found = run.clone().find(|&token| head(token) && reader.hit_at[token as usize] == 0)?;
    if found == run.start {
        return (run.len() > 1).then_some(run.end..run.end);
    }
    let mut start = run.start;
    while start < found {
        let hit = reader.hit_at[start as usize];
        let listed = (hit as usize).checked_sub(1).map(|hit| &reader.hits.hits[hit]);
        let best = listed.and_then(|listed| reader.hits.of(listed).first());
        let place = best.is_some_and(|best| {
            let kind = reader.gazetteer.kind(best.entry);
            best.form != MentionForm::Demonym && matches!(kind, EntityKind::Country | EntityKind::Place)
        });
        if hit == 0 || place {
            break;
        }
        start = word_end(reader, start);
    }
    Some(run.start..start.min(found)).filter(|rest| rest.len() < run.len())
}

/// Divides a run without designators into listed names and what is between them.
fn pieces(reader: &mut Reader, run: Range<u32>) {
    let mut at = run.start;
    while at < run.end {
        let hit = reader.hit_at[at as usize];
        if hit > 0 {
            let tokens = reader.hits.hits[hit as usize - 1].tokens.clone();
            if tokens.end > run.end {
                // "the Congo" before "River": a longer name has taken its end.
                return;
            }
            if let Some(end) = person_after(reader, &tokens, run.end) {
                keep(reader, unlisted(at..end, Some(EntityKind::Person), "given-name"));
                at = end;
                continue;
            }
            if let Some(end) = person_goes_on(reader, &tokens, run.end) {
                keep(reader, unlisted(at..end, Some(EntityKind::Person), "hyphen"));
                at = end;
                continue;
            }
            if let Some(end) = body_after(reader, &tokens, run.end) {
                keep(reader, unlisted(at..end, Some(EntityKind::Organisation), "initials"));
                at = end;
                continue;
            }
            at = tokens.end.max(at + 1);
            let segment = Segment { tokens, hit: Some(hit - 1), kind: None, sector: None, rule: "gazetteer" };
            keep(reader, segment);
            continue;
        }
        if let Some(hit) = person_after_initial(reader, at, run.end) {
            let tokens = at..reader.hits.hits[hit as usize].tokens.end;
            at = tokens.end;
            keep(reader, Segment { tokens, hit: Some(hit), kind: None, sector: None, rule: "initial" });
            continue;
        }
        let mut end = unlisted_end(reader, at, run.end);
        let (from, to) = trim(reader, at, end);
        let toward = to < run.end && (from..to).all(|token| reader.word(token).info.is_direction());
        if from < to && !toward {
            let joined = surname_hit(reader, from..to, run.end);
            keep(reader, unlisted(from..joined, None, "capitals"));
            end = end.max(joined);
        }
        at = end;
    }
}

/// The end of what no listed name covers from `start` on; a listed name after "al-" belongs to it: "Abu Jandal
/// al-Kuwaiti".
fn unlisted_end(reader: &Reader, start: u32, limit: u32) -> u32 {
    let mut end = start + 1;
    while end < limit {
        if reader.hit_at[end as usize] == 0 {
            end += 1;
        } else if end >= start + 2 && is_article(reader, end - 2) {
            end = word_end(reader, end).min(limit);
        } else {
            break;
        }
    }
    end
}

/// Cuts hyphens and lone marks off the ends of a piece.
fn trim(reader: &Reader, mut from: u32, mut to: u32) -> (u32, u32) {
    let mark = |token: u32| {
        !reader.shape(token).is_capital() && reader.shape(token) != Shape::Number && !is_article(reader, token)
    };
    while from < to && mark(from) {
        from += 1;
    }
    let half = |token: u32| reader.shape(token) == Shape::Lower && token > from && reader.is_joint(token - 1);
    while to > from && mark(to - 1) && !half(to - 1) {
        to -= 1;
    }
    (from, to)
}

/// "Paris Hilton", "Jordan Smith": a place's name that is a given name, before a capitalised word that is no name of a
/// country or body.
fn person_after(reader: &Reader, hit: &Range<u32>, limit: u32) -> Option<u32> {
    let first = hit.end;
    if hit.len() != 1 || first >= limit || reader.case != Case::Telling {
        return None;
    }
    let (own, word) = (reader.word(hit.start).info, reader.word(first));
    let ordinary = word.info.noun().is_some() || word.info.designator().is_some() || word.info.is_direction();
    let given = own.is_given() || own.is_place_given() || is_little_known(reader, hit, first);
    if !given || word.shape != Shape::Capital || ordinary {
        return None;
    }
    if reader.hit_at[first as usize] > 0 {
        return may_be_surname(reader, first).then(|| word_end(reader, first));
    }
    let mut end = first + 1;
    while end < limit && reader.hit_at[end as usize] == 0 && reader.shape(end).is_capital() {
        end += 1;
    }
    Some(end)
}

/// "Patti Smith": a town that few know, straight before a surname that nothing lists, is somebody's first name.
fn is_little_known(reader: &Reader, hit: &Range<u32>, next: u32) -> bool {
    let listed = &reader.hits.hits[reader.hit_at[hit.start as usize] as usize - 1];
    let Some(best) = reader.hits.of(listed).first() else { return false };
    let entry = reader.gazetteer.entry(best.entry);
    let start = reader.range().start;
    let located = hit.start > start && reader.word(hit.start - 1).info.is_place_preposition();
    let surname = (reader.hit_at[next as usize] == 0 || may_be_surname(reader, next))
        && reader.parsed
        && reader.upos(next) == Upos::Propn
        && !WordInfo::is_ordinary(reader.form(next))
        && !reader.word(next).info.is_function();
    entry.kind == EntityKind::Place && entry.weight < LITTLE_KNOWN && !located && surname && hit.start > start
}

/// The weight below which a town is thought of after a person of its name.
const LITTLE_KNOWN: f32 = 0.45;

/// "L. Paul Bremer", "J. Paul Getty": an initial before a listed person's full name belongs to it.
fn person_after_initial(reader: &Reader, token: u32, limit: u32) -> Option<u32> {
    if reader.shape(token) != Shape::Initial || token + 1 >= limit {
        return None;
    }
    let hit = (reader.hit_at[token as usize + 1] as usize).checked_sub(1)?;
    let listed = &reader.hits.hits[hit];
    let best = reader.hits.of(listed).first()?;
    let full = listed.tokens.start == token + 1 && listed.tokens.len() > 1 && listed.tokens.end <= limit;
    (full && reader.gazetteer.kind(best.entry) == EntityKind::Person).then_some(hit as u32)
}

/// "Hwang Hee-chan" is not the listed Hwang Hee: a hyphen takes a person's name further.
fn person_goes_on(reader: &Reader, hit: &Range<u32>, limit: u32) -> Option<u32> {
    let listed = &reader.hits.hits[reader.hit_at[hit.start as usize] as usize - 1];
    let best = reader.hits.of(listed).first()?;
    let next = hit.end + 1;
    let goes_on = hit.len() > 1
        && next < limit
        && reader.is_joint(hit.end)
        && reader.hit_at[next as usize] == 0
        && reader.shape(next) == Shape::Capital;
    (goes_on && reader.gazetteer.kind(best.entry) == EntityKind::Person).then_some(next + 1)
}

/// "LA Weekly", "PC World": listed initials before an unlisted word are a part of its name.
fn body_after(reader: &Reader, hit: &Range<u32>, limit: u32) -> Option<u32> {
    let listed = &reader.hits.hits[reader.hit_at[hit.start as usize] as usize - 1];
    let best = reader.hits.of(listed).first()?;
    let initials = best.form == MentionForm::Acronym && reader.gazetteer.kind(best.entry) != EntityKind::Country;
    let next = hit.end;
    if !initials || next >= limit || reader.hit_at[next as usize] > 0 || reader.case != Case::Telling {
        return None;
    }
    let word = reader.word(next);
    let plain = word.shape == Shape::Capital && word.info.noun().is_none() && !word.info.is_given();
    (plain && best.prior < 0.5).then_some(next + 1)
}

/// Whether a listed name of one word lists a place or a person, so that it may be the surname of somebody else.
fn may_be_surname(reader: &Reader, token: u32) -> bool {
    let Some(hit) = (reader.hit_at[token as usize] as usize).checked_sub(1) else { return false };
    let hit = &reader.hits.hits[hit];
    let kinds = reader.hits.of(hit).iter().map(|one| (reader.gazetteer.kind(one.entry), one.form));
    // "Siddiqul Islam" has the name of a faith.
    let faith = |kind, form| kind == EntityKind::People && form != MentionForm::Demonym;
    let fits = |(kind, form)| {
        matches!(kind, EntityKind::Place | EntityKind::Person) || form == MentionForm::Metonym || faith(kind, form)
    };
    // "Assad", "al-Assad".
    let one = hit.tokens.len() == 1 || hit.tokens.len() == 3 && reader.word(hit.tokens.start).info.is_arabic_article();
    one && kinds.into_iter().all(fits)
}

/// "Lyudmila Putin", "Denzel Washington": a listed surname that follows an unlisted first name belongs to it, and is
/// not who it lists. Gives the end of the name.
fn surname_hit(reader: &Reader, piece: Range<u32>, limit: u32) -> u32 {
    if piece.end >= limit || !may_be_surname(reader, piece.end) {
        return piece.end;
    }
    let first = reader.word(piece.start);
    let plain = piece.len() == 1
        && first.shape == Shape::Capital
        && first.info.noun().is_none()
        && first.info.designator().is_none()
        && !first.info.is_place_prefix()
        && reader.parsed
        && reader.upos(piece.start) == Upos::Propn;
    if first.info.is_given() || plain { word_end(reader, piece.end) } else { piece.end }
}

fn unlisted(tokens: Range<u32>, kind: Option<EntityKind>, rule: &'static str) -> Segment {
    Segment { tokens, hit: None, kind, sector: None, rule }
}

fn keep(reader: &mut Reader, segment: Segment) {
    let index = reader.segments.len() as u32 + 1;
    reader.segment_at[segment.tokens.start as usize..segment.tokens.end as usize].fill(index);
    reader.segments.push(segment);
    reader.taken.push(false);
}

/// Makes a mention of every segment from `first` on that no title or description has taken in.
pub(super) fn mentions(reader: &mut Reader, first: usize) {
    for index in first..reader.segments.len() {
        if reader.taken[index] {
            continue;
        }
        let segment = reader.segments[index].clone();
        let (tokens, kind, form) = match segment.hit {
            Some(_) => {
                let form = reader.form_of(&segment).unwrap_or(MentionForm::Name);
                (around_place(reader, &segment), segment.kind, form)
            }
            None => match unlisted_kind(reader, &segment) {
                Some(kind) => (around_place(reader, &segment), kind.0, kind.1),
                None => continue,
            },
        };
        let name = Some(reader.doc.span_of(segment.tokens.clone()));
        let place = matches!(kind.or_else(|| reader.kind(&segment)), Some(EntityKind::Place | EntityKind::Facility));
        let tokens = if place { with_container(reader, tokens) } else { tokens };
        let country = designator::country(reader, &segment);
        let traits = Traits { kind, country, sector: segment.sector, name, ..Traits::default() };
        let candidates = reader.candidates(&segment).to_vec();
        reader.push(tokens, form, traits, segment.rule).candidates = candidates;
    }
}

/// "northern Iraq", "eastern Aleppo", "Idlib province", "Palmyra, Syria": what belongs to a place's mention.
fn around_place(reader: &Reader, segment: &Segment) -> Range<u32> {
    let sentence = reader.range();
    let mut tokens = segment.tokens.clone();
    let place = matches!(reader.kind(segment), Some(EntityKind::Place | EntityKind::Country | EntityKind::Facility));
    if !place || reader.is_demonym(segment) {
        return tokens;
    }
    if tokens.end < sentence.end {
        let next = reader.word(tokens.end);
        let designated = next.info.designator().is_some_and(|next| next.last && next.kind == EntityKind::Place);
        if next.shape == Shape::Lower && designated && reader.kind(segment) != Some(EntityKind::Country) {
            tokens.end += 1;
        }
    }
    let free = |token: u32| reader.segment_at[token as usize] == 0;
    while tokens.start > sentence.start && reader.word(tokens.start - 1).info.is_direction() && free(tokens.start - 1) {
        let before = tokens.start - 1;
        if reader.is_joint(before) || (before > sentence.start && reader.is_joint(before - 1)) {
            break;
        }
        tokens.start = before;
    }
    tokens
}

/// "Palmyra, Syria", "Woodbridge, Virginia": the place together with what it lies in, up to the comma or the end.
fn with_container(reader: &Reader, tokens: Range<u32>) -> Range<u32> {
    let limit = reader.range().end;
    let comma = tokens.end;
    if comma + 1 >= limit || reader.shape(comma) != Shape::Comma {
        return tokens;
    }
    let Some((_, next)) = reader.segment(comma + 1) else { return tokens };
    let text = reader.doc.slice(reader.doc.span_of(next.tokens.clone()));
    let country = reader.kind(next) == Some(EntityKind::Country) && !reader.is_demonym(next);
    let closed = next.tokens.end >= limit || {
        let after = next.tokens.end;
        !reader.is(after, "and") && !reader.shape(after).is_capital() && reader.shape(after) != Shape::Possessive
    };
    // "Alaska, Alabama and Utah": a state lies in no other.
    let own = reader.doc.slice(reader.doc.span_of(tokens.clone()));
    let city = ["New York", "Washington"].contains(&own);
    let sibling = state(own).is_some() && state(text).is_some() && !city;
    let begins = next.tokens.start == comma + 1 && !sibling;
    if begins && closed && (country || state(text).is_some()) { tokens.start..next.tokens.end } else { tokens }
}

/// The kind of an unlisted run of capitals, from what stands around it; `None` when it is better left out.
fn unlisted_kind(reader: &Reader, segment: &Segment) -> Option<(Option<EntityKind>, MentionForm)> {
    let (start, end) = (segment.tokens.start, segment.tokens.end);
    if segment.kind.is_some() {
        return Some((segment.kind, MentionForm::Name));
    }
    let sentence = reader.range();
    let first = reader.word(start);
    let length = end - start;
    if length == 1 && first.shape == Shape::Upper {
        let form = reader.form(start);
        let letters = form.len();
        // "AC-130" is a type of something.
        let numbered = form.contains('-') && form.bytes().any(|byte| byte.is_ascii_digit());
        if first.info.is_initials() || numbered {
            return None;
        }
        return (2..=6).contains(&letters).then_some((Some(EntityKind::Organisation), MentionForm::Acronym));
    }
    if length == 1 && first.shape == Shape::Initial {
        return None;
    }
    let inner = |shape| (start..end).any(|token| reader.shape(token) == shape);
    let person = Some((Some(EntityKind::Person), MentionForm::Name));
    let second_half = length > 2 && reader.shape(end - 1) == Shape::Lower;
    if second_half {
        return person;
    }
    let given = first.info.is_given() || (first.info.is_place_given() && length > 1);
    if (given && length < 5) || (length > 1 && inner(Shape::Initial)) {
        return person;
    }
    let before = (start > sentence.start).then(|| reader.word(start - 1));
    if reader.word(start).info.is_place_prefix() && length > 1 {
        return Some((Some(EntityKind::Place), MentionForm::Name));
    }
    let opens = start == sentence.start + 1;
    if before.is_some_and(|before| before.info.is_place_preposition() && (before.shape == Shape::Lower || opens)) {
        return Some((Some(EntityKind::Place), MentionForm::Name));
    }
    let speaks = |token: u32| token < sentence.end && reader.word(token).info.is_speech();
    let comma = end + 1 < sentence.end && reader.shape(end) == Shape::Comma;
    let aged = comma && reader.shape(end + 1) == Shape::Number;
    let spoken = before.is_some_and(|before| before.info.is_speech() && before.shape == Shape::Lower);
    let article = before.is_some_and(|before| before.info.is_determiner());
    let described = before.is_some_and(|before| {
        before.shape == Shape::Lower
            && before.info.noun().is_some_and(|noun| noun.kind == EntityKind::Person && !noun.plural)
    });
    let apposed = comma && length < 5 && apposed_person(reader, end + 1);
    if described && length < 5 || (speaks(end) || aged || spoken || apposed) && !article && length < 5 {
        return person;
    }
    // Left to be linked with a fuller name elsewhere in the document, or dropped.
    Some((None, MentionForm::Name))
}

/// Whether "the region's spokesperson", "a farmer" or the like follows, up to the next comma.
fn apposed_person(reader: &Reader, start: u32) -> bool {
    let limit = reader.range().end.min(start + 8);
    let begins = reader.word(start).info.is_determiner()
        || reader.segment(start).is_some()
        || title::at(reader, start).is_some();
    let mut phrase =
        (start..limit).take_while(|&token| reader.shape(token) != Shape::Comma && !reader.is(token, "and"));
    let person = |token: u32| {
        let noun = reader.word(token).info.noun();
        noun.is_some_and(|noun| noun.kind == EntityKind::Person && !noun.plural) || title::at(reader, token).is_some()
    };
    begins && phrase.any(person)
}

/// Surnames that are ordinary words or months where they stand alone: "May" after "Theresa May".
pub(super) fn echoes(reader: &mut Reader) {
    let mut surnames: Vec<&str> = Vec::new();
    for mention in &reader.out {
        let Some(name) = mention.traits.name.map(|name| reader.doc.slice(name)) else { continue };
        let person = mention.traits.kind == Some(EntityKind::Person)
            || mention.candidates.first().is_some_and(|best| reader.gazetteer.kind(best.entry) == EntityKind::Person);
        if let Some((_, last)) = name.rsplit_once(' ').filter(|_| person)
            && WordInfo::of(last).is_function()
            && !surnames.contains(&last)
        {
            surnames.push(last);
        }
    }
    if surnames.is_empty() {
        return;
    }
    for (index, sentence) in reader.doc.sentences.iter().enumerate() {
        reader.enter(SentenceId::from(index));
        for token in sentence.tokens.clone() {
            let free = reader.segment(token).is_none() && !reader.used[token as usize];
            let dated = token + 1 < sentence.tokens.end && reader.shape(token + 1) == Shape::Number;
            let before = token > sentence.tokens.start && reader.word(token - 1).info.is_place_preposition();
            if !free || dated || before || !surnames.contains(&reader.form(token)) {
                continue;
            }
            let name = Some(reader.doc.span_of(token..token + 1));
            let traits = Traits { kind: Some(EntityKind::Person), name, ..Traits::default() };
            reader.push(token..token + 1, MentionForm::Name, traits, "surname");
        }
    }
}
