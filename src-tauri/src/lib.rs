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

use crate::options::Options;
use crate::save_dialog::SaveDialog;
use igny8_app::{Igny8, OpenOptions, start_logging};
use std::process::ExitCode;
use std::sync::Arc;
use tauri::Manager;

/// Runs the app until its window is closed.
#[must_use]
pub fn run() -> ExitCode {
    let options = match Options::from_args(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(unknown) => {
            eprintln!("igny8: unknown argument {unknown}; usage: igny8 [--data-dir DIR]");
            return ExitCode::from(2);
        }
    };
    let surface = surface::surface::<tauri::Wry>();
    let built = tauri::Builder::default()
        .plugin(single_instance::plugin())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .invoke_handler(surface.invoke_handler())
        .setup(move |app| {
            surface.mount_events(app);
            let open = Igny8::open(OpenOptions { data_dir: options.data_dir.clone() });
            let opened = tauri::async_runtime::block_on(open).map(Arc::new);
            if let Ok(igny8) = &opened {
                app.manage(LogGuard { _guard: start_logging(igny8.folder()) });
                app.asset_protocol_scope().allow_directory(igny8.folder().media(), false)?;
                let _entered = tauri::async_runtime::handle().inner().enter();
                igny8.start();
                pump::start(app.handle().clone(), igny8.notices());
            }
            app.manage(Arc::new(SaveDialog::of(app.handle().clone())));
            app.manage(Opened::new(opened));
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|handle, event| {
                if let tauri::RunEvent::Exit = event {
                    handle.state::<Opened>().stop();
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

/// Writes what is still in the log's memory when the app ends.
struct LogGuard<T> {
    _guard: T,
}
