import { isIPv4, isIPv6 } from 'node:net'
import type { Candidate } from '../finder/candidate.ts'
import type { Surroundings } from './surroundings.ts'

const V4 = /(?<![\w.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?:\/(?:[12]?\d|3[0-2])(?![\d/]))?(?![\w]|\.\d|-\d)/g
/** Loopback, unspecified and masks: nobody's address. */
const NOBODY = /^(?:127\.|0\.|255\.)/
/** `v1.2.3.4`, `Chrome/120.0.0.0`, `section 3.2.1.4`: numbered things. */
const NUMBERED =
  /(?:[a-z]\/|\b(?:v|ver|version|release|build|rev|revision|section|chapter|clause|figure|table|firmware|agent)[ .:]{0,2})$/
const SPEAKS =
  /\b(?:ip|ips|ipv[46]|address|addr|host|server|inet|inet6|multicast|subnet|gateway|dns|loopback|login|client|from)\b/
/** From where an address of colons begins; at most four digits before the first one. */
const COLONS = /[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,41}(?:%[0-9A-Za-z]{1,16})?(?:\/(?:12[0-8]|1[01]\d|[1-9]?\d)(?!\d))?/y
const HARDWARE = /\b(?:mac|hardware|ethernet)\b/
const HEXADECIMAL = /[0-9A-Fa-f]/
const MAC = /(?<![\w:.-])(?:[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5})(?![\w:-])/y
const DOTTED_MAC = /(?<![\w.])[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?![\w]|\.\w)/y

/** Internet addresses of either version, with the prefix length where there is one. */
export function findAddresses(text: string, found: Candidate[], near: Surroundings): void {
  if (text.includes('.'))
    for (const { index, 0: value } of text.matchAll(V4)) {
      const [address] = value.split('/')
      if (!isIPv4(address!) || NOBODY.test(address!)) continue
      if (NUMBERED.test(text.slice(Math.max(0, index - 12), index).toLowerCase())) continue
      const small = address!.split('.').every((part) => Number(part) < 10)
      if (small && !near.before(index, SPEAKS) && !/^(?:1\.1\.1\.1|8\.8\.[48]\.[48]|9\.9\.9\.9)$/.test(address!))
        continue
      found.push({ start: index, end: index + value.length, category: 'IP_ADDRESS', score: small ? 0.7 : 0.95 })
    }
  for (const { index, run } of runsOfColons(text)) {
    const value = /[.:]$/.test(run) && !run.endsWith('::') ? run.replace(/[.:]{1,3}$/, '') : run
    const after = text.charAt(index + value.length)
    if (/\w/.test(after)) continue
    const address = value.split('/')[0]!
    if (!isIPv6(address)) continue
    const plain = /^[0-9a-f]{3,4}:/i.test(address) && address.replace(/[^0-9a-f]/gi, '').length >= 6
    if (!plain && (!/\d/.test(address) || !near.before(index, SPEAKS))) continue
    found.push({ start: index, end: index + value.length, category: 'IP_ADDRESS', score: 0.95 })
  }
}

/** What begins like an address of colons; looked for from each colon, because most text has few. */
function* runsOfColons(text: string): Generator<{ index: number; run: string }> {
  for (let at = text.indexOf(':'); at >= 0; ) {
    let index = at
    while (at - index < 5 && HEXADECIMAL.test(text.charAt(index - 1))) index--
    COLONS.lastIndex = index
    const run = at - index < 5 && !/[\w:.]/.test(text.charAt(index - 1)) ? COLONS.exec(text)?.[0] : undefined
    if (run !== undefined) yield { index, run }
    at = text.indexOf(':', run === undefined ? at + 1 : index + run.length)
  }
}

/** Hardware addresses of six bytes, but for all zeros and the broadcast address. */
export function findHardwareAddresses(text: string, found: Candidate[], near: Surroundings): void {
  for (const separator of ':-')
    for (let at = text.indexOf(separator, 2); at >= 0; at = text.indexOf(separator, at + 1))
      if (text.charAt(at + 3) === separator && text.charAt(at + 12) === separator) {
        MAC.lastIndex = at - 2
        const value = MAC.exec(text)?.[0]
        if (value !== undefined && isSomebodys(value)) push(found, at - 2, value)
      }
  for (let at = text.indexOf('.', 4); at >= 0; at = text.indexOf('.', at + 1))
    if (text.charAt(at + 5) === '.') {
      DOTTED_MAC.lastIndex = at - 4
      const value = DOTTED_MAC.exec(text)?.[0]
      if (value === undefined || !isSomebodys(value) || !/\d/.test(value)) continue
      if (/[a-f]/i.test(value) || near.before(at - 4, HARDWARE)) push(found, at - 4, value)
    }
}

function isSomebodys(value: string): boolean {
  return !/^(?:0+|f+)$/i.test(value.replace(/[.:-]/g, ''))
}

function push(found: Candidate[], start: number, value: string): void {
  found.push({ start, end: start + value.length, category: 'MAC_ADDRESS', score: 0.95 })
}
