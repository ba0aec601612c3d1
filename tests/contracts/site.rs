//! A real site and the client signed in to it.

use igny8_core::port::destination::{DraftPost, MediaUpload};
use igny8_testkit::wordpress::RealWordPress;
use igny8_wordpress::{ApiBase, Credentials, Options, WordPressSite};
use secrecy::SecretString;

/// A client for `api_url` with that name and password.
pub fn client(api_url: &str, user: &str, password: &str) -> WordPressSite {
    client_with(api_url, user, password, Options::default())
}

/// The same with bounds of the test's own.
pub fn client_with(api_url: &str, user: &str, password: &str, options: Options) -> WordPressSite {
    install_cryptography();
    let credentials = Credentials { user: user.to_owned(), password: SecretString::from(password.to_owned()) };
    WordPressSite::new(ApiBase::parse(api_url).unwrap(), credentials, options).unwrap()
}

/// The client of the site's administrator.
pub fn admin(site: &RealWordPress) -> WordPressSite {
    client(&site.api_url(), &site.user, &site.app_password)
}

/// What the program does first when it starts.
pub fn install_cryptography() {
    // Another test of this process may have done it.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// A post to begin.
pub fn draft(slug: &str) -> DraftPost {
    DraftPost { slug: slug.to_owned(), title: "Brewing tea & coffee".to_owned(), is_page: false }
}

/// A file to place.
pub fn media(post_id: &str, file_name: &str, bytes: Vec<u8>) -> MediaUpload {
    let media_type = if file_name.ends_with(".webp") { "image/webp" } else { "image/png" };
    MediaUpload {
        post_id: post_id.to_owned(),
        file_name: file_name.to_owned(),
        media_type: media_type.to_owned(),
        bytes,
        alt: "A cup & a \"pot\"".to_owned(),
        caption: "Tea & <milk>".to_owned(),
        title: "Cup".to_owned(),
    }
}

/// A picture made by the site's own PHP: `format` is `png` or `webp`.
pub fn picture(site: &RealWordPress, format: &str, width: u32, height: u32) -> Vec<u8> {
    let code = format!(
        "$i = imagecreatetruecolor({width}, {height}); imagefill($i, 0, 0, imagecolorallocate($i, 40, 90, 200)); \
         ob_start(); image{format}($i); echo bin2hex(ob_get_clean());"
    );
    let hex = site.eval_php(&code);
    let pairs = hex.as_bytes().chunks_exact(2).map(|pair| std::str::from_utf8(pair).unwrap());
    pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}
