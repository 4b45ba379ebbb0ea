"use strict";
// The page is whole without this. It adds a search and sorting, and opens what is folded when a link or a printer needs it.
// It stands behind the tables, so that they can be used while a large report is still being read.
const filter = document.querySelector(".filter");
const lines = [...document.querySelectorAll(".overview tbody tr")];
const words = new Map();
const found = (line) => {
  if (!words.has(line)) words.set(line, `${line.textContent} ${line.dataset.also}`.toLowerCase());
  return words.get(line);
};
if (lines.length > 1) filter.hidden = false;
filter.addEventListener("input", (event) => {
  const wanted = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const line of lines) line.hidden = !wanted.every((word) => found(line).includes(word));
  const left = lines.filter((line) => !line.hidden).length;
  filter.querySelector("output").textContent = wanted.length ? `${left} of ${lines.length}` : "";
});

// A column is sorted by the button in its head: numbers the largest first, all else by letters, what is unknown last.
const known = (text) => /^(not stated|none|place not stated|X)/.test(text) ? 1 : 0;
const order = new Intl.Collator("en", {numeric: true});
for (const table of document.querySelectorAll(".overview table")) {
  const heads = [...table.tHead.rows[0].cells];
  const body = table.tBodies[0];
  for (const [column, head] of heads.entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    const numbers = head.classList.contains("number");
    button.addEventListener("click", () => {
      const again = head.ariaSort === (numbers ? "descending" : "ascending");
      const turn = numbers === again ? 1 : -1;
      for (const other of heads) other.ariaSort = null;
      head.ariaSort = turn === 1 ? "ascending" : "descending";
      const keyed = [...body.rows].map((line) => [line.cells[column].lastChild.textContent, line]);
      keyed.sort(([a], [b]) => known(a) - known(b) || turn * order.compare(a, b));
      body.append(...keyed.map(([, line]) => line));
    });
  }
}

// The rest waits until all meetings are there; searching and sorting do not.
addEventListener("DOMContentLoaded", () => {
  // A large report is filled in where it is looked at, by the eye, a link, a printer or the browser's own search.
  const articles = [...document.querySelectorAll(".meeting")];
  const fill = (article) => {
    const rest = article.querySelector(":scope > noscript");
    if (rest) rest.outerHTML = rest.textContent;
  };
  const near = new IntersectionObserver((seen) => {
    for (const one of seen) if (one.isIntersecting) fill(one.target);
  }, {rootMargin: "1500px"});
  for (const article of articles) near.observe(article);
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "f") articles.forEach(fill);
  });

  const unfold = () => {
    const wanted = decodeURIComponent(location.hash.slice(1));
    if (!wanted) return;
    const early = document.getElementById(wanted);
    articles.filter((one) => wanted === one.id || wanted.startsWith(`${one.id}.`)).forEach(fill);
    const target = document.getElementById(wanted);
    if (!target) return;
    const folded = target.querySelector(":scope > details");
    let moved = !early;
    for (let at = folded ?? target; at; at = at.parentElement) {
      if (at.localName === "details" && !at.open) moved = at.open = true;
    }
    if (moved) target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  // Printed is what is agreed as well; the full texts only where they stand open.
  addEventListener("beforeprint", () => {
    articles.forEach(fill);
    for (const one of document.querySelectorAll(".agreed details:not([open])")) one.open = true;
  });
  unfold();
});
