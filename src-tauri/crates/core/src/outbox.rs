//! What becomes of a delivery that did not arrive: it waits and is tried again, or it is parked until a person has done
//! something. And of its site: one that seems to be down is left alone for a while, and is then tried with one delivery
//! before all of them. It is arithmetic and no loop, because these waits outlive their process: they are rows with the
//! instant from which on the next try may be made, so that the app can be closed and the laptop sleep meanwhile.

use crate::port::{SiteError, VaultError};
use crate::status::{UnknownWord, vocabulary};
use crate::time::UtcMs;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// What a site is to make of an article.
    DeliveryGoal {
        /// Public, at once.
        Publish = "publish",
        /// A post of the future, which it publishes itself.
        HandOver = "hand_over",
        /// A draft again.
        TakeBack = "take_back",
    }

    /// Where a delivery stands in the outbox.
    OutboxPlace {
        /// Somebody works on it.
        InHand = "in_hand",
        /// It goes out as soon as others did.
        Queued = "queued",
        /// It failed, and is tried again by itself.
        Waiting = "waiting",
        /// It cannot arrive until a person has done something.
        Parked = "parked",
    }
}

/// Failures in a row that say that the site is down, after which it is left alone. One is a lost packet and two may be
/// bad luck; each more would be a wait for every article that is to go there.
pub const FAILURES_MAX: u32 = 3;
/// Failures of one delivery that may be its article's own fault before a person should look at it. With the waits between
/// them they take hours, which is longer than most hosts are in trouble.
pub const SETBACKS_MAX: u32 = 8;
/// Deliveries to one site at a time. Each has one request under way; hosting for WordPress has few workers, and firewalls
/// count.
pub const AT_ONCE_MAX: usize = 2;
/// The wait before the second try, and how many times longer each further one is.
const WAIT_MS: u64 = 30_000;
const WAIT_FACTOR: u64 = 4;
/// The longest wait of one delivery. What is to wait longer was told so before the clock was set back.
const WAIT_MS_MAX: u64 = 3_600_000;
/// The same as instants are counted.
pub const LONGEST_DELIVERY_WAIT_MS: i64 = 3_600_000;
/// How long a site that is down is left alone at first, and at most: whoever comes back on the net does not want to wait
/// longer for what was asked for before.
const REST_MS: u64 = 60_000;
const REST_FACTOR: u64 = 2;
const REST_MS_MAX: u64 = 900_000;
/// The longest wait that any site can ask for; as for a delivery, whatever is longer is none.
pub const LONGEST_WAIT_MS: i64 = 86_400_000;

/// Whom a failure is about, and whether a try later can end otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failing {
    /// The site is not there, or says that it is not to be asked now. Nothing is wrong with the article.
    Down {
        /// The site may have taken the article up all the same, and be down because of it.
        may_be_the_article: bool,
    },
    /// The site answers, and did not do it. Whether it is the article's fault cannot be told.
    Unclear,
    /// This article is refused, and will be until somebody changes something.
    Refused,
    /// So is every other article for this site.
    AllRefused,
    /// The site was not asked: this computer does not give the password out just now.
    LockedHere,
}

/// What is known of a site's last failures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SiteHealth {
    /// Failures in a row that say that it is down.
    pub failures: u32,
    /// It is left alone until then.
    pub rests_until: UtcMs,
}

/// What is done about a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Tried again, not before this instant.
    Again {
        /// The instant.
        at: UtcMs,
        /// Its setbacks from now on.
        setbacks: u32,
    },
    /// Not without a person.
    Park {
        /// So is all that waits for the same site.
        with_all: bool,
    },
}

impl SiteError {
    /// Whether it is about all articles of one type, and says nothing of those of another: a user may write posts and no
    /// pages.
    #[must_use]
    pub fn is_of_type(&self) -> bool {
        matches!(self, Self::Forbidden { code } if is_of_the_role(code))
    }

    /// Whom this failure is about.
    #[must_use]
    pub fn failing(&self) -> Failing {
        match self {
            Self::Unreachable | Self::Tls | Self::Busy { .. } => Failing::Down { may_be_the_article: false },
            Self::Unknown => Failing::Down { may_be_the_article: true },
            Self::ServerError { status } if is_of_the_way(*status) => Failing::Down { may_be_the_article: true },
            Self::ServerError { .. } | Self::BadReply => Failing::Unclear,
            Self::HtmlInsteadOfJson { .. } if self.is_turned_away() => Failing::Refused,
            Self::HtmlInsteadOfJson { .. } => Failing::Unclear,
            Self::Forbidden { code } if is_of_the_role(code) => Failing::AllRefused,
            Self::Forbidden { .. } | Self::NotFound | Self::Rejected { .. } => Failing::Refused,
            Self::Auth | Self::NotWordPress | Self::Redirected { .. } | Self::Folder | Self::NoCredentials => {
                Failing::AllRefused
            }
            Self::Keyring(error) => match error {
                // It opens when its user has logged in, or is back.
                VaultError::Locked | VaultError::TimedOut | VaultError::Broken => Failing::LockedHere,
                VaultError::NotFound | VaultError::Absent | VaultError::Denied => Failing::AllRefused,
            },
        }
    }

    /// Whether a page said no. That is a firewall's, about this article or about us: asking it again and again ends in a ban.
    const fn is_turned_away(&self) -> bool {
        matches!(self, Self::HtmlInsteadOfJson { status: 300..500 })
    }

    /// How long the site asks to be left alone, in milliseconds.
    const fn asked_wait_ms(&self) -> u64 {
        if let Self::Busy { retry_after_ms: Some(ms) } = self { *ms } else { 0 }
    }
}

/// Answers of a proxy in front of a site that does not answer.
const fn is_of_the_way(status: u16) -> bool {
    matches!(status, 408 | 502..=504 | 520..=527)
}

/// What a user may not do whose role is too small, whatever the article, as long as it is of the same type.
fn is_of_the_role(code: &str) -> bool {
    matches!(code, "rest_cannot_publish" | "rest_cannot_create")
}

impl SiteHealth {
    /// The same after a failure. `chance` is any number; without it all that fails together would be tried together.
    #[must_use]
    pub fn after(self, error: &SiteError, now: UtcMs, chance: u64) -> Self {
        match error.failing() {
            Failing::Down { .. } => {}
            // One passage is refused by many a firewall; one article after the other means us.
            Failing::Refused if error.is_turned_away() => {}
            Failing::LockedHere => return self,
            Failing::Unclear | Failing::Refused | Failing::AllRefused => return Self::default(),
        }
        let failures = self.failures.saturating_add(1);
        let beyond = failures.saturating_sub(FAILURES_MAX);
        let rest_ms = match error.asked_wait_ms() {
            0 if failures < FAILURES_MAX => return Self { failures, ..self },
            asked_ms if failures < FAILURES_MAX => asked_ms,
            asked_ms => jittered(grown(REST_MS, REST_FACTOR, beyond, REST_MS_MAX), chance).max(asked_ms),
        };
        Self { failures, rests_until: later(now, rest_ms) }
    }

    /// How many deliveries may be under way. A site that was down is tried with one.
    #[must_use]
    pub const fn at_once_max(self) -> usize {
        if self.is_down() { 1 } else { AT_ONCE_MAX }
    }

    /// Whether it was left alone because it is down.
    #[must_use]
    pub const fn is_down(self) -> bool {
        self.failures >= FAILURES_MAX
    }
}

/// What is done about a delivery that failed so, after as many setbacks, at a site whose health is this since. `chance` as
/// in [`SiteHealth::after`].
#[must_use]
pub fn next(error: &SiteError, setbacks: u32, health: SiteHealth, now: UtcMs, chance: u64) -> Next {
    let failing = error.failing();
    let is_setback = match failing {
        // Whoever is turned away with everything waits as for a site that is down.
        Failing::Refused if error.is_turned_away() && health.is_down() => false,
        Failing::Refused => return Next::Park { with_all: false },
        Failing::AllRefused => return Next::Park { with_all: true },
        Failing::Unclear => true,
        // A site that fails whatever is sent says nothing of this article.
        Failing::Down { may_be_the_article } => may_be_the_article && !health.is_down(),
        // Longer and longer, since each try may ask a person to unlock it; it is no reason to give an article up.
        Failing::LockedHere => setbacks.saturating_add(1) < SETBACKS_MAX,
    };
    again(setbacks.saturating_add(u32::from(is_setback)), health.failures, now, chance)
}

/// What is done about a delivery that was cut off on this side.
#[must_use]
pub fn next_cut_off(setbacks: u32, now: UtcMs, chance: u64) -> Next {
    again(setbacks.saturating_add(1), 0, now, chance)
}

fn again(setbacks: u32, failures: u32, now: UtcMs, chance: u64) -> Next {
    if setbacks >= SETBACKS_MAX {
        return Next::Park { with_all: false };
    }
    // How long a site that is down is left alone is its own matter.
    let nth = setbacks.max(failures.min(FAILURES_MAX)).saturating_sub(1);
    let wait_ms = jittered(grown(WAIT_MS, WAIT_FACTOR, nth, WAIT_MS_MAX), chance);
    Next::Again { at: later(now, wait_ms), setbacks }
}

fn grown(first_ms: u64, factor: u64, times: u32, most_ms: u64) -> u64 {
    first_ms.saturating_mul(factor.saturating_pow(times)).min(most_ms)
}

/// Between half of a wait and all of it.
fn jittered(wait_ms: u64, chance: u64) -> u64 {
    let half = wait_ms / 2;
    wait_ms - half + chance % (half + 1)
}

fn later(now: UtcMs, wait_ms: u64) -> UtcMs {
    let wait_ms = i64::try_from(wait_ms).unwrap_or(LONGEST_WAIT_MS);
    UtcMs(now.0.saturating_add(wait_ms.min(LONGEST_WAIT_MS)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UtcMs = UtcMs(1_795_424_400_000);

    /// Which wait chance gives, of the shortest and the longest.
    fn wait_ms(next: Next) -> i64 {
        match next {
            Next::Again { at, .. } => at.0 - NOW.0,
            Next::Park { .. } => -1,
        }
    }

    #[test]
    fn what_is_definite_is_parked_and_the_rest_waits() {
        let refused = |code: &str| SiteError::Forbidden { code: code.to_owned() };
        let cases = [
            (SiteError::Unreachable, Failing::Down { may_be_the_article: false }),
            (SiteError::Tls, Failing::Down { may_be_the_article: false }),
            (SiteError::Busy { retry_after_ms: None }, Failing::Down { may_be_the_article: false }),
            (SiteError::Unknown, Failing::Down { may_be_the_article: true }),
            (SiteError::ServerError { status: 504 }, Failing::Down { may_be_the_article: true }),
            (SiteError::ServerError { status: 500 }, Failing::Unclear),
            (SiteError::BadReply, Failing::Unclear),
            (SiteError::HtmlInsteadOfJson { status: 200 }, Failing::Unclear),
            (SiteError::HtmlInsteadOfJson { status: 503 }, Failing::Unclear),
            (SiteError::HtmlInsteadOfJson { status: 403 }, Failing::Refused),
            (refused("rest_cannot_edit"), Failing::Refused),
            (refused("rest_cannot_publish"), Failing::AllRefused),
            (SiteError::Rejected { status: 400, code: String::new() }, Failing::Refused),
            (SiteError::NotFound, Failing::Refused),
            (SiteError::Auth, Failing::AllRefused),
            (SiteError::NoCredentials, Failing::AllRefused),
            (SiteError::Keyring(VaultError::Locked), Failing::LockedHere),
            (SiteError::Keyring(VaultError::TimedOut), Failing::LockedHere),
            (SiteError::Keyring(VaultError::Denied), Failing::AllRefused),
            (SiteError::Keyring(VaultError::NotFound), Failing::AllRefused),
            (SiteError::NotWordPress, Failing::AllRefused),
            (SiteError::Redirected { location: String::new() }, Failing::AllRefused),
            (SiteError::Folder, Failing::AllRefused),
        ];
        for (error, failing) in cases {
            assert_eq!(error.failing(), failing, "{error:?}");
            let is_parked = wait_ms(next(&error, 0, SiteHealth::default(), NOW, 0)) < 0;
            assert_eq!(is_parked, matches!(failing, Failing::Refused | Failing::AllRefused), "{error:?}");
        }
    }

    #[test]
    fn waits_grow_to_an_hour_and_then_a_person_looks_at_it() {
        let mut waits = Vec::new();
        let mut setbacks = 0;
        while let Next::Again { at, setbacks: so_far } =
            next(&SiteError::BadReply, setbacks, SiteHealth::default(), NOW, 0)
        {
            waits.push((at.0 - NOW.0) / 1_000);
            setbacks = so_far;
        }
        assert_eq!(waits, [15, 60, 240, 960, 1_800, 1_800, 1_800], "half of each wait, which chance can double");
        for chance in [0, 1, 7_919, u64::MAX] {
            let waited = wait_ms(next(&SiteError::BadReply, 1, SiteHealth::default(), NOW, chance));
            assert!((60_000..=120_000).contains(&waited), "{chance}: {waited}");
        }
        let two = [3, 5].map(|chance| wait_ms(next(&SiteError::BadReply, 1, SiteHealth::default(), NOW, chance)));
        assert_ne!(two[0], two[1], "not all at the same time");
    }

    #[test]
    fn a_site_that_is_down_is_left_alone_after_three_failures_and_tried_with_one() {
        let down = SiteError::Unreachable;
        let mut health = SiteHealth::default();
        let mut rests = Vec::new();
        for _ in 0..8 {
            health = health.after(&down, NOW, u64::MAX);
            rests.push((health.rests_until.0.max(NOW.0) - NOW.0) / 1_000);
            assert!(matches!(next(&down, 0, health, NOW, 0), Next::Again { setbacks: 0, .. }), "it is nobody's fault");
        }
        assert_eq!(rests[..2], [0, 0], "one failure is none");
        assert!(rests[2] >= 30 && rests[2] <= 60 && rests[4] > rests[3] && rests[3] > rests[2], "{rests:?}");
        assert!(rests.iter().all(|seconds| *seconds <= 900), "{rests:?}");
        assert_eq!((health.at_once_max(), SiteHealth::default().at_once_max()), (1, AT_ONCE_MAX));
        let refused = SiteError::Rejected { status: 400, code: String::new() };
        assert_eq!(health.after(&refused, NOW, 0), SiteHealth::default(), "whoever refuses is there");
    }

    #[test]
    fn whoever_is_turned_away_with_everything_stops_asking_and_gives_nothing_up() {
        let firewall = SiteError::HtmlInsteadOfJson { status: 403 };
        let mut health = SiteHealth::default();
        for nth in 1..=5 {
            health = health.after(&firewall, NOW, 0);
            let is_parked = matches!(next(&firewall, 0, health, NOW, 0), Next::Park { with_all: false });
            assert_eq!(is_parked, nth < FAILURES_MAX, "{nth}: it may be the article until it is every article");
            assert_eq!(health.rests_until > NOW, nth >= FAILURES_MAX, "{nth}");
        }
    }

    #[test]
    fn a_locked_keyring_gives_no_article_up_and_says_nothing_of_the_site() {
        let locked = SiteError::Keyring(VaultError::Locked);
        let one = SiteHealth { failures: 1, ..SiteHealth::default() };
        assert_eq!(one.after(&locked, NOW, 0), one);
        let mut setbacks = 0;
        for _ in 0..20 {
            let Next::Again { at, setbacks: so_far } = next(&locked, setbacks, one, NOW, 0) else { panic!("parked") };
            assert!(at.0 - NOW.0 <= LONGEST_DELIVERY_WAIT_MS);
            setbacks = so_far;
        }
        assert!(wait_ms(next(&locked, setbacks, one, NOW, 0)) >= 1_800_000, "a person is asked seldom");
    }

    #[test]
    fn a_site_is_not_asked_before_it_says() {
        let asks = |ms| SiteError::Busy { retry_after_ms: Some(ms) };
        let once = SiteHealth::default().after(&asks(600_000), NOW, 0);
        assert_eq!((once.failures, once.rests_until.0 - NOW.0), (1, 600_000), "from the first time on");
        let down = SiteHealth { failures: 9, ..SiteHealth::default() };
        assert_eq!(down.after(&asks(7_200_000), NOW, 0).rests_until.0 - NOW.0, 7_200_000, "longer than our own");
        assert!(down.after(&asks(1), NOW, 0).rests_until.0 - NOW.0 >= 450_000, "and not sooner");
        assert_eq!(down.after(&asks(u64::MAX), NOW, 0).rests_until.0 - NOW.0, LONGEST_WAIT_MS, "nobody waits for ever");
    }

    #[test]
    fn an_answer_that_never_comes_counts_against_the_article_only_while_the_site_answers_others() {
        let one = SiteHealth { failures: 1, ..SiteHealth::default() };
        let down = SiteHealth { failures: FAILURES_MAX, ..SiteHealth::default() };
        assert!(matches!(next(&SiteError::Unknown, 2, one, NOW, 0), Next::Again { setbacks: 3, .. }));
        assert!(matches!(next(&SiteError::Unknown, 2, down, NOW, 0), Next::Again { setbacks: 2, .. }));
        assert_eq!(next(&SiteError::Unknown, SETBACKS_MAX - 1, one, NOW, 0), Next::Park { with_all: false });
        assert_eq!(next_cut_off(SETBACKS_MAX - 1, NOW, 0), Next::Park { with_all: false });
    }
}
