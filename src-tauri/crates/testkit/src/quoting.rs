//! A vendor's model that does its work and quotes in every field of its answers the key that it was sent.

use crate::vendor::{Terms, Vendor};
use igny8_core::function::input::TextInput;
use igny8_core::port::models::{FailedCall, TextAnswer, TextModel, TextRequest};
use igny8_core::usage::Usage;
use serde_json::{Value, json};
use std::sync::Arc;

/// Writes little, and the key with it.
struct Quoting {
    key: &'static str,
}

/// A vendor of it that demands the key.
#[must_use]
pub fn vendor(key: &'static str) -> Vendor {
    Vendor::start_on(Terms { key: Some(key.to_owned()), ..Terms::default() }, Arc::new(Quoting { key }))
}

impl Quoting {
    fn answer(&self, input: &TextInput) -> Value {
        let quoted = |text: &str| format!("{text} {}", self.key);
        match input {
            TextInput::AutoCluster(input) => {
                let ids: Vec<i64> = input.keywords.iter().map(|keyword| keyword.id.0).collect();
                let all = json!({ "name": quoted("Teas"), "description": quoted("All."), "keyword_ids": ids });
                json!({ "clusters": [all] })
            }
            TextInput::GenerateIdeas(input) => {
                let ideas = input.clusters.iter().map(|cluster| {
                    json!({
                        "cluster_id": cluster.id.0, "title": quoted(&format!("How to brew {}", cluster.id.0)),
                        "description": quoted("A brief."), "keywords": [quoted("green tea")], "content_type": "post",
                        "content_structure": "guide", "word_count": 800,
                    })
                });
                json!({ "ideas": ideas.collect::<Vec<_>>() })
            }
            TextInput::GenerateContent(input) => json!({
                "title": input.title, "meta_title": quoted("Tea"), "meta_description": quoted("Of tea."),
                "excerpt": quoted("Of tea."), "body_markdown": quoted("## Leaves\n\nWater is boiled, and left to cool."),
                "primary_keyword": quoted("tea"), "secondary_keywords": [quoted("tea")], "tags": [quoted("tea")],
                "categories": [quoted("Teas")], "faq": [{ "question": quoted("Why?"), "answer": quoted("It is tea.") }],
                "internal_links": [], "is_outline": false,
            }),
            TextInput::GenerateImagePrompts(_) => json!({
                "featured": { "prompt": quoted("A teapot"), "alt": quoted("A teapot"), "heading": "" },
                "in_article": [{ "prompt": quoted("A cup"), "alt": quoted("A cup"), "heading": "Leaves" }],
            }),
        }
    }
}

#[async_trait::async_trait]
impl TextModel for Quoting {
    fn count_input_tokens(&self, _: &TextRequest) -> u32 {
        1
    }

    async fn complete(&self, request: &TextRequest) -> Result<TextAnswer, FailedCall> {
        let usage = Usage { input_tokens: 900, output_tokens: 300, ..Usage::default() };
        Ok(TextAnswer { text: self.answer(&request.input).to_string(), usage, provider_request_id: None })
    }
}
