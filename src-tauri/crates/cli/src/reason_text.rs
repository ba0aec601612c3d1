//! Why work ended before all of it was done, and the way on: what mends the reason, and the command that does the rest.

use crate::fault_text::sentence;
use igny8_app::commands::headless::{EndedEarly, RunFailed};
use igny8_app::{AiFunction, Fault};
use std::collections::BTreeSet;

/// Why a function did not do all of its work, and how the rest is done.
#[must_use]
pub fn unmade(function: AiFunction, cause: &Fault, failed: u32, untried: u32) -> String {
    let Fault::RunStopped { reason, until, address } = cause else {
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
    let until = until.as_deref();
    let why = stopped_text(reason, until, address.as_deref());
    format!("{failed} failed: {why}. What was made stays. {}", then_at(reason, until, again))
}

/// What of a run failed, stage by stage, and how that is done.
#[must_use]
pub fn incomplete(failed: &[RunFailed]) -> String {
    let of = |of: &RunFailed| format!("{}: {} failed ({}).", stage_text(&of.function), of.units, reason_text(&of.code));
    let told: Vec<String> = failed.iter().map(of).collect();
    let mends: BTreeSet<String> =
        failed.iter().map(|of| then(&of.code, "start the run again for what failed")).collect();
    let mends: Vec<String> = mends.into_iter().collect();
    format!("Not all was made. {} What was made stays. {}", told.join(" "), mends.join(" "))
}

/// Why runs ended before all of them was made, and what mends each.
pub fn ended_early(early: &[EndedEarly]) -> String {
    let of = |one: &EndedEarly| {
        let mend = then(&one.code, "start the run again");
        format!("The run of {} ended early: {}. {mend}", one.site, reason_text(&one.code))
    };
    early.iter().map(of).collect::<Vec<_>>().join(" ")
}

/// What a stage makes; an unknown one stands for itself.
pub fn stage_text(function: &str) -> &str {
    match function.parse() {
        Ok(AiFunction::AutoCluster) => "Clusters",
        Ok(AiFunction::GenerateIdeas) => "Ideas",
        Ok(AiFunction::GenerateContent) => "Drafts",
        Ok(AiFunction::GenerateImagePrompts) => "Image descriptions",
        Ok(AiFunction::GenerateImages) => "Images",
        Err(_) => function,
    }
}

/// Why work ended, and until when its vendor has asked to be left alone, or at which address something else answered.
pub fn stopped_text(reason: &str, until: Option<&str>, address: Option<&str>) -> String {
    let words = reason_text(reason);
    if let Some(address) = address.filter(|address| !address.is_empty()) {
        return format!("{words} (asked was {address})");
    }
    until.map_or(words.clone(), |until| format!("{words} (not before {})", to_the_second(until)))
}

/// What mends a reason, and what to do then. A vendor that says when to come again is not asked before.
pub fn then_at(reason: &str, until: Option<&str>, again: &str) -> String {
    match until {
        Some(until) => format!("Wait until {}, then {again}.", to_the_second(until)),
        None => then(reason, again),
    }
}

/// An instant as people read it: `2026-11-23 09:30:07 UTC`.
fn to_the_second(at: &str) -> String {
    format!("{} UTC", at.get(.."2026-11-23T09:30:07".len()).unwrap_or(at).trim_end_matches('Z').replace('T', " "))
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
        "cap_run" | "cap_run_rest" | "cap_share" | "cap_run_first" | "cap_share_first" => {
            "Give the next run more with 'run start --cap CREDITS', or leave it its own estimate"
        }
        "spending_stopped" => "Allow it again with 'credits resume'",
        "books_do_not_balance" => "Look at what 'credits audit' finds",
        "shortfall" => "Compare its price in 'models list' with the vendor's",
        "auth" => "Connect the vendor again with 'models connect' and a key that is valid",
        "no_key" => {
            "Unlock the keyring of this computer, or give the key again with 'models connect' where the keyring has it no more"
        }
        "account_unverified" => {
            "Show the vendor who you are, in the settings of your organisation there, or choose another model with 'models use \
             MODEL'"
        }
        "service_disabled" => {
            "Switch the interface on in the vendor's console, for the project that the key is of, and give it some minutes"
        }
        "model_not_allowed" => {
            "Give the key or its project the right to use the model at the vendor's, or choose another model with 'models use \
             MODEL'"
        }
        "quota" => "Top it up there",
        "page_instead_of_answer" => {
            "Check the vendor's address in 'models list' (most end in /v1), and that no login page or firewall keeps you from it"
        }
        "unknown_model" | "no_such_provider" | "unpriced" | "model_ended" | "too_many_attempts" | "bad_answer"
        | "bad_reply" | "bad_image" | "no_picture_size" | "rejected" | "schema_refused" | "cut_off" => {
            "Choose another model with 'models use MODEL', or try it later"
        }
        "not_sent" => "Check the network, and the vendor's address in 'models list'",
        "rate_limited" | "overloaded" => "Wait some minutes",
        "content_refused" => "Word it differently",
        // Sent again as it is, it would be cut again.
        "prompt_cut" => {
            "Give the model more context at its server, choose one that reads more with 'models use MODEL', or shorten \
             its words with 'prompts set'"
        }
        "prompt_too_long" => {
            "Shorten its words with 'prompts set', or choose a model that reads more with 'models use MODEL'"
        }
        "picture_prompt_too_long" => "Tell it in fewer words, or shorten the style with 'prompts set'",
        "outcome_unknown" => "Look at the vendor's own bill: it may have charged for it",
        "disk_full" | "media_failed" => "Make room on the disk of the data folder",
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
        "prompt_failed" => "its prompt cannot be used as it is worded",
        "cap_month" => "the month's limit is reached",
        "cap_day" => "the day's limit is reached",
        "cap_site" => "the site's limit is reached",
        "cap_run" => "the run's cap leaves too little for the next call",
        "cap_run_first" => "already the first call may cost more than the run's cap",
        "cap_run_rest" => {
            "the run's cap leaves too little for another article and its pictures, and none is begun that could not be finished"
        }
        "cap_share" => "a stage's share of the run's cap leaves too little for its next call",
        "cap_share_first" => "already a stage's first call may cost more than its share of the run's cap",
        "spending_stopped" => "all paid work was stopped",
        "books_do_not_balance" => "the books do not balance, so no credits are spent",
        "shortfall" => "a call cost more than was held for it",
        "disk_full" => "the disk is full",
        "unpriced" => "the model has no price, so it was not called",
        "model_ended" => "the model was ended by its vendor",
        "item_gone" => "the item was removed before its turn came",
        "too_many_attempts" => "it was tried as often as is allowed",
        "file_missing" => "the file of the picture is gone from this computer",
        "media_failed" => "the picture could not be written to the disk",
        "nothing_stored" => "the answer held nothing that could be kept",
        "cancelled" => "it was cancelled before its turn came",
        "not_sent" => "the vendor could not be reached, so nothing was sent",
        "rate_limited" => "the vendor asked for fewer requests at a time",
        "overloaded" => "the vendor was too busy to answer",
        "unknown_model" => "the vendor does not know this model",
        "rejected" => "the vendor refused the request",
        "schema_refused" => "the vendor did not take the shape that the answer must have",
        "content_refused" => "the vendor refused this subject",
        "cut_off" => "the answer was cut off before its end",
        "bad_reply" => "the vendor's answer could not be read",
        "no_such_provider" => "the vendor of the model is not connected",
        "outcome_unknown" => "it was sent, and nothing that came back says how it ended",
        "auth" => "the vendor did not accept the key",
        "no_key" => "the keyring did not give the vendor's key, so nothing was sent",
        "account_unverified" => "the vendor lets only verified organisations use this model",
        "service_disabled" => "the vendor's interface is not switched on for the project of this key",
        "model_not_allowed" => "the vendor knows the key, and does not let it use this model",
        "quota" => "the account at the vendor is exhausted",
        "page_instead_of_answer" => {
            "what answered at the vendor's address is no model's server: a login page, a firewall or gateway, another program, \
             or an address without its /v1"
        }
        "price_out_of_range" => "at the model's price a call could cost more than the books can hold",
        "prompt_cut" => "the model read only a part of what it was given",
        "bad_image" => "what the vendor sent is no picture",
        "no_picture_size" => "the model makes pictures of no size",
        "prompt_too_long" => "it is longer than all the model reads, so nothing was sent",
        "picture_prompt_too_long" => "what the picture shows is told at more length than the model reads",
        "bad_answer" => "the model's answer was not usable",
        "internal" => "something inside failed; the log in the data folder has more",
        other => return other.replace('_', " "),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every code that the engine stores with work that left no result.
    const CODES: &str =
        "insufficient_credits unpriced model_ended item_gone too_many_attempts bad_answer bad_image file_missing
        media_failed nothing_stored outcome_unknown cancelled not_sent rate_limited overloaded auth quota unknown_model
        rejected content_refused cut_off prompt_cut bad_reply schema_refused no_such_provider cap_month cap_day
        cap_site cap_run cap_run_rest cap_share cap_run_first cap_share_first spending_stopped books_do_not_balance shortfall disk_full internal
        no_key account_unverified service_disabled model_not_allowed page_instead_of_answer no_picture_size picture_prompt_too_long prompt_too_long";

    #[test]
    fn every_reason_has_words_of_its_own() {
        let codes: Vec<&str> = CODES.split_whitespace().collect();
        let words: BTreeSet<String> = codes.iter().map(|code| reason_text(code)).collect();
        assert_eq!(words.len(), codes.len());
        let raw: Vec<_> = codes.iter().filter(|code| words.contains(&code.replace('_', " "))).collect();
        assert!(raw.is_empty(), "the code itself: {raw:?}");
    }

    #[test]
    fn a_vendor_that_says_when_is_named_with_the_time() {
        let at = Some("2026-11-23T09:30:07.123Z");
        let words = [stopped_text("overloaded", at, None), then_at("overloaded", at, "start again")];
        assert_eq!(words[0], "the vendor was too busy to answer (not before 2026-11-23 09:30:07 UTC)");
        assert_eq!(words[1], "Wait until 2026-11-23 09:30:07 UTC, then start again.");
        assert_eq!(then_at("rate_limited", None, "start again"), "Wait some minutes, then start again.");
    }

    #[test]
    fn what_a_person_can_mend_comes_before_the_next_try() {
        for code in [
            "not_sent",
            "page_instead_of_answer",
            "bad_reply",
            "rejected",
            "auth",
            "no_key",
            "account_unverified",
            "service_disabled",
            "model_not_allowed",
            "quota",
            "outcome_unknown",
            "disk_full",
            "prompt_cut",
        ] {
            assert!(then(code, "start again").ends_with(", then start again."), "{code}");
        }
        assert_eq!(then("cancelled", "start again"), "Start again.");
    }
}
