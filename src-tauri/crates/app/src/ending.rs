//! The word from outside that the program shall end: Ctrl-C, or what the system says to programs when a session ends.

/// Ready when an end is asked for; each call waits for a request of its own. From the first call on, such a request does
/// not end the process by itself any more.
#[cfg(unix)]
pub async fn end_requested() {
    use tokio::signal::unix::{SignalKind, signal};
    let (interrupt, terminate) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    let (Ok(mut interrupt), Ok(mut terminate)) = (interrupt, terminate) else {
        // Without a listener the system ends the program itself.
        return std::future::pending().await;
    };
    tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
}

/// As on other systems, which have one such word.
#[cfg(not(unix))]
pub async fn end_requested() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
