//! Answers that are not what they seem: pages, redirects, printed warnings, broken uploads.

use crate::loopback::{Loopback, Reply, Seen, answer, html, json};
use crate::site::{client, draft, media};
use igny8_core::port::destination::{RemoteMedia, RemoteStatus};
use igny8_core::port::{Destination, SiteError};

/// The post a create is answered with.
const POST: &str = r#"{"id":12,"status":"draft","slug":"x","link":"https://a.example/?p=12","title":{"raw":"t"},"content":{"raw":""}}"#;

/// How a create and a read of a post end at a server that does this.
async fn both(reply: impl Fn() -> Reply + Send + Sync + 'static) -> (SiteError, SiteError) {
    let server = Loopback::start(move |_| reply()).await;
    let site = client(&server.api_url(), "ann", "pass");
    let write = site.create_draft(&draft("x")).await.unwrap_err();
    (write, site.read_post("12", false).await.unwrap_err())
}

#[tokio::test]
async fn a_login_page_with_200_is_no_success() {
    let page = "<!doctype html><title>Log In</title>";
    let expected = SiteError::HtmlInsteadOfJson { status: 200 };
    assert_eq!(both(move || html(200, page)).await, (expected.clone(), expected));
}

#[tokio::test]
async fn a_firewall_is_told_from_the_site() {
    let expected = SiteError::HtmlInsteadOfJson { status: 403 };
    assert_eq!(both(|| html(403, "<html>Access denied")).await, (expected.clone(), expected));
    let (write, _) = both(|| json(403, r#"{"code":"rest_cannot_create","message":"No.","data":{"status":403}}"#)).await;
    assert_eq!(write, SiteError::Forbidden { code: "rest_cannot_create".to_owned() });
}

#[tokio::test]
async fn busy_sites_say_how_long() {
    let expected = SiteError::Busy { retry_after_ms: Some(7000) };
    for status in [429, 503] {
        let reply = move || Reply::Send(answer(status, "text/html", &["Retry-After: 7"], "<html>"));
        assert_eq!(both(reply).await, (expected.clone(), expected.clone()), "{status}");
    }
    let dated = ["Date: Mon, 23 Nov 2026 04:00:00 GMT", "Retry-After: Mon, 23 Nov 2026 04:00:07 GMT"];
    let reply = move || Reply::Send(answer(429, "application/json", &dated, "{}"));
    assert_eq!(both(reply).await, (expected.clone(), expected));
}

#[tokio::test]
async fn a_server_error_leaves_a_write_open_and_a_read_not() {
    for status in [502, 503, 504] {
        let (write, read) = both(move || html(status, "<html>")).await;
        assert_eq!((write, read), (SiteError::ServerError { status }, SiteError::Busy { retry_after_ms: None }));
        assert!(SiteError::ServerError { status }.may_have_happened(), "it is looked up before it is sent again");
    }
}

#[tokio::test]
async fn a_redirect_is_never_followed_and_the_password_stays() {
    let other = Loopback::start(|_| json(201, POST)).await;
    for status in [301, 302, 303, 307, 308] {
        for target in [format!("{}/wp-json/wp/v2/posts?secret=1", other.base_url), "/wp-json/wp/v2/posts".to_owned()] {
            let location = format!("Location: {target}");
            let server = Loopback::start(move |_| Reply::Send(answer(status, "text/html", &[&location], ""))).await;
            let site = client(&server.api_url(), "ann", "pass");
            let shown = target.split('?').next().unwrap().to_owned();
            let expected = SiteError::Redirected { location: shown };
            assert_eq!(site.create_draft(&draft("x")).await.unwrap_err(), expected, "{status}");
            assert_eq!(site.read_post("12", false).await.unwrap_err(), expected, "{status}");
            assert_eq!(server.seen().len(), 2);
        }
    }
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn data_behind_marks_and_warnings_is_data() {
    let noisy = [
        format!("\u{feff}{POST}"),
        format!(
            "<br />\n<b>Warning</b>: Undefined array key \"x\" in <b>/srv/a.php</b> on line <b>3</b><br />\n{POST}"
        ),
        format!("\nDeprecated: Function {{x}} is deprecated in /srv/a.php on line 3\n{POST}"),
    ];
    for body in noisy {
        // A warning printed first makes every status 200 and the type text/html.
        let server = Loopback::start(move |_| html(200, &body)).await;
        let post = client(&server.api_url(), "ann", "pass").create_draft(&draft("x")).await.unwrap();
        assert_eq!((post.id.as_str(), post.status), ("12", RemoteStatus::Draft));
    }
    let refused =
        "<b>Warning</b>: x<br />\n{\"code\":\"rest_post_invalid_id\",\"message\":\"m\",\"data\":{\"status\":404}}";
    assert_eq!(both(move || html(200, refused)).await, (SiteError::NotFound, SiteError::NotFound));
}

#[tokio::test]
async fn success_without_a_post_is_no_success() {
    for body in ["{}", "[]", "", "null", r#"{"id":12}"#, r#"{"id":"x","status":"draft"}"#] {
        let (write, read) = both(move || json(201, body)).await;
        assert!(write.may_have_happened(), "{body}: {write:?}");
        assert_eq!(read, SiteError::BadReply, "{body}");
    }
}

#[tokio::test]
async fn another_program_s_interface_is_no_wordpress() {
    let (_, read) = both(|| json(404, r#"{"code":"rest_no_route","message":"m","data":{"status":404}}"#)).await;
    assert_eq!(read, SiteError::NotWordPress);
    for index in [r#"{"name":"Other"}"#, r#"{"namespaces":["other/v1"]}"#, "[]"] {
        let server = Loopback::start(move |_| json(200, index)).await;
        let error = client(&server.api_url(), "ann", "pass").probe().await.unwrap_err();
        assert_eq!(error, SiteError::NotWordPress, "{index}");
    }
}

#[tokio::test]
async fn an_upload_that_broke_while_sizes_were_made_is_finished_and_not_repeated() {
    let file = r#"{"id":44,"source_url":"https://a.example/ab12.png","alt_text":"A cup & a \"pot\""}"#;
    let server = Loopback::start(move |request: &Seen| match request.target.split('?').next() {
        Some("/wp-json/wp/v2/media") => {
            Reply::Send(answer(500, "text/html", &["X-WP-Upload-Attachment-ID: 44"], "<p>critical error"))
        }
        Some("/wp-json/wp/v2/media/44/post-process") => json(200, file),
        _ => html(404, ""),
    })
    .await;
    let placed = client(&server.api_url(), "ann", "pass").upload_media(&media("", "ab12.png", vec![1])).await.unwrap();
    let expected = RemoteMedia {
        id: "44".to_owned(),
        url: "https://a.example/ab12.png".to_owned(),
        alt: "A cup & a \"pot\"".to_owned(),
    };
    assert_eq!(placed, expected);
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn an_upload_that_just_broke_must_be_looked_up() {
    let server = Loopback::start(|_| html(500, "<p>critical error")).await;
    let site = client(&server.api_url(), "ann", "pass");
    let error = site.upload_media(&media("", "ab12.png", vec![1])).await.unwrap_err();
    assert!(error.may_have_happened(), "{error:?}");
    let server = Loopback::start(|_| html(413, "<h1>413 Request Entity Too Large")).await;
    let site = client(&server.api_url(), "ann", "pass");
    let error = site.upload_media(&media("", "ab12.png", vec![1])).await.unwrap_err();
    assert_eq!(error, SiteError::Rejected { status: 413, code: "http_413".to_owned() });
}

#[tokio::test]
async fn the_password_goes_with_the_interface_and_not_with_the_home_page() {
    let server = Loopback::start(|request: &Seen| match request.target.as_str() {
        "/" => html(200, r#"<meta name="generator" content="WordPress 6.9">"#),
        target if target.starts_with("/wp-json/wp/v2/users/me") => {
            json(200, r#"{"name":"Ann","username":"ann","roles":["author"],"capabilities":{"publish_posts":true}}"#)
        }
        _ => {
            let host = "http://127.0.0.1";
            json(200, &format!(r#"{{"name":"A &amp; B","home":"{host}","namespaces":["wp/v2"],"gmt_offset":"5.5"}}"#))
        }
    })
    .await;
    let probe = client(&server.api_url(), "ann", "pa ss").probe().await.unwrap();
    assert_eq!((probe.name.as_str(), probe.timezone.as_str(), probe.version.as_str()), ("A & B", "+05:30", ""));
    assert!(probe.can_publish && !probe.can_upload);
    let seen = server.seen();
    assert!(
        seen.iter().all(|request| request.target.starts_with("/wp-json/")),
        "another origin is not asked: {seen:?}"
    );
    // The user name and the password as RFC 7617 joins them.
    let basic = Some("Basic YW5uOnBhIHNz".to_owned());
    assert!(seen.iter().all(|request| request.authorization == basic), "{seen:?}");
}
