//! Delivering by the command line: what a command that ended too early has begun, the next one ends, and a site that
//! does not take an article is named with its reason.

use igny8_tests::program::Home;
use std::net::TcpListener;

/// Three clusters' worth of keywords.
const CSV: &str = "keyword\ngreen tea benefits\ngreen tea health benefits\nbenefits of green tea\n\
                   espresso machine cleaning\nclean espresso machine\nespresso machine cleaning tablets\n\
                   sourdough starter recipe\nsourdough starter feeding\neasy sourdough starter recipe\n";

/// A site with so many approved articles.
fn furnish(home: &Home, site: &[&str], articles: &str) {
    home.json(&[&["site", "add", "--name", "Tea", "--sector", "Leaves"], site].concat());
    let file = home.file("good.csv", CSV);
    home.json(&["keywords", "import", &file, "--site", "Tea"]);
    for (command, limit) in
        [("cluster", None), ("ideas", None), ("write", Some(articles)), ("images", None), ("approve", None)]
    {
        let limit: Vec<&str> = limit.into_iter().flat_map(|limit| ["--limit", limit]).collect();
        home.json(&[&[command, "--site", "Tea"], &limit[..]].concat());
    }
}

#[test]
fn publishing_goes_on_where_a_command_was_cut_off() {
    let home = Home::default();
    furnish(&home, &["--kind", "folder"], "1");
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
    assert!(again.code == 0 && again.stdout.contains("nothing to do"), "there is nothing left: {again:?}");
}

#[test]
fn a_site_that_does_not_take_it_is_named_with_its_reason() {
    let home = Home::default();
    furnish(&home, &["--url", "http://127.0.0.1:9", "--user", "editor"], "1");
    let ran = home.run(&["publish", "--site", "Tea"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stderr.contains("127.0.0.1:9"), "the host and not our name for it: {}", ran.stderr);
    let failed = home.run(&["--json", "publish", "--site", "Tea"]);
    let told: serde_json::Value = serde_json::from_str(&failed.stdout).unwrap();
    assert_eq!(told["failed"][0]["host"], "127.0.0.1:9", "{told}");
    assert_eq!(told["failed"][0]["code"], "no_credentials", "{told}");
}

#[test]
fn an_end_that_is_asked_for_comes_after_the_article_at_hand() {
    let site = TcpListener::bind("127.0.0.1:0").unwrap();
    let home = Home::default();
    let url = format!("http://{}", site.local_addr().unwrap());
    furnish(&home, &["--url", &url, "--user", "editor"], "3");
    let (mut publish, mut pipe) = home.start_listening(&["publish", "--site", "Tea", "--password-stdin"]);
    pipe.write("abcd efgh\n");
    drop(pipe);
    let (asked, _) = site.accept().unwrap();
    publish.signal("INT");
    publish.until_it_says("Stopping after what is at hand.");
    // Nobody answers any more.
    drop((asked, site));
    let ran = publish.end();
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.stdout.contains("0 published and read back, 1 waiting in the outbox, 0 failed."),
        "only the one at hand: {ran:?}"
    );
    assert!(ran.stderr.contains("2 articles were not begun"), "the others are told: {ran:?}");
    assert!(ran.stderr.contains("What was published stays, and 'publish' does the rest."), "the next step: {ran:?}");
    assert_eq!(home.books().number("select count(*) from outbox"), 1, "nothing of the others was begun");
}

#[test]
fn one_article_that_cannot_go_out_keeps_no_other_and_each_is_reported() {
    let home = Home::default();
    furnish(&home, &["--kind", "folder"], "3");
    let lost: Vec<(String, String)> = home.books().rows(
        "select title, media_hash from image join content on content.id = content_id where position = 0 limit 1",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    );
    let (title, hash) = &lost[0];
    let file = home.data().join("media").join(hash);
    std::fs::remove_file(&file).unwrap();

    let ran = home.run(&["publish", "--site", "Tea"]);
    assert_eq!(ran.code, 1, "one failed: {ran:?}");
    assert_eq!(ran.stdout.matches("Published: ").count(), 2, "{}", ran.stdout);
    assert_eq!(ran.stdout.matches("file://").count(), 2, "each with its address: {}", ran.stdout);
    assert!(ran.stdout.contains(&format!("Failed: {title}\n")), "{}", ran.stdout);
    assert!(ran.stdout.contains("2 published and read back, 1 failed."), "{}", ran.stdout);
    for word in ["picture is gone", "'retry'"] {
        let told = format!("{}{}", ran.stdout, ran.stderr);
        assert_eq!((told.matches(word).count(), ran.stderr.contains(word)), (1, true), "{word}, once: {ran:?}");
    }
    let again = home.run(&["--json", "publish", "--site", "Tea"]);
    let told: serde_json::Value = serde_json::from_str(&again.stdout).unwrap();
    assert_eq!((again.code, told["failed"][0]["code"].as_str()), (1, Some("picture_missing")), "{told}");
    let failed = "select count(*) from image where status = 'failed' and error_code = 'file_missing'";
    assert_eq!(home.books().number(failed), 1, "the picture says so itself");

    home.json(&["retry", "--site", "Tea"]);
    assert!(file.is_file(), "it was made again");
    let published = home.json(&["publish", "--site", "Tea"]);
    assert_eq!(published["published"][0]["as_sent"], true, "{published}");
    assert_eq!(home.books().number("select count(*) from publication"), 3);
    assert_eq!(home.json(&["credits", "audit"])["ok"], true);
}
