//! Prompts, authors and voices as the border has them.

use super::instant;
use crate::dto::prompts as dto;
use igny8_core::id::{PromptVersionId, SiteId};
use igny8_core::prompt::{BUILT_IN_VERSION, PROMPT_CHARS_MAX, PromptKind, built_in};
use igny8_engine::operation::Estimate;
use igny8_engine::prompt::Preview;
use igny8_store::ledger::Funds;
use igny8_store::table::author::{AuthorRow, VoiceFields};
use igny8_store::table::prompt::{PromptSource, PromptUse, PromptVersionRow};
use igny8_store::{Read, StoreError};

/// The library over what is in use: for all sites, and for one when its own wordings are among the rows.
pub(crate) fn library(in_use: &[PromptVersionRow], overrides: &[(PromptKind, SiteId)]) -> dto::PromptLibrary {
    dto::PromptLibrary {
        prompts: PromptKind::all().map(|kind| prompt(kind, in_use, overrides)).collect(),
        chars_max: u32::try_from(PROMPT_CHARS_MAX).unwrap_or(u32::MAX),
        built_in_version: BUILT_IN_VERSION,
    }
}

fn prompt(kind: PromptKind, in_use: &[PromptVersionRow], overrides: &[(PromptKind, SiteId)]) -> dto::PromptView {
    let of_kind = |is_site: bool| in_use.iter().find(|row| row.kind == kind && row.site.is_some() == is_site);
    let (yours, own) = (of_kind(false), of_kind(true));
    let row = own.or(yours);
    let origin = match (own, yours) {
        (Some(_), _) => dto::PromptOrigin::Site,
        (None, Some(_)) => dto::PromptOrigin::Yours,
        (None, None) => dto::PromptOrigin::BuiltIn,
    };
    let sites = overrides.iter().filter(|(overridden, _)| *overridden == kind).count();
    let variables = kind.variables().iter().map(|variable| dto::PromptVariableView {
        name: variable.name().to_owned(),
        example: variable.example().to_owned(),
    });
    dto::PromptView {
        kind: kind.to_string(),
        function: kind.function().to_string(),
        origin,
        body: row.map_or_else(|| built_in(kind).to_owned(), |row| row.body.clone()),
        version_id: row.map(|row| row.id.to_string()),
        version: row.map(|row| row.version),
        written_at: row.map(|row| instant(row.created_at)),
        built_in: built_in(kind).to_owned(),
        inherited: yours.map_or_else(|| built_in(kind).to_owned(), |row| row.body.clone()),
        site_count: u32::try_from(sites).unwrap_or(u32::MAX),
        variables: variables.collect(),
    }
}

pub(crate) fn version(row: PromptVersionRow, in_use: Option<PromptVersionId>) -> dto::PromptVersionView {
    dto::PromptVersionView {
        id: row.id.to_string(),
        version: row.version,
        body: row.body,
        written_at: instant(row.created_at),
        is_in_use: in_use == Some(row.id),
    }
}

/// A prompt of a call with the number of its words. A wording that was only tried made nothing.
pub(crate) fn used(read: &Read<'_>, used: PromptUse) -> Result<Option<dto::PromptUseView>, StoreError> {
    let (origin, version) = match used.source {
        PromptSource::BuiltIn { version } => (dto::PromptOrigin::BuiltIn, version),
        PromptSource::Version(id) => {
            let row = read.prompt_version(id)?;
            (row.site.map_or(dto::PromptOrigin::Yours, |_| dto::PromptOrigin::Site), row.version)
        }
        PromptSource::Trial => return Ok(None),
    };
    Ok(Some(dto::PromptUseView { kind: used.kind.to_string(), origin, version }))
}

pub(crate) fn author(row: AuthorRow) -> dto::AuthorView {
    dto::AuthorView {
        id: row.id.to_string(),
        name: row.author.name,
        bio: row.author.bio,
        voice: row.author.voice,
        site_count: row.sites,
    }
}

pub(crate) fn voice(fields: VoiceFields) -> dto::SiteVoiceView {
    dto::SiteVoiceView {
        tone: fields.tone.map_or("", |tone| tone.as_str()).to_owned(),
        length: fields.length.map_or("", |length| length.as_str()).to_owned(),
        author_id: fields.author.map(|id| id.to_string()),
    }
}

/// A preview with what one trial costs, of what the wallet has.
pub(crate) fn preview(preview: Preview, funds: Funds) -> dto::PromptPreview {
    let model = preview.model.clone();
    let price = preview.price.map(|price| {
        super::work::estimate(Estimate {
            items: 1,
            units: 1,
            model,
            credits: price.likely.credits,
            credits_max: price.worst.credits,
            dearest_unit: price.worst.credits,
            cost: price.likely.provider_cost,
            cost_max: price.worst.provider_cost,
            available: funds.available,
            returning: funds.returning,
        })
    });
    dto::PromptPreview {
        instruction: preview.instruction,
        data: preview.data,
        item: preview.item,
        model: preview.model,
        price,
        is_paid: preview.price.is_some_and(|price| price.is_paid),
    }
}
