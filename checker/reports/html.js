"use strict";
(() => {
  const form = document.getElementById("filters");
  const count = document.getElementById("count");
  const cards = [...document.querySelectorAll("article[data-rule]")];
  const marks = [...document.querySelectorAll("a[data-f]")];
  const pages = [...document.querySelectorAll("section.document")];
  const keys = ["severity", "rule", "concept"];

  function apply() {
    const wanted = Object.fromEntries(keys.map((key) => [key, form.elements[key].value]));
    const filtered = keys.some((key) => wanted[key]);
    const shown = new Set();
    for (const card of cards) {
      card.hidden = !keys.every((key) => !wanted[key] || card.dataset[key] === wanted[key]);
      if (!card.hidden) shown.add(card.id);
    }
    for (const mark of marks) {
      const first = mark.dataset.f.split(" ").find((id) => shown.has("f-" + id));
      mark.classList.toggle("off", !first);
      mark.tabIndex = first ? 0 : -1;
      if (first) mark.hash = "f-" + first;
    }
    for (const page of pages) {
      page.hidden = filtered && !page.querySelector("article:not([hidden])");
    }
    count.textContent = shown.size + " of " + cards.length + " findings shown";
  }

  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  apply();
})();
