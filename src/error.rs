//! One error type for the library: what went wrong, where, and what to do about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What the library returns as the error.
pub type Result<T> = std::result::Result<T, Error>;

/// Something that could not be read, written or understood.
///
/// Shown as `FILE:LINE:COLUMN: message; remedy`, with the parts that are known.
#[derive(Debug)]
pub struct Error(Box<Inner>);

/// Boxed, so that a `Result` of something small stays small.
#[derive(Debug)]
struct Inner {
    kind: Kind,
    path: Option<PathBuf>,
    line: Option<u64>,
    column: Option<u64>,
    message: String,
    help: Option<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Io,
    Input,
    Data,
    Usage,
}

impl Error {
    fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            path: None,
            line: None,
            column: None,
            message: message.into(),
            help: None,
            source: None,
        }))
    }

    /// The system refused to read or write `path`.
    pub fn io(path: impl AsRef<Path>, error: io::Error) -> Self {
        let mut made = Self::new(Kind::Io, error.to_string()).at_path(path);
        made.0.source = Some(Box::new(error));
        made
    }

    /// A document that cannot be understood.
    pub fn input(message: impl Into<String>) -> Self {
        Self::new(Kind::Input, message)
    }

    /// A gazetteer, pattern or model file that cannot be used.
    pub fn data(message: impl Into<String>) -> Self {
        Self::new(Kind::Data, message)
    }

    /// A request that makes no sense, such as options that contradict each other.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    /// Names the file, unless one is named already.
    pub fn at_path(mut self, path: impl AsRef<Path>) -> Self {
        self.0.path.get_or_insert_with(|| path.as_ref().to_owned());
        self
    }

    /// Names the line, from 1, unless one is named already.
    pub fn at_line(mut self, line: u64) -> Self {
        self.0.line.get_or_insert(line);
        self
    }

    /// Names the column, from 1, unless one is named already.
    pub fn at_column(mut self, column: u64) -> Self {
        self.0.column.get_or_insert(column);
        self
    }

    /// Adds what the user can do about it.
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// Puts what the message is about before it.
    pub fn in_context(mut self, context: &str) -> Self {
        self.0.message = format!("{context}: {}", self.0.message);
        self
    }

    /// Says that this is the first of several errors, `more` being those not shown.
    pub fn and_more(mut self, more: usize) -> Self {
        self.0.message = format!("{} (the first of {} errors)", self.0.message, more + 1);
        self
    }

    /// The first of several errors, with the number of all.
    ///
    /// # Panics
    /// If there is none.
    pub fn first_of(errors: Vec<Error>) -> Self {
        let more = errors.len().saturating_sub(1);
        let first = errors.into_iter().next().expect("whoever fails says why");
        if more == 0 { first } else { first.and_more(more) }
    }

    /// Whether the request itself was wrong: exit status 2 rather than 1.
    pub fn is_usage(&self) -> bool {
        self.0.kind == Kind::Usage
    }

    /// Whether a document rather than the program's data or the system is at fault.
    pub fn is_input(&self) -> bool {
        self.0.kind == Kind::Input
    }

    /// Whether the reader at the other end of a pipe has gone, which ends a run without complaint.
    pub fn is_broken_pipe(&self) -> bool {
        let source = self.0.source.as_deref().and_then(|error| error.downcast_ref::<io::Error>());
        source.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.0.path {
            write!(f, "{}", path.display())?;
            for place in [self.0.line, self.0.column].into_iter().flatten() {
                write!(f, ":{place}")?;
            }
            write!(f, ": ")?;
        } else if let Some(line) = self.0.line {
            write!(f, "line {line}: ")?;
        }
        write!(f, "{}", self.0.message)?;
        match &self.0.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|error| error as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_where_what_and_what_to_do() {
        let error = Error::data("unknown kind 'contry'").at_path("own.csv").at_line(3).with_help("write 'country'");
        assert_eq!(error.to_string(), "own.csv:3: unknown kind 'contry'; write 'country'");
        assert!(!error.is_usage());
    }

    #[test]
    fn a_closed_pipe_is_recognised() {
        let error = Error::io("-", io::Error::from(io::ErrorKind::BrokenPipe));
        assert!(error.is_broken_pipe());
    }
}
