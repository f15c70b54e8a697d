//! Weighs what a name may stand for by the document: its date, its words and the other names in it.

use std::ops::Range;

use jiff::civil::Date;
use once_cell::unsync::OnceCell;
use rustc_hash::FxHashSet;

use crate::document::Document;
use crate::ontology::EntityKind;

use super::layout::{NONE, Section};
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
    /// The folded words of the text with a space before, between and after; made when first needed.
    words: OnceCell<String>,
    /// Everything that was found in it.
    bearers: &'d [Bearer],
    /// The entries named without a need; made when first needed.
    named: OnceCell<FxHashSet<EntryId>>,
}

/// How much a name is still believed outside the time of its use, or a person outside that of office.
const OUT_OF_TIME: f32 = 0.2;

impl<'g, 'd> Evidence<'g, 'd> {
    /// The evidence of a document in which names with these bearers were found.
    pub fn new(gazetteer: &'g Gazetteer, doc: &'d Document, bearers: &'d [Bearer]) -> Self {
        Self { gazetteer, doc, bearers, words: OnceCell::new(), named: OnceCell::new() }
    }

    /// Adds the bearers that the document allows, weighed and sorted, and gives their range; `None` when it allows none.
    pub fn weigh(&self, bearers: &[Bearer], candidates: &mut Vec<Candidate>) -> Option<Range<u32>> {
        let mut weighed: Vec<(Candidate, bool)> = Vec::with_capacity(bearers.len());
        for bearer in bearers {
            let (layer, condition) = bearer.condition;
            let factor = if condition == 0 { 1.0 } else { self.condition(layer, condition) };
            if factor > 0.0 {
                let prior = bearer.candidate.prior * factor;
                weighed.push((Candidate { prior, ..bearer.candidate }, bearer.shared));
            }
        }
        match weighed.as_mut_slice() {
            [] => return None,
            [(candidate, true)] => candidate.prior = 1.0,
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
            condition != 0 && blob.record::<4>(Section::Conditions, condition as usize)[2] != NONE
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
        let words = self.words.get_or_init(|| format!(" {} ", fold::phrase(self.doc.text())));
        words.contains(&format!(" {} ", fold::phrase(item)))
    }
}

impl Gazetteer {
    /// How much a person is in the news at a date: 1 in office, less the longer before or after; 1 for other kinds
    /// inside their time and little outside. Without a date, 1 for all that have not ended.
    pub fn activity(&self, entry: EntryId, at: Option<Date>) -> f32 {
        let known = self.entry(entry);
        if known.kind != EntityKind::Person {
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
