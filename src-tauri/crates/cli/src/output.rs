//! Printing: one JSON object for programs, or a plain table for people. The names in an object are in snake_case, as in the
//! reporting views; what the window gets is spelled its way, so names are put right here, in one place.

use crate::failure::Failure;
use serde::Serialize;
use serde_json::Value;
use std::fmt::Display;
use std::io::{self, Write};

/// Decimals of dollars, at least.
const MONEY_DECIMALS_MIN: usize = 2;

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
        let text = if self.json { json(value).map_err(io::Error::from)? } else { text(value) };
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

/// An object as it is printed.
fn json<T: Serialize>(value: &T) -> serde_json::Result<String> {
    serde_json::to_string_pretty(&snake_names(serde_json::to_value(value)?))
}

/// Whose fields are a vendor's own and named as it names them.
const FOREIGN: &str = "more";

/// The same value with every name in it in snake_case.
fn snake_names(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let renamed = |(name, value): (String, Value)| {
                let value = if name == FOREIGN { value } else { snake_names(value) };
                (snake(&name), value)
            };
            Value::Object(fields.into_iter().map(renamed).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(snake_names).collect()),
        plain @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => plain,
    }
}

/// `costPer1kInput` as `cost_per_1k_input`; a name without capitals is snake_case already.
fn snake(name: &str) -> String {
    if !name.contains(|c: char| c.is_ascii_uppercase()) {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len() + 4);
    let mut before = '_';
    for c in name.chars() {
        let begins_word = c.is_ascii_uppercase() || (c.is_ascii_digit() && before.is_ascii_lowercase());
        if begins_word && before != '_' {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
        before = c;
    }
    out
}

/// Dollars, with two decimals at least; further ones are kept, because a cost may be a part of a cent.
#[must_use]
pub fn dollars(amount: &str) -> String {
    let decimals = amount.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let sign = if decimals == 0 { "." } else { "" };
    format!("${amount}{sign}{}", "0".repeat(MONEY_DECIMALS_MIN.saturating_sub(decimals)))
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

/// A table whose columns have names.
#[must_use]
pub fn headed(names: &[&str], rows: Vec<Vec<String>>) -> String {
    let head = names.iter().map(|name| (*name).to_owned()).collect();
    table(&std::iter::once(head).chain(rows).collect::<Vec<_>>())
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
    fn names_are_in_snake_case_and_values_are_left_alone() {
        let given = serde_json::json!({ "usedThisMonth": "5", "rows": [{ "costPer1kInput": "fooBar" }], "cost_per_1k_output": 1 });
        let names = snake_names(given);
        let wanted = serde_json::json!({ "used_this_month": "5", "rows": [{ "cost_per_1k_input": "fooBar" }], "cost_per_1k_output": 1 });
        assert_eq!(names, wanted);
    }

    #[test]
    fn dollars_have_two_decimals_at_least() {
        let printed = ["9.6", "0", "12", "0.05", "0.001234", "-3.5"].map(dollars);
        assert_eq!(printed, ["$9.60", "$0.00", "$12.00", "$0.05", "$0.001234", "$-3.50"]);
    }

    #[test]
    fn columns_line_up() {
        let rows = [vec!["a".to_owned(), "bbb".to_owned()], vec!["cc".to_owned(), "d".to_owned()]];
        assert_eq!(table(&rows), "a   bbb\ncc  d");
        assert_eq!(table(&[]), "");
    }
}
