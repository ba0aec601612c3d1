//! The shell without a screen: bindings and permissions follow from the one command list, every command is reachable
//! from the main window and from no other, and the configuration keeps its walls.

mod generated;
mod reach;
mod walls;
