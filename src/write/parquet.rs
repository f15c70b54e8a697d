//! Parquet: a typed file for each table, or for each value of the columns by which it is partitioned.
//!
//! Text is UTF-8, whole numbers are INT64, numbers DOUBLE, flags BOOLEAN, and columns that always hold a full day DATE;
//! unknown is null. Columns of TIMEX3 values, which may be a month or a season, stay text. Partitions lie in folders as
//! Hive names them, `relation=assault/`, and their columns are in the names only.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};

use crate::error::{Error, Result};
use crate::table::{Cell, Column, ColumnKind, Row, View};

/// Bytes of the rows that wait, over all files, before those of the largest group are written.
const MOST_WAITING: usize = 48 << 20;
/// Files at most: each takes a file handle and memory until the end.
const MOST_FILES: usize = 200;

/// Tables being written.
pub struct Parquet {
    tables: Vec<Partitioned>,
    waiting: usize,
}

/// A table and the files that it is divided into.
struct Partitioned {
    /// The file, or the folder of partitions.
    path: PathBuf,
    /// Columns that files hold.
    kept: Vec<(usize, Column)>,
    /// Columns that folders are named after.
    by: Vec<(usize, Column)>,
    schema: TypePtr,
    files: BTreeMap<String, Group>,
}

/// A file, and the rows that wait for it.
struct Group {
    writer: SerializedFileWriter<File>,
    rows: Vec<Row<'static>>,
    size: usize,
}

impl Parquet {
    /// Writes each view to the path beside it: a file, or a folder when there are columns to partition by.
    ///
    /// # Errors
    /// If a view has none of the columns to partition by, or has no others, or a file cannot be made.
    pub fn new(views: &[(View, PathBuf)], partition_by: &[String]) -> Result<Self> {
        let tables = views.iter().map(|(view, path)| Partitioned::new(view, path, partition_by));
        Ok(Self { tables: tables.collect::<Result<_>>()?, waiting: 0 })
    }

    /// Writes a row of the table of that number.
    ///
    /// # Errors
    /// If writing fails, or there are too many partitions.
    ///
    /// # Panics
    /// If there is no such table.
    pub fn row(&mut self, table: usize, row: Row<'static>) -> Result<()> {
        self.waiting += self.tables[table].add(row)?;
        if self.waiting > MOST_WAITING {
            let largest = |table: &Partitioned| table.files.values().map(|group| group.size).max().unwrap_or(0);
            if let Some(table) = self.tables.iter_mut().max_by_key(|table| largest(table)) {
                self.waiting -= table.write_largest()?;
            }
        }
        Ok(())
    }

    /// Writes what waits and completes the files.
    ///
    /// # Errors
    /// If writing fails.
    pub fn finish(self) -> Result<()> {
        for table in self.tables {
            for mut group in table.files.into_values() {
                let close = group.write(&table.kept).and_then(|()| group.writer.close().map(|_| ()));
                close.map_err(|error| failed(&table.path, error))?;
            }
        }
        Ok(())
    }
}

impl Partitioned {
    fn new(view: &View, path: &Path, partition_by: &[String]) -> Result<Self> {
        let columns: Vec<(usize, Column)> = view.columns().enumerate().collect();
        let by = partition_columns(view, partition_by)?;
        let kept: Vec<(usize, Column)> = columns.iter().filter(|column| !by.contains(column)).copied().collect();
        let schema = schema(&kept).map_err(|error| failed(path, error))?;
        let mut made = Self { path: path.to_owned(), kept, by, schema, files: BTreeMap::new() };
        if made.by.is_empty() {
            // A table without rows is a file all the same.
            made.group(String::new())?;
        }
        Ok(made)
    }

    /// Keeps a row for its file; gives its size in memory.
    fn add(&mut self, row: Row<'static>) -> Result<usize> {
        let part = |(place, column): &(usize, Column)| format!("{}={}", column.name, folder_name(&row[*place]));
        let key = self.by.iter().map(part).collect::<Vec<_>>().join("/");
        let size = row.iter().map(|cell| size_of::<Cell>() + text_length(cell)).sum();
        let group = self.group(key)?;
        group.rows.push(row);
        group.size += size;
        Ok(size)
    }

    fn group(&mut self, key: String) -> Result<&mut Group> {
        if !self.files.contains_key(&key) {
            if self.files.len() == MOST_FILES {
                let error =
                    Error::usage(format!("partitioning makes more than {MOST_FILES} files")).at_path(&self.path);
                return Err(error.with_help("choose a column with fewer values"));
            }
            let path = if self.by.is_empty() { self.path.clone() } else { self.path.join(&key).join("part-0.parquet") };
            let create = || {
                path.parent().map_or(Ok(()), fs::create_dir_all)?;
                File::create(&path)
            };
            let file = create().map_err(|error| Error::io(&path, error))?;
            let properties = WriterProperties::builder()
                .set_compression(Compression::SNAPPY)
                .set_created_by(concat!("factwire ", env!("CARGO_PKG_VERSION")).to_owned());
            let writer = SerializedFileWriter::new(file, self.schema.clone(), Arc::new(properties.build()));
            let writer = writer.map_err(|error| failed(&path, error))?;
            self.files.insert(key.clone(), Group { writer, rows: Vec::new(), size: 0 });
        }
        self.files.get_mut(&key).ok_or_else(|| Error::usage("a partition was lost"))
    }

    /// Writes the rows of the group that has most; gives the memory set free.
    fn write_largest(&mut self) -> Result<usize> {
        let Some(group) = self.files.values_mut().max_by_key(|group| group.size) else { return Ok(0) };
        let size = group.size;
        group.write(&self.kept).map_err(|error| failed(&self.path, error))?;
        Ok(size)
    }
}

impl Group {
    /// Writes the rows that wait as a row group.
    fn write(&mut self, columns: &[(usize, Column)]) -> std::result::Result<(), ParquetError> {
        let rows = std::mem::take(&mut self.rows);
        self.size = 0;
        if rows.is_empty() {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        for (place, column) in columns {
            let Some(mut writer) = group.next_column()? else { break };
            let cells = || rows.iter().map(|row| &row[*place]);
            let known: Vec<i16> = cells().map(|cell| i16::from(value_of(cell, column.kind).is_some())).collect();
            let values = cells().filter_map(|cell| value_of(cell, column.kind));
            macro_rules! write {
                ($kind:ty, $variant:ident) => {{
                    let values =
                        values.filter_map(|value| if let Value::$variant(value) = value { Some(value) } else { None });
                    writer.typed::<$kind>().write_batch(&values.collect::<Vec<_>>(), Some(&known), None)?;
                }};
            }
            match column.kind {
                ColumnKind::Text | ColumnKind::Date => write!(ByteArrayType, Text),
                ColumnKind::Integer => write!(Int64Type, Integer),
                ColumnKind::Number => write!(DoubleType, Number),
                ColumnKind::Flag => write!(BoolType, Flag),
                ColumnKind::Day => write!(Int32Type, Day),
            }
            writer.close()?;
        }
        group.close().map(|_| ())
    }
}

/// The columns of a view to partition by.
///
/// # Errors
/// If it has no such column.
pub fn partition_columns(view: &View, names: &[String]) -> Result<Vec<(usize, Column)>> {
    let place = |name: &String| {
        let found = view.columns().enumerate().find(|(_, column)| column.name == name);
        found.ok_or_else(|| {
            let all: Vec<&str> = view.columns().map(|column| column.name).collect();
            let error = Error::usage(format!("the table {} has no column '{name}' to partition by", view.table));
            error.with_help(format!("choose a table with --table, and one of its columns: {}", all.join(", ")))
        })
    };
    names.iter().map(place).collect()
}

/// A cell as its column stores it.
enum Value {
    Text(ByteArray),
    Integer(i64),
    Number(f64),
    Flag(bool),
    /// Days since 1970.
    Day(i32),
}

/// The value of a cell; `None` where it is unknown, or not what the column holds.
fn value_of(cell: &Cell, kind: ColumnKind) -> Option<Value> {
    Some(match (kind, cell) {
        (ColumnKind::Text | ColumnKind::Date, Cell::Text(text)) => {
            Value::Text(ByteArray::from(text.as_bytes().to_vec()))
        }
        (ColumnKind::Integer, Cell::Integer(value)) => Value::Integer(*value),
        (ColumnKind::Number, Cell::Number(value)) => Value::Number(*value),
        (ColumnKind::Number, Cell::Integer(value)) => Value::Number(*value as f64),
        (ColumnKind::Flag, Cell::Flag(value)) => Value::Flag(*value),
        (ColumnKind::Day, Cell::Text(text)) => {
            let since = Date::constant(1970, 1, 1).until(text.parse::<Date>().ok()?).ok()?;
            Value::Day(since.get_days())
        }
        _ => return None,
    })
}

fn schema(columns: &[(usize, Column)]) -> std::result::Result<TypePtr, ParquetError> {
    let field = |(_, column): &(usize, Column)| {
        let (physical, logical) = match column.kind {
            ColumnKind::Text | ColumnKind::Date => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            ColumnKind::Integer => (Physical::INT64, None),
            ColumnKind::Number => (Physical::DOUBLE, None),
            ColumnKind::Flag => (Physical::BOOLEAN, None),
            ColumnKind::Day => (Physical::INT32, Some(LogicalType::Date)),
        };
        let builder = Type::primitive_type_builder(column.name, physical).with_repetition(Repetition::OPTIONAL);
        builder.with_logical_type(logical).build().map(Arc::new)
    };
    let fields = columns.iter().map(field).collect::<std::result::Result<_, _>>()?;
    Type::group_type_builder("factwire").with_fields(fields).build().map(Arc::new)
}

/// A value as part of a folder's name, with what a path cannot hold written as `%2F`.
fn folder_name(cell: &Cell) -> String {
    let text = cell.to_text();
    if text.is_empty() {
        return "__HIVE_DEFAULT_PARTITION__".to_owned();
    }
    let mut name = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => name.push(char::from(byte)),
            byte => name.push_str(&format!("%{byte:02X}")),
        }
    }
    name
}

fn text_length(cell: &Cell) -> usize {
    if let Cell::Text(text) = cell { text.len() } else { 0 }
}

fn failed(path: &Path, error: ParquetError) -> Error {
    Error::io(path, std::io::Error::other(error))
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;
    use crate::table::Table;

    fn rows_of(path: &Path) -> Vec<String> {
        let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
        reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect()
    }

    fn write(folder: &Path, partition_by: &[String]) -> PathBuf {
        let columns = ["doc_id", "doc_date", "relation", "killed", "negated", "sentence"];
        let view = View::pick(Table::Relations, columns).unwrap();
        let path = folder.join(if partition_by.is_empty() { "relations.parquet" } else { "relations" });
        let mut made = Parquet::new(&[(view, path.clone())], partition_by).unwrap();
        let first = ["é".into(), "1969-12-31".into(), "assault".into(), Cell::Number(3.5), true.into(), 4.into()];
        made.row(0, first.to_vec()).unwrap();
        let second = ["b".into(), Cell::Blank, "a/b".into(), Cell::Blank, false.into(), Cell::Blank];
        made.row(0, second.to_vec()).unwrap();
        made.finish().unwrap();
        path
    }

    #[test]
    fn types_and_nulls_come_back() {
        let folder = tempfile::TempDir::new().unwrap();
        let rows = rows_of(&write(folder.path(), &[]));
        let expected =
            "{doc_id: \"é\", doc_date: 1969-12-31, relation: \"assault\", killed: 3.5, negated: true, sentence: 4}";
        assert_eq!(rows[0], expected);
        assert!(rows[1].contains("doc_date: null") && rows[1].contains("sentence: null"), "{}", rows[1]);
    }

    #[test]
    fn partitions_are_folders() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = write(folder.path(), &["relation".to_owned()]);
        assert_eq!(rows_of(&path.join("relation=assault/part-0.parquet")).len(), 1);
        let rows = rows_of(&path.join("relation=a%2Fb/part-0.parquet"));
        assert!(rows.len() == 1 && !rows[0].contains("relation:"), "{rows:?}");
        let view = View::all(Table::Relations);
        assert!(Parquet::new(&[(view, path)], &["colour".to_owned()]).is_err());
    }
}
