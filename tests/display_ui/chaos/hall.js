// @ts-nocheck
/* One hall and the bad line to one wall: what is called, what of it reaches the wall, and what the wall makes of it. */
window.chaos = (({ seed, start, site, calls, cuts, every_s }) => {
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low, high) => low + random() * (high - low);
  const chance = (share) => random() < share;
  const time = window.makeTime(start, random);
  const iso = (ms) => new Date(start + ms).toISOString();

  // --- the hall ---

  const hall = { epoch: "e1", revision: 100, made: [], counters: new Map(), back: new Set() };
  const lastCall = () => (hall.made.length ? hall.made[hall.made.length - 1].revision : null);
  const stamp = () => ({ epoch: hall.epoch, revision: hall.revision, last_call: lastCall(), now: iso(time.now) });
  function board() {
    const recent = new Map();
    for (let n = hall.made.length - 1; n >= 0 && recent.size < 10; n -= 1) {
      const one = hall.made[n];
      if (!hall.back.has(one.revision) && !recent.has(one.number)) recent.set(one.number, one.doc);
    }
    const counters = site.counters.map(({ id, name }) => ({ id, name, open: true, state: "idle", number: null, ...hall.counters.get(id) }));
    const services = site.services.map(({ id, name, prefix }) => ({ id, name: name.id, prefix, waiting: 3, open: true, estimate: null }));
    return { site: site.id, ...stamp(), counters, recent: Array.from(recent.values()), services };
  }
  function call() {
    const place = site.counters[Math.floor(random() * Math.min(9, site.counters.length))];
    const here = hall.counters.get(place.id);
    const again = here && here.state === "called" && chance(0.3);
    const number = again ? here.number : `K${String(hall.made.length + 1).padStart(3, "0")}`;
    hall.revision += again ? 1 : 2;
    const doc = {
      epoch: hall.epoch, revision: hall.revision, previous: lastCall(), number, counter: place.id, counter_name: place.name,
      service: site.services[0].id, kind: again ? "recall" : "call", called_at: iso(time.now), expires_at: iso(time.now + 60000),
      clips: { id: [String(hall.revision), "full"], id_short: [String(hall.revision), "short"] },
    };
    const one = { doc, number, revision: doc.revision, at: time.now, counter: place.id, again, live: false };
    hall.made.push(one);
    hall.counters.set(place.id, { state: "called", number });
    tell("call", doc, one);
    tell("board", board());
    time.after(between(3000, 40000), () => change(one));
  }
  /** The visitor comes, does not come, or was called by mistake. */
  function change(one) {
    const here = hall.counters.get(one.counter);
    if (here.number !== one.number || hall.made.some((later) => later.number === one.number && later.at > one.at)) return;
    const mistake = time.now - one.at < 15000 && chance(0.05) && !one.again;
    hall.revision += 1;
    if (mistake) hall.back.add(one.revision);
    hall.counters.set(one.counter, mistake || chance(0.3) ? { state: "idle", number: null } : { state: "serving", number: one.number });
    tell("board", board());
  }

  // --- the line ---

  const line = { up: true, deaf: false, goodSince: 0, socket: null };
  const good = () => line.up && !line.deaf && !time.asleep;
  function tell(kind, doc, one) {
    const { socket } = line;
    if (!socket || !socket.connected || !line.up || line.deaf) return;
    if (chance(0.04)) return; // lost between the server's processes
    for (let times = chance(0.04) ? 2 : 1; times > 0; times -= 1) {
      const copy = JSON.parse(JSON.stringify(doc));
      time.after(chance(0.1) ? between(200, 900) : between(2, 40), () => {
        if (line.up && !line.deaf) time.reach(() => hear(kind, copy, one));
      });
    }
  }
  function hear(kind, doc, one) {
    if (!line.socket.connected) return;
    if (one) one.live = true;
    line.socket.say(kind, doc);
  }
  const DISASTERS = {
    cable: (seconds) => {
      line.up = false;
      time.after(30, () => time.reach(() => line.socket.link(false)));
      time.after(seconds * 1000, mend);
    },
    deaf: (seconds) => { // everything vanishes, nothing is refused
      line.deaf = true;
      time.after(seconds * 1000, mend);
    },
    sleep: (seconds) => {
      time.sleep();
      time.after(seconds * 1000, () => {
        time.wake(seconds);
        if (seconds > 20) line.socket.link(false); // the server gave it up meanwhile
        mend();
      });
    },
  };
  function mend() {
    line.up = true;
    line.deaf = false;
    line.goodSince = time.now;
    time.after(between(500, 5000), () => time.reach(() => line.socket.connect())); // as the library does
  }
  function disaster() {
    if (!good()) return;
    const kind = ["cable", "deaf", "sleep"][Math.floor(random() * 3)];
    DISASTERS[kind](chance(0.3) ? between(60, 400) : between(0.3, 60));
  }

  /** Stands in for the socket library. */
  function io(_, options) {
    const heard = {};
    const socket = {
      connected: false,
      io: { on() {} }, // the manager of a line that never ends between its opening and its greeting
      active: true, // it retries by itself
      on: (event, hear) => { (heard[event] = heard[event] || []).push(hear); return socket; },
      emit: () => socket,
      say: (event, doc) => { for (const hear of heard[event] || []) hear(doc); },
      link: (on) => {
        if (socket.connected === on) return;
        socket.connected = on;
        socket.say(on ? "connect" : "disconnect");
        if (on) tell("board", board());
      },
      connect: () => {
        if (line.deaf) return socket;
        time.after(20, () => time.reach(() => (line.up ? socket.link(true) : socket.say("connect_error", new Error("cut")))));
        return socket;
      },
      disconnect: () => socket.link(false),
    };
    line.socket = socket;
    line.auth = options.auth;
    return socket;
  }

  window.fetch = (path, { signal } = {}) => new Promise((answered, failed) => {
    const fail = () => time.reach(() => failed(new TypeError("cut")));
    if (signal) signal.addEventListener("abort", () => failed(new Error("aborted")));
    if (!line.up) return time.after(5, fail);
    time.after(between(5, 150), () => {
      if (!line.up) return fail();
      if (line.deaf) return;
      const body = JSON.stringify(answer(String(path)));
      time.after(between(5, 150), () => {
        if (!line.deaf) time.reach(() => (line.up ? answered({ ok: true, status: 200, text: () => Promise.resolve(body) }) : fail()));
      });
    });
  });
  function answer(path) {
    if (path.endsWith("/board")) return board();
    const after = Number((/calls\?after=(\d+)/.exec(path) || [])[1]);
    if (Number.isNaN(after)) return site;
    return { ...stamp(), calls: hall.made.filter((one) => one.revision > after).map((one) => one.doc) };
  }

  // --- what the wall makes of it ---

  const seen = new Map(); // number -> how often the band called it; 0: seen in a list only
  const spoken = [];
  let inBand = "";
  function look() {
    const band = document.querySelector("#band");
    const number = document.querySelector("#band-number").getAttribute("data-number");
    const calling = band.dataset.state === "call" ? number : "";
    if (calling && calling !== inBand) seen.set(calling, (seen.get(calling) || 0) + 1);
    inBand = calling;
    if (band.dataset.state === "rest" && !seen.has(number)) seen.set(number, 0);
    for (const row of document.querySelectorAll(".row [data-number]")) {
      if (!seen.has(row.dataset.number)) seen.set(row.dataset.number, 0);
    }
  }
  /** Stands in for the loudspeaker. */
  function say(words) {
    spoken.push({ revision: Number(words[0]), at: time.now });
    return new Promise((done) => setTimeout(done, words[1] === "short" ? 3000 : 4500));
  }

  // A call concerns the wall if it could be told of it while somebody was to come: 20 s are a beat, a fetch and a turn.
  const HEALED_MS = 20000;
  function judge() {
    if (!good()) return;
    for (const one of hall.made) {
      if (one.judged || time.now - Math.max(line.goodSince, one.at) < HEALED_MS) continue;
      const here = hall.counters.get(one.counter);
      const young = Math.max(line.goodSince, one.at) - one.at <= 35000;
      one.judged = hall.back.has(one.revision) ? "taken back" : young || (here.state === "called" && here.number === one.number) ? "due" : "over";
    }
  }
  function verdict() {
    const due = hall.made.filter((one) => one.judged === "due");
    const times = new Map();
    for (const { number } of hall.made) times.set(number, (times.get(number) || 0) + 1);
    const said = spoken.map(({ revision }) => revision);
    const called = new Map(hall.made.map((one) => [one.revision, one]));
    const late = spoken.filter(({ revision, at }) => at - called.get(revision).at > (called.get(revision).live ? 60000 : 25000));
    return {
      due: due.length, over: hall.made.length - due.length, spoken: spoken.length,
      missed: due.filter((one) => !seen.get(one.number)).map((one) => one.number),
      repeated: [...said.filter((one, n) => said.indexOf(one) !== n), ...Array.from(seen).filter(([number, shown]) => shown > times.get(number))],
      late: late.map(({ revision, at }) => [revision, Math.round((at - called.get(revision).at) / 1000)]),
    };
  }

  async function run() {
    const day = calls * every_s * 1000;
    let at = 3000;
    for (let n = 0; n < calls; n += 1) {
      time.after(at, call);
      at += chance(0.2) ? between(50, 800) : between(0.3, 2) * every_s * 1000;
    }
    for (let n = 0; n < cuts; n += 1) time.after(between(5000, Math.max(day, at)), disaster);
    const beat = () => {
      tell("beat", { ...stamp(), build: "b1" });
      time.after(10000, beat);
    };
    time.after(between(0, 10000), beat);
    for (let due = 0; due < at + 600000; due += 1000) {
      while (await time.step(due)) look();
      judge();
    }
    return verdict();
  }
  return { io, say, run, board };
})(window.CHAOS);
