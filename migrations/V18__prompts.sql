-- How articles are asked for: prompts that a person words, for all sites or for one, authors, and how a site speaks. What
-- comes with the app is not in the file; a prompt without a row here is asked as the app words it.

-- One wording. It is never changed, so that a result can say for good what it was asked for with.
create table prompt_version (
  id integer primary key autoincrement,
  kind text not null check (kind in ('clustering', 'ideas', 'content', 'content_article', 'content_guide',
    'content_comparison', 'content_review', 'content_listicle', 'content_landing_page', 'content_business_page',
    'content_service_page', 'content_general', 'content_cluster_hub', 'content_product_page',
    'content_category_archive', 'content_tag_archive', 'content_attribute_archive', 'image_prompts', 'image_featured',
    'image_in_article', 'image_negative')),
  -- 0: for all sites.
  site_id integer not null check (site_id >= 0),
  version integer not null check (version >= 1),
  body text not null check (length(body) between 1 and 8000),
  created_at integer not null,
  unique (kind, site_id, version)
) strict;

create trigger prompt_version_is_immutable before update on prompt_version
begin
  select raise(abort, 'a wording is immutable');
end;

create trigger prompt_version_is_permanent before delete on prompt_version
begin
  select raise(abort, 'a wording is permanent');
end;

-- The wording in use. Resetting removes the row and leaves the wordings.
create table prompt (
  kind text not null,
  site_id integer not null check (site_id >= 0),
  version_id integer not null references prompt_version(id),
  updated_at integer not null,
  primary key (kind, site_id)
) strict, without rowid;

-- What was asked with for each result, written in the commit that stores it. version_id 0: the app's own words, of the
-- number beside it, or, where that is 0 as well, a wording that was only tried and is in prompt_trial.
create table usage_prompt (
  usage_id integer not null references usage_log(id),
  kind text not null,
  version_id integer not null default 0 check (version_id >= 0),
  built_in integer not null default 0 check (built_in >= 0),
  primary key (usage_id, kind),
  check (version_id = 0 or built_in = 0)
) strict, without rowid;

-- An operation that tries a wording on a real item: it is held and charged like any other, and its answer is shown and
-- stored nowhere but among the paid answers.
alter table operation add column is_trial integer not null default 0 check (is_trial in (0, 1));
create table prompt_trial (
  operation_id blob primary key references operation(id),
  kind text not null,
  body text not null check (length(body) between 1 and 8000)
) strict, without rowid;

-- Who signs articles. A removed author signs none, and can be brought back.
create table author_profile (
  id integer primary key autoincrement,
  name text not null check (length(name) between 1 and 200),
  bio text not null default '' check (length(bio) <= 1000),
  -- How they write.
  voice text not null default '' check (length(voice) <= 1000),
  created_at integer not null,
  updated_at integer not null,
  removed_at integer not null default 0
) strict;
create unique index author_profile_name on author_profile(name collate nocase) where removed_at = 0;

-- How a site speaks. '' leaves it to the model, or the length to the topic; author 0 is nobody.
alter table site add column tone text not null default ''
  check (tone in ('', 'neutral', 'friendly', 'professional', 'conversational', 'authoritative', 'playful'));
alter table site add column article_length text not null default ''
  check (article_length in ('', 'short', 'medium', 'long'));
alter table site add column author_id integer not null default 0 check (author_id >= 0);
