import type { ChatRequest, Reasoning } from '../../core/request.ts'
import type { Lost } from '../lost.ts'
import { refuse } from '../members.ts'

const LEVELS = ['low', 'medium', 'high', 'max'] as const

/** `think`: a switch, or a level. https://docs.ollama.com/capabilities/thinking Throws `invalid_request`. */
export function readThink(value: unknown): Reasoning | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (value === false) return { effort: 'none' }
  // How much is then the model's to decide; what it thought comes along.
  if (value === true) return { effort: 'adaptive', show: true }
  const level = LEVELS.find((candidate) => candidate === value)
  if (level === undefined) throw refuse('think', 'true, false, `low`, `medium`, `high` or `max`', value)
  return { effort: level, show: true }
}

/** Levels for OpenAI's words; older versions do not know `max`, so that only a client that says it gets it. */
const LEVEL_OF = { minimal: 'low', low: 'low', medium: 'medium', high: 'high', xhigh: 'high', max: 'high' } as const

/** The `think` of a request; `undefined` leaves it to the model. */
export function writeThink(request: ChatRequest, lost: Lost): boolean | string | undefined {
  const { effort, budget, show } = request.reasoning ?? {}
  if (budget !== undefined) lost.add('reasoning')
  if (effort === 'none') return false
  if (effort === 'adaptive' || (effort === undefined && (budget !== undefined || show))) return true
  if (effort === undefined) return undefined
  return effort === 'max' && request.dialect.startsWith('ollama') ? 'max' : LEVEL_OF[effort]
}
