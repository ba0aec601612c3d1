//! Tests of outlines.

use super::*;
use crate::builtin::content::meta::{META_DESCRIPTION_CHARS, META_TITLE_CHARS_MAX};
use igny8_core::article;
use igny8_core::function::input::{RelatedArticle, SiteContext};
use igny8_core::status::{ContentStructure, ContentType, Intent};
use std::collections::BTreeSet;

const KEYWORDS: &[&str] = &[
    "cold brew",
    "how to make cold brew coffee",
    "what is cold brew",
    "can dogs eat grapes",
    "how often to replace running shoes",
    "best running shoes for flat feet",
    "mailchimp vs convertkit",
    "hoka clifton review",
    "standing desk price",
    "buy sourdough starter",
    "emergency plumber near me",
    "mailchimp alternatives",
    "storage ideas for small kitchens",
];

fn input(primary: &str, structure: ContentStructure) -> ContentInput {
    ContentInput {
        site: SiteContext { name: "Daily Grind".into(), sector: "Coffee".into(), ..SiteContext::default() },
        title: grammar::title_case(primary),
        description: String::new(),
        primary_keyword: primary.to_owned(),
        secondary_keywords: vec![
            "cold brew ratio".into(),
            "how to store cold brew".into(),
            "best beans for cold brew".into(),
        ],
        cluster: "Cold Brew".to_owned(),
        content_type: ContentType::Post,
        structure,
        intent: Intent::Informational,
        word_count_target: 1_500,
        related: vec![],
        variation: 0,
    }
}

fn sections(body: &str) -> usize {
    body.matches("\n## ").count()
}

#[test]
fn every_structure_answers_every_wish_in_full() {
    for structure in ContentStructure::ALL {
        for keyword in KEYWORDS {
            let output = draft(&input(keyword, *structure));
            let body = &output.body_markdown;
            let name = format!("{structure} / {keyword}\n{body}");
            assert!((5..=8).contains(&sections(body)), "{name}");
            assert!(!body.contains(['{', '}']) && !body.contains("  "), "{name}");
            assert!(!body.starts_with('#') && !body.contains("\n# "), "{name}");
            assert!((3..=5).contains(&output.faq.len()), "{name}");
            // A question that stands in the text already would be taken for a section of its own.
            assert!(output.faq.iter().all(|q| !body.contains(&q.question)), "{name}");
            assert!(output.meta_title.chars().count() <= META_TITLE_CHARS_MAX, "{}", output.meta_title);
            let description = output.meta_description.chars().count();
            assert!(META_DESCRIPTION_CHARS.contains(&description), "{description}: {}", output.meta_description);
            assert!(output.is_outline && !output.excerpt.is_empty() && !output.tags.is_empty());
            assert_eq!(output.categories, ["Coffee", "Cold Brew"]);
        }
    }
}

/// What an article says in sentences: headings are left out, where a keyword stands as it is searched for.
fn prose(output: &ContentOutput) -> String {
    let body = output.body_markdown.lines().filter(|line| !line.starts_with('#'));
    let faq = output.faq.iter().flat_map(|q| [q.question.as_str(), q.answer.as_str()]);
    body.chain(faq).chain([output.excerpt.as_str(), output.meta_description.as_str()]).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_keyword_has_the_article_its_noun_takes_in_every_sentence() {
    const ONE: &[&str] = &["a", "an", "best", "good", "which"];
    const NONE: &[&str] = &["a", "an"];
    let nouns = [
        ("standing desk", true),
        ("aeropress recipe", true),
        ("running shoes", false),
        ("email marketing", false),
        ("coffee water temperature", false),
    ];
    let wishes = ["{}", "best {}", "{} price", "{} review", "buy {}", "{} near me", "{} alternatives", "what is {}"];
    for (noun, is_one) in nouns {
        let shown = grammar::inside(noun);
        for structure in ContentStructure::ALL {
            for wish in wishes {
                let keyword = wish.replace("{}", noun);
                let mut given = ContentInput { word_count_target: 3_000, ..input(&keyword, *structure) };
                given.secondary_keywords = wishes.iter().map(|wish| wish.replace("{}", noun)).collect();
                given.cluster = noun.to_owned();
                let text = prose(&draft(&given));
                for (at, _) in text.match_indices(&format!(" {shown}")) {
                    let before = text[..at].rsplit([' ', '\n']).next().unwrap().to_lowercase();
                    let is_right =
                        if is_one { ONE.contains(&before.as_str()) } else { !NONE.contains(&before.as_str()) };
                    let sentence = text[..at].rsplit(['.', '\n']).next().unwrap();
                    assert!(is_right, "{structure} / {keyword}: {sentence} {shown}");
                }
            }
        }
    }
}

#[test]
fn no_sentence_stands_twice_in_an_article() {
    for structure in ContentStructure::ALL {
        for keyword in KEYWORDS {
            let body = draft(&input(keyword, *structure)).body_markdown;
            let mut seen = BTreeSet::new();
            for sentence in body.split(['.', '?', '\n', '|']).map(str::trim).filter(|s| s.split(' ').count() > 5) {
                assert!(seen.insert(sentence), "{structure} / {keyword}: {sentence}");
            }
        }
    }
}

#[test]
fn structures_bring_what_they_promise() {
    let body = |keyword, structure| draft(&input(keyword, structure)).body_markdown;
    let versus = body("mailchimp vs convertkit", ContentStructure::Comparison);
    assert!(
        versus.contains("| --- |")
            && versus.contains("## ")
            && versus.contains("Mailchimp")
            && versus.contains("ConvertKit")
    );
    assert!(body("hoka clifton review", ContentStructure::Review).contains("| --- |"));
    let guide = body("how to make cold brew coffee", ContentStructure::Guide);
    assert!(guide.contains("\n1. **") && guide.contains("Making Cold Brew Coffee"), "{guide}");
    let mut list = input("storage ideas for small kitchens", ContentStructure::Listicle);
    list.title = "7 Storage Ideas for Small Kitchens Worth Trying".to_owned();
    let list = draft(&list).body_markdown;
    assert!(list.contains("| --- |") && list.contains("\n### 7. ") && !list.contains("\n### 8. "), "{list}");
    let mut mistakes = input("standing desk", ContentStructure::Listicle);
    mistakes.title = "7 Mistakes People Make with a Standing Desk".to_owned();
    assert_eq!(draft(&mistakes).body_markdown.matches("**Instead:**").count(), 7);
}

#[test]
fn the_opening_answers_the_primary_keyword() {
    for (keyword, said) in [
        ("how to make cold brew coffee", "make cold brew coffee"),
        ("best running shoes for flat feet", "running shoes for flat feet"),
        ("standing desk price", "a standing desk"),
        ("how often to replace running shoes", "How often to replace running shoes depends"),
        ("can dogs eat grapes", "Can dogs eat grapes?"),
    ] {
        let body = draft(&input(keyword, ContentStructure::Article)).body_markdown;
        let opening = body.lines().next().unwrap();
        assert!(opening.contains(said), "{keyword}: {opening}");
    }
    let grapes = draft(&input("can dogs eat grapes", ContentStructure::Article));
    let claims =
        grapes.faq.iter().any(|q| q.question.contains("grapes")) || grapes.body_markdown.contains("depends on");
    assert!(!claims, "what only the writer knows is not answered: {}", grapes.body_markdown);
}

#[test]
fn the_length_follows_the_target_and_stays_an_outline() {
    for target in [500, 1_000, 1_500, 2_000, 3_000] {
        let mut given = input("how to make cold brew coffee", ContentStructure::Guide);
        given.word_count_target = target;
        given.secondary_keywords = (0..12).map(|n| format!("cold brew question number{n}")).collect();
        let output = draft(&given);
        let faq: String = output.faq.iter().map(|q| format!("\n\n{} {}", q.question, q.answer)).collect();
        let words = article::word_count(&article::from_markdown(&(output.body_markdown + &faq)));
        let percent = words * 100 / target;
        println!("{target} words: {words} ({percent} %)");
        // Even the shortest outline needs its five sections.
        let most = if target < 1_000 { 75 } else { 60 };
        assert!((30..=most).contains(&percent), "{target}: {words}");
    }
}

#[test]
fn topics_and_variations_read_differently() {
    let body = |keyword: &str, variation| {
        let given = ContentInput { variation, secondary_keywords: vec![], ..input(keyword, ContentStructure::Guide) };
        draft(&given).body_markdown
    };
    let lines = |text: &str| text.lines().map(str::to_owned).filter(|l| l.len() > 30).collect::<BTreeSet<_>>();
    let (coffee, insurance) = (lines(&body("cold brew", 0)), lines(&body("term life insurance", 0)));
    let shared = coffee.intersection(&insurance).count();
    assert!(shared * 2 < coffee.len(), "{shared} of {} lines are the same", coffee.len());
    assert_ne!(body("cold brew", 0), body("cold brew", 1));
    assert_eq!(body("cold brew", 1), body("cold brew", 1), "the same request gives the same answer");
}

#[test]
fn steps_of_a_field_are_not_followed_by_those_of_another() {
    for keyword in ["aeropress recipe", "sourdough bread recipe", "how to prune roses"] {
        let mut given = input(keyword, ContentStructure::Guide);
        given.word_count_target = 3_000;
        let body = draft(&given).body_markdown;
        assert!(!body.contains("6. **"), "{keyword}: {body}");
        assert!(!body.contains("**Define the question.**"), "{keyword}: {body}");
    }
}

#[test]
fn a_dog_bed_is_no_garden_bed() {
    let mut given = input("dog bed review", ContentStructure::Guide);
    given.title = "Dog Bed Review".to_owned();
    (given.cluster, given.secondary_keywords) = ("dog bed".to_owned(), vec!["best dog bed".to_owned()]);
    let body = draft(&given).body_markdown;
    assert!(!body.contains("soil") && !body.contains("a balcony, a bed or a bright window"), "{body}");
}

#[test]
fn links_go_to_articles_that_share_the_topic() {
    let mut given = input("how to make cold brew coffee", ContentStructure::Guide);
    let article = |title: &str, slug: &str| RelatedArticle { title: title.into(), slug: slug.into() };
    given.related = vec![
        article("Knitting for Beginners", "knitting"),
        article("Cold Brew Ratio Explained", "cold-brew-ratio"),
        article("Best Coffee Grinder", "grinder"),
        article(&given.title.clone(), "itself"),
    ];
    let output = draft(&given);
    let slugs: Vec<&str> = output.internal_links.iter().map(|l| l.slug.as_str()).collect();
    assert_eq!(slugs, ["cold-brew-ratio", "grinder"]);
    let anchor = &output.internal_links[0].anchor;
    assert_eq!(anchor, "cold brew ratio");
    assert!(output.body_markdown.to_lowercase().contains(anchor.as_str()));
}

#[test]
fn hostile_keywords_are_shown_as_typed_and_do_nothing() {
    let long = "very long keyword ".repeat(600);
    for hostile in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "| a | b |",
        "# head",
        "שלום עולם",
        "日本語のコーヒー",
        "🏃‍♀️ shoes",
        "{noun}",
        "``` code",
        "a\u{202e}b\u{0}c",
        "x".repeat(10_000).as_str(),
        &long,
        "",
        " ",
    ] {
        for structure in ContentStructure::ALL {
            let mut given = input(hostile, *structure);
            given.secondary_keywords =
                vec![hostile.to_owned(), format!("best {hostile}"), format!("{hostile} vs {hostile}")];
            given.cluster = hostile.to_owned();
            given.site.name = hostile.to_owned();
            given.related = vec![RelatedArticle { title: hostile.to_owned(), slug: "x".into() }];
            let output = draft(&given);
            assert!((5..=8).contains(&sections(&output.body_markdown)), "{hostile:.40}: {}", output.body_markdown);
            let html = article::from_markdown(&output.body_markdown);
            for sign in ["<script", "<img", "<a ", "<pre"] {
                assert!(!html.contains(sign), "{hostile:.40} made {sign}: {html}");
            }
            assert!(output.meta_title.chars().count() <= META_TITLE_CHARS_MAX);
            assert!(
                META_DESCRIPTION_CHARS.contains(&output.meta_description.chars().count()),
                "{}",
                output.meta_description
            );
        }
    }
}

#[test]
fn an_outline_gives_up_sections_one_by_one() {
    let mut output = draft(&input("cold brew", ContentStructure::Guide));
    let mut before = sections(&output.body_markdown);
    while before > 1 {
        assert!(shorten(&mut output));
        let after = sections(&output.body_markdown);
        assert_eq!(after, before - 1);
        before = after;
    }
    while shorten(&mut output) {}
    assert!(output.faq.is_empty() && !output.body_markdown.is_empty());
}
