//! The built-in answer to `generate_image_prompts`: one featured image and some for the most telling sections. The prompt
//! describes a scene, so that it is of use to a picture model too; the text alternative describes the card that the
//! built-in renderer makes, because that is what readers of the page will get.

use super::domain::{self, Signals};
use super::phrase;
use super::{grammar, template};
use igny8_core::function::input::{IN_ARTICLE_IMAGES_MAX, ImagePromptsInput};
use igny8_core::function::output::{ImagePrompt, ImagePromptsOutput, clean_line};

/// Characters of a text alternative that screen readers read in one breath.
const ALT_CHARS_MAX: usize = 125;
/// Characters of a heading inside a text alternative.
const ALT_HEADING_CHARS: usize = 80;
/// Headings that every article has and no picture can show.
const SKIPPED: &[&str] = &[
    "checklist",
    "the checklist to go through",
    "conclusion",
    "the next step",
    "where to go from here",
    "faq",
    "frequently asked questions",
    "what readers also ask",
    "read on here",
    "summary",
];

/// Descriptions of the images.
pub(super) fn prompts(input: &ImagePromptsInput) -> ImagePromptsOutput {
    let title = grammar::clean(&input.title);
    let keyword = if input.primary_keyword.trim().is_empty() { &input.title } else { &input.primary_keyword };
    let subject = phrase::read(keyword).subject;
    let surrounding = [input.excerpt.as_str(), input.site.sector.as_str()];
    let domain = domain::find(Signals { head: subject.head(), keyword, title: &title, surrounding: &surrounding });
    let topic = if subject.bare.is_empty() { title.clone() } else { subject.bare };
    let seed = template::hash(&title);
    let scene = |turn: u64| template::choose(&domain.scenes, seed.wrapping_add(turn));
    let featured = ImagePrompt {
        prompt: format!(
            "Wide editorial picture about {topic}: {}. Calm composition with free space for a title, few colours around \
             {}, no words in the picture.",
            scene(0),
            colour(input),
        ),
        alt: described("Title card", &title, &input.site.name),
        heading: String::new(),
    };
    let in_article = (1_u64..)
        .zip(chosen(input))
        .map(|(turn, heading)| ImagePrompt {
            prompt: format!(
                "Illustration for the section “{}” of an article about {topic}: {}. Simple shapes, few colours around {}, \
                 no words in the picture.",
                grammar::clean(heading),
                scene(turn),
                colour(input),
            ),
            alt: described("Illustrated card", &grammar::clean(heading), ""),
            heading: heading.clone(),
        })
        .collect();
    ImagePromptsOutput { featured, in_article }
}

/// Drops the last images inside the text.
pub(super) fn shorten(output: &mut ImagePromptsOutput) -> bool {
    super::halve(&mut output.in_article)
}

/// Headings spread evenly over the article, those that say nothing by themselves left out.
fn chosen(input: &ImagePromptsInput) -> Vec<&String> {
    let telling: Vec<&String> = input
        .headings
        .iter()
        .filter(|h| !h.trim().is_empty() && !SKIPPED.contains(&h.trim().to_lowercase().as_str()))
        .collect();
    let wanted = telling.len().min(usize::try_from(input.in_article_max.min(IN_ARTICLE_IMAGES_MAX)).unwrap_or(0));
    (0..wanted).filter_map(|n| telling.get((n * 2 + 1) * telling.len() / (wanted * 2)).copied()).collect()
}

/// What the rendered card shows: its words, or that it has none.
fn described(kind: &str, words: &str, site: &str) -> String {
    if super::image::can_set(words) {
        return alt(&format!("{kind}: “{}”", grammar::cut(words, ALT_HEADING_CHARS)), site);
    }
    alt("Abstract picture of simple shapes in few colours", site)
}

fn alt(text: &str, site: &str) -> String {
    let site = grammar::clean(site);
    let whole = if site.is_empty() { text.to_owned() } else { format!("{text}, {site}") };
    let fits = |t: &str| t.chars().count() <= ALT_CHARS_MAX;
    let chosen = if fits(&whole) { whole } else { text.to_owned() };
    clean_line(&chosen, ALT_CHARS_MAX)
}

fn colour(input: &ImagePromptsInput) -> &str {
    if input.site.brand_color.is_empty() { "one strong colour" } else { &input.site.brand_color }
}

#[cfg(test)]
mod tests {
    use super::*;
    use igny8_core::function::input::SiteContext;

    fn input(headings: &[&str], max: u32) -> ImagePromptsInput {
        ImagePromptsInput {
            site: SiteContext { name: "Daily Grind".into(), brand_color: "#aa5500".into(), ..SiteContext::default() },
            title: "How to Make Cold Brew Coffee".into(),
            headings: headings.iter().map(|h| (*h).to_owned()).collect(),
            excerpt: String::new(),
            primary_keyword: "how to make cold brew coffee".into(),
            in_article_max: max,
        }
    }

    #[test]
    fn images_stand_under_given_headings_spread_over_the_article() {
        let given = input(&["Purpose", "Steps", "Points", "Mistakes", "Checklist", "Conclusion"], 2);
        let output = prompts(&given);
        let headings: Vec<&str> = output.in_article.iter().map(|i| i.heading.as_str()).collect();
        assert_eq!(headings, ["Steps", "Mistakes"]);
        assert_eq!(output.featured.heading, "");
        assert_eq!(output.featured.alt, "Title card: “How to Make Cold Brew Coffee”, Daily Grind");
        assert!(
            output.featured.prompt.contains("making cold brew coffee") && output.featured.prompt.contains("#aa5500")
        );
        assert_ne!(output.in_article[0].prompt, output.in_article[1].prompt);
        assert_eq!(prompts(&given), output, "the same request gives the same answer");
    }

    #[test]
    fn no_more_images_than_wished_or_than_headings() {
        assert!(prompts(&input(&["A", "B"], 0)).in_article.is_empty());
        assert_eq!(prompts(&input(&["A", "B"], 4)).in_article.len(), 2);
        assert_eq!(prompts(&input(&["A", "B", "C", "D", "E", "F"], 99)).in_article.len(), 4);
        assert!(prompts(&input(&[], 4)).in_article.is_empty());
    }

    #[test]
    fn a_card_without_words_is_described_as_one() {
        let mut given = input(&["日本語の見出し"], 1);
        given.title = "日本語のコーヒー".into();
        let output = prompts(&given);
        assert_eq!(output.featured.alt, "Abstract picture of simple shapes in few colours, Daily Grind");
        assert_eq!(output.in_article[0].alt, "Abstract picture of simple shapes in few colours");
    }

    #[test]
    fn text_alternatives_stay_short() {
        let mut given = input(&["B"], 1);
        given.headings = vec!["very long heading ".repeat(500)];
        given.title = "<script>".repeat(2_000);
        given.site.name = "Site ".repeat(100);
        let output = prompts(&given);
        assert!(output.featured.alt.chars().count() <= ALT_CHARS_MAX);
        assert!(output.in_article[0].alt.chars().count() <= ALT_CHARS_MAX);
        assert_eq!(output.in_article[0].heading, given.headings[0], "a heading is given back as it came");
    }
}
