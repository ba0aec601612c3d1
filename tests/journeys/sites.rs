//! Sites by the command line: names, addresses, changes, and passwords where there is a keyring, a locked one or none.

use crate::bad_input::assert_refused;
use igny8_testkit::wordpress::RealWordPress;
use igny8_tests::keyring::Keyring;
use igny8_tests::program::Home;

const ADDRESS: &str = "https://tea.example";

fn add<'a>(name: &'a str, url: &'a str) -> [&'a str; 8] {
    ["site", "add", "--name", name, "--url", url, "--user", "ada"]
}

fn names(home: &Home) -> Vec<String> {
    let listed = home.json(&["site", "list"]);
    listed["sites"].as_array().unwrap().iter().map(|site| site["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_name_is_given_once_and_an_address_holds_no_password() {
    let home = Home::default();
    assert_eq!(home.run(&add("Tea", ADDRESS)).code, 0);
    assert_refused(&home.run(&add("tea", ADDRESS)), &["name", "taken", "another"], "a second site of the name");
    let before = home.dump();
    for address in ["https://ada:secret1@tea.example", "ada:secret1@tea.example/blog", "https://ada@tea.example"] {
        let ran = home.run(&add("Other", address));
        assert_refused(&ran, &["url", "user name or password", "leave it out"], address);
        assert!(!ran.stderr.contains("secret1"), "it is not repeated: {}", ran.stderr);
        assert_refused(&home.run(&["site", "edit", "Tea", "--url", address]), &["leave it out"], address);
    }
    assert_eq!(home.dump(), before, "nothing was stored");
    assert!(!before.contains("secret1"));

    assert_eq!(home.run(&add("Coffee", ADDRESS)).code, 0);
    assert_refused(&home.run(&["site", "edit", "Coffee", "--name", "TEA"]), &["taken"], "an edit to a name in use");
    assert_eq!(home.run(&["site", "remove", "Coffee"]).code, 0);
    assert_eq!(home.run(&add("Coffee", ADDRESS)).code, 0, "the name of a removed site is free");
}

#[test]
fn a_name_of_digits_alone_is_refused_and_one_that_is_there_stays() {
    let home = Home::default();
    assert_eq!(home.run(&add("Tea", ADDRESS)).code, 0);
    let words = ["name", "digits", "id", "add a letter"];
    assert_refused(&home.run(&add("1", ADDRESS)), &words, "it would be taken for the site's id");
    assert_refused(&home.run(&add(" 2026 ", ADDRESS)), &words, "whatever site has that id");
    assert_refused(&home.run(&["site", "edit", "Tea", "--name", "7"]), &words, "by an edit");
    assert_eq!(names(&home), ["Tea"]);
    assert_eq!(home.run(&add("1 cup", ADDRESS)).code, 0, "a digit in it is no harm");

    home.sqlite("update site set name = '77' where id = 1");
    home.json(&["site", "edit", "77", "--language", "de"]);
    assert_eq!(home.sqlite("select name, language from site where id = 1").stdout.trim(), "77|de");
}

#[test]
fn a_sector_that_is_named_twice_is_told_as_a_sector() {
    let home = Home::default();
    let twice = [&add("Tea", ADDRESS)[..], &["--sector", "Leaves", "--sector", "leaves"]].concat();
    assert_refused(&home.run(&twice), &["--sector", "twice"], "the table takes both for the same");
    assert_eq!(names(&home), [""; 0], "there is no site");
}

#[test]
fn an_edit_changes_what_it_names_and_nothing_else() {
    let home = Home::default();
    assert_eq!(home.run(&add("Tea", ADDRESS)).code, 0);
    let row = || home.sqlite("select name, url, user_name, language, zone, brand_color from site").stdout;
    assert_eq!(row().trim(), "Tea|https://tea.example|ada|en|UTC|#4453c7");
    let edits: [(&[&str], &str); 3] = [
        (&["--language", "de", "--zone", "Europe/Berlin"], "Tea|https://tea.example|ada|de|Europe/Berlin|#4453c7"),
        (&["--color", "#0A0B0C", "--user", "bob"], "Tea|https://tea.example|bob|de|Europe/Berlin|#0a0b0c"),
        (&["--name", "Leaves", "--url", "https://b.example"], "Leaves|https://b.example|bob|de|Europe/Berlin|#0a0b0c"),
    ];
    for (edit, after) in edits {
        home.json(&[&["site", "edit", "1"], edit].concat());
        assert_eq!(row().trim(), after);
    }
    assert_refused(&home.run(&["site", "edit", "1", "--zone", "Mars/Base"]), &["zone"], "an unknown zone");
    assert_refused(&home.run(&["site", "edit", "nobody", "--name", "X"]), &["no such site"], "an unknown site");
    assert_eq!(home.run(&["site", "edit", "1"]).code, 2, "an edit of nothing is wrong usage");
}

#[test]
fn without_a_keyring_no_half_a_site_is_left_and_the_password_comes_with_each_command() {
    let wordpress = RealWordPress::start();
    let home = Home::default();
    let password = wordpress.app_password.as_str();
    let ran = home.run_with(&add("Tea", &wordpress.base_url), password);
    assert_refused(&ran, &["no system keyring", "--password-stdin"], "adding with a password");
    assert_eq!(names(&home), [""; 0], "there is no site");

    let user = ["site", "add", "--name", "Tea", "--url", &wordpress.base_url, "--user", &wordpress.user];
    assert_eq!(home.run(&user).code, 0);
    assert_refused(&home.run_with(&["site", "password", "Tea"], password), &["no system keyring"], "keeping one");
    assert_refused(&home.run(&["site", "test", "Tea"]), &["no application password", "--password-stdin"], "none");
    assert_refused(
        &home.run(&["site", "test", "Tea", "--password-stdin"]),
        &["password", "missing", "standard input"],
        "none given",
    );
    let tested = home.run_with(&["--json", "site", "test", "Tea", "--password-stdin"], password).json();
    assert_eq!(tested["probe"]["can_publish"], true, "{tested}");

    let file = home.file("keywords.csv", "Keyword,Volume\ngreen tea benefits,4400\ngreen tea health benefits,2900\n");
    home.json(&["keywords", "import", &file, "--site", "Tea"]);
    for command in ["cluster", "ideas"] {
        home.json(&[command, "--site", "Tea"]);
    }
    home.json(&["write", "--site", "Tea", "--limit", "1"]);
    for command in ["images", "approve"] {
        home.json(&[command, "--site", "Tea"]);
    }
    let published = home.run_with(&["--json", "publish", "--site", "Tea", "--password-stdin"], password).json();
    assert_eq!(published["published"][0]["as_sent"], true, "{published}");
    let kept = home.sqlite(".dump").stdout;
    assert!(!kept.contains(password), "it is kept nowhere");
}

#[test]
fn a_password_goes_to_no_other_host_than_it_was_given_for() {
    let (first, second) = (RealWordPress::start(), RealWordPress::start());
    let mut home = Home::default();
    let _keyring = Keyring::start(&mut home);
    let user = ["--json", "site", "add", "--name", "Tea", "--url", &first.base_url, "--user", &first.user];
    home.run_with(&user, &first.app_password).json();
    let page = format!("{}/blog", first.base_url);
    assert_eq!(home.run(&["site", "edit", "Tea", "--url", &page]).stderr, "", "another page of the host is the host");
    assert_eq!(home.run(&["site", "edit", "Tea", "--url", &first.base_url]).stderr, "");
    assert_eq!(home.run(&["site", "test", "Tea"]).code, 0, "the password is still there");

    let moved = home.run(&["site", "edit", "Tea", "--url", &second.base_url]);
    assert!(moved.code == 0 && moved.stderr.contains("'site password"), "{moved:?}");
    assert_refused(&home.run(&["site", "test", "Tea"]), &["no application password"], "nothing is sent to the other");
    assert_eq!(home.run(&["site", "edit", "Tea", "--url", &first.base_url]).code, 0);
    assert_refused(&home.run(&["site", "test", "Tea"]), &["no application password"], "nor is it kept for a return");
}

#[test]
fn any_page_of_a_site_is_its_address_and_a_test_keeps_the_right_one() {
    let (wordpress, other) = (RealWordPress::start_below("/blog"), RealWordPress::start());
    let mut home = Home::default();
    let _keyring = Keyring::start(&mut home);
    let page = format!("{}/wp-admin/edit.php", wordpress.base_url).replace("127.0.0.1", "localhost");
    home.run_with(
        &["--json", "site", "add", "--name", "Tea", "--url", &page, "--user", "admin"],
        &wordpress.app_password,
    )
    .json();
    let tested = home.json(&["site", "test", "Tea"]);
    assert_eq!(tested["probe"]["api_url"], wordpress.api_url());
    assert_eq!(home.json(&["site", "list"])["sites"][0]["url"], wordpress.base_url);
    assert_eq!(home.run(&["site", "test", "Tea"]).code, 0, "and the password is still there");

    other.add_plugin("guest_book", "if (isset($_SERVER['PHP_AUTH_USER'])) { update_option('signed_in', 'somebody'); }");
    // A site that sends visitors to another one does not get the password sent there as well.
    wordpress.add_plugin(
        "moved",
        &format!("add_action('parse_request', fn() => wp_redirect('{}') && exit, 1);", other.base_url),
    );
    assert_refused(&home.run(&["site", "test", "Tea"]), &["redirects to", &other.base_url], "another place");
    assert_eq!(other.eval_php("echo get_option('signed_in', 'nobody');"), "nobody", "no password went there");
}

#[test]
fn a_site_is_disconnected_there_and_here_and_says_when_it_could_not_be() {
    let wordpress = RealWordPress::start();
    let mut home = Home::default();
    let _keyring = Keyring::start(&mut home);
    let add = ["--json", "site", "add", "--name", "Tea", "--url", &wordpress.base_url, "--user", "admin"];
    home.run_with(&add, &wordpress.app_password).json();
    let consent = home.json(&["site", "consent", "Tea"]);
    assert_eq!(consent["url"], wordpress.base_url);
    assert!(consent["page"].as_str().unwrap().contains("/wp-admin/authorize-application.php?app_name="), "{consent}");
    let unknown = home.json(&["site", "consent", &wordpress.base_url]);
    assert_eq!(
        (&unknown["url"], &unknown["name"]),
        (&consent["url"], &consent["name"]),
        "also before it is a site here"
    );

    let left = "echo count(WP_Application_Passwords::get_user_application_passwords(1));";
    assert_eq!(wordpress.eval_php(left), "1");
    let done = home.json(&["site", "disconnect", "Tea"]);
    assert_eq!((done["revoked"].as_bool(), wordpress.eval_php(left).as_str()), (Some(true), "0"), "{done}");
    assert_refused(&home.run(&["site", "test", "Tea"]), &["no application password"], "it is forgotten here");

    home.run_with(&["site", "password", "Tea"], wordpress.create_user("admin", "administrator"));
    wordpress.begin_maintenance();
    let ran = home.run(&["site", "disconnect", "Tea"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for words in ["did not take it back", "busy or under maintenance", "Users, Profile"] {
        assert!(ran.stderr.contains(words), "says \"{words}\": {}", ran.stderr);
    }
    assert_refused(&home.run(&["site", "test", "Tea"]), &["no application password"], "it is forgotten all the same");
}

#[test]
fn a_site_is_given_an_authority_of_its_own_and_loses_it_again() {
    let home = Home::default();
    assert_eq!(home.run(&add("Tea", ADDRESS)).code, 0);
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/contracts/certificates/authority.pem");
    let kept = || home.sqlite("select authority from site").stdout;
    assert_eq!(home.json(&["site", "authority", "Tea", file])["has_authority"], true);
    assert_eq!(kept().trim(), std::fs::read_to_string(file).unwrap().trim());
    let key = concat!(env!("CARGO_MANIFEST_DIR"), "/contracts/certificates/key.pem");
    for (other, words) in [(key, "holds no certificate"), ("/no/such/file.pem", "could not be read")] {
        assert_refused(&home.run(&["site", "authority", "Tea", other]), &[words], other);
    }
    assert!(kept().contains("CERTIFICATE"), "a refusal changes nothing");
    assert_eq!(home.json(&["site", "authority", "Tea", "--none"])["has_authority"], false);
    assert_eq!(kept().trim(), "");
    assert_eq!(home.run(&["site", "authority", "Tea"]).code, 2, "one or the other");
}

#[test]
fn a_folder_has_no_connection_to_set_up_or_to_end() {
    let home = Home::default();
    home.json(&["site", "add", "--name", "Notes", "--kind", "folder"]);
    let before = home.dump();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/contracts/certificates/authority.pem");
    for command in [
        &["site", "disconnect", "Notes"][..],
        &["site", "disconnect", "Notes", "--password-stdin"],
        &["site", "authority", "Notes", file],
        &["site", "authority", "Notes", "--none"],
        &["site", "consent", "Notes"],
        &["site", "password", "Notes"],
    ] {
        assert_refused(&home.run(command), &["the site", "is a folder", "no connection"], &format!("{command:?}"));
    }
    assert_eq!(home.dump(), before, "nothing is changed");
}

#[test]
fn an_address_needs_no_scheme() {
    let home = Home::default();
    assert_eq!(home.run(&add("Tea", "tea.example/blog")).code, 0);
    assert_eq!(home.json(&["site", "list"])["sites"][0]["url"], "https://tea.example/blog");
}

#[test]
fn a_new_password_replaces_the_old_one_and_a_locked_keyring_is_told_as_what_it_is() {
    let wordpress = RealWordPress::start();
    let mut home = Home::default();
    let keyring = Keyring::start(&mut home);
    let user = ["--json", "site", "add", "--name", "Tea", "--url", &wordpress.base_url, "--user", &wordpress.user];
    home.run_with(&user, "abcd efgh ijkl mnop qrst uvwx").json();
    assert_refused(&home.run(&["site", "test", "Tea"]), &["not accepted"], "the wrong password");
    assert_refused(&home.run(&["site", "password", "Tea"]), &["password", "missing", "standard input"], "none given");
    home.run_with(&["--json", "site", "password", "Tea"], &wordpress.app_password).json();
    assert_eq!(home.run(&["site", "test", "Tea"]).code, 0, "the right one");

    keyring.lock(&home);
    let ran = home.run(&["site", "test", "Tea"]);
    assert_refused(&ran, &["keyring"], "a locked keyring");
    assert!(!ran.stderr.contains("No application password"), "{}", ran.stderr);
    let ran = home.run_with(&add("Other", ADDRESS), "abcd efgh ijkl mnop qrst uvwx");
    assert_refused(&ran, &["keyring", "nothing was changed"], "adding beside a locked keyring");
    assert_eq!(names(&home), ["Tea"], "no half a site is left");
    assert_eq!(home.books().number("select count(*) from site"), 1, "not even out of sight");
    let tested = home.run_with(&["site", "test", "Tea", "--password-stdin"], &wordpress.app_password);
    assert_eq!(tested.code, 0, "a password that is given needs no keyring: {tested:?}");
}
