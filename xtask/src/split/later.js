
// The later part of the page: what its first picture does not need. It is fetched when there is nothing
// else to do. Whoever needs it before, waits for it.
const later = (() => {
    const TYPES = { i: 0x7f, l: 0x7e, f: 0x7d, d: 0x7c, t: 0x70, r: 0x6f };
    const address = new URL("./LATER", import.meta.url);
    const page = globalThis.document?.documentElement;
    let module, here = false;
    const join = () => {
        if (here) return;
        new WebAssembly.Instance(module, { first: shared(wasm) });
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
    // In the table, the functions of the later part have others in their places until they come: these see to it
    // that they come, then call what stands where they stood. A program is made of them here: written down, with
    // all that a program says of each, they would be the heaviest part of the page.
    const kinds = "KINDS".split(" "), slots = "SLOTS";
    const standIns = () => {
        const number = (n, last = 128) => n < last ? [n] : [n & 127 | 128, ...number(n >> 7, last)];
        const section = (id, parts) => {
            const whole = [...number(parts.length), ...parts.flat()];
            return [id, ...number(whole.length), ...whole];
        };
        const text = (word) => [word.length, ...Array.from(word, (letter) => letter.charCodeAt(0))];
        const values = (letters) => [letters.length, ...Array.from(letters, (letter) => TYPES[letter])];
        const own = Array.from(slots, (letter, at) => [letter.charCodeAt(0) - 48, at + 1]).filter(([kind]) => kind >= 0)
            .map(([kind, slot]) => ({ kind: kind - (kind > 44), slot: [0x41, ...number(slot, 64)] }));
        const body = ({ kind, slot }) => {
            const taken = Array.from(kinds[kind].split(">")[0], (_, at) => [0x20, at]).flat();
            const code = [0, 0x10, 0, ...taken, ...slot, 0x11, ...number(kind + 1), 0, 0x0b];
            return [...number(code.length), ...code];
        };
        return new Uint8Array([
            0, 97, 115, 109, 1, 0, 0, 0,
            ...section(1, [[0x60, 0, 0], ...kinds.map((kind) => [0x60, ...kind.split(">").flatMap(values)])]),
            ...section(2, [[...text("first"), ...text("R"), 0, 0], [...text("first"), ...text("T0"), 1, 0x70, 0, 0]]),
            ...section(3, own.map(({ kind }) => number(kind + 1))),
            ...section(9, own.map(({ slot }, at) => [0, ...slot, 0x0b, 1, ...number(at + 1)])),
            ...section(10, own.map(body)),
        ]);
    };
    return {
        async prepare(first) {
            await WebAssembly.instantiate(standIns(), { first });
            await early;
        },
        bring() {
            style();
            module ??= fetchNow();
            join();
        },
    };
})();
