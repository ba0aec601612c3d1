//! Paid work that a person has stopped: whoever asks for some is told that, and how to allow it again.

use crate::bad_input::assert_refused;
use igny8_tests::vendor::{exact_vendor, home_with};

#[test]
fn stopped_work_says_so_also_where_nothing_waits() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    home.json(&["credits", "stop"]);
    for words in [&["write"][..], &["ideas"], &["images"], &["retry"], &["cluster"], &["run", "start"]] {
        let ran = home.run(&[words, &["--site", "Tea"]].concat());
        assert_refused(&ran, &["paid work", "stopped", "credits resume"], &format!("{words:?}"));
    }
    assert_eq!(vendor.seen().len(), 0, "nobody was asked");
    home.json(&["credits", "resume"]);
    let nothing = home.run(&["write", "--site", "Tea"]);
    assert_eq!((nothing.code, nothing.stdout.contains("nothing to do")), (0, true), "{nothing:?}");
}
