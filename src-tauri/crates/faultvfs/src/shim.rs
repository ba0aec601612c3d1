//! SQLite's file system interface, standing before the one SQLite brings along. It is made the default of the process
//! with the first folder that is watched; files of other folders are passed through untouched.
//!
//! What makes the unsafe code sound: SQLite calls a file's methods only between a successful open and its close, with
//! the memory of `szOsFile` bytes it opened it in; that memory begins with [`ShimFile`] and goes on with the file of the
//! interface behind, at [`REAL`]. The tables live as long as the process. Nothing here panics, and nothing calls back
//! into SQLite but through the interface behind.

use crate::disk::{Call, FileKind, Seat, Trouble, Watched};
use rusqlite::ffi;
use std::ffi::{CStr, OsStr, c_char, c_int, c_void};
use std::path::Path;
use std::ptr;
use std::sync::{Arc, Mutex, Once, PoisonError};

/// The folders under watch.
static WATCHED: Mutex<Vec<Arc<Watched>>> = Mutex::new(Vec::new());
static INSTALLED: Once = Once::new();

/// What SQLite has of an open file, with the real file's memory behind it.
#[repr(C)]
struct ShimFile {
    base: ffi::sqlite3_file,
    /// From a box; null for files nobody watches.
    seat: *mut Seat,
}

/// Where the real file begins. The size of two pointers, and so aligned for anything SQLite puts there.
const REAL: usize = size_of::<ShimFile>();

/// Watches a folder from now on.
pub(crate) fn watch(watched: &Arc<Watched>) {
    INSTALLED.call_once(install);
    folders(|all| all.push(Arc::clone(watched)));
}

/// Watches it no longer. Files that are open stay watched until they are closed.
pub(crate) fn unwatch(watched: &Arc<Watched>) {
    folders(|all| all.retain(|one| !Arc::ptr_eq(one, watched)));
}

fn folders<T>(look: impl FnOnce(&mut Vec<Arc<Watched>>) -> T) -> T {
    look(&mut WATCHED.lock().unwrap_or_else(PoisonError::into_inner))
}

/// SQLite's code for a trouble.
pub(crate) const fn code(trouble: Trouble, call: Call) -> c_int {
    match (trouble, call) {
        (Trouble::Full, _) => ffi::SQLITE_FULL,
        (Trouble::InputOutput, Call::Write) => ffi::SQLITE_IOERR_WRITE,
        (Trouble::InputOutput, Call::Truncate) => ffi::SQLITE_IOERR_TRUNCATE,
        (Trouble::InputOutput, Call::Sync) => ffi::SQLITE_IOERR_FSYNC,
        (Trouble::InputOutput, Call::Delete) => ffi::SQLITE_IOERR_DELETE,
    }
}

/// Registers the shim as the default, over what was the default before.
fn install() {
    // SAFETY: no argument and no memory of ours; the table it returns lives as long as the process.
    let real = unsafe { ffi::sqlite3_vfs_find(ptr::null()) };
    if real.is_null() {
        return;
    }
    // SAFETY: not null, and never changed after its registration but for `pNext`, which is not read here.
    let behind = unsafe { ptr::read(real) };
    let room = c_int::try_from(REAL).unwrap_or(0);
    let shim = ffi::sqlite3_vfs {
        szOsFile: behind.szOsFile + room,
        pNext: ptr::null_mut(),
        zName: c"faults".as_ptr(),
        pAppData: real.cast(),
        xOpen: Some(open),
        xDelete: Some(delete),
        xAccess: Some(access),
        xFullPathname: Some(full_pathname),
        xRandomness: Some(randomness),
        xSleep: Some(sleep),
        xCurrentTime: Some(current_time),
        xCurrentTimeInt64: Some(current_time_ms),
        xGetLastError: Some(last_error),
        // Extensions are not loaded here, and system calls are not for us to replace.
        iVersion: 2,
        xDlOpen: None,
        xDlError: None,
        xDlSym: None,
        xDlClose: None,
        xSetSystemCall: None,
        xGetSystemCall: None,
        xNextSystemCall: None,
        ..behind
    };
    // SAFETY: the table is leaked and so lives as long as the process; all its functions are.
    unsafe { ffi::sqlite3_vfs_register(Box::leak(Box::new(shim)), 1) };
}

/// The interface behind the shim.
unsafe fn behind(shim: *mut ffi::sqlite3_vfs) -> *mut ffi::sqlite3_vfs {
    // SAFETY: SQLite hands back the table of `install`, whose application data is the interface behind.
    unsafe { (*shim).pAppData.cast() }
}

/// The real file behind a file of the shim.
unsafe fn real(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    // SAFETY: SQLite made room for it, see the module.
    unsafe { file.byte_add(REAL) }
}

/// What is watched of a file.
unsafe fn seat<'f>(file: *mut ffi::sqlite3_file) -> Option<&'f Seat> {
    // SAFETY: the file is open, so its memory begins with a `ShimFile` whose seat is null or lives until it is closed.
    unsafe { (*file.cast::<ShimFile>()).seat.as_ref() }
}

/// A path as SQLite gives it.
unsafe fn path<'p>(name: *const c_char) -> Option<&'p Path> {
    if name.is_null() {
        return None;
    }
    // SAFETY: a string that ends with a zero and outlives the call.
    let bytes = unsafe { CStr::from_ptr(name) }.to_bytes();
    std::str::from_utf8(bytes).ok().map(|text| Path::new(OsStr::new(text)))
}

/// The folder a path is in, if it is watched, and the file's name there.
fn find(path: &Path) -> Option<(Arc<Watched>, Arc<str>)> {
    folders(|all| all.iter().find_map(|watched| Some((Arc::clone(watched), watched.name_of(path)?))))
}

/// A call's code as a result.
const fn checked(code: c_int) -> Result<(), c_int> {
    if code == ffi::SQLITE_OK { Ok(()) } else { Err(code) }
}

fn answer(done: Result<(), c_int>) -> c_int {
    done.err().unwrap_or(ffi::SQLITE_OK)
}

fn kind_of(flags: c_int) -> FileKind {
    if flags & ffi::SQLITE_OPEN_MAIN_DB != 0 {
        FileKind::Database
    } else if flags & ffi::SQLITE_OPEN_WAL != 0 {
        FileKind::Wal
    } else if flags & ffi::SQLITE_OPEN_MAIN_JOURNAL != 0 {
        FileKind::Journal
    } else {
        FileKind::Other
    }
}

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    // SAFETY: SQLite hands over memory of `szOsFile` bytes and a name that outlives the file; see the module.
    unsafe {
        let found = path(name).and_then(|path| Some((path.exists(), find(path)?)));
        let shim = file.cast::<ShimFile>();
        (*shim).base.pMethods = ptr::null();
        (*shim).seat = ptr::null_mut();
        let real = real(file);
        (*real).pMethods = ptr::null();
        let vfs = behind(vfs);
        let Some(open) = (*vfs).xOpen else { return ffi::SQLITE_CANTOPEN };
        let code = open(vfs, name, real, flags, out_flags);
        if code != ffi::SQLITE_OK {
            if let Some(close) = (*real).pMethods.as_ref().and_then(|methods| methods.xClose) {
                close(real);
            }
            return code;
        }
        if let Some((was_there, (watched, name))) = found {
            if !was_there {
                watched.created(&name);
            }
            (*shim).seat = Box::into_raw(Box::new(Seat { watched, name, kind: kind_of(flags) }));
        }
        (*shim).base.pMethods = &raw const METHODS;
        ffi::SQLITE_OK
    }
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: the file is open, and SQLite does not touch it again; its seat came from a box.
    unsafe {
        let shim = file.cast::<ShimFile>();
        if !(*shim).seat.is_null() {
            drop(Box::from_raw((*shim).seat));
            (*shim).seat = ptr::null_mut();
        }
        let real = real(file);
        match (*(*real).pMethods).xClose {
            Some(close) => close(real),
            None => ffi::SQLITE_OK,
        }
    }
}

unsafe extern "C" fn delete(vfs: *mut ffi::sqlite3_vfs, name: *const c_char, sync_folder: c_int) -> c_int {
    // SAFETY: the name ends with a zero and outlives the call; the interface behind is SQLite's own.
    let go = || unsafe {
        let vfs = behind(vfs);
        (*vfs).xDelete.map_or(Err(ffi::SQLITE_IOERR_DELETE), |delete| checked(delete(vfs, name, sync_folder)))
    };
    // SAFETY: as above.
    let Some((watched, name)) = (unsafe { path(name) }).and_then(find) else { return answer(go()) };
    let kind = match name.rsplit('-').next() {
        Some("wal") => FileKind::Wal,
        Some("journal") => FileKind::Journal,
        Some(_) | None => FileKind::Other,
    };
    answer(watched.delete(&name, kind, sync_folder != 0, go))
}

unsafe extern "C" fn write(file: *mut ffi::sqlite3_file, bytes: *const c_void, count: c_int, offset: i64) -> c_int {
    // SAFETY: the file is open and `count` bytes can be read.
    unsafe {
        let real = real(file);
        let methods = &*(*real).pMethods;
        let (Some(write), Some(size)) = (methods.xWrite, methods.xFileSize) else { return ffi::SQLITE_IOERR_WRITE };
        let Some(seat) = seat(file) else { return write(real, bytes, count, offset) };
        let data = std::slice::from_raw_parts(bytes.cast::<u8>(), usize::try_from(count).unwrap_or(0));
        let mut now = 0;
        if size(real, &raw mut now) != ffi::SQLITE_OK {
            return ffi::SQLITE_IOERR_WRITE;
        }
        let grow = u64::try_from(offset + i64::from(count) - now).unwrap_or(0);
        let go = |part: &[u8]| match c_int::try_from(part.len()) {
            Ok(0) => Ok(()),
            Ok(count) => checked(write(real, part.as_ptr().cast(), count, offset)),
            Err(_) => Err(ffi::SQLITE_IOERR_WRITE),
        };
        answer(seat.write(usize::try_from(offset).unwrap_or(0), data, grow, go))
    }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, size: i64) -> c_int {
    // SAFETY: the file is open.
    unsafe {
        let real = real(file);
        let Some(truncate) = (*(*real).pMethods).xTruncate else { return ffi::SQLITE_IOERR_TRUNCATE };
        let go = || checked(truncate(real, size));
        match seat(file) {
            Some(seat) => answer(seat.truncate(usize::try_from(size).unwrap_or(0), go)),
            None => answer(go()),
        }
    }
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: the file is open.
    unsafe {
        let real = real(file);
        let Some(sync) = (*(*real).pMethods).xSync else { return ffi::SQLITE_IOERR_FSYNC };
        let go = || checked(sync(real, flags));
        match seat(file) {
            Some(seat) => answer(seat.sync(go)),
            None => answer(go()),
        }
    }
}

/// Functions of a file that are passed on as they are, each with what it says when the file behind has none.
macro_rules! pass_on {
    ($($name:ident as $method:ident($($argument:ident: $type:ty),*) or $otherwise:expr;)*) => {
        $(unsafe extern "C" fn $name(file: *mut ffi::sqlite3_file $(, $argument: $type)*) -> c_int {
            // SAFETY: the file is open; the arguments are SQLite's own.
            unsafe {
                let real = real(file);
                match (*(*real).pMethods).$method {
                    Some(call) => call(real $(, $argument)*),
                    None => $otherwise,
                }
            }
        })*
    };
}

pass_on! {
    read as xRead(to: *mut c_void, count: c_int, offset: i64) or ffi::SQLITE_IOERR_READ;
    file_size as xFileSize(size: *mut i64) or ffi::SQLITE_IOERR_FSTAT;
    lock as xLock(level: c_int) or ffi::SQLITE_IOERR_LOCK;
    unlock as xUnlock(level: c_int) or ffi::SQLITE_IOERR_UNLOCK;
    check_reserved_lock as xCheckReservedLock(found: *mut c_int) or ffi::SQLITE_IOERR_CHECKRESERVEDLOCK;
    file_control as xFileControl(operation: c_int, argument: *mut c_void) or ffi::SQLITE_NOTFOUND;
    sector_size as xSectorSize() or 4096;
    device_characteristics as xDeviceCharacteristics() or 0;
    shm_map as xShmMap(page: c_int, size: c_int, extend: c_int, to: *mut *mut c_void) or ffi::SQLITE_IOERR_SHMMAP;
    shm_lock as xShmLock(offset: c_int, count: c_int, flags: c_int) or ffi::SQLITE_IOERR_SHMLOCK;
    shm_unmap as xShmUnmap(delete: c_int) or ffi::SQLITE_OK;
    fetch as xFetch(offset: i64, count: c_int, to: *mut *mut c_void) or ffi::SQLITE_OK;
    unfetch as xUnfetch(offset: i64, page: *mut c_void) or ffi::SQLITE_OK;
}

unsafe extern "C" fn shm_barrier(file: *mut ffi::sqlite3_file) {
    // SAFETY: the file is open.
    unsafe {
        let real = real(file);
        if let Some(barrier) = (*(*real).pMethods).xShmBarrier {
            barrier(real);
        }
    }
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 3,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: Some(fetch),
    xUnfetch: Some(unfetch),
};

/// Functions of the file system that are passed on as they are, each with what it says when there is none behind.
macro_rules! pass_on_to_the_system {
    ($($name:ident as $method:ident($($argument:ident: $type:ty),*) or $otherwise:expr;)*) => {
        $(unsafe extern "C" fn $name(vfs: *mut ffi::sqlite3_vfs $(, $argument: $type)*) -> c_int {
            // SAFETY: SQLite hands back the table of `install`; the arguments are SQLite's own.
            unsafe {
                let vfs = behind(vfs);
                match (*vfs).$method {
                    Some(call) => call(vfs $(, $argument)*),
                    None => $otherwise,
                }
            }
        })*
    };
}

pass_on_to_the_system! {
    access as xAccess(name: *const c_char, flags: c_int, found: *mut c_int) or ffi::SQLITE_IOERR_ACCESS;
    full_pathname as xFullPathname(name: *const c_char, count: c_int, to: *mut c_char) or ffi::SQLITE_CANTOPEN;
    randomness as xRandomness(count: c_int, to: *mut c_char) or 0;
    sleep as xSleep(microseconds: c_int) or 0;
    current_time as xCurrentTime(to: *mut f64) or ffi::SQLITE_ERROR;
    current_time_ms as xCurrentTimeInt64(to: *mut i64) or ffi::SQLITE_ERROR;
    last_error as xGetLastError(count: c_int, to: *mut c_char) or 0;
}
