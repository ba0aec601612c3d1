//! What holds once there is nothing left to do: everything has ended, nothing is kept back, and whatever the user was
//! told is so.

use super::{Outside, Rule};
use rusqlite::Connection;

const AT_REST: &[Rule] = &[
    (
        "no hold is open",
        "select hex(h.id) from transfer h where h.kind = 'hold'
           and not exists (select 1 from transfer r where r.hold_id = h.id)",
    ),
    ("every unit has ended", "select id || ' ' || state from job where state in ('ready', 'leased')"),
    ("every operation is closed", "select hex(id) from operation where status = 'pending'"),
    ("no cap holds anything", "select key from cap where held > 0"),
    (
        "every delivery has ended",
        "select hex(id) || ' ' || state from outbox where state in ('pending', 'drafted', 'updated')",
    ),
    ("no article is on its way", "select id from content where delivery = 'publishing'"),
];

/// What is not so.
pub(super) fn broken(file: &Connection, outside: &Outside<'_>) -> Vec<String> {
    let mut broken = super::broken(file, AT_REST);
    let mut statement = file
        .prepare_cached(
            "select exists (select 1 from credit_transaction where transaction_type = 'grant' and memo = ?1)",
        )
        .expect("a statement of ours");
    for grant in outside.truth.grants.iter().filter(|grant| grant.is_acknowledged) {
        let is_there: bool = statement.query_row([&grant.memo], |row| row.get(0)).expect("an answer");
        if !is_there {
            broken.push(format!("what the user was told is so: {}", grant.memo));
        }
    }
    super::times::at_rest(file, outside, &mut broken);
    broken
}
