// The facts that a device keeps, from which it answers with no signal. The addresses of both files name their version.

const FACTS = "piping-hot-facts";

/** Fetches and keeps the facts that a page names, the first file before the other: it is all that is needed to answer. */
export async function keepFacts(page) {
  if (!self.caches) return;
  const kept = await caches.open(FACTS), files = [page.facts, page.rarer];
  for (const file of files) if (!(await kept.match(file))) await kept.add(file);
  const wanted = files.map((file) => new URL(file, location).href);
  const others = (await kept.keys()).filter((request) => !wanted.includes(request.url));
  await Promise.all(others.map((request) => kept.delete(request)));
}

/** The facts kept here and of what day they are; null without any.
 *  The server said on the day of this page that the facts it names are the right ones. Other facts are as old as they say. */
export async function openFacts(page) {
  if (!self.caches) return null;
  const kept = await caches.open(FACTS);
  const named = await kept.match(page.facts);
  const found = named || (await kept.match("/offline-facts.json", {ignoreSearch: true}));
  if (!found) return null;
  const facts = await found.json();
  const rarer = await (await kept.match(`/offline-names.json?v=${facts.version}`))?.json();
  return {facts: {...facts, rarer}, day: named ? page.today : facts.made_on};
}

/** Today on this device, like "2026-11-21". */
export function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
