//! What the desktop is given: notices for the system, by kind, by pace and by the clock; and another start, which is heard.

use igny8_app::commands::{account, desktop};
use igny8_app::dto::desktop::Popup;
use igny8_app::dto::list::{ListFilter, ListQuery};
use igny8_app::folder::DataFolder;
use igny8_app::{Desktop, Igny8, OpenOptions, Taken, call_window};
use igny8_core::status::Severity;
use igny8_core::time::UtcMs;
use igny8_store::table::notification::NewNotification;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;

/// How often something is asked for, and how long between: half a minute in all.
const ASKED_MAX: usize = 600;
const BETWEEN: Duration = Duration::from_millis(50);

/// A desktop that remembers.
#[derive(Default)]
struct Remembers {
    shown: Mutex<Vec<Popup>>,
    is_looked_at: AtomicBool,
    came: AtomicUsize,
}

impl Desktop for Remembers {
    fn is_looked_at(&self) -> bool {
        self.is_looked_at.load(Ordering::Acquire)
    }

    fn show(&self, popup: &Popup) {
        self.shown.lock().unwrap().push(popup.clone());
    }

    fn come_forward(&self) {
        self.came.fetch_add(1, Ordering::AcqRel);
    }
}

impl Remembers {
    /// The kinds that were shown by themselves, and the numbers of those that were shown together.
    fn shown(&self) -> Vec<String> {
        let name = |popup: &Popup| match &popup.notice {
            Some(notice) => notice.notification_type.clone(),
            None => popup.count.to_string(),
        };
        self.shown.lock().unwrap().iter().map(name).collect()
    }
}

async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    for _ in 0..ASKED_MAX {
        if is_so().await {
            return;
        }
        tokio::time::sleep(BETWEEN).await;
    }
    panic!("{what}");
}

async fn open(folder: &TempDir) -> Arc<Igny8> {
    let options = OpenOptions { data_dir: Some(folder.path().to_owned()) };
    Arc::new(Igny8::open(options).await.unwrap())
}

/// Writes a notice of a kind, as old as is said.
async fn happen(app: &Igny8, kind: &'static str, severity: Severity, age_ms: i64) {
    let now = app.engine().clock().now().plus_ms(-age_ms);
    let written = app.engine().store().write(move |w| {
        let dedupe = format!("{kind}:{}", w.newest_notification()?);
        let new = NewNotification {
            notification_type: kind.to_owned(),
            severity,
            site: None,
            operation: None,
            related_type: "",
            related_id: 0,
            params: BTreeMap::new(),
            dedupe,
        };
        w.notify(&new, now)
    });
    assert!(written.await.unwrap());
}

async fn is_all_told(app: &Igny8) -> bool {
    app.engine().store().read(|r| r.untold_notifications(1)).await.unwrap().count == 0
}

async fn listed(app: &Igny8) -> u32 {
    let query = ListQuery { filter: ListFilter::default(), sort: None, cursor: None, limit: 1 };
    account::notifications(app, query).await.unwrap().total
}

#[tokio::test(flavor = "multi_thread")]
async fn the_system_is_given_what_was_written_for_it_once_and_the_list_has_everything() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(&folder).await;
    // Before any window is there.
    happen(&app, "publish_failed", Severity::Error, 0).await;
    happen(&app, "content_published", Severity::Success, 0).await;
    let desktop = Arc::new(Remembers::default());
    app.tell_desktop(Arc::clone(&desktop) as Arc<dyn Desktop>);
    app.tell_desktop(Arc::clone(&desktop) as Arc<dyn Desktop>);
    until("what was written before is told", async || is_all_told(&app).await).await;
    happen(&app, "credits_low", Severity::Warning, 0).await;
    until("what is written now is told", async || desktop.shown().len() == 2).await;
    assert_eq!(desktop.shown(), ["publish_failed", "credits_low"], "each once, and nothing that is for the list alone");
    assert_eq!(listed(&app).await, 3);
    app.close().await;

    let app = open(&folder).await;
    let next = Arc::new(Remembers::default());
    app.tell_desktop(Arc::clone(&next) as Arc<dyn Desktop>);
    happen(&app, "publish_failed", Severity::Error, 0).await;
    until("the next window tells what is new to it", async || !next.shown().is_empty()).await;
    assert_eq!(next.shown(), ["publish_failed"], "and nothing a second time");
    app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_and_what_is_no_news_come_in_one() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(&folder).await;
    let desktop = Arc::new(Remembers::default());
    for _ in 0..40 {
        happen(&app, "publish_failed", Severity::Error, 0).await;
    }
    app.tell_desktop(Arc::clone(&desktop) as Arc<dyn Desktop>);
    until("all are told", async || is_all_told(&app).await).await;
    assert_eq!(desktop.shown(), ["40"]);
    happen(&app, "publish_missed", Severity::Warning, 5 * 3_600_000).await;
    until("what is old is told", async || desktop.shown().len() == 2).await;
    assert_eq!(desktop.shown(), ["40", "1"], "five hours later it is no news by itself");
    assert_eq!(listed(&app).await, 41);
    app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_looks_at_the_window_and_who_sleeps_is_not_interrupted() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(&folder).await;
    let remembers = Arc::new(Remembers::default());
    remembers.is_looked_at.store(true, Ordering::Release);
    app.tell_desktop(Arc::clone(&remembers) as Arc<dyn Desktop>);
    happen(&app, "publish_failed", Severity::Error, 0).await;
    until("the bell is enough", async || is_all_told(&app).await).await;
    assert_eq!(remembers.shown(), Vec::<String>::new());
    remembers.is_looked_at.store(false, Ordering::Release);

    // Quiet hours that began an hour ago and end in an hour, by whatever clock this test runs.
    account::zone_set(&app, "UTC").await.unwrap();
    let minute = |more_ms: i64| {
        let UtcMs(now) = app.engine().clock().now();
        let minutes = (now + more_ms).div_euclid(60_000).rem_euclid(24 * 60);
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    };
    desktop::quiet_hours_set(&app, true, &minute(-3_600_000), &minute(3_600_000)).await.unwrap();
    happen(&app, "publish_failed", Severity::Error, 0).await;
    happen(&app, "site_down", Severity::Warning, 0).await;
    tokio::task::yield_now().await;
    assert!(!is_all_told(&app).await, "they wait");
    assert_eq!((remembers.shown(), listed(&app).await), (Vec::new(), 3), "and stand in the list");
    desktop::quiet_hours_set(&app, false, &minute(-3_600_000), &minute(3_600_000)).await.unwrap();
    until("they are told when it is quiet no longer", async || is_all_told(&app).await).await;
    assert_eq!(remembers.shown(), ["publish_failed", "site_down"]);
    app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_start_brings_the_window_forward_and_ends() {
    let folder = tempfile::tempdir().unwrap();
    let data = DataFolder::at(folder.path());
    assert_eq!(call(&data).await, Taken::Not, "nobody has it");
    let app = open(&folder).await;
    let desktop = Arc::new(Remembers::default());
    app.heed_callers(Arc::clone(&desktop) as Arc<dyn Desktop>);
    assert_eq!(call(&data).await, Taken::ByWindow);
    assert_eq!(desktop.came.load(Ordering::Acquire), 1);
    let other = tempfile::tempdir().unwrap();
    assert_eq!(call(&DataFolder::at(other.path())).await, Taken::Not, "another folder has a window of its own");
    app.close().await;
    assert_eq!(call(&data).await, Taken::Not, "it was let go of");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_without_a_window_answers_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(&folder).await;
    assert_eq!(call(&DataFolder::at(folder.path())).await, Taken::BySilent);
    app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tray_is_met_once_in_the_life_of_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(&folder).await;
    assert!(desktop::meets_tray(&app).await.unwrap());
    assert!(!desktop::meets_tray(&app).await.unwrap(), "it is known");
    app.close().await;
    let app = open(&folder).await;
    assert!(!desktop::meets_tray(&app).await.unwrap(), "also at the next start");
    app.close().await;
}

async fn call(folder: &DataFolder) -> Taken {
    let folder = folder.clone();
    tokio::task::spawn_blocking(move || call_window(&folder)).await.unwrap()
}
