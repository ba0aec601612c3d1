//! Records for the tests of what was consumed: two sites, three articles, and units of every kind and outcome at instants
//! that the test names, made by the ledger itself.

use crate::fixture::{Bench, IMAGE, SITE, TEXT, lease_next, new_operation, release, request, settlement, spaced};
use crate::ledger::{Grant, HoldRequest, Related, Release, Settlement};
use crate::table::operation::NewOperation;
use crate::{LedgerError, Write};
use igny8_core::function::AiFunction;
use igny8_core::id::{SiteId, TransferId};
use igny8_core::model::Charge;
use igny8_core::money::{Credits, Usd};
use igny8_core::time::UtcMs;
use igny8_core::usage::Usage;

/// The site that is there beside the fixture's own.
pub(crate) const ATTIC: SiteId = SiteId(2);
/// When tasks, articles and pictures were made, unless [`ROWS`] says otherwise.
const ROWS: &str = "insert into site (id, name, kind, created_at, updated_at) values (2, 'Attic', 'folder', 1, 1);
    insert into sector (id, site_id, name, created_at) values (1, 1, 'Beds', 1), (2, 2, 'Beams', 1);
    insert into task (id, site_id, sector_id, created_at, updated_at)
      values (21, 1, 1, 1, 1), (22, 2, 2, 1, 1), (23, 1, 1, 1, 1);
    insert into content (id, site_id, sector_id, task_id, title, slug, content_type, content_structure, created_at,
        updated_at, removed_at)
      values (1, 1, 1, 21, 'Raised beds', 'a', 'post', 'guide', 1, 1, 0),
             (2, 2, 2, 22, 'Old beams', 'b', 'post', 'guide', 1, 1, 0),
             (3, 1, 1, 23, 'Mulch', 'c', 'post', 'guide', 1000, 1, 5000),
             (4, 1, 1, 23, 'Mulch again', 'd', 'post', 'guide', 6000, 1, 0);
    insert into image (id, site_id, content_id, image_type, position, prompt, removed_at, created_at, updated_at)
      values (31, 1, 1, 'featured', 0, 'x', 0, 1, 1), (32, 1, 1, 'in_article', 1, 'x', 5, 1, 1),
             (33, 2, 2, 'featured', 0, 'x', 0, 1, 1);";

/// How a unit ends.
#[derive(Clone, Copy)]
pub(crate) enum End {
    /// Charged with whole credits; a credit is worth and costs the vendor a cent.
    Settled(i64),
    /// Lost, and billed by the vendor with a cent.
    Lost,
    /// Refused before anything was sent.
    Refused,
}

/// One unit of an operation of its own.
#[derive(Clone, Copy)]
pub(crate) struct Unit {
    pub(crate) function: AiFunction,
    pub(crate) related: Related,
    pub(crate) site: SiteId,
    pub(crate) end: End,
    pub(crate) at: i64,
}

/// Writing, descriptions and pictures of the articles, and clustering for none, over 9 seconds.
pub(crate) const UNITS: [Unit; 10] = [
    unit(AiFunction::AutoCluster, Related::None, SITE, End::Settled(3), 500),
    unit(AiFunction::GenerateContent, Related::Task(21), SITE, End::Settled(10), 1_000),
    unit(AiFunction::GenerateImagePrompts, Related::Content(1), SITE, End::Settled(2), 2_000),
    unit(AiFunction::GenerateImages, Related::Image(31), SITE, End::Lost, 3_000),
    unit(AiFunction::GenerateImages, Related::Image(31), SITE, End::Settled(5), 3_500),
    unit(AiFunction::GenerateImages, Related::Image(32), SITE, End::Settled(5), 4_000),
    unit(AiFunction::GenerateContent, Related::Task(22), ATTIC, End::Settled(7), 5_000),
    unit(AiFunction::GenerateContent, Related::Task(23), SITE, End::Settled(20), 5_500),
    unit(AiFunction::GenerateContent, Related::Task(23), SITE, End::Settled(40), 6_000),
    unit(AiFunction::GenerateImages, Related::Image(33), ATTIC, End::Refused, 9_000),
];

const fn unit(function: AiFunction, related: Related, site: SiteId, end: End, at: i64) -> Unit {
    Unit { function, related, site, end, at }
}

/// A file in which all [`UNITS`] were done.
pub(crate) fn consumed() -> Bench {
    done(&UNITS)
}

/// A file in which these units were done, in their order.
pub(crate) fn done(units: &'static [Unit]) -> Bench {
    let mut bench = Bench::new();
    let outcome = bench.write(move |write| {
        write.conn.execute_batch(ROWS).map_err(crate::StoreError::from)?;
        let gift = Grant::Extra { id: TransferId(spaced(0x0E, 1)), memo: "gift".to_owned() };
        write.grant(&gift, Credits::whole(100_000), UtcMs(100))?;
        (1..).zip(units).try_for_each(|(n, unit)| do_unit(write, n, unit))
    });
    assert_eq!(outcome, Ok::<_, LedgerError>(()));
    bench
}

fn do_unit(write: &mut Write<'_>, n: u64, unit: &Unit) -> Result<(), LedgerError> {
    let now = UtcMs(unit.at);
    let model = if unit.function == AiFunction::GenerateImages { IMAGE } else { TEXT };
    let new = NewOperation { site: unit.site, ..new_operation(n, unit.function, vec![vec![1]]) };
    write.open_operation(&new, now)?;
    let lost = Release { function: unit.function, site: unit.site, related: unit.related, ..release("timeout") };
    if matches!(unit.end, End::Refused) {
        return write.refuse(new.id, model, &lost, now);
    }
    let lease = lease_next(write)?;
    let wanted = HoldRequest { model, ..request(n, new.id, lease, Credits::whole(50)) };
    let open = write.hold(&wanted, now)?.spend();
    match unit.end {
        End::Settled(credits) => {
            let charge = Charge { credits: Credits::whole(credits), provider_cost: Usd(credits * 10_000_000) };
            let usage = Usage {
                input_tokens: 100,
                cached_input_tokens: 10,
                output_tokens: 40,
                images: u32::from(unit.function == AiFunction::GenerateImages),
                ..Usage::default()
            };
            let done = Settlement {
                function: unit.function,
                site: unit.site,
                related: unit.related,
                charge,
                usage,
                provider_request_id: Some(format!("req_{n}")),
                ..settlement(Credits::ZERO)
            };
            write.settle(&open, &done, now).map(drop)
        }
        End::Lost | End::Refused => write.release(&open, &lost, now),
    }
}
