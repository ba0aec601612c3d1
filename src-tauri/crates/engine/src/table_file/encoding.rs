//! Which encoding a file is in. Nothing declares it and the file's ending lies, so the bytes are asked: a byte-order
//! mark, then the places of zero bytes, then whether all of it is UTF-8, and last a guess among the old code pages.
//! The whole file is looked at once, which also finds zero bytes and endless lines before anything is read as rows.

use super::ROW_BYTES_MAX;
use super::error::{Binary, TableFileError};
use super::magic::known_binary;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{ErrorKind, Read};

/// Bytes read at a time.
pub(super) const CHUNK_BYTES: usize = 64 * 1024;

/// Bytes of lines with foreign letters from which an old code page is guessed; more do not make it surer.
const GUESS_BYTES_MAX: usize = 1024 * 1024;

/// Fewer foreign bytes than this in mostly ASCII text say nothing about their code page; then it is the most common one.
const GUESS_LETTERS_MIN: u64 = 6;

/// One stray control character in so many bytes is a slip of an export; more is no text.
const BYTES_PER_CONTROL_MIN: u64 = 1_000;

/// One character in so many is ASCII in any UTF-16 table: delimiters, line ends, digits. Text of single bytes with a
/// stray zero, read in pairs, has almost none.
const WIDE_CHARS_PER_ASCII_MAX: usize = 8;

/// How to read a file's bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Encoded {
    /// The encoding.
    pub(super) encoding: &'static Encoding,
    /// Bytes of the byte-order mark, which is no text.
    pub(super) mark_bytes: usize,
    /// Whether every byte is known to be text in it.
    pub(super) is_proved: bool,
}

/// Looks at all of `input` and says how to read it.
pub(super) fn examine(input: &mut impl Read) -> Result<Encoded, TableFileError> {
    let mut chunk = vec![0; CHUNK_BYTES];
    let first = fill(input, &mut chunk)?;
    let head = chunk.get(..first).unwrap_or_default();
    if head.is_empty() {
        return Err(TableFileError::Empty);
    }
    if let Some(error) = known_binary(head) {
        return Err(error);
    }
    let declared = declared_or_wide(head)?;
    let mut scan = Scan { is_wide: declared.is_some_and(|found| found.encoding != UTF_8), ..Scan::new() };
    let mut length = first;
    while length > 0 {
        scan.take(chunk.get(..length).unwrap_or_default())?;
        length = fill(input, &mut chunk)?;
    }
    match declared {
        Some(found) => Ok(found),
        None => scan.conclude(),
    }
}

/// Reads until the buffer is full or the input ends.
pub(super) fn fill(input: &mut impl Read, buffer: &mut [u8]) -> Result<usize, TableFileError> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match input.read(rest) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(filled)
}

/// The encoding a byte-order mark declares, or UTF-16 that shows itself by its zero bytes.
fn declared_or_wide(head: &[u8]) -> Result<Option<Encoded>, TableFileError> {
    if let Some((encoding, mark_bytes)) = Encoding::for_bom(head) {
        return Ok(Some(Encoded { encoding, mark_bytes, is_proved: false }));
    }
    if !head.contains(&0) {
        return Ok(None);
    }
    let (little, big) = (wide_ascii(head, UTF_16LE), wide_ascii(head, UTF_16BE));
    match little.max(big) {
        None => Err(TableFileError::NotText { what: Binary::Unknown }),
        Some(_) if little >= big => Ok(Some(Encoded { encoding: UTF_16LE, mark_bytes: 0, is_proved: false })),
        Some(_) => Ok(Some(Encoded { encoding: UTF_16BE, mark_bytes: 0, is_proved: false })),
    }
}

/// How many ASCII characters `head` has when read as this kind of UTF-16; `None` when it is not that: characters that
/// no text has, or too few that every table has.
fn wide_ascii(head: &[u8], encoding: &'static Encoding) -> Option<usize> {
    // The last unit may be the first half of a pair.
    let whole = head.get(..head.len() - head.len() % 2)?;
    let (text, _) = encoding.decode_without_bom_handling(whole);
    let last = text.char_indices().next_back().map_or(0, |(at, _)| at);
    let is_foreign = |c: char| c == '\u{fffd}' || (c.is_control() && !matches!(c, '\t' | '\n' | '\r'));
    if text.char_indices().any(|(at, c)| is_foreign(c) && at != last) {
        return None;
    }
    let ascii = text.chars().filter(char::is_ascii).count();
    (ascii * WIDE_CHARS_PER_ASCII_MAX >= text.chars().count()).then_some(ascii)
}

/// What was seen of a file so far.
struct Scan {
    is_wide: bool,
    line: u64,
    line_bytes: usize,
    after_return: bool,
    bytes: u64,
    controls: u64,
    foreign: u64,
    is_utf8: bool,
    /// The beginning of a character whose end is in the next chunk.
    split: Vec<u8>,
    detector: EncodingDetector,
    guessed_bytes: usize,
}

impl Scan {
    fn new() -> Self {
        Self {
            is_wide: false,
            line: 1,
            line_bytes: 0,
            after_return: false,
            bytes: 0,
            controls: 0,
            foreign: 0,
            is_utf8: true,
            split: Vec::new(),
            detector: EncodingDetector::new(Iso2022JpDetection::Deny),
            guessed_bytes: 0,
        }
    }

    fn take(&mut self, chunk: &[u8]) -> Result<(), TableFileError> {
        self.bytes += chunk.len() as u64;
        self.measure_lines(chunk)?;
        if self.is_wide {
            return Ok(());
        }
        if chunk.contains(&0) {
            return Err(TableFileError::NotText { what: Binary::Unknown });
        }
        self.controls += chunk.iter().filter(|byte| matches!(byte, 0x01..=0x08 | 0x0e..=0x1f | 0x7f)).count() as u64;
        self.foreign += chunk.iter().filter(|byte| !byte.is_ascii()).count() as u64;
        if self.is_utf8 {
            self.check_utf8(chunk);
        }
        if self.guessed_bytes < GUESS_BYTES_MAX && !chunk.is_ascii() {
            self.guessed_bytes += chunk.len();
            self.detector.feed(chunk, false);
        }
        Ok(())
    }

    /// In UTF-16 a line feed byte may be half of another character; taking it for a line end only makes the limit
    /// milder, and the text itself is measured again when it is read.
    fn measure_lines(&mut self, chunk: &[u8]) -> Result<(), TableFileError> {
        for byte in chunk {
            let is_return = *byte == b'\r' && !self.is_wide;
            let is_second_half = *byte == b'\n' && self.after_return;
            self.after_return = is_return;
            if is_return || *byte == b'\n' {
                self.line_bytes = 0;
                self.line += u64::from(!is_second_half);
                continue;
            }
            self.line_bytes += 1;
            if self.line_bytes > ROW_BYTES_MAX {
                return Err(TableFileError::LineTooLong { line: self.line });
            }
        }
        Ok(())
    }

    fn check_utf8(&mut self, chunk: &[u8]) {
        self.split.extend_from_slice(chunk);
        match std::str::from_utf8(&self.split) {
            Ok(_) => self.split.clear(),
            Err(error) if error.error_len().is_none() => {
                self.split.drain(..error.valid_up_to());
            }
            Err(_) => {
                self.is_utf8 = false;
                self.split = Vec::new();
            }
        }
    }

    fn conclude(mut self) -> Result<Encoded, TableFileError> {
        if self.controls > 0 && self.bytes / self.controls < BYTES_PER_CONTROL_MIN {
            return Err(TableFileError::NotText { what: Binary::Unknown });
        }
        if self.is_utf8 && self.split.is_empty() {
            return Ok(Encoded { encoding: UTF_8, mark_bytes: 0, is_proved: true });
        }
        self.detector.feed(&[], true);
        let is_unclear = self.foreign < GUESS_LETTERS_MIN && self.foreign * 4 < self.bytes;
        let encoding = if is_unclear { WINDOWS_1252 } else { self.detector.guess(None, Utf8Detection::Deny) };
        Ok(Encoded { encoding, mark_bytes: 0, is_proved: false })
    }
}
