//! A disk that is full: the file may not grow by a page, which SQLite reports as it reports a full disk.

use crate::fixture::{Bench, NOW, lease_next, open_operation, request, spaced};
use crate::ledger::Grant;
use crate::{LedgerError, StoreError, Write};
use igny8_core::id::TransferId;
use igny8_core::money::Credits;
use tokio::sync::broadcast::error::TryRecvError;

/// More than the free room of any page.
const LARGE: usize = 200_000;

/// Lets the file grow by at most this many pages from now on.
fn limit_growth(bench: &mut Bench, pages: i64) {
    let limited = bench.write(move |write| {
        let used: i64 = write.conn.query_row("pragma page_count", [], |row| row.get(0))?;
        write.conn.pragma_update(None, "max_page_count", used + pages)?;
        Ok::<_, StoreError>(())
    });
    assert_eq!(limited, Ok(()));
}

fn large_setting(write: &mut Write<'_>) -> Result<(), StoreError> {
    write.set_setting("large", &format!("\"{}\"", "x".repeat(LARGE)))
}

#[test]
fn a_full_disk_is_named_and_leaves_nothing_half_done() {
    let mut bench = Bench::new();
    let mut changes = bench.store.changes();
    limit_growth(&mut bench, 2);
    let done = bench.write(|write| {
        write.set_setting("small", "1")?;
        large_setting(write)
    });
    assert_eq!(done, Err(StoreError::DiskFull));
    assert_eq!(bench.read(|read| read.setting("small")), None);
    assert_eq!(changes.try_recv(), Err(TryRecvError::Empty));

    limit_growth(&mut bench, 1_000_000);
    bench.write(large_setting).unwrap();
    assert!(bench.read(|read| read.setting("large")).is_some(), "with room again the store goes on");
}

#[test]
fn a_caller_that_overlooks_the_full_disk_is_told_all_the_same() {
    let mut bench = Bench::new();
    limit_growth(&mut bench, 2);
    let done = bench.write(|write| {
        write.set_setting("small", "1")?;
        drop(large_setting(write));
        drop(write.set_setting("late", "1"));
        Ok::<_, StoreError>(())
    });
    assert_eq!(done, Err(StoreError::DiskFull));
    let kept = bench.read(|read| Ok((read.setting("small")?, read.setting("late")?)));
    assert_eq!(kept, (None, None), "neither what came before nor what came after");
    limit_growth(&mut bench, 1_000_000);
    bench.write(|write| write.set_setting("small", "1")).unwrap();
}

#[test]
fn money_stays_whole_on_a_full_disk() {
    let mut bench = Bench::new();
    let gift = Grant::Extra { id: TransferId(spaced(0x0E, 1)), memo: String::new() };
    bench.write(move |write| write.grant(&gift, Credits::whole(1_000_000), NOW)).unwrap();
    limit_growth(&mut bench, 4);
    let hold = |n: u64| {
        move |write: &mut Write<'_>| {
            let operation = open_operation(write, n, 1)?;
            let lease = lease_next(write)?;
            write.hold(&request(n, operation, lease, Credits::whole(1)), NOW).map(drop)
        }
    };
    let mut kept = 0;
    let full = loop {
        match bench.write(hold(kept + 1)) {
            Ok(()) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 10_000, "the file never became full");
    };
    assert_eq!(full, LedgerError::Store(StoreError::DiskFull));
    let after = |bench: &mut Bench| {
        let wallet = bench.read(|read| read.wallet());
        let audit = bench.read(|read| read.audit());
        assert!(audit.is_ok(), "{audit:?}");
        let open = bench.read(|read| read.open_operations()).len();
        (wallet.held, open)
    };
    let whole = |n: u64| (Credits::whole(i64::try_from(n).unwrap()), usize::try_from(n).unwrap());
    assert_eq!(after(&mut bench), whole(kept), "hold and operation came together or not at all");

    limit_growth(&mut bench, 1_000_000);
    bench.write(hold(kept + 1)).unwrap();
    assert_eq!(after(&mut bench), whole(kept + 1), "the same hold succeeds once there is room");
}
