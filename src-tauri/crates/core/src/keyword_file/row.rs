//! One row of a file as a keyword, and how rows of the same keyword become one.

use super::FileKind;
use super::column::Field;
use super::header::Header;
use super::intent::{intents, is_set, leading_intent};
use super::market::country_code;
use super::number::{self, DecimalMark, Exactness, Price, Volume};
use super::text::clean_keyword;
use crate::status::Intent;
use rust_decimal::{Decimal, prelude::ToPrimitive};

/// The figures Keyword Planner exports for 10–100, 100–1K, 1K–10K, 10K–100K and 100K–1M when an account spends little.
const PLANNER_BUCKETS: [i64; 5] = [50, 500, 5_000, 50_000, 500_000];

/// Why a row is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum RowIssue {
    /// The keyword cell is empty.
    #[error("no keyword")]
    NoKeyword,
    /// Punctuation only.
    #[error("not a keyword")]
    NotAKeyword,
    /// Longer than [`super::KEYWORD_CHARS_MAX`].
    #[error("keyword too long")]
    KeywordTooLong,
    /// More cells than a keyword file has.
    #[error("too many columns")]
    TooManyColumns,
    /// The header again.
    #[error("header repeated")]
    RepeatedHeader,
}

impl RowIssue {
    /// The stable code that is shown to programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoKeyword => "no_keyword",
            Self::NotAKeyword => "not_a_keyword",
            Self::KeywordTooLong => "keyword_too_long",
            Self::TooManyColumns => "too_many_columns",
            Self::RepeatedHeader => "repeated_header",
        }
    }
}

/// What a file says about one keyword. Unknown is `None`, never 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeywordRow {
    /// As shown.
    pub text: String,
    /// As compared; see [`super::CleanKeyword::key`].
    pub key: String,
    /// Monthly searches.
    pub volume: Option<Volume>,
    /// 0–100.
    pub difficulty: Option<i64>,
    /// Price of a click.
    pub cpc: Option<Price>,
    /// Every intent named, each once.
    pub intents: Vec<Intent>,
    /// ISO 3166 code in upper case.
    pub country: Option<String>,
    /// Times the own site was shown.
    pub impressions: Option<i64>,
    /// Clicks the own site got.
    pub clicks: Option<i64>,
    /// Average place of the own site in thousandths: 1,000 is the top.
    pub position_milli: Option<i64>,
}

impl KeywordRow {
    /// The intent a page is planned for.
    #[must_use]
    pub fn intent(&self) -> Option<Intent> {
        leading_intent(&self.intents)
    }

    /// The price of a click in nano-US-dollars. A price in another currency is not one of these; a price without a
    /// currency is taken as US dollars, which is what tools mean when they say none.
    #[must_use]
    pub fn cpc_usd_nano(&self) -> Option<i64> {
        let price = self.cpc.as_ref()?;
        (price.currency.as_deref().unwrap_or("USD") == "USD").then_some(price.nano)
    }

    /// Takes in what another row of the same keyword knows: an exact volume beats a range, and what is unknown is
    /// filled. Volumes are never added: both rows speak of the same searches. Of the own site the best row counts.
    pub fn join(&mut self, other: &Self) {
        let exactness = |volume: Option<Volume>| volume.map(|v| v.exactness);
        if exactness(other.volume) > exactness(self.volume) {
            self.volume = other.volume;
        }
        self.difficulty = self.difficulty.or(other.difficulty);
        if self.cpc.is_none() {
            self.cpc.clone_from(&other.cpc);
        }
        if self.country.is_none() {
            self.country.clone_from(&other.country);
        }
        for intent in &other.intents {
            if !self.intents.contains(intent) {
                self.intents.push(*intent);
            }
        }
        self.impressions = self.impressions.max(other.impressions);
        self.clicks = self.clicks.max(other.clicks);
        self.position_milli = match (self.position_milli, other.position_milli) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
    }
}

impl Header {
    /// Reads one data row. Cells that cannot be read are unknown; missing cells at the row's end are too.
    ///
    /// # Errors
    /// When the row is the header again or its keyword cell holds no keyword.
    pub fn read_row<C: AsRef<str>>(&self, cells: &[C], mark: DecimalMark) -> Result<KeywordRow, RowIssue> {
        let cell = |field: Field| self.position(field).and_then(|at| cells.get(at)).map_or("", |cell| cell.as_ref());
        let keyword = clean_keyword(cell(Field::Keyword))?;
        if self.repeats(cells) {
            return Err(RowIssue::RepeatedHeader);
        }
        let mut volume = number::volume(cell(Field::Volume), mark);
        if let Some(volume) = &mut volume
            && self.is_bucket(volume.searches, cells)
        {
            volume.exactness = Exactness::Range;
        }
        Ok(KeywordRow {
            text: keyword.text,
            key: keyword.key,
            volume,
            difficulty: number::decimal(cell(Field::Difficulty), mark).and_then(as_difficulty),
            cpc: number::price(cell(Field::Cpc), mark).map(|price| self.with_currency(price, cell(Field::Currency))),
            intents: self.intents_of(cells, cell(Field::Intent)),
            country: country_code(cell(Field::Country)),
            impressions: number::count(cell(Field::Impressions), mark),
            clicks: number::count(cell(Field::Clicks), mark),
            position_milli: number::decimal(cell(Field::Position), mark).and_then(as_milli),
        })
    }

    /// Whether Keyword Planner wrote a bucket instead of a measured volume: one of its five figures, and no month.
    fn is_bucket<C: AsRef<str>>(&self, searches: i64, cells: &[C]) -> bool {
        let mut months =
            self.columns.iter().zip(cells).filter(|(column, _)| column.field == Some(Field::MonthSearches));
        self.kind == FileKind::KeywordPlanner
            && PLANNER_BUCKETS.contains(&searches)
            && months.all(|(_, cell)| cell.as_ref().trim().is_empty())
    }

    fn with_currency(&self, price: Price, currency_cell: &str) -> Price {
        let in_header = || self.columns.iter().find_map(|column| column.currency.clone());
        let code = currency_cell.trim().to_ascii_uppercase();
        let in_row = (code.len() == 3).then_some(code);
        Price { currency: price.currency.or(in_row).or_else(in_header), ..price }
    }

    fn intents_of<C: AsRef<str>>(&self, cells: &[C], cell: &str) -> Vec<Intent> {
        let mut found = intents(cell);
        for (column, cell) in self.columns.iter().zip(cells) {
            if let Some(Field::IntentFlag(intent)) = column.field
                && is_set(cell.as_ref())
                && !found.contains(&intent)
            {
                found.push(intent);
            }
        }
        found
    }
}

fn as_difficulty(number: Decimal) -> Option<i64> {
    number::whole(number).filter(|difficulty| *difficulty <= 100)
}

fn as_milli(number: Decimal) -> Option<i64> {
    number.checked_mul(Decimal::ONE_THOUSAND)?.round().to_i64().filter(|milli| *milli >= 0)
}
