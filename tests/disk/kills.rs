//! The program itself is killed in the middle of paid work, at a vendor that answers over a socket: before a request is
//! answered, half-way through the answer, right behind it, and with nothing but the hold on disk. The next one recovers,
//! and goes on until nothing is left to do; or what was interrupted is given up first, and what was asked for in vain is
//! booked.

use igny8_faultvfs::Dice;
use igny8_testkit::vendor::{Reply, Vendor};
use igny8_tests::books::Books;
use igny8_tests::effort;
use igny8_tests::program::Home;
use igny8_tests::vendor::{credits, exact_vendor, home_with};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

/// Kills in one life: more than a unit's attempts, so that some are given up.
const KILLS_EACH: usize = 3;
/// The furthest request a kill waits for.
const REQUESTS_MAX: usize = 6;
/// Bytes of an answer after which its head has come and its body has not.
const HALF_WAY: usize = 300;
/// How often a run is started again until it ends well: a function whose only call was given up ends its run.
const RUNS_MAX: usize = 5;
/// Attempts at one call, in all processes together.
const SENDS_MAX: usize = 2;
const RUN: [&str; 4] = ["run", "start", "--site", "Tea"];

/// When a program is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Moment {
    Held,
    Sent,
    HalfAnswered,
    Answered,
}

/// What happened in all lives.
#[derive(Debug, Default)]
struct Tally {
    lives: usize,
    kills: BTreeMap<Moment, usize>,
    holds_found: i64,
    acknowledged: usize,
    charges: usize,
    answers: usize,
    given_up: i64,
    ended: usize,
}

/// A charge: its call, and what it took of the wallet, what the vendor was booked with, and how many attempts it took.
type Charges = BTreeMap<String, (i64, i64, i64)>;

fn charges(books: &Books) -> Charges {
    let rows = books.rows(
        "select lower(hex(u.call_id)), u.credits, u.cost_nano, c.attempts from usage_log u join call c on c.id = u.call_id
         where u.outcome = 'settled'",
        [],
        |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?))),
    );
    rows.into_iter().collect()
}

impl Moment {
    fn any(dice: &mut Dice) -> Self {
        [Self::Held, Self::Sent, Self::HalfAnswered, Self::Answered][dice.below(4)]
    }

    fn reply(self) -> Reply {
        match self {
            Self::Held | Self::Answered => Reply::Answer,
            Self::Sent => Reply::Never,
            Self::HalfAnswered => Reply::Stall(HALF_WAY),
        }
    }
}

/// Starts the run and kills it at a moment of its n-th request, unless it ends before. What somebody else saw charged
/// before the kill.
fn kill_at(moment: Moment, nth: usize, vendor: &Vendor, home: &Home, tally: &mut Tally) -> Charges {
    let (seen, billed, answered) = (vendor.seen().len(), vendor.bill().lines.len(), vendor.answered().len());
    for _ in 1..nth {
        vendor.then(Reply::Answer);
    }
    vendor.then(moment.reply());
    let books = home.books();
    let mut running = home.start(&RUN);
    running.until(|| match moment {
        Moment::Held => vendor.seen().len() >= seen + nth - 1 && books.open_holds() > 0,
        Moment::Sent => vendor.seen().len() >= seen + nth,
        Moment::HalfAnswered => vendor.bill().lines.len() >= billed + nth,
        Moment::Answered => vendor.answered().len() >= answered + nth,
    });
    let acknowledged = charges(&books);
    if running.kill() {
        *tally.kills.entry(moment).or_default() += 1;
    }
    vendor.as_usual();
    acknowledged
}

/// The next start, which recovers and does no work.
fn assert_recovered(home: &Home, acknowledged: &Charges, place: &str) -> i64 {
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "{place}: the books balance");
    let (books, found) = (home.books(), charges(&home.books()));
    for (call, charge) in acknowledged {
        assert_eq!(found.get(call), Some(charge), "{place}: an acknowledged charge is there, and as it was");
    }
    let astray = books.number(
        "select count(*) from transfer h where kind = 'hold'
           and not exists (select 1 from transfer r where r.hold_id = h.id)
           and not exists (select 1 from call c where c.hold_id = h.id and c.state in ('sent', 'unknown'))",
    );
    assert_eq!(astray, 0, "{place}: every open hold belongs to a call that is sent or unknown");
    assert_eq!(books.number("select count(*) from job where state = 'leased'"), 0, "{place}: nobody works any more");
    books.open_holds()
}

/// All paid work is stopped, which leaves what was interrupted waiting with its holds, and is allowed again; what waits is
/// given up in between, which gives every hold back.
fn give_up_while_stopped(home: &Home, place: &str) {
    let held = home.books().open_holds();
    home.json(&["credits", "stop"]);
    assert_eq!(home.books().open_holds(), held, "{place}: a stop leaves alone what only waits");
    if home.json(&["run", "status", "--site", "Tea"])["run"]["status"] != "idle" {
        home.json(&["run", "cancel", "--site", "Tea"]);
    }
    assert_eq!(home.books().open_holds(), 0, "{place}: what is given up keeps nothing back");
    home.json(&["credits", "resume"]);
}

/// Runs until nothing is left to do.
fn finish(home: &Home, place: &str) {
    let ended = (0..RUNS_MAX).map(|_| home.run(&RUN)).find(|ran| ran.code == 0);
    assert!(ended.is_some(), "{place}: the run ends well in the end");
}

/// Nothing is open, and charges, results and the vendor's own list say the same.
fn assert_finished(vendor: &Vendor, home: &Home, place: &str) -> Charges {
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "{place}: the books balance");
    let (books, found) = (home.books(), charges(&home.books()));
    assert_eq!(books.open_holds(), 0, "{place}: no hold is open once nothing is left to do");
    for (what, sql) in [
        ("a unit waits", "select count(*) from job where state in ('ready', 'leased')"),
        ("an operation is open", "select count(*) from operation where status = 'pending'"),
        (
            "something is charged twice",
            "select count(*) from (select 1 from usage_log where outcome = 'settled' and related_type <> ''
               group by operation_type, related_type, related_id having count(*) > 1)",
        ),
        (
            "an article is there without its charge, or charged and not there",
            "select abs((select count(*) from content)
               - (select count(*) from usage_log where outcome = 'settled' and operation_type = 'content_generation'))",
        ),
        (
            "a picture is there without its charge, or charged and not there",
            "select abs((select count(*) from image where status = 'generated')
               - (select count(*) from usage_log where outcome = 'settled' and operation_type = 'image_generation'))",
        ),
        (
            "a paid answer is not kept",
            "select count(*) from usage_log u where outcome = 'settled'
               and not exists (select 1 from answer a where a.usage_id = u.id)",
        ),
    ] {
        assert_eq!(books.number(sql), 0, "{place}: {what}");
    }
    assert_as_the_vendor_says(vendor, &found, place);
    assert_lost_calls_are_booked(vendor, &books, place);
    found
}

/// Each charge is for an answer that was sent whole, at its price, and no call was sent more often than twice.
fn assert_as_the_vendor_says(vendor: &Vendor, found: &Charges, place: &str) {
    let plain = |call: &str| call.replace('-', "");
    let mut asked: BTreeMap<String, usize> = BTreeMap::new();
    for seen in vendor.seen() {
        *asked.entry(plain(seen.call())).or_default() += 1;
    }
    assert!(asked.values().all(|times| *times <= SENDS_MAX), "{place}: nobody is asked for ever: {asked:?}");
    let answered: Vec<String> = vendor.answered().iter().map(|call| plain(call)).collect();
    let lines: BTreeMap<String, _> =
        vendor.bill().lines.into_iter().map(|line| (plain(&line.call), (credits(&line), line.nano))).collect();
    for (call, (taken, cost, attempts)) in found {
        assert!(answered.contains(call), "{place}: a charge without an answer");
        let (credits, nano) = lines[call];
        assert_eq!(*taken, i64::try_from(credits).unwrap() * 1_000_000, "{place}: the credits of its one answer");
        let nano = i64::try_from(nano).unwrap();
        // An attempt that a kill cut off may have been on its way or not: nobody knows, and it is booked.
        if *attempts == 1 {
            assert_eq!((*cost, asked[call]), (nano, 1), "{place}: the vendor's own price for its one answer");
        } else {
            assert!(*cost > nano, "{place}: a lost attempt is booked beside the answer");
        }
    }
}

/// A call that the vendor was sent and that left no result is booked with what it will have cost, as an estimate, on the
/// item that it was for.
fn assert_lost_calls_are_booked(vendor: &Vendor, books: &Books, place: &str) {
    let seen: BTreeSet<String> = vendor.seen().iter().map(|seen| seen.call().replace('-', "")).collect();
    let released = books.rows(
        "select lower(hex(call_id)), operation_type, cost_nano, is_estimated, related_id > 0 from usage_log
         where outcome = 'released'",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
    );
    for (call, operation_type, cost, is_estimated, has_item) in released {
        let _: (&String, &String, &i64, &bool, &bool) = (&call, &operation_type, &cost, &is_estimated, &has_item);
        if seen.contains(&call) {
            assert!(cost > 0 && is_estimated, "{place}: a lost call costs something: {operation_type} {call}");
        }
        let is_for_one =
            ["content_generation", "image_prompt_extraction", "image_generation"].contains(&operation_type.as_str());
        assert!(has_item || !is_for_one, "{place}: a lost call names its item: {operation_type} {call}");
    }
}

#[test]
fn a_program_that_is_killed_in_paid_work_loses_no_charge_and_makes_none_twice() {
    let (kills, seed, vendor) = (effort::kills(), effort::disk_seed(), exact_vendor(None));
    let (prepared, mut dice, mut tally) = (home_with(&vendor), Dice::new(seed), Tally::default());
    while tally.kills.values().sum::<usize>() < kills {
        let home = prepared.copy();
        vendor.forget();
        let mut story = Vec::new();
        for _ in 0..KILLS_EACH {
            let (moment, nth) = (Moment::any(&mut dice), 1 + dice.below(REQUESTS_MAX));
            story.push((moment, nth));
            let place = format!("seed {seed}, life {}, {story:?}", tally.lives);
            let acknowledged = kill_at(moment, nth, &vendor, &home, &mut tally);
            tally.acknowledged += acknowledged.len();
            tally.holds_found += assert_recovered(&home, &acknowledged, &place);
        }
        let place = format!("seed {seed}, life {}, {story:?}", tally.lives);
        if dice.below(2) == 0 {
            give_up_while_stopped(&home, &place);
            tally.ended += 1;
        }
        finish(&home, &place);
        tally.charges += assert_finished(&vendor, &home, &place).len();
        tally.answers += vendor.answered().len();
        tally.given_up += home.books().number("select count(*) from call where state = 'released'");
        tally.lives += 1;
    }
    let Tally { lives, kills, holds_found, acknowledged, charges, answers, given_up, ended } = tally;
    let report = format!("from seed {seed}, {lives} lives, killed {kills:?}, {holds_found} holds found open");
    let charged =
        format!("{answers} whole answers, {charges} charged, {given_up} calls given up, {ended} lives given up");
    // Past the test harness's capture, so that the counts stand in every run's output.
    writeln!(std::io::stderr(), "kills: {report}, {acknowledged} acknowledged charges looked for, 0 lost, {charged}")
        .expect("standard error takes a line");
    assert!(holds_found > 0 && acknowledged > 0 && charges > 0, "there was something to lose");
    assert!(answers >= charges, "no charge without an answer");
}
