//! Documents too long to be read as one: memory and time grow with a document's length, and no article is that long.
//!
//! Such a document is a book, a year's archive in one file, or damage. It is cut where a paragraph ends, else a line, else
//! a sentence, else a word, and each part is a document of its own.

use crate::document::Source;

/// Bytes of a part at most: on one of this size the stages that look back over the document still take little longer than
/// on many short ones.
pub(super) const LONGEST: usize = 1 << 19;
/// Where in the part to look for the place to cut: its last bytes.
const TAIL: usize = LONGEST / 4;

/// The parts of a document, with ids such as `archive#2`.
pub(super) struct Parts {
    source: Source,
    at: usize,
    number: usize,
}

impl Parts {
    pub(super) fn new(source: Source) -> Self {
        Self { source, at: 0, number: 0 }
    }

    /// How many there are.
    pub(super) fn total(&self) -> usize {
        let (mut at, mut count) = (0, 0);
        while at < self.source.text.len() {
            at = end(&self.source.text, at);
            count += 1;
        }
        count
    }
}

impl Iterator for Parts {
    type Item = Source;

    fn next(&mut self) -> Option<Source> {
        if self.at >= self.source.text.len() {
            return None;
        }
        let to = end(&self.source.text, self.at);
        self.number += 1;
        let text = self.source.text[self.at..to].to_owned();
        self.at = to;
        let Source { title, date, source, url, language, .. } = &self.source;
        Some(Source {
            id: format!("{}#{}", self.source.id, self.number),
            text,
            // The headline stands before the first part only.
            title: title.clone().filter(|_| self.number == 1),
            date: *date,
            source: source.clone(),
            url: url.clone(),
            language: language.clone(),
            duplicate_of: None,
        })
    }
}

/// Where the part ends that begins at `from`.
fn end(text: &str, from: usize) -> usize {
    let most = from + LONGEST;
    if most >= text.len() {
        return text.len();
    }
    let most = text.floor_char_boundary(most);
    let tail_start = text.ceil_char_boundary(most - TAIL);
    let tail = &text[tail_start..most];
    let after = |mark: &str| tail.rfind(mark).map(|at| tail_start + at + mark.len());
    let sentence = || [". ", "! ", "? "].iter().filter_map(|mark| after(mark)).max();
    let space = || tail.rfind(char::is_whitespace).map(|at| text.ceil_char_boundary(tail_start + at + 1));
    after("\n\n").or_else(|| after("\n")).or_else(sentence).or_else(space).unwrap_or(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: String) -> Vec<Source> {
        Parts::new(Source { id: "a".into(), text, title: Some("Head".into()), ..Source::default() }).collect()
    }

    #[test]
    fn nothing_is_lost_and_cuts_fall_between_sentences() {
        let sentence = "Élysée officials said nothing. ";
        let text = sentence.repeat(5 * LONGEST / 2 / sentence.len());
        let cut = parts(text.clone());
        assert_eq!(cut.iter().map(|part| part.text.as_str()).collect::<String>(), text);
        assert!(cut.len() == 3 && cut.iter().all(|part| part.text.len() <= LONGEST));
        assert!(cut.iter().all(|part| part.text.starts_with("Élysée")));
        assert_eq!((cut[0].id.as_str(), cut[0].title.as_deref()), ("a#1", Some("Head")));
        assert_eq!((cut[1].id.as_str(), cut[1].title.as_deref()), ("a#2", None));
    }

    #[test]
    fn text_without_any_place_to_cut_is_cut_all_the_same() {
        let text = "é".repeat(LONGEST);
        let cut = parts(text.clone());
        assert_eq!(cut.iter().map(|part| part.text.as_str()).collect::<String>(), text);
        assert_eq!(cut.len(), 2);
        let lines = format!("{}\n\n{}", "a. ".repeat(LONGEST / 3 - 1000), "b".repeat(5000));
        let cut = parts(lines);
        assert!(cut[0].text.ends_with("\n\n") && cut[1].text.starts_with('b'));
    }
}
