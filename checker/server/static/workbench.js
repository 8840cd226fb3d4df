"use strict";

// A form whose work takes a while says that it is at it.
for (const form of document.querySelectorAll("form[data-busy]")) {
  const status = form.querySelector("[data-status]");
  form.addEventListener("submit", (event) => {
    if (!event.submitter || event.submitter.value !== "patch") status.textContent = form.dataset.busy;
  });
  addEventListener("pageshow", () => { status.textContent = ""; });
}

// The form of a check: files may be dropped on it.
(() => {
  const form = document.querySelector("form[data-drop]");
  if (!form) return;
  const files = form.querySelectorAll("input[type=file]");
  const stop = (event) => { event.preventDefault(); form.classList.toggle("over", event.type === "dragover"); };
  form.addEventListener("dragover", stop);
  form.addEventListener("dragleave", stop);
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    stop(event);
    const side = event.target.closest("fieldset");
    const input = (side && side.querySelector("input[type=file]")) || files[0];
    input.files = event.dataTransfer.files;
    input.focus();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
})();

// The page of a check: filters, the way from finding to finding, decisions without loading the page anew.
(() => {
  const filters = document.getElementById("filters");
  if (!filters) return;
  const cards = [...document.querySelectorAll("article[data-number]")];
  const marks = [...document.querySelectorAll("a[data-f]")];
  const documents = [...document.querySelectorAll("section.document")];
  const count = document.getElementById("count");
  const fault = document.getElementById("fault");
  const progress = filters.querySelector("[data-progress]");
  const keys = ["severity", "family", "rule", "state"];
  let current = null;

  const numbers = (mark) => mark.dataset.f.split(" ");
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (all, name) => values[name]);

  function filter() {
    const wanted = keys.map((key) => [key, filters.elements[key].value]).filter(([, value]) => value);
    const shown = new Set();
    for (const card of cards) {
      card.hidden = !wanted.every(([key, value]) => card.dataset[key] === value);
      if (!card.hidden) shown.add(card.dataset.number);
    }
    for (const mark of marks) {
      const first = numbers(mark).find((number) => shown.has(number));
      mark.classList.toggle("off", !first);
      mark.tabIndex = first ? 0 : -1;
      if (first) mark.hash = "f-" + first;
    }
    for (const part of documents) part.hidden = wanted.length > 0 && !part.querySelector("article:not([hidden])");
    count.textContent = fill(filters.dataset.shown, { shown: shown.size, all: cards.length });
  }

  function choose(card, focus) {
    if (!card) return;
    if (current) current.classList.remove("current");
    for (const mark of marks) mark.classList.toggle("current", numbers(mark).includes(card.dataset.number));
    current = card;
    card.classList.add("current");
    card.scrollIntoView({ block: "nearest" });
    const mark = marks.find((one) => one.classList.contains("current") && !one.closest("[lang=zh]"));
    if (mark) {
      const box = mark.closest(".text");
      box.scrollTop += mark.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 2;
    }
    if (focus) card.focus({ preventScroll: true });
  }

  function step(by) {
    const shown = cards.filter((card) => !card.hidden);
    const at = shown.indexOf(current);
    choose(shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + by, 0), shown.length - 1)], true);
  }

  function show(card, decision) {
    const state = decision ? decision.state : "open";
    card.dataset.state = state;
    card.classList.remove("open", "accepted", "dismissed");
    card.classList.add(state);
    card.querySelector("[data-state-words]").textContent = filters.dataset[state] || "";
    const reason = card.querySelector("input[name=reason]");
    if (decision && decision.state === "dismissed") reason.value = decision.reason;
    const text = card.querySelector("input[name=text]");
    if (decision && decision.state === "accepted" && text) text.value = decision.text;
    card.querySelector("details.dismiss").open = false;
    paint(card);
  }

  // What was accepted is struck out in the text, with what is written instead after it; what was dismissed is quiet.
  function paint(card) {
    const mine = marks.filter((mark) => numbers(mark).includes(card.dataset.number));
    const accepted = card.dataset.state === "accepted";
    for (const mark of mine) {
      const others = numbers(mark).map((number) => document.getElementById("f-" + number));
      mark.classList.toggle("accepted", others.some((one) => one && one.dataset.state === "accepted"));
      mark.classList.toggle("dismissed", others.every((one) => one && one.dataset.state === "dismissed"));
      delete mark.dataset.new;
    }
    if (accepted) {
      const ours = mine.filter((mark) => !mark.closest("[lang=zh]"));
      const text = card.querySelector("input[name=text]").value;
      ours.forEach((mark, at) => {
        const next = ours[at + 1];
        if (mark.nextElementSibling !== next || mark.nextSibling !== next) mark.dataset.new = text;
      });
    }
  }

  async function send(form) {
    fault.hidden = true;
    const answer = await fetch(form.getAttribute("action"), {
      method: "POST", body: new URLSearchParams(new FormData(form)), headers: { accept: "application/json" },
    });
    const told = await answer.json();
    if (told.decisions) {
      for (const card of cards) {
        const decision = told.decisions[card.dataset.number];
        if (decision || card.dataset.state !== "open") show(card, decision);
      }
      if (progress) progress.textContent = fill(progress.dataset.progress, told.states);
      filter();
    }
    if (told.message) {
      fault.textContent = filters.dataset.fault + " " + told.message;
      fault.hidden = false;
    } else if (form.classList.contains("repairs")) {
      form.hidden = true;
    }
    return !told.message;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-decide]");
    if (!form) return;
    event.preventDefault();
    const card = form.closest("article");
    send(form).then((good) => { if (card) { choose(card, false); if (good) card.focus({ preventScroll: true }); } })
      .catch(() => HTMLFormElement.prototype.submit.call(form));
  });

  const actions = {
    j: () => step(1), n: () => step(1), k: () => step(-1), p: () => step(-1),
    a: () => current && press("form.accept"),
    u: () => current && press("form.reopen"),
    d: () => {
      if (!current) return;
      const details = current.querySelector("details.dismiss");
      if (!details || !details.checkVisibility()) return;
      details.open = true;
      details.querySelector("input[name=reason]").focus();
    },
  };
  function press(selector) {
    const form = current.querySelector(selector);
    if (!form || getComputedStyle(form).display === "none") return;
    const text = form.querySelector("input[name=text]:not([type=hidden])");
    if (text && !text.value.trim()) text.focus();  // nothing is suggested: a person has to say what to write
    else form.requestSubmit();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && event.target.closest("article")) {
      event.target.closest("article").focus();
      return;
    }
    if (event.target.closest("input, textarea, select") || !actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  });
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("a[data-f]");
    const back = event.target.closest("a[data-show]");
    const button = event.target.closest("button[data-do]");
    if (mark) {
      event.preventDefault();
      choose(document.getElementById(mark.hash.slice(1)), true);
    } else if (back) {
      choose(back.closest("article"), false);
    } else if (button) {
      step(button.dataset.do === "next" ? 1 : -1);
    }
  });
  document.addEventListener("focusin", (event) => {
    const card = event.target.closest("article[data-number]");
    if (card && card !== current) choose(card, false);
  });

  filters.hidden = false;
  filters.addEventListener("change", filter);
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("reset", () => setTimeout(filter));
  for (const card of cards) if (card.dataset.state !== "open") paint(card);
  filter();
  if (location.hash.startsWith("#f-")) choose(document.getElementById(location.hash.slice(1)), true);
})();
