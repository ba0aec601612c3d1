//! Rules of spending that need no ledger: how a run's cap is made from its estimate, how it is shared among the
//! functions, and when a balance counts as low.

use crate::function::AiFunction;
use crate::money::{CREDITS_MAX, Credits, round_div};

/// A run may cost so many tenths of its estimate: some answers are longer than expected, and none may be endless.
const RUN_CAP_TENTHS: i128 = 12;
/// What an answer may take beyond its expected length, in tokens: an answer that is cut off is paid for and useless.
const ANSWER_MORE: u32 = 500;

/// The cap a run gets when the user names none: 1.2 times its estimate, rounded up to a whole credit, at least one. It is
/// never so low that the last call could not be held once all the others have cost what was estimated: a hold keeps back
/// the worst case of its call, which is `headroom` more than that call is estimated at.
#[must_use]
pub fn run_cap(estimate: Credits, headroom: Credits) -> Credits {
    let tenths = i128::from(estimate.0.max(0)) * RUN_CAP_TENTHS;
    let with_room = i128::from(estimate.0.max(0)) + i128::from(headroom.0.max(0));
    let micro = i64::try_from((tenths / 10).max(with_room)).unwrap_or(CREDITS_MAX.0);
    let whole = micro.saturating_add(Credits::whole(1).0 - 1) / Credits::whole(1).0;
    Credits::whole(whole.max(1)).min(CREDITS_MAX)
}

/// What must be available before a run may begin that names no cap: 1.2 times its estimate. Less would end it before its
/// end, with work behind it that leads nowhere.
#[must_use]
pub fn needed(estimate: Credits) -> Credits {
    let tenths = i128::from(estimate.0.max(0)) * RUN_CAP_TENTHS;
    Credits(i64::try_from(tenths / 10).unwrap_or(CREDITS_MAX.0)).min(CREDITS_MAX)
}

/// What one function may take of a run's cap: its percentage, which the site has chosen, or what its own stage was
/// estimated at with the same room, whichever is more. A percentage alone would stop a run whose work is spread
/// differently, though its cap covers it.
///
/// It is a ceiling for one stage and no part of a whole: together they may be more than the cap, which is a limit of its
/// own that no stage passes. They cannot be parts, for a hold keeps back the worst case of a call, which is several times
/// what is taken in the end. For the same reason it is never below that worst case, unless the cap is: then the cap is
/// what stops the first call. What a stage does not take is there for the next, and it takes no more than its estimate at
/// most unless its calls are dearer than any before.
///
/// Several holds are open at once, and all of them may be more than the share. A call that does not fit only because of
/// those waits for them; it is refused when it does not fit with none of them open.
#[must_use]
pub fn share(cap: Credits, percent: u32, stage_estimate: Credits, headroom: Credits) -> Credits {
    let by_percent = Credits(round_div(i128::from(cap.0) * i128::from(percent), 100));
    by_percent.max(run_cap(stage_estimate, headroom)).min(cap)
}

/// How many times the typical prompt the longest is taken to be: prompts are counted exactly, once they are there.
pub const PROMPT_LONGER: u32 = 2;

/// The room that an answer of an expected length is given, in tokens: half as much again and some, and what is thought
/// before it.
#[must_use]
pub const fn answer_room(expected_tokens: u32, thinking_tokens: u32) -> u32 {
    (expected_tokens.saturating_mul(3) / 2).saturating_add(ANSWER_MORE).saturating_add(thinking_tokens)
}

/// What one call of a function with so many items typically consumes, in tokens read and written, for forecasts of work
/// whose items do not exist yet: a part for the call itself, which is its prompt, its schema and the titles that are there,
/// and a part for each item. Writing is what the web system states for an article (December 2025); the others are our
/// estimate from the size of their prompts and schemas. Pictures are priced apiece.
#[must_use]
pub const fn typical_tokens(function: AiFunction, items: u32) -> (u32, u32) {
    type Tokens = (u32, u32);
    let ((input, output), (input_each, output_each)): (Tokens, Tokens) = match function {
        AiFunction::AutoCluster => ((350, 60), (40, 14)),
        AiFunction::GenerateIdeas => ((450, 0), (150, 420)),
        AiFunction::GenerateContent => ((0, 0), (2_500, 3_500)),
        AiFunction::GenerateImagePrompts => ((0, 0), (2_500, 500)),
        AiFunction::GenerateImages => ((0, 0), (0, 0)),
    };
    (input_each.saturating_mul(items).saturating_add(input), output_each.saturating_mul(items).saturating_add(output))
}

/// How many things one item of a stage makes for the next, at least, at most and usually: a cluster has 3 to 10 keywords
/// and gives one to three ideas.
pub mod yields {
    /// Keywords of a cluster: most, and fewest.
    pub const KEYWORDS_PER_CLUSTER: (u32, u32) = (10, 3);
    /// Keywords of a cluster, usually; the built-in engine makes clusters of about so many: of 5.4 on each of its two
    /// hand-labelled sets. Lists of many small topics, as the sample's are, give smaller ones, for which the span has room.
    pub const KEYWORDS_PER_CLUSTER_LIKELY: u32 = 5;
    /// Ideas of a cluster: fewest, and most.
    pub const IDEAS_PER_CLUSTER: (u32, u32) = (1, 3);
    /// Ideas of a cluster, usually.
    pub const IDEAS_PER_CLUSTER_LIKELY: u32 = 2;
}

/// Whether so much of what was granted for a period is left that the user should know: below `percent` of it.
#[must_use]
pub fn is_low(available: Credits, granted: Credits, percent: u8) -> bool {
    i128::from(available.0) * 100 < i128::from(granted.0) * i128::from(percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_may_cost_a_fifth_more_than_its_estimate() {
        let alone = |estimate| run_cap(estimate, Credits::ZERO);
        assert_eq!(alone(Credits::whole(100)), Credits::whole(120));
        assert_eq!(alone(Credits::whole(1)), Credits::whole(2), "rounded up to a whole credit");
        assert_eq!(alone(Credits::ZERO), Credits::whole(1), "a cap is never nothing and never unlimited");
        assert_eq!(alone(Credits(i64::MAX)), CREDITS_MAX);
    }

    #[test]
    fn a_cap_has_room_for_the_last_hold() {
        let cap = |estimate, headroom| run_cap(Credits::whole(estimate), Credits::whole(headroom));
        assert_eq!(cap(100, 19), Credits::whole(120), "a fifth is room enough");
        assert_eq!(cap(4, 9), Credits::whole(13), "of little work it is not");
        assert_eq!(run_cap(Credits(i64::MAX), Credits(i64::MAX)), CREDITS_MAX);
    }

    /// A stage of calls, each of which keeps back `worst` while it is open and takes at most `likely`, as many open at once
    /// as there is room for, resolved in any order: with no call open the next one always fits.
    #[test]
    fn under_its_own_cap_and_share_no_stage_is_refused_with_nothing_open() {
        let mut random = 0x9E37_79B9_7F4A_7C15_u64;
        let mut below = |most: i64| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            i64::try_from(random % u64::try_from(most.max(1)).unwrap()).unwrap()
        };
        let (mut waited, mut ran) = (0, 0);
        for _ in 0..2_000 {
            let (calls, likely) = (1 + below(30), 1 + below(9_000_000));
            let (headroom, at_once) = (below(40_000_000), 1 + usize::try_from(below(8)).unwrap());
            let estimate = Credits(calls * likely);
            let cap = run_cap(estimate.plus(Credits(below(50_000_000))), Credits(headroom));
            let percent = [15, 10, 40, 5, 30][usize::try_from(below(5)).unwrap()];
            let ceiling = share(cap, percent, estimate, Credits(headroom));
            let worst = likely + headroom;
            assert!(ceiling.0 >= worst, "a share is never below one call's worst case");
            let (mut open, mut used, mut left) = (Vec::new(), 0, calls);
            while left > 0 || !open.is_empty() {
                let fits = used + worst * i64::try_from(open.len() + 1).unwrap() <= ceiling.0;
                if left > 0 && open.len() < at_once && fits {
                    open.push(below(likely + 1));
                    left -= 1;
                    continue;
                }
                waited += i32::from(left > 0 && open.len() < at_once);
                assert!(!open.is_empty(), "{calls} calls of {likely}, {headroom} more held, of {ceiling}");
                used += open.swap_remove(usize::try_from(below(i64::try_from(open.len()).unwrap())).unwrap());
                ran += 1;
            }
        }
        assert!(waited > 1_000 && ran > 10_000, "{waited} waited of {ran}: nothing was shown");
    }

    #[test]
    fn a_run_needs_a_fifth_more_than_its_estimate_and_nothing_for_nothing() {
        assert_eq!(needed(Credits::whole(10)), Credits::whole(12));
        assert_eq!(needed(Credits::ZERO), Credits::ZERO, "what is free needs no credits");
        assert_eq!(needed(Credits(i64::MAX)), CREDITS_MAX);
    }

    #[test]
    fn shares_never_choke_their_own_stage() {
        let cap = Credits::whole(100);
        let of = |percent, estimate, headroom| share(cap, percent, Credits::whole(estimate), Credits::whole(headroom));
        assert_eq!(of(40, 0, 0), Credits::whole(40));
        assert_eq!(of(30, 50, 0), Credits::whole(60));
        assert_eq!(of(10, 2, 23), Credits::whole(25), "room for its last hold");
        assert_eq!(of(30, 99, 0), cap, "never above the cap itself");
    }

    #[test]
    fn a_share_is_never_above_the_cap_nor_below_what_its_stage_may_need_of_it() {
        for cap in [1, 7, 50, 100, 5_000].map(Credits::whole) {
            for estimate in [0, 1, 9, 40, 99, 100_000].map(Credits::whole) {
                for percent in [1, 5, 15, 40, 100] {
                    let (headroom, share) = (estimate, share(cap, percent, estimate, estimate));
                    let needed = run_cap(estimate, headroom);
                    assert!(share <= cap && share >= needed.min(cap), "{percent} %: {share} of {cap}");
                    assert!(share > Credits::ZERO, "a stage without a share could not even begin");
                }
            }
        }
    }

    #[test]
    fn a_call_costs_once_what_it_costs_and_each_of_its_items_what_it_adds() {
        let ideas = |items| typical_tokens(AiFunction::GenerateIdeas, items);
        let (one, two, twelve) = (ideas(1), ideas(2), ideas(12));
        assert_eq!(twelve.1, 12 * one.1, "an answer is as long as it has items");
        assert_eq!(twelve.0 - one.0, 11 * (two.0 - one.0));
        assert!(twelve.0 < 12 * one.0, "the prompt is sent once");
        assert_eq!(ideas(u32::MAX), (u32::MAX, u32::MAX));
    }

    #[test]
    fn low_is_below_a_part_of_what_was_granted() {
        assert!(is_low(Credits::whole(19), Credits::whole(100), 20));
        assert!(!is_low(Credits::whole(20), Credits::whole(100), 20));
        assert!(!is_low(Credits::ZERO, Credits::ZERO, 20), "nothing granted is not low but empty");
    }
}
