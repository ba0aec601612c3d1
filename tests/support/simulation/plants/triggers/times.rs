//! Mistakes with times: of runs that come back, and of articles that wait for theirs.

pub(super) const BEGINS_OFF_THE_RECORD: &str = "
    create trigger planted before insert on client_key when new.key in (select key from occurrence)
    begin select raise(ignore); end;";

pub(super) const PASSES_OVER_TIMES: &str = "
    create trigger planted before insert on occurrence when new.state = 'missed' begin select raise(ignore); end;";

pub(super) const HIDES_MISSED_RUNS: &str = "
    create trigger planted before insert on notification when new.notification_type = 'automation_missed'
    begin select raise(ignore); end;";

pub(super) const HIDES_MISSED_ARTICLES: &str = "
    create trigger planted before insert on notification when new.notification_type = 'publish_missed'
    begin select raise(ignore); end;";
