//! The app in surroundings of its own: an empty home, a screen, a session bus with an unlocked keyring, a driver.

use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use igny8_tests::tracer::{Calls, Tracer};
use tempfile::TempDir;

use crate::Failure;
use crate::display::Display;
use crate::driver::Driver;
use crate::process::{Environment, Process};

/// Says where its session bus is, unlocks a fresh keyring, waits until it owns its name on the bus, then becomes the driver.
const SURROUNDINGS: &str = r#"
echo -n "$DBUS_SESSION_BUS_ADDRESS" > "$HOME/bus"
echo -n test | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null &
for _ in $(seq 300); do
  dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
    string:org.freedesktop.secrets | grep -q true && break
  sleep 0.1
done
exec WebKitWebDriver --port="$1" >&2
"#;

/// One run of the app, from a first start on an empty home, with every attempt to reach somebody written down. Dropping it
/// ends everything it started.
pub struct Session {
    driver: Driver,
    port: u16,
    /// The app under its tracer.
    program: PathBuf,
    tracer: Tracer,
    _surroundings: Process,
    display: Display,
    home: TempDir,
    results: PathBuf,
}

impl Session {
    /// Starts the app with an empty data folder. Pictures and logs go to `e2e/<name>` in the target folder.
    ///
    /// # Errors
    /// When the binary is not built, or the window cannot be driven.
    pub async fn start(name: &str) -> Result<Self, Failure> {
        let binary = binary()?;
        let results = target_folder()?.join("e2e").join(name);
        let broken = |error: std::io::Error| Failure::new(format!("{}: {error}", results.display()));
        fs::create_dir_all(&results).map_err(broken)?;
        let log = File::create(results.join("log.txt")).map_err(broken)?;
        let home = tempfile::Builder::new().prefix("igny8-e2e-").tempdir().map_err(broken)?;

        let display = Display::start(log.try_clone().map_err(broken)?)?;
        make_runtime(home.path()).map_err(broken)?;
        let environment = environment(home.path(), &display);
        let port = free_port().map_err(broken)?;
        let arguments = ["dbus-run-session", "--", "sh", "-c", SURROUNDINGS, "surroundings", &port.to_string()];
        let surroundings = Process::start(&arguments, environment, log)?;
        let tracer = Tracer::at(results.join("calls.log"));
        let program = traced(&binary, &tracer, &home.path().join("igny8")).map_err(broken)?;
        let driver = Driver::open(port, &program.to_string_lossy(), &[]).await;
        let driver =
            driver.map_err(|failure| Failure::new(format!("{failure}; see {}", results.join("log.txt").display())))?;
        Ok(Self { driver, port, program, tracer, _surroundings: surroundings, display, home, results })
    }

    pub fn driver(&self) -> &Driver {
        &self.driver
    }

    /// Whom the app and the webview's processes have called until now.
    pub fn calls(&self) -> Calls {
        self.tracer.calls()
    }

    /// The app's data folder, as a desktop without settings of its own places it.
    pub fn data_folder(&self) -> PathBuf {
        data_home(self.home.path()).join("com.igny8.desktop")
    }

    /// The address of the session bus.
    ///
    /// # Errors
    /// When nobody has said it.
    pub fn bus(&self) -> Result<String, Failure> {
        fs::read_to_string(self.home.path().join("bus")).map_err(|error| Failure::new(format!("the bus: {error}")))
    }

    /// Whether the app's process is there.
    pub fn is_running(&self) -> bool {
        self.app_process().is_ok()
    }

    /// Where the desktop keeps the user's settings.
    pub fn settings_folder(&self) -> PathBuf {
        settings_home(self.home.path())
    }

    /// Starts the app a second time in the same home, with no session bus, and waits for its end.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start_again(&self) -> Result<Output, Failure> {
        let mut program = Command::new(binary()?);
        program.env_clear().envs(environment(self.home.path(), &self.display));
        program.output().map_err(|error| Failure::new(format!("the second start: {error}")))
    }

    /// Kills the app in the middle of whatever it does, as a system does that has run out of memory, and starts it again in
    /// the same home.
    ///
    /// # Errors
    /// When it is not there, does not end, or offers no window the second time.
    pub async fn kill_and_start_again(&mut self) -> Result<(), Failure> {
        let process = self.app_process()?;
        let killed = Command::new("kill").args(["-KILL", &process]).status();
        let killed = killed.map_err(|error| Failure::new(format!("kill: {error}")))?;
        if !killed.success() {
            return Err(Failure::new(format!("the app's process {process} cannot be killed")));
        }
        self.driver.ended().await?;
        self.driver = Driver::open(self.port, &self.program.to_string_lossy(), &[]).await?;
        Ok(())
    }

    /// The number of the app's process that has this session's home; no other of the same program is meant.
    fn app_process(&self) -> Result<String, Failure> {
        let home = format!("HOME={}", self.home.path().display());
        let binary = binary()?.canonicalize().map_err(|error| Failure::new(format!("the app: {error}")))?;
        let entries = fs::read_dir("/proc").map_err(|error| Failure::new(format!("/proc: {error}")))?;
        let is_ours = |folder: &Path| {
            // A process that ends meanwhile, or is another user's, is not the one.
            let environment = fs::read(folder.join("environ")).unwrap_or_default();
            fs::read_link(folder.join("exe")).is_ok_and(|program| program == binary)
                && environment.split(|byte| *byte == 0).any(|variable| variable == home.as_bytes())
        };
        let ours = entries.flatten().map(|entry| entry.path()).find(|folder| is_ours(folder));
        let number = ours.and_then(|folder| Some(folder.file_name()?.to_str()?.to_owned()));
        number.ok_or_else(|| Failure::new("the app has no process"))
    }

    /// Keeps a picture of the screen beside the log, once the page has painted what it holds.
    pub async fn photograph(&self, name: &str) -> Result<(), Failure> {
        self.driver.painted().await?;
        self.display.photograph(&self.picture(name))
    }

    fn picture(&self, name: &str) -> PathBuf {
        self.results.join(format!("{name}.png"))
    }
}

impl Drop for Session {
    /// A failed story leaves a picture of what was on the screen.
    fn drop(&mut self) {
        if std::thread::panicking() {
            let file = self.picture("failed");
            match self.display.photograph(&file) {
                Ok(()) => eprintln!("the screen when the story failed: {}", file.display()),
                Err(failure) => eprintln!("no picture of the failure: {failure}"),
            }
        }
    }
}

/// Plays a story in a fresh app and fails with its reason.
pub async fn story(name: &str, steps: impl AsyncFnOnce(&mut Session) -> Result<(), Failure>) {
    let mut session = Session::start(name).await.unwrap_or_else(|failure| panic!("{failure}"));
    steps(&mut session).await.unwrap_or_else(|failure| panic!("{failure}"));
}

/// The built app.
pub fn binary() -> Result<PathBuf, Failure> {
    let named = std::env::var_os("IGNY8_BIN").map(PathBuf::from);
    let binary = named.map_or_else(|| Ok(target_folder()?.join("debug").join("igny8")), Ok)?;
    match binary.is_file() {
        true => Ok(binary),
        false => Err(Failure::new(format!(
            "{} is not built: run `make test`, or name a binary in IGNY8_BIN",
            binary.display()
        ))),
    }
}

/// A program at `path` that is the app under a tracer: the driver starts a program by its path alone.
fn traced(binary: &Path, tracer: &Tracer, path: &Path) -> std::io::Result<PathBuf> {
    let quoted = |word: &str| format!("'{}'", word.replace('\'', r"'\''"));
    let binary = binary.to_string_lossy();
    let line: Vec<String> = tracer.line().into_iter().chain([&*binary]).map(quoted).collect();
    fs::write(path, format!("#!/bin/sh\nexec {} \"$@\"\n", line.join(" ")))?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o700))?;
    Ok(path.to_owned())
}

/// This test runs from `<target>/debug/deps`.
fn target_folder() -> Result<PathBuf, Failure> {
    let program = std::env::current_exe().map_err(|error| Failure::new(format!("own path: {error}")))?;
    let folder = program.ancestors().nth(3).map(Path::to_path_buf);
    folder.ok_or_else(|| Failure::new(format!("{} is not in a target folder", program.display())))
}

fn settings_home(home: &Path) -> PathBuf {
    home.join("config")
}

fn data_home(home: &Path) -> PathBuf {
    home.join("data")
}

fn runtime(home: &Path) -> PathBuf {
    home.join("runtime")
}

fn make_runtime(home: &Path) -> std::io::Result<()> {
    fs::create_dir(runtime(home))?;
    fs::set_permissions(runtime(home), fs::Permissions::from_mode(0o700))
}

fn environment(home: &Path, display: &Display) -> Environment {
    vec![
        ("HOME", home.into()),
        ("XDG_DATA_HOME", data_home(home).into()),
        ("XDG_CONFIG_HOME", settings_home(home).into()),
        ("XDG_CACHE_HOME", home.join("cache").into()),
        ("XDG_RUNTIME_DIR", runtime(home).into()),
        ("DISPLAY", display.name().into()),
        ("GDK_BACKEND", "x11".into()),
        ("LANG", "C.UTF-8".into()),
        // Both are needed: without them the driver's request for a session never returns.
        ("TAURI_AUTOMATION", "true".into()),
        ("TAURI_WEBVIEW_AUTOMATION", "true".into()),
        // No accessibility bus, no settings service: nothing that would outlive the test.
        ("NO_AT_BRIDGE", "1".into()),
        ("GSETTINGS_BACKEND", "memory".into()),
        ("GIO_USE_VFS", "local".into()),
    ]
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
