// Keeps the page, so that it opens without a network. One version is one cache, whole or not there at all.
// A page that is open goes on with the files of its version, whose names nobody else has; who opens the
// page anew gets the newest version. Made by the build: what the files are, and what is in them.
const VERSION = "THE_VERSION";
const FILES = THE_FILES;

const HOME = new URL(registration.scope);
const PREFIX = `ackground ${HOME.pathname} `;
const NEWEST = PREFIX + VERSION;

// Some hosts send `index.html` somewhere else.
const address = (name) => new URL(name.replace(/(^|\/)index\.html$/, "$1") || "./", HOME).href;
const ours = async () => (await caches.keys()).filter((key) => key.startsWith(PREFIX));
const find = (name, cacheName) => caches.match(address(name), { cacheName, ignoreVary: true });

const isWhole = async (response, name) => {
    const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
    return btoa(String.fromCharCode(...new Uint8Array(digest))) === FILES[name];
};

const take = async (cache, name) => {
    for (const key of await ours()) {
        const known = await find(name, key);
        if (known && (await isWhole(known.clone(), name))) return cache.put(address(name), known);
    }
    const response = await fetch(address(name), { cache: "no-cache" });
    if (!response.ok || response.redirected || !(await isWhole(response.clone(), name))) {
        throw new Error(`${name} is not what was built`);
    }
    return cache.put(address(name), response);
};

const install = async () => {
    const known = await caches.has(NEWEST);
    const cache = await caches.open(NEWEST);
    try {
        for (const name of Object.keys(FILES)) await take(cache, name);
    } catch (failed) {
        if (!known) await caches.delete(NEWEST);
        throw failed;
    }
    await skipWaiting();
};

// Older versions go when no page is open that could need them.
const tidy = async () => {
    const pages = await clients.matchAll({ includeUncontrolled: true });
    if (registration.installing || pages.some((page) => page.url.startsWith(HOME.href))) return;
    for (const key of await ours()) if (key !== NEWEST) await caches.delete(key);
};

const answer = async (request, name) => {
    for (const key of [NEWEST, ...(await ours()).reverse()]) {
        const found = await find(name, key);
        if (found) return found;
    }
    return fetch(request);
};

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== HOME.origin || !url.pathname.startsWith(HOME.pathname)) return;
    const path = decodeURIComponent(url.pathname.slice(HOME.pathname.length));
    if (request.mode === "navigate") event.waitUntil(tidy());
    event.respondWith(answer(request, path.replace(/(^|\/)$/, "$1index.html")));
});
