//! Pictures whose size is their mark: the row of a picture keeps both sides, so that the mark is found again however
//! the file was encoded. A PNG of one bit a pixel, stored without compression, needs no library and no time.

/// Widest picture.
const WIDTH_MAX: u64 = 40;

/// Width and height of the picture with this mark.
pub fn sides(mark: u64) -> (u32, u32) {
    let side = |n: u64| u32::try_from(n).unwrap_or(1);
    (side(1 + mark % WIDTH_MAX), side(1 + mark / WIDTH_MAX))
}

/// The picture with this mark.
pub(super) fn png(mark: u64) -> Vec<u8> {
    let (width, height) = sides(mark);
    let mut header = Vec::new();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    // One bit of grey, the one compression, the one filter, not interlaced.
    header.extend([1, 0, 0, 0, 0]);
    // Each row: no filter, then its bits.
    let row = 1 + width.div_ceil(8) as usize;
    let rows = vec![0_u8; row * height as usize];
    let length = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let mut data = vec![0x78, 0x01, 0x01];
    data.extend(length.to_le_bytes());
    data.extend((!length).to_le_bytes());
    data.extend(&rows);
    data.extend(adler32(&rows).to_be_bytes());
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, body) in [(b"IHDR", header.as_slice()), (b"IDAT", &data), (b"IEND", &[])] {
        file.extend(u32::try_from(body.len()).unwrap_or(0).to_be_bytes());
        let start = file.len();
        file.extend(name);
        file.extend(body);
        let sum = crc32(&file[start..]);
        file.extend(sum.to_be_bytes());
    }
    file
}

fn adler32(bytes: &[u8]) -> u32 {
    let (a, b) = bytes.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    (b << 16) | a
}

fn crc32(bytes: &[u8]) -> u32 {
    let sum = bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg()))
    });
    !sum
}
