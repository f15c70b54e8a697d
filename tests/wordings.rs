//! Wordings of figures and times with what must be read from them, one a row of `tests/tables`.
//!
//! A figure is written as kind, bound, value and unit, as in `killed at_least 20` or `money 1500000000 USD`: no bound
//! is exact, `3..9` is a range, people and per cent need no unit, `(part)` is a part of another figure.

use std::fmt::Write as _;

use factwire::document::{Document, Source};
use factwire::figure::{self, Figure};
use factwire::lexicon::Pieces;
use factwire::ontology::Qualifier;
use factwire::span::Span;
use factwire::time::{self, TimeExpression};
use factwire::{number, text};

fn read(text: &str, date: &str) -> (Document, Vec<TimeExpression>, Vec<Figure>) {
    let source = Source { text: text.into(), date: date.parse().ok(), ..Source::default() };
    let doc = text::document(source);
    let pieces = Pieces::read(&doc);
    let numbers = number::find(&pieces);
    let times = time::find(&pieces, doc.source.date, &numbers);
    let spans: Vec<Span> = times.iter().map(|time| time.span).collect();
    let figures = figure::find(&pieces, &numbers, &spans);
    (doc, times, figures)
}

fn shown(figure: &Figure) -> String {
    let mut line = figure.kind.to_string();
    if figure.qualifier != Qualifier::Exact {
        write!(line, " {}", figure.qualifier).expect("a string takes all");
    }
    write!(line, " {}", figure.value).expect("a string takes all");
    if let (Qualifier::Between | Qualifier::Vague, Some(high)) = (figure.qualifier, figure.high) {
        write!(line, "..{high}").expect("a string takes all");
    }
    if let Some(unit) = figure.unit.as_deref().filter(|unit| !matches!(*unit, "people" | "percent")) {
        write!(line, " {unit}").expect("a string takes all");
    }
    if figure.part {
        line.push_str(" (part)");
    }
    line
}

/// Runs every row of a table and reports all that differ.
fn table(name: &str, least: usize, got: impl Fn(&csv::StringRecord) -> String) {
    let path = format!("tests/tables/{name}");
    let mut rows = 0;
    let mut wrong = Vec::new();
    for row in csv::Reader::from_path(&path).expect("the table is there").records() {
        let row = row.expect("the table is CSV");
        rows += 1;
        let expected = row.get(row.len() - 1).unwrap_or_default();
        let got = got(&row);
        if got != expected {
            wrong.push(format!("{path}:{}: {row:?}\n  got: {got}", rows + 1));
        }
    }
    assert!(rows >= least, "{path} has {rows} rows");
    assert!(wrong.is_empty(), "{} rows differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn figures_are_read_as_the_table_says() {
    table("figures.csv", 400, |row| {
        let (_, _, figures) = read(&row[0], "");
        figures.iter().map(shown).collect::<Vec<_>>().join("; ")
    });
}

#[test]
fn times_are_read_as_the_table_says() {
    table("times.csv", 250, |row| {
        let (_, times, _) = read(&row[1], &row[0]);
        times.iter().map(|time| time.value.as_str()).collect::<Vec<_>>().join("; ")
    });
}

#[test]
fn bounds_follow_the_wording() {
    let bounds = |text| {
        let (_, _, figures) = read(text, "");
        figures.first().map(|figure| (figure.low, figure.high))
    };
    assert_eq!(bounds("More than 6,000 people were killed."), Some((Some(6001.0), None)));
    assert_eq!(bounds("More than 300 km of road was lost."), Some((Some(300.0), None)));
    assert_eq!(bounds("Up to 40 people were killed."), Some((Some(0.0), Some(40.0))));
    assert_eq!(bounds("Fewer than 40 people were killed."), Some((Some(0.0), Some(39.0))));
    assert_eq!(bounds("About 40 people were killed."), Some((None, None)));
    assert_eq!(bounds("Dozens of people were killed."), Some((Some(24.0), Some(99.0))));
}

/// A small generator, so that the test is the same every time (Marsaglia's xorshift, 2003).
fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

#[test]
fn no_text_makes_it_panic_or_leave_its_bounds() {
    let pieces = [
        "12",
        "1,2,3,4",
        "10–",
        "-5",
        "٢٠",
        "½",
        "$",
        "€",
        "%",
        " ",
        " ",
        " ",
        "-",
        "–",
        "—",
        "'s",
        "killed",
        "people",
        "dozens",
        "of",
        "in",
        "May",
        "Monday",
        "last",
        "year",
        "a",
        "half",
        "million",
        "bn",
        ",",
        ".",
        "(",
        ")",
        ":",
        "/",
        "no",
        "one",
        "two",
        "hundred",
        "and",
        "wounded",
        "2021",
        "1990s",
        "é",
        "北京",
        "😀",
        "\u{301}",
        "\n",
        "\n\n",
        "T-72",
        "99999999999999999999999999",
        "between",
        "to",
        "or",
        "at least",
        "more than",
        "ago",
        "toll",
        "votes",
        "old",
    ];
    let mut state = 0x9E37_79B9_7F4A_7C15;
    for _ in 0..2000 {
        let count = next(&mut state) % 24;
        let mut text = String::new();
        for _ in 0..count {
            match next(&mut state) % 8 {
                0 => text.extend(char::from_u32((next(&mut state) % 0x11_0000) as u32)),
                1 => text.push(' '),
                _ => text.push_str(pieces[(next(&mut state) % pieces.len() as u64) as usize]),
            }
        }
        let (doc, times, figures) = read(&text, "2021-05-14");
        for figure in &figures {
            assert!(figure.value.is_finite() && figure.value >= 0.0, "{text:?} gives {}", figure.value);
            assert!(!doc.slice(figure.span).is_empty(), "{text:?}");
        }
        assert!(times.iter().all(|time| !time.value.is_empty() && !doc.slice(time.span).is_empty()), "{text:?}");
    }
}

#[test]
fn a_thousand_digits_are_no_figure() {
    let (_, _, figures) = read(&format!("{} people were killed.", "9".repeat(1000)), "");
    assert!(figures.is_empty(), "{figures:?}");
}
