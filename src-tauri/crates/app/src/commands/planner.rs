//! Keywords, clusters and ideas.

use crate::dto::list::{Changed, Facet, ListFilter, ListName, ListQuery, Selection};
use crate::dto::planner::{
    ClusterPage, IdeaEdit, IdeaPage, ImportSummary, KeywordEdit, KeywordFilePreview, KeywordPage,
};
use crate::view;
use crate::view::list::{SELECTION_MAX, changed, id, ids, invalid};
use crate::{Fault, Igny8};
use igny8_core::function::output::{DESCRIPTION_CHARS_MAX, TITLE_CHARS_MAX, clean_line};
use igny8_core::id::{ClusterId, IdeaId, KeywordId, SectorId, SiteId};
use igny8_engine::EngineError;
use igny8_engine::keyword_file::{PREVIEW_ROWS_MAX, preview};
use igny8_store::StoreError;
use igny8_store::table::idea::IdeaFields;
use igny8_store::table::keyword::KeywordFields;
use std::path::Path;

/// Longest market code.
const COUNTRY_CHARS_MAX: usize = 10;

/// A page of keywords.
///
/// # Errors
/// [`Fault::InvalidField`] for an unknown filter, word, column or cursor.
pub async fn keywords(app: &Igny8, query: ListQuery) -> Result<KeywordPage, Fault> {
    let query = view::list::query(query)?;
    let page = app.engine.store().read(move |r| r.keyword_page(&query)).await?;
    Ok(KeywordPage {
        rows: page.rows.into_iter().map(view::planner::keyword).collect(),
        next_cursor: page.next_cursor,
        total: page.total,
    })
}

/// What a keyword file holds, before it is imported.
///
/// # Errors
/// [`Fault::KeywordFile`].
pub async fn keyword_file_preview(_app: &Igny8, path: &str) -> Result<KeywordFilePreview, Fault> {
    let path = Path::new(path).to_owned();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let preview = tokio::task::spawn_blocking(move || preview(&path, PREVIEW_ROWS_MAX))
        .await
        .map_err(|_| StoreError::Closed)?
        .map_err(EngineError::from)?;
    Ok(view::planner::preview(preview, name))
}

/// Imports a keyword file into a sector.
///
/// # Errors
/// [`Fault::KeywordFile`], in which case nothing was stored; [`Fault::NotFound`].
pub async fn keywords_import(app: &Igny8, path: &str, site: &str, sector: &str) -> Result<ImportSummary, Fault> {
    let (site, sector) = (id::<SiteId>(site, "siteId")?, id::<SectorId>(sector, "sectorId")?);
    Ok(view::planner::imported(app.engine.import_keywords(Path::new(path), site, sector).await?))
}

/// Adds keywords typed one per line.
///
/// # Errors
/// [`Fault::InvalidField`] when no line holds a keyword.
pub async fn keywords_add(app: &Igny8, site: &str, sector: &str, text: &str) -> Result<ImportSummary, Fault> {
    let (site, sector) = (id::<SiteId>(site, "siteId")?, id::<SectorId>(sector, "sectorId")?);
    Ok(view::planner::imported(app.engine.add_keywords(text, site, sector).await?))
}

/// Changes a keyword's figures.
///
/// # Errors
/// [`Fault::InvalidField`]; [`Fault::NotFound`].
pub async fn keyword_update(app: &Igny8, keyword: &str, edit: KeywordEdit) -> Result<(), Fault> {
    let keyword: KeywordId = id(keyword, "id")?;
    if edit.difficulty.is_some_and(|d| d > 100) {
        return Err(invalid("difficulty", "range"));
    }
    let intent = match edit.intent.as_str() {
        "" => None,
        word => Some(word.parse().map_err(|_| invalid("intent", "unknown"))?),
    };
    let fields = KeywordFields {
        volume: edit.volume.map(i64::from),
        difficulty: edit.difficulty.map(i64::from),
        intent,
        country: clean_line(&edit.country, COUNTRY_CHARS_MAX).to_uppercase(),
    };
    let now = app.engine.clock().now();
    Ok(app.engine.store().write(move |w| w.keyword_update(keyword, &fields, now)).await?)
}

/// Removes keywords.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn keywords_remove(app: &Igny8, selection: Selection) -> Result<Changed, Fault> {
    let (selection, now) = (view::list::selection(selection)?, app.engine.clock().now());
    let removed = app.engine.store().write(move |w| w.keyword_remove(&w.keyword_ids(&selection, SELECTION_MAX)?, now));
    Ok(changed(&removed.await?))
}

/// Brings removed keywords back.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn keywords_restore(app: &Igny8, keywords: &[String]) -> Result<(), Fault> {
    let (keywords, now) = (ids::<KeywordId>(keywords, "ids")?, app.engine.clock().now());
    app.engine.store().write(move |w| w.keyword_restore(&keywords, now)).await?;
    Ok(())
}

/// Leaves keywords out of clustering, or lets them in again.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn keywords_set_disabled(app: &Igny8, selection: Selection, disabled: bool) -> Result<Changed, Fault> {
    let (selection, now) = (view::list::selection(selection)?, app.engine.clock().now());
    let moved = app.engine.store().write(move |w| {
        let ids = w.keyword_ids(&selection, SELECTION_MAX)?;
        w.keyword_set_disabled(&ids, disabled, now)
    });
    Ok(changed(&moved.await?))
}

/// Moves keywords into another cluster of their sector.
///
/// # Errors
/// [`Fault::NotFound`] for an unknown cluster.
pub async fn keywords_move(app: &Igny8, selection: Selection, cluster: &str) -> Result<Changed, Fault> {
    let (selection, cluster) = (view::list::selection(selection)?, id::<ClusterId>(cluster, "clusterId")?);
    let now = app.engine.clock().now();
    let moved = app.engine.store().write(move |w| {
        let ids = w.keyword_ids(&selection, SELECTION_MAX)?;
        w.keyword_move_to_cluster(&ids, cluster, now)
    });
    Ok(changed(&moved.await?))
}

/// A page of clusters.
///
/// # Errors
/// As [`keywords`].
pub async fn clusters(app: &Igny8, query: ListQuery) -> Result<ClusterPage, Fault> {
    let query = view::list::query(query)?;
    let page = app.engine.store().read(move |r| r.cluster_page(&query)).await?;
    Ok(ClusterPage {
        rows: page.rows.into_iter().map(view::planner::cluster).collect(),
        next_cursor: page.next_cursor,
        total: page.total,
    })
}

/// Renames a cluster and says what it is about.
///
/// # Errors
/// [`Fault::InvalidField`] for an empty or taken name.
pub async fn cluster_update(app: &Igny8, cluster: &str, name: &str, description: &str) -> Result<(), Fault> {
    let cluster: ClusterId = id(cluster, "id")?;
    let (name, description) = (clean_line(name, TITLE_CHARS_MAX), clean_line(description, DESCRIPTION_CHARS_MAX));
    if name.is_empty() {
        return Err(invalid("name", "required"));
    }
    let now = app.engine.clock().now();
    Ok(app.engine.store().write(move |w| w.cluster_update(cluster, &name, &description, now)).await?)
}

/// Removes clusters; their keywords wait again.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn clusters_remove(app: &Igny8, selection: Selection) -> Result<Changed, Fault> {
    let (selection, now) = (view::list::selection(selection)?, app.engine.clock().now());
    let removed = app.engine.store().write(move |w| w.cluster_remove(&w.cluster_ids(&selection, SELECTION_MAX)?, now));
    Ok(changed(&removed.await?))
}

/// Brings removed clusters back, with those of their keywords that still wait.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn clusters_restore(app: &Igny8, clusters: &[String]) -> Result<(), Fault> {
    let (clusters, now) = (ids::<ClusterId>(clusters, "ids")?, app.engine.clock().now());
    app.engine.store().write(move |w| w.cluster_restore(&clusters, now)).await?;
    Ok(())
}

/// Leaves clusters out of finding ideas, or lets them in again.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn clusters_set_disabled(app: &Igny8, selection: Selection, disabled: bool) -> Result<Changed, Fault> {
    let (selection, now) = (view::list::selection(selection)?, app.engine.clock().now());
    let moved = app.engine.store().write(move |w| {
        let ids = w.cluster_ids(&selection, SELECTION_MAX)?;
        w.cluster_set_disabled(&ids, disabled, now)
    });
    Ok(changed(&moved.await?))
}

/// A page of ideas.
///
/// # Errors
/// As [`keywords`].
pub async fn ideas(app: &Igny8, query: ListQuery) -> Result<IdeaPage, Fault> {
    let query = view::list::query(query)?;
    let page = app.engine.store().read(move |r| r.idea_page(&query)).await?;
    Ok(IdeaPage {
        rows: page.rows.into_iter().map(view::planner::idea).collect(),
        next_cursor: page.next_cursor,
        total: page.total,
    })
}

/// Changes an idea.
///
/// # Errors
/// [`Fault::InvalidField`]; [`Fault::NotFound`].
pub async fn idea_update(app: &Igny8, idea: &str, edit: IdeaEdit) -> Result<(), Fault> {
    let idea: IdeaId = id(idea, "id")?;
    let title = clean_line(&edit.title, TITLE_CHARS_MAX);
    if title.is_empty() {
        return Err(invalid("title", "required"));
    }
    if !(100..=10_000).contains(&edit.word_count_target) {
        return Err(invalid("wordCountTarget", "range"));
    }
    let fields = IdeaFields {
        title,
        description: edit.description.chars().take(DESCRIPTION_CHARS_MAX).collect(),
        content_structure: edit.content_structure.parse().map_err(|_| invalid("contentStructure", "unknown"))?,
        word_count_target: edit.word_count_target,
    };
    let now = app.engine.clock().now();
    Ok(app.engine.store().write(move |w| w.idea_update(idea, &fields, now)).await?)
}

/// Queues ideas for writing; the ids are those of the tasks.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn ideas_queue(app: &Igny8, selection: Selection) -> Result<Changed, Fault> {
    let (selection, now) = (view::list::selection(selection)?, app.engine.clock().now());
    let queued = app.engine.store().write(move |w| w.idea_queue(&w.idea_ids(&selection, SELECTION_MAX)?, now));
    Ok(changed(&queued.await?))
}

/// Removes ideas.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn ideas_remove(app: &Igny8, selection: Selection) -> Result<Changed, Fault> {
    let (selection, now) = (view::list::selection(selection)?, app.engine.clock().now());
    let removed = app.engine.store().write(move |w| w.idea_remove(&w.idea_ids(&selection, SELECTION_MAX)?, now));
    Ok(changed(&removed.await?))
}

/// Brings removed ideas back.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn ideas_restore(app: &Igny8, ideas: &[String]) -> Result<(), Fault> {
    let (ideas, now) = (ids::<IdeaId>(ideas, "ids")?, app.engine.clock().now());
    app.engine.store().write(move |w| w.idea_restore(&ideas, now)).await?;
    Ok(())
}

/// The values the filters of a list can take.
///
/// # Errors
/// As [`keywords`].
pub async fn facets(app: &Igny8, list: ListName, filter: ListFilter) -> Result<Vec<Facet>, Fault> {
    let filter = view::list::filter(filter)?;
    let facets = app.engine.store().read(move |r| match list {
        ListName::Keywords => r.keyword_facets(&filter),
        ListName::Clusters => r.cluster_facets(&filter),
        ListName::Ideas => r.idea_facets(&filter),
        ListName::Tasks => r.task_facets(&filter),
        ListName::Contents => r.content_facets(&filter),
        ListName::Images => r.image_set_facets(&filter),
    });
    Ok(view::list::facets(facets.await?))
}
