//! What crosses to the window never has a secret in it. A key and a password go in once, by the commands that take them;
//! then every command is asked for all it can say, while a vendor and a site that quote what they were sent stand behind
//! them; and a whole run goes through a vendor that does its work and quotes the key in all it writes. The test runs itself
//! again without a session bus, so that no keyring of whoever runs it is touched.

use igny8_app::{Igny8, OpenOptions};
use igny8_shell::{Opened, surface};
use igny8_testkit::canary::Canary;
use igny8_testkit::quoting;
use igny8_testkit::vendor::{IMAGE_MODEL, TEXT_MODEL};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tauri::async_runtime::block_on;
use tauri::ipc::{CallbackFn, InvokeBody, InvokeResponseBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{WebviewUrl, WebviewWindow, WebviewWindowBuilder};

/// Set in the child, which then does the test's inner half.
const INSIDE: &str = "IGNY8_SHELL_TEST_INSIDE";
const KEY: &str = "sk-canary/7f3a+9c41=d2e8~Zq5T";
/// The key without its last four characters, which are shown.
const MOST_OF_IT: &str = "sk-canary/7f3a+9c41=d2e8~";
const PASSWORD: &str = "cAnA ryPa ssWo rdOf 1234 5678";
/// How often is looked for the end of work that ends by itself, and how long between: a minute in all.
const LOOKS_MAX: u32 = 12_000;
const BETWEEN_LOOKS: Duration = Duration::from_millis(5);

/// The window, and all that it was ever told.
struct Ear {
    window: WebviewWindow<MockRuntime>,
    heard: Vec<u8>,
}

impl Ear {
    fn ask(&mut self, command: &str, body: &Value) -> Result<Value, String> {
        let request = InvokeRequest {
            cmd: command.to_owned(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: "tauri://localhost".parse().expect("an address"),
            body: InvokeBody::Json(body.clone()),
            headers: Default::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        let answer = match get_ipc_response(&self.window, request) {
            Ok(InvokeResponseBody::Json(text)) => Ok(text),
            Ok(InvokeResponseBody::Raw(bytes)) => Ok(format!("{bytes:?}")),
            Err(error) => Err(error.to_string()),
        };
        let (Ok(text) | Err(text)) = &answer;
        self.heard.extend(format!("{command} {text}\n").bytes());
        answer.map(|text| serde_json::from_str(&text).expect("JSON"))
    }

    fn goes(&mut self, command: &str, body: &Value) -> Value {
        self.ask(command, body).unwrap_or_else(|error| panic!("{command}: {error}"))
    }
}

/// Answers every request with a refusal that quotes all of it, and keeps what it was sent.
fn quoting_server() -> (String, Arc<Mutex<Vec<u8>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it has an address");
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = Vec::new();
            while !request.windows(4).any(|four| four == b"\r\n\r\n") {
                let mut piece = [0; 4_096];
                match stream.read(&mut piece) {
                    Ok(read) if read > 0 => request.extend(&piece[..read]),
                    _ => break,
                }
            }
            kept.lock().expect("nobody panics with it").extend(&request);
            let quoted = String::from_utf8_lossy(&request).into_owned();
            let error = json!({ "message": quoted, "code": "invalid_api_key", "type": quoted });
            let body = json!({ "error": error, "code": "rest_not_logged_in", "message": quoted, "name": quoted });
            let (body, length) = (body.to_string(), body.to_string().len());
            let head = format!("HTTP/1.1 401 X\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n");
            // Whoever asked may have left.
            let _ = stream.write_all(&[head.as_bytes(), body.as_bytes()].concat());
        }
    });
    (format!("http://{address}"), seen)
}

/// All that commands ask for by these names; each takes what it knows.
fn arguments(site: &str, operation: &str, model: &str) -> Value {
    let query = json!({ "filter": {}, "sort": null, "cursor": null, "limit": 100, "siteId": site, "period": "all" });
    let request = json!({ "function": "auto_cluster", "siteId": site, "ids": [], "kind": "clustering", "body": "" });
    json!({
        "query": query, "request": request, "siteId": site, "id": operation, "operationId": operation,
        "modelId": model, "from": model, "to": model, "name": "echo", "provider": "echo", "modelName": "writer",
        "contentId": "1", "kind": "clustering", "period": "all", "path": "/nowhere.csv", "text": "white tea",
        "sectorId": "1", "ids": ["1"], "list": "keywords", "memo": "", "amount": "1", "price": "0.01",
        "zone": "UTC", "mode": "live", "aiFunction": "auto_cluster", "key": "019ac0de-0000-7000-8000-0000000000aa",
    })
}

/// Connects the vendor and a site, and has the vendor asked. Answers the site, the operation and the model.
fn use_secrets(ear: &mut Ear, url: &str) -> [String; 3] {
    let provider = json!({ "name": "echo", "url": format!("{url}/v1"), "dialect": "openai", "key": KEY,
                           "keepsKey": false, "perMinute": null });
    assert_eq!(ear.goes("provider_connect", &json!({ "draft": provider })), "memory", "there is no keyring here");
    assert_eq!(ear.goes("provider_test", &json!({ "name": "echo" }))["verdict"], "wrong_key");
    let model = json!({ "provider": "echo", "modelName": "writer", "modelType": "text", "costPer1kInput": "0.001",
                        "costPer1kOutput": "0.002", "isDefault": true });
    let model = ear.goes("model_add", &json!({ "draft": model }));
    let site = json!({ "name": "Echo", "kind": "wordpress", "url": url, "userName": "editor", "password": PASSWORD,
                       "language": "en", "zone": "UTC", "brandColor": "#2a6f4b", "inArticleImages": 1,
                       "imageFormat": "webp", "bodyForm": "blocks", "hasContents": false, "goesOnByItself": false, "sectors": ["Leaves"] });
    let added = ear.goes("site_add", &json!({ "draft": site }));
    ear.ask("site_test", &json!({ "id": added })).expect_err("it lets nobody in");
    let site = ear.goes("sample_create", &json!({}));
    let request = json!({ "function": "auto_cluster", "siteId": site, "ids": [] });
    let key = "019ac0de-0000-7000-8000-000000000001";
    let started = ear.goes("operation_start", &json!({ "request": request, "key": key }));
    let operation = started.as_str().unwrap_or_else(|| panic!("{started}")).to_owned();
    let asked = json!({ "id": operation });
    for looks in 0.. {
        if ear.goes("operation", &asked)["row"]["status"] != "pending" {
            break;
        }
        assert!(looks < LOOKS_MAX, "the vendor's refusal ends it");
        std::thread::sleep(BETWEEN_LOOKS);
    }
    assert_eq!(ear.goes("operation", &asked)["row"]["errorCode"], "auth");
    [&site, &json!(operation), &model].map(|id| id.as_str().expect("an id").to_owned())
}

/// A whole run of a site through a vendor that succeeds and quotes its key, and all that can be shown of it.
fn run_whole(ear: &mut Ear, url: &str, site: &str) {
    let provider = json!({ "name": "quoting", "url": url, "dialect": "openai", "key": KEY, "keepsKey": false,
                           "perMinute": null });
    ear.goes("provider_connect", &json!({ "draft": provider }));
    let text = json!({ "provider": "quoting", "modelName": TEXT_MODEL, "modelType": "text", "costPer1kInput": "0.0001",
                       "costPer1kOutput": "0.0001", "isDefault": true });
    let image = json!({ "provider": "quoting", "modelName": IMAGE_MODEL, "modelType": "image", "costPerImage": "0.01",
                        "creditsPerImage": "1", "isDefault": true });
    for draft in [text, image] {
        ear.goes("model_add", &json!({ "draft": draft }));
    }
    let started = json!({ "siteId": site, "cap": null, "key": "019ac0de-0000-7000-8000-000000000002" });
    ear.goes("pipeline_start", &started);
    let asked = json!({ "siteId": site });
    for looks in 0.. {
        let standing = ear.goes("pipeline", &asked);
        // It is let in by the command, and begins behind it.
        if standing["standing"] == "idle" && standing["stage"] != "" {
            assert_eq!((&standing["stage"], &standing["stoppedCode"]), (&json!("review"), &json!("")), "{standing}");
            break;
        }
        assert!(looks < LOOKS_MAX, "the run ends: {standing}");
        std::thread::sleep(BETWEEN_LOOKS);
    }
}

fn inside() {
    let (url, seen) = quoting_server();
    let working = quoting::vendor(KEY);
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let options = OpenOptions { data_dir: Some(folder.path().to_owned()) };
    let opened = Opened::new(move || {
        let options = options.clone();
        async move {
            let app = Arc::new(Igny8::open(options).await?);
            app.start().await?;
            Ok(app)
        }
    });
    let igny8 = block_on(opened.get()).expect("the folder opens");
    let mut notices = igny8.notices();
    let told = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&told);
    tauri::async_runtime::spawn(async move {
        while let Some(notice) = notices.next().await {
            kept.lock().expect("nobody panics with it").extend(format!("{notice:?}\n").bytes());
        }
    });
    let app = mock_builder()
        .invoke_handler(surface::surface::<MockRuntime>().invoke_handler())
        .manage(opened)
        .build(tauri::generate_context!(test = true))
        .expect("the app is built");
    let window = WebviewWindowBuilder::new(&app, "main", WebviewUrl::default()).build().expect("a window");
    let mut ear = Ear { window, heard: Vec::new() };
    let [site, operation, model] = use_secrets(&mut ear, &url);
    run_whole(&mut ear, &working.base_url(), &site);
    let made = working.bill().lines.len();
    assert!(made > 5, "a cluster, ideas, an article, what its pictures show, and pictures: {made}");
    let (mut understood, arguments) = (0, arguments(&site, &operation, &model));
    for command in surface::command_names().expect("the commands") {
        let answer = ear.ask(&command, &arguments);
        understood += usize::from(!answer.is_err_and(|error| error.contains("invalid args")));
    }
    assert!(understood > 60, "most commands understood what they were asked: {understood}");

    let kept = ["igny8.db", "igny8.db-wal"].map(|name| std::fs::read(folder.path().join(name)).unwrap_or_default());
    let starred = b"Teas ****";
    let is_kept = kept.concat().windows(starred.len()).any(|part| part == starred);
    assert!(is_kept, "what was quoted is kept without the key");
    let canary = Canary::of(&[MOST_OF_IT, PASSWORD, &PASSWORD.replace(' ', "")]);
    assert_eq!(canary.in_bytes(&ear.heard), None, "no command tells a secret");
    let told = told.lock().expect("nobody panics with it").clone();
    assert!(told.len() > 100, "the window is told what goes on");
    assert_eq!(canary.in_bytes(&told), None, "nor does what it is told by itself");
    assert_eq!(canary.below(folder.path()), [""; 0], "and no file has one");
    let sent = seen.lock().expect("nobody panics with it").clone();
    assert_eq!(canary.in_bytes(&sent), Some("plain"), "the key was sent to the vendor, and the search finds it there");
    let of_site = Canary::of(&[PASSWORD, &PASSWORD.replace(' ', "")]);
    assert!(of_site.in_bytes(&sent).is_some_and(|form| form.starts_with("base 64")), "so was the password to the site");
    println!("secrets stayed inside");
}

#[test]
fn no_command_and_no_event_has_a_secret_in_it() {
    if std::env::var_os(INSIDE).is_some() {
        return inside();
    }
    let home = tempfile::tempdir().expect("a temporary folder can be made");
    let mut child = Command::new(std::env::current_exe().expect("this program"));
    child.args(["secrets::no_command_and_no_event_has_a_secret_in_it", "--exact", "--nocapture"]);
    child.env(INSIDE, "1").env("HOME", home.path()).env("DBUS_SESSION_BUS_ADDRESS", "disabled:");
    for gone in ["DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
        child.env_remove(gone);
    }
    let ran = child.output().expect("this program runs again");
    let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success() && said.contains("secrets stayed inside"), "{said}");
}
