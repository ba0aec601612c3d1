//! Whole stories through the app: the real store and engine on real files, the outside world played by the test.

mod again;
mod bad_input;
mod command_line;
mod connection;
mod copies;
mod delivery;
mod delivery_program;
mod demonstration;
mod destinations;
mod exports;
mod months;
mod output;
mod publishing;
mod reconciliation;
mod records;
mod recovery;
mod settings;
mod shortfall;
mod sites;
mod spending;
mod units;
mod unmade;
mod usage;
mod vendor;
mod vendor_program;
mod widget;
