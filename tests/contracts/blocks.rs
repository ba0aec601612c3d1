//! Articles as blocks, judged by WordPress itself.

use crate::site::{admin, client, draft};
use igny8_core::article::with_contents;
use igny8_core::on_site::BodyForm;
use igny8_core::port::Destination;
use igny8_core::port::destination::{Article, PlacedImage, PostUpdate, RemoteStatus};
use igny8_testkit::wordpress::{EDITORS, RealWordPress, edited};

/// Every element of the canonical form, in nestings that models produce.
pub const EVERYTHING: &str = r#"<p>One <strong>two <em>three</em></strong> <s>four</s> &amp; "five" – &lt;six&gt;<br>seven
<a href="https://b.example/?a=1&amp;b=2" title="A &quot;b&quot;">link</a> H<sub>2</sub>O x<sup>2</sup> <code>a &lt; b</code></p>
<h2>Lists &amp; <em>more</em></h2>
<p>First.</p>
<ul><li>One<ul><li>Deep<ol start="3"><li>Deeper</li></ol></li></ul></li><li><p>Loose</p><p>item</p></li></ul>
<ol><li>Only</li></ol>
<h3>Quote</h3>
<blockquote><p>Said</p><ul><li>in</li></ul></blockquote>
<h4>Code</h4>
<pre><code>if (a &lt; b) {
    [gallery] --&gt; "x" // https://a.example
}
</code></pre>
<pre>plain
   text</pre>
<hr>
<h2>Table</h2>
<table><thead><tr><th scope="col">A</th><th>B</th></tr></thead><tbody><tr><td>1 &amp; 2</td><td colspan="2"><strong>x</strong></td></tr></tbody></table>
loose &lt;!-- wp:html --&gt; text<!-- wp:html --><script>alert(1)</script>"#;

/// Names of the blocks in order, inner ones in brackets, or what is wrong with them.
const OUTLINE: &str = r#"
    function outline($blocks) {
        $names = [];
        foreach ($blocks as $block) {
            if ($block['blockName'] === null) {
                if (trim($block['innerHTML']) !== '') { $names[] = 'FREEFORM:' . $block['innerHTML']; }
                continue;
            }
            if (!WP_Block_Type_Registry::get_instance()->is_registered($block['blockName'])) { $names[] = 'UNKNOWN:'; }
            $inner = outline($block['innerBlocks']);
            $names[] = substr($block['blockName'], 5) . ($inner ? '(' . $inner . ')' : '');
        }
        return implode(' ', $names);
    }
    $content = get_post(%ID%)->post_content;
    $blocks = parse_blocks($content);
    echo serialize_blocks($blocks) === $content ? '' : 'NOT ROUND: ', outline($blocks);
"#;

/// A picture with everything in its text that could break out of an attribute or a comment.
pub fn image(heading: &str) -> PlacedImage {
    PlacedImage {
        remote_id: "7".to_owned(),
        url: "https://a.example/a.png?x=1&y=2".to_owned(),
        alt: "A \"cup\" -- <small>".to_owned(),
        heading: heading.to_owned(),
        width: 1200,
        height: 675,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wordpress_reads_every_block_and_writes_it_back_the_same() {
    let wordpress = RealWordPress::start();
    let site = admin(&wordpress);
    let images = vec![image("Lists & more"), image("Table"), image("gone")];
    let content = site.render(&Article { html: EVERYTHING.to_owned(), images });
    let post = site.create_draft(&draft("blocks-k3f9")).await.unwrap();
    let update = PostUpdate { title: "t".to_owned(), content, status: RemoteStatus::Publish, ..PostUpdate::default() };
    let stored = site.update_post(&post.id, false, &update).await.unwrap();
    assert_eq!(stored.content, update.content);

    let outline = wordpress.eval_php(&OUTLINE.replace("%ID%", &post.id));
    assert_eq!(
        outline,
        "paragraph heading paragraph image list(list-item(list(list-item(list(list-item)))) list-item) list(list-item) \
         heading quote(paragraph list(list-item)) heading code preformatted separator heading image table paragraph image"
    );

    let page = reqwest::get(&stored.url).await.unwrap().text().await.unwrap();
    let article = page.split("entry-content").nth(1).unwrap();
    for shown in [
        "<h2 class=\"wp-block-heading\" id=\"lists-more\">Lists &amp; <em>more</em></h2>",
        "&#091;gallery]",
        "class=\"wp-image-7\"",
    ] {
        assert!(article.contains(shown), "{shown} is not in {article}");
    }
    assert!(!article.contains("alert(1)"), "{article}");
}

/// Questions and answers, as articles end with them.
const QUESTIONS: &str = "<h2>Frequently asked questions</h2><h3>How long?</h3><p>Two minutes.</p>\
    <h3>How hot?</h3><p>At 80 &deg;C.</p>";

/// The same article with a table of contents and questions, in blocks.
fn everything(site: &dyn Destination) -> String {
    let html = with_contents(&format!("{EVERYTHING}{QUESTIONS}"));
    let strange = PlacedImage { remote_id: "x".to_owned(), ..image("gone") };
    site.render(&Article { html, images: vec![image("Lists & more"), image("Table"), strange] })
}

#[test]
fn the_block_editor_of_each_version_takes_every_block_for_valid() {
    let site = client("https://a.example/wp-json/", "ann", "abcd");
    let content = everything(&site);
    let names = "paragraph list(list-item list-item list-item) heading paragraph image list(list-item(list(list-item\
        (list(list-item)))) list-item) list(list-item) heading quote(paragraph list(list-item)) heading code \
        preformatted separator heading image table paragraph heading heading paragraph image heading paragraph";
    for version in EDITORS {
        let told = edited(version, &content);
        let mut lines = told.lines();
        assert_eq!(lines.next(), Some(names), "{version}");
        // The one to come saves lists with a class of their own, and brings older ones up to date without a word.
        if version != "nightly" {
            assert_eq!(lines.next(), None, "{version} has nothing to say: {told}");
        }
    }
    let wrong = content.replace("<h3 class", "<h4 class").replace("</h3>", "</h4>");
    assert!(edited("6.5", &wrong).contains("heading!"), "what does not agree with itself is told");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_link_of_a_table_of_contents_leads_to_a_heading_of_the_page() {
    let wordpress = RealWordPress::start();
    let site = admin(&wordpress);
    for (slug, site) in [("blocks", site), ("classic", admin(&wordpress).writing_as(BodyForm::Classic))] {
        let content = everything(&site);
        let post = site.create_draft(&draft(slug)).await.unwrap();
        let update =
            PostUpdate { title: "t".to_owned(), content, status: RemoteStatus::Publish, ..PostUpdate::default() };
        let stored = site.update_post(&post.id, false, &update).await.unwrap();
        assert_eq!(stored.content, update.content, "{slug}");
        assert_eq!(stored.content.contains("<!-- wp:"), slug == "blocks", "{slug}: {}", stored.content);
        let page = reqwest::get(&stored.url).await.unwrap().text().await.unwrap();
        let article = page.split("entry-content").nth(1).unwrap();
        for anchor in ["lists-more", "table", "frequently-asked-questions"] {
            assert_eq!(article.matches(&format!("href=\"#{anchor}\"")).count(), 1, "{slug}: {anchor} in {article}");
            assert_eq!(article.matches(&format!("id=\"{anchor}\"")).count(), 1, "{slug}: {anchor} in {article}");
        }
        assert!(article.contains("id=\"how-long\""), "{slug}: questions can be linked to as well");
        assert_eq!(article.matches("wp-image-7").count(), 2, "{slug}: {article}");
        assert!(article.contains("&#091;gallery]") && !article.contains("alert(1)"), "{slug}: {article}");
    }
}
