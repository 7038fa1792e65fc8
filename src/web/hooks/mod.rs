//! Everything that touches the browser: the address, timers, keys, storage. A hook cleans up after
//! itself when its component goes.
