//! Joins figures to the events they belong to.

use std::cmp::Reverse;

use super::{Event, Participant, victim};
use crate::document::{Document, Zone};
use crate::entity::Entities;
use crate::figure::{Attribution, Figure};
use crate::ontology::{FigureKind, Modality, Plover, Role, TimeType};
use crate::span::{EntityId, EventId, FigureId, SentenceId, Span};
use crate::time::TimeExpression;

/// How many sentences after an attack a toll without a cause of its own may stand.
const TOLL_REACH: u32 = 12;

/// What figures are joined by.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The text.
    pub doc: &'a Document,
    /// Its time expressions.
    pub times: &'a [TimeExpression],
    /// Its entities.
    pub entities: &'a Entities,
}

/// Gives each figure its event, and each event its figures.
///
/// A figure belongs to the event whose participant it counts or whose trigger says what befell those counted, else to
/// the nearest event of a fitting type in the sentence, unless another day is said beside it. A toll that stands alone
/// brings the attack before it up to date. A named victim counts as one.
pub fn link_figures(facts: Facts, figures: &mut Vec<Figure>, events: &mut [Event]) {
    for figure in figures.iter_mut() {
        figure.event = own(facts, figure, events);
    }
    for index in 0..figures.len() {
        if figures[index].event.is_none() {
            figures[index].event = earlier(facts, index, figures, events);
        }
    }
    victim::add(facts.doc, facts.entities, figures, events);
    for (index, figure) in figures.iter_mut().enumerate() {
        if let Some(event) = figure.event {
            events[event.index()].figures.push(FigureId::from(index));
        }
        figure.attribution = figure.attribution.or_else(|| speaker(facts, figure, events));
        if figure.subject_code.is_none() {
            let subject = figure.subject;
            let mut within = subject.into_iter().flat_map(|subject| facts.entities.within(subject));
            figure.subject_code = within.find_map(|(id, _)| facts.entities.get(facts.entities.of(id)).code);
        }
    }
}

/// The event of the figure's own sentence that it belongs to; of one told again there, if that is all there is.
fn own(facts: Facts, figure: &Figure, events: &[Event]) -> Option<EventId> {
    let here = events.iter().enumerate().filter(|(_, event)| event.sentence == figure.sentence);
    let best = here.filter_map(|(at, event)| Some((closeness(facts, figure, event)?, at))).min();
    let again = || {
        let told = |event: &Event| event.evidence.contains(&figure.sentence);
        let fitting = |event: &Event| event.plover.is_some_and(|plover| fits(figure.kind, plover));
        let other_day = |event: &Event| is_of_another_day(facts, figure, event);
        events.iter().position(|event| told(event) && fitting(event) && !other_day(event))
    };
    best.map(|(_, at)| at).or_else(again).map(EventId::from)
}

/// How close a figure is to an event, the smaller the closer; none where they have nothing to do with each other.
fn closeness(facts: Facts, figure: &Figure, event: &Event) -> Option<usize> {
    if figure.trigger == Some(event.trigger) {
        return Some(0);
    }
    let counts = |participant: &Participant| {
        participant.role != Role::Location
            && (figure.head == Some(participant.head) || participant.span.overlaps(figure.span))
    };
    if event.participants.iter().any(counts) {
        return Some(1);
    }
    let far = figure.span.start().abs_diff(event.span.start());
    (fits(figure.kind, event.plover?) && !is_of_another_day(facts, figure, event)).then_some(2 + far)
}

/// Whether such a figure is what reports of such an event give.
fn fits(kind: FigureKind, plover: Plover) -> bool {
    use FigureKind::*;
    match kind {
        Killed | Injured | Casualties | Missing => matches!(plover, Plover::Assault | Plover::Protest),
        Abducted => plover == Plover::Assault,
        Detained => matches!(plover, Plover::Coerce | Plover::Sanction | Plover::Retreat),
        Displaced => matches!(plover, Plover::Assault | Plover::Coerce),
        Troops => matches!(plover, Plover::Mobilize | Plover::Retreat | Plover::Assault),
        Crowd => plover == Plover::Protest,
        Money => matches!(plover, Plover::Aid | Plover::Agree | Plover::Cooperate | Plover::Sanction),
        Weapons => matches!(plover, Plover::Aid | Plover::Mobilize | Plover::Coerce),
        People | Percent | Duration | Distance | Area | Count => false,
    }
}

/// Whether the words beside a figure date it to another time than the event: "in a city where 300 died last year".
fn is_of_another_day(facts: Facts, figure: &Figure, event: &Event) -> bool {
    let Some(time) = time_beside(facts, figure) else { return false };
    let said = event.time.map(|time| &facts.times[time.index()]);
    match said {
        Some(said) => {
            said.span != time.span && !said.value.starts_with(&time.value) && !time.value.starts_with(&said.value)
        }
        // An event without a day of its own is news of the days before the document's.
        None => facts.doc.source.date.is_some_and(|date| !is_recent(&time.value, date)),
    }
}

/// The date in the figure's own clause: after it, or right before it.
fn time_beside<'a>(facts: Facts<'a>, figure: &Figure) -> Option<&'a TimeExpression> {
    let from = facts.times.partition_point(|time| time.sentence < figure.sentence);
    let mut here = facts.times[from..].iter().take_while(|time| time.sentence == figure.sentence);
    here.find(|time| {
        let (first, last) = if time.span.start() >= figure.span.end() {
            (figure.span.end(), time.span.start())
        } else if time.span.end() <= figure.span.start() {
            (time.span.end(), figure.span.start())
        } else {
            return false;
        };
        let behind = time.span.start() >= figure.span.end();
        let between = facts.doc.text().get(first..last).unwrap_or_default();
        time.kind == TimeType::Date && is_one_clause(between, behind)
    })
}

/// Whether the words between a figure and a date are of one clause. A date before the figure may be set off by a comma.
fn is_one_clause(between: &str, behind: bool) -> bool {
    let breaks = |word: &str| {
        matches!(word, "and" | "but" | "after" | "when" | "while" | "who" | "which" | "that" | "where" | "said" | "as")
    };
    let words = between.split_whitespace();
    let reach = if behind { 8 } else { 2 };
    let mark = between.trim_start_matches(',').contains([',', ';', ':', '(', '—']) || behind && between.contains(',');
    words.clone().count() <= reach && !mark && !words.into_iter().any(breaks)
}

/// Whether a TIMEX3 value names a day, week, month or year that ends at most a month before a date.
fn is_recent(value: &str, date: jiff::civil::Date) -> bool {
    let number = |from: usize, to: usize| value.get(from..to).and_then(|part| part.parse::<i32>().ok());
    let Some(year) = number(0, 4) else { return true };
    let month = number(5, 7).filter(|_| value.get(4..5) == Some("-"));
    let months = match month {
        Some(month) => i32::from(date.year()) * 12 + i32::from(date.month()) - year * 12 - month,
        None if value.len() > 4 => return year >= i32::from(date.year()) - 1 && value.contains('W'),
        None => 12 * (i32::from(date.year()) - year),
    };
    months <= 1
}

/// The earlier event that a toll without an event of its own brings up to date, or whose victims a part counts.
///
/// Only within a story: a digest tells of many things, each in its paragraph. A cause that the toll names must be one
/// that the event's sentence names too.
fn earlier(facts: Facts, index: usize, figures: &[Figure], events: &[Event]) -> Option<EventId> {
    let toll = &figures[index];
    let told = if toll.part { toll.rule == "part" } else { toll.update };
    if !told || is_past(facts, toll) {
        return None;
    }
    let reached = |event: &Event| {
        event.sentence < toll.sentence
            && toll.sentence.0 - event.sentence.0 <= TOLL_REACH
            && event.plover.is_some_and(|plover| fits(toll.kind, plover))
            && event.modality == Modality::Asserted
            && !event.negated
            && is_one_story(facts.doc, event.sentence, toll.sentence)
            && shares_cause(facts.doc, toll, event)
    };
    let has_toll = |at: usize| {
        figures.iter().any(|figure| {
            let same = figure.kind == toll.kind && figure.event.map(EventId::index) == Some(at);
            let total = if toll.part { figure.value >= toll.value } else { figure.value <= toll.value };
            same && !figure.part && total && figure.value > 0.0
        })
    };
    let found = events.iter().enumerate().filter(|(at, event)| has_toll(*at) && reached(event));
    // The nearest sentence; of its events the first.
    found.min_by_key(|(at, event)| (Reverse(event.sentence), *at)).map(|(at, _)| EventId::from(at))
}

fn is_past(facts: Facts, figure: &Figure) -> bool {
    let date = facts.doc.source.date;
    time_beside(facts, figure).zip(date).is_some_and(|(time, date)| !is_recent(&time.value, date))
}

/// Whether two sentences belong to one story: an article has a headline; without one a paragraph is all there is.
fn is_one_story(doc: &Document, first: SentenceId, second: SentenceId) -> bool {
    let headline = doc.source.title.is_some() || doc.sentences.iter().any(|sentence| sentence.zone == Zone::Headline);
    let from = doc.sentences[first.index()].span.end();
    let to = doc.sentences[second.index()].span.start();
    let between = doc.text().get(from..to).unwrap_or_default();
    headline || !between.contains("\n\n") && !between.contains("\r\n\r\n")
}

/// Whether a toll names no cause, or one of the words by which the event's sentence tells it.
fn shares_cause(doc: &Document, toll: &Figure, event: &Event) -> bool {
    let Some(trigger) = toll.trigger else { return true };
    let span = doc.tokens[trigger.index()].span;
    let between = doc.text().get(span.end()..toll.span.start()).unwrap_or_default();
    let mut words = between.split_whitespace();
    if !matches!(words.next(), Some("from" | "in" | "of" | "for" | "after")) {
        return true;
    }
    let told = doc.slice(doc.sentences[event.sentence.index()].span).to_lowercase();
    words.map(|word| word.trim_matches(|letter: char| !letter.is_alphabetic()).to_lowercase()).any(|word| {
        let stem = word.trim_end_matches("ing").trim_end_matches('s');
        stem.len() > 3 && told.contains(stem)
    })
}

/// Who gives the number: who tells the event in this sentence, or else who speaks in it.
fn speaker(facts: Facts, figure: &Figure, events: &[Event]) -> Option<Attribution> {
    let event = figure.event.map(|event| &events[event.index()]).filter(|event| event.sentence == figure.sentence);
    if let Some(entity) = event.and_then(|event| event.attribution).or_else(|| quoted(facts, figure.sentence)) {
        return Some(Attribution::Entity(entity));
    }
    let statement = |event: &&Event| event.sentence == figure.sentence && event.plover.is_none() && !event.negated;
    let said = events.iter().find(statement).filter(|_| event.is_none())?;
    let source = said.participants.iter().find(|participant| participant.role == Role::Source)?;
    let apart = !source.span.overlaps(figure.span);
    source.entity.filter(|_| apart).map(Attribution::Entity)
}

/// Who is named in "According to the ministry, …" at the head of a sentence, parsed or not.
fn quoted(facts: Facts, sentence: SentenceId) -> Option<EntityId> {
    let span = facts.doc.sentences[sentence.index()].span;
    let rest = facts.doc.slice(span).strip_prefix("According to ")?;
    let comma = span.end() - rest.len() + rest.find(',')?;
    let source = Span::new(span.end() - rest.len(), comma);
    let (id, _) = facts.entities.within(source).max_by_key(|(_, mention)| mention.span.len())?;
    Some(facts.entities.of(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_lies_months_back_is_not_recent() {
        let day = date(2021, 5, 14);
        for value in ["2021-05-13", "2021-05", "2021-04-20TMO", "2021", "2021-W19", "UNDEF-last-week"] {
            assert!(is_recent(value, day), "{value}");
        }
        for value in ["2020-FA", "2020", "2016-05-13", "2021-02"] {
            assert!(!is_recent(value, day), "{value}");
        }
    }
}
