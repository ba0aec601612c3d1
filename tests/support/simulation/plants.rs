//! Planted mistakes: what the world must notice. They cannot be reached in the product, because they are not in its
//! code: they are triggers that a test puts into its own file, where they drop, change or double what the code writes,
//! in the very commit that writes it; a start that forgets to recover; a site behind a client that asks no questions.
//! Each stands for a way in which money or posts were really lost, by us in a prototype or by others in public.

mod triggers;

use rusqlite::Connection;

/// A mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plant {
    /// The result is stored in one commit and charged in the next, which a crash may keep from coming.
    ChargesApart,
    /// A hold without a call that explains it.
    HoldsWithoutCall,
    /// A start that looks at nothing of what the last process left (new-api #4429: six of eight holds never came back).
    RecoversNothing,
    /// A start that voids no leases.
    KeepsLeases,
    /// A request that may have been answered is taken for one that was never sent, and sent for ever (comfy PR 79).
    ForgetsSends,
    /// The stored result is not charged; its hold goes back.
    ReleasesResults,
    /// The estimate is charged instead of what was consumed.
    ChargesTheEstimate,
    /// A lost answer is charged.
    ChargesLostAnswers,
    /// A refund is paid out again beside the release (new-api #5556: three times).
    RefundsTwice,
    /// A result is charged twice.
    ChargesTwice,
    /// Holds keep nothing back, and the balance is not looked at again (one-api #2440, litellm #34732, open-saas #727).
    HoldsNothing,
    /// The wallet's own row says that it may be overdrawn.
    UnguardsTheWallet,
    /// What a hold took of a limit stays taken when the hold is given back (litellm #36926).
    KeepsReservations,
    /// Credits the user adds arrive twice (AutoGPT PR 10672).
    GrantsTwice,
    /// The month's budget is granted again when the turn is looked at again.
    TurnsTheMonthTwice,
    /// The refund moves one side of the books and not the other (new-api #2891).
    RefundsOneSide,
    /// An operation forgets what its first unit cost: two numbers for the same money (lago-api PR 4641).
    ForgetsTotals,
    /// What was cancelled counts as done.
    CountsCancelledAsDone,
    /// The user is told twice.
    NotifiesTwice,
    /// Nothing is said to the user at all about what failed.
    HidesFailures,
    /// What a released call cost is left out of the usage rows.
    ForgetsReleasedUsage,
    /// Holds do not count against caps.
    IgnoresCaps,
    /// The kill switch says yes and does nothing.
    IgnoresTheSwitch,
    /// A charge without its result: the article's text is not stored.
    LosesArticles,
    /// A paid answer is kept under the requests of others as well.
    AnswersOthers,
    /// An answer is kept under another request than it was given to, and the call says the same.
    KeepsUnderAnother,
    /// What a call without an answer cost is forgotten when it is given up.
    ForgetsLostCost,
    /// A paid answer is not kept: the same request is paid again (Postulator).
    ForgetsAnswers,
    /// Tokens read from a vendor's cache are priced as if they were not (langfuse #4590, litellm #14874).
    PricesCacheAsInput,
    /// What an open call asked for is not known any more once its answer is lost, and is asked for under another call: so it
    /// was with us for ideas and clusters, whose siblings were stored meanwhile.
    AsksUnderAnother,
    /// A lost answer does not count among those that were lost, and is asked for as often as the unit is tried.
    CountsNoLoss,
    /// A post is begun in public and begun again when its answer was lost (WordPress-Android #9845, zernio PR 42).
    PublishesAtOnce,
    /// A run begins by itself, and that it did for its time on the wall is not in the commit that begins it.
    BeginsOffTheRecord,
    /// A time on the wall that was missed is left out without a trace.
    PassesOverTimes,
    /// Runs were missed, and nobody hears of it.
    HidesMissedRuns,
    /// An article was missed at its time, and nobody hears of it.
    HidesMissedArticles,
}

impl Plant {
    /// All of them.
    pub const ALL: [Self; 36] = [
        Self::ChargesApart,
        Self::HoldsWithoutCall,
        Self::RecoversNothing,
        Self::KeepsLeases,
        Self::ForgetsSends,
        Self::ReleasesResults,
        Self::ChargesTheEstimate,
        Self::ChargesLostAnswers,
        Self::RefundsTwice,
        Self::ChargesTwice,
        Self::HoldsNothing,
        Self::UnguardsTheWallet,
        Self::KeepsReservations,
        Self::GrantsTwice,
        Self::TurnsTheMonthTwice,
        Self::RefundsOneSide,
        Self::ForgetsTotals,
        Self::CountsCancelledAsDone,
        Self::NotifiesTwice,
        Self::HidesFailures,
        Self::ForgetsReleasedUsage,
        Self::IgnoresCaps,
        Self::IgnoresTheSwitch,
        Self::LosesArticles,
        Self::AnswersOthers,
        Self::KeepsUnderAnother,
        Self::ForgetsLostCost,
        Self::ForgetsAnswers,
        Self::PricesCacheAsInput,
        Self::AsksUnderAnother,
        Self::CountsNoLoss,
        Self::PublishesAtOnce,
        Self::BeginsOffTheRecord,
        Self::PassesOverTimes,
        Self::HidesMissedRuns,
        Self::HidesMissedArticles,
    ];

    /// The rule that it breaks.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::ChargesApart | Self::HoldsWithoutCall => "an open hold has an open call",
            Self::RecoversNothing | Self::KeepsLeases => "no unit is leased by a process that ended",
            Self::ForgetsSends => "a request is on record before it leaves",
            Self::ReleasesResults => "a stored result is charged",
            Self::ChargesTheEstimate => "a charge is the price of what was consumed",
            Self::ChargesLostAnswers | Self::LosesArticles => "a charge has a stored result",
            Self::RefundsTwice => "every credit was granted by somebody",
            Self::ChargesTwice => "granted = available + held + used + lapsed",
            // Seen before any of the last credits are spent twice: what is kept back is not what the holds say.
            Self::HoldsNothing => "an account holds what its transfers moved: wallet",
            // The auditor knows it from the chart of accounts, before any hold passes the wallet.
            Self::UnguardsTheWallet => "the audit found Finding { kind: Standing, table: \"account\"",
            Self::KeepsReservations => "a cap counts what its calls hold and have used",
            Self::RefundsOneSide => "an account holds what its transfers moved: usage",
            Self::GrantsTwice => "a grant is there once",
            Self::TurnsTheMonthTwice => "each month is granted and lapses at most once",
            Self::ForgetsTotals => "an operation's totals are those of its usage rows",
            Self::CountsCancelledAsDone => "an operation counts its units as they ended",
            Self::NotifiesTwice | Self::HidesFailures => "a closed operation gave one notice",
            Self::ForgetsReleasedUsage => "a resolved call has one usage row",
            Self::IgnoresCaps => "every call counts against the month, the day and the month of its site",
            Self::IgnoresTheSwitch => "nothing is held while paid work is stopped",
            Self::ForgetsLostCost => "what the vendor bills is booked",
            Self::AnswersOthers | Self::KeepsUnderAnother => "an answer is kept under its own request",
            Self::ForgetsAnswers => "what was paid for is kept, for whoever asks the same",
            Self::PricesCacheAsInput => "the cost is the vendor's",
            Self::AsksUnderAnother => "what was lost is asked for again under its own call",
            Self::CountsNoLoss => "no unit was lost more than twice",
            Self::PublishesAtOnce => "an article is public once",
            Self::BeginsOffTheRecord => "a run that begins by itself is on record with its time",
            Self::PassesOverTimes => "no time on the wall is passed over",
            Self::HidesMissedRuns => "a run that was missed, or refused, is told",
            Self::HidesMissedArticles => "what was missed of an article's time is told",
        }
    }

    /// Puts the mistake into a file.
    pub fn put_into(self, file: &Connection) {
        file.execute_batch(triggers::of(self)).unwrap_or_else(|error| panic!("{self:?}: {error}"));
    }

    /// What a mistake left for a commit of its own. False when there is nothing.
    pub fn second_commit(self, file: &Connection) -> bool {
        if self != Self::ChargesApart {
            return false;
        }
        let left: i64 = file.query_row("select count(*) from later_transfer", [], |row| row.get(0)).expect("a count");
        if left > 0 {
            file.execute_batch(triggers::LATER).expect("what was put off can be written");
        }
        left > 0
    }

    /// The process ended: what it only had in mind is gone.
    pub fn forget(self, file: &Connection) {
        if self == Self::ChargesApart {
            file.execute_batch("delete from later_transfer; delete from later_line;").expect("memory can be forgotten");
        }
    }
}
