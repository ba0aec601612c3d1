//! Whether work can be paid before anything is changed for it. Each unit is checked again when it holds its credits; this
//! check is for work whose start changes the plan, which must not stay changed for nothing. As a unit waits for the holds of
//! others, what those give back counts as there.

use super::{Plan, Sample, unit_context};
use crate::door::Door;
use crate::function::Aim;
use crate::unit::price;
use crate::{EngineError, settings};
use igny8_core::function::AiFunction;
use igny8_core::id::{CallId, SiteId};
use igny8_core::money::{Credits, round_div};
use igny8_core::time::UtcMs;
use igny8_store::{LedgerError, Read};
use uuid::Uuid;

/// Units looked at; the rest is taken to cost the same on average.
const SAMPLE: usize = 20;

/// Refuses a plan whose likely price, or whose first unit at its highest, the wallet or a standing limit does not cover:
/// with [`LedgerError::InsufficientCredits`] or [`LedgerError::CapReached`], as a hold would.
///
/// # Errors
/// [`EngineError::NothingToDo`]; [`EngineError::Unpriced`].
pub(super) fn check(
    read: &Read<'_>,
    door: &Door,
    kind: AiFunction,
    site: SiteId,
    aim: Aim,
    plan: &Plan,
    now: UtcMs,
) -> Result<Result<(), LedgerError>, EngineError> {
    // Nothing is asked under this id.
    let unit = unit_context(read, site, plan.model.clone(), CallId(Uuid::nil()), aim)?;
    let (mut likely, mut worst, mut seen) = (Credits::ZERO, Credits::ZERO, 0);
    for prepared in Sample::of(plan, SAMPLE).prepare(read, kind, &unit)? {
        let (one, most) = price(door, &plan.model, &prepared)?;
        likely = likely.plus(one.credits);
        worst = worst.max(most.credits);
        seen += 1;
    }
    if seen == 0 {
        return Err(EngineError::NothingToDo);
    }
    let all = round_div(i128::from(likely.0) * plan.units_total() as i128, seen);
    let day = now.day_in(&settings::load(read)?.zone);
    match read.check_room(Credits(all).max(worst), site, day) {
        Err(LedgerError::Store(error)) => Err(error.into()),
        checked => Ok(checked),
    }
}
