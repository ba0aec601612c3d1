-- What both sides agreed on. Before anything is written to a post, it is compared with what it was when it was last read
-- back; what somebody else has changed there since is not written over, but kept until a person decides. The same row lets
-- the state of a post be followed: what it was when somebody last looked.
create table site_post (
  content_id integer primary key references content(id),
  site_id integer not null references site(id),
  post_id text not null check (post_id <> ''),
  is_page integer not null check (is_page in (0, 1)),
  -- The post as it was read back, or as somebody decided since. What is absent is not compared.
  agreed text not null check (json_valid(agreed)),
  -- The last update that was about to leave and of which nothing was heard yet; '{}' for none.
  sent text not null default '{}' check (json_valid(sent)),
  -- The post as somebody else changed it; '' when nothing is to be decided.
  theirs text not null default '' check (theirs = '' or json_valid(theirs)),
  found_at integer not null default 0 check (found_at >= 0),
  -- The picture above the text that the site chose itself and keeps, and since when; '' when ours is the one.
  kept_featured text not null default '',
  kept_at integer not null default 0 check (kept_at >= 0),
  check ((theirs = '') = (found_at = 0)),
  check ((kept_featured = '') = (kept_at = 0))
) strict;
create index site_post_by_site on site_post(site_id);
create index site_post_to_decide on site_post(found_at) where found_at > 0;

-- How the site says that a proven post stands now; '' before anybody looked.
alter table publication add column remote_status text not null default '';

-- Of what was proven before this, the hash of the text is known.
insert into site_post (content_id, site_id, post_id, is_page, agreed)
  select c.id, c.site_id, p.external_id, c.content_type = 'page', json_object('body',
    (select f.found from receipt_field f where f.publication_id = p.id and f.field = 'body' and f.found <> ''))
  from content c
  join publication p on p.id = (select max(id) from publication where content_id = c.id)
  where p.external_id <> '' and c.delivery in ('published', 'publishing');
