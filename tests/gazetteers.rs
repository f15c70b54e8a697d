//! The gazetteer files as a whole: what the build embedded is what they say, and what they say holds together.

use std::fs;
use std::path::{Path, PathBuf};

use factwire::document::Source;
use factwire::gazetteer::compile::{NoBase, compile};
use factwire::gazetteer::files::Files;
use factwire::gazetteer::row::Rows;
use factwire::gazetteer::{EntryId, Gazetteer};
use factwire::ontology::Country;
use factwire::text;
use jiff::civil::Date;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("gazetteers")
}

fn read() -> Files {
    Files::read(&folder()).expect("the gazetteer files are sound")
}

fn rows(files: &Files) -> Rows<'_> {
    files.rows().expect("the gazetteer files are sound")
}

fn date(text: &str) -> Option<Date> {
    text.parse().ok()
}

#[test]
fn what_is_embedded_is_what_the_files_say() {
    let (gazetteer, files) = (Gazetteer::builtin(), read());
    let rows = rows(&files);
    assert_eq!(gazetteer.len(), rows.entries.len());
    for row in &rows.entries {
        let entry = gazetteer.entry(gazetteer.by_id(row.id).unwrap_or_else(|| panic!("{} is missing", row.id)));
        let country = row.country.map(|country| country.to_string());
        assert_eq!((entry.id, entry.name, entry.kind), (row.id, row.name, row.kind));
        assert_eq!(
            (entry.country.map(|country| country.to_string()), entry.sector),
            (country, row.sector),
            "{}",
            row.id
        );
        assert_eq!((entry.code, entry.wikidata), (row.code, row.wikidata), "{}", row.id);
        assert_eq!(
            (entry.from, entry.until),
            (date(&row.from.to_string()), date(&row.until.to_string())),
            "{}",
            row.id
        );
        assert!((entry.weight - row.weight).abs() < 1e-4, "{}", row.id);
    }
    for row in &rows.aliases {
        let found = gazetteer.lookup(row.alias, None);
        let named = |entry: EntryId| gazetteer.entry(entry).id == row.entity;
        assert!(found.iter().any(|candidate| named(candidate.entry)), "{} is not found as {:?}", row.entity, row.alias);
    }
}

#[test]
fn compiling_twice_gives_the_same_bytes() {
    let files = read();
    let rows = rows(&files);
    let compiled = || compile(&rows, &NoBase).expect("the gazetteer files are sound");
    assert!(compiled() == compiled());
}

#[test]
fn the_files_are_sorted_so_that_a_change_is_one_line() {
    for item in fs::read_dir(folder()).unwrap() {
        let path = item.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "csv") {
            continue;
        }
        let mut reader = csv::Reader::from_path(&path).unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        for pair in rows.windows(2) {
            let [before, after] = [&pair[0], &pair[1]].map(|row| row.iter().collect::<Vec<_>>());
            assert!(before < after, "{}: {after:?} stands after {before:?}", path.display());
        }
    }
}

/// Every term of office that led a country: the holder's name finds him, and he has the country and the office at a
/// day within the term.
#[test]
fn every_leader_holds_his_office_within_his_term() {
    let (gazetteer, files) = (Gazetteer::builtin(), read());
    let rows = rows(&files);
    let mut tested = 0;
    for row in &rows.tenures {
        let office = rows.offices.iter().find(|office| office.id == row.office);
        let Some((office, from)) = office.zip(date(&row.from.to_string())) else { continue };
        let heads = ["president", "prime minister", "chancellor", "premier", "king", "queen", "emir", "supreme leader"];
        if !(row.leads || heads.contains(&office.role)) {
            continue;
        }
        let person = gazetteer.by_id(row.person).expect("a person of the files");
        let name = gazetteer.entry(person).name;
        let found = gazetteer.lookup(name, Some(from));
        assert!(found.iter().any(|candidate| candidate.entry == person), "{} is not found by name", row.person);
        let held = gazetteer
            .tenures_of(person)
            .any(|tenure| tenure.holds(Some(from)) && tenure.role == office.role && tenure.country == office.country);
        assert!(held, "{} is not {} on {from}", row.person, row.office);
        if let Some(country) = office.country {
            let holders = gazetteer.holders(country, office.role, Some(from));
            assert!(
                holders.iter().any(|tenure| tenure.person == person),
                "{} does not hold {}",
                row.person,
                row.office
            );
        }
        tested += 1;
    }
    assert!(tested > 4000, "only {tested} terms were tested");
}

/// The names found in a text, with the id of the likeliest bearer.
fn found(gazetteer: &Gazetteer, text: &str) -> Vec<(String, String)> {
    let doc = text::document(Source { text: text.into(), ..Source::default() });
    let hits = gazetteer.find(&doc);
    let name = |tokens| doc.slice(doc.span_of(tokens)).to_owned();
    let id = |hit| gazetteer.entry(hits.of(hit)[0].entry).id.to_owned();
    hits.hits.iter().map(|hit| (name(hit.tokens.clone()), id(hit))).collect()
}

/// Sentences with the names that must be found in them, and words that must not be taken for names.
#[test]
fn hard_sentences_both_ways_round() {
    let gazetteer = Gazetteer::builtin();
    let sentences = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables/names.csv")).unwrap();
    let mut wrong = Vec::new();
    for row in csv::Reader::from_reader(sentences.as_bytes()).records() {
        let row = row.unwrap();
        let (text, name, id) = (&row[0], &row[1], &row[2]);
        let hits = found(&gazetteer, text);
        let hit = hits.iter().find(|(surface, _)| surface == name).map(|(_, id)| id.as_str());
        if hit.unwrap_or_default() != id {
            wrong.push(format!("{text}: {name} is {hit:?}, not {id:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Spellings of one name, most of them listed nowhere: lists of words and rules lead from one to the other.
#[test]
fn spellings_of_a_name_are_one_name() {
    let gazetteer = Gazetteer::builtin();
    let table = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables/spellings.csv")).unwrap();
    let mut wrong = Vec::new();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert!(rows.len() >= 60, "only {} spellings", rows.len());
    for row in &rows {
        let (spelling, id) = (&row[0], &row[1]);
        let hits = found(&gazetteer, &format!("Officials said that {spelling} was in the news again."));
        if !hits.iter().any(|(surface, found)| surface == spelling && found == id) {
            wrong.push(format!("{spelling} is {hits:?}, not {id}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_that_only_look_alike_stay_apart() {
    let gazetteer = Gazetteer::builtin();
    for text in ["Then Still water ran.", "He met Steel workers.", "They said Nouns are words."] {
        assert_eq!(found(&gazetteer, text), [], "{text}");
    }
}

/// Whoever edits a file is told of every row that is wrong, in every file, at once.
#[test]
fn all_faults_are_told_at_once() {
    let own = files(&[
        ("a.csv", "id,name,kind,country\ngroup/x,X,army,TCD\ngroup/y,Y,armed_group,tcd\ngroup/z,Z,armed_group\n"),
        ("b.csv", "entity,alias,prior\ncountry/arm,X,2\ncountry/arm, Y,1\n"),
        ("c.csv", "entity;alias\n"),
    ]);
    let told = || -> Vec<String> {
        let faults = Gazetteer::builtin().overlaid(own.path()).unwrap_err();
        faults.iter().map(ToString::to_string).collect()
    };
    // What is no table is told first, as it may hide anything.
    let first = told();
    for place in ["a.csv:4: ", "b.csv:3: ", "c.csv:1: "] {
        assert!(first.iter().any(|fault| fault.contains(place)), "{first:?}");
    }
    fs::write(own.path().join("a.csv"), "id,name,kind,country\ngroup/x,X,army,TCD\ngroup/y,Y,armed_group,tcd\n")
        .unwrap();
    fs::write(own.path().join("b.csv"), "entity,alias,prior\ncountry/arm,X,2\n").unwrap();
    fs::remove_file(own.path().join("c.csv")).unwrap();
    let second = told();
    assert!(second.len() == 3 && second[2].contains("b.csv:2: "), "{second:?}");
}

/// A folder with these files.
fn files(list: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in list {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

#[test]
fn an_overlay_adds_replaces_and_switches_off() {
    let own = files(&[
        (
            "own.csv",
            "id,name,kind,country,sector\ngroup/red-dawn,Red Dawn Brigade,armed_group,TCD,REB\ncountry/tcd,Chad Republic,country,TCD,\n",
        ),
        ("own.aliases.csv", "entity,alias,form,case\ngroup/red-dawn,RDB,acronym,exact\ncountry/arm,Urartu,alias,\n"),
        ("off.csv", "off,alias\ncountry/geo,\ncountry/fra,France\n"),
    ]);
    let gazetteer = Gazetteer::with_overlays(&[own.path()]).unwrap();
    let hits = found(&gazetteer, "The Red Dawn Brigade (RDB) left Urartu for Georgia, France and Russia.");
    let hits: Vec<(&str, &str)> = hits.iter().map(|(name, id)| (name.as_str(), id.as_str())).collect();
    assert!(hits.contains(&("Red Dawn Brigade", "group/red-dawn")), "{hits:?}");
    assert!(hits.contains(&("RDB", "group/red-dawn")) && hits.contains(&("Urartu", "country/arm")), "{hits:?}");
    assert!(!hits.iter().any(|(_, id)| matches!(*id, "country/geo" | "country/fra")), "{hits:?}");
    assert!(hits.contains(&("Russia", "country/rus")), "{hits:?}");
    let chad = gazetteer.country(Country::new("TCD").unwrap()).unwrap();
    assert_eq!(gazetteer.entry(chad).name, "Chad Republic");
}

/// `gazetteer = [...]` below `[extract]` in `factwire.toml` is as good as `--gazetteer`.
#[test]
fn an_overlay_may_stand_in_the_configuration() {
    let folder = files(&[
        ("factwire.toml", "[extract]\ngazetteer = [\"groups.csv\", \"names.csv\"]\n"),
        ("groups.csv", "id,name,kind,country,sector\ngroup/red-dawn,Red Dawn Brigade,armed_group,TCD,REB\n"),
        ("names.csv", "entity,alias\ngroup/red-dawn,Dawnists\n"),
        ("story.txt", "Soldiers killed three Dawnists near the border with Libya on Monday.\n"),
    ]);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_factwire"));
    command.current_dir(folder.path()).args(["extract", "--table", "entities", "--format", "csv", "story.txt"]);
    let output = command.output().unwrap();
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && table.contains("group/red-dawn"), "{table}");
}

#[test]
fn what_is_exported_can_be_loaded_again() {
    let own = files(&[
        (
            "own.csv",
            "id,name,kind,country,sector,weight,source\ngroup/red-dawn,Red Dawn Brigade,armed_group,TCD,REB,0.4,own\n\
             person/jane-roe,Jane Roe,person,TCD,REB,0.4,own\n",
        ),
        (
            "own.aliases.csv",
            "entity,alias,form,case,from,until,prior,needs,unless\n\
             group/red-dawn,RDB,acronym,exact,2010-01-01,2020-01-01,0.5,country/tcd|Chad,bank\n",
        ),
        ("offices.csv", "id,role,country,organisation,sector\noffice/red-dawn,leader,TCD,group/red-dawn,REB\n"),
        ("tenures.csv", "person,office,from,until,leads\nperson/jane-roe,office/red-dawn,2010-01-01,,yes\n"),
        ("members.csv", "organisation,member,from\ngroup/red-dawn,person/jane-roe,2010-01-01\n"),
        ("words.csv", "word,default\nroe,word\n"),
        ("off.csv", "off,alias\ncountry/geo,\ncountry/fra,France\n"),
    ]);
    let gazetteer = Gazetteer::with_overlays(&[own.path()]).unwrap();
    let tables = gazetteer.tables();
    let folder = tempfile::tempdir().unwrap();
    for table in tables.iter().filter(|table| !table.rows.is_empty()) {
        let mut writer = csv::Writer::from_path(folder.path().join(format!("{}.csv", table.name))).unwrap();
        writer.write_record(table.header).unwrap();
        table.rows.iter().for_each(|row| writer.write_record(row).unwrap());
        writer.flush().unwrap();
    }
    let again = Gazetteer::with_overlays(&[folder.path()]).unwrap();
    for (table, second) in tables.iter().zip(again.tables()) {
        let (mut first, mut second) = (table.rows.clone(), second.rows);
        [&mut first, &mut second].into_iter().for_each(|rows| {
            rows.sort();
            rows.dedup();
        });
        assert_eq!(first.len(), second.len(), "{}", table.name);
        assert!(first == second, "{} differ", table.name);
    }
}

#[test]
fn what_is_wrong_in_an_overlay_is_named_with_file_line_and_remedy() {
    for (content, expected) in [
        ("id,name,kind\ngroup/x,X,army\n", "own.csv:2: unknown kind 'army'; write one of: country, person"),
        ("id,name,kind,colour\ngroup/x,X,person,red\n", "own.csv:1: unknown column 'colour'; the columns are id, name"),
        ("id,name\ngroup/x,X\n", "own.csv:1: the header is not that of a gazetteer table; start with id,name,kind"),
        ("id,name,kind\nX,X,person\n", "own.csv:2: 'X' is not an id; write kind/name"),
        (
            "id,name,kind\ngroup/x,X,person\ngroup/x,Y,person\n",
            "own.csv:3: the id 'group/x' is listed already; remove one",
        ),
        (
            "id,name,kind,country\ngroup/x,X,person,arm\n",
            "own.csv:2: unknown country 'arm'; write one of: an ISO 3166-1",
        ),
        (
            "id,name,kind,from,until\ngroup/x,X,person,2012-01-01,2011-01-01\n",
            "own.csv:2: the end 2011-01-01 is not after",
        ),
        ("id,name,kind,from\ngroup/x,X,person,2012\n", "own.csv:2: '2012' is not a day; write it as 2012-05-07"),
        (
            "id,name,kind,country\ngroup/x,X,person,ZZZ\n",
            "own.csv:2: no country has the code 'ZZZ'; correct it, or list the country",
        ),
        ("id,name,kind\ngroup/x,...,person\n", "own.csv:2: '...' holds neither letter nor digit; write its name"),
        ("off,alias\ncountry/geo,Gruzia\n", "own.csv:2: 'Gruzia' is no name of 'country/geo'; see `factwire"),
        ("entity,alias\ngroup/none-such,X\n", "own.csv:2: no entry has the id 'group/none-such'; correct the id"),
        ("entity,alias,prior\ncountry/arm,X,2\n", "own.csv:2: unknown prior '2'; write one of: a number from 0 to 1"),
        ("entity,alias\ncountry/arm,...\n", "own.csv:2: '...' holds neither letter nor digit; remove the row"),
        (
            "person,office\nperson/vladimir-putin,office/none-such\n",
            "own.csv:2: no office has the id 'office/none-such'",
        ),
        (
            "off\ncountry/none-such\n",
            "own.csv:2: no built-in entry has the id 'country/none-such'; see `factwire gazetteer",
        ),
    ] {
        let own = files(&[("own.csv", content)]);
        let error = Gazetteer::with_overlays(&[own.path()]).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}\nshould have said\n{expected}");
    }
}
