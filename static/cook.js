// The cooking view, made quicker: one step at a time, arrow keys, timers, and a screen that stays awake.
// Without this script the page is every step one below the other, with links from each to the next.

const view = document.querySelector("[data-cook]");
if (view) {
  const parts = [...view.querySelectorAll(".app-cook__part")];
  const numberOf = (address) => Math.max(0, parts.findIndex((part) => `#${part.id}` === address));

  function show(number, focus) {
    parts.forEach((part, at) => { part.hidden = at !== number; });
    if (focus) parts[number].focus();
  }

  function move(by) {
    const number = Math.min(parts.length - 1, Math.max(0, numberOf(location.hash) + by));
    if (number !== numberOf(location.hash)) location.hash = parts[number].id;
  }

  view.classList.add("app-cook--one");
  show(numberOf(location.hash), false);
  addEventListener("hashchange", () => { show(numberOf(location.hash), true); scrollTo(0, 0); });
  addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea")) return;
    if (event.key === "ArrowRight" || event.key === "PageDown") { event.preventDefault(); move(1); }
    if (event.key === "ArrowLeft" || event.key === "PageUp") { event.preventDefault(); move(-1); }
  });
  view.querySelectorAll("[data-minutes]").forEach(makeTimer);
  keepAwake(document.querySelector("[data-awake]"));
}

// A button that counts down. It goes on while other steps are shown, and says so in words when it is done.
function makeTimer(place) {
  const minutes = Number(place.dataset.minutes);
  const words = place.textContent.trim();
  const button = Object.assign(document.createElement("button"), { type: "button", className: "app-button app-button--plain" });
  const said = Object.assign(document.createElement("span"), { className: "app-cook__left" });
  const announced = document.createElement("span");
  announced.className = "app-cook__done";
  announced.setAttribute("role", "status");
  let ends = 0;
  let beat = 0;

  function rest() {
    clearInterval(beat);
    ends = 0;
    button.textContent = `Start ${words}`;
    said.textContent = "";
  }

  function tick() {
    const left = Math.ceil((ends - Date.now()) / 1000);
    if (left > 0) {
      said.textContent = ` ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")} left`;
      return;
    }
    rest();
    announced.textContent = ` ${words} are over. Is it steaming hot all the way through?`.replace("1 minute are", "1 minute is");
    navigator.vibrate?.([300, 200, 300]);
  }

  button.addEventListener("click", () => {
    announced.textContent = "";
    if (ends) { rest(); return; }
    ends = Date.now() + minutes * 60_000;
    button.textContent = `Stop ${words}`;
    beat = setInterval(tick, 500);
    tick();
  });
  place.textContent = "";
  place.append(button, said, announced);
  rest();
}

// Browsers let go of the lock when the page is hidden, so it is asked for again when it comes back.
async function keepAwake(told) {
  if (!("wakeLock" in navigator)) return;
  async function hold() {
    try {
      await navigator.wakeLock.request("screen");
      told.hidden = false;
    } catch {
      told.hidden = true;
    }
  }
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") hold(); });
  await hold();
}
