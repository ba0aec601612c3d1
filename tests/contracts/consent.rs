//! Being let in by a person and letting go again, at a real WordPress: its own page of consent, and its list of passwords.

use crate::loopback::{Loopback, Seen, json};
use crate::secure;
use crate::site::{admin, client, install_cryptography};
use igny8_core::port::{Destination, SiteError};
use igny8_core::time::UtcMs;
use igny8_testkit::wordpress::RealWordPress;
use igny8_tests::program::Home;
use igny8_wordpress::{Consent, Options, consent};

async fn ask(address: &str) -> Result<Consent, SiteError> {
    ask_at(address, UtcMs(1_795_424_400_000)).await
}

async fn ask_at(address: &str, now: UtcMs) -> Result<Consent, SiteError> {
    install_cryptography();
    consent(address, now, Options::default()).await
}

/// Logs the administrator in by a browser's form, opens the page and approves, as a person does. Answers the password that
/// the page shows then.
async fn approve(wordpress: &RealWordPress, page: &str) -> String {
    let _ = wordpress.eval_php("wp_set_password('let me in', get_user_by('login', 'admin')->ID);");
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let form = [("log", "admin"), ("pwd", "let me in"), ("redirect_to", page), ("testcookie", "1")];
    let login = browser.post(format!("{}/wp-login.php", wordpress.base_url)).form(&form);
    let entered = login.header("Cookie", "wordpress_test_cookie=WP%20Cookie%20check").send().await.unwrap();
    let given = entered.headers().get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let cookies: Vec<&str> = given.map(|cookie| cookie.split(';').next().unwrap()).collect();
    let cookies = cookies.join("; ");
    let asked = browser.get(page).header("Cookie", &cookies).send().await.unwrap().text().await.unwrap();
    // The page's script sends this when the button is pressed, and shows the answer's password.
    let field = |before: &str| {
        let (_, after) = asked.split_once(before).unwrap_or_else(|| panic!("{before}: {asked}"));
        after.split('"').next().unwrap().to_owned()
    };
    let asked_for = url::Url::parse(page).unwrap();
    let name = asked_for.query_pairs().find(|(key, _)| key == "app_name").unwrap().1.into_owned();
    assert!(asked.contains(&name), "the person sees who asks: {asked}");
    let fields = serde_json::json!({ "name": name, "app_id": field("name=\"app_id\" value=\"") });
    let made = browser.post(format!("{}wp/v2/users/me/application-passwords", wordpress.api_url())).json(&fields);
    let made = made.header("Cookie", &cookies).header("X-WP-Nonce", field("\"nonce\":\"")).send().await.unwrap();
    let made: serde_json::Value = made.json().await.unwrap();
    made["password"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_agrees_in_the_browser_and_the_password_that_is_shown_lets_us_in() {
    let wordpress = RealWordPress::start_below("/blog");
    let found = ask(&format!("{}/hello-world/", wordpress.base_url)).await.unwrap();
    assert_eq!((found.site.home_url.as_str(), found.site.name.is_empty()), (wordpress.base_url.as_str(), false));
    let page = format!("{}/wp-admin/authorize-application.php?app_name=Igny8+Desktop+2026-", wordpress.base_url);
    assert!(found.page.starts_with(&page), "{}", found.page);
    let password = approve(&wordpress, &found.page).await;
    let site = client(&found.site.api_url, "admin", &password);
    assert!(site.probe().await.unwrap().can_publish, "the password lets us in");
    let later = ask_at(&wordpress.base_url, UtcMs(1_795_424_401_000)).await.unwrap();
    let second = approve(&wordpress, &later.page).await;
    assert_ne!(second, password, "another computer, or this one anew, gets one of its own");

    site.sign_out().await.unwrap();
    assert_eq!(site.probe().await.unwrap_err(), SiteError::Auth, "it is of no use any more");
    assert!(admin(&wordpress).probe().await.is_ok(), "and no other is touched");
    assert_eq!(site.sign_out().await.unwrap_err(), SiteError::Auth, "what is not there cannot be taken back");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_without_application_passwords_asks_nobody() {
    let wordpress = RealWordPress::start();
    wordpress.add_plugin("off", "add_filter('wp_is_application_passwords_available', '__return_false');");
    let code = "application_passwords_disabled".to_owned();
    assert_eq!(ask(&wordpress.base_url).await, Err(SiteError::Rejected { status: 501, code }));
}

#[tokio::test]
async fn nobody_is_sent_to_another_place_to_agree() {
    for page in ["https://evil.example/authorize", "http://tea.example/authorize", "javascript:alert(1)", "nonsense"] {
        let index = format!(
            r#"{{"namespaces":["wp/v2"],"authentication":{{"application-passwords":{{"endpoints":{{"authorization":"{page}"}}}}}}}}"#
        );
        let server = Loopback::start(move |_: &Seen| json(200, &index)).await;
        let refused = ask(&server.base_url).await.unwrap_err();
        assert!(matches!(refused, SiteError::Redirected { .. } | SiteError::BadReply), "{page}: {refused:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_an_authority_of_its_own_vouches_for_is_found_and_asks_as_any_other() {
    install_cryptography();
    let index = |address: &str| {
        let page = format!("{address}/wp-admin/authorize-application.php");
        format!(
            r#"{{"name":"Tea","home":"{address}","namespaces":["wp/v2"],"authentication":{{"application-passwords":{{"endpoints":{{"authorization":"{page}"}}}}}}}}"#
        )
    };
    let address = secure::start_with("here.pem", index);
    let file = secure::file("authority.pem").display().to_string();
    tokio::task::spawn_blocking(move || {
        let home = Home::default();
        let stranger = home.run(&["site", "consent", &address]);
        assert!(stranger.code == 1 && stranger.stderr.contains("certificate"), "nobody vouches for it: {stranger:?}");
        let asked = home.json(&["site", "consent", &address, "--authority", &file]);
        let page = format!("{address}/wp-admin/authorize-application.php?app_name=");
        assert!(asked["page"].as_str().unwrap().starts_with(&page), "{asked}");
        let none = home.run(&["site", "consent", &address, "--authority", &home.file("none.pem", "none")]);
        assert_eq!(none.code, 1, "a file without one vouches for nobody: {none:?}");

        // Once it is here, it is trusted by what it has, and so is no other place.
        home.json(&["site", "add", "--name", "Tea", "--url", &address, "--user", "ann", "--sector", "Leaves"]);
        home.json(&["site", "authority", "Tea", &file]);
        let again = home.json(&["site", "consent", "Tea"]);
        assert!(again["page"].as_str().unwrap().starts_with(&page), "{again}");
        let looked = home.run(&["--json", "site", "doctor", "Tea"]);
        let found: serde_json::Value = serde_json::from_str(&looked.stdout).unwrap();
        let check = |name: &str| found["checks"].as_array().unwrap().iter().find(|one| one["check"] == name).cloned();
        assert_eq!(check("connection").unwrap()["outcome"], "passed", "the doctor trusts it as well: {found}");
        assert_eq!(check("interface").unwrap()["outcome"], "passed", "and finds its interface: {found}");
    })
    .await
    .unwrap();
}
