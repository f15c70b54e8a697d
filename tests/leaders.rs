//! Who led which country when: `tests/tables/leaders.csv` holds every leader of REIGN (1950 to 2021) and every head of
//! state or government of the World Factbook, as those sources write them, with a day inside the term.
//!
//! A row without `why` is plain: the name finds a person who heads that country on that day. The others are the exceptions,
//! each with its reason, and most have the `id` of who is meant:
//!
//! - `a part of the name only`: REIGN gives a surname; the person under his full name holds the office
//! - `territory of GBR`: the Factbook repeats a sovereign or president for each dependent territory; the person is found by
//!   name, and has the office in the sovereign state, once
//! - `another of the name`: the source has a mistake; `id` had the office
//! - `not the head of … but …`: the source lists another office; the person is found by name
//! - `no name`: the cell holds something else

use std::collections::BTreeMap;

use factwire::gazetteer::{EntryId, Gazetteer, Tenure};
use factwire::ontology::Country;
use jiff::civil::Date;
use serde::Deserialize;

const TABLE: &str = include_str!("tables/leaders.csv");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    country: String,
    /// What the person heads: the `state`, the `government`, or is the `leader` in whatever office.
    heads: String,
    date: String,
    id: String,
    why: String,
}

/// Whether the office heads a state or government.
fn is_head(tenure: &Tenure, heads: &str) -> bool {
    let state = [
        "president",
        "king",
        "queen",
        "emperor",
        "emir",
        "sultan",
        "pope",
        "grand duke",
        "prince",
        "supreme leader",
        "head of state",
        "governor general",
        "captain regent",
    ];
    let government = ["prime minister", "chancellor", "premier", "chief minister", "governor"];
    let of = |roles: &[&str]| roles.contains(&tenure.role) || roles.contains(&tenure.general);
    // Sources call one man the head of both, and whom they call so differs.
    tenure.leads || of(&state) || of(&government) || heads == "leader" && tenure.role == "leader"
}

fn is_head_of(gazetteer: &Gazetteer, person: EntryId, country: Country, date: Date, heads: &str) -> bool {
    let mut terms = gazetteer.tenures_of(person);
    terms.any(|term| term.country == Some(country) && term.holds(Some(date)) && is_head(&term, heads))
}

#[test]
fn every_leader_of_the_sources_is_found_in_office() {
    let gazetteer = Gazetteer::builtin();
    let (mut wrong, mut exceptions) = (Vec::new(), BTreeMap::new());
    let mut count = 0;
    for row in csv::Reader::from_reader(TABLE.as_bytes()).into_deserialize() {
        let row: Row = row.expect("tables/leaders.csv");
        let date: Date = row.date.parse().expect("a day");
        let country = Country::new(&row.country).expect("a country code");
        let named: Vec<EntryId> =
            gazetteer.lookup(&row.name, Some(date)).iter().map(|candidate| candidate.entry).collect();
        let meant = gazetteer.by_id(&row.id);
        let holds = match row.why.as_str() {
            "" => named.iter().any(|&person| is_head_of(&gazetteer, person, country, date, &row.heads)),
            "a part of the name only" | "another of the name" => {
                meant.is_some_and(|person| is_head_of(&gazetteer, person, country, date, &row.heads))
            }
            "no name" => named.is_empty(),
            why if why.starts_with("not the head of ") => meant.is_some_and(|person| named.contains(&person)),
            why => {
                let sovereign = why.strip_prefix("territory of ").and_then(Country::new);
                let sovereign = sovereign.unwrap_or_else(|| panic!("tables/leaders.csv: unknown reason '{why}'"));
                meant.is_some_and(|person| {
                    named.contains(&person) && is_head_of(&gazetteer, person, sovereign, date, &row.heads)
                })
            }
        };
        if !holds {
            wrong.push(format!("{} ({}) on {}: {}", row.name, row.country, row.date, row.why));
        }
        *exceptions.entry(row.why.split(" of ").next().unwrap_or_default().to_owned()).or_insert(0) += 1;
        count += 1;
    }
    assert!(wrong.is_empty(), "{} of {count} rows:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 3200 && exceptions[""] >= 3074, "of {count} rows are exceptions {exceptions:?}");
}
