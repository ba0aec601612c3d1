//! The vendor's own bill: what it consumed for each answer and what that costs by its tariff, in arithmetic of its own.

use super::Kind;

/// Prices, in nano-dollars per 1,000 tokens, and per picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tariff {
    /// Tokens read.
    pub input: u64,
    /// Tokens read from its cache.
    pub cached_input: u64,
    /// Tokens written to its cache.
    pub cache_write: u64,
    /// Tokens written.
    pub output: u64,
    /// Tokens thought with.
    pub reasoning: u64,
    /// Pictures.
    pub pictures: OfPictures,
}

/// How pictures are billed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfPictures {
    /// At so many nano-dollars each, whatever they take.
    Each(u64),
    /// By tokens, in nano-dollars per 1,000: those of the prompt, and those of the picture.
    ByTokens(u64, u64),
}

impl Default for Tariff {
    /// The prices a test writes into the catalogue as `0.002`, `0.0005`, `0.0025`, `0.008`, `0.008` and `0.04` dollars.
    fn default() -> Self {
        Self {
            input: 2_000_000,
            cached_input: 500_000,
            cache_write: 2_500_000,
            output: 8_000_000,
            reasoning: 8_000_000,
            pictures: OfPictures::Each(40_000_000),
        }
    }
}

/// What an answer consumed, in the vendor's words: parts are inside their whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Consumed {
    /// Tokens read, cached ones and those written to the cache included.
    pub prompt: u64,
    /// Of these, from the cache.
    pub cached: u64,
    /// Of these, written to the cache.
    pub cache_write: u64,
    /// Tokens written, reasoning included.
    pub completion: u64,
    /// Of these, thought with.
    pub reasoning: u64,
    /// Pictures made.
    pub images: u64,
}

/// One line of the bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Billed {
    /// The call's id as the client gave it.
    pub call: String,
    /// The vendor's own id of the request, which its answer bore.
    pub request: String,
    /// What was made.
    pub kind: Kind,
    /// What was consumed.
    pub consumed: Consumed,
    /// What it costs, in nano-dollars, rounded half up.
    pub nano: u64,
}

/// The bill.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bill {
    /// Its lines, oldest first.
    pub lines: Vec<Billed>,
}

impl Bill {
    /// What is to be paid, in nano-dollars.
    #[must_use]
    pub fn nano(&self) -> u64 {
        self.lines.iter().map(|line| line.nano).sum()
    }

    /// The same of one kind of work.
    #[must_use]
    pub fn nano_of(&self, kind: Kind) -> u64 {
        self.lines.iter().filter(|line| line.kind == kind).map(|line| line.nano).sum()
    }
}

/// The lines as they are written.
#[derive(Default)]
pub(super) struct Ledger(Vec<Billed>);

impl Ledger {
    pub(super) fn add(&mut self, call: &str, request: &str, (kind, consumed): (Kind, Consumed), tariff: &Tariff) {
        let nano = tariff.of(kind, &consumed);
        self.0.push(Billed { call: call.to_owned(), request: request.to_owned(), kind, consumed, nano });
    }

    pub(super) fn bill(&self) -> Bill {
        Bill { lines: self.0.clone() }
    }
}

impl Tariff {
    /// What something costs.
    pub(super) fn of(&self, kind: Kind, consumed: &Consumed) -> u64 {
        if kind == Kind::Image {
            return match self.pictures {
                OfPictures::Each(each) => consumed.images * each,
                OfPictures::ByTokens(read, made) => (consumed.prompt * read + consumed.completion * made + 500) / 1_000,
            };
        }
        let full = consumed.prompt - consumed.cached - consumed.cache_write;
        let said = consumed.completion - consumed.reasoning;
        let thousandths = full * self.input
            + consumed.cached * self.cached_input
            + consumed.cache_write * self.cache_write
            + said * self.output
            + consumed.reasoning * self.reasoning;
        (thousandths + 500) / 1_000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_its_price_and_the_sum_is_rounded_once() {
        let consumed = Consumed { prompt: 100, cached: 40, cache_write: 20, completion: 10, reasoning: 4, images: 0 };
        let by_hand = 40 * 2_000 + 40 * 500 + 20 * 2_500 + 10 * 8_000;
        assert_eq!(Tariff::default().of(Kind::Text, &consumed), by_hand);
        let odd = Tariff { input: 333, ..Tariff::default() };
        assert_eq!(odd.of(Kind::Text, &Consumed { prompt: 2, ..Consumed::default() }), 1, "0.666 rounds up");
        assert_eq!(odd.of(Kind::Text, &Consumed { prompt: 1, ..Consumed::default() }), 0, "0.333 rounds down");
        let picture = Consumed { prompt: 9, completion: 100, images: 1, ..Consumed::default() };
        assert_eq!(odd.of(Kind::Image, &picture), 40_000_000);
        let by_tokens = Tariff { pictures: OfPictures::ByTokens(5_000_000, 40_000_000), ..odd };
        assert_eq!(by_tokens.of(Kind::Image, &picture), 9 * 5_000 + 100 * 40_000);
    }
}
