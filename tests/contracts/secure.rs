//! Servers on loopback that speak TLS with a certificate of the test's own. The authority and the key were made for these
//! tests and sign nothing else.

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;

/// Starts a server that answers every request with `body` as JSON, and names its address. Its thread ends with the test's
/// process.
pub fn start(certificate: &str, body: &str) -> String {
    start_with(certificate, |_| body.to_owned())
}

/// The same with a body that names the address.
pub fn start_with(certificate: &str, body: impl FnOnce(&str) -> String) -> String {
    let chain = vec![CertificateDer::from_pem_file(file(certificate)).unwrap()];
    let key = PrivateKeyDer::from_pem_file(file("key.pem")).unwrap();
    let config = rustls::ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key).unwrap();
    let (config, listener) = (Arc::new(config), TcpListener::bind("127.0.0.1:0").unwrap());
    let address = format!("https://{}", listener.local_addr().unwrap());
    let body = body(&address);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (config, body) = (Arc::clone(&config), body.clone());
            std::thread::spawn(move || {
                let connection = rustls::ServerConnection::new(config).unwrap();
                let mut stream = rustls::StreamOwned::new(connection, stream);
                let mut request = [0; 16 * 1024];
                // A client that does not trust the certificate hangs up.
                if stream.read(&mut request).is_ok() {
                    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";
                    let _ = write!(stream, "{head}content-length: {}\r\n\r\n{body}", body.len());
                    stream.conn.send_close_notify();
                    let _ = stream.flush();
                }
            });
        }
    });
    address
}

/// A file of the folder of certificates.
pub fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("contracts/certificates").join(name)
}
