"use strict";
// The pages are whole without this. A key presses the button or link that shows it, or goes to the field.
addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  const help = document.querySelector("dialog:popover-open");
  if (help && event.key !== "?") return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!wanted) return;
  event.preventDefault();
  if (wanted.matches("input")) wanted.focus();
  else wanted.click();
});
