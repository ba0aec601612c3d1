//! What the lists' literals have in common, as macros: a statement stays one literal that can be read, prepared and
//! explained as it stands, and what all of them say is written once.

/// Declares what a list can be sorted by, with each column's name and the order of a list nobody has sorted.
macro_rules! sort_columns {
    ($(#[$doc:meta])* $name:ident, first by $first:ident $direction:ident {
        $($(#[$column_doc:meta])* $column:ident = $word:literal),* $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$column_doc])* $column),* }

        impl $crate::table::list::SortColumn for $name {
            const ALL: &'static [Self] = &[$(Self::$column),*];
            const DEFAULT: $crate::table::list::Sort<Self> = $crate::table::list::Sort {
                column: Self::$first,
                is_descending: $crate::table::list::sort_columns!(@is_descending $direction),
            };

            fn word(self) -> &'static str {
                match self { $(Self::$column => $word),* }
            }
        }
    };
    (@is_descending ascending) => { false };
    (@is_descending descending) => { true };
}

/// The end of a statement whose `hit` holds the matching rows as `id, k`: those beyond the cursor, in order. Unknown
/// values are last in both directions, equal ones stand in the order of their ids.
macro_rules! page_of_hits {
    () => {
        "
select hit.id as id, hit.k is null as is_unknown, ifnull(hit.k, 0) as k from hit
where :after_id is null or (hit.k is null) > :after_unknown or ((hit.k is null) = :after_unknown
  and case :descending when 0 then (ifnull(hit.k, 0), hit.id) > (:after_key, :after_id)
    else (ifnull(hit.k, 0), hit.id) < (:after_key, :after_id) end)
order by hit.k is null, case :descending when 0 then hit.k end, case :descending when 1 then hit.k end desc,
  case :descending when 0 then hit.id else -hit.id end
limit :limit"
    };
}

pub(crate) use {page_of_hits, sort_columns};
