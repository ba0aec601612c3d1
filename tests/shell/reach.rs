//! Every command of the list answers the main window, and none answers any other, under the access rules that are built
//! in.

use igny8_app::Fault;
use igny8_shell::desktop::Desk;
use igny8_shell::{Opened, surface};
use std::sync::Arc;
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

/// An app whose data folder could not be opened, so that a command that is reached says so.
fn app() -> App<MockRuntime> {
    let surface = surface::surface::<MockRuntime>();
    mock_builder()
        .invoke_handler(surface.invoke_handler())
        .manage(Opened::new(|| std::future::ready(Err(Fault::FolderInUse))))
        .manage(Arc::new(Desk::without_desktop()))
        .build(tauri::generate_context!(test = true))
        .expect("the app is built")
}

fn ask(window: &WebviewWindow<MockRuntime>, command: &str) -> String {
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: "tauri://localhost".parse().expect("an address"),
        body: InvokeBody::default(),
        headers: Default::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    match get_ipc_response(window, request) {
        Ok(body) => format!("{body:?}"),
        Err(error) => error.to_string(),
    }
}

/// Reached: the command ran and found no data folder, or it missed its arguments or the dialog, of which this app has none.
fn is_reached(answer: &str) -> bool {
    ["FolderInUse", "invalid args", "state not managed for field `dialog`"].iter().any(|word| answer.contains(word))
}

#[test]
fn the_main_window_reaches_every_command_and_no_other_window_any() {
    let app = app();
    let window = |label: &str| WebviewWindowBuilder::new(&app, label, WebviewUrl::default()).build();
    let (main, other) = (window("main").expect("the main window"), window("other").expect("a second window"));
    for command in surface::command_names().expect("the commands") {
        let answer = ask(&main, &command);
        assert!(is_reached(&answer), "{command} from the main window: {answer}");
        let answer = ask(&other, &command);
        assert!(answer.contains("not allowed"), "{command} from another window: {answer}");
    }
    assert!(ask(&main, "no_such_command").contains("not"), "an unknown command must be refused");
}
