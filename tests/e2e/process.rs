//! A program that lives exactly as long as the test wants it, with everything it starts.
//!
//! A small shell stands between: it leads a process group of its own and waits for the end of its input. The test holds
//! the other end, so the whole group goes when the test drops it, and also when the test itself is killed.

use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

use crate::Failure;

/// Runs the arguments, says so when they end, and takes the group down at the end of input.
const SUPERVISOR: &str = r#"("$@"; echo "ended with $?") & cat >/dev/null; kill -KILL 0"#;

/// Set for a supervised program, and nothing else: a test must not depend on the caller's surroundings.
pub type Environment = Vec<(&'static str, OsString)>;

/// A running program and its descendants.
pub struct Process {
    supervisor: Child,
}

impl Process {
    /// Starts a program with exactly the given environment; what it writes to its error output goes to `log`.
    ///
    /// # Errors
    /// When no shell can be started.
    pub fn start(arguments: &[&str], environment: Environment, log: File) -> Result<Self, Failure> {
        let supervisor = Command::new("sh")
            .args(["-c", SUPERVISOR, "supervisor"])
            .args(arguments)
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .envs(environment)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .process_group(0)
            .spawn()
            .map_err(|error| Failure::new(format!("{}: {error}", arguments.join(" "))))?;
        Ok(Self { supervisor })
    }

    /// The first line the program writes, or that it ended.
    ///
    /// # Errors
    /// When its output ends before a line.
    pub fn first_line(&mut self) -> Result<String, Failure> {
        let output = self.supervisor.stdout.take().ok_or_else(|| Failure::new("the first line was read already"))?;
        let mut line = String::new();
        let read = BufReader::new(output).read_line(&mut line);
        read.map_err(|error| Failure::new(format!("reading a program's first line: {error}")))?;
        Ok(line.trim().to_owned())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.supervisor.stdin.take());
        let _ended = self.supervisor.wait();
    }
}
