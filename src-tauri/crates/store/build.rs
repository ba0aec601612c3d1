//! The embed macro notices changed migration files but not new ones.
fn main() {
    println!("cargo:rerun-if-changed=../../../migrations");
}
