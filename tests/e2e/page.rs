//! The window in the words of its user: where to go, what the balance and the footer say.

use crate::Failure;
use crate::driver::{Driver, Find};
use serde_json::json;

/// What the footer's workflow widget says, as `name value` pairs in one text.
const WIDGET: &str = "const widget = document.querySelector('section[aria-label=\"Workflow\"]');
return widget ? Array.from(widget.querySelectorAll('dl > div')).map((step) => step.innerText.replace(/\\s+/g, ' ')).join(' | ') : ''";

/// A word on the window object that a reload would wipe out.
const MARK: &str = "window.notReloaded = true";

/// Opens a page by its entry in the sidebar.
pub async fn open(driver: &Driver, page: &str) -> Result<(), Failure> {
    driver.click(&Find::XPath(format!("//nav//a[normalize-space(.)='{page}' or @aria-label='{page}']"))).await?;
    driver.see(&Find::XPath(format!("//h1[contains(normalize-space(.), '{page}')]"))).await
}

/// The button that asks about a run, once its price is known.
const ASK_FOR_RUN: &str = "//button[starts-with(normalize-space(.), 'Run the pipeline')][@aria-disabled='false']";
/// The answer to the question of a run.
const START_RUN: &str = "//*[@role='dialog']//button[starts-with(normalize-space(.), 'Start the run')]";

/// The button that asks about a run.
pub fn run_button() -> Find {
    Find::XPath(ASK_FOR_RUN.to_owned())
}

/// Runs the pipeline at its price: asks, and says yes.
pub async fn run_pipeline(driver: &Driver) -> Result<(), Failure> {
    driver.click(&run_button()).await?;
    driver.click(&Find::XPath(START_RUN.to_owned())).await
}

/// The balance in the header.
pub async fn balance(driver: &Driver) -> Result<String, Failure> {
    driver.text(&Find::Css("header button[aria-label=\"Credit balance\"]".to_owned())).await
}

/// The footer's workflow widget.
pub async fn widget(driver: &Driver) -> Result<String, Failure> {
    let text = driver.execute(WIDGET, json!([])).await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

/// Whether the widget says that all drafts are complete and some wait for a person.
pub fn waits_for_review(widget: &str) -> bool {
    widget.contains("Drafts 0") && !widget.contains("Review 0")
}

/// Remembers that the page is this one.
pub async fn mark(driver: &Driver) -> Result<(), Failure> {
    driver.execute(MARK, json!([])).await.map(drop)
}

/// Whether the page is still the marked one.
pub async fn is_marked(driver: &Driver) -> Result<bool, Failure> {
    let mark = driver.execute("return window.notReloaded === true", json!([])).await?;
    Ok(mark.as_bool().unwrap_or(false))
}

/// Fails when the page has complained on its console.
pub async fn is_quiet(driver: &Driver) -> Result<(), Failure> {
    let said = driver.complaints().await?;
    if said.is_empty() { Ok(()) } else { Err(Failure::new(format!("the console says {said:?}"))) }
}

/// Fails with both sides when a thing is not as it should be.
pub fn expect(is_so: bool, what: impl Into<String>) -> Result<(), Failure> {
    if is_so { Ok(()) } else { Err(Failure::new(what)) }
}
