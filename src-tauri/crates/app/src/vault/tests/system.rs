//! The real Secret Service. Each test starts itself again as a child inside a private session bus with a home of its
//! own, so that no keyring of whoever runs the tests is touched, or no bus at all.

use super::*;
use std::path::Path;
use std::process::{Command, Output};

/// Set in the child, which then does the test's inner half.
const INSIDE: &str = "IGNY8_VAULT_TEST_INSIDE";

/// Starts a daemon with an unlocked keyring of the password `pw`, then the test.
const UNLOCKED: &str = r#"printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$0" "$@""#;

/// Starts a daemon that knows no password, then the test.
const LOCKED: &str = r#"gnome-keyring-daemon --start --components=secrets >/dev/null && exec "$0" "$@""#;

fn is_inside() -> bool {
    std::env::var_os(INSIDE).is_some()
}

/// Runs the test's inner half in a home of its own: behind `daemon` on a bus of its own, or without a bus.
fn run_inside(test: &str, home: &Path, daemon: Option<&str>) -> Output {
    let mut command = match daemon {
        Some(script) => {
            let mut command = Command::new("dbus-run-session");
            command.args(["--", "sh", "-c", script]).arg(std::env::current_exe().unwrap());
            command
        }
        None => Command::new(std::env::current_exe().unwrap()),
    };
    let runtime = home.join("run");
    std::fs::create_dir_all(&runtime).unwrap();
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(&runtime, std::fs::Permissions::from_mode(0o700)).unwrap();
    for gone in ["DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "GNOME_KEYRING_CONTROL"] {
        command.env_remove(gone);
    }
    let path = module_path!().split_once("::").unwrap().1;
    command
        .args([&format!("{path}::{test}"), "--exact", "--nocapture"])
        .env(INSIDE, "1")
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_RUNTIME_DIR", runtime)
        .output()
        .expect("dbus-run-session, of the package dbus, runs")
}

fn assert_passed(output: &Output) {
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

#[test]
fn a_real_keyring_keeps_secrets() {
    if !is_inside() {
        let home = tempfile::tempdir().unwrap();
        assert_passed(&run_inside("a_real_keyring_keeps_secrets", home.path(), Some(UNLOCKED)));
        return;
    }
    block_on(async {
        let vault = KeyringVault::new();
        assert_eq!(vault.state().await, VaultState::Available);
        assert_eq!(read(&vault, "site:1").await, Err(VaultError::NotFound));
        vault.set(&name("site:1"), "pässword \"1\"".into()).await.unwrap();
        let another = KeyringVault::new();
        assert_eq!(read(&another, "site:1").await.as_deref(), Ok("pässword \"1\""), "kept outside of the process");
        vault.set(&name("site:1"), "new".into()).await.unwrap();
        assert_eq!(read(&another, "site:1").await.as_deref(), Ok("new"));
        vault.forget(&name("site:1")).await.unwrap();
        assert_eq!(read(&another, "site:1").await, Err(VaultError::NotFound));
        vault.forget(&name("site:1")).await.unwrap();
        assert_eq!(vault.state().await, VaultState::Available);
    });
}

#[test]
fn a_locked_keyring_keeps_what_it_has_and_gives_nothing() {
    if !is_inside() {
        let home = tempfile::tempdir().unwrap();
        let run =
            |daemon| run_inside("a_locked_keyring_keeps_what_it_has_and_gives_nothing", home.path(), Some(daemon));
        // The first session fills the keyring, the second cannot open it.
        assert_passed(&run(UNLOCKED));
        std::fs::write(home.path().join("filled"), "").unwrap();
        assert_passed(&run(LOCKED));
        return;
    }
    let is_filled = Path::new(&std::env::var_os("HOME").unwrap()).join("filled").exists();
    block_on(async {
        let vault = KeyringVault::new();
        if !is_filled {
            vault.set(&name("site:1"), "one".into()).await.unwrap();
            return;
        }
        assert_eq!(vault.state().await, VaultState::Locked);
        assert_eq!(vault.set(&name("site:2"), "two".into()).await, Err(VaultError::Locked));
        assert_eq!(read(&vault, "site:1").await, Err(VaultError::Locked));
        assert_eq!(vault.state().await, VaultState::Locked);
    });
}

#[test]
fn without_a_bus_there_is_no_keyring() {
    if !is_inside() {
        let home = tempfile::tempdir().unwrap();
        assert_passed(&run_inside("without_a_bus_there_is_no_keyring", home.path(), None));
        return;
    }
    block_on(async {
        let vault = KeyringVault::new();
        assert_eq!(vault.state().await, VaultState::Absent);
        vault.set(&name("site:1"), "one".into()).await.unwrap();
        assert_eq!(read(&vault, "site:1").await.as_deref(), Ok("one"));
        assert_eq!(read(&KeyringVault::new(), "site:1").await, Err(VaultError::Absent), "in this memory only");
        assert_eq!(vault.state().await, VaultState::Absent);
    });
}
