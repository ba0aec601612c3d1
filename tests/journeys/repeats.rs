//! An idea or an article about what the site has already is told to whoever decides, and keeps nobody from writing it.

use igny8_app::commands::repeats::topic_repeats;
use igny8_app::{Igny8, OpenOptions};
use igny8_tests::program::Home;

#[test]
fn topics_that_a_site_has_already_are_told_before_they_are_written_and_in_review() {
    let home = Home::default();
    home.json(&["site", "add", "--name", "Tea", "--kind", "folder", "--sector", "Leaves", "--images", "0"]);
    let file = home.file("good.csv", "keyword\ngreen tea benefits\ngreen tea health benefits\nbenefits of green tea\n");
    home.json(&["keywords", "import", &file, "--site", "Tea"]);
    home.json(&["cluster", "--site", "Tea"]);
    let told = home.run(&["ideas", "--site", "Tea"]);
    assert!(!told.stderr.contains("already"), "nothing is there yet: {}", told.stderr);
    let title: Vec<String> = home.books().rows("select title from idea order by id limit 1", [], |row| row.get(0));
    // A post of that title that the site had before.
    home.sqlite(
        "insert into content (site_id, sector_id, title, slug, content_type, content_structure, status, delivery,
           published_at, external_url, created_at, updated_at, is_imported)
         select site_id, sector_id, upper(title), 'had-before', 'post', 'article', 'approved', 'published', 1000,
           'https://tea.example/had-before/', 1000, 1000, 1 from idea order by id limit 1",
    );
    let written = home.run(&["write", "--site", "Tea", "--limit", "1"]);
    assert_eq!(written.code, 0, "it is a warning and no more: {written:?}");
    let warned = written.stderr;
    assert!(warned.contains(&title[0].to_uppercase()) && warned.contains("already"), "{warned}");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let found = runtime.block_on(async {
        let app = Igny8::open(OpenOptions { data_dir: Some(home.data()) }).await.unwrap();
        topic_repeats(&app, "1").await.unwrap()
    });
    let article = found.iter().find(|one| one.item == "article").expect("the article in review is told as well");
    assert!(article.is_imported && article.url.as_deref() == Some("https://tea.example/had-before/"), "{article:?}");
}
