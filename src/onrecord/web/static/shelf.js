// Convenience only: without it the same links load the page anew with the fact lit up.
(() => {
  const page = document.getElementById("document");
  if (!page) return;
  const roles = (segment, fact) => [...segment.classList].filter((each) => each.startsWith(`${fact}-`)).map((each) => each.slice(fact.length + 1));
  const segments = (fact) => [...page.querySelectorAll(`.seg[class*="${CSS.escape(fact)}-"]`)];
  const light = (fact) => {
    for (const segment of page.querySelectorAll('.seg[class*="lit-"]'))
      for (const each of [...segment.classList]) if (each.startsWith("lit-")) segment.classList.remove(each);
    for (const entry of page.querySelectorAll(".chosen")) {
      entry.classList.remove("chosen");
      entry.removeAttribute("aria-current");
    }
    for (const segment of segments(fact)) for (const role of roles(segment, fact)) segment.classList.add(`lit-${role}`);
    const entry = document.getElementById(`f-${fact}`);
    entry?.classList.add("chosen");
    entry?.setAttribute("aria-current", "true");
  };
  const beside = page.querySelector(".margin .chosen");
  if (beside && !page.querySelector(".at-passage") && location.hash && !/^#(f|comment)-/.test(location.hash)) {
    const margin = beside.closest(".margin");
    if (margin.scrollHeight > margin.clientHeight) margin.scrollTop += beside.getBoundingClientRect().top - margin.getBoundingClientRect().top - margin.clientHeight / 3;
  }
  page.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-fact]");
    if (!link || ["passage", "comments"].includes(link.dataset.kind) || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!place) return;
    event.preventDefault();
    light(link.dataset.fact);
    history.replaceState(null, "", link.href);
    place.scrollIntoView({ block: "center" });
    if (place.matches(".fact")) place.querySelector("a")?.focus({ preventScroll: true });
  });
  for (const [kind, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]])
    page.addEventListener(kind, (event) => {
      const fact = event.target.closest?.("a.go[data-fact]")?.dataset.fact;
      if (fact) for (const segment of segments(fact)) if (roles(segment, fact).length) segment.classList.toggle("previewed", on);
    });
})();

// Words that are selected in the article are offered as a passage; places are counted in code points, as addresses have them.
(() => {
  const page = document.getElementById("document");
  if (!page) return;
  const offer = Object.assign(document.createElement("p"), { className: "offer", hidden: true });
  const link = Object.assign(document.createElement("a"), { textContent: "Comment on this" });
  offer.setAttribute("role", "status");
  page.append(offer);
  const words = (block, from, to) => { // those of the article: who has the turn is named before them
    const range = document.createRange();
    from ? range.setStart(...from) : range.setStart(block, 0);
    to ? range.setEnd(...to) : range.setEnd(block, block.childNodes.length);
    const around = range.commonAncestorContainer;
    if ((around.nodeType === Node.ELEMENT_NODE ? around : around.parentElement).closest(".turn-of")) return "";
    const copy = range.cloneContents();
    for (const each of copy.querySelectorAll(".turn-of")) each.remove();
    return copy.textContent;
  };
  const points = (text) => [...text].length;
  const passage = (chosen) => {
    const { startContainer, startOffset, endContainer, endOffset } = chosen;
    const start = (block) => (block.contains(startContainer) ? [startContainer, startOffset] : null);
    const end = (block) => (block.contains(endContainer) ? [endContainer, endOffset] : null);
    const blocks = [...page.querySelectorAll("[data-start]")].filter(
      (block) => chosen.intersectsNode(block) && words(block, start(block), end(block)).trim(),
    );
    if (!blocks.length) return null;
    const first = blocks[0], last = blocks[blocks.length - 1];
    const head = words(first, start(first), end(first)), tail = words(last, start(last), end(last));
    const before = start(first) ? words(first, null, start(first)) : "", until = end(last) ? words(last, null, end(last)) : words(last, null, null);
    return [
      Number(first.dataset.start) + points(before) + points(head) - points(head.trimStart()),
      Number(last.dataset.start) + points(until) - points(tail) + points(tail.trimEnd()),
    ];
  };
  offer.addEventListener("mousedown", (event) => event.preventDefault()); // what is selected stays selected
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const found = selection.rangeCount && !selection.isCollapsed ? passage(selection.getRangeAt(0)) : null;
    if (!found) {
      offer.hidden = true;
      link.remove();
      return;
    }
    const address = new URL(location.href);
    for (const each of ["fact", "passage", "talks"]) address.searchParams.delete(each);
    address.searchParams.set("passage", found.join("-"));
    address.hash = "say";
    link.href = address.href;
    offer.append(link);
    offer.hidden = false;
  });
  // who comes to say something finds the form open
  const form = location.hash === "#say" && document.querySelector("#say details.say");
  if (form) {
    form.open = true;
    form.querySelector("textarea").focus();
  }
})();
