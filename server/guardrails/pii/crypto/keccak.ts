/**
 * Keccak-256 as Ethereum uses it (padding 0x01, not that of SHA3-256): https://keccak.team/keccak_specs_summary.html.
 * Lanes are two 32-bit halves, low first.
 */
const ROUNDS = 24
const LANES = 25
const RATE = 136

const ROTATIONS: number[] = []
const TARGETS: number[] = []
for (let turn = 0, x = 1, y = 0; turn < 24; turn++) {
  ROTATIONS[x + 5 * y] = (((turn + 1) * (turn + 2)) / 2) % 64
  const next = (2 * x + 3 * y) % 5
  x = y
  y = next
}
ROTATIONS[0] = 0
for (let x = 0; x < 5; x++) for (let y = 0; y < 5; y++) TARGETS[x + 5 * y] = y + 5 * ((2 * x + 3 * y) % 5)

// Signed, so that the halves stay small integers to the compiler.
const CONSTANTS = new Int32Array(2 * ROUNDS)
for (let round = 0, register = 1; round < ROUNDS; round++)
  for (let bit = 0; bit < 7; bit++) {
    const position = (1 << bit) - 1
    if (register & 1) CONSTANTS[2 * round + (position >> 5)]! ^= 1 << (position & 31)
    register = register & 0x80 ? ((register << 1) ^ 0x171) & 0xff : register << 1
  }

/** The digest of an ASCII text of at most 135 characters, in hexadecimal. */
export function keccak256(text: string): string {
  const block = new Uint8Array(RATE)
  for (let at = 0; at < text.length; at++) block[at] = text.charCodeAt(at)
  block[text.length] = 0x01
  block[RATE - 1]! |= 0x80
  const state = new Int32Array(2 * LANES)
  for (let at = 0; at < RATE; at++) state[at >> 2]! |= block[at]! << (8 * (at & 3))
  permute(state)
  let digest = ''
  for (let at = 0; at < 32; at++) digest += ((state[at >> 2]! >>> (8 * (at & 3))) & 0xff).toString(16).padStart(2, '0')
  return digest
}

const columns = new Int32Array(10)
const moved = new Int32Array(2 * LANES)

function permute(state: Int32Array): void {
  for (let round = 0; round < ROUNDS; round++) {
    for (let half = 0; half < 10; half++)
      columns[half] = state[half]! ^ state[half + 10]! ^ state[half + 20]! ^ state[half + 30]! ^ state[half + 40]!
    for (let half = 0; half < 10; half += 2) {
      const before = half === 0 ? 8 : half - 2
      const after = half === 8 ? 0 : half + 2
      const low = columns[after]!
      const high = columns[after + 1]!
      const changedLow = columns[before]! ^ ((low << 1) | (high >>> 31))
      const changedHigh = columns[before + 1]! ^ ((high << 1) | (low >>> 31))
      for (let lane = half; lane < 2 * LANES; lane += 10) {
        state[lane]! ^= changedLow
        state[lane + 1]! ^= changedHigh
      }
    }
    for (let lane = 0; lane < LANES; lane++) rotate(state, lane, moved, TARGETS[lane]!, ROTATIONS[lane]!)
    for (let row = 0; row < 2 * LANES; row += 10)
      for (let half = row; half < row + 10; half++) {
        const next = half + 2 < row + 10 ? half + 2 : half - 8
        const second = half + 4 < row + 10 ? half + 4 : half - 6
        state[half] = moved[half]! ^ (~moved[next]! & moved[second]!)
      }
    state[0]! ^= CONSTANTS[2 * round]!
    state[1]! ^= CONSTANTS[2 * round + 1]!
  }
}

function rotate(from: Int32Array, lane: number, to: Int32Array, target: number, by: number): void {
  const swapped = by >= 32 ? 1 : 0
  const low = from[2 * lane + swapped]!
  const high = from[2 * lane + 1 - swapped]!
  const bits = by & 31
  to[2 * target] = bits === 0 ? low : (low << bits) | (high >>> (32 - bits))
  to[2 * target + 1] = bits === 0 ? high : (high << bits) | (low >>> (32 - bits))
}
