// What does a script add to entering a sheet? A draft on this device, so that closing the page loses nothing, and a print button.
// Without it every answer still travels from page to page in the form.

const DRAFT = "own-sheet-draft";
const NOT_ANSWERS = new Set(["at", "do", "told", "own_sheet"]);

// A device may refuse to keep anything. Then there is no draft, and nothing else changes.
function kept() {
  try {
    const draft = JSON.parse(localStorage.getItem(DRAFT));
    return draft && typeof draft.answers === "object" ? draft : null;
  } catch {
    return null;
  }
}

function keep(form) {
  const answers = {};
  for (const [name, value] of new FormData(form)) {
    if (!NOT_ANSWERS.has(name) && typeof value === "string" && value) answers[name] = value;
  }
  if (!Object.keys(answers).length) return;
  try {
    localStorage.setItem(DRAFT, JSON.stringify({at: form.dataset.at, answers}));
    for (const note of document.querySelectorAll("[data-kept]")) note.hidden = false;
  } catch {
    // No room, or not allowed.
  }
}

function hiddenInput(name, value) {
  const input = document.createElement("input");
  Object.assign(input, {type: "hidden", name, value});
  return input;
}

const entering = document.querySelector("form[data-draft]");
if (entering) {
  keep(entering);
  entering.addEventListener("input", () => keep(entering));
}

const draft = kept(), offer = document.getElementById("draft");
if (offer && draft) {
  const resume = offer.querySelector("[data-resume]");
  resume.append(hiddenInput("at", draft.at));
  for (const [name, value] of Object.entries(draft.answers)) resume.append(hiddenInput(name, value));
  offer.hidden = false;
  offer.querySelector("[data-forget]").addEventListener("click", () => {
    localStorage.removeItem(DRAFT);
    offer.hidden = true;
  });
}

const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
