//! Delivering by the command line: what a command that ended too early has begun, the next one ends, and a site that
//! does not take an article is named with its reason.

use igny8_tests::program::Home;

/// A site with one approved article.
fn furnish(home: &Home, site: &[&str]) {
    home.json(&[&["site", "add", "--name", "Tea", "--sector", "Leaves"], site].concat());
    let file = home.file("good.csv", "keyword\ngreen tea benefits\ngreen tea health benefits\nbenefits of green tea\n");
    home.json(&["keywords", "import", &file, "--site", "Tea"]);
    for (command, limit) in
        [("cluster", None), ("ideas", None), ("write", Some("1")), ("images", None), ("approve", None)]
    {
        let limit: Vec<&str> = limit.into_iter().flat_map(|limit| ["--limit", limit]).collect();
        home.json(&[&[command, "--site", "Tea"], &limit[..]].concat());
    }
}

#[test]
fn publishing_goes_on_where_a_command_was_cut_off() {
    let home = Home::default();
    furnish(&home, &["--kind", "folder"]);
    // As a process leaves it that ends right after it has said what it is about to do.
    home.sqlite(
        "update content set delivery = 'publishing';
         insert into outbox (id, content_id, site_id, state, content_version, draft_slug, attempts, created_at, updated_at)
           select zeroblob(16), id, site_id, 'pending', version, slug || '-0123456789', 1, 1, 1 from content",
    );
    let published = home.json(&["publish", "--site", "Tea"]);
    assert_eq!(published["published"].as_array().map(Vec::len), Some(1), "{published}");
    assert_eq!(home.books().number("select count(*) from outbox"), 1, "the same delivery");
    assert_eq!(home.books().number("select count(*) from publication"), 1);
    let again = home.run(&["publish", "--site", "Tea"]);
    assert_eq!(again.code, 1, "there is nothing left: {again:?}");
}

#[test]
fn a_site_that_does_not_take_it_is_named_with_its_reason() {
    let home = Home::default();
    furnish(&home, &["--url", "http://127.0.0.1:9", "--user", "editor"]);
    let ran = home.run(&["publish", "--site", "Tea"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stderr.contains("127.0.0.1:9"), "the host and not our name for it: {}", ran.stderr);
    let failed = home.run(&["--json", "publish", "--site", "Tea"]);
    let told: serde_json::Value = serde_json::from_str(&failed.stdout).unwrap();
    assert_eq!(told["failed"][0]["host"], "127.0.0.1:9", "{told}");
    assert_eq!(told["failed"][0]["code"], "no_credentials", "{told}");
}
