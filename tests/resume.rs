//! Runs that break off: killed, out of disk, or stopped; and what the next run makes of what they left.
//!
//! A limit on the size of files ends a run at a certain byte of its output, so that no test depends on the time.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_factwire");

/// Documents enough for several checkpoints, some of which cannot be read.
fn input(folder: &Path) -> PathBuf {
    let path = folder.join("many.jsonl");
    let mut lines = String::new();
    for number in 0..900 {
        if number % 300 == 7 {
            lines.push_str("{\"text\":\n");
        }
        let text = "Rebels killed 12 soldiers in Mali on Monday.".repeat(number % 3 + 1);
        lines.push_str(&format!("{{\"id\":\"d{number}\",\"date\":\"2024-03-04\",\"text\":\"{text}\"}}\n"));
    }
    fs::write(&path, lines).unwrap();
    path
}

/// Runs with a limit on the size of files, in blocks of 512 bytes. What goes over it is killed, or finds no more room.
fn limited(blocks: u32, is_killed: bool, arguments: &[&str]) -> Output {
    let trap = if is_killed { "" } else { "trap '' XFSZ; " };
    let script = format!("ulimit -c 0; ulimit -f {blocks}; {trap}exec \"$0\" \"$@\"");
    Command::new("sh").args(["-c", &script, PROGRAM]).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn run(arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The files below a folder and what is in them.
fn content(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        match path.is_dir() {
            true => found.extend(content(&path).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes))),
            false => found.push((name, fs::read(&path).unwrap())),
        }
    }
    found.sort();
    found
}

/// Breaks off a run at each of these sizes of its files, goes on, and compares with a run that went through.
#[track_caller]
fn comes_to_the_same(output: &str, more: &[&str], limits: &[u32]) {
    let root = TempDir::new().unwrap();
    let input = input(root.path());
    let (whole, broken) = (root.path().join("whole"), root.path().join("broken"));
    fs::create_dir(&whole).unwrap();
    fs::create_dir(&broken).unwrap();
    let arguments = |folder: &Path| -> Vec<String> {
        let output = format!("{}/{output}", folder.display());
        let all = ["extract", input.to_str().unwrap(), "--output", &output];
        all.iter().chain(more).map(|word| (*word).to_owned()).collect()
    };
    let through = arguments(&whole);
    let through = run(&through.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(through.status.code(), Some(1), "three lines are broken: {}", text(&through.stderr));

    let mut words = arguments(&broken);
    words.push("--resume".to_owned());
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut resumed = 0;
    for (number, &blocks) in limits.iter().enumerate() {
        let found = limited(blocks, number % 2 == 0, &words);
        assert_ne!(found.status.code(), Some(0), "{output}: {blocks} blocks were enough");
        let names = content(&broken).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert!(
            names.iter().all(|name| name.ends_with(".part") || name.contains("checkpoint") || name.ends_with(".work"))
        );
        resumed += usize::from(names.iter().any(|name| name.ends_with("checkpoint")));
    }
    assert!(resumed > 0, "{output}: no run got as far as a checkpoint");
    let last = run(&words);
    assert_eq!(last.status.code(), Some(1), "what was not read is remembered: {}", text(&last.stderr));
    assert!(content(&whole) == content(&broken), "{output} differs");
}

#[test]
fn a_broken_run_goes_on_to_the_same_bytes() {
    comes_to_the_same("facts.csv", &["--jobs", "2"], &[100, 150, 200, 260]);
    comes_to_the_same("facts.jsonl", &["--jobs", "1"], &[900, 2200]);
    comes_to_the_same("facts/", &[], &[100, 240]);
}

#[test]
#[cfg(all(feature = "xlsx", feature = "sqlite", feature = "parquet"))]
fn files_that_are_laid_out_at_the_end_lose_nothing() {
    comes_to_the_same("facts.xlsx", &["--table", "relations"], &[200, 400]);
    comes_to_the_same("facts.sqlite", &[], &[1200, 1300]);
    comes_to_the_same(
        "facts/",
        &["--format", "parquet", "--partition-by", "doc_date", "--table", "relations"],
        &[200, 400],
    );
}

#[test]
fn an_unfinished_run_is_not_overwritten_by_accident() {
    let root = TempDir::new().unwrap();
    let input = input(root.path());
    let output = root.path().join("facts.csv");
    let words = ["extract", input.to_str().unwrap(), "--output", output.to_str().unwrap()];
    let with = |more: &[&'static str]| run(&words.iter().copied().chain(more.iter().copied()).collect::<Vec<_>>());
    assert!(!limited(250, true, &words).status.success());
    assert!(output.with_extension("csv.checkpoint").exists() && !output.exists());

    let refused = with(&[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("--resume, or start over with --restart"), "{}", text(&refused.stderr));
    let other = with(&["--resume", "--min-confidence", "0.5"]);
    assert_eq!(other.status.code(), Some(2));
    assert!(text(&other.stderr).contains("had other arguments"), "{}", text(&other.stderr));

    let lines = fs::read_to_string(&input).unwrap();
    fs::write(&input, lines.replacen("Rebels", "Others", 1)).unwrap();
    let changed = with(&["--resume"]);
    assert_eq!(changed.status.code(), Some(2));
    assert!(text(&changed.stderr).contains("the input is not the one"), "{}", text(&changed.stderr));
    assert_eq!(with(&["--restart"]).status.code(), Some(1));
    assert!(output.exists() && !output.with_extension("csv.checkpoint").exists());
    assert_eq!(run(&["extract", "--resume"]).status.code(), Some(2), "standard output has no checkpoint");
}

#[test]
fn ctrl_c_finishes_what_is_under_way() {
    let root = TempDir::new().unwrap();
    let lines = fs::read(input(root.path())).unwrap();
    let (whole, broken) = (root.path().join("whole.csv"), root.path().join("broken.csv"));
    let spawn = |output: &Path, more: &[&str]| {
        let mut command = Command::new(PROGRAM);
        command.args(["extract", "--input-format", "jsonl", "--output"]).arg(output).args(more);
        command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let feed = |mut child: std::process::Child| {
        child.stdin.take().unwrap().write_all(&lines).unwrap();
        child.wait_with_output().unwrap()
    };
    assert_eq!(feed(spawn(&whole, &[])).status.code(), Some(1));

    // Half of the input, and no end of it: the program waits for more when it is asked to stop.
    let mut child = spawn(&broken, &[]);
    let half = lines.len() / 2;
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(&lines[..half]).unwrap();
    let checkpoint = root.path().join("broken.csv.checkpoint");
    while !checkpoint.exists() {
        assert!(child.try_wait().unwrap().is_none(), "it ended too early");
        std::thread::yield_now();
    }
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let mut messages = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains("finishing the documents under way") {
        line.clear();
        assert_ne!(messages.read_line(&mut line).unwrap(), 0, "it ended without a word");
    }
    drop(stdin);
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut messages, &mut rest).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130), "{rest}");
    assert!(rest.contains("go on with the same command and --resume"), "{rest}");
    assert!(!broken.exists());

    assert_eq!(feed(spawn(&broken, &["--resume"])).status.code(), Some(1));
    assert!(fs::read(&whole).unwrap() == fs::read(&broken).unwrap());
}
