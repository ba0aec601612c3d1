//! How keyword files are read: which header names which column, what a cell's number means, which intents a tool
//! writes. Pure recognition over text; opening, decoding and streaming the file is the engine's part.
