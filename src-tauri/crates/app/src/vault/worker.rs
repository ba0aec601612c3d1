//! The thread that asks the keyring. Callers leave a question and wait for the answer with a limit; a question whose
//! caller has gone is not asked any more.

use super::backend::{Backend, Presence};
use super::classify::class_of;
use igny8_core::port::vault::SecretName;
use igny8_core::port::{VaultError, VaultState};
use keyring_core::Error;
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;

/// The name that is read to see whether reading works. Nothing is ever kept under it.
const PROBE_NAME: &str = "probe";

/// What can be asked.
pub(super) enum Question {
    State,
    Set(SecretName, SecretString),
    Get(SecretName),
    Forget(SecretName),
}

/// What can be answered.
pub(super) enum Answer {
    State(VaultState),
    Secret(SecretString),
    Done,
}

type Reply = oneshot::Sender<Result<Answer, VaultError>>;

/// A question on its way.
struct Letter {
    number: u64,
    question: Question,
    reply: Reply,
}

/// What callers can see of the thread.
#[derive(Default)]
struct Signs {
    /// The last question that is done with.
    finished: AtomicU64,
    /// The last question whose caller gave up.
    given_up: AtomicU64,
    /// Whether the keyring was locked when it was last looked at.
    was_locked: AtomicBool,
}

/// The callers' end.
pub(super) struct Worker {
    /// Numbers are given in the order of the queue; absent when the thread could not be started.
    queue: Mutex<(u64, Option<Sender<Letter>>)>,
    signs: Arc<Signs>,
}

impl Worker {
    /// Starts the thread. It ends with the last question after this value is dropped, and nobody waits for it.
    pub(super) fn start(backend: Box<dyn Backend>) -> Self {
        let (sender, receiver) = channel();
        let signs = Arc::new(Signs::default());
        let thread_signs = Arc::clone(&signs);
        let thread = std::thread::Builder::new().name("keyring".to_owned());
        let started = thread.spawn(move || answer_all(backend, &receiver, &thread_signs));
        if started.is_err() {
            tracing::error!("the keyring thread could not be started");
        }
        Self { queue: Mutex::new((0, started.ok().map(|_| sender))), signs }
    }

    /// Asks and waits, `timeout` at most.
    pub(super) async fn ask(&self, question: Question, timeout: Duration) -> Result<Answer, VaultError> {
        if self.is_stuck() {
            return Err(VaultError::TimedOut);
        }
        let (reply, answer) = oneshot::channel();
        let number = self.send(question, reply)?;
        match tokio::time::timeout(timeout, answer).await {
            Ok(Ok(answer)) => answer,
            // The thread is gone: a keyring library panicked on it.
            Ok(Err(_)) => Err(VaultError::Broken),
            Err(_) => {
                self.signs.given_up.fetch_max(number, Ordering::SeqCst);
                Err(VaultError::TimedOut)
            }
        }
    }

    /// Whether the keyring was locked when it was last looked at.
    pub(super) fn was_locked(&self) -> bool {
        self.signs.was_locked.load(Ordering::SeqCst)
    }

    fn send(&self, question: Question, reply: Reply) -> Result<u64, VaultError> {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.0 += 1;
        let letter = Letter { number: queue.0, question, reply };
        let sent = queue.1.as_ref().map(|sender| sender.send(letter).is_ok());
        if sent == Some(true) { Ok(queue.0) } else { Err(VaultError::Broken) }
    }

    /// Whether the thread is still busy with, or has before it, a question somebody waited for in vain.
    fn is_stuck(&self) -> bool {
        self.signs.finished.load(Ordering::SeqCst) < self.signs.given_up.load(Ordering::SeqCst)
    }
}

/// The thread's whole life.
fn answer_all(backend: Box<dyn Backend>, letters: &Receiver<Letter>, signs: &Signs) {
    let mut desk = Desk { backend, memory: BTreeMap::new() };
    while let Ok(letter) = letters.recv() {
        if !letter.reply.is_closed() {
            let answer = desk.answer(letter.question, signs);
            // A caller that left in the meantime has its answer already: that there was none in time.
            let _ = letter.reply.send(answer);
        }
        signs.finished.fetch_max(letter.number, Ordering::SeqCst);
    }
}

/// The keyring, and the memory that stands in for one that is absent.
struct Desk {
    backend: Box<dyn Backend>,
    memory: BTreeMap<SecretName, SecretString>,
}

impl Desk {
    fn answer(&mut self, question: Question, signs: &Signs) -> Result<Answer, VaultError> {
        let presence = self.backend.presence();
        signs.was_locked.store(matches!(presence, Ok(Presence::Locked)), Ordering::SeqCst);
        match presence.map_err(|error| class_of(&error))? {
            Presence::Absent => self.ask_memory(question),
            presence @ (Presence::Locked | Presence::Present) => {
                self.ask_keyring(question, presence).map_err(|error| class_of(&error))
            }
        }
    }

    fn ask_memory(&mut self, question: Question) -> Result<Answer, VaultError> {
        match question {
            Question::State => return Ok(Answer::State(VaultState::Absent)),
            Question::Set(name, secret) => drop(self.memory.insert(name, secret)),
            Question::Forget(name) => drop(self.memory.remove(&name)),
            Question::Get(name) => {
                return self.memory.get(&name).cloned().map(Answer::Secret).ok_or(VaultError::Absent);
            }
        }
        Ok(Answer::Done)
    }

    fn ask_keyring(&mut self, question: Question, presence: Presence) -> Result<Answer, Error> {
        match question {
            Question::State if presence == Presence::Locked => return Ok(Answer::State(VaultState::Locked)),
            Question::State => {
                match self.backend.get(&SecretName(PROBE_NAME.to_owned())) {
                    Ok(_) | Err(Error::NoEntry) => {}
                    Err(error) => return Err(error),
                }
                return Ok(Answer::State(VaultState::Available));
            }
            Question::Set(name, secret) => self.backend.set(&name, &secret)?,
            Question::Get(name) => return self.backend.get(&name).map(Answer::Secret),
            Question::Forget(name) => match self.backend.forget(&name) {
                Ok(()) | Err(Error::NoEntry) => {}
                Err(error) => return Err(error),
            },
        }
        Ok(Answer::Done)
    }
}
