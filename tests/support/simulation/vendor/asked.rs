//! What a request asks for, hashed from what came in and not from what our books say of it: function, model, and every
//! word and figure that decides what is answered.

use crate::world::PROVIDER;
use igny8_core::function::AiFunction;
use igny8_core::function::input::TextInput;
use igny8_core::port::models::{ImageRequest, TextRequest};
use sha2::{Digest, Sha256};

/// A text request.
pub(super) fn text(request: &TextRequest) -> [u8; 32] {
    hash(&[
        function(&request.input).name().as_bytes(),
        PROVIDER.as_bytes(),
        request.model_name.as_bytes(),
        request.system_prompt.as_bytes(),
        request.user_prompt.as_bytes(),
        &serde_json::to_vec(&request.input).expect("an input is data"),
    ])
}

/// A picture.
pub(super) fn picture(request: &ImageRequest) -> [u8; 32] {
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
