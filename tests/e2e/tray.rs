//! The app on a desktop with a panel: its icon, what its menu says and does, and its end from there.

use crate::Failure;
use crate::driver::{Driver, Find};
use crate::page::is_quiet;
use crate::panel::Panel;
use crate::session::story;

const PAUSE: &str = "Pause all AI work";

#[tokio::test]
async fn a_panel_has_the_icon_and_its_menu_does_what_it_says() {
    story("tray", async |session| {
        session.driver().see(&Find::button("Try the sample workspace")).await?;
        let panel = Panel::on(&session.bus()?)?;
        session.driver().until("the icon is up", async || Ok((panel.icons() > 0).then_some(()))).await?;
        says(
            session.driver(),
            &panel,
            &["Open Igny8", "Nothing is scheduled", "No automation is running", PAUSE, "Quit"],
        )
        .await?;
        panel.click(PAUSE)?;
        let banner =
            Find::XPath("//*[contains(normalize-space(text()), 'All AI work has been paused since')]".to_owned());
        session.driver().see(&banner).await?;
        says(session.driver(), &panel, &["All AI work is paused", "Resume all AI work…"]).await?;

        is_quiet(session.driver()).await?;
        panel.click("Quit")?;
        session.driver().until("the app ends", async || Ok((!session.is_running()).then_some(()))).await
    })
    .await;
}

/// Waits until the menu has these lines.
async fn says(driver: &Driver, panel: &Panel, lines: &[&str]) -> Result<(), Failure> {
    let wanted = format!("the menu says {lines:?}");
    driver
        .until(&wanted, async || {
            let menu = panel.menu()?;
            Ok(lines.iter().all(|wanted| menu.iter().any(|line| line.label == *wanted)).then_some(()))
        })
        .await
}
