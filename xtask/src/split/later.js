
// The later part of the page: what its first picture does not need. It is fetched when there is nothing
// else to do. Whoever needs it before, waits for it.
const later = (() => {
    const address = new URL("./LATER", import.meta.url);
    const page = globalThis.document?.documentElement;
    let module, here = false;
    const join = () => {
        if (here) return;
        new WebAssembly.Instance(module, { first: wasm });
        here = true;
        page?.removeAttribute("data-part");
        dispatchEvent(new Event("ackground-whole"));
    };
    // The styles of what a person opens: each has its place in the page, and waits there.
    const style = () => Promise.all(Array.from(document.querySelectorAll("link[data-later][disabled]"), (link) =>
        new Promise((done) => {
            link.onload = link.onerror = done;
            link.disabled = false;
        })));
    const fetchSoon = async () => {
        const styled = style();
        const response = await fetch(address);
        if (response.ok) {
            const compiled = await WebAssembly.compile(await response.arrayBuffer());
            module ??= compiled;
        }
        await styled;
    };
    const fetchNow = () => {
        const request = new XMLHttpRequest();
        request.open("GET", address, false);
        // Bytes as they are, each as one character.
        request.overrideMimeType("text/plain; charset=x-user-defined");
        request.send();
        if (request.status >= 400) throw new Error(`A part of the page did not arrive: ${request.status}`);
        return new WebAssembly.Module(Uint8Array.from(request.response, (byte) => byte.charCodeAt(0)));
    };
    const joinSoon = async () => {
        // What does not arrive now is fetched when it is needed.
        await (early ?? fetchSoon().catch(() => {}));
        if (module) join();
    };
    page?.setAttribute("data-part", "first");
    // The first part draws the first example; an address with another one, and a figure, need both. What a
    // service worker keeps is as good as here, but Chromium does not ask it for what the page cannot wait for.
    const { hash, search } = globalThis.location ?? {};
    const kept = () => origin !== "null" && navigator.serviceWorker?.controller;
    const early = hash?.length > 1 || search?.includes("embed") || kept() ? fetchSoon().catch(() => {}) : undefined;
    const whenIdle = globalThis.requestIdleCallback ?? ((soon) => setTimeout(soon, 100));
    addEventListener("ackground-started", () => whenIdle(joinSoon, { timeout: 1000 }), { once: true });
    return {
        early,
        bring() {
            style();
            module ??= fetchNow();
            join();
        },
    };
})();
