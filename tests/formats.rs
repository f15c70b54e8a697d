//! One document in every container that is read, and what happens when a container is broken.

use std::io::{Cursor, Write};

use factwire::document::Source;
use factwire::read::{Fields, Format, Item, Options, inputs};
use tempfile::TempDir;

const TEXT: &str = "Niger's army said on Monday that rebels had freed 12 “guests”.";

/// Writes bytes to a file of that name and reads it.
fn read_with(name: &str, content: &[u8], options: Options) -> (Vec<Source>, Vec<String>) {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("a file");
    let (mut sources, mut messages) = (Vec::new(), Vec::new());
    for item in inputs([path], options) {
        match item {
            Item::Document(source) => sources.push(source),
            Item::Warning(error) => messages.push(format!("warning: {error}")),
            Item::Failure(error) => messages.push(error.to_string()),
            Item::Skipped(reason) => messages.push(format!("skipped: {reason}")),
        }
    }
    (sources, messages)
}

fn read(name: &str, content: &[u8]) -> (Vec<Source>, Vec<String>) {
    read_with(name, content, Options::default())
}

/// A JSON Lines file with one document.
fn jsonl() -> Vec<u8> {
    format!("{}\n", serde_json::json!({"id": "n1", "text": TEXT, "title": "Freed", "date": "2024-03-04"})).into_bytes()
}

#[track_caller]
fn is_the_document(found: (Vec<Source>, Vec<String>)) {
    let (sources, messages) = found;
    assert!(messages.is_empty(), "{messages:?}");
    assert_eq!(sources.len(), 1);
    assert_eq!((sources[0].id.as_str(), sources[0].text.as_str()), ("n1", TEXT));
    assert_eq!(sources[0].title.as_deref(), Some("Freed"));
    assert_eq!(sources[0].date.expect("a date").to_string(), "2024-03-04");
}

#[test]
fn json_and_tables() {
    is_the_document(read("a.jsonl", &jsonl()));
    is_the_document(read("unknown", &jsonl()));
    let one = serde_json::json!({"id": "n1", "body": TEXT, "headline": "Freed", "published": "2024-03-04T05:00:00Z"});
    is_the_document(read("n1.json", one.to_string().as_bytes()));
    is_the_document(read("a.json", serde_json::json!([one]).to_string().as_bytes()));
    let (sources, messages) = read("a.json", b"[{\"text\":\"One.\"},\n{\"text\":\"Two.\"},\n{\"text\":]");
    assert_eq!(sources.iter().map(|source| source.id.as_str()).collect::<Vec<_>>(), ["a:1", "a:2"]);
    assert!(messages.len() == 1 && messages[0].contains("a.json:3:9: "), "{messages:?}");
    is_the_document(read("a.json", serde_json::json!({"count": 1, "articles": [one]}).to_string().as_bytes()));
    is_the_document(read("unknown", serde_json::to_string_pretty(&one).unwrap().as_bytes()));
    let csv = format!("id,Text,title,date\nn1,\"{TEXT}\",Freed,4 March 2024\n");
    is_the_document(read("a.csv", csv.as_bytes()));
    is_the_document(read("a.tsv", format!("id\ttext\ttitle\tdate\nn1\t{TEXT}\tFreed\t2024-03-04\n").as_bytes()));
}

#[test]
fn fields_have_names_of_their_own() {
    let row = serde_json::json!({"meta": {"nr": "n1", "hl": "Freed", "on": "2024-03-04"}, "p": [TEXT]});
    let fields = Fields {
        text: Some("p".into()),
        id: Some("meta.nr".into()),
        title: Some("meta.hl".into()),
        date: Some("meta.on".into()),
        ..Fields::default()
    };
    is_the_document(read_with("a.jsonl", row.to_string().as_bytes(), Options { fields, ..Options::default() }));
    let (sources, messages) = read("a.jsonl", b"{\"prose\":\"x\"}\n");
    assert!(sources.is_empty() && messages[0].contains("--text-field"), "{messages:?}");
}

#[test]
fn rows_that_are_broken_are_named_and_the_rest_is_read() {
    let (sources, messages) = read("a.csv", b"id,text\nn1,One.\nn2,Two.,too,many\nn3\nn4,Four.\n");
    assert_eq!(sources.iter().map(|source| source.id.as_str()).collect::<Vec<_>>(), ["n1", "n4"]);
    assert!(messages[0].contains("a.csv:3: the row has 4 cells"), "{messages:?}");
    assert!(messages[1].contains("a.csv:4: there is no field"), "{messages:?}");
    let (sources, messages) = read("a.csv", b"id,prose,day\nn1,One.,\nn2,Two.,\n");
    assert!(sources.is_empty() && messages.len() == 1, "said once: {messages:?}");
    assert!(messages[0].contains("a.csv:1: there is no column 'text'") && messages[0].contains("id, prose, day"));
    let (_, messages) = read("a.jsonl", b"{\"text\":\"One.\"\n{\"text\":\"Two.\"}\n");
    assert!(messages[0].contains("a.jsonl:1:14: "), "{messages:?}");
    let (sources, _) = read("a.jsonl", b"\xEF\xBB\xBF{\"id\":\"bom\",\"text\":\"One.\"}\n");
    assert_eq!(sources[0].id, "bom");
}

#[cfg(feature = "archives")]
mod archives {
    use super::*;

    fn gzip(content: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (number, (name, content)) in files.iter().enumerate() {
            let method =
                if number % 2 == 0 { zip::CompressionMethod::Deflated } else { zip::CompressionMethod::Stored };
            let options = zip::write::SimpleFileOptions::default().compression_method(method);
            writer.start_file(*name, options).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn compressed_files() {
        is_the_document(read("a.jsonl.gz", &gzip(&jsonl())));
        is_the_document(read("unknown", &gzip(&jsonl())));
        let two: Vec<u8> = [gzip(b""), gzip(&jsonl())].concat();
        is_the_document(read("parts.jsonl.gz", &two));
        let mut bzip = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
        bzip.write_all(&jsonl()).unwrap();
        is_the_document(read("a.jsonl.bz2", &bzip.finish().unwrap()));
        let zstd = ruzstd::encoding::compress_to_vec(jsonl().as_slice(), ruzstd::encoding::CompressionLevel::Fastest);
        is_the_document(read("a.jsonl.zst", &zstd));
        let mut xz = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(3)).unwrap();
        xz.write_all(&jsonl()).unwrap();
        is_the_document(read("a.jsonl.xz", &xz.finish().unwrap()));
    }

    #[test]
    fn archives_of_files() {
        is_the_document(read("a.zip", &zip(&[("in/a.jsonl", &jsonl()), ("in/.hidden.txt", b"no"), ("b.png", b"no")])));
        let (sources, _) = read("a.zip", &zip(&[("z/b.txt", b"B."), ("z/a.txt", b"A."), ("c.txt", b"C.")]));
        assert_eq!(sources.iter().map(|source| source.id.as_str()).collect::<Vec<_>>(), ["c", "z/a", "z/b"]);
        let (sources, messages) =
            read("a.zip", &zip(&[("a.pdf", b"%PDF-1.7"), ("a.png", b"\x89PNG"), ("a.txt", b"A.")]));
        assert_eq!(sources.len(), 1);
        assert!(messages.len() == 1 && messages[0].contains("a.zip/a.pdf: PDF is not read; convert"), "{messages:?}");
        let (sources, messages) = read("a.zip", &zip(&[]));
        assert!(sources.is_empty() && messages[0].contains("no file in this archive"), "{messages:?}");
    }

    #[test]
    fn a_truncated_file_gives_what_it_held_and_a_message() {
        let many = jsonl().repeat(3000);
        let whole = gzip(&many);
        let (sources, messages) = read("cut.jsonl.gz", &whole[..whole.len() / 2]);
        assert!(!sources.is_empty() && sources.len() < 3000);
        assert_eq!(messages.len(), 1, "{messages:?}");
        assert!(messages[0].contains("cut.jsonl.gz"), "{messages:?}");
        let packed = zip(&[("a.txt", TEXT.as_bytes())]);
        let (sources, messages) = read("cut.zip", &packed[..packed.len() - 30]);
        assert!(sources.is_empty() && messages[0].contains("cut.zip"), "{messages:?}");
    }

    #[test]
    fn a_bomb_is_defused() {
        // More nothing than a document may hold, in a few kilobytes.
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        let block = vec![b' '; 1 << 20];
        for _ in 0..(factwire::read::MAX_DOCUMENT >> 20) + 1 {
            encoder.write_all(&block).unwrap();
        }
        let (sources, messages) = read("bomb.txt.gz", &encoder.finish().unwrap());
        assert!(sources.is_empty() && messages[0].contains("is not read as a whole"), "{messages:?}");
    }
}

#[test]
#[cfg(feature = "html")]
fn web_pages() {
    let paragraph = "Kenya's foreign minister told reporters in Nairobi on Monday that the border with Somalia would \
                     reopen within ninety days, after talks that lasted most of a year and stalled twice.";
    let page = format!(
        "<!DOCTYPE html><html lang=\"en-GB\"><head><title>Border to reopen - The Courier</title>\
         <meta property=\"og:site_name\" content=\"The Courier\">\
         <meta property=\"og:title\" content=\"Border to reopen\">\
         <meta property=\"article:published_time\" content=\"2023-05-15T09:00:00+03:00\"></head>\
         <body><nav><a href=\"/\">Home</a> <a href=\"/sport\">Sport</a></nav>\
         <article><h1>Border to reopen</h1><p>{paragraph}</p><p>{paragraph}</p><p>{paragraph}</p>\
         <p>{paragraph}</p></article><footer>All rights reserved</footer><script>track()</script></body></html>"
    );
    for name in ["page.html", "unknown"] {
        let (sources, messages) = read(name, page.as_bytes());
        assert!(messages.is_empty(), "{messages:?}");
        let source = &sources[0];
        assert!(source.text.contains(paragraph) && !source.text.contains("track()"), "{}", source.text);
        assert!(!source.text.contains("Sport"), "{}", source.text);
        assert_eq!(source.title.as_deref(), Some("Border to reopen"));
        assert_eq!(source.source.as_deref(), Some("The Courier"));
        assert_eq!(source.date.expect("a date").to_string(), "2023-05-15");
        assert_eq!(source.language.as_deref(), Some("en"));
    }
    let deep = format!("<html><body>{}<p>{paragraph}</p></body></html>", "<div>".repeat(100_000));
    let (sources, messages) = read("deep.html", deep.as_bytes());
    assert!(sources.is_empty() && messages[0].contains("elements within one another"), "{messages:?}");
    let flat = format!("<html><body><article>{}</article></body></html>", format!("<p>{paragraph}<br>").repeat(500));
    assert_eq!(read("flat.html", flat.as_bytes()).0.len(), 1);
}

#[test]
fn encodings() {
    let windows = Options { encoding: factwire::read::encoding("windows-1251").ok(), ..Options::default() };
    let (sources, messages) = read_with("a.txt", b"\xCC\xEE\xF1\xEA\xE2\xE0 said no.", windows);
    assert!(messages.is_empty() && sources[0].text == "Москва said no.", "{messages:?}");
    let wide: Vec<u8> = "\u{FEFF}Mali said no.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (sources, messages) = read("a.txt", &wide);
    assert!(messages.is_empty() && sources[0].text == "Mali said no.", "{messages:?}");
    for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        let wide = |text: &str| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let rows = "id,text\nn1,Beyoncé said no.\nn2,Mali said yes.\n";
        for content in [wide(rows), wide(&format!("\u{FEFF}{rows}"))] {
            let (sources, messages) = read("a.csv", &content);
            assert!(messages.is_empty() && sources.len() == 2, "{messages:?}");
            assert_eq!(sources[0].text, "Beyoncé said no.");
        }
    }
    let (sources, messages) = read("a.csv", b"id,text\nn1,Ask Andr\xE9 and Zo\xEB.\nn2,Ask Zo\xEB.\n");
    assert!(
        messages.len() == 1 && messages[0].contains("a.csv:2: this is not UTF-8; read as windows-1252"),
        "{messages:?}"
    );
    assert_eq!(sources[1].text, "Ask Zoë.");
    assert!(factwire::read::encoding("klingon").unwrap_err().is_usage());
    let forced = Options { format: Some(Format::Text), ..Options::default() };
    assert_eq!(read_with("a.json", b"{}", forced).0[0].text, "{}");
}
