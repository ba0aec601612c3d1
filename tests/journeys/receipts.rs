//! What a site makes of an article, field by field: read back from a real WordPress whose plugins change what they are
//! sent, and from a folder; kept, and written to files for others.

use crate::destinations::furnish;
use igny8_testkit::wordpress::RealWordPress;
use igny8_tests::program::Home;
use serde_json::Value;
use std::ffi::OsStr;

/// A plugin that wants everything otherwise: it has the last word on what is stored.
const MEDDLER: &str = "
    add_filter('wp_insert_post_data', function ($data) {
        if ('publish' === $data['post_status'] && 'post' === $data['post_type']) {
            $data['post_title'] .= ' (edited)';
            $data['post_name'] .= '-by-them';
            $data['post_date'] = $data['post_date_gmt'] = '2020-01-02 03:04:05';
            $data['post_author'] = get_user_by('login', 'erin')->ID;
            $data['post_excerpt'] = '';
        }
        return $data;
    });
    add_action('set_object_terms', function ($id, $terms, $ids, $taxonomy) {
        if ('category' === $taxonomy && [1] != array_map('intval', $ids)) {
            wp_set_object_terms($id, [1], 'category');
        }
    }, 10, 4);";

/// Runs a command that signs in, with the administrator's password.
fn signed_in(home: &Home, wordpress: &RealWordPress, command: &[&str]) -> Value {
    home.run_with(&[&["--json"], command, &["--password-stdin"]].concat(), &wordpress.app_password).json()
}

/// The receipts as a program gets them, oldest first.
fn receipts(home: &Home) -> Vec<Value> {
    let ran = home.run(&["receipts", "export", "--site", "Tea", "--format", "json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "it is written");
    let document: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}", ran.stdout));
    document["receipts"].as_array().expect("receipts").clone()
}

/// What a receipt says of a field: verdict, note, and what was found.
fn says<'r>(receipt: &'r Value, field: &str) -> (&'r str, &'r str, &'r str) {
    let fields = receipt["fields"].as_array().expect("fields");
    let found = fields.iter().find(|row| row["field"] == field);
    let row = found.unwrap_or_else(|| panic!("{field} is proven: {receipt}"));
    let text = |name: &str| row[name].as_str().expect("a text");
    (text("verdict"), text("note"), text("found"))
}

/// Changes an article after it went out.
fn retitle(home: &Home, title: &str) {
    let later = "', updated_at = max(updated_at, published_at) + 1";
    assert_eq!(home.sqlite(&["update content set title = '", title, later].concat()).stderr, "");
}

#[test]
fn a_receipt_says_of_each_field_what_a_site_made_of_it() {
    let (wordpress, home) = (RealWordPress::start(), Home::default());
    let _ = wordpress.create_user("erin", "editor");
    furnish(&home, &["--url", &wordpress.base_url, "--user", &wordpress.user], 1);
    assert_eq!(signed_in(&home, &wordpress, &["site", "test", "Tea"])["probe"]["user_name"], "admin");
    wordpress.add_plugin("meddler", MEDDLER);
    let told = signed_in(&home, &wordpress, &["publish", "--site", "Tea"]);
    assert_eq!(told["published"][0]["as_sent"], false, "{told}");

    let receipt = &receipts(&home)[0];
    let title = home.books().rows("select title from content", [], |row| row.get::<_, String>(0)).remove(0);
    assert_eq!(says(receipt, "title"), ("changed", "", format!("{title} (edited)").as_str()));
    assert!(says(receipt, "slug").2.ends_with("-by-them") && says(receipt, "slug").0 == "changed", "{receipt}");
    assert_eq!(says(receipt, "date"), ("changed", "", "2020-01-02T03:04:05Z"));
    assert_eq!(says(receipt, "author"), ("changed", "", "erin"));
    assert_eq!(says(receipt, "categories"), ("changed", "", "Uncategorized"), "it is said what there is instead");
    assert_eq!(says(receipt, "excerpt"), ("dropped", "", ""));
    for field in ["status", "tags", "body", "featured_image", "alt"] {
        assert_eq!(says(receipt, field).0, "as_sent", "{field}: {receipt}");
    }
    let warned =
        "select count(*) from notification where notification_type = 'content_published' and severity = 'warning'";
    assert_eq!(home.books().number(warned), 1, "and somebody is told");

    // Left in peace, the site keeps what it is sent; what it has of before it keeps, too.
    wordpress.add_plugin("meddler", "");
    retitle(&home, "Said anew");
    let told = signed_in(&home, &wordpress, &["publish", "--site", "Tea"]);
    assert_eq!(told["published"][0]["as_sent"], true, "{told}");
    let both = receipts(&home);
    assert_eq!(both.len(), 2, "each delivery has its own");
    assert_eq!(says(&both[1], "title"), ("as_sent", "", "Said anew"));
    assert_eq!(says(&both[1], "date"), ("as_sent", "", "2020-01-02T03:04:05Z"), "a public post keeps its date");
    assert_eq!(says(&both[1], "author").0, "as_sent", "and who signs it");
    assert_exported(&home, &both);
}

/// The table has a row for each field of each delivery, and says the same.
fn assert_exported(home: &Home, receipts: &[Value]) {
    let file = home.path("receipts.csv");
    let told = home.json(&["receipts", "export", "--out", file.to_str().expect("a path")]);
    let fields: usize = receipts.iter().map(|receipt| receipt["fields"].as_array().map_or(0, Vec::len)).sum();
    assert_eq!(told["entries"], fields, "{told}");
    let import = format!(".import --csv {} export", file.display());
    let query = "select verdict || ' ' || count(*) from export group by verdict order by verdict";
    let counted = home.output(&["sqlite3", ":memory:", &import, query].map(OsStr::new), "");
    assert_eq!((counted.code, counted.stderr.as_str()), (0, ""), "sqlite3 reads the file");
    let said = |verdict: &str| {
        let all = receipts.iter().flat_map(|receipt| receipt["fields"].as_array().into_iter().flatten());
        format!("{verdict} {}", all.filter(|row| row["verdict"] == verdict).count())
    };
    assert_eq!(counted.stdout.lines().collect::<Vec<_>>(), ["as_sent", "changed", "dropped"].map(said));
    let other = home.run(&["receipts", "export", "--site", "nobody"]);
    assert_eq!(other.code, 1, "a site that is not there: {other:?}");
}

#[test]
fn a_folder_has_room_for_every_field_and_knows_no_authors() {
    let home = Home::default();
    furnish(&home, &["--kind", "folder"], 1);
    let told = home.json(&["publish", "--site", "Tea"]);
    assert_eq!(told["published"][0]["dropped"], serde_json::json!([]), "{told}");
    let all = receipts(&home);
    let fields = all[0]["fields"].as_array().expect("fields");
    let names: Vec<&str> = fields.iter().map(|row| row["field"].as_str().expect("a name")).collect();
    for name in ["title", "slug", "date", "status", "excerpt", "tags", "body", "alt", "meta_title", "meta_description"]
    {
        assert!(names.contains(&name), "{name}: {names:?}");
    }
    assert!(!names.contains(&"author"), "{names:?}");
    assert!(fields.iter().all(|row| row["verdict"] == "as_sent"), "{}", all[0]);
    assert!(!says(&all[0], "meta_title").2.is_empty(), "what is for searchers is in it");
}
