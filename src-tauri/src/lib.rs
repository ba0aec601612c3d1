//! The shell: the only code that names Tauri. It opens the data folder, puts a window in front of it and passes
//! commands and notices through; it holds no SQL, no HTTP and no rules.

mod commands;
pub mod desktop;
mod opened;
mod options;
mod pump;
mod save_dialog;
pub mod surface;

pub use opened::Opened;

use crate::desktop::{Desk, Login};
use crate::options::{Asked, Options};
use crate::save_dialog::SaveDialog;
use igny8_app::{Fault, Igny8, OpenOptions, Taken, call_window, end_requested, start_logging};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tauri::{AppHandle, Manager};

/// Does what was asked for on the command line: runs the app until its window is closed, or prints a text.
#[must_use]
pub fn run() -> ExitCode {
    match Asked::from_args(std::env::args().skip(1)) {
        Ok(Asked::Window(options)) => window(options),
        Ok(Asked::Text(text)) => match writeln!(std::io::stdout(), "{text}") {
            Ok(()) => ExitCode::SUCCESS,
            // Whoever asked has left.
            Err(_) => ExitCode::FAILURE,
        },
        Err(unknown) => {
            eprintln!(
                "igny8: unknown argument {unknown}; usage: igny8 [--data-dir DIR] [--in-tray]. 'igny8 --help' has more."
            );
            ExitCode::from(2)
        }
    }
}

fn window(options: Options) -> ExitCode {
    let (data_dir, in_tray) = (options.data_dir, options.in_tray);
    let options = OpenOptions { data_dir: data_dir.clone() };
    if options.folder().is_ok_and(|folder| call_window(&folder) == Taken::ByWindow) {
        // Whoever started it sees that window.
        return ExitCode::SUCCESS;
    }
    let surface = surface::surface::<tauri::Wry>();
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .invoke_handler(surface.invoke_handler())
        .on_window_event(|window, event| {
            if let Some(desk) = window.try_state::<Arc<Desk>>() {
                desk.heed(window, event);
            }
        })
        .setup(move |app| {
            surface.mount_events(app);
            if let Ok(folder) = options.folder() {
                // Before the folder is opened, so that the log says why it could not be.
                app.manage(LogGuard { _guard: start_logging(&folder) });
                app.asset_protocol_scope().allow_directory(folder.media(), false)?;
            }
            let desk = Arc::new(Desk::of(app.handle(), login(app.handle(), data_dir.as_deref())));
            app.manage(Arc::clone(&desk));
            let (handle, attended) = (app.handle().clone(), Arc::clone(&desk));
            let opened = Opened::new(move || open(handle.clone(), options.clone(), Arc::clone(&attended)));
            // A failure is no reason to show no window: it is what the window shows.
            let is_open = tauri::async_runtime::block_on(opened.get()).is_ok();
            app.manage(opened);
            // The end of a session is like closing the window.
            let handle = app.handle().clone();
            tauri::async_runtime::spawn(async move {
                end_requested().await;
                handle.exit(0);
            });
            app.manage(Arc::new(SaveDialog::of(app.handle().clone())));
            desk.begin(in_tray && is_open);
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            let ending = Ending::default();
            app.run(move |handle, event| match event {
                tauri::RunEvent::ExitRequested { api, .. } if !ending.has_begun() => {
                    api.prevent_exit();
                    ending.begin(handle);
                }
                tauri::RunEvent::Exit => tauri::async_runtime::block_on(handle.state::<Opened>().close()),
                _ => {}
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("igny8: the window could not be opened: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The start at login of this program.
fn login(handle: &AppHandle, data_dir: Option<&Path>) -> Option<Login> {
    let settings = handle.path().config_dir().ok()?;
    Login::new(&settings, &std::env::current_exe().ok()?, data_dir)
}

/// Opens the data folder, starts its background work and tells the window that everything may be different now.
async fn open(handle: AppHandle, options: OpenOptions, desk: Arc<Desk>) -> Result<Arc<Igny8>, Fault> {
    let igny8 = Arc::new(Igny8::open(options).await?);
    igny8.start().await?;
    igny8.follow_sites();
    desk.attend(&igny8).await;
    igny8.attend();
    pump::start(handle, igny8.notices());
    Ok(igny8)
}

/// The end of the app: what is at hand is brought to an end while there is no window any more, so that nobody looks at one
/// that does not answer.
#[derive(Default)]
struct Ending(AtomicBool);

impl Ending {
    fn has_begun(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    fn begin(&self, handle: &AppHandle) {
        self.0.store(true, Ordering::Release);
        if let Some(window) = handle.get_webview_window("main") {
            // One that cannot be hidden goes with the process.
            drop(window.hide());
        }
        let handle = handle.clone();
        tauri::async_runtime::spawn(async move {
            handle.state::<Opened>().close().await;
            handle.exit(0);
        });
    }
}

/// Writes what is still in the log's memory when the app ends.
struct LogGuard<T> {
    _guard: T,
}
