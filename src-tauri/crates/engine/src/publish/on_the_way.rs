//! Which articles are in this process's hands. An article says that it is being published from the moment the intent is
//! on the disk, and goes on saying so when its process ends; only whoever works on it knows that it still is.

use igny8_core::id::ContentId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Articles in hand, each with how many hold it.
#[derive(Default)]
pub(crate) struct OnTheWay(Mutex<BTreeMap<ContentId, u32>>);

/// An article is in hand for as long as this lives.
pub(crate) struct InHand<'e> {
    all: &'e OnTheWay,
    content: ContentId,
}

impl OnTheWay {
    pub fn enter(&self, content: ContentId) -> InHand<'_> {
        *self.lock().entry(content).or_default() += 1;
        InHand { all: self, content }
    }

    pub fn all(&self) -> BTreeSet<ContentId> {
        self.lock().keys().copied().collect()
    }

    /// A poisoned lock only means that a thread ended while it held it; the map is still whole.
    fn lock(&self) -> MutexGuard<'_, BTreeMap<ContentId, u32>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for InHand<'_> {
    fn drop(&mut self) {
        let mut all = self.all.lock();
        if let Some(holders) = all.get_mut(&self.content) {
            *holders -= 1;
            if *holders == 0 {
                all.remove(&self.content);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_in_hand_until_the_last_lets_go() {
        let all = OnTheWay::default();
        let (first, second) = (all.enter(ContentId(1)), all.enter(ContentId(1)));
        drop(first);
        assert_eq!(all.all(), BTreeSet::from([ContentId(1)]));
        drop(second);
        assert_eq!(all.all(), BTreeSet::new());
    }
}
