//! Words for what stands on a site, beside the states of a delivery.

use crate::status::{UnknownWord, vocabulary};
use serde::{Deserialize, Serialize};

vocabulary! {
    /// How an article is written on its site.
    BodyForm {
        /// As blocks, each of which the block editor opens by itself.
        Blocks = "blocks",
        /// As one text, for the classic editor.
        Classic = "classic",
    }

    /// What may lie on a site without being of use.
    LeftoverKind {
        /// A draft of a post.
        Post = "post",
        /// A draft of a page.
        Page = "page",
        /// A file.
        Media = "media",
    }

    /// Where in an article a passage stands.
    PassagePlace {
        /// Its title.
        Title = "title",
        /// Its summary.
        Excerpt = "excerpt",
        /// Its title for search results.
        MetaTitle = "meta_title",
        /// Its description for search results.
        MetaDescription = "meta_description",
        /// Its text.
        Body = "body",
    }
}
