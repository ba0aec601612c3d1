//! What happened to the files of a folder, call by call, and the folder as it would be found had the power gone, or the
//! process been killed, after any of them.

use crate::Dice;
use crate::platter::Platter;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Files by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// One call, or something the test noted between two calls.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    /// A file came into being.
    Create { file: Arc<str> },
    /// Bytes were written.
    Write { file: Arc<str>, offset: usize, bytes: Arc<[u8]> },
    /// A file got another size.
    Truncate { file: Arc<str>, size: usize },
    /// A file was synced. SQLite syncs the folder with the first sync of a new log or journal.
    Sync { file: Arc<str>, is_with_folder: bool },
    /// A sync failed.
    SyncFailed { file: Arc<str> },
    /// A file was removed.
    Delete { file: Arc<str>, is_folder_synced: bool },
    /// The test noted something: from here on it counts on it.
    Mark(u64),
}

/// A recording: the folder at its beginning and every call since.
#[derive(Clone, Debug, Default)]
pub struct Tape {
    pub(crate) start: Files,
    pub(crate) events: Vec<Event>,
}

/// A recording being played. It stands after some call, at first before all of them.
#[derive(Clone, Debug)]
pub struct Replay<'t> {
    rest: std::slice::Iter<'t, Event>,
    files: BTreeMap<Arc<str>, Entry>,
    mark: u64,
}

/// A name in the folder.
#[derive(Clone, Debug, Default)]
struct Entry {
    /// The file as the running machine has it.
    present: Option<Platter>,
    /// The folder on the platter names this file.
    is_named: bool,
    /// What the folder on the platter names instead: removed since, or replaced.
    former: Option<Platter>,
}

impl Tape {
    /// How many calls it holds, and marks.
    #[must_use]
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether nothing happened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Begins to play it.
    #[must_use]
    pub fn play(&self) -> Replay<'_> {
        let file = |(name, bytes): (&String, &Vec<u8>)| {
            let present = Some(Platter::of(bytes.clone()));
            (Arc::from(name.as_str()), Entry { present, is_named: true, former: None })
        };
        Replay { rest: self.events.iter(), files: self.start.iter().map(file).collect(), mark: 0 }
    }
}

impl Replay<'_> {
    /// Plays the next call; false at the end.
    pub fn step(&mut self) -> bool {
        let Some(event) = self.rest.next() else { return false };
        match event {
            Event::Mark(mark) => self.mark = *mark,
            Event::Create { file } => self.entry(file).create(),
            Event::Write { file, offset, bytes } => self.file(file).write(*offset, bytes),
            Event::Truncate { file, size } => self.file(file).truncate(*size),
            Event::SyncFailed { file } => self.file(file).fail_to_sync(),
            Event::Sync { file, is_with_folder } => {
                self.file(file).sync();
                if *is_with_folder {
                    self.sync_folder();
                }
            }
            Event::Delete { file, is_folder_synced } => {
                self.entry(file).delete();
                if *is_folder_synced {
                    self.sync_folder();
                }
            }
        }
        true
    }

    /// The newest mark so far; 0 before the first.
    #[must_use]
    pub const fn mark(&self) -> u64 {
        self.mark
    }

    /// The folder had the process been killed here: the machine goes on and loses nothing.
    #[must_use]
    pub fn killed(&self) -> Files {
        let present = self.files.iter().filter_map(|(name, entry)| Some((name, entry.present.as_ref()?)));
        present.map(|(name, file)| (name.to_string(), file.live().to_vec())).collect()
    }

    /// The folder had the power gone here.
    pub fn cut(&self, dice: &mut Dice) -> Files {
        let mut found = Files::new();
        for (name, entry) in &self.files {
            // Only the log is let break off inside a sector: it has checksums, and the database is written after it.
            let is_torn = name.ends_with("-wal") && dice.chance(1, 2);
            if let Some(file) = entry.found(dice) {
                found.insert(name.to_string(), file.cut(dice, is_torn));
            }
        }
        found
    }

    fn entry(&mut self, name: &Arc<str>) -> &mut Entry {
        self.files.entry(Arc::clone(name)).or_default()
    }

    fn file(&mut self, name: &Arc<str>) -> &mut Platter {
        self.entry(name).present.get_or_insert_default()
    }

    fn sync_folder(&mut self) {
        for entry in self.files.values_mut() {
            entry.is_named = entry.present.is_some();
            entry.former = None;
        }
    }
}

impl Entry {
    fn create(&mut self) {
        if self.present.is_none() {
            self.present = Some(Platter::default());
            self.is_named = false;
        }
    }

    fn delete(&mut self) {
        let gone = self.present.take();
        if self.is_named {
            self.former = gone;
        }
        self.is_named = false;
    }

    /// Which file the name leads to after a power cut, if any.
    fn found(&self, dice: &mut Dice) -> Option<&Platter> {
        if self.is_named {
            return self.present.as_ref();
        }
        if dice.chance(1, 2) { self.present.as_ref() } else { self.former.as_ref() }
    }
}

/// Writes files into a folder.
///
/// # Errors
/// When one cannot be written.
pub fn write_into(folder: &Path, files: &Files) -> Result<(), std::io::Error> {
    files.iter().try_for_each(|(name, bytes)| std::fs::write(folder.join(name), bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tape(events: Vec<Event>) -> Tape {
        Tape { start: Files::from([("a.db".to_owned(), vec![1])]), events }
    }

    fn name(text: &str) -> Arc<str> {
        Arc::from(text)
    }

    /// Names in the folder after each of many cuts at the end of the tape, each list once.
    fn names(tape: &Tape) -> Vec<Vec<String>> {
        let mut replay = tape.play();
        while replay.step() {}
        let mut seen: Vec<Vec<String>> =
            (0..200).map(|seed| replay.cut(&mut Dice::new(seed)).into_keys().collect()).collect();
        seen.sort_unstable();
        seen.dedup();
        seen
    }

    #[test]
    fn a_new_file_is_there_for_certain_once_its_folder_was_synced() {
        let log = name("a.db-wal");
        let made = Event::Create { file: log.clone() };
        assert_eq!(names(&tape(vec![made.clone()])), [vec!["a.db"], vec!["a.db", "a.db-wal"]]);
        let synced = Event::Sync { file: log, is_with_folder: true };
        assert_eq!(names(&tape(vec![made, synced])), [["a.db", "a.db-wal"]]);
    }

    #[test]
    fn a_removed_file_may_come_back() {
        let gone = |is_folder_synced| tape(vec![Event::Delete { file: name("a.db"), is_folder_synced }]);
        assert_eq!(names(&gone(false)), [vec![], vec!["a.db"]]);
        assert_eq!(names(&gone(true)), [[""; 0]]);
    }

    #[test]
    fn a_kill_loses_nothing_that_was_written() {
        let file = name("a.db");
        let written = Event::Write { file: file.clone(), offset: 1, bytes: Arc::from([2].as_slice()) };
        let tape = tape(vec![Event::Mark(7), written, Event::Truncate { file, size: 2 }]);
        let mut replay = tape.play();
        assert!(replay.step());
        assert_eq!((replay.mark(), replay.killed()), (7, Files::from([("a.db".to_owned(), vec![1])])));
        assert!(replay.step() && replay.step() && !replay.step(), "three calls and the end");
        assert_eq!(replay.killed(), Files::from([("a.db".to_owned(), vec![1, 2])]));
    }
}
