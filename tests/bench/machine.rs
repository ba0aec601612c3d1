//! The machine and its clock: how busy it was, and how long something took.

use rustix::time::{ClockId, clock_gettime};
use serde::Serialize;
use std::fmt;
use std::num::NonZero;
use std::time::{Duration, Instant};

/// How busy the machine is.
#[derive(Debug, Serialize)]
pub struct Machine {
    cores: usize,
    /// Tasks that ran or waited over the last minute, five and fifteen, where the system says so.
    load: Option<[f64; 3]>,
}

impl Machine {
    /// As it is now.
    pub fn now() -> Self {
        let load = std::fs::read_to_string("/proc/loadavg").ok().and_then(|text| {
            let numbers = text.split_whitespace().take(3).map(str::parse).collect::<Result<Vec<f64>, _>>();
            numbers.ok()?.try_into().ok()
        });
        Self { cores: std::thread::available_parallelism().map_or(1, NonZero::get), load }
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cores", self.cores)?;
        self.load.map_or(Ok(()), |[one, five, fifteen]| write!(f, ", load {one} {five} {fifteen}"))
    }
}

/// Seconds of processor time this process has used, where the system says so.
pub fn processor_seconds() -> Option<f64> {
    /// Linux counts in hundredths of a second here.
    const TICKS: f64 = 100.0;
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the program's name, which may hold anything, the twelfth and thirteenth word.
    let mut words = text.rsplit_once(')')?.1.split_whitespace().skip(11);
    let (user, system): (f64, f64) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    Some((user + system) / TICKS)
}

/// The processor time that this process has used, all threads together.
pub fn process_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// Does something and says how long it took, and how much of that this thread had a processor.
pub fn timed_with_processor<T>(work: impl FnOnce() -> T) -> (T, Duration, Duration) {
    let used = || {
        let time = clock_gettime(ClockId::ThreadCPUTime);
        Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
    };
    let before = used();
    let (done, time) = timed(work);
    (done, time, used().saturating_sub(before))
}

/// Does something and says how long it took.
#[allow(clippy::disallowed_methods, reason = "a measurement goes by the machine's own clock")]
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

/// As [`timed`], for what is awaited.
#[allow(clippy::disallowed_methods, reason = "a measurement goes by the machine's own clock")]
pub async fn timed_async<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let start = Instant::now();
    let done = work.await;
    (done, start.elapsed())
}

/// Milliseconds of a mean.
pub fn mean_ms(times: &[Duration]) -> f64 {
    let count = times.len().max(1) as f64;
    times.iter().map(Duration::as_secs_f64).sum::<f64>() * 1_000.0 / count
}

/// Milliseconds of the one in the middle.
pub fn median_ms(times: &[Duration]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
}

/// Runs something that awaits.
pub fn block_on<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime can be made").block_on(work)
}
