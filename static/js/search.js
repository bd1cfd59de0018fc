/*
  Suggestions while a question is typed: the combobox of the ARIA Authoring Practices with a list that pops up.

  Every input with data-suggest (the address to ask) becomes one. Without this script it is a plain search field.

  Input methods: while letters are being composed, only what is certain is asked for. Korean syllables are committed one
  after another, so all but the syllable under way counts; half-typed kana, pinyin and bopomofo do not. Keyboards of
  phones compose every Latin word while it is typed: those words count. The Enter that ends a composition chooses a
  word, and never submits.
*/

(function () {
  "use strict";

  const PAUSE = 120; // milliseconds without a key before the server is asked
  const KEPT = 30; // answers remembered, so that deleting a letter asks nobody
  const HANGUL = /^[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]+$/;
  const LATIN_WORD = /^[\p{Script=Latin}\p{M}\d'’-]+$/u;
  const COMPOSES_ALL = /Android/.test(navigator.userAgent);

  let lists = 0;

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  // Of what is being composed, the part that will not change any more.
  function certain(composed) {
    if (HANGUL.test(composed)) {
      return composed.slice(0, -1);
    }
    return COMPOSES_ALL && LATIN_WORD.test(composed) ? composed : "";
  }

  class Suggestions {
    constructor(input) {
      this.input = input;
      this.id = `suggestions-${(lists += 1)}`;
      this.options = [];
      this.active = -1;
      this.answers = new Map();
      this.composing = null;
      this.build();
      this.listen();
    }

    build() {
      const { input, id } = this;
      this.list = element("div", { class: "suggestions", id, role: "listbox", "aria-label": input.dataset.suggestLabel });
      this.list.hidden = true;
      this.status = element("p", { class: "visually-hidden", role: "status" });
      // A search field may not be a combobox (ARIA in HTML); the keyboard's key for searching stays.
      input.type = "text";
      const attributes = {
        role: "combobox",
        inputmode: "search",
        "aria-autocomplete": "list",
        "aria-haspopup": "listbox",
        "aria-expanded": "false",
        "aria-controls": id,
        autocapitalize: "off",
        spellcheck: "false",
      };
      for (const [key, value] of Object.entries(attributes)) {
        input.setAttribute(key, value);
      }
      (input.closest("[data-suggest-box]") || input.parentElement).append(this.list, this.status);
    }

    listen() {
      const { input, list } = this;
      input.addEventListener("compositionstart", () => {
        const { selectionStart, selectionEnd, value } = input;
        this.composing = { before: value.slice(0, selectionStart), after: value.slice(selectionEnd), text: "" };
      });
      input.addEventListener("compositionupdate", (event) => {
        if (this.composing) {
          this.composing.text = event.data || "";
        }
      });
      input.addEventListener("compositionend", () => {
        this.composing = null;
        this.wait();
      });
      input.addEventListener("input", () => this.wait());
      input.addEventListener("keydown", (event) => this.key(event));
      input.addEventListener("blur", () => this.close());
      input.form.addEventListener("submit", (event) => {
        if (this.composing) {
          event.preventDefault();
        }
        this.close();
      });
      // The pointer must not take the focus away, which would close the list before the click.
      list.addEventListener("mousedown", (event) => event.preventDefault());
      list.addEventListener("click", (event) => {
        if (event.target.closest("[role=option]")) {
          this.close();
        }
      });
    }

    // What is asked for: what stands in the field, and of what is being composed the certain part.
    get question() {
      const { composing, input } = this;
      const text = composing ? composing.before + certain(composing.text) + composing.after : input.value;
      return text.normalize("NFC").trim().replace(/\s+/g, " ");
    }

    wait() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE);
    }

    async ask() {
      const question = this.question;
      if (document.activeElement !== this.input || question === this.asked) {
        return;
      }
      this.asked = question;
      this.request?.abort();
      if (!question) {
        this.close();
        return;
      }
      this.request = new AbortController();
      const { signal } = this.request;
      try {
        const answer = this.answers.get(question) || (await this.fetched(question, signal));
        if (!signal.aborted && document.activeElement === this.input) {
          this.remember(question, answer);
          this.show(answer);
        }
      } catch {
        // Late, offline or refused: suggestions are a help, and searching works without.
        if (!signal.aborted) {
          this.close();
        }
      }
    }

    async fetched(question, signal) {
      const address = new URL(this.input.dataset.suggest, document.baseURI);
      address.searchParams.set("q", question);
      const response = await fetch(address, { signal, headers: { Accept: "application/json" } });
      if (!response.ok) {
        throw new Error(response.statusText);
      }
      return response.json();
    }

    remember(question, answer) {
      this.answers.set(question, answer);
      if (this.answers.size > KEPT) {
        this.answers.delete(this.answers.keys().next().value);
      }
    }

    show(answer) {
      this.choose(-1);
      this.options = [];
      this.list.replaceChildren(...answer.groups.map((group, number) => this.group(group, number)));
      this.status.textContent = answer.said;
      if (this.options.length) {
        this.open();
      } else {
        this.hide();
      }
    }

    group(group, number) {
      const id = `${this.id}-group-${number}`;
      const label = element("div", { class: "suggestions__label", id, role: "presentation" }, group.label);
      const rows = group.rows.map((row) => this.option(row));
      return element("div", { class: "suggestions__group", role: "group", "aria-labelledby": id }, label, ...rows);
    }

    option(row) {
      const name = element("span", { class: "suggestions__name" });
      if (row.lang) {
        name.lang = row.lang;
      }
      for (const [text, marked] of row.parts) {
        name.append(marked ? element("mark", {}, text) : text);
      }
      const option = element(
        "a",
        {
          class: "suggestions__row",
          id: `${this.id}-${this.options.length}`,
          role: "option",
          "aria-selected": "false",
          tabindex: "-1",
          href: row.url,
        },
        name,
      );
      if (row.lang) {
        option.hreflang = row.lang;
        option.append(" ", element("span", { class: "suggestions__language" }, row.language));
      }
      for (const note of row.notes) {
        option.append(" ", element("span", { class: "suggestions__note" }, note));
      }
      this.options.push(option);
      return option;
    }

    get isOpen() {
      return !this.list.hidden;
    }

    open() {
      this.list.hidden = false;
      this.list.scrollTop = 0;
      this.input.setAttribute("aria-expanded", "true");
    }

    hide() {
      this.choose(-1);
      this.list.hidden = true;
      this.input.setAttribute("aria-expanded", "false");
    }

    // Hide, and let no answer that is still under way open the list again.
    close() {
      clearTimeout(this.timer);
      this.request?.abort();
      this.asked = undefined;
      this.status.textContent = "";
      this.hide();
    }

    choose(number) {
      this.options[this.active]?.setAttribute("aria-selected", "false");
      this.active = number;
      const option = this.options[number];
      if (option) {
        option.setAttribute("aria-selected", "true");
        option.scrollIntoView({ block: "nearest" });
        this.input.setAttribute("aria-activedescendant", option.id);
      } else {
        this.input.removeAttribute("aria-activedescendant");
      }
    }

    // From the field to the first or last row, and from the last or first back to the field.
    step(by) {
      const places = this.options.length + 1;
      this.choose(((this.active + 1 + by + places) % places) - 1);
    }

    key(event) {
      // 229: the input method has the key. It also ends compositions whose end some browsers tell before the key.
      if (event.isComposing || this.composing || event.keyCode === 229) {
        if (event.key === "Enter") {
          event.preventDefault();
        }
        return;
      }
      if (event.ctrlKey || event.metaKey || event.shiftKey) {
        return;
      }
      const handled = this.handle(event);
      if (handled) {
        event.preventDefault();
      }
    }

    handle(event) {
      switch (event.key) {
        case "ArrowDown":
        case "ArrowUp":
          if (this.isOpen) {
            this.step(event.key === "ArrowDown" ? 1 : -1);
          } else {
            this.ask();
          }
          return true;
        case "Enter":
          if (this.isOpen && this.active >= 0) {
            this.options[this.active].click();
            return true;
          }
          return false;
        case "Escape":
          if (this.isOpen) {
            this.close();
          } else {
            this.input.value = "";
          }
          return true;
        case "Home":
        case "End":
          // The cursor goes there by itself; the list is left.
          this.choose(-1);
          return false;
        case "Tab":
          this.close();
          return false;
        default:
          return false;
      }
    }
  }

  for (const input of document.querySelectorAll("input[data-suggest]")) {
    new Suggestions(input);
  }
})();
