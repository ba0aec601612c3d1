//! What the codes of vendors mean, in one table for every dialect. A code means the same whatever the status beside it, and
//! also where it comes inside a success, as gateways and streams send it: there the status is told by the code.

use igny8_core::port::models::Wanted;

/// Part of the codes that name a limit the account's owner or the vendor set on spending.
const SPEND_LIMIT: &str = "spend_limit";

/// What a code means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The account has no money or met its limit.
    Money,
    /// Too many requests.
    Rate,
    /// Too many requests of everybody's.
    Busy,
    /// The key.
    Key,
    /// What the vendor wants before the model may be used.
    Wants(Wanted),
    /// The address, which is none of the vendor's.
    Address,
    /// What the model wrote has not the form that was asked for.
    Form,
    /// The model is not there.
    Model,
    /// The content is not wanted.
    Content,
    /// The request is more than the model reads.
    Length,
}

const CODES: [(&str, Meaning); 32] = [
    ("insufficient_quota", Meaning::Money),
    ("credit_balance_exhausted", Meaning::Money),
    ("billing_hard_limit_reached", Meaning::Money),
    ("billing_not_active", Meaning::Money),
    ("insufficient_balance", Meaning::Money),
    ("billing_error", Meaning::Money),
    ("insufficient_credits", Meaning::Money),
    ("payment_required", Meaning::Money),
    ("linked_organization_billing_unavailable", Meaning::Money),
    ("BILLING_DISABLED", Meaning::Money),
    ("rate_limit_exceeded", Meaning::Rate),
    ("rate_limit_error", Meaning::Rate),
    ("overloaded_error", Meaning::Busy),
    ("API_KEY_INVALID", Meaning::Key),
    ("invalid_api_key", Meaning::Key),
    ("SERVICE_DISABLED", Meaning::Wants(Wanted::Service)),
    ("permission_error", Meaning::Wants(Wanted::Permission)),
    ("PERMISSION_DENIED", Meaning::Wants(Wanted::Permission)),
    ("model_permission_blocked_org", Meaning::Wants(Wanted::Permission)),
    ("unknown_url", Meaning::Address),
    ("json_validate_failed", Meaning::Form),
    ("model_not_found", Meaning::Model),
    ("model_decommissioned", Meaning::Model),
    ("invalid_model", Meaning::Model),
    ("unknown_model", Meaning::Model),
    ("content_filter", Meaning::Content),
    ("content_policy_violation", Meaning::Content),
    ("moderation_blocked", Meaning::Content),
    ("refusal", Meaning::Content),
    ("context_length_exceeded", Meaning::Length),
    ("string_above_max_length", Meaning::Length),
    ("request_too_large", Meaning::Length),
];

/// What a code means; `None` for one that says nothing alone.
pub(crate) fn meaning(code: &str) -> Option<Meaning> {
    let named = CODES.iter().find(|(name, _)| *name == code).map(|(_, meaning)| *meaning);
    named.or_else(|| code.contains(SPEND_LIMIT).then_some(Meaning::Money))
}

impl Meaning {
    /// The status under which the code comes where it comes instead of an answer.
    pub(crate) const fn status(self) -> u16 {
        match self {
            Self::Money => 402,
            Self::Rate => 429,
            Self::Busy => 529,
            Self::Key => 401,
            Self::Wants(_) => 403,
            Self::Model | Self::Address => 404,
            Self::Content | Self::Form => 400,
            Self::Length => 413,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_means_one_thing() {
        let names: std::collections::BTreeSet<_> = CODES.iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), CODES.len(), "no code stands there twice");
        assert_eq!(meaning("enforced_spend_limit_reached"), Some(Meaning::Money));
        assert_eq!(meaning("server_error"), None);
    }
}
