import type { Candidate } from '../finder/candidate.ts'
import { plausible } from './plausible.ts'

/** Secrets of Microsoft Entra: three characters, a digit, `Q~`, and 31 to 34 more. */
const ENTRA = /(?<![\w~.-])[\w~.]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])/y
const FACEBOOK = /(?<!\d)\d{15,16}(?:\||%7C)[\w-]{27,40}(?![\w-])/y
const TELEGRAM = /(?<!\d)\d{8,10}:AA[\w-]{33}(?![\w-])/y
const DISCORD = /(?<![\w-])[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,40}(?![\w-])/g
const AZURE = /(?:AccountKey|SharedAccessKey|AccessKey)=([A-Za-z0-9+/]{43,86}={0,2})(?![A-Za-z0-9+/])/g
const SIGNED = /[?&]sig=([A-Za-z0-9%+/=]{43,100})/g

/** The head of a key file of Google's: what is secret in it may be on its way. */
const SERVICE_ACCOUNT = /"type"\s{0,4}:\s{0,4}"service_account"/g

/** Keys that are known by something within them. */
export function findInfixed(text: string, found: Candidate[]): void {
  anchored(text, 'Q~', 4, ENTRA, 'AZURE_SECRET', found)
  for (const bar of ['|', '%7C'])
    for (const length of [15, 16]) anchored(text, bar, length, FACEBOOK, 'FACEBOOK_TOKEN', found)
  for (const length of [8, 9, 10]) anchored(text, ':AA', length, TELEGRAM, 'TELEGRAM_TOKEN', found)
  for (const { index, 0: value } of text.matchAll(DISCORD)) add(index, value, 'DISCORD_TOKEN', found)
  for (const match of text.matchAll(AZURE))
    add(match.index + match[0].length - match[1]!.length, match[1]!, 'AZURE_SECRET', found)
  if (text.includes('sig='))
    for (const match of text.matchAll(SIGNED)) add(match.index + 5, match[1]!, 'AZURE_SECRET', found)
  if (text.includes('service_account'))
    for (const { index, 0: value } of text.matchAll(SERVICE_ACCOUNT))
      found.push({ start: index, end: index + value.length, category: 'SERVICE_ACCOUNT', score: 0.6 })
}

/** Matches a form that has `mark` so many units after its start. */
function anchored(text: string, mark: string, lead: number, form: RegExp, category: string, found: Candidate[]): void {
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
    if (at < lead) continue
    form.lastIndex = at - lead
    const value = form.exec(text)?.[0]
    if (value !== undefined) add(at - lead, value, category, found)
  }
}

function add(start: number, value: string, category: string, found: Candidate[]): void {
  if (plausible(value)) found.push({ start, end: start + value.length, category, score: 0.95 })
}
