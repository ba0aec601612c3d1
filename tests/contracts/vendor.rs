//! A vendor on loopback and our client for it, and what both kinds of request say of one reply.

use crate::site::install_cryptography;
use igny8_core::function::input::{ClusterInput, KeywordInput, SiteContext, TextInput};
use igny8_core::hangup::Hangup;
use igny8_core::id::{CallId, KeywordId};
use igny8_core::picture::{Abilities, Wish};
use igny8_core::port::models::{
    FailedCall, ImageAnswer, ImageBrief, ImageModel, ImageRequest, ProviderError, TextAnswer, TextModel, TextRequest,
};
use igny8_core::port::vault::SecretName;
use igny8_core::prompt::prompt;
use igny8_core::status::{Dialect, ImageFormat};
use igny8_core::usage::Usage;
use igny8_providers::builtin::BuiltinText;
use igny8_providers::openai::OpenAi;
use igny8_providers::{Bounds, Connection, VendorAddress};
use igny8_testkit::vault::RememberedVault;
use igny8_testkit::vendor::{IMAGE_MODEL, Reply, TEXT_MODEL, Terms, Vendor};
use std::sync::Arc;
use std::time::Duration;

/// The name a key is kept under.
pub const SECRET: &str = "provider:loopback";

/// The id under which every request here is sent.
pub fn call() -> CallId {
    "018f4d2a-7c3b-7e21-9d4f-5a6b7c8d9e0f".parse().unwrap()
}

/// A vendor that takes everybody.
pub fn vendor() -> Vendor {
    vendor_on(Terms::default())
}

/// A vendor with terms of its own.
pub fn vendor_on(terms: Terms) -> Vendor {
    Vendor::start_on(terms, Arc::new(BuiltinText::new()))
}

/// A client for it without a key, as patient as the product's.
pub fn client(vendor: &Vendor) -> OpenAi {
    client_at(&vendor.base_url(), None, Arc::default(), Bounds::default())
}

/// A client at an address, with what it needs to be tried.
pub fn client_at(url: &str, secret: Option<&str>, vault: Arc<RememberedVault>, bounds: Bounds) -> OpenAi {
    install_cryptography();
    let secret = secret.map(|name| SecretName(name.to_owned()));
    OpenAi::new(Connection::new(VendorAddress::parse(url).unwrap(), secret, vault, bounds).unwrap())
}

/// Short waits, so that a test of waiting takes no time; each phase ends well before all of them together.
pub fn impatient() -> Bounds {
    Bounds {
        connect: Duration::from_millis(300),
        first_byte: Duration::from_millis(100),
        idle: Duration::from_millis(200),
        total: Duration::from_millis(1_500),
        poll: Duration::from_millis(5),
        work: Duration::from_millis(300),
        ..Bounds::default()
    }
}

/// Small answers, so that a test of size takes no memory. What is asked is waited for long enough that a machine with much to
/// do still answers, and no longer.
pub fn frugal() -> Bounds {
    let (poll, work) = (Duration::from_millis(5), Duration::from_secs(5));
    let patience = Duration::from_secs(30);
    Bounds {
        first_byte: patience,
        idle: patience,
        total: patience,
        text_bytes_max: 1024 * 1024,
        image_bytes_max: 1024 * 1024,
        poll,
        work,
        ..Bounds::default()
    }
}

/// A few keywords to group.
pub fn text_request() -> TextRequest {
    let words = ["green tea benefits", "green tea for sleep", "best teapot", "best cast iron teapot"];
    let keywords = words.iter().zip(1..).map(|(text, id)| KeywordInput {
        id: KeywordId(id),
        text: (*text).to_owned(),
        volume: Some(100),
        difficulty: None,
        intent: None,
    });
    let site = SiteContext { language: "en".to_owned(), ..SiteContext::default() };
    let input = TextInput::AutoCluster(ClusterInput { site, keywords: keywords.collect(), existing: Vec::new() });
    let prompt = prompt("Group the keywords.", &input);
    TextRequest {
        call: call(),
        model_name: TEXT_MODEL.to_owned(),
        input,
        system_prompt: prompt.system,
        user_prompt: prompt.user,
        schema: prompt.schema,
        max_output_tokens: 4_000,
        thinking: serde_json::Map::new(),
        context_tokens: 128_000,
        listener: None,
        hangup: Hangup::default(),
    }
}

/// A picture to make, as OpenAI's models are told of it.
pub fn image_request() -> ImageRequest {
    image_request_in(Dialect::OpenAi)
}

/// A picture to make, as models are told of it that are asked in a language.
pub fn image_request_in(dialect: Dialect) -> ImageRequest {
    let (prompt, size, seed) = ("A cast iron teapot on a wooden table", (1_200, 675), 7);
    let ask = Abilities::usual(dialect).ask(&Wish { size, prompt, seed }).expect("a wish that can be met");
    ImageRequest {
        call: call(),
        model_name: IMAGE_MODEL.to_owned(),
        prompt: prompt.to_owned(),
        negative_prompt: String::new(),
        brief: ImageBrief::default(),
        width: size.0,
        height: size.1,
        format: ImageFormat::Png,
        seed,
        earlier: None,
        hangup: Hangup::default(),
        ask,
    }
}

/// How a text and a picture end at a vendor that does this to each.
pub async fn both(client: &OpenAi, vendor: &Vendor, reply: &Reply) -> (Text, Image) {
    vendor.then(reply.clone());
    let text = client.complete(&text_request()).await;
    vendor.then(reply.clone());
    (text, client.render(&image_request()).await)
}

/// How a text ends.
pub type Text = Result<TextAnswer, FailedCall>;
/// How a picture ends.
pub type Image = Result<ImageAnswer, FailedCall>;

/// An answer that holds nothing and says nothing of what it consumed.
pub fn unreadable() -> ProviderError {
    ProviderError::BadReply { usage: Usage::default() }
}

/// Both kinds of request must fail in this way, and be sent once each.
pub async fn both_fail(client: &OpenAi, vendor: &Vendor, reply: &Reply, expected: &ProviderError) {
    vendor.forget();
    let (text, image) = both(client, vendor, reply).await;
    assert_eq!(text.unwrap_err().error, *expected, "a text: {reply:?}");
    assert_eq!(image.unwrap_err().error, *expected, "a picture: {reply:?}");
    let read = if matches!(reply, Reply::ResetUnread) { 0 } else { 2 };
    assert_eq!(vendor.seen().len(), read, "nothing is sent twice: {reply:?}");
}
