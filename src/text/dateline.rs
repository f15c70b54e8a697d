//! Datelines: the place, date and agency with which a report begins.

use once_cell::sync::Lazy;
use regex::Regex;

use super::lexicon;
use super::sentence::Case;

/// Place names, perhaps a date, an agency in brackets, then a dash: "YEREVAN, Armenia (AP) —"; or the agency alone.
static WIRE: Lazy<Regex> = Lazy::new(|| {
    let agencies: Vec<_> = lexicon::lines(include_str!("../../data/lexicon/agencies.txt")).map(regex::escape).collect();
    let place = r"(?:[A-ZÀ-Þ][A-Za-zÀ-ſ.'’-]*(?:[ ,/]+[A-Za-zÀ-ſ0-9.'’-]+){0,9}\s*)?";
    let agency = format!(r"\((?:{})(?:[ /][A-Za-zÀ-ſ.&-]+){{0,3}}\)", agencies.join("|"));
    Regex::new(&format!(r"^(?:{place}{agency}\s*(?:—|–|--?|―|:)|{agency}\s)\s*"))
        .expect("names of agencies are escaped")
});

/// A place in capitals, perhaps with a date and region, then a dash or colon: "NEW DELHI:", "BEIRUT, Lebanon —".
static PLACE: Lazy<Regex> = Lazy::new(|| {
    Regex::new(
        r"(?x)^
        [A-ZÀ-Þ]{2}[A-ZÀ-Þ.'’\-]* (?: \  [A-ZÀ-Þ][A-ZÀ-Þ.'’\-]+ ){0,3}
        (?: \s* [,/] \s* [A-Za-zÀ-ſ0-9.'’]+ (?: \  [A-Za-zÀ-ſ0-9.'’]+ ){0,3} ){0,3}
        (?: \s* (?: — | – | -- | ― ) \s* | \s+ - \s+ | : \s+ )",
    )
    .expect("valid")
});

/// A place, a day and an agency, then a dash: "New York, May 17, IRNA -".
static DATED: Lazy<Regex> = Lazy::new(|| {
    Regex::new(
        r"(?x)^
        [A-ZÀ-Þ][A-Za-zÀ-ſ.'’\-]+ (?: \  [A-ZÀ-Þ][A-Za-zÀ-ſ.'’\-]+ ){0,3} , \s+
        (?: [A-Z][a-z]{2,8} \.? \s+ [0-9]{1,2} | [0-9]{1,2} \s+ [A-Z][a-z]{2,8} \.? ) (?: , \s+ [0-9]{4} )?
        (?: ,? \s+ [A-Z]{2,8} )? \s* (?: — | – | -- | \s - \s ) \s*",
    )
    .expect("valid")
});

/// A transcript's head: place and date, then notes in brackets of which the last is [TEXT] or its like.
static TRANSCRIPT: Lazy<Regex> = Lazy::new(|| {
    Regex::new(
        r"(?xi)^
        [A-Za-zÀ-ſ][A-Za-zÀ-ſ.'’\-\ ]+ (?: \s* \( [^)]+ \) )? , \s+ [0-9]{1,2} \s+ [a-z]{3,9} \.? (?: \s+ [0-9]{2,4} )?
        (?: \s* \( [^)]+ \) )?
        \s* (?: — | – | --? )
        (?: \s* \[ [^\]]+ \] )* \s* ",
    )
    .expect("valid")
});

/// "kampala:" in text without capitals.
static LOWER: Lazy<Regex> =
    Lazy::new(|| Regex::new(r"^[a-zß-ÿ][a-zß-ÿ.'’\-]*(?: [a-zß-ÿ.'’\-]+){0,2}:\s+").expect("valid"));

/// A line that gives a date and nothing else, perhaps with the time and a word such as "Published".
static DATE: Lazy<Regex> = Lazy::new(|| {
    Regex::new(
        r"(?xi)^
        (?: (?: (?: first\ |last\ )? (?: published | updated | posted | modified | created ) (?: \ on | \ at )?
              | this\ (?: story|article|report ) \ (?: is|was ) \ (?: from | (?: published|updated ) (?: \ on )? ) | date | on )
            \s* :? \s* )?
        (?: (?: mon|tues?|wednes|wed|thurs?|thu|fri|satur|sat|sun ) (?: day )? \.? ,? \s+ )?
        (?: (?: jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec ) [a-z]* \.? \s+ [0-9]{1,2} (?: st|nd|rd|th )? ,? \s+ [0-9]{4}
          | [0-9]{1,2} (?: st|nd|rd|th )? \s+ (?: jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec ) [a-z]* \.? ,? \s+ [0-9]{2,4}
          | [0-9]{4}-[0-9]{2}-[0-9]{2} | [0-9]{1,2} [/.] [0-9]{1,2} [/.] [0-9]{2,4} )
        (?: [,\ |–\-]* (?: at \s+ )? [0-9]{1,2} [:.h] [0-9]{2} (?: :[0-9]{2} )? \s* (?: [ap]\.?m\.? )? (?: \s+ [a-z]{2,4} )? )?
        \s* [.|]? $",
    )
    .expect("valid")
});

/// A dateline is shorter than this.
const LONGEST: usize = 160;

/// How many bytes at the start of a paragraph are its dateline, with the space after it; 0 when it has none.
///
/// A place alone counts only where the story has not begun.
pub(super) fn length(paragraph: &str, case: Case, first: bool) -> usize {
    let mut end = paragraph.len().min(LONGEST * 2);
    while !paragraph.is_char_boundary(end) {
        end -= 1;
    }
    let start = &paragraph[..end];
    if !start.contains([':', '-', '—', '–', '―']) && !start.starts_with('(') {
        return 0;
    }
    // Compiling an expression takes a millisecond: only texts that may need it should pay.
    let bracketed = start.contains('(') && start.contains(')');
    let dated = start.contains(',') && start.bytes().any(|byte| byte.is_ascii_digit());
    let transcript = || if dated { TRANSCRIPT.find(start) } else { None };
    let found = transcript().or_else(|| if bracketed { WIRE.find(start) } else { None });
    let by_case = || match case {
        // In capitals everything looks like a place before a dash: only transcripts and agencies are sure.
        _ if !first => None,
        Case::Upper => None,
        Case::Mixed => PLACE.find(start).or_else(|| if dated { DATED.find(start) } else { None }),
        Case::Lower => LOWER.find(start),
    };
    let length = found.or_else(by_case).map_or(0, |found| found.end());
    // What is all dateline is none.
    if length > LONGEST || length >= paragraph.trim_end().len() { 0 } else { length }
}

/// Whether a paragraph is only a date.
pub(super) fn is_date(paragraph: &str) -> bool {
    let digits = paragraph.bytes().filter(u8::is_ascii_digit).count();
    paragraph.len() <= 80 && digits >= 3 && DATE.is_match(paragraph)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_are_cut_from_their_story() {
        for (dateline, story) in [
            ("NAIROBI, Kenya (AP) — ", "Police fired tear gas."),
            ("ACCRA, March 4 (Reuters) - ", "Ghana said on Monday."),
            ("Port-au-Prince (AFP) – ", "Gangs attacked."),
            ("(Xinhua) -- ", "China will host talks."),
            ("TEGUCIGALPA -- ", "The army denied it."),
            ("(CNN) ", "Chad closed the border."),
            ("Addis Ababa, March 9, ENA - ", "Kenya will host the talks."),
            ("NEW DELHI: ", "The court stayed the order."),
            ("UNITED NATIONS, New York, June 2 — ", "The council met."),
            ("QUITO, 3 APR 89 (EFE) -- [COMMUNIQUE] [INTERIOR MINISTRY] [TEXT] ", "THE MINISTRY REPORTED"),
            ("LIMA, 12 OCT 90 -- [TEXT] ", "[PASSAGE OMITTED] FOUR POLICEMEN DIED"),
        ] {
            let text = format!("{dateline}{story}");
            let case = if story.starts_with("THE M") { Case::Upper } else { Case::Mixed };
            let expected = if story.starts_with('[') { text.find("FOUR").unwrap() } else { dateline.len() };
            assert_eq!(length(&text, case, true), expected, "{text}");
        }
        assert_eq!(length("kampala: police sealed the campus.", Case::Lower, true), "kampala: ".len());
    }

    #[test]
    fn what_only_looks_like_a_dateline_stays() {
        for text in [
            "NATO allies met on Friday - and disagreed.",
            "Ghana (pop. 30 million) - a quiet country - voted.",
            "The minister (a former general) said no.",
            "The Unity Party (UP) - the largest - walked out.",
            "PARIS -- ",
        ] {
            assert_eq!(length(text, Case::Mixed, true), 0, "{text}");
        }
        assert_eq!(length("asked about it, he said: we agreed.", Case::Lower, true), 0);
    }

    #[test]
    fn lines_of_date_only() {
        for date in [
            "Friday, July 21, 2017",
            "Published 3 March 2020",
            "Updated: 14 May 2021 10:15 GMT",
            "This story is from March 10, 2002",
            "2021-05-14",
        ] {
            assert!(is_date(date), "{date}");
        }
        assert!(!is_date("On March 3, 2020 rebels attacked."));
        assert!(!is_date("May 2020 elections were fair"));
    }
}
