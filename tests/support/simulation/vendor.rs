//! The vendor outside: it answers, refuses, loses its answers, and keeps a bill of its own. It lives on when a process
//! ends, as a vendor does, and it never looks at our books; so what it says about each call is what they are checked
//! against. Every answer bears a mark, a number of its own, that is found again in whatever is stored of it.

mod answers;
mod asked;
mod picture;

use crate::simulation::chance::Chance;
use async_trait::async_trait;
use igny8_core::id::CallId;
use igny8_core::port::models::{ImageAnswer, ImageRequest, TextAnswer, TextRequest};
use igny8_core::port::{FailedCall, ImageModel, ProviderError, TextModel};
use igny8_core::usage::Usage;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

pub use picture::sides;

/// Tokens a text call takes in.
pub const TOKENS_IN: u32 = 120;
/// Tokens an ordinary text answer has: with those it thinks with, no more than the shortest answer that is asked for is
/// taken for, so that what a lost answer is booked with is never less than its bill.
const TOKENS_OUT: u32 = 50;
/// Longest wait a vendor asks for; the engine accepts no longer one.
const WAIT_MS_MAX: i64 = 90_000;

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Answered.
    Answered,
    /// Answered after others, perhaps after the user has stopped it.
    Late,
    /// Answered with what is no data.
    Garbled,
    /// Answered about things that were not asked about.
    Astray,
    /// Answered with much more than was asked for, and billed so.
    Dear,
    /// Answered without saying what it took.
    Uncounted,
    /// Ended in the middle, and billed.
    Cut,
    /// Declined for its content, after reading it: billed.
    Declined,
    /// Refused, not run.
    Refused,
    /// Told to wait, not run.
    Busy,
    /// Run and billed; the answer never arrives.
    AnswerLost,
    /// Never arrived at the vendor; nobody hears of it.
    RequestLost,
}

/// What the vendor knows of one request.
#[derive(Clone, Debug)]
pub struct Request {
    /// Under which id it came.
    pub call: CallId,
    /// The mark its answer bears.
    pub mark: u64,
    /// What it asked for, as a hash worked out here of what came in.
    pub asked: [u8; 32],
    /// The same without what it names beside its items, which grows while siblings are answered.
    pub wish: [u8; 32],
    /// The same of all that it said.
    pub words: [u8; 32],
    /// What became of it.
    pub fate: Fate,
    /// What the vendor bills for it.
    pub billed: Usage,
    /// What we were told it took; none when no complete answer was given.
    pub told: Option<Usage>,
    /// Whether the answer was handed over to a process that still waited.
    pub is_delivered: bool,
}

enum Reply {
    Text(oneshot::Sender<Result<TextAnswer, FailedCall>>, Result<TextAnswer, FailedCall>),
    Picture(oneshot::Sender<Result<ImageAnswer, FailedCall>>, Result<ImageAnswer, FailedCall>),
}

struct Waiting {
    request: usize,
    is_late: bool,
    reply: Reply,
}

struct State {
    chance: Chance,
    requests: Vec<Request>,
    waiting: Vec<Waiting>,
    is_calm: bool,
    /// Whatever is asked is answered.
    is_faithful: bool,
    /// It knows idempotency: a request that comes again under the same id gets the first answer and no second bill.
    remembers: bool,
}

/// The vendor of one world.
#[derive(Clone)]
pub struct Vendor {
    state: Arc<Mutex<State>>,
}

impl Vendor {
    /// A vendor with its own stream of chance.
    pub fn new(mut chance: Chance) -> Self {
        let remembers = chance.permille(300);
        let state =
            State { chance, requests: Vec::new(), waiting: Vec::new(), is_calm: false, is_faithful: false, remembers };
        Self { state: Arc::new(Mutex::new(state)) }
    }

    /// A vendor that answers whatever it is asked.
    pub fn faithful() -> Self {
        let vendor = Self::new(Chance::of(0));
        vendor.lock().is_faithful = true;
        vendor
    }

    /// From now on no answer is late. What becomes of requests stays as it was: whatever a vendor does, work ends.
    pub fn calm(&self) {
        self.lock().is_calm = true;
    }

    /// How many requests wait for their answer.
    pub fn waiting(&self) -> usize {
        self.lock().waiting.len()
    }

    /// Hands over one of the answers. A late one mostly lets another go first.
    pub fn deliver(&self, chance: &mut Chance) {
        let mut state = self.lock();
        let nth = chance.below(state.waiting.len());
        if state.waiting.get(nth).is_none_or(|waiting| waiting.is_late && !state.is_calm && !chance.permille(50)) {
            return;
        }
        let Waiting { request, reply, .. } = state.waiting.remove(nth);
        let is_delivered = match reply {
            Reply::Text(to, answer) => to.send(answer).is_ok(),
            Reply::Picture(to, answer) => to.send(answer).is_ok(),
        };
        state.requests[request].is_delivered = is_delivered;
    }

    /// The process ended: nobody waits any more. What was run stays billed.
    pub fn hang_up(&self) {
        self.lock().waiting.clear();
    }

    /// Everything that was ever asked.
    pub fn requests(&self) -> Vec<Request> {
        self.lock().requests.clone()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Decides what becomes of a request.
    fn arrive(
        &mut self,
        (call, said, is_picture): (CallId, asked::Said, bool),
        ordinary: Usage,
        room: Usage,
    ) -> (usize, Fate, ProviderError) {
        let asked::Said { asked, wish, words } = said;
        if let Some(replayed) = self.replayed(call, said, (ordinary, is_picture)) {
            self.requests.push(replayed);
            return (self.requests.len() - 1, Fate::Answered, ProviderError::Unknown);
        }
        let fate = self.fate();
        let dear = Usage {
            output_tokens: room.output_tokens * 3,
            reasoning_tokens: room.output_tokens,
            images: room.images * 3,
            ..ordinary
        };
        let (billed, told) = match fate {
            Fate::Answered | Fate::Late | Fate::Garbled | Fate::Astray => (ordinary, Some(ordinary)),
            Fate::Dear => (dear, Some(dear)),
            Fate::Uncounted => (ordinary, Some(Usage { is_estimated: true, output_tokens: 200, ..ordinary })),
            Fate::Cut | Fate::Declined | Fate::AnswerLost => (ordinary, None),
            Fate::Refused | Fate::Busy | Fate::RequestLost => (Usage::default(), None),
        };
        let error = self.error(fate, billed);
        let mark = self.requests.len() as u64 + 1;
        self.requests.push(Request { call, mark, asked, wish, words, fate, billed, told, is_delivered: false });
        (self.requests.len() - 1, fate, error)
    }

    /// The same answer once more, if this vendor remembers and has run it. Pictures it makes once under one id whatever
    /// became of the first answer, and says so: they are known under that id before they are asked for.
    fn replayed(&self, call: CallId, said: asked::Said, (ordinary, is_picture): (Usage, bool)) -> Option<Request> {
        let first = self.requests.iter().find(|first| first.call == call && first.billed != Usage::default())?;
        let is_whole = is_picture || matches!(first.fate, Fate::Answered | Fate::Late | Fate::AnswerLost);
        let told = if is_picture { first.told } else { None };
        (self.remembers && is_whole).then(|| Request {
            fate: Fate::Answered,
            billed: Usage::default(),
            told: told.or(Some(ordinary)),
            asked: said.asked,
            wish: said.wish,
            words: said.words,
            is_delivered: false,
            ..first.clone()
        })
    }

    fn fate(&mut self) -> Fate {
        if self.is_faithful {
            return Fate::Answered;
        }
        self.chance.weighed(&[
            (50, Fate::Answered),
            (8, Fate::Late),
            (5, Fate::Garbled),
            (3, Fate::Astray),
            (3, Fate::Dear),
            (3, Fate::Uncounted),
            (3, Fate::Cut),
            (2, Fate::Declined),
            (4, Fate::Refused),
            (6, Fate::Busy),
            (8, Fate::AnswerLost),
            (6, Fate::RequestLost),
        ])
    }

    fn error(&mut self, fate: Fate, usage: Usage) -> ProviderError {
        match fate {
            Fate::Cut => ProviderError::CutOff { usage },
            Fate::Busy => match self.chance.below(3) {
                0 => ProviderError::Overloaded { retry_after_ms: None },
                1 => ProviderError::NotSent,
                _ => {
                    let ms = self.chance.between(0, WAIT_MS_MAX);
                    ProviderError::RateLimited { retry_after_ms: u64::try_from(ms).ok() }
                }
            },
            Fate::Declined => ProviderError::ContentRefused { usage },
            Fate::Refused => match self.chance.below(4) {
                0 => ProviderError::Auth,
                1 => ProviderError::Quota,
                2 => ProviderError::Rejected { reason: "invalid_request".to_owned() },
                _ => ProviderError::BadReply { usage: Usage::default() },
            },
            _ => ProviderError::Unknown,
        }
    }

    fn wait(&mut self, request: usize, is_late: bool, reply: Reply) {
        self.waiting.push(Waiting { request, is_late, reply });
    }
}

const fn is_answer(fate: Fate) -> bool {
    matches!(fate, Fate::Answered | Fate::Late | Fate::Garbled | Fate::Astray | Fate::Dear | Fate::Uncounted)
}

#[async_trait]
impl TextModel for Vendor {
    fn count_input_tokens(&self, _: &TextRequest) -> u32 {
        TOKENS_IN
    }

    async fn complete(&self, request: &TextRequest) -> Result<TextAnswer, FailedCall> {
        let answer = {
            let mut state = self.lock();
            let ordinary = Usage {
                input_tokens: TOKENS_IN - 40,
                cached_input_tokens: 40,
                output_tokens: TOKENS_OUT,
                reasoning_tokens: 20,
                ..Usage::default()
            };
            let room = Usage { output_tokens: request.max_output_tokens, ..Usage::default() };
            let (place, fate, error) = state.arrive((request.call, asked::text(request), false), ordinary, room);
            let known = &state.requests[place];
            let answered = is_answer(fate).then(|| TextAnswer {
                text: answers::text(&request.input, fate, known.mark),
                usage: known.told.unwrap_or_default(),
                provider_request_id: Some(format!("req_{}", known.mark)),
            });
            let (to, answer) = oneshot::channel();
            state.wait(place, fate == Fate::Late, Reply::Text(to, answered.ok_or(error.into())));
            answer
        };
        answer.await.unwrap_or(Err(ProviderError::Unknown.into()))
    }
}

#[async_trait]
impl ImageModel for Vendor {
    fn request_id(&self, call: CallId, _: Option<&str>) -> Option<String> {
        self.lock().remembers.then(|| call.to_string())
    }

    async fn render(&self, request: &ImageRequest) -> Result<ImageAnswer, FailedCall> {
        let known_id = self.request_id(request.call, None);
        let lost = known_id.clone();
        let answer = {
            let mut state = self.lock();
            let ordinary = Usage { images: 1, ..Usage::default() };
            let (place, fate, error) = state.arrive((request.call, asked::picture(request), true), ordinary, ordinary);
            let known = &state.requests[place];
            let answered = is_answer(fate).then(|| ImageAnswer {
                bytes: if fate == Fate::Garbled { b"<html>".to_vec() } else { picture::png(known.mark) },
                seed: None,
                usage: known.told.unwrap_or_default(),
                provider_request_id: known_id.clone().or_else(|| Some(format!("req_{}", known.mark))),
            });
            let failed = |error: ProviderError| FailedCall::from(error).known_as(known_id);
            let (to, answer) = oneshot::channel();
            state.wait(place, fate == Fate::Late, Reply::Picture(to, answered.ok_or(failed(error))));
            answer
        };
        answer.await.unwrap_or(Err(FailedCall::from(ProviderError::Unknown).known_as(lost)))
    }
}
