/* global FILES, VERSION */
// The first line, with VERSION and FILES, is written by the server (controllers/bench_page.py).
const CACHE = `wcm-bench-${VERSION}`;
const PAGE = "/bench/";

async function fetchAll() {
    const cache = await caches.open(CACHE);
    const answers = await Promise.all(FILES.map((file) => fetch(file, {cache: "no-cache"})));
    // A page that asks to log in, or that refuses, is not the app: stay with the version that is there.
    if (answers.some((answer) => !answer.ok || answer.redirected)) {
        throw new Error("This version cannot be fetched now.");
    }
    await Promise.all(FILES.map((file, index) => cache.put(file, answers[index])));
}

async function forgetOldVersions() {
    const names = await caches.keys();
    await Promise.all(
        names.filter((name) => name.startsWith("wcm-bench-") && name !== CACHE).map((name) => caches.delete(name)),
    );
    await self.clients.claim();
}

async function answer(request, file) {
    const kept = await (await caches.open(CACHE)).match(file);
    return kept || fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(fetchAll()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOldVersions()));
self.addEventListener("message", (event) => event.data === "use this version" && self.skipWaiting());
self.addEventListener("fetch", (event) => {
    const {request} = event;
    const {origin, pathname} = new URL(request.url);
    const file = request.mode === "navigate" && pathname === PAGE ? PAGE : pathname;
    // Everything else of the site is none of our business.
    if (request.method === "GET" && origin === self.location.origin && FILES.includes(file)) {
        event.respondWith(answer(request, file));
    }
});
