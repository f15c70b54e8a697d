//! Tables: views of the record for spreadsheets, databases and terminals.
//!
//! A table has fixed columns; a document gives it rows, in text order. Unknown is blank, never zero or "N/A".

mod events;
pub mod links;
mod plain;
mod relations;

use std::borrow::Cow;

use crate::error::{Error, Result};
use crate::ontology::names;
use crate::record::Record;

names! {
    /// The tables that can be written.
    Table {
        /// One actor–event–actor or actor–relation–actor link a row: what an analyst opens first.
        Relations = "relations",
        /// One event a row.
        Events = "events",
        /// One entity of a document a row.
        Entities = "entities",
        /// One mention a row.
        Mentions = "mentions",
        /// One figure a row.
        Figures = "figures",
        /// One document a row.
        Documents = "documents",
    }
}

/// What a column holds, for formats that have types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Number,
    /// True or false.
    Flag,
    /// A TIMEX3 value, most often a day.
    Date,
    /// A day.
    Day,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its head.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
}

/// Makes a list of columns.
macro_rules! columns {
    ($($name:literal $kind:ident),* $(,)?) => {
        &[$($crate::table::Column { name: $name, kind: $crate::table::ColumnKind::$kind }),*]
    };
}
use columns;

/// A value in a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell<'r> {
    /// Unknown, or not applicable.
    #[default]
    Blank,
    /// Words, a code, a date.
    Text(Cow<'r, str>),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// True or false.
    Flag(bool),
}

/// The cells of a row, one a column.
pub type Row<'r> = Vec<Cell<'r>>;

impl Table {
    /// Its columns, in order.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Table::Relations => relations::COLUMNS,
            Table::Events => events::COLUMNS,
            Table::Entities => plain::ENTITIES,
            Table::Mentions => plain::MENTIONS,
            Table::Figures => plain::FIGURES,
            Table::Documents => plain::DOCUMENTS,
        }
    }

    /// The rows that a document gives it.
    pub fn rows(self, record: &Record) -> Vec<Row<'_>> {
        match self {
            Table::Relations => relations::rows(record),
            Table::Events => events::rows(record),
            Table::Entities => plain::entities(record),
            Table::Mentions => plain::mentions(record),
            Table::Figures => plain::figures(record),
            Table::Documents => plain::documents(record),
        }
    }
}

/// A table with the columns that are wanted, in the order that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The table.
    pub table: Table,
    /// Places in [`Table::columns`].
    picked: Vec<usize>,
}

impl View {
    /// The whole table.
    pub fn all(table: Table) -> Self {
        Self { table, picked: (0..table.columns().len()).collect() }
    }

    /// The columns of those names.
    ///
    /// # Errors
    /// If the table has no such column.
    pub fn pick<'n>(table: Table, names: impl IntoIterator<Item = &'n str>) -> Result<Self> {
        let place = |name: &str| {
            let found = table.columns().iter().position(|column| column.name == name);
            found.ok_or_else(|| {
                let all: Vec<&str> = table.columns().iter().map(|column| column.name).collect();
                let error = Error::usage(format!("the table {table} has no column '{name}'"));
                error.with_help(format!("one of {}", all.join(", ")))
            })
        };
        let picked = names.into_iter().map(place).collect::<Result<_>>()?;
        Ok(Self { table, picked })
    }

    /// Whether it has every column in the table's own order.
    pub fn is_all(&self) -> bool {
        self.picked.iter().copied().eq(0..self.table.columns().len())
    }

    /// The columns, in order.
    pub fn columns(&self) -> impl ExactSizeIterator<Item = Column> + '_ {
        self.picked.iter().map(|&index| self.table.columns()[index])
    }

    /// The rows that a document gives.
    pub fn rows<'r>(&self, record: &'r Record) -> Vec<Row<'r>> {
        let mut rows = self.table.rows(record);
        if !self.is_all() {
            for row in &mut rows {
                *row = self.picked.iter().map(|&index| row[index].clone()).collect();
            }
        }
        rows
    }
}

impl<'r> Cell<'r> {
    /// The cell as text, as in a CSV file: whole numbers without a fraction, flags as `true` and `false`.
    pub fn to_text(&self) -> Cow<'_, str> {
        match self {
            Cell::Blank => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Integer(value) => Cow::Owned(value.to_string()),
            Cell::Number(value) => Cow::Owned(value.to_string()),
            Cell::Flag(true) => Cow::Borrowed("true"),
            Cell::Flag(false) => Cow::Borrowed("false"),
        }
    }

    /// The cell free of the record it came from.
    pub fn into_owned(self) -> Cell<'static> {
        match self {
            Cell::Blank => Cell::Blank,
            Cell::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
            Cell::Integer(value) => Cell::Integer(value),
            Cell::Number(value) => Cell::Number(value),
            Cell::Flag(value) => Cell::Flag(value),
        }
    }
}

impl<'r> From<&'r str> for Cell<'r> {
    fn from(text: &'r str) -> Self {
        Cell::Text(Cow::Borrowed(text))
    }
}

impl<'r> From<&'r String> for Cell<'r> {
    fn from(text: &'r String) -> Self {
        Cell::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Cell::Text(Cow::Owned(text))
    }
}

impl From<usize> for Cell<'_> {
    fn from(value: usize) -> Self {
        Cell::Integer(value as i64)
    }
}

impl From<f64> for Cell<'_> {
    fn from(value: f64) -> Self {
        Cell::Number(value)
    }
}

impl From<bool> for Cell<'_> {
    fn from(value: bool) -> Self {
        Cell::Flag(value)
    }
}

impl<'r> From<&'r Option<String>> for Cell<'r> {
    fn from(text: &'r Option<String>) -> Self {
        text.as_deref().map_or(Cell::Blank, Cell::from)
    }
}

impl<'r, T> From<Option<T>> for Cell<'r>
where
    Cell<'r>: From<T>,
{
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Blank, Cell::from)
    }
}

/// Items in one cell, "; " between them; blank when there are none.
fn joined<'r>(items: impl IntoIterator<Item = impl AsRef<str>>) -> Cell<'r> {
    let mut cell = String::new();
    for item in items {
        if !cell.is_empty() {
            cell.push_str("; ");
        }
        cell.push_str(item.as_ref());
    }
    if cell.is_empty() { Cell::Blank } else { Cell::from(cell) }
}
