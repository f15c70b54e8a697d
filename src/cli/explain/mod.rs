//! `factwire explain`: one document, every stage made visible, for whoever asks "why?".

mod draw;

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Args;

use self::draw::Label;
use super::gazetteer::Overlay;
use super::model::OwnModel;
use super::output::window;
use super::patterns::Own;
use super::reading::Reading;
use super::{Status, warn};
use crate::analysis::Analysis;
use crate::document::Sentence;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::figure::Figure;
use crate::ontology::{Modality, Quad, Role};
use crate::read::Item;
use crate::span::{EntityId, SentenceId, Span};
use crate::write::terminal::{Style, paint, printable};

/// Show how one document was read: zones, names, figures, times, events and the rules behind them
///
/// Under each sentence stand the names with their entities, then each event with its roles, the pattern that found it
/// and every step that changed its code.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// File to read; standard input when there is none, or for `-`
    input: Option<PathBuf>,

    /// Which document of the input, by its id; the first when not given
    #[arg(long)]
    id: Option<String>,

    /// Show only this sentence, counted from 0 as in the record
    #[arg(long, value_name = "NUMBER")]
    sentence: Option<usize>,

    #[command(flatten)]
    reading: Reading,

    #[command(flatten)]
    overlay: Overlay,

    #[command(flatten)]
    own: Own,

    #[command(flatten)]
    model: OwnModel,
}

/// Runs the command.
pub(super) fn run(arguments: Arguments) -> Result<Status> {
    let mut status = Status::Complete;
    for item in arguments.reading.open(arguments.input.into_iter().collect())? {
        match item {
            Item::Document(source) if arguments.id.as_ref().is_none_or(|id| *id == source.id) => {
                let extractor = arguments.own.extractor()?.with_gazetteer(arguments.overlay.gazetteer()?);
                let extractor = extractor.with_model(arguments.model.read()?);
                let analysis = extractor.extract(source);
                let page = Page { analysis: &analysis, style: window() }.draw(arguments.sentence);
                let written = io::stdout().lock().write_all(page.as_bytes());
                written.map_err(|error| Error::io("standard output", error))?;
                return Ok(status);
            }
            Item::Document(_) | Item::Skipped(_) => {}
            Item::Warning(error) => warn(&format!("warning: {error}")),
            Item::Failure(error) => {
                warn(&error.to_string());
                status = Status::Incomplete;
            }
        }
    }
    match arguments.id {
        Some(id) => Err(Error::input(format!("there is no document '{id}' in the input"))),
        None if status == Status::Complete => Err(Error::input("there is no document in the input")),
        None => Ok(status),
    }
}

const BOLD: &str = "1";
const DIM: &str = "2";
const RED: &str = "31";
const GREEN: &str = "32";
const YELLOW: &str = "33";
const BLUE: &str = "34";
const MAGENTA: &str = "35";
const CYAN: &str = "36";

struct Page<'a> {
    analysis: &'a Analysis,
    style: Style,
}

impl Page<'_> {
    fn draw(&self, only: Option<usize>) -> String {
        let mut out = String::new();
        if only.is_none() {
            self.head(&mut out);
        }
        for (index, sentence) in self.analysis.doc.sentences.iter().enumerate() {
            if only.is_none_or(|only| only == index) {
                self.sentence(SentenceId::from(index), sentence, &mut out);
            }
        }
        if only.is_none() {
            self.entities(&mut out);
        }
        out
    }

    fn paint(&self, code: &str, text: &str) -> String {
        paint(self.style.colour, code, text)
    }

    fn slice(&self, span: Span) -> String {
        let words = self.analysis.doc.slice(span).split_whitespace();
        printable(&words.collect::<Vec<_>>().join(" "))
    }

    fn head(&self, out: &mut String) {
        let doc = &self.analysis.doc;
        let date = doc.source.date.map_or("no date: relative times stay open".to_owned(), |date| date.to_string());
        line(out, &format!("{}  {}", self.paint(BOLD, &printable(&doc.source.id)), self.paint(DIM, &date)));
        if let Some(title) = &doc.source.title {
            line(out, &printable(title));
        }
        let counts = [
            (doc.sentences.len(), "sentences"),
            (self.analysis.entities.entities.len(), "entities"),
            (self.analysis.times.len(), "times"),
            (self.analysis.figures.len(), "figures"),
            (self.analysis.events.len(), "events"),
            (self.analysis.relations.len(), "relations"),
        ];
        let counts: Vec<String> = counts.iter().map(|(count, what)| format!("{count} {what}")).collect();
        line(out, &self.paint(DIM, &counts.join(" · ")));
    }

    /// A sentence with all that was found in it.
    fn sentence(&self, id: SentenceId, sentence: &Sentence, out: &mut String) {
        let zone = sentence.zone.name();
        let head = format!("{:>3}  {zone}", id.index());
        if !sentence.zone.is_story() {
            line(out, "");
            line(out, &self.paint(DIM, &format!("{head}  {}", self.slice(sentence.span))));
            return;
        }
        let unread = match &self.analysis.syntax {
            syntax if !syntax.is_parsed(id) => "  nothing here calls for a parse",
            syntax if syntax.is_cut(id) => "  too long: parsed in pieces",
            _ => "",
        };
        line(out, "");
        line(out, &format!("{}{}", self.paint(BOLD, &head), self.paint(DIM, unread)));
        let labels = self.names(id);
        out.push_str(&draw::text(
            self.analysis.doc.text(),
            sentence.span,
            &labels,
            INDENT,
            self.style.width,
            self.style.colour,
        ));
        self.mentions(id, out);
        self.times(id, out);
        self.figures(id, out);
        for (number, event) in self.analysis.events.iter().enumerate() {
            if event.sentence == id {
                self.event(number, event, sentence, out);
            }
        }
        self.relations(id, out);
    }

    /// What is drawn under a sentence: mentions, times and figures with their ids.
    fn names(&self, id: SentenceId) -> Vec<Label<'static>> {
        let entities = &self.analysis.entities;
        let mentions = entities.mentions.iter().zip(&entities.links).filter(|(mention, _)| mention.sentence == id);
        let mentions =
            mentions.map(|(mention, entity)| Label { span: mention.span, text: entity_id(*entity), colour: BLUE });
        let times = self.analysis.times.iter().zip(1..).filter(|(time, _)| time.sentence == id);
        let times = times.map(|(time, number)| Label { span: time.span, text: format!("T{number}"), colour: CYAN });
        let figures = self.analysis.figures.iter().zip(1..).filter(|(figure, _)| figure.sentence == id);
        let figures =
            figures.map(|(figure, number)| Label { span: figure.span, text: format!("F{number}"), colour: MAGENTA });
        mentions.chain(times).chain(figures).collect()
    }

    /// A line about something found: what it is, in a column of its own, then the rest.
    fn found(&self, what: &str, colour: &str, rest: &str, out: &mut String) {
        line(out, &format!("{INDENT}{}  {rest}", self.paint(colour, &format!("{what:<8}"))));
    }

    fn mentions(&self, id: SentenceId, out: &mut String) {
        let entities = &self.analysis.entities;
        for (mention, &entity) in entities.mentions.iter().zip(&entities.links) {
            if mention.sentence != id {
                continue;
            }
            let name = printable(&entities.get(entity).name);
            let words = self.slice(mention.span);
            let same = if words == name { String::new() } else { format!(" = {name}") };
            let how = self.paint(DIM, &format!("{}, rule {}", mention.form, mention.rule));
            self.found(&entity_id(entity), BLUE, &format!("{words}{same}  {how}"), out);
        }
    }

    fn times(&self, id: SentenceId, out: &mut String) {
        for (time, number) in self.analysis.times.iter().zip(1..) {
            if time.sentence == id {
                let how = self.paint(DIM, &format!("{}, rule {}", time.kind, time.rule));
                let rest = format!("{} = {}  {how}", self.slice(time.span), time.value);
                self.found(&format!("T{number}"), CYAN, &rest, out);
            }
        }
    }

    fn figures(&self, id: SentenceId, out: &mut String) {
        for (figure, number) in self.analysis.figures.iter().zip(1..) {
            if figure.sentence == id {
                let how = self.paint(DIM, &format!("rule {}", figure.rule));
                let rest = format!("{} = {}  {how}", self.slice(figure.span), meaning(figure));
                self.found(&format!("F{number}"), MAGENTA, &rest, out);
            }
        }
    }

    /// An event: its code, the sentence with the roles drawn under it, and how it came about.
    fn event(&self, number: usize, event: &Event, sentence: &Sentence, out: &mut String) {
        let colour = match event.plover.map(|plover| plover.quad()) {
            Some(Quad::VerbalCooperation | Quad::MaterialCooperation) => GREEN,
            Some(Quad::VerbalConflict) => YELLOW,
            Some(Quad::MaterialConflict) => RED,
            Some(Quad::Neutral) | None => BOLD,
        };
        let kind = event.plover.map_or("STATEMENT", |plover| plover.name());
        let mode = event.mode.map_or(String::new(), |mode| format!(" {mode}"));
        let contexts: String = event.contexts.iter().map(|context| format!(" · {context}")).collect();
        let what = format!("{kind}{mode}  {} {}{contexts}", event.cameo, event.cameo.label());
        line(out, "");
        self.found(&format!("V{}", number + 1), colour, &self.paint(colour, &what), out);
        let mut labels = vec![Label { span: event.span, text: "does".to_owned(), colour }];
        for participant in &event.participants {
            let code = participant.code.map_or(String::new(), |code| format!(" {code}"));
            let role = if participant.role == Role::Source { BLUE } else { CYAN };
            labels.push(Label { span: participant.span, text: format!("{}{code}", participant.role), colour: role });
        }
        labels.dedup_by(|one, other| one.span == other.span && one.text == other.text);
        let (width, colour) = (self.style.width, self.style.colour);
        let deep = format!("{INDENT}          ");
        out.push_str(&draw::text(self.analysis.doc.text(), sentence.span, &labels, &deep, width, colour));
        line(out, &format!("{deep}{}", self.paint(DIM, &self.circumstances(event))));
        for step in &event.trail {
            line(out, &format!("{deep}{}", self.paint(DIM, &format!("← {}", printable(step)))));
        }
    }

    /// Modality, date, place, speaker, figures, confidence and other evidence, as far as they are known.
    fn circumstances(&self, event: &Event) -> String {
        let name = |id: EntityId| printable(&self.analysis.entities.get(id).name);
        let mut parts = vec![format!("confidence {:.2}", event.confidence)];
        if event.negated {
            parts.push("did not happen".to_owned());
        }
        if event.modality != Modality::Asserted {
            parts.push(event.modality.to_string());
        }
        parts.extend(event.date.as_ref().map(|date| format!("on {date}")));
        parts.extend(event.location.map(|place| format!("in {}", name(place))));
        parts.extend(event.attribution.map(|who| format!("says {}", name(who))));
        if !event.figures.is_empty() {
            let figures: Vec<String> = event.figures.iter().map(|figure| format!("F{}", figure.index() + 1)).collect();
            parts.push(format!("figures {}", figures.join(", ")));
        }
        if !event.evidence.is_empty() {
            let others: Vec<String> = event.evidence.iter().map(|other| other.index().to_string()).collect();
            parts.push(format!("told again in {}", others.join(", ")));
        }
        parts.join(" · ")
    }

    fn relations(&self, id: SentenceId, out: &mut String) {
        for (relation, number) in self.analysis.relations.iter().zip(1..) {
            if relation.sentence != id {
                continue;
            }
            let name = |id: EntityId| printable(&self.analysis.entities.get(id).name);
            let not = if relation.negated { "not " } else { "" };
            let since = relation.since.as_ref().map_or(String::new(), |since| format!(" since {since}"));
            let until = relation.until.as_ref().map_or(String::new(), |until| format!(" until {until}"));
            let how = self.paint(DIM, &format!("confidence {:.2}, rule {}", relation.confidence, relation.rule));
            let fact = format!("{} {not}{} {}", name(relation.subject), relation.kind, name(relation.object));
            line(out, "");
            self.found(&format!("R{number}"), GREEN, &format!("{fact}{since}{until}  {how}"), out);
        }
    }

    fn entities(&self, out: &mut String) {
        let entities = &self.analysis.entities;
        if entities.entities.is_empty() {
            return;
        }
        line(out, "");
        line(out, &self.paint(BOLD, "entities"));
        for (entity, number) in entities.entities.iter().zip(1..) {
            let mut what = format!("{} · {}", printable(&entity.name), entity.kind);
            if let Some(code) = entity.code {
                let _ = write!(what, " · {code}");
            }
            if let Some(role) = &entity.role {
                let _ = write!(what, " · {}", printable(role));
            }
            let id = EntityId::from(number - 1);
            let count = entities.links.iter().filter(|&&link| link == id).count();
            let listed = if entity.entry.is_some() { "listed" } else { "discovered" };
            let how = self.paint(DIM, &format!("{listed}, {count} mentions, confidence {:.2}", entity.confidence));
            self.found(&format!("E{number}"), BLUE, &format!("{what}  {how}"), out);
        }
    }
}

/// Before everything that belongs to a sentence.
const INDENT: &str = "     ";

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn entity_id(entity: EntityId) -> String {
    format!("E{}", entity.index() + 1)
}

/// "killed more_than 6000 people (6001 and more)".
fn meaning(figure: &Figure) -> String {
    let mut text = format!("{} {} {}", figure.kind, figure.qualifier, figure.value);
    if let Some(unit) = &figure.unit {
        let _ = write!(text, " {unit}");
    }
    match (figure.low, figure.high) {
        (Some(low), Some(high)) if low == high => {}
        (Some(low), Some(high)) => {
            let _ = write!(text, " ({low} to {high})");
        }
        (Some(low), None) => {
            let _ = write!(text, " ({low} and more)");
        }
        (None, Some(high)) => {
            let _ = write!(text, " ({high} at most)");
        }
        (None, None) => {}
    }
    for (holds, what) in [(figure.part, "a part"), (figure.update, "an update")] {
        if holds {
            let _ = write!(text, ", {what}");
        }
    }
    text
}
