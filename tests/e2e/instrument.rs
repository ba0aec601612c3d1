//! Checks the instrument before the stories trust it: what the driver reports is what happens in the app's own webview.

use serde_json::json;

use crate::driver::Find;
use crate::session;

/// A form that answers late, like a page that is still loading.
const FORM: &str = r#"
document.body.innerHTML = `<h1>Keywords</h1>
  <label for="name">Name</label><input id="name" value="old">
  <button id="save" disabled>Save it</button><p data-testid="echo"></p>`;
const field = document.getElementById('name');
field.addEventListener('input', () => { document.querySelector('p').textContent = `typed ${field.value}`; });
const button = document.getElementById('save');
button.addEventListener('click', () => { document.querySelector('h1').textContent = "It's saved"; console.error('saved', 7); });
setTimeout(() => { button.disabled = false; }, 500);
"#;

#[tokio::test]
async fn the_driver_types_clicks_reads_and_hears_complaints() {
    session::story("instrument", async |session| {
        let driver = session.driver();
        driver.execute(FORM, json!([])).await?;
        driver.see(&Find::text("Keywords")).await?;

        driver.fill(&Find::field("Name"), "näher am Ziel").await?;
        driver.see(&Find::text("typed näher am Ziel")).await?;
        assert_eq!(driver.text(&Find::test_id("echo")).await?, "typed näher am Ziel", "the old text was replaced");

        let enabled = async || {
            let enabled = driver.execute("return !document.getElementById('save').disabled", json!([])).await?;
            Ok((enabled == json!(true)).then_some(()))
        };
        driver.until("the button can be clicked", enabled).await?;
        driver.click(&Find::button("Save it")).await?;
        driver.see(&Find::text("It's saved")).await?;
        driver.see_no_more(&Find::text("Keywords")).await?;
        assert_eq!(driver.complaints().await?, ["error: saved 7"], "nothing else was said on the console");

        session.photograph("after").await?;
        assert!(session.data_folder().join("igny8.db").is_file(), "the app works in this session's home");
        Ok(())
    })
    .await;
}
