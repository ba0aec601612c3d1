//! What a start does before anything else: void what a former process held, let go of a removed sample, sweep files no
//! row names, notice pictures whose files are gone, turn the month, mark what is open as interrupted, look for models that
//! end, obey what other processes have asked for, audit the books. Sent calls of a former process become unknown; the
//! runner asks once more or gives them up.
//!
//! A picture without a row is the leftover of a process that ended between the file and the commit, but only as long as
//! this database is the only one: after a restore the one before it is kept beside it, and names pictures that this one
//! has never seen. So while any copy is kept with the database, whole pictures stay, whoever names them. They cost
//! room, and go at the first start after the last copy has been deleted; a picture that was swept never comes back.

use crate::{Engine, EngineError, settings};
use igny8_store::{Audit, LedgerError, StoreError};

impl Engine {
    /// Brings the data back to a state that work can go on from.
    ///
    /// # Errors
    /// When the database or the media folder cannot be used.
    pub async fn recover(&self) -> Result<Audit, EngineError> {
        let (instance, now) = (self.instance, self.clock.now());
        let voided = self.store.write(move |w| w.void_foreign_leases(instance)).await?;
        self.store.write(move |w| w.void_deliveries(instance, &[])).await?;
        if voided > 0 {
            tracing::info!(units = voided, "units of an earlier process return to the queue");
        }
        for sample in self.store.read(|r| r.samples_to_purge()).await? {
            if let Err(error) = self.destinations.discard(&sample).await {
                tracing::warn!(site = %sample.id, %error, "what was published of a removed sample could not be taken away");
            }
        }
        let purged = self.store.write(move |w| w.purge_samples(now)).await?;
        if !purged.is_empty() {
            tracing::info!(sites = purged.len(), "a sample workspace that was removed is gone for good");
        }
        let lost = self.tidy_media().await?;
        if !lost.is_empty() {
            tracing::warn!(files = lost.len(), "files of pictures are gone; the pictures can be made again");
            self.store.write(move |w| w.image_files_lost(&lost, now)).await?;
        }
        self.store
            .write(move |w| {
                crate::books::turn_month(w, now)?;
                w.note_credit_price(settings::load(w)?.credit_price)?;
                for operation in w.open_operations()? {
                    // A process has ended while it cancelled them.
                    while operation.is_cancelled && w.cancel_more_units(operation.id, now)? {}
                    crate::operation::close_if_final(w, operation.id, now)?;
                }
                w.mark_interrupted(now)?;
                Ok::<_, LedgerError>(())
            })
            .await?;
        self.look_for_endings().await?;
        // Left while no process worked on the folder, or none looked.
        self.obey_requests().await?;
        self.audit().await
    }

    /// Sweeps the media folder. Answers which files of pictures are gone from it.
    async fn tidy_media(&self) -> Result<Vec<String>, EngineError> {
        let named = self.store.read(|r| Ok::<_, StoreError>((r.hashes_in_use()?, r.paid_pictures()?)));
        let (in_use, paid) = named.await?;
        let (media, store) = (self.media.clone(), self.store.clone());
        let tidied = self.off_thread(move || {
            let named = in_use.iter().cloned().chain(paid).collect();
            media.sweep(if store.has_copies() { None } else { Some(&named) })?;
            media.missing(&in_use)
        });
        Ok(tidied.await??)
    }
}
