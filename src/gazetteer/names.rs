//! All names of some rows, as the trie over their words that the matcher walks.

use rustc_hash::FxHashMap;

use crate::ontology::MentionForm;

use super::fold;
use super::index::Index;
use super::layout::{NONE, POSTING, SHARES, Section, Writer, hash, piece, start_bit, tag};
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

/// The folded words of all names, numbered.
#[derive(Debug, Default)]
struct Words {
    index: Index,
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl Words {
    fn len(&self) -> u32 {
        self.ends.len() as u32
    }

    /// The number of a word, a new one for a new word.
    fn number(&mut self, word: &str) -> u32 {
        let (next, bytes, ends) = (self.len(), &self.bytes, &self.ends);
        let number =
            self.index.find_or_add(word.as_bytes(), next, |known| slice(bytes, ends, known) == word.as_bytes());
        if number == next {
            self.bytes.extend(word.as_bytes());
            self.ends.push(self.bytes.len() as u32);
        }
        number
    }

    fn get(&self, number: u32) -> &str {
        std::str::from_utf8(slice(&self.bytes, &self.ends, number)).unwrap_or_default()
    }

    fn write(self, writer: &mut Writer) {
        let size = (self.ends.len() * 8 / 5 + 1).next_power_of_two();
        let mut table = vec![[0, NONE]; size];
        for number in 0..self.len() {
            let hash = hash(slice(&self.bytes, &self.ends, number));
            let mut slot = hash as usize & (size - 1);
            while table[slot][1] != NONE {
                slot = (slot + 1) & (size - 1);
            }
            table[slot] = [tag(hash), number];
        }
        writer.records(Section::WordTable, table);
        writer.bytes(Section::WordBytes, self.bytes);
        writer.numbers(Section::WordEnds, self.ends);
    }
}

/// The bytes of a word.
fn slice<'b>(bytes: &'b [u8], ends: &[u32], number: u32) -> &'b [u8] {
    piece(bytes, |number| ends[number], number as usize)
}

/// A name as the trie holds it.
#[derive(Clone, Copy, Debug)]
struct Listed<'r> {
    posting: [u32; POSTING],
    /// Its only word; [`NONE`] when there are several.
    single: u32,
    /// The name, if a text may write its first word with a small letter.
    small: Option<&'r str>,
}

/// Where the flags stand in a posting.
const FLAGS: usize = 3;

/// One way to cut a name into words: where they start and end, and the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Spelling {
    start: u32,
    end: u32,
    name: u32,
}

/// Collects names and writes the sections of the matcher.
#[derive(Debug, Default)]
pub struct Names<'r> {
    names: Vec<Listed<'r>>,
    conditions: Conditions,
    words: Words,
    /// For each word whether it is of a name that other spellings are tried for.
    spelt: Vec<bool>,
    /// The word numbers of all spellings, one after the other.
    sequence: Vec<u32>,
    spellings: Vec<Spelling>,
    /// Room for folding.
    room: String,
}

impl<'r> Names<'r> {
    /// Makes room for so many names.
    pub fn reserve(&mut self, count: usize) {
        self.names.reserve(count);
        self.spellings.reserve(count);
        self.sequence.reserve(count * 3);
    }

    /// Adds a name; says whether it has a word at all.
    pub fn add(&mut self, name: Name<'r>) -> bool {
        let (place, start) = (self.names.len() as u32, self.sequence.len());
        let (words, sequence, spelt) = (&mut self.words, &mut self.sequence, &mut self.spelt);
        let mut add = |word: &str| {
            let number = words.number(word);
            sequence.push(number);
            spelt.resize(words.ends.len(), false);
            spelt[number as usize] |= name.spelt;
        };
        fold::words_in(&mut self.room, name.text, &mut add);
        let end = self.sequence.len();
        if start == end {
            return false;
        }
        self.spellings.push(Spelling { start: start as u32, end: end as u32, name: place });
        if fold::is_cut_in_ways(name.text) || (name.article && has_article(&self.words, &self.sequence[start + 1..])) {
            self.add_other_spellings(&name, place);
        }
        let posting = self.posting(&name);
        self.names.push(Listed {
            posting,
            single: if end == start + 1 { self.sequence[start] } else { NONE },
            small: starts_small(&name).then_some(name.text),
        });
        true
    }

    /// What the matcher is told of a name, whatever it shares its words with. One without a stated prior gets a share by
    /// weight, which is relative: the matcher makes the shares of the bearers that remain add up.
    fn posting(&mut self, name: &Name) -> [u32; POSTING] {
        let (prior, shared) = match name.prior {
            Some(prior) => (prior, 0),
            None => (name.weight.max(0.05).powi(SHARPNESS), 1),
        };
        let form = MentionForm::ALL.iter().position(|&form| form == name.form).unwrap_or(0) as u32;
        let prior = (prior.min(1.0) * SHARES).round() as u32;
        let flags = form | (name.case as u32) << 4 | shared << 8 | capital_mask(name.text) << 9;
        [name.entry, name.written, prior, flags, self.conditions.number(name.condition)]
    }

    /// Adds the ways to cut a name other than the first.
    fn add_other_spellings(&mut self, name: &Name, place: u32) {
        let mut spellings = fold::spellings(name.text);
        if name.article {
            let short = without_article(&spellings[0]);
            spellings.extend(short.filter(|short| !spellings.contains(short)));
        }
        for spelling in &spellings[1..] {
            let start = self.sequence.len() as u32;
            for word in spelling {
                let number = self.words.number(word);
                self.sequence.push(number);
                self.spelt.resize(self.words.ends.len(), false);
                self.spelt[number as usize] |= name.spelt;
            }
            self.spellings.push(Spelling { start, end: self.sequence.len() as u32, name: place });
        }
    }

    /// For each word the one that stands for all its spellings: those that `same` lists, given as a spelling and what
    /// it is the same as, and those that share a key. Keys and unlisted spellings are added to the words.
    fn chosen(&mut self, same: &[(String, String)]) -> Vec<u32> {
        let mut chosen: Vec<u32> = (0..self.words.len()).collect();
        for number in 0..self.words.len() {
            if !self.spelt[number as usize] {
                continue;
            }
            let Some(key) = spelling::key(self.words.get(number)) else { continue };
            let key = self.words.number(&key) as usize;
            match chosen.get(key) {
                Some(&one) => chosen[number as usize] = one,
                None => chosen.push(number),
            }
        }
        for (word, other) in same {
            let [word, other] = [word, other].map(|word| self.words.number(word) as usize);
            chosen.extend(chosen.len() as u32..self.words.len());
            let (from, to) = (chosen[word], chosen[other]);
            chosen.iter_mut().filter(|one| **one == from).for_each(|one| *one = to);
        }
        chosen
    }

    /// Writes the sections. `word` tells whether a folded name is an ordinary word, and then whether it is the name
    /// when case says nothing; `same` lists folded words that are spellings of each other.
    pub fn write(mut self, writer: &mut Writer, same: &[(String, String)], word: impl Fn(&str) -> Option<bool>) {
        let chosen = self.chosen(same);
        for name in self.names.iter_mut().filter(|name| name.single != NONE) {
            name.posting[FLAGS] |= word_bits(word(self.words.get(name.single))) << 6;
        }
        self.sequence.iter_mut().for_each(|word| *word = chosen[*word as usize]);
        writer.numbers(Section::Spellings, chosen);
        self.sort();
        self.write_trie(writer);
        writer.records(Section::Conditions, self.conditions.records);
        self.words.write(writer);
    }

    /// Sorts the spellings by their words.
    fn sort(&mut self) {
        let sequence = &self.sequence;
        let words = |spelling: &Spelling| &sequence[spelling.start as usize..spelling.end as usize];
        // Most names differ in the first two words: these are compared where they are sorted.
        let head = |spelling: &Spelling| match words(spelling) {
            [] => 0,
            [only] => u64::from(*only) << 32,
            [first, second, ..] => u64::from(*first) << 32 | u64::from(*second + 1),
        };
        let mut sorted: Vec<(u64, Spelling)> =
            self.spellings.iter().map(|spelling| (head(spelling), *spelling)).collect();
        sorted.sort_unstable_by(|(a, one), (b, other)| {
            a.cmp(b).then_with(|| {
                words(one).cmp(words(other)).then(one.name.cmp(&other.name)).then(one.start.cmp(&other.start))
            })
        });
        self.spellings.clear();
        self.spellings.extend(sorted.into_iter().map(|(_, spelling)| spelling));
        self.spellings.dedup_by(|a, b| a.name == b.name && words(a) == words(b));
    }

    /// Numbers the nodes breadth first, so that the children of a node are nodes in a row.
    fn write_trie(&self, writer: &mut Writer) {
        let mut roots = vec![0; self.words.len() as usize];
        // First child, word and first posting of each node; the children come last to be known.
        let mut records: Vec<[u32; 3]> = Vec::new();
        let mut node_words = Vec::new();
        let mut postings = Vec::with_capacity(self.spellings.len());
        let mut lower = vec![0u8; 1 << 13];
        // Every node waits as the range of spellings that pass through it, and its depth.
        let mut waiting = std::collections::VecDeque::from([(0, self.spellings.len(), 0)]);
        node_words.push(NONE);
        let mut nodes = 1u32;
        while let Some((mut low, high, depth)) = waiting.pop_front() {
            let word_at = |place: usize| self.sequence[self.spellings[place].start as usize + depth];
            let ends_here = |place: usize| (self.spellings[place].end - self.spellings[place].start) as usize == depth;
            let first_posting = postings.len() as u32;
            let own = (low..high).take_while(|&place| ends_here(place)).count();
            for spelling in &self.spellings[low..low + own] {
                let name = &self.names[spelling.name as usize];
                for spelling in name.small.map(fold::spellings).into_iter().flatten() {
                    let bit = start_bit(spelling[0].as_bytes());
                    lower[bit / 8] |= 1 << (bit % 8);
                }
                postings.push(name.posting);
            }
            low += own;
            records.push([nodes, node_words[records.len()], first_posting]);
            while low < high {
                let first = word_at(low);
                let same = (low..high).take_while(|&place| word_at(place) == first).count();
                if depth == 0 {
                    roots[first as usize] = nodes;
                }
                node_words.push(first);
                nodes += 1;
                waiting.push_back((low, low + same, depth + 1));
                low += same;
            }
        }
        records.push([nodes, NONE, postings.len() as u32]);
        writer.numbers(Section::Roots, roots);
        writer.records(Section::Nodes, records);
        writer.bytes(Section::LowerStarts, lower);
        writer.records(Section::Postings, postings);
    }
}

/// Whether an Arabic article is among the words.
fn has_article(words: &Words, sequence: &[u32]) -> bool {
    sequence.iter().any(|&number| is_article(words.get(number)))
}

fn is_article(word: &str) -> bool {
    matches!(word, "al" | "el")
}

/// A person's name without the Arabic articles inside it, where it has any and two words remain.
fn without_article(words: &[String]) -> Option<Vec<String>> {
    let article = |(place, word): &(usize, &String)| *place > 0 && is_article(word);
    let kept: Vec<String> =
        words.iter().enumerate().filter(|word| !article(word)).map(|(_, word)| word.clone()).collect();
    (kept.len() < words.len() && kept.len() > 1).then_some(kept)
}

/// Whether a text may write the name's first word with a small letter.
fn starts_small(name: &Name) -> bool {
    name.case == CaseRule::Any || name.text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase)
}

/// The conditions of names, each once; the first is that of no effect.
#[derive(Debug)]
struct Conditions {
    records: Vec<[u32; 4]>,
    known: FxHashMap<[u32; 4], u32>,
}

impl Default for Conditions {
    fn default() -> Self {
        Self { records: vec![ALWAYS], known: FxHashMap::from_iter([(ALWAYS, 0)]) }
    }
}

impl Conditions {
    fn number(&mut self, condition: [u32; 4]) -> u32 {
        let next = self.records.len() as u32;
        *self.known.entry(condition).or_insert_with(|| {
            self.records.push(condition);
            next
        })
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
    let parts = || text.split(|c: char| c.is_whitespace() || c == '-' || c == '/');
    let last = parts().nth(2).is_none() && parts().next_back().is_some_and(capital);
    u32::from(parts().next().is_some_and(capital)) | u32::from(last) << 1
}
