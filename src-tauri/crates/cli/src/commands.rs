//! One file per area of commands. What only reads works beside an open window; what writes needs the data folder.

mod all_work;
mod automation;
mod books;
mod calendar;
mod conflicts;
mod data;
mod exchange;
mod following;
mod models;
mod notifications;
mod outbox;
mod passages;
mod prompts;
mod publish;
mod publishing;
mod receipts;
mod retry;
mod run;
mod runs;
mod schedule;
mod sectors;
mod sites;
mod work;

use crate::args::{
    Args, AutomationCommand, Command, ConflictsCommand, CreditsCommand, KeywordsCommand, ModelsCommand,
    NotificationsCommand, OutboxCommand, PromptsCommand, PublishingCommand, ReceiptsCommand, Retry, RunCommand,
    SectorCommand, SiteCommand,
};
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output::Output;
use igny8_app::{Fault, Igny8, OpenOptions, start_logging};
use std::sync::Arc;

/// Runs the command that was asked for.
///
/// # Errors
/// Why it was refused or failed.
pub async fn run(args: Args) -> Result<(), Failure> {
    let options = OpenOptions { data_dir: args.data_dir };
    let out = Output { json: args.json };
    // Held until the end: dropping it writes what is still in memory.
    let _log = start_logging(&options.folder()?);
    if let Command::Restore { file, check } = &args.command {
        return data::restore(options, file, *check, out);
    }
    let app = open(options, &args.command).await?;
    let interrupt = Interrupt::listen();
    let ends_itself = ends_itself(&args.command);
    let work = dispatch(&app, args.command, &interrupt, out);
    let done = if ends_itself { work.await } else { interrupt.or_left(work).await };
    // What another program has at hand is not interrupted, and who is told to end has heard enough.
    let told =
        if app.has_the_folder() && !interrupt.has_come() { work::warn_of_interrupted(&app).await } else { Ok(()) };
    Arc::new(app).close().await;
    done.and(told.map_err(Failure::from))
}

/// Work that is brought to an end when it is interrupted. Everything else is simply left: it has changed nothing yet, or
/// goes on at the next start where it was.
fn ends_itself(command: &Command) -> bool {
    matches!(
        command,
        Command::Demo
            | Command::Cluster(_)
            | Command::Ideas(_)
            | Command::Write(_)
            | Command::Images(_)
            | Command::Retry(_)
            | Command::Publish { .. }
            | Command::Outbox(OutboxCommand::Retry { .. })
            | Command::Site(SiteCommand::ImportPosts { .. } | SiteCommand::Bisect { .. })
            | Command::Run(RunCommand::Start { .. } | RunCommand::Resume { .. })
    )
}

/// A command that only reads does not need the folder for itself. Beside a program that has it, `run pause`, `run
/// resume`, `run cancel`, `credits stop` and `credits resume` ask that program.
async fn open(options: OpenOptions, command: &Command) -> Result<Igny8, Fault> {
    match Igny8::open(options.clone()).await {
        Err(Fault::FolderInUse) if works_beside_a_writer(command) => Igny8::open_for_reading(options).await,
        opened => opened,
    }
}

fn works_beside_a_writer(command: &Command) -> bool {
    match command {
        Command::Credits(command) => leaves_the_books(command),
        Command::Site(command) => leaves_the_sites(command),
        Command::Run(command) => leaves_the_runs(command),
        Command::Sector(SectorCommand::List { .. })
        | Command::Automation(AutomationCommand::Show { .. })
        | Command::Needs { .. }
        | Command::Keywords(KeywordsCommand::Import { dry_run: true, .. })
        | Command::Models(
            ModelsCommand::List { .. }
            | ModelsCommand::Check
            | ModelsCommand::Test { .. }
            | ModelsCommand::Mode { mode: None },
        )
        | Command::Retry(Retry { list: true, .. })
        | Command::Prompts(
            PromptsCommand::List { .. } | PromptsCommand::Show { .. } | PromptsCommand::Preview { .. },
        )
        | Command::Publishing(PublishingCommand::Show { .. } | PublishingCommand::Preview { .. })
        | Command::Receipts(ReceiptsCommand::Export { .. })
        | Command::Outbox(OutboxCommand::List { .. })
        | Command::Notifications(
            NotificationsCommand::List { .. }
            | NotificationsCommand::Prefs { kind: None, .. }
            | NotificationsCommand::Quiet { switch: None, .. },
        )
        | Command::Conflicts(ConflictsCommand::List { .. } | ConflictsCommand::Show { .. })
        | Command::Calendar(_)
        | Command::Backup { .. }
        | Command::Report => true,
        Command::Demo
        | Command::Sector(SectorCommand::Add { .. } | SectorCommand::Rename { .. } | SectorCommand::Remove { .. })
        | Command::Keywords(KeywordsCommand::Import { dry_run: false, .. })
        | Command::Cluster(_)
        | Command::Ideas(_)
        | Command::Write(_)
        | Command::Images(_)
        | Command::Retry(Retry { list: false, .. })
        | Command::Approve(_)
        | Command::Publish { .. }
        | Command::Schedule(_)
        | Command::Outbox(
            OutboxCommand::Retry { .. } | OutboxCommand::Discard { .. } | OutboxCommand::Restore { .. },
        )
        | Command::Notifications(
            NotificationsCommand::Read { .. }
            | NotificationsCommand::Prefs { kind: Some(_), .. }
            | NotificationsCommand::Quiet { switch: Some(_), .. },
        )
        | Command::Automation(AutomationCommand::Set(_))
        | Command::Models(
            ModelsCommand::Connect { .. }
            | ModelsCommand::Disconnect { .. }
            | ModelsCommand::Add(_)
            | ModelsCommand::Use { .. }
            | ModelsCommand::Mode { mode: Some(_) }
            | ModelsCommand::Switch { .. },
        )
        | Command::Prompts(PromptsCommand::Set { .. } | PromptsCommand::Reset { .. } | PromptsCommand::Try { .. })
        | Command::Conflicts(
            ConflictsCommand::TakeMine { .. } | ConflictsCommand::TakeTheirs { .. } | ConflictsCommand::Merge { .. },
        )
        | Command::Publishing(PublishingCommand::Set { .. })
        | Command::Restore { .. } => false,
    }
}

/// Whether a command of a site only reads.
fn leaves_the_sites(command: &SiteCommand) -> bool {
    match command {
        SiteCommand::List { .. }
        | SiteCommand::Posts { .. }
        | SiteCommand::Consent { .. }
        | SiteCommand::Companion { .. } => true,
        SiteCommand::Add(_)
        | SiteCommand::Edit { .. }
        | SiteCommand::Password { .. }
        | SiteCommand::Test { .. }
        | SiteCommand::Doctor { .. }
        | SiteCommand::Sync { .. }
        | SiteCommand::Guard { .. }
        | SiteCommand::ImportPosts { .. }
        | SiteCommand::Bisect { .. }
        | SiteCommand::Tidy { .. }
        | SiteCommand::Disconnect { .. }
        | SiteCommand::Authority { .. }
        | SiteCommand::Remove { .. }
        | SiteCommand::Restore { .. } => false,
    }
}

/// Whether a command of a run only reads, or asks the program that has the folder.
fn leaves_the_runs(command: &RunCommand) -> bool {
    match command {
        RunCommand::Status { .. }
        | RunCommand::Pause { .. }
        | RunCommand::Resume { .. }
        | RunCommand::Cancel { .. }
        | RunCommand::History { .. }
        | RunCommand::Show { .. }
        | RunCommand::Log { .. } => true,
        RunCommand::Start { .. } => false,
    }
}

/// Whether a command of the books only reads, or asks the program that has the folder.
fn leaves_the_books(command: &CreditsCommand) -> bool {
    match command {
        CreditsCommand::Balance
        | CreditsCommand::Ledger { .. }
        | CreditsCommand::Limits
        | CreditsCommand::Stop
        | CreditsCommand::Resume
        | CreditsCommand::Audit
        | CreditsCommand::Zone { name: None }
        | CreditsCommand::Export { .. }
        | CreditsCommand::Reconcile { .. } => true,
        CreditsCommand::Grant { .. }
        | CreditsCommand::Price { .. }
        | CreditsCommand::Budget { .. }
        | CreditsCommand::Limit { .. }
        | CreditsCommand::Zone { name: Some(_) } => false,
    }
}

async fn dispatch(app: &Igny8, command: Command, interrupt: &Interrupt, out: Output) -> Result<(), Failure> {
    match command {
        Command::Demo => work::demo(app, interrupt, out).await,
        Command::Site(command) => sites::site(app, command, interrupt, out).await,
        Command::Conflicts(command) => conflicts::conflicts(app, command, out).await,
        Command::Automation(command) => automation::automation(app, command, out).await,
        Command::Needs { site } => automation::needs(app, &site, out).await,
        Command::Sector(command) => sectors::sector(app, command, out).await,
        Command::Keywords(command) => sites::keywords(app, command, out).await,
        Command::Cluster(work) => work::cluster(app, &work, interrupt, out).await,
        Command::Ideas(work) => work::ideas(app, &work, interrupt, out).await,
        Command::Write(work) => work::write(app, &work, interrupt, out).await,
        Command::Images(work) => work::images(app, &work, interrupt, out).await,
        Command::Retry(asked) => retry::retry(app, asked, interrupt, out).await,
        Command::Approve(work) => work::approve(app, &work, out).await,
        Command::Publish { work, password_stdin, anew, scheduled } => {
            publish::publish(app, &work, publish::How { password_stdin, anew, scheduled }, interrupt, out).await
        }
        Command::Publishing(command) => publishing::publishing(app, command, out).await,
        Command::Schedule(asked) => schedule::set(app, asked, out).await,
        Command::Calendar(asked) => schedule::calendar(app, asked, out).await,
        Command::Outbox(command) => outbox::outbox(app, command, interrupt, out).await,
        Command::Run(command) => run::run(app, command, interrupt, out).await,
        Command::Credits(command) => books::credits(app, command, out).await,
        Command::Models(command) => models::models(app, command, out).await,
        Command::Notifications(command) => notifications::notifications(app, command, out).await,
        Command::Prompts(command) => prompts::prompts(app, command, out).await,
        Command::Receipts(command) => receipts::receipts(app, command, out).await,
        Command::Report => books::report(app, out).await,
        Command::Backup { file } => data::backup(app, file, out).await,
        Command::Restore { .. } => Ok(()),
    }
}
