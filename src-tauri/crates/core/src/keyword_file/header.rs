//! Finding the header row. Tools put titles, date ranges and blank lines before it, so the first rows are searched for
//! the one whose cells are column names.

use super::FileKind;
use super::column::{Column, Field, name_columns, tool_of};

/// Rows searched for the header. Keyword Planner writes three lines before it, reports by hand a cover page.
pub const HEADER_ROWS_MAX: usize = 40;

/// A recognised header: which column holds what, and who wrote the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Position of the header among the rows searched, from 0; the data begin after it. `None` when there is no header.
    pub row: Option<usize>,
    /// Who wrote the file.
    pub kind: FileKind,
    /// Every column in order, used or not.
    pub columns: Vec<Column>,
}

impl Header {
    /// The one column of a list that has no header.
    #[must_use]
    pub fn plain_list() -> Self {
        let column = Column { header: String::new(), field: Some(Field::Keyword), currency: None };
        Self { row: None, kind: FileKind::PlainList, columns: vec![column] }
    }

    /// Columns that are used.
    #[must_use]
    pub fn used(&self) -> usize {
        self.columns.iter().filter(|column| column.field.is_some()).count()
    }

    /// Whether a data row is the header again, as in files that were pasted together.
    pub(super) fn repeats<C: AsRef<str>>(&self, cells: &[C]) -> bool {
        self.row.is_some()
            && self.columns.len() == cells.len()
            && self.columns.iter().zip(cells).all(|(column, cell)| column.header == cell.as_ref().trim())
    }

    /// Where `field` stands in a row.
    pub(super) fn position(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|column| column.field == Some(field))
    }
}

/// Finds the header in a file's first rows ([`HEADER_ROWS_MAX`] are searched): the first row that names the keyword
/// and another column we know; failing that, a row that names the keyword and has only titles (rows of one cell)
/// before it. `None` when no row names the keyword.
#[must_use]
pub fn recognise<C: AsRef<str>>(rows: &[Vec<C>]) -> Option<Header> {
    let mut fallback = None;
    let mut only_titles = true;
    for (row, cells) in rows.iter().take(HEADER_ROWS_MAX).enumerate() {
        let filled = cells.iter().filter(|cell| !cell.as_ref().trim().is_empty()).count();
        if filled == 0 {
            continue;
        }
        if let Some(header) = as_header(row, cells) {
            if header.used() > 1 {
                return Some(header);
            }
            let is_first = fallback.is_none() && only_titles && (filled > 1 || is_first_filled(rows, row));
            if is_first {
                fallback = Some(header);
            }
        }
        only_titles &= filled == 1;
    }
    fallback
}

fn is_first_filled<C: AsRef<str>>(rows: &[Vec<C>], row: usize) -> bool {
    rows.iter().take(row).all(|cells| cells.iter().all(|cell| cell.as_ref().trim().is_empty()))
}

fn as_header<C: AsRef<str>>(row: usize, cells: &[C]) -> Option<Header> {
    let mut columns = name_columns(cells);
    columns.iter().find(|column| column.field == Some(Field::Keyword))?;
    let kind = tool_of(&columns);
    for column in &mut columns {
        column.field = column.field.filter(|field| means_it(kind, *field));
    }
    Some(Header { row: Some(row), kind, columns })
}

/// Ahrefs calls the clicks all results of a search get "Clicks": not those of the own site.
fn means_it(kind: FileKind, field: Field) -> bool {
    let is_ahrefs = matches!(kind, FileKind::AhrefsKeywords | FileKind::AhrefsOrganic);
    !(is_ahrefs && matches!(field, Field::Clicks | Field::Impressions))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<&str>> {
        text.lines().map(|line| line.split(',').collect()).collect()
    }

    #[test]
    fn titles_before_the_header_are_passed_over() {
        let header =
            recognise(&rows("Keyword Stats 2026-06-09\n\"May 1\"\n\nKeyword,Currency,Avg. monthly searches")).unwrap();
        assert_eq!((header.row, header.kind), (Some(3), FileKind::KeywordPlanner));
    }

    #[test]
    fn a_keyword_that_reads_keyword_is_no_header() {
        assert_eq!(recognise(&rows("seo\nkeyword\nshoes")), None);
        assert_eq!(recognise(&rows("keyword\nseo")).and_then(|header| header.row), Some(0));
        assert_eq!(recognise(&rows("seo,tools\nkeyword,tools\nx,y")), None);
    }

    #[test]
    fn unknown_columns_beside_the_keyword_are_kept_by_name() {
        let header = recognise(&rows("Notes,Keyword,Owner\na,b,c")).unwrap();
        assert_eq!(header.used(), 1);
        assert_eq!(header.position(Field::Keyword), Some(1));
        assert_eq!(header.kind, FileKind::Table);
    }

    #[test]
    fn a_header_beyond_the_search_is_not_found() {
        let text = format!("{}Keyword,Volume\n", "title\n".repeat(HEADER_ROWS_MAX));
        assert_eq!(recognise(&rows(&text)), None);
    }

    #[test]
    fn pages_of_search_console_name_no_keyword() {
        assert_eq!(recognise(&rows("Top pages,Clicks,Impressions,CTR,Position\nx,1,2,3,4")), None);
        assert_eq!(recognise(&rows("Filter,Value\nSearch type,Web")), None);
    }

    #[test]
    fn ahrefs_clicks_are_not_the_own_sites() {
        let header =
            recognise(&rows("#,Keyword,Country,Difficulty,Volume,CPC,Clicks,CPS,Return Rate,Parent Keyword")).unwrap();
        assert_eq!(header.kind, FileKind::AhrefsKeywords);
        assert_eq!(header.position(Field::Clicks), None);
    }
}
