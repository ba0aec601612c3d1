//! The border that no panic crosses: a command that panics is a bug, which is logged under a number, and the program
//! goes on.

use crate::Fault;
use crate::fault::from::internal;
use futures_util::FutureExt;
use igny8_core::panicked;
use std::panic::AssertUnwindSafe;

/// A bug that made a command panic.
#[derive(Debug, thiserror::Error)]
#[error("panicked: {0}")]
struct Panicked(String);

/// Runs a command.
///
/// # Errors
/// The command's own; [`Fault::Internal`] with the number of the log's entry when it panicked.
pub async fn caught<T, E: From<Fault>>(command: impl Future<Output = Result<T, E>>) -> Result<T, E> {
    let ended = AssertUnwindSafe(command).catch_unwind().await;
    ended.unwrap_or_else(|payload| Err(internal(&Panicked(panicked::words(payload.as_ref()))).into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_a_fault_with_the_logs_number_and_everything_else_passes() {
        let incident = async || {
            let panicked = caught(async {
                tokio::task::yield_now().await;
                if std::hint::black_box(true) {
                    panic!("planted");
                }
                Ok::<u8, Fault>(1)
            });
            let Err(Fault::Internal { incident }) = panicked.await else { panic!("no incident") };
            incident
        };
        assert_eq!(incident().await, "", "without a log nobody is sent to look there");
        let log = tracing_subscriber::fmt().with_writer(std::io::sink).finish();
        let _logging = tracing::subscriber::set_default(log);
        assert_eq!(incident().await.len(), 32);
        assert_eq!(caught(async { Ok::<u8, Fault>(1) }).await, Ok(1));
        assert_eq!(caught(async { Err::<u8, _>(Fault::NothingToDo) }).await, Err(Fault::NothingToDo));
    }

    /// Keeps what is logged.
    #[derive(Clone, Default)]
    struct Kept(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

    impl std::io::Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn a_crash_that_quotes_a_key_is_logged_without_it() {
        const KEY: &str = "sk-canary/7f3a+9c41=d2e8~Zq5T";
        let kept = Kept::default();
        let writer = kept.clone();
        let log = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
        let _logging = tracing::subscriber::set_default(log);
        let ended = caught(async {
            if std::hint::black_box(true) {
                panic!("the vendor said: Incorrect API key provided: {KEY}.");
            }
            Ok::<u8, Fault>(1)
        });
        assert!(matches!(ended.await, Err(Fault::Internal { .. })));
        let logged = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
        assert!(logged.contains("Incorrect API key provided") && !logged.contains("7f3a"), "{logged}");
    }
}
