"use strict";
// The pages are whole without this. A key presses the button or link that shows it, or goes to the field.
function press(key) {
  const wanted = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!wanted) return false;
  if (wanted.matches("input")) wanted.focus();
  else wanted.click();
  return true;
}

addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  const help = document.querySelector("dialog:popover-open");
  if (help && event.key !== "?") return;
  if (press(event.key)) event.preventDefault();
  // What is wanted may stand further down than has come: its key is not lost.
  else if (document.readyState === "loading")
    document.addEventListener("readystatechange", () => press(event.key), { once: true });
});
