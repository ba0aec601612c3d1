//! A session bus with a keyring on it, for programs that keep secrets: a real one, or one of no use. The test's own surroundings, which may
//! have a real one, are never touched.

use crate::program::Home;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

/// Leads a process group that ends when the test does: the far end of its input is only the test's.
const SUPERVISOR: &str = r#"dbus-run-session -- sh -c "$1" & cat >/dev/null; kill -KILL 0"#;

/// Unlocks a fresh keyring, waits until it owns its name, says where the bus is, and stays.
const UNLOCKED: &str = r#"
echo -n test | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
for _ in $(seq 300); do
  dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
    string:org.freedesktop.secrets 2>/dev/null | grep -q true && break
  sleep 0.1
done
echo "$DBUS_SESSION_BUS_ADDRESS"
exec sleep infinity
"#;

/// Says where the bus is, and stays.
const BARE: &str = r#"
echo "$DBUS_SESSION_BUS_ADDRESS"
exec sleep infinity
"#;

/// A session bus and what was started on it; it ends with the value.
struct Bus {
    supervisor: Child,
    address: String,
}

impl Bus {
    /// Starts one with its files in `home`, and gives every program run there its address.
    fn start(home: &mut Home, session: &str) -> Self {
        let runtime = home.path("runtime");
        std::fs::create_dir_all(&runtime).expect("a folder can be made");
        let mut supervisor = Command::new("sh")
            .args(["-c", SUPERVISOR, "supervisor", session])
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
        let address = address.trim().to_owned();
        home.set("DBUS_SESSION_BUS_ADDRESS", &address);
        Self { supervisor, address }
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        drop(self.supervisor.stdin.take());
        let _ended = self.supervisor.wait();
    }
}

/// A real keyring, unlocked; it ends with the value.
pub struct Keyring {
    _bus: Bus,
}

impl Keyring {
    /// Starts one with its files in `home`, and gives every program run there its address.
    pub fn start(home: &mut Home) -> Self {
        Self { _bus: Bus::start(home, UNLOCKED) }
    }
}

/// How a keyring behaves that is there and of no use.
#[derive(Clone, Copy, Debug)]
pub enum Manner {
    /// It lets nobody in.
    Refuses,
    /// It answers everything with an error of its own.
    Fails,
    /// It reads, and says nothing.
    NeverAnswers,
}

/// A program that has the keyring's name on the bus and is of no use; it ends with the value.
pub struct UselessKeyring {
    _bus: Bus,
}

impl UselessKeyring {
    /// Starts one, and gives every program run in `home` its address.
    pub fn start(home: &mut Home, manner: Manner) -> Self {
        let bus = Bus::start(home, BARE);
        let connection = zbus::blocking::connection::Builder::address(bus.address.as_str())
            .and_then(|builder| builder.name("org.freedesktop.secrets"))
            .and_then(zbus::blocking::connection::Builder::build)
            .expect("a name on a bus of ours");
        let mut calls = zbus::blocking::MessageIterator::from(&connection);
        std::thread::spawn(move || {
            // Until the bus is gone.
            while let Some(Ok(message)) = calls.next() {
                let error = match manner {
                    Manner::Refuses => "org.freedesktop.DBus.Error.AccessDenied",
                    Manner::Fails => "org.freedesktop.DBus.Error.Failed",
                    Manner::NeverAnswers => continue,
                };
                if message.message_type() == zbus::message::Type::MethodCall {
                    // Whoever asked may have left.
                    let _ = connection.reply_error(&message.header(), error, &"No.");
                }
            }
        });
        Self { _bus: bus }
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
