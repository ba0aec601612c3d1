//! Vendors: connected, and asked whether they are there.

use crate::failure::Failure;
use crate::fault_text;
use crate::output::{Output, counted};
use igny8_app::Igny8;
use igny8_app::commands::{headless, models};
use igny8_app::dto::models::{KeyKept, ProviderDraft, ProviderTest, ProviderVerdict};
use serde_json::json;

/// `models connect`. A key that nothing would keep is refused, as the password of a site is: memory ends with the command.
pub async fn connect(app: &Igny8, draft: ProviderDraft, out: Output) -> Result<(), Failure> {
    let name = draft.name.trim().to_owned();
    let not_kept = || Failure::KeyNotKept { vendor: name.clone() };
    if draft.key.is_some() {
        headless::need_keyring(app).await.map_err(|_| not_kept())?;
    }
    let kept = models::provider_connect(app, draft).await;
    let kept = kept.map_err(|fault| fault_text::renamed(fault, "url", "vendorUrl"))?;
    let key = match kept {
        KeyKept::None => "none",
        KeyKept::Keyring => "keyring",
        // The keyring went between the question and the answer.
        KeyKept::Memory => return Err(not_kept()),
    };
    let connected = models::providers(app).await?.into_iter().find(|provider| provider.name == name);
    let per_minute = connected.as_ref().and_then(|provider| provider.per_minute);
    let dialect = connected.map(|provider| provider.dialect).unwrap_or_default();
    out.object(&json!({ "connected": name, "dialect": dialect, "key": key, "per_minute": per_minute }), |_| {
        let rate = per_minute.map(|most| format!(", at most {} a minute", counted(most, "time", "times")));
        let rate = rate.unwrap_or_default();
        format!("Vendor {name} connected; it is asked in the language of {dialect}{rate}.")
    })
}

/// `models test`.
pub async fn test(app: &Igny8, name: &str, out: Output) -> Result<(), Failure> {
    let name = name.trim();
    let ProviderTest { verdict, models } = models::provider_test(app, name).await?;
    let ok = verdict == ProviderVerdict::Right;
    let vendor = models::providers(app).await?.into_iter().find(|provider| provider.name == name);
    let url = vendor.map(|vendor| vendor.url).unwrap_or_default();
    let has_keyring = headless::need_keyring(app).await.is_ok();
    out.object(&json!({ "ok": ok, "name": name, "verdict": verdict, "models": models }), |_| {
        let listed = models.map(|count| format!(" and lists {}", counted(count, "model", "models")));
        words(verdict, (name, &url), &listed.unwrap_or_default(), has_keyring)
    })?;
    if ok { Ok(()) } else { Err(Failure::VendorOff) }
}

fn words(verdict: ProviderVerdict, (name, url): (&str, &str), listed: &str, has_keyring: bool) -> String {
    match verdict {
        ProviderVerdict::Right => format!("{name} is there, takes the key{listed}. Nothing was charged."),
        ProviderVerdict::WrongKey => format!("{name} does not take the key."),
        ProviderVerdict::NotAllowed => {
            format!(
                "{name} knows the key, and does not let it ask. Give the key or its project the right to at the vendor's."
            )
        }
        ProviderVerdict::NoKey if !has_keyring => {
            format!("There is no system keyring on this computer, so nothing keeps the key of {name} between commands.")
        }
        ProviderVerdict::NoKey => format!("The keyring gives no key of {name}: it has none, or is locked."),
        ProviderVerdict::Unreachable => format!("Nobody answers at {url}, the address of {name}."),
        ProviderVerdict::Silent => format!("{name} was asked and gave no answer that says anything."),
        ProviderVerdict::Busy => format!("{name} is there, and takes no requests at the moment."),
        ProviderVerdict::OutOfMoney => format!("{name} is there, and says that its account has no money."),
        ProviderVerdict::Stranger => {
            format!(
                "Somebody answers at {url}, the address of {name}, but not in its language; it may be a firewall or login page."
            )
        }
    }
}
