import type { ChatDialectId } from '../core/dialect-id.ts'
import type { ChatRequest, Reasoning, ToolChoice } from '../core/request.ts'
import { type ClaudeModel, EFFORTS, type Effort } from './claude-models.ts'
import type { Lost } from './lost.ts'
import type { Json } from './members.ts'
import { isLoopSigned, type Turn } from './turns.ts'

/** What a request asks of a Claude model, in the words and within the limits of that model. */
export interface ClaudeSettings {
  /** As the client asked, or what the thoughts need room for; absent where neither says anything. */
  maxTokens?: number
  /** Anthropic's `thinking`. */
  thinking?: Json
  /** Anthropic's `output_config.effort`. */
  effort?: Effort
  temperature?: number
  topP?: number
  topK?: number
  toolChoice?: ToolChoice
}

/** Who asks: the dialect whose state is valid at this upstream, and whether the client spoke it as well. */
export interface Asked {
  request: ChatRequest
  turns: readonly Turn[]
  issuer: ChatDialectId
  /** The client's own words were Anthropic's, so what it left unsaid was left unsaid on purpose. */
  own: boolean
}

/**
 * Thinking budgets for efforts, where a model has no efforts. Ours: Anthropic gives only the least (1024) and that more
 * than 32k is seldom of use (https://platform.claude.com/docs/en/build-with-claude/extended-thinking).
 */
const BUDGETS = { minimal: 1024, low: 4096, medium: 8192, high: 16384, xhigh: 24576, max: 32000 } as const
const LEAST_BUDGET = 1024
/** Tokens that a reply keeps for itself when a budget has to fit below `max_tokens`. */
const ROOM = 1024
/** Tokens for the reply on top of a budget, where the client set no limit. */
const REPLY = 8192

/** `null` stands for a model that is no Claude: it is asked as older Claude models are, which most servers follow. */
export function claudeSettings(asked: Asked, model: ClaudeModel | null, lost: Lost): ClaudeSettings {
  const thought = think(asked, model, lost)
  return {
    ...thought,
    ...sampling(asked.request, model, thought, lost),
    ...choice(asked.request, model, thought, lost),
  }
}

type Thought = Pick<ClaudeSettings, 'thinking' | 'effort' | 'maxTokens'>

function think(asked: Asked, model: ClaudeModel | null, lost: Lost): Thought {
  const { reasoning, sampling } = asked.request
  const limit = sampling.maxTokens === undefined ? {} : { maxTokens: sampling.maxTokens }
  if (reasoning === undefined) return limit
  const wanted = wantedOf(reasoning)
  if (wanted === 'off') return { ...limit, ...withoutThoughts(asked, model, lost) }
  if (wanted === 'unsaid') {
    const shown = reasoning.show && model?.thinksUnasked
    return shown ? { ...limit, thinking: { type: 'adaptive', ...display(asked, reasoning) } } : limit
  }
  if (model?.thinking === 'none') {
    lost.add('reasoning')
    return limit
  }
  const levels = model?.efforts ?? EFFORTS
  const effort = reasoning.effort === undefined ? undefined : levelOf(reasoning.effort, levels)
  const onlyEffort = asked.own && reasoning.show === undefined && reasoning.budget === undefined
  if (onlyEffort && effort) return { ...limit, effort }
  if (isAdaptive(asked, model, reasoning)) {
    if (reasoning.budget !== undefined && reasoning.budget > 0) lost.add('thinking_budget')
    const level = effort ?? levelOf(effortFor(reasoning.budget), levels)
    return {
      ...limit,
      thinking: { type: 'adaptive', ...display(asked, reasoning) },
      ...(level ? { effort: level } : {}),
    }
  }
  const budgeted = withBudget(asked, model, reasoning, lost)
  return { ...limit, ...budgeted, ...(asked.own && effort && budgeted.thinking ? { effort } : {}) }
}

/** A budget of 0 is Gemini's word for no thinking, a negative one for as much as the model likes. */
function wantedOf({ effort, budget }: Reasoning): 'off' | 'on' | 'unsaid' {
  if (effort === 'none' || (effort === undefined && budget === 0)) return 'off'
  return effort === undefined && budget === undefined ? 'unsaid' : 'on'
}

function withoutThoughts(asked: Asked, model: ClaudeModel | null, lost: Lost): Thought {
  if (model === null) return { thinking: { type: 'disabled' } }
  if (model.thinking === 'none') return {}
  if (model.off === null) {
    lost.add('reasoning')
    return { effort: 'low' }
  }
  return asked.own || model.thinksUnasked ? { thinking: { type: model.off } } : {}
}

function isAdaptive(asked: Asked, model: ClaudeModel | null, { effort, budget }: Reasoning): boolean {
  if (model === null) return asked.own && budget === undefined && effort !== undefined
  if (model.thinking === 'either') return budget === undefined || budget < 0
  return model.thinking === 'adaptive'
}

/** Thoughts with a budget. Left out where they do not fit below the client's limit, or would be refused. */
function withBudget(asked: Asked, model: ClaudeModel | null, reasoning: Reasoning, lost: Lost): Thought {
  const { maxTokens } = asked.request.sampling
  const said = reasoning.budget !== undefined && reasoning.budget > 0 ? reasoning.budget : null
  const most = model === null ? Number.POSITIVE_INFINITY : model.mostTokens - ROOM
  const wanted = Math.min(Math.max(said ?? budgetOf(reasoning.effort), LEAST_BUDGET), most)
  // With interleaved thinking a client of Anthropic's may well set a budget above its limit.
  const fits = maxTokens === undefined || (asked.own && said !== null) ? wanted : Math.min(wanted, maxTokens - ROOM)
  if (fits < LEAST_BUDGET || !isLoopSigned(asked.turns, asked.issuer)) {
    lost.add('reasoning')
    return {}
  }
  const thinking = { type: 'enabled', budget_tokens: fits, ...display(asked, reasoning) }
  return maxTokens === undefined ? { thinking, maxTokens: Math.min(fits + REPLY, most + ROOM) } : { thinking }
}

/**
 * Newer models leave the thoughts' text out where they are not asked for it
 * (https://platform.claude.com/docs/en/build-with-claude/thinking#controlling-thinking-display).
 */
function display({ own }: Asked, { show }: Reasoning): Json {
  if (show === 'omitted' || show === false) return { display: 'omitted' }
  if (show === undefined || (own && show === true)) return {}
  return { display: own && typeof show === 'string' ? show : 'summarized' }
}

function budgetOf(effort: Reasoning['effort']): number {
  // Anthropic's default where the model is to judge is a high effort.
  return effort === undefined || effort === 'adaptive' || effort === 'none' ? BUDGETS.high : BUDGETS[effort]
}

function effortFor(budget: number | undefined): Reasoning['effort'] {
  if (budget === undefined || budget < 0) return 'adaptive'
  return EFFORTS.find((effort) => budget <= BUDGETS[effort]) ?? 'max'
}

/** The level that is wanted, or the next lower one that the model has. */
function levelOf(effort: Reasoning['effort'], levels: readonly Effort[]): Effort | undefined {
  if (effort === undefined || effort === 'none' || effort === 'adaptive') return undefined
  const wanted = effort === 'minimal' ? 0 : EFFORTS.indexOf(effort)
  return levels.findLast((level) => EFFORTS.indexOf(level) <= wanted) ?? levels[0]
}

/**
 * Newer models refuse every setting that is not the default; older ones while they think, and some take only one of
 * temperature and top_p. Anthropic's temperature ends at 1, OpenAI's at 2.
 */
function sampling({ sampling }: ChatRequest, model: ClaudeModel | null, { thinking }: Thought, lost: Lost) {
  const { temperature, topP, topK } = sampling
  if (model === null) return picked({ temperature, topP, topK })
  const fixed = model.sampling === 'none'
  const thinks = isOn(thinking)
  const capped = temperature === undefined ? undefined : Math.min(temperature, 1)
  const keepTemperature = !fixed && (!thinks || capped === 1)
  const keepTopP =
    !fixed && (!thinks || (topP ?? 1) >= 0.95) && (model.sampling === 'all' || !keepTemperature || capped === undefined)
  const keepTopK = !fixed && !thinks
  if (temperature !== undefined && (capped !== temperature || (!keepTemperature && capped !== 1)))
    lost.add('temperature')
  if (topP !== undefined && topP !== 1 && !keepTopP) lost.add('top_p')
  if (topK !== undefined && !keepTopK) lost.add('top_k')
  return picked({
    temperature: keepTemperature ? capped : undefined,
    topP: keepTopP ? topP : undefined,
    topK: keepTopK ? topK : undefined,
  })
}

/** A call of a tool cannot be forced while a model thinks with a budget, nor on the newest models at all. */
function choice({ toolChoice }: ChatRequest, model: ClaudeModel | null, { thinking }: Thought, lost: Lost) {
  if (toolChoice === undefined) return {}
  const forced = toolChoice.mode === 'required' || toolChoice.mode === 'tool'
  if (!forced || (thinking?.type !== 'enabled' && model?.forcedTools !== false)) return { toolChoice }
  lost.add('tool_choice')
  return { toolChoice: { mode: 'auto' as const } }
}

function isOn(thinking: Json | undefined): boolean {
  return thinking?.type === 'enabled' || thinking?.type === 'adaptive'
}

function picked(members: Record<'temperature' | 'topP' | 'topK', number | undefined>) {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Pick<
    ClaudeSettings,
    'temperature' | 'topP' | 'topK'
  >
}
