//! What follows the writing of an article in a run: describing its pictures and making them. An article is begun only when
//! that can be paid as well, and with it all that the run has written before and not illustrated yet. So money that runs out
//! ends a run between two articles, and never in the middle of one.

use super::UnitContext;
use crate::EngineError;
use crate::roles::model_for;
use igny8_core::budget;
use igny8_core::function::AiFunction;
use igny8_core::id::{RunId, SiteId};
use igny8_core::model::{Charge, Model, PriceError};
use igny8_core::money::Credits;
use igny8_core::time::CalendarDay;
use igny8_store::{LedgerError, Read, StoreError, Write};

/// The likely price of what follows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rest {
    run: RunId,
    site: SiteId,
    /// Describing an article's pictures and making them.
    article: Credits,
    /// Making one picture.
    picture: Credits,
}

impl Rest {
    /// What follows a unit of a run; `None` where nothing does. Models without a price count as nothing here: they refuse by
    /// themselves.
    pub(super) fn of(
        read: &Read<'_>,
        kind: AiFunction,
        run: Option<RunId>,
        (site, unit): (SiteId, &UnitContext),
    ) -> Result<Option<Self>, StoreError> {
        let Some(run) = run.filter(|_| kind == AiFunction::GenerateContent) else { return Ok(None) };
        let picture = price_of(read, AiFunction::GenerateImages, Model::one_image)?;
        // Its hold is for more than it will likely take.
        let (input, output) = budget::typical_tokens(AiFunction::GenerateImagePrompts, 1);
        let described = price_of(read, AiFunction::GenerateImagePrompts, |model| {
            model.worst_case_text(input, output.saturating_mul(2))
        })?;
        let pictures = i64::from(unit.in_article_images) + 1;
        Ok(Some(Self { run, site, article: described.plus(times(picture, pictures)), picture }))
    }

    /// Refuses a call of `amount` whose article could not be finished.
    pub(super) fn check(&self, write: &Write<'_>, amount: Credits, day: CalendarDay) -> Result<(), LedgerError> {
        let begun = write.unillustrated(self.run)?;
        let articles = times(self.article, i64::from(begun.articles) + 1);
        let needed = amount.plus(articles).plus(times(self.picture, i64::from(begun.pictures)));
        let available = write.available()?;
        if needed > available {
            return Err(LedgerError::InsufficientCredits { needed, available });
        }
        let of_run = write.run_cap(self.run)?;
        let all = write.standing_caps(day)?.into_iter().filter(|cap| cap.site.is_none_or(|site| site == self.site));
        for cap in all.chain(of_run) {
            if let Some(left) = cap.left().filter(|left| needed > *left) {
                return Err(LedgerError::CapReached { scope: cap.scope, needed, left });
            }
        }
        Ok(())
    }
}

fn price_of(
    read: &Read<'_>,
    function: AiFunction,
    price: impl Fn(&Model) -> Result<Charge, PriceError>,
) -> Result<Credits, StoreError> {
    match model_for(read, function) {
        Ok(model) => Ok(price(&model).map_or(Credits::ZERO, |charge| charge.credits)),
        Err(EngineError::Store(error)) => Err(error),
        Err(_) => Ok(Credits::ZERO),
    }
}

fn times(each: Credits, count: i64) -> Credits {
    Credits(each.0.saturating_mul(count))
}
