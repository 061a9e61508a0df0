// @ts-nocheck
/*
 * Time that a test owns. Two clocks, as in a real box: the world's, and the page's monotonic one, which stands still while
 * the box sleeps. The page's timers follow its own clock; everything else happens in the world.
 */
window.makeTime = (start, random) => {
  const real = { Date, channel: new MessageChannel() };
  const time = { now: 0, slept: 0, asleep: false };
  const world = [];
  const timers = [];
  const missed = []; // what arrived while the box slept
  let order = 0;

  function put(list, one) {
    let at = list.length;
    while (at > 0 && list[at - 1].at > one.at) at -= 1;
    list.splice(at, 0, one);
  }
  const page = () => time.now - time.slept;
  function timer(act, ms, every) {
    const id = (order += 1);
    put(timers, { at: page() + Math.max(0, Number(ms) || 0), id, act, every });
    return id;
  }
  function clear(id) {
    const at = timers.findIndex((one) => one.id === id);
    if (at >= 0) timers.splice(at, 1);
  }

  class PageDate extends Date {
    constructor(...parts) {
      if (parts.length) super(...parts);
      else super(start + time.now);
    }
    static now() {
      return start + time.now;
    }
  }
  window.Date = PageDate;
  performance.now = page;
  window.setTimeout = (act, ms) => timer(act, ms, 0);
  window.setInterval = (act, ms) => timer(act, ms, ms);
  window.clearTimeout = window.clearInterval = clear;
  window.requestAnimationFrame = (act) => timer(() => act(page()), 16, 0);
  Math.random = random; // the page's jitter follows the seed too

  /** Something happens in the world. */
  time.after = (ms, act) => put(world, { at: time.now + ms, act });
  /** Something reaches the page: at once, or when it wakes. */
  time.reach = (act) => (time.asleep ? missed.push(act) : act());
  time.sleep = () => {
    time.asleep = true;
  };
  time.wake = (seconds) => {
    time.slept += seconds * 1000;
    time.asleep = false;
    for (const act of missed.splice(0)) act();
  };

  /** Lets every promise that can settle, settle. */
  time.settle = () => new Promise((done) => {
    real.channel.port1.onmessage = done;
    real.channel.port2.postMessage(0);
  });

  /** Runs the next thing, of the page or of the world; false when it lies beyond `until`. */
  time.step = async (until) => {
    const next = timers.length && !time.asleep ? timers[0].at + time.slept : Infinity;
    const there = world.length ? world[0].at : Infinity;
    if (Math.min(next, there) > until) return false;
    time.now = Math.max(time.now, Math.min(next, there));
    const one = next < there ? timers.shift() : world.shift();
    if (one.every) put(timers, { ...one, at: page() + one.every });
    one.act();
    await time.settle();
    return true;
  };
  return time;
};
