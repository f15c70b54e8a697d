//! The same documents out of each container of the office, the web and the post; and what damaged ones give.

use std::fs;
use std::io::{Cursor, Write};

use factwire::document::Source;
use factwire::read::{Fields, Item, Options, inputs};
use tempfile::TempDir;

const FIRST: &str = "Niger's army said on Monday that rebels had freed 12 guests.";
const SECOND: &str = "Ministers & generals met in Zinder, they said.";

fn read_with(name: &str, content: &[u8], options: Options) -> (Vec<Source>, Vec<String>) {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join(name);
    fs::write(&path, content).expect("a file");
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

/// What a document is: id, title, day, text.
fn told(source: &Source) -> (&str, &str, String, &str) {
    let date = source.date.map(|date| date.to_string()).unwrap_or_default();
    (&source.id, source.title.as_deref().unwrap_or_default(), date, &source.text)
}

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn feeds() {
    let rss = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"x\"><channel><title>The Courier</title>\
         <item><title>Freed &amp; gone</title><guid>n1</guid><link>https://c.example/1</link>\
         <pubDate>Mon, 04 Mar 2024 10:00:00 +0000</pubDate><description>Short.</description>\
         <content:encoded><![CDATA[<p>{FIRST}</p><p>More.</p>]]></content:encoded></item>\
         <item><description>&lt;p&gt;Ministers &amp;amp; generals met.&lt;/p&gt;</description></item></channel></rss>"
    );
    for name in ["a.xml", "a.rss", "unknown"] {
        let (sources, messages) = read(name, rss.as_bytes());
        assert!(messages.is_empty() && sources.len() == 2, "{messages:?}");
        let text = format!("{FIRST}\n\nMore.");
        assert_eq!(told(&sources[0]), ("n1", "Freed & gone", "2024-03-04".to_owned(), text.as_str()));
        assert_eq!(sources[0].source.as_deref(), Some("The Courier"));
        assert_eq!(sources[0].url.as_deref(), Some("https://c.example/1"));
        assert_eq!(sources[1].text, "Ministers & generals met.");
    }
    let atom = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>C</title><entry><id>n1</id><title>Freed</title>\
         <link rel=\"self\" href=\"https://no.example\"/><link href=\"https://c.example/1\"/>\
         <author><title>Not this</title></author><updated>2024-03-05T00:00:00Z</updated>\
         <published>2024-03-04T10:00:00Z</published>\
         <content type=\"xhtml\"><div><p>{FIRST}</p></div></content></entry></feed>"
    );
    let (sources, messages) = read("a.atom", atom.as_bytes());
    assert!(messages.is_empty(), "{messages:?}");
    assert_eq!(told(&sources[0]), ("n1", "Freed", "2024-03-04".to_owned(), FIRST));
    assert_eq!(sources[0].url.as_deref(), Some("https://c.example/1"));
    let nitf = format!(
        "<?xml version=\"1.0\"?><nitf><head><docdata><doc-id id-string=\"n1\"/><date.issue norm=\"20240304T101500Z\"/>\
         </docdata></head><body><body.head><hedline><hl1>Freed</hl1></hedline></body.head>\
         <body.content><p>{FIRST}</p><p>More.</p></body.content></body></nitf>"
    );
    let (sources, messages) = read("a.xml", nitf.as_bytes());
    assert!(messages.is_empty(), "{messages:?}");
    assert_eq!(told(&sources[0]), ("n1", "Freed", "2024-03-04".to_owned(), format!("{FIRST}\n\nMore.").as_str()));
    let (_, messages) = read("a.xml", b"<list><entry2/></list>");
    assert!(messages[0].contains("RSS, Atom and NITF are read"), "{messages:?}");
    let (sources, messages) = read("a.xml", &rss.as_bytes()[..rss.len() - 90]);
    assert_eq!(sources.len(), 1, "{messages:?}");
}

#[test]
fn mail() {
    let message = |id: &str, text: &str| {
        format!(
            "Message-ID: <{id}>\r\nFrom: Desk <desk@c.example>\r\nDate: Mon, 4 Mar 2024 10:00:00 +0100\r\n\
             Subject: =?UTF-8?Q?Lib=C3=A9r=C3=A9s?=\r\nContent-Type: text/plain; charset=utf-8\r\n\
             Content-Transfer-Encoding: quoted-printable\r\n\r\n{text}\r\n"
        )
    };
    let one = message("n1", "Niger's army said on Monday that rebels =\r\nhad freed 12 guests.");
    for name in ["a.eml", "unknown"] {
        let (sources, messages) = read(name, one.as_bytes());
        assert!(messages.is_empty() && sources.len() == 1, "{messages:?}");
        assert_eq!(told(&sources[0]), ("n1", "Libérés", "2024-03-04".to_owned(), format!("{FIRST}\n").as_str()));
        assert_eq!(sources[0].source.as_deref(), Some("Desk"));
    }
    let html = one.replace("text/plain", "text/html").replace("guests.", "<b>guests</b>.");
    assert_eq!(read("a.eml", html.as_bytes()).0[0].text.trim(), FIRST);
    let second = message("n2", ">From here on they walked.\r\nFrom there they rode.");
    let mailbox = format!("From desk Mon Mar  4 10:00:00 2024\n{one}\nFrom desk Mon Mar  4 11:00:00 2024\n{second}\n");
    for name in ["a.mbox", "unknown"] {
        let (sources, messages) = read(name, mailbox.as_bytes());
        assert!(messages.is_empty(), "{messages:?}");
        assert_eq!(sources.iter().map(|source| source.id.as_str()).collect::<Vec<_>>(), ["n1", "n2"]);
        assert_eq!(sources[1].text.trim(), "From here on they walked.\nFrom there they rode.");
    }
    let (sources, _) = read("letter", b"From: the front. Troops left.\nNobody came.\n");
    assert_eq!(sources[0].id, "letter", "a story is no mail");
}

#[test]
fn markdown() {
    let text = format!(
        "---\ntitle: \"Freed\"\ndate: 2024-03-04\nsource: The Courier\n---\n# Other\n\nNiger's **army** said on \
         [Monday](https://x.example) that rebels had\nfreed 12 guests.\n\n```\nlet code = 1;\n```\n\n- {SECOND}\n\n![a map](m.png)\n"
    );
    let (sources, messages) = read("n1.md", text.as_bytes());
    assert!(messages.is_empty(), "{messages:?}");
    let expected = format!("Other\n\n{}\n\n{SECOND}", FIRST.replace("had freed", "had\nfreed"));
    assert_eq!(told(&sources[0]), ("n1", "Freed", "2024-03-04".to_owned(), expected.as_str()));
    assert_eq!(sources[0].source.as_deref(), Some("The Courier"));
    let (sources, _) = read("n1.md", b"# Freed\n\nTroops left.\n");
    assert_eq!(sources[0].title.as_deref(), Some("Freed"));
}

#[test]
fn word_processors() {
    let docx = zip(&[
        ("docProps/core.xml", "<cp xmlns:dc=\"d\"><dc:title>Freed</dc:title></cp>"),
        (
            "word/document.xml",
            "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>Niger's army said on Monday that </w:t></w:r>\
             <w:del><w:r><w:delText>bandits</w:delText></w:r></w:del><w:r><w:t>rebels had freed 12 guests.</w:t></w:r></w:p>\
             <w:p/><w:p><w:r><w:t>Ministers &amp; generals met in Zinder, they said.</w:t></w:r></w:p></w:body></w:document>",
        ),
    ]);
    let odt = zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("meta.xml", "<m xmlns:dc=\"d\"><dc:title>Freed</dc:title></m>"),
        (
            "content.xml",
            "<d xmlns:text=\"t\"><text:tracked-changes><text:p>bandits</text:p></text:tracked-changes>\
             <text:h>Niger's army said on <text:span>Monday</text:span> that rebels had freed 12 guests.</text:h>\
             <text:p>Ministers &amp; generals<text:s/>met in Zinder, they said.</text:p></d>",
        ),
    ]);
    let expected = format!("{FIRST}\n\n{SECOND}");
    for (name, content) in [("n1.docx", &docx), ("n1", &docx), ("n1.odt", &odt), ("n1.docx.gz", &gzip(&docx))] {
        let (sources, messages) = read(name, content);
        assert!(messages.is_empty() && sources.len() == 1, "{name}: {messages:?}");
        assert_eq!(told(&sources[0]), ("n1", "Freed", String::new(), expected.as_str()));
    }
    let (sources, messages) = read("n1.docx", &docx[..docx.len() / 2]);
    assert!(sources.is_empty() && messages[0].contains("n1.docx"), "{messages:?}");
}

#[test]
fn spreadsheets() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(0, 0, "notes").unwrap();
    let sheet = book.add_worksheet();
    for (column, head) in ["id", "Body", "headline", "date"].into_iter().enumerate() {
        sheet.write_string(0, column as u16, head).unwrap();
    }
    sheet.write_string(1, 0, "n1").unwrap().write_string(1, 1, FIRST).unwrap().write_string(1, 2, "Freed").unwrap();
    let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2024, 3, 4).unwrap();
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_datetime_with_format(1, 3, &date, &format).unwrap();
    sheet.write_string(3, 1, SECOND).unwrap();
    let xlsx = book.save_to_buffer().unwrap();
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let row = |cells: &[&str]| {
        format!("<table:table-row>{}</table:table-row>", cells.iter().map(|text| cell(text)).collect::<String>())
    };
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
         <office:body><office:spreadsheet><table:table table:name=\"s\">{}{}{}{}</table:table></office:spreadsheet>\
         </office:body></office:document-content>",
        row(&["id", "Body", "headline", "date"]),
        row(&["n1", FIRST, "Freed", "2024-03-04"]),
        row(&["", "", "", ""]),
        row(&["", "Ministers &amp; generals met in Zinder, they said.", "", ""]),
    );
    let manifest = "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    let ods = zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", &content),
    ]);
    for (name, content) in [("a.xlsx", &xlsx), ("a", &xlsx), ("a.ods", &ods), ("a.xlsx.gz", &gzip(&xlsx))] {
        let (sources, messages) = read(name, content);
        assert!(messages.is_empty() || name == "a.ods", "{name}: {messages:?}");
        let texts: Vec<_> = sources.iter().filter(|source| !source.text.is_empty()).map(told).collect();
        assert_eq!(texts[0], ("n1", "Freed", "2024-03-04".to_owned(), FIRST), "{name}");
        assert_eq!(texts[1], ("a:4", "", String::new(), SECOND), "{name}");
    }
    let fields = Fields { text: Some("prose".into()), ..Fields::default() };
    let (sources, messages) = read_with("a.xlsx", &xlsx, Options { fields, ..Options::default() });
    assert!(sources.is_empty() && messages[0].contains("no sheet has a column 'prose'"), "{messages:?}");
}

#[test]
fn parquet_files() {
    use parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
    let write = |compression| {
        let schema = "message m { required binary id (UTF8); optional binary text (UTF8); optional int32 date (DATE); \
                      required group meta { required binary hl (UTF8); } }";
        let schema = std::sync::Arc::new(parquet::schema::parser::parse_message_type(schema).unwrap());
        let properties = parquet::file::properties::WriterProperties::builder().set_compression(compression).build();
        let mut bytes = Vec::new();
        let mut file =
            parquet::file::writer::SerializedFileWriter::new(&mut bytes, schema, std::sync::Arc::new(properties))
                .unwrap();
        let mut group = file.next_row_group().unwrap();
        let texts = |texts: &[&str]| texts.iter().map(|text| ByteArray::from(*text)).collect::<Vec<_>>();
        for (values, levels) in [(texts(&["n1", "n2"]), None), (texts(&[FIRST, SECOND]), Some([1, 1]))] {
            let mut column = group.next_column().unwrap().unwrap();
            column
                .typed::<ByteArrayType>()
                .write_batch(&values, levels.as_ref().map(|levels| &levels[..]), None)
                .unwrap();
            column.close().unwrap();
        }
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<Int32Type>().write_batch(&[19786], Some(&[1, 0]), None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&texts(&["Freed", "Met"]), None, None).unwrap();
        column.close().unwrap();
        group.close().unwrap();
        file.close().unwrap();
        bytes
    };
    let fields = Fields { title: Some("meta.hl".into()), ..Fields::default() };
    let options = Options { fields, ..Options::default() };
    use parquet::basic::Compression;
    for compression in
        [Compression::SNAPPY, Compression::UNCOMPRESSED, Compression::GZIP(Default::default()), Compression::LZ4_RAW]
    {
        let bytes = write(compression);
        for (name, content) in [("a.parquet", bytes.clone()), ("a", bytes.clone()), ("a.parquet.gz", gzip(&bytes))] {
            let (sources, messages) = read_with(name, &content, options.clone());
            assert!(messages.is_empty(), "{name}: {messages:?}");
            assert_eq!(told(&sources[0]), ("n1", "Freed", "2024-03-04".to_owned(), FIRST));
            assert_eq!(told(&sources[1]), ("n2", "Met", String::new(), SECOND));
        }
    }
    // Written by pyarrow, with pages of both versions: the library that we write with cannot.
    let by_others: [&[u8]; 2] = [include_bytes!("files/zstd-1.parquet"), include_bytes!("files/zstd-2.parquet")];
    for zstd in by_others {
        let (sources, messages) = read("a.parquet", zstd);
        assert!(messages.is_empty() && sources.len() == 2, "{messages:?}");
        assert_eq!(told(&sources[0]), ("n1", "", String::new(), FIRST));
        assert_eq!(told(&sources[1]), ("n2", "", String::new(), SECOND));
    }
    let bytes = write(Compression::SNAPPY);
    let (sources, messages) = read("a.parquet", &bytes[..bytes.len() - 9]);
    assert!(sources.is_empty() && messages[0].contains("a.parquet"), "{messages:?}");
    let fields = Fields { text: Some("prose".into()), ..Fields::default() };
    let (_, messages) = read_with("a.parquet", &bytes, Options { fields, ..Options::default() });
    assert!(messages[0].contains("no column 'prose'") && messages[0].contains("meta.hl"), "{messages:?}");
}

/// A record of a web archive.
fn record(kind: &str, content_type: &str, number: usize, content: &[u8]) -> Vec<u8> {
    let header = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:n{number}>\r\nWARC-Date: 2024-03-06T01:02:03Z\r\n\
         WARC-Target-URI: https://c.example/{number}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        content.len()
    );
    [header.as_bytes(), content, b"\r\n\r\n"].concat()
}

#[test]
fn web_archives() {
    let paragraph = "Kenya's foreign minister told reporters in Nairobi on Monday that the border with Somalia would \
                     reopen within ninety days, after talks that lasted most of a year and stalled twice.";
    let page = |date: &str| {
        format!(
            "<!DOCTYPE html><html lang=\"en\"><head><title>Border</title>{date}</head><body><nav>Home Sport</nav><article>\
             <h1>Border</h1><p>{paragraph}</p><p>{paragraph}</p><p>{paragraph}</p></article></body></html>"
        )
    };
    let response = |head: &str, body: &[u8]| [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
    let html = "200 OK\r\nContent-Type: text/html; charset=utf-8";
    let dated = page("<meta property=\"article:published_time\" content=\"2024-03-04T09:00:00Z\">");
    let (first, rest) = dated.as_bytes().split_at(300);
    let mut chunked = Vec::new();
    for chunk in [first, rest] {
        chunked.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        chunked.extend_from_slice(chunk);
        chunked.extend_from_slice(b"\r\n");
    }
    chunked.extend_from_slice(b"0\r\n\r\n");
    let http = "application/http; msgtype=response";
    let records = [
        record("warcinfo", "application/warc-fields", 1, b"software: x\r\n"),
        record("request", "application/http; msgtype=request", 2, b"GET / HTTP/1.1\r\n\r\n"),
        record("response", http, 3, &response(html, dated.as_bytes())),
        record("response", http, 4, &response(&format!("{html}\r\nTransfer-Encoding: chunked"), &chunked)),
        record(
            "response",
            http,
            5,
            &response(&format!("{html}\r\nContent-Encoding: gzip"), &gzip(page("").as_bytes())),
        ),
        record("response", http, 6, &response("404 Not Found\r\nContent-Type: text/html", b"<html>no</html>")),
        record("response", http, 7, &response("200 OK\r\nContent-Type: image/png", b"\x89PNG")),
        record("conversion", "text/plain", 8, FIRST.as_bytes()),
    ];
    let plain = records.concat();
    let members: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    for (name, content) in [("a.warc", &plain), ("a.warc.gz", &members), ("unknown", &members)] {
        let (sources, messages) = read(name, content);
        assert_eq!(messages, ["skipped: no page of text", "skipped: no page of text"], "{name}");
        let dates: Vec<_> =
            sources.iter().map(|source| (source.id.as_str(), source.date.unwrap().to_string())).collect();
        let days = ["2024-03-04", "2024-03-04", "2024-03-06", "2024-03-06"];
        let expected: Vec<_> = ["n3", "n4", "n5", "n8"].into_iter().zip(days.map(str::to_owned)).collect();
        assert_eq!(dates, expected);
        assert!(sources[..3].iter().all(|source| source.text.contains(paragraph) && !source.text.contains("Sport")));
        assert_eq!(sources[0].url.as_deref(), Some("https://c.example/3"));
        assert_eq!(sources[3].text, FIRST);
    }
    let (sources, messages) = read("cut.warc", &plain[..plain.len() - 40]);
    assert_eq!(sources.len(), 3);
    assert!(messages.last().unwrap().contains("cut.warc: record 8: the file ends within it"), "{messages:?}");
    let (_, messages) = read("no.warc", b"WARC/1.0\r\nWARC-Type: response\r\n\r\n");
    assert!(messages[0].contains("it has no length"), "{messages:?}");
}

#[test]
fn what_is_not_read_says_so() {
    let (sources, messages) = read("a.pdf", b"%PDF-1.7\n...");
    assert!(
        sources.is_empty() && messages[0].contains("PDF is not read") && messages[0].contains("pdftotext"),
        "{messages:?}"
    );
    let inner = zip(&[("a.txt", FIRST)]);
    let mut outer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    outer.start_file("in.txt", zip::write::SimpleFileOptions::default()).unwrap();
    outer.write_all(&inner).unwrap();
    let (sources, messages) = read("a.zip", &outer.finish().unwrap().into_inner());
    assert!(sources.is_empty() && messages[0].contains("an archive inside an archive"), "{messages:?}");
}

#[test]
fn patterns_of_names() {
    let folder = TempDir::new().unwrap();
    for name in ["b.txt", "a.txt", "c.md", "sub/d.txt"] {
        fs::create_dir_all(folder.path().join("sub")).unwrap();
        fs::write(folder.path().join(name), FIRST).unwrap();
    }
    let ids = |pattern: &str| -> Vec<String> {
        let found = inputs([folder.path().join(pattern)], Options::default());
        found.map(|item| if let Item::Document(source) = item { source.id } else { format!("{item:?}") }).collect()
    };
    assert_eq!(ids("*.txt"), ["a", "b"]);
    assert_eq!(ids("**/*.txt"), ["a", "b", "d"]);
    assert_eq!(ids("[bc].*"), ["b", "c"]);
    assert!(ids("*.html")[0].contains("no file fits this pattern"));
    fs::write(folder.path().join("x[1].txt"), FIRST).unwrap();
    assert_eq!(ids("x[1].txt"), ["x[1]"], "a file of that name comes first");
}

#[test]
fn a_quote_that_is_never_closed_does_not_fill_the_memory() {
    let mut table = b"id,text\nn1,Troops left.\nn2,\"".to_vec();
    table.resize(table.len() + factwire::read::MAX_DOCUMENT + 100_000, b'x');
    table.extend_from_slice(b"\nn3,\"Lost with it.\"\nn4,\"Rebels\nleft.\"\n");
    let (sources, messages) = read("a.csv", &table);
    assert_eq!(sources.iter().map(|source| source.id.as_str()).collect::<Vec<_>>(), ["n1", "n4"]);
    assert!(messages.len() == 1 && messages[0].contains("a.csv:3: a row of more than 64 MiB"), "{messages:?}");
    assert!(messages[0].contains("is a quote never closed?"), "{messages:?}");
}

#[test]
fn a_line_that_is_too_long_is_named_and_the_next_ones_are_read() {
    let mut lines = b"{\"id\":\"n1\",\"text\":\"One.\"}\n{\"text\":\"".to_vec();
    lines.resize(lines.len() + factwire::read::MAX_DOCUMENT + 100_000, b'x');
    lines.extend_from_slice(b"\"}\n{\"id\":\"n3\",\"text\":\"Three.\"}\n");
    let (sources, messages) = read("a.jsonl", &lines);
    assert_eq!(sources.iter().map(|source| source.id.as_str()).collect::<Vec<_>>(), ["n1", "n3"]);
    assert!(
        messages.len() == 1 && messages[0].contains("a.jsonl:2: a line of more than 64 MiB is not read"),
        "{messages:?}"
    );
}

#[test]
#[cfg(unix)]
fn a_link_to_itself_is_named() {
    let folder = TempDir::new().unwrap();
    std::os::unix::fs::symlink(folder.path().join("loop.txt"), folder.path().join("loop.txt")).unwrap();
    fs::write(folder.path().join("a.txt"), FIRST).unwrap();
    let found: Vec<Item> = inputs([folder.path().to_owned()], Options::default()).collect();
    assert!(matches!(&found[0], Item::Document(source) if source.id == "a"), "{found:?}");
    assert!(matches!(&found[1], Item::Failure(error) if error.to_string().contains("loop.txt")), "{found:?}");
}
