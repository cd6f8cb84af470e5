//! The `xiaosha` program.

fn main() {}
