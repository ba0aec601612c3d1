-- How many pictures an article has, and in which file format, is a matter of the site it goes to: its theme and its
-- programs decide it. The featured picture comes on top of the number, and positions end at four.
alter table site add column in_article_images integer not null default 2 check (in_article_images between 0 and 4);
alter table site add column image_format text not null default 'webp' check (image_format in ('png', 'webp'));
