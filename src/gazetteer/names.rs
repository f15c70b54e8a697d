//! All names of some rows, as the trie over their words that the matcher walks.

use rustc_hash::FxHashMap;

use crate::ontology::MentionForm;

use super::fold;
use super::layout::{NONE, POSTING, SHARES, Section, Writer, hash, start_bit, tag};
use super::row::CaseRule;
use super::spelling;

/// One name of one entry.
#[derive(Clone, Copy, Debug)]
pub struct Name<'r> {
    /// The entry.
    pub entry: u32,
    /// How well known it is.
    pub weight: f32,
    /// The name, as an interned string.
    pub written: u32,
    /// The name.
    pub text: &'r str,
    /// How it refers.
    pub form: MentionForm,
    /// What case its letters must have.
    pub case: CaseRule,
    /// How often it means the entry, where that was stated.
    pub prior: Option<f32>,
    /// From, until, needs and unless, as stored.
    pub condition: [u32; 4],
    /// Whether its words come from other scripts, so that other spellings of them are the same.
    pub spelt: bool,
    /// Whether it is a person's, so that an Arabic article inside it may be left out: "Ayman Zawahiri".
    pub article: bool,
}

/// A condition of no effect.
const ALWAYS: [u32; 4] = [0, 0, NONE, NONE];

/// Collects names and writes the sections of the matcher.
#[derive(Debug, Default)]
pub struct Names<'r> {
    names: Vec<Name<'r>>,
    /// The word numbers of all spellings, one after the other.
    words: Vec<u32>,
    /// For each spelling: where its words start and end, and its name.
    spellings: Vec<(u32, u32, u32)>,
    numbers: FxHashMap<String, u32>,
    bytes: Vec<u8>,
    ends: Vec<u32>,
    /// For each word whether it is of a name that other spellings are tried for.
    spelt: Vec<bool>,
}

impl<'r> Names<'r> {
    /// Adds a name.
    pub fn add(&mut self, name: Name<'r>) {
        let place = self.names.len() as u32;
        let mut spellings = fold::spellings(name.text);
        if name.article {
            let short = without_article(&spellings[0]);
            spellings.extend(short.filter(|short| !spellings.contains(short)));
        }
        for spelling in spellings {
            let start = self.words.len() as u32;
            for word in spelling {
                let number = self.number(word);
                self.words.push(number);
                self.spelt.resize(self.ends.len(), false);
                self.spelt[number as usize] |= name.spelt;
            }
            self.spellings.push((start, self.words.len() as u32, place));
        }
        self.names.push(name);
    }

    /// The number of a word, a new one for a new word.
    fn number(&mut self, word: String) -> u32 {
        let next = self.ends.len() as u32;
        *self.numbers.entry(word).or_insert_with_key(|word| {
            self.bytes.extend(word.as_bytes());
            self.ends.push(self.bytes.len() as u32);
            next
        })
    }

    /// For each word the one that stands for all its spellings: those that `same` lists, given as a spelling and what
    /// it is the same as, and those that share a key. Keys and unlisted spellings are added to the words.
    fn spellings(&mut self, same: &[(String, String)]) -> Vec<u32> {
        let mut first: FxHashMap<String, u32> = FxHashMap::default();
        let mut chosen: Vec<u32> = (0..self.ends.len() as u32).collect();
        let mut keys = Vec::new();
        let spelt = std::mem::take(&mut self.spelt).into_iter().zip(0..).filter(|(spelt, _)| *spelt);
        for (_, number) in spelt {
            let Some(key) = spelling::key(self.word(number)) else { continue };
            let one = *first.entry(key).or_insert_with_key(|key| {
                keys.push((key.clone(), number));
                number
            });
            chosen[number as usize] = one;
        }
        for (key, number) in keys {
            self.number(key);
            chosen.push(number);
        }
        for (word, other) in same {
            let [word, other] = [word, other].map(|word| self.number(word.clone()) as usize);
            chosen.extend(chosen.len() as u32..self.ends.len() as u32);
            let (from, to) = (chosen[word], chosen[other]);
            chosen.iter_mut().filter(|one| **one == from).for_each(|one| *one = to);
        }
        chosen
    }

    /// Writes the sections. `word` tells whether a folded name is an ordinary word, and then whether it is the name
    /// when case says nothing; `same` lists folded words that are spellings of each other.
    pub fn write(mut self, writer: &mut Writer, same: &[(String, String)], word: impl Fn(&str) -> Option<bool>) {
        let mut words = std::mem::take(&mut self.words);
        let chosen = self.spellings(same);
        words.iter_mut().for_each(|word| *word = chosen[*word as usize]);
        writer.numbers(Section::Spellings, chosen);
        let key = |&(start, end, _): &(u32, u32, u32)| &words[start as usize..end as usize];
        self.spellings.sort_by(|a, b| key(a).cmp(key(b)).then(a.2.cmp(&b.2)));
        self.spellings.dedup();
        self.write_words(writer);
        self.write_trie(writer, &words, &word);
    }

    fn write_words(&self, writer: &mut Writer) {
        let size = (self.ends.len() * 8 / 5 + 1).next_power_of_two();
        let mut table = vec![[0, NONE]; size];
        for place in 0..self.ends.len() {
            let hash = hash(self.word(place as u32).as_bytes());
            let mut slot = hash as usize & (size - 1);
            while table[slot][1] != NONE {
                slot = (slot + 1) & (size - 1);
            }
            table[slot] = [tag(hash), place as u32];
        }
        writer.records(Section::WordTable, table);
        writer.bytes(Section::WordBytes, self.bytes.clone());
        writer.numbers(Section::WordEnds, self.ends.iter().copied());
    }

    fn word(&self, number: u32) -> &str {
        let start = if number == 0 { 0 } else { self.ends[number as usize - 1] as usize };
        std::str::from_utf8(&self.bytes[start..self.ends[number as usize] as usize]).unwrap_or_default()
    }

    /// Numbers the nodes breadth first, so that the children of a node are nodes in a row.
    fn write_trie(&self, writer: &mut Writer, words: &[u32], word: &dyn Fn(&str) -> Option<bool>) {
        let mut roots = vec![0; self.ends.len()];
        // First child, word and first posting of each node; the children come last to be known.
        let mut records: Vec<[u32; 3]> = Vec::new();
        let mut node_words = Vec::new();
        let mut postings = Postings::default();
        let mut lower = vec![0u8; 1 << 13];
        // Every node waits as the range of spellings that pass through it, and its depth.
        let mut waiting = std::collections::VecDeque::from([(0, self.spellings.len(), 0)]);
        node_words.push(NONE);
        let mut nodes = 1u32;
        while let Some((mut low, high, depth)) = waiting.pop_front() {
            let word_at = |place: usize| words.get(self.spellings[place].0 as usize + depth).copied();
            let ends_here = |place: usize| (self.spellings[place].1 - self.spellings[place].0) as usize == depth;
            let first_posting = postings.count();
            let own = (low..high).take_while(|&place| ends_here(place)).count();
            if own > 0 {
                let names: Vec<&Name> =
                    self.spellings[low..low + own].iter().map(|spelling| &self.names[spelling.2 as usize]).collect();
                for name in names.iter().filter(|name| starts_small(name)) {
                    for spelling in fold::spellings(name.text) {
                        let bit = start_bit(spelling[0].as_bytes());
                        lower[bit / 8] |= 1 << (bit % 8);
                    }
                }
                postings.add(&names, word);
            }
            low += own;
            records.push([nodes, node_words[records.len()], first_posting]);
            while low < high {
                let first = word_at(low);
                let same = (low..high).take_while(|&place| word_at(place) == first).count();
                let number = first.unwrap_or(NONE);
                if depth == 0 {
                    roots[number as usize] = nodes;
                }
                node_words.push(number);
                nodes += 1;
                waiting.push_back((low, low + same, depth + 1));
                low += same;
            }
        }
        records.push([nodes, NONE, postings.count()]);
        writer.numbers(Section::Roots, roots);
        writer.records(Section::Nodes, records);
        writer.bytes(Section::LowerStarts, lower);
        postings.write(writer);
    }
}

/// A person's name without the Arabic articles inside it, where it has any and two words remain.
fn without_article(words: &[String]) -> Option<Vec<String>> {
    let article = |(place, word): &(usize, &String)| *place > 0 && matches!(word.as_str(), "al" | "el");
    let kept: Vec<String> =
        words.iter().enumerate().filter(|word| !article(word)).map(|(_, word)| word.clone()).collect();
    (kept.len() < words.len() && kept.len() > 1).then_some(kept)
}

/// Whether a text may write the name's first word with a small letter.
fn starts_small(name: &Name) -> bool {
    name.case == CaseRule::Any || name.text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase)
}

/// The postings of all nodes, and their conditions.
#[derive(Debug)]
struct Postings {
    records: Vec<[u32; POSTING]>,
    conditions: Vec<[u32; 4]>,
    known: FxHashMap<[u32; 4], u32>,
}

impl Default for Postings {
    fn default() -> Self {
        Self { records: Vec::new(), conditions: vec![ALWAYS], known: FxHashMap::from_iter([(ALWAYS, 0)]) }
    }
}

impl Postings {
    fn count(&self) -> u32 {
        self.records.len() as u32
    }

    /// Adds the bearers of one name. Those without a stated prior get a share by weight, which is relative: the matcher
    /// makes the shares of the bearers that remain add up.
    fn add(&mut self, names: &[&Name], word: &dyn Fn(&str) -> Option<bool>) {
        for name in names {
            // What a word means on its own bears on names of one word only.
            let phrase = fold::phrase(name.text);
            let word = if phrase.contains(' ') { None } else { word(&phrase) };
            let (prior, shared) = match name.prior {
                Some(prior) => (prior, 0),
                None => (name.weight.max(0.05).powi(SHARPNESS), 1),
            };
            let next = self.conditions.len() as u32;
            let condition = *self.known.entry(name.condition).or_insert_with(|| {
                self.conditions.push(name.condition);
                next
            });
            let form = MentionForm::ALL.iter().position(|&form| form == name.form).unwrap_or(0) as u32;
            let prior = (prior.min(1.0) * SHARES).round() as u32;
            let capitals = capital_mask(name.text);
            let flags = form | (name.case as u32) << 4 | word_bits(word) << 6 | shared << 8 | capitals << 9;
            self.records.push([name.entry, name.written, prior, flags, condition]);
        }
    }

    fn write(self, writer: &mut Writer) {
        writer.records(Section::Postings, self.records);
        writer.records(Section::Conditions, self.conditions);
    }
}

/// How much the better known of two bearers is preferred: shares go with this power of the weight.
const SHARPNESS: i32 = 3;

fn word_bits(word: Option<bool>) -> u32 {
    match word {
        None => 0,
        Some(true) => 1,
        Some(false) => 2,
    }
}

/// Which words of a name must have a capital: 1 the first, 2 the last. In a name of three words and more the first is
/// evidence enough, as in "Democratic republic of Congo".
fn capital_mask(text: &str) -> u32 {
    let capital = |part: &str| part.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
    let parts: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == '-' || c == '/').collect();
    let last = parts.len() < 3 && parts.last().is_some_and(|part| capital(part));
    u32::from(parts.first().is_some_and(|part| capital(part))) | u32::from(last) << 1
}
