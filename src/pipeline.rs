//! The one place that knows the order of the stages.

use std::time::{Duration, Instant};

use crate::analysis::Analysis;
use crate::document::Source;
use crate::error::Result;
use crate::gate::Gate;
use crate::gazetteer::Gazetteer;
use crate::lexicon::Pieces;
use crate::pattern::{Lookup, Patterns};
use crate::relation::Rules;
use crate::span::Span;
use crate::syntax::{Model, Syntax, Worker as Parser};
use crate::{entity, event, figure, mention, number, relation, text, time};

/// Everything that is loaded once and shared by all threads: gazetteer, syntax model, patterns.
#[derive(Debug)]
pub struct Extractor {
    gazetteer: Gazetteer,
    patterns: Patterns,
    rules: Rules,
    /// Another syntax model than the built-in one.
    model: Option<Model>,
}

impl Extractor {
    /// An extractor with the built-in data.
    ///
    /// # Errors
    /// If the built-in data is damaged.
    pub fn new() -> Result<Self> {
        let patterns = Patterns::builtin();
        let rules = Rules::new(&patterns);
        Ok(Self { gazetteer: Gazetteer::builtin(), patterns, rules, model: None })
    }

    /// The same extractor with other names.
    pub fn with_gazetteer(self, gazetteer: Gazetteer) -> Self {
        Self { gazetteer, ..self }
    }

    /// The same extractor with other patterns.
    pub fn with_patterns(self, patterns: Patterns) -> Self {
        Self { rules: Rules::new(&patterns), patterns, ..self }
    }

    /// The same extractor with another syntax model; with the built-in one where there is none.
    pub fn with_model(self, model: Option<Model>) -> Self {
        Self { model, ..self }
    }

    /// The names it knows.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// The event patterns it applies.
    pub fn patterns(&self) -> &Patterns {
        &self.patterns
    }

    /// A worker, with the scratch memory of one thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker {
            extractor: self,
            lookup: Lookup::default(),
            gate: Gate::new(&self.patterns, &self.rules, &self.gazetteer),
            parser: Parser::new(self.model.as_ref().unwrap_or_else(|| Model::built_in())),
            times: None,
        }
    }

    /// Analyses documents one after the other, as they are asked for.
    ///
    /// Memory holds one document at a time. To use several threads, give each a [`Worker`].
    pub fn analyses(&self, sources: impl IntoIterator<Item = Source>) -> impl Iterator<Item = Analysis> {
        let mut worker = self.worker();
        sources.into_iter().map(move |source| worker.extract(source))
    }

    /// Analyses one document. For many documents on one thread, [`Extractor::analyses`] is faster.
    pub fn extract(&self, source: Source) -> Analysis {
        self.worker().extract(source)
    }
}

/// Analyses documents one after the other on one thread.
#[derive(Debug)]
pub struct Worker<'e> {
    extractor: &'e Extractor,
    lookup: Lookup,
    gate: Gate<'e>,
    parser: Parser<'e>,
    times: Option<Times>,
}

/// What the time that a document takes goes into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Zones, sentences, tokens.
    Text,
    /// Names of the gazetteer.
    Names,
    /// Which sentences are worth a parse.
    Gate,
    /// Word classes and trees.
    Syntax,
    /// Numbers, times and figures.
    Figures,
    /// Mentions, and who is meant.
    Entities,
    /// Events.
    Events,
    /// Relations.
    Relations,
}

impl Stage {
    /// All stages in their order.
    pub const ALL: [Stage; 8] = [
        Stage::Text,
        Stage::Names,
        Stage::Gate,
        Stage::Syntax,
        Stage::Figures,
        Stage::Entities,
        Stage::Events,
        Stage::Relations,
    ];

    /// What the stage finds, for people.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Text => "sentences",
            Stage::Names => "names",
            Stage::Gate => "choice of sentences",
            Stage::Syntax => "syntax",
            Stage::Figures => "times and figures",
            Stage::Entities => "entities",
            Stage::Events => "events",
            Stage::Relations => "relations",
        }
    }
}

/// The time spent in each of [`Stage::ALL`].
pub type Times = [Duration; Stage::ALL.len()];

/// Measures the stages of a document when somebody wants to know; nothing that is found depends on it.
struct Watch {
    last: Option<Instant>,
    times: Times,
}

impl Watch {
    fn lap(&mut self, stage: Stage) {
        if let Some(last) = &mut self.last {
            let now = Instant::now();
            self.times[stage as usize] += now - *last;
            *last = now;
        }
    }
}

impl Worker<'_> {
    /// The same worker, which measures how long each stage takes, see [`Worker::take_times`].
    pub fn timed(self) -> Self {
        Self { times: Some(Times::default()), ..self }
    }

    /// The times since this was called last; all zero unless the worker is [`Worker::timed`].
    pub fn take_times(&mut self) -> Times {
        self.times.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// Takes a document through all stages.
    pub fn extract(&mut self, source: Source) -> Analysis {
        self.stages(source, event::merge)
    }

    /// The same, with every telling of an event by itself: what the headline says and the lead repeats is two events.
    pub fn extract_all(&mut self, source: Source) -> Analysis {
        self.stages(source, event::in_order)
    }

    fn stages(&mut self, source: Source, tellings: event::Tellings) -> Analysis {
        let Extractor { gazetteer, patterns, rules, .. } = self.extractor;
        let mut watch = Watch { last: self.times.is_some().then(Instant::now), times: Times::default() };
        let doc = text::document(source);
        watch.lap(Stage::Text);
        let hits = gazetteer.find(&doc);
        watch.lap(Stage::Names);
        let pieces = Pieces::read(&doc);
        let numbers = number::find(&pieces);
        watch.lap(Stage::Figures);

        let mut syntax = Syntax::unread(&doc);
        let counted = |id| numbers.binary_search_by_key(&id, |number| number.sentence).is_ok();
        self.lookup.fill(patterns, &doc);
        let opened = self.gate.open(&doc, &hits, &self.lookup, counted);
        watch.lap(Stage::Gate);
        for id in opened {
            self.parser.parse(&doc, id, &mut syntax);
        }
        watch.lap(Stage::Syntax);

        let times = time::find(&pieces, doc.source.date, &numbers);
        let spans: Vec<Span> = times.iter().map(|time| time.span).collect();
        let mut figures = figure::find(&pieces, &numbers, &spans);
        watch.lap(Stage::Figures);
        let mentions = mention::find(&doc, &syntax, &hits, gazetteer);
        let entities = entity::resolve(&doc, &syntax, mentions, gazetteer);

        watch.lap(Stage::Entities);
        let input = event::Input {
            doc: &doc,
            syntax: &syntax,
            entities: &entities,
            times: &times,
            figures: &figures,
            patterns,
            lookup: &self.lookup,
            gazetteer,
        };
        let mut events = tellings(event::extract(&input), &doc, &entities);
        watch.lap(Stage::Events);
        let relations = relation::extract(&relation::Input {
            doc: &doc,
            syntax: &syntax,
            entities: &entities,
            times: &times,
            gazetteer,
            patterns,
            lookup: &self.lookup,
            rules,
        });
        watch.lap(Stage::Relations);
        let facts = event::Facts { doc: &doc, times: &times, entities: &entities };
        event::link_figures(facts, &mut figures, &mut events);
        watch.lap(Stage::Figures);
        if let Some(times) = &mut self.times {
            times.iter_mut().zip(watch.times).for_each(|(sum, more)| *sum += more);
        }
        Analysis { doc, hits, syntax, times, figures, entities, events, relations }
    }
}
