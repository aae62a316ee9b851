import type { ChatRequest, Reasoning } from '../../core/request.ts'
import type { Lost } from '../lost.ts'
import { asBoolean, asNumber, asText, type Json } from '../members.ts'
import { budgetLimits, nearestLevel, type ThinkingLevel, thinkingControl } from './models.ts'

type Effort = NonNullable<Reasoning['effort']>

const PATH = 'generationConfig.thinkingConfig'

/** Levels for OpenAI's words. Turning it off is not possible on every model, so `none` is the least there is. */
const LEVEL_OF: Readonly<Record<Exclude<Effort, 'adaptive'>, ThinkingLevel>> = {
  none: 'minimal',
  minimal: 'minimal',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'high',
  max: 'high',
}

/** Tokens for OpenAI's words as Google itself maps them: https://ai.google.dev/gemini-api/docs/openai#thinking */
const BUDGET_OF: Readonly<Record<Exclude<Effort, 'adaptive' | 'none'>, number>> = {
  minimal: 1024,
  low: 1024,
  medium: 8192,
  high: 24_576,
  xhigh: 24_576,
  max: 24_576,
}

/** A thinking config that asks for something, with the members that have no place in the canonical model. */
export function readThinking(config: Json): { reasoning?: Reasoning; rest: Json } {
  const { thinkingLevel, thinkingBudget, includeThoughts, ...rest } = config
  const reasoning: Reasoning = {}
  const level = asText(thinkingLevel, `${PATH}.thinkingLevel`)?.toLowerCase()
  const budget = asNumber(thinkingBudget, `${PATH}.thinkingBudget`)
  const show = asBoolean(includeThoughts, `${PATH}.includeThoughts`)
  if (level === 'minimal' || level === 'low' || level === 'medium' || level === 'high') reasoning.effort = level
  else if (budget === 0) reasoning.effort = 'none'
  else if (budget !== undefined && budget < 0) reasoning.effort = 'adaptive'
  if (budget !== undefined && budget > 0) reasoning.budget = budget
  if (show !== undefined) reasoning.show = show
  return Object.keys(reasoning).length === 0 ? { rest } : { reasoning, rest }
}

/**
 * The `thinkingConfig` of a request. A foreign client that asked for thinking in any way is also asked thoughts for:
 * its own dialect shows them where it can, and Gemini sends none unless told to.
 */
export function writeThinking(request: ChatRequest, model: string, lost: Lost): Json | undefined {
  const { reasoning } = request
  if (reasoning === undefined) return undefined
  const own = request.dialect === 'gemini'
  const amount = own ? ownAmount(reasoning) : foreignAmount(reasoning, model, lost)
  if (amount === null) return undefined
  const asked = reasoning.effort !== 'none' && (reasoning.effort !== undefined || reasoning.budget !== undefined)
  const show = reasoning.show === undefined ? asked && !own : Boolean(reasoning.show)
  const config = { ...amount, ...(show || (own && reasoning.show === false) ? { includeThoughts: show } : {}) }
  return Object.keys(config).length === 0 ? undefined : config
}

/** What a Gemini client asked for, in the words it used: it knows its model. */
function ownAmount({ effort, budget }: Reasoning): Json {
  if (effort === 'none') return { thinkingBudget: 0 }
  if (effort === 'adaptive') return { thinkingBudget: -1 }
  return {
    ...(effort === undefined ? {} : { thinkingLevel: effort }),
    ...(budget === undefined ? {} : { thinkingBudget: budget }),
  }
}

/** As much of it as this model takes; `null` when it cannot think at all. */
function foreignAmount({ effort, budget }: Reasoning, model: string, lost: Lost): Json | null {
  const control = thinkingControl(model)
  if (control === null) {
    if (effort !== 'none') lost.add('reasoning')
    return null
  }
  if (control === 'level') {
    const wanted = effort ?? (budget === undefined ? undefined : effortOf(budget))
    return wanted === undefined || wanted === 'adaptive' ? {} : { thinkingLevel: nearestLevel(model, LEVEL_OF[wanted]) }
  }
  const { least, most, off } = budgetLimits(model)
  if (effort === 'none') return { thinkingBudget: off ? 0 : least }
  const wanted = budget ?? (effort === undefined || effort === 'adaptive' ? undefined : BUDGET_OF[effort])
  if (wanted === undefined) return effort === 'adaptive' ? { thinkingBudget: -1 } : {}
  return { thinkingBudget: Math.min(most, Math.max(least, wanted)) }
}

function effortOf(budget: number): Exclude<Effort, 'adaptive'> {
  if (budget <= BUDGET_OF.low) return 'low'
  return budget <= BUDGET_OF.medium ? 'medium' : 'high'
}
