//! Markets. A row's own cell says it best; otherwise the tools put it into the file name.

use super::FileKind;

/// The ISO 3166 code a market cell names, in upper case, such as `US`. `UK` is `GB`; Semrush's `mobile-us` is `US`.
/// Anything but two letters is unknown.
#[must_use]
pub fn country_code(cell: &str) -> Option<String> {
    let code = cell.trim().to_ascii_uppercase();
    let code = code.strip_prefix("MOBILE-").unwrap_or(&code);
    let is_code = code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
    is_code.then(|| if code == "UK" { "GB".to_owned() } else { code.to_owned() })
}

/// The market in a tool's own file name: `seed_broad-match_us_2026-05-01.csv` and
/// `example.com-organic.Positions-us-20260501.csv` of Semrush, `google_us_seed_matching-terms_….csv` of Ahrefs.
#[must_use]
pub fn country_in_file_name(kind: FileKind, file_name: &str) -> Option<String> {
    match kind {
        FileKind::AhrefsKeywords | FileKind::AhrefsOrganic => {
            let mut parts = file_name.split('_').skip_while(|part| !part.eq_ignore_ascii_case("google"));
            parts.nth(1).and_then(country_code)
        }
        FileKind::SemrushKeywordMagic | FileKind::SemrushKeywordManager => {
            let parts: Vec<&str> = file_name.split('_').collect();
            let mut pairs = parts.windows(2);
            pairs.find_map(|pair| match pair {
                [before, market] if before.ends_with("match") || *before == "related" || *before == "all-keywords" => {
                    country_code(market)
                }
                _ => None,
            })
        }
        FileKind::SemrushOrganicPositions => {
            let tail = file_name.split_once("organic.Positions-").map(|(_, tail)| tail)?;
            tail.split('-').next().and_then(country_code)
        }
        FileKind::SemrushApi
        | FileKind::KeywordPlanner
        | FileKind::SearchConsole
        | FileKind::BingWebmaster
        | FileKind::Table
        | FileKind::PlainList => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markets_come_from_cells_and_from_the_tools_file_names() {
        assert_eq!(country_code(" us "), Some("US".to_owned()));
        assert_eq!(country_code("uk"), country_code("GB"));
        assert_eq!(country_code("mobile-de"), Some("DE".to_owned()));
        assert_eq!(country_code("United States"), None);
        let from = |kind, name: &str| country_in_file_name(kind, name).unwrap_or_default();
        assert_eq!(from(FileKind::SemrushKeywordMagic, "shoes_broad-match_us_2026-05-01.csv"), "US");
        assert_eq!(from(FileKind::AhrefsKeywords, "google_us_shoes_matching-terms_2026-05-01_10-00-00.csv"), "US");
        assert_eq!(from(FileKind::SemrushOrganicPositions, "example.com-organic.Positions-uk-20260501-x.csv"), "GB");
        assert_eq!(from(FileKind::Table, "list_us_2026.csv"), "");
    }
}
