//! The sample workspace: a made-up coffee magazine with two sectors and a handful of keywords, whose articles go to a
//! folder. It lets a newcomer see the whole way within a minute, with no account, no key and no network, and it is an
//! ordinary site: the same code, the same rows, the same books. Removing it is removing a site.

use crate::{Engine, EngineError};
use igny8_core::function::input::IN_ARTICLE_IMAGES;
use igny8_core::id::SiteId;
use igny8_core::intent;
use igny8_core::keyword_file::clean_keyword;
use igny8_core::on_site::BodyForm;
use igny8_core::status::{DestinationKind, ImageFormat};
use igny8_store::StoreError;
use igny8_store::table::keyword::NewKeyword;
use igny8_store::table::site::{NewSite, SiteFields};

/// What it is called, with a number behind it where a site of the user's has the name.
const NAME: &str = "Morning Cup";
/// Two sectors, each with its keywords as `phrase, monthly searches, difficulty`. The figures are invented.
const SECTORS: &[(&str, &str)] =
    &[("Brewing", include_str!("sample/brewing.csv")), ("Equipment", include_str!("sample/equipment.csv"))];

impl Engine {
    /// Makes the sample workspace, or finds the one that is there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn create_sample(&self, zone: &str) -> Result<SiteId, EngineError> {
        let (now, zone) = (self.clock.now(), zone.to_owned());
        let site = self
            .store
            .write(move |w| {
                if let Some(site) = w.sample_site()? {
                    return Ok(site);
                }
                let mut name = NAME.to_owned();
                for number in 2.. {
                    if !w.is_site_name_taken(&name, None)? {
                        break;
                    }
                    name = format!("{NAME} {number}");
                }
                let fields = SiteFields {
                    name,
                    url: String::new(),
                    user_name: String::new(),
                    language: "en".to_owned(),
                    zone: zone.clone(),
                    brand_color: "#8a4b2a".to_owned(),
                    in_article_images: IN_ARTICLE_IMAGES,
                    image_format: ImageFormat::WebP,
                    body_form: BodyForm::Blocks,
                    has_contents: false,
                    goes_on_by_itself: false,
                };
                let site = w.site_add(&NewSite { kind: DestinationKind::Folder, is_sample: true, fields }, now)?;
                for (name, keywords) in SECTORS {
                    let sector = w.sector_add(site, name, now)?;
                    let keywords: Vec<NewKeyword> = keywords.lines().filter_map(parse).collect();
                    w.keyword_add_batch(site, sector, &keywords, "sample", now)?;
                }
                Ok::<_, StoreError>(site)
            })
            .await?;
        Ok(site)
    }

    /// Removes the sample workspace.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] when there is none.
    pub async fn delete_sample(&self) -> Result<SiteId, EngineError> {
        let sample = self.store.read(|r| r.sample_site()).await?.ok_or(EngineError::NotFound("sample"))?;
        self.remove_site(sample).await?;
        Ok(sample)
    }
}

fn parse(line: &str) -> Option<NewKeyword> {
    let mut cells = line.split(',').map(str::trim);
    let clean = clean_keyword(cells.next()?).ok()?;
    Some(NewKeyword {
        intent: intent::stated(&clean.text),
        text: clean.text,
        key: clean.key,
        volume: cells.next().and_then(|cell| cell.parse().ok()),
        difficulty: cells.next().and_then(|cell| cell.parse().ok()),
        ..NewKeyword::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_line_is_a_keyword() {
        for (name, keywords) in SECTORS {
            assert!(keywords.lines().count() >= 12, "{name} is too small to show anything");
            assert_eq!(keywords.lines().filter_map(parse).count(), keywords.lines().count(), "{name}");
        }
    }
}
