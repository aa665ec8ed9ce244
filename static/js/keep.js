/* Conveniences of the short-list, which lives in the address: ticking a box changes the address
   and the page's own links at once; printing and copying. Without script its form does the same. */
const PARAMETER = "p";
// Found anew each time, as a part of the page that came in later has another one.
const bar = () => document.querySelector(".compare-bar");
const path = /^\/(de|en)\//;

function kept() {
  return [...new Set(new FormData(bar()).getAll(PARAMETER))];
}

function withKept(address, slugs) {
  const url = new URL(address, location.href);
  url.searchParams.delete(PARAMETER);
  slugs.forEach((slug) => url.searchParams.append(PARAMETER, slug));
  return url;
}

function isOurs(link) {
  return link.origin === location.origin && path.test(link.pathname);
}

function rideAlong() {
  const slugs = kept();
  history.replaceState(history.state, "", withKept(location.href, slugs));
  for (const link of [...document.links].filter(isOurs)) {
    link.href = withKept(link.href, slugs);
  }
  for (const count of document.querySelectorAll("[data-kept]")) {
    count.textContent = slugs.length || "";
  }
  for (const back of document.querySelectorAll(".theme-switch input[name=back]")) {
    back.value = location.pathname + location.search;
  }
  for (const other of document.querySelectorAll("form[role=search], form.filters")) {
    other.querySelectorAll(`input[type=hidden][name=${PARAMETER}]`).forEach((one) => one.remove());
    for (const slug of slugs) {
      const field = Object.assign(document.createElement("input"), { type: "hidden" });
      Object.assign(field, { name: PARAMETER, value: slug });
      other.append(field);
    }
  }
}

function catchUp() {
  if (!bar()) return;
  const known = new URL(location.href).searchParams.getAll(PARAMETER);
  if (kept().sort().join() !== known.sort().join()) rideAlong();
}

document.addEventListener("change", (event) => {
  if (bar() && event.target.form === bar()) rideAlong();
});
// A browser that comes back to the page ticks the boxes again by itself; and the first tick of a
// visit may be what brought this script.
addEventListener("pageshow", catchUp);
catchUp();

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.textContent = button.dataset.done;
  });
}
