-- Articles go out at times that people chose. A time is kept as they chose it (wall time and zone) and as the instant it
-- comes to, so that neither is guessed from the other. Beside it stands what the site was last proven to have: an article
-- can be due there at another time than here for as long as a move waits in the outbox.

-- The time as it was chosen, such as 2026-12-01T09:00, and the IANA zone it is meant in; '' without a time, and for a
-- time that was chosen on the site.
alter table content add column scheduled_wall text not null default '';
alter table content add column scheduled_zone text not null default '';
-- For which instant its site was proven to have it as a post of the future, and when that was read back; 0 when not.
alter table content add column handed_for integer not null default 0 check (handed_for >= 0);
alter table content add column handed_at integer not null default 0 check (handed_at >= 0);
-- Its time has passed, its site did not publish it, and was poked; 0 when not.
alter table content add column nudged_at integer not null default 0 check (nudged_at >= 0);
-- Its time has passed, and what becomes of it is left to a person; 0 when not.
alter table content add column missed_at integer not null default 0 check (missed_at >= 0);
-- When it became public, as its site dates it; 0 while it is not.
alter table content add column public_at integer not null default 0 check (public_at >= 0);
update content set public_at = published_at where published_at > 0;
update content set handed_for = scheduled_publish_at, handed_at = updated_at
  where delivery = 'scheduled' and scheduled_publish_at > 0;

create index content_planned on content(scheduled_publish_at) where scheduled_publish_at > 0 and removed_at = 0;
create index content_public on content(public_at) where public_at > 0 and removed_at = 0;
create index content_handed on content(handed_for) where handed_for > 0 and removed_at = 0;

-- Who publishes what is due: the site, which has it beforehand as a post of the future, or this computer.
alter table site add column hand_over text not null default 'wordpress' check (hand_over in ('wordpress', 'computer'));
-- What is done about an article whose time passed without it.
alter table site add column missed_rule text not null default 'publish'
  check (missed_rule in ('publish', 'next_slot', 'tell'));
update site set hand_over = 'computer' where kind = 'folder';

-- What a proof is of: that the site has the article as a post of the future, or that it is public.
alter table publication add column kind text not null default 'published' check (kind in ('published', 'handed_over'));
