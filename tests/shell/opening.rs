//! A data folder that cannot be opened at the start, and can later.

use igny8_app::commands::{account, work, workspace};
use igny8_app::folder::DataFolder;
use igny8_app::{Fault, Igny8, OpenOptions};
use igny8_shell::Opened;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tauri::async_runtime::block_on;

#[test]
fn a_folder_in_use_opens_at_the_next_try_after_it_is_free() {
    let dir = tempfile::tempdir().expect("a temporary folder can be made");
    let folder = DataFolder::at(dir.path());
    let lock = folder.lock().expect("nobody has it");
    let options = OpenOptions { data_dir: Some(dir.path().to_owned()) };
    let opened = Opened::new(move || {
        let options = options.clone();
        async move { Igny8::open(options).await.map(Arc::new) }
    });
    for _ in 0..2 {
        assert_eq!(block_on(opened.get()).err(), Some(Fault::FolderInUse));
    }
    drop(lock);
    assert_eq!(block_on(opened.get()).map(|app| app.folder().root().to_owned()).ok().as_deref(), Some(dir.path()));
    assert!(folder.lock().is_err(), "it is this app that has it now");
    assert!(block_on(opened.get()).is_ok(), "and keeps it");
}

#[test]
fn closing_the_window_closes_the_database_and_lets_the_folder_go() {
    let dir = tempfile::tempdir().expect("a temporary folder can be made");
    let options = OpenOptions { data_dir: Some(dir.path().to_owned()) };
    let opened = Opened::new(move || {
        let options = options.clone();
        async move {
            let app = Arc::new(Igny8::open(options).await?);
            app.start().await.expect("it starts");
            Ok(app)
        }
    });
    let log = dir.path().join("igny8.db-wal");
    let begun = block_on(async {
        let app = opened.get().await?;
        let site = workspace::sample_create(&app).await?;
        account::credits_grant(&app, "5", "", "019ac0de-0000-7000-8000-000000000001").await?;
        // The whole way is under way when the window is closed.
        work::pipeline_start(&app, &site, None, "019ac0de-0000-7000-8000-000000000002").await
    });
    assert_eq!(begun, Ok(()));
    assert!(log.metadata().is_ok_and(|log| log.len() > 0), "what was done is in the log");

    block_on(opened.close());
    assert!(!log.exists(), "the log is brought into the database");
    assert!(DataFolder::at(dir.path()).lock().is_ok(), "the folder is free for the next program");
    assert_eq!(block_on(opened.get()).err(), Some(Fault::Cancelled), "a late command opens nothing");
    assert!(!log.exists(), "and changes nothing");
    block_on(opened.close());
}

#[test]
fn commands_that_come_together_share_one_try() {
    let tries = Arc::new(AtomicUsize::new(0));
    let (count, gate) = (Arc::clone(&tries), Arc::new(tauri::async_runtime::Mutex::new(())));
    let opens = Arc::clone(&gate);
    let opened = Arc::new(Opened::new(move || {
        count.fetch_add(1, Ordering::SeqCst);
        let gate = Arc::clone(&opens);
        async move {
            drop(gate.lock().await);
            Err(Fault::DiskFull)
        }
    }));
    block_on(async {
        let shut = gate.lock().await;
        let mut first = Box::pin(opened.get());
        let mut second = Box::pin(opened.get());
        // Both have come before either is answered.
        let both = std::future::poll_fn(|context| {
            let one = first.as_mut().poll(context).is_ready();
            let other = second.as_mut().poll(context).is_ready();
            assert!(!one && !other, "neither is answered at once");
            std::task::Poll::Ready(())
        });
        both.await;
        drop(shut);
        assert_eq!(first.await.err(), Some(Fault::DiskFull));
        assert_eq!(second.await.err(), Some(Fault::DiskFull));
    });
    assert_eq!(tries.load(Ordering::SeqCst), 1);
    assert_eq!(block_on(opened.get()).err(), Some(Fault::DiskFull));
    assert_eq!(tries.load(Ordering::SeqCst), 2, "a later one tries again");
}
