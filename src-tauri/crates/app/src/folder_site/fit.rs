//! Whether a folder can be one that articles go to, found out by doing it: what a path is worth no look at it says. What
//! was made for it is taken away again, since the folder of a site is made when its first article is.

use super::disk::write_whole;
use std::fs;
use std::path::Path;

/// The file that is written and removed.
const TRIAL_FILE: &str = ".igny8-trial";

/// Whether files can be written to a folder, which is made for it where it is not there. Waits for the disk.
pub(crate) fn is_writable(folder: &Path) -> bool {
    let missing: Vec<&Path> = folder.ancestors().take_while(|path| fs::symlink_metadata(path).is_err()).collect();
    let is_made = fs::create_dir_all(folder).is_ok();
    let is_written = is_made && write_whole(folder, TRIAL_FILE, b"").is_ok();
    let is_gone = is_written && fs::remove_file(folder.join(TRIAL_FILE)).is_ok();
    for made in missing {
        // What somebody has put a file into meanwhile stays.
        if fs::remove_dir(made).is_err() {
            break;
        }
    }
    is_gone
}
