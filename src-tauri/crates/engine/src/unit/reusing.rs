//! The way round the call: a request that was paid before is answered from the books, for nothing. Retries and repeated
//! runs over an unchanged item end here.

use super::unanswered::note_lost;
use super::{Unit, link_picture};
use crate::function::{Output, function, save};
use crate::media::StoredMedia;
use crate::operation::close_if_final;
use crate::{Engine, EngineError};
use igny8_core::money::Usd;
use igny8_core::status::ImageFormat;
use igny8_core::status::Phase;
use igny8_core::usage::Usage;
use igny8_store::ledger::{PaidAnswer, PaidBody};
use igny8_store::{LedgerError, StoreError};

/// Why a paid answer was not used.
enum NotReused {
    /// It does not fit any more: the unit goes the usual way.
    Unfit,
    /// The books or the file.
    Ledger(LedgerError),
}

impl From<LedgerError> for NotReused {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<StoreError> for NotReused {
    fn from(error: StoreError) -> Self {
        Self::Ledger(error.into())
    }
}

impl Engine {
    /// Answers a unit from a paid answer in one commit. False when that answer is of no use here.
    pub(super) async fn reuse(&self, unit: &Unit, paid: PaidAnswer) -> Result<bool, EngineError> {
        let Some(output) = self.read_paid(unit, paid.body) else { return Ok(false) };
        let (now, instance, job) = (self.clock.now(), self.instance, unit.ready.job);
        let (kind, items, context) = (unit.operation.function, unit.ready.items.clone(), unit.context.clone());
        let (id, model, usage_id) = (unit.operation.id, unit.operation.model, paid.usage_id);
        let (prompts, door) = (unit.prepared.prompts.clone(), self.door.clone());
        let record = unit.release("reused", Usd::ZERO, Usage::default());
        let reused = self
            .store
            .write_paid(move |w| {
                if w.stands_still(id)? {
                    return Err(NotReused::Ledger(LedgerError::NotFree));
                }
                let lease = w.lease(job, instance)?;
                if let Some(open) = w.open_call(lease)? {
                    // What it asked for is not needed any more. Whether it was answered nobody knows.
                    note_lost(w, &door, &open, now)?;
                    w.release(&open, &record, now)?;
                }
                w.set_operation_phase(id, Phase::Save)?;
                let made = save(kind, w, &context, &items, output.clone(), now)?;
                if made == 0 {
                    return Err(NotReused::Unfit);
                }
                let usage = w.reuse(id, model, &record, usage_id, now)?;
                w.note_prompts(usage, &prompts)?;
                link_picture(w, record.related, usage)?;
                if !w.finish_unit(lease, now)? {
                    return Err(NotReused::Ledger(LedgerError::NotFree));
                }
                w.count_unit(id, Ok(made))?;
                close_if_final(w, id, now)?;
                Ok(())
            })
            .await;
        match reused {
            Ok(()) => {
                self.report_done(unit).await;
                Ok(true)
            }
            Err(NotReused::Unfit) => Ok(false),
            // Another step took it first, or it was cancelled in between.
            Err(NotReused::Ledger(LedgerError::NotFree)) => Ok(true),
            Err(NotReused::Ledger(error)) => Err(error.into()),
        }
    }

    /// A paid answer as output; `None` when it cannot be read any more, or its picture is gone.
    fn read_paid(&self, unit: &Unit, body: PaidBody) -> Option<Output> {
        match body {
            PaidBody::Text(text) => function(unit.operation.function).parse(&text).ok(),
            PaidBody::Picture { hash, media_type, width, height, bytes } => {
                let formats = ImageFormat::ALL.iter().copied();
                let media_type = formats.map(ImageFormat::media_type).find(|known| *known == media_type)?;
                if !self.media.has(&hash) {
                    return None;
                }
                let media = StoredMedia { hash, media_type, width, height, bytes };
                Some(Output::Image(Box::new(unit.painted(media, None))))
            }
        }
    }
}
