//! The network of actors: GraphML, and the pair of tables that Gephi opens.
//!
//! Nodes are actors: a listed entity, one that was found in the text, or words that stand for none, such as "Azerbaijani
//! troops", which share a node with all words of their code. Edges lead from source to target, one for each pair and
//! type, and weigh as many as there are events. Events that the text denies are not counted.
//!
//! The edges of a run must fit the memory: some hundred bytes for each that differs.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::delimited::Dialect;
use crate::record::Record;
use crate::table::links::{Actor, links};
use crate::table::{Cell, Row};

/// The rows that a document adds: an event between two actors each.
pub fn rows(record: &Record) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for link in links(record).filter(|link| !link.event.negated) {
        let (Some(source), Some(target)) = (&link.source, &link.target) else { continue };
        let mut row = Vec::with_capacity(14);
        for actor in [source, target] {
            row.push(Cell::from(id(actor)));
            row.push(label(actor));
            row.push(actor.entity.map(|entity| entity.kind).into());
            row.push(actor.code.into());
            row.push(actor.entity.and_then(|entity| entity.country.as_deref()).into());
        }
        let kind = link.event.plover.unwrap_or("statement").to_ascii_lowercase();
        row.push(kind.into());
        row.push(link.event.goldstein.into());
        row.push(link.event.confidence.into());
        row.push(link.day(record).map(str::to_owned).into());
        rows.push(row);
    }
    rows
}

/// What two mentions of one actor have in common.
fn id(actor: &Actor) -> String {
    match (actor.entity, actor.code) {
        (Some(entity), _) => match &entity.gazetteer_id {
            Some(id) => id.clone(),
            None => format!("{}/{}", entity.kind, entity.name.to_lowercase()),
        },
        (None, Some(code)) => format!("code/{code}"),
        (None, None) => format!("words/{}", actor.name.to_lowercase()),
    }
}

fn label<'r>(actor: &Actor<'r>) -> Cell<'r> {
    match (actor.entity, actor.code) {
        (Some(entity), _) => entity.name.as_str().into(),
        (None, Some(code)) => code.into(),
        (None, None) => actor.name.to_string().into(),
    }
}

/// Nodes and edges.
#[derive(Debug, Default)]
pub struct Graph {
    nodes: BTreeMap<String, Node>,
    /// By source, target and type.
    edges: BTreeMap<(String, String, String), Edge>,
}

#[derive(Debug, Default)]
struct Node {
    /// Label, kind, code, country.
    about: [String; 4],
    events: u64,
}

#[derive(Debug, Default)]
struct Edge {
    events: u64,
    goldstein: f64,
    confidence: f64,
    first: String,
    last: String,
}

impl Graph {
    /// Adds a row of [`rows`]; one of another make is ignored.
    pub fn add(&mut self, row: &[Cell]) {
        let [source @ .., kind, goldstein, confidence, day] = row else { return };
        if source.len() != 10 {
            return;
        }
        let text = |cell: &Cell| cell.to_text().into_owned();
        let number = |cell: &Cell| if let Cell::Number(value) = cell { *value } else { 0.0 };
        let (source, target) = source.split_at(5);
        for actor in [source, target] {
            let node = self.nodes.entry(text(&actor[0])).or_default();
            node.events += 1;
            for (about, cell) in node.about.iter_mut().zip(&actor[1..]) {
                // The first that knows it: one mention may say less than another.
                if about.is_empty() {
                    *about = text(cell);
                }
            }
        }
        let edge = self.edges.entry((text(&source[0]), text(&target[0]), text(kind))).or_default();
        edge.events += 1;
        edge.goldstein += number(goldstein);
        edge.confidence = edge.confidence.max(number(confidence));
        let day = text(day);
        if !day.is_empty() {
            if edge.first.is_empty() || day < edge.first {
                edge.first.clone_from(&day);
            }
            if day > edge.last {
                edge.last = day;
            }
        }
    }

    /// Writes the nodes as a table with the heads that Gephi expects.
    ///
    /// # Errors
    /// If writing fails.
    pub fn write_nodes(&self, out: &mut impl Write) -> io::Result<()> {
        let mut line = Vec::new();
        Dialect::CSV.line(["Id", "Label", "Kind", "Code", "Country", "Events"].map(Cell::from).into_iter(), &mut line);
        for (id, node) in &self.nodes {
            let about = node.about.iter().map(Cell::from);
            let cells = [Cell::from(id)].into_iter().chain(about).chain([Cell::Integer(node.events as i64)]);
            Dialect::CSV.line(cells, &mut line);
            out.write_all(&line)?;
            line.clear();
        }
        out.write_all(&line)
    }

    /// Writes the edges as a table with the heads that Gephi expects.
    ///
    /// # Errors
    /// If writing fails.
    pub fn write_edges(&self, out: &mut impl Write) -> io::Result<()> {
        let mut line = Vec::new();
        let heads =
            ["Source", "Target", "Type", "Weight", "Relation", "Goldstein", "Confidence", "First date", "Last date"];
        Dialect::CSV.line(heads.map(Cell::from).into_iter(), &mut line);
        for ((source, target, kind), edge) in &self.edges {
            let cells = [
                source.into(),
                target.into(),
                "Directed".into(),
                Cell::Integer(edge.events as i64),
                kind.into(),
                Cell::Number(edge.mean()),
                Cell::Number(edge.confidence),
                (&edge.first).into(),
                (&edge.last).into(),
            ];
            Dialect::CSV.line(cells.into_iter(), &mut line);
            out.write_all(&line)?;
            line.clear();
        }
        out.write_all(&line)
    }

    /// Writes the graph as GraphML.
    ///
    /// # Errors
    /// If writing fails.
    pub fn write_graphml(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
        for (owner, name, kind) in KEYS {
            let id = format!("{owner}_{name}");
            writeln!(out, "  <key id=\"{id}\" for=\"{owner}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
        }
        writeln!(out, "  <graph edgedefault=\"directed\">")?;
        for (id, node) in &self.nodes {
            writeln!(out, "    <node id=\"{}\">", xml(id))?;
            let [label, kind, code, country] = &node.about;
            for (name, value) in [("label", label), ("kind", kind), ("code", code), ("country", country)] {
                data(out, "node", name, value)?;
            }
            data(out, "node", "events", &node.events.to_string())?;
            writeln!(out, "    </node>")?;
        }
        for (number, ((source, target, kind), edge)) in self.edges.iter().enumerate() {
            let (source, target) = (xml(source), xml(target));
            writeln!(out, "    <edge id=\"e{number}\" source=\"{source}\" target=\"{target}\">")?;
            data(out, "edge", "relation", kind)?;
            data(out, "edge", "weight", &edge.events.to_string())?;
            data(out, "edge", "goldstein", &edge.mean().to_string())?;
            data(out, "edge", "confidence", &edge.confidence.to_string())?;
            data(out, "edge", "first_date", &edge.first)?;
            data(out, "edge", "last_date", &edge.last)?;
            writeln!(out, "    </edge>")?;
        }
        writeln!(out, "  </graph>\n</graphml>")
    }
}

impl Edge {
    /// The mean Goldstein score of its events.
    fn mean(&self) -> f64 {
        (self.goldstein / self.events as f64 * 100.0).round() / 100.0
    }
}

/// What GraphML says of nodes and edges, and the type of each.
const KEYS: [(&str, &str, &str); 11] = [
    ("node", "label", "string"),
    ("node", "kind", "string"),
    ("node", "code", "string"),
    ("node", "country", "string"),
    ("node", "events", "long"),
    ("edge", "relation", "string"),
    ("edge", "weight", "double"),
    ("edge", "goldstein", "double"),
    ("edge", "confidence", "double"),
    ("edge", "first_date", "string"),
    ("edge", "last_date", "string"),
];

fn data(out: &mut impl Write, owner: &str, name: &str, value: &str) -> io::Result<()> {
    match value {
        "" => Ok(()),
        value => writeln!(out, "      <data key=\"{owner}_{name}\">{}</data>", xml(value)),
    }
}

/// Text with the characters escaped that XML gives a meaning, and without those that it cannot hold.
fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{0}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            character => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(source: &'static str, target: &'static str, goldstein: f64, day: &'static str) -> Row<'static> {
        let actor = |name: &'static str| [name.into(), name.into(), Cell::Blank, Cell::Blank, Cell::Blank];
        let end = ["assault".into(), Cell::Number(goldstein), Cell::Number(0.5), day.into()];
        actor(source).into_iter().chain(actor(target)).chain(end).collect()
    }

    #[test]
    fn events_of_one_type_between_two_actors_are_one_edge() {
        let mut graph = Graph::default();
        graph.add(&row("a", "b & c", -10.0, "2024-03-04"));
        graph.add(&row("a", "b & c", -9.0, "2024-01-02"));
        graph.add(&row("b & c", "a", -9.0, ""));
        let written = |write: &dyn Fn(&mut Vec<u8>) -> io::Result<()>| {
            let mut out = Vec::new();
            write(&mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        let edges = written(&|out| graph.write_edges(out));
        assert!(edges.contains("\na,b & c,Directed,2,assault,-9.5,0.5,2024-01-02,2024-03-04\n"), "{edges}");
        assert_eq!(edges.lines().count(), 3);
        let nodes = written(&|out| graph.write_nodes(out));
        assert_eq!(nodes, "Id,Label,Kind,Code,Country,Events\na,a,,,,3\nb & c,b & c,,,,3\n");
        let graphml = written(&|out| graph.write_graphml(out));
        assert!(graphml.contains("target=\"b &amp; c\"") && graphml.contains("<data key=\"edge_weight\">2</data>"));
    }
}
