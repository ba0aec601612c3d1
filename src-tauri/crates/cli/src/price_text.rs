//! What paid work will cost, in a sentence that is said before it begins.

use crate::output::{counted, dollars};
use igny8_app::dto::automation::AllResumeEstimate;
use igny8_app::dto::spending::RunRestEstimate;
use igny8_app::dto::work::Estimate;

/// The price of work by itself.
#[must_use]
pub fn work(price: &Estimate) -> String {
    let Estimate { credits, credits_max, cost, cost_max, balance_after, balance_after_min, .. } = price;
    let likely = counted(credits, "credit", "credits");
    let cost = span(&dollars(cost), &dollars(cost_max));
    let left = span(balance_after_min, balance_after);
    let again = billed_again(&price.cost_max);
    format!("about {likely}, at most {credits_max}; provider {cost}; {left} left afterwards{again}")
}

/// The price of a run, with the stages that follow: all of it, also where the run's cap ends it before, which is said then.
#[must_use]
pub fn run(price: &RunRestEstimate) -> String {
    let left = span(&price.balance_after_min, &price.balance_after_max);
    let cap = match (&price.cap, &price.cap_left) {
        (Some(cap), Some(of_it)) if cap == of_it => format!("; its cap is {cap}"),
        (Some(cap), Some(of_it)) => format!("; {of_it} of its cap of {cap} left to spend"),
        _ => String::new(),
    };
    let Some(whole) = &price.whole else {
        let credits = counted(span(&price.credits_min, &price.credits_max), "credit", "credits");
        let cost = span(&dollars(&price.cost_min), &dollars(&price.cost_max));
        let (likely, again) = (&price.credits_likely, billed_again(&price.cost_max));
        return format!("{credits}, likely {likely}; provider {cost}; {left} left afterwards{cap}{again}");
    };
    let credits = counted(span(&whole.credits_min, &whole.credits_max), "credit", "credits");
    let cost = span(&dollars(&whole.cost_min), &dollars(&whole.cost_max));
    let than = if whole.is_likely { "that" } else { "the most of that" };
    let likely = &whole.credits_likely;
    let again = billed_again(&whole.cost_max);
    format!(
        "{credits}, likely {likely}; provider {cost}{cap}, less than {than}: it ends there, with {left} left{again}"
    )
}

/// The price of all that goes on at once, and what of it does not.
#[must_use]
pub fn all(price: &AllResumeEstimate) -> String {
    let credits = counted(span(&price.credits_min, &price.credits_max), "credit", "credits");
    let cost = span(&dollars(&price.cost_min), &dollars(&price.cost_max));
    let left = span(&price.balance_after_min, &price.balance_after_max);
    let not: Vec<&str> = price.unpriced.iter().map(|one| one.site.as_str()).collect();
    let not = if not.is_empty() { String::new() } else { format!("; without work of {}", not.join(", ")) };
    format!("{credits}; provider {cost}; {left} left afterwards{not}{}", billed_again(&price.cost_max))
}

/// What the most that a provider bills leaves out; nothing where nobody bills.
fn billed_again(cost_max: &str) -> &'static str {
    if cost_max == "0" {
        return "";
    }
    ". The provider's part is for asking once for each: what is lost or cannot be read is asked for again, at most twice, \
     and may be billed again; credits are taken for one"
}

/// From least to most, or the one where both are the same.
fn span(least: &str, most: &str) -> String {
    if least == most { least.to_owned() } else { format!("{least} to {most}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use igny8_app::dto::spending::WholePrice;

    fn rest(credits: [&str; 3], cap: Option<[&str; 2]>) -> RunRestEstimate {
        let [least, likely, most] = credits.map(str::to_owned);
        RunRestEstimate {
            stages: Vec::new(),
            credits_min: least,
            credits_likely: likely,
            credits_max: most,
            cost_min: "0".to_owned(),
            cost_max: "0.125".to_owned(),
            available: "100".to_owned(),
            balance_after_min: "60".to_owned(),
            balance_after_max: "88".to_owned(),
            is_affordable: true,
            units: 2,
            held: "6".to_owned(),
            cap: cap.map(|[cap, _]| cap.to_owned()),
            cap_left: cap.map(|[_, left]| left.to_owned()),
            whole: None,
        }
    }

    #[test]
    fn a_run_says_its_span_and_what_is_left_of_its_cap() {
        let whole = "12 to 40 credits, likely 25; provider $0.00 to $0.125; 60 to 88 left afterwards";
        let again = billed_again("0.125");
        assert_eq!(run(&rest(["12", "25", "40"], None)), format!("{whole}{again}"));
        let named = format!("{whole}; its cap is 50{again}");
        assert_eq!(run(&rest(["12", "25", "40"], Some(["50", "50"]))), named);
        let begun = format!("{whole}; 41 of its cap of 50 left to spend{again}");
        assert_eq!(run(&rest(["12", "25", "40"], Some(["50", "41"]))), begun);
        let whole = |is_likely| WholePrice {
            credits_min: "12".to_owned(),
            credits_likely: "25".to_owned(),
            credits_max: "40".to_owned(),
            cost_min: "0".to_owned(),
            cost_max: "0.5".to_owned(),
            is_likely,
        };
        let capped =
            RunRestEstimate { whole: Some(Box::new(whole(false))), ..rest(["12", "25", "30"], Some(["30", "30"])) };
        let all = "12 to 40 credits, likely 25; provider $0.00 to $0.50";
        let end = "it ends there, with 60 to 88 left";
        assert_eq!(
            run(&capped),
            format!("{all}; its cap is 30, less than the most of that: {end}{again}"),
            "the price is whole"
        );
        let low = RunRestEstimate { whole: Some(Box::new(whole(true))), ..rest(["9", "9", "9"], Some(["50", "9"])) };
        assert_eq!(run(&low), format!("{all}; 9 of its cap of 50 left to spend, less than that: {end}{again}"));
        assert!(run(&rest(["1", "1", "1"], None)).starts_with("1 credit, likely 1;"), "a span of one is one");
    }

    #[test]
    fn the_most_that_a_provider_bills_is_for_asking_once_and_says_so() {
        let price = |cost: &str, cost_max: &str| Estimate {
            items: 1,
            units: 1,
            model: "Writer".to_owned(),
            credits: "2".to_owned(),
            credits_max: "4".to_owned(),
            cost: cost.to_owned(),
            cost_max: cost_max.to_owned(),
            balance_after: "98".to_owned(),
            balance_after_min: "96".to_owned(),
            is_affordable: true,
        };
        let billed = work(&price("0.00144", "0.002556"));
        assert!(billed.starts_with("about 2 credits, at most 4; provider $0.00144 to $0.002556; 96 to 98"), "{billed}");
        assert!(billed.contains("asked for again, at most twice, and may be billed again"), "{billed}");
        assert_eq!(work(&price("0", "0")), "about 2 credits, at most 4; provider $0.00; 96 to 98 left afterwards");
    }
}
