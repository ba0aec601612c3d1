//! Why work ended before all of it was done, and the way on: what mends the reason, and the command that does the rest.

use crate::fault_text::sentence;
use igny8_app::{AiFunction, Fault};

/// Why a function did not do all of its work, and how the rest is done.
#[must_use]
pub fn unmade(function: AiFunction, cause: &Fault, failed: u32, untried: u32) -> String {
    let Fault::RunStopped { reason } = cause else {
        return format!("{} What was made stays; start again for the rest.", sentence(cause));
    };
    if untried > 0 || is_refusal(reason) {
        return sentence(cause);
    }
    // What waits is found by the same command again; what failed of these is only found by `retry`.
    let again = match function {
        AiFunction::GenerateContent | AiFunction::GenerateImages => "try what failed again with 'retry'",
        AiFunction::AutoCluster | AiFunction::GenerateIdeas | AiFunction::GenerateImagePrompts => {
            "start again for what failed"
        }
    };
    format!("{failed} failed: {}. What was made stays. {}", reason_text(reason), then(reason, again))
}

/// The books let no more through: what was refused waits as before and did not fail.
fn is_refusal(reason: &str) -> bool {
    reason.starts_with("cap_") || ["insufficient_credits", "spending_stopped"].contains(&reason)
}

/// What mends a reason, where something does, and what to do then.
pub fn then(reason: &str, again: &str) -> String {
    let mend = match reason {
        "insufficient_credits" => "Add some with 'credits grant AMOUNT', or wait for the next monthly budget",
        "cap_month" => "Raise it with 'credits limit month AMOUNT', or wait for the next month",
        "cap_day" => "Raise it with 'credits limit day AMOUNT', or wait for the next day",
        "cap_site" => "Raise it with 'credits limit site AMOUNT --site SITE', or wait for the next month",
        "cap_run" | "cap_share" => {
            "Give the next run more with 'run start --cap CREDITS', or leave it its own estimate"
        }
        "spending_stopped" => "Allow it again with 'credits resume'",
        "shortfall" => "Compare its price in 'models list' with the vendor's",
        "auth" => "Connect the vendor again with 'models connect' and a key that is valid",
        "quota" => "Top it up there",
        "unknown_model" | "no_such_provider" => "Choose another model with 'models use MODEL'",
        _ => {
            let mut letters = again.chars();
            let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
            return format!("{first}{}.", letters.as_str());
        }
    };
    format!("{mend}, then {again}.")
}

/// Why work ended, in words; an unknown code stands for itself.
pub fn reason_text(reason: &str) -> String {
    let words = match reason {
        "insufficient_credits" => "not enough credits",
        "cap_month" => "the month's limit is reached",
        "cap_day" => "the day's limit is reached",
        "cap_site" => "the site's limit is reached",
        "cap_run" => "the run has spent its cap",
        "cap_share" => "a stage has spent its share of the run's cap",
        "spending_stopped" => "all paid work was stopped",
        "shortfall" => "a call cost more than was held for it",
        "outcome_unknown" => "the vendor did not say how it ended",
        "auth" => "the vendor did not accept the key",
        "quota" => "the account at the vendor is exhausted",
        "bad_image" => "what the vendor sent is no picture",
        "bad_answer" => "the model's answer was not usable",
        "internal" => "something inside failed; the log in the data folder has more",
        other => return other.replace('_', " "),
    };
    words.to_owned()
}
