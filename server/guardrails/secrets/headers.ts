import type { Candidate } from '../finder/candidate.ts'
import { entropy, plausible, plausiblePassword } from './plausible.ts'

/** `Authorization: Bearer …`, and headers of vendors that end in key or token. */
const HEADER =
  /\b(?:proxy-)?authorization["']?\s{0,3}[:=]\s{0,3}["']?(?:(basic|bearer|token|api-token|apikey|key|digest|bot|splunk|negotiate|ntlm)\s{1,3})?|(?<=["'])(?:[a-z0-9-]{1,30}-)?(?:api-?key|api-?token|auth-?token|access-?token|token|apikey|secret|private-token)\s{0,2}:\s{0,2}(?=[^\s"'])|\bbearer\s{1,2}/gi
const VALUE = /[^\s"'`<>\\,;]{6,4096}/y
const USER =
  /(?:^|\s)(?:-u|--user|--proxy-user)(?:\s{1,4}|=|\\\s{1,4}[^\s\w"']{0,4})["']?([^\s"':<>]{0,100})["']?:["']?([^\s"'<>]{0,200})/g
const JWT = /(?<![A-Za-z0-9_-])ey[IJ][A-Za-z0-9_-]{8,1000}\.ey[A-Za-z0-9_-]{8,2500}\.[A-Za-z0-9_-]{8,550}/g
const NETRC = /\bmachine\s{1,4}\S{1,100}\s{1,4}login\s{1,4}\S{1,100}\s{1,4}password\s{1,4}(\S{4,100})/g

/** Credentials in the forms of HTTP: headers, `curl -u`, JSON web tokens, `.netrc`. */
export function findCredentials(text: string, found: Candidate[]): void {
  for (const match of text.matchAll(HEADER)) {
    VALUE.lastIndex = match.index + match[0].length
    const value = VALUE.exec(text)?.[0]
    if (value === undefined || !isCredential(value, match[1] ?? '', match[0])) continue
    const start = VALUE.lastIndex - value.length
    found.push({ start, end: start + value.length, category: 'AUTHORIZATION', score: 0.85 })
  }
  if (text.includes('-u') || text.includes('--proxy-u'))
    for (const match of text.matchAll(USER)) {
      const [all, user, rest] = match
      const password = rest!.replace(/^\{([^{}]+)\}$/, '$1')
      const end = match.index + all.length
      // With some services the key is the user, and has no password.
      const [start, value] =
        password === '' ? [match.index + all.lastIndexOf(user!), user!] : [end - rest!.length, password]
      if (user === password || !plausiblePassword(value) || (value !== rest && !/\d/.test(value))) continue
      found.push({ start, end: start + value.length, category: 'PASSWORD', score: 0.85 })
    }
  if (text.includes('eyJ') || text.includes('eyI'))
    for (const { index, 0: value } of text.matchAll(JWT))
      if (plausible(value)) found.push({ start: index, end: index + value.length, category: 'JWT', score: 0.95 })
  if (text.includes('machine'))
    for (const match of text.matchAll(NETRC)) {
      const end = match.index + match[0].length
      if (plausiblePassword(match[1]!))
        found.push({ start: end - match[1]!.length, end, category: 'PASSWORD', score: 0.9 })
    }
}

function isCredential(value: string, scheme: string, header: string): boolean {
  if (!plausiblePassword(value) || !plausible(value)) return false
  if (/^basic$/i.test(scheme))
    return /^[A-Za-z0-9+/_-]{8,}={0,2}$/.test(value) && /:/.test(Buffer.from(value, 'base64').toString('latin1'))
  // "Bearer of good news": a word is none.
  if (/^bearer/i.test(header) && !/\d/.test(value)) return false
  return value.length >= 8 && entropy(value) >= 2.5 && (/\d/.test(value) || value.length >= 20)
}
