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
const COLONS =
  /(?<![\w:.])[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,41}(?:%[0-9A-Za-z]{1,16})?(?:\/(?:12[0-8]|1[01]\d|[1-9]?\d)(?!\d))?/g
const MAC = /(?<![\w:.-])(?:[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5})(?![\w:-])/g
const DOTTED_MAC = /(?<![\w.])[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?![\w]|\.\w)/g

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
  if (text.includes(':'))
    for (const { index, 0: run } of text.matchAll(COLONS)) {
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

/** Hardware addresses of six bytes, but for all zeros and the broadcast address. */
export function findHardwareAddresses(text: string, found: Candidate[], near: Surroundings): void {
  for (const pattern of [MAC, DOTTED_MAC])
    for (const { index, 0: value } of text.matchAll(pattern)) {
      const digits = value.replace(/[^0-9a-f]/gi, '')
      if (/^(?:0+|f+)$/i.test(digits) || (pattern === DOTTED_MAC && !/\d/.test(digits))) continue
      if (/^\d+$/.test(digits) && pattern === DOTTED_MAC && !near.before(index, /\b(?:mac|hardware|ethernet)\b/))
        continue
      found.push({ start: index, end: index + value.length, category: 'MAC_ADDRESS', score: 0.95 })
    }
}
