//! Work that a vendor does in its own time: it is taken on at once and asked about until it is done. Asking costs nothing,
//! and is all that is done again: an answer about the work that is lost, or comes from something in between, says nothing
//! of it. The wait has an end, after which nobody knows how the work ended.

use crate::http::Bounds;
use igny8_core::port::ProviderError;
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// Longest time between two questions, as a multiple of the first.
const GAP_FACTOR_MAX: u32 = 8;

/// How far work is.
#[derive(Debug)]
pub(crate) enum Work<T> {
    /// It is under way, or nothing was said of it.
    UnderWay,
    /// It is done.
    Done(T),
}

/// Asks until work is done, beginning with what is known of it.
///
/// # Errors
/// How the work failed; [`ProviderError::Unknown`] when it was not done in time.
pub(crate) async fn until_done<T, F: Future<Output = Result<Work<T>, ProviderError>>>(
    bounds: &Bounds,
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
            sleep(gap).await;
            gap = longer(gap, bounds.poll);
            work = ask().await?;
        }
    };
    timeout(bounds.work, done).await.map_err(|_| ProviderError::Unknown)?
}

fn longer(gap: Duration, first: Duration) -> Duration {
    (gap + gap / 2).min(first.saturating_mul(GAP_FACTOR_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::ready;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[tokio::test]
    async fn work_is_asked_about_until_it_is_done_or_the_wait_is_over() {
        let bounds = Bounds { poll: Duration::from_millis(1), work: Duration::from_millis(200), ..Bounds::default() };
        let asked = AtomicU32::new(0);
        let third = || {
            let times = asked.fetch_add(1, Ordering::SeqCst) + 1;
            ready(Ok(if times < 3 { Work::UnderWay } else { Work::Done(times) }))
        };
        assert_eq!(until_done(&bounds, Work::UnderWay, third).await, Ok(3));
        assert_eq!(until_done(&bounds, Work::Done(0), || ready(Ok(Work::Done(1)))).await, Ok(0), "nobody is asked");
        let never = AtomicU32::new(0);
        let under_way = || {
            never.fetch_add(1, Ordering::SeqCst);
            ready(Ok(Work::<u32>::UnderWay))
        };
        assert_eq!(until_done(&bounds, Work::UnderWay, under_way).await, Err(ProviderError::Unknown));
        assert!(never.load(Ordering::SeqCst) > 1, "it was asked about");
        let first = bounds.poll;
        let gaps = std::iter::successors(Some(first), |gap| Some(longer(*gap, first)));
        let gaps: Vec<Duration> = gaps.take(20).collect();
        assert!(gaps.is_sorted() && gaps.last() == Some(&(first * GAP_FACTOR_MAX)), "less and less often");
        let failed = || ready(Err::<Work<u32>, _>(ProviderError::Quota));
        assert_eq!(until_done(&bounds, Work::UnderWay, failed).await, Err(ProviderError::Quota));
    }
}
