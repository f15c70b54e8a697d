//! Parquet: a row is a document; columns may hold structures, whose fields paths such as `meta.title` reach.

use parquet::file::reader::{ChunkReader, FileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};

use super::{Input, Item, pages};
use crate::error::Error;

/// The documents of a file.
pub(super) struct Columnar {
    rows: RowIter<'static>,
    input: Input,
    row: u64,
    ready: std::collections::VecDeque<Item>,
    ended: bool,
}

impl Columnar {
    /// Opens a file.
    ///
    /// # Errors
    /// If it is damaged, or has no column of text.
    pub(super) fn new(from: impl ChunkReader + 'static, input: Input) -> Result<Self, Error> {
        let reader = pages::File::new(from).map_err(|error| input.name(failed(&error.to_string())))?;
        let names: Vec<String> = reader
            .metadata()
            .file_metadata()
            .schema_descr()
            .columns()
            .iter()
            .map(|column| column.path().string())
            .collect();
        let fields = &input.options.fields;
        if !fields.has_text(|name| names.iter().any(|column| column == name || column.starts_with(&format!("{name}."))))
        {
            let error = Error::input(format!("there is no column {}", fields.text_names()));
            return Err(input.name(error.with_help(format!("its columns are {}; use --text-field", names.join(", ")))));
        }
        Ok(Self {
            rows: RowIter::from_file_into(Box::new(reader)),
            input,
            row: 0,
            ready: Default::default(),
            ended: false,
        })
    }
}

/// What went wrong; the codecs that are not read are named.
fn failed(message: &str) -> Error {
    let error = Error::input(message);
    match message.contains("isabled feature") {
        true => error.with_help("write it with snappy, zstd, gzip or lz4 compression, which are read"),
        false => error,
    }
}

impl Iterator for Columnar {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while self.ready.is_empty() && !self.ended {
            self.row += 1;
            match self.rows.next() {
                None => self.ended = true,
                Some(Ok(row)) => {
                    let id = format!("{}:{}", self.input.id, self.row);
                    match self.input.document(id, self.row, |name| value(&row, name)) {
                        Ok(items) => self.ready.extend(items),
                        Err(error) => self.ready.push_back(Item::Failure(error)),
                    }
                }
                Some(Err(error)) => {
                    self.ended = true;
                    self.ready.push_back(Item::Failure(self.input.name(failed(&error.to_string())).at_line(self.row)));
                }
            }
        }
        self.ready.pop_front()
    }
}

/// A field as text: by its name, or along a path.
fn value(row: &Row, path: &str) -> Option<String> {
    let named =
        |row: &Row, name: &str| row.get_column_iter().find(|(key, _)| *key == name).map(|(_, field)| field.clone());
    if let Some(field) = named(row, path) {
        return text(&field);
    }
    let (first, rest) = path.split_once('.')?;
    match named(row, first)? {
        Field::Group(inner) => value(&inner, rest),
        _ => None,
    }
}

fn text(field: &Field) -> Option<String> {
    let seconds = |per_second: i64, value: &i64| value.div_euclid(per_second).to_string();
    Some(match field {
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
        // Read as Unix times are in other formats.
        Field::TimestampMillis(value) => seconds(1000, value),
        Field::TimestampMicros(value) => seconds(1_000_000, value),
        Field::Null | Field::Group(_) | Field::MapInternal(_) => return None,
        Field::ListInternal(list) => {
            let parts: Vec<String> = list.elements().iter().filter_map(text).collect();
            parts.join("\n\n")
        }
        other => other.to_string(),
    })
}
