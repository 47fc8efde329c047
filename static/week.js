// What does a script add to a week? Dragging a meal onto another on a wide screen: the two change places. The buttons do the same.

const week = document.querySelector("[data-week]");
const form = document.getElementById("change");
const fine = matchMedia("(min-width: 75em) and (pointer: fine)");

const mealOf = (slot) => slot?.dataset.slot?.slice(-1);
const mayTake = (from, to) => to?.dataset.recipe && to !== from && mealOf(to) === mealOf(from);

function send(from, to) {
  const select = document.getElementById(`to-${from.dataset.slot}`);
  const pressed = document.createElement("input");
  pressed.type = "hidden";
  pressed.name = "do";
  pressed.value = `move ${from.dataset.slot} ${from.dataset.recipe}`;
  select.value = to.dataset.slot;
  form.append(pressed);
  form.requestSubmit();
}

function letDrag() {
  let dragged = null;
  const clear = () => week.querySelectorAll(".app-meal--over").forEach((slot) => slot.classList.remove("app-meal--over"));
  week.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-recipe]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.slot);
  });
  week.addEventListener("dragover", (event) => {
    const over = event.target.closest?.("[data-slot]");
    clear();
    if (!dragged || !mayTake(dragged, over)) return;
    event.preventDefault();
    over.classList.add("app-meal--over");
  });
  week.addEventListener("drop", (event) => {
    const over = event.target.closest?.("[data-slot]");
    if (!dragged || !mayTake(dragged, over)) return;
    event.preventDefault();
    send(dragged, over);
  });
  week.addEventListener("dragend", clear);
}

function allow() {
  for (const slot of week.querySelectorAll("[data-recipe]")) {
    slot.draggable = fine.matches && document.getElementById(`to-${slot.dataset.slot}`) !== null;
  }
}

if (week && form) {
  allow();
  fine.addEventListener("change", allow);
  letDrag();
}
