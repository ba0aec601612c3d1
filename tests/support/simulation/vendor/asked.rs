//! What a request asks for, hashed from what came in and not from what our books say of it: function, model, and every
//! word and figure that says what is wished for.

use crate::world::PROVIDER;
use igny8_core::function::AiFunction;
use igny8_core::function::input::{ContentInput, TextInput};
use igny8_core::port::models::{ImageRequest, TextRequest};
use sha2::{Digest, Sha256};

/// How a prompt says that it asks for an answer that could not be read once more.
const REPAIR: &str = "\nYou have answered this before";

/// A text request. The repair of an answer counts as that of its request, whatever was wrong with the answer.
pub(super) fn text(request: &TextRequest) -> [u8; 32] {
    let Some((system, _)) = request.system_prompt.split_once(REPAIR) else {
        return asking(request, &request.system_prompt);
    };
    let mut hash = Sha256::new();
    hash.update(asking(request, system));
    hash.update(b"repair");
    hash.finalize().into()
}

fn asking(request: &TextRequest, system: &str) -> [u8; 32] {
    hash(&[
        function(&request.input).name().as_bytes(),
        PROVIDER.as_bytes(),
        request.model_name.as_bytes(),
        system.as_bytes(),
        &serde_json::to_vec(&wish(&request.input)).expect("an input is data"),
    ])
}

/// An article is wished for whatever it could link to, which grows with its siblings.
fn wish(input: &TextInput) -> TextInput {
    match input {
        TextInput::GenerateContent(input) => {
            TextInput::GenerateContent(Box::new(ContentInput { related: Vec::new(), ..(**input).clone() }))
        }
        input => input.clone(),
    }
}

/// A picture.
pub(super) fn picture(request: &ImageRequest) -> [u8; 32] {
    // The model here is one of which nothing is known, so that how it is asked follows from what is wished for.
    let ImageRequest { model_name, prompt, negative_prompt, brief, width, height, format, seed, .. } = request;
    hash(&[
        AiFunction::GenerateImages.name().as_bytes(),
        PROVIDER.as_bytes(),
        model_name.as_bytes(),
        prompt.as_bytes(),
        negative_prompt.as_bytes(),
        format!("{brief:?}").as_bytes(),
        format!("{width}x{height} {format:?} {seed}").as_bytes(),
    ])
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
