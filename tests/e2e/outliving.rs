//! The story of a run that outlives its program, and of a post that moves on its site when its card is moved here: paused
//! and killed, gone on with and killed at work, gone on with and finished; then planned, handed over, and dragged.

use crate::Failure;
use crate::color::Paint;
use crate::driver::{Driver, Find};
use crate::page::{expect, is_marked, is_quiet, mark, open, run_pipeline, waits_for_review, widget};
use crate::session::{Session, story};
use crate::site::{add_keywords, approve, connect, posts};
use igny8_testkit::wordpress::RealWordPress;
use serde_json::{Value, json};

/// Enough for several articles with their pictures: work that is still going on when it is interrupted twice.
const KEYWORDS: [&str; 12] = [
    "best hiking boots",
    "waterproof hiking boots",
    "hiking boots for women",
    "winter tent for two",
    "ultralight tent",
    "how to pitch a tent",
    "trail running shoes",
    "trail running for beginners",
    "trail running socks",
    "camping stove for beginners",
    "best gas for a camping stove",
    "camping stove without wind",
];

/// Credits that are there, as the header tells those who hear it.
const AVAILABLE: &str = "const button = document.querySelector('header button[aria-label=\"Credit balance\"]');
return button?.querySelector('[aria-label]')?.getAttribute('aria-label') ?? null;";

/// The colour of the edge of the panel, where a line begins.
const EDGE: &str = "const panel = document.querySelector('section[aria-labelledby=pipeline-title]');
return panel === null ? null : getComputedStyle(panel).borderInlineStartColor;";

/// The theme's amber for what stands still.
const AMBER_EDGE: &str = "rgb(242, 183, 5)";

/// Hues, in degrees, that people call so.
const AMBER: std::ops::Range<f64> = 35.0..55.0;
const GREEN: std::ops::Range<f64> = 130.0..170.0;

/// WCAG 2.2, 1.4.3: text of this size.
const CONTRAST: f64 = 4.5;

/// The next month, whose tenth and seventeenth are days to come whatever today is.
const NEXT_MONTH: &str = "const now = new Date();
return new Date(Date.UTC(now.getFullYear(), now.getMonth() + 1, 1)).toISOString().slice(0, 7);";

#[tokio::test]
async fn a_run_outlives_its_program_and_a_card_that_is_dragged_moves_its_post() {
    let wordpress = RealWordPress::start();
    story("outliving", async |session| {
        session.driver().see(&Find::button("Try the sample workspace")).await?;
        connect(session, &wordpress).await?;
        add_keywords(session.driver(), &KEYWORDS).await?;
        open(session.driver(), "Dashboard").await?;
        let paused = begins_moves_and_pauses(session).await?;

        session.kill_and_start_again().await?;
        let driver = session.driver();
        driver.see(&Find::text("Paused")).await?;
        stands_still(session, "3-killed-while-paused").await?;
        expect(available(driver).await? == paused, "the balance moved while nothing ran")?;
        darken(driver).await?;
        stands_still(session, "4-in-the-dark").await?;
        resume(driver).await?;
        works_on(driver).await?;

        session.kill_and_start_again().await?;
        let driver = session.driver();
        driver.see(&Find::text("Interrupted")).await?;
        stands_still(session, "5-killed-at-work").await?;
        resume(driver).await?;
        let finished = async || Ok(waits_for_review(&widget(driver).await?).then_some(()));
        driver.until("the run has finished", finished).await?;
        open(driver, "Credits").await?;
        driver.see(&Find::text("The books balance")).await?;

        approve(driver).await?;
        a_card_moves_its_post(session, &wordpress).await?;
        is_quiet(driver).await
    })
    .await;
}

/// Runs the pipeline, sees the balance move more than once on the same page, and pauses. Returns what is left.
async fn begins_moves_and_pauses(session: &Session) -> Result<f64, Failure> {
    let driver = session.driver();
    mark(driver).await?;
    run_pipeline(driver).await?;
    works_on(driver).await?;
    works_on(driver).await?;
    session.photograph("1-running").await?;
    is_painted(driver, "Pause", AMBER).await?;
    is_painted(driver, "Cancel run", red()).await?;
    driver.click(&Find::button("Pause")).await?;
    driver
        .see(&Find::XPath("//*[starts-with(normalize-space(.), 'Nothing is spent until you resume.')]".to_owned()))
        .await?;
    session.photograph("2-paused").await?;
    expect(is_marked(driver).await?, "the page was loaded anew")?;
    is_quiet(driver).await?;
    available(driver).await
}

/// Waits until credits were spent, as the header shows them.
async fn works_on(driver: &Driver) -> Result<(), Failure> {
    let before = available(driver).await?;
    driver.until("the balance moves", async || Ok((available(driver).await? < before).then_some(()))).await
}

/// The panel is edged in amber, and both ways on are in their colours.
async fn stands_still(session: &Session, picture: &str) -> Result<(), Failure> {
    let driver = session.driver();
    is_painted(driver, "Resume", GREEN).await?;
    is_painted(driver, "Cancel run", red()).await?;
    let edge = driver.execute(EDGE, json!([])).await?;
    session.photograph(picture).await?;
    expect(edge == json!(AMBER_EDGE), format!("the edge of the panel is {edge}"))
}

/// Goes on at the price that is asked.
async fn resume(driver: &Driver) -> Result<(), Failure> {
    let asked = "//main//button[starts-with(normalize-space(.), 'Resume')][@aria-disabled='false']";
    driver.click(&Find::XPath(asked.to_owned())).await?;
    driver.click(&Find::XPath("//*[@role='dialog']//button[normalize-space(.)='Resume']".to_owned())).await?;
    driver.see(&Find::button("Pause")).await
}

/// Chooses the dark theme and comes back.
async fn darken(driver: &Driver) -> Result<(), Failure> {
    open(driver, "Settings").await?;
    driver.click(&Find::XPath("//label[normalize-space(.)='Dark']".to_owned())).await?;
    driver.see(&Find::Css("html[data-mantine-color-scheme='dark']".to_owned())).await?;
    open(driver, "Dashboard").await
}

/// From hue to hue, over the red at 0.
fn red() -> std::ops::Range<f64> {
    340.0..380.0
}

async fn is_painted(driver: &Driver, button: &str, hues: std::ops::Range<f64>) -> Result<(), Failure> {
    let paint = Paint::of(driver, button).await?;
    let hue = paint.fill.hue();
    let is_of_hue = hues.contains(&hue) || hues.contains(&(hue + 360.0));
    expect(is_of_hue, format!("{button} has the hue {hue:.0}: {paint:?}"))?;
    expect(paint.contrast() >= CONTRAST, format!("{button} has the contrast {:.2}: {paint:?}", paint.contrast()))
}

async fn available(driver: &Driver) -> Result<f64, Failure> {
    let shown = driver.execute(AVAILABLE, json!([])).await?;
    let number = shown.as_str().and_then(|text| text.replace(',', "").parse().ok());
    number.ok_or_else(|| Failure::new(format!("the balance says {shown}")))
}

/// Plans an article by dragging it onto a day, waits until WordPress holds it for that day, drags it to another, and reads
/// the date back from WordPress.
async fn a_card_moves_its_post(session: &Session, wordpress: &RealWordPress) -> Result<(), Failure> {
    let driver = session.driver();
    open(driver, "Calendar").await?;
    driver.click(&Find::button("Next month")).await?;
    let month = driver.execute(NEXT_MONTH, json!([])).await?;
    let month = month.as_str().unwrap_or_default();
    let day = |number: u8| format!("[data-date='{month}-{number:02}']");
    let card_of = |number: u8| Find::Css(format!("{} [data-card]", day(number)));
    driver.drag(&Find::Css("aside [data-card]".to_owned()), &Find::Css(day(10))).await?;
    driver.see(&card_of(10)).await?;
    let first = held_for(driver, wordpress, &format!("{month}-10T09:00:00")).await?;

    driver.drag(&card_of(10), &Find::Css(day(17))).await?;
    driver.see(&card_of(17)).await?;
    let moved = held_for(driver, wordpress, &format!("{month}-17T09:00:00")).await?;
    expect(first == moved, format!("another post was made: {moved} beside {first}"))?;
    driver.see_no_more(&Find::XPath("//*[@data-card]//*[normalize-space(.)='Not yet on the site']".to_owned())).await?;
    session.photograph("6-moved").await
}

/// Waits until WordPress has one post of the future, for this time; returns its id there.
async fn held_for(driver: &Driver, wordpress: &RealWordPress, date: &str) -> Result<Value, Failure> {
    let held = async || match posts(wordpress, "status=future").await.as_slice() {
        [post] if post["date"] == json!(date) => Ok(Some(post["id"].clone())),
        [_] | [] => Ok(None),
        several => Err(Failure::new(format!("WordPress holds {} posts", several.len()))),
    };
    driver.until(&format!("WordPress holds the post for {date}"), held).await
}
