//! The life of the app on a bare desktop: no tray, nobody who shows notifications. Everything else is there, and what is
//! missing is said.

use crate::Failure;
use crate::driver::Find;
use crate::page::{expect, is_quiet, open};
use crate::session::story;

/// Whether the switch of the tray can be moved.
const TRAY_SWITCH: &str =
    "const named = (input) => (input.labels?.[0]?.innerText ?? '').includes('Keep running in the tray');
const input = Array.from(document.querySelectorAll('input[type=checkbox]')).find(named);
return input === undefined ? null : input.disabled;";

/// A sentence that begins so.
fn says(beginning: &str) -> Find {
    Find::XPath(format!("//body//*[starts-with(normalize-space(.), '{beginning}')]"))
}

#[tokio::test]
async fn a_bare_desktop_is_enough_and_a_second_start_leads_to_the_first_window() {
    story("life", async |session| {
        let driver = session.driver();
        driver.see(&Find::button("Try the sample workspace")).await?;
        open(driver, "Settings").await?;
        driver.see(&says("This desktop has no tray")).await?;
        let is_disabled = driver.execute(TRAY_SWITCH, serde_json::json!([])).await?;
        expect(is_disabled.as_bool() == Some(true), format!("the switch of the tray: {is_disabled}"))?;
        driver.see(&says("Nothing shows notifications on this desktop")).await?;
        session.photograph("1-settings").await?;

        let second = session.start_again()?;
        let said = String::from_utf8_lossy(&second.stderr);
        expect(second.status.code() == Some(0), format!("the second start ended with {}: {said}", second.status))?;
        expect(said.is_empty(), format!("the second start said {said}"))?;
        driver.see(&says("This desktop has no tray")).await?;

        driver.click(&Find::XPath("//label[contains(normalize-space(.), 'Start when I sign in')]".to_owned())).await?;
        let entry = session.settings_folder().join("autostart").join("com.igny8.desktop.desktop");
        driver.until("the entry is written", async || Ok(entry.is_file().then_some(()))).await?;
        let written = std::fs::read_to_string(&entry).map_err(|error| Failure::new(format!("the entry: {error}")))?;
        expect(written.contains("--in-tray"), format!("the entry says {written}"))?;
        is_quiet(driver).await
    })
    .await;
}
