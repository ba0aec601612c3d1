-- How the articles of a site are written there: as blocks, or as one text for sites that have switched blocks off; and
-- whether they begin with a table of contents. Both are a person's to choose, and hold for what is written from then on.
alter table site add column body_form text not null default 'blocks' check (body_form in ('blocks', 'classic'));
alter table site add column has_contents integer not null default 0 check (has_contents in (0, 1));

-- What may lie on a site without being of use: a draft or a file under a name of ours of which a doubled request or a lost
-- answer may have made a second one, or a draft that texts are tried with. Written down before it is made, so that it is
-- found and taken away whatever happens; nothing on a site is ever taken away that has no row here.
create table leftover (
  id integer primary key autoincrement,
  site_id integer not null references site(id),
  kind text not null check (kind in ('post', 'page', 'media')),
  -- The slug or the file name that it was sent under.
  name text not null check (name <> ''),
  -- Id of the one of that name that is of use; empty where none is.
  keeps text not null default '',
  -- Id of the post that a file was sent for: one of another post is somebody else's.
  parent text not null default '',
  noted_at integer not null check (noted_at >= 0)
) strict;
create unique index leftover_once on leftover(site_id, kind, name);

-- Categories and tags of a place by name in small letters, as it was asked for them once.
create table site_term (
  place text not null check (place <> ''),
  is_tag integer not null check (is_tag in (0, 1)),
  name text not null check (name <> ''),
  term_id text not null,
  title text not null,
  primary key (place, is_tag, name)
) strict;
