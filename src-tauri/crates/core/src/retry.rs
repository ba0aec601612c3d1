//! The one policy of sending a request again: how often, and after how long. It is arithmetic and no loop, because a wait
//! outlives its process: it is a row of the queue with the moment at which it may run, so that the app can be closed and
//! the laptop sleep meanwhile. A library that waits inside a future would keep the unit and its hold in memory for that
//! time, and lose them with it.
//!
//! A request that certainly was not run costs nothing and may be sent a few times; one whose answer was lost may be
//! billed each time, and is sent once more. What may be billed is counted by the unit and not by the call: a unit whose
//! request has changed, or whose answer is repaired, gets another call, and no other allowance. So whatever happens to
//! it, [`BILLED_MAX`] times the price of its request is the most that its vendor can bill for it.

use crate::port::ProviderError;

/// Sends of one unit of which nobody knows whether they were run.
const LOST_MAX: u32 = 2;
/// How often the answer of a unit that cannot be read is asked for anew, as a call of its own.
pub const REPAIRS_MAX: u32 = 1;
/// Sends of one unit that its vendor may bill: the last of those that may be lost, and the last of those that may be
/// answered with what cannot be read, end the unit, so that one of each is the most that comes before the one which ends it.
pub const BILLED_MAX: u32 = LOST_MAX + REPAIRS_MAX;
/// Sends of one call that were certainly not run.
const NOT_RUN_MAX: u32 = 4;
/// Wait before the first retry when the vendor names none, and how many times longer each further one is.
const DELAY_MS: u64 = 2_000;
const DELAY_FACTOR: u64 = 4;
/// The longest wait we accept from a vendor; beyond it the user should know rather than wait.
pub const DELAY_MS_MAX: u64 = 120_000;
/// The longest that a vendor is left alone, whatever it asks: thirty days, so that the user is told what the vendor said. More
/// is a mistake or a ban.
pub const REST_MS_MAX: u64 = 30 * 86_400_000;

/// How often a unit was asked for, by what became of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sends {
    /// Of these, under whichever call, nobody knows whether they were run.
    pub lost: u32,
    /// These, under whichever call, were answered, and nothing came of it yet.
    pub answered: u32,
    /// These, under the call at hand, were certainly not run.
    pub not_run: u32,
}

/// What may be done after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Again, not before this many milliseconds.
    After(u64),
    /// Not again without a person.
    Never,
}

impl Sends {
    /// The same, once it is known how the last one ended, which counted as lost until then.
    #[must_use]
    pub const fn ended(self, error: &ProviderError) -> Self {
        if error.is_not_run() {
            Self { lost: self.lost.saturating_sub(1), not_run: self.not_run.saturating_add(1), ..self }
        } else {
            self
        }
    }

    /// Whether nothing more may be sent that its vendor might bill.
    #[must_use]
    pub const fn are_spent(self) -> bool {
        self.lost >= LOST_MAX || self.lost.saturating_add(self.answered) >= BILLED_MAX
    }

    /// Whether an answer that cannot be read, which is not among these yet, may be asked for anew.
    #[must_use]
    pub const fn leave_a_repair(self) -> bool {
        self.answered < REPAIRS_MAX
    }
}

impl ProviderError {
    /// Whether the request was certainly not run, and may be later.
    #[must_use]
    pub const fn is_not_run(&self) -> bool {
        matches!(self, Self::NotSent | Self::RateLimited { .. } | Self::Overloaded { .. } | Self::FormRefused)
    }

    /// Whether the same request may be sent again, after so many sends, this one included.
    #[must_use]
    pub fn retry(&self, sends: Sends) -> Retry {
        match self {
            Self::Unknown if !sends.are_spent() => Retry::After(DELAY_MS),
            Self::RateLimited { .. } | Self::Overloaded { .. } if self.asks_too_much() => Retry::Never,
            // A vendor that says "at once" is not asked by all at once.
            Self::RateLimited { retry_after_ms } | Self::Overloaded { retry_after_ms }
                if sends.not_run < NOT_RUN_MAX =>
            {
                Retry::After(retry_after_ms.unwrap_or(0).max(delay_ms(sends.not_run)))
            }
            // It is asked in another form, and has nobody to wait for.
            Self::FormRefused if sends.not_run < NOT_RUN_MAX => Retry::After(0),
            Self::NotSent if sends.not_run < NOT_RUN_MAX => Retry::After(delay_ms(sends.not_run)),
            Self::Unknown
            | Self::RateLimited { .. }
            | Self::Overloaded { .. }
            | Self::NotSent
            | Self::FormRefused
            | Self::Auth
            | Self::NoKey
            | Self::NotAllowed { .. }
            | Self::Quota
            | Self::UnknownModel
            | Self::Rejected { .. }
            | Self::ContentRefused { .. }
            | Self::CutOff { .. }
            | Self::PromptCut { .. }
            | Self::BadForm
            | Self::BadReply { .. }
            | Self::Page
            | Self::NoSuchProvider => Retry::Never,
        }
    }

    /// Whether every other request to the vendor would end in the same way until a person has done something about it.
    #[must_use]
    pub const fn stops_the_vendor(&self) -> bool {
        matches!(self, Self::Auth | Self::NoKey | Self::Quota | Self::Page) || self.asks_too_much()
    }

    /// Whether every other request for the model would end in the same way until a person has done something about it. What
    /// is asked of the vendor's other models may go well.
    #[must_use]
    pub const fn stops_the_model(&self) -> bool {
        matches!(self, Self::UnknownModel | Self::NotAllowed { .. })
    }

    /// How long the vendor asks to be left alone, in milliseconds, where it says so.
    #[must_use]
    pub const fn wait_asked_ms(&self) -> Option<u64> {
        if let Self::RateLimited { retry_after_ms } | Self::Overloaded { retry_after_ms } = self {
            *retry_after_ms
        } else {
            None
        }
    }

    /// Whether nobody asks the vendor before the next try at this call: it was asked too often, or says when to come again.
    #[must_use]
    pub const fn rests_the_vendor(&self) -> bool {
        matches!(self, Self::RateLimited { .. }) || self.wait_asked_ms().is_some()
    }

    /// Whether the vendor asks for a longer wait than we accept. It is not asked again before: that would be refused, and
    /// counted against us.
    const fn asks_too_much(&self) -> bool {
        matches!(self.wait_asked_ms(), Some(ms) if ms > DELAY_MS_MAX)
    }
}

/// The wait before the retry that follows so many sends.
fn delay_ms(sends: u32) -> u64 {
    DELAY_MS.saturating_mul(DELAY_FACTOR.saturating_pow(sends.saturating_sub(1))).min(DELAY_MS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::usage::Usage;

    const fn sends(lost: u32, not_run: u32) -> Sends {
        Sends { lost, answered: 0, not_run }
    }

    #[test]
    fn what_was_not_run_is_tried_a_few_times_after_longer_and_longer_waits() {
        let busy = ProviderError::Overloaded { retry_after_ms: None };
        let waits: Vec<Retry> = (1..=4).map(|count| busy.retry(sends(0, count))).collect();
        assert_eq!(waits, [Retry::After(2_000), Retry::After(8_000), Retry::After(32_000), Retry::Never]);
        assert_eq!(
            ProviderError::NotSent.retry(sends(1, 1)),
            Retry::After(2_000),
            "a lost one beside it does not count"
        );
        assert_eq!(delay_ms(u32::MAX), DELAY_MS_MAX);
    }

    #[test]
    fn a_vendors_own_wait_counts_and_nobody_waits_a_day() {
        its_wait_counts(|retry_after_ms| ProviderError::RateLimited { retry_after_ms });
        its_wait_counts(|retry_after_ms| ProviderError::Overloaded { retry_after_ms });
        let busy = |retry_after_ms| ProviderError::Overloaded { retry_after_ms };
        assert!(busy(Some(7)).rests_the_vendor() && !busy(None).rests_the_vendor(), "others may have better luck");
        assert!(ProviderError::RateLimited { retry_after_ms: None }.rests_the_vendor(), "it was all of us");
    }

    fn its_wait_counts(told: impl Fn(Option<u64>) -> ProviderError) {
        assert_eq!(told(Some(45_000)).retry(sends(0, 3)), Retry::After(45_000));
        assert_eq!(told(Some(DELAY_MS_MAX)).retry(sends(0, 1)), Retry::After(DELAY_MS_MAX));
        for too_long in [DELAY_MS_MAX + 1, 150_000, 86_400_000] {
            assert_eq!(told(Some(too_long)).retry(sends(0, 1)), Retry::Never, "not before it was told: {too_long}");
            assert!(told(Some(too_long)).stops_the_vendor(), "by nobody: {too_long}");
        }
        assert!(!told(Some(DELAY_MS_MAX)).stops_the_vendor() && !told(None).stops_the_vendor());
        for (not_run, wait_ms) in [(1, 2_000), (2, 8_000), (3, 32_000)] {
            assert_eq!(
                told(Some(0)).retry(sends(0, not_run)),
                Retry::After(wait_ms),
                "at once is not at the same time"
            );
        }
        assert_eq!(told(None).retry(sends(0, 2)), Retry::After(8_000));
        assert_eq!(told(Some(250)).retry(sends(0, 4)), Retry::Never);
    }

    #[test]
    fn what_does_not_take_a_form_is_asked_in_another_at_once() {
        assert_eq!(ProviderError::FormRefused.retry(sends(0, 1)), Retry::After(0));
        assert_eq!(ProviderError::FormRefused.retry(sends(0, 4)), Retry::Never);
        assert!(ProviderError::FormRefused.is_not_run() && !ProviderError::FormRefused.stops_the_vendor());
    }

    #[test]
    fn a_lost_answer_is_asked_for_once_more() {
        assert_eq!(ProviderError::Unknown.retry(sends(1, 3)), Retry::After(2_000));
        assert_eq!(ProviderError::Unknown.retry(sends(2, 0)), Retry::Never);
    }

    /// Sends until none may follow, whichever of them are lost and whichever answered with what cannot be read.
    fn billed_at_most(so_far: Sends) -> u32 {
        if so_far.are_spent() {
            return 0;
        }
        let lost = Sends { lost: so_far.lost + 1, ..so_far };
        let after_a_loss = if ProviderError::Unknown.retry(lost) == Retry::Never { 0 } else { billed_at_most(lost) };
        let answered = Sends { answered: so_far.answered + 1, ..so_far };
        let after_an_answer = if so_far.leave_a_repair() { billed_at_most(answered) } else { 0 };
        1 + after_a_loss.max(after_an_answer)
    }

    #[test]
    fn no_unit_is_billed_more_often_than_its_bound() {
        assert_eq!(billed_at_most(Sends::default()), BILLED_MAX);
        assert!(!Sends { lost: 1, answered: 1, not_run: 9 }.are_spent(), "what was not run is not billed");
        assert!(Sends { lost: 1, answered: 2, not_run: 0 }.are_spent() && sends(LOST_MAX, 0).are_spent());
    }

    #[test]
    fn what_is_definite_is_not_sent_again() {
        let usage = Usage::default();
        let definite = [
            ProviderError::Auth,
            ProviderError::Quota,
            ProviderError::UnknownModel,
            ProviderError::Rejected { reason: String::new() },
            ProviderError::ContentRefused { usage },
            ProviderError::CutOff { usage },
            ProviderError::PromptCut { usage },
            ProviderError::BadReply { usage },
            ProviderError::Page,
            ProviderError::NoSuchProvider,
        ];
        for error in definite {
            assert_eq!(error.retry(sends(0, 0)), Retry::Never, "{error}");
            assert!(!error.is_not_run(), "{error}");
        }
    }
}
