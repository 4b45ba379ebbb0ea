"use strict";
// The page is whole without this. It adds a filter, and opens what is folded when a link or a printer needs it.
const filter = document.querySelector(".filter");
const lines = [...document.querySelectorAll(".overview tbody tr")];
if (lines.length > 1) filter.hidden = false;
filter.addEventListener("input", (event) => {
  const wanted = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const line of lines) {
    const text = line.textContent.toLowerCase();
    line.hidden = !wanted.every((word) => text.includes(word));
  }
  const left = lines.filter((line) => !line.hidden).length;
  filter.querySelector("output").textContent = wanted.length ? `${left} of ${lines.length}` : "";
});
const unfold = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  const folded = target.closest("details") ?? target.querySelector(":scope > details");
  if (folded && !folded.open) {
    folded.open = true;
    target.scrollIntoView();
  }
};
addEventListener("hashchange", unfold);
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
unfold();
