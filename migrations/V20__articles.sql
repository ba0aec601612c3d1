-- V20
-- What corrections of articles must remember.

-- Whose a picture's text alternative is: 'scene' describes what the model was asked to show, 'card' the card that the
-- built-in engine draws, 'outdated' a scene that a person has described anew since, 'own' is a person's words, which
-- nothing else changes. What a person wrote before this was noted cannot be told apart: all but cards count as theirs.
alter table image add column alt_origin text not null default 'scene'
  check (alt_origin in ('scene', 'card', 'outdated', 'own'));
update image set alt_origin = case
  when alt like 'Title card: “%' or alt like 'Illustrated card: “%' or alt like 'Abstract picture of simple shapes %'
  then 'card' else 'own' end;

-- A keyword that came into its cluster when all the cluster's ideas were written: no article answers it yet. Its cluster
-- waits for ideas again.
alter table keyword add column is_uncovered integer not null default 0 check (is_uncovered in (0, 1));
create index keyword_uncovered on keyword(cluster_id) where is_uncovered = 1;

-- Clusters that clustering found and did not have to make.
alter table operation add column joined integer not null default 0 check (joined >= 0);

-- A site of which nothing is left but its place in the books; 0 for all others. It cannot be restored.
alter table site add column purged_at integer not null default 0;

-- An article whose update failed is on the site as it was before: only its delivery failed. A post that is gone from its
-- site takes these three along.
update content set delivery = 'published' where delivery = 'failed' and published_at > 0 and external_id <> '';
