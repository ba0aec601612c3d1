//! The outbox of the program before a real WordPress whose line breaks: whatever is lost, cut, late or doubled on the
//! way, and whenever the program is killed, each article is one post in the end, with each picture once.

use crate::output::assert_documented;
use igny8_testkit::wordpress::RealWordPress;
use igny8_tests::keyring::Keyring;
use igny8_tests::line::{Fate, Line};
use igny8_tests::program::{Home, Running};
use serde_json::Value;

/// Four clusters' worth of keywords.
const CSV: &str = "keyword\ngreen tea benefits\ngreen tea health benefits\nbenefits of green tea\n\
                   espresso machine cleaning\nclean espresso machine\nespresso machine cleaning tablets\n\
                   sourdough starter recipe\nsourdough starter feeding\neasy sourdough starter recipe\n\
                   cast iron skillet care\ncast iron skillet seasoning\nseason cast iron skillet\n";
const SITE: [&str; 2] = ["--site", "Tea"];

/// A site behind a line, and a home with approved articles for it.
pub(super) struct Desk {
    pub line: Line,
    pub wordpress: RealWordPress,
    pub home: Home,
    _keyring: Keyring,
}

impl Desk {
    pub fn with(articles: &str) -> Self {
        Self::with_pictures(articles, "0")
    }

    /// So many articles, each with a picture above it and as many inside.
    pub fn with_pictures(articles: &str, inside: &str) -> Self {
        let line = Line::default();
        let wordpress = RealWordPress::start_behind(&line.origin());
        line.lead_to(wordpress.address());
        let mut home = Home::default();
        let keyring = Keyring::start(&mut home);
        let add = ["--json", "site", "add", "--name", "Tea", "--url", &wordpress.base_url, "--user", &wordpress.user];
        let add = [&add[..], &["--sector", "Leaves", "--images", inside]].concat();
        home.run_with(&add, &wordpress.app_password).json();
        assert_eq!(home.json(&["site", "test", "Tea"])["probe"]["can_publish"], true, "the line leads there");
        let file = home.file("good.csv", CSV);
        home.json(&[&["keywords", "import", &file], &SITE[..]].concat());
        for (command, limit) in
            [("cluster", None), ("ideas", None), ("write", Some(articles)), ("images", None), ("approve", None)]
        {
            let limit: Vec<&str> = limit.into_iter().flat_map(|limit| ["--limit", limit]).collect();
            home.json(&[&[command], &SITE[..], &limit].concat());
        }
        Self { line, wordpress, home, _keyring: keyring }
    }

    pub fn publish(&self) -> Value {
        let ran = self.home.run(&[&["--json", "publish"], &SITE[..]].concat());
        let told = serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
        assert_documented(&told, "publish");
        told
    }

    /// A program that stays open: the run of another site rests for an hour after its first stage.
    fn open_program(&self) -> Running {
        let of_other = |line: &[&str]| self.home.json(&[line, &["--site", "Other"][..]].concat());
        self.home.json(&["site", "add", "--name", "Other", "--kind", "folder", "--sector", "Leaves"]);
        of_other(&["keywords", "import", &self.home.file("other.csv", CSV)]);
        of_other(&["automation", "set", "--between", "3600"]);
        self.home.start(&["run", "start", "--site", "Other"])
    }

    fn entries(&self) -> Vec<Value> {
        let listed = self.home.json(&["outbox", "list"]);
        assert_documented(&listed, "outbox list");
        listed["outbox"].as_array().unwrap().clone()
    }

    pub fn unpublished(&self) -> i64 {
        self.home.books().number("select count(*) from content where status = 'approved' and delivery <> 'published'")
    }

    /// Posts of ours on the site in a state; every site starts with one of its own.
    pub fn posts(&self, status: &str) -> usize {
        let code = "echo count(get_posts(array('post_status' => '{status}', 'numberposts' => -1)));";
        self.wordpress.eval_php(&code.replace("{status}", status)).parse().unwrap()
    }

    pub fn public(&self) -> usize {
        self.posts("publish") - 1
    }

    pub fn files(&self) -> usize {
        let code = "echo count(get_posts(array('post_type' => 'attachment', 'numberposts' => -1)));";
        self.wordpress.eval_php(code).parse().unwrap()
    }

    pub fn pictures(&self) -> usize {
        let made = self.home.books().number("select count(*) from image where status = 'generated'");
        usize::try_from(made).unwrap()
    }
}

#[test]
fn answers_that_get_lost_and_a_program_that_is_killed_leave_each_article_one_post() {
    const ARTICLES: usize = 4;
    const KILLS: usize = 3;
    let desk = Desk::with("4");
    // What one takes when all goes well.
    desk.line.decide(|_, _| Fate::Through);
    desk.home.json(&[&["publish"], &SITE[..], &["--limit", "1"]].concat());
    let least = desk.line.passed();

    let fates = [Fate::AnswerLost, Fate::AnswerCut, Fate::Lost, Fate::Late];
    let mut kills = 0;
    let mut passed = 0;
    for round in 0..40 {
        if desk.unpublished() == 0 {
            break;
        }
        desk.line
            .decide(move |nth, _| if nth % 5 == 4 { fates[(nth / 5 + round) % fates.len()] } else { Fate::Through });
        if kills < KILLS {
            // At another step each time.
            let until = 3 + 4 * kills;
            let mut running = desk.home.start(&[&["publish"], &SITE[..]].concat());
            running.until(|| desk.line.passed() >= until);
            running.kill();
            kills += 1;
        } else {
            desk.publish();
        }
        passed += desk.line.passed();
    }
    assert_eq!((desk.unpublished(), desk.public()), (0, ARTICLES), "each once: {:?}", desk.entries());
    assert!(desk.posts("draft") <= kills, "and no more drafts than kills: {}", desk.posts("draft"));
    assert!(desk.files() <= desk.pictures() + kills, "{} files of {}", desk.files(), desk.pictures());
    let amiss = "select count(*) from receipt_field where verdict = 'changed' and note = ''";
    assert_eq!(desk.home.books().number(amiss), 0, "all of it as it was sent");
    assert!(desk.entries().is_empty());
    println!("{passed} requests for {} articles; {least} are the least for one", ARTICLES - 1);
    assert_eq!(desk.home.json(&["credits", "audit"])["ok"], true);
}

#[test]
fn what_is_asked_for_without_a_network_waits_and_goes_out_when_it_is_back() {
    let mut desk = Desk::with("4");
    desk.line.go_down();
    let told = desk.publish();
    assert_eq!((told["waiting"].as_array().unwrap().len(), told["failed"].as_array().unwrap().len()), (4, 0), "{told}");
    assert!(told["waiting"].as_array().unwrap().iter().all(|one| one["code"] == "unreachable"), "{told}");
    let tried = desk.home.books().number("select sum(attempts) from outbox");
    assert_eq!(tried, 3, "three are enough to see that nobody is there; the fourth is only put into the outbox");
    let listed = desk.entries();
    assert_eq!(listed.len(), 4);
    let states: Vec<&str> = listed.iter().map(|entry| entry["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["queued", "waiting", "waiting", "waiting"], "the newest first");
    for entry in &listed {
        assert!(entry["next_try_at"].as_str().is_some_and(|at| at.ends_with('Z')), "with when: {entry}");
    }
    let shown = desk.home.run(&["outbox", "list"]);
    assert!(shown.stdout.contains("waiting") && shown.stdout.contains("127.0.0.1:"), "{}", shown.stdout);

    // One of them is not wanted any more, and then it is.
    let id = listed[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(desk.home.json(&["outbox", "discard", &id])["discarded"], serde_json::json!([id]));
    assert_eq!(desk.entries().len(), 3);
    let unknown = desk.home.run(&["outbox", "discard", &id]);
    assert!(unknown.code == 1 && unknown.stderr.contains("'outbox list'"), "{unknown:?}");
    assert_eq!(desk.home.json(&["outbox", "restore", &id])["restored"], serde_json::json!([id]));
    assert_eq!(desk.entries().len(), 4);

    desk.line.come_back();
    let sent = desk.home.json(&[&["outbox", "retry"], &SITE[..]].concat());
    assert_eq!(sent["published"].as_array().unwrap().len(), 4, "{sent}");
    assert_eq!((desk.public(), desk.posts("draft")), (4, 0));
    assert_eq!(desk.files(), desk.pictures());
    let empty = desk.home.run(&["outbox", "list"]);
    assert!(empty.stdout.contains("outbox is empty"), "{}", empty.stdout);
}

#[test]
fn a_request_that_arrives_twice_makes_no_second_post_and_no_second_file_and_touches_nobody_elses() {
    let desk = Desk::with_pictures("1", "1");
    let slug: Vec<String> = desk.home.books().rows("select slug from content", [], |row| row.get(0));
    // Somebody's draft, and somebody's file that is called as ours is, of another post.
    let theirs =
        "wp_insert_post(array('post_status' => 'draft', 'post_title' => 'Theirs', 'post_name' => '{slug}-theirs'));
        $at = wp_upload_dir()['path'] . '/{slug}-aaaa.webp'; file_put_contents($at, 'x');
        wp_insert_attachment(array('post_title' => 'Theirs', 'post_mime_type' => 'image/webp'), $at, 1);";
    let _ = desk.wordpress.eval_php(&theirs.replace("{slug}", &slug[0]));
    desk.line.decide(|_, passing| match passing.target.contains("/media?") || passing.target.ends_with("/posts") {
        true if passing.method == "POST" => Fate::Twice,
        _ => Fate::Through,
    });
    let told = desk.publish();
    assert_eq!(told["published"].as_array().unwrap().len(), 1, "{told}");
    assert_eq!(
        (desk.public(), desk.posts("draft"), desk.files()),
        (1, 1, desk.pictures() + 1),
        "once each, and theirs"
    );
    assert_eq!(desk.home.books().number("select count(*) from leftover"), 0);
    let tidied = desk.home.json(&["site", "tidy", "Tea"]);
    assert_documented(&tidied, "site tidy");
    assert_eq!((&tidied["posts"], &tidied["media"]), (&0.into(), &0.into()), "nothing is left of it: {tidied}");
    let amiss = "select count(*) from receipt_field where verdict <> 'as_sent' and note = ''";
    assert_eq!(desk.home.books().number(amiss), 0, "what is kept is what was proven");
}

#[test]
fn what_was_parked_since_nobody_was_let_in_waits_its_turn_again_with_a_new_password() {
    let desk = Desk::with("2");
    desk.home.run_with(&["--json", "site", "password", "Tea"], "abcd efgh ijkl mnop qrst uvwx").json();
    let told = desk.publish();
    assert_eq!(told["failed"][0]["code"], "auth", "{told}");
    assert!(desk.entries().iter().any(|entry| entry["state"] == "parked"), "{:?}", desk.entries());
    desk.home.run_with(&["--json", "site", "password", "Tea"], &desk.wordpress.app_password).json();
    let states: Vec<Value> = desk.entries().iter().map(|entry| entry["state"].clone()).collect();
    assert!(!states.is_empty() && states.iter().all(|state| state == "queued"), "{states:?}");
    desk.publish();
    assert_eq!(desk.entries(), [] as [Value; 0], "and the next program sends it");
}

#[test]
fn an_open_program_sends_what_waits_as_soon_as_the_site_is_back() {
    let mut desk = Desk::with("1");
    desk.line.go_down();
    assert_eq!(desk.publish()["waiting"].as_array().unwrap().len(), 1);
    desk.line.come_back();
    // The wait is over as soon as the program that stays open looks.
    desk.home.sqlite("update outbox set next_try_at = 0; delete from site_health");
    let mut open = desk.open_program();
    assert!(open.until(|| desk.unpublished() == 0), "it goes out by itself");
    assert!(open.kill(), "as long as the program is open");
    assert_eq!(desk.public(), 1);
}
