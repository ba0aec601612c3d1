//! The webview's walls, read from the configuration that is built in.

use std::path::Path;

fn read(path: &str) -> serde_json::Value {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn the_policy_lets_nothing_in_but_our_own() {
    let config = read("tauri.conf.json");
    let security = &config["app"]["security"];
    let policy = security["csp"].as_str().unwrap();
    for wall in
        ["default-src 'none'", "script-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'none'"]
    {
        assert!(policy.contains(wall), "{wall} is missing");
    }
    for hole in ["unsafe-eval", "https:", "*", "script-src 'self' 'unsafe-inline'"] {
        assert!(!policy.contains(hole), "{hole} is a hole");
    }
    assert_eq!(config["app"]["withGlobalTauri"], false);
    // Frozen by `ui/src/frame/frozenPrototype.ts` instead, which says why; the stories in the real window look at it.
    assert_eq!(security["freezePrototype"], false);
    assert!(security.get("dangerousDisableAssetCspModification").is_none());
    assert_eq!(security["assetProtocol"]["scope"].as_array().unwrap().len(), 0, "the media folder is added at start");
}

#[test]
fn only_the_main_window_may_call_and_only_what_it_needs() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/capabilities");
    let files: Vec<_> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(files, ["main.json"], "one capability, for one window");
    let capability = read("src-tauri/capabilities/main.json");
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
    assert!(capability.get("remote").is_none(), "no page from outside may call");
    for permission in capability["permissions"].as_array().unwrap() {
        let name = permission.as_str().or_else(|| permission["identifier"].as_str()).unwrap();
        for banned in ["fs:", "shell:", "http:", "core:webview", "opener:allow-open-path", "default"] {
            assert!(!name.starts_with(banned) && !name.ends_with(":default"), "{name} is too much");
        }
    }
}

#[test]
fn no_plugin_reaches_files_processes_or_the_network() {
    let manifest = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    for plugin in ["tauri-plugin-fs", "tauri-plugin-shell", "tauri-plugin-http"] {
        assert!(!manifest.contains(plugin), "{plugin} must not be a dependency of ours");
    }
}

#[test]
fn every_command_stops_a_panic() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/src/commands");
    let files: Vec<_> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!files.is_empty());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let commands = text.split("#[tauri::command]").skip(1);
        for command in commands {
            assert!(command.contains("    caught(async {"), "{}: a panic passes {command}", file.display());
        }
    }
}
