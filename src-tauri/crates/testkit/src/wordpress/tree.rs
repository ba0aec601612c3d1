//! The unpacked files of WordPress: made once below the build folder, copied for every site.

use super::output_of;
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The release that sites run where none is named.
pub(super) const VERSION: &str = "6.5";

/// Its SQLite driver, in the same package.
const DRIVER: &str = "sqlite-database-integration/sqlite-database-integration.zip";

/// The folder with the scripts and the installed package.
pub(super) fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/wordpress")
}

/// The installed package.
pub(super) fn package() -> PathBuf {
    let package = scripts().join("node_modules/@wp-playground/wordpress-builds");
    assert!(package.is_dir(), "WordPress is not installed: run `npm install --no-save` in tests/wordpress");
    package
}

/// The archive of a release in the package.
pub(super) fn archive(version: &str) -> PathBuf {
    package().join(format!("src/wordpress/wp-{version}.zip"))
}

/// Copies a site of that release that is unpacked and has a database, but no configuration.
pub(super) fn copy_to(site: &Path, version: &str) {
    let unpacked = unpacked(version);
    copy(&unpacked, site).unwrap_or_else(|error| panic!("copying {}: {error}", unpacked.display()));
}

/// The unpacked tree, made if this build folder has none of the present package and scripts.
fn unpacked(version: &str) -> PathBuf {
    let package = package();
    let build = build_folder();
    let tree = build.join(format!("wordpress-{version}-{:016x}", fingerprint(&package)));
    if tree.is_dir() {
        return tree;
    }
    // Made aside and renamed, so that neither an interrupted run nor one beside this leaves half a tree.
    let aside = tempfile::tempdir_in(&build).unwrap_or_else(|error| panic!("{}: {error}", build.display()));
    let site = aside.path().join("site");
    let driver = package.join("src").join(DRIVER);
    let mut command = Command::new("php");
    output_of(command.arg(scripts().join("prepare.php")).args([&archive(version), &driver, &site]), "");
    match fs::rename(&site, &tree) {
        Err(error) if !tree.is_dir() => panic!("{}: {error}", tree.display()),
        Ok(()) | Err(_) => tree,
    }
}

/// The folder cargo builds into, which it marks, found upwards from the running test.
fn build_folder() -> PathBuf {
    let test = std::env::current_exe().unwrap_or_else(|error| panic!("the running test has no path: {error}"));
    let marked = test.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file());
    marked.map_or_else(std::env::temp_dir, Path::to_path_buf)
}

/// Changes when the package or a script that shapes the tree does.
fn fingerprint(package: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    for file in [package.join("package.json"), scripts().join("prepare.php"), scripts().join("test-site.php")] {
        let bytes = fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        bytes.hash(&mut hasher);
    }
    hasher.finish()
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}
