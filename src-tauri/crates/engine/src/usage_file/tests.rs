//! Whole files, friendly and hostile, read from disk.

use super::{ROWS_MAX, UNREADABLE_SHOWN_MAX, UsageFile, UsageFileError, read};
use crate::table_file::{Binary, FILE_BYTES_MAX, ForeignText, SizeLimit, TableFileError};
use igny8_core::money::Usd;
use igny8_core::reconcile::{Field, Layout, Said, Unreadable};
use igny8_core::time::UtcMs;
use proptest::prelude::*;
use std::io::ErrorKind;

const GENERIC: &str = "Request ID,Time,Model,Input tokens,Output tokens,Cost (USD)\n";

fn of(bytes: &[u8]) -> Result<UsageFile, UsageFileError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("usage.csv");
    std::fs::write(&path, bytes).unwrap();
    read(&path)
}

/// Why a file is no table at all.
fn refusal(bytes: &[u8]) -> TableFileError {
    match of(bytes).expect_err("the file is refused") {
        UsageFileError::File(error) => error,
        other @ UsageFileError::NoUsageColumn { .. } => panic!("{other:?}"),
    }
}

#[test]
fn a_file_is_read_in_any_encoding_and_with_any_delimiter() {
    let row = "r1,2026-11-25T10:00:00Z,gpt-5.5,100,50,0.0015\n";
    let plain = format!("{GENERIC}{row}");
    let wide: Vec<u8> = plain.replace(',', "\t").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let semicolons = plain.replace("0.0015", "0,0015").replace(',', ";").replace("0;0015", "0,0015");
    // A program that parts by semicolons may write points all the same.
    let points = plain.replace(',', ";");
    for bytes in
        [plain.as_bytes(), format!("\u{feff}{plain}").as_bytes(), &wide, semicolons.as_bytes(), points.as_bytes()]
    {
        let file = of(bytes).unwrap();
        assert_eq!((file.rows, file.ignored, file.lines.len()), (1, 0, 1));
        let line = &file.lines[0];
        assert_eq!((line.line, line.tokens, line.cost), (2, Said::This(150), Said::This(Usd(1_500_000))));
    }
}

#[test]
fn titles_blank_rows_and_repeated_headers_are_passed_over() {
    let text =
        format!("Usage of November\n\n{GENERIC}r1,,gpt-5.5,1,1,1\n\n,,,,,\n{GENERIC}\"r\n2\",,m,1,1,1\n,,total,,,2\n");
    let file = of(text.as_bytes()).unwrap();
    assert_eq!((file.header.layout, file.header.row), (Layout::Generic, 1));
    let lines: Vec<u64> = file.lines.iter().map(|line| line.line).collect();
    assert_eq!(lines, [4, 8], "a quoted cell may hold a line end");
    assert_eq!((file.rows, file.ignored), (4, 2), "the header again, and a row that names neither id nor time");
    let unused: Vec<_> = file.header.columns.iter().filter(|column| column.field.is_none()).collect();
    assert!(unused.is_empty() && file.header.has(Field::Cost), "{unused:?}");
}

#[test]
fn what_is_no_table_is_named() {
    for (bytes, expected) in [
        (b"".as_slice(), TableFileError::Empty),
        (b" \n\n", TableFileError::Empty),
        (GENERIC.as_bytes(), TableFileError::Empty),
        (b"%PDF-1.7 x", TableFileError::NotText { what: Binary::Pdf }),
        (b"request id,cost\nr\x001,1\n", TableFileError::NotText { what: Binary::Unknown }),
        (b"PK\x03\x04\x14\x00[Content_Types].xml", TableFileError::Spreadsheet),
        (b"\x1f\x8b\x08rest", TableFileError::Archive),
        (b"<!DOCTYPE html><html></html>", TableFileError::ForeignText { format: ForeignText::WebPage }),
        (b"[{\"id\": 1}]", TableFileError::ForeignText { format: ForeignText::Json }),
    ] {
        assert_eq!(refusal(bytes), expected, "{}", String::from_utf8_lossy(bytes));
    }
    let endless = [GENERIC.as_bytes(), &vec![b'x'; 400 * 1024]].concat();
    assert_eq!(refusal(&endless), TableFileError::LineTooLong { line: 2 });
    let open = format!("{GENERIC}\"r1,2\nr2,3\n");
    assert_eq!(refusal(open.as_bytes()), TableFileError::UnclosedQuote { line: 2 });
    let unclosed = format!("{GENERIC}\"r1,{}", "a,b\n".repeat(100_000));
    assert_eq!(refusal(unclosed.as_bytes()), TableFileError::LineTooLong { line: 2 });
}

#[test]
fn what_the_system_says_is_passed_on() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(read(&folder.path().join("none.csv")), Err(TableFileError::NotFound.into()));
    let directory = TableFileError::Unreadable { kind: ErrorKind::IsADirectory };
    assert_eq!(read(folder.path()), Err(directory.into()));
    let huge = folder.path().join("huge.csv");
    std::fs::File::create(&huge).unwrap().set_len(FILE_BYTES_MAX + 1).unwrap();
    assert_eq!(read(&huge), Err(TableFileError::TooLarge { limit: SizeLimit::Bytes }.into()));
}

#[test]
fn a_table_of_something_else_shows_what_it_has() {
    for (text, expected) in [
        ("keyword,volume\nred shoes,500\n", vec!["keyword", "volume"]),
        ("Name;Colour\na;b\n", vec!["Name", "Colour"]),
        ("id,name\n1,a\n", vec!["id", "name"]),
    ] {
        let headers = expected.into_iter().map(str::to_owned).collect();
        assert_eq!(of(text.as_bytes()), Err(UsageFileError::NoUsageColumn { headers }));
    }
}

#[test]
fn more_rows_than_can_be_compared_are_refused() {
    let rows = "r,,m,1,1,1\n".repeat(ROWS_MAX as usize);
    let file = of(format!("{GENERIC}{rows}").as_bytes()).unwrap();
    assert_eq!((file.rows, file.lines.len()), (ROWS_MAX, 1), "parts of one request are joined");
    let refused = refusal(format!("{GENERIC}{rows}r,,m,1,1,1\n").as_bytes());
    assert_eq!(refused, TableFileError::TooLarge { limit: SizeLimit::Rows });
}

#[test]
fn a_day_above_twelve_decides_for_the_whole_file_wherever_it_stands() {
    let dates = |rows: &[&str]| {
        let rows: String = rows.iter().map(|date| format!("r{date},{date},m,1,1,1\n")).collect();
        let file = of(format!("{GENERIC}{rows}").as_bytes()).unwrap();
        let read: Vec<_> = file.lines.iter().map(|line| line.at.value()).collect();
        (read, file.unreadable_cells)
    };
    let day = |text: &str| UtcMs::from_rfc3339(&format!("{text}T00:00:00Z"));
    assert_eq!(dates(&["05/11/2026", "26/11/2026"]), (vec![day("2026-11-05"), day("2026-11-26")], 0));
    assert_eq!(dates(&["11/05/2026", "11/26/2026"]), (vec![day("2026-11-05"), day("2026-11-26")], 0));
    assert_eq!(dates(&["05/11/2026", "06/11/2026"]), (vec![None, None], 2));
    assert_eq!(dates(&["05/11/2026", "26/11/2026", "11/26/2026"]).1, 1, "both orders decide nothing");
}

#[test]
fn what_cannot_be_read_is_counted_and_named() {
    let text = "Request ID;Time;Model;Total tokens;Cost (USD)\nr1;2026-11-25;m;1.234;n/a\nr2;2026-11-25;m;abc;1.234\n";
    let file = of(text.as_bytes()).unwrap();
    assert_eq!(file.lines[0].tokens, Said::This(1_234), "a count has no decimals");
    let cells: Vec<_> = file.unreadable.iter().map(|cell| (cell.line, cell.text.as_str(), cell.why)).collect();
    let expected = [
        (2, "n/a", Unreadable::NotANumber),
        (3, "abc", Unreadable::NotANumber),
        (3, "1.234", Unreadable::AmbiguousNumber),
    ];
    assert_eq!((cells.as_slice(), file.unreadable_cells), (expected.as_slice(), 3));
    let rows = "r,,m,x,1,1\n".repeat(UNREADABLE_SHOWN_MAX + 1);
    let file = of(format!("{GENERIC}{rows}").as_bytes()).unwrap();
    assert_eq!(
        (file.unreadable.len(), file.unreadable_cells as usize),
        (UNREADABLE_SHOWN_MAX, UNREADABLE_SHOWN_MAX + 1)
    );
    let undated = of(b"date,model,requests\nsoon,m,1\n").unwrap();
    assert_eq!((undated.lines.len(), undated.unreadable_cells), (0, 1), "no line, but a reason why");
}

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..40),
        prop::sample::select(vec![
            "request id",
            "time",
            "model",
            "cost",
            ",",
            ";",
            "\n",
            "\r\n",
            "\"",
            "2026-11-25",
            "1.5"
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn no_bytes_panic_and_the_counts_add_up(parts in prop::collection::vec(pieces(), 0..30)) {
        let bytes = [GENERIC.as_bytes(), &parts.concat()].concat();
        if let Ok(file) = of(&bytes) {
            prop_assert!(file.lines.len() <= (file.rows - file.ignored) as usize);
        }
    }
}
