//! Keyrings that are there and of no use, on a real session bus: each is told as what it is, and no password goes anywhere
//! else.

use crate::bad_input::assert_refused;
use igny8_tests::keyring::{Keyring, Manner, UselessKeyring};
use igny8_tests::program::Home;
use igny8_tests::vendor::{PROVIDER, connect, exact_vendor};
use std::fs;
use std::path::Path;

const KEY: &str = "sk-canary-7f3a9c41d2e8";
const PASSWORD: &str = "abcd efgh ijkl mnop qrst uvwx";
const ADD: [&str; 8] = ["site", "add", "--name", "Tea", "--url", "https://tea.example", "--user", "ada"];

/// Whether some file below a folder holds the password.
fn is_written(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).any(|path| match path.is_dir() {
        true => is_written(&path),
        // Sockets of the bus cannot be read.
        false => fs::read(&path).is_ok_and(|bytes| bytes.windows(PASSWORD.len()).any(|w| w == PASSWORD.as_bytes())),
    })
}

fn assert_told(manner: Manner, words: [&str; 2]) {
    let mut home = Home::default();
    let useless = UselessKeyring::start(&mut home, manner);
    let ran = home.run_with(&ADD, PASSWORD);
    assert_refused(&ran, &[&words[..], &["nothing was changed"]].concat(), "a password that is to be kept");
    assert!(!ran.stderr.contains("abcd"), "it is not repeated: {ran:?}");
    assert_eq!(home.json(&["site", "list"])["sites"], serde_json::json!([]), "no half a site is left");
    assert_eq!(home.books().number("select count(*) from site"), 0, "not even out of sight");
    assert!(!is_written(&home.path("")), "the password is nowhere");

    // A password that was kept while the keyring was of use.
    drop(useless);
    let real = Keyring::start(&mut home);
    assert_eq!(home.run_with(&ADD, PASSWORD).code, 0);
    drop(real);
    let _useless = UselessKeyring::start(&mut home, manner);
    let tested = home.run(&["site", "test", "Tea"]);
    assert_refused(&tested, &[&["tea.example"], &words[..]].concat(), "a password that is to be used");
}

#[test]
fn a_key_that_the_keyring_keeps_is_not_told_as_forgotten() {
    let vendor = exact_vendor(Some(KEY));
    let mut home = Home::default();
    let real = Keyring::start(&mut home);
    connect(&home, &vendor, KEY).json();
    drop(real);
    let useless = UselessKeyring::start(&mut home, Manner::Refuses);
    let row = "select base_url <> '', has_secret, secret_tail from provider";
    let as_it_was = home.sqlite(row).stdout;
    let url = vendor.base_url();
    let without = ["models", "connect", "--name", PROVIDER, "--url", &url];
    for ran in [home.run(&["models", "disconnect", PROVIDER]), home.run_with(&without, "")] {
        assert_refused(&ran, &["keyring refused"], "a key that is to be forgotten");
        assert_eq!(home.sqlite(row).stdout, as_it_was, "the vendor stays as it was, with its key");
    }
    let asked = home.run(&["models", "test", "--name", PROVIDER]);
    assert!(asked.code == 1 && asked.stdout.contains("keyring"), "{asked:?}");
    drop(useless);
    let _real = Keyring::start(&mut home);
    home.json(&["models", "disconnect", PROVIDER]);
    let left = home.sqlite("select count(*) from provider where removed_at = 0").stdout;
    assert_eq!(left.trim(), "0", "once it can be forgotten it is");
}

#[test]
fn a_keyring_that_refuses_is_told_with_the_way_to_allow_it() {
    assert_told(Manner::Refuses, ["keyring refused", "allow igny8 in its settings"]);
}

#[test]
fn a_keyring_that_fails_is_told_as_broken() {
    assert_told(Manner::Fails, ["keyring does not work", "mend or restart"]);
}

#[test]
fn a_keyring_that_never_answers_is_waited_for_and_told() {
    assert_told(Manner::NeverAnswers, ["did not answer in time", "password prompt"]);
}
