//! A WordPress of the user's own, in the words of its user: connected in the window, and asked itself what it has.

use crate::Failure;
use crate::driver::{Driver, Find};
use crate::page::{open, widget};
use crate::session::Session;
use igny8_testkit::wordpress::RealWordPress;
use serde_json::{Value, json};

/// Whether the drawer says who we are there; presses its button while it does not. The drawer of the new site gives way
/// to the site's own in between, and a press that meets the change is lost.
const TEST_CONNECTION: &str = "const drawer = document.querySelector('[role=dialog]');
if (drawer === null) return false;
if (drawer.innerText.includes('Signed in as')) return true;
const named = (button) => button.innerText.trim() === 'Test connection' && !button.disabled;
Array.from(drawer.querySelectorAll('button')).find(named)?.click();
return false;";

/// Selects every row, then presses Approve in the bar that appears. Rows that arrive late want a second try.
const APPROVE: &str =
    "const bar = Array.from(document.querySelectorAll('button')).find((b) => b.innerText.trim() === 'Approve');
(bar ?? document.querySelector('input[aria-label=\"Select all loaded rows\"]'))?.click();";

/// Adds the WordPress site by its form, tests the connection, and makes it the current site.
pub async fn connect(session: &Session, wordpress: &RealWordPress) -> Result<(), Failure> {
    let driver = session.driver();
    open(driver, "Sites").await?;
    driver.click(&Find::button("Add a site")).await?;
    driver.fill(&Find::field("Name"), "Trail Notes").await?;
    driver.fill(&Find::field("Address"), &wordpress.base_url).await?;
    driver.fill(&Find::field("User name"), &wordpress.user).await?;
    driver.fill(&Find::field("Application password"), &wordpress.app_password).await?;
    session.photograph("form").await?;
    driver.click(&Find::button("Add site")).await?;
    driver.see(&Find::Css("input[placeholder^='Stored.']".to_owned())).await?;
    driver
        .until("the connection is tested", async || {
            let is_signed_in = driver.execute(TEST_CONNECTION, json!([])).await?;
            Ok(is_signed_in.as_bool().filter(|is| *is))
        })
        .await?;
    session.photograph("connected").await?;
    driver.click(&Find::button("Cancel")).await?;
    driver
        .see(&Find::Css("nav button[aria-label$=': Trail Notes'], button[aria-label$=': Trail Notes']".to_owned()))
        .await
}

/// Types keywords in.
pub async fn add_keywords(driver: &Driver, keywords: &[&str]) -> Result<(), Failure> {
    const ENTER: &str = "\u{E007}";
    open(driver, "Keywords").await?;
    driver.click(&Find::button("Add")).await?;
    driver.fill(&Find::field("Keywords"), &keywords.join(ENTER)).await?;
    let add = "//*[@role='dialog']//button[starts-with(normalize-space(.), 'Add')]";
    driver.click(&Find::XPath(add.to_owned())).await?;
    let added = format!("Keywords 0/{}", keywords.len());
    driver.until("the keywords are there", async || Ok(widget(driver).await?.contains(&added).then_some(()))).await
}

/// Approves everything in review.
pub async fn approve(driver: &Driver) -> Result<(), Failure> {
    open(driver, "Review").await?;
    let approved = async || {
        let is_done = widget(driver).await?.contains("Review 0");
        if !is_done {
            driver.execute(APPROVE, json!([])).await?;
        }
        Ok(is_done.then_some(()))
    };
    driver.until("everything is approved", approved).await
}

/// Posts as WordPress itself has them: what stands after `posts?` in the address says which.
pub async fn posts(wordpress: &RealWordPress, which: &str) -> Vec<Value> {
    let address = format!("{}wp/v2/posts?context=edit&{which}", wordpress.api_url());
    get(wordpress, &address).await.as_array().cloned().unwrap_or_default()
}

/// What WordPress answers its administrator at an address.
pub async fn get(wordpress: &RealWordPress, address: &str) -> Value {
    let client = reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
    let request = client.get(address).basic_auth(&wordpress.user, Some(&wordpress.app_password));
    request.send().await.expect("an answer").json().await.expect("JSON")
}
