//! Half-written files that killed processes left beside their targets. Each writer names its own so that they are known
//! again; what nobody has written to for long is nobody's any more, and goes before the next file is written beside it.
//! Another process may be at work in the same folder, so that a young one is left alone.

use igny8_core::time::UtcMs;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

/// How long an unfinished file has to lie untouched. A writer that lives writes every few seconds; the slowest disk has
/// synced by then.
const UNTOUCHED_MS: i64 = 60 * 60 * 1_000;

/// What SQLite may leave beside a database that it had open.
const SIDE_SUFFIXES: [&str; 3] = ["-journal", "-wal", "-shm"];

/// Removes the files in `folder` that are ours by their name and that nobody has written to for long. What cannot be
/// looked at or removed stays: it is in nobody's way. Answers how many went.
pub fn sweep(folder: &Path, now: UtcMs, is_ours: impl Fn(&str) -> bool) -> u32 {
    let before = u64::try_from(now.plus_ms(-UNTOUCHED_MS).0).unwrap_or(0);
    let before = UNIX_EPOCH + Duration::from_millis(before);
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let mut removed = 0;
    for entry in entries.flatten() {
        let is_ours = entry.file_name().to_str().is_some_and(&is_ours);
        // A link is not followed: it is no file that we wrote.
        let found = if is_ours { entry.metadata().ok().filter(std::fs::Metadata::is_file) } else { None };
        let touched = found.and_then(|found| found.modified().ok());
        if touched.is_some_and(|at| at <= before) && std::fs::remove_file(entry.path()).is_ok() {
            removed += 1;
        }
    }
    removed
}

/// As [`sweep`], in the folder of a file that is about to be written; a bare name stands in the folder the program runs in.
pub fn sweep_beside(target: &Path, now: UtcMs, is_ours: impl Fn(&str) -> bool) -> u32 {
    match target.parent() {
        Some(folder) if folder.as_os_str().is_empty() => sweep(Path::new("."), now, is_ours),
        Some(folder) => sweep(folder, now, is_ours),
        None => 0,
    }
}

/// Whether a file is an unfinished copy of a database by its name, and of which: `books.db` for `books.db.partial`, its
/// numbered brothers, and what SQLite keeps beside them.
#[must_use]
pub fn copy_begun_by(name: &str) -> Option<&str> {
    let name = SIDE_SUFFIXES.iter().find_map(|suffix| name.strip_suffix(suffix)).unwrap_or(name);
    let name = name.strip_suffix(|last: char| last.is_ascii_digit()).unwrap_or(name);
    name.strip_suffix(super::backup::PARTIAL).filter(|target| !target.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;

    #[test]
    fn an_unfinished_copy_is_known_by_its_name() {
        for (name, target) in [
            ("books.db.partial", Some("books.db")),
            ("books.db.partial8", Some("books.db")),
            ("books.db.partial3-journal", Some("books.db")),
            ("books.db.partial-wal", Some("books.db")),
            ("books.db", None),
            ("books.db.part", None),
            ("books.db.partial12", None),
            ("books.db.partial.txt", None),
            (".partial", None),
        ] {
            assert_eq!(copy_begun_by(name), target, "{name}");
        }
    }

    #[test]
    fn only_what_is_ours_and_long_untouched_goes() {
        let folder = tempfile::tempdir().unwrap();
        let make = |name: &str| File::create(folder.path().join(name)).unwrap();
        let written = UtcMs(1_700_000_000_000);
        let at = |ms: i64| UNIX_EPOCH + Duration::from_millis(u64::try_from(written.plus_ms(ms).0).unwrap());
        for name in ["old.mine", "theirs"] {
            make(name).set_modified(at(0)).unwrap();
        }
        make("young.mine").set_modified(at(1)).unwrap();
        std::fs::create_dir(folder.path().join("folder.mine")).unwrap();
        let is_ours = |name: &str| name.ends_with(".mine");
        assert_eq!(sweep(folder.path(), written.plus_ms(UNTOUCHED_MS - 1), is_ours), 0, "it may be at work");
        assert_eq!(sweep_beside(&folder.path().join("new"), written.plus_ms(UNTOUCHED_MS), is_ours), 1);
        let mut left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["folder.mine", "theirs", "young.mine"]);
        assert_eq!(sweep(&folder.path().join("nowhere"), written.plus_ms(UNTOUCHED_MS), is_ours), 0);
    }
}
