//! Markdown: the prose without its marks. Code is left out; the first heading and the block before the text name the
//! document.

use pulldown_cmark::{Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::{Input, Item};
use crate::document::Source;

/// The document of a file.
pub(super) fn document(markdown: &str, input: &Input) -> Item {
    let mut source = input.source(input.id.clone(), String::new());
    let (mut text, mut title, mut about) = (String::new(), None, None);
    // Where the heading began that is being read; whether what is read is no prose.
    let (mut heading, mut hidden, mut head) = (None, false, false);
    let options = Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::Image { .. } | Tag::HtmlBlock) => hidden = true,
            Event::End(TagEnd::CodeBlock | TagEnd::Image | TagEnd::HtmlBlock) => hidden = false,
            Event::Start(Tag::MetadataBlock(MetadataBlockKind::YamlStyle)) => head = true,
            Event::End(TagEnd::MetadataBlock(_)) => head = false,
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => heading = Some(text.len()),
            Event::End(TagEnd::Heading(level)) => {
                if let Some(start) = heading.take().filter(|_| level == HeadingLevel::H1 && title.is_none()) {
                    title = Some(text[start..].trim().to_owned());
                }
                paragraph(&mut text);
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead) => paragraph(&mut text),
            Event::End(TagEnd::TableCell) => text.push(' '),
            Event::Text(words) if head => about = Some(words.into_string()),
            Event::Text(words) | Event::Code(words) if !hidden => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak if !hidden => text.push('\n'),
            _ => {}
        }
    }
    let about = about.unwrap_or_default();
    let field = |name: &str| {
        let line = about.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        line.map(|value| value.trim().trim_matches(['"', '\'']).to_owned()).filter(|value| !value.is_empty())
    };
    source.text = text.trim().to_owned();
    source.title = field("title").or(title);
    source.date = field("date").as_deref().and_then(crate::date::find).or(source.date);
    source.url = field("url");
    source.source = field("source");
    Item::Document(Source { id: field("id").unwrap_or(source.id), ..source })
}

/// Ends a paragraph.
fn paragraph(text: &mut String) {
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push_str("\n\n");
    }
}
