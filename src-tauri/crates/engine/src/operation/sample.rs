//! Some units of a plan, which stand for all of it when a price is asked: preparing twenty thousand articles to price them
//! would take longer than anybody looks at a price. A new idea is prepared as the task that it would get.

use super::Plan;
use crate::function::{Prepared, UnitContext, Unprepared, function, prepare_idea};
use igny8_core::function::AiFunction;
use igny8_core::id::IdeaId;
use igny8_store::Read;

/// Units looked at for an estimate, spread over all of them: enough to know how they differ, few enough to ask again with
/// every change of the plan. Of more, the rest is taken to cost the same on average, and as much as the dearest at most.
pub(super) const SAMPLE_UNITS_MAX: usize = 100;

/// Units to be looked at.
pub(super) struct Sample {
    units: Vec<Vec<i64>>,
    fresh: Vec<IdeaId>,
}

impl Sample {
    /// About `units_max` units of a plan, spread over all of them.
    pub fn of(plan: &Plan, units_max: usize) -> Self {
        let apart = plan.units_total().div_ceil(units_max).max(1);
        let units = plan.units.iter().step_by(apart).cloned().collect();
        Self { units, fresh: plan.fresh.iter().step_by(apart).copied().collect() }
    }

    /// Those that still need their function, ready to be priced.
    pub fn prepare(&self, read: &Read<'_>, kind: AiFunction, unit: &UnitContext) -> Result<Vec<Prepared>, Unprepared> {
        let units = self.units.iter().map(|items| function(kind).prepare(read, unit, items));
        let fresh = self.fresh.iter().map(|idea| prepare_idea(read, unit, *idea));
        units.chain(fresh).filter_map(Result::transpose).collect()
    }
}
