/* Makes the chat page live. Without it, or when it breaks, the page's forms still work. */
(function () {
  "use strict";

  const { Line, Refused, Lost } = window.HearthLine;
  const by = (id) => document.getElementById(id);
  const chat = by("chat");
  const words = by("words").dataset;
  const text = by("text");
  const longest = Number(chat.dataset.longest);
  const embedded = window.parent !== window;

  const memory = new window.HearthMemory(chat.dataset.agency);
  const line = new Line(chat.dataset.agency);
  const log = new window.HearthLog(
    { log: by("log"), scroll: by("scroll"), choices: by("choices"), buttons: by("choice-buttons") }, words, chat.dataset.linkable
  );

  let stopListening = null;
  let sending = false;
  let lost = false;
  let presence = chat.dataset.presence;
  let told = "";
  let retryTimer = 0;
  let renewals = 0;
  let refusals = 0;

  /* ---- what is said about the state of things ---- */

  function notices() {
    const now = lost ? "lost" : told ? "told" : presence;
    chat.querySelectorAll("[data-when]").forEach((notice) => {
      const hide = notice.dataset.when !== now;
      if (notice.hidden !== hide) notice.hidden = hide;
    });
  }
  function setLost(value) { if (lost !== value) { lost = value; notices(); } }
  function tell(sentence) { told = sentence; by("told").textContent = sentence; notices(); }
  function problem(sentence) {
    by("text-error-words").textContent = sentence;
    by("text-error").hidden = !sentence;
    text.classList.toggle("govuk-textarea--error", Boolean(sentence));
    if (sentence) text.setAttribute("aria-invalid", "true"); else text.removeAttribute("aria-invalid");
  }
  function typing(on) {
    if (by("typing").hidden === !on) return;
    by("typing").hidden = !on;
    log.toEnd();
  }

  async function watchPresence() {
    for (;;) {
      // While it sleeps, often, so that the notice goes as soon as it may; a page nobody looks at asks nothing.
      await new Promise((done) => window.setTimeout(done, presence === "awake" ? 20000 : 2000));
      if (!document.hidden) await lookForPresence();
    }
  }
  async function lookForPresence() {
    try { presence = (await line.presence()).assistant; notices(); } catch (error) { /* Sending or listening will tell. */ }
  }

  /* ---- listening ---- */

  function listen(after) {
    if (stopListening) stopListening();
    stopListening = line.listen(memory.talk, after, {
      connected() { setLost(false); sendAll(); },
      lost() { setLost(true); },
      closed() { stopListening = null; leaveTalk(words.closed); },
      message(message) {
        log.show(message);
        if (message.author !== "enquirer" && !sending) lookForPresence();
      },
    });
  }
  function leaveTalk(sentence) {
    if (stopListening) stopListening();
    stopListening = null;
    memory.talk = null;
    log.startOver();
    memory.unsent.forEach((item) => log.showOwn(item.text, item.key));
    tell(sentence);
  }

  /* ---- sending ---- */

  function say(typed) {
    const said = typed.trim();
    if (!said) { problem(words.empty); return false; }
    const length = Array.from(said).length;
    if (length > longest) { problem(words.tooLong.replace("{length}", length)); return false; }
    problem("");
    tell("");
    const item = { key: newKey(), text: said };
    memory.push(item);
    log.showOwn(said, item.key);
    sendAll();
    return true;
  }
  function newKey() {
    if (window.crypto.randomUUID) return window.crypto.randomUUID();
    // Only there on https and on this machine; elsewhere the same is put together by hand.
    const hex = Array.from(window.crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  async function sendAll() {
    if (sending) return;
    sending = true;
    window.clearTimeout(retryTimer);
    try {
      while (memory.unsent.length) {
        typing(!lost);
        await sendOne(memory.unsent[0]);
      }
      setLost(false);
    } catch (error) {
      again(error instanceof Refused ? Math.min(error.seconds * Math.max(refusals, 1), 60) : 3);
    } finally {
      sending = false;
      typing(false);
    }
  }
  function again(seconds) { retryTimer = window.setTimeout(sendAll, seconds * 1000); }

  async function sendOne(item) {
    try {
      if (!memory.talk) {
        const opened = await line.open();
        memory.talk = { id: opened.id, key: opened.token };
        log.nameWelcome(opened.messages);
        listen(0);
      }
      const said = await line.send(memory.talk, item);
      memory.drop(item);
      setLost(false);
      if (said.forgotten) { navigator.sendBeacon(by("exit").pathname); begin(words.forgotten); return; }
      if (refusals) { refusals = 0; tell(""); }
      const own = log.ownByKey(item.key) || log.find(said.message.id);
      if (own) log.arrived(own, said.message);
      said.messages.forEach((message) => log.show(message));
      lookForPresence();
    } catch (error) {
      if (error instanceof Lost) { setLost(true); throw error; }
      if (!(error instanceof Refused)) throw error;
      if ([401, 403, 404].includes(error.status) && memory.talk) {
        leaveTalk(words.closed);
        // A new conversation follows at once, but not one after the other for ever.
        renewals += 1;
        if (renewals > 2) throw error;
        return;
      }
      if (error.status === 422 || error.status === 413 || error.status === 404 || error.status === 410) {
        // It will not be taken as it is: it goes back to where it can be changed.
        memory.drop(item);
        const own = log.ownByKey(item.key);
        if (own) own.remove();
        if (!text.value.trim()) { text.value = item.text; memory.draft = item.text; }
        problem(error.message);
        return;
      }
      tell(error.message || words.notNow);
      refusals += 1;
      throw error;
    }
  }

  /* ---- the page's own controls ---- */

  by("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    if (say([...log.ticked, text.value.trim()].filter(Boolean).join(", "))) { text.value = ""; memory.draft = ""; }
    if (!log.touched) text.focus({ preventScroll: true });
  });
  by("choices").addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter) say(event.submitter.value);
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); by("composer").requestSubmit(); }
  });
  text.addEventListener("input", () => { memory.draft = text.value; if (!by("text-error").hidden) problem(""); });
  window.addEventListener("online", () => sendAll());

  by("exit").addEventListener("click", (event) => {
    event.preventDefault();
    const away = by("exit").dataset.elsewhere;
    document.documentElement.classList.add("chat-gone");
    document.title = "";
    if (stopListening) stopListening();
    // Whoever opens the chat next on this device must not find it.
    memory.clear();
    navigator.sendBeacon(by("exit").pathname);
    try { window.top.location.replace(away); } catch (error) { window.location.replace(away); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    if (by("options").open) { by("options").open = false; by("options").firstElementChild.focus(); }
    else if (embedded) window.parent.postMessage("hearth-close", "*");
  });
  document.addEventListener("click", (event) => { if (!by("options").contains(event.target)) by("options").open = false; });

  function confirmFirst(name, doIt) {
    const dialog = by(`sure-${name}`);
    by(name).addEventListener("click", (event) => { event.preventDefault(); by("options").open = false; dialog.showModal(); });
    dialog.querySelector("[data-no]").addEventListener("click", () => dialog.close());
    dialog.querySelector("[data-yes]").addEventListener("click", () => { dialog.close(); doIt(); });
  }
  function begin(sentence) {
    if (stopListening) stopListening();
    stopListening = null;
    memory.clear();
    text.value = "";
    problem("");
    log.startOver();
    tell(sentence);
    text.focus();
  }
  confirmFirst("start-again", () => { navigator.sendBeacon(`${by("exit").pathname}`); begin(""); });
  confirmFirst("forget", async () => {
    try {
      if (memory.talk) await line.forget(memory.talk);
    } catch (error) {
      if (!(error instanceof Refused && [401, 404].includes(error.status))) { tell(words.notNow); return; }
    }
    navigator.sendBeacon(`${by("exit").pathname}`);
    begin(words.forgotten);
  });
  by("download").addEventListener("click", async (event) => {
    event.preventDefault();
    if (!memory.talk) { tell(words.nothing); return; }
    try {
      const anchor = document.createElement("a");
      anchor.href = URL.createObjectURL(await line.transcript(memory.talk));
      anchor.download = "fostering-chat.txt";
      anchor.click();
      window.setTimeout(() => URL.revokeObjectURL(anchor.href), 10000);
    } catch (error) {
      tell(words.notNow);
    }
  });

  /* ---- beginning ---- */

  /* Come back by a link: the conversation of the page takes the place of the one this device remembers. */
  function comeBack() {
    const rendered = chat.dataset.conversation;
    if (!rendered || !new URLSearchParams(window.location.search).has("returned")) return;
    // What was typed to another conversation, perhaps by someone else, is not sent to this one.
    if (!memory.talk || memory.talk.id !== rendered) memory.clear();
    memory.talk = { id: rendered, key: chat.dataset.key };
    window.history.replaceState(null, "", window.location.pathname + window.location.hash);
  }

  async function takeUp() {
    const rendered = chat.dataset.conversation;
    if (!memory.talk && rendered) memory.talk = { id: rendered, key: chat.dataset.key };
    if (memory.talk) {
      try {
        const earlier = await line.earlier(memory.talk);
        log.showEarlier(earlier.messages);
        listen(0);
      } catch (error) {
        if (error instanceof Refused && [401, 403, 404].includes(error.status)) { memory.talk = null; log.startOver(); }
        else { setLost(true); window.setTimeout(takeUp, 3000); return; }
      }
    }
    memory.unsent.forEach((item) => { if (!log.ownByKey(item.key)) log.showOwn(item.text, item.key); });
    sendAll();
  }

  comeBack();
  if (memory.draft && !text.value) text.value = memory.draft;
  by("text-hint").hidden = false;
  chat.classList.add("chat--live");
  notices();
  log.toEnd();
  takeUp();
  watchPresence();
})();
