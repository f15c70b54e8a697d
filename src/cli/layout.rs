//! Files that are laid out as a whole, once every row is known.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::Path;

use super::stats::Counts;
use crate::error::{Error, Result};
use crate::table::{Row, View};
use crate::write::graph::Graph;
#[cfg(feature = "parquet")]
use crate::write::parquet::Parquet;
use crate::write::spool;
#[cfg(feature = "sqlite")]
use crate::write::sqlite::Sqlite;
use crate::write::terminal::{Style, Terminal};
#[cfg(feature = "xlsx")]
use crate::write::xlsx::Xlsx;

/// A kind of file that is laid out as a whole.
#[derive(Clone, Debug)]
pub(super) enum Layout {
    /// A table to read.
    Terminal(View, Style),
    /// The network of actors as GraphML.
    GraphMl,
    /// The same as two tables in a folder.
    Gephi,
    /// An Excel workbook.
    #[cfg(feature = "xlsx")]
    Workbook(Vec<View>),
    /// A database; the table of documents comes first.
    #[cfg(feature = "sqlite")]
    Database(Vec<View>),
    /// Typed columns in files: one for one table, or a folder of them, divided by the values of columns.
    #[cfg(feature = "parquet")]
    Parquet { views: Vec<View>, tree: bool, partition_by: Vec<String> },
}

impl Layout {
    /// The name of the file in a folder.
    pub(super) fn name(&self) -> String {
        match self {
            Layout::Terminal(view, _) => format!("{}.txt", view.table),
            Layout::GraphMl | Layout::Gephi => "facts.graphml".to_owned(),
            #[cfg(feature = "xlsx")]
            Layout::Workbook(_) => "facts.xlsx".to_owned(),
            #[cfg(feature = "sqlite")]
            Layout::Database(_) => "facts.sqlite".to_owned(),
            #[cfg(feature = "parquet")]
            Layout::Parquet { .. } => "facts.parquet".to_owned(),
        }
    }

    /// Whether it makes a folder of files, not one file.
    pub(super) fn is_tree(&self) -> bool {
        match self {
            Layout::Gephi => true,
            #[cfg(feature = "parquet")]
            Layout::Parquet { tree, .. } => *tree,
            _ => false,
        }
    }

    /// Makes the file, or the files of the folder, at `path` from the rows of a spool.
    ///
    /// # Errors
    /// If reading or writing fails.
    pub(super) fn lay_out(&self, spool: &Path, counts: &Counts, path: &Path) -> Result<()> {
        let mut rows = Rows::open(spool)?;
        let create = || File::create(path).map_err(|error| Error::io(path, error));
        match self {
            Layout::GraphMl => {
                let mut out = BufWriter::new(create()?);
                let write = rows.graph()?.write_graphml(&mut out).and_then(|()| out.flush());
                write.map_err(|error| Error::io(path, error))
            }
            Layout::Gephi => {
                let graph = rows.graph()?;
                let file = |name: &str, write: &dyn Fn(&mut BufWriter<File>) -> io::Result<()>| {
                    let path = path.join(name);
                    let written = File::create(&path).map(BufWriter::new).and_then(|mut out| {
                        write(&mut out)?;
                        out.flush()
                    });
                    written.map_err(|error| Error::io(&path, error))
                };
                file("nodes.csv", &|out| graph.write_nodes(out))?;
                file("edges.csv", &|out| graph.write_edges(out))
            }
            Layout::Terminal(view, style) => {
                let mut terminal = Terminal::new(BufWriter::new(create()?), view.clone(), *style);
                while let Some((_, row)) = rows.next()? {
                    terminal.row(&row).map_err(|error| Error::io(path, error))?;
                }
                terminal.finish().and_then(|mut out| out.flush()).map_err(|error| Error::io(path, error))
            }
            #[cfg(feature = "xlsx")]
            Layout::Workbook(views) => {
                let mut workbook = Xlsx::new(views.clone())?;
                while let Some((table, row)) = rows.next()? {
                    workbook.row(table.into(), &row)?;
                }
                let mut out = BufWriter::new(create()?);
                workbook.finish(&counts.named(), &mut out)?;
                out.flush().map_err(|error| Error::io(path, error))
            }
            #[cfg(feature = "sqlite")]
            Layout::Database(views) => {
                let mut database = Sqlite::new(path, views)?;
                while let Some((table, row)) = rows.next()? {
                    database.row(table.into(), &row)?;
                }
                database.finish()
            }
            #[cfg(feature = "parquet")]
            Layout::Parquet { views, tree, partition_by } => {
                let file = |view: &View| match (tree, partition_by.is_empty()) {
                    (false, _) => path.to_owned(),
                    (true, true) => path.join(format!("{}.parquet", view.table)),
                    (true, false) => path.join(view.table.to_string()),
                };
                let places: Vec<_> = views.iter().map(|view| (view.clone(), file(view))).collect();
                let mut files = Parquet::new(&places, partition_by)?;
                while let Some((table, row)) = rows.next()? {
                    files.row(table.into(), row)?;
                }
                files.finish()
            }
        }
    }
}

/// The rows of a spool.
struct Rows<'p> {
    path: &'p Path,
    from: BufReader<File>,
}

impl<'p> Rows<'p> {
    fn open(path: &'p Path) -> Result<Self> {
        let file = File::open(path).map_err(|error| Error::io(path, error))?;
        Ok(Self { path, from: BufReader::with_capacity(1 << 16, file) })
    }

    fn next(&mut self) -> Result<Option<(u8, Row<'static>)>> {
        spool::decode(&mut self.from).map_err(|error: io::Error| Error::io(self.path, error))
    }

    /// All rows as a graph.
    fn graph(&mut self) -> Result<Graph> {
        let mut graph = Graph::default();
        while let Some((_, row)) = self.next()? {
            graph.add(&row);
        }
        Ok(graph)
    }
}
