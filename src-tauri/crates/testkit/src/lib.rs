pub mod wordpress;
