//! Finds listed names in a document's tokens: leftmost, longest, verified.

use std::ops::Range;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::document::{Document, Source};
use crate::span::TokenId;

use super::case::{Case, cases};
use super::evidence::{Bearer, Evidence, Seen};
use super::fold;
use super::layer::{Layer, Posting};
use super::layout::start_bit;
use super::row::CaseRule;
use super::{Candidate, EntryId, Gazetteer, Hit, Hits};

/// What a token is to the names of a layer.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Unit {
    /// Not looked at yet.
    Unseen,
    /// A word of no name, or punctuation that ends a name.
    Break,
    /// A hyphen or apostrophe without space before it: names run through it.
    Join,
    /// A word of some name.
    Word(u32),
    /// A token of several words, by its place among the compounds.
    Compound(u32),
}

/// A name at a place of a trie, as the text writes it: what decides whom it may stand for, whatever its context.
type Reading<'d> = (u32, &'d str, Case, bool);

/// The scan of one document.
struct Scan<'g, 'd> {
    gazetteer: &'g Gazetteer,
    doc: &'d Document,
    /// For each layer what each token is to it.
    units: Vec<Vec<Unit>>,
    /// The words of compound tokens.
    compounds: Vec<Vec<u32>>,
    /// Room for folding a token.
    folded: Vec<u8>,
    /// The words met so far.
    seen: Seen,
    /// Whom the names read so far may stand for.
    bearers: Vec<Bearer>,
    /// For each layer the bearers of a reading that was met before; news repeats its names. Looked up by key only.
    known: Vec<FxHashMap<Reading<'d>, Range<usize>>>,
}

/// Bounds the length of names in tokens, so that a long run of hyphens costs no quadratic time.
const LONGEST: u32 = 32;

/// A name found, with what it may stand for.
#[derive(Clone, Debug)]
struct Spot {
    tokens: Range<u32>,
    /// Its place among the bearers.
    bearers: Range<usize>,
    /// How its sentence uses capitals.
    case: Case,
    /// Whether no word of its sentence stands before it.
    initial: bool,
}

/// Where listed names stand, whomever they may stand for in this document.
pub fn names(gazetteer: &Gazetteer, doc: &Document) -> Vec<Range<u32>> {
    Scan::new(gazetteer, doc).all().into_iter().map(|spot| spot.tokens).collect()
}

/// All listed names of the document.
pub fn find(gazetteer: &Gazetteer, doc: &Document) -> Hits {
    let mut scan = Scan::new(gazetteer, doc);
    let spots = scan.all();
    let (found, seen) = (scan.found(&spots), std::mem::take(&mut scan.seen));
    let evidence = Evidence::new(gazetteer, doc, &found, &seen);
    let mut hits = Hits::default();
    // What was weighed before, by the place of the bearers: the document does not change.
    let mut weighed: FxHashMap<Range<usize>, Option<Range<u32>>> = FxHashMap::default();
    let mut shorter = Vec::new();
    for spot in spots {
        let bearers = &scan.bearers[spot.bearers.clone()];
        let candidates =
            weighed.entry(spot.bearers.clone()).or_insert_with(|| evidence.weigh(bearers, &mut hits.candidates));
        if let Some(candidates) = candidates.clone() {
            hits.hits.push(Hit { tokens: spot.tokens, candidates });
            continue;
        }
        // Nobody of that name fits this document, so it has hidden the shorter names inside it.
        let length = spot.tokens.end - spot.tokens.start - 1;
        scan.read(spot.tokens, length, spot.case, spot.initial, &mut shorter);
        for spot in shorter.drain(..) {
            let bearers = &scan.bearers[spot.bearers];
            if let Some(candidates) = evidence.weigh(bearers, &mut hits.candidates) {
                hits.hits.push(Hit { tokens: spot.tokens, candidates });
            }
        }
    }
    hits
}

impl<'g, 'd> Scan<'g, 'd> {
    fn new(gazetteer: &'g Gazetteer, doc: &'d Document) -> Self {
        let layers = gazetteer.layers.iter();
        Self {
            gazetteer,
            doc,
            units: layers.clone().map(|_| vec![Unit::Unseen; doc.tokens.len()]).collect(),
            compounds: Vec::new(),
            folded: Vec::with_capacity(64),
            seen: Seen::default(),
            bearers: Vec::new(),
            known: layers.map(|_| FxHashMap::default()).collect(),
        }
    }

    /// The names of all sentences.
    fn all(&mut self) -> Vec<Spot> {
        let mut spots = Vec::new();
        for (sentence, case) in self.doc.sentences.iter().zip(cases(self.doc)) {
            self.read(sentence.tokens.clone(), LONGEST, case, true, &mut spots);
        }
        spots
    }

    /// The bearers of the names at these places, each once.
    fn found(&self, spots: &[Spot]) -> Vec<Bearer> {
        let mut ranges: Vec<(usize, usize)> = spots.iter().map(|spot| (spot.bearers.start, spot.bearers.end)).collect();
        ranges.sort_unstable();
        ranges.dedup();
        ranges.into_iter().flat_map(|(start, end)| self.bearers[start..end].iter().copied()).collect()
    }

    /// Reads tokens from left to right and adds the longest names in them; the first not longer than `first` tokens.
    fn read(&mut self, tokens: Range<u32>, first: u32, case: Case, mut initial: bool, spots: &mut Vec<Spot>) {
        let mut found = Vec::new();
        let mut at = tokens.start;
        let mut limit = tokens.end.min(at + first);
        while at < tokens.end {
            let form = self.doc.form(TokenId(at));
            let longest =
                if self.may_start(form, case) { self.longest(at, limit, case, initial, &mut found) } else { at };
            limit = tokens.end;
            if longest > at {
                let bearers = self.joined(&found);
                spots.push(Spot { tokens: at..longest, bearers, case, initial });
            }
            initial = initial && !form.bytes().any(|byte| byte.is_ascii_alphabetic() || byte >= 0x80);
            at = longest.max(at + 1);
        }
    }

    /// The bearers that several layers give to one name, as one range.
    fn joined(&mut self, found: &[Range<usize>]) -> Range<usize> {
        if let [one] = found {
            return one.clone();
        }
        let start = self.bearers.len();
        found.iter().for_each(|range| self.bearers.extend_from_within(range.clone()));
        start..self.bearers.len()
    }

    /// Whether a name may start with a token written so. Notes it among the words of the text.
    fn may_start(&mut self, form: &str, case: Case) -> bool {
        let first = form.as_bytes().first().copied().unwrap_or(b' ');
        if !first.is_ascii_lowercase() {
            return first.is_ascii_uppercase() || first.is_ascii_digit() || !first.is_ascii();
        }
        if !form.is_ascii() {
            return true;
        }
        // Folding is the identity for the words that matter here, bar apostrophes, which no first word has.
        let bit = start_bit(form.as_bytes());
        self.seen.note(bit);
        case == Case::Lower || self.gazetteer.layers.iter().any(|layer| layer.may_start_small(bit))
    }

    /// What a token is to a layer.
    fn unit(&mut self, layer: usize, token: u32) -> Unit {
        let known = self.units[layer][token as usize];
        if known != Unit::Unseen {
            return known;
        }
        let unit = self.read_unit(layer, token);
        self.units[layer][token as usize] = unit;
        unit
    }

    fn read_unit(&mut self, layer: usize, token: u32) -> Unit {
        let form = self.doc.form(TokenId(token));
        let names = &self.gazetteer.layers[layer];
        let word = |word: &[u8]| names.word(word);
        if form.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            self.folded.clear();
            self.folded.extend(form.bytes().map(|byte| byte.to_ascii_lowercase()));
            self.seen.note(start_bit(&self.folded));
            return word(&self.folded).or_else(|| self.respelt(layer, form)).map_or(Unit::Break, Unit::Word);
        }
        let mut words = Vec::new();
        fold::words(form, |part| {
            self.seen.note(start_bit(part.as_bytes()));
            words.push(word(part.as_bytes()));
        });
        match words.as_slice() {
            [] if !self.doc.tokens[token as usize].spaced
                && matches!(form, "-" | "–" | "‐" | "‑" | "'" | "’" | "/") =>
            {
                Unit::Join
            }
            [] | [None] => Unit::Break,
            [Some(word)] => Unit::Word(*word),
            many => match many.iter().copied().collect::<Option<Vec<u32>>>() {
                Some(words) => {
                    self.compounds.push(words);
                    Unit::Compound(self.compounds.len() as u32 - 1)
                }
                None => Unit::Break,
            },
        }
    }

    /// The word that a word of no listed name is another spelling of, where it is written as a name.
    fn respelt(&self, layer: usize, form: &str) -> Option<u32> {
        let lower = std::str::from_utf8(&self.folded).ok()?;
        form.starts_with(|first: char| first.is_ascii_uppercase())
            .then(|| self.gazetteer.layers[layer].respelt_word(lower))?
    }

    /// Sets `found` to the bearers of the longest name that starts at `start`, one range a layer, and returns the token
    /// after it; `start` when there is none.
    fn longest(&mut self, start: u32, limit: u32, case: Case, initial: bool, found: &mut Vec<Range<usize>>) -> u32 {
        found.clear();
        let mut longest = start;
        for layer in 0..self.gazetteer.layers.len() {
            let mut node = 0;
            let mut at = start;
            while at < limit.min(start + LONGEST) {
                let next = match self.unit(layer, at) {
                    Unit::Word(word) => self.step(layer, node, word),
                    Unit::Compound(place) => {
                        let words = &self.compounds[place as usize];
                        words.iter().try_fold(node, |node, &word| self.step(layer, node, word))
                    }
                    Unit::Join if node != 0 => Some(node),
                    Unit::Join | Unit::Break | Unit::Unseen => None,
                };
                let Some(next) = next else { break };
                let moved = next != node;
                node = next;
                at += 1;
                let bearers =
                    if moved && at >= longest { self.named(layer, node, start..at, case, initial) } else { 0..0 };
                if !bearers.is_empty() {
                    if at > longest {
                        found.clear();
                    }
                    longest = at;
                    found.push(bearers);
                }
            }
        }
        longest
    }

    fn step(&self, layer: usize, node: u32, word: u32) -> Option<u32> {
        let names = &self.gazetteer.layers[layer];
        if node == 0 { Some(names.root(word)).filter(|&root| root != 0) } else { names.child(node, word) }
    }

    /// The bearers of the name at a node whose letters have the case that the name asks for.
    fn named(&mut self, layer: usize, node: u32, tokens: Range<u32>, case: Case, initial: bool) -> Range<usize> {
        let names: &'g Layer = &self.gazetteer.layers[layer];
        let places = names.postings(node);
        if places.is_empty() {
            return 0..0;
        }
        let reading = (node, self.doc.slice(self.doc.span_of(tokens.clone())), case, initial);
        if let Some(known) = self.known[layer].get(&reading) {
            return known.clone();
        }
        let start = self.bearers.len();
        let mut likest = 0;
        let only = places.len() == 1;
        for posting in places.map(|place| names.posting(place)) {
            if self.fits(&posting, layer, tokens.start, tokens.end, case, initial) {
                // A name spelt as in the text is meant before one that is only spelt alike.
                let like = if only { 1 } else { likeness(names.written(&posting), reading.1) };
                if like > likest {
                    self.bearers.truncate(start);
                    likest = like;
                }
                if like == likest {
                    self.bearers.push(bearer(&posting, layer));
                }
            }
        }
        let range = start..self.bearers.len();
        self.known[layer].insert(reading, range.clone());
        range
    }

    /// Whether the letters in the text have the case that the name asks for.
    fn fits(&self, posting: &Posting, layer: usize, start: u32, end: u32, case: Case, initial: bool) -> bool {
        let names = &self.gazetteer.layers[layer];
        if !self.gazetteer.is_on(layer, posting) {
            return false;
        }
        let text = self.doc.slice(self.doc.span_of(start..end));
        let dotted = text.as_bytes().get(1) == Some(&b'.');
        let single = end == start + 1;
        let word = posting.word == Some(false) && !dotted;
        let capital = |token: u32| {
            self.doc.form(TokenId(token)).chars().find(|c| c.is_alphanumeric()).is_none_or(|c| !c.is_lowercase())
        };
        let cased = match (posting.case, case) {
            (CaseRule::Any, _) => true,
            (CaseRule::Exact, Case::Prose | Case::Title) => fold::same_case(names.written(posting), text),
            (CaseRule::Exact, Case::Upper) => !word,
            // An acronym in small letters is believed of the best known only: "nato", "un".
            (CaseRule::Exact, Case::Lower) => {
                !word && (dotted || self.gazetteer.entry(EntryId(posting.entry)).weight >= WELL_KNOWN)
            }
            (CaseRule::Capitalised, Case::Prose | Case::Title) => {
                (!posting.first_capital || capital(start)) && (!posting.last_capital || capital(end - 1))
            }
            (CaseRule::Capitalised, Case::Upper | Case::Lower) => true,
        };
        // Where the capital says nothing, an ordinary word is the word.
        let silent = match case {
            Case::Upper | Case::Lower => true,
            Case::Title => posting.case == CaseRule::Capitalised,
            Case::Prose => initial && posting.case == CaseRule::Capitalised,
        };
        cased && !(word && silent && single)
    }
}

/// How much a name is like the text that was read as it: by its words, and for initials by its capitals: "SANA" is the
/// agency, not the city of Sana.
fn likeness(name: &str, text: &str) -> u8 {
    let initials = text.len() > 1 && !text.bytes().any(|byte| byte.is_ascii_lowercase());
    let capitals = initials && !name.bytes().any(|byte| byte.is_ascii_lowercase());
    let same = fold::spellings(name).iter().any(|words| words.join(" ") == fold::phrase(text));
    1 + u8::from(same) + u8::from(same && capitals)
}

/// What a posting says of a name.
fn bearer(posting: &Posting, layer: usize) -> Bearer {
    let candidate = Candidate { entry: EntryId(posting.entry), form: posting.form, prior: posting.prior };
    Bearer { candidate, shared: posting.shared, condition: (layer, posting.condition) }
}

/// The least weight of a body whose acronym is believed in small letters.
const WELL_KNOWN: f32 = 0.7;

/// What a name on its own may stand for; see [`Gazetteer::lookup`].
pub fn lookup(gazetteer: &Gazetteer, name: &str, at: Option<Date>) -> Vec<Candidate> {
    let mut bearers = Vec::new();
    for spelling in fold::spellings(name) {
        for (place, layer) in gazetteer.layers.iter().enumerate() {
            let node = spelling.iter().try_fold(0, |node, word| {
                let word = layer.respelt_word(word)?;
                if node == 0 { Some(layer.root(word)).filter(|&root| root != 0) } else { layer.child(node, word) }
            });
            let postings = node.filter(|&node| node != 0).map_or(0..0, |node| layer.postings(node));
            let postings = postings.map(|posting| layer.posting(posting));
            let on = postings.filter(|posting| gazetteer.is_on(place, posting));
            // Without a text there is nothing that a condition could be measured by.
            bearers.extend(on.map(|posting| Bearer { condition: (place, 0), ..bearer(&posting, place) }));
        }
    }
    let doc = Document { source: Source { date: at, ..Source::default() }, ..Document::default() };
    let mut candidates = Vec::new();
    Evidence::new(gazetteer, &doc, &bearers, &Seen::default()).weigh(&bearers, &mut candidates);
    candidates
}

#[cfg(test)]
mod tests {
    use super::super::testing::{dated, doc};
    use super::*;

    /// The names found, each with the id of its likeliest bearer.
    fn found(doc: &Document) -> Vec<(String, String)> {
        let gazetteer = Gazetteer::builtin();
        let hits = gazetteer.find(doc);
        let name = |hit: &Hit| doc.slice(doc.span_of(hit.tokens.clone())).to_owned();
        hits.hits.iter().map(|hit| (name(hit), gazetteer.entry(hits.of(hit)[0].entry).id.to_owned())).collect()
    }

    fn assert_found(text: &str, expected: &[(&str, &str)]) {
        let found = found(&doc(text));
        let found: Vec<(&str, &str)> = found.iter().map(|(name, id)| (name.as_str(), id.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_longest_name_wins() {
        assert_found(
            "Nikol Pashinyan rang Vladimir Putin about Nagorno-Karabakh.",
            &[
                ("Nikol Pashinyan", "person/nikol-pashinyan"),
                ("Vladimir Putin", "person/vladimir-putin"),
                ("Nagorno-Karabakh", "country/xnk"),
            ],
        );
        assert_found("South Sudan and Sudan met.", &[("South Sudan", "country/ssd"), ("Sudan", "country/sdn")]);
    }

    #[test]
    fn acronyms_are_no_pronouns() {
        assert_found("They told us who it is.", &[]);
        assert_found("The US and the U.S. agree.", &[("US", "country/usa"), ("U.S.", "country/usa")]);
    }

    #[test]
    fn possessives_and_hyphens_are_no_hindrance() {
        assert_found("Armenia's army", &[("Armenia", "country/arm")]);
        assert_found("a Turkish-Syrian border", &[("Turkish", "country/tur"), ("Syrian", "country/syr")]);
    }

    #[test]
    fn capitals_and_small_letters_say_nothing() {
        assert_found(
            "ARMENIA ASKS RUSSIA FOR HELP AS TURKEY WATCHES",
            &[("ARMENIA", "country/arm"), ("RUSSIA", "country/rus"), ("TURKEY", "country/tur")],
        );
        assert_found(
            "armenia asks vladimir putin for help",
            &[("armenia", "country/arm"), ("vladimir putin", "person/vladimir-putin")],
        );
    }

    #[test]
    fn a_name_broken_by_a_line_is_one() {
        let mut doc = doc("He met Vladimir Putin today.");
        doc.source.text = doc.source.text.replace("Vladimir Putin", "Vladimir\nPutin");
        assert_eq!(found(&doc), [("Vladimir\nPutin".into(), "person/vladimir-putin".into())]);
    }

    #[test]
    fn an_old_name_is_believed_in_its_time() {
        let found = found(&dated("Zaire closed its border.", Date::new(1990, 5, 1).ok()));
        assert_eq!(found, [("Zaire".into(), "country/cod".into())]);
    }
}
