/**
 * A line that ends before the server's first word is a failed line at once.
 *
 * The library (socket.io-client 4.8.4) listens to "open" and "error" of a line that it opens, not to "close": where a
 * server dies between taking the connection and greeting, it waits until its time-out is over, 8 s on a wall and 20 s
 * on a phone. Said as an error, the end leads to the next try, after the library's own growing pause.
 * @module
 */

/**
 * Call what it returns after each `connect()`; the library's own tries are watched without it.
 * @param {import("../vendor/socket.io-client.js").Socket} socket
 * @returns {() => void}
 */
export function watchEarlyEnd(socket) {
  /** @type {import("../vendor/socket.io-client.js").Engine|undefined} */
  let watched;
  const watch = () => {
    const { engine } = socket.io;
    if (!engine || engine === watched) return;
    watched = engine;
    const ended = () => engine.emit("error", new Error("ended before the greeting"));
    engine.once("close", ended);
    engine.once("open", () => engine.off("close", ended));
  };
  // The library makes the line right after it has announced the try.
  socket.io.on("reconnect_attempt", () => Promise.resolve().then(watch));
  return watch;
}
