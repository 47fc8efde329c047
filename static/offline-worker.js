// What does this device show when the network is gone? The check page it kept, which answers from the facts it kept.
// With a signal the server always answers: nothing comes from here before the network has been asked.

const KEPT = "piping-hot-pages";
const LISTS = "piping-hot-lists";
const SHELL = "/";
const FILES = ["/static/site.css", "/static/week.css", "/static/check-page.js", "/static/checker.js", "/static/facts.js", "/static/list.js",
  "/static/ticks.js", "/static/icon.svg"];
// Milliseconds that a person in a shop waits for a weak signal before the device answers instead.
const PATIENCE = 8000;
// A gateway says with these that the server behind it is gone.
const NOBODY_THERE = [502, 503, 504];

// A shopping list is kept once it was opened: the last one of whoever is here, and the last one that a link opened.
const isMyList = (pathname) => /^\/week\/[^/]+\/list$/.test(pathname);
const isSharedList = (pathname) => /^\/list\/[^/]+$/.test(pathname);
const isList = (pathname) => isMyList(pathname) || isSharedList(pathname);
// What a list's own script sends chooses no hospital and signs nobody in or out.
const isSentByList = (pathname) => /^\/(?:week\/[^/]+\/list|list\/[^/]+)\/(?:merge|ask)$/.test(pathname);
const CHOOSES = ["/dates", "/strict", "/household", "/join"];
const SIGNS = ["/household", "/join"];

self.addEventListener("install", (event) => event.waitUntil(renew().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const {request} = event, {origin, pathname} = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method !== "GET") isSentByList(pathname) || event.waitUntil(forget(pathname));
  else if (request.mode === "navigate") event.respondWith(page(event, pathname));
  else if (FILES.includes(pathname)) event.respondWith(file(event, pathname));
});

async function renew() {
  const kept = await caches.open(KEPT);
  await kept.addAll([SHELL, ...FILES].map((address) => new Request(address, {cache: "no-cache"})));
}

// Whatever is sent may choose another hospital, and the kept page says whose sheet counts. No page is better than a wrong one.
async function forget(pathname) {
  await (await caches.open(KEPT)).delete(SHELL);
  if (CHOOSES.some((start) => pathname.startsWith(start))) await forgetLists(isMyList);
  if (SIGNS.some((start) => pathname.startsWith(start))) await forgetLists(isList);
}

async function forgetLists(which) {
  const kept = await caches.open(LISTS);
  const found = (await kept.keys()).filter(({url}) => which(new URL(url).pathname));
  await Promise.all(found.map((request) => kept.delete(request)));
}

async function page(event, pathname) {
  try {
    const response = await answered(event.request, ["/", "/foods"].includes(pathname) || isList(pathname));
    event.waitUntil(renewIfNotOfToday());
    if (isList(pathname)) event.waitUntil(keepList(event.request.url, response.clone()));
    return response;
  } catch {
    return (isList(pathname) && (await keptList(event.request.url))) || keptPage();
  }
}

// A list that opens no more, because its link was withdrawn or somebody signed out, is not kept either.
async function keepList(address, response) {
  const {pathname} = new URL(address), kept = await caches.open(LISTS);
  if (!response.ok) return kept.delete(address);
  await forgetLists(isMyList(pathname) ? isMyList : isSharedList);
  return kept.put(address, response);
}

async function keptList(address) {
  const found = await (await caches.open(LISTS)).match(address);
  return found && asKept(found, "data-kept");
}

async function asKept(response, mark) {
  const html = (await response.text()).replace("<body ", `<body ${mark} `);
  return new Response(html, {headers: {"Content-Type": "text/html; charset=utf-8"}});
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
  return shell ? asKept(shell, "data-no-signal") : Response.error();
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
