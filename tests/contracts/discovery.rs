//! Finding the interface of a site, with every form its address takes, and of things that are no site.

use crate::loopback::{Loopback, Reply, Seen, answer, html, json};
use crate::site::{admin, client, draft, install_cryptography};
use igny8_core::port::{Destination, SiteError};
use igny8_testkit::wordpress::RealWordPress;
use igny8_wordpress::{Discovered, Options, discover};

async fn find(address: &str) -> Result<Discovered, SiteError> {
    install_cryptography();
    discover(address, Options::default()).await
}

const INDEX: &str = r#"{"name":"Tea &amp; Co","home":"https://tea.example","namespaces":["oembed/1.0","wp/v2"]}"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_site_is_found_from_any_of_its_pages() {
    let wordpress = RealWordPress::start();
    for page in ["", "/", "/hello-world/", "/wp-admin/", "/wp-login.php?redirect_to=x", "/wp-json/wp/v2/posts"] {
        let found = find(&format!("{}{page}", wordpress.base_url)).await.unwrap();
        assert_eq!(found.api_url, wordpress.api_url(), "{page}");
        assert_eq!(found.home_url, wordpress.base_url, "{page}");
        assert!(!found.name.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_with_plain_permalinks_is_found_and_used_through_its_query_form() {
    let wordpress = RealWordPress::start();
    wordpress.use_plain_permalinks();
    // What makes a bare 200 worthless.
    let page = reqwest::get(wordpress.api_url()).await.unwrap();
    assert_eq!(page.status(), 200);
    assert!(page.text().await.unwrap().contains("<html"));

    let found = find(&wordpress.base_url).await.unwrap();
    assert_eq!(found.api_url, format!("{}/index.php?rest_route=%2F", wordpress.base_url));
    let site = client(&found.api_url, &wordpress.user, &wordpress.app_password);
    assert!(site.probe().await.unwrap().can_publish);
    let post = site.create_draft(&draft("plain-k3f9")).await.unwrap();
    assert_eq!(site.find_post("plain-k3f9", false).await.unwrap(), Some(post));
    // The path form of the same site is a page.
    let wrong = admin(&wordpress).probe().await.unwrap_err();
    assert_eq!(wrong, SiteError::HtmlInsteadOfJson { status: 200 });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_in_a_folder_is_found_from_its_posts_and_kept_under_its_own_address() {
    let wordpress = RealWordPress::start_below("/blog");
    for page in ["", "/hello-world/", "/wp-admin/edit.php", "/no-such-post/"] {
        let found = find(&format!("{}{page}", wordpress.base_url)).await.unwrap();
        assert_eq!((found.api_url, found.home_url), (wordpress.api_url(), wordpress.base_url.clone()), "{page}");
    }
    // A page that does not say where its site is: it is looked for above.
    wordpress.add_plugin(
        "quiet",
        "remove_action('template_redirect', 'rest_output_link_header', 11); remove_action('wp_head', 'rest_output_link_wp_head', 10);",
    );
    let found = find(&format!("{}/hello-world/", wordpress.base_url)).await.unwrap();
    assert_eq!((found.api_url, found.home_url), (wordpress.api_url(), wordpress.base_url.clone()));
    let above = wordpress.base_url.replace("/blog", "/");
    assert_eq!(find(&above).await.map(|found| found.api_url), Err(SiteError::NotWordPress), "beside it there is none");

    let site = admin(&wordpress);
    let probe = site.probe().await.unwrap();
    assert_eq!((probe.address, probe.api_url), (wordpress.base_url.clone(), wordpress.api_url()));
    let post = site.create_draft(&draft("folder-k3f9")).await.unwrap();
    assert_eq!(site.find_post("folder-k3f9", false).await.unwrap(), Some(post));

    wordpress.use_plain_permalinks();
    let found = find(&format!("{}/?p=1", wordpress.base_url)).await.unwrap();
    assert_eq!(found.api_url, format!("{}/?rest_route=%2F", wordpress.base_url));
    assert_eq!(found.home_url, wordpress.base_url);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_interface_is_found_by_its_link() {
    let wordpress = RealWordPress::start();
    wordpress.add_plugin("prefix", "add_filter('rest_url_prefix', fn() => 'data');");
    let _ = wordpress.eval_php("flush_rewrite_rules(false);");
    assert_eq!(find(&wordpress.base_url).await.unwrap().api_url, format!("{}/data/", wordpress.base_url));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_hides_its_interface_from_visitors_is_found() {
    let wordpress = RealWordPress::start();
    let members_only = "add_filter('rest_authentication_errors', fn($e) => $e ?: (is_user_logged_in() ? $e : \
        new WP_Error('rest_not_logged_in', 'Members only.', ['status' => 401])));";
    wordpress.add_plugin("members", members_only);
    assert_eq!(find(&wordpress.base_url).await.unwrap().api_url, wordpress.api_url());
    assert!(admin(&wordpress).probe().await.unwrap().can_publish);
}

#[tokio::test]
async fn what_only_looks_like_a_site_is_not_taken_for_one() {
    let no = Err(SiteError::NotWordPress);
    let page = Loopback::start(|_| html(200, "<html><h1>Bakery</h1>")).await;
    assert_eq!(find(&page.base_url).await, Err(SiteError::NotWordPress));
    let other = Loopback::start(|_| json(200, r#"{"namespaces":["other/v1"]}"#)).await;
    assert_eq!(find(&other.base_url).await, no);
    let firewall = Loopback::start(|_| html(403, "<html>blocked")).await;
    assert_eq!(find(&firewall.base_url).await, Err(SiteError::HtmlInsteadOfJson { status: 403 }));
    let down = Loopback::start(|_| Reply::Send(answer(503, "text/html", &["Retry-After: 60"], "<html>"))).await;
    assert_eq!(find(&down.base_url).await, Err(SiteError::Busy { retry_after_ms: Some(60_000) }));
    assert_eq!(find("name.invalid").await, Err(SiteError::Unreachable));
    assert_eq!(find("not an address").await, no);
}

#[tokio::test]
async fn redirects_are_followed_to_the_address_that_is_stored() {
    let server = Loopback::start(|request: &Seen| match request.target.as_str() {
        "/" => Reply::Send(answer(301, "text/html", &["Location: /blog/"], "")),
        "/blog/" => Reply::Send(answer(200, "text/html", &["Link: <api/>; rel=\"https://api.w.org/\""], "<html>")),
        "/blog/api/" => Reply::Send(answer(308, "text/html", &["Location: /blog/rest/"], "")),
        "/blog/rest/" => json(200, INDEX),
        _ => html(404, "<html>"),
    })
    .await;
    let found = find(&server.base_url).await.unwrap();
    assert_eq!(found.api_url, format!("{}/blog/rest/", server.base_url));
    let blog = format!("{}/blog", server.base_url);
    assert_eq!(
        (found.home_url, found.name.as_str()),
        (blog, "Tea & Co"),
        "what it says of another place counts nothing"
    );
    assert!(server.seen().iter().all(|request| request.method == "GET" && request.authorization.is_none()));
}

#[tokio::test]
async fn no_redirect_leads_into_a_network_out_of_the_web_or_to_another_place() {
    let targets = [
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "https://[fd00::1]/",
        "http://localhost:1/",
        "http://plain.example/",
        "ftp://a.example/",
        "https://another.example/",
    ];
    for target in targets {
        let location = format!("Location: {target}");
        let server = Loopback::start(move |_| Reply::Send(answer(302, "text/html", &[&location], ""))).await;
        assert_eq!(find(&server.base_url).await, Err(SiteError::Redirected { location: target.to_owned() }));
        // The same for an address that a page names.
        let link = format!("Link: <{target}>; rel=\"https://api.w.org/\"");
        let server = Loopback::start(move |_| Reply::Send(answer(200, "text/html", &[&link], "<html>"))).await;
        assert_eq!(find(&server.base_url).await, Err(SiteError::Redirected { location: target.to_owned() }));
    }
    let round = Loopback::start(|_| Reply::Send(answer(302, "text/html", &["Location: /again"], ""))).await;
    assert!(matches!(find(&round.base_url).await, Err(SiteError::Redirected { .. })));
    assert!(round.seen().len() <= 6, "{}", round.seen().len());
}
