//! Every planted mistake is noticed within a few histories, the same in which nothing is found without it. Each test
//! bears the name of the mistake; the table in `tests/README.md` says which of them happened to whom.

use super::say;
use igny8_tests::simulation::{Plant, play_one};

/// Histories within which a mistake must be noticed. They are among those of a commit.
const SEEDS_MAX: u64 = 300;

/// The product's own walls may notice it first, in which case the history ends there and another is tried.
fn is_noticed(plant: Plant) {
    let mut others = Vec::new();
    for seed in 0..SEEDS_MAX {
        let broken = play_one(seed, Some(plant), false).broken;
        match broken.iter().find(|broken| broken.starts_with(plant.rule())) {
            Some(broken) => return say(&format!("planted {plant:?}: noticed in history {seed}: {broken}")),
            None => others.extend(broken),
        }
    }
    others.sort_unstable();
    others.dedup();
    panic!("{plant:?} breaks the rule \"{}\" within {SEEDS_MAX} histories: {others:?}", plant.rule());
}

macro_rules! mistakes {
    ($($name:ident => $plant:ident,)*) => {
        $(
            #[test]
            fn $name() {
                is_noticed(Plant::$plant);
            }
        )*

        #[test]
        fn every_mistake_has_its_test() {
            assert_eq!([$(Plant::$plant),*], Plant::ALL, "each planted mistake is tried");
        }
    };
}

mistakes! {
    result_and_charge_in_two_commits => ChargesApart,
    a_hold_without_its_call => HoldsWithoutCall,
    a_start_without_recovery => RecoversNothing,
    leases_that_outlive_their_process => KeepsLeases,
    a_sent_request_counts_as_never_sent => ForgetsSends,
    a_result_released_instead_of_settled => ReleasesResults,
    the_estimate_charged_instead_of_the_use => ChargesTheEstimate,
    a_lost_answer_charged => ChargesLostAnswers,
    a_refund_paid_out_again => RefundsTwice,
    a_result_charged_twice => ChargesTwice,
    holds_that_keep_nothing_back => HoldsNothing,
    a_wallet_that_nothing_guards => UnguardsTheWallet,
    a_hold_that_a_limit_never_gives_back => KeepsReservations,
    a_grant_posted_twice => GrantsTwice,
    a_month_turned_twice => TurnsTheMonthTwice,
    a_refund_that_moves_one_side => RefundsOneSide,
    an_operation_that_forgets_what_it_cost => ForgetsTotals,
    cancelled_units_counted_as_done => CountsCancelledAsDone,
    a_notice_given_twice => NotifiesTwice,
    a_failure_nobody_hears_of => HidesFailures,
    usage_left_out_for_released_calls => ForgetsReleasedUsage,
    holds_past_the_caps => IgnoresCaps,
    a_kill_switch_that_does_nothing => IgnoresTheSwitch,
    a_charge_whose_article_is_lost => LosesArticles,
    an_answer_given_to_other_requests => AnswersOthers,
    an_answer_kept_under_another_request => KeepsUnderAnother,
    a_lost_answer_that_cost_nothing => ForgetsLostCost,
    a_paid_answer_that_is_forgotten => ForgetsAnswers,
    cached_tokens_priced_as_input => PricesCacheAsInput,
    a_lost_request_asked_for_under_another_call => AsksUnderAnother,
    a_lost_answer_that_does_not_count => CountsNoLoss,
    posts_public_at_once_and_begun_again => PublishesAtOnce,
    a_run_begun_off_the_record => BeginsOffTheRecord,
    times_that_are_passed_over => PassesOverTimes,
    missed_runs_nobody_hears_of => HidesMissedRuns,
    missed_articles_nobody_hears_of => HidesMissedArticles,
}
