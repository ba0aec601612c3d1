//! Tests of ideas.

use super::*;
use igny8_core::function::input::{KeywordInput, SiteContext};
use igny8_core::id::{ClusterId, KeywordId};

fn cluster(id: i64, keywords: &[&str]) -> ClusterBrief {
    let keywords = keywords
        .iter()
        .zip(1..)
        .map(|(text, k)| KeywordInput {
            id: KeywordId(k),
            text: (*text).to_owned(),
            volume: None,
            difficulty: None,
            intent: None,
        })
        .collect::<Vec<_>>();
    let name = grammar::title_case(&keywords[0].text);
    ClusterBrief { id: ClusterId(id), name, description: String::new(), keywords }
}

fn input(clusters: Vec<ClusterBrief>) -> IdeasInput {
    IdeasInput { site: SiteContext::default(), clusters, existing_titles: vec![] }
}

fn titles(keywords: &[&str]) -> Vec<String> {
    ideas(&input(vec![cluster(1, keywords)])).ideas.into_iter().map(|i| i.title).collect()
}

#[test]
fn titles_read_well_with_the_keywords_people_type() {
    let table = [
        ("how to clean white sneakers", "How to Clean White Sneakers: A Step-by-Step Guide"),
        ("what is keyword clustering", "What Is Keyword Clustering? A Plain-English Explanation"),
        ("what is a standing desk", "What Is a Standing Desk? A Plain-English Explanation"),
        ("what are internal links", "What Are Internal Links? A Plain-English Explanation"),
        ("can dogs eat grapes", "Can Dogs Eat Grapes? The Short Answer and the Details"),
        ("when to replace running shoes", "When to Replace Running Shoes: The Short Answer and the Details"),
        ("best espresso machine", "Best Espresso Machine: What to Look For and How to Choose"),
        ("mailchimp vs convertkit", "Mailchimp vs. ConvertKit: Which One Fits You?"),
        ("standing desk price", "What Does a Standing Desk Cost? What Drives the Price"),
        ("running shoes price", "What Do Running Shoes Cost? What Drives the Price"),
        ("buy espresso machine", "Buying an Espresso Machine: What to Check Before You Order"),
        ("emergency plumber near me", "How to Find a Good Emergency Plumber Near You"),
        ("mailchimp alternatives", "Mailchimp Alternatives: How the Options Compare"),
        ("hoka clifton review", "Hoka Clifton Review: Strengths, Limits and Who Should Pass"),
        ("email marketing", "Email Marketing: A Practical Guide"),
    ];
    for (keyword, title) in table {
        assert_eq!(titles(&[keyword]), [title]);
    }
    let tips = &titles(&["productivity tips for working from home"])[0];
    assert!(
        tips.ends_with("Productivity Tips for Working from Home Worth Trying") || tips.contains("Makes Them Work"),
        "{tips}"
    );
}

#[test]
fn a_cluster_gets_an_idea_for_each_wish_and_every_keyword_one_home() {
    let keywords = [
        "standing desk",
        "best standing desk",
        "electric standing desk",
        "standing desk price",
        "adjustable standing desk",
        "standing desk benefits",
        "what is a standing desk",
        "standing desk height calculator",
    ];
    let output = ideas(&input(vec![cluster(7, &keywords)]));
    assert_eq!(output.ideas.len(), 3);
    let mut held: Vec<&str> = output.ideas.iter().flat_map(|i| i.keywords.iter().map(String::as_str)).collect();
    held.sort_unstable();
    let mut given = keywords.to_vec();
    given.sort_unstable();
    assert_eq!(held, given);
    let structures: BTreeSet<ContentStructure> = output.ideas.iter().map(|i| i.content_structure).collect();
    assert!(structures.len() >= 2, "{structures:?}");
    for idea in &output.ideas {
        assert_eq!((idea.cluster_id, idea.content_type), (7, ContentType::Post));
        assert!((500..=3_000).contains(&idea.word_count));
        for part in ["Angle: ", "Reader: ", "Cover: "] {
            assert!(idea.description.contains(part), "{}", idea.description);
        }
        assert!(!idea.description.contains(['{', '}']), "{}", idea.description);
    }
}

#[test]
fn clusters_that_ask_one_thing_are_filled_up_without_repeating() {
    let found = titles(&[
        "trail running shoes",
        "trail running shoes women",
        "waterproof trail running shoes",
        "light trail shoes",
        "trail shoes wide",
        "trail shoes mud",
        "trail running shoes winter",
    ]);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found.iter().any(|t| t.contains("Mistakes")), "{found:?}");
    let one = titles(&["trail running shoes"]);
    assert_eq!(one, ["Trail Running Shoes: A Practical Guide"]);
}

#[test]
fn existing_titles_are_not_repeated() {
    let mut given = input(vec![cluster(1, &["how to clean white sneakers"])]);
    given.existing_titles = vec!["How to clean white sneakers – a step by step guide".to_owned()];
    let first = ideas(&given).ideas;
    assert_eq!(first[0].title, "How to Clean White Sneakers Without the Usual Mistakes");
    given.existing_titles.extend(
        [
            "How to clean white sneakers without the usual mistakes",
            "How to clean white sneakers",
            "How to clean white sneakers: what you need and what to do",
        ]
        .map(str::to_owned),
    );
    assert!(ideas(&given).ideas.is_empty(), "every way to say it is taken");
    let twice = ideas(&input(vec![cluster(1, &["cold brew"]), cluster(2, &["cold brew"])]));
    assert_ne!(twice.ideas[0].title, twice.ideas[1].title);
}

#[test]
fn hostile_keywords_stay_words() {
    let long = "very long keyword ".repeat(600);
    for keyword in
        ["<img src=x onerror=alert(1)>", "🏃‍♀️", "שלום עולם", "{noun} {verb}", "vs", "how to", &long, "", "  ", "日本語"]
    {
        let output = ideas(&input(vec![cluster(1, &[keyword])]));
        for idea in output.ideas {
            assert!(
                idea.title.chars().count() <= TITLE_CHARS_MAX
                    && idea.description.chars().count() <= DESCRIPTION_CHARS_MAX
            );
        }
    }
}

#[test]
fn the_same_request_gives_the_same_answer() {
    let given =
        input(vec![cluster(1, &["cold brew", "best cold brew", "cold brew ratio", "cold brew vs iced coffee"])]);
    assert_eq!(ideas(&given), ideas(&given));
}
