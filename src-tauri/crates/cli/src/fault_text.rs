//! Every fault as a sentence that names the cause and the next step.

use crate::reason_text::{stopped_text, then_at};
use crate::site_text;
use igny8_app::Fault;

/// What a file of a newer program is told by.
const TOO_NEW: &str =
    "This data was made by a newer version of Igny8 and was left untouched. Update Igny8 and try again.";

/// The sentence.
#[must_use]
pub fn sentence(fault: &Fault) -> String {
    match fault {
        Fault::InvalidField { field, rule } => format!("{}: {}", field_name(field), rule_text(field, rule)),
        Fault::NotFound { what } => not_found(what),
        Fault::WrongState { what } => wrong_state(what),
        Fault::NotApproved { title } => not_approved(title),
        Fault::NothingToDo => "There is nothing to do: no item waits for this.".to_owned(),
        Fault::InsufficientCredits { needed, available } => format!(
            "Not enough credits: about {needed} needed, {available} available. Add some with 'credits grant AMOUNT', \
             or wait for the next monthly budget."
        ),
        Fault::RunNotCovered { estimate, needed, cap: None, available } => format!(
            "Not enough credits: this run will cost about {estimate} and needs {needed} to begin, {available} \
             available. Nothing was begun. Say what it may spend with '--cap CREDITS', at most what is available, or \
             add credits with 'credits grant AMOUNT'."
        ),
        Fault::RunNotCovered { estimate, cap: Some(cap), available, .. } => format!(
            "--cap: {cap} credits are more than the {available} that are available. Nothing was begun; the run will \
             cost about {estimate}. Name a smaller one, or add credits with 'credits grant AMOUNT'."
        ),
        Fault::CapReached { scope, needed, left } => format!(
            "The limit of the {scope} leaves {left} of the {needed} credits needed. Raise it with 'credits limit', or \
             wait for the next {scope}."
        ),
        Fault::SpendingStopped => {
            "All paid work is stopped. Allow it again with 'credits resume', then try again.".to_owned()
        }
        Fault::RunStopped { reason, until, address } => {
            let until = until.as_deref();
            format!(
                "Stopped: {}. What was finished stays. {}",
                stopped_text(reason, until, address.as_deref()),
                then_at(reason, until, "start again for the rest")
            )
        }
        Fault::UnpricedModel { model, provider, model_name, model_type: of } => {
            unpriced(model, provider, model_name, of)
        }
        Fault::ModelEnded { model, ended_on, successor } => ended(model, ended_on.as_deref(), successor.as_deref()),
        Fault::NotConnected { provider } => not_connected(provider),
        Fault::NoModel { model_type } => no_model(model_type),
        Fault::BooksDoNotBalance => {
            "The books do not balance, so no paid work is done. 'credits audit' says what differs.".to_owned()
        }
        Fault::KeywordFile { problem, line, headers } => keyword_file(problem, *line, headers),
        Fault::UsageFile { problem, line, headers } => usage_file(problem, *line, headers),
        Fault::Prompt { kind, problem, line, note } => prompt(kind, problem, *line, note),
        Fault::Site { host, failure, note } => format!("{host}: {}", site_text::site(failure, note)),
        Fault::SecretStore { state } => secret_store(state),
        Fault::DiskFull => "The disk is full. Nothing is half done; free some space and try again.".to_owned(),
        Fault::Unusable { path, problem, note } => unusable(path, problem, note),
        Fault::NoDataFolder => "The system names no folder for your data. Name one with --data-dir.".to_owned(),
        Fault::FolderInUse => {
            "Igny8 is open on this folder. Close it first, or use --data-dir with another folder.".to_owned()
        }
        Fault::TooNew => TOO_NEW.to_owned(),
        Fault::Corrupt => {
            "The database is damaged and was left untouched. Restore a copy with 'restore FILE'.".to_owned()
        }
        Fault::Cancelled => "Cancelled. What was finished stays, and the same command does the rest.".to_owned(),
        Fault::Internal { incident } => internal(incident),
    }
}

fn not_approved(title: &str) -> String {
    format!("“{title}” is not approved. Read it, and approve it with 'approve', before it gets a time.")
}

fn internal(incident: &str) -> String {
    if incident.is_empty() {
        return "Something inside failed, and nothing could be logged. Check that the folder 'logs' in the data folder \
                can be written, and try again."
            .to_owned();
    }
    format!("Something inside failed. The log in the data folder has more under {incident}.")
}

fn no_model(model_type: &str) -> String {
    format!("No {model_type} model is chosen. 'models list' says which there are, and 'models use MODEL' chooses one.")
}

/// The command has all but the prices, which nobody here knows.
fn unpriced(model: &str, provider: &str, name: &str, model_type: &str) -> String {
    let prices = match model_type {
        "image" => "--image PRICE --credits-per-image CREDITS",
        _ => "--input PRICE --output PRICE",
    };
    format!(
        "{model} has no price, and nothing is called at an unknown price. Give it one with 'models add --provider \
         {provider} --model {name} --type {model_type} {prices}', in dollars for 1,000 tokens or for an image, or choose \
         another with 'models use MODEL'."
    )
}

fn not_connected(provider: &str) -> String {
    format!(
        "{provider} is not connected: there is no key yet. Connect it with 'models connect --name {provider} --url \
         ADDRESS', its key on standard input."
    )
}

/// A model that its vendor has ended, and the one step to what takes its place.
fn ended(model: &str, ended_on: Option<&str>, successor: Option<&str>) -> String {
    let when = ended_on.map(|day| format!(" on {day}")).unwrap_or_default();
    let then = match successor {
        Some(name) => format!("Use its successor with 'models use {name}'."),
        None => "Choose another with 'models use MODEL'.".to_owned(),
    };
    format!("{model} was ended by its vendor{when}, so it is not asked and nothing was charged. {then}")
}

fn prompt(kind: &str, problem: &str, line: u32, note: &str) -> String {
    let what = match problem {
        "empty" => "there is nothing in it. Write what the model is to do, or use 'prompts reset'.".to_owned(),
        "too_long" => "it is longer than 8,000 characters. Shorten it.".to_owned(),
        "syntax" => format!("line {line} is not a template: {note}."),
        "unknown_variable" => {
            format!(
                "line {line} names {note}, which this prompt does not have. 'prompts show {kind}' lists its settings."
            )
        }
        "forbidden" => {
            format!(
                "line {line} uses {note}. Templates have values, {{% if %}} and comments, and nothing that repeats."
            )
        }
        "marker" => "it writes the markers between which the data stands. Leave out <data> and </data>.".to_owned(),
        "too_much" => "it makes more text, or decides more, than a prompt may. Shorten it.".to_owned(),
        _ => format!("line {line} fails: {note}."),
    };
    format!("The prompt {kind} cannot be used: {what}")
}

/// Names the command that lists what there is.
fn not_found(what: &str) -> String {
    let list = match what {
        "site" => "'site list' says which there are, 'site list --removed' which can be brought back.",
        "sector" => "'sector list --site SITE' says which there are.",
        "prompt" => "'prompts list' says where your own words are in use.",
        "model" | "provider" | "vendor" => "'models list' says which there are.",
        "delivery" => "'outbox list' says which there are.",
        "content" => "'calendar' says which articles are approved.",
        "failed task" | "failed image" => "'retry --site SITE --list' says which there are.",
        _ => "It may have been removed.",
    };
    format!("There is no such {what}. {list}")
}

fn wrong_state(what: &str) -> String {
    match what {
        "sector" => {
            "The sector holds keywords, clusters, ideas or articles, and only an empty one is removed.".to_owned()
        }
        "pipeline" => {
            "The run of this site has begun already, or there is none: 'run status' says which. Wait for its end, or cancel \
             it with 'run cancel'."
                .to_owned()
        }
        "paused" => "The run is paused. 'run resume' goes on with it, 'run cancel' gives it up.".to_owned(),
        "interrupted" => "--cap: work of this site was interrupted, and goes on under the cap it has. 'run resume' goes on \
                          with it; 'run cancel' gives it up, and what it had asked for is asked for anew. After either a \
                          run may have another cap."
            .to_owned(),
        _ => format!("The {what} does not allow this now. Look at its state and try again when that has changed."),
    }
}

/// What a field is called here, where that is not its name.
fn field_name(field: &str) -> &str {
    match field {
        "brandColor" => "--color",
        "siteId" => "--site",
        "site" => "the site",
        "inArticleImages" => "--images",
        "body" => "the text on standard input",
        "kind" => "the prompt",
        "sector" | "sectors" => "--sector",
        "modelName" => "--model",
        "modelType" => "--type",
        "tokensPerCredit" => "--tokens-per-credit",
        "maxOutputTokens" => "--max-output",
        "key" => "--key",
        "vendorKey" => "the key",
        "perMinute" => "--per-minute",
        "costPer1kInput" => "--input",
        "costPer1kOutput" => "--output",
        "costPer1kCachedInput" => "--cached-input",
        "costPer1kCacheWrite" => "--cache-write",
        "costPer1kReasoning" => "--reasoning",
        "costPer1kImageInput" => "--image-input",
        "costPer1kImageOutput" => "--image-output",
        "costPerImage" => "--image",
        "creditsPerImage" => "--credits-per-image",
        "minCredits" => "--min-credits",
        "retiresOn" => "--retires-on",
        "replacedBy" => "--replaced-by",
        "model" => "the model",
        "at" => "--at",
        "handOver" => "--hand-over",
        "articles" => "--swap",
        "states" => "--state",
        "out" => "--out",
        "vendorUrl" => "--url",
        "picture" => "--picture",
        "tiers" => "--tiers",
        "thinking" => "--thinking",
        "time" | "minuteOfDay" => "--at",
        "weekdays" => "--days",
        "monthDay" => "--month-day",
        "withinDelayS" => "--within",
        "betweenDelayS" => "--between",
        "creditsMax" => "--credits",
        "batch" => "--batch",
        "most" => "--most",
        "share" => "--share",
        "stages" => "--stage",
        other => other,
    }
}

/// The fault of a field that goes by another name where it was given.
pub fn renamed(fault: Fault, from: &str, to: &str) -> Fault {
    match fault {
        Fault::InvalidField { field, rule } if field == from => Fault::InvalidField { field: to.to_owned(), rule },
        other => other,
    }
}

fn rule_text(field: &str, rule: &str) -> String {
    let text = match rule {
        "required" if field == "sector" => {
            "is missing. Name one with --sector: 'sector list --site SITE' says which the site has, and 'sector add' \
             makes one."
        }
        "required" if field == "url" => {
            "is missing. Give the site's address with '--url https://example.com', or use '--kind folder' for a site that \
             is a folder of files."
        }
        "required" if field == "password" => {
            "is missing: nothing came on standard input. Pipe it in, from a file or from a program that keeps it."
        }
        "required" if field == "siteId" => "is missing. Say which site with '--site SITE'.",
        "required" if field == "modelType" => "is missing. Say what the model makes: 'text' or 'image'.",
        "required" if field == "body" => "is missing: nothing came on standard input. Pipe it in, from a file say.",
        "required" => "is missing. Give one.",
        "too_long" => "is too long. Shorten it.",
        "range" => return format!("is out of range. {}", range(field)),
        "kind" if field == "handOver" => {
            "does not go together with a folder, which publishes nothing by itself. Choose 'computer'."
        }
        "kind" => "makes something else than is needed here. Choose one of the other kind.",
        "too_fine" => "has more decimals than are counted. Leave some out.",
        "unknown" if field == "zone" => "is not a known value. Give an IANA name, such as Europe/Berlin.",
        "unknown" if field == "kind" => "is not a known one. 'prompts list' names them.",
        "unknown" => "is not a known value. 'igny8ctl help' has the known ones.",
        "format" => return format!("does not have the right form. {}", form(field)),
        "past" => "has passed. Choose a time to come, or publish the article now with 'publish'.",
        "two" => "needs two articles, which exchange their times.",
        "sum" => "must come to 100 together. Name those that make up for it as well.",
        "empty" => "has nothing left. Leave one on.",
        "taken" if field == "key" => "came with something else before. Make a new one for another command.",
        "taken" if field == "sectors" => "names a sector twice. Name each once.",
        "taken" => "is taken already; choose another.",
        "digits" => "is digits alone, which would be taken for an id. Add a letter.",
        "not_connected" => {
            "is a folder on this computer, which has no connection: no password, no sign-in and no certificate."
        }
        "ambiguous" => "names several things. Say which: VENDOR/MODEL.",
        "other_address" => "was given for another address and stays there. Give the key of this one on standard input.",
        "unencrypted" => "begins with http, and a key must not travel unencrypted. Use https.",
        "credentials" => {
            "has a user name or password in it, which would be stored readable. Leave it out of the address."
        }
        "folder" => "is a folder. Name the file itself.",
        "builtin" => "is 0 for the built-in engine, which nobody bills. Leave it out.",
        "dialect" => "is none that this vendor's language has. Add a model of the other kind.",
        "sizes" | "quality" | "steps" | "formats" | "seed_max" | "prompt_chars_max" | "more" => {
            return format!("has {rule} that no model can be asked for. 'models list --json' shows what others have.");
        }
        "quality_unpriced" => "has no price of the quality that is asked for. Say what that costs.",
        "image_only" => "belongs to models of images. Leave it out for text.",
        "text_only" => "belongs to models of text. Leave it out for images.",
        "live" => "is the database itself, or belongs to it. Choose another file.",
        "damaged" => "is damaged, or is no copy made by Igny8. Choose another copy.",
        "in_use" => "was changed while it was read. Close the program that has it open and try again.",
        "certificate" => "holds no certificate in PEM. Name the file of the authority that signed the site's.",
        "not_utf8" => "is no text in UTF-8. Set the terminal to UTF-8, or pipe it in as UTF-8.",
        "unreadable" => "could not be read from standard input. Pipe it in again.",
        "foreign" if field == "out" => {
            "is there already and is no earlier export of this kind. Choose another file, or remove it first."
        }
        "foreign" => "is there already and is no copy made by Igny8. Choose another file.",
        "unwritable" => "cannot be written. Check its folder and its permissions.",
        other => other,
    };
    text.to_owned()
}

/// What a field may be.
fn range(field: &str) -> &'static str {
    match field {
        "inArticleImages" => "Give 0 to 4.",
        "amount" => "Give a positive number, at most 4,000,000,000.",
        "cap" => "Give a number above 0.",
        "price" => "Give 0 to 100.",
        "at" => "Give a time within the next ten years.",
        "weekdays" => "Name one day at least.",
        "monthDay" => "Give 1 to 31.",
        "withinDelayS" | "betweenDelayS" => "Give 0 to 3,600 seconds.",
        "batch" | "most" => "Give 1 to 20,000, or 'all'.",
        "creditsMax" => "Give a number above 0, or 'auto'.",
        "perMinute" => "Give 1 to 100,000, or leave it out for as many as the vendor takes.",
        _ => "Give another.",
    }
}

/// The form that a field has.
fn form(field: &str) -> &'static str {
    match field {
        "brandColor" => "Write a colour as #rrggbb, such as #4453c7.",
        "url" => "Give an address such as https://example.com, or for a folder of articles its whole path.",
        "address" => "Give one such as https://example.com.",
        "vendorUrl" => "Give an address such as https://api.openai.com/v1 or http://127.0.0.1:11434.",
        "language" => "Give a language code, such as en or pt-BR.",
        "amount" | "cap" | "price" | "creditsPerImage" | "minCredits" => "Give a decimal number, such as 25 or 0.5.",
        cost if cost.starts_with("cost") => "Give US dollars as a decimal number, such as 0.0025.",
        "at" => "Give a time in the zone of the site, such as 2026-12-01T09:00, or an instant with its offset.",
        "from" | "until" => "Give an instant with its offset, such as 2026-12-01T00:00:00+01:00.",
        "retiresOn" => "Give a day, such as 2026-12-01.",
        "time" => "Give a time of day, such as 09:30.",
        "creditsMax" => "Give a decimal number, such as 25, or 'auto'.",
        "key" => "Give a UUID, such as 'uuidgen' makes.",
        "vendorKey" => "Give it as the vendor shows it: letters, digits and signs, and no blanks.",
        "tiers" => "Give a list of JSON with one price for each quality and size, as 'models list --json' has them.",
        "picture" => "Give an object of JSON with names that 'models list --json' has for other image models.",
        "thinking" => "Give an object of JSON such as {\"tokens\":8192,\"ask\":{\"reasoning_effort\":\"low\"}}.",
        "siteId" | "id" | "ids" => "Give the number that 'site list' has for it.",
        _ => "'igny8ctl help' describes it.",
    }
}

/// A pipe or a device, whose size nobody knows and which cannot be read twice.
const NOT_REGULAR: &str =
    "This is no regular file but a pipe or a device. Save what comes from it, and name that file.";

fn keyword_file(problem: &str, line: u32, headers: &[String]) -> String {
    match problem {
        "not_found" => "There is no such file. Check the path.".to_owned(),
        "folder" => "This is a folder. Name the files in it.".to_owned(),
        "not_regular" => NOT_REGULAR.to_owned(),
        "not_text" => "This file is not text. Export your keywords as CSV and import that file.".to_owned(),
        "archive" => "This is an archive. Unpack it and import the CSV file inside.".to_owned(),
        "spreadsheet" => "This is a spreadsheet. Save it as CSV and import that file.".to_owned(),
        "foreign_text" => {
            "This is text, but neither a table nor a list of keywords. Export your keywords as CSV.".to_owned()
        }
        "empty" => "The file holds no keywords. Export it again and check that it is not empty.".to_owned(),
        "no_keyword_column" => format!(
            "No column is named like a keyword column. Found: {}. Name one of them 'keyword' and try again.",
            headers.join(", ")
        ),
        "line_too_long" => {
            format!("Line {line} has no end. The file is damaged or not a keyword file; export it again.")
        }
        "unclosed_quote" => unclosed_quote(line),
        "too_large" => "The file is too large. Split it and import the parts.".to_owned(),
        "encoding" => format!("Broken characters near line {line}. Export the file again as UTF-8."),
        _ => "The file cannot be read. Check its permissions.".to_owned(),
    }
}

fn usage_file(problem: &str, line: u32, headers: &[String]) -> String {
    match problem {
        "not_found" => "There is no such file. Check the path.".to_owned(),
        "folder" => "This is a folder. Name the file in it.".to_owned(),
        "not_regular" => NOT_REGULAR.to_owned(),
        "not_text" => "This file is not text. Export your usage as CSV and take that file.".to_owned(),
        "archive" => "This is an archive. Unpack it and take the CSV file inside.".to_owned(),
        "spreadsheet" => "This is a spreadsheet. Save it as CSV and take that file.".to_owned(),
        "foreign_text" => "This is text, but no table. Export your usage as CSV.".to_owned(),
        "empty" => "The file holds no usage. Export it again and check that it is not empty.".to_owned(),
        "no_usage_column" => format!(
            "No column names a request, a model with tokens, or a cost with a time. Found: {}. Name one of them \
             'request id', or export the usage by request.",
            headers.join(", ")
        ),
        "line_too_long" => format!("Line {line} has no end. The file is damaged or no usage file; export it again."),
        "unclosed_quote" => unclosed_quote(line),
        "too_large" => "The file is too large. Export a shorter span of time.".to_owned(),
        "encoding" => format!("Broken characters near line {line}. Export the file again as UTF-8."),
        _ => "The file cannot be read. Check its permissions.".to_owned(),
    }
}

fn unclosed_quote(line: u32) -> String {
    format!("The quote (\") in line {line} is never closed, so the rest would be one cell. Close or remove it.")
}

/// A file or folder that cannot be used.
fn unusable(path: &str, problem: &str, note: &str) -> String {
    let words = match problem {
        "not_a_folder" => "A folder has to be here, but a file is in the way. Move it, or choose another place.",
        "denied" => "You may not write here. Change its owner or permissions, or choose another place.",
        "read_only" => "This disk can only be read. Choose a place on another disk.",
        "gone" => "There is no such folder. Make it first, or choose another place.",
        "linked" => "This is a link. Open the folder it leads to, or link the whole folder.",
        _ => return format!("{path}: It cannot be used: {note}. Check it and its disk, or choose another place."),
    };
    format!("{path}: {words}")
}

/// A secret that was to be kept.
fn secret_store(state: &str) -> String {
    let next = if state == "absent" {
        "Add the site without a password, and give it to 'site test' and 'publish' with --password-stdin."
    } else {
        "Nothing was changed, and the password was not kept anywhere else."
    };
    format!("{} {next}", keyring(state))
}

/// What is wrong with the keyring, and what to do about it.
pub fn keyring(state: &str) -> String {
    match state {
        "locked" => "The system keyring is locked. Unlock it and try again.",
        "denied" => "The system keyring refused. Allow Igny8 in its settings and try again.",
        "absent" => "There is no system keyring on this computer, so nothing keeps the password between commands.",
        "timed_out" => "The system keyring did not answer in time. Look for its password prompt and try again.",
        "broken" => "The system keyring does not work. Mend or restart it and try again.",
        other => return format!("The system keyring is {}. Mend that and try again.", other.replace('_', " ")),
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_a_model_from_being_asked_names_the_command_that_mends_it() {
        let model = || "gpt-9".to_owned();
        let ended = Fault::ModelEnded { model: model(), ended_on: None, successor: None };
        let unpriced = Fault::UnpricedModel {
            model: "Painter Nine".to_owned(),
            provider: "mine".to_owned(),
            model_name: "painter-9".to_owned(),
            model_type: "image".to_owned(),
        };
        let none = Fault::NoModel { model_type: "image".to_owned() };
        for (fault, commands) in [
            (none, &["'models list'", "'models use MODEL'"][..]),
            (
                unpriced,
                &["'models add --provider mine --model painter-9 --type image --image PRICE", "'models use MODEL'"],
            ),
            (ended, &["'models use MODEL'"]),
            (Fault::NotConnected { provider: "openai".to_owned() }, &["'models connect --name openai"]),
        ] {
            let sentence = sentence(&fault);
            assert!(commands.iter().all(|command| sentence.contains(command)), "{sentence}");
        }
    }
}
