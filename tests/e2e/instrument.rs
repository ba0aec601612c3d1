//! Checks the instrument before the stories trust it: what the driver reports is what happens in the app's own webview.

use serde_json::json;

use crate::driver::Find;
use crate::session;

/// A form above the app's page, which answers late, as a page does that is still loading.
const FORM: &str = r#"
const form = document.createElement('dialog');
form.innerHTML = `<h1>A planted form</h1>
  <label for="planted">Planted name</label><input id="planted" value="old">
  <button disabled>Plant it</button><p data-testid="echo"></p>`;
document.body.append(form);
form.showModal();
const [title, , field, button, echo] = form.children;
field.addEventListener('input', () => { echo.textContent = `typed ${field.value}`; });
button.addEventListener('click', () => { title.textContent = "It's planted"; console.error('planted', 7); });
setTimeout(() => { button.disabled = false; }, 500);
"#;

#[tokio::test]
async fn the_driver_types_clicks_reads_and_hears_complaints() {
    session::story("instrument", async |session| {
        let driver = session.driver();
        driver.execute(FORM, json!([])).await?;
        driver.see(&Find::text("A planted form")).await?;

        driver.fill(&Find::field("Planted name"), "näher am Ziel").await?;
        driver.see(&Find::text("typed näher am Ziel")).await?;
        assert_eq!(driver.text(&Find::test_id("echo")).await?, "typed näher am Ziel", "the old text was replaced");

        let enabled = async || {
            let enabled = driver.execute("return !document.querySelector('dialog button').disabled", json!([])).await?;
            Ok((enabled == json!(true)).then_some(()))
        };
        driver.until("the button can be clicked", enabled).await?;
        driver.click(&Find::button("Plant it")).await?;
        driver.see(&Find::text("It's planted")).await?;
        driver.see_no_more(&Find::text("A planted form")).await?;
        let complaints = driver.complaints().await?;
        assert!(complaints.contains(&"error: planted 7".to_owned()), "the console was heard: {complaints:?}");

        session.photograph("after").await?;
        assert!(session.data_folder().join("igny8.db").is_file(), "the app works in this session's home");
        Ok(())
    })
    .await;
}
