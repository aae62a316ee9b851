import { createHash } from 'node:crypto'
import type { Candidate } from '../../finder/candidate.ts'
import { keccak256 } from './keccak.ts'

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]

const LEGACY = /(?<![A-Za-z0-9])[13][1-9A-HJ-NP-Za-km-z]{25,34}(?![A-Za-z0-9])/g
const SEGWIT = /(?<![A-Za-z0-9])(?:bc1|BC1)[0-9A-Za-z]{11,71}(?![A-Za-z0-9])/g
const ETHEREUM = /(?<![A-Za-z0-9])0x[0-9a-fA-F]{40}(?![A-Za-z0-9])/g

/** Bitcoin addresses of all kinds, with their checksums, and Ethereum's. */
export function findCryptoAddresses(text: string, found: Candidate[]): void {
  const add = (pattern: RegExp, check: (value: string) => boolean) => {
    for (const { index, 0: value } of text.matchAll(pattern))
      if (check(value)) found.push({ start: index, end: index + value.length, category: 'CRYPTO', score: 0.98 })
  }
  add(LEGACY, isBase58Check)
  if (/bc1/i.test(text)) add(SEGWIT, isBech32)
  if (text.includes('0x')) add(ETHEREUM, isEthereum)
}

/** Base58Check: version, 20 bytes and the start of their double SHA-256. */
function isBase58Check(value: string): boolean {
  const bytes = new Uint8Array(25)
  for (const character of value) {
    let carry = BASE58.indexOf(character)
    for (let at = 24; at >= 0; at--) {
      carry += 58 * bytes[at]!
      bytes[at] = carry & 0xff
      carry >>= 8
    }
    if (carry !== 0) return false
  }
  if (bytes[0] !== 0 && bytes[0] !== 5) return false
  const sha = (data: Uint8Array) => createHash('sha256').update(data).digest()
  return sha(sha(bytes.subarray(0, 21)))
    .subarray(0, 4)
    .equals(bytes.subarray(21))
}

/** BIP 173, and BIP 350 for later versions. */
function isBech32(value: string): boolean {
  if (value !== value.toLowerCase() && value !== value.toUpperCase()) return false
  const data = [...value.toLowerCase().slice(3)].map((character) => BECH32.indexOf(character))
  if (data.includes(-1)) return false
  let check = 1
  for (const five of [3, 3, 0, 2, 3, ...data]) {
    const top = check >>> 25
    check = ((check & 0x1ffffff) << 5) ^ five
    for (let bit = 0; bit < 5; bit++) if ((top >>> bit) & 1) check ^= GENERATOR[bit]!
  }
  return check === (data[0] === 0 ? 1 : 0x2bc830a3)
}

/** EIP-55: capitals are a checksum where there are both. */
function isEthereum(value: string): boolean {
  const digits = value.slice(2)
  const small = digits.toLowerCase()
  if (/^(.)\1*$/.test(small)) return false
  if (digits === small || digits === digits.toUpperCase()) return true
  const hash = keccak256(small)
  for (let at = 0; at < digits.length; at++) {
    const code = digits.charCodeAt(at)
    // A to F as against a to f, where the hash has 8 to f at the same place.
    if (code >= 65 && code <= 70 !== hash.charCodeAt(at) >= 56) return false
  }
  return true
}
