//! The shell: the only code that names Tauri. It opens the data folder, puts a window in front of it and passes
//! commands and notices through; it holds no SQL, no HTTP and no rules.

mod commands;
mod opened;
mod options;
mod pump;
mod save_dialog;
mod single_instance;
pub mod surface;

pub use opened::Opened;

use crate::options::{Asked, Options};
use crate::save_dialog::SaveDialog;
use igny8_app::{Fault, Igny8, OpenOptions, end_requested, start_logging};
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;
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
            eprintln!("igny8: unknown argument {unknown}; usage: igny8 [--data-dir DIR]. 'igny8 --help' has more.");
            ExitCode::from(2)
        }
    }
}

fn window(options: Options) -> ExitCode {
    let surface = surface::surface::<tauri::Wry>();
    let built = tauri::Builder::default()
        .plugin(single_instance::plugin())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .invoke_handler(surface.invoke_handler())
        .setup(move |app| {
            surface.mount_events(app);
            let options = OpenOptions { data_dir: options.data_dir.clone() };
            if let Ok(folder) = options.folder() {
                // Before the folder is opened, so that the log says why it could not be.
                app.manage(LogGuard { _guard: start_logging(&folder) });
                app.asset_protocol_scope().allow_directory(folder.media(), false)?;
            }
            let handle = app.handle().clone();
            let opened = Opened::new(move || open(handle.clone(), options.clone()));
            // A failure is no reason to show no window: it is what the window shows.
            drop(tauri::async_runtime::block_on(opened.get()));
            app.manage(opened);
            // The end of a session is like closing the window.
            let handle = app.handle().clone();
            tauri::async_runtime::spawn(async move {
                end_requested().await;
                handle.exit(0);
            });
            app.manage(Arc::new(SaveDialog::of(app.handle().clone())));
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|handle, event| {
                if let tauri::RunEvent::Exit = event {
                    tauri::async_runtime::block_on(handle.state::<Opened>().close());
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("igny8: the window could not be opened: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Opens the data folder, starts its background work and tells the window that everything may be different now.
async fn open(handle: AppHandle, options: OpenOptions) -> Result<Arc<Igny8>, Fault> {
    let igny8 = Arc::new(Igny8::open(options).await?);
    igny8.start().await?;
    igny8.follow_sites();
    pump::start(handle, igny8.notices());
    Ok(igny8)
}

/// Writes what is still in the log's memory when the app ends.
struct LogGuard<T> {
    _guard: T,
}
