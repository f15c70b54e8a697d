//! The word lists of this layer, compiled in from `data/lexicon/mentions/` and looked up by lower-cased word.

use once_cell::sync::Lazy;
use rustc_hash::FxHashMap;

use crate::ontology::{Country, EntityKind, Sector};

/// A common noun that can head a description of an actor, a place or a thing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Noun {
    pub kind: EntityKind,
    pub sector: Option<Sector>,
    pub plural: bool,
}

/// An office, rank or occupation that stands before a name or for its bearer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Title<'a> {
    pub role: &'a str,
    pub sector: Option<Sector>,
}

/// A word that makes a capitalised sequence an organisation or a place: "Ministry", "Party", "province".
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Designator {
    pub kind: EntityKind,
    pub sector: Option<Sector>,
    /// Whether the rest of the name may follow: "Ministry of Defence", "Mount Sinjar".
    pub first: bool,
    /// Whether the rest of the name may precede: "Labour Party".
    pub last: bool,
}

/// What is known of a word whatever stands around it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct WordInfo {
    flags: u32,
    noun: u16,
    noun_phrases: u16,
    titles: u16,
    designator: u16,
}

macro_rules! flags {
    ($($(#[$doc:meta])* $name:ident $test:ident = $bit:literal;)*) => {
        $(const $name: u32 = 1 << $bit;)*
        impl WordInfo {
            $($(#[$doc])* pub fn $test(self) -> bool { self.flags & $name != 0 })*
        }
    };
}

flags! {
    /// Closed-class words, weekdays and months: never part of a name by their capital alone.
    FUNCTION is_function = 0;
    /// "deputy", "senior": goes before a title.
    RANK is_rank = 1;
    /// "former": the title no longer holds.
    PAST is_past = 2;
    /// "Mr": a person's name follows.
    HONORIFIC is_honorific = 3;
    /// A given name.
    GIVEN is_given = 4;
    /// Of a man.
    MALE is_male = 5;
    /// Of a woman.
    FEMALE is_female = 6;
    /// "northern", "south": part of a place.
    DIRECTION is_direction = 7;
    /// "bin", "van": may stand in lower case inside a person's name.
    PARTICLE is_particle = 8;
    /// "in", "near": a place is likely to follow.
    PLACE_PREPOSITION is_place_preposition = 9;
    /// "says", "told": its subject is a person or body.
    SPEECH is_speech = 10;
    /// "a", "the", "his", "three": a noun phrase begins.
    DETERMINER is_determiner = 11;
    /// A title that is an ordinary word as well: "major", "head".
    WEAK_TITLE is_weak_title = 12;
    /// "New", "San", "Upper": begins the names of places.
    PLACE_PREFIX is_place_prefix = 13;
    /// "Jordan", "Paris": a place that is also a given name.
    PLACE_GIVEN is_place_given = 14;
    /// "War", "Agreement", "Cup": a capitalised name with this word is of an event or a document, not of an actor.
    EVENT_HEAD is_event_head = 15;
    /// "liberate", "siege": a bare name as its object or after "of" is a place.
    PLACE_GOVERNOR is_place_governor = 16;
    /// "al", "el": the article of Arabic names, which a hyphen joins to the next word.
    ARTICLE is_arabic_article = 17;
    /// "city", "hospital": a place that stands for the people in it.
    INHABITED is_inhabited = 18;
    /// "AIDS", "GDP", "UPDATE": in capitals, and yet no body.
    INITIALS is_initials = 19;
}

/// All lists together.
struct Lexicon {
    /// By the bytes of the word, so that a look-up need not prove that they are text.
    words: FxHashMap<&'static [u8], WordInfo>,
    nouns: Vec<Noun>,
    /// For the last word of phrases: the words before it, last first, and the noun, or none where the phrase is
    /// neither actor nor place nor thing ("political settlement"); longest first.
    noun_phrases: Vec<Vec<(Vec<&'static str>, Option<Noun>)>>,
    /// For the first word of titles: the words after it, and the title; longest first.
    titles: Vec<Vec<(Vec<&'static str>, Title<'static>)>>,
    designators: Vec<Designator>,
}

/// States and provinces that news puts after a town, with their abbreviations.
static STATES: Lazy<FxHashMap<&'static str, Country>> = Lazy::new(|| {
    let states = rows(include_str!("../../data/lexicon/mentions/states.csv"));
    states.filter_map(|[name, country]| Some((name, Country::new(country)?))).collect()
});

/// The country of a state or province, by its name or abbreviation: "Pa.".
pub(crate) fn state(name: &str) -> Option<Country> {
    STATES.get(name.to_lowercase().as_str()).copied()
}

static LEXICON: Lazy<Lexicon> = Lazy::new(Lexicon::read);

const MENTIONS: &[(&str, u32)] = &[
    (include_str!("../../data/lexicon/mentions/function_words.csv"), FUNCTION),
    (include_str!("../../data/lexicon/mentions/directions.csv"), DIRECTION),
    (include_str!("../../data/lexicon/mentions/particles.csv"), PARTICLE),
    (include_str!("../../data/lexicon/mentions/place_prepositions.csv"), PLACE_PREPOSITION),
    (include_str!("../../data/lexicon/mentions/speech.csv"), SPEECH),
    (include_str!("../../data/lexicon/mentions/determiners.csv"), DETERMINER),
    (include_str!("../../data/lexicon/mentions/weak_titles.csv"), WEAK_TITLE),
    (include_str!("../../data/lexicon/mentions/place_prefixes.csv"), PLACE_PREFIX),
    (include_str!("../../data/lexicon/mentions/place_given_names.csv"), PLACE_GIVEN),
    (include_str!("../../data/lexicon/mentions/event_heads.csv"), EVENT_HEAD),
    (include_str!("../../data/lexicon/mentions/place_governors.csv"), PLACE_GOVERNOR),
    (include_str!("../../data/lexicon/mentions/arabic_articles.csv"), ARTICLE),
    (include_str!("../../data/lexicon/mentions/inhabited.csv"), INHABITED),
    (include_str!("../../data/lexicon/mentions/initials.csv"), INITIALS),
];
/// One word a line, sorted, after a header.
const ORDINARY: &str = include_str!("../../data/lexicon/mentions/ordinary_words.csv");
const RANKS: &str = include_str!("../../data/lexicon/mentions/ranks.csv");
const HONORIFICS: &str = include_str!("../../data/lexicon/mentions/honorifics.csv");
const GIVEN_NAMES: &str = include_str!("../../data/lexicon/mentions/given_names.csv");
const NOUNS: &str = include_str!("../../data/lexicon/mentions/nouns.csv");
const TITLES: &str = include_str!("../../gazetteers/titles.csv");
const DESIGNATORS: &str = include_str!("../../data/lexicon/mentions/designators.csv");

/// The rows after the header; no cell of these lists holds a comma or a quote.
fn rows<const N: usize>(list: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    list.lines().skip(1).map(|line| {
        let mut cells = line.split(',').map(str::trim);
        std::array::from_fn(|_| cells.next().unwrap_or_default())
    })
}

impl Lexicon {
    fn read() -> Self {
        let words = FxHashMap::with_capacity_and_hasher(8192, Default::default());
        let mut lexicon = Self { words, nouns: vec![], noun_phrases: vec![], titles: vec![], designators: vec![] };
        for (list, flag) in MENTIONS {
            for [word] in rows(list) {
                lexicon.word(word).flags |= flag;
            }
        }
        lexicon.read_flagged();
        lexicon.read_nouns();
        lexicon.read_titles();
        for [word, kind, sector, position] in rows(DESIGNATORS) {
            let Some(kind) = EntityKind::from_name(kind) else { continue };
            let (first, last) = (position != "last", position != "first");
            lexicon.designators.push(Designator { kind, sector: Sector::from_name(sector), first, last });
            lexicon.word(word).designator = lexicon.designators.len() as u16;
        }
        lexicon
    }

    fn word(&mut self, word: &'static str) -> &mut WordInfo {
        self.words.entry(word.as_bytes()).or_default()
    }

    fn read_flagged(&mut self) {
        for [word, past] in rows(RANKS) {
            self.word(word).flags |= if past.is_empty() { RANK } else { RANK | PAST };
        }
        let gender = |gender| match gender {
            "m" => MALE,
            "f" => FEMALE,
            _ => 0,
        };
        for [word, sex] in rows(HONORIFICS) {
            self.word(word).flags |= HONORIFIC | gender(sex);
        }
        for [word, sex] in rows(GIVEN_NAMES) {
            self.word(word).flags |= GIVEN | gender(sex);
        }
    }

    fn read_nouns(&mut self) {
        for [singular, plural, kind, sector] in rows(NOUNS) {
            let (kind, sector) = (EntityKind::from_name(kind), Sector::from_name(sector));
            let noun = |plural| kind.map(|kind| Noun { kind, sector, plural });
            self.add_noun(singular, noun(plural == singular && kind == Some(EntityKind::Person)));
            if !plural.is_empty() && plural != singular {
                self.add_noun(plural, noun(true));
            }
        }
        for phrases in &mut self.noun_phrases {
            phrases.sort_by_key(|(before, _)| std::cmp::Reverse(before.len()));
        }
    }

    fn add_noun(&mut self, phrase: &'static str, noun: Option<Noun>) {
        let mut words = phrase.split(' ').rev();
        let last = words.next().unwrap_or_default();
        let before: Vec<_> = words.collect();
        if before.is_empty() {
            if let Some(noun) = noun {
                self.nouns.push(noun);
                self.word(last).noun = self.nouns.len() as u16;
            }
            return;
        }
        if self.word(last).noun_phrases == 0 {
            self.noun_phrases.push(vec![]);
            self.word(last).noun_phrases = self.noun_phrases.len() as u16;
        }
        let bucket = self.word(last).noun_phrases as usize - 1;
        self.noun_phrases[bucket].push((before, noun));
    }

    fn add_title(&mut self, words: Vec<&'static str>, title: Title<'static>) {
        let Some((first, after)) = words.split_first() else { return };
        if self.word(first).titles == 0 {
            self.titles.push(vec![]);
            self.word(first).titles = self.titles.len() as u16;
        }
        let bucket = self.word(first).titles as usize - 1;
        self.titles[bucket].push((after.to_vec(), title));
    }

    fn read_titles(&mut self) {
        for [phrase, _, role, sector, _] in rows(TITLES) {
            let title = Title { role, sector: Sector::from_name(sector) };
            self.add_title(phrase.split([' ', '-']).collect(), title);
            // "vice-president" is one token, "major-general" three.
            if phrase.contains('-') {
                self.add_title(phrase.split(' ').collect(), title);
            }
        }
        for titles in &mut self.titles {
            titles.sort_by_key(|(after, _)| std::cmp::Reverse(after.len()));
        }
    }
}

impl WordInfo {
    /// What is known of a word as written, in any case.
    pub fn of(form: &str) -> Self {
        let mut buffer = [0u8; 24];
        if form.len() > buffer.len() {
            return Self::default();
        }
        let lower = &mut buffer[..form.len()];
        lower.copy_from_slice(form.as_bytes());
        lower.make_ascii_lowercase();
        LEXICON.words.get(&*lower).copied().unwrap_or_default()
    }

    /// Whether news writes the word in small letters far more often than with a capital, so that its capital alone
    /// makes no name.
    pub fn is_ordinary(form: &str) -> bool {
        static WORDS: Lazy<Vec<&str>> = Lazy::new(|| ORDINARY.lines().skip(1).collect());
        WORDS.binary_search(&form.to_lowercase().as_str()).is_ok()
    }

    /// The description the word heads on its own.
    pub fn noun(self) -> Option<Noun> {
        (self.noun > 0).then(|| LEXICON.nouns[self.noun as usize - 1])
    }

    /// The phrases that end in this word: the words before it, last first, and what the phrase describes.
    pub fn noun_phrases(self) -> &'static [(Vec<&'static str>, Option<Noun>)] {
        if self.noun_phrases == 0 { &[] } else { &LEXICON.noun_phrases[self.noun_phrases as usize - 1] }
    }

    /// The titles that begin with this word: the words after it, and the title; longest first.
    pub fn titles(self) -> &'static [(Vec<&'static str>, Title<'static>)] {
        if self.titles == 0 { &[] } else { &LEXICON.titles[self.titles as usize - 1] }
    }

    /// What names the word makes.
    pub fn designator(self) -> Option<Designator> {
        (self.designator > 0).then(|| LEXICON.designators[self.designator as usize - 1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_every_list_is_understood() {
        for [noun, _, kind, sector] in rows(NOUNS) {
            let nothing = kind == "none" && noun.contains(' ');
            assert!(nothing || EntityKind::from_name(kind).is_some(), "nouns.csv: {noun}: no such kind: {kind}");
            assert!(sector.is_empty() || Sector::from_name(sector).is_some(), "nouns.csv: {noun}: {sector}");
        }
        for [title, _, role, sector, _] in rows(TITLES) {
            assert!(!role.is_empty(), "titles.csv: {title} has no role");
            assert!(sector.is_empty() || Sector::from_name(sector).is_some(), "titles.csv: {title}: {sector}");
        }
        for [word, kind, sector, position] in rows(DESIGNATORS) {
            assert!(EntityKind::from_name(kind).is_some(), "designators.csv: {word}: no such kind: {kind}");
            assert!(sector.is_empty() || Sector::from_name(sector).is_some(), "designators.csv: {word}: {sector}");
            assert!(["first", "last", "both"].contains(&position), "designators.csv: {word}: {position}");
        }
        for [name, gender] in rows(GIVEN_NAMES) {
            assert!(["", "m", "f"].contains(&gender), "given_names.csv: {name}: {gender}");
        }
    }

    #[test]
    fn a_noun_is_listed_in_one_file() {
        let agents: Vec<&str> = rows(include_str!("../../gazetteers/agents.csv")).map(|[noun]| noun).collect();
        let twice: Vec<&str> = rows(NOUNS).map(|[noun]| noun).filter(|noun| agents.contains(noun)).collect();
        assert!(twice.is_empty(), "in nouns.csv and in agents.csv: {twice:?}");
    }

    #[test]
    fn ordinary_words_are_sorted_for_the_search() {
        assert!(ORDINARY.lines().skip(1).is_sorted());
        assert!(WordInfo::is_ordinary("Government") && !WordInfo::is_ordinary("Raqqa"));
    }

    #[test]
    fn words_are_looked_up_in_any_case() {
        assert!(WordInfo::of("The").is_function());
        assert_eq!(WordInfo::of("Troops").noun().unwrap().sector, Some(Sector::Military));
        assert!(WordInfo::of("Vladimir").is_given() && WordInfo::of("VLADIMIR").is_male());
        assert!(
            WordInfo::of("Prime")
                .titles()
                .iter()
                .any(|(after, title)| after == &["minister"] && title.role == "prime minister")
        );
        assert_eq!(WordInfo::of("zzz"), WordInfo::default());
    }
}
