//! Names that climb out of the folder, links that lead out of it, markup that breaks out of its place, a folder that
//! cannot be written.

use super::*;

const CLIMBING: [&str; 12] = ["..", "../x", "a/b", "/etc", "", "-x", "a b", "UPPER", "é", "a\0b", ".hidden", "a.b"];

#[tokio::test]
async fn names_from_outside_never_become_paths() {
    let Site { site, root, outer } = site();
    let post = site.create_draft(&draft("shoes-1")).await.unwrap();
    let before = names(outer.path());
    for name in CLIMBING.into_iter().chain(["a\\b", &"x".repeat(121)]) {
        assert_eq!(rejection(site.create_draft(&draft(name)).await), "slug", "{name}");
        assert_eq!(site.read_post(name, false).await, Err(SiteError::NotFound), "{name}");
        assert_eq!(site.read_media(&format!("{name}/a-0123.png")).await, Err(SiteError::NotFound), "{name}");
        assert_eq!(site.read_media(&format!("shoes-1/{name}")).await, Err(SiteError::NotFound), "{name}");
        if !name.is_empty() {
            assert_eq!(rejection(site.update_post(&post.id, false, &publish(name, "")).await), "slug", "{name}");
        }
    }
    for name in [
        "../a-0123.png",
        "a/b.png",
        "index.md",
        "index.html",
        "post.json",
        ".a.png",
        "a.svg",
        "a.html",
        "a",
        "é.png",
        "",
    ] {
        assert_eq!(rejection(site.upload_media(&picture(&post.id, name)).await), "file_name", "{name}");
        assert_eq!(site.find_media(name).await, Ok(None), "{name}");
    }
    assert_eq!(site.upload_media(&picture("../shoes-1", "a-0123.png")).await, Err(SiteError::NotFound));
    assert_eq!((names(outer.path()), names(&root)), (before, vec!["shoes-1".to_owned()]));
}

fn rejection<T: std::fmt::Debug>(result: Result<T, SiteError>) -> String {
    let Err(SiteError::Rejected { code, .. }) = result else { panic!("{result:?}") };
    code
}

#[tokio::test]
async fn a_featured_image_of_another_post_is_refused() {
    let Site { site, .. } = site();
    let one = site.create_draft(&draft("one")).await.unwrap();
    let other = site.create_draft(&draft("other")).await.unwrap();
    let image = site.upload_media(&picture(&other.id, "a-0123.png")).await.unwrap();
    let update = PostUpdate { featured_media: Some(image.id), ..publish("one", "") };
    assert_eq!(rejection(site.update_post(&one.id, false, &update).await), "featured_media");
}

#[cfg(unix)]
#[tokio::test]
async fn links_are_neither_followed_nor_overwritten_through() {
    use std::os::unix::fs::symlink;
    let Site { site, root, outer } = site();
    let outside = outer.path().join("outside");
    fs::create_dir_all(&outside).unwrap();
    fs::write(outside.join("secret.md"), "secret").unwrap();
    let post = site.create_draft(&draft("shoes-1")).await.unwrap();

    // A post's folder that is a link leads nowhere, and its name is taken.
    symlink(&outside, root.join("linked")).unwrap();
    assert_eq!(site.read_post("linked", false).await, Err(SiteError::NotFound));
    assert_eq!(site.create_draft(&draft("linked")).await.unwrap().slug, "linked-2");
    symlink(outer.path().join("nowhere"), root.join("dangling")).unwrap();
    assert_eq!(site.create_draft(&draft("dangling")).await.unwrap().slug, "dangling-2");

    // A file that is a link is not read, and replaced when it is written.
    let folder = root.join("shoes-1");
    fs::remove_file(folder.join("index.md")).unwrap();
    symlink(outside.join("secret.md"), folder.join("index.md")).unwrap();
    assert_eq!(site.read_post(&post.id, false).await, Err(SiteError::BadReply));
    symlink(outside.join("secret.md"), folder.join(".index.html.part")).unwrap();
    symlink(outside.join("secret.md"), folder.join("a-0123.png")).unwrap();
    site.upload_media(&picture(&post.id, "a-0123.png")).await.unwrap();
    site.update_post(&post.id, false, &publish("shoes-1", "<p>x</p>")).await.unwrap();
    for name in ["index.md", "index.html", "a-0123.png"] {
        assert!(fs::symlink_metadata(folder.join(name)).unwrap().is_file(), "{name}");
    }

    // A beginning that was prepared as a link is not written through.
    symlink(&outside, root.join(".boots.part")).unwrap();
    site.create_draft(&draft("boots")).await.unwrap();
    assert_eq!(names(&outside), vec!["secret.md"]);
    assert_eq!(fs::read_to_string(outside.join("secret.md")).unwrap(), "secret");
}

#[tokio::test]
async fn a_forged_state_is_not_believed() {
    let Site { site, root, .. } = site();
    let post = site.create_draft(&draft("shoes-1")).await.unwrap();
    let state = fs::read_to_string(root.join("shoes-1/post.json")).unwrap();
    let forged = [
        state.replace("\"shoes-1\"", "\"../../x\""),
        state.replace("\"format\": 1", "\"format\": 2"),
        state.replace(
            "\"media\": []",
            "\"media\": [{\"file\":\"../x.png\",\"sha256\":\"\",\"media_type\":\"\",\"alt\":\"\",\"title\":\"\"}]",
        ),
        "not json".to_owned(),
        String::new(),
    ];
    for text in forged {
        assert_ne!(text, state);
        fs::write(root.join("shoes-1/post.json"), text).unwrap();
        assert_eq!(site.read_post(&post.id, false).await, Err(SiteError::NotFound));
    }
}

#[tokio::test]
async fn markup_stays_in_its_place() {
    let Site { site, root, outer: _outer } = site();
    let evil = "</title></article><script>alert(1)</script>\n---\n\"x: \\";
    let article = Article {
        html: "<p onclick=\"x\">a</p><article><script>alert(1)</script></article>".to_owned(),
        images: vec![PlacedImage {
            remote_id: String::new(),
            url: "\"><script>alert(1)</script>".to_owned(),
            alt: evil.to_owned(),
            heading: String::new(),
            width: 1,
            height: 1,
        }],
    };
    let body = site.render(&article);
    let post = site.create_draft(&DraftPost { title: evil.to_owned(), ..draft("shoes-1") }).await.unwrap();
    let update = PostUpdate {
        title: evil.to_owned(),
        excerpt: evil.to_owned(),
        meta_title: evil.to_owned(),
        meta_description: evil.to_owned(),
        categories: vec![term(evil)],
        ..publish("shoes", &body)
    };
    let found = site.update_post(&post.id, false, &update).await.unwrap();
    assert_eq!((found.title.as_str(), found.excerpt.as_str(), &found.content), (evil, evil, &body));
    assert_eq!(found.categories, vec![evil]);
    let page = fs::read_to_string(root.join("shoes/index.html")).unwrap();
    assert!(!page.contains("<script") && !page.contains("onclick"), "{page}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_cannot_be_written_says_so() {
    let outer = tempfile::tempdir().unwrap();
    // A file where the folder should be is refused to everyone, whatever rights the tests run with.
    let blocked = outer.path().join("blocked");
    fs::write(&blocked, "a file").unwrap();
    let clock = Arc::new(SteppingClock(AtomicI64::new(0)));
    let site = FolderSite::new(blocked.join("site"), "Site", "en", clock);
    assert_eq!(site.probe().await, Err(SiteError::Folder));
    assert_eq!(site.create_draft(&draft("shoes-1")).await, Err(SiteError::Folder));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_refusal_of_the_folder() {
    use std::io::Write;
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap().write_all(b"x").unwrap_err();
    assert_eq!(full.kind(), std::io::ErrorKind::StorageFull);
    assert_eq!(super::super::disk::refused(&full), SiteError::Folder);
}
