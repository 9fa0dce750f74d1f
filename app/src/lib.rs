//! The binary's own rooms: configuration, the ordered list of rooms, commands, the demo.

pub mod config;
pub mod demo;
pub mod import;
pub mod matching;
pub mod open;
pub mod operate;
pub mod player;
pub mod rooms;
pub mod serve;
