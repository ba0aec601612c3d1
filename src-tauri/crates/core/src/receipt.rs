//! The words of a receipt: what of a delivery is proven, how it arrived, and why something is not where it was to be.

use crate::status::{UnknownWord, vocabulary};
use serde::{Deserialize, Serialize};

vocabulary! {
    /// A field of a post that is read back.
    ReceiptField {
        /// Title.
        Title = "title",
        /// The last part of its address.
        Slug = "slug",
        /// When it became public.
        Date = "date",
        /// Whether it is public.
        Status = "status",
        /// Who signs it there.
        Author = "author",
        /// Summary.
        Excerpt = "excerpt",
        /// Categories.
        Categories = "categories",
        /// Tags.
        Tags = "tags",
        /// The whole text, known by its hash.
        Body = "body",
        /// The picture above the text.
        FeaturedImage = "featured_image",
        /// The text alternative of one of its pictures.
        Alt = "alt",
        /// Title for search results.
        MetaTitle = "meta_title",
        /// Description for search results.
        MetaDescription = "meta_description",
    }

    /// How a field arrived.
    Verdict {
        /// Equal.
        AsSent = "as_sent",
        /// There, but different.
        Changed = "changed",
        /// Not there.
        Dropped = "dropped",
    }

    /// Why a field is not where it was to be, where that was known when it was sent.
    ReceiptNote {
        /// The place has nothing to put it into.
        NoField = "no_field",
        /// It stands in the excerpt, for want of a field of its own.
        AsExcerpt = "as_excerpt",
        /// Another field has its place.
        GaveWay = "gave_way",
        /// It was sent, and the place does not let it be read.
        Unreadable = "unreadable",
    }
}

impl ReceiptNote {
    /// Whether this is how the place is, rather than something that went wrong on the way.
    #[must_use]
    pub const fn is_given(self) -> bool {
        match self {
            Self::NoField | Self::AsExcerpt | Self::GaveWay => true,
            Self::Unreadable => false,
        }
    }
}
