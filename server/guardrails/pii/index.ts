import type { Guardrail, GuardrailKind } from '../../core/guardrail.ts'
import { foundKinds } from '../inspection.ts'
import { scanner } from './scan.ts'
import { PII_TYPES } from './types.ts'

export { PII_TYPES, type PiiType } from './types.ts'

const IDS = PII_TYPES.map(({ id }) => id)

/** Personal data in a text: what it is and where. How it is redacted is the pipeline's. */
export const pii: GuardrailKind = {
  kind: 'pii',
  description:
    'Finds personal data: contact details, account and identity numbers, and, best effort, names and places.',
  stages: ['pre', 'context', 'post'],
  actions: ['redact', 'block', 'warn', 'escalate'],
  threshold: 0.5,
  cost: 'process',
  options: {
    types: {
      description: 'Types to look for; `all` for every one. Those with a format, but for web addresses, where absent.',
      schema: {
        anyOf: [{ const: 'all' }, { type: 'array', items: { enum: IDS }, minItems: 1, uniqueItems: true }],
      },
    },
    regions: {
      description:
        'Countries (ISO 3166-1, e.g. `DE`) whose phone and identity numbers are known without words near them.',
      schema: { type: 'array', items: { type: 'string', pattern: '^[A-Z]{2}$' }, uniqueItems: true },
    },
    allow: {
      description: 'Values, or domains of e-mail and web addresses, that are never touched. Case does not matter.',
      schema: { type: 'array', items: { type: 'string', minLength: 1 }, uniqueItems: true },
    },
  },
  create(options): Guardrail {
    const { find, settled, lookBehind } = scanner({
      types: typesOf(options.types),
      regions: new Set(listOf(options.regions, 'regions', /^[A-Z]{2}$/)),
      allow: listOf(options.allow, 'allow', /./),
    })
    return {
      kind: 'pii',
      takes: 'each',
      inspect: ({ text }) => foundKinds(find(text), 'Personal data'),
      incremental: { lookBehind, settled },
    }
  },
}

function typesOf(value: unknown): ReadonlySet<string> {
  if (value === undefined) return new Set(PII_TYPES.filter(({ standard }) => standard).map(({ id }) => id))
  if (value === 'all') return new Set(IDS)
  const types = listOf(value, 'types', /./)
  const unknown = types.find((type) => !IDS.includes(type))
  if (unknown !== undefined) throw new TypeError(`\`types\` knows no ${unknown}; it knows ${IDS.join(', ')}`)
  return new Set(types)
}

function listOf(value: unknown, name: string, form: RegExp): string[] {
  if (value === undefined) return []
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string' && form.test(each)))
    throw new TypeError(`\`${name}\` must be a list of texts that match ${form.source}`)
  return value
}
