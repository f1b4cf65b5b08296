// Convenience only: every page works without it. Keys (`/keys` lists them), and the overlay that shows them.

const typing = (event) =>
  event.target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);

const GO = { t: "/", e: "/events", d: "/documents", w: "/entities", s: "/sources" };
let going = false;

function go(path) {
  const day = new URLSearchParams(location.search).get("as_of");
  location.assign(day ? `${path}?as_of=${encodeURIComponent(day)}` : path);
}

// What pages list: events, documents, tellings; statements; prints of a quote; people; facts of a document; talks.
const ITEMS = ["main .items > li", "main article.said", "main .check", "main .people tbody tr", "main .fact", "main .talk"].join();

function move(step) {
  const items = [...document.querySelectorAll(ITEMS)].filter((item) => item.querySelector("a"));
  if (!items.length) return;
  const at = items.findIndex((item) => item.contains(document.activeElement));
  const next = items[at < 0 ? (step > 0 ? 0 : items.length - 1) : Math.min(Math.max(at + step, 0), items.length - 1)];
  const link = next.querySelector("a.what, .source a, a.go") || next.querySelector("a");
  link.focus();
  next.scrollIntoView({ block: "nearest" });
}

// Single keys can be switched off (WCAG 2.1.4): the overlay has the switch, and the browser remembers it.
const OFF = "onrecord-keys-off";
const remembered = {
  get: () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } },
  set: (off) => { try { off ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF); } catch { /* not kept */ } },
};
const switchOf = document.getElementById("keys-on");
if (switchOf) {
  switchOf.checked = !remembered.get();
  switchOf.closest("label").hidden = false;
  switchOf.addEventListener("change", () => remembered.set(!switchOf.checked));
}

document.addEventListener("keydown", (event) => {
  if (remembered.get()) return;
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event) || document.querySelector("dialog[open]")) return;
  if (going) {
    going = false;
    if (GO[event.key]) go(GO[event.key]);
    return;
  }
  const link = { "[": 'a[rel~="prev"]', "]": 'a[rel~="next"]' }[event.key];
  if (event.key === "/") document.getElementById("find").focus();
  else if (event.key === "j" || event.key === "k") move(event.key === "j" ? 1 : -1);
  else if (event.key === "g") going = true;
  else if (event.key === "?") document.getElementById("keys").showModal();
  else if (link) document.querySelector(link)?.click();
  else return;
  event.preventDefault();
});

for (const link of document.querySelectorAll("[data-opens]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById(link.dataset.opens).showModal();
  });
}

// The days of an event as a slider: the page moves when it is let go; the list of days and the links stay.
const days = document.getElementById("step");
if (days?.options?.length > 2) { // a field for a day where there are very many
  const slider = Object.assign(document.createElement("input"), {
    type: "range", min: 0, max: days.options.length - 1, value: days.selectedIndex,
  });
  const tell = () => slider.setAttribute("aria-valuetext", days.options[slider.value].text);
  slider.setAttribute("aria-label", "Day as of which the page tells; moving it moves the page");
  slider.addEventListener("input", () => { days.selectedIndex = slider.value; tell(); });
  slider.addEventListener("change", () => days.form.requestSubmit());
  tell();
  days.before(slider);
}
