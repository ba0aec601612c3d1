//! A file inside an answer, in base 64. Everybody means the same by it and few write it alike: in lines, behind the head of an
//! address of data, without its last signs, or in the letters that addresses allow.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// What an address of data begins with.
const SCHEME: &str = "data:";
/// The signs at the end may be there or not.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Whether a text is the file itself, where an address of it is looked for.
pub(crate) fn is_data(text: &str) -> bool {
    let start = text.trim_start().get(..SCHEME.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(SCHEME))
}

/// The file; `None` when the text is none, or holds nothing.
pub(crate) fn file(text: &str) -> Option<Vec<u8>> {
    let text = if is_data(text) { text.split_once(',')?.1 } else { text };
    let letters = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).map(|byte| match byte {
        b'-' => b'+',
        b'_' => b'/',
        byte => byte,
    });
    LENIENT.decode(letters.collect::<Vec<u8>>()).ok().filter(|file| !file.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_however_it_is_written() {
        let bytes = [0xFB, 0xFF, 0xBF, 1];
        for text in [
            "+/+/AQ==",
            "-_-_AQ",
            "+/+/\r\nAQ==\n",
            " +/+/ AQ= =",
            "data:image/png;base64,+/+/AQ==",
            "DATA:image/png;base64,\n+/+/AQ==",
        ] {
            assert_eq!(file(text).as_deref(), Some(&bytes[..]), "{text}");
        }
        for none in ["", " ", "@@", "data:image/png;base64", "data:,", "é", "A"] {
            assert_eq!(file(none), None, "{none}");
        }
    }
}
