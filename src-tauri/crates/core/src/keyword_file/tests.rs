//! The header sets real exports carry, each with a row, read from end to end.

use super::*;
use crate::status::Intent;
use proptest::prelude::*;

/// Reads a header and one row parted by `delimiter`.
fn read(delimiter: char, header: &str, row: &str) -> (FileKind, KeywordRow) {
    let cells = |line: &str| line.split(delimiter).map(str::to_owned).collect::<Vec<_>>();
    let found = recognise(&[cells(header)]).unwrap();
    let mark = if delimiter == ';' { DecimalMark::Comma } else { DecimalMark::Point };
    (found.kind, found.read_row(&cells(row), mark).unwrap())
}

fn exact(searches: i64) -> Option<Volume> {
    Some(Volume { searches, exactness: Exactness::Exact })
}

#[test]
fn semrush_keyword_magic() {
    let (kind, row) = read(
        '\t',
        "Keyword\tIntent\tVolume\tTrend\tKeyword Difficulty\tCPC (AUD)\tCompetitive Density\tSERP Features\tNumber of Results",
        "Red shoes\tCommercial, Transactional\t5400\t0.8,1\t35\t1.25\t1\tImages\t99",
    );
    assert_eq!((kind, row.volume, row.difficulty), (FileKind::SemrushKeywordMagic, exact(5_400), Some(35)));
    assert_eq!(row.intent(), Some(Intent::Transactional));
    assert_eq!(row.cpc, Some(Price { nano: 1_250_000_000, currency: Some("AUD".to_owned()) }));
    assert_eq!(row.cpc_usd_nano(), None, "Australian dollars are not US dollars");
}

#[test]
fn semrush_keyword_manager() {
    let (kind, row) = read(
        '\t',
        "Database\tKeyword\tSeed keyword\tPage\tTopic\tPage type\tTags\tVolume\tKeyword Difficulty\tCPC (USD)\tCompetitive Density\tNumber of Results\tIntent\tSERP Features\tTrend\tClick potential\tContent references\tCompetitors",
        "uk\tred shoes\tshoes\tp\tt\tpillar\t\t1,900\t41\t0.5\t1\t9\tInformational\t\t\t3\ta\nb\tc",
    );
    assert_eq!((kind, row.text.as_str(), row.volume), (FileKind::SemrushKeywordManager, "red shoes", exact(1_900)));
    assert_eq!(row.country.as_deref(), Some("GB"));
    assert_eq!(row.cpc_usd_nano(), Some(500_000_000));
}

#[test]
fn semrush_api_and_regional() {
    let (kind, row) =
        read(';', "database;Keyword;Search Volume;Keyword Difficulty Index;Intent", "us;red shoes;12.100;62,4;0,1");
    assert_eq!((kind, row.volume, row.difficulty), (FileKind::SemrushApi, exact(12_100), Some(62)));
    assert_eq!(row.intents, vec![Intent::Commercial, Intent::Informational]);
    let (kind, row) = read(
        ';',
        "Keyword;Search Volume;CPC;Competition;Number of Results;Keyword Difficulty Index",
        "rote schuhe;880;1,25;0,9;1;",
    );
    assert_eq!((kind, row.difficulty), (FileKind::SemrushApi, None), "an empty difficulty is unknown");
    assert_eq!(row.cpc_usd_nano(), Some(1_250_000_000));
}

#[test]
fn semrush_organic_positions() {
    let (kind, row) = read(
        ',',
        "Keyword,Position,Previous position,Search Volume,Keyword Difficulty,CPC,URL,Traffic,Traffic (%),Traffic Cost,Competition,Number of Results,Trends,Timestamp,SERP Features by Keyword,Keyword Intents,Position Type",
        "red shoes,4,6,2400,51.29,0.77,https://a.example/,90,1.2,4,1,7,x,y,z,informational,Organic",
    );
    assert_eq!((kind, row.volume, row.difficulty), (FileKind::SemrushOrganicPositions, exact(2_400), Some(51)));
    assert_eq!(row.position_milli, Some(4_000));
}

#[test]
fn ahrefs_keywords_explorer_of_three_years() {
    let headers = [
        "#,Keyword,Country,Difficulty,Volume,CPC,CPS,Parent Keyword,Last Update,SERP Features,Global volume,Traffic potential,Global traffic potential,First seen,Intents",
        "#,Keyword,Country,Difficulty,Volume,CPC,CPS,Parent Keyword,Last Update,SERP Features,Global volume,Traffic potential,Global traffic potential,First seen,Intents,Languages,SV trend (05-2025 - 04-2026),Category",
        "#,Keyword,Country,Difficulty,Volume,CPC,Clicks,CPS,Return Rate,Parent Keyword,Last Update,SERP Features,Global volume,x,Intents",
    ];
    for header in headers {
        let (kind, row) = read(',', header, "1,red shoes,us,17,1000,90,2,2,2,2,7000,9,9,2019,Informational");
        assert_eq!((kind, row.volume), (FileKind::AhrefsKeywords, exact(1_000)), "{header}");
        assert_eq!((row.country.as_deref(), row.difficulty), (Some("US"), Some(17)));
        assert_eq!(row.clicks, None, "clicks of all results are not the own site's");
        assert_eq!(row.intent(), Some(Intent::Informational));
    }
}

#[test]
fn ahrefs_site_explorer() {
    let (kind, row) = read(
        ',',
        "Keyword,Volume,KD,CPC,Previous organic traffic,Current organic traffic,Organic traffic change,Previous position,Current position,Position change,Previous position kind,Current position kind,Current URL,Previous URL,Branded,Local,Informational,Commercial,Transactional,Navigational",
        "red shoes,300,4,0.2,1,2,1,9,7,2,Organic,Organic,https://a.example,https://a.example,false,false,true,true,false,false",
    );
    assert_eq!((kind, row.volume, row.difficulty), (FileKind::AhrefsOrganic, exact(300), Some(4)));
    assert_eq!(row.position_milli, Some(7_000));
    assert_eq!(row.intents, vec![Intent::Informational, Intent::Commercial]);
}

#[test]
fn keyword_planner_tells_buckets_from_measured_volumes() {
    let header = "Keyword\tCurrency\tAvg. monthly searches\tThree month change\tYoY change\tCompetition\tCompetition (indexed value)\tTop of page bid (low range)\tTop of page bid (high range)\tIn account?\tSearches: May 2025\tSearches: Jun 2025";
    let (kind, row) = read('\t', header, "red shoes\tEUR\t5000\t∞\t0%\tHigh\t91\t0.31\t1.48\t\t\t");
    assert_eq!(kind, FileKind::KeywordPlanner);
    assert_eq!(row.volume, Some(Volume { searches: 5_000, exactness: Exactness::Range }));
    assert_eq!(row.difficulty, None, "advertising competition is not difficulty");
    assert_eq!((row.cpc_usd_nano(), row.cpc.and_then(|price| price.currency).as_deref()), (None, Some("EUR")));
    let (_, row) = read('\t', header, "red shoes\tEUR\t5000\t∞\t0%\tHigh\t91\t0.31\t1.48\t\t4400\t5600");
    assert_eq!(row.volume, exact(5_000));
}

#[test]
fn search_console_in_several_languages_and_bing() {
    for header in [
        "Top queries,Clicks,Impressions,CTR,Position",
        "top  QUERIES,clicks,impressions,ctr,position",
        "Requêtes les plus fréquentes,Clics,Impressions,CTR,Position",
        "Häufigste Suchanfragen,Klicks,Impressionen,CTR,Position",
        "Consultas principales,Clics,Impresiones,CTR,Posición",
    ] {
        let (kind, row) = read(',', header, "red shoes,12,340,3.5%,7.25");
        assert_eq!(kind, FileKind::SearchConsole, "{header}");
        assert_eq!((row.volume, row.impressions, row.clicks), (None, Some(340), Some(12)));
        assert_eq!(row.position_milli, Some(7_250));
    }
    let (kind, _) = read(',', "Query,Clicks,Impressions,CTR,Average position", "red shoes,1,2,3%,4");
    assert_eq!(kind, FileKind::BingWebmaster);
}

#[test]
fn lists_by_hand_need_only_the_keyword_in_any_place() {
    let (kind, row) = read(',', "KD,Country,search term,CPC", "n/a,us,red shoes,$1.25");
    assert_eq!((kind, row.text.as_str(), row.difficulty), (FileKind::Table, "red shoes", None));
    let (_, row) = read(',', "keyword,volume", "red shoes");
    assert_eq!(row.volume, None, "a short row is read as far as it goes");
}

#[test]
fn rows_of_one_keyword_join_without_adding() {
    let header = recognise(&[vec!["keyword", "volume", "kd", "position", "intent"]]).unwrap();
    let row = |cells: [&str; 5]| header.read_row(&cells, DecimalMark::Point).unwrap();
    let mut joined = row(["Red shoes", "1K – 10K", "", "9", "i"]);
    joined.join(&row(["red shoes", "2400", "40", "4", "c"]));
    joined.join(&row(["red shoes", "9999", "99", "", ""]));
    assert_eq!((joined.volume, joined.difficulty, joined.position_milli), (exact(2_400), Some(40), Some(4_000)));
    assert_eq!(joined.intents, vec![Intent::Informational, Intent::Commercial]);
    assert_eq!(joined.text, "Red shoes", "the first spelling is shown");
}

#[test]
fn a_header_in_the_middle_of_the_data_is_no_keyword() {
    let header = recognise(&[vec!["keyword", "volume"]]).unwrap();
    assert_eq!(header.read_row(&["keyword", "volume"], DecimalMark::Point), Err(RowIssue::RepeatedHeader));
    assert!(header.read_row(&["keyword", "500"], DecimalMark::Point).is_ok());
}

proptest! {
    #[test]
    fn no_cell_panics_and_ranges_hold(cells in prop::collection::vec("\\PC{0,40}|[-<>+0-9.,KMB%$–∞ ]{0,12}", 0..8)) {
        let header = recognise(&[vec!["keyword", "volume", "kd", "cpc", "intent", "country", "position", "impressions"]]).unwrap();
        for mark in [DecimalMark::Point, DecimalMark::Comma] {
            if let Ok(row) = header.read_row(&cells, mark) {
                prop_assert!(row.volume.is_none_or(|volume| volume.searches >= 0));
                prop_assert!(row.difficulty.is_none_or(|difficulty| (0..=100).contains(&difficulty)));
                prop_assert!(row.cpc.is_none_or(|price| price.nano >= 0));
                prop_assert!((1..=KEYWORD_CHARS_MAX).contains(&row.text.chars().count()));
            }
        }
        let _ = recognise(std::slice::from_ref(&cells));
        let lines: Vec<&str> = cells.iter().map(String::as_str).collect();
        let _ = looks_like_keywords(&lines);
    }
}
