// What does this device show when the network is gone? The check page it kept, which answers from the facts it kept.
// With a signal the server always answers: nothing comes from here before the network has been asked.

const KEPT = "piping-hot-pages";
const SHELL = "/";
const FILES = ["/static/site.css", "/static/check-page.js", "/static/checker.js", "/static/icon.svg"];
// Milliseconds that a person in a shop waits for a weak signal before the device answers instead.
const PATIENCE = 8000;
// A gateway says with these that the server behind it is gone.
const NOBODY_THERE = [502, 503, 504];

self.addEventListener("install", (event) => event.waitUntil(renew().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const {request} = event, {origin, pathname} = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method !== "GET") event.waitUntil(forgetShell());
  else if (request.mode === "navigate") event.respondWith(page(event, pathname));
  else if (FILES.includes(pathname)) event.respondWith(file(event, pathname));
});

async function renew() {
  const kept = await caches.open(KEPT);
  await kept.addAll([SHELL, ...FILES].map((address) => new Request(address, {cache: "no-cache"})));
}

// Whatever is sent may choose another hospital, and the kept page says whose sheet counts. No page is better than a wrong one.
async function forgetShell() {
  await (await caches.open(KEPT)).delete(SHELL);
}

async function page(event, pathname) {
  try {
    const response = await answered(event.request, ["/", "/foods"].includes(pathname));
    event.waitUntil(renewIfNotOfToday());
    return response;
  } catch {
    return keptPage();
  }
}

async function answered(request, soon) {
  const late = new Promise((_, fail) => soon && setTimeout(fail, PATIENCE, new Error("no answer in time")));
  const response = await Promise.race([fetch(request), late]);
  if (NOBODY_THERE.includes(response.status)) throw new Error("nobody answers");
  return response;
}

let renewing = null;

async function renewIfNotOfToday() {
  const shell = await (await caches.open(KEPT)).match(SHELL);
  const today = new Date().toDateString();
  if (!shell || new Date(shell.headers.get("Date")).toDateString() !== today) {
    renewing ??= renew().catch(() => {}).finally(() => { renewing = null; });
    await renewing;
  }
}

async function keptPage() {
  const shell = await (await caches.open(KEPT)).match(SHELL);
  if (!shell) return Response.error();
  const html = (await shell.text()).replace("<body ", "<body data-no-signal ");
  return new Response(html, {headers: {"Content-Type": "text/html; charset=utf-8"}});
}

async function file(event, pathname) {
  const kept = await caches.open(KEPT);
  try {
    const response = await fetch(event.request);
    if (response.ok) await kept.put(pathname, response.clone());
    // The page that answers what was sent loads its files too: by then the server knows the hospital that was chosen.
    event.waitUntil(renewIfNotOfToday());
    return response;
  } catch {
    return (await kept.match(pathname)) || Response.error();
  }
}
