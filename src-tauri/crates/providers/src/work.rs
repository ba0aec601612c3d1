//! Work that a vendor does in its own time: it is taken on at once and asked about until it is done. Asking costs nothing,
//! and is all that is done again: an answer about the work that is lost, or comes from something in between, says nothing
//! of it. The wait has an end, after which nobody knows how the work ended.

use crate::http::Bounds;
use igny8_core::hangup::Hangup;
use igny8_core::port::ProviderError;
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// Longest time between two questions, as a multiple of the first.
const GAP_FACTOR_MAX: u32 = 8;
/// Longest wait for what is asked on leaving: somebody has pressed a button, and an answer of a few bytes takes no longer.
const LAST_LOOK: Duration = Duration::from_secs(5);

/// How far work is.
#[derive(Debug)]
pub(crate) enum Work<T> {
    /// It is under way, or nothing was said of it.
    UnderWay,
    /// It is done.
    Done(T),
}

/// Asks until work is done, beginning with what is known of it. Work that was taken on is done and billed whoever waits for
/// it, so that whoever leaves asks once more: what is done by then is taken along.
///
/// # Errors
/// How the work failed; [`ProviderError::Unknown`] when it was not done in time, or nobody waits for it any more.
pub(crate) async fn until_done<T, F: Future<Output = Result<Work<T>, ProviderError>>>(
    bounds: &Bounds,
    hangup: &Hangup,
    work: Work<T>,
    ask: impl Fn() -> F,
) -> Result<T, ProviderError> {
    let mut gap = bounds.poll;
    let done = async {
        let mut work = work;
        loop {
            if let Work::Done(made) = work {
                return Ok(made);
            }
            let told = async {
                sleep(gap).await;
                ask().await
            };
            work = tokio::select! {
                biased;
                told = told => told?,
                () = hangup.came() => return last_look(&ask).await,
            };
            gap = longer(gap, bounds.poll);
        }
    };
    timeout(bounds.work, done).await.map_err(|_| ProviderError::Unknown)?
}

/// What is done by now.
async fn last_look<T, F: Future<Output = Result<Work<T>, ProviderError>>>(
    ask: &impl Fn() -> F,
) -> Result<T, ProviderError> {
    match timeout(LAST_LOOK, ask()).await {
        Ok(Ok(Work::Done(made))) => Ok(made),
        Ok(Err(error)) => Err(error),
        Ok(Ok(Work::UnderWay)) | Err(_) => Err(ProviderError::Unknown),
    }
}

fn longer(gap: Duration, first: Duration) -> Duration {
    (gap + gap / 2).min(first.saturating_mul(GAP_FACTOR_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use igny8_core::hangup::{Caller, Over};
    use std::future::ready;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[tokio::test]
    async fn work_is_asked_about_until_it_is_done_or_the_wait_is_over() {
        let bounds = Bounds { poll: Duration::from_millis(1), work: Duration::from_millis(200), ..Bounds::default() };
        let (asked, stays) = (AtomicU32::new(0), Hangup::default());
        let third = || {
            let times = asked.fetch_add(1, Ordering::SeqCst) + 1;
            ready(Ok(if times < 3 { Work::UnderWay } else { Work::Done(times) }))
        };
        assert_eq!(until_done(&bounds, &stays, Work::UnderWay, third).await, Ok(3));
        assert_eq!(
            until_done(&bounds, &stays, Work::Done(0), || ready(Ok(Work::Done(1)))).await,
            Ok(0),
            "nobody is asked"
        );
        let never = AtomicU32::new(0);
        let under_way = || {
            never.fetch_add(1, Ordering::SeqCst);
            ready(Ok(Work::<u32>::UnderWay))
        };
        assert_eq!(until_done(&bounds, &stays, Work::UnderWay, under_way).await, Err(ProviderError::Unknown));
        assert!(never.load(Ordering::SeqCst) > 1, "it was asked about");
        let first = bounds.poll;
        let gaps = std::iter::successors(Some(first), |gap| Some(longer(*gap, first)));
        let gaps: Vec<Duration> = gaps.take(20).collect();
        assert!(gaps.is_sorted() && gaps.last() == Some(&(first * GAP_FACTOR_MAX)), "less and less often");
        let failed = || ready(Err::<Work<u32>, _>(ProviderError::Quota));
        assert_eq!(until_done(&bounds, &stays, Work::UnderWay, failed).await, Err(ProviderError::Quota));
    }
    /// Somebody who has left.
    struct Gone;

    impl Caller for Gone {
        fn is_gone(&self) -> bool {
            true
        }

        fn gone(&self) -> Over<'_> {
            Box::pin(ready(()))
        }
    }

    #[tokio::test]
    async fn whoever_leaves_asks_once_more_and_takes_along_what_is_done() {
        let hour = Duration::from_secs(3_600);
        let bounds = Bounds { poll: hour, work: hour, ..Bounds::default() };
        let (asked, gone) = (AtomicU32::new(0), Hangup::of(Arc::new(Gone)));
        let under_way = || {
            asked.fetch_add(1, Ordering::SeqCst);
            ready(Ok(Work::<u32>::UnderWay))
        };
        assert_eq!(until_done(&bounds, &gone, Work::UnderWay, under_way).await, Err(ProviderError::Unknown));
        assert_eq!(asked.load(Ordering::SeqCst), 1, "it is asked about once, and not waited for");
        assert_eq!(until_done(&bounds, &gone, Work::UnderWay, || ready(Ok(Work::Done(7)))).await, Ok(7));
    }
}
