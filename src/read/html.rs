//! Saved web pages: the story, its headline, date, publisher and address.

use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::Encoding;

use super::{Input, Item};
use crate::date;
use crate::document::Source;
use crate::error::Error;

/// The encoding that a page names in its first kilobyte.
pub(super) fn encoding(page: &[u8]) -> Option<&'static Encoding> {
    let start = page[..page.len().min(1024)].to_ascii_lowercase();
    let at = memchr::memmem::find(&start, b"charset=")? + b"charset=".len();
    let name = start[at..].trim_ascii_start();
    let name = name.strip_prefix(b"\"").or_else(|| name.strip_prefix(b"'")).unwrap_or(name);
    let end =
        name.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"-_".contains(byte))).unwrap_or(name.len());
    Encoding::for_label(&name[..end])
}

/// Elements within one another at most: pages made by hand or program have some dozens. More would overflow the stack of
/// the reading view, and take it hours.
const DEEPEST: usize = 256;

/// Elements that end by themselves.
const SHORT: &[&str] = &[
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p",
    "param", "source", "tbody", "td", "th", "tr", "track", "wbr",
];

/// Whether a page nests its elements deeper than a story is ever set.
fn is_too_deep(page: &str) -> bool {
    let mut depth = 0usize;
    for (at, _) in page.match_indices('<') {
        let tag = &page.as_bytes()[at + 1..];
        let (closes, tag) = tag.strip_prefix(b"/").map_or((false, tag), |tag| (true, tag));
        let length = tag.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if length == 0 || SHORT.iter().any(|name| tag[..length].eq_ignore_ascii_case(name.as_bytes())) {
            continue;
        }
        depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

/// The story of a page.
pub(super) fn document(page: &str, input: &Input) -> Item {
    if is_too_deep(page) {
        let error = Error::input(format!("this page has more than {DEEPEST} elements within one another"));
        return Item::Failure(input.name(error.with_help("save its text and give that")));
    }
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let article = Readability::new(page, None, Some(config)).and_then(|mut readability| readability.parse());
    let article = match article {
        Ok(article) => article,
        Err(error) => {
            let error = Error::input(format!("no story was found in this page ({error})"));
            return Item::Failure(input.name(error));
        }
    };
    let empty = input.source(input.id.clone(), String::new());
    let known = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    Item::Document(Source {
        text: article.text_content.trim().to_owned(),
        title: known(Some(article.title)),
        date: article.published_time.as_deref().and_then(date::find).or(empty.date),
        source: known(article.site_name),
        url: known(article.url),
        language: known(article.lang).map(|language| language.split('-').next().unwrap_or_default().to_lowercase()),
        ..empty
    })
}
