//! Sentence boundaries inside a paragraph.
//!
//! A full stop ends a sentence unless it belongs to an abbreviation, an initial or a number, or what follows goes on in
//! lower case. Text without any capitals, and text in capitals only, is read by its marks and words alone.

use super::lexicon::{self, Follows};
use crate::span::Span;

/// How a text uses capitals, which decides what they can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// As usual: sentences and names begin with a capital.
    Mixed,
    /// Hardly any capitals.
    Lower,
    /// Hardly anything but capitals.
    Upper,
}

impl Case {
    /// The case of a text, from its share of capitals among ASCII letters.
    pub fn of(text: &str) -> Self {
        let upper = text.bytes().filter(u8::is_ascii_uppercase).count();
        let lower = text.bytes().filter(u8::is_ascii_lowercase).count();
        if upper * 200 < lower {
            Case::Lower
        } else if lower * 10 < upper {
            Case::Upper
        } else {
            Case::Mixed
        }
    }
}

/// No sentence is longer than this many bytes: beyond it there is no syntax to read, only lists and debris.
const MAX_SENTENCE: usize = 4000;

/// Appends the sentences of a paragraph.
pub fn split(text: &str, paragraph: Span, case: Case, out: &mut Vec<Span>) {
    let text = paragraph.of(text);
    let mut push = |start: usize, end: usize| {
        let sentence = &text[start..end];
        let from = start + (sentence.len() - sentence.trim_start().len());
        let until = from + sentence.trim().len();
        if from < until {
            out.push(Span::new(paragraph.start() + from, paragraph.start() + until));
        }
    };
    let reader = Reader { text, case };
    let mut quotes = Quotes::default();
    let (mut start, mut at) = (0, 0);
    loop {
        // Nothing that is decided here is a letter or a digit, and most characters are.
        at += text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let Some(character) = text[at..].chars().next() else { break };
        let next = at + character.len_utf8();
        if is_terminator(character) {
            let mark = reader.mark(at, &quotes);
            if reader.ends_sentence(&mark, start, &quotes) {
                push(start, mark.end);
                start = mark.end;
                quotes = Quotes::default();
            } else {
                text[mark.start..mark.end].chars().for_each(|character| quotes.see(character));
            }
            at = mark.end;
            continue;
        }
        if character.is_whitespace() && at - start >= MAX_SENTENCE {
            push(start, at);
            start = at;
        }
        quotes.see(character);
        at = next;
    }
    push(start, text.len());
}

/// Whether a double quotation is open, since its start in this sentence.
#[derive(Clone, Copy, Debug, Default)]
struct Quotes {
    straight: bool,
}

impl Quotes {
    fn see(&mut self, character: char) {
        if character == '"' {
            self.straight = !self.straight;
        }
    }
}

fn is_terminator(character: char) -> bool {
    matches!(character, '.' | '!' | '?' | '…' | '。')
}

/// Marks that close what the sentence is in.
fn is_closer(character: char) -> bool {
    matches!(character, '"' | '\'' | '”' | '’' | ')' | ']' | '}' | '»')
}

/// Marks that open what the next sentence begins in.
fn is_opener(character: char) -> bool {
    matches!(character, '"' | '\'' | '“' | '‘' | '(' | '[' | '«' | '¿' | '¡')
}

/// A full stop or its like, several in a row being one, with the quotes and brackets closed after it.
#[derive(Clone, Copy, Debug)]
struct Mark {
    start: usize,
    /// After the terminators.
    stop: usize,
    /// After the closers.
    end: usize,
}

struct Reader<'t> {
    text: &'t str,
    case: Case,
}

impl<'t> Reader<'t> {
    /// The mark whose first terminator is at `start`.
    fn mark(&self, start: usize, quotes: &Quotes) -> Mark {
        let length = |from: usize, belongs: &dyn Fn(char) -> bool| {
            let rest = &self.text[from..];
            rest.find(|character| !belongs(character)).unwrap_or(rest.len())
        };
        let stop = start + length(start, &is_terminator);
        // A straight quote closes only what was opened: in `peace."But` it does, in `war."We` after no quote it opens.
        let mut open = quotes.straight;
        let mut end = stop;
        for character in self.text[stop..].chars() {
            if character == '"' && !std::mem::replace(&mut open, false) || !is_closer(character) {
                break;
            }
            end += character.len_utf8();
        }
        Mark { start, stop, end }
    }

    fn ends_sentence(&self, mark: &Mark, sentence: usize, quotes: &Quotes) -> bool {
        let rest = &self.text[mark.end..];
        let Some(first) = rest.chars().next() else { return true };
        if !first.is_whitespace() {
            return self.is_glued(mark, first);
        }
        let next = rest.trim_start().trim_start_matches(is_opener);
        let Some(initial) = next.chars().next() else { return true };
        let closed = mark.end > mark.stop;
        let plain_stop = &self.text[mark.start..mark.stop] == ".";
        if initial.is_lowercase() {
            // "What?" he asked. In text without capitals a closed quote goes on, anything else does not.
            let goes_on = self.case != Case::Lower || closed || !plain_stop && quotes.straight;
            return !goes_on && (!plain_stop || self.stop_ends(mark, sentence, next));
        }
        if plain_stop {
            return closed || self.stop_ends(mark, sentence, next);
        }
        let ellipsis = !self.text[mark.start..mark.stop].contains(['!', '?']);
        !ellipsis || closed || initial.is_uppercase()
    }

    /// Whether a mark with no space after it ends a sentence all the same: "the difference.Armenia's".
    fn is_glued(&self, mark: &Mark, first: char) -> bool {
        let before = &self.text[..mark.start];
        let letters = before.chars().rev().take_while(|character| character.is_alphabetic());
        let word: Vec<char> = letters.take(24).collect();
        let lower = word.len() >= 2 && word.iter().all(|character| character.is_lowercase());
        let rest = &self.text[mark.end..];
        // Where a quote opens right after a stop a sentence has ended, whatever the case.
        if matches!(first, '“' | '"') {
            return lower && rest.chars().nth(1).is_some_and(char::is_alphabetic);
        }
        if mark.end > mark.stop {
            return first.is_uppercase();
        }
        let next: Vec<char> = rest.chars().take_while(|character| character.is_alphabetic()).take(24).collect();
        // Neither "Booking.Com" nor "example.Org" but "ended.But": what follows the next word must be no part of a name.
        let after = rest.chars().nth(next.len());
        let ordinary = after.is_none_or(|character| character.is_whitespace() || matches!(character, ',' | '\'' | '’'));
        let one_letter = matches!(next.as_slice(), ['A' | 'I']);
        lower
            && first.is_uppercase()
            && ordinary
            && (one_letter || next.len() >= 2)
            && next[1..].iter().all(|character| character.is_lowercase())
            && !matches!(next.iter().collect::<String>().as_str(), "Com" | "Net" | "Org" | "Gov" | "Js")
    }

    /// Whether a single full stop with a space after it ends the sentence. `next` is what follows, without openers.
    fn stop_ends(&self, mark: &Mark, sentence: usize, next: &str) -> bool {
        let before = &self.text[sentence..mark.start];
        let word = before.rsplit(|character: char| character.is_whitespace()).next().unwrap_or_default();
        let word = word.trim_start_matches(is_opener);
        let word = word.rsplit(['-', '–', '—', '/']).next().unwrap_or_default();
        let following = next.split(|character: char| !character.is_alphanumeric()).next().unwrap_or_default();
        let number = following.starts_with(|character: char| character.is_ascii_digit());
        if word.is_empty() {
            return true;
        }
        if word.bytes().all(|byte| byte.is_ascii_digit()) && before.trim() == word && word.len() <= 3 {
            // "1. The first point".
            return false;
        }
        // "p. 4" is a page, "Jan P. Syse" has an initial.
        let initial = word.len() == 1 && word.starts_with(|letter: char| letter.is_ascii_uppercase());
        if let Some(follows) = lexicon::abbreviation(word).filter(|_| !initial) {
            return match follows {
                // In text without capitals "no." and "col." are words and titles alike, but a title is far likelier.
                Follows::Name => false,
                Follows::Number if number => false,
                Follows::Number => !is_month(word) || self.may_start(following),
                Follows::Either => self.may_start(following) && !number,
            };
        }
        if is_initials(word) {
            return match word.len() {
                // "George W. Bush", and "Vitamin C. The" only when a sentence plainly begins.
                1 => self.may_start(following) && word != "I" && self.case == Case::Mixed,
                _ => self.may_start(following) && !number,
            };
        }
        true
    }

    /// Whether a word is likelier to begin a sentence than to go on with a name.
    fn may_start(&self, word: &str) -> bool {
        let capital = word.starts_with(char::is_uppercase);
        (capital || self.case == Case::Lower) && lexicon::starts_sentence(word)
    }
}

/// "U.S", "J", "D.C": single letters between full stops.
fn is_initials(word: &str) -> bool {
    let mut parts = word.split('.');
    parts.all(|part| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    })
}

fn is_month(word: &str) -> bool {
    let months = ["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"];
    months.iter().any(|month| word.eq_ignore_ascii_case(month))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Splits at `|` and checks that the splitter does too.
    #[track_caller]
    fn check(marked: &str) {
        let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
        let text = marked.replace('|', "");
        let mut spans = Vec::new();
        split(&text, Span::new(0, text.len()), Case::of(&text), &mut spans);
        let found: Vec<&str> = spans.iter().map(|span| span.of(&text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn plain_sentences() {
        check("Rebels took the town.| The army fled!| Who holds the bridge?| Nobody said.");
        check("It ended.| 12 people were hurt.| “Enough,” she said.| (The border stayed shut.)| Talks go on.");
        check("One sentence without a stop");
    }

    #[test]
    fn abbreviations_and_initials_do_not_end_sentences() {
        check("Gen. Abdel Salam met Lt. Col. J. B. Okello in St. Petersburg.| They talked.");
        check("The U.S. ambassador left.| The U.N. Security Council met, said Mr. Hale.");
        check("He flew home to the U.S.| The visit was his last.");
        check("Acme Corp. shares fell.| They bought Acme Corp.| The firm has 5 plants.");
        check("It began at 5 p.m. on Jan. 5 near No. 4 Gate.| It ended at 7 p.m.| The crowd left.");
        check("Asked about a deal, he said no.| He then left.");
        check("The strike killed Sen. Diop, of Dakar, at approx. 3 a.m. Tuesday.");
    }

    #[test]
    fn numbers_are_not_split() {
        check("Prices rose 3.5 percent.| Some paid $1.2 million.| In 2010.");
        check("1. The first point stands.| 2. So does this.");
    }

    #[test]
    fn quotes_belong_to_the_sentence_they_close() {
        check("“We will not leave.” | The minister sat down.");
        check("\"Is it over?\" she asked.| \"No.\" | He laughed.");
        check("\"Stop!\" he cried.| They stopped ... and then they ran.| They waited...| Nobody came.");
    }

    #[test]
    fn sentences_without_a_space_between_them() {
        check("Your gift makes all the difference.|Kenya's president said on Monday he would go.");
        check("It was over.|“We lost,” he said.|\"They won,\" she said.");
        check("See example.com or Booking.Com for the U.S.-led list, e.g. Node.Js.");
    }

    #[test]
    fn text_without_capitals() {
        check("police fired at the crowd.| three people died, said dr. rao of the hospital.| a curfew was imposed.");
        check("\"we want peace.\" he said so twice.| then he left.");
    }

    #[test]
    fn text_in_capitals() {
        check("MAJ. GEN. RUIZ SAID SO.|  DETACHMENT NO. 4 OF THE U.S. ARMY LEFT AT 5 P.M. YESTERDAY.| IT WAS LATE.");
    }

    #[test]
    fn endless_text_is_cut() {
        let text = "word ".repeat(10_000);
        let mut spans = Vec::new();
        split(&text, Span::new(0, text.len()), Case::Lower, &mut spans);
        assert!(spans.len() > 10 && spans.iter().all(|span| span.len() <= MAX_SENTENCE + 5));
    }
}
