//! Files of word processors: Word (DOCX) and OpenDocument (ODT). Read is the text; tables give a paragraph a cell.

use std::io::{Read, Seek};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::{Input, Item, MAX_DOCUMENT, markup};
use crate::error::Error;

/// What a zip archive is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Docx,
    Odt,
    Xlsx,
    Ods,
    /// An archive of files.
    Archive,
}

/// What a zip archive is, by what is in it.
pub(super) fn kind(from: impl Read + Seek) -> Kind {
    let Ok(mut zip) = ZipArchive::new(from) else { return Kind::Archive };
    let has = |zip: &ZipArchive<_>, name: &str| zip.index_for_name(name).is_some();
    if has(&zip, "word/document.xml") {
        return Kind::Docx;
    }
    if has(&zip, "xl/workbook.xml") {
        return Kind::Xlsx;
    }
    match part(&mut zip, "mimetype").unwrap_or_default().trim() {
        "application/vnd.oasis.opendocument.text" => Kind::Odt,
        "application/vnd.oasis.opendocument.spreadsheet" => Kind::Ods,
        _ => Kind::Archive,
    }
}

/// The document of a file.
pub(super) fn document(from: impl Read + Seek, kind: Kind, input: &Input) -> Item {
    let fail = |message: String| Item::Failure(input.name(Error::input(message)));
    let mut zip = match ZipArchive::new(from) {
        Ok(zip) => zip,
        Err(error) => return fail(error.to_string()),
    };
    let (content, about) =
        if kind == Kind::Docx { ("word/document.xml", "docProps/core.xml") } else { ("content.xml", "meta.xml") };
    let text = match part(&mut zip, content).and_then(|xml| paragraphs(&xml)) {
        Ok(text) => text,
        Err(message) => return fail(message),
    };
    let mut source = input.source(input.id.clone(), text);
    source.title = part(&mut zip, about).ok().and_then(|xml| title(&xml)).filter(|title| !title.is_empty());
    Item::Document(source)
}

/// A part of the file, unpacked.
fn part<R: Read + Seek>(zip: &mut ZipArchive<R>, name: &str) -> Result<String, String> {
    let file = zip.by_name(name).map_err(|error| format!("{name}: {error}"))?;
    let mut xml = String::new();
    file.take(MAX_DOCUMENT as u64 + 1).read_to_string(&mut xml).map_err(|error| format!("{name}: {error}"))?;
    if xml.len() > MAX_DOCUMENT {
        return Err(format!("{name} is longer than {} MiB", MAX_DOCUMENT >> 20));
    }
    Ok(xml)
}

/// The paragraphs of a document, divided by blank lines.
fn paragraphs(xml: &str) -> Result<String, String> {
    let mut reader = Reader::from_str(xml);
    let mut text = String::new();
    // In Word, text stands in elements of its own; what was deleted and codes of fields stand in others.
    let mut inside = 0usize;
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) => match start.name().as_ref() {
                "w:t" | "text:p" | "text:h" => inside += 1,
                "text:tracked-changes" => _ = reader.read_to_end(start.name()).map_err(|error| error.to_string())?,
                _ => {}
            },
            Event::Empty(empty) => match empty.name().as_ref() {
                "w:tab" | "text:tab" | "text:s" => text.push(' '),
                "w:br" | "w:cr" | "text:line-break" => text.push('\n'),
                _ => {}
            },
            Event::End(end) => match end.name().as_ref() {
                "w:t" => inside = inside.saturating_sub(1),
                "w:p" => text.push_str("\n\n"),
                "text:p" | "text:h" => {
                    inside = inside.saturating_sub(1);
                    text.push_str("\n\n");
                }
                _ => {}
            },
            Event::Text(piece) if inside > 0 => text.push_str(&piece.xml10_content()),
            Event::CData(piece) if inside > 0 => text.push_str(&piece.xml10_content()),
            Event::GeneralRef(name) if inside > 0 => {
                text.push_str(&markup::entity(&name.xml10_content()).unwrap_or_default());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    // Empty paragraphs only make room on paper.
    let lines: Vec<&str> = text.split("\n\n").map(str::trim).filter(|line| !line.is_empty()).collect();
    Ok(lines.join("\n\n"))
}

fn title(xml: &str) -> Option<String> {
    let (_, rest) = xml.split_once("<dc:title>")?;
    Some(markup::text(rest.split_once("</dc:title>")?.0))
}
