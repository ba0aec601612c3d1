//! The names under which tools export what we keep. A name that is not listed is not used, and is shown as such:
//! guessing at a column by a part of its name would one day read "Global volume" or "Seed keyword" as the real thing.

use super::FileKind;
use super::name::{folded, without_currency};
use crate::status::Intent;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The phrase.
    Keyword,
    /// Monthly searches.
    Volume,
    /// 0–100, how hard it is to rank.
    Difficulty,
    /// Price of a click.
    Cpc,
    /// Currency of the prices in the row.
    Currency,
    /// What searchers want, one or several in a cell.
    Intent,
    /// Whether searchers want one certain thing, as a true or false column of its own.
    IntentFlag(Intent),
    /// Market.
    Country,
    /// Times the own site was shown.
    Impressions,
    /// Clicks the own site got.
    Clicks,
    /// Place of the own site.
    Position,
    /// Searches of one month; tells buckets from measured volumes.
    MonthSearches,
}

/// One column of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name as it stands in the file.
    pub header: String,
    /// What it holds; `None` for columns that are not used.
    pub field: Option<Field>,
    /// Currency named in the header, such as `USD`.
    pub currency: Option<String>,
}

/// Names of the keyword column, the surest first. The translations are those of Search Console and Keyword Planner.
const KEYWORD: &[&str] = &[
    "keyword",
    "keywords",
    "top queries",
    "query",
    "queries",
    "search query",
    "search queries",
    "search term",
    "search terms",
    "search keyword",
    "term",
    "keyphrase",
    "key phrase",
    "phrase",
    "mot clé",
    "mot-clé",
    "mots clés",
    "mots-clés",
    "requêtes les plus fréquentes",
    "häufigste suchanfragen",
    "suchbegriff",
    "suchanfrage",
    "palabra clave",
    "palabras clave",
    "consultas principales",
    "parola chiave",
    "palavra-chave",
    "zoekwoord",
    "từ khóa",
    "từ khoá",
];

const VOLUME: &[&str] = &[
    "volume",
    "search volume",
    "avg. monthly searches",
    "avg monthly searches",
    "average monthly searches",
    "monthly searches",
    "monthly search volume",
    "monthly volume",
    "avg. search volume",
    "search vol.",
    "search vol",
    "searches",
    "sv",
    "vol",
    "vol.",
    "msv",
    "suchvolumen",
    "volume de recherche",
    "volumen de búsqueda",
    "volume di ricerca",
];

const DIFFICULTY: &[&str] = &[
    "keyword difficulty",
    "difficulty",
    "kd",
    "kd %",
    "kd%",
    "keyword difficulty index",
    "keyword difficulty (kd)",
    "seo difficulty",
    "difficulty score",
];

const CPC: &[&str] =
    &["cpc", "avg. cpc", "average cpc", "cost per click", "cost-per-click", "top of page bid (high range)"];

const INTENT: &[&str] = &["intent", "intents", "keyword intents", "keyword intent", "search intent"];

const COUNTRY: &[&str] = &["country", "country code", "database", "market"];

const IMPRESSIONS: &[&str] = &["impressions", "impressionen", "impresiones"];

const CLICKS: &[&str] = &["clicks", "clics", "klicks"];

const POSITION: &[&str] = &["position", "average position", "avg. position", "current position", "posición", "rank"];

/// What a name means and how sure that is (0 is surest); `None` for a name that is not used.
fn meaning(name: &str) -> Option<(Field, usize)> {
    let lists: [(Field, &[&str]); 9] = [
        (Field::Keyword, KEYWORD),
        (Field::Volume, VOLUME),
        (Field::Difficulty, DIFFICULTY),
        (Field::Cpc, CPC),
        (Field::Intent, INTENT),
        (Field::Country, COUNTRY),
        (Field::Impressions, IMPRESSIONS),
        (Field::Clicks, CLICKS),
        (Field::Position, POSITION),
    ];
    let listed = lists.iter().find_map(|(field, names)| Some((*field, names.iter().position(|n| *n == name)?)));
    listed.or_else(|| match name {
        "currency" => Some((Field::Currency, 0)),
        "informational" => Some((Field::IntentFlag(Intent::Informational), 0)),
        "commercial" => Some((Field::IntentFlag(Intent::Commercial), 0)),
        "transactional" => Some((Field::IntentFlag(Intent::Transactional), 0)),
        "navigational" => Some((Field::IntentFlag(Intent::Navigational), 0)),
        _ => name.starts_with("searches: ").then_some((Field::MonthSearches, 0)),
    })
}

/// Names every column of a header row. A field that several columns could hold goes to the surest name, then to the
/// first; months are the one field that many columns hold.
pub(super) fn name_columns<C: AsRef<str>>(cells: &[C]) -> Vec<Column> {
    let named: Vec<Named> = cells.iter().map(|cell| read_name(cell.as_ref())).collect();
    let surest = |field: Field| {
        let candidates = named.iter().enumerate().filter(|(_, name)| name.field == Some(field));
        candidates.min_by_key(|(at, name)| (name.rank, *at)).map(|(at, _)| at)
    };
    let columns = cells.iter().zip(&named).enumerate().map(|(at, (cell, name))| {
        let kept = name.field.filter(|field| *field == Field::MonthSearches || surest(*field) == Some(at));
        let currency = name.currency.clone().filter(|_| kept == Some(Field::Cpc));
        Column { header: cell.as_ref().trim().to_owned(), field: kept, currency }
    });
    columns.collect()
}

/// What one header cell says.
#[derive(Default)]
struct Named {
    field: Option<Field>,
    rank: usize,
    currency: Option<String>,
}

fn read_name(cell: &str) -> Named {
    let folded = folded(cell);
    if let Some((field, rank)) = meaning(&folded) {
        return Named { field: Some(field), rank, currency: None };
    }
    match without_currency(&folded) {
        (name, Some(currency)) => match meaning(name) {
            Some((field, rank)) => Named { field: Some(field), rank, currency: Some(currency) },
            None => Named::default(),
        },
        (_, None) => Named::default(),
    }
}

/// Which tool wrote a header, told by the names only it uses.
pub(super) fn tool_of(columns: &[Column]) -> FileKind {
    let names: Vec<String> = columns.iter().map(|column| folded(&column.header)).collect();
    let has = |name: &str| names.iter().any(|n| n == name);
    let any = |list: &[&str]| list.iter().any(|name| has(name));
    if has("avg. monthly searches") && any(&["competition (indexed value)", "three month change", "currency"]) {
        FileKind::KeywordPlanner
    } else if any(&["current organic traffic", "organic traffic change", "previous organic traffic"]) {
        FileKind::AhrefsOrganic
    } else if any(&["global volume", "parent keyword", "traffic potential", "cps"]) {
        FileKind::AhrefsKeywords
    } else if has("seed keyword") && any(&["database", "topic", "page type", "click potential"]) {
        FileKind::SemrushKeywordManager
    } else if any(&["previous position", "position type"]) && any(&["traffic cost", "search volume"]) {
        FileKind::SemrushOrganicPositions
    } else if any(&["competitive density", "serp features"]) && has("keyword difficulty") {
        FileKind::SemrushKeywordMagic
    } else if has("keyword difficulty index") {
        FileKind::SemrushApi
    } else if has("clicks") && has("impressions") && has("query") && has("average position") {
        FileKind::BingWebmaster
    } else if is_search_console(columns) {
        FileKind::SearchConsole
    } else {
        FileKind::Table
    }
}

/// Search Console translates its headers, so its shape counts: what was asked, what was shown, what was clicked, where.
fn is_search_console(columns: &[Column]) -> bool {
    let holds = |field: Field| columns.iter().any(|column| column.field == Some(field));
    let own = holds(Field::Impressions) && holds(Field::Clicks) && holds(Field::Position);
    own && !holds(Field::Volume) && !holds(Field::Difficulty)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(header: &str) -> Vec<Option<Field>> {
        let cells: Vec<&str> = header.split(',').collect();
        name_columns(&cells).into_iter().map(|column| column.field).collect()
    }

    #[test]
    fn global_volume_and_seed_keyword_are_never_used() {
        assert_eq!(fields("Seed keyword,Global volume,Parent Keyword"), vec![None, None, None]);
        assert_eq!(fields("Global volume,Volume,Keyword"), vec![None, Some(Field::Volume), Some(Field::Keyword)]);
    }

    #[test]
    fn the_surest_name_wins_whatever_the_order() {
        assert_eq!(fields("Term,Keyword"), vec![None, Some(Field::Keyword)]);
        assert_eq!(fields("Top of page bid (high range),CPC"), vec![None, Some(Field::Cpc)]);
    }

    #[test]
    fn the_currency_of_a_price_column_is_read_from_its_name() {
        let columns = name_columns(&["CPC (AUD)", "Traffic (USD)"]);
        assert_eq!(columns[0].field, Some(Field::Cpc));
        assert_eq!(columns[0].currency.as_deref(), Some("AUD"));
        assert_eq!((columns[1].field, columns[1].currency.as_deref()), (None, None));
    }
}
