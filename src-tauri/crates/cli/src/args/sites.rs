//! Arguments of `site edit`.

use super::{Answer, BodyFormArg, PictureFormatArg};
use clap::ValueEnum;

/// What to change of a site, one thing at least; the rest stays as it is.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = true)]
pub struct SiteChanges {
    /// Name.
    #[arg(long)]
    pub name: Option<String>,
    /// Address of a WordPress site, or whole path of a folder; empty for a folder of its own in the data folder.
    #[arg(long)]
    pub url: Option<String>,
    /// WordPress user name.
    #[arg(long)]
    pub user: Option<String>,
    /// Language of its articles.
    #[arg(long)]
    pub language: Option<String>,
    /// IANA time zone.
    #[arg(long)]
    pub zone: Option<String>,
    /// Brand colour.
    #[arg(long)]
    pub color: Option<String>,
    /// Most pictures inside an article, 0 to 4; the featured one comes on top. Articles that have their pictures keep
    /// them.
    #[arg(long, value_name = "N")]
    pub images: Option<u32>,
    /// File format of pictures made from now on.
    #[arg(long, value_enum)]
    pub image_format: Option<PictureFormatArg>,
    /// How its articles are written on a site of WordPress from now on.
    #[arg(long, value_enum)]
    pub body: Option<BodyFormArg>,
    /// Whether articles written from now on begin with a table of contents.
    #[arg(long, value_name = "YES_OR_NO", value_enum)]
    pub contents: Option<Answer>,
    /// Whether work that was interrupted goes on at the next start without being asked.
    #[arg(long, value_name = "YES_OR_NO", value_enum)]
    pub go_on_by_itself: Option<Answer>,
    /// Who publishes what is due: the site, which has it beforehand, or this computer while the program runs.
    #[arg(long, value_enum)]
    pub hand_over: Option<HandOverArg>,
    /// What is done about an article whose time passed without it.
    #[arg(long, value_enum)]
    pub missed: Option<MissedArg>,
}

/// Who publishes what is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum HandOverArg {
    /// The site.
    Wordpress,
    /// This computer.
    Computer,
}

/// What is done about what was missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MissedArg {
    /// Publish it as soon as that is noticed.
    Publish,
    /// Give it the next free time.
    NextSlot,
    /// Only tell.
    Tell,
}
