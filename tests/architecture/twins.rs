//! Libraries that come as a crate and as an npm package must agree: the Tauri command line refuses to bundle an app
//! whose halves differ, and a plain build, as every test makes it, does not notice.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::arrows::{self, Package};
use crate::tree;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Manifest {
    dependencies: BTreeMap<String, String>,
    dev_dependencies: BTreeMap<String, String>,
}

#[test]
fn crates_and_their_npm_twins_agree() {
    let file = tree::files().iter().find(|file| file.path == "ui/package.json").expect("the UI has a manifest");
    let manifest: Manifest = serde_json::from_str(&file.text).expect("the manifest is JSON");
    let shell = arrows::workspace().iter().find(|package| package.name == "igny8").expect("the shell is a package");
    let apart = apart(shell, &manifest);
    assert!(apart.is_empty(), "Bring both to one major and minor version:\n  {}\n", apart.join("\n  "));
}

fn apart(shell: &Package, manifest: &Manifest) -> Vec<String> {
    let packages = manifest.dependencies.iter().chain(&manifest.dev_dependencies);
    let twins = packages.filter_map(|(name, version)| {
        let twin = match name.strip_prefix("@tauri-apps/")? {
            "api" | "cli" => "tauri".to_owned(),
            plugin => format!("tauri-{plugin}"),
        };
        let asked =
            shell.dependencies.iter().find(|dependency| dependency.name == twin).map(|dependency| &*dependency.req);
        let agree = asked.is_some_and(|asked| minor(asked.trim_start_matches('=')) == minor(version));
        (!agree).then(|| format!("{name} {version}, {twin} {}", asked.unwrap_or("not used")))
    });
    twins.collect()
}

/// Major and minor of a version.
fn minor(version: &str) -> Option<(&str, &str)> {
    let mut parts = version.split('.');
    parts.next().zip(parts.next())
}

#[test]
fn twins_apart_are_found() {
    let shell = serde_json::json!({
        "name": "igny8", "features": {},
        "dependencies": [{ "name": "tauri", "req": "=2.12.5" }, { "name": "tauri-plugin-dialog", "req": "=2.8.4" }],
    });
    let shell: Package = serde_json::from_value(shell).expect("a package");
    let of = |api: &str, dialog: &str, other: Option<&str>| {
        let names = ["@tauri-apps/api", "@tauri-apps/plugin-dialog"];
        let mut dependencies: BTreeMap<_, _> = names.into_iter().zip([api, dialog]).collect();
        dependencies.extend(other.map(|name| (name, "1.0.0")));
        let dependencies =
            dependencies.into_iter().map(|(name, version)| (name.to_owned(), version.to_owned())).collect();
        apart(&shell, &Manifest { dependencies, dev_dependencies: BTreeMap::new() }).len()
    };
    assert_eq!(of("2.12.1", "2.8.0", Some("react")), 0, "patch versions may differ");
    assert_eq!(of("2.11.5", "2.8.4", None), 1, "an older half");
    assert_eq!(of("2.12.5", "2.8.4", Some("@tauri-apps/plugin-fs")), 1, "a half without its twin");
}
