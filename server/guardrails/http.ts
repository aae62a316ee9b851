import type { GuardMatch, GuardrailKind, Inspection } from '../core/guardrail.ts'
import { membersOption, textOption } from '../core/options.ts'
import { foundMatches, unite, wholeText } from './inspection.ts'

const CATEGORY = /^[\p{L}\p{N}][\p{L}\p{N} _.:-]{0,63}$/u
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const LONGEST_REASON = 200

/** A service of one's own that looks at texts. */
export const http: GuardrailKind = {
  kind: 'http',
  description: 'Posts each text to a service of your own, which answers with a score or with what to block.',
  stages: ['pre', 'context', 'post'],
  actions: ['block', 'redact', 'warn', 'escalate'],
  threshold: 0.5,
  cost: 'call',
  options: {
    url: {
      description:
        'Where `{stage, origin, route, tenant, text}` is posted. It answers `{blocked: true}` or `{score: 0..1}`, and ' +
        'may add `category`, `reason` (neither may repeat the text: they get into records) and `matches`, a list of ' +
        '`{start, end, category, score}` with offsets in UTF-16 units. Subject to the egress policy.',
      schema: { type: 'string', pattern: '^https?://' },
    },
    headers: {
      description: 'Sent with each call, e.g. `authorization: "Bearer ${env:GUARD_TOKEN}"`.',
      schema: { type: 'object', additionalProperties: { type: 'string' } },
      references: true,
    },
  },
  create(options) {
    const url = textOption(options, 'url')
    if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw new TypeError('`url` must be an http or https address')
    const headers = membersOption(options, 'headers') as Readonly<Record<string, string>>
    for (const [name, value] of Object.entries(headers))
      if (typeof value !== 'string' || !NAME.test(name) || /[\r\n\0]/.test(value))
        throw new TypeError('`headers` must be a mapping of names to texts')
    return {
      kind: 'http',
      takes: 'each',
      async inspect({ text, origin }, { stage, route, tenant, services, signal }) {
        return readAnswer(await services.post(url, headers, { stage, origin, route, tenant, text }, signal), text)
      },
    }
  },
}

/** Throws where the answer makes no sense. */
function readAnswer(answer: unknown, text: string): Inspection {
  if (typeof answer !== 'object' || answer === null) throw nonsense('it is no object')
  const { score, blocked, category, matches, reason } = answer as Record<string, unknown>
  const found = readMatches(matches ?? [], text)
  const said = readReason(reason)
  const named = category === undefined || category === null ? null : readCategory(category)
  if (score === undefined && typeof blocked !== 'boolean') throw nonsense('`score` or `blocked` is missing')
  const whole = score === undefined ? Number(blocked) : readScore(score)
  if (found.length === 0) return wholeText(whole, named ?? 'service', said)
  const inspection = foundMatches(found, said)
  return { ...inspection, category: named ?? inspection.category }
}

function readMatches(value: unknown, text: string): GuardMatch[] {
  if (!Array.isArray(value)) throw nonsense('`matches` is no list')
  const matches = value.map((each: unknown) => {
    if (typeof each !== 'object' || each === null) throw nonsense('a match is no object')
    const { start, end, category = 'service', score = 1 } = each as Record<string, unknown>
    if (!Number.isInteger(start) || !Number.isInteger(end)) throw nonsense('a match has no `start` and `end`')
    const match = {
      start: start as number,
      end: end as number,
      category: readCategory(category),
      score: readScore(score),
    }
    if (match.start < 0 || match.end <= match.start || match.end > text.length)
      throw nonsense('a match is outside the text')
    return match
  })
  return unite(matches)
}

function readScore(value: unknown): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= 1)) throw nonsense('a score is not from 0 to 1')
  return value
}

function readCategory(value: unknown): string {
  if (typeof value !== 'string' || !CATEGORY.test(value)) throw nonsense('a category is no short name')
  return value
}

function readReason(value: unknown): string {
  if (value === undefined || value === null) return 'The service said so.'
  if (typeof value !== 'string') throw nonsense('`reason` is no text')
  return value.slice(0, LONGEST_REASON).toWellFormed()
}

function nonsense(what: string): Error {
  return new Error(`the guardrail service answered nonsense: ${what}`)
}
