//! What of a site a command works on.

/// Work on what waits at a site.
#[derive(Debug, clap::Args)]
pub struct Work {
    /// Site id or name.
    #[arg(long)]
    pub site: String,
    /// Most items; all that wait by default.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
}

/// The same where it is paid.
#[derive(Debug, clap::Args)]
pub struct PaidWork {
    /// Where, and how much.
    #[command(flatten)]
    pub of: Work,
    /// Most credits it may spend in all: what may cost more is not begun.
    #[arg(long, value_name = "CREDITS", allow_negative_numbers = true)]
    pub cap: Option<String>,
}

/// Work on what failed at a site: all of it, or what is named.
#[derive(Debug, clap::Args)]
pub struct Retry {
    /// Where, and how much.
    #[command(flatten)]
    pub work: PaidWork,
    /// Say what failed, with its ids, and try nothing.
    #[arg(long, conflicts_with_all = ["limit", "cap", "tasks", "images"])]
    pub list: bool,
    /// Only this article, by the id of its task; may be given more than once.
    #[arg(long = "task", value_name = "ID", conflicts_with = "limit")]
    pub tasks: Vec<i64>,
    /// Only this picture, by its id; may be given more than once.
    #[arg(long = "image", value_name = "ID", conflicts_with = "limit")]
    pub images: Vec<i64>,
}
