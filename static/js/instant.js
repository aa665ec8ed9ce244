// Filters, chips, orders and pages at once: htmx asks for the same page and morphs it into this one.

const filters = () => document.querySelector("form.filters");
const results = () => document.getElementById("results");
const isSheet = () => filters().matches(":popover-open");
const twin = ({ name, value }) =>
  filters().querySelector(`[name="${CSS.escape(name)}"]${value ? `[value="${CSS.escape(value)}"]` : ""}`);

// Where the focus goes after the page has changed: to the same control, which may have moved or gone.
function keep(one) {
  if (!one || one === document.body) return () => null;
  if (one.id) return () => document.getElementById(one.id) ?? results();
  if (one.form === filters() && one.name) {
    const { name, value } = one;
    return () => twin({ name, value }) ?? results();
  }
  if (one.matches(".menu a")) return () => document.querySelector(".menu > summary");
  if (one.matches(".chip")) {
    const at = [...document.querySelectorAll(".chip")].indexOf(one);
    return () => [...document.querySelectorAll(".chip")].slice(0, at + 1).pop() ?? results();
  }
  if (one.matches(".results *")) return () => results();
  return () => (one.isConnected && one.checkVisibility() ? one : results());
}

// What was clicked shows as the server has it: a morph sets attributes, not what is ticked.
function settle() {
  for (const one of filters().elements) {
    if (one.type === "checkbox") one.checked = one.defaultChecked;
    else if (one.name && one.value !== undefined && one !== document.activeElement) {
      if (one.options) for (const option of one.options) option.selected = option.defaultSelected;
      else if (one.type === "text") one.value = one.defaultValue;
    }
  }
  for (const one of document.querySelectorAll(".results details[open]")) one.open = false;
}

function count() {
  const button = filters().querySelector("[data-shown]");
  button.textContent = button.dataset.shown;
}

function toTop() {
  results().focus({ preventScroll: true });
  results().scrollIntoView();
}

let restore = () => null;
let paged = false;

document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  restore = keep(document.activeElement);
  paged = Boolean(ctx.sourceElement.closest?.(".pager"));
});
document.addEventListener("htmx:after:swap", () => {
  if (!filters()) return;
  settle();
  count();
  document.dispatchEvent(new Event("renewed"));
  if (paged) toTop();
  else {
    const kept = restore();
    if (kept !== document.activeElement) kept?.focus({ preventScroll: true });
  }
});

// Whatever goes wrong, the page is loaded in the usual way.
const loadInstead = ({ request, sourceElement }) => {
  if (sourceElement.closest?.("main")) location.assign(request.action);
};
document.addEventListener("htmx:before:response", (event) => {
  if (event.detail.ctx.response.raw.ok) return;
  event.preventDefault();
  loadInstead(event.detail.ctx);
});
document.addEventListener("htmx:error", ({ detail: { ctx } }) => ctx && loadInstead(ctx));

// In the sheet everything is applied already: its button only shows it.
document.addEventListener(
  "submit",
  (event) => {
    if (event.target !== filters() || !isSheet()) return;
    event.preventDefault();
    event.stopPropagation();
    filters().hidePopover();
    results().scrollIntoView();
  },
  true,
);

// A choice without a default shows its first option, as the server does.
function isChanged(one) {
  if (one.type === "checkbox") return one.checked !== one.defaultChecked;
  if (one.options) return !([...one.options].find((option) => option.defaultSelected) ?? one.options[0])?.selected;
  // What is still being typed tells of its change by itself.
  return one.type === "text" && one.name && one.value !== one.defaultValue && one !== document.activeElement;
}

// What was ticked, chosen or typed while htmx was on its way counts too.
function catchUp() {
  document.documentElement.classList.add("instant");
  count();
  if ([...filters().elements].some(isChanged)) filters().dispatchEvent(new Event("change"));
}

await import(document.querySelector("[data-htmx]").dataset.htmx);
// htmx looks at the page in a task of its own, which comes before this one.
setTimeout(catchUp);
