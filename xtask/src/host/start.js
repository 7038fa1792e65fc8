// Starts the page. A figure with a poster starts when its poster says so, and has loaded nothing before.
const asked = new URLSearchParams(location.search);
if (asked.has("embed") && asked.has("poster")) await (await import("./poster.js")).wait();
const program = fetch("./APP_bg.wasm");
const { default: init } = await import("./APP.js");
await init({ module_or_path: program });
dispatchEvent(new Event("ackground-started"));
