//! What the clients promise, checked against a real WordPress on loopback and against servers that stall, cut, lie and
//! redirect.

mod publishing;
mod site;
