//! What follows the writing of an article in a run: describing its pictures and making them. An article is begun only when
//! that can be paid as well, and with it all else that runs which are under way will illustrate as far as their sites let
//! them: what this one has written before, what waited for it, and what the runs of other sites have of the same wallet. So
//! money that runs out ends a run between two articles, and never in the middle of one; and no run takes by what it begins
//! what another needs to finish. A run that stands still waits for somebody's word, and nothing is kept for it.
//!
//! What follows is reckoned at what it will likely cost, with room for a longer answer, and once what the hold of a
//! description keeps back beyond that: calls wait for each other's holds, so that they need that room one after the other.
//! An article that is being written may come to nothing, and then nothing follows it. So where only that is in the way, a
//! unit waits for the end of those calls, as it waits for their holds.

use super::likely_thought;
use crate::EngineError;
use crate::function::{CAUSES_OF_OTHERS, RUN_FAILURES_MAX, answer_room, description_tokens};
use crate::operation::likely_usage;
use crate::pipeline::left_of;
use crate::roles::model_for;
use igny8_core::automation::{Automation, RunStage};
use igny8_core::budget;
use igny8_core::function::AiFunction;
use igny8_core::id::{RunId, SiteId};
use igny8_core::model::{Charge, Model, PriceError};
use igny8_core::money::Credits;
use igny8_core::status::CapScope;
use igny8_core::time::CalendarDay;
use igny8_store::table::run::Unillustrated;
use igny8_store::{LedgerError, Read, StoreError};

/// How many times the typical description one may be before an article is left unfinished by it.
const DESCRIPTION_LONGER: u32 = 2;

/// What the prices are by which it is reckoned what follows. Models without one count as nothing here: they refuse by themselves.
#[derive(Clone, Debug)]
pub(super) struct Rest {
    run: RunId,
    site: SiteId,
    /// Whether the unit at hand begins an article.
    begins: bool,
    /// The model that describes pictures.
    describer: Option<Model>,
    /// Making one picture.
    picture: Credits,
}

/// Why nothing is begun.
pub(super) struct Short {
    /// What does not cover it.
    pub refusal: LedgerError,
    /// The same, were nothing to come of the articles that are being written.
    pub at_best: LedgerError,
}

/// What is needed, and what would be were nothing to come of the articles that are being written.
#[derive(Clone, Copy, Default)]
struct Needed {
    surely: Credits,
    likely: Credits,
}

impl Rest {
    /// What follows a unit of a run that begins something; `None` for one that finishes what was begun.
    pub(super) fn of(
        read: &Read<'_>,
        kind: AiFunction,
        run: Option<(RunId, SiteId)>,
    ) -> Result<Option<Self>, StoreError> {
        let begins = match kind {
            AiFunction::GenerateContent => true,
            AiFunction::AutoCluster | AiFunction::GenerateIdeas => false,
            AiFunction::GenerateImagePrompts | AiFunction::GenerateImages => return Ok(None),
        };
        let Some((run, site)) = run else { return Ok(None) };
        let painter = model_of(read, AiFunction::GenerateImages)?;
        let picture = painter.map_or(Credits::ZERO, |model| credits_of(model.one_image()));
        let describer = model_of(read, AiFunction::GenerateImagePrompts)?;
        Ok(Some(Self { run, site, begins, describer, picture }))
    }

    /// Looks whether a call of `amount` would leave enough for what follows it. `None` where it does.
    pub(super) fn check(
        &self,
        read: &Read<'_>,
        amount: Credits,
        day: CalendarDay,
    ) -> Result<Option<Short>, StoreError> {
        let (of_run, of_all) = self.with_rest(read, amount)?;
        let available = read.available()?;
        if amount <= available && of_all.likely > available {
            return Ok(Some(of_all.short(|needed| LedgerError::InsufficientCredits { needed, available })));
        }
        let caps = read.standing_caps(day)?.into_iter().filter(|cap| cap.site.is_none_or(|site| site == self.site));
        for cap in caps.chain(read.run_cap(self.run)?) {
            // A call that does not even fit by itself is refused as that.
            let Some(left) = cap.left().filter(|left| amount <= *left) else { continue };
            let is_shared = matches!(cap.scope, CapScope::Month | CapScope::Day);
            let needed = if is_shared { of_all } else { of_run };
            if needed.likely > left {
                return Ok(Some(needed.short(|needed| LedgerError::CapReached { scope: cap.scope, needed, left })));
            }
        }
        Ok(None)
    }

    /// A call of `amount` with all that its own run will need after it, and with that of other runs as well.
    fn with_rest(&self, read: &Read<'_>, amount: Credits) -> Result<(Needed, Needed), StoreError> {
        let alone = Needed { surely: amount, likely: amount };
        let (mut of_run, mut of_others) = (alone, Needed::default());
        for of in read.unillustrated(self.run, RUN_FAILURES_MAX, CAUSES_OF_OTHERS)? {
            let chosen = left_of(read, of.site, Some(of.run))?;
            if of.run != self.run {
                of_others = of_others.and(self.needed(&of, &chosen, 0));
            } else if self.begins {
                of_run = of_run.and(self.needed(&of, &chosen, 1));
                if chosen.of(RunStage::GenerateImagePrompts).is_on {
                    of_run = of_run.and(self.headroom(of.in_article_images));
                }
            }
        }
        Ok((of_run, of_run.and(of_others)))
    }

    /// What a run needs to illustrate what it has and so many articles more, by what its site has chosen.
    fn needed(&self, of: &Unillustrated, chosen: &Automation, more: u32) -> Needed {
        let each = of.in_article_images.saturating_add(1);
        let take = |articles: u32| {
            let described = chosen.limit(RunStage::GenerateImagePrompts, articles);
            let pictures = of.pictures.saturating_add(described.saturating_mul(each));
            let made = chosen.limit(RunStage::GenerateImages, pictures);
            times(self.described(of.in_article_images), described).plus(times(self.picture, made))
        };
        let surely = of.articles.saturating_add(more);
        Needed { surely: take(surely), likely: take(surely.saturating_add(of.being_written)) }
    }

    /// What describing the pictures of an article will likely take, with room for a longer answer.
    fn described(&self, in_article_images: u32) -> Credits {
        let Some(model) = &self.describer else { return Credits::ZERO };
        let (input, output) = typical(in_article_images);
        let output = output.saturating_mul(DESCRIPTION_LONGER).saturating_add(likely_thought(model));
        credits_of(model.charge(&likely_usage(input, output)))
    }

    /// What the hold for that keeps back beyond it.
    fn headroom(&self, in_article_images: u32) -> Needed {
        let Some(model) = &self.describer else { return Needed::default() };
        let (input, output) = typical(in_article_images);
        let room = answer_room(model, output);
        let worst = model.worst_case_text(input.saturating_mul(budget::PROMPT_LONGER), room);
        let beyond = credits_of(worst).minus(self.described(in_article_images)).max(Credits::ZERO);
        Needed { surely: beyond, likely: beyond }
    }
}

impl Needed {
    fn and(self, other: Self) -> Self {
        Self { surely: self.surely.plus(other.surely), likely: self.likely.plus(other.likely) }
    }

    fn short(self, refusal: impl Fn(Credits) -> LedgerError) -> Short {
        Short { refusal: refusal(self.likely), at_best: refusal(self.surely) }
    }
}

/// What the wallet must have for a call of `amount` in a run, with all that must be left of it for what follows.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn needed_at_once(
    read: &Read<'_>,
    kind: AiFunction,
    run: (RunId, SiteId),
    amount: Credits,
) -> Result<Credits, StoreError> {
    let Some(rest) = Rest::of(read, kind, Some(run))? else { return Ok(amount) };
    rest.with_rest(read, amount).map(|(_, of_all)| of_all.likely)
}

/// Tokens of the description of an article's pictures, read and written.
fn typical(in_article_images: u32) -> (u32, u32) {
    let (input, output) = budget::typical_tokens(AiFunction::GenerateImagePrompts, 1);
    (input, output.max(description_tokens(in_article_images)))
}

fn model_of(read: &Read<'_>, function: AiFunction) -> Result<Option<Model>, StoreError> {
    match model_for(read, function) {
        Ok(model) => Ok(Some(model)),
        Err(EngineError::Store(error)) => Err(error),
        Err(_) => Ok(None),
    }
}

fn credits_of(price: Result<Charge, PriceError>) -> Credits {
    price.map_or(Credits::ZERO, |charge| charge.credits)
}

fn times(each: Credits, count: u32) -> Credits {
    Credits(each.0.saturating_mul(i64::from(count)))
}
