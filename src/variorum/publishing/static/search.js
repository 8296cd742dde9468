// Search in a static site, on the index that was written with it (see publishing/site_index.py). Nothing is fetched from
// elsewhere, and texts enter the page as text, never as mark-up.
"use strict";

const PREFIX = 2; // as in site_index.py
const SHOWN = 20; // documents that are shown at once
const SNIPPETS = 3;
const AROUND = 90; // characters on each side of a hit
const CHECKED = 300; // documents in which a phrase is looked for

const variorum = (() => {
  const waiting = new Map();
  const loaded = new Map();

  function arrived(key, value) {
    loaded.set(key, value);
  }

  function load(key, address) {
    if (loaded.has(key)) return Promise.resolve(loaded.get(key));
    if (!waiting.has(key)) {
      waiting.set(key, new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = () => resolve(loaded.get(key));
        script.onerror = () => resolve(undefined); // no word begins so
        document.head.append(script);
      }));
    }
    return waiting.get(key);
  }

  return {
    documents: (list) => arrived("documents", list),
    words: ([prefix, words]) => arrived(`words ${prefix}`, words),
    text: ([number, blocks]) => arrived(`text ${number}`, blocks),
    load,
  };
})();

const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
const tokens = (text) => fold(text).match(/[\p{L}\p{N}_]+/gu) || [];
const shard = (prefix) => [...prefix].map((c) => c.codePointAt(0).toString(16)).join("-");

// --- what was typed: groups of alternatives that must all be there, and what must not ---------------------------------

function parse(typed) {
  const groups = [];
  const without = [];
  let either = false;
  for (const [, minus, column, phrase, word] of typed.matchAll(/(-)?(?:(title|text):)?(?:"([^"]*)"?|(\S+))/gu)) {
    if (word === "OR" && !minus && !column) {
      either = groups.length > 0;
      continue;
    }
    const words = tokens(phrase ?? word);
    if (!words.length) continue;
    const term = { words, column, beginning: phrase === undefined && word.endsWith("*") };
    if (minus) without.push(term);
    else if (either) groups[groups.length - 1].push(term);
    else groups.push([term]);
    either = false;
  }
  return { groups, without };
}

// --- which documents have a term: a map from number to how often ------------------------------------------------------

async function having(word, beginning, column) {
  const prefix = [...word].slice(0, PREFIX).join("");
  const words = (await variorum.load(`words ${prefix}`, `search/words-${shard(prefix)}.js`)) || {};
  const found = new Map();
  for (const [one, list] of Object.entries(words)) {
    if (one !== word && !(beginning && one.startsWith(word))) continue;
    for (let i = 0; i < list.length; i += 3) {
      const [number, count, titled] = [list[i], list[i + 1], list[i + 2]];
      const weight = column === "title" ? titled * 5 : column === "text" ? count : count + titled * 5;
      if (weight) found.set(number, (found.get(number) || 0) + weight);
    }
  }
  return found;
}

async function matching(term) {
  const lists = await Promise.all(
    term.words.map((word, i) => having(word, term.beginning && i === term.words.length - 1, term.column)),
  );
  let found = new Map();
  for (const number of lists[0].keys()) {
    if (lists.every((list) => list.has(number))) found.set(number, Math.min(...lists.map((list) => list.get(number))));
  }
  if (term.words.length === 1) return found;
  const documents = await variorum.load("documents", "search/documents.js");
  const kept = new Map();
  for (const number of [...found.keys()].slice(0, CHECKED)) {
    const blocks = await variorum.load(`text ${number}`, `search/texts/${number}.js`);
    const texts = [documents[number][1], ...(term.column === "title" ? [] : blocks.map(([, text]) => text))];
    if (texts.some((text) => places(text, [term]).length)) kept.set(number, found.get(number));
  }
  return kept;
}

async function search({ groups, without }) {
  let found = null;
  for (const group of groups) {
    const either = new Map();
    for (const term of group) {
      for (const [number, weight] of await matching(term)) either.set(number, (either.get(number) || 0) + weight);
    }
    const both = new Map();
    for (const [number, weight] of either) {
      if (!found) both.set(number, weight);
      else if (found.has(number)) both.set(number, found.get(number) + weight);
    }
    found = both;
  }
  for (const term of without) for (const number of (await matching(term)).keys()) found.delete(number);
  return [...found].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([number]) => number);
}

// --- where the terms stand in a text: [start, end] of each -------------------------------------------------------------

function places(text, terms) {
  const words = [...text.matchAll(/[\p{L}\p{N}\p{M}_]+/gu)].map((m) => [fold(m[0]), m.index, m.index + m[0].length]);
  const found = [];
  for (let i = 0; i < words.length; i += 1) {
    for (const term of terms) {
      const last = term.words.length - 1;
      const fits = term.words.every((word, j) => {
        const there = words[i + j]?.[0];
        return there !== undefined && (there === word || (term.beginning && j === last && there.startsWith(word)));
      });
      if (fits) {
        found.push([words[i][1], words[i + last][2]]);
        i += last;
        break;
      }
    }
  }
  return found;
}

// --- showing ------------------------------------------------------------------------------------------------------------

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function snippet([address, text], [start, end]) {
  let low = Math.max(0, start - AROUND);
  let high = Math.min(text.length, end + AROUND);
  while (low > 0 && !/\s/u.test(text[low - 1]) && start - low < AROUND + 60) low -= 1;
  while (high < text.length && !/\s/u.test(text[high]) && high - end < AROUND + 60) high += 1;
  const link = element("a", { href: address }, text.slice(low, start), element("mark", {}, text.slice(start, end)));
  link.append(text.slice(end, high));
  return element("li", { dir: "auto" }, link);
}

async function show(number, terms) {
  const documents = await variorum.load("documents", "search/documents.js");
  const [address, name, outlet, date, doubtful, language] = documents[number];
  const blocks = (await variorum.load(`text ${number}`, `search/texts/${number}.js`)) || [];
  const found = blocks.flatMap((block) => places(block[1], terms).slice(0, 1).map((place) => snippet(block, place)));
  const when = element("p", { class: "when" }, doubtful ? element("i", { class: "doubtful" }, date) : date);
  const link = element("a", { href: address, lang: language }, element("bdi", {}, name));
  const what = element("div", { class: "what" }, element("h3", { class: "name" }, link));
  what.append(element("p", { class: "meta" }, outlet ? element("bdi", {}, outlet) : "outlet not known"));
  return element("li", {}, when, what, element("ul", { class: "snippets" }, ...found.slice(0, SNIPPETS)));
}

async function answer() {
  const typed = (new URLSearchParams(location.search).get("q") || "").slice(0, 500);
  const status = document.getElementById("status");
  if (!typed.trim()) return;
  document.getElementById("q").value = typed;
  const query = parse(typed);
  if (!query.groups.length) {
    status.textContent = "There is no word in it to search for.";
    return;
  }
  status.textContent = "Searching …";
  const found = await search(query);
  const terms = query.groups.flat();
  status.textContent = `${found.length} ${found.length === 1 ? "document has" : "documents have"} “${typed}”.`;
  const more = document.getElementById("more");
  const hits = document.getElementById("hits");
  let shown = 0;
  async function next() {
    const now = found.slice(shown, shown + SHOWN);
    shown += now.length;
    hits.append(...(await Promise.all(now.map((number) => show(number, terms)))));
    more.hidden = shown >= found.length;
  }
  more.addEventListener("click", next);
  await next();
  document.body.dataset.searched = "yes";
}

answer();
