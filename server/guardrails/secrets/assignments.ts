import type { Candidate } from '../finder/candidate.ts'
import { entropy, plausibleKey, plausiblePassword } from './plausible.ts'
import { hasVendorsForm } from './vendors.ts'

/** Names of what is secret, as they stand in code, settings and prose. */
const SECRET =
  /(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|api[_ .-]?key|apikey|access[_ .-]?key|auth[_ .-]?key|account[_ .-]?key|shared[_ .-]?access[_ .-]?key|private[_ .-]?key|secret[_ .-]?key|signing[_ .-]?key|encryption[_ .-]?key|master[_ .-]?key|client[_ .-]?s(?:ecret|rt)|credentials?|auth|webhook|cert(?:ificate)?[_ .-]?key|license[_ .-]?key)/gi
/** Whose keys have no form of their own: 32 random letters and digits beside such a name are one. */
const VENDOR =
  /(?<![A-Za-z])(?:sourcegraph|heroku|datadog|fastly|algolia|mailchimp|mailgun|twilio|cloudflare|netlify|okta|auth0|zendesk|intercom|segment|amplitude|snyk|sonar|codecov|travis|circleci|bitbucket|asana|trello|dropbox|spotify|twitter|linkedin|etsy|yandex|kraken|coinbase|binance|finnhub|alchemy|infura|etherscan|meraki|sumologic|azure|openai|cohere|mistral|deepseek|elevenlabs|pinecone|replicate|langsmith)/gi
/** From the end of the name to its value: a few signs, and nothing else. */
const LINK =
  /[\w.-]{0,30}\\?["'\]]{0,2}\s{0,4}(?:=>|:=|\|\|=|==?|:|,\s{0,2}(?=["'])|\bis\b:?)\s{0,4}(?:[a-z]{0,3}(?=["'`]))?\\?["'`]?/y
const LONG = 400
const VALUE = /[^\s"'`<>\\]{4,512}/y

/** Values of what is named like a secret: random enough for a key, or a password in its place. */
export function findAssigned(text: string, found: Candidate[]): void {
  for (const [names, isVendor] of [
    [SECRET, false],
    [VENDOR, true],
  ] as const) {
    let past = 0
    for (const name of text.matchAll(names)) {
      if (name.index < past) continue
      const end = read(text, name, isVendor, found)
      // Names within so long a word are none.
      if (end - name.index >= LONG) past = end
    }
  }
}

/** Returns the end of the value, or of the name where it has none. */
function read(text: string, name: RegExpExecArray, isVendor: boolean, found: Candidate[]): number {
  LINK.lastIndex = name.index + name[0].length
  const link = LINK.exec(text)?.[0]
  if (link === undefined) return name.index
  VALUE.lastIndex = LINK.lastIndex
  const raw = VALUE.exec(text)?.[0]
  if (raw === undefined) return name.index
  // Cut short by whoever wrote it.
  if (/\.{3}|…/.test(raw)) return VALUE.lastIndex
  const start = LINK.lastIndex
  const quoted = /["'`]$/.test(link)
  const value = quoted ? raw : raw.replace(/[,;)\]}.&]{1,4}$/, '').split(/[,;&](?=[\w-]{1,40}=)/)[0]!
  const isPassword = /^(?:pass|pwd)/i.test(name[0])
  const names = text.slice(Math.max(0, name.index - 40), start)
  if (!isSecret(value, isPassword, quoted, link) || !hasVendorsForm(names, value)) return VALUE.lastIndex
  if (isVendor && !/^[A-Za-z0-9_-]{32,}$/.test(value)) return VALUE.lastIndex
  found.push({
    start,
    end: start + value.length,
    category: isPassword ? 'PASSWORD' : 'SECRET',
    score: isPassword ? 0.75 : 0.8,
  })
  return VALUE.lastIndex
}

function isSecret(value: string, isPassword: boolean, quoted: boolean, link: string): boolean {
  if (plausibleKey(value)) return true
  if (!isPassword || !plausiblePassword(value) || value.length < 6) return false
  // In prose and in types what follows is a word; a password that can be told from one has a digit or a sign within.
  if (/\bis\b/.test(link)) return /\d/.test(value) && /[A-Za-z]/.test(value)
  const mixed = /[A-Za-z]/.test(value) && /[\d!@#$%^&*?+~]/.test(value)
  return mixed && !/[()[\]{}]/.test(value) && (quoted || /\d/.test(value)) && entropy(value) >= 2.2
}
