//! Whom a program calls, as the system was asked for it: every attempt of the program and of all it starts is written down
//! by `strace`, whichever library makes it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What reaches for somebody: connecting, and sending to an address without it.
const CALLS: &str = "trace=connect,sendto,sendmsg,sendmmsg";

/// How the system names an address of a network, of version 4 or 6: its family, its port, and first in quotes its number.
const FAMILY: &str = "sa_family=AF_INET";
const PORT: &str = "port=htons(";

/// A tracer and where it writes.
pub struct Tracer {
    log: PathBuf,
}

/// What was written down until now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// Attempts to connect, to anything: sockets in the file system as well.
    pub connects: usize,
    /// Addresses of a network that were reached for, those of this machine included: number and port.
    pub outward: BTreeSet<String>,
}

impl Tracer {
    /// One that writes to this file.
    pub fn at(log: PathBuf) -> Self {
        Self { log }
    }

    /// What comes before a program's own line, so that it and all it starts are traced.
    pub fn line(&self) -> Vec<&str> {
        let log = self.log.to_str().expect("a test's path is text");
        vec!["strace", "-f", "-qq", "--seccomp-bpf", "-e", CALLS, "-o", log]
    }

    /// What was written down until now. The tracer writes each call as it is made.
    pub fn calls(&self) -> Calls {
        Calls::read(&self.log)
    }
}

impl Calls {
    fn read(log: &Path) -> Self {
        let text = fs::read_to_string(log).unwrap_or_else(|error| panic!("{}: {error}", log.display()));
        Self {
            connects: text.lines().filter(|call| call.contains("connect(")).count(),
            outward: text.lines().filter(|call| call.contains(FAMILY)).map(address).collect(),
        }
    }

    /// What of it goes beyond this machine.
    pub fn beyond(&self) -> Vec<&str> {
        let is_here = |address: &&str| address.starts_with("127.") || address.starts_with("[::1]:");
        self.outward.iter().map(String::as_str).filter(|address| !is_here(address)).collect()
    }
}

/// The address in a call; all of the call where it has none that can be read.
fn address(call: &str) -> String {
    let read = || {
        let (_, told) = call.split_once(FAMILY)?;
        let port = told.split_once(PORT)?.1.split(')').next()?;
        let number = told.split('"').nth(1)?;
        Some(if number.contains(':') { format!("[{number}]:{port}") } else { format!("{number}:{port}") })
    };
    read().unwrap_or_else(|| call.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_those_beyond_this_machine_are_told_apart() {
        let calls = [
            r#"7 connect(4, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}, 16) = 0"#,
            r#"7 connect(4, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = 0"#,
            r#"7 sendto(5, "a"..., 1, 0, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.1")}, 16) = 1"#,
            r#"7 connect(4, {sa_family=AF_UNIX, sun_path="/tmp/x"}, 110) = 0"#,
            "7 connect(4, {sa_family=AF_INET, ???",
        ];
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        fs::write(&log, calls.join("\n")).unwrap();
        let found = Tracer::at(log).calls();
        assert_eq!((found.connects, found.outward.len()), (4, 4), "{found:?}");
        assert_eq!(found.beyond(), ["192.0.2.1:53", calls[4], "[2001:db8::1]:443"]);
    }
}
