//! What the name of a file says of its content.

use std::path::Path;

use super::Format;
use crate::error::Error;

/// The endings of names that are read, for messages.
pub(super) const KNOWN: &str = ".txt, .md, .html, .json, .jsonl, .csv, .tsv, .xml, .rss, .eml, .mbox, .warc, .docx, .odt, .xlsx, .ods or .parquet, \
     perhaps with .gz, .zst, .bz2 or .xz, or in .zip";

const COMPRESSED: &[&str] = &["gz", "zst", "zstd", "bz2", "xz"];

/// The format that a name stands for.
pub(super) fn format(path: &Path) -> Option<Format> {
    match inner(path)?.1.as_str() {
        "txt" | "text" => Some(Format::Text),
        #[cfg(feature = "markdown")]
        "md" | "markdown" => Some(Format::Markdown),
        #[cfg(feature = "feeds")]
        "xml" | "rss" | "atom" | "nitf" => Some(Format::Feed),
        #[cfg(feature = "mail")]
        "eml" | "mbox" => Some(Format::Mail),
        #[cfg(all(feature = "archives", feature = "html"))]
        "warc" | "wet" => Some(Format::Warc),
        #[cfg(feature = "office")]
        "docx" | "odt" => Some(Format::Office),
        #[cfg(feature = "office")]
        "xlsx" | "ods" => Some(Format::Sheet),
        #[cfg(feature = "parquet")]
        "parquet" | "pq" => Some(Format::Parquet),
        "jsonl" | "ndjson" => Some(Format::Jsonl),
        "json" => Some(Format::Json),
        "csv" => Some(Format::Csv),
        "tsv" | "tab" => Some(Format::Tsv),
        #[cfg(feature = "html")]
        "html" | "htm" | "xhtml" => Some(Format::Html),
        _ => None,
    }
}

/// Whether the name stands for something that can be read.
pub(super) fn is_known(path: &Path) -> bool {
    let zip = cfg!(feature = "archives") && extension(path).as_deref() == Some("zip");
    zip || format(path).is_some()
}

/// What to say of a document of a kind that is not read; `None` for pictures and the like, which nobody expects to be.
pub(super) fn refusal(path: &Path) -> Option<Error> {
    let (kind, remedy) = match extension(path)?.as_str() {
        "pdf" => ("PDF", PDF_REMEDY),
        "doc" | "rtf" | "ppt" | "pptx" | "xls" | "pages" | "epub" | "djvu" => {
            ("this kind of document", "save it as .docx, .odt, .xlsx or plain text first")
        }
        "msg" | "pst" => ("this kind of e-mail", "save it as .eml or .mbox first"),
        "tar" | "tgz" | "tbz" | "txz" | "7z" | "rar" => ("this kind of archive", "unpack it first, or pack it as .zip"),
        "gz" | "bz2" | "xz" | "zst"
            if path.file_stem().is_some_and(|stem| stem.as_encoded_bytes().ends_with(b".tar")) =>
        {
            ("this kind of archive", "unpack it first, or pack it as .zip")
        }
        _ => return None,
    };
    Some(Error::input(format!("{kind} is not read")).at_path(path).with_help(remedy))
}

/// What to do about PDF, whose text has no certain order.
pub(super) const PDF_REMEDY: &str = "convert it first, with pdftotext for example";

/// The name without its endings, as an id for its document.
pub(super) fn stem(path: &Path) -> String {
    match inner(path) {
        Some((stem, _)) => stem,
        None => path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
    }
}

/// Stem and ending of a name, compression aside: `a.json.gz` is `a` and `json`.
fn inner(path: &Path) -> Option<(String, String)> {
    let outer = extension(path)?;
    let stem = path.file_stem()?;
    if cfg!(feature = "archives") && COMPRESSED.contains(&outer.as_str()) {
        let path = Path::new(stem);
        return Some((path.file_stem()?.to_string_lossy().into_owned(), extension(path)?));
    }
    Some((stem.to_string_lossy().into_owned(), outer))
}

fn extension(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}
