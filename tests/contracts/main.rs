//! What the clients promise, checked against a real WordPress on loopback and against servers and vendors that stall, cut,
//! lie and redirect.

mod adopting;
mod blocks;
mod discovery;
mod impatience;
mod loopback;
mod noise;
mod publishing;
mod rights;
mod site;
mod terms;
mod vendor;
mod vendor_answers;
mod vendor_refusals;
mod vendor_silence;
mod vendor_usage;
