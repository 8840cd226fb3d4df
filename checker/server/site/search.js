"use strict";
// Search over TERMS (terms.js): Chinese in either script, pinyin with or without tones, English also by parts of words.

const input = document.getElementById("q");
const list = document.getElementById("hits");
const told = document.getElementById("told");
const browse = document.getElementById("browse");
const MOST = 60;
const HAN = /[\u3400-\u9fff]/;

const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
const letters = (text) => plain(text.replace(/v/gi, "u")).replace(/[^a-z0-9]+/g, "");

function closeness(form, query) {
  if (form === query) return 100;
  if (form.startsWith(query)) return 85 - Math.min(20, form.length - query.length);
  if (form.includes(query)) return 60 - Math.min(20, form.length - query.length);
  return 0;
}

function distance(one, other, most) {
  // Edit distance, given up above `most`.
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
    }
    if (Math.min(...next) > most) return most + 1;
    row = next;
  }
  return row[other.length];
}

function score(term, query) {
  const [, , , , , chinese, sounds, english] = term;
  if (HAN.test(query)) {
    return Math.max(...chinese.map((form) => closeness(form, query) || (query.includes(form) ? 30 : 0)));
  }
  const wanted = plain(query);
  const words = wanted.split(/[\s-]+/).filter(Boolean);
  const sound = letters(query);
  let best = sound.length > 2 ? Math.max(0, ...sounds.map((form) => closeness(form, sound) - 2)) : 0;
  for (const form of english) {
    const shown = plain(form);
    const every = words.every((word) => shown.split(/[\s-]+/).some((part) => part.startsWith(word)));
    best = Math.max(best, closeness(shown, wanted), every ? 50 : 0);
  }
  return best;
}

function nearly(word, part) {
  const most = word.length > 8 ? 2 : 1;
  return part.startsWith(word) || (word.length > 4 && distance(word, part, most) <= most);
}

function looseScore(term, query) {
  // For a query that nothing answers: each word may be misspelt.
  const words = plain(query).split(/[\s-]+/).filter(Boolean);
  const good = (form) => words.every((word) => plain(form).split(/[\s-]+/).some((part) => nearly(word, part)));
  return HAN.test(query) || !term[7].some(good) ? 0 : good(term[1]) ? 40 : 30;
}

function item(term) {
  const [id, preferred, zh, sound, field] = term;
  const line = document.createElement("li");
  const link = document.createElement("a");
  link.href = `concept/${encodeURIComponent(id)}.html`;
  const name = document.createElement("b");
  name.lang = "en";
  name.textContent = preferred;
  const chinese = document.createElement("span");
  chinese.lang = "zh";
  chinese.textContent = zh;
  link.append(name, " ", chinese);
  const hint = document.createElement("span");
  hint.className = "hint";
  const place = document.querySelector(`[data-field="${CSS.escape(field)}"]`);
  hint.textContent = `${sound} · ${place ? place.textContent : field}`;
  line.append(link, hint);
  return line;
}

function answers(query) {
  const scored = (points) => TERMS.map((term) => [points(term, query), term]).filter(([number]) => number > 0);
  const found = scored(score);
  return found.length ? found : scored(looseScore);
}

function search() {
  const query = input.value.trim().replace(/\s+/g, " ").slice(0, 100);
  const found = query ? answers(query) : [];
  found.sort((a, b) => b[0] - a[0] || a[1][1].length - b[1][1].length || (a[1][0] < b[1][0] ? -1 : 1));
  list.replaceChildren(...found.slice(0, MOST).map(([, term]) => item(term)));
  told.textContent = query ? told.dataset[found.length === 1 ? "one" : "many"].replace("{n}", found.length) : "";
  browse.hidden = Boolean(query);
}

input.value = new URLSearchParams(location.search).get("q") || "";
input.addEventListener("input", search);
input.form.addEventListener("submit", (event) => {
  event.preventDefault();
  const first = list.querySelector("a");
  if (first) location.href = first.href;
});
search();
