/** Schemes that a browser looks up a host for, whatever slashes follow. */
const WITH_HOST = new Set(['http', 'https', 'ws', 'wss', 'ftp'])
/** Those that lead nowhere by themselves: a person has to send something. */
const HARMLESS = new Set(['mailto', 'tel', 'sms'])
const DANGEROUS = new Set(['javascript', 'vbscript', 'data', 'file', 'blob', 'filesystem', 'view-source'])
const SCHEME = /^([a-z][a-z0-9+.-]{0,31}):/i
const ENTITY = /&(?:#x([0-9a-f]{1,24})|#(\d{1,24})|([a-z]{1,10}));?/iy
const NAMED: Readonly<Record<string, string>> = {
  colon: ':',
  sol: '/',
  bsol: '\\',
  period: '.',
  commat: '@',
  amp: '&',
  num: '#',
  quest: '?',
  percnt: '%',
  tab: '\t',
  newline: '\n',
}
/** Markdown's escapes. */
const ESCAPED = /\\([!-/:-@[-`{-~])/g
/** Where a host ends in an address. */
const HOST_END = /[\\/?#]/

/**
 * UTF-16 units of an address in which its host must end. Names of hosts have 253 characters at most; what is longer
 * with a name and a password before it is not looked into.
 */
export const LONGEST_HEAD = 256

/** Units in which a scheme and its slashes must stand, with an escape before each. */
const LONGEST_SCHEME = 80

/** Where something leads: to a host, into another scheme, to nobody knows where; `null`: nowhere else. */
export type Address = { url: URL } | { scheme: string } | 'unreadable' | null

/**
 * Every reading of what stands where an address belongs: as it is, with HTML's entities decoded, with Markdown's escapes
 * undone. Browsers pass over tabs and line ends in addresses, and take backslashes for slashes. `head`: its first
 * LONGEST_HEAD units.
 */
export function addressesOf(head: string): Address[] {
  const beginning = decodeEntities(stripped(head), LONGEST_SCHEME)
  if (readings(beginning).every((address) => address === null)) return [null]
  return readings(decodeEntities(head, LONGEST_HEAD))
}

function readings(text: string): Address[] {
  const first = readAddress(text)
  return text.includes('\\') ? [first, readAddress(text.replace(ESCAPED, '$1'))] : [first]
}

/** Where an address leads that begins with a scheme of the web or `www.`. */
export function rawAddress(head: string): Address {
  return /^www\./i.test(head) ? readWww(head) : readAddress(head)
}

function readWww(head: string): Address {
  const address = readHost('http', head)
  // A word with `www.` in it, no host.
  return address !== null && typeof address === 'object' && 'url' in address && !/^www\.[^.]/.test(address.url.hostname)
    ? null
    : address
}

function readAddress(text: string): Address {
  const address = stripped(text)
  if (/^[\\/]{2}/.test(address)) return readHost('https', address)
  const scheme = SCHEME.exec(address)?.[1]?.toLowerCase()
  if (scheme === undefined) return null
  const rest = address.slice(scheme.length + 1)
  if (WITH_HOST.has(scheme)) return readHost(scheme, rest)
  if (HARMLESS.has(scheme)) return null
  return DANGEROUS.has(scheme) || rest.startsWith('//') ? { scheme } : null
}

/** `rest`: what follows the scheme. */
function readHost(scheme: string, rest: string): Address {
  let start = 0
  while (rest[start] === '/' || rest[start] === '\\') start++
  const length = rest.slice(start).search(HOST_END)
  const host = length < 0 ? rest.slice(start) : rest.slice(start, start + length)
  if (host === '') return null
  const url = length < 0 && rest.length >= LONGEST_HEAD - 8 ? null : URL.parse(`${scheme}://${host}`)
  return url === null ? 'unreadable' : { url }
}

/** HTML's entities decoded, until there are `most` units. */
function decodeEntities(text: string, most: number): string {
  let decoded = ''
  for (let at = 0; at < text.length && decoded.length < most; ) {
    ENTITY.lastIndex = at
    const found = text[at] === '&' ? ENTITY.exec(text) : null
    if (found === null) {
      decoded += text[at++]
      continue
    }
    const [whole, hex, decimal, name] = found
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    const named = name === undefined ? undefined : (NAMED[name.toLowerCase()] ?? whole)
    decoded += named ?? (code > 0x10ffff ? whole : String.fromCodePoint(code))
    at += whole.length
  }
  return decoded
}

/** Without control characters and blanks before it, and tabs and line ends in it. */
function stripped(text: string): string {
  let start = 0
  while (start < text.length && text.charCodeAt(start) <= 0x20) start++
  return text.slice(start).replace(/[\t\n\r]/g, '')
}
