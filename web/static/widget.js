/* Hearth's chat on any web page:
 *   <script src="https://…/widget.js" data-agency="leicestershire" defer></script>
 * Adds a button and a panel. Nothing of the page is read, nothing is stored; styles stay inside the element.
 * For people without JavaScript, give the page a plain link to /chat/<agency> as well. */
(function () {
  "use strict";

  const script = document.currentScript;
  if (!script || !window.customElements || customElements.get("hearth-chat")) return;
  const origin = new URL(script.src, document.baseURI).origin;
  const agency = script.dataset.agency || "";
  const label = script.dataset.label || "Chat about fostering";

  const STYLES = `
    :host { all: initial; }
    * { box-sizing: border-box; font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
    .open { position: fixed; right: max(16px, env(safe-area-inset-right)); bottom: max(16px, env(safe-area-inset-bottom)); z-index: 2147483000;
      display: inline-flex; align-items: center; gap: 10px; min-height: 52px; max-width: calc(100vw - 32px); padding: 10px 20px;
      border: 2px solid #fff; border-radius: 28px; background: #17494d; color: #fff; font-size: 17px; font-weight: 700; line-height: 1.2;
      cursor: pointer; box-shadow: 0 2px 10px rgb(0 0 0 / 35%); }
    .open:hover { background: #0f3437; }
    .open svg { flex: none; width: 24px; height: 24px; fill: currentcolor; }
    .open[aria-expanded="true"] { visibility: hidden; }
    button:focus-visible, h2:focus-visible { outline: 3px solid #0b0c0c; outline-offset: 0; background: #fd0; color: #0b0c0c; }
    dialog { position: fixed; inset: auto max(16px, env(safe-area-inset-right)) 16px auto; z-index: 2147483001; width: 400px; max-width: none;
      height: min(680px, calc(100vh - 32px)); max-height: none; margin: 0; padding: 0; border: 1px solid #4a5654; border-radius: 12px;
      overflow: hidden; background: #fff; color: #12201f; box-shadow: 0 6px 30px rgb(0 0 0 / 35%); }
    dialog[open] { display: flex; flex-direction: column; }
    dialog.whole { inset: 0; width: 100%; height: 100%; height: 100dvh; border: 0; border-radius: 0; }
    dialog::backdrop { background: #fff; }
    .top { flex: none; display: flex; align-items: center; justify-content: space-between; gap: 8px; padding: 4px 4px 4px 16px; border-bottom: 1px solid #d5d9d8; }
    h2 { margin: 0; padding: 2px 6px 2px 0; font-size: 17px; line-height: 1.3; }
    .close { min-width: 44px; min-height: 44px; padding: 0 12px; border: 0; border-radius: 8px; background: none; color: #17494d; font-size: 16px; font-weight: 700; text-decoration: underline; cursor: pointer; }
    iframe { flex: 1 1 auto; width: 100%; min-height: 0; border: 0; }
    @media print { :host { display: none; } }
  `;

  class HearthChat extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      const root = this.attachShadow({ mode: "open" });
      // A style sheet object and not a <style>: the page's content security policy may forbid the latter.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLES);
      root.adoptedStyleSheets = [sheet];

      this.button = this.make("button", { type: "button", class: "open", "aria-expanded": "false", "aria-controls": "panel" });
      this.button.append(this.bubble(), label);
      this.panel = this.make("dialog", { id: "panel", "aria-labelledby": "title" });
      this.title_ = this.make("h2", { id: "title", tabindex: "-1" });
      this.title_.textContent = label;
      const close = this.make("button", { type: "button", class: "close" });
      close.textContent = "Close";
      const top = this.make("div", { class: "top" });
      top.append(this.title_, close);
      this.panel.append(top);
      root.append(this.button, this.panel);

      this.button.addEventListener("click", () => this.open());
      close.addEventListener("click", () => this.panel.close());
      this.panel.addEventListener("close", () => this.closed());
      this.panel.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.preventDefault(); this.panel.close(); } });
      window.addEventListener("message", (event) => {
        const own = this.frame && event.source === this.frame.contentWindow && event.origin === origin;
        if (own && event.data === "hearth-close") this.panel.close();
      });
    }

    open() {
      if (!this.frame) {
        this.frame = this.make("iframe", { src: `${origin}/chat/${encodeURIComponent(agency)}?embed=1`, title: label, allow: "" });
        this.panel.append(this.frame);
      }
      // On a phone the chat takes the whole screen, and the page behind must not be reached by accident.
      const whole = window.matchMedia("(max-width: 480px), (max-height: 420px)").matches;
      this.panel.classList.toggle("whole", whole);
      if (whole) this.panel.showModal(); else this.panel.show();
      this.button.setAttribute("aria-expanded", "true");
      this.title_.focus();
    }

    closed() {
      this.button.setAttribute("aria-expanded", "false");
      this.button.focus();
    }

    make(name, attributes) {
      const element = document.createElement(name);
      Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
      return element;
    }

    bubble() {
      const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      picture.setAttribute("viewBox", "0 0 24 24");
      picture.setAttribute("aria-hidden", "true");
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("d", "M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-9l-5 4v-4H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z");
      picture.append(path);
      return picture;
    }
  }

  customElements.define("hearth-chat", HearthChat);
  document.body.append(document.createElement("hearth-chat"));
})();
