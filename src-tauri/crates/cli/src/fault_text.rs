//! Every fault as a sentence that names the cause and the next step.

use crate::reason_text::{reason_text, then};
use igny8_app::Fault;

/// The sentence.
#[must_use]
pub fn sentence(fault: &Fault) -> String {
    match fault {
        Fault::InvalidField { field, rule } => format!("{}: {}", field_name(field), rule_text(field, rule)),
        Fault::NotFound { what } => not_found(what),
        Fault::WrongState { what } => wrong_state(what),
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
        Fault::RunStopped { reason } => {
            format!(
                "Stopped: {}. What was finished stays. {}",
                reason_text(reason),
                then(reason, "start again for the rest")
            )
        }
        Fault::UnpricedModel { model } => {
            format!("{model} has no price, and nothing is called at an unknown price. Give it a price first.")
        }
        Fault::NoModel { model_type } => format!("No {model_type} model is chosen. Choose one in the catalogue first."),
        Fault::BooksDoNotBalance => {
            "The books do not balance, so no paid work is done. 'credits audit' says what differs.".to_owned()
        }
        Fault::KeywordFile { problem, line, headers } => keyword_file(problem, *line, headers),
        Fault::UsageFile { problem, line, headers } => usage_file(problem, *line, headers),
        Fault::Prompt { kind, problem, line, note } => prompt(kind, problem, *line, note),
        Fault::Site { host, failure, note } => format!("{host}: {}", site(failure, note)),
        Fault::SecretStore { state } => secret_store(state),
        Fault::DiskFull => "The disk is full. Nothing is half done; free some space and try again.".to_owned(),
        Fault::Unusable { path, problem, note } => unusable(path, problem, note),
        Fault::NoDataFolder => "The system names no folder for your data. Name one with --data-dir.".to_owned(),
        Fault::FolderInUse => {
            "Igny8 is open on this folder. Close it first, or use --data-dir with another folder.".to_owned()
        }
        Fault::TooNew => {
            "This data was made by a newer version of Igny8 and was left untouched. Update Igny8 and try again."
                .to_owned()
        }
        Fault::Corrupt => {
            "The database is damaged and was left untouched. Restore a copy with 'restore FILE'.".to_owned()
        }
        Fault::Cancelled => "Cancelled. What was finished stays.".to_owned(),
        Fault::Internal { incident } if incident.is_empty() => {
            "Something inside failed, and nothing could be logged. Check that the folder 'logs' in the data folder can \
             be written, and try again."
                .to_owned()
        }
        Fault::Internal { incident } => {
            format!("Something inside failed. The log in the data folder has more under {incident}.")
        }
    }
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
        "too_much" => "it makes more text than a prompt may have. Shorten it.".to_owned(),
        _ => format!("line {line} fails: {note}."),
    };
    format!("The prompt {kind} cannot be used: {what}")
}

/// Names the command that lists what there is.
fn not_found(what: &str) -> String {
    let list = match what {
        "site" => "'site list' says which there are.",
        "sector" => "'sector list --site SITE' says which there are.",
        "prompt" => "'prompts list' says where your own words are in use.",
        "model" | "provider" | "vendor" => "'models list' says which there are.",
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
            "The run of this site has begun already. Wait for its end, or cancel it with 'run cancel'.".to_owned()
        }
        _ => format!("The {what} does not allow this now. Look at its state and try again when that has changed."),
    }
}

/// What a field is called here, where that is not its name.
fn field_name(field: &str) -> &str {
    match field {
        "brandColor" => "--color",
        "siteId" => "--site",
        "inArticleImages" => "--images",
        "body" => "the text on standard input",
        "kind" => "the prompt",
        "sector" => "--sector",
        "modelName" => "--model",
        "modelType" => "--type",
        "tokensPerCredit" => "--tokens-per-credit",
        "maxOutputTokens" => "--max-output",
        "key" => "--key",
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
        other => other,
    }
}

fn rule_text(field: &str, rule: &str) -> String {
    let text = match rule {
        "required" if field == "sector" => {
            "is missing. Name one with --sector: 'sector list --site SITE' says which the site has, and 'sector add' \
             makes one."
        }
        "required" => "is missing.",
        "too_long" => "is too long. Shorten it.",
        "range" => return format!("is out of range. {}", range(field)),
        "too_fine" => "has more decimals than are counted. Leave some out.",
        "unknown" if field == "zone" => "is not a known value. Give an IANA name, such as Europe/Berlin.",
        "unknown" if field == "kind" => "is not a known one. 'prompts list' names them.",
        "unknown" => "is not a known value. 'igny8ctl help' has the known ones.",
        "format" => return format!("does not have the right form. {}", form(field)),
        "taken" if field == "key" => "came with something else before. Make a new one for another command.",
        "taken" => "is taken already; choose another.",
        "ambiguous" => "names several things. Say which: VENDOR/MODEL.",
        "unencrypted" => "begins with http, and a key must not travel unencrypted. Use https.",
        "credentials" => {
            "has a user name or password in it, which would be stored readable. Leave it out of the address."
        }
        "folder" => "is a folder. Name the file itself.",
        "builtin" => "is 0 for the built-in engine, which nobody bills. Leave it out.",
        "image_only" => "belongs to models of images. Leave it out for text.",
        "live" => "is the database itself, or belongs to it. Choose another file.",
        "damaged" => "is damaged, or is no copy made by Igny8. Choose another copy.",
        "in_use" => "was changed while it was read. Close the program that has it open and try again.",
        "not_utf8" => "is no text in UTF-8. Set the terminal to UTF-8, or pipe it in as UTF-8.",
        "unreadable" => "could not be read from standard input. Pipe it in again.",
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
        _ => "Give another.",
    }
}

/// The form that a field has.
fn form(field: &str) -> &'static str {
    match field {
        "brandColor" => "Write a colour as #rrggbb, such as #4453c7.",
        "url" => "Give an address such as https://example.com, or for a folder of articles its whole path.",
        "language" => "Give a language code, such as en or pt-BR.",
        "amount" | "cap" | "price" => "Give a decimal number, such as 25 or 0.5.",
        "key" => "Give a UUID, such as 'uuidgen' makes.",
        "siteId" | "id" => "Give the number that 'site list' has for it.",
        _ => "'igny8ctl help' describes it.",
    }
}

fn keyword_file(problem: &str, line: u32, headers: &[String]) -> String {
    match problem {
        "not_found" => "There is no such file. Check the path.".to_owned(),
        "folder" => "This is a folder. Name the files in it.".to_owned(),
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
fn keyring(state: &str) -> String {
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

fn site(failure: &str, note: &str) -> String {
    match failure {
        "unreachable" => "The address cannot be reached. Check it, and that this computer is online.".to_owned(),
        "tls" => {
            "The connection is not secure: the site's certificate is not accepted. Renew it on the host.".to_owned()
        }
        "outcome_unknown" => {
            "The request was sent and no answer came. Publish again: it is looked up before anything is sent twice."
                .to_owned()
        }
        "busy" => "The site is busy or under maintenance. Try again in a few minutes.".to_owned(),
        "auth" => "The user name or application password was not accepted, or the web server removes the header that \
                   carries them. Make a new application password in WordPress under Users, Profile."
            .to_owned(),
        "forbidden" => format!("This user may not do that there ({note}). Use one with the role Editor or Author."),
        "html_instead_of_json" => format!(
            "It answered with a web page instead of data (HTTP {note}). A security plugin or a firewall may be \
             blocking the REST API."
        ),
        "not_wordpress" => {
            "There is no WordPress REST interface at this address. Check the address, and that the REST \
                            API is not switched off."
                .to_owned()
        }
        "redirected" => format!("It redirects to {note}. Use that address."),
        "not_found" => "The item is not there any more.".to_owned(),
        "rejected" => format!("The site refused ({note})."),
        "bad_reply" => {
            "It answered with data that cannot be read. A plugin may be printing warnings into it.".to_owned()
        }
        "folder" => "The folder cannot be written. Check the path, its permissions and the free space.".to_owned(),
        "cut_off" => {
            "The delivery was cut off on this computer. Publish again: it goes on where it was, and nothing is posted \
             twice."
                .to_owned()
        }
        "no_credentials" => {
            "No application password is stored for it. Add one with 'site password', or give it with --password-stdin."
                .to_owned()
        }
        "picture_missing" => {
            "The file of a picture is gone from this computer, and the article did not go out without it. Make the \
             picture again with 'retry', then publish again."
                .to_owned()
        }
        other => match other.strip_prefix("keyring_") {
            Some(state) => keyring(state),
            None => other.to_owned(),
        },
    }
}
