//! The connection doctor: one test for each verdict, against a real WordPress that was made to misbehave, or against a
//! server that does what no WordPress can be made to do.

use crate::loopback::{Loopback, Reply, answer, html};
use crate::secure;
use crate::site::install_cryptography;
use igny8_app::SystemClock;
use igny8_core::port::SiteError;
use igny8_core::port::diagnosis::{Check, Diagnosis, Outcome, TlsFault, Verdict};
use igny8_testkit::wordpress::RealWordPress;
use igny8_wordpress::{Authorities, Credentials, Options, examine};
use secrecy::SecretString;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// What nobody may ever read.
const SECRET: &str = "abcd efgh ijkl mnop qrst uvwx";

async fn look_as(address: &str, user: &str, password: &str, options: Options) -> Diagnosis {
    install_cryptography();
    let credentials = Credentials { user: user.to_owned(), password: SecretString::from(password.to_owned()) };
    let found = examine(address, Ok(credentials), options, &SystemClock::new()).await;
    assert_eq!(found.checks.iter().map(|one| one.check).collect::<Vec<_>>(), Check::OF_WEB, "each check once");
    assert!(!format!("{:?}", found.checks).contains(password), "no secret is in it");
    found
}

async fn look_at(address: &str) -> Diagnosis {
    look_as(address, "admin", SECRET, Options::default()).await
}

async fn look(site: &RealWordPress) -> Diagnosis {
    look_as(&site.base_url, &site.user, &site.app_password, Options::default()).await
}

fn outcome(found: &Diagnosis, check: Check) -> &Outcome {
    &found.checks.iter().find(|one| one.check == check).unwrap().outcome
}

/// What stopped it, where, and the fact beside it. What was looked at before is well, what comes after was not come to.
fn stopped(found: &Diagnosis) -> (Check, Verdict, String) {
    let at = found.checks.iter().position(|one| matches!(one.outcome, Outcome::Failed(_))).unwrap();
    let one = &found.checks[at];
    for before in &found.checks[..at] {
        assert!(!matches!(before.outcome, Outcome::Failed(_) | Outcome::Skipped), "{before:?}");
    }
    for after in found.checks[at + 1..].iter().filter(|one| one.check != Check::Speed) {
        assert_eq!(after.outcome, Outcome::Skipped, "{after:?}");
    }
    let (verdict, note) = found.failure().unwrap();
    (one.check, verdict.clone(), note.to_owned())
}

fn verdict(found: &Diagnosis) -> Verdict {
    stopped(found).1
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_is_well_is_told_so() {
    let wordpress = RealWordPress::start();
    let found = look(&wordpress).await;
    assert_eq!(found.failure(), None, "{found:?}");
    let unsecured = Outcome::Warned(Verdict::Unsecured);
    assert_eq!(outcome(&found, Check::Connection), &unsecured, "plain http is allowed here, and called what it is");
    assert!(found.checks.iter().all(|one| [&Outcome::Passed, &unsecured].contains(&&one.outcome)), "{found:?}");
    assert_eq!(found.probe.map(|probe| probe.api_url), Some(wordpress.api_url()));
}

#[tokio::test]
async fn a_name_that_leads_nowhere() {
    let found = look_at("https://no-such-name.invalid/blog").await;
    assert_eq!(stopped(&found), (Check::Name, Verdict::Dns, "no-such-name.invalid".to_owned()));
}

#[tokio::test]
async fn nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    assert_eq!(
        stopped(&look_at(&address).await),
        (Check::Connection, Verdict::Other(SiteError::Unreachable), "127.0.0.1".to_owned())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn certificates_are_told_apart() {
    install_cryptography();
    for (certificate, fault) in [("here.pem", TlsFault::Issuer), ("expired.pem", TlsFault::Expired)] {
        let found = look_at(&secure::start(certificate, "{}")).await;
        assert_eq!(stopped(&found), (Check::Connection, Verdict::Tls(fault), "127.0.0.1".to_owned()), "{certificate}");
    }
    let found = look_at(&speaks_plain_text().await).await;
    assert_eq!(verdict(&found), Verdict::Tls(TlsFault::Absent));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_of_the_site_s_own_is_trusted_and_the_rest_of_a_certificate_is_checked_all_the_same() {
    install_cryptography();
    let authority = std::fs::read_to_string(secure::file("authority.pem")).unwrap();
    let trusting = || Options { authorities: Authorities::from_pem(&authority).unwrap(), ..Options::default() };
    let found = look_as(&secure::start("here.pem", "{}"), "admin", SECRET, trusting()).await;
    assert_eq!(outcome(&found, Check::Connection), &Outcome::Passed);
    assert_eq!(verdict(&found), Verdict::Other(SiteError::NotWordPress), "what answers is none");
    for (certificate, fault) in [("elsewhere.pem", TlsFault::Name), ("expired.pem", TlsFault::Expired)] {
        let found = look_as(&secure::start(certificate, "{}"), "admin", SECRET, trusting()).await;
        assert_eq!(verdict(&found), Verdict::Tls(fault), "{certificate}");
    }
}

/// An address of `https` where the answer is unencrypted, as at a wrong port. It ends with the test's runtime.
async fn speaks_plain_text() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut hello = [0; 4096];
            if stream.read(&mut hello).await.is_ok() {
                // A client that understood nothing hangs up.
                let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n").await;
            }
        }
    });
    address
}

#[tokio::test]
async fn another_kind_of_site() {
    let bakery = Loopback::start(|_| html(200, "<html><h1>Bakery</h1>")).await;
    let found = look_at(&bakery.base_url).await;
    assert_eq!(stopped(&found), (Check::Site, Verdict::Other(SiteError::NotWordPress), "HTTP 200".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_interface_is_switched_off() {
    let wordpress = RealWordPress::start();
    wordpress.add_plugin(
        "off",
        "add_filter('rest_authentication_errors', fn() => new WP_Error('rest_disabled', 'Off.', ['status' => 403]));",
    );
    assert_eq!(stopped(&look(&wordpress).await), (Check::Interface, Verdict::RestOff, "rest_disabled".to_owned()));
    // As others do it: nothing answers and nothing points there.
    wordpress.add_plugin(
        "off",
        "remove_action('parse_request', 'rest_api_loaded'); remove_action('wp_head', 'rest_output_link_wp_head', 10); \
         remove_action('template_redirect', 'rest_output_link_header', 11);",
    );
    assert_eq!(verdict(&look(&wordpress).await), Verdict::RestOff);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_interface_answers_with_pages() {
    let wordpress = RealWordPress::start();
    wordpress.add_plugin(
        "html",
        "add_action('parse_request', function () { if (str_contains($_SERVER['REQUEST_URI'], 'wp-json') || isset($_GET['rest_route'])) \
         { header('Content-Type: text/html'); echo '<!doctype html><title>Log in</title>'; exit; } }, 1);",
    );
    let page = SiteError::HtmlInsteadOfJson { status: 200 };
    assert_eq!(stopped(&look(&wordpress).await), (Check::Interface, Verdict::Other(page), String::new()));
}

#[tokio::test(flavor = "multi_thread")]
async fn php_prints_into_the_data() {
    let wordpress = RealWordPress::start();
    wordpress.add_plugin(
        "noise",
        "add_action('rest_api_init', function () { echo '<br /><b>Warning</b>: x in <b>', __FILE__, '</b> on line <b>3</b><br />', PHP_EOL; });",
    );
    let found = look(&wordpress).await;
    assert_eq!(found.failure(), None, "it is read all the same: {found:?}");
    assert_eq!(outcome(&found, Check::Data), &Outcome::Warned(Verdict::Noise));
    assert_eq!(found.checks.iter().find(|one| one.check == Check::Data).unwrap().note, "mu-plugins/noise.php");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stripped_header_and_a_wrong_password_look_the_same() {
    let wordpress = RealWordPress::start();
    let expected = (Check::SignIn, Verdict::Other(SiteError::Auth), String::new());
    let wrong = look_as(&wordpress.base_url, "admin", SECRET, Options::default()).await;
    assert_eq!(stopped(&wrong), expected);
    wordpress.add_plugin(
        "strips",
        "unset($_SERVER['PHP_AUTH_USER'], $_SERVER['PHP_AUTH_PW'], $_SERVER['HTTP_AUTHORIZATION']);",
    );
    assert_eq!(stopped(&look(&wordpress).await), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_password_is_kept() {
    install_cryptography();
    let wordpress = RealWordPress::start();
    let none = Err(SiteError::NoCredentials);
    let found = examine(&wordpress.base_url, none, Options::default(), &SystemClock::new()).await;
    assert_eq!(stopped(&found), (Check::SignIn, Verdict::Other(SiteError::NoCredentials), String::new()));
}

#[tokio::test(flavor = "multi_thread")]
async fn application_passwords_are_off() {
    let wordpress = RealWordPress::start();
    wordpress.add_plugin("off", "add_filter('wp_is_application_passwords_available', '__return_false');");
    let found = look(&wordpress).await;
    assert_eq!((stopped(&found).0, verdict(&found)), (Check::SignIn, Verdict::AppPasswordsOff));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_too_small() {
    let wordpress = RealWordPress::start();
    let password = wordpress.create_user("cleo", "contributor");
    let found = look_as(&wordpress.base_url, "cleo", &password, Options::default()).await;
    let failed = found.failure().map(|(verdict, note)| (verdict.clone(), note.to_owned()));
    assert_eq!(failed, Some((Verdict::RoleTooSmall, "contributor".to_owned())));
    assert_eq!(outcome(&found, Check::SignIn), &Outcome::Passed);
    assert_eq!(found.probe.map(|probe| probe.can_publish), Some(false), "who we are there is known");
    let password = wordpress.create_user("arno", "author");
    assert_eq!(look_as(&wordpress.base_url, "arno", &password, Options::default()).await.failure(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_firewall_answers() {
    let page = "<html><title>Attention Required! | Cloudflare</title><p>Sorry, you have been blocked";
    let server = Loopback::start(move |_| html(403, page)).await;
    let (_, verdict, note) = stopped(&look_at(&server.base_url).await);
    assert_eq!((verdict, note.as_str()), (Verdict::Firewall, "Cloudflare"));
    // Visitors see the site; programs do not see its interface.
    let wordpress = RealWordPress::start();
    wordpress.add_plugin(
        "guard",
        "if (str_contains($_SERVER['REQUEST_URI'], 'wp-json') || isset($_GET['rest_route'])) \
         { http_response_code(406); header('Content-Type: text/html'); echo '<h1>Not Acceptable!</h1>Mod_Security'; exit; }",
    );
    let found = look(&wordpress).await;
    assert_eq!(stopped(&found), (Check::Interface, Verdict::Firewall, "ModSecurity".to_owned()));
    // Or only what is signed in is refused.
    wordpress.add_plugin(
        "guard",
        "if (isset($_SERVER['PHP_AUTH_USER'])) \
         { http_response_code(403); header('Content-Type: text/html'); echo '<p>Generated by Wordfence'; exit; }",
    );
    let found = look(&wordpress).await;
    assert_eq!(stopped(&found), (Check::SignIn, Verdict::Firewall, "403".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_site_is_under_maintenance() {
    let wordpress = RealWordPress::start();
    wordpress.begin_maintenance();
    assert_eq!(stopped(&look(&wordpress).await), (Check::Site, Verdict::Maintenance, String::new()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_host_is_told_whether_it_answers_in_the_end_or_not() {
    let wordpress = RealWordPress::start();
    wordpress.add_plugin("slow", "if (isset($_SERVER['PHP_AUTH_USER'])) { usleep(900000); }");
    let options = Options { slow: Duration::from_millis(600), ..Options::default() };
    let found = look_as(&wordpress.base_url, &wordpress.user, &wordpress.app_password, options).await;
    assert_eq!(found.failure(), None, "{found:?}");
    assert_eq!(outcome(&found, Check::Speed), &Outcome::Warned(Verdict::Slow));

    let (connect, first_byte) = (Duration::from_millis(200), Duration::from_millis(300));
    let silent = Loopback::start(|_| Reply::SendAndStall(Vec::new())).await;
    let impatient = Options { connect, first_byte, ..Options::default() };
    let found = look_as(&silent.base_url, "admin", SECRET, impatient).await;
    assert_eq!((stopped(&found).0, verdict(&found)), (Check::Site, Verdict::Slow));
    // A connection that is cut is another thing.
    let cut = Loopback::start(|_| Reply::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<".to_vec())).await;
    assert_eq!(verdict(&look_at(&cut.base_url).await), Verdict::Other(SiteError::Unknown));
}

#[tokio::test]
async fn an_address_that_leads_elsewhere() {
    let target = "https://another.example/";
    let server =
        Loopback::start(move |_| Reply::Send(answer(301, "text/html", &[&format!("Location: {target}")], ""))).await;
    let found = look_at(&server.base_url).await;
    let redirected = SiteError::Redirected { location: target.to_owned() };
    assert_eq!(stopped(&found), (Check::Site, Verdict::Other(redirected), target.to_owned()));
}
