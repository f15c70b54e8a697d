//! One corpus in every container: the same tables come out, at any number of threads, in bounded memory.

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType};
use tempfile::TempDir;

/// A document: its id and its text.
type Story = (String, String);

fn corpus(count: usize) -> Vec<Story> {
    const STORIES: &[&str] = &[
        "Kenya's president met his Ghanaian counterpart in Accra on Monday, and promised $20 million for refugees.",
        "Rebels killed at least 12 soldiers near the town of Gao, Mali's army said; \"we will answer\", it added.",
        "The European Union condemned the ambush & urged Niger's government to investigate <within a month>.",
        "Police in Quito arrested 32 demonstrators, the ministry said. France withdrew its last soldiers from Chad.",
        "Zoë Ndlovu, South Africa's foreign minister, telephoned Brazil's president on 3 March 2021 – twice.",
    ];
    (0..count).map(|number| (format!("n{number:06}"), STORIES[number % STORIES.len()].to_owned())).collect()
}

fn jsonl(stories: &[Story]) -> Vec<u8> {
    let line = |(id, text): &Story| serde_json::json!({"id": id, "text": text}).to_string() + "\n";
    stories.iter().map(line).collect::<String>().into_bytes()
}

fn delimited(stories: &[Story], delimiter: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    writer.write_record(["id", "body"]).unwrap();
    stories.iter().for_each(|(id, text)| writer.write_record([id, text]).unwrap());
    writer.into_inner().unwrap()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn page(text: &str) -> String {
    let text = escaped(text);
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body><article><p>{text}</p></article></body></html>"
    )
}

fn feed(stories: &[Story]) -> Vec<u8> {
    let item = |(id, text): &Story| {
        format!("<item><guid>{id}</guid><description>{}</description></item>", escaped(&escaped(text)))
    };
    let items: String = stories.iter().map(item).collect();
    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>{items}</channel></rss>").into_bytes()
}

fn mailbox(stories: &[Story]) -> Vec<u8> {
    let mut all = String::new();
    for (id, text) in stories {
        write!(all, "From desk Mon Mar  1 10:00:00 2021\nMessage-ID: <{id}>\nContent-Type: text/plain; charset=utf-8\n\n{text}\n\n")
            .unwrap();
    }
    all.into_bytes()
}

fn warc(stories: &[Story]) -> Vec<u8> {
    let mut all = String::new();
    for (id, text) in stories {
        let content = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", page(text));
        let head = format!("WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{id}>\r\n");
        let kind = "Content-Type: application/http; msgtype=response\r\n";
        write!(all, "{head}{kind}Content-Length: {}\r\n\r\n{content}\r\n\r\n", content.len()).unwrap();
    }
    all.into_bytes()
}

fn workbook(stories: &[Story]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "id").unwrap().write_string(0, 1, "text").unwrap();
    for (row, (id, text)) in (1..).zip(stories) {
        sheet.write_string(row, 0, id).unwrap().write_string(row, 1, text).unwrap();
    }
    book.save_to_buffer().unwrap()
}

fn columns(stories: &[Story]) -> Vec<u8> {
    let schema = "message m { required binary id (UTF8); required binary text (UTF8); }";
    let schema = Arc::new(parquet::schema::parser::parse_message_type(schema).unwrap());
    let mut bytes = Vec::new();
    let mut file = parquet::file::writer::SerializedFileWriter::new(&mut bytes, schema, Default::default()).unwrap();
    let mut group = file.next_row_group().unwrap();
    for place in 0..2 {
        let value = |(id, text): &Story| ByteArray::from(if place == 0 { id.as_str() } else { text.as_str() });
        let values: Vec<ByteArray> = stories.iter().map(value).collect();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&values, None, None).unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
    file.close().unwrap();
    bytes
}

fn zip(files: impl Iterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Ways to pack a corpus: the name of the file and what is in it.
fn containers(stories: &[Story]) -> Vec<(&'static str, Vec<u8>)> {
    let lines = jsonl(stories);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&lines).unwrap();
    let mut bzip = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    bzip.write_all(&lines).unwrap();
    let mut xz = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(1)).unwrap();
    xz.write_all(&lines).unwrap();
    let zstd = |bytes: &[u8]| ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest);
    // Two frames and something to pass over between them, as programs that use several threads write them.
    let half = lines.len() / 2;
    let frames = [&zstd(&lines[..half])[..], b"\x5A\x2A\x4D\x18\x03\0\0\0abc", &zstd(&lines[half..])].concat();
    let list: Vec<_> = stories.iter().map(|(id, text)| serde_json::json!({"id": id, "text": text})).collect();
    let wide = |bytes: Vec<u8>| -> Vec<u8> {
        let text = String::from_utf8(bytes).unwrap();
        format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
    };
    vec![
        ("a.jsonl.gz", gzip.finish().unwrap()),
        ("a.jsonl.bz2", bzip.finish().unwrap()),
        ("a.jsonl.xz", xz.finish().unwrap()),
        ("a.jsonl.zst", frames),
        ("a.json", serde_json::to_vec(&list).unwrap()),
        ("a.csv", delimited(stories, b',')),
        ("a.tsv", delimited(stories, b'\t')),
        ("wide.csv", wide(delimited(stories, b','))),
        ("a.xlsx", workbook(stories)),
        ("a.parquet", columns(stories)),
        ("a.xml", feed(stories)),
        ("a.mbox", mailbox(stories)),
        ("a.warc", warc(stories)),
        ("a.zip", zip([("a.jsonl".to_owned(), lines.clone())].into_iter())),
        ("texts.zip", zip(stories.iter().map(|(id, text)| (format!("{id}.txt"), text.clone().into_bytes())))),
        ("pages.zip", zip(stories.iter().map(|(id, text)| (format!("{id}.html"), page(text).into_bytes())))),
        ("a.jsonl", lines),
    ]
}

/// The tables of an input, but for what a container tells of a document besides its text.
fn tables(input: &Path, more: &[&str]) -> Vec<String> {
    let folder = TempDir::new().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_factwire"))
        .args(["extract", "--no-config", "--date", "2021-03-04", "--output"])
        .args([folder.path().join("facts/").as_path(), input])
        .args(more)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}: {}", input.display(), String::from_utf8_lossy(&output.stderr));
    let table = |name: &str| fs::read_to_string(folder.path().join("facts").join(name)).unwrap();
    ["relations.csv", "events.csv", "entities.csv", "mentions.csv", "figures.csv"].map(table).into()
}

#[test]
fn every_container_gives_the_same_tables_at_any_number_of_threads() {
    let folder = TempDir::new().unwrap();
    let stories = corpus(60);
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("texts")).unwrap();
    for (id, text) in &stories {
        fs::write(path("texts").join(format!("{id}.txt")), text).unwrap();
    }
    let expected = tables(&path("texts"), &["--jobs", "1"]);
    assert!(expected[0].lines().count() > 60 && expected[2].contains("\nn000059,"), "{}", expected[2]);
    for (name, content) in containers(&stories) {
        fs::write(path(name), content).unwrap();
        assert!(tables(&path(name), &["--jobs", "2"]) == expected, "{name}");
    }
    assert!(tables(&path("a.jsonl"), &["--jobs", "5"]) == expected);
}

/// The most memory that a run took, in KiB.
#[cfg(target_os = "linux")]
fn peak(input: &Path) -> u64 {
    let mut child = Command::new(env!("CARGO_BIN_EXE_factwire"))
        .args(["extract", "--no-config", "--jobs", "2"])
        .arg(input)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let most =
            status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        peak = most.unwrap_or(0).max(peak);
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    peak
}

#[test]
#[cfg(target_os = "linux")]
fn memory_does_not_grow_with_the_archive() {
    let folder = TempDir::new().unwrap();
    let measure = |name: &str, count: usize, make: &dyn Fn(&[Story]) -> Vec<u8>| {
        let path = folder.path().join(format!("{count}{name}"));
        fs::write(&path, make(&corpus(count))).unwrap();
        peak(&path)
    };
    for (name, make) in [(".jsonl", &jsonl as &dyn Fn(&[Story]) -> Vec<u8>), (".mbox", &mailbox), (".warc", &warc)] {
        let (small, large) = (measure(name, 500, make), measure(name, 4000, make));
        assert!(small > 0 && large < 300 * 1024, "{name}: {large} KiB");
        // A tenth and some pages of the allocator's more, for eight times as much.
        assert!(large < small + small / 10 + 8 * 1024, "{name}: {small} KiB for 500 documents, {large} KiB for 4000");
    }
}
