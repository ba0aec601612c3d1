//! What one cell says. A cell that is empty and one that cannot be read are two things: the first is silence, the second
//! may say anything, and is never taken for agreement.

use super::column::Field;
use crate::function::output::clean_line;

/// Characters kept of a cell that cannot be read, and of its column's name.
const TEXT_CHARS_MAX: usize = 60;

/// Why a cell cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// No number.
    NotANumber,
    /// A number, but no count of things: a part of one, or fewer than none.
    NotACount,
    /// The file does not show whether the mark parts thousands or decimals.
    AmbiguousNumber,
    /// More than any bill comes to.
    OutOfRange,
    /// Money that is not US dollars.
    OtherCurrency,
    /// No date and no time.
    NotATime,
    /// The file does not show which is the day and which the month.
    AmbiguousDate,
}

impl Unreadable {
    /// The stable word that is shown to programs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotANumber => "not_a_number",
            Self::NotACount => "not_a_count",
            Self::AmbiguousNumber => "ambiguous_number",
            Self::OutOfRange => "out_of_range",
            Self::OtherCurrency => "other_currency",
            Self::NotATime => "not_a_time",
            Self::AmbiguousDate => "ambiguous_date",
        }
    }
}

/// What one cell, or several that are summed, say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Said<T> {
    /// Nothing: the column is missing or the cell empty.
    #[default]
    Nothing,
    /// Something that cannot be read.
    Unreadable(Unreadable),
    /// This.
    This(T),
}

impl<T> Said<T> {
    /// What was said and could be read.
    #[must_use]
    pub fn value(self) -> Option<T> {
        match self {
            Self::This(value) => Some(value),
            Self::Nothing | Self::Unreadable(_) => None,
        }
    }

    /// Why it cannot be read.
    #[must_use]
    pub fn why(&self) -> Option<Unreadable> {
        match self {
            Self::Unreadable(why) => Some(*why),
            Self::Nothing | Self::This(_) => None,
        }
    }

    /// What becomes of what was said.
    pub(super) fn map<U>(self, to: impl FnOnce(T) -> U) -> Said<U> {
        match self {
            Self::Nothing => Said::Nothing,
            Self::Unreadable(why) => Said::Unreadable(why),
            Self::This(value) => Said::This(to(value)),
        }
    }

    /// Both together. A sum of which a part cannot be read cannot be read; one of which a part is missing is what is
    /// there.
    pub(super) fn plus(self, other: Self, add: impl FnOnce(T, T) -> Option<T>) -> Self {
        match (self, other) {
            (Self::Unreadable(why), _) | (_, Self::Unreadable(why)) => Self::Unreadable(why),
            (Self::Nothing, one) | (one, Self::Nothing) => one,
            (Self::This(one), Self::This(other)) => {
                add(one, other).map_or(Self::Unreadable(Unreadable::OutOfRange), Self::This)
            }
        }
    }
}

impl<T> From<Result<T, Unreadable>> for Said<T> {
    fn from(read: Result<T, Unreadable>) -> Self {
        read.map_or_else(Self::Unreadable, Self::This)
    }
}

/// A cell that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableCell {
    /// Line of the file, from 1.
    pub line: u64,
    /// Its column's name as it stands in the file, cleaned and shortened.
    pub column: String,
    /// What the column holds.
    pub field: Field,
    /// What stands there, cleaned and shortened.
    pub text: String,
    /// Why.
    pub why: Unreadable,
}

impl UnreadableCell {
    pub(super) fn new(line: u64, column: &str, field: Field, text: &str, why: Unreadable) -> Self {
        Self { line, column: clean_line(column, TEXT_CHARS_MAX), field, text: clean_line(text, TEXT_CHARS_MAX), why }
    }
}
