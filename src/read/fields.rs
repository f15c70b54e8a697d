//! Which fields of a structured document hold its text, title, date and so on.

use jiff::civil::Date;

use crate::date;
use crate::document::Source;

/// Names of fields; those not named are guessed from what archives and databases usually call them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// The text.
    pub text: Option<String>,
    /// The document's id.
    pub id: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The day of publication.
    pub date: Option<String>,
    /// The publisher.
    pub source: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
}

const TEXT: &[&str] = &[
    "text",
    "body",
    "content",
    "article",
    "maintext",
    "main_text",
    "full_text",
    "fulltext",
    "article_text",
    "story",
    "body_text",
    "plain_text",
    "text_content",
    "description",
];
const ID: &[&str] = &["id", "doc_id", "_id", "article_id", "uuid", "guid", "identifier"];
const TITLE: &[&str] = &["title", "headline", "head", "hl", "headline.main"];
const DATE: &[&str] = &[
    "date",
    "published",
    "published_at",
    "publish_date",
    "date_publish",
    "published_date",
    "publication_date",
    "pub_date",
    "pubdate",
    "date_published",
    "publishedat",
    "datetime",
    "created_at",
    "timestamp",
];
const SOURCE: &[&str] = &["source", "publisher", "outlet", "source_name", "source.name", "domain", "site", "newspaper"];
const URL: &[&str] = &["url", "link", "uri", "web_url", "article_url", "permalink"];
const LANGUAGE: &[&str] = &["language", "lang"];

/// What a row says of a document, and what is wrong with it.
pub(super) struct Filled {
    pub source: Source,
    /// A date that is none.
    pub bad_date: Option<String>,
}

impl Fields {
    /// Makes a document of a row; `get` looks up a field by name and gives it as text, blank being none.
    ///
    /// `None` when there is no text field.
    pub(super) fn fill(&self, empty: Source, get: impl Fn(&str) -> Option<String>) -> Option<Filled> {
        let find = |named: &Option<String>, usual: &[&str]| match named {
            Some(name) => get(name),
            None => usual.iter().find_map(|name| get(name).filter(|value| !value.is_empty())),
        };
        let text = find(&self.text, TEXT).or_else(|| {
            // A text that is there but empty is an empty document.
            let names = self.text.iter().map(String::as_str).chain(TEXT.iter().copied());
            names.into_iter().find_map(&get)
        })?;
        let known = |value: Option<String>| value.filter(|value| !value.is_empty());
        let written = known(find(&self.date, DATE));
        let date = written.as_deref().and_then(day);
        let source = Source {
            text,
            id: known(find(&self.id, ID)).unwrap_or(empty.id),
            title: known(find(&self.title, TITLE)),
            date: date.or(empty.date),
            source: known(find(&self.source, SOURCE)),
            url: known(find(&self.url, URL)),
            language: known(find(&None, LANGUAGE)),
            duplicate_of: None,
        };
        Some(Filled { source, bad_date: written.filter(|_| date.is_none()) })
    }

    /// Whether there is a field that holds the text, where `has` knows the fields.
    pub(super) fn has_text(&self, has: impl Fn(&str) -> bool) -> bool {
        match &self.text {
            Some(name) => has(name),
            None => TEXT.iter().any(|name| has(name)),
        }
    }

    /// Whether a field of that name is called for when it holds the text.
    pub(super) fn text_names(&self) -> String {
        match &self.text {
            Some(name) => format!("'{name}'"),
            None => "'text', 'body' or 'content'".to_owned(),
        }
    }
}

/// The day of a date, or of a Unix time in seconds or milliseconds.
fn day(text: &str) -> Option<Date> {
    date::find(text).or_else(|| {
        let seconds = match (text.len(), text.parse::<i64>().ok()?) {
            (9..=10, seconds) => seconds,
            (12..=13, milliseconds) => milliseconds / 1000,
            _ => return None,
        };
        let days = i32::try_from(seconds.div_euclid(86_400)).ok()?;
        let span = jiff::Span::new().try_days(days).ok()?;
        Date::constant(1970, 1, 1).checked_add(span).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_names_are_guessed_and_given_ones_obeyed() {
        let row =
            [("Body", "no"), ("body", "The story."), ("headline", "Head"), ("pubdate", "1620994800"), ("lang", "en")];
        let get = |name: &str| row.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let filled = Fields::default().fill(Source::default(), get).unwrap();
        assert_eq!((filled.source.text.as_str(), filled.source.title.as_deref()), ("The story.", Some("Head")));
        assert_eq!(filled.source.date.unwrap().to_string(), "2021-05-14");
        let named = Fields { text: Some("Body".into()), ..Fields::default() };
        assert_eq!(named.fill(Source::default(), get).unwrap().source.text, "no");
        let missing = Fields { text: Some("prose".into()), ..Fields::default() };
        assert!(missing.fill(Source::default(), |name| (name == "x").then(String::new)).is_none());
    }
}
