//! Text out of pieces of markup: what feeds and their like carry inside their fields.

use quick_xml::escape::resolve_html5_entity;

/// Elements that begin and end a line of their own.
const BLOCKS: &[&str] =
    &["p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "blockquote", "section"];
/// Elements whose content is no text.
const HIDDEN: &[&str] = &["script", "style"];

/// The text of a piece of HTML, blocks divided by a blank line. What is not well formed is taken as it comes.
pub(super) fn text(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        push(&rest[..at], &mut out);
        let tag = &rest[at + 1..];
        let begins = tag.starts_with(|first: char| first.is_ascii_alphabetic() || "/!?".contains(first));
        let Some(end) = tag.find('>').filter(|_| begins) else {
            // A less-than sign of prose.
            out.push('<');
            rest = tag;
            continue;
        };
        let name: String = tag[..end].trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        rest = &tag[end + 1..];
        if BLOCKS.contains(&name.as_str()) {
            let length = out.trim_end().len();
            out.truncate(length);
            if length > 0 {
                out.push_str("\n\n");
            }
        } else if HIDDEN.contains(&name.as_str()) && !tag.starts_with('/') {
            let closes = |at: &usize| {
                rest.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(&name))
            };
            rest = rest.match_indices("</").map(|(at, _)| at).find(closes).map_or("", |at| &rest[at..]);
        }
    }
    push(rest, &mut out);
    out.truncate(out.trim_end().len());
    out
}

/// Appends text with its entities resolved and its white space made single.
fn push(text: &str, out: &mut String) {
    let mut rest = text;
    let add = |piece: &str, out: &mut String| {
        for character in piece.chars() {
            if !character.is_whitespace() {
                out.push(character);
            } else if !out.is_empty() && !out.ends_with(char::is_whitespace) {
                out.push(' ');
            }
        }
    };
    while let Some(at) = rest.find('&') {
        add(&rest[..at], out);
        rest = &rest[at + 1..];
        let name = rest.find(';').filter(|&length| length <= 32).map(|length| &rest[..length]);
        match name.and_then(|name| Some((name, entity(name)?))) {
            Some((name, value)) => {
                add(&value, out);
                rest = &rest[name.len() + 1..];
            }
            None => out.push('&'),
        }
    }
    add(rest, out);
}

/// What stands for an entity, named or numbered, without its `&` and `;`.
pub(super) fn entity(name: &str) -> Option<String> {
    let number = name.strip_prefix('#').map(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => digits.parse(),
    });
    match number {
        Some(number) => Some(char::from_u32(number.ok()?).filter(|found| *found != '\0')?.to_string()),
        None => resolve_html5_entity(name).map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_entities_and_what_is_broken() {
        assert_eq!(text("<p>Mali&nbsp;&amp; Niger</p>\n<p>met&#8230;</p>"), "Mali & Niger\n\nmet…");
        assert_eq!(text("a <b>bold</b> claim<script>if (1 < 2) x()</script>."), "a bold claim.");
        assert_eq!(text("5 < 6 &c. <unclosed"), "5 < 6 &c. <unclosed");
        assert_eq!(text("AT&T; &#0; &bogus;"), "AT&T; &#0; &bogus;");
    }
}
