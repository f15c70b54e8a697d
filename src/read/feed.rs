//! News as XML: RSS and Atom feeds, where an item is a document, and NITF, where a file is one.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Input, Item, markup};
use crate::document::Source;
use crate::error::Error;

/// The documents of a feed or of a NITF file.
pub(super) fn documents(xml: &str, input: &Input) -> Vec<Item> {
    let mut feed = Feed { input, items: Vec::new(), publisher: None, entry: None, number: 0 };
    let mut reader = Reader::from_str(xml);
    // Feeds are seldom quite well formed.
    reader.config_mut().check_end_names = false;
    let mut path: Vec<String> = Vec::new();
    // How deep the field with text lies in which the reader is, if it is in one.
    let mut field: Option<usize> = None;
    let mut text = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                let name = local(start.name().as_ref());
                feed.open(&name, |key| attribute(&start, key));
                // Markup that was not escaped belongs to the text of the field it stands in.
                if field.is_some() {
                    text.push_str(&format!("<{name}>"));
                } else {
                    text.clear();
                    field = is_field(&name).then_some(path.len());
                }
                path.push(name);
            }
            Ok(Event::Empty(start)) => {
                let name = local(start.name().as_ref());
                feed.open(&name, |key| attribute(&start, key));
                text.push_str(&format!("<{name}>"));
            }
            Ok(Event::Text(piece)) => text.push_str(&piece.xml10_content()),
            Ok(Event::CData(piece)) => text.push_str(&piece.xml10_content()),
            Ok(Event::GeneralRef(name)) => match markup::entity(&name.xml10_content()) {
                Some(value) => text.push_str(&value),
                None => text.push_str(&format!("&{};", name.xml10_content())),
            },
            Ok(Event::End(_)) => {
                let Some(name) = path.pop() else { continue };
                if field.is_some_and(|depth| depth < path.len()) {
                    text.push_str(&format!("</{name}>"));
                } else {
                    field = None;
                    feed.close(&name, &path, &text);
                    text.clear();
                }
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                let line = xml[..(reader.error_position() as usize).min(xml.len())].matches('\n').count() as u64 + 1;
                feed.items.push(Item::Failure(input.name(Error::input(error.to_string()).at_line(line))));
                break;
            }
        }
    }
    if feed.items.is_empty() {
        let error = Error::input("there is no item of a feed and no NITF story in it");
        feed.items.push(Item::Failure(input.name(error).with_help("RSS, Atom and NITF are read")));
    }
    feed.items
}

/// Elements that hold the text of a document, and may hold markup.
const TEXTS: &[&str] = &["encoded", "content", "summary", "description", "body.content"];

/// Whether an element is a field with text.
fn is_field(name: &str) -> bool {
    TEXTS.contains(&name) || name == "title" || name == "hl1"
}

struct Feed<'i> {
    input: &'i Input,
    items: Vec<Item>,
    publisher: Option<String>,
    entry: Option<Entry>,
    number: usize,
}

/// An item being read.
#[derive(Default)]
struct Entry {
    source: Source,
    /// How good a field its text is from, see [`TEXTS`].
    rank: usize,
}

impl Feed<'_> {
    fn open(&mut self, name: &str, attribute: impl Fn(&str) -> Option<String>) {
        match name {
            "item" | "entry" | "nitf" => {
                self.number += 1;
                let id = format!("{}:{}", self.input.id, self.number);
                let id = if name == "nitf" { self.input.id.clone() } else { id };
                self.entry = Some(Entry { source: self.input.source(id, String::new()), rank: TEXTS.len() });
            }
            _ => {}
        }
        let Some(entry) = &mut self.entry else { return };
        match name {
            "link" => {
                let is_page = attribute("rel").is_none_or(|rel| rel == "alternate");
                entry.source.url = attribute("href").filter(|_| is_page).or(entry.source.url.take());
            }
            "doc-id" => {
                if let Some(id) = attribute("id-string") {
                    entry.source.id = id;
                }
            }
            "date.issue" => {
                let day = attribute("norm").and_then(|norm| crate::date::find(&norm));
                entry.source.date = day.or(entry.source.date);
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str, path: &[String], content: &str) {
        let plain = || Some(markup::text(content)).filter(|text| !text.is_empty());
        let Some(entry) = &mut self.entry else {
            if name == "title" && self.publisher.is_none() {
                self.publisher = plain();
            }
            return;
        };
        let source = &mut entry.source;
        // An author's or a picture's fields are not the item's own.
        let own = path.last().is_some_and(|parent| matches!(parent.as_str(), "item" | "entry"));
        match name {
            "item" | "entry" | "nitf" => self.finish(),
            "hl1" => source.title = plain(),
            "title" if own => source.title = plain(),
            "guid" | "id" if own => source.id = plain().unwrap_or_else(|| source.id.clone()),
            "link" if own => source.url = plain().or(source.url.take()),
            "pubDate" | "published" | "date" if own => source.date = crate::date::find(content).or(source.date),
            "updated" if own && source.date.is_none() => source.date = crate::date::find(content),
            "source" if own => source.source = plain(),
            _ => {
                let rank = TEXTS.iter().position(|text| *text == name).filter(|&rank| rank < entry.rank);
                if let (Some(rank), Some(text)) = (rank.filter(|_| own || name == "body.content"), plain()) {
                    entry.rank = rank;
                    source.text = text;
                }
            }
        }
    }

    fn finish(&mut self) {
        let Some(Entry { mut source, .. }) = self.entry.take() else { return };
        source.source = source.source.or_else(|| self.publisher.clone());
        if source.text.is_empty() {
            source.text = source.title.clone().unwrap_or_default();
        }
        self.items.push(Item::Document(source));
    }
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_owned()
}

fn attribute(start: &quick_xml::events::BytesStart, key: &str) -> Option<String> {
    let found = start.try_get_attribute(key).ok()??;
    Some(markup::text(&found.value)).filter(|value| !value.is_empty())
}
