//! Tests of the engine through its ports: every function round-trips through the one reader of answers.

use super::*;
use igny8_core::function::input::{
    ClusterBrief, ClusterInput, ContentInput, IdeasInput, ImagePromptsInput, KeywordInput, SiteContext, TextInput,
};
use igny8_core::function::output::{ClusterOutput, ContentOutput, IdeasOutput, ImagePromptsOutput, read, schema};
use igny8_core::hangup::Hangup;
use igny8_core::id::{CallId, ClusterId, KeywordId};
use igny8_core::prompt::prompt;
use igny8_core::status::{ContentStructure, ContentType, Intent};
use serde::Serialize;
use serde::de::DeserializeOwned;

fn request(input: TextInput) -> TextRequest {
    let prompt = prompt("Do as you are told.", &input);
    TextRequest {
        call: CallId::from_slice(&[7; 16]).unwrap(),
        model_name: TEXT_MODEL.to_owned(),
        input,
        system_prompt: prompt.system,
        user_prompt: prompt.user,
        schema: prompt.schema,
        max_output_tokens: 16_000,
        thinking: serde_json::Map::new(),
        context_tokens: 128_000,
        listener: None,
        hangup: Hangup::default(),
    }
}

fn site() -> SiteContext {
    SiteContext {
        name: "Daily Grind".into(),
        sector: "Coffee".into(),
        language: "en".into(),
        brand_color: "#4453c7".into(),
    }
}

fn keywords(count: i64) -> Vec<KeywordInput> {
    let texts = ["cold brew", "how to make cold brew", "best cold brew", "cold brew ratio", "cold brew price"];
    let keyword = |id: i64| {
        let text = texts[usize::try_from(id).unwrap() % texts.len()];
        KeywordInput {
            id: KeywordId(id),
            text: format!("{text} {}", id / 5),
            volume: Some(id),
            difficulty: None,
            intent: None,
        }
    };
    (1..=count).map(keyword).collect()
}

fn clusters() -> TextInput {
    TextInput::AutoCluster(ClusterInput { site: site(), keywords: keywords(60), existing: vec!["Cold Brew".into()] })
}

fn ideas() -> TextInput {
    let brief = |id| ClusterBrief {
        id: ClusterId(id),
        name: format!("Cold Brew {id}"),
        description: String::new(),
        keywords: keywords(9),
    };
    TextInput::GenerateIdeas(IdeasInput {
        site: site(),
        clusters: (1..=5).map(brief).collect(),
        existing_titles: vec![],
        word_count: None,
    })
}

fn content(structure: ContentStructure) -> TextInput {
    TextInput::GenerateContent(Box::new(ContentInput {
        site: site(),
        title: "How to Make Cold Brew".into(),
        description: String::new(),
        primary_keyword: "how to make cold brew".into(),
        secondary_keywords: vec!["cold brew ratio".into()],
        cluster: "Cold Brew".into(),
        content_type: ContentType::Post,
        structure,
        intent: Intent::Informational,
        word_count_target: 1_200,
        related: vec![],
        variation: 0,
    }))
}

fn image_prompts() -> TextInput {
    TextInput::GenerateImagePrompts(Box::new(ImagePromptsInput {
        site: site(),
        title: "How to Make Cold Brew".into(),
        headings: ["A", "B", "C", "D"].map(str::to_owned).to_vec(),
        excerpt: String::new(),
        primary_keyword: "cold brew".into(),
        in_article_max: 4,
    }))
}

async fn round_trip<T: DeserializeOwned + Serialize>(input: TextInput) -> T {
    let request = request(input);
    let model = BuiltinText::new();
    let answer = model.complete(&request).await.unwrap();
    assert_eq!(model.complete(&request).await.unwrap(), answer, "the same request gives the same answer");
    assert_eq!(answer.usage.input_tokens, model.count_input_tokens(&request), "the hold is sized by what is charged");
    assert!(answer.usage.is_estimated && answer.usage.output_tokens > 0);
    assert!(answer.usage.output_tokens <= request.max_output_tokens);
    let output: T = read(&answer.text).unwrap();
    assert_eq!(serde_json::to_string(&output).unwrap(), answer.text);
    output
}

#[tokio::test]
async fn every_function_is_read_back() {
    assert!(!round_trip::<ClusterOutput>(clusters()).await.clusters.is_empty());
    assert!(round_trip::<IdeasOutput>(ideas()).await.ideas.len() >= 5);
    assert_eq!(round_trip::<ImagePromptsOutput>(image_prompts()).await.in_article.len(), 4);
    for structure in ContentStructure::ALL {
        assert!(round_trip::<ContentOutput>(content(*structure)).await.is_outline);
    }
}

#[tokio::test]
async fn answers_name_every_field_of_their_schema() {
    let answer = BuiltinText::new().complete(&request(content(ContentStructure::Guide))).await.unwrap();
    let value: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    let fields: Vec<String> = schema::<ContentOutput>()["properties"].as_object().unwrap().keys().cloned().collect();
    assert!(fields.len() > 10 && fields.iter().all(|f| value.get(f).is_some()), "{fields:?}");
}

#[tokio::test]
async fn little_room_gives_fewer_items_and_none_gives_a_cut_answer() {
    let mut items = Vec::new();
    for room in [16_000, 1_000, 400, 150] {
        let request = TextRequest { max_output_tokens: room, ..request(clusters()) };
        let answer = BuiltinText::new().complete(&request).await.unwrap();
        assert!(answer.usage.output_tokens <= room);
        items.push(read::<ClusterOutput>(&answer.text).unwrap().clusters.len());
    }
    assert!(items.is_sorted_by(|a, b| a >= b) && items[0] > items[3], "{items:?}");
    for input in [ideas(), content(ContentStructure::Guide), image_prompts()] {
        let roomy = BuiltinText::new().complete(&request(input.clone())).await.unwrap();
        let tight = TextRequest { max_output_tokens: roomy.usage.output_tokens * 3 / 4, ..request(input.clone()) };
        let answer = BuiltinText::new().complete(&tight).await.unwrap();
        assert!(answer.usage.output_tokens <= tight.max_output_tokens, "{input:?}");
    }
    let none = TextRequest { max_output_tokens: 10, ..request(content(ContentStructure::Guide)) };
    let cut = BuiltinText::new().complete(&none).await.unwrap_err();
    assert!(matches!(cut.error, ProviderError::CutOff { .. }));
}

#[tokio::test]
async fn another_models_name_is_refused() {
    let other = TextRequest { model_name: "gpt-5".into(), ..request(image_prompts()) };
    assert_eq!(BuiltinText::new().complete(&other).await, Err(ProviderError::UnknownModel.into()));
}
