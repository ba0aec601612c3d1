//! Printing: one JSON object for programs, or a plain table for people.

use crate::failure::Failure;
use serde::Serialize;
use std::fmt::Display;
use std::io::{self, Write};

/// Where output goes.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    /// One JSON object instead of tables.
    pub json: bool,
}

impl Output {
    /// Prints an object, or for people whatever `text` makes of it.
    ///
    /// # Errors
    /// When it cannot be written to the end.
    pub fn object<T: Serialize>(self, value: &T, text: impl FnOnce(&T) -> String) -> Result<(), Failure> {
        let text = if self.json { serde_json::to_string_pretty(value).map_err(io::Error::from)? } else { text(value) };
        if text.is_empty() {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        writeln!(out, "{}", text.trim_end())?;
        Ok(out.flush()?)
    }

    /// Says what is going on, on standard error, to people only.
    pub fn say(self, text: &str) {
        if !self.json {
            tell(&format!("{text} …"));
        }
    }
}

/// Says on standard error what went wrong or needs attention, to programs and people alike.
pub fn warn(sentence: &str) {
    tell(&format!("igny8ctl: {sentence}"));
}

/// A line on standard error. When even that cannot be written, there is nobody left to tell.
fn tell(line: &str) {
    drop(writeln!(io::stderr(), "{line}"));
}

/// Lines up cells in columns; the first row is the header.
#[must_use]
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Lines up names and values.
#[must_use]
pub fn pairs(values: &[(&str, String)]) -> String {
    table(&values.iter().map(|(name, value)| vec![(*name).to_owned(), value.clone()]).collect::<Vec<_>>())
}

/// A count with its noun.
#[must_use]
pub fn counted(count: impl Display, one: &str, many: &str) -> String {
    let count = count.to_string();
    let noun = if count == "1" { one } else { many };
    format!("{count} {noun}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_no_plural() {
        assert_eq!(counted(1, "article", "articles"), "1 article");
        assert_eq!(counted("1", "credit", "credits"), "1 credit");
        assert_eq!(counted("1.5", "credit", "credits"), "1.5 credits");
        assert_eq!(counted(0, "article", "articles"), "0 articles");
    }

    #[test]
    fn columns_line_up() {
        let rows = [vec!["a".to_owned(), "bbb".to_owned()], vec!["cc".to_owned(), "d".to_owned()]];
        assert_eq!(table(&rows), "a   bbb\ncc  d");
        assert_eq!(table(&[]), "");
    }
}
