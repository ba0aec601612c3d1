//! A file's bytes as UTF-8 text with `\n` line ends, a chunk at a time. The row limit is enforced here, because this is
//! the only place a row without an end can be stopped before it fills the memory.

use super::ROW_BYTES_MAX;
use super::encoding::{CHUNK_BYTES, Encoded, fill};
use super::error::{Binary, TableFileError};
use encoding_rs::{Decoder, DecoderResult};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

/// Stands behind the last line end of a text that was asked for with it. No text has it inside: it is refused.
pub(super) const END_MARK: char = '\0';

/// The text of an open file, from its first character.
pub(super) struct TextSource {
    file: File,
    decoder: Decoder,
    raw: Vec<u8>,
    text: Vec<u8>,
    /// Bytes of `text` that were handed out.
    taken: usize,
    has_ended: bool,
    has_end_mark: bool,
    ends_in_return: bool,
    lines_decoded: u64,
    row_line: u64,
    row_bytes: usize,
}

impl TextSource {
    /// Starts at the file's first character, whatever was read of it before.
    pub(super) fn start(mut file: File, encoded: Encoded) -> Result<Self, TableFileError> {
        file.seek(SeekFrom::Start(encoded.mark_bytes as u64))?;
        let decoder = encoded.encoding.new_decoder_without_bom_handling();
        let room = decoder.max_utf8_buffer_length_without_replacement(CHUNK_BYTES).unwrap_or(CHUNK_BYTES * 4);
        Ok(Self {
            file,
            decoder,
            raw: vec![0; CHUNK_BYTES],
            text: Vec::with_capacity(room),
            taken: 0,
            has_ended: false,
            has_end_mark: false,
            ends_in_return: false,
            lines_decoded: 0,
            row_line: 1,
            row_bytes: 0,
        })
    }

    /// Puts [`END_MARK`] behind its end.
    pub(super) fn with_end_mark(self) -> Self {
        Self { has_end_mark: true, ..self }
    }

    /// Decodes everything and keeps nothing: proves that all of it is text in its encoding.
    pub(super) fn prove(mut self) -> Result<(), TableFileError> {
        while !self.has_ended {
            self.refill()?;
        }
        Ok(())
    }

    /// Says that a new row begins at `line`; its limit counts from here.
    pub(super) fn begin_row(&mut self, line: u64) {
        self.row_line = line;
        self.row_bytes = 0;
    }

    /// Decodes the next chunk. Afterwards the text is empty only at the file's end.
    fn refill(&mut self) -> Result<(), TableFileError> {
        self.text.clear();
        self.taken = 0;
        while self.text.is_empty() && !self.has_ended {
            let length = fill(&mut self.file, &mut self.raw)?;
            self.has_ended = length < self.raw.len();
            self.decode(length)?;
            if self.text.contains(&0) {
                return Err(TableFileError::NotText { what: Binary::Unknown });
            }
            self.unify_line_ends();
            self.lines_decoded += self.text.iter().filter(|byte| **byte == b'\n').count() as u64;
            if self.has_ended {
                // Every row ends in a line end, so that a row's line follows from the lines before it.
                self.text.push(b'\n');
                self.text.extend(self.has_end_mark.then_some(END_MARK as u8));
            }
        }
        Ok(())
    }

    fn decode(&mut self, length: usize) -> Result<(), TableFileError> {
        let room = self.text.capacity();
        self.text.resize(room, 0);
        let raw = self.raw.get(..length).unwrap_or_default();
        let (result, _, written) = self.decoder.decode_to_utf8_without_replacement(raw, &mut self.text, self.has_ended);
        self.text.truncate(written);
        match result {
            DecoderResult::InputEmpty => Ok(()),
            // The room is what the decoder asked for, so a full output is as much a broken promise as broken input.
            DecoderResult::Malformed(..) | DecoderResult::OutputFull => {
                let before = self.text.iter().filter(|byte| **byte == b'\n').count() as u64;
                Err(TableFileError::Encoding { line: self.lines_decoded + before + 1 })
            }
        }
    }

    /// `\r\n` and a lone `\r` become `\n`; a pair may be parted between two chunks.
    fn unify_line_ends(&mut self) {
        let mut after_return = self.ends_in_return;
        self.text.retain_mut(|byte| {
            let is_second_half = *byte == b'\n' && after_return;
            after_return = *byte == b'\r';
            if after_return {
                *byte = b'\n';
            }
            !is_second_half
        });
        self.ends_in_return = after_return;
    }
}

impl Read for TextSource {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.taken == self.text.len() {
            self.refill()?;
        }
        // The reader on top may have begun the row up to a chunk later than it was handed out.
        if self.row_bytes > ROW_BYTES_MAX + CHUNK_BYTES {
            return Err(TableFileError::LineTooLong { line: self.row_line }.into());
        }
        let ready = self.text.get(self.taken..).unwrap_or_default();
        let length = ready.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..length), ready.get(..length)) {
            to.copy_from_slice(from);
        }
        self.taken += length;
        self.row_bytes += length;
        Ok(length)
    }
}
