//! The books as a stranger reads them: straight from the file, with statements of their own, so that a test never
//! believes what the code under test says about itself.

use igny8_core::id::OperationId;
use rusqlite::{Connection, OpenFlags, Row, params};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A database file, looked at from outside.
pub struct Books {
    path: PathBuf,
}

/// The four records of one operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Records {
    /// Lines of the statement, oldest first.
    pub transactions: Vec<Line>,
    /// Usage rows, oldest first.
    pub usage: Vec<Used>,
    /// The task log's row.
    pub task: Task,
    /// Types and severities of the notices.
    pub notices: Vec<(String, String)>,
}

/// A line of the statement; amounts in micro-credits.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub transaction_type: String,
    pub operation_type: String,
    pub amount: i64,
    pub memo: String,
}

/// A usage row; credits in millionths, money in nano-dollars.
#[derive(Clone, Debug, PartialEq)]
pub struct Used {
    pub outcome: String,
    pub operation_type: String,
    pub credits: i64,
    pub cost: i64,
    pub credit_value: i64,
    pub tokens_in: i64,
    pub tokens_out: i64,
    pub images: i64,
    pub has_call: bool,
}

/// A row of the task log.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    pub function: String,
    pub status: String,
    pub phase: String,
    pub credits: i64,
    pub cost: i64,
    pub units_done: i64,
    pub units_failed: i64,
    pub results: i64,
    pub error_code: String,
    pub is_closed: bool,
}

impl Books {
    /// The books in a database file.
    pub fn of(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    /// The four records of an operation.
    pub fn records(&self, operation: OperationId) -> Records {
        let id = operation.as_bytes().as_slice();
        Records {
            transactions: self.rows(
                "select transaction_type, operation_type, amount, memo from credit_transaction
                 where operation_id = ?1 order by id",
                params![id],
                |row| {
                    Ok(Line {
                        transaction_type: row.get(0)?,
                        operation_type: row.get(1)?,
                        amount: row.get(2)?,
                        memo: row.get(3)?,
                    })
                },
            ),
            usage: self.usage(id),
            task: self.task(id),
            notices: self.rows(
                "select notification_type, severity from notification where operation_id = ?1 order by id",
                params![id],
                |row| Ok((row.get(0)?, row.get(1)?)),
            ),
        }
    }

    fn usage(&self, id: &[u8]) -> Vec<Used> {
        self.rows(
            "select outcome, operation_type, credits, cost_nano, credit_value_nano, tokens_input + tokens_cached,
               tokens_output, images, call_id is not null
             from usage_log where operation_id = ?1 order by id",
            params![id],
            |row| {
                Ok(Used {
                    outcome: row.get(0)?,
                    operation_type: row.get(1)?,
                    credits: row.get(2)?,
                    cost: row.get(3)?,
                    credit_value: row.get(4)?,
                    tokens_in: row.get(5)?,
                    tokens_out: row.get(6)?,
                    images: row.get(7)?,
                    has_call: row.get(8)?,
                })
            },
        )
    }

    fn task(&self, id: &[u8]) -> Task {
        let found = self.rows(
            "select function_name, status, phase, credits, cost_nano, units_done, units_failed, results, error_code,
               ended_at > 0
             from operation where id = ?1",
            params![id],
            |row| {
                Ok(Task {
                    function: row.get(0)?,
                    status: row.get(1)?,
                    phase: row.get(2)?,
                    credits: row.get(3)?,
                    cost: row.get(4)?,
                    units_done: row.get(5)?,
                    units_failed: row.get(6)?,
                    results: row.get(7)?,
                    error_code: row.get(8)?,
                    is_closed: row.get(9)?,
                })
            },
        );
        assert_eq!(found.len(), 1, "an operation has one row in the task log");
        found.into_iter().next().expect("counted")
    }

    /// What can be spent, from the transfers alone, in micro-credits: posted, and kept back by open holds.
    pub fn wallet(&self) -> (i64, i64) {
        let posted = self.number(
            "select coalesce(sum(case when c.code = 'wallet' then t.amount else -t.amount end), 0)
             from transfer t join account c on c.id = t.credit_id join account d on d.id = t.debit_id
             where t.kind in ('post', 'settle') and 'wallet' in (c.code, d.code)",
        );
        let held = self.number(
            "select coalesce(sum(amount), 0) from transfer h where kind = 'hold'
             and not exists (select 1 from transfer r where r.hold_id = h.id)",
        );
        (posted, held)
    }

    /// Holds that nothing resolved.
    pub fn open_holds(&self) -> i64 {
        self.number(
            "select count(*) from transfer h where kind = 'hold'
             and not exists (select 1 from transfer r where r.hold_id = h.id)",
        )
    }

    /// What a plan consists of, counted.
    pub fn plan(&self) -> BTreeMap<String, i64> {
        let counted = self.rows(
            "select 'keywords', count(*) from keyword union all
             select 'keywords mapped', count(*) from keyword where status = 'mapped' union all
             select 'clusters', count(*) from cluster union all
             select 'clusters mapped', count(*) from cluster where status = 'mapped' union all
             select 'ideas', count(*) from idea union all
             select 'ideas completed', count(*) from idea where status = 'completed' union all
             select 'tasks', count(*) from task union all
             select 'tasks completed', count(*) from task where status = 'completed' union all
             select 'contents', count(*) from content union all
             select 'versions', count(*) from content_version union all
             select 'slots', count(*) from image union all
             select 'pictures', count(*) from image where status = 'generated'",
            params![],
            |row| Ok((row.get(0)?, row.get(1)?)),
        );
        counted.into_iter().collect()
    }

    /// One number.
    pub fn number(&self, sql: &str) -> i64 {
        self.connection().query_row(sql, [], |row| row.get(0)).unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// Rows of any kind.
    pub fn rows<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Vec<T> {
        let connection = self.connection();
        let mut statement = connection.prepare(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
        let rows = statement.query_map(params, read).unwrap_or_else(|error| panic!("{sql}: {error}"));
        rows.collect::<Result<_, _>>().unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    fn connection(&self) -> Connection {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Connection::open_with_flags(&self.path, flags)
            .unwrap_or_else(|error| panic!("{}: {error}", self.path.display()))
    }
}
