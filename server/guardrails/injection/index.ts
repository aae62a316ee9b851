import type { Guardrail, GuardrailKind, GuardText, Inspection } from '../../core/guardrail.ts'
import { classify, classifyTyped, type HeadScore, SHIPPED_THRESHOLD } from './classifier.ts'

/** Text of the gateway's owner and the model's own says nothing about an attacker. */
const IGNORED = new Set(['system', 'assistant', 'tool-call', 'reply', 'reasoning'] as const)

/**
 * Finds orders to the model that are not the owner's: attacks that a user types, and instructions hidden in what tools,
 * documents and tool descriptions bring. A classifier of our own making; `resources/injection/MODEL_CARD.md` has what it
 * was trained on and what it finds.
 */
export const injection: GuardrailKind = {
  kind: 'injection',
  description: 'Prompt injection, jailbreaks and prompt extraction, typed or hidden in what tools and documents bring',
  stages: ['pre', 'context'],
  actions: ['block', 'warn', 'escalate', 'redact'],
  threshold: SHIPPED_THRESHOLD,
  cost: 'process',
  options: {},
  create(options) {
    const unknown = Object.keys(options)[0]
    if (unknown !== undefined) throw new TypeError(`\`injection\` has no option \`${unknown}\``)
    return guardrail
  },
}

const guardrail: Guardrail = {
  kind: 'injection',
  takes: 'each',
  ignores: IGNORED,
  inspect: ({ text, origin }: GuardText): Inspection => {
    if (origin === 'user') return inspection(classifyTyped(text))
    const { direct, indirect } = classify(text)
    return inspection(indirect.score >= direct.score ? indirect : { ...direct, matches: named(direct.matches) })
  },
}

/** An attack of any kind in third-party text is an indirect one. */
function named(matches: HeadScore['matches']): HeadScore['matches'] {
  return matches.map((match) => ({ ...match, category: 'indirect' }))
}

function inspection({ score, category, matches, view, family }: HeadScore): Inspection {
  if (matches.length === 0) return { score, category: null, matches: [] }
  const seen = view === null ? '' : ` after undoing ${view}`
  return {
    score,
    category: matches[0]?.category ?? category,
    matches,
    reason: `It reads like an attack on the model${seen}; what stands out is ${family}.`,
  }
}
