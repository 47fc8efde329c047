// May this person eat what a phrase names? The same answer as the server gives, worked out on this device from its facts.
// It follows foods/names.py and foods/rules.py step by step: a change there is a change here, and a test compares the two.

const WORD = ["", "ok", "cook", "unknown", "avoid"];
const OK = 1, COOK = 2, UNKNOWN = 3, AVOID = 4;
const NAME = "name", STATE = "state", PLAIN = "plain", BREAK = ",", SLASH = "/", UNEXPLAINED = "unexplained";
const SIGNS = [BREAK, SLASH], ALTERNATIVE = [SLASH, "or"];
export const LONGEST_QUESTION = 200;
const OLDEST = 60;

const LETTERS = {"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "&": " and ", "™": " ", "®": " ", "©": " "};
const TOKENS = /[\p{L}\p{N}]+|[,;:()[\]{}/|+•–—\n]|[\u{1F000}-\u{1FAFF}]/gu;
const BREAKS = /^[,;:()[\]{}/|+•–—\n]$/u;
const FRACTION = /(?<=[0-9])\s*\/|\/(?=\s*[0-9])/g;
const AMOUNT =
  /^\p{Nd}+(?:x\p{Nd}+)?(?:g|kg|mg|ml|cl|dl|l|oz|lbs?|cm|mm|in|inch|x|st|nd|rd|th|pts?|qts?|c|f|cal|kcal)?$/u;

// ---- Words ----

function singular(word, words) {
  if (words.irregular.has(word)) return words.irregular.get(word);
  if ([...word].length < 4 || words.keptS.has(word) || !word.endsWith("s") || /(?:ss|us)$/.test(word)) return word;
  if (word.endsWith("ies")) return word.slice(0, -3) + "y";
  return /(?:oes|ches|shes|xes|sses)$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}

function fold(text, words) {
  const plain = text.toLowerCase().replace(/[ßœæøłđı&™®©]/g, (letter) => LETTERS[letter]).normalize("NFKD")
    .replace(words.marks, "").replace(FRACTION, BREAK).replace(/['’‘`´ʼ]/g, "");
  return (plain.match(TOKENS) || []).map((token) => {
    const word = token === SLASH ? SLASH : BREAKS.test(token) ? BREAK : singular(token, words);
    return words.spellings.get(word) ?? word;
  });
}

const isAmount = (word) => AMOUNT.test(word) || AMOUNT.test("1" + word);

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
  const words = openWords(facts.words, facts.rarer ? facts.rarer.plain.split(";") : []);
  const rarer = facts.rarer ? facts.rarer.names.split("\n") : [];
  const lines = facts.names.split("\n").map((line, place) => namesIn(line, rarer[place] || "", words));
  const sentences = facts.sentences.split("\n");
  const foods = facts.foods.map((kind, place) => foodOf(facts, sentences, kind, place, lines[place][0]));
  for (const family of facts.families) {
    for (const place of family) foods[place].forms = family.map((form) => foods[form]);
  }
  facts.families.forEach((family, number) => family.forEach((place) => { foods[place].family = number; }));
  const named = lines.flatMap(([, ...names], place) => names.map((name) => ({words: name, place})));
  return {...facts, words, sentences, foods, named, known: openNames(words, lines, foods)};
}

// The plain words that no name holds come later, as the rarer names do; until then they explain nothing.
function openWords(said, rarerPlain) {
  return {
    marks: marksIn(said.marks), spellings: new Map(Object.entries(said.spellings)),
    irregular: new Map(Object.entries(said.irregular)), keptS: new Set(said.kept_s.split(" ")), apart: new Set(said.apart.split(" ")),
    plain: new Set([...said.plain.split(";"), ...rarerPlain]), states: new Map(Object.entries(said.states)), costs: said.costs,
    negations: new Set(said.negations), since: new Set(said.since), cut: new Set(said.cut), shop: new Set(said.shop),
    hours_in: new Map(Object.entries(said.hours_in)), counts: new Map(Object.entries(said.counts)),
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
// The line of the rarer names, which may not be here yet, is read in the same way, as if it began with that name.
function namesIn(line, rarer, words) {
  const [shown, ...others] = line.split(";"), own = fold(shown, words);
  return [shown, own, ...wordsIn(own, others), ...wordsIn(own, rarer.split(";").slice(1))];
}

function wordsIn(own, others) {
  const used = new Set(own);
  return others.map((other) => other.match(/[A-Z]|[^A-Z ]+/g).map((part) => {
    const word = /[A-Z]/.test(part) ? [...used][part.charCodeAt(0) - 65] : part;
    used.add(word);
    return word;
  }));
}

function foodOf(facts, sentences, kind, place, name) {
  const [foodClass, verdict, ifCooked, floor, why, doThis, labelSays, keepsHours] = facts.kinds.map((column) => column[kind]);
  return {
    place, name, foodClass, verdict, ifCooked, floor, pickedBy: facts.picked_by[place] || [], forms: [], family: null,
    why: sentences[why], doThis: sentences[doThis], labelSays: sentences[labelSays], keepsHours,
    instead: facts.rarer ? facts.rarer.instead[place] : [],
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

const read = (table, phrase) => cheapest(table, fold(phrase, table.words));

// Without the name `but`, where what is in a dish's name is looked for.
function cheapest(table, words, but = "") {
  const best = words.map(() => null).concat({cost: 0});
  for (let start = words.length - 1; start >= 0; start--) {
    for (const piece of piecesAt(table, words, start)) {
      if (piece.text === but) continue;
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
  if (SIGNS.includes(word)) return {...piece, kind: BREAK, cost: 0};
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
  const pieces = read(table, phrase);
  const cutParts = cut(table, pieces);
  const parts = joined(cutParts);
  const floating = cutParts.filter((part) => !of(part, NAME).length)
    .flatMap((part) => of(part, STATE).flatMap(({piece}) => piece.means));
  let unexplained = parts.flatMap((part) => [...of(part, UNEXPLAINED).map(({piece}) => piece.text), ...takenBack(table, part)]);
  let about = [];
  for (const part of parts) {
    const [found, leftOver] = judgePart(table, part, floating, sheets);
    about = about.concat(found);
    unexplained = unexplained.concat(leftOver);
  }
  if (!about.length) about = implied(table, parts).map((food) => finding(table, outcomeOf(food), sheets));
  const tooOld = tooOldIn(table, pieces, about, sheets);
  const found = whole(table, phrase, about, [...unexplained, ...tooOld]);
  if (!unexplained.every((word) => table.words.since.has(word))) return found;
  return {...found, ...dependsOnWhen(table, found, about, sheets, tooOld.length)};
}

function sheetOf(facts, protocol) {
  if (!Object.hasOwn(facts.sheets, protocol)) throw new RangeError("these facts do not hold that sheet");
  return facts.sheets[protocol];
}

function cut(table, pieces) {
  const parts = [[]];
  for (const piece of pieces) {
    if (piece.kind !== NAME && table.words.apart.has(piece.text)) parts.push(Object.assign([], {after: piece}));
    else parts.at(-1).push(piece);
  }
  return parts;
}

function joined(parts) {
  const done = [];
  for (const part of parts) {
    const last = done.at(-1);
    if (last && !(of(part, NAME).length && of(last, NAME).length)) {
      done[done.length - 1] = Object.assign([...last, ...(part.after ? [part.after] : []), ...part], {after: last.after});
    } else done.push(part);
  }
  return done;
}

function outcomeOf(food, cooked = false, isSaid = true) {
  return {food, cooked, isSaid, verdict: cooked ? food.ifCooked : food.verdict};
}

function judgePart(table, part, floating, sheets) {
  const [named, leftOver] = judgeNames(table, part, floating, sheets);
  return [of(part, NAME).flatMap(({place}, turn) => [...madeOf(table, part, place, named[turn], sheets), named[turn]]), leftOver];
}

// What the name of a dish says is in it, where that is no better than the dish: "smoked salmon | pasta".
function madeOf(table, part, place, dish, sheets) {
  const {means, words, text} = part[place];
  if (words.length === 1 || !table.dishes.includes(table.foods[means[0]].foodClass)) return [];
  const before = saidBefore(table, part, place).flatMap((piece) => piece.words);
  const plainly = cheapest(table, words, text).filter(({kind}) => kind === NAME).map((piece) => piece.means[0]);
  const [found] = judgeNames(table, cheapest(table, [...before, ...words], text), [], sheets);
  return found.filter(({food, verdict}) => {
    const asSold = before.length && !plainly.includes(food.place) && verdict >= dish.verdict;
    const forbidden = cookedUnder(sheets, food) > Math.max(food.ifCooked, dish.verdict);
    return (asSold || forbidden) && ![...table.any_kind, dish.food.place].includes(food.place);
  });
}

function saidBefore(table, part, place) {
  let start = place;
  while (start && [STATE, PLAIN].includes(part[start - 1].kind) && !table.words.apart.has(part[start - 1].text)) start--;
  const before = part.slice(start, place);
  return before.flatMap((piece) => piece.means).every((state) => table.of_the_dish.includes(state)) ? [] : before;
}

function judgeNames(table, part, floating, sheets) {
  const names = of(part, NAME), states = of(part, STATE);
  const cold = states.some(({piece}) => piece.means.includes("cold"));
  const accounted = new Set(), byShop = isCutByAShop(table, part);
  const findings = names.map((name) => {
    const bare = table.foods[name.piece.means[0]];
    const ownForm = statesIn(table, name.piece.words).some((state) => bare.pickedBy.includes(state));
    const doubted = doubtedIn(table, part, bare);
    const inADish = name !== names.at(-1) && !bare.forms.length;
    const loose = floating.filter((state) => !(inADish && state === "homemade"));
    const said = loose.map((state) => apply(table, bare, state)).filter((one) => one && one.verdict > bare.verdict);
    for (const {place, piece} of states) {
      const outcomes = piece.means.map((state) => apply(table, bare, state)).filter(Boolean);
      if (outcomes.length) accounted.add(place);
      if (inADish && piece.means.includes("homemade")) continue;
      const isNearest = (names.find((one) => one.place > place) || names.at(-1)) === name;
      said.push(...outcomes.filter((one) => counts(one, bare, isNearest && !doubted.has(place), ownForm, cold)));
    }
    const pieces = byShop && !said.some((one) => one.isSaid) && apply(table, bare, "cut");
    if (pieces && pieces.verdict > bare.verdict) said.push(pieces);
    return finding(table, worstOf(said.filter((one) => one.isSaid)) || outcomeOf(bare), sheets);
  });
  return [findings, states.filter(({place}) => !accounted.has(place)).map(({piece}) => piece.text)];
}

// Did a shop cut it: "carrots, shredded (bagged)", "bag of sliced apples"? Not "1 bag apples, sliced", nor "1 package sliced
// mushrooms", where the package may be no more than a recipe's measure.
function isCutByAShop(table, part) {
  const placesOf = (fits) => part.map((_, place) => place).filter((place) => fits(part[place]));
  const cuts = placesOf(({text}) => table.words.cut.has(text)), last = Math.max(-1, ...placesOf(({kind}) => kind === NAME));
  const bags = placesOf(({kind, means}) => kind === STATE && means.includes("bagged"));
  const shops = [...bags, ...placesOf(({text}) => table.words.shop.has(text))];
  return shops.some((shop) => cuts.some((cut) => shop > cut || (bags.includes(shop) && cut < last)));
}

function statesIn(table, words) {
  const runs = words.flatMap((_, start) => words.slice(start).map((_, more) => words.slice(start, start + more + 1).join(" ")));
  return runs.flatMap((run) => table.words.states.get(run) || []);
}

// Each side of an "or" of which one side names no food: the places of "fresh" and of "tinned" in "crab, fresh or tinned".
function alternatives(table, part) {
  const ends = part.map((piece, place) => (table.words.apart.has(piece.text) ? place : -1)).filter((place) => place >= 0);
  const isOr = (place) => ends.includes(place) && ALTERNATIVE.includes(part[place].text);
  const starts = [0, ...ends.map((place) => place + 1)], stops = [...ends, part.length];
  const sides = starts.map((start, turn) => part.map((_, place) => place).slice(start, stops[turn]))
    .filter((side) => side.some((place) => part[place].words.some((word) => !isAmount(word))))
    .filter((side) => isOr(side[0] - 1) || isOr(side.at(-1) + 1));
  return sides.some((side) => side.every((place) => part[place].kind !== NAME)) ? sides : [];
}

// Does a negation stand right before this place, or one plain word before: "no longer frozen"?
function isTakenBack(table, part, place) {
  const denies = (at) => at >= 0 && part[at].kind !== NAME && table.words.negations.has(part[at].text);
  return denies(place - 1) || (place > 0 && part[place - 1].kind === PLAIN && denies(place - 2));
}

const takenBack = (table, part) => of(part, NAME)
  .filter(({place, piece}) => isTakenBack(table, part, place) && statesIn(table, piece.words).length)
  .map(({place}) => part[place - 1].text);

// The places of states that may not better this food: "not tinned" is no word, "fresh or tinned" no better than the worse.
function doubtedIn(table, part, bare) {
  const states = of(part, STATE), doubted = new Set(states.map(({place}) => place).filter((place) => isTakenBack(table, part, place)));
  const betters = states.filter(({place, piece}) => !doubted.has(place) && piece.means.map((state) => apply(table, bare, state))
    .some((one) => one && one.isSaid && one.verdict < bare.verdict)).map(({place}) => place);
  const sides = alternatives(table, part);
  if (sides.some((side) => !betters.some((place) => side.includes(place)))) {
    betters.filter((place) => sides.some((side) => side.includes(place))).forEach((place) => doubted.add(place));
  }
  return doubted;
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
    if (becomes !== undefined) {
      const noBetter = state === "leftover" && table.foods[becomes].verdict < food.verdict;
      return noBetter ? outcomeOf(food, false, false) : outcomeOf(table.foods[becomes]);
    }
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
    about: about.map(asShown),
    unexplained,
  };
}

function asShown({food, verdict, doThis, labelSays, differs}) {
  return {place: food.place, name: food.name, verdict: WORD[verdict], do_this: doThis, label_says: labelSays, differs};
}

// Of a food we know, opened at a time that we do not: the hours that decide.
function dependsOnWhen(table, found, about, sheets, isTooOld) {
  const worst = worstOf(about);
  if (!worst || found.verdict !== "unknown" || !worst.food.keepsHours) return {};
  const hours = keeps(worst.food, sheets);
  const [, , , , openedWhy, leave, fresher, cook, tooOldWhy] = table.say;
  const then = worst.verdict === OK ? fresher : cook.replace("{do_this}", () => worst.doThis);
  const why = isTooOld ? tooOldWhy : openedWhy;
  return {why: why.replace("{food}", () => worst.food.name), do_this: `${leave.replace("{hours}", hours)} ${then}`};
}

const keeps = (food, sheets) => Math.min(food.keepsHours, ...sheets.map((sheet) => sheet.opened_hours).filter(Boolean));

// The unit of a stretch of time that is longer than a food keeps once it is opened, or is a leftover: "hummus 5 days".
function tooOldIn(table, pieces, about, sheets) {
  const words = pieces.flatMap((piece) => piece.words), [told, unit] = longestTime(table, words);
  const isLeftover = told && statesIn(table, words).includes("leftover");
  const isEatenAsIs = (verdict) => verdict === OK || (isLeftover && verdict === COOK);
  return about.some(({food, verdict}) => food.keepsHours && isEatenAsIs(verdict) && told > keeps(food, sheets)) ? [unit] : [];
}

function longestTime(table, words) {
  const {hours_in: hoursIn, counts: known} = table.words;
  const count = (word) => (/^[0-9]{1,4}$/.test(word) ? Number(word) : known.get(word) || 1);
  const told = words.map((word, at) => [(hoursIn.get(word) || 0) * count(words[at - 1] ?? ""), word]);
  return told.reduce((longest, one) => (one[0] > longest[0] || (one[0] === longest[0] && one[1] > longest[1]) ? one : longest), [0, ""]);
}

function notKnown(table, about, unexplained) {
  const words = distinct(unexplained).map((word) => `“${word}”`).join(" or ");
  const [, , unknownWhy] = table.say;
  return about.length && words ? `We know ${about[0].food.name}, but not what ${words} makes of it.` : unknownWhy;
}

// ---- Beside the answer: foods/offers.py ----

/** What may help beside a finding: forms of the food, near names where a word is not explained, and what to eat instead. */
export function offers(facts, found, protocols = []) {
  const table = tableOf(facts), sheets = protocols.map((protocol) => sheetOf(facts, protocol));
  const judged = (places) => places.map((place) => finding(table, outcomeOf(table.foods[place]), sheets));
  const meant = near(table, found.asked).filter((place) => !found.about.some((one) => one.place === place));
  if (found.unexplained.length || !found.about.length) return {forms: [], near: judged(meant).map(asShown), instead: []};
  const forms = found.about.length === 1 ? table.foods[found.about[0].place].forms.map((form) => form.place) : [];
  const decides = found.about.find((one) => WORD.indexOf(one.verdict) === Math.max(...found.about.map(({verdict}) => WORD.indexOf(verdict))));
  const instead = found.verdict === "ok" ? [] : judged(table.foods[decides.place].instead).filter((one) => one.verdict === OK);
  return {forms: judged(forms).map(asShown), near: [], instead: instead.map(asShown)};
}

const MOST_NEAR = 5, LONGEST_NEAR = 12;

function near(table, phrase) {
  const words = fold(phrase, table.words).slice(0, LONGEST_NEAR);
  const doubtful = words.map((_, at) => at).filter((at) => isDoubtful(table, words[at]));
  const {unspaced, holding} = nearIndex(table);
  return distinct([
    ...(unspaced.has(words.join("")) ? [unspaced.get(words.join(""))] : []),
    ...doubtful.flatMap((at) => mended(table, words, at)),
    ...doubtful.flatMap((at) => (holding.get(words[at]) || []).slice(0, MOST_NEAR)),
  ]).slice(0, MOST_NEAR);
}

function isDoubtful(table, word) {
  return [...word].length > 2 && !table.known.has(word) && !isPlain(word, table.words);
}

// The foods that the phrase would name with this word put right, those first that then explain the most words.
function mended(table, words, at) {
  const found = wordsLike(table, words[at]).flatMap((other) => cheapest(table, words.with(at, other))
    .filter((piece) => piece.kind === NAME && piece.words.includes(other)));
  return found.sort((one, other) => other.words.length - one.words.length).map((piece) => piece.means[0]);
}

function wordsLike(table, word) {
  const squeezed = squeeze(word), {squeezes, without} = nearIndex(table);
  const shares = distinct(oneLess(squeezed).flatMap((less) => without.get(less) || []));
  const like = shares.map((other) => [other, squeezes.get(other)]).filter(([, key]) => isOneSlip(squeezed, key));
  const order = ([one, key]) => `${key === squeezed ? 0 : 1}${one}`;
  return like.map(order).sort().map((text) => text.slice(1));
}

const squeeze = (word) => word.replaceAll("ph", "f").replace(/(.)\1+/gu, "$1");

// The word, and what is left of it without one of its letters: words a slip apart have one such rest in common.
function oneLess(word) {
  const letters = [...word];
  return distinct([word, ...letters.map((_, at) => [...letters.slice(0, at), ...letters.slice(at + 1)].join(""))]);
}

/** Do two words differ by at most one letter: more, missing, another, or two that changed places? */
export function isOneSlip(one, other) {
  [one, other] = [[...one], [...other]];
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  const rest = (letters, from) => letters.slice(start + from).join("");
  const swapped = start + 1 < one.length && one[start + 1] + one[start] + rest(one, 2) === rest(other, 0);
  return rest(one, 1) === rest(other, 0) || rest(one, 0) === rest(other, 1) || rest(one, 1) === rest(other, 1) || swapped;
}

function nearIndex(table) {
  if (table.nearIndex) return table.nearIndex;
  const unspaced = new Map(), holding = new Map(), squeezes = new Map();
  for (const {words, place} of table.named) {
    if (!unspaced.has(words.join(""))) unspaced.set(words.join(""), place);
    for (const word of words) {
      holding.set(word, distinct([...(holding.get(word) || []), place]));
      if ([...word].length > 3) squeezes.set(word, squeeze(word));
    }
  }
  const without = new Map();
  for (const [word, key] of squeezes) {
    for (const less of oneLess(key)) without.has(less) ? without.get(less).push(word) : without.set(less, [word]);
  }
  table.nearIndex = {unspaced, holding, squeezes, without};
  return table.nearIndex;
}

// ---- How old the facts are ----

/** Whole days from one day to another, both like "2026-11-21". NaN when either is no day. */
export function daysBetween(earlier, later) {
  return Math.round((Date.parse(later) - Date.parse(earlier)) / 86_400_000);
}

// A day on another continent, or a clock that is a little wrong, must not stop an answer.
const isFresh = (age) => age >= -1 && age <= OLDEST;

/** The same finding, but never "You can eat this" from facts whose age is not known or is more than 60 days. */
export function notFromOldFacts(found, age) {
  if (isFresh(age)) return found;
  const about = found.about.map((one) => (one.verdict === "ok" ? {...one, ...NOT_SAID} : one));
  return found.verdict === "ok" ? {...found, ...NOT_SAID, about} : {...found, about};
}

/** The same offers, but none that is fine from facts that are too old to say so. */
export function notOfferedFromOldFacts(offered, age) {
  if (isFresh(age)) return offered;
  const unsaid = (list) => list.filter((one) => one.verdict !== "ok");
  return {forms: unsaid(offered.forms), near: unsaid(offered.near), instead: []};
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
export function headline({verdict, do_this, label_says, headline: said}) {
  if (said) return said;
  if (verdict === "cook") return "Only if cooked until steaming hot all the way through";
  if (verdict === "avoid") return "Do not eat this";
  if (verdict !== "ok") return "We do not know this food. Leave it until your MS team says yes";
  const conditions = [label_says && `the label says "${label_says}"`, do_this && `you ${lowered(do_this)}`].filter(Boolean);
  return conditions.length ? `You can eat this if ${conditions.join(" and ")}` : "You can eat this";
}

/** An element with a class and what stands in it: text, or other elements. */
export function element(name, className, ...inside) {
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

/** A verdict as a block: templates/components/verdict.html. */
export function verdictBlock(found) {
  const body = element("div", "app-verdict__body", sentence("app-verdict__why", "", found.why));
  if (found.do_this && found.verdict !== "ok") body.append(sentence("app-verdict__do", "What to do:", found.do_this));
  if (found.label_says && found.verdict !== "ok") {
    body.append(sentence("app-verdict__label", "The label must say", `"${found.label_says}".`));
  }
  const head = element("div", "app-verdict__head", mark(found.verdict, "app-verdict__mark"),
    element("h2", "app-verdict__headline", headline(found)));
  return element("div", `app-verdict app-verdict--${found.verdict}`, head, body);
}

/** A verdict as one line: templates/components/verdict_line.html. */
export function verdictLine(found) {
  return element("span", `app-verdict-line app-verdict-line--${found.verdict}`, mark(found.verdict, "app-verdict-line__mark"),
    " ", element("span", "app-verdict-line__words", headline(found)));
}

function foodLine(found) {
  return element("li", "", element("div", "app-food", element("strong", "app-food__name", found.name), verdictLine(found)));
}

/** Puts an answer into an element of the page, with a sentence on where it comes from. Text only, whatever was asked. */
export function show(place, found, offered, from) {
  const parts = [element("h2", "app-title--asked", `Can I eat “${found.asked}”?`), verdictBlock(found)];
  const sections = [
    ["Which one is it?", offered.forms], ["What we found in it", found.about.length > 1 ? found.about : []],
    ["Did you mean?", offered.near], ["Eat instead", offered.instead],
  ];
  for (const [heading, foods] of sections) {
    if (foods.length) parts.push(element("h2", "", heading), element("ul", "app-list", ...foods.map(foodLine)));
  }
  if (found.about.some((one) => one.differs)) {
    parts.push(element("p", "", "Advice differs between hospitals. Ask your MS team which is right for you."));
  }
  place.replaceChildren(...parts, element("p", "app-small", from));
}
