/* The line to the service: the chat API, and its event stream read with the key in a header, never in an address. */
(function () {
  "use strict";

  /* The service answered, but not with what was asked for. `status` and its sentence. */
  class Refused extends Error {
    constructor(status, sentence, seconds) {
      super(sentence);
      this.status = status;
      this.seconds = seconds;
    }
  }
  /* Nothing came back at all. */
  class Lost extends Error {}

  const GIVE_UP_AFTER = 45000;
  const CROWDED_PAUSE = 15000;

  class Line {
    constructor(agency) { this.agency = agency; }

    async ask(path, options, seconds = GIVE_UP_AFTER) {
      let response;
      try {
        response = await fetch(`/api${path}`, { cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(seconds), ...options });
      } catch (error) {
        throw new Lost(String(error));
      }
      // A gateway in between that does not reach the service is as good as no connection.
      if (response.status === 502 || response.status === 503 || response.status === 504) throw new Lost(String(response.status));
      if (!response.ok) {
        let sentence = "";
        try { sentence = (await response.json()).detail; } catch (error) { /* Not ours: no sentence. */ }
        throw new Refused(response.status, sentence, Number(response.headers.get("Retry-After")) || 5);
      }
      return response;
    }

    async json(path, options, seconds) {
      const response = await this.ask(path, options, seconds);
      try { return await response.json(); } catch (error) { throw new Lost(String(error)); }
    }

    body(method, content, key) {
      const headers = { "Content-Type": "application/json" };
      if (key) headers.Authorization = `Bearer ${key}`;
      return { method, headers, body: JSON.stringify(content) };
    }

    open() { return this.json("/conversations", this.body("POST", { agency: this.agency })); }
    send(talk, item) { return this.json(`/conversations/${talk.id}/messages`, this.body("POST", { text: item.text, client_key: item.key }, talk.key)); }
    earlier(talk) { return this.json(`/conversations/${talk.id}/messages`, { headers: { Authorization: `Bearer ${talk.key}` } }); }
    forget(talk) { return this.json(`/conversations/${talk.id}`, { method: "DELETE", headers: { Authorization: `Bearer ${talk.key}` } }); }
    presence() { return this.json("/status", {}, 5000); }

    async transcript(talk) {
      const response = await this.ask(`/conversations/${talk.id}/transcript`, { headers: { Authorization: `Bearer ${talk.key}` } });
      return response.blob();
    }

    /* Listens until told to stop; comes back by itself and takes up after the last message it has had. */
    listen(talk, after, heard) {
      const stop = new AbortController();
      let last = after;
      let pause = 1000;
      const run = async () => {
        while (!stop.signal.aborted) {
          try {
            const response = await fetch(`/api/conversations/${talk.id}/events?after=${last}`, {
              cache: "no-store", credentials: "omit", signal: stop.signal, headers: { Authorization: `Bearer ${talk.key}` },
            });
            if (response.status === 429) {
              // Open in too many places: answers to what is sent from here still come, and a place may become free.
              await new Promise((done) => window.setTimeout(done, CROWDED_PAUSE));
              continue;
            }
            if (response.status >= 400 && response.status < 500) return heard.closed();
            if (!response.ok) throw new Lost(String(response.status));
            heard.connected();
            pause = 1000;
            for await (const event of events(response.body)) {
              if (event.name === "forgotten") return heard.closed();
              if (event.name === "message") { last = Number(event.id) || last; heard.message(JSON.parse(event.data)); }
            }
          } catch (error) {
            if (stop.signal.aborted) return undefined;
          }
          heard.lost();
          await new Promise((done) => window.setTimeout(done, pause));
          pause = Math.min(pause * 1.7, 10000);
        }
        return undefined;
      };
      run();
      return () => stop.abort();
    }
  }

  /* Server-sent events out of a stream of bytes. */
  async function* events(body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      text += value;
      const blocks = text.split("\n\n");
      text = blocks.pop();
      for (const block of blocks) {
        const event = { name: "message", id: "", data: "" };
        for (const line of block.split("\n")) {
          if (line.startsWith("event: ")) event.name = line.slice(7);
          else if (line.startsWith("id: ")) event.id = line.slice(4);
          else if (line.startsWith("data: ")) event.data += line.slice(6);
        }
        if (event.data) yield event;
      }
    }
  }

  window.HearthLine = { Line, Refused, Lost };
})();
