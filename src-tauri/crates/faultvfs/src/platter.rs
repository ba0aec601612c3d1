//! One file as a power cut finds it: what is on the platter for certain, and what the machine only holds in memory and
//! may or may not have written down when the power goes.
//!
//! Memory is written down in sectors of 512 bytes and in any order, so each sector that was not synced is as it was, or
//! as any write since then left it. After a sync that failed nobody knows: the machine believes its memory to be written
//! down and does not try again, so that those sectors stay in doubt through every later sync until they are written
//! again. That is what Linux does.

use crate::Dice;
use std::collections::BTreeMap;
use std::ops::Range;

/// What a disk writes whole or not at all.
pub(crate) const SECTOR: usize = 512;

/// A file, on the platter and in memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Platter {
    durable: Vec<u8>,
    live: Vec<u8>,
    /// Sizes the file had in memory since the last sync.
    sizes: Vec<usize>,
    dirty: BTreeMap<usize, Sector>,
}

/// A sector that is not known to be on the platter.
#[derive(Clone, Debug, Default)]
struct Sector {
    /// How each write left it.
    versions: Vec<[u8; SECTOR]>,
    /// A sync of it failed.
    is_in_doubt: bool,
}

impl Platter {
    /// A file whose bytes are on the platter.
    pub(crate) fn of(bytes: Vec<u8>) -> Self {
        Self { live: bytes.clone(), durable: bytes, ..Self::default() }
    }

    /// As whoever reads it sees it while the machine runs.
    pub(crate) fn live(&self) -> &[u8] {
        &self.live
    }

    /// Bytes go to memory.
    pub(crate) fn write(&mut self, offset: usize, bytes: &[u8]) {
        let end = offset + bytes.len();
        if end > self.live.len() {
            self.live.resize(end, 0);
            self.sizes.push(end);
        }
        if let Some(place) = self.live.get_mut(offset..end) {
            place.copy_from_slice(bytes);
        }
        self.touch(offset..end);
    }

    /// The file gets another size in memory.
    pub(crate) fn truncate(&mut self, size: usize) {
        let end = self.live.len().max(self.durable.len());
        self.live.resize(size, 0);
        self.sizes.push(size);
        self.touch(size..end);
    }

    /// Everything goes to the platter, except what an earlier sync failed to bring there.
    pub(crate) fn sync(&mut self) {
        self.durable.resize(self.live.len(), 0);
        for number in self.dirty.keys().copied().collect::<Vec<_>>() {
            if self.dirty.get(&number).is_some_and(|sector| !sector.is_in_doubt) {
                put(&mut self.durable, number, &sector_of(&self.live, number));
                self.dirty.remove(&number);
            }
        }
        self.sizes.clear();
    }

    /// A sync fails.
    pub(crate) fn fail_to_sync(&mut self) {
        for sector in self.dirty.values_mut() {
            sector.is_in_doubt = true;
        }
    }

    /// What is found when the power comes back. `is_torn` lets the disk break off inside a sector.
    pub(crate) fn cut(&self, dice: &mut Dice, is_torn: bool) -> Vec<u8> {
        let mut found = self.durable.clone();
        // One of the sizes it had, the one on the platter included.
        if let Some(size) = self.sizes.get(dice.below(self.sizes.len() + 1)) {
            found.resize(*size, 0);
        }
        let kept_of_8 = dice.below(9);
        let torn = if is_torn { self.dirty.keys().copied().nth(dice.below(self.dirty.len())) } else { None };
        for (number, sector) in &self.dirty {
            if !dice.chance(kept_of_8, 8) {
                continue;
            }
            let newest = sector.versions.len() - 1;
            let version = if dice.chance(3, 4) { newest } else { dice.below(newest + 1) };
            let Some(bytes) = sector.versions.get(version) else { continue };
            if torn == Some(*number) {
                tear(&mut found, *number, bytes, dice);
            } else {
                put(&mut found, *number, bytes);
            }
        }
        found
    }

    /// Notes how the sectors of a range are now in memory.
    fn touch(&mut self, range: Range<usize>) {
        for number in range.start / SECTOR..range.end.div_ceil(SECTOR) {
            let sector = self.dirty.entry(number).or_default();
            sector.versions.push(sector_of(&self.live, number));
            sector.is_in_doubt = false;
        }
    }
}

/// A sector of a file; zeros beyond its end.
fn sector_of(bytes: &[u8], number: usize) -> [u8; SECTOR] {
    let mut sector = [0; SECTOR];
    let rest = bytes.get(number * SECTOR..).unwrap_or_default();
    copy(&mut sector, rest);
    sector
}

/// Puts a sector into a file, as far as the file reaches.
fn put(file: &mut [u8], number: usize, sector: &[u8]) {
    copy(file.get_mut(number * SECTOR..).unwrap_or_default(), sector);
}

/// Copies as much as there is of one and room for in the other.
fn copy(to: &mut [u8], from: &[u8]) {
    let count = to.len().min(from.len());
    if let (Some(to), Some(from)) = (to.get_mut(..count), from.get(..count)) {
        to.copy_from_slice(from);
    }
}

/// Puts the beginning of a sector into a file; where the disk broke off, a byte is neither old nor new. Bytes of the
/// sector that were not written stay as they are: SQLite counts on that ("powersafe overwrite"), and disks keep it.
fn tear(file: &mut [u8], number: usize, sector: &[u8], dice: &mut Dice) {
    let whole = dice.below(SECTOR);
    put(file, number, sector.get(..whole).unwrap_or_default());
    if let (Some(byte), Some(new)) = (file.get_mut(number * SECTOR + whole), sector.get(whole))
        && *byte != *new
    {
        *byte ^= 0xA5;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything a cut can leave of a file, as the first byte of each sector.
    fn outcomes(file: &Platter) -> Vec<Vec<u8>> {
        let mut seen: Vec<Vec<u8>> = (0..2_000)
            .map(|seed| file.cut(&mut Dice::new(seed), false).chunks(SECTOR).map(|sector| sector[0]).collect())
            .collect();
        seen.sort_unstable();
        seen.dedup();
        seen
    }

    fn sector(byte: u8) -> [u8; SECTOR] {
        [byte; SECTOR]
    }

    #[test]
    fn what_was_synced_stays_and_what_was_not_may_go_in_any_order() {
        let mut file = Platter::default();
        file.write(0, &sector(1));
        file.write(SECTOR, &sector(1));
        file.sync();
        assert_eq!(outcomes(&file), [[1, 1]], "synced");
        file.write(0, &sector(2));
        file.write(SECTOR, &sector(2));
        file.write(0, &sector(3));
        let all = [[1, 1], [1, 2], [2, 1], [2, 2], [3, 1], [3, 2]];
        assert_eq!(outcomes(&file), all, "each sector for itself, in any of its versions");
        assert_eq!(file.live()[0], 3, "the running machine sees the newest");
        file.sync();
        assert_eq!(outcomes(&file), [[3, 2]]);
    }

    #[test]
    fn a_file_may_keep_any_size_it_had() {
        let mut file = Platter::of(vec![1; 2 * SECTOR]);
        file.truncate(SECTOR);
        file.write(SECTOR, &sector(2));
        let found = outcomes(&file);
        for expected in [vec![1], vec![1, 1], vec![1, 0], vec![1, 2]] {
            assert!(found.contains(&expected), "{expected:?} in {found:?}");
        }
        file.sync();
        assert_eq!(outcomes(&file), [[1, 2]]);
        file.truncate(0);
        file.sync();
        assert_eq!(outcomes(&file), [[0; 0]]);
    }

    #[test]
    fn what_a_failed_sync_left_stays_in_doubt_until_it_is_written_again() {
        let mut file = Platter::of(vec![1; 2 * SECTOR]);
        file.write(0, &sector(2));
        file.fail_to_sync();
        file.write(SECTOR, &sector(2));
        file.sync();
        assert_eq!(outcomes(&file), [[1, 2], [2, 2]], "a later sync does not bring it back");
        file.write(0, &sector(3));
        file.sync();
        assert_eq!(outcomes(&file), [[3, 2]], "a later write does");
    }

    #[test]
    fn a_torn_sector_is_neither_old_nor_new() {
        let mut file = Platter::of(vec![1; SECTOR]);
        file.write(0, &sector(2));
        let torn = |seed| file.cut(&mut Dice::new(seed), true).iter().any(|byte| ![1, 2].contains(byte));
        assert!((0..50).any(torn), "some cuts break off inside the sector");
    }
}
