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
    IdeasInput { site: SiteContext::default(), clusters, existing_titles: vec![], word_count: None }
}

fn titles(keywords: &[&str]) -> Vec<String> {
    ideas(&input(vec![cluster(1, keywords)])).ideas.into_iter().map(|i| i.title).collect()
}

#[test]
fn titles_read_well_with_the_keywords_people_type() {
    let table: &[(&str, &[&str])] = &[
        ("how to clean white sneakers", &["How to Clean White Sneakers"]),
        ("what is keyword clustering", &["What Is Keyword Clustering", "Keyword Clustering Explained"]),
        ("what is a standing desk", &["What Is a Standing Desk", "Standing Desk Explained"]),
        ("what are internal links", &["What Are Internal Links", "Internal Links Explained"]),
        ("can dogs eat grapes", &["Can Dogs Eat Grapes?"]),
        ("when to replace running shoes", &["When to Replace Running Shoes: "]),
        (
            "best espresso machine",
            &["Best Espresso Machine: ", "The Best Espresso Machine for", "How to Choose the Best Espresso Machine"],
        ),
        ("mailchimp vs convertkit", &["Mailchimp vs. ConvertKit", "Mailchimp or ConvertKit?"]),
        ("standing desk price", &["What Does a Standing Desk Cost?", "Standing Desk Prices"]),
        ("running shoes price", &["What Do Running Shoes Cost?", "Running Shoes Prices"]),
        ("buy espresso machine", &["Buying an Espresso Machine", "Where to Buy an Espresso Machine"]),
        (
            "emergency plumber near me",
            &[
                "How to Find a Good Emergency Plumber Near You",
                "Emergency Plumber Near You",
                "Finding a Good Emergency Plumber Nearby",
            ],
        ),
        ("mailchimp alternatives", &["Mailchimp Alternatives", "Alternatives to Mailchimp"]),
        ("hoka clifton review", &["Hoka Clifton Review"]),
        ("email marketing", &["Email Marketing: "]),
        (
            "productivity tips for working from home",
            &["5 Productivity", "7 Productivity", "9 Productivity", "Productivity Tips for Working from Home: "],
        ),
    ];
    for (keyword, openings) in table {
        let title = &titles(&[keyword])[0];
        assert!(openings.iter().any(|opening| title.starts_with(opening)), "{keyword}: {title}");
        assert!(title.chars().count() <= TITLE_CHARS_WISHED + 5, "{title}");
    }
}

#[test]
fn a_certain_wish_leads_before_a_bare_topic_of_like_volume() {
    let mut kettles = cluster(1, &["electric gooseneck kettle", "best gooseneck kettle", "gooseneck kettle stovetop"]);
    kettles.keywords[0].volume = Some(8_100);
    kettles.keywords[1].volume = Some(5_400);
    let lead = |cluster: &ClusterBrief| ideas(&input(vec![cluster.clone()])).ideas[0].content_structure;
    assert_eq!(lead(&kettles), ContentStructure::Listicle);
    kettles.keywords[1].volume = Some(90);
    assert_eq!(lead(&kettles), ContentStructure::Guide);
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
    assert_eq!(titles(&["trail running shoes"]).len(), 1);
}

#[test]
fn existing_titles_are_not_repeated() {
    let mut given = input(vec![cluster(1, &["how to clean white sneakers"])]);
    let mut found = Vec::new();
    while let Some(idea) = ideas(&given).ideas.first() {
        assert!(!found.contains(&idea.title), "{}", idea.title);
        found.push(idea.title.clone());
        // The same words in another dress are the same title.
        given.existing_titles.push(idea.title.to_lowercase().replace(": ", " – "));
    }
    assert_eq!(found.len(), 4, "every way to say it was used once: {found:?}");
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
