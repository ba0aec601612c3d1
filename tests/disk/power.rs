//! The power goes at any call to the disk, and whatever was not synced is kept or lost sector by sector.

use igny8_tests::effort;
use igny8_tests::power;
use std::io::Write as _;

#[test]
fn power_cuts_lose_no_acknowledged_charge() {
    let seed = effort::disk_seed();
    let losses = power::cut_many(effort::cuts(), seed);
    let counts = format!(
        "power: from seed {seed}, {} cuts, {} of them while the file was opened after another, {} acknowledged charges \
         looked for, {} lost, {} files damaged, {} audited in full",
        losses.cuts, losses.second_cuts, losses.acknowledged, losses.lost, losses.damaged, losses.audited_in_full
    );
    // Past the test harness's capture, so that the counts stand in every run's output.
    writeln!(std::io::stderr(), "{counts}").expect("standard error takes a line");
    assert!(losses.cuts >= effort::cuts() && losses.acknowledged > losses.cuts, "there was something to lose");
    assert_eq!((losses.lost, losses.damaged), (0, 0), "nothing acknowledged is gone, and every file is whole");
}
