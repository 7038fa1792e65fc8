// Starts the page. A figure with a poster starts when its poster says so, and has loaded nothing before.
const asked = new URLSearchParams(location.search);
if (asked.has("embed") && asked.has("poster")) await (await import("./poster.js")).wait();
const program = fetch("./APP_bg.wasm");
if (origin === "null") {
    // A frame without an origin of its own: no worker may be started from another one's address, but it
    // may load its program from there.
    const worker = document.querySelector("meta[name=ackground-worker]");
    const load = `import(${JSON.stringify(new URL(worker.content, document.baseURI))})`;
    worker.content = URL.createObjectURL(new Blob([load], { type: "text/javascript" }));
}
const { default: init } = await import("./APP.js");
await init({ module_or_path: program });
dispatchEvent(new Event("ackground-started"));

// From the second visit on, all is here, with or without a network. Not for a figure in somebody's post, not
// for who has to save data, and not where the site is built and served while it changes.
const keep = async () => {
    const service = navigator.serviceWorker;
    let version = service.controller;
    service.addEventListener("controllerchange", () => {
        if (version) document.getElementById("app-newer").hidden = false;
        version = service.controller;
    });
    const kept = await service.register("./sw.js");
    document.addEventListener("visibilitychange", () => {
        if (!document.hidden) kept.update().catch(() => {});
    });
};
const built = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
if (top === self && !asked.has("embed") && !built && !navigator.connection?.saveData) {
    const idle = globalThis.requestIdleCallback ?? ((soon) => setTimeout(soon, 1000));
    // Where it is forbidden, or there is no room, the page works with a network as before.
    idle(() => keep().catch(() => {}));
}
