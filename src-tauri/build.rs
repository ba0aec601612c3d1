//! Tells Tauri where capabilities and permissions stand: below `src-tauri/`, not beside this package's manifest.

#![allow(clippy::expect_used, reason = "a build script's panic is its report")]

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/permissions");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("src-tauri/capabilities/**/*.json")
        .app_manifest(tauri_build::AppManifest::new().permissions_path_pattern("src-tauri/permissions/**/*.toml"));
    tauri_build::try_build(attributes).expect("the Tauri configuration is valid");
}
