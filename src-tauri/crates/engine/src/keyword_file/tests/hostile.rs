//! Files that are wrong, broken or meant to harm.

use super::super::{Binary, COLUMNS_MAX, FILE_BYTES_MAX, ForeignText, ROW_BYTES_MAX, SizeLimit, preview};
use super::*;
use igny8_core::keyword_file::RowIssue;
use proptest::prelude::*;
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::Path;

#[test]
fn what_is_no_text_is_named() {
    let zip = |part: &str| [b"PK\x03\x04\x14\x00\x00\x00\x08\x00".as_slice(), part.as_bytes(), &[0; 40]].concat();
    assert_eq!(refusal(&zip("[Content_Types].xml")), TableFileError::Spreadsheet);
    assert_eq!(refusal(&zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet")), TableFileError::Spreadsheet);
    assert_eq!(refusal(&zip("Queries.csv")), TableFileError::Archive);
    assert_eq!(refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"), TableFileError::Spreadsheet);
    assert_eq!(refusal(b"\x1f\x8b\x08rest"), TableFileError::Archive);
    for (bytes, what) in [
        (b"%PDF-1.7 x".as_slice(), Binary::Pdf),
        (b"\x89PNG\r\n\x1a\nx", Binary::Image),
        (b"RIFF\x01\x01\x01\x01WEBPVP8", Binary::Image),
        (b"SQLite format 3\0x", Binary::Database),
        (b"\x7fELFx", Binary::Program),
        (b"keyword,volume\nred\0shoes,1\n", Binary::Unknown),
        (b"\x01\x02\x03\x04\x05keyword\n", Binary::Unknown),
    ] {
        assert_eq!(refusal(bytes), TableFileError::NotText { what }, "{what}");
    }
    let late = [b"keyword\n".as_slice(), "red shoes\n".repeat(20_000).as_bytes(), b"blue\0shoes\n"].concat();
    assert_eq!(refusal(&late), TableFileError::NotText { what: Binary::Unknown }, "before the first row");
}

#[test]
fn other_formats_are_named() {
    for (text, format) in [
        ("  <!DOCTYPE html><html><body>Sign in</body></html>", ForeignText::WebPage),
        ("<?xml version=\"1.0\"?><html xmlns=\"x\"></html>", ForeignText::WebPage),
        ("<?xml version=\"1.0\"?><urlset></urlset>", ForeignText::Xml),
        ("[\n  {\"keyword\": \"red\"}]", ForeignText::Json),
        ("{\"error\": \"not signed in\"}", ForeignText::Json),
        ("{\\rtf1 red shoes}", ForeignText::RichText),
    ] {
        assert_eq!(refusal(text.as_bytes()), TableFileError::ForeignText { format }, "{text}");
    }
}

#[test]
fn nothing_in_it_is_empty() {
    for bytes in [
        b"".as_slice(),
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b" \r\n\t\n\n",
        b"keyword,volume\n",
        b"Keyword\r\n\r\n",
        b"Keyword Stats\n\nKeyword\tCurrency\tAvg. monthly searches\n",
    ] {
        assert_eq!(refusal(bytes), TableFileError::Empty, "{bytes:?}");
    }
}

#[test]
fn a_file_without_a_keyword_column_shows_what_it_has() {
    let headers = |text: &str| {
        let refused = refused(text.as_bytes());
        let KeywordFileError::NoKeywordColumn { headers } = refused else { panic!("{refused:?}") };
        headers
    };
    assert_eq!(headers("Top pages,Clicks,Impressions\n/a,1,2\n/b,3,4\n"), vec!["Top pages", "Clicks", "Impressions"]);
    assert_eq!(headers("name;price\nx;1\n"), vec!["name", "price"]);
    assert_eq!(headers("red shoes,500\nblue shoes,400\n"), vec!["red shoes", "500"], "columns without names");
    assert_eq!(headers("let x = 5;\nreturn x;\n").len(), 1, "source code is no list");
    let wide: Vec<String> = (0..300).map(|n| format!("column {n} {}", "x".repeat(200))).collect();
    let shown = headers(&format!("{}\n{}\n", wide.join(","), wide.join(",")));
    assert!(shown.len() <= 12 && shown.iter().all(|header| header.len() <= 60));
}

#[test]
fn a_line_of_100_mb_is_refused_after_a_fraction_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("line.csv");
    let mut out = File::create(&path).unwrap();
    out.write_all(b"keyword\nred shoes\n").unwrap();
    let block = vec![b'x'; 1024 * 1024];
    for _ in 0..100 {
        out.write_all(&block).unwrap();
    }
    drop(out);
    assert_eq!(KeywordFile::open(&path).err(), Some(TableFileError::LineTooLong { line: 3 }.into()));
    // Nothing was read past the limit: the same head on its own is refused in the same way.
    let head = [b"keyword\nred shoes\n".as_slice(), &vec![b'x'; ROW_BYTES_MAX + 1]].concat();
    assert_eq!(refusal(&head), TableFileError::LineTooLong { line: 3 });
}

#[test]
fn a_quote_that_never_closes_ends_the_reading() {
    let text = format!("keyword,volume\nred shoes,1\n\"blue shoes,2\n{}", "green shoes,3\n".repeat(60_000));
    assert_eq!(refusal(text.as_bytes()), TableFileError::LineTooLong { line: 3 });
}

#[test]
fn a_quote_that_is_open_at_the_end_names_its_line() {
    let rows = |from: u32| (from..=300).map(|n| format!("keyword {n},{n}\n")).collect::<String>();
    for (text, line) in [
        (format!("keyword,volume\nred,1\nblue,2\ngreen,3\n\"keyword 4,4\n{}", rows(5)), 5),
        (format!("keyword,volume\n\n\nred,1\n\n\"keyword 2,2\n{}", rows(3)), 6),
        (format!("keyword,volume\n\"red\nshoes\",\"1\n{}", rows(2)), 3),
        ("keyword,volume\nred,1\n\"".to_owned(), 3),
        ("keyword,volume\nred,1\nblue,\"".to_owned(), 3),
        ("keyword,volume\nred,1\n\"blue\n".to_owned(), 3),
        ("keyword,volume\nred,1\n\"blue\"\"".to_owned(), 3),
    ] {
        assert_eq!(refusal(text.as_bytes()), TableFileError::UnclosedQuote { line }, "{text:.60}");
        let returns = text.replace('\n', "\r\n");
        assert_eq!(refusal(returns.as_bytes()), TableFileError::UnclosedQuote { line }, "{text:.60}");
    }
    for closed in ["\"blue\n\",2", "\"blue\n\",2\n", "\"bl\"\"ue\",2\n\n", "55\" tv,2", "blue,\"2\""] {
        let (opened, rows) = read_all(format!("keyword,volume\nred,1\n{closed}").as_bytes()).unwrap();
        assert_eq!((rows.len(), opened.counts().ignored), (2, 0), "{closed}");
    }
    let (_, list) = read_all(b"red shoes\n\"blue shoes\ngreen shoes\n").unwrap();
    assert_eq!(list.len(), 3, "in a list by hand it is a letter");
}

#[test]
fn broken_characters_are_found_before_the_first_row() {
    let mut marked = b"\xef\xbb\xbfkeyword,volume\n".to_vec();
    marked.extend("red shoes,1\n".repeat(9_000).bytes());
    marked.extend(b"bl\xffue,2\n");
    let on_disk = file(&marked);
    assert_eq!(KeywordFile::open(&on_disk.path).err(), Some(TableFileError::Encoding { line: 9_002 }.into()));
    let mut half = vec![0xff, 0xfe];
    half.extend(wide("keyword\nred shoes\n", u16::to_le_bytes));
    half.push(b'x');
    assert!(matches!(refusal(&half), TableFileError::Encoding { .. }));
    let lone = [vec![0xff, 0xfe], wide("keyword\n", u16::to_le_bytes), vec![0x00, 0xd8, b'a', 0]].concat();
    assert!(matches!(refusal(&lone), TableFileError::Encoding { .. }));
}

#[test]
fn rows_that_are_wrong_are_left_out_and_listed() {
    let mut text = String::from("keyword,volume\nred shoes,1\n");
    text.push_str(&format!("{},2\n", "long ".repeat(60)));
    text.push_str(&format!("wide{}\n", ",".repeat(COLUMNS_MAX)));
    text.push_str(&"...,3\n".repeat(100));
    let (opened, rows) = read_all(text.as_bytes()).unwrap();
    assert_eq!(texts(&rows), vec!["red shoes"]);
    assert_eq!((opened.counts().ignored, opened.counts().ignored_rows.len()), (102, 50));
    let reasons: Vec<RowIssue> = opened.counts().ignored_rows.iter().take(3).map(|row| row.reason).collect();
    assert_eq!(reasons, vec![RowIssue::KeywordTooLong, RowIssue::TooManyColumns, RowIssue::NotAKeyword]);
}

#[test]
fn what_the_system_says_is_passed_on() {
    let folder = tempfile::tempdir().unwrap();
    let open = |path: &Path| KeywordFile::open(path).err();
    assert_eq!(open(&folder.path().join("none.csv")), Some(TableFileError::NotFound.into()));
    assert_eq!(open(folder.path()), Some(TableFileError::Unreadable { kind: ErrorKind::IsADirectory }.into()));
    #[cfg(unix)]
    assert_eq!(open(Path::new("/dev/zero")), Some(TableFileError::Unreadable { kind: ErrorKind::Unsupported }.into()));
}

#[test]
fn a_file_beyond_the_limit_is_refused_by_its_size() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("huge.csv");
    File::create(&path).unwrap().set_len(FILE_BYTES_MAX + 1).unwrap();
    assert_eq!(KeywordFile::open(&path).err(), Some(TableFileError::TooLarge { limit: SizeLimit::Bytes }.into()));
}

#[test]
fn formulas_are_read_as_the_text_they_are() {
    let (_, rows) = read_all(b"keyword,volume\n=cmd|' /C calc'!A0,1\n@shoes,2\n+red shoes,3\n").unwrap();
    assert_eq!(texts(&rows), vec!["=cmd|' /C calc'!A0", "@shoes", "+red shoes"]);
}

#[test]
fn an_open_file_can_move_to_another_thread() {
    fn needs_send<T: Send + 'static>() {}
    needs_send::<KeywordFile>();
}

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..40),
        prop::sample::select(vec![
            "keyword",
            "volume",
            ",",
            ";",
            "\t",
            "\n",
            "\r\n",
            "\r",
            "\"",
            "\u{feff}",
            "red shoes",
            "1,234",
            "∞",
            "=",
            "<",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn no_bytes_panic_and_the_counts_always_add_up(parts in prop::collection::vec(pieces(), 0..30), is_wide: bool) {
        let mut bytes = parts.concat();
        if is_wide {
            bytes = wide(&String::from_utf8_lossy(&bytes), u16::to_le_bytes);
        }
        let on_disk = file(&bytes);
        let _ = preview(&on_disk.path, 3);
        if let Ok((opened, rows)) = read_all(&bytes) {
            let counts = opened.counts();
            prop_assert_eq!(counts.rows, counts.keywords + counts.joined + counts.ignored);
            prop_assert_eq!(rows.len() as u64, counts.keywords);
        }
    }
}
