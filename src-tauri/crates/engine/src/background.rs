//! All that a program does in the background while it has a folder, in one place: whoever opens one, the product or a test,
//! has the same. Each part is a loop of its own with its own reasons to wake, and all of them end together.

use crate::Engine;
use tokio::sync::watch;

impl Engine {
    /// Works on units, carries runs out, sends what is in the outbox, keeps times, heeds what other processes ask and notices
    /// when the clock jumps, until `stop` turns true. Units at hand are finished before it returns. What a person has to have
    /// the program open for waits for [`Engine::attend`].
    pub async fn live(&self, stop: watch::Receiver<bool>) {
        tokio::join!(
            self.run(stop.clone()),
            self.send(stop.clone()),
            self.heed_requests(stop.clone()),
            self.keep_times(stop.clone()),
            self.drive_runs(stop.clone()),
            self.notice_jumps(stop)
        );
    }
}
