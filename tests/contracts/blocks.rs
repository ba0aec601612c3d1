//! Articles as blocks, judged by WordPress itself.

use crate::site::{admin, draft};
use igny8_core::port::Destination;
use igny8_core::port::destination::{Article, PlacedImage, PostUpdate, RemoteStatus};
use igny8_testkit::wordpress::RealWordPress;

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
    for shown in
        ["<h2 class=\"wp-block-heading\">Lists &amp; <em>more</em></h2>", "&#091;gallery]", "class=\"wp-image-7\""]
    {
        assert!(article.contains(shown), "{shown} is not in {article}");
    }
    assert!(!article.contains("alert(1)"), "{article}");
}
