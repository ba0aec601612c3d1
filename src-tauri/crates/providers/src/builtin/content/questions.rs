//! Questions at an article's end, and answers that hold whatever the writer adds above.

use super::{Draft, wishes};
use crate::builtin::phrase::Kind;
use crate::builtin::{grammar, template, words};
use igny8_core::function::output::{Question, clean_line};

/// Questions of an article.
const FAQ_MAX: usize = 5;
const FAQ_MIN: usize = 3;
/// Word target from which an article has room for more than the fewest.
const LONG_WORDS: u32 = 1_200;
/// Longest question or answer, in characters.
const FAQ_CHARS_MAX: usize = 400;

/// Three to five questions: the keywords' own first, then the field's.
pub(super) fn faq(draft: &Draft<'_>) -> Vec<Question> {
    let mut faq: Vec<Question> = Vec::new();
    let most = if draft.input.word_count_target < LONG_WORDS { FAQ_MIN } else { FAQ_MAX };
    let keywords = std::iter::once(&draft.phrase).chain(&draft.secondary);
    for (position, phrase) in keywords.enumerate() {
        let wish = wishes::wish(phrase);
        let [a1, a2, a3] = three(draft, position);
        let values = draft
            .values(phrase, template::plain)
            .with("a1", a1.to_owned())
            .with("a2", a2.to_owned())
            .with("a3", a3.to_owned());
        // Two keywords that ask in the same form would get the same answer.
        let same_form = draft.secondary.iter().take(position.saturating_sub(1)).chain([&draft.phrase]);
        if faq.len() < most
            && !wish.question.is_empty()
            && (position == 0 || !same_form.into_iter().any(|p| p.form == phrase.form))
        {
            push(&mut faq, values.fill(wish.question), values.fill(wish.answer));
        }
    }
    let values = draft.values(&draft.phrase, template::plain);
    for (question, answer) in of_field(draft) {
        if faq.len() < most {
            push(&mut faq, values.fill(question), answer);
        }
    }
    faq
}

/// Three criteria, other ones for each question.
fn three(draft: &Draft<'_>, position: usize) -> [&'static str; 3] {
    let names = draft.domain.aspects.map(|a| a.name);
    let at = |offset: usize| template::choose(&names, u64::try_from(position * 2 + offset).unwrap_or(0));
    [at(0), at(1), at(2)]
}

/// Questions every reader of the field has; they use parts of it that articles seldom reach.
fn of_field(draft: &Draft<'_>) -> Vec<(&'static str, String)> {
    let [.., (mistake, instead)] = &draft.practice().mistakes;
    let needs: Vec<String> = draft.practice().needs.iter().map(|n| (*n).to_owned()).collect();
    let [(step, how), ..] = &draft.practice().steps;
    let wrong = match draft.phrase.subject.kind {
        Kind::Action => "What do most people get wrong when {bare}?",
        Kind::Thing => "What do most people get wrong with {noun}?",
        Kind::Matter | Kind::Question => "What do most people get wrong here?",
    };
    vec![
        (wrong, format!("Often it is {mistake}. {instead}")),
        (
            "What do I need to get started?",
            format!("Have these ready: {}. Everything else can wait.", grammar::list(&needs)),
        ),
        ("Where should I begin?", format!("Start with this: {}. {how}", step.to_lowercase())),
    ]
}

fn push(faq: &mut Vec<Question>, question: String, answer: String) {
    let (question, answer) = (clean_line(&question, FAQ_CHARS_MAX), clean_line(&answer, FAQ_CHARS_MAX));
    let asked = |q: &Question| words::content_stems(&q.question) == words::content_stems(&question);
    if faq.len() < FAQ_MAX && !question.is_empty() && !faq.iter().any(asked) {
        faq.push(Question { question, answer });
    }
}
