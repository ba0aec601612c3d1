//! A session bus with an unlocked keyring on it, for programs that keep secrets. The test's own surroundings, which may
//! have a real one, are never touched.

use crate::program::Home;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

/// Leads a process group that ends when the test does: the far end of its input is only the test's.
const SUPERVISOR: &str = r#"dbus-run-session -- sh -c "$1" & cat >/dev/null; kill -KILL 0"#;

/// Unlocks a fresh keyring, waits until it owns its name, says where the bus is, and stays.
const SESSION: &str = r#"
echo -n test | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
for _ in $(seq 300); do
  dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
    string:org.freedesktop.secrets 2>/dev/null | grep -q true && break
  sleep 0.1
done
echo "$DBUS_SESSION_BUS_ADDRESS"
exec sleep infinity
"#;

/// A running session; it ends with the value.
pub struct Keyring {
    supervisor: Child,
}

impl Keyring {
    /// Starts one with its files in `home`, and gives every program run there its address.
    pub fn start(home: &mut Home) -> Self {
        let runtime = home.path("runtime");
        std::fs::create_dir(&runtime).expect("a folder can be made");
        let mut supervisor = Command::new("sh")
            .args(["-c", SUPERVISOR, "supervisor", SESSION])
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .envs([("HOME", home.path("")), ("XDG_RUNTIME_DIR", runtime)])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("a shell starts");
        let output = supervisor.stdout.take().expect("its output is piped");
        let mut address = String::new();
        BufReader::new(output).read_line(&mut address).expect("its output can be read");
        assert!(address.starts_with("unix:"), "a session bus needs the packages dbus and gnome-keyring: {address:?}");
        home.set("DBUS_SESSION_BUS_ADDRESS", address.trim());
        Self { supervisor }
    }
}

impl Keyring {
    /// Locks it. Nobody is there to unlock it again.
    pub fn lock(&self, home: &Home) {
        let call = "dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets \
                    org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login";
        let ran = home.output(&["sh", "-c", call].map(std::ffi::OsStr::new), "");
        assert_eq!(ran.code, 0, "the keyring can be locked: {ran:?}");
    }
}

impl Drop for Keyring {
    fn drop(&mut self) {
        drop(self.supervisor.stdin.take());
        let _ended = self.supervisor.wait();
    }
}
