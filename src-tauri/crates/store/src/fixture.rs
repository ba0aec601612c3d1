//! A store on a file of its own whose loops are stepped in place, with a site and two models in it, for the tests of
//! this crate.

use crate::ledger::{HoldRequest, Lease, Release, Settlement};
use crate::table::operation::NewOperation;
use crate::{LedgerError, Read, ReaderLoop, Step, Store, StoreError, Write, WriterLoop};
use igny8_core::function::AiFunction;
use igny8_core::id::{CallId, ModelId, OperationId, SiteId};
use igny8_core::model::thinking::Thinking;
use igny8_core::model::{Charge, Model, Price};
use igny8_core::money::{Credits, Usd};
use igny8_core::picture::Abilities;
use igny8_core::status::{ModelType, Trigger};
use igny8_core::time::UtcMs;
use igny8_core::usage::Usage;
use rusqlite::Connection;
use std::path::PathBuf;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use tempfile::TempDir;
use uuid::Uuid;

/// The process under test.
pub(crate) const INSTANCE: Uuid = Uuid::from_u128(0xA1);
/// When everything happens, unless a test says otherwise.
pub(crate) const NOW: UtcMs = UtcMs(1_796_000_000_000);
/// The site that is there.
pub(crate) const SITE: SiteId = SiteId(1);
/// The text model that is there; 0.00015 dollars per 1,000 tokens in and 0.0006 out, 1,000 tokens a credit.
pub(crate) const TEXT: ModelId = ModelId(1);
/// The image model that is there; 0.04 dollars and 5 credits an image.
pub(crate) const IMAGE: ModelId = ModelId(2);

/// The store and its loops.
pub(crate) struct Bench {
    pub(crate) store: Store,
    pub(crate) writer: WriterLoop,
    pub(crate) reader: ReaderLoop,
    folder: TempDir,
}

impl Bench {
    /// A file with the site and the models, opened anew: what was announced for them is no test's business.
    pub(crate) fn new() -> Self {
        let mut bench = Self::open(tempfile::tempdir().unwrap());
        bench.write(seed).unwrap();
        bench.reopen()
    }

    /// Opens the file again, as after a crash: nothing was said to the loops before.
    pub(crate) fn reopen(self) -> Self {
        let Self { store, writer, reader, folder } = self;
        drop((store, writer, reader));
        Self::open(folder)
    }

    /// Serves one change.
    pub(crate) fn write<T, E, F>(&mut self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnMut(&mut Write<'_>) -> Result<T, E> + Send + 'static,
    {
        let mut answer = pin!(self.store.write(work));
        let mut context = Context::from_waker(Waker::noop());
        assert!(answer.as_mut().poll(&mut context).is_pending(), "nothing is answered before the writer's step");
        assert_eq!(self.writer.step(), Step::Served);
        match answer.poll(&mut context) {
            Poll::Ready(outcome) => outcome,
            Poll::Pending => panic!("the writer served a request and did not answer it"),
        }
    }

    /// Serves one query.
    pub(crate) fn read<T, F>(&mut self, work: F) -> T
    where
        T: Send + 'static,
        F: FnOnce(&Read<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.try_read(work).unwrap()
    }

    /// Serves one query that may fail.
    pub(crate) fn try_read<T, F>(&mut self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Read<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let mut answer = pin!(self.store.read(work));
        let mut context = Context::from_waker(Waker::noop());
        assert!(answer.as_mut().poll(&mut context).is_pending(), "nothing is answered before the reader's step");
        assert_eq!(self.reader.step(), Step::Served);
        match answer.poll(&mut context) {
            Poll::Ready(outcome) => outcome,
            Poll::Pending => panic!("the reader served a request and did not answer it"),
        }
    }

    /// A connection of somebody else: no authorizer, nothing is refused but by the schema.
    pub(crate) fn outsider(&self) -> Connection {
        Connection::open(self.store.path()).unwrap()
    }

    /// A place beside the file.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn open(folder: TempDir) -> Self {
        let (store, writer, readers) = Store::open_stepped(&folder.path().join("igny8.db"), None, 1).unwrap();
        let reader = readers.into_iter().next().unwrap();
        Self { store, writer, reader, folder }
    }
}

/// The site as a row, and the models as the catalogue takes them.
pub(crate) fn seed(write: &mut Write<'_>) -> Result<(), StoreError> {
    write.conn.execute_batch(
        "insert into site (id, name, kind, created_at, updated_at) values (1, 'Garden', 'folder', 1, 1)",
    )?;
    let price = |text: &str| Some(Price::parse(text).unwrap());
    let writer = Model {
        cost_per_1k_input: price("0.00015"),
        cost_per_1k_output: price("0.0006"),
        tokens_per_credit: Some(1_000),
        min_credits: Credits::whole(1),
        ..named("writer", "Writer", ModelType::Text)
    };
    let painter = Model {
        cost_per_image: price("0.04"),
        credits_per_image: Some(Credits::whole(5)),
        ..named("painter", "Painter", ModelType::Image)
    };
    write.add_model(&writer, UtcMs(1))?;
    write.add_model(&painter, UtcMs(1))?;
    Ok(())
}

/// A model without prices, the default of its kind.
fn named(model_name: &str, display_name: &str, model_type: ModelType) -> Model {
    Model {
        id: ModelId(0),
        provider: "openai".to_owned(),
        model_name: model_name.to_owned(),
        display_name: display_name.to_owned(),
        model_type,
        is_active: true,
        is_default: true,
        cost_per_1k_input: None,
        cost_per_1k_output: None,
        cost_per_1k_cached_input: None,
        cost_per_1k_cache_write: None,
        cost_per_1k_reasoning: None,
        cost_per_1k_image_input: None,
        cost_per_1k_image_output: None,
        cost_per_image: None,
        credits_per_image: None,
        tokens_per_credit: None,
        min_credits: Credits::ZERO,
        context_tokens: 0,
        max_output_tokens: 0,
        items_per_call: 1,
        retires_on: None,
        replaced_by: None,
        priced_at: UtcMs(1),
        picture: Abilities::default(),
        thinking: Thinking::default(),
        hours: Vec::new(),
        tiers: Vec::new(),
    }
}

/// What records of the ledger's tests name as the things that they were for: tasks, and the pictures of an article.
pub(crate) fn things(write: &mut Write<'_>) -> Result<(), StoreError> {
    write.conn.execute_batch(
        "insert into sector (id, site_id, name, created_at) values (1, 1, 'Beds', 1);
         insert into task (id, site_id, sector_id, created_at, updated_at)
           select value, 1, 1, 1, 1 from json_each('[1,2,3,4,5,6,7]');
         insert into content (id, site_id, sector_id, title, slug, content_type, content_structure, created_at, updated_at)
           values (1, 1, 1, 'Soil', 'soil', 'post', 'article', 1, 1);
         insert into image (id, site_id, content_id, image_type, position, prompt, created_at, updated_at)
           select value, 1, 1, iif(value = 1, 'featured', 'in_article'), value - 1, 'soil', 1, 1
           from json_each('[1,2,3]')",
    )?;
    Ok(())
}

/// How SQLite would answer a statement: which index, and whether it sorts.
pub(crate) fn plan(bench: &mut Bench, sql: &'static str) -> String {
    bench.read(move |read| {
        let mut statement = read.conn.prepare(&format!("explain query plan {sql}"))?;
        // The parameters stay unbound: the plan does not depend on them.
        let mut steps = statement.raw_query();
        let mut lines = Vec::new();
        while let Some(step) = steps.next()? {
            lines.push(step.get::<_, String>("detail")?);
        }
        Ok(lines.join("\n"))
    })
}

/// The n-th operation's id.
pub(crate) fn operation_id(n: u64) -> OperationId {
    OperationId(spaced(0x0B, n))
}

/// The n-th call's id.
pub(crate) fn call_id(n: u64) -> CallId {
    CallId(spaced(0x0C, n))
}

/// The n-th id of a kind. The last two bytes stay free: ids derived from a call's differ from it there.
pub(crate) fn spaced(kind: u8, n: u64) -> Uuid {
    Uuid::from_u128((u128::from(kind) << 120) | (u128::from(n) << 16))
}

/// Opens the n-th operation with as many units of one item each.
pub(crate) fn open_operation(write: &mut Write<'_>, n: u64, units: u32) -> Result<OperationId, StoreError> {
    let new = new_operation(n, AiFunction::GenerateImages, (1..=i64::from(units)).map(|item| vec![item]).collect());
    write.open_operation(&new, NOW)?;
    Ok(new.id)
}

/// The n-th operation, at the site that is there.
pub(crate) fn new_operation(n: u64, function: AiFunction, units: Vec<Vec<i64>>) -> NewOperation {
    NewOperation {
        id: operation_id(n),
        function,
        site: SITE,
        model: if function == AiFunction::GenerateImages { IMAGE } else { TEXT },
        started_by: Trigger::Manual,
        run: None,
        is_anew: false,
        items_total: u32::try_from(units.iter().map(Vec::len).sum::<usize>()).unwrap(),
        units,
    }
}

/// Leases the next ready unit.
pub(crate) fn lease_next(write: &mut Write<'_>) -> Result<Lease, LedgerError> {
    let unit = write.ready_units(NOW, &[], 1)?.remove(0);
    write.lease(unit.job, INSTANCE)
}

/// A hold for a leased unit.
pub(crate) fn request(call: u64, operation: OperationId, lease: Lease, amount: Credits) -> HoldRequest {
    HoldRequest {
        call: call_id(call),
        lease,
        operation,
        model: IMAGE,
        amount,
        likely: Usd(40_000_000),
        request_hash: [7; 32],
        day: NOW.day_in("UTC"),
    }
}

/// A stored image that cost these credits, and 0.04 dollars.
pub(crate) fn settlement(credits: Credits) -> Settlement {
    Settlement {
        function: AiFunction::GenerateImages,
        site: SITE,
        related: crate::ledger::Related::Image(1),
        charge: Charge { credits, provider_cost: Usd(40_000_000) },
        usage: Usage { images: 1, ..Usage::default() },
        credit_price: Usd(10_000_000),
        provider_request_id: Some("req_1".to_owned()),
    }
}

/// A call that left no result and that the vendor billed with 0.01 dollars.
pub(crate) fn release(code: &'static str) -> Release {
    Release {
        function: AiFunction::GenerateImages,
        site: SITE,
        related: crate::ledger::Related::Image(1),
        code,
        cost: Usd(10_000_000),
        usage: Usage::default(),
        credit_price: Usd(10_000_000),
        provider_request_id: None,
    }
}
