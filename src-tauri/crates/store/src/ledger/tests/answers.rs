//! Paid answers: kept with the charge, found by the request, used again for nothing.

use super::{books, funded, held};
use crate::fixture::{IMAGE, NOW, operation_id, release, settlement};
use crate::ledger::{PaidAnswer, PaidBody};
use crate::{LedgerError, StoreError};
use igny8_core::money::Credits;

const HASH: [u8; 32] = [7; 32];

#[test]
fn an_answer_is_kept_with_its_charge_and_found_by_its_request() {
    let mut bench = funded(100);
    assert_eq!(bench.read(|read| read.paid_answer(&HASH)), None);
    let open = held(&mut bench, 1, Credits::whole(10)).unwrap();
    let usage_id = bench
        .write(move |write| {
            let settled = write.settle(&open, &settlement(Credits::whole(7)), NOW)?;
            write.keep_answer(&open, settled.usage_id, &PaidBody::Text("{}".to_owned()), NOW)?;
            Ok::<_, LedgerError>(settled.usage_id)
        })
        .unwrap();
    let found = bench.read(|read| read.paid_answer(&HASH));
    assert_eq!(found, Some(PaidAnswer { usage_id, body: PaidBody::Text("{}".to_owned()) }));

    let before = bench.read(|read| read.wallet());
    let why = release("reused");
    bench.write(move |write| write.reuse(operation_id(1), IMAGE, &why, usage_id, NOW)).unwrap();
    assert_eq!(bench.read(|read| read.wallet()), before, "using it again costs nothing");
    let line = books(&bench.outsider()).into_iter().find(|line| line.contains("reused")).expect("it is on the books");
    assert!(line.contains("reused0:0"), "{line}");
    assert!(bench.read(|read| read.audit()).is_ok());
}

#[test]
fn what_was_paid_again_serves_from_then_on_and_what_was_paid_before_stays() {
    let mut bench = funded(100);
    for (n, text) in [(1, "first"), (2, "second")] {
        let open = held(&mut bench, n, Credits::whole(10)).unwrap();
        let kept = bench.write(move |write| {
            let settled = write.settle(&open, &settlement(Credits::whole(7)), NOW)?;
            write.keep_answer(&open, settled.usage_id, &PaidBody::Text(text.to_owned()), NOW)?;
            Ok::<_, LedgerError>(())
        });
        assert_eq!(kept, Ok(()));
    }
    let found = bench.read(|read| read.paid_answer(&HASH)).expect("it is kept");
    assert_eq!(found.body, PaidBody::Text("second".to_owned()));
    assert_eq!(
        bench.read(|read| Ok::<_, StoreError>(
            read.conn.query_row("select count(*) from answer", [], |row| row.get::<_, i64>(0))?
        )),
        2
    );
    let by_hand = bench.write(|write| Ok::<_, StoreError>(write.conn.execute_batch("delete from answer")?));
    assert!(by_hand.is_err(), "nobody takes away what was paid for");
}

#[test]
fn a_paid_picture_is_named_so_that_it_is_not_swept() {
    let mut bench = funded(100);
    let open = held(&mut bench, 1, Credits::whole(10)).unwrap();
    let picture = PaidBody::Picture {
        hash: "ab".repeat(32),
        media_type: "image/webp".to_owned(),
        width: 1_200,
        height: 675,
        bytes: 9_000,
    };
    let body = picture.clone();
    bench
        .write(move |write| {
            let settled = write.settle(&open, &settlement(Credits::whole(5)), NOW)?;
            write.keep_answer(&open, settled.usage_id, &body, NOW)?;
            Ok::<_, LedgerError>(())
        })
        .unwrap();
    assert_eq!(bench.read(|read| read.paid_answer(&HASH)).map(|answer| answer.body), Some(picture));
    assert_eq!(bench.read(|read| read.paid_pictures()), ["ab".repeat(32)]);
}
