//! The anchor of every commit: 4 KiB written and synced. They overwrite a file that has its size already, which is the
//! least a disk can be asked for, as a log does once it has been round.

use crate::machine::timed_with_processor;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::time::Duration;
use tempfile::TempDir;

const PAGE: [u8; 4_096] = [0xA5; 4_096];
/// Pages of the file.
const PAGES: u64 = 1_024;

/// A file that is overwritten page by page.
pub struct Raw {
    file: File,
    next: u64,
    times: Vec<Duration>,
    processor: Vec<Duration>,
    _folder: TempDir,
}

impl Raw {
    /// A file of its full size, on the disk everything else is on.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let file = File::create(folder.path().join("raw")).expect("a file can be made");
        for page in 0..PAGES {
            file.write_all_at(&PAGE, page * PAGE.len() as u64).expect("it can be written");
        }
        file.sync_all().expect("it can be synced");
        Self { file, next: 0, times: Vec::new(), processor: Vec::new(), _folder: folder }
    }

    /// Overwrites the next page and syncs it.
    pub fn write(&mut self) {
        let offset = self.next % PAGES * PAGE.len() as u64;
        self.next += 1;
        let ((), time, processor) = timed_with_processor(|| {
            self.file.write_all_at(&PAGE, offset).expect("it can be written");
            self.file.sync_data().expect("it can be synced");
        });
        self.times.push(time);
        self.processor.push(processor);
    }

    /// How long each took.
    pub fn times(&self) -> &[Duration] {
        &self.times
    }

    /// How much of that each had a processor.
    pub fn processor(&self) -> &[Duration] {
        &self.processor
    }
}
