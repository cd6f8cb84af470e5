//! What more or less money does, as frontier.csv and on the terminal.

mod table;
mod terminal;

pub use table::table;
pub use terminal::summary;
