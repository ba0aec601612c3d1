//! How soon the window shows what was committed, and how often it is drawn anew while much is: the goal P20, measured where
//! it is meant, in the real webview, on the number that is always in sight. Credits are granted by the page's own way to the
//! app, one commit each.

use crate::Failure;
use crate::driver::{Driver, Find};
use crate::page::{expect, is_quiet};
use crate::session::story;
use serde::Deserialize;
use serde_json::json;

/// What both measurements need: the number in the header, how it is changed by a commit, and when a change was painted.
const TOOLS: &str = "
const button = document.querySelector('header button[aria-label=\"Credit balance\"]');
const shown = () => Number(button.querySelector('[aria-label]').getAttribute('aria-label').replaceAll(',', ''));
const key = () => {
  const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
};
const grant = () => window.__TAURI_INTERNALS__.invoke('credits_grant', { amount: '1', memo: 'measured', key: key() });
const watch = (changed) => {
  const watcher = new MutationObserver(() => changed());
  watcher.observe(button, { subtree: true, attributes: true, childList: true, characterData: true });
  return watcher;
};
const painted = () => new Promise((done) => requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => done(performance.now()); port2.postMessage(null); }));
const done = arguments[arguments.length - 1];";

/// Grants one by one and notes how long after the app was asked its answer was there, which it gives once it has committed,
/// and how long after that the number was painted. Each comes when it has been quiet for a while: the app tells of commits
/// ten times a second at the most, and one right after another waits for its turn.
const ONE_BY_ONE: &str = "
const one = async () => {
  const goal = shown() + 1;
  const seen = new Promise((tell) => { const watcher = watch(() => {
    if (shown() === goal) { watcher.disconnect(); painted().then(tell); } }); });
  const asked = performance.now();
  const answered = grant().then(() => performance.now());
  return [(await answered) - asked, (await seen) - (await answered)];
};
const all = [];
for (let nth = 0; nth < arguments[0]; nth += 1) {
  all.push(await one());
  // Not in step with anything that goes by a clock of its own.
  await new Promise((tell) => setTimeout(tell, 120 + (nth * 37) % 100));
}
done({ commits: all.map(([commit]) => commit), screens: all.map(([, screen]) => screen) });";

/// The bare way to the app and onto the screen: a question that changes nothing, and the next frame.
const BARE: &str = "
const all = [];
for (let nth = 0; nth < arguments[0]; nth += 1) {
  const asked = performance.now();
  await window.__TAURI_INTERNALS__.invoke('balance');
  all.push((await painted()) - asked);
}
done(all);";

/// Grants without a pause from several lanes, and notes when the number on the screen changes.
const FLOOD: &str = "
const began = performance.now();
const first = shown();
let [commits, last, updates] = [0, first, []];
const watcher = watch(() => { if (shown() !== last) { last = shown(); updates.push(performance.now() - began); } });
const lane = async () => { while (performance.now() - began < arguments[0]) { await grant(); commits += 1; } };
await Promise.all(Array.from({ length: arguments[1] }, lane));
const took = performance.now() - began;
while (shown() !== first + commits) await new Promise((tell) => setTimeout(tell, 10));
const settled = performance.now() - began - took;
watcher.disconnect();
done({ commits, took, settled, updates });";

/// Commits that are followed to the screen.
const FOLLOWED: usize = 60;

/// How long commits are poured in, in milliseconds, and over how many lanes at once.
const FLOOD_MS: u32 = 3_000;
const LANES: u32 = 32;

/// Set where the machine has nothing else to do, as `make bench` asks for: the goals are judged there, and printed elsewhere.
const JUDGES: &str = "IGNY8_JUDGES";
/// P20: 95 of 100 commits are on the screen within so many milliseconds.
const SOON_MS: f64 = 100.0;
/// P20: the number is drawn anew so often a second at the most.
const UPDATES_A_SECOND: usize = 10;
const SECOND_MS: f64 = 1_000.0;

#[derive(Deserialize)]
struct Followed {
    commits: Vec<f64>,
    screens: Vec<f64>,
}

#[derive(Deserialize)]
struct Flooded {
    commits: f64,
    took: f64,
    settled: f64,
    updates: Vec<f64>,
}

#[tokio::test]
async fn commits_reach_the_screen_and_how_soon_is_said() {
    story("live", async |session| {
        let driver = session.driver();
        driver.see(&Find::Css("header button[aria-label='Credit balance']".to_owned())).await?;
        let bare = p95(measured(driver, BARE, json!([FOLLOWED])).await?);
        let followed: Followed = measured(driver, ONE_BY_ONE, json!([FOLLOWED])).await?;
        let (commit, screen) = (p95(followed.commits), p95(followed.screens));
        println!(
            "P20: there and back p95 {bare:.1} ms; committed p95 {commit:.1} ms after it was asked for, on the screen p95 \
             {screen:.1} ms later (goal {SOON_MS} ms)"
        );

        let flooded: Flooded = measured(driver, FLOOD, json!([FLOOD_MS, LANES])).await?;
        let rate = SECOND_MS * flooded.commits / flooded.took;
        let most = most_a_second(&flooded.updates);
        println!(
            "P20: {rate:.0} commits/s, at most {most} updates in a second (goal {UPDATES_A_SECOND}), the last one {:.0} ms \
             after the last commit",
            flooded.settled
        );
        expect(!flooded.updates.is_empty(), "the number stood still")?;
        if std::env::var_os(JUDGES).is_some() {
            expect(screen <= SOON_MS, format!("on the screen within {SOON_MS} ms, and not {screen:.1}"))?;
            expect(most <= UPDATES_A_SECOND, format!("{UPDATES_A_SECOND} updates in a second, and not {most}"))?;
        }
        is_quiet(driver).await
    })
    .await;
}

async fn measured<Figures: serde::de::DeserializeOwned>(
    driver: &Driver,
    script: &str,
    arguments: serde_json::Value,
) -> Result<Figures, Failure> {
    // A script that fails says so itself, where the driver would wait until its own time is over.
    let whole = format!(
        "{TOOLS} (async function () {{ {script} }}).apply(null, arguments).catch((error) => done(`${{error}}`));"
    );
    let figures = driver.execute_later(&whole, arguments).await?;
    serde_json::from_value(figures.clone()).map_err(|error| Failure::new(format!("{error}: {figures}")))
}

fn p95(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() * 95 / 100]
}

/// Most moments within any second, its end not in it.
fn most_a_second(moments: &[f64]) -> usize {
    let within = |from: &f64| moments.iter().filter(|at| (*from..from + SECOND_MS).contains(*at)).count();
    moments.iter().map(within).max().unwrap_or(0)
}

#[test]
fn figures_are_summed_up_as_the_goal_means_them() {
    assert_eq!(p95((1..=100).map(f64::from).collect()), 96.0);
    assert_eq!(most_a_second(&[0.0, 100.0, 900.0, 1_000.0, 1_050.0, 3_000.0]), 4);
    assert_eq!(most_a_second(&[]), 0);
}
