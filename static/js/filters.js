// The filter form says how many providers a choice would show, and sends only what is set.

const PAUSE_MS = 150;
const AMOUNT = /^(\d+|\d{1,3}([.,])\d{3}(?:\2\d{3})*)(?:[.,](?:\d{2}|[-–]+))?$/;
const form = document.querySelector("form.filters");
const language = document.documentElement.lang;

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
function settlePlace(data) {
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

function count(button) {
  let timer;
  let request;

  async function ask() {
    request?.abort();
    request = new AbortController();
    const query = new URLSearchParams(new FormData(form));
    query.set("lang", language);
    try {
      const answer = await fetch(`/api/v1/providers?${query}`, { signal: request.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const { total } = await answer.json();
      const shown = new Intl.NumberFormat(language).format(total);
      button.textContent = (total === 1 ? button.dataset.one : button.dataset.many).replace("{count}", shown);
    } catch (error) {
      if (error.name !== "AbortError") button.textContent = button.dataset.plain;
    }
  }

  return () => {
    form.classList.add("changed");
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  };
}

if (form) {
  form.addEventListener("formdata", ({ formData }) => {
    settleBudget(formData);
    settlePlace(formData);
    dropUnset(formData);
  });
  form.addEventListener("change", count(form.querySelector("[data-many]")));
}
