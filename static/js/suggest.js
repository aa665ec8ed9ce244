// Completions for the search fields: a combobox over /suggest. Without it the form works as it is.
// What is completed is all that was typed or, where nothing begins so, its last two words or last one.

const SHORTEST = 2;
const PAUSE_MS = 120;
const language = document.documentElement.lang;

const placeFacet = (id) => (/^\d+$/.test(id) ? "city" : id.includes("-") ? "region" : "country");

const resultsUrl = (name, value) => `/${language}/providers?${new URLSearchParams({ [name]: value })}`;

// `text` is shown, `kept` stays in the field and is handed on as the facet's key.
const readers = {
  services: ({ slug, name }, { areas, area }) => ({
    text: name,
    kept: name,
    note: areas.split(" ").includes(slug) ? area : "",
    facet: "service",
    key: slug,
  }),
  places: ({ id, name, label }) => ({
    text: name,
    kept: label,
    note: label.startsWith(`${name}, `) ? label.slice(name.length + 2) : label.slice(name.length),
    facet: placeFacet(String(id)),
    key: String(id),
  }),
  providers: ({ slug, name }) => ({ text: name, url: `/${language}/providers/${slug}` }),
};

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// The text as pairs of what stays and what is completed, the longest completed part first.
function endings(text) {
  const ends = [text];
  for (const words of [2, 1]) {
    const tail = new RegExp(`(?:\\S+\\s+){${words - 1}}\\S+$`).exec(text)?.[0];
    if (tail && tail.length >= SHORTEST && !ends.includes(tail)) ends.push(tail);
  }
  return ends.map((end) => [text.slice(0, text.length - end.length), end]);
}

class Suggestions {
  constructor(input) {
    this.input = input;
    this.groups = input.dataset.suggest === "place" ? ["places"] : Object.keys(readers);
    this.list = element("div", { class: "suggestions", role: "listbox", id: `${input.id}-list` });
    this.list.setAttribute("aria-label", input.labels[0].textContent);
    this.list.hidden = true;
    this.options = [];
    this.active = -1;
    this.dress();
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    input.form.addEventListener("formdata", (event) => this.hand(event.formData));
    // The field keeps the focus while an option is pressed.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.click(event));
  }

  // Again after the page was renewed around the field, which takes away what it does not know.
  dress() {
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "false" };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    this.input.parentElement.append(this.list);
    this.list.hidden = true;
  }

  wait() {
    this.chosen = null;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  async ask() {
    const text = this.input.value.trim();
    this.request?.abort();
    if (text.length < SHORTEST) return this.close();
    this.request = new AbortController();
    const parts = this.input.dataset.suggest === "place" ? [["", text]] : endings(text);
    try {
      for (const [stays, q] of parts) {
        const query = new URLSearchParams({ q, lang: language });
        const answer = await fetch(`/suggest?${query}`, { signal: this.request.signal });
        if (!answer.ok) return;
        this.stays = stays;
        if (this.show(await answer.json())) return;
      }
    } catch {
      // Aborted by what was typed next, or away: then there are none.
    }
  }

  show(found) {
    this.options = [];
    const groups = this.groups.filter((name) => found[name]?.length).map((name) => this.group(name, found[name]));
    this.list.replaceChildren(...groups);
    this.move(-1);
    this.open(groups.length > 0 && document.activeElement === this.input);
    return groups.length > 0;
  }

  group(name, items) {
    const title = element("p", { class: "suggestions-title", id: `${this.list.id}-${name}` });
    title.textContent = this.input.dataset[name];
    const rows = items.map((item) => this.option(readers[name](item, this.input.dataset)));
    return element("div", { class: "suggestions-group", role: "group", "aria-labelledby": title.id }, title, ...rows);
  }

  option(item) {
    const id = `${this.list.id}-${this.options.length}`;
    const row = element("div", { role: "option", id, "aria-selected": "false" }, item.text);
    if (item.note) row.append(element("small", {}, item.note));
    this.options.push({ ...item, row });
    return row;
  }

  press(event) {
    if (this.list.hidden) return;
    const last = this.options.length - 1;
    if (event.key === "ArrowDown") this.move(this.active < last ? this.active + 1 : 0);
    else if (event.key === "ArrowUp") this.move(this.active > 0 ? this.active - 1 : last);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.active >= 0) this.choose(this.options[this.active]);
    else return;
    event.preventDefault();
  }

  move(to) {
    this.active = to;
    this.options.forEach(({ row }, index) => row.setAttribute("aria-selected", String(index === to)));
    const row = this.options[to]?.row;
    if (row) {
      this.input.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  click(event) {
    const row = event.target.closest("[role=option]");
    if (row) this.choose(this.options.find((option) => option.row === row));
  }

  choose(option) {
    this.close();
    // Where there is a field for the place too, words are filled in and wait for it; so they do
    // where only the last of them were completed.
    const alone = this.input.form.classList.contains("search") && !this.stays;
    if (option.url || alone) {
      location.assign(option.url ?? resultsUrl(option.facet, option.key));
      return;
    }
    this.input.value = this.stays ? this.stays + option.text : option.kept;
    this.chosen = this.stays ? null : option;
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // What was chosen is handed on by its key, so that namesakes are told apart.
  hand(data) {
    const { name, value } = this.input;
    if (!this.chosen || value !== this.chosen.kept) return;
    const { facet, key } = this.chosen;
    data.delete(name);
    data.append(name === "near" && facet === "city" ? "near" : facet, key);
  }

  open(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.move(-1);
    this.open(false);
  }
}

const known = new WeakMap();

function dress(input) {
  if (!input?.matches?.("input[data-suggest]")) return;
  if (!known.has(input)) {
    known.set(input, new Suggestions(input));
    // Typed before this script was there.
    if (input === document.activeElement && input.value !== input.defaultValue) known.get(input).wait();
  } else if (input.getAttribute("role") !== "combobox") known.get(input).dress();
}

const dressAll = () => document.querySelectorAll("input[data-suggest]").forEach(dress);

document.addEventListener("renewed", dressAll);
dressAll();
