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

/// A key of a vendor as two folders have it, each with an end of its own.
fn key(of: &str) -> String {
    format!("sk-canary-7f3a9c41-{of}")
}

async fn connected(app: &crate::Igny8, key: Option<String>) {
    let draft = crate::dto::models::ProviderDraft {
        name: "mine".to_owned(),
        url: "https://vendor.example/v1".to_owned(),
        keeps_key: key.is_none(),
        key,
        ..crate::dto::models::ProviderDraft::default()
    };
    crate::commands::models::provider_connect(app, draft).await.unwrap();
}

async fn opened(folder: &Path) -> crate::Igny8 {
    let data_dir = Some(folder.to_owned());
    crate::Igny8::open(crate::OpenOptions { data_dir }).await.unwrap()
}

/// The key that a folder asks its vendor with.
async fn key_of(folder: &Path) -> Result<String, VaultError> {
    let app = opened(folder).await;
    let found = app.vault.get(&crate::vendors::vendor_secret("mine")).await;
    found.map(|secret| secret.expose_secret().to_owned())
}

#[test]
fn two_folders_keep_their_secrets_apart_and_take_over_their_own_of_before() {
    if !is_inside() {
        let home = tempfile::tempdir().unwrap();
        let test = "two_folders_keep_their_secrets_apart_and_take_over_their_own_of_before";
        assert_passed(&run_inside(test, home.path(), Some(UNLOCKED)));
        return;
    }
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
        let dir = tempfile::tempdir().unwrap();
        let [one, other] = ["one", "other"].map(|name| dir.path().join(name));
        connected(&opened(&one).await, Some(key("0001"))).await;
        connected(&opened(&other).await, Some(key("0002"))).await;
        assert_eq!((key_of(&one).await, key_of(&other).await), (Ok(key("0001")), Ok(key("0002"))));

        // As they were before there were marks: the key of the one under the plain name, and that of the other overwritten.
        let (keyring, plain) = (KeyringVault::new(), crate::vendors::vendor_secret("mine"));
        for folder in [&one, &other] {
            opened(folder).await.vault.forget(&plain).await.unwrap();
            std::fs::remove_file(folder.join("folder.id")).unwrap();
        }
        keyring.set(&plain, key("0001").into()).await.unwrap();
        assert_eq!(key_of(&other).await, Err(VaultError::NotFound), "it is not given the key of another");
        assert_eq!(key_of(&one).await, Ok(key("0001")), "whose own it is still there for");
        assert_eq!(keyring.get(&plain).await.map(drop), Err(VaultError::NotFound), "and stands there no more");
        connected(&opened(&other).await, Some(key("0003"))).await;
        assert_eq!((key_of(&one).await, key_of(&other).await), (Ok(key("0001")), Ok(key("0003"))));
    });
}
