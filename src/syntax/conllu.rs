//! CoNLL-U, the treebanks' format: one word a line in ten columns, a blank line after each sentence.
//!
//! See <https://universaldependencies.org/format.html>.

use std::io::{self, BufRead, Write};

use super::{Deprel, Upos, Xpos};
use crate::error::{Error, Result};

/// A sentence as a CoNLL-U file gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// The comment lines before it, with their `#`.
    pub comments: Vec<String>,
    /// Its words.
    pub words: Vec<TreeWord>,
    /// Lines of multiword tokens ("1-2  don't"), each with the index of the word it stands before.
    pub ranges: Vec<(usize, String)>,
}

/// A word with its place in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeWord {
    /// The word as written.
    pub form: String,
    /// Its dictionary form; empty when not given.
    pub lemma: String,
    /// Its word class, where given.
    pub upos: Option<Upos>,
    /// Its Penn tag, where given.
    pub xpos: Option<Xpos>,
    /// The number of its head, from 1, or 0 for the root.
    pub head: usize,
    /// Its relation to the head, where given.
    pub deprel: Option<Deprel>,
    /// What stands in the last column, such as `SpaceAfter=No`.
    pub misc: String,
}

impl TreeWord {
    /// Whether white space follows in the text.
    pub fn space_after(&self) -> bool {
        !self.misc.split('|').any(|entry| entry == "SpaceAfter=No")
    }
}

impl Tree {
    /// The text of a comment such as `# sent_id = 3`.
    pub fn comment(&self, name: &str) -> Option<&str> {
        self.comments.iter().find_map(|comment| {
            let (found, value) = comment.trim_start_matches('#').split_once('=')?;
            (found.trim() == name).then(|| value.trim())
        })
    }
}

/// Reads the sentences of a CoNLL-U file one after the other.
#[derive(Debug)]
pub struct Reader<R> {
    input: R,
    line: u64,
    buffer: String,
}

impl<R: BufRead> Reader<R> {
    /// A reader of `input`.
    pub fn new(input: R) -> Self {
        Self { input, line: 0, buffer: String::new() }
    }

    fn read(&mut self) -> Result<Option<Tree>> {
        let mut tree = Tree::default();
        loop {
            self.buffer.clear();
            self.line += 1;
            if self.input.read_line(&mut self.buffer).map_err(|error| Error::io("input", error))? == 0 {
                break;
            }
            let line = self.buffer.trim_end_matches(['\n', '\r']).trim_start_matches('\u{feff}');
            if line.is_empty() {
                if tree.words.is_empty() {
                    continue;
                }
                break;
            } else if line.starts_with('#') {
                tree.comments.push(line.to_owned());
            } else {
                add(&mut tree, line).map_err(|error| error.at_line(self.line))?;
            }
        }
        if tree.words.is_empty() { Ok(None) } else { Ok(Some(tree)) }
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Tree>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

/// Takes in a word line, a range line, or the line of an empty node, which is dropped.
fn add(tree: &mut Tree, line: &str) -> Result<()> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [id, form, lemma, upos, xpos, _, head, deprel, _, misc] = columns[..] else {
        return Err(Error::input(format!("{} columns where CoNLL-U has ten", columns.len()))
            .with_help("separate the columns by tabs and write _ where nothing is known"));
    };
    if id.contains('-') {
        tree.ranges.push((tree.words.len(), line.to_owned()));
        return Ok(());
    }
    if id.contains('.') {
        return Ok(());
    }
    if id.parse() != Ok(tree.words.len() + 1) {
        return Err(Error::input(format!("word number {id:?} where {} should be", tree.words.len() + 1)));
    }
    if form.is_empty() {
        return Err(Error::input("a word without a form"));
    }
    let known = |text: &str| if text == "_" { String::new() } else { text.to_owned() };
    tree.words.push(TreeWord {
        form: form.to_owned(),
        lemma: if form == "_" { "_".into() } else { known(lemma) },
        upos: Upos::from_name(upos),
        xpos: Xpos::from_name(xpos).filter(|&tag| tag != Xpos::None),
        head: head.parse().unwrap_or(0),
        deprel: Deprel::from_name(deprel),
        misc: known(misc),
    });
    Ok(())
}

/// Writes a sentence and the blank line after it.
///
/// # Errors
/// What the system says when it cannot write.
pub fn write(tree: &Tree, output: &mut impl Write) -> io::Result<()> {
    for comment in &tree.comments {
        writeln!(output, "{comment}")?;
    }
    let mut ranges = tree.ranges.iter().peekable();
    for (index, word) in tree.words.iter().enumerate() {
        while let Some((_, line)) = ranges.next_if(|(before, _)| *before == index) {
            writeln!(output, "{line}")?;
        }
        let or_blank = |text: &str| if text.is_empty() { "_".to_owned() } else { text.to_owned() };
        writeln!(
            output,
            "{}\t{}\t{}\t{}\t{}\t_\t{}\t{}\t_\t{}",
            index + 1,
            word.form,
            or_blank(&word.lemma),
            word.upos.map_or("_", Upos::name),
            word.xpos.map_or("_", Xpos::name),
            word.head,
            word.deprel.map_or("_", Deprel::name),
            or_blank(&word.misc),
        )?;
    }
    writeln!(output)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# sent_id = a1\n1-2\tcannot\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n1\tcan\tcan\tAUX\tMD\t_\t0\troot\t_\t_\n2\tnot\tnot\tPART\tRB\t_\t1\tadvmod\t_\tSpaceAfter=No\n\n";

    #[test]
    fn what_is_read_is_written() {
        let trees: Vec<Tree> = Reader::new(TEXT.as_bytes()).map(Result::unwrap).collect();
        assert_eq!(trees.len(), 1);
        assert_eq!(trees[0].comment("sent_id"), Some("a1"));
        assert!(trees[0].words[0].space_after() && !trees[0].words[1].space_after());
        let mut out = Vec::new();
        write(&trees[0], &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), TEXT);
    }

    #[test]
    fn errors_name_the_line() {
        for (text, message) in
            [("1\ta\n", "line 1: 2 columns"), ("# x\n2\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", "line 2: word number")]
        {
            let error = Reader::new(text.as_bytes()).next().unwrap().unwrap_err().to_string();
            assert!(error.starts_with(message), "{error}");
        }
    }
}
