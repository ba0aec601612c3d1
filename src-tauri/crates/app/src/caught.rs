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
}
