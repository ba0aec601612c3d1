//! The story of a new user: from an empty window over the sample workspace to a first post on a WordPress of their own.

use crate::Failure;
use crate::driver::{Driver, Find};
use crate::page::{balance, expect, is_marked, is_quiet, mark, open, run_button, run_pipeline, widget};
use crate::session::{Session, story};
use igny8_testkit::wordpress::RealWordPress;
use serde_json::Value;

/// The pages of the sidebar, all of them: one that is missing here fails the story.
const PAGES: [&str; 16] = [
    "Dashboard",
    "Sites",
    "Prompts",
    "Keywords",
    "Clusters",
    "Ideas",
    "Drafts",
    "Images",
    "Review",
    "Outbox",
    "Credits",
    "Usage",
    "Models",
    "AI tasks",
    "Notifications",
    "Help",
];

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

/// Presses Publish, then answers its question.
const PUBLISH: &str = "const buttons = Array.from(document.querySelectorAll('button'));
const sure = buttons.find((b) => b.innerText.trim() === 'Publish now' && b.closest('[role=dialog]'));
(sure ?? buttons.find((b) => /^Publish [0-9,]+ article/.test(b.innerText.trim())))?.click();";

/// Whether what all objects inherit refuses a change and an addition, and an object may have its own all the same.
const PROTOTYPE_STAYS: &str = "'use strict';
    const refuses = (change) => { try { change(); return false; } catch { return true; } };
    const heir = {};
    heir.toString = () => 'own';
    return Object.isFrozen(Object.prototype) && String(heir) === 'own'
      && refuses(() => { Object.prototype.toString = () => 'changed'; })
      && refuses(() => { Object.prototype.added = true; });";

#[tokio::test]
async fn a_newcomer_goes_from_the_sample_to_a_post_on_their_own_wordpress() {
    let wordpress = RealWordPress::start();
    story("newcomer", async |session| {
        let driver = session.driver();
        driver.see(&Find::button("Try the sample workspace")).await?;
        session.photograph("1-first-start").await?;
        mark(driver).await?;
        sample_becomes_articles(session).await?;
        every_page_says_the_same(session).await?;
        an_unknown_page_has_ways_out(session).await?;
        nobody_was_called(session)?;

        connect(session, &wordpress).await?;
        let called = session.calls().outward;
        let site = wordpress.base_url.trim_start_matches("http://").split('/').next().unwrap_or_default();
        expect(called.contains(site), format!("the connection to {site} was not seen: {called:?}"))?;
        add_keywords(driver).await?;
        let before = balance(driver).await?;
        open(driver, "Dashboard").await?;
        run_pipeline(driver).await?;
        driver
            .until("articles wait for review", async || Ok(waits_for_review(&widget(driver).await?).then_some(())))
            .await?;
        approve_and_publish(session).await?;
        expect(balance(driver).await? != before, "the balance stood still while articles were made")?;
        expect(is_marked(driver).await?, "the page was loaded anew")?;

        let posts = posts(&wordpress).await;
        check_post(&wordpress, posts.first().expect("a post")).await;
        is_quiet(driver).await
    })
    .await;
}

fn waits_for_review(widget: &str) -> bool {
    widget.contains("Drafts 0") && !widget.contains("Review 0")
}

/// Takes the offer and runs the pipeline: balance and widget move while it works, without a reload.
async fn sample_becomes_articles(session: &Session) -> Result<(), Failure> {
    let driver = session.driver();
    driver.click(&Find::button("Try the sample workspace")).await?;
    driver.see(&run_button()).await?;
    let before = balance(driver).await?;
    let empty = widget(driver).await?;
    expect(empty.contains("Keywords 0/40"), format!("the widget says {empty}"))?;
    session.photograph("2-sample").await?;

    run_pipeline(driver).await?;
    let moved = driver.until("the balance and the widget move", async || {
        let now = (balance(driver).await?, widget(driver).await?);
        Ok((now.0 != before && now.1 != empty).then_some(now))
    });
    let first = moved.await?;
    session.photograph("3-running").await?;
    driver
        .until("every article has its images and waits for review", async || {
            let now = widget(driver).await?;
            Ok((waits_for_review(&now) && now != first.1).then_some(()))
        })
        .await?;
    expect(is_marked(driver).await?, "the page was loaded anew")?;
    expect(balance(driver).await? != first.0, "the balance stood still while images were made")
}

/// From the first start to here neither the app nor a process of the webview has reached for a network; the one address of
/// this machine is the driver's, which they report to.
fn nobody_was_called(session: &Session) -> Result<(), Failure> {
    let calls = session.calls();
    println!("attempts to connect: {} looked at, {} beyond this machine", calls.connects, calls.beyond().len());
    expect(calls.connects > 0, "the window was not traced")?;
    expect(calls.beyond().is_empty() && calls.outward.len() <= 1, format!("somebody was called: {:?}", calls.outward))
}

/// The widget is one truth: the same on every page, and whichever sector a page is narrowed to.
async fn every_page_says_the_same(session: &Session) -> Result<(), Failure> {
    let driver = session.driver();
    let everywhere = widget(driver).await?;
    let links = driver
        .execute("return document.querySelectorAll('nav[aria-label=\"Pages\"] a').length", serde_json::json!([]))
        .await?;
    expect(links.as_u64() == u64::try_from(PAGES.len()).ok(), format!("the sidebar has {links} pages"))?;
    for page in PAGES {
        open(driver, page).await?;
        let here = widget(driver).await?;
        expect(here == everywhere, format!("on {page} the widget says {here}, elsewhere {everywhere}"))?;
        session.photograph(&format!("4-{}", page.to_lowercase().replace(' ', "-"))).await?;
    }
    open(driver, "Keywords").await?;
    for sector in ["Brewing", "Equipment", "All sectors"] {
        driver.click(&Find::Css("input[aria-label='Sector']".to_owned())).await?;
        driver.click(&Find::XPath(format!("//*[@role='option'][normalize-space(.)='{sector}']"))).await?;
        let rows = if sector == "All sectors" { "40" } else { "20" };
        driver.see(&Find::XPath(format!("//h1/..//*[normalize-space(.)='{rows}']"))).await?;
        let here = widget(driver).await?;
        expect(here == everywhere, format!("in {sector} the widget says {here}, elsewhere {everywhere}"))?;
    }
    let is_frozen = driver.execute(PROTOTYPE_STAYS, serde_json::json!([])).await?;
    expect(is_frozen.as_bool() == Some(true), "what all objects inherit can be changed")
}

async fn an_unknown_page_has_ways_out(session: &Session) -> Result<(), Failure> {
    let driver = session.driver();
    driver.execute("location.hash = '#/no-such-page'", serde_json::json!([])).await?;
    driver.see(&Find::text("404")).await?;
    for way_out in ["Back", "Help", "Home"] {
        driver.see(&Find::button(way_out)).await?;
    }
    session.photograph("5-not-found").await?;
    driver.click(&Find::button("Home")).await?;
    driver.see(&Find::XPath("//h1[contains(normalize-space(.), 'Dashboard')]".to_owned())).await
}

/// Adds the WordPress site by its form, tests the connection, and makes it the current site.
async fn connect(session: &Session, wordpress: &RealWordPress) -> Result<(), Failure> {
    let driver = session.driver();
    open(driver, "Sites").await?;
    driver.click(&Find::button("Add a site")).await?;
    driver.fill(&Find::field("Name"), "Trail Notes").await?;
    driver.fill(&Find::field("Address"), &wordpress.base_url).await?;
    driver.fill(&Find::field("User name"), &wordpress.user).await?;
    driver.fill(&Find::field("Application password"), &wordpress.app_password).await?;
    session.photograph("6-form").await?;
    driver.click(&Find::button("Add site")).await?;
    driver.see(&Find::Css("input[placeholder^='Stored.']".to_owned())).await?;
    driver
        .until("the connection is tested", async || {
            let is_signed_in = driver.execute(TEST_CONNECTION, serde_json::json!([])).await?;
            Ok(is_signed_in.as_bool().filter(|is| *is))
        })
        .await?;
    session.photograph("7-connected").await?;
    driver.click(&Find::button("Cancel")).await?;
    driver
        .see(&Find::Css("nav button[aria-label$=': Trail Notes'], button[aria-label$=': Trail Notes']".to_owned()))
        .await
}

/// Types three keywords in.
async fn add_keywords(driver: &Driver) -> Result<(), Failure> {
    open(driver, "Keywords").await?;
    driver.click(&Find::button("Add")).await?;
    const ENTER: char = '\u{E007}';
    let typed = format!("best hiking boots{ENTER}hiking boots for women{ENTER}waterproof hiking boots");
    driver.fill(&Find::field("Keywords"), &typed).await?;
    let add = "//*[@role='dialog']//button[starts-with(normalize-space(.), 'Add')]";
    driver.click(&Find::XPath(add.to_owned())).await?;
    driver
        .until("the keywords are there", async || Ok(widget(driver).await?.contains("Keywords 0/3").then_some(())))
        .await
}

/// Approves everything in review and publishes what is approved, as a person does.
async fn approve_and_publish(session: &Session) -> Result<(), Failure> {
    let driver = session.driver();
    open(driver, "Review").await?;
    driver
        .until("everything is approved", async || {
            let is_done = widget(driver).await?.contains("Review 0");
            if !is_done {
                driver.execute(APPROVE, serde_json::json!([])).await?;
            }
            Ok(is_done.then_some(()))
        })
        .await?;
    driver.click(&Find::XPath("//*[@role='tab'][starts-with(normalize-space(.), 'Approved')]".to_owned())).await?;
    session.photograph("8-approved").await?;
    driver
        .until("everything is published", async || {
            let now = widget(driver).await?;
            let is_done = now.contains("Review 0") && !now.contains("Published 0");
            if !is_done {
                driver.execute(PUBLISH, serde_json::json!([])).await?;
            }
            Ok(is_done.then_some(()))
        })
        .await?;
    session.photograph("9-published").await
}

async fn posts(wordpress: &RealWordPress) -> Vec<Value> {
    let address = format!("{}/wp/v2/posts?_embed=1&search=hiking&context=edit", wordpress.api_url());
    get(wordpress, &address).await.as_array().cloned().unwrap_or_default()
}

async fn get(wordpress: &RealWordPress, address: &str) -> Value {
    let client = reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
    let request = client.get(address).basic_auth(&wordpress.user, Some(&wordpress.app_password));
    request.send().await.expect("an answer").json().await.expect("JSON")
}

/// The post as WordPress has it: public, with its picture, alternative text, terms and blocks.
async fn check_post(wordpress: &RealWordPress, post: &Value) {
    assert_eq!(post["status"], "publish");
    let body = post["content"]["raw"].as_str().expect("a raw body");
    assert!(body.contains("<!-- wp:heading"), "no blocks in {body:.300}");
    assert!(body.contains("<!-- wp:image"), "no picture in the text");
    assert!(!post["categories"].as_array().expect("categories").is_empty());
    assert!(!post["tags"].as_array().expect("tags").is_empty());
    let media = post["featured_media"].as_i64().expect("a featured picture");
    let picture = get(wordpress, &format!("{}/wp/v2/media/{media}", wordpress.api_url())).await;
    assert!(!picture["alt_text"].as_str().expect("an alternative text").is_empty());
    assert_eq!(picture["media_details"]["width"], 1_200);
}
