//! Zones: which sentences tell the story, and which are headline, dateline, credit, or what the site added.
//!
//! Phrases of `data/lexicon/zones.csv` mark a sentence; the layout does the rest: a headline stands first and has no full
//! stop, an appeal to the reader runs on around the sentence that gives it away.

use aho_corasick::{AhoCorasick, MatchKind};
use once_cell::sync::Lazy;

use super::dateline;
use crate::document::Zone;
use crate::span::Span;

/// Where a phrase must stand to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Where {
    /// Anywhere in the sentence, outside quotations.
    Anywhere,
    /// At the start of the sentence, outside quotations.
    Start,
    /// It is the whole paragraph, but for marks.
    Line,
}

struct Phrases {
    automaton: AhoCorasick,
    rows: Vec<(Zone, Where)>,
}

static PHRASES: Lazy<Phrases> = Lazy::new(|| {
    let mut phrases = Vec::new();
    let mut rows = Vec::new();
    for line in include_str!("../../data/lexicon/zones.csv").lines().skip(1) {
        let Some((phrase, zone, place)) = row(line) else { continue };
        phrases.push(phrase);
        rows.push((zone, place));
    }
    let automaton = AhoCorasick::builder().ascii_case_insensitive(true).match_kind(MatchKind::Standard).build(phrases);
    Phrases { automaton: automaton.expect("a few hundred phrases fit an automaton"), rows }
});

/// Phrase, zone and place of a line of the list.
fn row(line: &str) -> Option<(&str, Zone, Where)> {
    let (rest, place) = line.rsplit_once(',')?;
    let (phrase, zone) = rest.rsplit_once(',')?;
    let zone = match zone {
        "boilerplate" => Zone::Boilerplate,
        "credit" => Zone::Credit,
        _ => return None,
    };
    let place = match place {
        "anywhere" => Where::Anywhere,
        "start" => Where::Start,
        "line" => Where::Line,
        _ => return None,
    };
    Some((phrase, zone, place))
}

/// A sentence on its way to a zone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub span: Span,
    /// The paragraph it belongs to, by number.
    pub paragraph: usize,
    /// Its zone so far: [`Zone::Dateline`] where one was cut, else [`Zone::Body`].
    pub zone: Zone,
}

/// Gives every sentence its zone.
pub(super) fn label(text: &str, title: Option<&str>, pieces: &mut [Piece]) {
    mark_phrases(text, pieces);
    mark_credits(text, pieces);
    spread_appeals(text, pieces);
    mark_headline(text, title, pieces);
}

/// Zones that a phrase, a date or a rule gives away.
fn mark_phrases(text: &str, pieces: &mut [Piece]) {
    let single: Vec<bool> = (0..pieces.len()).map(|index| is_alone(pieces, index)).collect();
    for (piece, single) in pieces.iter_mut().zip(single) {
        if piece.zone != Zone::Body {
            continue;
        }
        let sentence = piece.span.of(text);
        if single && dateline::is_date(sentence) {
            piece.zone = Zone::Dateline;
        } else if let Some(zone) = by_phrase(sentence, single) {
            piece.zone = zone;
        } else if !sentence.chars().any(char::is_alphanumeric) {
            piece.zone = Zone::Boilerplate;
        }
    }
}

/// Whether a sentence is its whole paragraph.
fn is_alone(pieces: &[Piece], index: usize) -> bool {
    let paragraph = |index: usize| pieces.get(index).map(|piece| piece.paragraph);
    let own = paragraph(index);
    (index == 0 || paragraph(index - 1) != own) && paragraph(index + 1) != own
}

/// The zone of the first phrase that counts.
fn by_phrase(sentence: &str, single: bool) -> Option<Zone> {
    let inner = sentence.trim_matches(|character: char| !character.is_alphanumeric());
    let start = sentence.len() - sentence.trim_start_matches(|character: char| !character.is_alphanumeric()).len();
    for found in PHRASES.automaton.find_overlapping_iter(sentence) {
        let (zone, place) = PHRASES.rows[found.pattern().as_usize()];
        let counts = match place {
            Where::Anywhere => is_word(sentence, found.range()) && !in_quotes(sentence, found.start()),
            Where::Start => {
                found.start() == start && is_word(sentence, found.range()) && !in_quotes(sentence, found.start())
            }
            Where::Line => single && found.start() == start && found.len() >= inner.len(),
        };
        if counts {
            return Some(zone);
        }
    }
    (single && is_button_row(sentence)).then_some(Zone::Boilerplate)
}

/// Whether a line is nothing but words that each are a line of boilerplate: "Facebook Twitter Email".
fn is_button_row(line: &str) -> bool {
    let button = |word: &str| {
        let mut found = PHRASES.automaton.find_overlapping_iter(word);
        found.any(|found| found.len() == word.len() && PHRASES.rows[found.pattern().as_usize()].1 == Where::Line)
    };
    line.len() <= 120 && line.split_whitespace().all(button)
}

/// Whether a match begins and ends with whole words.
fn is_word(sentence: &str, range: std::ops::Range<usize>) -> bool {
    let word = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    let letter_last = sentence[range.clone()].chars().next_back().is_some_and(char::is_alphabetic);
    let begins_inside = word(sentence[..range.start].chars().next_back());
    let ends_inside = letter_last && word(sentence[range.end..].chars().next());
    !begins_inside && !ends_inside
}

/// Whether a double quotation is open at `offset`: what somebody is quoted as saying is part of the story.
fn in_quotes(sentence: &str, offset: usize) -> bool {
    let mut open = false;
    for character in sentence[..offset].chars() {
        match character {
            '"' => open = !open,
            '“' => open = true,
            '”' => open = false,
            _ => {}
        }
    }
    open
}

/// Bylines near the start, "X reported from Y" at the end.
fn mark_credits(text: &str, pieces: &mut [Piece]) {
    let count = pieces.len();
    for index in 0..count {
        if pieces[index].zone != Zone::Body || !is_alone(pieces, index) {
            continue;
        }
        let sentence = pieces[index].span.of(text);
        let words = sentence.split_whitespace().count();
        let byline = index < 6 && words <= 14 && is_byline(sentence);
        let reported = index + 8 > count
            && index > 2
            && words <= 30
            && sentence.contains(" reported from ")
            && !sentence.contains([',', '"', '“', ';']);
        if byline || reported {
            pieces[index].zone = Zone::Credit;
        }
    }
}

/// "By Ana Lima and Jo Park, Nairobi": By, capitalised words, no full stop.
fn is_byline(sentence: &str) -> bool {
    let mut words = sentence.split_whitespace();
    let by = words.next().is_some_and(|word| matches!(word, "By" | "BY"));
    let plain = |word: &str| matches!(word, "and" | "in" | "of" | "for" | "the" | "with" | "&" | "|" | "-" | "–");
    let capital = |word: &str| word.trim_start_matches(['(', '@']).starts_with(char::is_uppercase) || plain(word);
    let mut names = 0;
    by && words.all(|word| {
        names += 1;
        capital(word)
    }) && names >= 2
        && !sentence.ends_with('.')
}

/// Sentences that speak to the reader around one that is boilerplate are boilerplate as well.
///
/// An appeal names itself in one sentence ("Your donation …") and goes on in others, which only their "we" and "you"
/// tell from the story.
fn spread_appeals(text: &str, pieces: &mut [Piece]) {
    if pieces.iter().all(|piece| piece.zone != Zone::Boilerplate) {
        return;
    }
    let speaks: Vec<bool> = pieces.iter().map(|piece| speaks_to_reader(piece.span.of(text))).collect();
    let taken = |pieces: &[Piece], index: usize| pieces[index].zone == Zone::Boilerplate;
    for index in 1..pieces.len() {
        if taken(pieces, index - 1) && speaks[index] && pieces[index].zone == Zone::Body {
            pieces[index].zone = Zone::Boilerplate;
        }
    }
    for index in (0..pieces.len().saturating_sub(1)).rev() {
        if taken(pieces, index + 1) && speaks[index] && pieces[index].zone == Zone::Body {
            pieces[index].zone = Zone::Boilerplate;
        }
    }
    let mut appeal_before = false;
    for paragraph in pieces.chunk_by_mut(|one, next| one.paragraph == next.paragraph) {
        spread_within(text, paragraph, appeal_before);
        let last = paragraph[paragraph.len() - 1];
        appeal_before = last.zone == Zone::Boilerplate && speaks_to_reader(last.span.of(text));
    }
}

/// Fills the gaps of an appeal inside its paragraph: what stands between its sentences can be no story, nor can one
/// sentence between an appeal in the paragraph before and its going on here.
fn spread_within(text: &str, paragraph: &mut [Piece], appeal_before: bool) {
    if !paragraph.iter().any(|piece| piece.zone == Zone::Boilerplate) {
        return;
    }
    let appeals = |piece: &Piece| piece.zone == Zone::Boilerplate || speaks_to_reader(piece.span.of(text));
    let first = paragraph.iter().position(appeals);
    let last = paragraph.iter().rposition(appeals);
    if let (Some(first), Some(last)) = (first, last) {
        let first = if appeal_before && first == 1 { 0 } else { first };
        for piece in paragraph[first..=last].iter_mut().filter(|piece| piece.zone == Zone::Body) {
            piece.zone = Zone::Boilerplate;
        }
    }
}

/// Whether a sentence says "we", "our", "you" or "your" in the writer's own voice.
fn speaks_to_reader(sentence: &str) -> bool {
    if sentence.contains(['"', '“', '”']) {
        return false;
    }
    let words = sentence.split(|character: char| !character.is_alphanumeric());
    let voice = ["we", "our", "us", "you", "your", "yours"];
    // "US" in capitals is a country.
    words.into_iter().any(|word| voice.iter().any(|own| word.eq_ignore_ascii_case(own)) && word != "US")
}

/// Headline and sub-headlines: what equals the title, or stands first without a full stop while a story follows.
fn mark_headline(text: &str, title: Option<&str>, pieces: &mut [Piece]) {
    let story: Vec<usize> = (0..pieces.len()).filter(|&index| pieces[index].zone == Zone::Body).collect();
    let Some(&last) = story.last() else { return };
    let last = pieces[last].paragraph;
    if let Some(title) = title.map(letters).filter(|title| !title.is_empty())
        && letters(pieces[story[0]].span.of(text)) == title
    {
        pieces[story[0]].zone = Zone::Headline;
    }
    for (rank, &index) in story.iter().take(MOST_HEADLINES).enumerate() {
        let piece = pieces[index];
        let after_dateline =
            index > 0 && pieces[index - 1].zone == Zone::Dateline && pieces[index - 1].paragraph == piece.paragraph;
        if piece.zone == Zone::Headline {
            continue;
        }
        if piece.paragraph == last || after_dateline || !is_alone(pieces, index) {
            return;
        }
        if !is_headline(piece.span.of(text), rank == 0) {
            return;
        }
        pieces[index].zone = Zone::Headline;
    }
}

/// A headline, a sub-headline, perhaps a kicker.
const MOST_HEADLINES: usize = 3;
/// Words beyond which even a sub-headline would be a paragraph.
const LONGEST_HEADLINE: usize = 40;

fn is_headline(line: &str, first: bool) -> bool {
    let words = line.split_whitespace().count();
    let bare = line.trim_end_matches(['"', '”', '’', '\'', ')']);
    let stopped = bare.ends_with(['.', ':', ';', ',', '…']);
    let asks = bare.ends_with(['?', '!']);
    words <= LONGEST_HEADLINE && !stopped && (!asks || first && words <= 20)
}

/// Letters and digits in lower case, to compare a title with a line.
fn letters(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;

    /// Reads a text and gives each sentence's zone with its first words.
    fn zones(text: &str, title: Option<&str>) -> Vec<(Zone, String)> {
        let source = Source { text: text.into(), title: title.map(str::to_owned), ..Source::default() };
        let doc = crate::text::document(source);
        let start = |span: Span| doc.slice(span).split_whitespace().take(3).collect::<Vec<_>>().join(" ");
        doc.sentences.iter().map(|sentence| (sentence.zone, start(sentence.span))).collect()
    }

    fn zone_of(text: &str, start: &str) -> Zone {
        let zones = zones(text, None);
        let found = zones.iter().find(|(_, words)| words.starts_with(start));
        found.unwrap_or_else(|| panic!("no sentence begins with {start:?}: {zones:?}")).0
    }

    const SITE: &str = "Ferry service resumes between the islands
Boats sail again after nine days of storms
By Ana Lima, Praia
Published 3 March 2020
Share
Facebook Twitter Email
Help us keep going
For forty years The Courier has told the islands' story, and we are proud of it. Your donation keeps our newsroom open. The Courier is read in every village. We never forget that.Cape Verde's transport minister said on Tuesday that ferries would sail again.
\"We need your support,\" the minister told islanders. \"Our newsroom friends can sail too.\"
Read more: Storm season begins
Advertisement
Sign up for our morning briefing.
The minister later flew to Dakar, where he met his counterpart.
___
Ana Lima reported from Praia.
Additional reporting by Jo Silva; editing by Kim Roe
© Copyright 2020 The Courier. All rights reserved.";

    #[test]
    fn a_saved_page_is_told_apart() {
        for (start, zone) in [
            ("Ferry service", Zone::Headline),
            ("Boats sail", Zone::Headline),
            ("By Ana", Zone::Credit),
            ("Published", Zone::Dateline),
            ("Share", Zone::Boilerplate),
            ("Facebook", Zone::Boilerplate),
            ("For forty", Zone::Boilerplate),
            ("Your donation", Zone::Boilerplate),
            ("We never", Zone::Boilerplate),
            ("Cape Verde's transport", Zone::Body),
            ("\"We need", Zone::Body),
            ("\"Our newsroom", Zone::Body),
            ("Read more", Zone::Boilerplate),
            ("Advertisement", Zone::Boilerplate),
            ("Sign up", Zone::Boilerplate),
            ("The minister", Zone::Body),
            ("___", Zone::Boilerplate),
            ("Ana Lima", Zone::Credit),
            ("Additional reporting", Zone::Credit),
            ("© Copyright", Zone::Boilerplate),
        ] {
            assert_eq!(zone_of(SITE, start), zone, "{start}");
        }
    }

    #[test]
    fn a_title_is_found_in_the_text_and_a_lone_line_is_the_story() {
        let text = "“Enough,” says bishop.\n\nThe bishop of the diocese spoke on Sunday.";
        assert_eq!(zones(text, Some("'Enough,' says bishop"))[0].0, Zone::Headline);
        assert_eq!(zones("Bishop speaks in the capital", None)[0].0, Zone::Body);
        assert_eq!(zones("OSLO (Reuters) - Norway will send food.\nMore soon.", None)[0].0, Zone::Dateline);
    }

    #[test]
    fn stories_about_subscriptions_and_donations_stay_stories() {
        for text in [
            "The party paid for the site with donations. Subscribers were not told.",
            "Germany and France, related by treaty, will share ships. They print money.",
            "You know, we lost, the coach said on Monday. Fans agreed.",
        ] {
            assert!(zones(text, None).iter().all(|(zone, _)| *zone == Zone::Body), "{text}");
        }
    }

    #[test]
    fn every_row_of_the_list_is_understood() {
        for line in include_str!("../../data/lexicon/zones.csv").lines().skip(1) {
            let (phrase, ..) = row(line).unwrap_or_else(|| panic!("not phrase,zone,where: {line}"));
            assert!(!phrase.is_empty() && phrase == phrase.to_lowercase(), "{line}");
        }
    }
}
