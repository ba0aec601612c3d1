-- Where a delivery was begun. At another address the numbers of posts are another site's, and one of them may be a
-- stranger's post. Empty for deliveries begun before this was noted.
alter table outbox add column destination text not null default '';
-- Slugs its post may have there: what the site answered, and what was sent. A post of another slug is not ours.
alter table outbox add column post_slugs text not null default '[]' check (json_valid(post_slugs));
update outbox set post_slugs = json_array((select slug from content where content.id = outbox.content_id))
  where remote_id <> '';
