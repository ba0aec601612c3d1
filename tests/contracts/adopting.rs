//! What can be found again when an answer was lost: the draft by its slug, the file by its name.

use crate::loopback::{Loopback, Reply};
use crate::site::{admin, client, draft, media, picture};
use igny8_core::port::destination::{PostUpdate, RemoteStatus};
use igny8_core::port::{Destination, SiteError};
use igny8_core::time::UtcMs;
use igny8_testkit::wordpress::RealWordPress;
use igny8_wordpress::WordPressSite;

/// A client whose requests reach the site and whose answers are lost.
async fn unlucky(wordpress: &RealWordPress) -> (Loopback, WordPressSite) {
    let address = wordpress.base_url.trim_start_matches("http://").to_owned();
    let proxy = Loopback::start(move |_| Reply::ForwardAndLose(address.clone())).await;
    let site = client(&proxy.api_url(), &wordpress.user, &wordpress.app_password);
    (proxy, site)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_whose_answer_was_lost_is_found_and_is_the_only_one() {
    let wordpress = RealWordPress::start();
    let (_proxy, unlucky) = unlucky(&wordpress).await;
    let site = admin(&wordpress);
    assert_eq!(site.find_post("tea-k3f9", false).await.unwrap(), None);
    assert_eq!(unlucky.create_draft(&draft("tea-k3f9")).await.unwrap_err(), SiteError::Unknown);
    let found = site.find_post("tea-k3f9", false).await.unwrap().unwrap();
    assert_eq!((found.slug.as_str(), &found.status), ("tea-k3f9", &RemoteStatus::Draft));
    assert_eq!(found.title, "Brewing tea & coffee");
    assert_eq!(wordpress.eval_php("echo wp_count_posts()->draft;"), "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_is_found_in_every_state_but_the_trash() {
    let wordpress = RealWordPress::start();
    let site = admin(&wordpress);
    let post = site.create_draft(&draft("tea-k3f9")).await.unwrap();
    let at = UtcMs::from_rfc3339("2099-03-01T09:30:00Z").unwrap();
    let other = |word: &str| RemoteStatus::Other(word.to_owned());
    for status in [RemoteStatus::Future(at), RemoteStatus::Publish, other("private"), other("pending")] {
        let update = PostUpdate {
            title: "t".to_owned(),
            slug: "tea-k3f9".to_owned(),
            status: status.clone(),
            ..PostUpdate::default()
        };
        site.update_post(&post.id, false, &update).await.unwrap();
        let found = site.find_post("tea-k3f9", false).await.unwrap().unwrap();
        assert_eq!((found.id, found.status), (post.id.clone(), status));
    }
    let _ = wordpress.eval_php(&format!("wp_trash_post({});", post.id));
    assert_eq!(site.find_post("tea-k3f9", false).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_slug_gets_a_suffix_and_the_plain_one_is_found_first() {
    let wordpress = RealWordPress::start();
    let site = admin(&wordpress);
    let first = site.create_draft(&draft("tea-k3f9")).await.unwrap();
    let second = site.create_draft(&draft("tea-k3f9")).await.unwrap();
    assert_eq!((first.slug.as_str(), second.slug.as_str()), ("tea-k3f9", "tea-k3f9-2"));
    assert_eq!(site.find_post("tea-k3f9", false).await.unwrap().unwrap().id, first.id);
    let _ = wordpress.eval_php(&format!("wp_delete_post({}, true);", first.id));
    assert_eq!(site.find_post("tea-k3f9", false).await.unwrap().unwrap().id, second.id);
    assert_eq!(site.find_post("tea", false).await.unwrap(), None, "a part of a slug is no slug");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_whose_answer_was_lost_is_found_by_its_name() {
    let wordpress = RealWordPress::start();
    let (_proxy, unlucky) = unlucky(&wordpress).await;
    let site = admin(&wordpress);
    let post = site.create_draft(&draft("tea-k3f9")).await.unwrap();
    let picture = picture(&wordpress, "png", 40, 30);
    assert_eq!(site.find_media("ab12cd.png").await.unwrap(), None);
    let lost = unlucky.upload_media(&media(&post.id, "ab12cd.png", picture.clone())).await.unwrap_err();
    assert_eq!(lost, SiteError::Unknown);
    let found = site.find_media("ab12cd.png").await.unwrap().unwrap();
    assert_eq!(found.alt, "A cup & a \"pot\"");
    assert_eq!(site.read_media(&found.id).await.unwrap(), found);
    let served = reqwest::get(&found.url).await.unwrap().bytes().await.unwrap();
    assert_eq!(served, picture);
    assert_eq!(site.find_media("ab12.png").await.unwrap(), None, "a part of a name is no name");

    // A second file of the same name is served under another one, and still found by the name it was sent under.
    site.upload_media(&media(&post.id, "ab12cd.png", picture)).await.unwrap();
    assert!(site.find_media("ab12cd.png").await.unwrap().is_some());
    let parent = wordpress.eval_php(&format!("echo get_post({})->post_parent;", found.id));
    assert_eq!(parent, post.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_picture_is_refused_for_good() {
    let wordpress = RealWordPress::start();
    let site = admin(&wordpress);
    let mut script = media("", "ab12cd.php", b"<?php echo 1;".to_vec());
    script.media_type = "application/x-php".to_owned();
    let error = site.upload_media(&script).await.unwrap_err();
    assert_eq!(error, SiteError::Rejected { status: 500, code: "rest_upload_sideload_error".to_owned() });
}
