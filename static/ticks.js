// What is ticked on a list that several devices hold, each at times without a signal? Ticks that merge, and lines by hand.
// It follows planner/ticks.py step by step: a change there is a change here, and a test compares the two.

export const NOTHING = {ticks: {}, added: {}};

const own = (object, name, otherwise) => (Object.hasOwn(object, name) ? object[name] : otherwise);
const names = (one, other) => [...new Set([...Object.keys(one), ...Object.keys(other)])];
const each = (keys, value) => Object.fromEntries(keys.map((key) => [key, value(key)]));

/** Does some device have a tick that nobody took back? */
export const isTicked = (flag) => Object.values(flag).some(([ticked, unticked]) => ticked > unticked);

/** The keys of the lines that are ticked. */
export const tickedLines = (list) => Object.keys(list.ticks).filter((line) => isTicked(list.ticks[line]));

/** The list once a device has ticked a line. What is ticked already stays as it is. */
export function tick(list, line, device) {
  const flag = own(list.ticks, line, {});
  if (isTicked(flag)) return list;
  const [ticked, unticked] = own(flag, device, [0, 0]);
  return withLine(list, line, {...flag, [device]: [Math.max(ticked, unticked) + 1, unticked]});
}

/** The list once every tick of a line that was seen here is taken back. A tick that was not seen stays. */
export function untick(list, line) {
  const flag = own(list.ticks, line, {});
  return withLine(list, line, each(Object.keys(flag), (device) => [flag[device][0], Math.max(...flag[device])]));
}

function withLine(list, line, flag) {
  return {...list, ticks: {...list.ticks, [line]: flag}};
}

/** The list with one more line, under a name that nothing else has. One that was taken off does not come back. */
export const add = (list, name, food) => merge(list, {ticks: {}, added: {[name]: food}});

/** The list without a line that was added. Its words go, its name stays, so that no device brings it back. */
export const takeOff = (list, name) => ({...list, added: {...list.added, [name]: null}});

/** The list as two devices know it: of each counter the larger. */
export function merge(one, other) {
  return {
    ticks: each(names(one.ticks, other.ticks), (line) => mergedFlag(own(one.ticks, line, {}), own(other.ticks, line, {}))),
    added: each(names(one.added, other.added), (name) => lastWord(own(one.added, name), own(other.added, name))),
  };
}

function mergedFlag(one, other) {
  return each(names(one, other), (device) => {
    const a = own(one, device, [0, 0]), b = own(other, device, [0, 0]);
    return [Math.max(a[0], b[0]), Math.max(a[1], b[1])];
  });
}

// Of one line as two devices know it: taken off wins. Words never differ, unless somebody made them up.
function lastWord(one, other) {
  if (one === null || other === null) return null;
  if (one === undefined || other === undefined) return one ?? other;
  return byPoints(one, other) < 0 ? other : one;
}

// By code points, as Python compares; a plain `<` compares halves of the rarer letters.
function byPoints(one, other) {
  const [a, b] = [[...one], [...other]];
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    if (a[at] !== b[at]) return a[at].codePointAt(0) - b[at].codePointAt(0);
  }
  return a.length - b.length;
}

/** What a list holds that another does not know yet: merging it brings the other up to the list. */
export function changes(list, known) {
  const lines = Object.keys(list.ticks).filter((line) => !isSame(list.ticks[line], own(known.ticks, line, {})));
  const added = Object.keys(list.added).filter((name) => list.added[name] !== own(known.added, name));
  return {ticks: each(lines, (line) => list.ticks[line]), added: each(added, (name) => list.added[name])};
}

function isSame(one, other) {
  return names(one, other).every((device) => String(own(one, device, [0, 0])) === String(own(other, device, [0, 0])));
}
