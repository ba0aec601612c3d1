//! Sites that cannot be used: each says why, in a sentence that names the next step.

use igny8_testkit::wordpress::RealWordPress;
use igny8_tests::keyring::Keyring;
use igny8_tests::program::Home;
use std::io::{Read, Write};
use std::net::TcpListener;

/// The database but for what a test of the connection leaves with the site: when it was asked and what came of it.
fn all_but_sites(home: &Home) -> String {
    home.dump().lines().filter(|line| !line.starts_with("INSERT INTO site ")).collect::<Vec<_>>().join("\n")
}

fn add(home: &Home, name: &str, url: &str, password: &str) {
    home.run_with(&["--json", "site", "add", "--name", name, "--url", url, "--user", "admin"], password).json();
}

/// An address where a page answers whatever is asked. The thread ends with the test's process.
fn page_server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it has an address");
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let mut request = [0; 8_192];
            let _read = stream.read(&mut request);
            let page = "<!doctype html><title>Just a moment</title><p>Checking your browser.";
            let head = format!("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\n", page.len());
            let _written = stream.write_all(format!("{head}connection: close\r\n\r\n{page}").as_bytes());
        }
    });
    format!("http://{address}")
}

/// An address where nobody listens.
fn nowhere() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    format!("http://{}", listener.local_addr().expect("it has an address"))
}

#[test]
fn a_site_that_cannot_be_used_says_why() {
    let wordpress = RealWordPress::start();
    let mut home = Home::default();
    let _keyring = Keyring::start(&mut home);
    add(&home, "Wrong password", &wordpress.base_url, "abcd efgh ijkl mnop qrst uvwx");
    add(&home, "Web page", &page_server(), "abcd efgh ijkl mnop qrst uvwx");
    add(&home, "Unreachable", &nowhere(), "abcd efgh ijkl mnop qrst uvwx");
    add(&home, "No password", &wordpress.base_url, "");
    let before = all_but_sites(&home);
    let table: [(&str, &[&str]); 4] = [
        ("Wrong password", &["not accepted", "application password", "users, profile"]),
        ("Web page", &["rest"]),
        ("Unreachable", &["cannot be reached", "check"]),
        ("No password", &["no application password", "add one"]),
    ];
    for (site, words) in table {
        let ran = home.run(&["site", "test", site]);
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{site}: {ran:?}");
        let sentence = ran.stderr.trim_end();
        assert_eq!(sentence.lines().count(), 1, "{site}: one line: {sentence}");
        assert!(sentence.contains("127.0.0.1"), "{site}: names the host: {sentence}");
        for word in words {
            assert!(sentence.to_lowercase().contains(word), "{site}: says \"{word}\": {sentence}");
        }
        assert!(!sentence.contains("abcd"), "{site}: does not repeat the password: {sentence}");
    }
    assert_eq!(all_but_sites(&home), before, "nothing else was touched");
    let failures = home.books().number("select count(*) from site where connection_code <> ''");
    assert_eq!(failures, 4, "each site remembers why");
}

#[test]
fn a_close_look_tells_what_is_in_the_way_and_what_is_not() {
    let wordpress = RealWordPress::start();
    let mut home = Home::default();
    let _keyring = Keyring::start(&mut home);
    add(&home, "Tea", &wordpress.base_url, &wordpress.app_password);
    let well = home.json(&["site", "doctor", "Tea"]);
    assert_eq!(well["is_well"], true, "{well}");
    let checks = well["checks"].as_array().unwrap();
    let is_fine = |one: &serde_json::Value| match one["check"].as_str() {
        Some("connection") => one["outcome"] == "warned" && one["failure"] == "unsecured",
        _ => one["outcome"] == "passed" && one["failure"] == "",
    };
    assert!(checks.len() == 8 && checks.iter().all(is_fine), "{well}");
    let state = "select connection || '|' || connection_code || '|' || (probe <> '{}') from site";
    assert_eq!(home.sqlite(state).stdout.trim(), "ok||1", "it is kept as by a test");

    wordpress.add_plugin("off", "add_filter('wp_is_application_passwords_available', '__return_false');");
    let ran = home.run(&["site", "doctor", "Tea"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    for words in ["Connection of 127.0.0.1", "REST API", "Signing in", "in the way", "not come to"] {
        assert!(ran.stdout.contains(words), "says \"{words}\": {}", ran.stdout);
    }
    assert!(ran.stderr.contains("accepts no application passwords"), "{}", ran.stderr);
    assert!(!format!("{ran:?}").contains(&wordpress.app_password), "no secret is in it");
    assert_eq!(home.sqlite(state).stdout.trim(), "failed|app_passwords_off|1");

    wordpress.begin_maintenance();
    let ran = home.run(&["--json", "site", "doctor", "Tea"]);
    assert_eq!(ran.code, 1);
    let told: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(told["checks"][2]["failure"], "maintenance", "{told}");
}

#[test]
fn a_site_whose_clocks_go_otherwise_is_said_to_be_so_and_can_be_followed() {
    let wordpress = RealWordPress::start();
    let mut home = Home::default();
    let _keyring = Keyring::start(&mut home);
    add(&home, "Tea", &wordpress.base_url, &wordpress.app_password);
    home.json(&["site", "edit", "Tea", "--zone", "Europe/Berlin"]);
    let clock = || home.json(&["site", "test", "Tea"])["probe"]["clock"].clone();
    let said = || home.run(&["site", "test", "Tea"]).stdout;

    drop(wordpress.eval_php("update_option('timezone_string', 'Asia/Tokyo');"));
    assert_eq!(clock(), "other");
    let sentence = said();
    assert!(sentence.contains("clocks of Europe/Berlin") && sentence.contains("--zone Asia/Tokyo"), "{sentence}");
    home.json(&["site", "edit", "Tea", "--zone", "Asia/Tokyo"]);
    assert_eq!(clock(), "same");
    assert!(!said().contains("Planned here"), "nothing is to be said of it any more");

    home.json(&["site", "edit", "Tea", "--zone", "Europe/Berlin"]);
    drop(wordpress.eval_php("update_option('timezone_string', ''); update_option('gmt_offset', 1);"));
    assert_eq!(clock(), "fixed", "the same in winter, and another in summer");
    assert!(said().contains("does not follow daylight saving time"), "{}", said());
}
