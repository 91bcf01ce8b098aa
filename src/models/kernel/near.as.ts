/** The inner loop of the search for neighbours: which points of a stretch may be near enough to one. */
import { NearSpace } from './structures';

/**
 * Looks at the points `at` to `end`, four at a time, and lists those near enough to `own` for the one or the other. Points
 * are given as byte offsets of their first numbers. Returns how many entries it wrote.
 */
export function findNear(space: NearSpace, own: usize, at: usize, end: usize): usize {
  const stride = space.stride;
  const limits = space.limits;
  const ownLimit = v128.load32_splat(limits + own);
  const weights = f32x4.splat(space.perBit as f32);
  const ownBits = space.bits + (own << 1);
  const firstBits = load<u64>(ownBits);
  let out = space.found;
  let here = at;
  let word = space.bits + (at << 1);
  if (here >= end) return 0;
  do {
    // The bits rule out most points, and nearly always they are one word.
    let count0 = differing(word, firstBits);
    let count1 = differing(word + 8, firstBits);
    let count2 = differing(word + 16, firstBits);
    let count3 = differing(word + 24, firstBits);
    if (space.words !== 1) {
      let theirs = word;
      let mine = ownBits;
      let left = space.words - 1;
      do {
        theirs += stride << 1;
        mine += stride << 1;
        const bits = load<u64>(mine);
        count0 += differing(theirs, bits);
        count1 += differing(theirs + 8, bits);
        count2 += differing(theirs + 16, bits);
        count3 += differing(theirs + 24, bits);
        left--;
      } while (left !== 0);
    }
    let counts = i32x4.replace_lane(i32x4.splat(count0), 1, count1);
    counts = i32x4.replace_lane(i32x4.replace_lane(counts, 2, count2), 3, count3);
    const near = f32x4.pmax(ownLimit, v128.load(limits + here));
    let sum = f32x4.mul(weights, f32x4.convert_i32x4_s(counts));
    let isNear = v128.any_true(f32x4.le(sum, near));
    if (isNear) {
      let theirs = space.numbers + here;
      let mine = space.numbers + own;
      let left = space.width;
      // Four coordinates at a time: a test after each costs more than it saves.
      do {
        sum = f32x4.add(sum, squaredGap(theirs, mine));
        sum = f32x4.add(sum, squaredGap(theirs + stride, mine + stride));
        theirs += stride << 1;
        mine += stride << 1;
        sum = f32x4.add(sum, squaredGap(theirs, mine));
        sum = f32x4.add(sum, squaredGap(theirs + stride, mine + stride));
        theirs += stride << 1;
        mine += stride << 1;
        isNear = v128.any_true(f32x4.le(sum, near));
        left -= 4;
      } while (isNear && left !== 0);
      if (isNear) {
        store<usize>(out, here);
        store<i32>(out, i32x4.bitmask(f32x4.le(sum, near)), 4);
        out += 8;
      }
    }
    word += 32;
    here += 16;
  } while (here < end);
  return (out - space.found) >> 3;
}

/** How many bits of a word differ. */
function differing(address: usize, own: u64): i32 {
  return popcnt<u64>(own ^ load<u64>(address)) as i32;
}

function squaredGap(theirs: usize, mine: usize): v128 {
  const gap = f32x4.sub(v128.load(theirs), v128.load32_splat(mine));
  return f32x4.mul(gap, gap);
}
