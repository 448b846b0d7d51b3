/* Shows messages and choices. Text is only ever put in as text; links are made from what matches. */
(function () {
  "use strict";

  class Log {
    constructor(elements, words, linkable) {
      this.log = elements.log;
      this.scroll = elements.scroll;
      this.choices = elements.choices;
      this.buttons = elements.buttons;
      this.words = words;
      this.linkable = null;
      try { this.linkable = new RegExp(linkable, "g"); } catch (error) { /* An old browser: plain text then. */ }
      this.first = Array.from(this.log.children).map((child) => child.cloneNode(true));
      this.firstChoices = Array.from(this.buttons.querySelectorAll("button")).map((button) => ({ title: button.textContent, text: button.value }));
      this.touched = false;
      document.addEventListener("pointerdown", (event) => { this.touched = event.pointerType === "touch"; }, true);
      document.addEventListener("keydown", () => { this.touched = false; }, true);
    }

    has(id) { return Boolean(this.find(id)); }
    find(id) { return this.log.querySelector(`[data-id="${CSS.escape(id)}"]`); }
    get sending() { return Array.from(this.log.querySelectorAll(".chat-message--sending")); }

    /* The welcome that stood on the page before there was a conversation has got its ids. */
    nameWelcome(messages) {
      const unnamed = this.log.querySelectorAll(".chat-message--assistant:not([data-id])");
      messages.forEach((message, index) => { if (unnamed[index]) unnamed[index].dataset.id = message.id; });
    }

    show(message) {
      if (this.has(message.id)) return false;
      if (message.author === "enquirer") {
        const own = this.sending.find((element) => element.dataset.text === message.text);
        if (own) { this.arrived(own, message); return false; }
      }
      const element = this.element(message);
      element.dataset.id = message.id;
      // What is still on its way comes after what has arrived.
      this.log.insertBefore(element, message.author === "enquirer" ? this.sending[0] || null : null);
      this.offer(message.author === "enquirer" ? [] : message.choices, message.author !== "enquirer");
      this.toEnd();
      return true;
    }

    /* Many at once, after a reload: nothing is read out again. */
    showEarlier(messages) {
      this.log.setAttribute("aria-live", "off");
      this.log.replaceChildren(...this.sending);
      messages.forEach((message) => this.show(message));
      this.toEnd();
      window.setTimeout(() => this.log.setAttribute("aria-live", "polite"), 500);
    }

    showOwn(text, key) {
      const element = this.element({ author: "enquirer", text, choices: [], links: [] });
      element.classList.add("chat-message--sending");
      element.dataset.text = text;
      element.dataset.clientKey = key;
      this.log.append(element);
      this.offer([], false);
      this.toEnd();
      return element;
    }

    ownByKey(key) { return this.sending.find((element) => element.dataset.clientKey === key) || null; }

    arrived(element, message) {
      const shown = this.find(message.id);
      if (shown && shown !== element) { element.remove(); this.arrived(shown, message); return; }
      element.dataset.id = message.id;
      element.classList.remove("chat-message--sending");
      delete element.dataset.text;
      // What may not be kept does not stay on the page either: another sentence stands in its place.
      const text = element.querySelector(".chat-message__text");
      if (text.textContent !== message.text) text.textContent = message.text;
    }

    /* Back to the welcome. */
    startOver() {
      this.log.setAttribute("aria-live", "off");
      this.log.replaceChildren(...this.first.map((child) => child.cloneNode(true)));
      this.log.querySelectorAll("[data-id]").forEach((element) => element.removeAttribute("data-id"));
      this.offer(this.firstChoices, false);
      window.setTimeout(() => this.log.setAttribute("aria-live", "polite"), 500);
    }

    offer(choices, keepWhenNone) {
      if (!choices.length && keepWhenNone) return;
      const held = this.choices.contains(document.activeElement);
      this.buttons.replaceChildren(...choices.map((choice) => (choice.several ? this.tick(choice) : this.button(choice))));
      const several = choices.some((choice) => choice.several);
      document.getElementById("choices-title").textContent = several ? this.words.titleSeveral : this.words.titleOne;
      this.choices.hidden = choices.length === 0;
      // A button that had the focus is gone: the focus must not fall to the top of the page.
      if (held) this.focusAfterChoice();
    }

    /* To the text box; but after a tap that would open a keyboard over the next buttons. */
    focusAfterChoice() {
      const next = this.touched ? this.scroll : document.getElementById("text");
      next.focus({ preventScroll: true });
    }

    button(choice) {
      const button = this.part("button", "chat-choice", choice.title);
      button.name = "choice";
      button.value = choice.text;
      return button;
    }

    /* A box belongs to the form below: its Send button sends what is ticked. */
    tick(choice) {
      const label = this.part("label", "chat-tick", "");
      const box = this.part("input", "chat-tick__box", "");
      box.type = "checkbox";
      box.name = "several";
      box.value = choice.text;
      box.setAttribute("form", "composer");
      label.append(box, this.part("span", "", choice.title));
      return label;
    }

    get ticked() { return Array.from(this.buttons.querySelectorAll("input:checked"), (box) => box.value); }

    /* To the end, but never past the beginning of what is new: that is where reading starts. */
    toEnd() {
      const own = this.log.querySelectorAll(".chat-message--enquirer");
      const from = own.length ? own[own.length - 1].offsetTop - 8 : 0;
      this.scroll.scrollTop = Math.min(this.scroll.scrollHeight, from);
    }

    element(message) {
      const box = document.createElement("div");
      box.className = `chat-message chat-message--${message.author}`;
      box.append(this.part("span", "govuk-visually-hidden", `${this.words[message.author]} `));
      if (message.author === "staff") {
        const who = this.part("span", "chat-message__who", this.words.team);
        who.setAttribute("aria-hidden", "true");
        box.append(who);
      }
      if (message.progress) box.append(this.part("span", "chat-message__progress", message.progress));
      const text = this.part("div", "chat-message__text", "");
      if (message.author === "enquirer") text.textContent = message.text; else this.link(text, message.text);
      box.append(text);
      const links = message.links.filter((link) => /^(https?:\/\/|tel:|mailto:|\/)/.test(link.url));
      if (links.length) {
        const list = this.part("ul", "chat-message__links", "");
        links.forEach((link) => {
          const item = document.createElement("li");
          item.append(this.anchor(link.url, link.title, /^(http|\/)/.test(link.url)));
          list.append(item);
        });
        box.append(list);
      }
      if (message.choices.length) {
        const titles = message.choices.map((choice) => choice.title).join(", ");
        const lead = message.choices.some((choice) => choice.several) ? this.words.tick : this.words.choose;
        box.append(this.part("span", "govuk-visually-hidden", ` ${lead} ${titles}, ${this.words.orType}`));
      }
      return box;
    }

    part(name, className, text) {
      const element = document.createElement(name);
      element.className = className;
      element.textContent = text;
      return element;
    }

    anchor(url, title, elsewhere) {
      const anchor = this.part("a", "govuk-link", title);
      anchor.href = url;
      if (elsewhere) { anchor.target = "_blank"; anchor.rel = "noopener"; }
      return anchor;
    }

    link(parent, text) {
      let end = 0;
      for (const match of this.linkable ? text.matchAll(this.linkable) : []) {
        parent.append(text.slice(end, match.index));
        const [whole, address, email] = match;
        if (address) parent.append(this.anchor(whole, whole, true));
        else if (email) parent.append(this.anchor(`mailto:${whole}`, whole, false));
        else {
          const phone = this.anchor(`tel:${whole.replaceAll(" ", "")}`, whole, false);
          phone.classList.add("chat-phone");
          parent.append(phone);
        }
        end = match.index + whole.length;
      }
      parent.append(text.slice(end));
    }
  }

  window.HearthLog = Log;
})();
