//! Mistakes that nothing comes of while one call is made after another: what a call that is out keeps from the others is
//! not seen by them. All else is in its place, down to the last figure. Each of them undoes itself in the commit in which it
//! was made, so that it takes calls that overlap to see it.

/// From the lease of a unit that holds anew up to its hold the limits of months, days and sites look as if nothing were held
/// of them. Behind it their ceilings are what they are of a limit that was set below what is taken already.
pub(super) const LOOKS_PAST_RESERVATIONS: &str = "
    create trigger planted after update of state on job
    when new.state = 'leased' and not exists (select 1 from call where job_id = new.id and resolved_at = 0)
    begin
      update cap set ceiling = ceiling + held where wanted >= 0 and scope in ('month', 'day', 'site');
    end;
    create trigger planted_held after insert on call
    begin
      update cap set ceiling = max(wanted, used + held) where wanted >= 0 and scope in ('month', 'day', 'site');
    end;
    create trigger planted_ended after update of state on job when old.state = 'leased'
    begin
      update cap set ceiling = max(wanted, used + held) where wanted >= 0 and scope in ('month', 'day', 'site');
    end;";

/// The hash of a call is another one until its answer is there, or lost.
pub(super) const HIDES_WHAT_IS_OUT: &str = "
    create table planted_out (call_id blob primary key, request_hash blob not null);
    create trigger planted after insert on call
    begin
      insert into planted_out values (new.id, new.request_hash);
      update call set request_hash = cast(substr(new.request_hash, 1, 30) || x'4F55' as blob) where id = new.id;
    end;
    create trigger planted_back after update of state on call when old.state = 'sent' and new.state <> 'sent'
    begin
      update call set request_hash = (select request_hash from planted_out where call_id = new.id) where id = new.id;
    end;";
