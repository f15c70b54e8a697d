//! What the name of a file says of its content.

use std::path::Path;

use super::Format;

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
