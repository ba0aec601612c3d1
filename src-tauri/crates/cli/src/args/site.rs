//! Arguments of `site`.

use super::SiteChanges;
use clap::{Subcommand, ValueEnum};
use std::path::PathBuf;

/// Sites.
#[derive(Debug, Subcommand)]
pub enum SiteCommand {
    /// Add a site. The application password is read from standard input when there is one.
    Add(SiteAdd),
    /// List the sites.
    List {
        /// Those that were removed and can be brought back instead.
        #[arg(long)]
        removed: bool,
    },
    /// Change what is known of a site.
    Edit {
        /// Site id or name.
        site: String,
        /// What to change.
        #[command(flatten)]
        changes: SiteChanges,
    },
    /// Keep a new application password for a site, read from standard input.
    Password {
        /// Site id or name.
        site: String,
    },
    /// Ask the site who we are there and what we may do.
    Test {
        /// Site id or name.
        site: String,
        /// Read the application password from standard input and use it for this once.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Look closely at the connection of a site: what is in the way, and how to mend it.
    Doctor {
        /// Site id or name.
        site: String,
        /// Read the application password from standard input and use it for this once.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Find a site and name the page where it asks whether Igny8 may sign in; the password it shows goes to 'site password'.
    Consent {
        /// Site id or name, or an address that is no site here yet.
        site: String,
        /// Trust it by the certificate authorities in this file as well, in PEM.
        #[arg(long, value_name = "FILE")]
        authority: Option<PathBuf>,
    },
    /// Trust a site by the certificate authorities in a file beside the system's, or by the system's alone again.
    Authority {
        /// Site id or name.
        site: String,
        /// The file, in PEM.
        #[arg(required_unless_present = "none")]
        file: Option<PathBuf>,
        /// Trust it by the system's alone.
        #[arg(long, conflicts_with = "file")]
        none: bool,
    },
    /// Write the companion plugin to a file: on a site of WordPress it lets titles and descriptions for search results be
    /// written, and does nothing else.
    Companion {
        /// The file.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Look now at what became of the articles on a site without us, or on all sites.
    Sync {
        /// Site id or name; all sites without.
        site: Option<String>,
    },
    /// Look now after the articles of a site, or of all sites, whose time has come: read back what the site published, poke it
    /// when it did not, and deal with what was missed.
    Guard {
        /// Site id or name; all sites without.
        site: Option<String>,
    },
    /// Take in the posts that a site had before, so that new articles link to them and do not repeat them.
    ImportPosts {
        /// Site id or name.
        site: String,
        /// Sector name; needed when the site has several.
        #[arg(long)]
        sector: Option<String>,
    },
    /// List the posts that were taken in of a site.
    Posts {
        /// Site id or name.
        site: String,
    },
    /// Search an article that a site refuses for the passage it refuses: its text is tried in parts, as a draft that is taken
    /// away afterwards.
    Bisect {
        /// Id of a delivery, as 'outbox list' shows it, or of an article.
        delivery: String,
    },
    /// Take drafts and files of ours away that were doubled on the way to a site and are of no use.
    Tidy {
        /// Site id or name.
        site: String,
    },
    /// Take the application password back at the site, and forget it here.
    Disconnect {
        /// Site id or name.
        site: String,
        /// Read the application password from standard input, where none is kept.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Remove a site from the lists; its articles stay where they are.
    Remove {
        /// Site id or name.
        site: String,
    },
    /// Bring a removed site back.
    Restore {
        /// Site id or name; 'site list --removed' says which there are.
        site: String,
    },
}

/// A site to add.
#[derive(Debug, clap::Args)]
pub struct SiteAdd {
    /// Name.
    #[arg(long)]
    pub name: String,
    /// Address of the WordPress site. With '--kind folder' the whole path of the folder; left out, a folder of its own in
    /// the data folder.
    #[arg(long, default_value = "")]
    pub url: String,
    /// Where its articles go.
    #[arg(long, value_enum, default_value_t = Kind::Wordpress)]
    pub kind: Kind,
    /// WordPress user name.
    #[arg(long, default_value = "")]
    pub user: String,
    /// Sectors to make.
    #[arg(long = "sector", value_name = "NAME")]
    pub sectors: Vec<String>,
    /// Language of its articles.
    #[arg(long, default_value = "en")]
    pub language: String,
    /// IANA time zone.
    #[arg(long, default_value = "UTC")]
    pub zone: String,
    /// Brand colour.
    #[arg(long, default_value = "#4453c7")]
    pub color: String,
    /// Most pictures inside an article, 0 to 4; the featured one comes on top.
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub images: u32,
    /// File format of its pictures.
    #[arg(long, value_enum, default_value_t = PictureFormatArg::Webp)]
    pub image_format: PictureFormatArg,
    /// How its articles are written on a site of WordPress.
    #[arg(long, value_enum, default_value_t = BodyFormArg::Blocks)]
    pub body: BodyFormArg,
    /// Let articles begin with a table of contents.
    #[arg(long)]
    pub contents: bool,
    /// Let work that was interrupted go on at the next start without being asked.
    #[arg(long)]
    pub go_on_by_itself: bool,
}

/// How articles are written on a site of WordPress.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BodyFormArg {
    /// As blocks.
    Blocks,
    /// As one text, for the classic editor.
    Classic,
}

/// Where a site's articles go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// WordPress over REST.
    Wordpress,
    /// A folder of files.
    Folder,
}

/// A file format of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PictureFormatArg {
    /// Read by every program.
    Png,
    /// A smaller file for the same picture.
    Webp,
}
