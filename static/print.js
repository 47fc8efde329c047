// A button that prints the page. Without this script it stays hidden, and the browser's own menu prints, as the page then says.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

for (const hint of document.querySelectorAll("[data-print-by-menu]")) hint.hidden = true;
