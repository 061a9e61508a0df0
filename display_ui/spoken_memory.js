/** Remembers, through reloads and power cuts, up to which call this screen has spoken. @module */

const FAMILY = "antrean.spoken";

export class SpokenMemory {
  /**
   * @param {string} site
   * @param {string|null} zone
   */
  constructor(site, zone) {
    this.family = `${FAMILY}:${site}:${zone || "*"}:`;
    /** @type {Record<string, number>} stands in where the browser keeps nothing */
    this.here = {};
  }

  /**
   * The revision of the newest call spoken in this epoch; 0 for none.
   * @param {number} epoch
   */
  upTo(epoch) {
    const kept = this.here[epoch] || 0;
    try {
      return Math.max(kept, Number(localStorage.getItem(this.family + epoch)) || 0);
    } catch (_) {
      return kept;
    }
  }

  /**
   * Notes a call before its first sound, so that a crash in the middle does not say it twice.
   * @param {number} epoch
   * @param {number} revision
   */
  note(epoch, revision) {
    this.here = { [epoch]: revision };
    try {
      localStorage.setItem(this.family + epoch, String(revision));
      this.forgetOthers(epoch);
    } catch (_) {
      // Private mode or a full disk: the memory of this page has to do.
    }
  }

  /** @param {number} epoch */
  forgetOthers(epoch) {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(this.family) && key !== this.family + epoch) localStorage.removeItem(key);
    }
  }
}
