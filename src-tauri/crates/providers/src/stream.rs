//! An answer that comes in pieces, put together to the one that would have come whole, so that it is read, classed and
//! charged by the same words. A dialect says what its events add; here are the two ways in which they are sent, server-sent
//! events and lines of JSON, and what to do with a server that was asked for pieces and sends the whole.
//!
//! Of the format of server-sent events only the data is needed: no vendor of text says anything in the other fields that its
//! data does not say as well. The libraries that read it wrap a stream of their own around the body, past the bounds that
//! are kept here for each piece.

use crate::figures::from_json;
use crate::http::Bounds;
use igny8_core::live::Listener;
use reqwest::Response;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use std::time::Duration;
use tokio::time::timeout;

/// The last event of those who speak OpenAI's language, which is no JSON.
const DONE: &[u8] = b"[DONE]";
/// Names of an event's fields, and what stands before a comment: a first line of a stream has one of these.
const FIELDS: [&[u8]; 5] = [b"data:", b"event:", b"id:", b"retry:", b":"];
/// What some servers put before a text of theirs.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// How long the connection's own end is waited for after the answer's. It only makes the connection fit for the next call.
const GRACE: Duration = Duration::from_millis(500);

/// How events are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    /// Server-sent events.
    Events,
    /// A JSON object in each line.
    Lines,
}

impl Framing {
    /// The kinds of body that are read, the pieces first.
    pub(crate) const fn accepted(self) -> &'static str {
        match self {
            Self::Events => "text/event-stream, application/json",
            Self::Lines => "application/x-ndjson, application/json",
        }
    }
}

/// What a dialect makes of its events.
pub(crate) trait Fold: Send {
    /// Adds an event. `None` for one that is none of the dialect's: what it held is missing, whatever else comes.
    fn add(&mut self, event: &Value) -> Option<()>;

    /// What the model has written so far.
    fn text(&self) -> &str;

    /// Whether the answer has said that it is over.
    fn is_over(&self) -> bool {
        false
    }

    /// What it would have been as a whole answer.
    fn whole(&self) -> Value;

    /// The same of an answer of which a part is missing: no more than what it consumed.
    fn remains(&self) -> Value;
}

/// A dialect's stream, and who hears it.
pub(crate) struct Streaming<'a> {
    pub(crate) framing: Framing,
    pub(crate) fold: Box<dyn Fold>,
    pub(crate) listener: &'a Listener,
}

/// How a body turned out to be sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sent {
    /// No line of it has ended yet.
    Undecided,
    InPieces,
    Whole,
}

/// Reads a body piece by piece.
pub(crate) struct Intake<'a> {
    streaming: Streaming<'a>,
    /// What the listener must not hear.
    secret: Option<&'a SecretString>,
    sent: Sent,
    /// All of a body that is whole; of another what no line has ended of.
    rest: Vec<u8>,
    /// How much of `rest` is known to have no end of a line in it.
    searched: usize,
    /// The data of the event at hand.
    data: Vec<u8>,
    is_over: bool,
    is_spoiled: bool,
    /// Bytes of the text that were searched for the key and told.
    heard: usize,
    /// The key stands in the text: what is behind it is not told.
    is_told: bool,
}

/// How much a body that was read had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Length {
    /// It came to its end.
    Whole,
    /// It went on beyond the most that is read.
    Over,
}

/// Reads a success to its end, of which at most `bytes_max` bytes after decompression. `None` when it breaks off.
///
/// Until the first word of the answer its model may think as long as one whose answer comes whole; after it a silence is as
/// long as any.
pub(crate) async fn read(
    mut response: Response,
    bounds: &Bounds,
    bytes_max: usize,
    intake: &mut Intake<'_>,
) -> Option<Length> {
    let mut taken = 0_usize;
    loop {
        let silence = if intake.has_begun() { bounds.idle } else { bounds.first_byte.max(bounds.idle) };
        let silence = if intake.is_over() { silence.min(GRACE) } else { silence };
        let piece = match timeout(silence, response.chunk()).await {
            Ok(Ok(Some(piece))) => piece,
            Ok(Ok(None)) => break,
            // All of the answer has been said.
            _ if intake.is_over() => break,
            _ => return None,
        };
        taken = taken.saturating_add(piece.len());
        if taken > bytes_max {
            return Some(Length::Over);
        }
        intake.take(&piece);
    }
    Some(Length::Whole)
}

impl<'a> Intake<'a> {
    pub(crate) fn new(streaming: Streaming<'a>, secret: Option<&'a SecretString>) -> Self {
        Self {
            streaming,
            secret,
            sent: Sent::Undecided,
            rest: Vec::new(),
            searched: 0,
            data: Vec::new(),
            is_over: false,
            is_spoiled: false,
            heard: 0,
            is_told: false,
        }
    }

    /// Whether the model has begun to write, or the body is in the midst of a line.
    fn has_begun(&self) -> bool {
        !self.streaming.fold.text().is_empty() || !self.rest.is_empty()
    }

    fn is_over(&self) -> bool {
        self.is_over || self.streaming.fold.is_over()
    }

    fn take(&mut self, piece: &[u8]) {
        self.rest.extend_from_slice(piece);
        if self.sent != Sent::Whole {
            self.take_lines();
            self.tell();
        }
    }

    /// Takes the lines that have ended.
    fn take_lines(&mut self) {
        let mut bytes = std::mem::take(&mut self.rest);
        let (mut start, mut from) = (0, self.searched);
        while let Some(end) = bytes.iter().skip(from).position(|byte| *byte == b'\n').map(|place| from + place) {
            let line = bytes.get(start..end).unwrap_or_default();
            if self.sent == Sent::Undecided {
                self.decide(line);
            }
            if self.sent == Sent::Whole {
                break;
            }
            self.take_line(line.strip_suffix(b"\r").unwrap_or(line));
            (start, from) = (end + 1, end + 1);
        }
        bytes.drain(..start);
        self.searched = bytes.len();
        self.rest = bytes;
    }

    /// Finds out by its first line that says anything whether the body comes in pieces.
    fn decide(&mut self, line: &[u8]) {
        let line = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line).trim_ascii();
        let is_event = match self.streaming.framing {
            Framing::Events => FIELDS.iter().any(|field| line.starts_with(field)),
            Framing::Lines => from_json::<Value>(line).is_ok_and(|event| event.is_object()),
        };
        self.sent = match (line.is_empty(), is_event) {
            (true, _) => Sent::Undecided,
            (false, true) => Sent::InPieces,
            (false, false) => Sent::Whole,
        };
    }

    fn take_line(&mut self, line: &[u8]) {
        let line = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line);
        match self.streaming.framing {
            Framing::Lines => self.take_event(line),
            Framing::Events if line.is_empty() => {
                let data = std::mem::take(&mut self.data);
                self.take_event(&data);
            }
            Framing::Events => {
                let Some(data) = line.strip_prefix(b"data:") else { return };
                if !self.data.is_empty() {
                    self.data.push(b'\n');
                }
                self.data.extend_from_slice(data.strip_prefix(b" ").unwrap_or(data));
            }
        }
    }

    fn take_event(&mut self, data: &[u8]) {
        let data = data.trim_ascii();
        if data.is_empty() || self.is_over() {
            return;
        }
        if data == DONE {
            self.is_over = true;
            return;
        }
        let event = from_json::<Value>(data).ok().filter(Value::is_object);
        self.is_spoiled |= event.and_then(|event| self.streaming.fold.add(&event)).is_none();
    }

    /// Lets the listener hear what has come, without the key that a server may repeat. Of what was searched for it before only
    /// the end is searched again, in which it may have begun.
    fn tell(&mut self) {
        let written = self.streaming.fold.text();
        if written.len() == self.heard {
            return;
        }
        let (from, secret) = (self.heard, self.secret.map(SecretString::expose_secret));
        self.heard = written.len();
        let Some(secret) = secret else { return self.streaming.listener.hear(written) };
        if self.is_told {
            return;
        }
        let until = until_key(written, from.saturating_sub(secret.len()), secret);
        self.is_told = until.is_whole;
        self.streaming.listener.hear(written.get(..until.place).unwrap_or_default());
    }

    /// What its model has written, of an answer that comes in pieces.
    pub(crate) fn written(&self) -> &str {
        self.streaming.fold.text()
    }

    /// The answer, as it came whole or would have come.
    pub(crate) fn into_body(mut self) -> Vec<u8> {
        let last = std::mem::take(&mut self.rest);
        if self.sent == Sent::Undecided {
            self.decide(&last);
        }
        if self.sent != Sent::InPieces {
            return last;
        }
        self.take_line(last.strip_suffix(b"\r").unwrap_or(&last));
        let data = std::mem::take(&mut self.data);
        self.take_event(&data);
        self.tell();
        let fold = &self.streaming.fold;
        let whole = if self.is_spoiled { fold.remains() } else { fold.whole() };
        whole.to_string().into_bytes()
    }
}

/// A growing text up to where a key begins in it, or may be about to.
pub(crate) fn without(written: &str, secret: &str) -> String {
    written.get(..until_key(written, 0, secret).place).unwrap_or_default().to_owned()
}

/// Where a key begins in a text.
struct Key {
    /// In bytes; the text's end where there is none.
    place: usize,
    /// All of it is there.
    is_whole: bool,
}

/// Where a key begins in a text, or may be about to; before `from` it does not.
fn until_key(written: &str, from: usize, secret: &str) -> Key {
    let from = (0..=from.min(written.len())).rev().find(|place| written.is_char_boundary(*place)).unwrap_or(0);
    if let Some(at) = written.get(from..).and_then(|rest| rest.find(secret)) {
        return Key { place: from + at, is_whole: true };
    }
    let is_start = |place: &usize| secret.starts_with(written.get(*place..).unwrap_or("\n"));
    let last = written.len().saturating_sub(secret.len()).max(from);
    let begun = (last..written.len()).filter(|place| written.is_char_boundary(*place)).find(is_start);
    Key { place: begun.unwrap_or(written.len()), is_whole: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::sync::{Arc, Mutex};

    /// Joins the texts of its events.
    #[derive(Default)]
    struct Joined(String);

    impl Fold for Joined {
        fn add(&mut self, event: &Value) -> Option<()> {
            self.0.push_str(event.get("t")?.as_str()?);
            Some(())
        }

        fn text(&self) -> &str {
            &self.0
        }

        fn whole(&self) -> Value {
            json!({ "text": self.0 })
        }

        fn remains(&self) -> Value {
            json!({})
        }
    }

    /// What a body is taken for that comes in pieces of `size` bytes, and the last that was heard.
    fn read_in(framing: Framing, body: &[u8], size: usize, secret: Option<&str>) -> (String, String) {
        let heard = Arc::new(Mutex::new(String::new()));
        let last = Arc::clone(&heard);
        let listener = Listener::new(move |written| written.clone_into(&mut last.lock().unwrap()));
        let secret = secret.map(|text| SecretString::from(text.to_owned()));
        let streaming = Streaming { framing, fold: Box::<Joined>::default(), listener: &listener };
        let mut intake = Intake::new(streaming, secret.as_ref());
        for piece in body.chunks(size) {
            intake.take(piece);
        }
        let body = String::from_utf8(intake.into_body()).unwrap();
        let heard = heard.lock().unwrap().clone();
        (body, heard)
    }

    #[test]
    fn events_are_read_however_they_are_cut() {
        let bodies = [
            "data: {\"t\":\"Té\"}\n\ndata: {\"t\":\"e 🍵\"}\n\ndata: [DONE]\n\n",
            "\u{feff}: hello\r\n\r\nevent: x\r\nid: 1\r\ndata:{\"t\":\r\ndata: \"Té\"}\r\n\r\n: still here\r\ndata: {\"t\":\"e 🍵\"}\r\n\r\n",
            "\n\ndata: {\"t\":\"Tée 🍵\"}",
            "data: {\"t\":\"Tée 🍵\"}\n\ndata: [DONE]\n\ndata: {\"t\":\"more\"}\n\n",
        ];
        for body in bodies {
            for size in 1..=body.len() {
                let (whole, heard) = read_in(Framing::Events, body.as_bytes(), size, None);
                assert_eq!((whole.as_str(), heard.as_str()), ("{\"text\":\"Tée 🍵\"}", "Tée 🍵"), "{size}: {body}");
            }
        }
        let lines = "{\"t\":\"Té\"}\r\n\n{\"t\":\"e 🍵\"}";
        for size in 1..=lines.len() {
            assert_eq!(read_in(Framing::Lines, lines.as_bytes(), size, None).0, "{\"text\":\"Tée 🍵\"}");
        }
    }

    #[test]
    fn a_whole_answer_stays_as_it_came() {
        let bodies = ["{\n  \"choices\": []\n}\n", "{\"a\":1}", "<!doctype html>\n<p>", "", "[\n1]"];
        for body in bodies {
            for size in [1, 3, 100] {
                assert_eq!(read_in(Framing::Events, body.as_bytes(), size, None).0, body);
            }
        }
        let pretty = "{\n  \"t\": \"a\"\n}\n";
        assert_eq!(read_in(Framing::Lines, pretty.as_bytes(), 2, None).0, pretty);
    }

    #[test]
    fn an_event_that_is_none_leaves_what_was_consumed_and_nothing_else() {
        for garbage in ["data: {\"t\":\"a\"", "data: nonsense", "data: 5", "data: {\"other\":1}", "data: \"a\""] {
            let body = format!("data: {{\"t\":\"a\"}}\n\n{garbage}\n\ndata: {{\"t\":\"b\"}}\n\n");
            assert_eq!(read_in(Framing::Events, body.as_bytes(), 7, None).0, "{}", "{garbage}");
        }
    }

    #[test]
    fn nobody_hears_the_key_nor_its_beginning() {
        let told = |text: &str| {
            let body = format!("data: {}\n\n", json!({ "t": text }));
            read_in(Framing::Events, body.as_bytes(), 1_000, Some("sk-4142434445")).1
        };
        assert_eq!(told("The key is sk-4142434445, is it?"), "The key is ");
        assert_eq!(told("The key is sk-41"), "The key is ");
        let held_back_at_its_end = [told("The task"), told("The tasks"), told("The tasks are")];
        assert_eq!(held_back_at_its_end, ["The ta", "The task", "The tasks are"]);
        assert_eq!(told("é"), "é");
    }
}
