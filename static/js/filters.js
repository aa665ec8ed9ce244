// The filter form says how many providers a choice would show, and sends only what is set.

const PAUSE_MS = 150;
const form = document.querySelector("form.filters");
const language = document.documentElement.lang;

function dropUnset(data) {
  for (const name of ["near", "budget", "q"]) {
    if (!data.get(name)) data.delete(name);
  }
  if (!data.has("near")) data.delete("radius");
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
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  };
}

if (form) {
  form.addEventListener("formdata", (event) => dropUnset(event.formData));
  form.addEventListener("change", count(form.querySelector("[data-many]")));
}
