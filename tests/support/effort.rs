//! How much the long tests do. This is the one place where they read it: each number has a name in the environment and
//! a value for `make test`; `make soak` sets them higher. A seed that is set is used as it is, so that a failure can be
//! played again.
//!
//! | variable | what | `make test` |
//! |---|---|---|
//! | `IGNY8_CUTS` | power cuts | 1,000 |
//! | `IGNY8_KILLS` | processes killed | 20 |
//! | `IGNY8_POSTS` | posts over a poor line to a real WordPress | 30 |
//! | `IGNY8_DISK_SEED` | the first seed of what is left to chance | 1 |

/// Power cuts.
pub fn cuts() -> usize {
    number("IGNY8_CUTS", 1_000)
}

/// Processes killed.
pub fn kills() -> usize {
    number("IGNY8_KILLS", 20)
}

/// Posts that go out over a poor line to a real WordPress, at least ten: in each so many the program is killed once.
pub fn posts() -> usize {
    number("IGNY8_POSTS", 30)
}

/// The first seed of the tests of the disk.
pub fn disk_seed() -> u64 {
    number("IGNY8_DISK_SEED", 1)
}

#[allow(clippy::disallowed_methods, reason = "a test's own surroundings: no composition root hands them in")]
fn number<T: std::str::FromStr>(name: &str, otherwise: T) -> T {
    let Ok(text) = std::env::var(name) else { return otherwise };
    text.parse().unwrap_or_else(|_| panic!("{name} is to be a number, not {text:?}"))
}
