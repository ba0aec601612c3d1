//! Title and description for search results, on one WordPress whose plugins come and go: where they were put is read back,
//! and what there was no place for is said.

use igny8_testkit::wordpress::RealWordPress;
use igny8_tests::program::Home;
use serde_json::{Value, json};

/// Two clusters' worth of keywords.
const CSV: &str = "Keyword\ngreen tea benefits\ngreen tea health benefits\nbenefits of green tea\n\
                   espresso machine cleaning\nclean espresso machine\nespresso machine cleaning tablets\n";

/// Yoast as it has been since it lets its fields be written: for posts alone.
const YOAST: &str = "
    add_action('rest_api_init', fn() => register_rest_route('yoast/v1', '/x', ['callback' => '__return_true',
        'permission_callback' => '__return_true']));
    add_action('init', function () {
        foreach (['_yoast_wpseo_title', '_yoast_wpseo_metadesc'] as $key) {
            register_post_meta('post', $key, ['show_in_rest' => true, 'single' => true, 'type' => 'string',
                'auth_callback' => fn() => current_user_can('edit_posts')]);
        }
    });";

/// Rank Math before its wizard was gone through: it takes what it is sent at its own address, and shows nothing of it.
const RANK_MATH: &str = "
    add_action('rest_api_init', fn() => register_rest_route('rankmath/v1', '/updateMeta', ['methods' => 'POST',
        'permission_callback' => fn($asked) => current_user_can('edit_post', $asked['objectID']),
        'callback' => function ($asked) {
            foreach ($asked['meta'] as $key => $value) {
                update_metadata($asked['objectType'], $asked['objectID'], $key, sanitize_text_field($value));
            }
            return ['slug' => true, 'schemas' => []];
        }]));";

/// And after: the page has a title and a description of its own.
const WIZARD: &str = "
    function rank_math_of($field) {
        return is_singular() ? get_post_meta(get_queried_object_id(), \"rank_math_$field\", true) : '';
    }
    add_filter('pre_get_document_title', fn($title) => esc_html(rank_math_of('title')) ?: $title);
    add_action('wp_head', function () {
        echo '<meta name=\"description\" content=\"' . esc_attr(rank_math_of('description')) . '\">';
    });";

/// A post and a page of one site.
struct Desk {
    wordpress: RealWordPress,
    home: Home,
}

/// What a receipt says of title, description and excerpt: verdict and note of each.
type Said = [(&'static str, &'static str); 3];

const IN_FIELDS: Said = [("as_sent", ""), ("as_sent", ""), ("as_sent", "")];
const IN_EXCERPT: Said = [("dropped", "no_field"), ("as_sent", "as_excerpt"), ("changed", "gave_way")];

impl Desk {
    fn new() -> Self {
        let (wordpress, home) = (RealWordPress::start(), Home::default());
        let site = ["--url", &wordpress.base_url, "--user", &wordpress.user, "--images", "0"];
        home.json(&[&["site", "add", "--name", "Tea"], &site[..]].concat());
        let file = home.file("keywords.csv", CSV);
        home.json(&["keywords", "import", &file, "--site", "Tea"]);
        for command in ["cluster", "ideas"] {
            home.json(&[command, "--site", "Tea"]);
        }
        home.json(&["write", "--site", "Tea", "--limit", "2"]);
        for command in ["images", "approve"] {
            home.json(&[command, "--site", "Tea"]);
        }
        let kinds = "update content set content_type = case id when 1 then 'post' else 'page' end";
        assert_eq!(home.sqlite(kinds).stderr, "");
        assert_eq!(home.books().number("select count(*) from content where meta_title <> ''"), 2);
        Self { wordpress, home }
    }

    fn signed_in(&self, command: &[&str]) -> Value {
        let line = [&["--json"], command, &["--password-stdin"]].concat();
        self.home.run_with(&line, &self.wordpress.app_password).json()
    }

    /// Lets the site be asked what it has now; the ways for post and page.
    fn ways(&self) -> Value {
        let told = self.signed_in(&["site", "test", "Tea"]);
        let paths = told["probe"]["seo_paths"].as_array().expect("ways").iter();
        paths.map(|path| json!([path["post_type"], path["way"]])).collect()
    }

    /// Publishes both once more. Answers whether all that there is a place for arrived.
    fn publish(&self) -> bool {
        let later = "update content set updated_at = max(updated_at, published_at) + 1 where published_at > 0";
        assert_eq!(self.home.sqlite(later).stderr, "");
        let told = self.signed_in(&["publish", "--site", "Tea"]);
        let published = told["published"].as_array().expect("published");
        assert_eq!(published.len(), 2, "{told}");
        published.iter().all(|one| one["as_sent"] == true)
    }

    /// What the newest receipt of an article says.
    fn says(&self, article: &str) -> Vec<(String, String)> {
        let document = self.home.json(&["receipts", "export", "--format", "json"]);
        let receipts = document["receipts"].as_array().expect("receipts");
        let newest = receipts.iter().rfind(|receipt| receipt["article_id"] == article).expect("one of the article");
        let fields = newest["fields"].as_array().expect("fields");
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let of = |name: &str| fields.iter().find(|row| row["field"] == name).expect("it is proven");
        let said = |name| (text(&of(name)["verdict"]), text(&of(name)["note"]));
        ["meta_title", "meta_description", "excerpt"].map(said).to_vec()
    }

    fn assert_says(&self, post: Said, page: Said, when: &str) {
        for (article, said) in [("1", post), ("2", page)] {
            let said: Vec<(String, String)> =
                said.map(|(verdict, note)| (verdict.to_owned(), note.to_owned())).to_vec();
            assert_eq!(self.says(article), said, "{when}: article {article}");
        }
    }

    /// A field that the site keeps with an article's post.
    fn kept(&self, article: i64, field: &str) -> String {
        let id = self.ours(article, "external_id");
        self.wordpress.eval_php(&format!("echo get_post_meta({id}, '{field}', true);"))
    }

    fn ours(&self, article: i64, column: &str) -> String {
        let query = ["select ", column, " from content where id = ", &article.to_string()].concat();
        self.home.books().rows(&query, [], |row| row.get(0)).remove(0)
    }
}

#[test]
fn what_is_for_searchers_goes_where_the_site_has_a_place_for_it() {
    let desk = Desk::new();

    // Never asked before, the site is asked by the first delivery.
    assert!(desk.publish(), "all that there is a place for arrived");
    desk.assert_says(IN_EXCERPT, IN_EXCERPT, "a plain site");
    let excerpt =
        desk.wordpress.eval_php("echo get_posts(['post_type' => 'page', 'numberposts' => 1])[0]->post_excerpt;");
    assert_eq!(excerpt, desk.ours(2, "meta_description").replace('&', "&amp;"));

    // Fields that this user may not write keep nothing else of the post from arriving.
    desk.wordpress.add_plugin("seo", &YOAST.replace("fn() => current_user_can('edit_posts')", "'__return_false'"));
    assert_eq!(desk.ways(), json!([["post", "yoast_fields"], ["page", "excerpt"]]));
    assert!(!desk.publish(), "a field stayed empty");
    desk.assert_says([("dropped", ""), ("dropped", ""), ("as_sent", "")], IN_EXCERPT, "fields nobody may write");

    desk.wordpress.add_plugin("seo", YOAST);
    assert_eq!(desk.ways(), json!([["post", "yoast_fields"], ["page", "excerpt"]]));
    assert!(desk.publish());
    desk.assert_says(IN_FIELDS, IN_EXCERPT, "Yoast, which leaves pages out");
    assert_eq!(desk.kept(1, "_yoast_wpseo_title"), desk.ours(1, "meta_title"));
    assert_eq!(desk.kept(1, "_yoast_wpseo_metadesc"), desk.ours(1, "meta_description"));
    assert_eq!(desk.kept(2, "_yoast_wpseo_title"), "", "there is no such field of a page");

    // Gone since it was asked: nothing is said to have arrived that did not.
    desk.wordpress.add_plugin("seo", "");
    assert!(desk.publish());
    let lost = [("dropped", "no_field"), ("dropped", "no_field"), ("as_sent", "")];
    desk.assert_says(lost, IN_EXCERPT, "a plugin that is gone");

    desk.wordpress.add_plugin("seo", RANK_MATH);
    assert_eq!(desk.ways(), json!([["post", "rank_math"], ["page", "rank_math"]]));
    assert!(!desk.publish(), "the page shows nothing of it");
    let silent = [("changed", ""), ("dropped", ""), ("as_sent", "")];
    desk.assert_says(silent, silent, "Rank Math without its wizard");
    desk.wordpress.add_plugin("wizard", WIZARD);
    assert!(desk.publish());
    desk.assert_says(IN_FIELDS, IN_FIELDS, "Rank Math");
    assert_eq!(desk.kept(2, "rank_math_title"), desk.ours(2, "meta_title"));
}

#[test]
fn the_companion_gives_every_kind_of_post_its_fields_and_nobody_else_a_way_in() {
    let desk = Desk::new();
    let file = desk.home.path("igny8-companion.php");
    let told = desk.home.json(&["site", "companion", "--out", file.to_str().expect("a path")]);
    assert_eq!(told["path"], file.to_str().expect("a path"));
    let plugin = std::fs::read_to_string(&file).expect("it was written");
    desk.wordpress.add_plugin("igny8-companion", plugin.trim_start_matches("<?php"));
    assert_eq!(desk.ways(), json!([["post", "yoast_fields"], ["page", "yoast_fields"]]));
    assert!(desk.publish());
    desk.assert_says(IN_FIELDS, IN_FIELDS, "the companion");
    assert_eq!(desk.kept(2, "_yoast_wpseo_metadesc"), desk.ours(2, "meta_description"));

    // With Rank Math its fields can be read as they are, whatever its pages show.
    desk.wordpress.add_plugin("seo", RANK_MATH);
    assert_eq!(desk.ways(), json!([["post", "rank_math"], ["page", "rank_math"]]));
    assert!(desk.publish());
    desk.assert_says(IN_FIELDS, IN_FIELDS, "Rank Math with the companion");

    let may = |login: &str| {
        let code = format!(
            "wp_set_current_user(get_user_by('login', '{login}')->ID); $id = get_posts(['post_type' => 'page'])[0]->ID;
             echo current_user_can('edit_post_meta', $id, '_yoast_wpseo_title') ? 'yes' : 'no';"
        );
        desk.wordpress.eval_php(&code)
    };
    let _ = desk.wordpress.create_user("cleo", "contributor");
    assert_eq!(
        (may("admin").as_str(), may("cleo").as_str()),
        ("yes", "no"),
        "who may not edit a post may not write these"
    );
    let log = desk.wordpress.log();
    assert!(!log.contains("igny8"), "PHP finds nothing to complain of: {log}");
}
