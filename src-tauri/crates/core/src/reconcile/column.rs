//! The names under which vendors export what can be compared. A name that is not listed is not used, and is shown as
//! such: "cost_cache" is no cost of a request, and "generation_time_ms" no time of day.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The vendor's id of a request.
    RequestId,
    /// When it was made, or when the span of a sum begins.
    Time,
    /// When the span of a sum ends.
    TimeEnd,
    /// The model.
    Model,
    /// Which variant of the model, where that is no part of its name.
    Variant,
    /// Tokens read, cached ones included.
    TokensInput,
    /// Tokens read, cached ones left out.
    TokensUncached,
    /// Tokens read from a cache.
    TokensCached,
    /// Tokens written to a cache; several columns may hold some.
    TokensCacheWrite,
    /// Tokens written, reasoning included.
    TokensOutput,
    /// All tokens.
    TokensTotal,
    /// Requests in a sum.
    Requests,
    /// A price.
    Cost,
    /// Currency of the prices in the row.
    Currency,
}

impl Field {
    /// The stable word that is shown to programs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RequestId => "request_id",
            Self::Time => "time",
            Self::TimeEnd => "time_end",
            Self::Model => "model",
            Self::Variant => "variant",
            Self::TokensInput => "tokens_input",
            Self::TokensUncached => "tokens_uncached",
            Self::TokensCached => "tokens_cached",
            Self::TokensCacheWrite => "tokens_cache_write",
            Self::TokensOutput => "tokens_output",
            Self::TokensTotal => "tokens_total",
            Self::Requests => "requests",
            Self::Cost => "cost",
            Self::Currency => "currency",
        }
    }

    const fn is_tokens(self) -> bool {
        matches!(
            self,
            Self::TokensInput
                | Self::TokensUncached
                | Self::TokensCached
                | Self::TokensCacheWrite
                | Self::TokensOutput
                | Self::TokensTotal
        )
    }
}

/// Who wrote a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// OpenAI's usage or cost export: sums over spans.
    OpenAi,
    /// Anthropic's usage or cost export: sums over days.
    Anthropic,
    /// OpenRouter's activity: every request.
    OpenRouter,
    /// Anything else with columns we know.
    Generic,
}

impl Layout {
    /// The stable word that is shown to programs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OpenAi => "openai",
            Self::Anthropic => "anthropic",
            Self::OpenRouter => "openrouter",
            Self::Generic => "generic",
        }
    }
}

/// One column of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name as it stands in the file.
    pub header: String,
    /// What it holds; `None` for columns that are not used.
    pub field: Option<Field>,
}

/// A recognised header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Position among the rows searched, from 0; the data begin after it.
    pub row: usize,
    /// Who wrote the file.
    pub layout: Layout,
    /// Every column in order, used or not.
    pub columns: Vec<Column>,
}

/// Rows searched for the header: exports by hand have a title or two before it.
pub const HEADER_ROWS_MAX: usize = 20;

/// The names of each field, the surest first.
const NAMES: &[(Field, &[&str])] = &[
    (
        Field::RequestId,
        &[
            "request id",
            "requestid",
            "generation id",
            "x request id",
            "response id",
            "completion id",
            "message id",
            "id",
        ],
    ),
    (
        Field::Time,
        &[
            "start time",
            "start time iso",
            "created at",
            "timestamp",
            "usage date utc",
            "usage date",
            "request time",
            "datetime",
            "date time",
            "created",
            "time",
            "date",
            "day",
        ],
    ),
    (Field::TimeEnd, &["end time", "end time iso"]),
    (
        Field::Model,
        &["model", "model version", "model permaslug", "model name", "model id", "snapshot id", "line item"],
    ),
    (Field::Variant, &["variant"]),
    (
        Field::TokensInput,
        &["input tokens", "prompt tokens", "tokens prompt", "tokens input", "tokens in", "n context tokens total"],
    ),
    (Field::TokensUncached, &["usage input tokens no cache", "uncached input tokens", "input uncached tokens"]),
    (
        Field::TokensCached,
        &[
            "usage input tokens cache read",
            "cache read input tokens",
            "input cached tokens",
            "cached input tokens",
            "cached tokens",
            "tokens cached",
        ],
    ),
    (
        Field::TokensCacheWrite,
        &[
            "usage input tokens cache write 5m",
            "usage input tokens cache write 1h",
            "usage input tokens cache write",
            "cache creation input tokens",
            "cache write input tokens",
            "cache write tokens",
            "tokens cache write",
        ],
    ),
    (
        Field::TokensOutput,
        &[
            "output tokens",
            "completion tokens",
            "tokens completion",
            "usage output tokens",
            "tokens output",
            "tokens out",
            "n generated tokens total",
        ],
    ),
    (Field::TokensTotal, &["total tokens", "tokens total", "tokens"]),
    (Field::Requests, &["num model requests", "n requests", "requests", "request count"]),
    (
        Field::Cost,
        &[
            "cost usd",
            "cost total",
            "total cost",
            "amount value",
            "amount usd",
            "cost",
            "cost in usd",
            "usd",
            "amount",
            "price",
        ],
    ),
    (Field::Currency, &["amount currency", "currency"]),
];

/// Finds the header: the first row that names a request's id, or a model or time beside tokens, a cost or a count.
#[must_use]
pub fn recognise<C: AsRef<str>>(rows: &[Vec<C>]) -> Option<Header> {
    rows.iter().take(HEADER_ROWS_MAX).enumerate().find_map(|(row, cells)| {
        let columns = name_columns(cells);
        is_usable(&columns).then(|| Header { row, layout: layout_of(&columns), columns })
    })
}

impl Header {
    /// Columns that are used.
    #[must_use]
    pub fn used(&self) -> usize {
        self.columns.iter().filter(|column| column.field.is_some()).count()
    }

    /// Whether a column holds this.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        self.columns.iter().any(|column| column.field == Some(field))
    }

    /// The cells that hold `field`; several for what several columns hold.
    pub(super) fn cells<'r, C: AsRef<str>>(&self, row: &'r [C], field: Field) -> impl Iterator<Item = &'r str> {
        self.named_cells(row, field).map(|(_, cell)| cell)
    }

    /// As [`Self::cells`], each with its column's name.
    pub(super) fn named_cells<'r, C: AsRef<str>>(
        &self,
        row: &'r [C],
        field: Field,
    ) -> impl Iterator<Item = (&str, &'r str)> {
        let named = self.columns.iter().zip(row).filter(move |(column, _)| column.field == Some(field));
        named.map(|(column, cell)| (column.header.as_str(), cell.as_ref().trim()))
    }
}

fn is_usable(columns: &[Column]) -> bool {
    let has = |wanted: fn(Field) -> bool| columns.iter().filter_map(|column| column.field).any(wanted);
    let how_much = has(|field| field.is_tokens() || matches!(field, Field::Cost | Field::Requests));
    let when_or_what = has(|field| matches!(field, Field::Model | Field::Time));
    let by_id = has(|field| field == Field::RequestId);
    // Two of the three: a lone id, a lone cost or a lone date could be of anything.
    usize::from(how_much) + usize::from(when_or_what) + usize::from(by_id) >= 2
}

/// Names every column. A field that several columns could hold goes to the surest name, then to the first; what is
/// written to caches is the one field that several columns hold.
fn name_columns<C: AsRef<str>>(cells: &[C]) -> Vec<Column> {
    let named: Vec<Option<(Field, usize)>> = cells.iter().map(|cell| meaning(&folded(cell.as_ref()))).collect();
    let surest = |field: Field| {
        let candidates =
            named.iter().enumerate().filter_map(|(at, name)| name.filter(|name| name.0 == field).map(|n| (n.1, at)));
        candidates.min().map(|(_, at)| at)
    };
    let columns = cells.iter().zip(&named).enumerate().map(|(at, (cell, name))| {
        let field = name.map(|(field, _)| field);
        let kept = field.filter(|field| *field == Field::TokensCacheWrite || surest(*field) == Some(at));
        Column { header: cell.as_ref().trim().to_owned(), field: kept }
    });
    columns.collect()
}

fn meaning(name: &str) -> Option<(Field, usize)> {
    NAMES.iter().find_map(|(field, names)| Some((*field, names.iter().position(|n| *n == name)?)))
}

/// Lower case, words parted by one space: `Input_Tokens`, `input tokens` and `Input  Tokens` are one name.
fn folded(cell: &str) -> String {
    let plain: String =
        cell.trim_start_matches('\u{feff}').chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plain.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Who wrote the file, told by the names only they use.
fn layout_of(columns: &[Column]) -> Layout {
    let names: Vec<String> = columns.iter().map(|column| folded(&column.header)).collect();
    let any = |list: &[&str]| names.iter().any(|name| list.contains(&name.as_str()));
    if any(&["generation id", "model permaslug"]) {
        Layout::OpenRouter
    } else if any(&["usage date utc", "usage input tokens no cache"]) {
        Layout::Anthropic
    } else if any(&["num model requests", "n context tokens total"]) || (any(&["start time"]) && any(&["amount value"]))
    {
        Layout::OpenAi
    } else {
        Layout::Generic
    }
}
