//! The program as a user meets it: arguments, exit status, messages, and inputs of every kind of badness.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// What a run gave back.
struct Run {
    status: i32,
    stdout: String,
    stderr: String,
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_factwire"));
    command.env_remove("NO_COLOR").stdin(Stdio::null());
    command
}

fn finish(output: Output) -> Run {
    Run {
        status: output.status.code().expect("the program was not killed"),
        stdout: String::from_utf8(output.stdout).expect("the output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("messages are UTF-8"),
    }
}

fn run(arguments: &[&str]) -> Run {
    finish(program().args(arguments).output().expect("the program starts"))
}

/// Runs with text on standard input.
fn pipe(arguments: &[&str], input: &[u8]) -> Run {
    let mut command = program();
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("piped");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // The program may have stopped reading.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("the writer ends");
    finish(output)
}

struct Folder {
    root: TempDir,
}

impl Folder {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let folder = Self { root: TempDir::new().expect("a temporary folder") };
        for (name, content) in files {
            let path = folder.path(name);
            fs::create_dir_all(path.parent().expect("inside the folder")).expect("a folder");
            fs::write(path, content).expect("a file");
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).to_str().expect("a plain path").to_owned()
    }
}

/// The ids of the documents in JSONL output, in order.
fn ids(jsonl: &str) -> Vec<String> {
    let id = |line: &str| -> String {
        let record: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        record["doc_id"].as_str().expect("an id").to_owned()
    };
    jsonl.lines().map(id).collect()
}

const STORY: &[u8] = b"The ministers met in Lima on Monday. They signed nothing.\n";

#[test]
fn files_folders_and_standard_input_give_documents_in_order() {
    let folder = Folder::new(&[
        ("b.txt", STORY),
        ("sub/c.txt", STORY),
        ("a.txt", STORY),
        (".hidden.txt", STORY),
        ("picture.png", b"\x89PNG\0\0"),
        ("d.jsonl", b"{\"id\":\"x\",\"text\":\"One.\"}\n\n{\"id\":7,\"text\":\"Two.\"}\n{\"text\":\"Three.\"}\n"),
    ]);
    let found = run(&["extract", "--format", "jsonl", &folder.text("")]);
    assert_eq!((found.status, found.stderr.as_str()), (0, ""));
    assert_eq!(ids(&found.stdout), ["a", "b", "x", "7", "d:4", "sub/c"]);

    let found = pipe(&["extract", "--format", "jsonl"], STORY);
    assert_eq!((found.status, ids(&found.stdout)), (0, vec!["stdin".to_owned()]));
    let found = pipe(&["extract", "--format", "jsonl", &folder.text("b.txt"), "-"], b"{\"id\":\"j\",\"text\":\"Hi.\"}");
    assert_eq!(ids(&found.stdout), ["b", "j"]);
}

#[test]
fn the_documents_date_is_its_own_or_the_one_given() {
    let lines =
        b"{\"id\":\"own\",\"text\":\"A.\",\"date\":\"2020-02-03T10:00:00Z\"}\n{\"id\":\"given\",\"text\":\"B.\"}\n";
    let found = pipe(&["extract", "--table", "documents", "--date", "2021-05-14"], lines);
    let dates: Vec<&str> = found.stdout.lines().skip(1).map(|line| line.split(',').nth(2).unwrap()).collect();
    assert_eq!(dates, ["2020-02-03", "2021-05-14"]);
}

#[test]
fn text_is_added_only_when_asked_for_and_offsets_count_code_points() {
    let text = "Élysée says “no”.\n\nÇa ira.";
    let found = pipe(&["extract", "--format", "jsonl", "--include-text"], text.as_bytes());
    let record: serde_json::Value = serde_json::from_str(&found.stdout).unwrap();
    assert_eq!(record["text"], text);
    let last = record["sentences"].as_array().unwrap().last().unwrap().clone();
    let points: Vec<char> = text.chars().collect();
    let slice = &points[last["start"].as_u64().unwrap() as usize..last["end"].as_u64().unwrap() as usize];
    assert_eq!(slice.iter().collect::<String>(), "Ça ira.");
    let found = pipe(&["extract", "--format", "jsonl"], text.as_bytes());
    assert!(serde_json::from_str::<serde_json::Value>(&found.stdout).unwrap().get("text").is_none());
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
    let folder = Folder::new(&[
        ("good.txt", STORY),
        (
            "broken.jsonl",
            b"{\"id\":\"one\",\"text\":\"A.\"}\n{\"id\":\"two\",\"text\":}\n{\"id\":\"three\",\"text\":\"C.\"}\n",
        ),
        ("none/readme.xyz", b"?"),
        ("binary.txt", b"a\0b"),
    ]);
    let found = run(&[
        "extract",
        "--format",
        "jsonl",
        &folder.text("missing.txt"),
        &folder.text("broken.jsonl"),
        &folder.text("none"),
        &folder.text("binary.txt"),
        &folder.text("good.txt"),
    ]);
    assert_eq!(found.status, 1);
    assert_eq!(ids(&found.stdout), ["one", "three", "good"]);
    let messages: Vec<&str> = found.stderr.lines().collect();
    assert_eq!(messages.len(), 4, "{}", found.stderr);
    assert!(messages[0].contains("missing.txt: No such file"), "{}", messages[0]);
    assert!(messages[1].contains("broken.jsonl:2:20: expected value"), "{}", messages[1]);
    assert!(messages[2].contains("none: no file here can be read"), "{}", messages[2]);
    assert!(messages[3].contains("binary.txt: this is not text"), "{}", messages[3]);
}

#[test]
fn documents_of_a_folder_that_are_of_no_kind_that_is_read_are_named() {
    let files: [(&str, &[u8]); 4] =
        [("a.txt", STORY), ("b.pdf", b"%PDF-1.7"), ("c.tar.gz", b"x"), ("d_files/style.css", b"x")];
    let folder = Folder::new(&files);
    let found = run(&["extract", "--format", "jsonl", &folder.text("")]);
    assert_eq!((found.status, ids(&found.stdout)), (1, vec!["a".to_owned()]));
    assert!(found.stderr.contains("b.pdf: PDF is not read; convert it first"), "{}", found.stderr);
    assert!(found.stderr.contains("c.tar.gz: this kind of archive is not read"), "{}", found.stderr);
    assert_eq!(found.stderr.lines().count(), 2, "nobody expects a style sheet to be read: {}", found.stderr);
}

#[test]
fn damaged_and_empty_text_is_read_with_a_warning() {
    let folder = Folder::new(&[("latin.txt", b"The caf\xE9 closed on Monday."), ("empty.txt", b"")]);
    let found = run(&["extract", "--format", "jsonl", "--include-text", &folder.text("")]);
    assert_eq!((found.status, ids(&found.stdout)), (0, vec!["empty".to_owned(), "latin".to_owned()]));
    assert!(found.stdout.contains("The caf\u{FFFD} closed"));
    assert!(
        found.stderr.contains("empty.txt: there is no text in it") && found.stderr.contains("latin.txt: some bytes")
    );
}

#[test]
fn wrong_usage_is_status_2() {
    for arguments in [
        &["extract", "--format", "papyrus"][..],
        &["extract", "--date", "yesterday"],
        &["extract", "--jobs", "0"],
        &["extract", "--format", "jsonl", "--table", "events"],
        &["extract", "--table", "events", "--table", "figures"],
        &["extract", "--include-text", "--format", "csv"],
        &["extract", "--type", "war"],
        &["extract", "--modality", "maybe"],
        &["extract", "--min-confidence", "2"],
        &["extract", "--columns", "source,colour"],
        &["frobnicate"],
        &[],
    ] {
        let found = run(arguments);
        assert_eq!((found.status, found.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(!found.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn every_table_has_its_columns() {
    let columns = [
        (
            "relations",
            "doc_id,doc_date,event_date,source,source_code,relation,cameo,target,target_code,location,killed,injured,\
             other_figures,modality,negated,attributed_to,confidence,evidence,sentence,start,end,event_id",
        ),
        (
            "events",
            "doc_id,id,sentence,start,end,text,plover,mode,context,cameo,quad,goldstein,participants,date,location,\
             modality,negated,attribution,figures,confidence,evidence",
        ),
        (
            "entities",
            "doc_id,id,kind,name,gazetteer_id,country,sector,code,role,wikidata,mentions,first_mention,first_start",
        ),
        ("mentions", "doc_id,id,entity,start,end,text,form"),
        (
            "figures",
            "doc_id,id,start,end,text,kind,value,low,high,qualifier,unit,subject,subject_code,event,attribution,\
             part,update",
        ),
        (
            "documents",
            "doc_id,title,date,source,url,language,sentences,entities,mentions,times,figures,events,relations,\
             duplicate_of",
        ),
    ];
    for (table, expected) in columns {
        let found = pipe(&["extract", "--table", table], STORY);
        assert_eq!(found.stdout.lines().next(), Some(expected), "{table}");
        let found = pipe(&["extract", "--table", table, "--format", "tsv"], STORY);
        assert_eq!(found.stdout.lines().next().map(|line| line.replace('\t', ",")).as_deref(), Some(expected));
    }
}

#[test]
fn a_list_names_inputs_and_stats_are_told_apart_from_data() {
    let folder = Folder::new(&[("a.txt", STORY), ("b.txt", STORY)]);
    let paths = [folder.text("b.txt"), folder.text("a.txt")];
    for list in [paths.join("\n"), paths.join("\0")] {
        fs::write(folder.path("list"), list).unwrap();
        let found = run(&["extract", "--format", "jsonl", "--stats", "--files-from", &folder.text("list")]);
        assert_eq!((found.status, ids(&found.stdout)), (0, vec!["b".to_owned(), "a".to_owned()]));
        for told in ["2 documents", "0 not read", "time by stage", "\n  syntax ", "\n  writing ", "\n  reading "] {
            assert!(found.stderr.contains(told), "{told}: {}", found.stderr);
        }
    }
}

#[test]
fn a_file_gives_arguments_that_typed_ones_override() {
    let folder = Folder::new(&[
        ("factwire.toml", b"[extract]\ntable = \"documents\"\ncolumns = [\"doc_id\", \"date\"]\ndate = 2020-01-02\n"),
        ("sub/a.txt", STORY),
        ("bad.toml", b"[extract\n"),
        ("loose.toml", b"jobs = 2\n"),
        ("wrong.toml", b"[extract]\ncolour = 2\n"),
    ]);
    let inside = |arguments: &[&str]| {
        finish(program().current_dir(folder.path("sub")).args(arguments).output().expect("the program starts"))
    };
    assert_eq!(inside(&["extract", "a.txt"]).stdout, "doc_id,date\na,2020-01-02\n");
    assert_eq!(inside(&["extract", "a.txt", "--columns", "date", "--date", "2021-03-04"]).stdout, "date\n2021-03-04\n");
    assert!(inside(&["extract", "a.txt", "--no-config"]).stdout.starts_with("doc_id,doc_date,"));
    let config = inside(&["config"]).stdout;
    let line = |start: &str| config.lines().find(|line| line.starts_with(start)).map(str::to_owned).unwrap_or_default();
    assert!(
        line("table = \"documents\"").ends_with("factwire.toml") && line("language = ").ends_with("# default"),
        "{config}"
    );
    for (name, message) in [
        ("bad.toml", "bad.toml:1:"),
        ("loose.toml", "'jobs' stands in no table"),
        ("wrong.toml", "wrong.toml: [extract] has no option 'colour'"),
    ] {
        let found = inside(&["extract", "a.txt", "--config", &folder.text(name)]);
        assert_eq!(found.status, 2);
        assert!(found.stderr.contains(message), "{}", found.stderr);
    }
}

#[test]
fn columns_are_picked_and_ordered() {
    let found = pipe(&["extract", "--table", "documents", "--columns", "sentences,doc_id"], STORY);
    assert_eq!(found.stdout, "sentences,doc_id\n2,stdin\n");
    let found = pipe(&["extract", "--table", "documents", "--columns", "doc_id", "--excel"], STORY);
    assert_eq!(found.stdout, "\u{FEFF}doc_id\r\nstdin\r\n");
}

#[test]
fn a_folder_gets_a_file_for_each_table_and_a_file_its_format_by_name() {
    let folder = Folder::new(&[("story.txt", STORY)]);
    let found = run(&["extract", &folder.text("story.txt"), "--output", &folder.text("out/")]);
    assert_eq!((found.status, found.stdout.as_str(), found.stderr.as_str()), (0, "", ""));
    let mut names: Vec<String> = fs::read_dir(folder.path("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["documents.csv", "entities.csv", "events.csv", "figures.csv", "mentions.csv", "relations.csv"]);
    for (name, start) in [("facts.csv", "doc_id,"), ("facts.tsv", "doc_id\t"), ("facts.jsonl", "{\"doc_id\"")] {
        run(&["extract", &folder.text("story.txt"), "--output", &folder.text(name)]);
        assert!(fs::read_to_string(folder.path(name)).unwrap().starts_with(start), "{name}");
    }
    assert!(!folder.path("facts.csv.part").exists());
}

#[test]
fn the_same_bytes_come_out_at_any_number_of_threads() {
    let lines: String = (0..300)
        .map(|number| {
            let text = "Kenya's president met his Ghanaian counterpart in Accra on Monday. ".repeat(number % 9 + 1);
            format!("{{\"id\":\"d{number}\",\"text\":\"{text}\"}}\n")
        })
        .collect();
    let one = pipe(&["extract", "--format", "jsonl", "--jobs", "1"], lines.as_bytes());
    assert_eq!(ids(&one.stdout).len(), 300);
    for jobs in ["2", "5"] {
        let many = pipe(&["extract", "--format", "jsonl", "--jobs", jobs], lines.as_bytes());
        assert!(one.stdout == many.stdout, "{jobs} threads");
    }
}

#[test]
fn a_closed_pipe_ends_the_run_without_complaint() {
    let lines = "{\"text\":\"Rebels took the town on Monday.\"}\n".repeat(20_000);
    let folder = Folder::new(&[("many.jsonl", lines.as_bytes())]);
    let mut child = program()
        .args(["extract", "--format", "jsonl", &folder.text("many.jsonl")])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let found = finish(child.wait_with_output().expect("the program ends"));
    assert_eq!((found.status, found.stderr.as_str()), (0, ""));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_named() {
    let lines = "{\"text\":\"Rebels took the town on Monday.\"}\n".repeat(2_000);
    let found = pipe(&["extract", "--format", "jsonl", "--output", "/dev/full"], lines.as_bytes());
    assert_eq!(found.status, 1);
    assert!(found.stderr.contains("/dev/full: No space left on device"), "{}", found.stderr);
}

#[test]
fn an_output_that_cannot_be_written_is_named() {
    let found = pipe(&["extract", "--output", "/nowhere/at/all.csv"], STORY);
    assert_eq!(found.status, 1);
    assert!(found.stderr.contains("/nowhere/at/all.csv"), "{}", found.stderr);
}

#[test]
fn a_very_long_line_is_survived() {
    let text = "Troops crossed the river near the town of Obo and then went home again. ".repeat(6_000);
    let found = pipe(&["extract", "--table", "documents"], text.as_bytes());
    assert_eq!(found.status, 0, "{}", found.stderr);
    assert!(found.stdout.lines().nth(1).is_some_and(|line| line.contains(",6000,")), "{}", found.stdout);
}

#[test]
fn a_link_that_leads_up_does_not_trap_the_reader() {
    let folder = Folder::new(&[("sub/a.txt", STORY)]);
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.root.path(), folder.path("sub/up")).expect("a link");
    let found = run(&["extract", "--format", "jsonl", &folder.text("")]);
    assert_eq!((found.status, ids(&found.stdout)), (0, vec!["sub/a".to_owned()]));
}

#[test]
fn a_table_fits_its_width() {
    let found = pipe(&["extract", "--format", "table", "--table", "documents"], STORY);
    assert_eq!(found.status, 0);
    assert!(found.stdout.lines().all(|line| line.chars().count() <= 100), "{}", found.stdout);
    assert!(!found.stdout.contains('\x1b'), "no colours when piped");
}

#[test]
fn the_examples_of_the_help_are_understood() {
    let help = run(&["extract", "--help"]).stdout;
    let examples: Vec<&str> =
        help.lines().filter_map(|line| line.split_once("factwire extract")).map(|(_, end)| end).collect();
    assert!(examples.len() >= 4, "{help}");
    for example in examples {
        let words = example.split_whitespace().take_while(|word| *word != ">");
        // An option that does not exist is refused before the help is reached.
        let arguments: Vec<&str> = ["extract"].into_iter().chain(words).chain(["--help"]).collect();
        assert_eq!(run(&arguments).status, 0, "{example}");
    }
}

/// The parts of a workbook, unpacked.
#[cfg(feature = "xlsx")]
fn workbook(path: &std::path::Path) -> Vec<u8> {
    let bytes = fs::read(path).expect("a workbook");
    assert!(bytes.starts_with(b"PK"), "a workbook is a zip archive");
    bytes
}

#[test]
#[cfg(feature = "xlsx")]
fn a_workbook_holds_every_table_and_is_the_same_each_time() {
    let folder = Folder::new(&[("story.txt", STORY)]);
    for name in ["one.xlsx", "two.xlsx"] {
        let found = run(&["extract", &folder.text("story.txt"), "--output", &folder.text(name)]);
        assert_eq!((found.status, found.stderr.as_str()), (0, ""));
    }
    assert!(workbook(&folder.path("one.xlsx")) == workbook(&folder.path("two.xlsx")));
}

#[test]
fn parse_gives_conllu_and_keeps_the_words_of_conllu() {
    let text = pipe(&["parse"], "Troops can't leave.\n".as_bytes());
    assert_eq!(text.status, 0, "{}", text.stderr);
    let words: Vec<&str> = text.stdout.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    assert_eq!(words.len(), 5, "{}", text.stdout);
    assert!(words[2].starts_with("3\tn't\tnot\tPART\tRB\t_\t"), "{}", words[2]);
    assert!(words[2].ends_with("start=9|end=12"), "{}", words[2]);
    assert!(words[1].ends_with("SpaceAfter=No|start=7|end=9"), "{}", words[1]);
    assert_eq!(words.iter().filter(|word| word.contains("\t0\troot\t")).count(), 1);

    let blank = |number: usize, form: &str| format!("{number}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_\n");
    let given = format!("# sent_id = x\n{}{}\n", blank(1, "Rebels can't"), blank(2, "fled"));
    let conllu = pipe(&["parse", "--input-format", "conllu"], given.as_bytes());
    assert_eq!(conllu.status, 0, "{}", conllu.stderr);
    assert!(conllu.stdout.starts_with("# sent_id = x\n1\tRebels can't\t"), "{}", conllu.stdout);
    assert_eq!(conllu.stdout.lines().count(), 4);
}

#[test]
fn parse_names_what_it_cannot_read() {
    let folder = Folder::new(&[("bad.conllu", b"1\tone\n"), ("a.txt", b"Troops left.")]);
    let path = |name: &str| folder.path(name).display().to_string();
    let bad = run(&["parse", &path("bad.conllu"), &path("a.txt")]);
    assert_eq!(bad.status, 1);
    assert!(bad.stderr.contains("bad.conllu:1: 2 columns"), "{}", bad.stderr);
    assert!(bad.stdout.contains("Troops"), "the other file is still parsed: {}", bad.stdout);
}

#[test]
fn models_are_taken_from_files_that_hold_one() {
    let folder = Folder::new(&[("model.bin", b"no model"), ("story.txt", STORY)]);
    let own = format!("{}/data/model/english.bin", env!("CARGO_MANIFEST_DIR"));
    for command in ["extract", "explain", "parse"] {
        let with = |model: &str| run(&[command, "--model", model, &folder.text("story.txt")]);
        let found = with(&folder.text("model.bin"));
        assert_eq!((found.status, found.stdout.as_str()), (2, ""), "{command}");
        assert!(found.stderr.contains("model.bin: not a usable syntax model"), "{}", found.stderr);
        let found = with(&folder.text("none.bin"));
        assert_eq!(found.status, 2, "{command}");
        assert!(found.stderr.contains("none.bin: "), "{}", found.stderr);
        let same = run(&[command, &folder.text("story.txt")]);
        assert_eq!(
            (0, same.stdout),
            {
                let found = with(&own);
                (found.status, found.stdout)
            },
            "{command}"
        );
    }
}

#[test]
fn sentences_too_long_for_one_tree_are_counted() {
    let text = "Rebels seized the town, ".repeat(60) + "and then they left it.";
    let found = pipe(&["extract", "--format", "jsonl", "--stats"], text.as_bytes());
    assert!(found.stderr.contains(", 1 in pieces, as they have more than 200 words"), "{}", found.stderr);
    let found = pipe(&["explain"], text.as_bytes());
    assert!(found.stdout.contains("too long: parsed in pieces"), "{}", found.stdout);
}

#[test]
fn other_languages_are_left_out_and_counted() {
    let foreign = "Le ministre a déclaré lundi que les forces sont entrées dans la ville sans résistance.";
    let folder = Folder::new(&[("a.txt", STORY), ("b.txt", foreign.as_bytes())]);
    let found = run(&["extract", "--format", "jsonl", &folder.text("")]);
    assert_eq!((found.status, ids(&found.stdout)), (0, vec!["a".to_owned()]));
    assert!(found.stderr.contains("left out, not English: fr: 1; --language any"), "{}", found.stderr);
    let found = run(&["extract", "--format", "jsonl", "--language", "any", &folder.text("")]);
    assert_eq!((found.stderr.as_str(), ids(&found.stdout).len()), ("", 2));
}

#[test]
fn copies_are_marked_or_left_out() {
    let place = |number: usize| {
        format!("Police in district {number} held {} men, officials told reporters there. ", number * 7)
    };
    let story: String = (1..12).map(place).collect();
    let copy = format!("Men held, police say\n\n{}", story.replace("district 5", "ward 5"));
    let other: &[u8] = b"Rebels took Obo on Monday, aid workers said.";
    let folder = Folder::new(&[("a.txt", story.as_bytes()), ("b.txt", copy.as_bytes()), ("c.txt", other)]);
    let columns = ["extract", "--table", "documents", "--columns", "doc_id,duplicate_of"];
    let with =
        |more: &[&str]| run(&columns.iter().chain(more).copied().chain([folder.text("").as_str()]).collect::<Vec<_>>());
    assert_eq!(with(&[]).stdout, "doc_id,duplicate_of\na,\nb,\nc,\n");
    assert_eq!(with(&["--dedupe"]).stdout, "doc_id,duplicate_of\na,\nb,a\nc,\n");
    let skipped = with(&["--dedupe=skip"]);
    assert_eq!(skipped.stdout, "doc_id,duplicate_of\na,\nc,\n");
    assert!(skipped.stderr.contains("copy of an earlier document: 1"), "{}", skipped.stderr);
}

#[test]
fn shells_and_man_are_served() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let found = run(&["completions", shell]);
        assert!(found.status == 0 && found.stdout.contains("text-field"), "{shell}: {}", found.stderr);
    }
    let found = run(&["manual"]);
    assert!(found.status == 0 && found.stdout.contains(".TH factwire 1"), "{}", found.stdout);
    let folder = Folder::new(&[]);
    assert_eq!(run(&["manual", "--output", &folder.text("man1")]).status, 0);
    let page = fs::read_to_string(folder.path("man1/factwire-extract.1")).unwrap();
    assert!(page.contains(".TH factwire") && page.contains("resume"), "{page}");
    let version = run(&["--version"]).stdout;
    assert!(
        version.starts_with("factwire 0.") && version.contains("\ndata ") && version.contains("\nbuilt for "),
        "{version}"
    );
    assert_eq!(run(&["-V"]).stdout.lines().count(), 1);
}

#[test]
fn a_users_patterns_stand_beside_the_built_in_ones() {
    let own = b"[[pattern]]\nid = \"own-greenlight\"\nplover = \"AGREE\"\ncameo = \"030\"\nverbs = [\"greenlight\"]\n";
    let folder = Folder::new(&[
        ("own/one.toml", own),
        ("bad/one.toml", b"[words]\nboats = [\"boat\"]\n"),
        (
            "bad/two.toml",
            b"[words]\nboats = [\"ship\"]\n[[pattern]]\nid = \"x\"\ncameo = \"999\"\nverbs = [\"sail\"]\n",
        ),
    ]);
    let story: &[u8] = b"On Monday Kenya greenlighted the accord with Somalia.";
    let own = folder.text("own");
    let events = |arguments: &[&str]| pipe(&[&["extract", "--table", "events"], arguments].concat(), story).stdout;
    assert!(!events(&[]).contains("AGREE"));
    assert!(events(&["--patterns", &own]).contains("AGREE"));
    let shown = pipe(&["explain", "--patterns", &own], story);
    assert!(shown.stdout.contains("pattern own-greenlight"), "{}", shown.stdout);
    let listed = run(&["patterns", "list", "--patterns", &own]);
    assert!(listed.stdout.contains("greenlight,own-greenlight,AGREE,030"));
    let counted = pipe(&["patterns", "count", "--patterns", &own], story);
    assert!(counted.stdout.starts_with("pattern,sentences\nown-greenlight,1\n"), "{}", counted.stdout);

    let config = folder.path("factwire.toml");
    fs::write(&config, format!("[extract]\npatterns = {own:?}\n")).expect("written");
    assert!(events(&["--config", &config.display().to_string()]).contains("AGREE"));

    let checked = run(&["patterns", "check", &folder.text("bad")]);
    assert_eq!(checked.status, 1);
    for named in
        ["two.toml:2: the word list 'boats' is already in", "two.toml:4: pattern x: there is no CAMEO code '999'"]
    {
        assert!(checked.stderr.contains(named), "{named}: {}", checked.stderr);
    }
    assert_eq!(run(&["patterns", "check"]).status, 0);
    assert_eq!(run(&["patterns", "check", "data/events/aid.toml"]).status, 0);
    assert_eq!(run(&["extract", "--patterns", &folder.text("none"), "-"]).status, 1);
}
