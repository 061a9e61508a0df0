/** Where a waiting ticket stands, from its own document and its service's queue: pure. @module */

/**
 * @typedef {{ahead: number|null, estimate: Estimate|null, counters: number|null, back: string|null,
 *   last: string|null, interruptions: Interruption[]}} Place
 *   ahead: people, of whom several may come with one number; counters: how many could call now; back: when the first
 *   is back from a break, where none can; last: the number of the service called last; interruptions: those because of
 *   which it may take longer
 * @typedef {import("../../static/js/documents.js").Interruption} Interruption
 * @typedef {import("../../static/js/documents.js").Ticket} Ticket
 * @typedef {import("../../static/js/documents.js").Queue} Queue
 * @typedef {import("../../static/js/documents.js").Estimate} Estimate
 */

/**
 * How many are called before and how long it takes. The queue tells it most freshly; before its first word, the ticket
 * does.
 * @param {Ticket} ticket
 * @param {Queue|null} queue
 * @returns {Place}
 */
export function placeOf(ticket, queue) {
  const here = queue && queue.service === ticket.service && queue.epoch === ticket.epoch ? queue : null;
  const at = here && here.revision >= ticket.revision ? here.order.indexOf(ticket.number) : -1;
  if (!here || at < 0) {
    const { estimate, counters_open: counters, back_at: back, last_called: last, interruptions } = ticket;
    return { ahead: ticket.people_ahead ?? ticket.ahead, estimate, counters, back, last, interruptions };
  }
  const [pair, minutes, boxes] = [here.estimates[at], here.minutes[at], here.boxes[at]];
  const ahead = (here.people_places || here.places)[at]; // a server of before knows no groups
  return { ahead, estimate: pair && minutes && boxes ? { low_s: pair[0], high_s: pair[1], minutes, boxes } : null,
    counters: here.counters_open, back: here.back_at, last: here.last_called, interruptions: here.interruptions };
}
