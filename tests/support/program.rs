//! `igny8ctl` as a program: its own process, an empty home, a data folder that goes when the test is over.

use crate::books::Books;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// How often a running program's state is asked for, and how long between: two minutes in all, for a program that hangs.
const ASKED_MAX: usize = 60_000;
const BETWEEN_QUESTIONS: Duration = Duration::from_millis(2);

/// A home with a data folder in it, and what surrounds a program that is run there.
pub struct Home {
    folder: TempDir,
    environment: Vec<(OsString, OsString)>,
}

/// A program that is running. It is killed when the test lets go of it.
pub struct Running {
    child: Option<Child>,
}

/// The other end of a program's standard input.
pub struct Pipe(ChildStdin);

/// How a program ended and what it printed.
#[derive(Clone, Debug)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Default for Home {
    fn default() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder can be made"), environment: Vec::new() }
    }
}

impl Home {
    /// Another home with the same data folder in it, as it is now.
    pub fn copy(&self) -> Self {
        let copy = Self { environment: self.environment.clone(), ..Self::default() };
        copy_folder(&self.data(), &copy.data()).unwrap_or_else(|error| panic!("{}: {error}", self.data().display()));
        copy
    }

    /// Sets something of the surroundings for every program run from now on.
    pub fn set(&mut self, name: &str, value: impl AsRef<OsStr>) {
        self.environment.push((name.into(), value.as_ref().to_owned()));
    }

    /// A path in the home.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// The database in it.
    pub fn database(&self) -> PathBuf {
        self.data().join("igny8.db")
    }

    /// The books in it.
    pub fn books(&self) -> Books {
        Books::of(&self.database())
    }

    /// Writes a file and returns its path.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        path.to_string_lossy().into_owned()
    }

    /// Runs `igny8ctl` on the data folder.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_under(&[], arguments, "")
    }

    /// The same with something on its standard input, which is where secrets come from.
    pub fn run_with(&self, arguments: &[&str], input: impl AsRef<[u8]>) -> Ran {
        self.run_under(&[], arguments, input)
    }

    /// The same as a child of another program, such as a tracer.
    pub fn run_under(&self, outer: &[&str], arguments: &[&str], input: impl AsRef<[u8]>) -> Ran {
        let program = igny8ctl();
        let mut line: Vec<&OsStr> = outer.iter().map(OsStr::new).collect();
        let data = self.data();
        line.extend([program.as_os_str(), OsStr::new("--data-dir"), data.as_os_str()]);
        line.extend(arguments.iter().map(OsStr::new));
        self.output(&line, input)
    }

    /// Runs `igny8ctl` and expects it to go through; what it printed as JSON.
    pub fn json(&self, arguments: &[&str]) -> serde_json::Value {
        self.run(&[&["--json"], arguments].concat()).json()
    }

    /// Starts `igny8ctl` on the data folder and goes on.
    pub fn start(&self, arguments: &[&str]) -> Running {
        self.start_listening(arguments).0
    }

    /// The same with a standard input that stays open as long as the test has its other end.
    pub fn start_listening(&self, arguments: &[&str]) -> (Running, Pipe) {
        let program = igny8ctl();
        let data = self.data();
        let mut line = vec![program.as_os_str(), OsStr::new("--data-dir"), data.as_os_str()];
        line.extend(arguments.iter().map(OsStr::new));
        let mut child = self.spawn(&line);
        let pipe = Pipe(child.stdin.take().expect("standard input is piped"));
        (Running { child: Some(child) }, pipe)
    }

    /// Runs any program in these surroundings.
    pub fn output(&self, line: &[&OsStr], input: impl AsRef<[u8]>) -> Ran {
        let mut child = self.spawn(line);
        let mut pipe = child.stdin.take().expect("standard input is piped");
        // A program that reads nothing closes its end early, which is no failure.
        let _ = pipe.write_all(input.as_ref());
        drop(pipe);
        Ran::of(child)
    }

    fn spawn(&self, line: &[&OsStr]) -> Child {
        let mut command = Command::new(line[0]);
        command.args(&line[1..]).env_clear().env("HOME", self.folder.path()).env("LANG", "C.UTF-8");
        command.envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap_or_else(|error| panic!("{}: {error}", line[0].display()))
    }

    /// The whole database as statements, as the `sqlite3` program writes it: two equal dumps are two equal databases.
    pub fn dump(&self) -> String {
        // The mark moves with every commit, whatever it held.
        let dump = self.sqlite(".dump").stdout;
        dump.lines().filter(|line| !line.starts_with("INSERT INTO commit_mark ")).collect::<Vec<_>>().join("\n")
    }

    /// Asks the `sqlite3` program.
    pub fn sqlite(&self, query: &str) -> Ran {
        let database = self.database();
        let ran = self.output(&[OsStr::new("sqlite3"), database.as_os_str(), OsStr::new(query)], "");
        assert_eq!(ran.code, 0, "sqlite3: {query}: {}", ran.stderr);
        ran
    }
}

impl Pipe {
    /// Writes something into it.
    pub fn write(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.write_all(bytes.as_ref()).expect("the program listens");
    }

    /// Whether the program has taken all that was written.
    pub fn is_empty(&self) -> bool {
        rustix::io::ioctl_fionread(&self.0).expect("a pipe can be asked") == 0
    }
}

impl Running {
    /// Waits until something is so, or the program has ended. Whether it is so.
    pub fn until(&mut self, is_so: impl Fn() -> bool) -> bool {
        for _ in 0..ASKED_MAX {
            let has_ended = self.child.as_mut().is_none_or(|child| child.try_wait().is_ok_and(|ended| ended.is_some()));
            if is_so() {
                return true;
            }
            if has_ended {
                return false;
            }
            std::thread::sleep(BETWEEN_QUESTIONS);
        }
        panic!("it neither is so nor has the program ended");
    }

    /// Waits until it has said these words on its error output; what it says up to there is not heard again at its end.
    pub fn until_it_says(&mut self, words: &str) {
        let child = self.child.as_mut().expect("it runs until it is let go of");
        let output = child.stderr.as_mut().expect("its error output is piped");
        let (mut said, mut byte) = (Vec::new(), [0]);
        while !String::from_utf8_lossy(&said).contains(words) {
            let read = output.read(&mut byte).expect("its error output can be read");
            assert_eq!(read, 1, "it ended before it said that: {}", String::from_utf8_lossy(&said));
            said.extend(byte);
        }
    }

    /// Ends it as a power cut does, with no word to it, and waits until it is gone. Whether it was still running.
    pub fn kill(mut self) -> bool {
        let mut child = self.child.take().expect("it runs until it is let go of");
        let was_running = child.try_wait().expect("a program can be asked").is_none();
        child.kill().expect("a program of ours can be killed");
        child.wait().expect("a program can be waited for");
        was_running
    }

    /// Sends it a signal, by the name of the signal.
    pub fn signal(&mut self, name: &str) {
        let child = self.child.as_ref().expect("it runs until it is let go of");
        // One that has just ended takes none.
        let _ = Command::new("kill").args(["-s", name, &child.id().to_string()]).stderr(Stdio::null()).status();
    }

    /// Whether it still runs.
    pub fn is_running(&mut self) -> bool {
        let child = self.child.as_mut().expect("it runs until it is let go of");
        child.try_wait().expect("a program can be asked").is_none()
    }

    /// Waits for its end.
    pub fn end(mut self) -> Ran {
        Ran::of(self.child.take().expect("it runs until it is let go of"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Ran {
    fn of(child: Child) -> Self {
        let output = child.wait_with_output().expect("a program can be waited for");
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// What was printed as JSON, by a program that must have gone through.
    pub fn json(&self) -> serde_json::Value {
        assert_eq!(self.code, 0, "{}", self.stderr);
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}", self.stdout))
    }
}

fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let source = entry?.path();
        let target = to.join(source.file_name().unwrap_or_default());
        if source.is_dir() {
            copy_folder(&source, &target)?;
        } else {
            fs::copy(&source, &target)?;
        }
    }
    Ok(())
}

/// The program, which stands beside the folder this test runs from.
fn igny8ctl() -> PathBuf {
    let test = std::env::current_exe().expect("the running test has a path");
    let folder = test.ancestors().nth(2).map(Path::to_path_buf).expect("a test runs from a target folder");
    let program = folder.join("igny8ctl");
    assert!(program.is_file(), "{} is not built: run `make test`", program.display());
    program
}
