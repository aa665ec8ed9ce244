// The filter form sends only what is set, its long lists can be narrowed, its sheet keeps the focus.

const AMOUNT = /^(\d+|\d{1,3}([.,])\d{3}(?:\2\d{3})*)(?:[.,](?:\d{2}|[-–]+))?$/;
const OUTSIDE = ".skip, .masthead, .results, .colophon";

const folded = (text) =>
  text.toLowerCase().replaceAll("ß", "ss").normalize("NFD").replace(/\p{Mn}/gu, "");

function dropUnset(data) {
  for (const name of ["near", "budget", "radius"]) {
    if (!data.get(name)) data.delete(name);
  }
  if (!data.has("near")) data.delete("radius");
}

// "5.000 €" is 5000; the server reads amounts in the same way.
function settleBudget(data) {
  const found = AMOUNT.exec((data.get("budget") ?? "").replace(/[\s'’€]|Euro?/gi, ""));
  if (found) data.set("budget", found[1].replace(/\D/g, ""));
}

// The city of the search is ticked and stands in the field: what was changed of that counts, and a
// radius makes it `near`; the server does the same for a form without script.
function settlePlace(form, data) {
  const around = data.get("around");
  data.delete("around");
  if (!around) return;
  const kept = [form.elements.near.defaultValue, around].includes(data.get("near"));
  if (kept && !data.get("radius")) {
    data.delete("near");
    return;
  }
  const others = data.getAll("city").filter((id) => id !== around);
  data.delete("city");
  for (const id of others) data.append("city", id);
  if (kept) data.set("near", around);
}

// A long list gets a field that narrows it; nothing is there to be seen where no script does it.
function addField(rest) {
  const group = rest.closest(".facet-group");
  if (group.querySelector(":scope > .facet-search")) return;
  const { narrow: label } = group.dataset;
  const { none } = rest.closest("form").dataset;
  const field = document.createElement("input");
  const told = document.createElement("p");
  Object.assign(field, { type: "text", className: "input facet-search", placeholder: label, autocomplete: "off" });
  field.setAttribute("aria-label", `${label}: ${group.querySelector("legend").textContent}`);
  told.className = "facet-hint facet-none";
  told.setAttribute("role", "status");
  told.dataset.none = none;
  group.querySelector("legend").after(field, told);
}

// All values that hold the words are shown, with the list opened; without words, as it was.
function narrow(field) {
  const group = field.parentElement;
  const words = folded(field.value.trim());
  const rows = [...group.querySelectorAll(".check, .facet-narrow")];
  for (const row of rows) row.hidden = !folded(row.querySelector("span, a").textContent).includes(words);
  const rest = group.querySelector(":scope > details");
  if (words && !rest.open) rest.dataset.opened = rest.open = true;
  else if (rest.dataset.opened && !words) {
    rest.open = false;
    delete rest.dataset.opened;
  }
  const told = group.querySelector(".facet-none");
  told.textContent = rows.every((row) => row.hidden) ? told.dataset.none : "";
}

// As a sheet the filters lie over the page, and the keyboard stays in them until they are closed.
const sheet = () => document.querySelector("form.filters");

function settleSheet(form) {
  const open = form.matches(":popover-open");
  for (const one of document.querySelectorAll(OUTSIDE)) one.inert = open;
  return open;
}

function enter(form) {
  if (settleSheet(form)) form.querySelector(".filters-close").focus();
}

const addFields = () => document.querySelectorAll(".facet-group > details").forEach(addField);

document.addEventListener("formdata", ({ target, formData }) => {
  if (!target.matches(".filters")) return;
  settleBudget(formData);
  settlePlace(target, formData);
  dropUnset(formData);
});
document.addEventListener("input", ({ target }) => {
  if (target.matches(".facet-search")) narrow(target);
});
for (const kind of ["change", "keydown"]) {
  document.addEventListener(
    kind,
    (event) => {
      if (!event.target.matches?.(".facet-search")) return;
      // Words that only narrow a list are no filter, so neither their change nor Enter asks anew.
      if (kind === "change") event.stopPropagation();
      else if (event.key === "Enter") event.preventDefault();
      else if (event.key === "Escape" && event.target.value) {
        event.preventDefault();
        event.target.value = "";
        narrow(event.target);
      }
    },
    true,
  );
}
document.addEventListener(
  "beforetoggle",
  ({ target, newState }) => {
    // Free before the sheet gives the focus back to the button that opened it.
    if (target.matches("form.filters") && newState === "closed") {
      for (const one of document.querySelectorAll(OUTSIDE)) one.inert = false;
    }
  },
  true,
);
document.addEventListener("toggle", ({ target }) => target.matches("form.filters") && enter(target), true);
document.addEventListener("renewed", () => {
  addFields();
  settleSheet(sheet());
});
addFields();
// It may have been opened before this script was there.
enter(sheet());
