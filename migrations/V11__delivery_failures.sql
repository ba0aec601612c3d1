-- What a site said when a delivery failed: its own short code, or where it redirected to. Without it a refusal is only
-- known as one.
alter table outbox add column error_note text not null default '';
