//! Tokens after Universal Dependencies: clitics and hyphens apart, abbreviations and numbers whole.

use super::lexicon;
use crate::document::Token;
use crate::span::Span;

/// Appends the tokens of a sentence.
///
/// White space always ends a token. Inside a word, `n't`, `'s` and their like are split off, hyphens stand alone except
/// after a prefix or a digit, and a full stop stays with an abbreviation, an initial or a number.
pub fn tokens(text: &str, span: Span, out: &mut Vec<Token>) {
    let bytes = &text.as_bytes()[..span.end()];
    let mut at = span.start();
    while at < bytes.len() {
        let spaced = skip_space(text, bytes, &mut at);
        if at >= bytes.len() {
            break;
        }
        let start = at;
        while at < bytes.len() && !is_space(text, bytes, at) {
            at += width(bytes[at]);
        }
        let first = out.len();
        chunk(text, start, at.min(bytes.len()), out);
        if let Some(token) = out.get_mut(first) {
            token.spaced = spaced || start == span.start();
        }
    }
}

/// Bytes of the character that a byte begins.
fn width(byte: u8) -> usize {
    match byte {
        0..=0xBF => 1,
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    }
}

fn is_space(text: &str, bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b'!'..=0x7F => false,
        0..=b' ' => true,
        _ => text[at..].chars().next().is_some_and(|character| {
            character.is_whitespace() || matches!(character, '\u{200b}' | '\u{feff}' | '\u{85}')
        }),
    }
}

fn skip_space(text: &str, bytes: &[u8], at: &mut usize) -> bool {
    let start = *at;
    while *at < bytes.len() && is_space(text, bytes, *at) {
        *at += width(bytes[*at]);
    }
    *at > start
}

fn push(start: usize, end: usize, out: &mut Vec<Token>) {
    if start < end {
        out.push(Token { span: Span::new(start, end), spaced: false });
    }
}

/// Splits what stands between two spaces.
fn chunk(text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    // Most words are letters only, perhaps with a comma or a full stop.
    let letters = bytes[start..end].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if start + letters == end {
        return word(text, start, end, out);
    }
    if start + letters + 1 == end && letters > 0 && bytes[end - 1] == b',' {
        word(text, start, end - 1, out);
        return push(end - 1, end, out);
    }
    if is_address(&text[start..end]) {
        let close = end - trailing_marks(&text[start..end]);
        push(start, close, out);
        return marks(text, close, end, out);
    }
    pieces(text, start, end, out);
}

/// Whether a chunk is a URL, an e-mail address, a hashtag or a name on a network.
fn is_address(chunk: &str) -> bool {
    let chunk = chunk.trim_start_matches(['(', '<', '"', '“', '[']);
    let bytes = chunk.as_bytes();
    let Some(first) = bytes.first() else { return false };
    let link = ["http://", "https://", "www.", "ftp://"];
    if link.iter().any(|start| bytes.len() > start.len() && bytes[..start.len()].eq_ignore_ascii_case(start.as_bytes()))
    {
        return true;
    }
    let wordlike = |part: &str| part.chars().next().is_some_and(char::is_alphanumeric);
    if matches!(first, b'@' | b'#') {
        return chunk.len() > 1 && wordlike(&chunk[1..]);
    }
    match chunk.find('@') {
        Some(at) => {
            at > 0 && !chunk.contains('<') && wordlike(chunk) && wordlike(&chunk[at + 1..]) && chunk[at..].contains('.')
        }
        None => false,
    }
}

/// Bytes of punctuation at the end of an address that do not belong to it.
fn trailing_marks(chunk: &str) -> usize {
    chunk.len() - chunk.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '>', '"', '”', '’', '\'']).len()
}

/// What a character is to the tokeniser.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Digit,
    Apostrophe,
    /// Joins what stands on its sides: full stop, comma between digits, and so on.
    Point,
    Hyphen,
    Mark,
}

fn kind(character: char) -> Kind {
    match character {
        'a'..='z' | 'A'..='Z' | '_' => Kind::Letter,
        '0'..='9' => Kind::Digit,
        '\'' | '’' => Kind::Apostrophe,
        '.' | ',' | ':' | '/' | '&' => Kind::Point,
        '-' | '‐' | '\u{2011}' => Kind::Hyphen,
        _ if character.is_alphabetic() => Kind::Letter,
        _ if character.is_numeric() => Kind::Digit,
        '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{ad}' => Kind::Letter,
        _ => Kind::Mark,
    }
}

/// Splits a chunk that is more than a word with a comma.
fn pieces(text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
    let mut at = start;
    while at < end {
        let Some(character) = text[at..end].chars().next() else { break };
        let begins_word = match kind(character) {
            Kind::Letter | Kind::Digit => true,
            Kind::Point if character == '.' => next_kind(text, at + 1, end) == Some(Kind::Digit) && at == start,
            Kind::Apostrophe => begins_with_apostrophe(text, at, end),
            Kind::Hyphen if character == '-' && at == start => next_kind(text, at + 1, end) == Some(Kind::Digit),
            _ => false,
        };
        if begins_word {
            let stop = word_end(text, at, end);
            word(text, at, stop, out);
            at = stop;
        } else {
            let stop = mark_end(text, at, end);
            push(at, stop, out);
            at = stop;
        }
    }
}

fn next_kind(text: &str, at: usize, end: usize) -> Option<Kind> {
    text.get(at..end)?.chars().next().map(kind)
}

/// "'s" after a quote or a bracket, and years such as '90s.
fn begins_with_apostrophe(text: &str, at: usize, end: usize) -> bool {
    let rest = &text[at..end];
    let after = rest.chars().skip(1);
    let letters: String = after.take_while(|next| next.is_alphanumeric()).collect();
    let year = letters.len() >= 2 && letters.as_bytes()[..2].iter().all(u8::is_ascii_digit);
    year || is_clitic(&letters) || matches!(letters.to_ascii_lowercase().as_str(), "em" | "til" | "cause" | "tis")
}

fn is_clitic(letters: &str) -> bool {
    ["s", "re", "ve", "ll", "d", "m"].iter().any(|clitic| letters.eq_ignore_ascii_case(clitic))
}

/// Where the word that begins at `at` ends: hyphens, clitics and final stops included, to be split later.
fn word_end(text: &str, at: usize, end: usize) -> usize {
    let mut stop = at;
    let mut last = Kind::Mark;
    for (offset, character) in text[at..end].char_indices() {
        let here = at + offset;
        let now = kind(character);
        let next = next_kind(text, here + character.len_utf8(), end);
        let inside = match now {
            Kind::Letter | Kind::Digit => true,
            _ if offset == 0 => true,
            Kind::Apostrophe => next == Some(Kind::Letter) || next == Some(Kind::Digit) && last == Kind::Letter,
            Kind::Hyphen => {
                matches!(next, Some(Kind::Letter | Kind::Digit))
                    && matches!(last, Kind::Letter | Kind::Digit | Kind::Point)
            }
            Kind::Point => joins(text, at, here, end, character, last, next),
            Kind::Mark => false,
        };
        if !inside {
            return here;
        }
        stop = here + character.len_utf8();
        last = now;
    }
    stop
}

/// Whether a full stop, comma, colon, slash or ampersand belongs to the word around it.
fn joins(text: &str, at: usize, here: usize, end: usize, mark: char, last: Kind, next: Option<Kind>) -> bool {
    let digits = last == Kind::Digit && next == Some(Kind::Digit);
    match mark {
        ',' | ':' => digits && (mark == ':' || three_digits(text, here + 1, end)),
        '/' => digits || last == Kind::Letter && next == Some(Kind::Letter) && here - at == 1,
        '&' => last == Kind::Letter && next == Some(Kind::Letter) && here - at <= 3 && is_upper(text, here - 1),
        _ => {
            let before = &text[at..here];
            let rest = &text[here + 1..end];
            match next {
                Some(Kind::Digit) => last == Kind::Digit || last == Kind::Mark,
                Some(Kind::Letter) => {
                    is_lettered(before) && first_run(rest) == 1 && is_lettered_on(rest) || is_domain(before, rest)
                }
                // The last of several stops, or of an abbreviation.
                _ => !rest.starts_with('.') && keeps_stop(before, rest, &text[end..]),
            }
        }
    }
}

/// Whether three digits, and no fourth, follow: "6,000" but not "in 2019,2020".
fn three_digits(text: &str, at: usize, end: usize) -> bool {
    let digits = text.as_bytes()[at..end].iter().take_while(|byte| byte.is_ascii_digit()).count();
    digits == 3 || digits == 2
}

fn is_upper(text: &str, at: usize) -> bool {
    text.as_bytes()[at].is_ascii_uppercase()
}

/// Whether a text is single letters with full stops between: "U", "U.S", "a.m".
fn is_lettered(before: &str) -> bool {
    before.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

/// How many letters the text begins with.
fn first_run(rest: &str) -> usize {
    rest.chars().take_while(|next| next.is_alphanumeric()).count()
}

/// Whether letters and stops go on to the end of the word: "S.", "S.-led", but not "S" before a space.
fn is_lettered_on(rest: &str) -> bool {
    let mut after = rest.chars().skip(1);
    match after.next() {
        None => true,
        Some(next) => !next.is_alphanumeric(),
    }
}

/// Whether a stop stands in a domain or file name: "example.com".
fn is_domain(before: &str, rest: &str) -> bool {
    const ENDINGS: &[&str] = &["com", "org", "net", "gov", "edu", "co", "info", "uk", "ru", "html", "pdf", "tv", "io"];
    let ending: String = rest.chars().take_while(|next| next.is_ascii_alphanumeric()).collect();
    let after = rest[ending.len()..].chars().next();
    before.is_ascii()
        && ENDINGS.contains(&ending.as_str())
        && before.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
        && before.len() > 1
        && after.is_none_or(|next| matches!(next, '.' | ',' | '/' | ')' | '\'' | '’' | '"' | '?' | '!' | ':' | ';'))
}

/// Whether a word keeps the stop behind it: initials, "U.S.", "Mr.", "Jan."; `after` is what follows the next space.
fn keeps_stop(before: &str, rest: &str, after: &str) -> bool {
    let word = before.rsplit(['-', '’', '\'']).next().unwrap_or(before);
    let mut letters = word.chars();
    let single = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    // "I." ends a sentence; "(J." and "J.," are initials.
    if single && word == before {
        return word != "I" || !rest.is_empty();
    }
    if word.contains('.') && is_lettered(word) {
        return true;
    }
    if lexicon::abbreviation(word).is_none() {
        return false;
    }
    let small = word.to_ascii_lowercase();
    if NUMBERED.contains(&small.as_str()) {
        return after.trim_start().starts_with(|next: char| next.is_ascii_digit());
    }
    word.starts_with(char::is_uppercase) || SMALL.contains(&small.as_str())
}

/// Abbreviations that are words as well, or end sentences as often, unless a number follows: "No. 4".
const NUMBERED: &[&str] = &[
    "no", "nos", "vol", "art", "fig", "ch", "ed", "para", "sect", "p", "pp", "tel", "ext", "mon", "sun", "sat", "mar",
    "may",
];

/// Abbreviations that are written small; the others without a capital are words: "ill.", "miss.".
const SMALL: &[&str] = &["etc", "al", "vs", "v", "eg", "ie", "cf", "ca", "approx", "viz"];

/// Where the mark that begins at `at` ends: runs of dots, dashes and the like are one token.
fn mark_end(text: &str, at: usize, end: usize) -> usize {
    let rest = &text[at..end];
    let Some(first) = rest.chars().next() else { return end };
    let run = |same: &dyn Fn(char) -> bool| {
        rest.char_indices().find(|(_, next)| !same(*next)).map_or(rest.len(), |(offset, _)| offset)
    };
    let length = match first {
        '.' | '-' | '*' | '=' | '_' | '~' | '`' => run(&|next| next == first),
        '!' | '?' => run(&|next| matches!(next, '!' | '?')),
        '\'' if rest.starts_with("''") => 2,
        _ => first.len_utf8(),
    };
    at + length
}

/// Splits marks only.
fn marks(text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
    let mut at = start;
    while at < end {
        let stop = mark_end(text, at, end);
        push(at, stop, out);
        at = stop;
    }
}

/// Words before a hyphen that belong to what follows.
const PREFIXES: &[&str] = &[
    "anti", "co", "counter", "de", "e", "ex", "extra", "hyper", "inter", "intra", "macro", "mega", "micro", "mid",
    "mini", "multi", "neo", "non", "over", "post", "pre", "pro", "pseudo", "quasi", "re", "semi", "sub", "super",
    "trans", "ultra", "un", "under", "uni", "vice", "x",
];

/// Splits a word at its hyphens and clitics.
fn word(text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
    let bytes = &text.as_bytes()[start..end];
    if !bytes.iter().any(|byte| matches!(byte, b'-' | b'\'' | 0x80..)) {
        return joined(text, start, end, out);
    }
    let mut from = start;
    let mut search = start;
    while let Some(offset) = text[search..end].find(['-', '‐', '\u{2011}']) {
        let hyphen = search + offset;
        let width = text[hyphen..].chars().next().map_or(1, char::len_utf8);
        let before = &text[from..hyphen];
        let after = &text[hyphen + width..end];
        let digit = before.bytes().any(|byte| byte.is_ascii_digit()) && after.bytes().any(|byte| byte.is_ascii_digit());
        let coded = is_code(before) && after.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
        let prefix = PREFIXES.iter().any(|prefix| before.eq_ignore_ascii_case(prefix));
        search = hyphen + width;
        let splits = if digit { is_range(before, after) } else { !prefix && !coded };
        if splits && hyphen > start {
            clitics(text, from, hyphen, out);
            push(hyphen, hyphen + width, out);
            from = hyphen + width;
        }
    }
    clitics(text, from, end, out);
}

/// Whether two numbers around a hyphen are a range rather than a date or a telephone number: "10-15".
fn is_range(before: &str, after: &str) -> bool {
    let number =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    number(before) && number(after)
}

/// Capitals before a number, as in "T-72" and "COVID-19".
fn is_code(before: &str) -> bool {
    !before.is_empty() && before.bytes().all(|byte| byte.is_ascii_uppercase()) || before.eq_ignore_ascii_case("covid")
}

/// Splits "'s", "n't" and their like from a word, and pushes both.
fn clitics(text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
    let form = &text[start..end];
    let apostrophe = form.rfind(['\'', '’']).filter(|&offset| offset > 0);
    let Some(offset) = apostrophe else { return joined(text, start, end, out) };
    let mark = text[start + offset..].chars().next().map_or(1, char::len_utf8);
    let letters = &form[offset + mark..];
    let before = &form[..offset];
    if letters.eq_ignore_ascii_case("t") && before.len() > 1 && before.ends_with(['n', 'N']) {
        let split = start + offset - 1;
        push(start, split, out);
        return push(split, end, out);
    }
    if is_clitic(letters) {
        clitics(text, start, start + offset, out);
        return push(start + offset, end, out);
    }
    push(start, end, out);
}

/// Words written together that are two: "cannot", "gonna".
fn joined(text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
    let form = &text[start..end];
    let split = match form.len() {
        5 if ["gonna", "wanna", "gotta"].iter().any(|word| form.eq_ignore_ascii_case(word)) => 3,
        6 if form.eq_ignore_ascii_case("cannot") => 3,
        _ => 0,
    };
    if split > 0 {
        push(start, start + split, out);
        return push(start + split, end, out);
    }
    let letters = form.trim_start_matches(|next: char| next.is_ascii_digit() || matches!(next, '.' | ',')).len();
    if letters > 0 && letters < form.len() && is_unit(&form[form.len() - letters..]) {
        push(start, end - letters, out);
        return push(end - letters, end, out);
    }
    push(start, end, out);
}

/// Units that are written behind a number without a space and are words of their own.
fn is_unit(letters: &str) -> bool {
    const UNITS: &[&str] =
        &["km", "kg", "cm", "mm", "am", "pm", "a.m.", "p.m.", "mph", "m", "bn", "mg", "ml", "ft", "lb", "k"];
    UNITS.contains(&letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> String {
        let mut out = Vec::new();
        tokens(text, Span::new(0, text.len()), &mut out);
        out.iter().map(|token| token.span.of(text)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_and_marks() {
        for (text, expected) in [
            ("Rebels fled, officials said.", "Rebels fled , officials said ."),
            ("They can't; we'll see—don't", "They ca n't ; we 'll see — do n't"),
            ("He cannot say it's theirs", "He can not say it 's theirs"),
            ("Kenya’s army didn’t", "Kenya ’s army did n’t"),
            ("the Moscow-backed Nagorno-Karabakh", "the Moscow - backed Nagorno - Karabakh"),
            ("a pro-Western ex-minister", "a pro-Western ex-minister"),
            ("T-72 tanks and COVID-19", "T-72 tanks and COVID-19"),
            ("the U.S. and Mr. Abe in the U.K.", "the U.S. and Mr. Abe in the U.K."),
            ("6,000 men, 4.5 tonnes, $1.5bn, 40%.", "6,000 men , 4.5 tonnes , $ 1.5 bn , 40 % ."),
            ("10-15 troops at 10:30", "10 - 15 troops at 10:30"),
            ("\"No,\" he said (again)...", "\" No , \" he said ( again ) ..."),
            ("“No,” he said", "“ No , ” he said"),
            ("difference.Armenia's", "difference . Armenia 's"),
            ("See https://example.org/a?b=c.", "See https://example.org/a?b=c ."),
            ("Write to desk@example.com, please", "Write to desk@example.com , please"),
            ("at 5 p.m. on Jan. 3, No. 4", "at 5 p.m. on Jan. 3 , No. 4"),
            ("He said No. Rebels fell ill.", "He said No . Rebels fell ill ."),
            ("the soldiers' families", "the soldiers ' families"),
            ("gonna go", "gon na go"),
            ("and/or", "and / or"),
        ] {
            assert_eq!(split(text), expected, "{text}");
        }
    }

    #[test]
    fn tokens_cover_all_that_is_not_space() {
        for text in ["a\u{a0}b", "…—“x”", "-5 –3", "\u{200b}a", "''x''", "..a.b..", "1.2.3", "'", "é'é-é", "@@ #"]
        {
            let mut out = Vec::new();
            tokens(text, Span::new(0, text.len()), &mut out);
            let joined: String = out.iter().map(|token| token.span.of(text)).collect();
            let solid: String = text.chars().filter(|&next| !next.is_whitespace() && next != '\u{200b}').collect();
            assert_eq!(joined, solid, "{text:?}");
        }
    }

    #[test]
    fn a_token_knows_whether_space_stands_before_it() {
        let mut out = Vec::new();
        tokens("xx He can't.", Span::new(3, 12), &mut out);
        assert_eq!(out.iter().map(|token| token.spaced).collect::<Vec<_>>(), [true, true, false, false]);
    }
}
