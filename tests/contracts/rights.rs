//! Who we are on a site and what it lets us do.

use crate::blocks::{EVERYTHING, image};
use crate::site::{admin, client, draft, media, picture};
use igny8_core::port::destination::{Article, Named, PostUpdate, RemoteStatus, SeoPath, SeoWay, Taxonomy};
use igny8_core::port::{Destination, SiteError};
use igny8_testkit::wordpress::RealWordPress;

fn forbidden(code: &str) -> SiteError {
    SiteError::Forbidden { code: code.to_owned() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_says_what_it_is_and_who_we_are() {
    let wordpress = RealWordPress::start();
    let _ =
        wordpress.eval_php("update_option('blogname', 'Tea & Co'); update_option('timezone_string', 'Asia/Tokyo');");
    let probe = admin(&wordpress).probe().await.unwrap();
    assert_eq!((probe.name.as_str(), probe.timezone.as_str()), ("Tea & Co", "Asia/Tokyo"));
    assert_eq!((probe.home_url, probe.api_url), (wordpress.base_url.clone(), wordpress.api_url()));
    assert_eq!((probe.user_name.as_str(), probe.version.as_str()), ("admin", "6.5.5"));
    assert_eq!(probe.roles, ["administrator"]);
    assert!(probe.can_publish && probe.can_upload);

    // The password counts without its spaces too.
    let joined = wordpress.app_password.replace(' ', "");
    assert!(client(&wordpress.api_url(), "admin", &joined).probe().await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_name_or_password_is_not_signed_in() {
    let wordpress = RealWordPress::start();
    for (user, password) in [("admin", "wrong"), ("nobody", &wordpress.app_password), ("admin", "")] {
        let site = client(&wordpress.api_url(), user, password);
        assert_eq!(site.probe().await.unwrap_err(), SiteError::Auth, "{user}");
        assert_eq!(site.create_draft(&draft("x")).await.unwrap_err(), SiteError::Auth, "{user}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn application_passwords_can_be_off() {
    let wordpress = RealWordPress::start();
    let off = |who: &str| format!("add_filter('wp_is_application_passwords_available{who}', '__return_false');");
    // For one user only, WordPress does not let on.
    wordpress.add_plugin("off", &off("_for_user"));
    assert_eq!(admin(&wordpress).probe().await.unwrap_err(), SiteError::Auth);
    wordpress.add_plugin("off", &off(""));
    let code = "application_passwords_disabled".to_owned();
    assert_eq!(admin(&wordpress).probe().await.unwrap_err(), SiteError::Rejected { status: 501, code });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contributor_may_write_but_neither_publish_nor_upload() {
    let wordpress = RealWordPress::start();
    let password = wordpress.create_user("cleo", "contributor");
    let site = client(&wordpress.api_url(), "cleo", &password);
    let probe = site.probe().await.unwrap();
    assert_eq!((probe.can_publish, probe.can_upload, probe.roles), (false, false, vec!["contributor".to_owned()]));

    let post = site.create_draft(&draft("cleo-k3f9")).await.unwrap();
    let update = PostUpdate { title: "t".to_owned(), status: RemoteStatus::Publish, ..PostUpdate::default() };
    let refused = site.update_post(&post.id, false, &update).await.unwrap_err();
    assert_eq!(refused, forbidden("rest_cannot_publish"));
    let refused = site.upload_media(&media("", "ab12.png", picture(&wordpress, "png", 9, 9))).await.unwrap_err();
    assert_eq!(refused, forbidden("rest_cannot_create"));
    assert_eq!(site.read_post(&post.id, false).await.unwrap().status, RemoteStatus::Draft);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_author_publishes_blocks_unchanged_but_makes_no_category() {
    let wordpress = RealWordPress::start();
    let password = wordpress.create_user("arno", "author");
    let site = client(&wordpress.api_url(), "arno", &password);
    let probe = site.probe().await.unwrap();
    assert!(probe.can_publish && probe.can_upload);
    let names = ["Food & Drink".to_owned()];
    let none = site.ensure_terms(Taxonomy::Category, &names).await.unwrap();
    assert_eq!((none[0].id.as_str(), none[0].name.as_str()), ("", "Food & Drink"), "there is none, and none is made");
    let made = admin(&wordpress).ensure_terms(Taxonomy::Category, &names).await.unwrap();
    assert_eq!(site.ensure_terms(Taxonomy::Category, &names).await.unwrap(), made, "one that is there can be used");

    let post = site.create_draft(&draft("arno-k3f9")).await.unwrap();
    let (html, images) = (EVERYTHING.to_owned(), vec![image("Table")]);
    let update = PostUpdate {
        title: "t".to_owned(),
        content: site.render(&Article { html, images }),
        status: RemoteStatus::Publish,
        ..PostUpdate::default()
    };
    site.update_post(&post.id, false, &update).await.unwrap();
    let read = site.read_post(&post.id, false).await.unwrap();
    assert_eq!((read.content, read.status), (update.content, RemoteStatus::Publish));

    let others = admin(&wordpress).create_draft(&draft("admins-k3f9")).await.unwrap();
    let refused = site.update_post(&others.id, false, &PostUpdate::default()).await.unwrap_err();
    assert_eq!(refused, forbidden("rest_cannot_edit"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_not_found() {
    let wordpress = RealWordPress::start();
    let site = admin(&wordpress);
    assert_eq!(site.read_post("999999", false).await.unwrap_err(), SiteError::NotFound);
    assert_eq!(site.update_post("999999", false, &PostUpdate::default()).await.unwrap_err(), SiteError::NotFound);
    assert_eq!(site.read_media("999999").await.unwrap_err(), SiteError::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_site_has_to_publish_with_is_asked() {
    let named = |id: &str, name: &str| Named { id: id.to_owned(), name: name.to_owned() };
    let path = |post_type: &str, way| SeoPath { post_type: post_type.to_owned(), way };
    let wordpress = RealWordPress::start();
    let password = wordpress.create_user("arno", "author");
    let offers = admin(&wordpress).probe().await.unwrap().offers;
    assert_eq!(offers.post_types, [named("page", "Pages"), named("post", "Posts")]);
    assert_eq!(offers.taxonomies, [named("category", "Categories"), named("post_tag", "Tags")]);
    assert_eq!(offers.authors.iter().map(|author| author.name.as_str()).collect::<Vec<_>>(), ["admin", "arno"]);
    assert!(offers.seo_plugins.is_empty());
    assert_eq!(offers.seo_paths, [path("post", SeoWay::Excerpt), path("page", SeoWay::Excerpt)]);
    let as_author = client(&wordpress.api_url(), "arno", &password).probe().await.unwrap().offers;
    assert_eq!(as_author.post_types, [named("post", "Posts")], "an author may not write pages");
    assert_eq!(as_author.seo_paths, [path("post", SeoWay::Excerpt)]);
    assert_eq!((as_author.taxonomies, as_author.authors), (offers.taxonomies, offers.authors));

    // As Yoast has it since it lets its fields be written: for posts alone.
    wordpress.add_plugin(
        "yoast",
        "add_action('init', fn() => register_post_meta('post', '_yoast_wpseo_metadesc', ['show_in_rest' => true, \
         'single' => true, 'type' => 'string', 'auth_callback' => '__return_true']));
         add_action('rest_api_init', fn() => register_rest_route('yoast/v1', '/x', ['callback' => '__return_true', \
         'permission_callback' => '__return_true']));
         add_action('init', fn() => register_post_type('recipe', ['public' => true, 'show_in_rest' => true, \
         'label' => 'Recipes &amp; more', 'taxonomies' => ['post_tag']]));",
    );
    let offers = admin(&wordpress).probe().await.unwrap().offers;
    assert_eq!(offers.seo_plugins, ["Yoast SEO"]);
    assert_eq!(offers.seo_paths, [path("post", SeoWay::YoastFields), path("page", SeoWay::Excerpt)]);
    assert!(offers.post_types.contains(&named("recipe", "Recipes & more")), "{offers:?}");

    wordpress.add_plugin(
        "yoast",
        "add_action('rest_api_init', fn() => register_rest_route('rankmath/v1', '/updateMeta', ['methods' => 'POST', \
         'callback' => '__return_true', 'permission_callback' => '__return_true']));",
    );
    let offers = admin(&wordpress).probe().await.unwrap().offers;
    assert_eq!(offers.seo_plugins, ["Rank Math"]);
    assert_eq!(offers.seo_paths, [path("post", SeoWay::RankMath), path("page", SeoWay::RankMath)]);
    assert!(!offers.post_types.iter().any(|kind| kind.id == "recipe"), "it is asked anew");
}
