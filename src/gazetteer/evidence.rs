//! Weighs what a name may stand for by the document: its date, its words and the other names in it.

use jiff::civil::Date;
use once_cell::unsync::OnceCell;
use rustc_hash::FxHashSet;

use crate::document::Document;
use crate::ontology::EntityKind;

use super::layout::Section;
use super::{Candidate, EntryId, Gazetteer, Hit, Hits, date, fold};

/// What a document says that bears on the meaning of names.
pub struct Evidence<'g, 'd> {
    gazetteer: &'g Gazetteer,
    doc: &'d Document,
    /// The folded words of the text with a space before, between and after; made when first needed.
    words: OnceCell<String>,
}

/// How much a name is still believed outside the time of its use, or a person outside that of office.
const OUT_OF_TIME: f32 = 0.2;

impl<'g, 'd> Evidence<'g, 'd> {
    /// The evidence of a document.
    pub fn new(gazetteer: &'g Gazetteer, doc: &'d Document) -> Self {
        Self { gazetteer, doc, words: OnceCell::new() }
    }

    /// Drops candidates whose needs are not met, corrects the others for the date, joins doubles and sorts. Each of
    /// `conditions` is a candidate's place, a layer and a condition of it.
    pub fn weigh(&self, mut hits: Hits, conditions: &[(u32, usize, u32)]) -> Hits {
        let bearers = OnceCell::new();
        let bearers = || {
            bearers.get_or_init(|| hits.candidates.iter().map(|candidate| candidate.entry).collect::<FxHashSet<_>>())
        };
        let factors: Vec<(u32, f32)> = conditions
            .iter()
            .map(|&(place, layer, condition)| (place, self.condition(layer, condition, &bearers)))
            .collect();
        for (place, factor) in factors {
            hits.candidates[place as usize].prior *= factor;
        }
        let mut weighed = Hits::default();
        for hit in &hits.hits {
            let mut candidates = hits.of(hit).to_vec();
            candidates.retain(|candidate| candidate.prior > 0.0);
            self.weigh_one(&mut candidates);
            if !candidates.is_empty() {
                let start = weighed.candidates.len() as u32;
                weighed.candidates.extend(candidates);
                weighed
                    .hits
                    .push(Hit { tokens: hit.tokens.clone(), candidates: start..weighed.candidates.len() as u32 });
            }
        }
        weighed
    }

    fn weigh_one(&self, candidates: &mut Vec<Candidate>) {
        if candidates.len() < 2 {
            return;
        }
        for candidate in &mut *candidates {
            candidate.prior *= self.gazetteer.activity(candidate.entry, self.doc.source.date);
        }
        candidates.sort_by(|a, b| b.prior.total_cmp(&a.prior).then(a.entry.cmp(&b.entry)).then(a.form.cmp(&b.form)));
        let mut seen = Vec::new();
        candidates.retain(|candidate| {
            let key = (candidate.entry, candidate.form);
            let new = !seen.contains(&key);
            seen.push(key);
            new
        });
        let sum: f32 = candidates.iter().map(|candidate| candidate.prior).sum();
        if sum > 1.0 {
            candidates.iter_mut().for_each(|candidate| candidate.prior /= sum);
        }
    }

    fn condition<'s>(&self, layer: usize, condition: u32, bearers: &impl Fn() -> &'s FxHashSet<EntryId>) -> f32 {
        let blob = self.gazetteer.layers[layer].blob();
        let [from, until, needs, unless] = blob.record::<4>(Section::Conditions, condition as usize);
        let holds = |list: &str| list.split('|').any(|item| self.holds(item, bearers()));
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
    fn holds(&self, item: &str, bearers: &FxHashSet<EntryId>) -> bool {
        if item.contains('/') {
            return self.gazetteer.by_id(item).is_some_and(|entry| bearers.contains(&entry));
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
