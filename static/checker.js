// May this person eat what a phrase names? The same answer as the server gives, worked out on this device from its facts.
// It follows foods/names.py and foods/rules.py step by step: a change there is a change here, and a test compares the two.

const WORD = ["", "ok", "cook", "unknown", "avoid"];
const OK = 1, COOK = 2, UNKNOWN = 3, AVOID = 4;
const NAME = "name", STATE = "state", PLAIN = "plain", BREAK = ",", UNEXPLAINED = "unexplained";
export const LONGEST_QUESTION = 200;
const OLDEST = 60;

const LETTERS = {"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "&": " and ", "™": " ", "®": " ", "©": " "};
const TOKENS = /[\p{L}\p{N}]+|[,;:()[\]{}/|+•–—\n]|[\u{1F000}-\u{1FAFF}]/gu;
const BREAKS = /^[,;:()[\]{}/|+•–—\n]$/u;
const AMOUNT =
  /^\p{Nd}+(?:x\p{Nd}+)?(?:g|kg|mg|ml|cl|dl|l|oz|lbs?|cm|mm|in|inch|x|st|nd|rd|th|pts?|qts?|c|f|cal|kcal)?$/u;

// ---- Words ----

function singular(word, words) {
  if (words.irregular.has(word)) return words.irregular.get(word);
  if ([...word].length < 4 || words.keptS.has(word) || !word.endsWith("s") || /(?:ss|us|is)$/.test(word)) return word;
  if (word.endsWith("ies")) return word.slice(0, -3) + "y";
  return /(?:oes|ches|shes|xes|sses|zes)$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}

function fold(text, words) {
  const plain = text.toLowerCase().replace(/[ßœæøłđı&™®©]/g, (letter) => LETTERS[letter]).normalize("NFKD")
    .replace(words.marks, "").replace(/['’‘`´ʼ]/g, "");
  return (plain.match(TOKENS) || []).map((token) => {
    const word = BREAKS.test(token) ? BREAK : singular(token, words);
    return words.spellings.get(word) ?? word;
  });
}

function isPlain(word, words) {
  return words.plain.has(word) || words.apart.has(word) || AMOUNT.test(word);
}

// ---- The table, as the facts tell it ----

const opened = new WeakMap();

function tableOf(facts) {
  if (!opened.has(facts)) opened.set(facts, openTable(facts));
  return opened.get(facts);
}

function openTable(facts) {
  const words = openWords(facts.words);
  const lines = facts.names.split("\n").map((line) => namesIn(line, words));
  const foods = facts.foods.map((kind, place) => foodOf(facts, kind, place, lines[place][0]));
  for (const family of facts.families) {
    for (const place of family) foods[place].forms = family.map((form) => foods[form]);
  }
  facts.families.forEach((family, number) => family.forEach((place) => { foods[place].family = number; }));
  return {...facts, words, foods, known: openNames(words, lines, foods)};
}

function openWords(said) {
  return {
    marks: marksIn(said.marks), spellings: new Map(Object.entries(said.spellings)),
    irregular: new Map(Object.entries(said.irregular)), keptS: new Set(said.kept_s.split(" ")), apart: new Set(said.apart.split(" ")),
    plain: new Set(said.plain.split(";")), states: new Map(Object.entries(said.states)), costs: said.costs,
  };
}

// How many code points are no accent, how many are, and so on in turn.
function marksIn(runs) {
  let next = 0, inside = "";
  runs.forEach((length, turn) => {
    if (turn % 2) inside += `\\u{${next.toString(16)}}-\\u{${(next + length - 1).toString(16)}}`;
    next += length;
  });
  return new RegExp(`[${inside}]`, "gu");
}

// A line is "ham;cookedA;slicedA": the name as it is shown, then names whose capitals stand for words used before.
function namesIn(line, words) {
  const [shown, ...others] = line.split(";");
  const own = fold(shown, words);
  const used = new Set(own);
  const rest = others.map((other) => other.match(/[A-Z]|[^A-Z ]+/g).map((part) => {
    const word = /[A-Z]/.test(part) ? [...used][part.charCodeAt(0) - 65] : part;
    used.add(word);
    return word;
  }));
  return [shown, own, ...rest];
}

function foodOf(facts, kind, place, name) {
  const [foodClass, verdict, ifCooked, floor, why, doThis, labelSays] = facts.kinds[kind];
  return {
    place, name, foodClass, verdict, ifCooked, floor, pickedBy: facts.picked_by[place] || [], forms: [], family: null,
    why: facts.sentences[why], doThis: facts.sentences[doThis], labelSays: facts.sentences[labelSays],
  };
}

function openNames(words, lines, foods) {
  const known = new Map();
  const [nameCost, plainCost] = words.costs;
  for (const plain of words.plain) {
    if (plain.includes(" ")) known.set(plain, {kind: PLAIN, means: [], cost: plainCost});
  }
  for (const [text, means] of words.states) known.set(text, {kind: STATE, means, cost: plainCost});
  lines.forEach(([, ...names], place) => names.forEach((name) => {
    known.set(name.join(" "), {kind: NAME, means: [place], cost: nameCost - foods[place].verdict});
  }));
  known.longest = Math.max(1, ...[...known.keys()].map((text) => text.split(" ").length));
  return known;
}

// ---- Phrase to pieces: the cheapest way to cut it, the longest piece first where two cost the same ----

function read(table, phrase) {
  const words = fold(phrase, table.words);
  const best = words.map(() => null).concat({cost: 0});
  for (let start = words.length - 1; start >= 0; start--) {
    for (const piece of piecesAt(table, words, start)) {
      const cost = piece.cost + best[start + piece.words.length].cost;
      if (!best[start] || cost < best[start].cost) best[start] = {cost, piece};
    }
  }
  const pieces = [];
  for (let place = 0; best[place].piece; place += best[place].piece.words.length) pieces.push(best[place].piece);
  return pieces;
}

function* piecesAt(table, words, start) {
  for (let end = Math.min(words.length, start + table.known.longest); end > start; end--) {
    const run = words.slice(start, end);
    const piece = table.known.get(run.join(" "));
    if (piece) yield {...piece, words: run, text: run.join(" ")};
  }
  if (!table.known.has(words[start])) yield single(table, words[start]);
}

function single(table, word) {
  const [, plainCost, unexplainedCost] = table.words.costs;
  const piece = {words: [word], text: word, means: []};
  if (word === BREAK) return {...piece, kind: BREAK, cost: 0};
  return isPlain(word, table.words) ? {...piece, kind: PLAIN, cost: plainCost} : {...piece, kind: UNEXPLAINED, cost: unexplainedCost};
}

// ---- Pieces to a verdict ----

const of = (part, kind) => part.map((piece, place) => ({place, piece})).filter(({piece}) => piece.kind === kind);
const worstOf = (list) => list.reduce((worst, one) => (worst && worst.verdict >= one.verdict ? worst : one), undefined);
const distinct = (list) => [...new Set(list)];

/** The verdict on a phrase under the sheets of these protocols. The facts are those of /offline-facts.json. */
export function judge(facts, phrase, protocols = []) {
  const table = tableOf(facts);
  const sheets = protocols.map((protocol) => sheetOf(facts, protocol));
  const cutParts = cut(table, read(table, phrase));
  const parts = joined(cutParts);
  const floating = cutParts.filter((part) => !of(part, NAME).length)
    .flatMap((part) => of(part, STATE).flatMap(({piece}) => piece.means));
  let unexplained = parts.flatMap((part) => of(part, UNEXPLAINED).map(({piece}) => piece.text));
  let about = [];
  for (const part of parts) {
    const [found, leftOver] = judgePart(table, part, floating, sheets);
    about = about.concat(found);
    unexplained = unexplained.concat(leftOver);
  }
  if (!about.length) about = implied(table, parts).map((food) => finding(table, outcomeOf(food), sheets));
  return whole(table, phrase, about, unexplained);
}

function sheetOf(facts, protocol) {
  if (!Object.hasOwn(facts.sheets, protocol)) throw new RangeError("these facts do not hold that sheet");
  return facts.sheets[protocol];
}

function cut(table, pieces) {
  const parts = [[]];
  for (const piece of pieces) {
    if (piece.kind === BREAK || table.words.apart.has(piece.text)) parts.push([]);
    else parts.at(-1).push(piece);
  }
  return parts;
}

function joined(parts) {
  const done = [];
  for (const part of parts) {
    const last = done.at(-1);
    if (last && !(of(part, NAME).length && of(last, NAME).length)) done[done.length - 1] = last.concat(part);
    else done.push(part);
  }
  return done;
}

function outcomeOf(food, cooked = false, isSaid = true) {
  return {food, cooked, isSaid, verdict: cooked ? food.ifCooked : food.verdict};
}

function judgePart(table, part, floating, sheets) {
  const names = of(part, NAME), states = of(part, STATE);
  const cold = states.some(({piece}) => piece.means.includes("cold"));
  const accounted = new Set();
  const findings = names.map((name) => {
    const bare = table.foods[name.piece.means[0]];
    const ownForm = statesIn(table, name.piece.words).some((state) => bare.pickedBy.includes(state));
    const said = floating.map((state) => apply(table, bare, state)).filter((one) => one && one.verdict > bare.verdict);
    for (const {place, piece} of states) {
      const outcomes = piece.means.map((state) => apply(table, bare, state)).filter(Boolean);
      if (outcomes.length) accounted.add(place);
      const isNearest = (names.find((one) => one.place > place) || names.at(-1)) === name;
      said.push(...outcomes.filter((one) => counts(one, bare, isNearest, ownForm, cold)));
    }
    return finding(table, worstOf(said.filter((one) => one.isSaid)) || outcomeOf(bare), sheets);
  });
  return [findings, states.filter(({place}) => !accounted.has(place)).map(({piece}) => piece.text)];
}

function statesIn(table, words) {
  const runs = words.flatMap((_, start) => words.slice(start).map((_, more) => words.slice(start, start + more + 1).join(" ")));
  return runs.flatMap((run) => table.words.states.get(run) || []);
}

function counts(outcome, bare, isNearest, ownForm, cold) {
  return outcome.verdict >= bare.verdict || (isNearest && !(outcome.cooked ? cold : ownForm));
}

function apply(table, food, state) {
  if (food.pickedBy.includes(state)) return outcomeOf(food);
  const forms = food.forms.filter((form) => form.pickedBy.includes(state));
  if (forms.length) return outcomeOf(worstOf(forms));
  const rules = table.state_rules[state] || {};
  for (const about of [`f${food.place}`, `g${food.family}`, `c${food.foodClass}`, "*"]) {
    const becomes = rules[about];
    if (becomes === "cooked" && food.verdict === COOK) return outcomeOf(food, true);
    if (becomes === "same" || becomes === "cooked") return outcomeOf(food, false, false);
    if (becomes !== undefined) return outcomeOf(table.foods[becomes]);
  }
  return null;
}

function implied(table, parts) {
  const states = parts.flatMap((part) => of(part, STATE).flatMap(({piece}) => piece.means));
  return states.map((state) => table.foods[(table.state_rules[state] || {})[""]]).filter(Boolean);
}

// ---- What the hospitals' sheets say ----

function says(sheet, food) {
  return sheet.foods[food.place] || sheet.classes[food.foodClass];
}

function verdictOn(sheet, food, base) {
  const own = sheet.foods[food.place], wholeClass = sheet.classes[food.foodClass];
  if (!own) return wholeClass ? Math.max(base, wholeClass[0]) : base;
  const [verdict, , , onlyTightens] = own;
  return Math.max(verdict, onlyTightens ? base : food.floor);
}

function under(sheets, food, base) {
  const verdicts = sheets.map((sheet) => verdictOn(sheet, food, base));
  return verdicts.length === 1 ? verdicts[0] : Math.max(base, ...verdicts);
}

function cookedUnder(sheets, food) {
  const asSold = under(sheets, food, food.verdict);
  if ((asSold === AVOID) === (food.verdict === AVOID)) return food.ifCooked;
  return asSold === AVOID ? AVOID : OK;
}

function finding(table, {food, cooked}, sheets) {
  const asSold = under(sheets, food, food.verdict);
  const verdict = cooked ? cookedUnder(sheets, food) : asSold;
  const deciding = sheets.map((sheet) => says(sheet, food)).find((one) => one && one[0] === verdict && verdict !== food.verdict);
  const said = deciding ? [table.sentences[deciding[1]], table.sentences[deciding[2]] || food.doThis] : [food.why, food.doThis];
  const [why, doThis] = cooked && verdict < food.verdict ? table.say : said;
  const others = Object.values(table.sheets).filter((sheet) => !sheets.includes(sheet)).map((sheet) => says(sheet, food));
  return {food, verdict, why, doThis, labelSays: food.labelSays, differs: others.some((one) => one && one[0] !== asSold)};
}

function whole(table, asked, about, unexplained) {
  const known = about.length ? worstOf(about).verdict : UNKNOWN;
  const verdict = unexplained.length ? Math.max(known, UNKNOWN) : known;
  const worst = worstOf(about);
  const conditions = verdict === OK ? about.map((one) => one.doThis) : worst ? [worst.doThis] : [];
  const [, , , unknownDo] = table.say;
  return {
    asked,
    verdict: WORD[verdict],
    why: verdict === UNKNOWN ? notKnown(table, about, unexplained) : worst.why,
    do_this: verdict === UNKNOWN ? unknownDo : distinct(conditions).join(" "),
    label_says: distinct(about.map((one) => one.labelSays).filter(Boolean)).join("; "),
    about: about.map((one) => ({
      name: one.food.name, verdict: WORD[one.verdict], do_this: one.doThis, label_says: one.labelSays, differs: one.differs,
    })),
    unexplained,
  };
}

function notKnown(table, about, unexplained) {
  const words = distinct(unexplained).map((word) => `“${word}”`).join(" or ");
  const [, , unknownWhy] = table.say;
  return about.length && words ? `We know ${about[0].food.name}, but not what ${words} makes of it.` : unknownWhy;
}

// ---- How old the facts are ----

/** Whole days from one day to another, both like "2026-11-21". NaN when either is no day. */
export function daysBetween(earlier, later) {
  return Math.round((Date.parse(later) - Date.parse(earlier)) / 86_400_000);
}

/** The same finding, but never "You can eat this" from facts whose age is not known or is more than 60 days. */
export function notFromOldFacts(found, age) {
  // A day on another continent, or a clock that is a little wrong, must not stop an answer.
  if (age >= -1 && age <= OLDEST) return found;
  const about = found.about.map((one) => (one.verdict === "ok" ? {...one, ...NOT_SAID} : one));
  return found.verdict === "ok" ? {...found, ...NOT_SAID, about} : {...found, about};
}

const NOT_SAID = {
  verdict: "unknown", label_says: "",
  why: `The facts on this device are more than ${OLDEST} days old, so it no longer says that a food is fine.`,
  do_this: "Leave it, or ask again when there is a signal.",
};

// ---- Names to offer while somebody types ----

/** At most `most` names that begin with what was typed, or have a word that does; the names we show come first. */
export function suggest(facts, typed, most = 8) {
  const table = tableOf(facts);
  const start = fold(typed, table.words).join(" ");
  if (start.length < 2) return [];
  const shown = table.foods.map((food) => food.name).filter((name) => ` ${fold(name, table.words).join(" ")}`.includes(` ${start}`));
  const others = [...table.known].filter(([text, piece]) => piece.kind === NAME && text.startsWith(start)).map(([text]) => text);
  const first = (name) => (fold(name, table.words).join(" ").startsWith(start) ? 0 : 1);
  return distinct([...shown.sort((a, b) => first(a) - first(b)), ...others]).slice(0, most);
}

// ---- The answer as it is seen: the same words as templates/components/verdict_words.html ----

const lowered = (sentence) => sentence.charAt(0).toLowerCase() + sentence.slice(1).trim().replace(/\.+$/, "");

/** The headline of a verdict. The condition of "You can eat this if" never falls off. */
export function headline({verdict, do_this, label_says}) {
  if (verdict === "cook") return "Only if cooked until steaming hot all the way through";
  if (verdict === "avoid") return "Do not eat this";
  if (verdict !== "ok") return "We do not know this food. Leave it until your MS team says yes";
  const conditions = [label_says && `the label says "${label_says}"`, do_this && `you ${lowered(do_this)}`].filter(Boolean);
  return conditions.length ? `You can eat this if ${conditions.join(" and ")}` : "You can eat this";
}

function element(name, className, ...inside) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...inside);
  return made;
}

function mark(kind, className) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", `app-mark ${className}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS("http://www.w3.org/2000/svg", "use"));
  svg.firstChild.setAttribute("href", `#mark-${kind}`);
  return svg;
}

function sentence(className, start, text) {
  return element("p", className, ...(start ? [element("strong", "", start), " "] : []), text);
}

function verdictBlock(found) {
  const body = element("div", "app-verdict__body", sentence("app-verdict__why", "", found.why));
  if (found.do_this && found.verdict !== "ok") body.append(sentence("app-verdict__do", "What to do:", found.do_this));
  if (found.label_says && found.verdict !== "ok") {
    body.append(sentence("app-verdict__label", "The label must say", `"${found.label_says}".`));
  }
  const head = element("div", "app-verdict__head", mark(found.verdict, "app-verdict__mark"),
    element("h2", "app-verdict__headline", headline(found)));
  return element("div", `app-verdict app-verdict--${found.verdict}`, head, body);
}

function verdictLine(found) {
  const line = element("span", `app-verdict-line app-verdict-line--${found.verdict}`, mark(found.verdict, "app-verdict-line__mark"),
    " ", element("span", "app-verdict-line__words", headline(found)));
  return element("li", "", element("div", "app-food", element("strong", "app-food__name", found.name), line));
}

/** Puts an answer into an element of the page, with a sentence on where it comes from. Text only, whatever was asked. */
export function show(place, found, from) {
  const parts = [element("h2", "app-title--asked", `Can I eat “${found.asked}”?`), verdictBlock(found)];
  if (found.about.length > 1) {
    parts.push(element("h2", "", "What we found in it"), element("ul", "app-list", ...found.about.map(verdictLine)));
  }
  if (found.about.some((one) => one.differs)) {
    parts.push(element("p", "", "Advice differs between hospitals. Ask your MS team which is right for you."));
  }
  place.replaceChildren(...parts, element("p", "app-small", from));
}
