//! Rendering a template. The engine knows no files, no other templates, no functions and no filters; the language is cut
//! down before it compiles ([`super::language`]), and steps, depth and length are bounded besides. A template is tried
//! before it is kept, with every value there and with none, so that one that fails is the exception at work.

use super::{PromptKind, PromptValues, language};
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value};
use std::collections::BTreeMap;
use std::io;

/// Longest template, in characters: some 2,000 tokens that each call pays for.
pub const PROMPT_CHARS_MAX: usize = 8_000;
/// Longest rendered task, in bytes: the longest template of four-byte letters, with values in it.
const RENDERED_BYTES_MAX: usize = 48_000;
/// Longest rendered style or negative prompt, in bytes: two of them and a description are within the 32,000 characters
/// that image models take.
const IMAGE_RENDERED_BYTES_MAX: usize = 12_000;
/// Steps of one rendering: a template of the longest kind without a space takes some 8,000.
const FUEL: u64 = 50_000;
/// Depth of one rendering. Nothing in the language calls anything.
const DEPTH_MAX: usize = 8;
/// What a task must not contain: the markers of the data, however they are spaced.
const MARKERS: [&str; 2] = ["<data", "</data"];

/// Why a template cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PromptError {
    /// There is nothing in it.
    #[error("empty")]
    Empty,
    /// More than [`PROMPT_CHARS_MAX`].
    #[error("{chars} characters")]
    TooLong {
        /// How many it has.
        chars: usize,
    },
    /// It is not the template language.
    #[error("line {line}: {note}")]
    Syntax {
        /// From 1.
        line: u32,
        /// What the engine says.
        note: String,
    },
    /// It names a variable its kind does not have.
    #[error("line {line}: no variable {name}")]
    UnknownVariable {
        /// From 1.
        line: u32,
        /// The name.
        name: String,
    },
    /// It uses a part of the language that prompts do not have.
    #[error("line {line}: {what} is not allowed")]
    Forbidden {
        /// From 1.
        line: u32,
        /// The tag or operator.
        what: String,
    },
    /// It writes the markers between which the data stands.
    #[error("the data's markers")]
    Marker,
    /// Rendering takes more steps, or makes more text, than a prompt needs.
    #[error("too much work")]
    TooMuch,
    /// It fails while it is rendered.
    #[error("line {line}: {note}")]
    Failed {
        /// From 1.
        line: u32,
        /// What the engine says.
        note: String,
    },
}

impl PromptError {
    /// The stable code that is shown.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong { .. } => "too_long",
            Self::Syntax { .. } => "syntax",
            Self::UnknownVariable { .. } => "unknown_variable",
            Self::Forbidden { .. } => "forbidden",
            Self::Marker => "marker",
            Self::TooMuch => "too_much",
            Self::Failed { .. } => "failed",
        }
    }

    /// The line it is about, or 0.
    #[must_use]
    pub const fn line(&self) -> u32 {
        match self {
            Self::Syntax { line, .. }
            | Self::UnknownVariable { line, .. }
            | Self::Forbidden { line, .. }
            | Self::Failed { line, .. } => *line,
            Self::Empty | Self::TooLong { .. } | Self::Marker | Self::TooMuch => 0,
        }
    }

    /// What it is about: a name, an operator, or what the engine says; empty otherwise.
    #[must_use]
    pub fn note(&self) -> &str {
        match self {
            Self::Syntax { note, .. } | Self::Failed { note, .. } => note,
            Self::UnknownVariable { name, .. } => name,
            Self::Forbidden { what, .. } => what,
            Self::Empty | Self::TooLong { .. } | Self::Marker | Self::TooMuch => "",
        }
    }
}

/// Whether a template can be kept as a prompt of this kind.
///
/// # Errors
/// [`PromptError`] with the first thing that is wrong.
pub fn check(kind: PromptKind, template: &str) -> Result<(), PromptError> {
    if template.trim().is_empty() {
        return Err(PromptError::Empty);
    }
    render(kind, template, &PromptValues::examples(kind))?;
    render(kind, template, &PromptValues::default())?;
    Ok(())
}

/// The task that a template of a kind makes of these values, trimmed; it may be empty.
///
/// # Errors
/// [`PromptError`]; nothing is sent then.
pub fn render(kind: PromptKind, template: &str, values: &PromptValues) -> Result<String, PromptError> {
    let chars = template.chars().count();
    if chars > PROMPT_CHARS_MAX {
        return Err(PromptError::TooLong { chars });
    }
    language::check(template)?;
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(DEPTH_MAX);
    // A tag on a line of its own leaves no empty line behind.
    let syntax_config = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax_config.map_err(|error| syntax(&error))?);
    let compiled = environment.template_from_str(template).map_err(|error| syntax(&error))?;
    let known = kind.variables();
    let mut unknown: Vec<String> = compiled.undeclared_variables(false).into_iter().collect();
    unknown.retain(|name| !known.iter().any(|variable| variable.name() == name));
    unknown.sort_unstable();
    if let Some(name) = unknown.into_iter().next() {
        return Err(PromptError::UnknownVariable { line: line_with(template, &name), name });
    }
    let context: BTreeMap<&str, String> =
        known.iter().map(|variable| (variable.name(), values.get(*variable).to_owned())).collect();
    let bytes_max = match kind {
        PromptKind::Image(_) | PromptKind::NegativePrompt => IMAGE_RENDERED_BYTES_MAX,
        PromptKind::Clustering
        | PromptKind::Ideas
        | PromptKind::Content
        | PromptKind::Structure(_)
        | PromptKind::ImagePrompts => RENDERED_BYTES_MAX,
    };
    let mut out = Bounded { bytes: Vec::new(), bytes_max };
    compiled.render_captured_to(Value::from(context), &mut out).map_err(|error| failure(&error))?;
    let task = String::from_utf8(out.bytes).map_err(|_| PromptError::TooMuch)?.trim().to_owned();
    let folded: String = task.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    if MARKERS.iter().any(|marker| folded.contains(marker)) {
        return Err(PromptError::Marker);
    }
    Ok(task)
}

/// A text that ends in an error instead of growing without end.
struct Bounded {
    bytes: Vec<u8>,
    bytes_max: usize,
}

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.bytes_max {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn syntax(error: &minijinja::Error) -> PromptError {
    PromptError::Syntax { line: line(error), note: note(error) }
}

fn failure(error: &minijinja::Error) -> PromptError {
    match error.kind() {
        ErrorKind::OutOfFuel | ErrorKind::WriteFailure => PromptError::TooMuch,
        _ => PromptError::Failed { line: line(error), note: note(error) },
    }
}

fn line(error: &minijinja::Error) -> u32 {
    error.line().and_then(|line| u32::try_from(line).ok()).unwrap_or(1)
}

fn note(error: &minijinja::Error) -> String {
    error.detail().map_or_else(|| error.kind().to_string(), ToOwned::to_owned)
}

/// The first line, from 1, on which a name stands.
fn line_with(template: &str, name: &str) -> u32 {
    let at = template.lines().position(|line| line.contains(name)).unwrap_or(0);
    u32::try_from(at + 1).unwrap_or(u32::MAX)
}
