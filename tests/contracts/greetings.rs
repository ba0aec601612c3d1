//! A vendor that is asked something that costs nothing: in every dialect it is there and takes the key, takes another, is
//! nobody or is somebody else, and no model is asked and nothing billed meanwhile.

use crate::site::install_cryptography;
use crate::vendor::{SECRET, impatient};
use igny8_core::port::vault::SecretName;
use igny8_core::port::{Greeting, ProviderError, VendorCheck};
use igny8_core::status::Dialect;
use igny8_providers::builtin::BuiltinText;
use igny8_providers::{Bounds, Check, Connection, VendorAddress};
use igny8_testkit::vault::RememberedVault;
use igny8_testkit::vendor::{Reply, Terms, Vendor};
use std::sync::Arc;
use uuid::Uuid;

const KEY: &str = "sk-greeting-41";

fn vendor_of(dialect: Dialect) -> Vendor {
    let terms = Terms { dialect, key: Some(KEY.to_owned()), ..Terms::default() };
    Vendor::start_on(terms, Arc::new(BuiltinText::new()))
}

async fn checked(dialect: Dialect, url: &str, key: &str, bounds: Bounds) -> Result<Greeting, ProviderError> {
    install_cryptography();
    let vault = Arc::new(RememberedVault::with(SECRET, key));
    let address = VendorAddress::parse(url).unwrap();
    let connection = Connection::new(address, Some(SecretName(SECRET.to_owned())), vault, bounds).unwrap();
    Check::new(dialect, connection).check(Uuid::from_u128(41)).await
}

async fn greeted(vendor: &Vendor, key: &str) -> Result<Greeting, ProviderError> {
    checked(vendor.dialect(), &vendor.base_url(), key, Bounds::default()).await
}

#[tokio::test]
async fn every_dialect_says_for_nothing_whether_it_takes_the_key() {
    for dialect in Dialect::ALL.iter().copied() {
        let vendor = vendor_of(dialect);
        let listed = match dialect {
            Dialect::OpenAi | Dialect::Gemini => Some(2),
            Dialect::Anthropic | Dialect::Ollama => Some(1),
            Dialect::Runware | Dialect::Bria => None,
        };
        assert_eq!(greeted(&vendor, KEY).await, Ok(Greeting { models: listed }), "{dialect}");
        assert_eq!(greeted(&vendor, "sk-another").await, Err(ProviderError::Auth), "{dialect}: another key");
        let asked = vendor.greetings().len() + vendor.questions().len();
        assert!(asked >= 1, "{dialect}: it was asked");
        assert_eq!(
            (vendor.seen(), vendor.bill().lines),
            (vec![], vec![]),
            "{dialect}: no model was, and nothing is billed"
        );
    }
}

#[tokio::test]
async fn whoever_is_not_there_or_is_somebody_else_is_known() {
    // Bria's question is one about an order, which the double answers by itself.
    for dialect in Dialect::ALL.iter().copied().filter(|dialect| *dialect != Dialect::Bria) {
        let vendor = vendor_of(dialect);
        let ended = async |reply: Reply| {
            vendor.then(reply);
            greeted(&vendor, KEY).await
        };
        assert_eq!(ended(Reply::page(200)).await, Err(ProviderError::Page), "{dialect}");
        let nothing = Reply::Raw(404, vec![("content-type", "application/json".to_owned())], "{}".to_owned());
        assert!(matches!(ended(nothing).await, Err(ProviderError::Rejected { .. })), "{dialect}: no such question");
        let other = Reply::Raw(200, vec![("content-type", "application/json".to_owned())], "{\"ok\":1}".to_owned());
        assert!(matches!(ended(other).await, Err(ProviderError::BadReply { .. })), "{dialect}: another language");
        assert_eq!(ended(Reply::HangUp).await, Err(ProviderError::Unknown), "{dialect}: no word");
        vendor.then(Reply::Never);
        let silent = checked(dialect, &vendor.base_url(), KEY, impatient()).await;
        assert_eq!(silent, Err(ProviderError::Unknown), "{dialect}: and is not waited for");
        let money = Reply::Raw(402, vec![], String::new());
        assert_eq!(ended(money).await, Err(ProviderError::Quota), "{dialect}");
        assert!(matches!(ended(Reply::rate_limited(&[])).await, Err(ProviderError::RateLimited { .. })), "{dialect}");
        assert!(greeted(&vendor, KEY).await.is_ok(), "{dialect}: and it is there again");
        let address = vendor.base_url();
        drop(vendor);
        let gone = checked(dialect, &address, KEY, Bounds::default()).await;
        assert_eq!(gone, Err(ProviderError::NotSent), "{dialect}: nobody is there");
    }
}
