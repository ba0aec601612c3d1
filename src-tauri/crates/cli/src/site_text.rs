//! What is wrong with a site, in sentences that name the next step.

use crate::fault_text;

/// What is in the way at a site, and what to do about it.
#[must_use]
pub fn site(failure: &str, note: &str) -> String {
    match failure {
        "unreachable" => "The address cannot be reached. Check it, and that this computer is online.".to_owned(),
        "tls" | "tls_expired" | "tls_name" | "tls_issuer" | "tls_absent" => tls(failure),
        "unsecured" => "It is not secured: plain http, which is allowed because the address is one of this computer or of its \
                        local names. A password for any other address travels over https only."
            .to_owned(),
        "dns" => "The name leads nowhere. Check how it is written, and that its domain has not lapsed.".to_owned(),
        "firewall" | "maintenance" | "rest_off" | "noise" | "app_passwords_off" | "role_too_small" | "slow" => {
            close_look(failure, note)
        }
        "outcome_unknown" => {
            "The request was sent and no answer came. Publish again: it is looked up before anything is sent twice."
                .to_owned()
        }
        "server_error" => format!(
            "The site answered with a failure of its server (HTTP {note}). Publish again: it is looked up before \
             anything is sent twice."
        ),
        "busy" => "The site is busy or under maintenance. Try again in a few minutes.".to_owned(),
        "auth" => "The user name or application password was not accepted, or the web server removes the header that \
                   carries them: from here both look the same. Make a new application password in WordPress under Users, \
                   Profile; if that does not help, save Settings, Permalinks there once, which mends most web servers."
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
        "post_edited" | "post_unpublished" => edited(failure, note),
        "from_copy" => {
            "It was open in a copy of the data folder, which does not know what was published since. Look at the site, then \
             let it go on with 'outbox retry': a post that is there already is taken over, and not made again."
                .to_owned()
        }
        "post_trashed" | "post_gone" | "post_replaced" | "post_elsewhere" | "post_namesake" => post(failure).to_owned(),
        other => match other.strip_prefix("keyring_") {
            Some(state) => fault_text::keyring(state),
            None => other.to_owned(),
        },
    }
}

/// What somebody has changed of a post.
fn edited(failure: &str, note: &str) -> String {
    if failure == "post_unpublished" {
        return "Somebody has taken its post off the site, and nothing was written. Publish again to bring it back."
            .to_owned();
    }
    let what = if note.is_empty() { String::new() } else { format!(" ({})", note.replace('_', " ")) };
    format!(
        "Somebody has changed its post there{what}, and nothing was written over it. 'conflicts show' has both sides, \
         'conflicts take-mine', 'take-theirs' or 'merge' decides."
    )
}

/// What became of a post that was ours.
fn post(failure: &str) -> &'static str {
    match failure {
        "post_trashed" => {
            "Its post is in the site's trash, and no second one was made. Put it back there and publish again, or make a \
             new post with 'publish --anew'."
        }
        "post_gone" => "Its post was deleted there, and no second one was made. Make a new post with 'publish --anew'.",
        "post_replaced" => {
            "Its post has another slug there, or is another one's, and no second one was made. Set the slug back and \
             publish again, or make a new post with 'publish --anew'."
        }
        "post_namesake" => {
            "Under its address stands a post with another text, which may be a later state of it, and nothing was made: this \
             data folder is a copy. Look at the site. If that is another post, make one with 'publish --anew'."
        }
        _ => {
            "It was published at another address, and this site does not say that it is the same one. No second post was \
             made. Set the address back and publish again, or make a new post here with 'publish --anew'."
        }
    }
}

fn tls(failure: &str) -> String {
    let why = match failure {
        "tls_expired" => "the site's certificate is out of date. Renew it on the host",
        "tls_name" => "the site's certificate is for another name. Use the name it is for, or get one for this name",
        "tls_issuer" => {
            "nobody this computer trusts has signed the site's certificate. Install one of a public authority on the host"
        }
        "tls_absent" => "what answers there does not speak HTTPS. Switch HTTPS on for the site, or correct the port",
        _ => "the site's certificate is not accepted. Renew it on the host",
    };
    format!("The connection is not secure: {why}.")
}

/// What only a close look finds.
fn close_look(failure: &str, note: &str) -> String {
    match failure {
        "firewall" => format!(
            "A firewall answers in place of the site ({note}). Let its settings allow the REST API for this computer, or \
             ask the host to."
        ),
        "maintenance" => "The site is under maintenance. Try again in a few minutes; if it stays, delete the file \
                          .maintenance in its folder."
            .to_owned(),
        "rest_off" => "The REST API is switched off there. Allow it in the security plugin that does so, at least for \
                       users who are signed in."
            .to_owned(),
        "noise" => {
            let who = if note.is_empty() { "A plugin or theme" } else { note };
            format!("{who} prints into its data. It is read all the same; switch WP_DEBUG_DISPLAY off, or update it.")
        }
        "app_passwords_off" => {
            "It accepts no application passwords. It needs HTTPS and WordPress 5.6, and no plugin that \
                                switches them off."
                .to_owned()
        }
        "role_too_small" => format!(
            "This user may not publish or not upload there (role: {note}). Give it the role Editor, or use another user."
        ),
        _ => format!("It answers too slowly ({note}). Ask the host why, or try again when fewer visitors are there."),
    }
}
