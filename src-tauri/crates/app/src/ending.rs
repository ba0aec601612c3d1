//! The word from outside that the program shall end: Ctrl-C, or what the system says to programs when a session ends.

/// Ready when an end is asked for; each call waits for a request of its own, from the call on and not only from when it is
/// awaited. From the first call on, such a request does not end the process by itself any more. Call inside a tokio
/// runtime.
#[cfg(unix)]
pub fn end_requested() -> impl Future<Output = ()> + Send {
    use tokio::signal::unix::{SignalKind, signal};
    let listeners = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    async {
        let (Ok(mut interrupt), Ok(mut terminate)) = listeners else {
            // Without a listener the system ends the program itself.
            return std::future::pending().await;
        };
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
    }
}

/// As on other systems, which have one such word.
#[cfg(not(unix))]
pub async fn end_requested() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
