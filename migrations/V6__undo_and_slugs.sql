-- What undo must remember, and the rule that makes an address unique.

-- Keywords that lost their cluster because it was removed. Restoring the cluster takes back those that are still new; a
-- keyword has one row at most, of the cluster it left last.
create table cluster_leaver (
  keyword_id integer primary key references keyword(id),
  cluster_id integer not null references cluster(id)
) strict;
create index cluster_leaver_by_cluster on cluster_leaver(cluster_id);

create unique index content_slug on content(site_id, slug) where removed_at = 0;

-- What a site has consumed stands on every page, so it must not cost a walk through everybody's history.
create index usage_by_site on usage_log(site_id, at, credits);
