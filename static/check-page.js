// What does a script add to the check page? Names while typing, what was asked lately here, and an answer with no signal.
// With a signal the form goes to the server, which always answers.

import {keepFacts, openFacts, today} from "./facts.js";

const PAGES = "piping-hot-pages";
const ASKED = "asked-lately";
const MOST_ASKED = 8;

const page = document.body.dataset;
const box = document.getElementById("q");
const asked = (new URLSearchParams(location.search).get("q") || "").replaceAll("\0", " ").trim().split(/\s+/).join(" ");
const isQuestion = location.pathname === "/foods" && asked !== "";

// ---- The facts, kept on this device ----

// The kept page says whose sheet counts. If this one, fresh from the server, says otherwise, the kept one is wrong.
async function forgetOtherSheet() {
  const kept = self.caches && (await caches.open(PAGES)), shell = await kept?.match("/");
  if (shell && !(await shell.text()).includes(`data-sheets="${page.sheets}"`)) await kept.delete("/");
}

const checker = () => import("./checker.js");

// ---- No signal ----

const inWords = (day) => new Date(`${day}T12:00`).toLocaleDateString("en-GB", {day: "numeric", month: "long", year: "numeric"});
const daysAgo = (age) => (age <= 0 ? "today" : age === 1 ? "yesterday" : `${age} days ago`);

function say(text) {
  const place = document.getElementById("no-signal");
  place.hidden = false;
  place.querySelector("[data-says]").textContent = text;
  return place.querySelector("[data-answer]");
}

async function answerHere() {
  const opened = await openFacts(page);
  if (!opened) return say("No signal, and this device has not kept the facts yet. If in doubt, leave it.");
  const {daysBetween, LONGEST_QUESTION} = await checker();
  const age = daysBetween(opened.day, today()), from = `facts of ${inWords(opened.day)}, ${daysAgo(age)}`;
  if (!["/", "/foods"].includes(location.pathname)) {
    return say(`No signal, so that page cannot be shown. You can still check a food, from ${from}.`);
  }
  if (!isQuestion) return say(`No signal. You can still check a food, from ${from}.`);
  box.value = asked;
  if ([...asked].length > LONGEST_QUESTION) return say("Enter one food at a time, in a few words, like “smoked salmon bagel”.");
  document.title = `Can I eat “${asked}”? – Piping Hot`;
  return answer(opened.facts, age, from);
}

async function answer(facts, age, from) {
  const {judge, notFromOldFacts, notOfferedFromOldFacts, offers, show} = await checker();
  const sheets = page.sheets ? page.sheets.split(" ") : [];
  if (!sheets.every((slug) => Object.hasOwn(facts.sheets, slug))) {
    return say("No signal, and the facts kept here do not hold your hospital's sheet. If in doubt, leave it.");
  }
  const whose = sheets.length ? "By your hospital's sheet, and by our table where it is silent." : "By our table: no hospital is chosen here.";
  const found = judge(facts, asked, sheets), beside = notOfferedFromOldFacts(offers(facts, found, sheets), age);
  return show(say(`No signal. Answered on this device, from ${from}.`), notFromOldFacts(found, age), beside, whose);
}

// ---- Asked lately on this device ----

function lately() {
  try {
    return JSON.parse(localStorage.getItem(ASKED)) || [];
  } catch {
    return [];
  }
}

function keepLately(phrases) {
  try {
    localStorage.setItem(ASKED, JSON.stringify(phrases));
  } catch {
    // A browser that keeps nothing still checks food.
  }
}

function showLately() {
  const section = document.getElementById("asked-lately");
  if (!section) return;
  section.hidden = !lately().length;
  section.querySelector("ul").replaceChildren(...lately().map((phrase) => {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = `/foods?${new URLSearchParams({q: phrase})}`;
    link.className = "app-chip";
    link.textContent = phrase;
    item.append(link);
    return item;
  }));
}

function clearLately() {
  keepLately([]);
  showLately();
  box.focus();
}

// ---- Names while typing ----

async function offerNames() {
  const list = document.createElement("datalist");
  list.id = "q-names";
  box.after(list);
  box.setAttribute("list", list.id);
  let opened;
  box.addEventListener("input", async () => {
    opened ??= Promise.all([openFacts(page), checker()]);
    const [kept, {suggest}] = await opened;
    const names = kept ? suggest(kept.facts, box.value) : [];
    list.replaceChildren(...names.map((name) => new Option(name, name)));
  });
}

// ---- In order ----

if (isQuestion && asked.length <= 200) keepLately([asked, ...lately().filter((phrase) => phrase !== asked)].slice(0, MOST_ASKED));
showLately();
document.querySelector("#asked-lately button")?.addEventListener("click", clearLately);
if (box) offerNames();
if (page.noSignal !== undefined) {
  await answerHere();
} else {
  // Over plain http on a network a browser allows neither of the two: then the page works with a signal only.
  await navigator.serviceWorker?.register("/offline-worker.js").catch(() => {});
  await forgetOtherSheet().then(() => keepFacts(page)).catch(() => {});
}
document.documentElement.dataset.ready = "yes";
