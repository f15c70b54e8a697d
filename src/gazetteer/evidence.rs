//! Weighs what a name may stand for by the document: its date, its words and the other names in it.

use std::cell::RefCell;
use std::ops::Range;

use jiff::civil::Date;
use memchr::memmem;
use once_cell::unsync::OnceCell;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::document::Document;
use crate::ontology::EntityKind;

use super::layout::{NONE, Section, start_bit};
use super::{Candidate, EntryId, Gazetteer, date, fold};

/// What bearers without a stated prior share at the least.
const LEAST_LEFT: f32 = 0.02;

/// What a name may stand for, before the document is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Bearer {
    /// The entry, the form and the prior as listed.
    pub candidate: Candidate,
    /// Whether the prior is only a share of what stated priors leave.
    pub shared: bool,
    /// The layer and the number of its condition in it; number 0 is no condition.
    pub condition: (usize, u32),
}

/// What a document says that bears on the meaning of names.
pub struct Evidence<'g, 'd> {
    gazetteer: &'g Gazetteer,
    doc: &'d Document,
    /// The words that the text may hold.
    seen: &'d Seen,
    /// What was asked of the text before, and whether it holds it. Looked up by key only.
    held: RefCell<FxHashMap<String, bool>>,
    /// Everything that was found in it.
    bearers: &'d [Bearer],
    /// The entries named without a need; made when first needed.
    named: OnceCell<FxHashSet<EntryId>>,
}

/// How much a name is still believed outside the time of its use, or a person outside that of office.
const OUT_OF_TIME: f32 = 0.2;

impl<'g, 'd> Evidence<'g, 'd> {
    /// The evidence of a document in which these words and names with these bearers were seen.
    pub fn new(gazetteer: &'g Gazetteer, doc: &'d Document, bearers: &'d [Bearer], seen: &'d Seen) -> Self {
        Self { gazetteer, doc, bearers, seen, held: RefCell::default(), named: OnceCell::new() }
    }

    /// Adds the bearers that the document allows, weighed and sorted, and gives their range; `None` when it allows none.
    pub fn weigh(&self, bearers: &[Bearer], candidates: &mut Vec<Candidate>) -> Option<Range<u32>> {
        let mut weighed: Vec<(Candidate, bool)> = Vec::with_capacity(bearers.len());
        let mut timely = 1.0;
        for bearer in bearers {
            let (layer, condition) = bearer.condition;
            let factor = if condition == 0 { 1.0 } else { self.condition(layer, condition) };
            if factor > 0.0 {
                let prior = bearer.candidate.prior * factor;
                timely = factor;
                weighed.push((Candidate { prior, ..bearer.candidate }, bearer.shared));
            }
        }
        match weighed.as_mut_slice() {
            [] => return None,
            // Nobody else is meant, if anybody is: outside its time a name may as well be somebody's who is not listed.
            [(candidate, true)] => candidate.prior = timely,
            [_] => {}
            _ => self.compare(&mut weighed),
        }
        let start = candidates.len() as u32;
        candidates.extend(weighed.iter().map(|(candidate, _)| candidate));
        Some(start..candidates.len() as u32)
    }

    /// The entries that the text names in a way that needs nothing else: they are evidence for the others. Without
    /// this an acronym that needs its own long name would be its own witness.
    fn named(&self) -> &FxHashSet<EntryId> {
        let needy = |&(layer, condition): &(usize, u32)| {
            let blob = self.gazetteer.layers[layer].blob();
            condition != 0 && blob.number(Section::Conditions, condition as usize, 2) != NONE
        };
        self.named.get_or_init(|| {
            let sure = self.bearers.iter().filter(|bearer| !needy(&bearer.condition));
            sure.map(|bearer| bearer.candidate.entry).collect()
        })
    }

    /// Weighs several bearers of one name against each other.
    fn compare(&self, weighed: &mut Vec<(Candidate, bool)>) {
        // What stated priors leave to the others is counted before anybody's time: that a group is gone does not make
        // another body of its initials any better known.
        let stated: f32 = weighed.iter().filter(|(_, shared)| !shared).map(|(candidate, _)| candidate.prior).sum();
        let left = (1.0 - stated).max(LEAST_LEFT);
        for (candidate, _) in &mut *weighed {
            candidate.prior *= self.gazetteer.activity(candidate.entry, self.doc.source.date);
        }
        let likelier = |a: &(Candidate, bool), b: &(Candidate, bool)| {
            let by_prior = b.0.prior.total_cmp(&a.0.prior);
            by_prior.then(a.0.entry.cmp(&b.0.entry)).then(a.0.form.cmp(&b.0.form))
        };
        weighed.sort_by(likelier);
        let mut seen: Vec<EntryId> = Vec::new();
        weighed.retain(|(candidate, _)| {
            let new = !seen.contains(&candidate.entry);
            seen.push(candidate.entry);
            new
        });
        let sum = |shared: bool| -> f32 {
            weighed.iter().filter(|(_, is_shared)| *is_shared == shared).map(|(candidate, _)| candidate.prior).sum()
        };
        let (stated, shares) = (sum(false), sum(true));
        let total = if shares > 0.0 { stated + left } else { stated.max(1.0) };
        for (candidate, shared) in &mut *weighed {
            let part = if *shared { left * candidate.prior / shares } else { candidate.prior };
            candidate.prior = part / total;
        }
        weighed.sort_by(likelier);
    }

    fn condition(&self, layer: usize, condition: u32) -> f32 {
        let blob = self.gazetteer.layers[layer].blob();
        let [from, until, needs, unless] = blob.record::<4>(Section::Conditions, condition as usize);
        let holds = |list: &str| list.split('|').any(|item| self.holds(item));
        let (needs, unless) = (blob.string(needs), blob.string(unless));
        if !needs.is_empty() && !holds(needs) || !unless.is_empty() && holds(unless) {
            return 0.0;
        }
        let (from, until) = (date(from), date(until));
        let timely = match self.doc.source.date {
            Some(day) => from.is_none_or(|from| from <= day) && until.is_none_or(|until| day < until),
            None => until.is_none(),
        };
        if timely { 1.0 } else { OUT_OF_TIME }
    }

    /// Whether the document holds a word, or a name that may stand for an entry given by its id.
    fn holds(&self, item: &str) -> bool {
        if item.contains('/') {
            return self.gazetteer.by_id(item).is_some_and(|entry| self.named().contains(&entry));
        }
        if let Some(&known) = self.held.borrow().get(item) {
            return known;
        }
        let phrase = fold::phrase(item);
        let words: Vec<&str> = phrase.split(' ').collect();
        let held = words.iter().all(|word| self.seen.may_hold(word))
            && (self.holds_verbatim(item) || self.holds_words(&words));
        self.held.borrow_mut().insert(item.to_owned(), held);
        held
    }

    /// Whether the text holds the item in its usual letters, in small letters or with a capital: the usual case, and
    /// faster told than by words.
    fn holds_verbatim(&self, item: &str) -> bool {
        let text = self.doc.text().as_bytes();
        let small = item.to_lowercase();
        let mut capital = small.clone();
        if let Some(first) = capital.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let letter =
            |place: Option<usize>| place.and_then(|place| text.get(place)).is_some_and(u8::is_ascii_alphanumeric);
        let found = |item: &str| {
            let mut places = memmem::find_iter(text, item);
            places.any(|place| !letter(place.checked_sub(1)) && !letter(Some(place + item.len())))
        };
        found(item) || found(&small) || found(&capital)
    }

    /// Whether these folded words follow each other in the text, hyphens aside.
    fn holds_words(&self, words: &[&str]) -> bool {
        let forms = || self.doc.tokens.iter().map(|token| self.doc.slice(token.span));
        let follows = |start: usize| {
            let mut rest = forms().skip(start + 1).filter(|form| !matches!(*form, "-" | "–" | "‑"));
            words[1..].iter().all(|word| rest.next().is_some_and(|form| is_word(form, word)))
        };
        forms().enumerate().any(|(place, form)| is_word(form, words[0]) && follows(place))
    }
}

/// Whether a token is this folded word.
fn is_word(form: &str, folded: &str) -> bool {
    if form.len() == folded.len() && form.is_ascii() {
        return form.eq_ignore_ascii_case(folded);
    }
    // Folding takes accents and marks off, and leaves one letter at least where it began.
    form.len() >= folded.len() && form.len() < folded.len() * 4 && fold::phrase(form) == folded
}

/// The words of a text, each as one of 65,536 bits: says that a word is not there without a look at the text.
#[derive(Debug)]
pub struct Seen(Vec<u64>);

impl Default for Seen {
    /// No words.
    fn default() -> Self {
        Self(vec![0; SEEN_BITS / 64])
    }
}

/// How many bits words are told apart by: those of [`start_bit`].
const SEEN_BITS: usize = 1 << 16;

impl Seen {
    /// Notes a folded word by its bit.
    pub fn note(&mut self, bit: usize) {
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    fn may_hold(&self, word: &str) -> bool {
        let bit = start_bit(word.as_bytes());
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }
}

impl Gazetteer {
    /// How much a person is in the news at a date: 1 in office, less the longer before or after; 1 for other kinds
    /// inside their time and little outside. Without a date, 1 for all that have not ended.
    pub fn activity(&self, entry: EntryId, at: Option<Date>) -> f32 {
        if self.kind(entry) != EntityKind::Person {
            let known = self.entry(entry);
            let ended = known.until.is_some_and(|until| at.is_none_or(|at| until <= at));
            let begun = known.from.is_none_or(|from| at.is_none_or(|at| from <= at));
            return if ended || !begun { OUT_OF_TIME } else { 1.0 };
        }
        let years = self.tenures_of(entry).map(|tenure| years_off(tenure.from, tenure.until, at));
        match years.min() {
            None | Some(0) => 1.0,
            Some(1..=4) => 0.7,
            Some(5..=12) => 0.4,
            Some(_) => OUT_OF_TIME,
        }
    }
}

/// How many years a date lies outside a term; a term without end counts as going on for eight years.
fn years_off(from: Option<Date>, until: Option<Date>, at: Option<Date>) -> i16 {
    let Some(at) = at else {
        return if until.is_none() { 0 } else { 5 };
    };
    let start = from.or(until).map_or(at.year(), Date::year);
    let end = until.map_or(start.max(at.year().min(start + 8)), Date::year);
    (start - at.year()).max(at.year() - end).max(0)
}
