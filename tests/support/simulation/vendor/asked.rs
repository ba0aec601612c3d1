//! What a request asks for, hashed from what came in and not from what our books say of it: function, model, and every
//! word and figure that says what is wished for.

use crate::world::PROVIDER;
use igny8_core::function::AiFunction;
use igny8_core::function::input::{ClusterInput, ContentInput, IdeasInput, TextInput};
use igny8_core::port::models::{ImageRequest, TextRequest};
use sha2::{Digest, Sha256};

/// How a prompt says that it asks for an answer that could not be read once more.
const REPAIR: &str = "\nYou have answered this before";

/// What a request says, as hashes.
#[derive(Clone, Copy)]
pub(super) struct Said {
    /// What an answer to it is kept under.
    pub asked: [u8; 32],
    /// What is wished for, whatever else is there already.
    pub wish: [u8; 32],
    /// All of it.
    pub words: [u8; 32],
}

/// A text request.
pub(super) fn text(request: &TextRequest) -> Said {
    let TextRequest { system_prompt, user_prompt, schema, max_output_tokens, .. } = request;
    let words = hash(&[
        system_prompt.as_bytes(),
        user_prompt.as_bytes(),
        schema.to_string().as_bytes(),
        &max_output_tokens.to_be_bytes(),
    ]);
    let (asked, wish) = (asked(&request.input), wish(&request.input));
    Said { asked: asking(request, &asked), wish: asking(request, &wish), words }
}

/// The repair of an answer counts as that of its request, whatever was wrong with the answer.
fn asking(request: &TextRequest, input: &TextInput) -> [u8; 32] {
    let Some((system, _)) = request.system_prompt.split_once(REPAIR) else {
        return asking_of(request, &request.system_prompt, input);
    };
    let mut hash = Sha256::new();
    hash.update(asking_of(request, system, input));
    hash.update(b"repair");
    hash.finalize().into()
}

fn asking_of(request: &TextRequest, system: &str, input: &TextInput) -> [u8; 32] {
    hash(&[
        function(&request.input).name().as_bytes(),
        PROVIDER.as_bytes(),
        request.model_name.as_bytes(),
        system.as_bytes(),
        &serde_json::to_vec(input).expect("an input is data"),
    ])
}

/// An answer about an article is kept whatever it could link to, which grows with its siblings; one about ideas or clusters
/// under what was there already, for whoever asks again later asks for more.
fn asked(input: &TextInput) -> TextInput {
    match input {
        TextInput::GenerateContent(input) => {
            TextInput::GenerateContent(Box::new(ContentInput { related: Vec::new(), ..(**input).clone() }))
        }
        input => input.clone(),
    }
}

fn wish(input: &TextInput) -> TextInput {
    match asked(input) {
        TextInput::GenerateIdeas(input) => {
            TextInput::GenerateIdeas(IdeasInput { existing_titles: Vec::new(), ..input })
        }
        TextInput::AutoCluster(input) => TextInput::AutoCluster(ClusterInput { existing: Vec::new(), ..input }),
        input => input,
    }
}

/// A picture.
pub(super) fn picture(request: &ImageRequest) -> Said {
    // The model here is one of which nothing is known, so that how it is asked follows from what is wished for.
    let ImageRequest { model_name, prompt, negative_prompt, brief, width, height, format, seed, .. } = request;
    let asked = hash(&[
        AiFunction::GenerateImages.name().as_bytes(),
        PROVIDER.as_bytes(),
        model_name.as_bytes(),
        prompt.as_bytes(),
        negative_prompt.as_bytes(),
        format!("{brief:?}").as_bytes(),
        format!("{width}x{height} {format:?} {seed}").as_bytes(),
    ]);
    Said { asked, wish: asked, words: asked }
}

const fn function(input: &TextInput) -> AiFunction {
    match input {
        TextInput::AutoCluster(_) => AiFunction::AutoCluster,
        TextInput::GenerateIdeas(_) => AiFunction::GenerateIdeas,
        TextInput::GenerateContent(_) => AiFunction::GenerateContent,
        TextInput::GenerateImagePrompts(_) => AiFunction::GenerateImagePrompts,
    }
}

/// Each part with its length before it, so that no two lists of parts read alike.
fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}
