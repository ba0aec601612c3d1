//! Files as tools write them: delimiters, encodings, preambles, quoted cells, duplicates.

use super::super::{Warning, preview};
use super::*;
use igny8_core::keyword_file::{FileKind, RowIssue};

const PLANNER: &str = "Keyword Stats 2026-06-09 at 21_25_18\n\"May 1, 2025 - April 30, 2026\"\nKeyword\tCurrency\tAvg. monthly searches\tCompetition (indexed value)\tTop of page bid (high range)\tSearches: May 2025\nred shoes\tEUR\t5000\t91\t1,48\t\nblaue Schuhe für Männer\tEUR\t500\t12\t0,2\t\n";

#[test]
fn keyword_planner_in_all_its_encodings() {
    let little: fn(u16) -> [u8; 2] = u16::to_le_bytes;
    let big: fn(u16) -> [u8; 2] = u16::to_be_bytes;
    let marked = format!("\u{feff}{PLANNER}");
    let files = [
        ("UTF-16LE", wide(&marked, little)),
        ("UTF-16LE", wide(PLANNER, little)),
        ("UTF-16BE", wide(&marked, big)),
        ("UTF-16BE", wide(PLANNER, big)),
        ("UTF-8", PLANNER.as_bytes().to_vec()),
        ("UTF-8", marked.as_bytes().to_vec()),
        ("windows-1252", in_encoding(PLANNER, "windows-1252")),
    ];
    for (encoding, bytes) in files {
        let (opened, rows) = read_all(&bytes).unwrap();
        assert_eq!((opened.encoding(), opened.kind()), (encoding, FileKind::KeywordPlanner));
        assert_eq!(texts(&rows), vec!["red shoes", "blaue Schuhe für Männer"], "{encoding}");
        assert_eq!(rows[0].volume.map(|volume| volume.searches), Some(5_000));
        assert_eq!(opened.warnings(), vec![Warning::VolumeRanges, Warning::ForeignCurrency("EUR".to_owned())]);
    }
}

#[test]
fn every_delimiter_is_found_by_the_names_it_reveals() {
    for (delimiter, text) in [
        (',', "Keyword,Volume,\"CPC (USD)\"\n\"shoes, red\",\"1,900\",0.5\n"),
        ('\t', "Keyword\tVolume\tCPC (USD)\nshoes, red\t1,900\t0.5\n"),
        (';', "Keyword;Volume;CPC (USD)\nshoes, red;1.900;0,5\n"),
        (';', "sep=;\nKeyword;Volume;CPC (USD)\nshoes, red;1.900;0,5\n"),
    ] {
        let (opened, rows) = read_all(text.as_bytes()).unwrap();
        assert_eq!(opened.delimiter(), Some(delimiter));
        assert_eq!(rows[0].text, "shoes, red");
        assert_eq!(rows[0].volume.map(|volume| volume.searches), Some(1_900), "{text}");
        assert_eq!(rows[0].cpc_usd_nano(), Some(500_000_000), "{text}");
    }
}

#[test]
fn western_lists_of_old_windows_programs_are_read() {
    for text in [
        "café crème\nvélo électrique\nthéière à fleurs",
        "Schuhe für Männer\nBücher über Köln\nGrößentabelle",
        "zapatos de niño\ncómo hacer pan\nmañana",
        "naïve bayes",
    ] {
        let (_, rows) = read_all(&in_encoding(text, "windows-1252")).unwrap();
        assert_eq!(texts(&rows).join("\n"), text);
    }
}

#[test]
fn other_code_pages_are_guessed_from_enough_letters() {
    for (label, text) in [
        ("windows-1251", "купить красные туфли\nкак выбрать кроссовки"),
        ("windows-1250", "červené boty\njak vybrat běžecké boty\nlevné kožené tašky"),
        ("shift_jis", "赤い靴\n走るための靴の選び方\n安い靴"),
    ] {
        let (opened, rows) = read_all(&in_encoding(text, label)).unwrap();
        assert_eq!((opened.encoding().to_lowercase().as_str(), texts(&rows).join("\n").as_str()), (label, text));
    }
}

#[test]
fn lists_without_a_header_keep_commas_and_quotes() {
    let (opened, rows) =
        read_all("hotel paris, france\n55\" tv stand\n\"red shoes\"\n\nc++ tutorial".as_bytes()).unwrap();
    assert_eq!((opened.kind(), opened.delimiter()), (FileKind::PlainList, None));
    assert_eq!(texts(&rows), vec!["hotel paris, france", "55\" tv stand", "red shoes", "c++ tutorial"]);
    let (opened, rows) = read_all(b"Keyword\r\nred shoes\r\nblue, green shoes\r\n").unwrap();
    assert_eq!((opened.kind(), texts(&rows)), (FileKind::Table, vec!["red shoes", "blue, green shoes"]));
}

#[test]
fn lines_are_counted_through_blanks_and_quoted_breaks() {
    let text = "Keyword,Tags,Volume\r\n\r\nred shoes,\"a\r\nb\r\nc\",10\r\n,,\r\n---,x,1\r\n\r\n,y,2\r\nKeyword,Tags,Volume\r\nblue shoes,z,3\r\n\r\n\r\n";
    for text in [text.to_owned(), text.replace("\r\n", "\n"), text.replace("\r\n", "\r")] {
        let (opened, rows) = read_all(text.as_bytes()).unwrap();
        assert_eq!(texts(&rows), vec!["red shoes", "blue shoes"]);
        let counts = opened.counts();
        assert_eq!((counts.rows, counts.blank, counts.keywords, counts.ignored), (5, 5, 2, 3), "{counts:?}");
        let ignored: Vec<(u64, RowIssue)> = counts.ignored_rows.iter().map(|row| (row.line, row.reason)).collect();
        assert_eq!(ignored, vec![(7, RowIssue::NotAKeyword), (9, RowIssue::NoKeyword), (10, RowIssue::RepeatedHeader)]);
    }
}

#[test]
fn duplicates_join_within_a_batch_and_across_batches() {
    let mut text = String::from("keyword,volume,difficulty\nRed Shoes,1K – 10K,\nred  shoes,2400,\n");
    for n in 0..1_200 {
        text.push_str(&format!("keyword {n},{n},5\n"));
    }
    text.push_str("RED SHOES,9999,40\nred shoes,1,2\n");
    let on_disk = file(text.as_bytes());
    let mut opened = KeywordFile::open(&on_disk.path).unwrap();
    let batches: Vec<Vec<KeywordRow>> = opened.by_ref().map(Result::unwrap).collect();
    assert_eq!(batches.iter().map(Vec::len).collect::<Vec<_>>(), vec![500, 500, 202]);
    let (first, last) = (&batches[0][0], &batches[2][201]);
    assert_eq!((first.text.as_str(), first.volume.map(|v| v.searches)), ("Red Shoes", Some(2_400)));
    assert_eq!((last.key.as_str(), last.volume, last.difficulty), ("red shoes", None, Some(40)), "only what is new");
    assert_eq!((opened.counts().keywords, opened.counts().joined, opened.counts().rows), (1_201, 3, 1_204));
}

#[test]
fn one_keyword_in_two_markets_is_two() {
    let (opened, rows) = read_all(b"keyword,country\nred shoes,us\nred shoes,uk\nred shoes,GB\n").unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(opened.counts().joined, 1);
}

#[test]
fn the_market_comes_from_the_tools_file_name() {
    let text = b"Keyword,Intent,Volume,Trend,Keyword Difficulty,CPC (USD),Competitive Density,SERP Features\nred shoes,C,1,,2,3,4,5\n";
    let on_disk = named("shoes_broad-match_uk_2026-05-01.csv", text);
    let shown = preview(&on_disk.path, 5).unwrap();
    assert_eq!(shown.kind, FileKind::SemrushKeywordMagic);
    assert_eq!(shown.rows[0].country.as_deref(), Some("GB"));
}

#[test]
fn search_console_is_warned_about_at_exactly_its_limit() {
    for (count, warned) in [(999, false), (1_000, true), (1_001, false), (1_600, false)] {
        let mut text = String::from("Top queries,Clicks,Impressions,CTR,Position\n");
        for n in 0..count {
            text.push_str(&format!("query {n},1,20,5%,3.5\n"));
        }
        let shown = preview(&file(text.as_bytes()).path, 3).unwrap();
        assert_eq!(shown.kind, FileKind::SearchConsole);
        assert_eq!(shown.warnings.contains(&Warning::SearchConsoleLimit), warned, "{count} rows");
        assert_eq!((shown.rows.len(), shown.is_whole), (3, count <= 1_001));
    }
}

#[test]
fn a_preview_names_used_and_unused_columns() {
    let shown = preview(&file(b"Keyword,Owner,Volume\nred shoes,me,10\n").path, 10).unwrap();
    let used: Vec<(&str, bool)> =
        shown.columns.iter().map(|column| (column.header.as_str(), column.field.is_some())).collect();
    assert_eq!(used, vec![("Keyword", true), ("Owner", false), ("Volume", true)]);
}
