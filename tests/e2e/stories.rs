//! The story of a new user: from an empty window over the sample workspace to a first post on a WordPress of their own.

use crate::Failure;
use crate::driver::Find;
use crate::page::{
    balance, expect, is_marked, is_quiet, mark, open, run_button, run_pipeline, waits_for_review, widget,
};
use crate::session::{Session, story};
use crate::site::{add_keywords, approve, connect, get, posts};
use igny8_testkit::wordpress::RealWordPress;
use serde_json::Value;

/// The pages of the sidebar, all of them: one that is missing here fails the story.
const PAGES: [&str; 20] = [
    "Dashboard",
    "Sites",
    "Prompts",
    "Keywords",
    "Clusters",
    "Ideas",
    "Drafts",
    "Images",
    "Review",
    "Calendar",
    "Outbox",
    "Published",
    "Automation",
    "Credits",
    "Usage",
    "Models",
    "AI tasks",
    "Notifications",
    "Settings",
    "Help",
];

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
        add_keywords(driver, &["best hiking boots", "hiking boots for women", "waterproof hiking boots"]).await?;
        let before = balance(driver).await?;
        open(driver, "Dashboard").await?;
        run_pipeline(driver).await?;
        driver
            .until("articles wait for review", async || Ok(waits_for_review(&widget(driver).await?).then_some(())))
            .await?;
        approve_and_publish(session).await?;
        expect(balance(driver).await? != before, "the balance stood still while articles were made")?;
        expect(is_marked(driver).await?, "the page was loaded anew")?;

        let posts = posts(&wordpress, "_embed=1&search=hiking").await;
        check_post(&wordpress, posts.first().expect("a post")).await;
        is_quiet(driver).await
    })
    .await;
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

/// Approves everything in review and publishes what is approved, as a person does.
async fn approve_and_publish(session: &Session) -> Result<(), Failure> {
    let driver = session.driver();
    approve(driver).await?;
    driver.click(&Find::XPath("//*[@role='tab'][starts-with(normalize-space(.), 'Approved')]".to_owned())).await?;
    session.photograph("6-approved").await?;
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
    session.photograph("7-published").await
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
    let picture = get(wordpress, &format!("{}wp/v2/media/{media}", wordpress.api_url())).await;
    assert!(!picture["alt_text"].as_str().expect("an alternative text").is_empty());
    assert_eq!(picture["media_details"]["width"], 1_200);
}
