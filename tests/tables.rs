//! The record and its tables, from an analysis made by hand.

use factwire::analysis::Analysis;
use factwire::document::Source;
use factwire::entity::{Entities, Entity};
use factwire::event::{Event, Participant};
use factwire::figure::Figure;
use factwire::gazetteer::{Entry, EntryId};
use factwire::ontology::{ActorCode, Cameo, Country, EntityKind, FigureKind, Modality, Plover, Qualifier, Role};
use factwire::record::{Filter, Record};
use factwire::span::{EntityId, FigureId, SentenceId, Span, TokenId};
use factwire::table::{Table, View};
use factwire::text;

/// An analysis under construction; words are found by what they are.
struct Maker {
    analysis: Analysis,
}

impl Maker {
    fn new(text: &str) -> Self {
        let source = Source { id: "doc".into(), text: text.into(), ..Source::default() };
        Self { analysis: Analysis { doc: text::document(source), ..Analysis::default() } }
    }

    fn span(&self, words: &str) -> Span {
        let start = self.analysis.doc.text().find(words).expect("the words are in the text");
        Span::new(start, start + words.len())
    }

    fn entity(&mut self, name: &str, code: &str) -> EntityId {
        let entities: &mut Entities = &mut self.analysis.entities;
        entities.entities.push(Entity {
            kind: EntityKind::Country,
            name: name.into(),
            entry: None,
            country: Country::new(&code[..3]),
            sector: None,
            code: ActorCode::parse(code),
            role: None,
            confidence: 1.0,
        });
        EntityId::from(entities.entities.len() - 1)
    }

    fn figure(&mut self, words: &str, kind: FigureKind, value: f64) -> FigureId {
        let figure = Figure {
            span: self.span(words),
            sentence: SentenceId(0),
            kind,
            value,
            low: Some(value),
            high: Some(value),
            qualifier: Qualifier::Exact,
            unit: Some("people".into()),
            subject: None,
            head: None,
            trigger: None,
            part: false,
            update: false,
            rule: "made",
            subject_code: None,
            event: None,
            attribution: None,
        };
        self.analysis.figures.push(figure);
        FigureId::from(self.analysis.figures.len() - 1)
    }

    fn event(
        &mut self,
        words: &str,
        plover: Plover,
        participants: &[(Role, &str, Option<EntityId>, &str)],
    ) -> &mut Event {
        let participants = participants.iter().map(|&(role, words, entity, code)| Participant {
            role,
            span: self.span(words),
            head: TokenId(0),
            entity,
            code: ActorCode::parse(code),
        });
        let event = Event {
            span: self.span(words),
            trigger: TokenId(0),
            sentence: SentenceId(0),
            plover: Some(plover),
            mode: None,
            contexts: Vec::new(),
            cameo: Cameo::new(plover.root_cameo()).expect("a root code"),
            participants: participants.collect(),
            time: None,
            date: None,
            location: None,
            modality: Modality::Asserted,
            negated: false,
            attribution: None,
            figures: Vec::new(),
            confidence: 0.876,
            evidence: Vec::new(),
            trail: Vec::new(),
        };
        self.analysis.events.push(event);
        self.analysis.events.last_mut().expect("just pushed")
    }

    fn record(&self) -> Record {
        fn none<'g>(_: EntryId) -> Entry<'g> {
            panic!("no entity here is listed")
        }
        Record::new(&self.analysis, none, false)
    }
}

/// The rows of the table of relations, these columns of it.
fn rows(record: &Record, columns: &[&str]) -> Vec<String> {
    let view = View::pick(Table::Relations, columns.iter().copied()).expect("columns");
    let line = |row: &Vec<factwire::table::Cell>| row.iter().map(|cell| cell.to_text()).collect::<Vec<_>>().join("|");
    view.rows(record).iter().map(line).collect()
}

const WHO: &[&str] = &["source", "source_code", "relation", "target", "target_code"];

#[test]
fn a_two_sided_event_gives_each_pair_once() {
    let mut maker = Maker::new("Peru, Chile and Brazil met in Lima.");
    let ids = [maker.entity("Peru", "PERGOV"), maker.entity("Chile", "CHLGOV"), maker.entity("Brazil", "BRAGOV")];
    let parties = [("Peru", "PERGOV"), ("Chile", "CHLGOV"), ("Brazil", "BRAGOV")];
    let side = |role| parties.iter().zip(ids).map(move |(&(name, code), id)| (role, name, Some(id), code));
    let participants: Vec<_> = side(Role::Source).chain(side(Role::Target)).collect();
    maker.event("met", Plover::Consult, &participants);
    let expected =
        ["Peru|PERGOV|consult|Chile|CHLGOV", "Peru|PERGOV|consult|Brazil|BRAGOV", "Chile|CHLGOV|consult|Brazil|BRAGOV"];
    assert_eq!(rows(&maker.record(), WHO), expected);
}

#[test]
fn an_unknown_end_stays_blank_and_a_phrase_is_not_its_country() {
    let mut maker = Maker::new("Peruvian troops fired. A bridge fell.");
    let peru = maker.entity("Peru", "PERGOV");
    maker.event("fired", Plover::Assault, &[(Role::Source, "Peruvian troops", Some(peru), "PERMIL")]);
    maker.event("fell", Plover::Assault, &[(Role::Target, "A bridge", None, "")]);
    assert_eq!(rows(&maker.record(), WHO), ["Peruvian troops|PERMIL|assault||", "||assault|A bridge|"]);
}

#[test]
fn figures_are_summed_up_and_the_sentence_stands_on_one_line() {
    let mut maker = Maker::new("The blast killed 12 people, two of \tthem children, and hurt 30; 500 troops came.");
    let total = maker.figure("12 people", FigureKind::Killed, 12.0);
    let part = maker.figure("two of", FigureKind::Killed, 2.0);
    let hurt = maker.figure("30", FigureKind::Injured, 30.0);
    let troops = maker.figure("500 troops", FigureKind::Troops, 6500.0);
    maker.analysis.figures[part.index()].part = true;
    maker.event("killed", Plover::Assault, &[]).figures = vec![part, total, hurt, troops];
    let columns = &["killed", "injured", "other_figures", "confidence", "evidence"];
    let evidence = "The blast killed 12 people, two of them children, and hurt 30; 500 troops came.";
    assert_eq!(rows(&maker.record(), columns), [format!("12|30|troops: 6,500|0.88|{evidence}")]);
    maker.analysis.figures[part.index()].part = false;
    maker.analysis.figures[part.index()].update = true;
    assert_eq!(rows(&maker.record(), &["killed"]), ["2"], "an update goes before what it updates");
}

#[test]
fn a_filter_takes_out_what_is_not_wanted_and_keeps_ids() {
    let mut maker = Maker::new("Peru met Chile. Brazil hit Bolivia.");
    let id = maker.entity("Peru", "PERGOV");
    let peru = (Role::Source, "Peru", Some(id), "PERGOV");
    maker.event("met", Plover::Consult, &[peru, (Role::Target, "Chile", None, "CHLGOV")]);
    let brazil = (Role::Source, "Brazil", None, "BRAMIL");
    let hit = maker.event("hit", Plover::Assault, &[brazil, (Role::Target, "Bolivia", None, "BOLGOV")]);
    hit.confidence = 0.4;
    hit.date = Some("2020-05".into());
    let kept = |filter: Filter| {
        let mut record = maker.record();
        filter.apply(&mut record);
        record.events.iter().map(|event| event.id.clone()).collect::<Vec<_>>()
    };
    let all = ["V1", "V2"];
    assert_eq!(kept(Filter::default()), all);
    assert_eq!(kept(Filter { types: vec!["assault".into()], ..Filter::default() }), ["V2"]);
    assert_eq!(kept(Filter { actors: vec!["PER".into(), "BRAMIL".into()], ..Filter::default() }), all);
    assert_eq!(kept(Filter { actors: vec!["BRAGOV".into()], ..Filter::default() }), [""; 0]);
    assert_eq!(kept(Filter { countries: vec!["CHL".into()], ..Filter::default() }), ["V1"]);
    assert_eq!(kept(Filter { min_confidence: 0.5, ..Filter::default() }), ["V1"]);
    assert_eq!(kept(Filter { since: Some("2020-01-01".parse().unwrap()), ..Filter::default() }), ["V2"]);
    assert_eq!(kept(Filter { modalities: vec![Modality::Alleged], ..Filter::default() }), [""; 0]);
}

#[test]
fn numbers_are_written_short_and_offsets_in_code_points() {
    let mut maker = Maker::new("“Çok” killed 2.5 million.");
    let figure = maker.figure("2.5 million", FigureKind::Killed, 2_500_000.0);
    maker.event("killed", Plover::Assault, &[]).figures = vec![figure];
    let json: serde_json::Value = serde_json::to_value(maker.record()).unwrap();
    assert_eq!(json["figures"][0]["value"].to_string(), "2500000");
    assert_eq!(json["events"][0]["confidence"].to_string(), "0.88");
    assert_eq!((json["events"][0]["start"].as_u64(), json["events"][0]["figures"][0].as_str()), (Some(6), Some("F1")));
    assert!(json["sentences"][0].get("text").is_none());
}
