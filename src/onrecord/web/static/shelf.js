// Convenience only: without it the same links load the page anew with the fact lit up.
(() => {
  const page = document.getElementById("document");
  if (!page) return;
  const roles = (segment, fact) => [...segment.classList].filter((each) => each.startsWith(`${fact}-`)).map((each) => each.slice(fact.length + 1));
  const segments = (fact) => [...page.querySelectorAll(`.seg[class*="${CSS.escape(fact)}-"]`)];
  const light = (fact) => {
    for (const segment of page.querySelectorAll('.seg[class*="lit-"]'))
      for (const each of [...segment.classList]) if (each.startsWith("lit-")) segment.classList.remove(each);
    for (const entry of page.querySelectorAll(".chosen")) entry.classList.remove("chosen");
    for (const segment of segments(fact)) for (const role of roles(segment, fact)) segment.classList.add(`lit-${role}`);
    document.getElementById(`f-${fact}`)?.classList.add("chosen");
  };
  const beside = page.querySelector(".margin .chosen");
  if (beside && location.hash && !location.hash.startsWith("#f-")) {
    const margin = beside.closest(".margin");
    if (margin.scrollHeight > margin.clientHeight) margin.scrollTop += beside.getBoundingClientRect().top - margin.getBoundingClientRect().top - margin.clientHeight / 3;
  }
  page.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-fact]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
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
