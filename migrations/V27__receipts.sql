-- The proof of a delivery, field by field: a row can be asked for and counted, which a text cannot. What was proven before
-- is taken over as it stands. `publication.receipt` held it as one text; it is neither written nor read any more.
create table receipt_field (
  publication_id integer not null references publication(id),
  position integer not null check (position >= 0),
  field text not null check (field in (
    'title', 'slug', 'date', 'status', 'author', 'excerpt', 'categories', 'tags', 'body', 'featured_image', 'alt',
    'meta_title', 'meta_description')),
  verdict text not null check (verdict in ('as_sent', 'changed', 'dropped')),
  -- Why it is so, where that is known without looking: the site has no place for the field, or another one has its place.
  note text not null default '' check (note in ('', 'no_field', 'as_excerpt', 'gave_way', 'unreadable')),
  -- Both are cut; texts that are too long to be read are here as their hash.
  sent text not null check (length(sent) <= 200),
  found text not null check (length(found) <= 200),
  primary key (publication_id, position)
) strict, without rowid;
insert into receipt_field (publication_id, position, field, verdict, sent, found)
  select p.id, f.key, f.value ->> 'field', f.value ->> 'verdict', substr(f.value ->> 'sent', 1, 200),
    substr(f.value ->> 'found', 1, 200)
  from publication p, json_each(p.receipt, '$.fields') f;
