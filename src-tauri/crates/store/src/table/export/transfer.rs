//! Transfers as entries of the journal.

use super::{Mark, STRETCH_ROWS};
use crate::table::column::optional_word;
use crate::{Read, StoreError};
use igny8_core::function::AiFunction;
use igny8_core::journal::{Account, Entry, Movement};
use igny8_core::money::{Credits, Usd};
use igny8_core::status::UnknownWord;
use igny8_core::time::UtcMs;
use rusqlite::types::Type;
use rusqlite::{Row, params};

/// A hold is open when nothing up to the mark resolves it.
pub(super) const TRANSFERS: &str = "select t.seq, t.at, t.kind, t.amount, d.code as debit, c.code as credit,
     coalesce(h.amount, 0) as held,
     t.kind = 'hold' and not exists (select 1 from transfer r where r.hold_id = t.id and r.seq <= ?2) as is_open,
     coalesce(o.function_name, '') as function_name, coalesce(s.name, '') as site,
     coalesce(lower(hex(k.id)), '') as call, u.cost_nano, coalesce(l.memo, '') as memo
   from transfer t join account d on d.id = t.debit_id join account c on c.id = t.credit_id
     left join transfer h on h.id = t.hold_id
     left join call k on k.id = t.call_id
     left join operation o on o.id = k.operation_id
     left join site s on s.id = o.site_id
     left join usage_log u on u.call_id = k.id and t.kind in ('settle', 'release')
     left join credit_transaction l on l.transfer_id = t.id
   where t.seq > ?1 and t.seq <= ?2
   order by t.seq limit ?3";

impl Read<'_> {
    /// The next stretch of transfers after a number, up to a mark.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn export_transfers(&self, after: i64, mark: &Mark) -> Result<Vec<Entry>, StoreError> {
        let mut statement = self.conn.prepare_cached(TRANSFERS)?;
        let entries = statement.query_map(params![after, mark.transfer, STRETCH_ROWS], read_entry)?;
        Ok(entries.collect::<Result<_, _>>()?)
    }
}

fn read_entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let amount = Credits(row.get("amount")?);
    let kind: String = row.get("kind")?;
    let movement = match kind.as_str() {
        "hold" => Movement::Hold { amount, is_open: row.get("is_open")? },
        "settle" => Movement::Settle { held: Credits(row.get("held")?), amount },
        "release" => Movement::Release { held: Credits(row.get("held")?) },
        _ => Movement::Post { from: account(row, "debit")?, to: account(row, "credit")?, amount },
    };
    Ok(Entry {
        seq: row.get("seq")?,
        at: UtcMs(row.get("at")?),
        movement,
        function: optional_word::<AiFunction>(row, "function_name")?,
        site: row.get("site")?,
        call: row.get("call")?,
        cost: row.get::<_, Option<i64>>("cost_nano")?.map(Usd),
        memo: row.get("memo")?,
    })
}

fn account(row: &Row<'_>, column: &str) -> rusqlite::Result<Account> {
    let code: String = row.get(column)?;
    let found = Account::ALL.iter().copied().find(|account| account.code() == code);
    found.ok_or_else(|| {
        let stranger = UnknownWord { vocabulary: "account", word: code };
        rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(stranger))
    })
}
