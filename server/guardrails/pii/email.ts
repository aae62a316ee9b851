import type { Candidate } from '../finder/candidate.ts'

const LOCAL = /[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]/u
const DOMAIN = /[\p{L}\p{M}\p{N}.-]/u
/** Of RFC 5321, 4.5.3.1; a domain so long is no address that somebody has. */
const LOCAL_LENGTH = 64
const DOMAIN_LENGTH = 253
const TOP = /^(?:xn--[a-z0-9-]{1,59}|\p{L}{2,24})$/iu
/** What stands after the last dot of file names (`icon@2x.png`) and never after that of an address. */
const FILES = /^(?:avif|bmp|css|gif|html?|ico|jpe?g|js|json|md|mjs|mp[34]|pdf|php|png|py|svg|tsx?|txt|webp|ya?ml|zip)$/i
/** Units that begin a local part only where a quoting text put them there. */
const LEADING = /^[.!#$%&'*+/=?^`{|}~-]+/

/** Addresses as people write them; each is found from its `@` outwards. */
export function findEmails(text: string, found: Candidate[]): void {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const start = startOf(text, at)
    const end = endOf(text, at)
    if (start < at && end > at) found.push({ start, end, category: 'EMAIL', score: 0.99 })
  }
}

function startOf(text: string, at: number): number {
  let start = at
  while (start > 0 && at - start <= LOCAL_LENGTH && LOCAL.test(text[start - 1]!)) start--
  if (at - start > LOCAL_LENGTH) return at
  // `to=ann@example.com`, `/ann@example.com`: what stands before belongs to another syntax.
  const local = text.slice(start, at)
  const cut = Math.max(local.lastIndexOf('='), local.lastIndexOf('/'), local.lastIndexOf('|'), local.lastIndexOf('`'))
  start += cut + 1
  start += LEADING.exec(text.slice(start, at))?.[0].length ?? 0
  return /\.\.|\.$/.test(text.slice(start, at)) ? at : start
}

function endOf(text: string, at: number): number {
  let end = at + 1
  while (end < text.length && end - at <= DOMAIN_LENGTH + 1 && DOMAIN.test(text[end]!)) end++
  if (end - at - 1 > DOMAIN_LENGTH || text[end] === '@') return at
  let domain = text.slice(at + 1, end)
  const trailing = /[.-]{1,8}$/.exec(domain)?.[0].length ?? 0
  domain = domain.slice(0, domain.length - trailing)
  const labels = domain.split('.')
  if (labels.length < 2 || labels.some((label) => !/^[^-].{0,62}$/u.test(label) || label.endsWith('-'))) return at
  const top = labels.at(-1)!
  if (!TOP.test(top) || FILES.test(top)) return at
  // `git@github.com:owner/name` names a repository.
  if (text[end - trailing] === ':' && text.slice(Math.max(0, at - 3), at) === 'git') return at
  return at + 1 + domain.length
}
