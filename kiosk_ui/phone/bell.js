/**
 * It is your turn, for the ear and the hand: a phone may sound only after its owner has touched the page once.
 * @module
 */

const TURN_MS = [400, 200, 400];
const CHIME = [660, 880, 660, 880]; // Hz, one after another
const NOTE_S = 0.28;

/** @type {AudioContext|null} */
let sound = null;

/** Allows sound from now on; to be called in a touch. Returns whether this phone can sound at all. */
export function allowSound() {
  if (!("AudioContext" in window)) return false;
  sound = sound || new AudioContext();
  sound.resume();
  return true;
}

/** Whether the owner has allowed sound. */
export function mayRing() {
  return sound !== null;
}

/** Vibrates, and chimes where allowed. */
export function ring() {
  if ("vibrate" in navigator) navigator.vibrate(TURN_MS);
  if (!sound) return;
  sound.resume();
  CHIME.forEach((pitch, n) => note(/** @type {AudioContext} */ (sound), pitch, n * NOTE_S));
}

/**
 * @param {AudioContext} out
 * @param {number} pitch  Hz
 * @param {number} after  seconds from now
 */
function note(out, pitch, after) {
  const [tone, volume] = [out.createOscillator(), out.createGain()];
  const at = out.currentTime + after;
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.001, at);
  volume.gain.exponentialRampToValueAtTime(0.5, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, at + NOTE_S);
  tone.connect(volume).connect(out.destination);
  tone.start(at);
  tone.stop(at + NOTE_S);
}
