//! What the clients promise, checked against a real WordPress on loopback and against servers and vendors that stall, cut,
//! lie and redirect.

mod adopting;
mod blocks;
mod clients;
mod consent;
mod dialect_refusals;
mod dialect_usage;
mod dialects;
mod discovery;
mod doctor;
mod files;
mod greetings;
mod hangups;
mod hostile;
mod impatience;
mod keys;
mod load;
mod loopback;
mod noise;
mod pictures;
mod publishing;
mod rights;
mod sdks;
mod secure;
mod site;
mod streams;
mod strictness;
mod terms;
mod thinking;
mod vendor;
mod vendor_answers;
mod vendor_refusals;
mod vendor_silence;
mod vendor_usage;
