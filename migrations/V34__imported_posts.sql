-- Posts that a site had before, taken in so that new articles can link to them and do not repeat them. They are followed
-- and never written: their text on the site may hold what an article here cannot. They are nobody's work, so lists and
-- counts of work leave them out.
alter table content add column is_imported integer not null default 0 check (is_imported in (0, 1));
create index content_imported on content(site_id) where is_imported = 1 and removed_at = 0;
create index site_post_by_post on site_post(site_id, is_page, post_id);
