// What does a script add to a shopping list? Ticks that stay on this device and meet those of other phones, with a signal or
// without; lines by hand that are checked as they are typed; and an answer to "They only have …" on the spot.

import {keepFacts, openFacts, today} from "./facts.js";
import {NOTHING, add, changes, merge, takeOff, tick, tickedLines, untick} from "./ticks.js";

const LISTS = "piping-hot-lists";
const BEGINS = "list ";
// Milliseconds: until a change is sent, between looks for what others did, while somebody types, and for an answer to come.
const SOON = 400, OFTEN = 10_000, TYPING = 600, PATIENCE = 15_000;
const KEPT_FOR = 60 * 24 * 60 * 60 * 1000;
const LONGEST_FOOD = 80;

const place = document.getElementById("list"), page = place.dataset;
const byHand = document.querySelector("[data-by-hand]"), addForm = document.querySelector("[data-add-form]");
const isKeptCopy = document.body.dataset.kept !== undefined, isShared = page.shared !== undefined;
const mine = BEGINS + page.name;
const checker = () => import("./checker.js");

// ---- What is kept on this device ----

// So that neither a device nor a line is ever taken for another one.
const newName = () => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

let held = {device: newName(), state: NOTHING, sent: NOTHING};
let isKept = true;

// Read anew each time: another tab of this browser may have ticked meanwhile.
function read() {
  try {
    const kept = isKept && JSON.parse(localStorage.getItem(mine));
    return kept?.state ? kept : held;
  } catch {
    return held;
  }
}

function keep(record) {
  held = {...record, at: Date.now()};
  try {
    localStorage.setItem(mine, JSON.stringify(held));
    isKept = true;
  } catch {
    // No room, or not allowed: the ticks last as long as this page.
    isKept = false;
  }
}

// Lists of another household do not stay here, nor any that is old. One with ticks to send waits while nobody is signed in.
function forgetOthers() {
  try {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(BEGINS) && one !== mine)) {
      const [, owner] = key.split(" "), [, me] = mine.split(" ");
      const isOfHousehold = owner !== "here" && owner !== "link" && owner !== me, kept = JSON.parse(localStorage.getItem(key));
      const isOfOther = isOfHousehold && !isShared && (me !== "here" || !count(kept));
      if (isOfOther || Date.now() - kept.at > KEPT_FOR) localStorage.removeItem(key);
    }
  } catch {
    // What cannot be read is not shown either.
  }
}

/** How many lines of a list have changes that were not sent yet. */
function count({state, sent}) {
  const {ticks, added} = changes(state, sent);
  return Object.keys(ticks).length + Object.keys(added).length;
}

function change(operation) {
  const record = read();
  keep({...record, state: operation(record.state, record.device)});
  draw();
  sendSoon();
}

// ---- Meeting what others did ----

let timer = 0, isSending = false, knowsAll = false, hasSignal = !isKeptCopy, refused = "";
const checked = {};

function sendSoon() {
  if (page.merge) timer ||= setTimeout(send, SOON);
}

async function send() {
  timer = 0;
  if (!page.merge || isSending || refused) return;
  isSending = true;
  try {
    await exchange();
    hasSignal = true;
  } catch {
    hasSignal = false;
  }
  isSending = false;
  draw();
  if (hasSignal && !refused && count(read())) sendSoon();
}

async function exchange() {
  const {state, sent} = read();
  // The first time all is sent: what the server was told before, it may have lost since.
  const response = await post(page.merge, JSON.stringify(knowsAll ? changes(state, sent) : state), "application/json");
  if ([401, 403, 404].includes(response.status)) return close(response.status);
  const answer = await response.json();
  if (response.status === 400) return refuse(answer.error);
  const {ticks, added} = answer, now = read();
  knowsAll = true;
  Object.assign(checked, answer.checked);
  return keep({...now, state: merge(now.state, {ticks, added}), sent: {ticks, added}});
}

async function post(address, body, type) {
  const headers = {Accept: "application/json", "Content-Type": type};
  const response = await fetch(address, {method: "POST", headers, body, signal: AbortSignal.timeout?.(PATIENCE)});
  if (response.status >= 429) throw new Error("not now");
  return response;
}

// What is sent here is taken no more. A link that was withdrawn leaves nothing behind on this device.
async function close(status) {
  if (isShared && status === 404) {
    localStorage.removeItem(mine);
    await (await self.caches?.open(LISTS))?.delete(location.href.split("#")[0]);
    return refuse("This link opens nothing any more. Ask for a new one.");
  }
  return refuse("You are signed out here. Your ticks are kept on this phone until you sign in again.");
}

function refuse(sentence) {
  refused = sentence;
}

// ---- What is seen ----

function draw() {
  const record = read(), ticked = new Set(tickedLines(record.state));
  drawByHand(record.state.added);
  for (const box of document.querySelectorAll("[data-line]")) box.checked = ticked.has(box.value);
  const waiting = page.merge ? count(record) : 0;
  say(refused || (hasSignal ? "" : noSignal(waiting)));
}

function noSignal(waiting) {
  if (!page.merge) return "No signal. Your ticks are kept on this phone.";
  const many = waiting ? ` ${waiting === 1 ? "1 change waits" : `${waiting} changes wait`} to be sent.` : "";
  return `No signal. Your ticks are kept on this phone and sent later.${many}`;
}

function say(text) {
  const signal = place.querySelector("[data-signal]");
  if (signal.textContent !== text) signal.textContent = text;
  signal.hidden = !text;
}

function drawByHand(added) {
  const shown = Object.entries(added).filter(([, food]) => food !== null);
  for (const line of byHand.children) if (!shown.some(([name]) => name === line.dataset.added)) line.remove();
  for (const [name, food] of shown) {
    const line = [...byHand.children].find((one) => one.dataset.added === name), found = checked[name];
    if (line && (!found || line.dataset.verdict === found.verdict)) continue;
    if (!found) ask(food).then((answer) => { checked[name] ??= answer; draw(); });
    const drawn = lineOf(name, food, found || unchecked(food));
    if (!found) drawn.dataset.verdict = "";
    line ? line.replaceWith(drawn) : byHand.append(drawn);
  }
  byHand.closest("section").classList.toggle("app-screen-only", !shown.length);
}

function unchecked(food) {
  return {food, verdict: "unknown", why: "It is not checked yet.", do_this: "Leave it until it is.", label_says: "", isWaiting: true};
}

// The same as by_hand_line in templates/planner/_list_parts.html.
function lineOf(name, food, found) {
  const line = element("li", "app-line"), mayBuy = ["ok", "cook"].includes(found.verdict);
  Object.assign(line.dataset, {added: name, verdict: found.verdict});
  const inside = [mayBuy ? boxOf(name) : noBox(), foodOf(food, mayBuy ? "" : found.isWaiting ? "Not checked yet: " : "Do not buy "), hint(verdictLine(found))];
  if (found.verdict !== "ok") inside.push(hint(`${found.why} ${found.do_this}`, " app-screen-only"));
  if (found.verdict !== "ok" && found.label_says) inside.push(hint(`The label must say "${found.label_says}"`));
  line.append(element(mayBuy ? "label" : "div", "app-line__label", ...inside), offButton(name, food));
  return line;
}

function boxOf(name) {
  const box = element("input", "app-line__square");
  Object.assign(box, {type: "checkbox", name: "ticked", value: `+${name}`});
  box.setAttribute("form", "ticks");
  box.dataset.line = "";
  return box;
}

function noBox() {
  const sign = element("span", "app-line__no", "×");
  sign.setAttribute("aria-hidden", "true");
  return sign;
}

const foodOf = (food, before) => element("span", "app-line__food", ...(before ? [before, element("strong", "", food)] : [food]));
const hint = (what, more = "") => element("span", `app-line__hint${more}`, what);

function offButton(name, food) {
  const form = element("form", "app-line__off app-screen-only");
  const button = element("button", "app-line__button", "Take it off", element("span", "app-visually-hidden", ` ${food}`));
  Object.assign(form, {method: "post"});
  Object.assign(button, {type: "submit", name: "do", value: `take-off-${name}`});
  form.append(button);
  return form;
}

// ---- Is it fine? With a signal the server answers, without one this device does ----

async function ask(food) {
  try {
    const response = await post(page.ask, new URLSearchParams({food}).toString(), "application/x-www-form-urlencoded");
    if (response.ok) return await response.json();
  } catch {
    // No signal: this device answers.
  }
  return answerHere(food);
}

// A shared list says nothing of whose sheets decide, so that the strictest of all of them answers here.
async function answerHere(food) {
  if (page.asksFirst !== undefined) return doubt(food, "No signal, and this phone cannot answer for this list alone.");
  const opened = await openFacts(page).catch(() => null);
  if (!opened) return doubt(food, "No signal, and this phone has not kept the facts yet.");
  const {daysBetween, judge, notFromOldFacts} = await checker(), {facts} = opened;
  const sheets = page.strictest !== undefined ? Object.keys(facts.sheets) : page.sheets.split(" ").filter(Boolean);
  if (!sheets.every((slug) => Object.hasOwn(facts.sheets, slug))) {
    return doubt(food, "No signal, and the facts kept here do not hold the sheet that counts.");
  }
  const found = notFromOldFacts(judge(facts, food, sheets), daysBetween(opened.day, today()));
  return {...(isShared ? forAnybody(found, judge(facts, food, [])) : found), food, isHere: true};
}

function doubt(food, why) {
  return {food, verdict: "unknown", why, do_this: "Leave it if you are in doubt.", label_says: "", isHere: true};
}

// The same habit as planner/shop_answer.py: no word of a sheet, and no illness.
function forAnybody(found, base) {
  const isTighter = found.verdict !== base.verdict && found.verdict !== "unknown";
  const told = isTighter ? {...found, why: "No signal, so the strictest advice we know counts here.", do_this: TIGHTER[found.verdict]} : found;
  const plain = (text) => text.replaceAll("your MS team", "the team");
  const headline = found.verdict === "unknown" ? "We do not know this food. Leave it until the team says yes" : "";
  return {...told, why: plain(told.why), do_this: plain(told.do_this), headline};
}

const TIGHTER = {
  ok: "", cook: "Buy it only to cook it until it is steaming hot all the way through.",
  avoid: "Leave it in the shop, even if it will be cooked.",
};

// Only signs that every server knows, in one line: a sign that it refuses would keep the whole list from being sent.
const tidied = (text) => text.replace(/[^\u0020-\uffff]|[\p{C}\p{Z}]/gu, " ").split(/ +/).join(" ").trim().slice(0, LONGEST_FOOD).trim();

// ---- What a person does ----

let element, verdictBlock, verdictLine;

function addFood(food) {
  const name = newName();
  change((list) => add(list, name, food));
  return name;
}

async function submitted(event) {
  const form = event.target, button = event.submitter;
  if (form.dataset.askForm !== undefined) {
    event.preventDefault();
    await answerBeside(form);
  } else if (form === addForm) {
    event.preventDefault();
    await addTyped();
  } else if (button?.value.startsWith("take-off-") && page.name) {
    event.preventDefault();
    change((list) => takeOff(list, button.value.slice("take-off-".length)));
    addForm?.querySelector("input").focus();
  }
}

async function answerBeside(form) {
  const food = tidied(form.elements.food.value), beside = form.parentElement.querySelector("[data-answer]");
  if (!food) return beside.replaceChildren(element("p", "", "Enter one food, like feta."));
  const found = await ask(food), parts = [verdictBlock(found)];
  if (found.isHere) parts.push(element("p", "app-small", "No signal. Answered on this phone."));
  if (found.verdict === "ok") parts.push(addButton(food, beside));
  return beside.replaceChildren(element("p", "", element("strong", "", food)), ...parts);
}

function addButton(food, beside) {
  const button = element("button", "app-button app-button--plain", "Add it to the list");
  button.type = "button";
  button.addEventListener("click", () => {
    addFood(food);
    beside.replaceChildren(element("p", "", `${food} is on the list, under “Added by hand”.`));
  });
  return button;
}

async function addTyped() {
  const box = addForm.elements.food, food = tidied(box.value), typed = addForm.querySelector("[data-as-typed]");
  if (!food) return typed.replaceChildren(element("p", "app-field__error", "Enter one food, like feta."));
  clearTimeout(typing);
  asked += 1;
  box.value = "";
  addFood(food);
  box.focus();
  return typed.replaceChildren(element("p", "", `Written down: ${food}. Its line says whether it is fine.`));
}

let typing = 0, asked = 0;

function typed(event) {
  clearTimeout(typing);
  typing = setTimeout(checkTyped, TYPING, tidied(event.target.value), (asked += 1));
}

async function checkTyped(food, number) {
  const beside = addForm.querySelector("[data-as-typed]");
  if (!food) return beside.replaceChildren();
  const atOnce = isShared ? null : await answerHere(food);
  const found = atOnce?.about ? atOnce : await ask(food);
  // What was typed since is another question.
  return number === asked ? beside.replaceChildren(element("p", "", verdictLine(found))) : undefined;
}

// ---- In order ----

async function keepThisPage() {
  await navigator.serviceWorker?.register("/offline-worker.js");
  await keepFacts(page);
  // A worker that was not here yet when the page was asked for could not keep it.
  const kept = await self.caches?.open(LISTS), address = location.href.split("#")[0];
  if (!kept || isKeptCopy || (await kept.match(address))) return;
  const response = await fetch(address, {headers: {Accept: "text/html"}});
  if (response.ok) await kept.put(address, response);
}

// A box may be ticked before this script is there. The page says by itself only what is kept.
function tickWhatWasTicked() {
  const early = [...document.querySelectorAll("[data-line]")].filter((box) => box.checked !== box.defaultChecked);
  for (const box of early.map(({value, checked: isTicked}) => ({value, checked: isTicked}))) changeLine(box);
}

function changeLine({value, checked: isTicked}) {
  change((list, device) => (isTicked ? tick(list, value, device) : untick(list, value)));
}

function begin() {
  const shown = JSON.parse(page.state), record = read();
  keep({...record, state: merge(record.state, shown), sent: isKeptCopy ? merge(record.sent, shown) : shown});
  forgetOthers();
  tickWhatWasTicked();
  for (const form of document.querySelectorAll("[data-no-script]")) form.hidden = true;
  addForm.hidden = byHand.closest("section").hidden = false;
  document.addEventListener("change", ({target}) => { if (target.dataset.line !== undefined) changeLine(target); });
  document.addEventListener("submit", submitted);
  addForm.elements.food.addEventListener("input", typed);
  addEventListener("storage", ({key}) => { if (key === mine) draw(); });
  addEventListener("online", send);
  addEventListener("offline", () => { hasSignal = false; draw(); });
  addEventListener("focus", send);
  addEventListener("pageshow", send);
  addEventListener("visibilitychange", send);
  setInterval(() => { if (document.visibilityState === "visible") send(); }, OFTEN);
  draw();
  send();
}

({element, verdictBlock, verdictLine} = await checker());
if (page.name) begin();
await keepThisPage().catch(() => {});
document.documentElement.dataset.ready = "yes";
