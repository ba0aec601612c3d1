//! The two ways to touch the file. [`Read`] sees, [`Write`] sees and changes; a `Write` exists only inside the writer's
//! transaction, and it notes which topics it touched so that they can be announced after the commit.

use igny8_core::topic::Topic;
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::ops::Deref;

/// Queries. Each table's file adds its own to this type.
pub struct Read<'c> {
    pub(crate) conn: &'c Connection,
}

/// Changes, inside one transaction. Each table's file adds its own to this type.
pub struct Write<'c> {
    read: Read<'c>,
    topics: BTreeSet<Topic>,
}

/// What one commit touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// Grows by one with each announced commit of this process.
    pub seq: u64,
    /// The topics, each once.
    pub topics: Vec<Topic>,
}

impl<'c> Read<'c> {
    pub(crate) fn new(conn: &'c Connection) -> Self {
        Self { conn }
    }
}

impl<'c> Write<'c> {
    pub(crate) fn new(conn: &'c Connection) -> Self {
        Self { read: Read::new(conn), topics: BTreeSet::new() }
    }

    /// Notes that this transaction touches `topic`.
    pub(crate) fn touch(&mut self, topic: Topic) {
        self.topics.insert(topic);
    }

    /// Announces a topic whose state is not in the file but is shown like one that is.
    pub fn announce(&mut self, topic: Topic) {
        self.touch(topic);
    }

    pub(crate) fn into_topics(self) -> BTreeSet<Topic> {
        self.topics
    }
}

impl<'c> Deref for Write<'c> {
    type Target = Read<'c>;

    fn deref(&self) -> &Read<'c> {
        &self.read
    }
}
