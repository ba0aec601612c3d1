-- Sites and everything a person plans and writes for them.
--
-- Habits of every table: STRICT, NOT NULL, a CHECK on each enum and range. Instants are UTC milliseconds; 0 means "not
-- yet". `removed_at` > 0 hides a row and keeps it, so that every removal can be undone and history stays whole.

create table site (
  id integer primary key autoincrement,
  name text not null check (length(name) between 1 and 200),
  kind text not null check (kind in ('wordpress', 'folder')),
  url text not null default '',
  api_url text not null default '',
  user_name text not null default '',
  has_secret integer not null default 0 check (has_secret in (0, 1)),
  connection text not null default 'untested' check (connection in ('untested', 'ok', 'failed')),
  connection_code text not null default '',
  probe text not null default '{}' check (json_valid(probe)),
  tested_at integer not null default 0,
  language text not null default 'en',
  zone text not null default 'UTC',
  brand_color text not null default '#4453c7' check (length(brand_color) = 7),
  is_sample integer not null default 0 check (is_sample in (0, 1)),
  created_at integer not null,
  updated_at integer not null,
  removed_at integer not null default 0
) strict;

create table sector (
  id integer primary key autoincrement,
  site_id integer not null references site(id),
  name text not null check (length(name) between 1 and 200),
  created_at integer not null,
  removed_at integer not null default 0
) strict;
create unique index sector_name on sector(site_id, name collate nocase) where removed_at = 0;

create table cluster (
  id integer primary key autoincrement,
  site_id integer not null references site(id),
  sector_id integer not null references sector(id),
  name text not null check (length(name) between 1 and 200),
  description text not null default '',
  status text not null default 'new' check (status in ('new', 'mapped')),
  is_disabled integer not null default 0 check (is_disabled in (0, 1)),
  created_at integer not null,
  updated_at integer not null,
  removed_at integer not null default 0
) strict;
create unique index cluster_name on cluster(sector_id, name collate nocase) where removed_at = 0;
create index cluster_by_site on cluster(site_id, status) where removed_at = 0;

create table keyword (
  id integer primary key autoincrement,
  site_id integer not null references site(id),
  sector_id integer not null references sector(id),
  text text not null check (length(text) between 1 and 200),
  -- The folded form under which two spellings are one keyword.
  key text not null,
  -- Unknown is null, never 0: a keyword nobody searches for differs from one nobody has measured.
  volume integer check (volume >= 0),
  difficulty integer check (difficulty between 0 and 100),
  cpc_nano integer check (cpc_nano >= 0),
  intent text not null default '' check (intent in ('', 'informational', 'commercial', 'transactional', 'navigational')),
  country text not null default '',
  source text not null default '',
  cluster_id integer references cluster(id),
  status text not null default 'new' check (status in ('new', 'mapped')),
  is_disabled integer not null default 0 check (is_disabled in (0, 1)),
  created_at integer not null,
  updated_at integer not null,
  removed_at integer not null default 0,
  check ((status = 'mapped') = (cluster_id is not null))
) strict;
create unique index keyword_key on keyword(sector_id, key, country) where removed_at = 0;
create index keyword_by_volume on keyword(site_id, volume, id) where removed_at = 0;
create index keyword_by_status on keyword(site_id, status, sector_id) where removed_at = 0;
create index keyword_by_cluster on keyword(cluster_id) where removed_at = 0 and cluster_id is not null;

create table idea (
  id integer primary key autoincrement,
  site_id integer not null references site(id),
  sector_id integer not null references sector(id),
  cluster_id integer references cluster(id),
  title text not null check (length(title) between 1 and 200),
  description text not null default '',
  keywords text not null default '[]' check (json_valid(keywords)),
  content_type text not null check (content_type in ('post', 'page', 'product', 'taxonomy')),
  content_structure text not null check (content_structure in ('article', 'guide', 'comparison', 'review', 'listicle',
    'landing_page', 'business_page', 'service_page', 'general', 'cluster_hub', 'product_page', 'category_archive',
    'tag_archive', 'attribute_archive')),
  word_count_target integer not null check (word_count_target between 100 and 10000),
  status text not null default 'new' check (status in ('new', 'queued', 'completed')),
  is_disabled integer not null default 0 check (is_disabled in (0, 1)),
  created_at integer not null,
  updated_at integer not null,
  removed_at integer not null default 0
) strict;
create index idea_by_site on idea(site_id, status) where removed_at = 0;
create index idea_by_cluster on idea(cluster_id) where removed_at = 0;

create table task (
  id integer primary key autoincrement,
  site_id integer not null references site(id),
  sector_id integer not null references sector(id),
  cluster_id integer references cluster(id),
  idea_id integer references idea(id),
  status text not null default 'queued' check (status in ('queued', 'completed', 'failed')),
  -- Counts the wished-for rewritings, so that an unchanged task is recognised as already paid.
  variation integer not null default 0 check (variation >= 0),
  created_at integer not null,
  updated_at integer not null,
  removed_at integer not null default 0
) strict;
create unique index task_one_per_idea on task(idea_id) where removed_at = 0 and idea_id is not null;
create index task_by_site on task(site_id, status) where removed_at = 0;

create table content (
  id integer primary key autoincrement,
  site_id integer not null references site(id),
  sector_id integer not null references sector(id),
  cluster_id integer references cluster(id),
  task_id integer references task(id),
  title text not null check (length(title) between 1 and 200),
  slug text not null,
  excerpt text not null default '',
  meta_title text not null default '',
  meta_description text not null default '',
  primary_keyword text not null default '',
  secondary_keywords text not null default '[]' check (json_valid(secondary_keywords)),
  tags text not null default '[]' check (json_valid(tags)),
  categories text not null default '[]' check (json_valid(categories)),
  internal_links text not null default '[]' check (json_valid(internal_links)),
  content_type text not null check (content_type in ('post', 'page', 'product', 'taxonomy')),
  content_structure text not null check (content_structure in ('article', 'guide', 'comparison', 'review', 'listicle',
    'landing_page', 'business_page', 'service_page', 'general', 'cluster_hub', 'product_page', 'category_archive',
    'tag_archive', 'attribute_archive')),
  is_outline integer not null default 0 check (is_outline in (0, 1)),
  word_count integer not null default 0 check (word_count >= 0),
  version integer not null default 1 check (version >= 1),
  status text not null default 'draft' check (status in ('draft', 'review', 'approved')),
  delivery text not null default 'not_published'
    check (delivery in ('not_published', 'scheduled', 'publishing', 'published', 'failed')),
  scheduled_publish_at integer not null default 0,
  published_at integer not null default 0,
  external_id text not null default '',
  external_url text not null default '',
  created_at integer not null,
  updated_at integer not null,
  removed_at integer not null default 0
) strict;
create index content_by_site on content(site_id, status, delivery) where removed_at = 0;
create index content_by_cluster on content(cluster_id) where removed_at = 0;
create unique index content_one_per_task on content(task_id) where removed_at = 0 and task_id is not null;

create table content_version (
  id integer primary key autoincrement,
  content_id integer not null references content(id),
  version integer not null check (version >= 1),
  html text not null,
  origin text not null check (origin in ('model', 'person')),
  created_at integer not null,
  unique (content_id, version)
) strict;

create table image (
  id integer primary key autoincrement,
  site_id integer not null references site(id),
  content_id integer not null references content(id),
  image_type text not null check (image_type in ('featured', 'in_article')),
  position integer not null check (position between 0 and 4),
  heading text not null default '',
  prompt text not null,
  alt text not null default '',
  status text not null default 'pending' check (status in ('pending', 'generated', 'failed')),
  error_code text not null default '',
  -- SHA-256 of the stored file, which is its name in the media folder.
  media_hash text not null default '',
  media_type text not null default '' check (media_type in ('', 'image/png', 'image/webp', 'image/jpeg')),
  width integer not null default 0,
  height integer not null default 0,
  bytes integer not null default 0,
  variation integer not null default 0 check (variation >= 0),
  model_id integer,
  created_at integer not null,
  updated_at integer not null,
  removed_at integer not null default 0,
  check ((image_type = 'featured') = (position = 0)),
  check ((status = 'generated') = (media_hash <> ''))
) strict;
create unique index image_place on image(content_id, image_type, position) where removed_at = 0;
create index image_by_site on image(site_id, status) where removed_at = 0;
create index image_by_hash on image(media_hash) where media_hash <> '';

create table setting (
  key text primary key,
  value text not null check (json_valid(value))
) strict;
