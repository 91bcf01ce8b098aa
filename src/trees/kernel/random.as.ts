/** `integer` of `random.ts`, number for number (xoshiro128**, Blackman and Vigna 2018). */
import { RandomState } from './structures';

/** An unbiased whole number below `below`. */
export function drawInteger(state: RandomState, below: u32): u32 {
  const drawn = next(state);
  const negative: u32 = 0 - below;
  return (drawn < negative ? drawn : drawAgain(state, below, drawn)) % below;
}

/** What is over after the last whole multiple of `below` is drawn again. */
function drawAgain(state: RandomState, below: u32, first: u32): u32 {
  const negative: u32 = 0 - below;
  const over: u32 = negative % below;
  const end: u32 = 0 - over;
  let drawn = first;
  if (over !== 0) while (drawn >= end) drawn = next(state);
  return drawn;
}

function next(state: RandomState): u32 {
  const b = state.b;
  const drawn = rotl<u32>(b * 5, 7) * 9;
  const c = state.c ^ state.a;
  const d = state.d ^ b;
  state.b = b ^ c;
  state.a ^= d;
  state.c = c ^ (b << 9);
  state.d = rotl<u32>(d, 11);
  return drawn;
}
