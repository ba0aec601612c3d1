//! Blocks compared letter by letter with what the editor saves.

use super::*;

fn blocks(html: &str) -> String {
    render(&Article { html: html.to_owned(), images: Vec::new() })
}

fn image(id: &str, heading: &str) -> PlacedImage {
    PlacedImage {
        remote_id: id.to_owned(),
        url: "https://a.example/a.png?x=1&y=2".to_owned(),
        alt: "A \"cup\" <small>".to_owned(),
        heading: heading.to_owned(),
        width: 1200,
        height: 675,
    }
}

const IMAGE: &str = "<!-- wp:image {\"id\":7,\"sizeSlug\":\"large\",\"linkDestination\":\"none\"} -->\n\
    <figure class=\"wp-block-image size-large\"><img src=\"https://a.example/a.png?x=1&amp;y=2\" \
    alt=\"A &quot;cup&quot; &lt;small&gt;\" class=\"wp-image-7\" /></figure>\n<!-- /wp:image -->";

#[test]
fn paragraphs_headings_and_lines() {
    assert_eq!(
        blocks(
            "<p>One\n <strong>two</strong> &amp; <a href=\"https://b.example/?a=1&amp;b=2\">three</a></p><hr><h2>Two</h2><h3>Three</h3><h4> </h4>"
        ),
        "<!-- wp:paragraph -->\n<p>One <strong>two</strong> &amp; <a href=\"https://b.example/?a=1&amp;b=2\" \
         rel=\"noopener noreferrer\">three</a></p>\n<!-- /wp:paragraph -->\n\n\
         <!-- wp:separator -->\n<hr class=\"wp-block-separator has-alpha-channel-opacity\" />\n<!-- /wp:separator -->\n\n\
         <!-- wp:heading -->\n<h2 class=\"wp-block-heading\" id=\"two\">Two</h2>\n<!-- /wp:heading -->\n\n\
         <!-- wp:heading {\"level\":3} -->\n<h3 class=\"wp-block-heading\" id=\"three\">Three</h3>\n<!-- /wp:heading -->"
    );
}

#[test]
fn lists_nest_and_loose_items_become_lines() {
    assert_eq!(
        blocks("<ol start=\"3\"><li><p>a</p><p>b</p><ul><li>c</li></ul></li><li>d</li></ol>"),
        "<!-- wp:list {\"ordered\":true,\"start\":3} -->\n<ol start=\"3\"><!-- wp:list-item -->\n<li>a<br><br>b\
         <!-- wp:list -->\n<ul><!-- wp:list-item -->\n<li>c</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list --></li>\n\
         <!-- /wp:list-item -->\n\n<!-- wp:list-item -->\n<li>d</li>\n<!-- /wp:list-item --></ol>\n<!-- /wp:list -->"
    );
}

#[test]
fn quotes_hold_blocks_and_code_keeps_its_white_space() {
    assert_eq!(
        blocks("<blockquote>said</blockquote><pre><code>if a &lt; b {\n  [x]\n}</code></pre><pre>a\n  b</pre>"),
        "<!-- wp:quote -->\n<blockquote class=\"wp-block-quote\"><!-- wp:paragraph -->\n<p>said</p>\n\
         <!-- /wp:paragraph --></blockquote>\n<!-- /wp:quote -->\n\n\
         <!-- wp:code -->\n<pre class=\"wp-block-code\"><code>if a &lt; b {\n  &#091;x]\n}</code></pre>\n<!-- /wp:code -->\n\n\
         <!-- wp:preformatted -->\n<pre class=\"wp-block-preformatted\">a\n  b</pre>\n<!-- /wp:preformatted -->"
    );
}

#[test]
fn tables_keep_head_spans_and_scope() {
    assert_eq!(
        blocks(
            "<table><thead><tr><th scope=\"col\">A</th><th>B</th></tr></thead><tr><td colspan=\"2\"><p>x</p><p>y</p></td></tr></table><table></table>"
        ),
        "<!-- wp:table {\"hasFixedLayout\":false} -->\n<figure class=\"wp-block-table\"><table><thead><tr>\
         <th scope=\"col\">A</th><th>B</th></tr></thead><tbody><tr><td colspan=\"2\">x<br><br>y</td></tr></tbody></table>\
         </figure>\n<!-- /wp:table -->"
    );
}

#[test]
fn images_stand_in_their_section_and_never_inside_a_list() {
    let article = |html: &str| render(&Article { html: html.to_owned(), images: vec![image("7", "A")] });
    let after_paragraph = article("<h2>A</h2><p>a</p><p>b</p>");
    let at = |text: &str| after_paragraph.find(text).unwrap();
    assert!(at("<p>a</p>") < at(IMAGE) && at(IMAGE) < at("<p>b</p>"), "{after_paragraph}");
    for html in ["<h2>A</h2><ul><li><p>a</p><p>b</p></li></ul>", "<h2>A</h2><blockquote><p>a</p></blockquote>"] {
        let blocks = article(html);
        assert!(blocks.ends_with(IMAGE), "{blocks}");
        assert_eq!(blocks.matches("wp:image").count(), 2, "{blocks}");
    }
}

#[test]
fn text_cannot_pass_for_markup_or_claim_an_image() {
    let hostile = "<p>&lt;!-- wp:html --&gt; <!-- wp:html --><figure data-place=\"0\"></figure><img src=\"media:x\"></p>loose <em>text</em>";
    let blocks = render(&Article { html: hostile.to_owned(), images: Vec::new() });
    assert_eq!(
        blocks,
        "<!-- wp:paragraph -->\n<p>&lt;!-- wp:html --&gt;</p>\n<!-- /wp:paragraph -->\n\n\
         <!-- wp:paragraph -->\n<p>loose <em>text</em></p>\n<!-- /wp:paragraph -->"
    );
    assert!(render(&Article { html: hostile.to_owned(), images: vec![image("x", "")] }).contains("{\"sizeSlug\":"));
    assert_eq!(render(&Article::default()), "");
}
