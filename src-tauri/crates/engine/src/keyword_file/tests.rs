//! Whole files, friendly and hostile, read from disk.

mod corpus;
mod hostile;

use super::{KeywordFile, KeywordFileError};
use crate::table_file::TableFileError;
use encoding_rs::Encoding;
use igny8_core::keyword_file::KeywordRow;
use std::path::PathBuf;
use tempfile::TempDir;

/// A file in a folder that vanishes with it.
struct OnDisk {
    path: PathBuf,
    _folder: TempDir,
}

fn named(name: &str, bytes: &[u8]) -> OnDisk {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    OnDisk { path, _folder: folder }
}

fn file(bytes: &[u8]) -> OnDisk {
    named("keywords.csv", bytes)
}

/// Every row of a file, all batches together.
fn read_all(bytes: &[u8]) -> Result<(KeywordFile, Vec<KeywordRow>), KeywordFileError> {
    let on_disk = file(bytes);
    let mut opened = KeywordFile::open(&on_disk.path)?;
    let mut rows = Vec::new();
    for batch in opened.by_ref() {
        rows.extend(batch?);
    }
    Ok((opened, rows))
}

fn refused(bytes: &[u8]) -> KeywordFileError {
    read_all(bytes).map(|(_, rows)| rows).expect_err("the file is refused")
}

/// Why a file is no table at all.
fn refusal(bytes: &[u8]) -> TableFileError {
    match refused(bytes) {
        KeywordFileError::File(error) => error,
        other @ KeywordFileError::NoKeywordColumn { .. } => panic!("{other:?}"),
    }
}

fn texts(rows: &[KeywordRow]) -> Vec<&str> {
    rows.iter().map(|row| row.text.as_str()).collect()
}

fn in_encoding(text: &str, label: &str) -> Vec<u8> {
    let encoding = Encoding::for_label(label.as_bytes()).unwrap();
    encoding.encode(text).0.into_owned()
}

fn wide(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}
