//! A plan explained, for people and for programs: on the terminal, as explain.csv, and as parts of the page.

mod answers;
mod changes;
mod parts;
mod prices;
mod table;
mod terminal;
mod words;

pub use parts::page_parts;
pub use table::table;
pub use terminal::summary;
