/* What this device remembers: the conversation's key, what is typed, and what is not sent yet. */
(function () {
  "use strict";

  class Memory {
    constructor(agency) {
      this.name = `hearth-chat-${agency}`;
      this.kept = { talk: null, draft: "", unsent: [] };
      try { Object.assign(this.kept, JSON.parse(window.localStorage.getItem(this.name)) || {}); } catch (error) { /* No storage here: it lasts as long as the page. */ }
    }

    get talk() { return this.kept.talk; }
    set talk(talk) { this.kept.talk = talk; this.save(); }
    get draft() { return this.kept.draft; }
    set draft(draft) { this.kept.draft = draft; this.save(); }
    get unsent() { return this.kept.unsent; }
    push(item) { this.kept.unsent.push(item); this.save(); }
    drop(item) { this.kept.unsent = this.kept.unsent.filter((other) => other.key !== item.key); this.save(); }

    save() {
      try { window.localStorage.setItem(this.name, JSON.stringify(this.kept)); } catch (error) { /* As above. */ }
    }

    clear() {
      this.kept = { talk: null, draft: "", unsent: [] };
      try { window.localStorage.removeItem(this.name); } catch (error) { /* As above. */ }
    }
  }

  window.HearthMemory = Memory;
})();
