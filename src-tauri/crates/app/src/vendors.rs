//! The vendors of this installation at the engine's door: each connected one gets its adapter when the folder is opened
//! and when it is connected, and loses it when it is disconnected. The key stays in the vault; an adapter knows its name.

use crate::Igny8;
use igny8_core::port::VendorCheck;
use igny8_core::port::vault::SecretName;
use igny8_engine::door::Pace;
use igny8_providers::{Bounds, Check, Connection, VendorAddress, models};
use igny8_store::StoreError;
use igny8_store::table::provider::ProviderRow;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

/// Longest wait for an answer to a question that no model works on: somebody looks at the button meanwhile.
const CHECK_FIRST_BYTE: Duration = Duration::from_secs(20);

/// The name a vendor's key is kept under.
#[must_use]
pub fn vendor_secret(provider: &str) -> SecretName {
    SecretName(format!("provider:{provider}"))
}

/// Puts every connected vendor at the door.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn register_all(app: &Igny8) -> Result<(), StoreError> {
    for row in app.engine.store().read(|r| r.providers()).await? {
        register(app, &row);
    }
    Ok(())
}

/// Puts a vendor at the door. One that cannot be asked from here has no adapter: its calls fail before anything is
/// sent, and everything else works.
pub(crate) fn register(app: &Igny8, row: &ProviderRow) {
    let Some(connection) = connection(app, row, Bounds::default()) else { return };
    let models = models(row.dialect, connection);
    let concurrency = usize::try_from(row.concurrency).unwrap_or(1);
    let pace = Pace { concurrency, per_minute: NonZeroU32::new(row.per_minute) };
    app.door.register(&row.name, models.text, models.image, pace);
    // What it has asked of a program before this one, it has asked of this one as well.
    app.engine.leave_alone(&row.name, row.rests_until);
}

/// A vendor to be asked something that costs nothing; `None` for one that cannot be asked from here.
pub(crate) fn check(app: &Igny8, row: &ProviderRow) -> Option<Arc<dyn VendorCheck>> {
    let bounds = Bounds { first_byte: CHECK_FIRST_BYTE, ..Bounds::default() };
    Some(Arc::new(Check::new(row.dialect, connection(app, row, bounds)?)))
}

fn connection(app: &Igny8, row: &ProviderRow, bounds: Bounds) -> Option<Connection> {
    let Ok(address) = VendorAddress::parse(&row.base_url) else {
        tracing::error!(provider = row.name, "the vendor's address cannot be used");
        return None;
    };
    let secret = row.has_secret.then(|| vendor_secret(&row.name));
    let connection = Connection::new(address, secret, Arc::clone(&app.vault), bounds);
    connection.inspect_err(|error| tracing::error!(provider = row.name, %error, "the vendor cannot be asked")).ok()
}

/// Takes a vendor away from the door.
pub(crate) fn unregister(app: &Igny8, provider: &str) {
    app.door.unregister(provider);
}
