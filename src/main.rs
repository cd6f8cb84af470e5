//! The `xiaosha` program.

fn main() -> xiaosha::cli::Exit {
    xiaosha::cli::run(std::env::args_os().collect())
}
