//! An SQLite database: a typed table for each table, with keys, indexes, and full-text search over the evidence.
//!
//! Ids such as `E1` are those of their document, and two documents may bear one id: every row therefore has the number
//! of its document, which counts from 1 in the order of reading.

use std::path::Path;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ToSql};

use crate::error::{Error, Result};
use crate::table::{Cell, Column, ColumnKind, Table, View};

/// A database being filled.
pub struct Sqlite {
    connection: Connection,
    tables: Vec<Filling>,
    /// The number of the document whose rows come.
    document: i64,
    /// For messages.
    path: std::path::PathBuf,
}

/// A table being filled.
struct Filling {
    view: View,
    insert: String,
}

impl Sqlite {
    /// A database in a new file.
    ///
    /// The rows of a document must begin with that of the table of documents, which must be the first of the `views`.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn new(path: &Path, views: &[View]) -> Result<Self> {
        let failed = |error| failed(path, error);
        let connection = Connection::open(path).map_err(failed)?;
        // The file gets its name only when it is complete: a journal would protect nothing.
        connection.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;").map_err(failed)?;
        let mut tables = Vec::new();
        for view in views {
            connection.execute_batch(&definition(view, views)).map_err(failed)?;
            let places = vec!["?"; view.columns().len() + 1].join(", ");
            tables
                .push(Filling { view: view.clone(), insert: format!("INSERT INTO {} VALUES ({places})", view.table) });
        }
        Ok(Self { connection, tables, document: 0, path: path.to_owned() })
    }

    /// Writes a row of the table of that number.
    ///
    /// # Errors
    /// If writing fails.
    ///
    /// # Panics
    /// If there is no such table.
    pub fn row(&mut self, table: usize, row: &[Cell]) -> Result<()> {
        if table == 0 {
            self.document += 1;
        }
        let failed = |error| failed(&self.path, error);
        let mut statement = self.connection.prepare_cached(&self.tables[table].insert).map_err(failed)?;
        let number = Cell::Integer(self.document);
        let cells = std::iter::once(&number).chain(row);
        statement.execute(rusqlite::params_from_iter(cells)).map_err(failed)?;
        Ok(())
    }

    /// Builds the indexes and closes the database.
    ///
    /// # Errors
    /// If writing fails.
    pub fn finish(self) -> Result<()> {
        let failed = |error| failed(&self.path, error);
        for Filling { view, .. } in &self.tables {
            let columns: Vec<&str> = view.columns().map(|column| column.name).collect();
            // Keys begin with the document's number; only rows without a key need an index for it.
            let keyed = view.table == Table::Documents || columns.contains(&"id");
            let named = INDEXES.iter().filter(|(table, name)| *table == view.table && columns.contains(name));
            for name in named.map(|(_, name)| *name).chain((!keyed).then_some("document")) {
                let sql = format!("CREATE INDEX {0}_{name} ON {0} (\"{name}\")", view.table);
                self.connection.execute_batch(&sql).map_err(failed)?;
            }
            if view.table == Table::Relations && columns.contains(&"evidence") {
                self.connection.execute_batch(SEARCH).map_err(failed)?;
            }
        }
        self.connection.execute_batch("COMMIT; ANALYZE;").map_err(failed)?;
        self.connection.close().map_err(|(_, error)| failed(error))
    }
}

/// What analysts look rows up by.
const INDEXES: &[(Table, &str)] = &[
    (Table::Documents, "doc_id"),
    (Table::Documents, "date"),
    (Table::Relations, "event_date"),
    (Table::Relations, "source_code"),
    (Table::Relations, "relation"),
    (Table::Relations, "target_code"),
    (Table::Events, "plover"),
    (Table::Events, "date"),
    (Table::Entities, "name"),
    (Table::Entities, "gazetteer_id"),
    (Table::Entities, "country"),
    (Table::Figures, "kind"),
];

/// Search over the sentences of the relations without a second copy of them: `SELECT r.* FROM search JOIN relations r ON
/// r.rowid = search.rowid WHERE search MATCH 'ceasefire'`.
const SEARCH: &str = "CREATE VIRTUAL TABLE search USING fts5(evidence, content = 'relations', content_rowid = 'rowid', \
    tokenize = 'unicode61 remove_diacritics 2'); INSERT INTO search (search) VALUES ('rebuild');";

/// The definition of a table.
fn definition(view: &View, all: &[View]) -> String {
    let table = view.table;
    let number = match table {
        Table::Documents => "document INTEGER PRIMARY KEY",
        _ => "document INTEGER NOT NULL REFERENCES documents (document)",
    };
    let columns: Vec<Column> = view.columns().collect();
    let mut parts = vec![number.to_owned()];
    parts.extend(columns.iter().map(|column| format!("\"{}\" {}", column.name, sql_type(*column))));
    let has = |name: &str| columns.iter().any(|column| column.name == name);
    if has("id") {
        parts.push("PRIMARY KEY (document, id)".to_owned());
    }
    if table == Table::Mentions && has("entity") && all.iter().any(|view| view.table == Table::Entities) {
        parts.push("FOREIGN KEY (document, entity) REFERENCES entities (document, id)".to_owned());
    }
    format!("CREATE TABLE {table} ({})", parts.join(", "))
}

fn sql_type(column: Column) -> &'static str {
    match (column.name, column.kind) {
        ("doc_id" | "id", _) => "TEXT NOT NULL",
        (_, ColumnKind::Text | ColumnKind::Date | ColumnKind::Day) => "TEXT",
        (_, ColumnKind::Integer) => "INTEGER",
        (_, ColumnKind::Number) => "REAL",
        (_, ColumnKind::Flag) => "BOOLEAN",
    }
}

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Cell::Blank => ToSqlOutput::Owned(Value::Null),
            Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Cell::Integer(value) => ToSqlOutput::Owned(Value::Integer(*value)),
            Cell::Number(value) => ToSqlOutput::Owned(Value::Real(*value)),
            Cell::Flag(value) => ToSqlOutput::Owned(Value::Integer((*value).into())),
        })
    }
}

fn failed(path: &Path, error: rusqlite::Error) -> Error {
    Error::io(path, std::io::Error::other(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_has_types_keys_and_search() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("facts.sqlite");
        let relations = View::pick(Table::Relations, ["doc_id", "relation", "killed", "negated", "evidence"]).unwrap();
        let views = [View::pick(Table::Documents, ["doc_id"]).unwrap(), relations];
        let mut made = Sqlite::new(&path, &views).unwrap();
        // The same id twice: the input may not know better.
        for killed in [Cell::Number(3.0), Cell::Blank] {
            made.row(0, &["a".into()]).unwrap();
            let row = ["a".into(), "assault".into(), killed, false.into(), "Gunmen stormed a café.".into()];
            made.row(1, &row).unwrap();
        }
        made.finish().unwrap();
        let read = Connection::open(&path).unwrap();
        let count = |sql: &str| read.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(count("SELECT count(*) FROM documents"), 2);
        assert_eq!(count("SELECT CAST(sum(killed) AS INTEGER) FROM relations WHERE NOT negated AND document = 1"), 3);
        let found = "SELECT count(*) FROM search JOIN relations ON relations.rowid = search.rowid WHERE search MATCH";
        assert_eq!(count(&format!("{found} 'cafe'")), 2);
        assert_eq!(count(&format!("{found} 'bank'")), 0);
        assert_eq!(count("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    }
}
