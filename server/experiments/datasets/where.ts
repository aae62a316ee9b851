import { LineCounter, parseDocument } from 'yaml'
import { compilePredicate, type Vocabulary } from '../../config/predicate.ts'
import { ProblemList } from '../../config/problems.ts'
import { GatewayError } from '../../core/errors.ts'
import { FACTS, type Facts, isFactPath } from '../../core/facts.ts'
import { TRACE_FACTS } from './trace-facts.ts'

/** A condition on stored requests: as in `when` of the config, or a term such as `status=200`, `score.relevancy<0.5`. */
export type Where = string | Readonly<Record<string, unknown>>

/** What is known of a request once it is answered. */
const STORED: Vocabulary = {
  isFact: (path) => isFactPath(path) || Object.hasOwn(TRACE_FACTS, path) || /^score\../.test(path),
  names: ['metadata.*', 'score.*', ...Object.keys(FACTS), ...Object.keys(TRACE_FACTS)],
}

const OPERATORS = { '>=': '$gte', '<=': '$lte', '!=': '$nin', '=': '$in', '>': '$gt', '<': '$lt', '~': '$regex' }
const EXAMPLES =
  'Terms are KEY=VALUE, KEY!=VALUE, KEY>N, KEY>=N, KEY<N, KEY<=N, KEY~REGEX, KEY (is there) and !KEY (is not).'

/** All must hold; none always does. Throws `invalid_request`. */
export function compileWhere(conditions: readonly Where[]): (facts: Facts) => boolean {
  const tests = conditions.map((condition) => compile(typeof condition === 'string' ? readTerm(condition) : condition))
  return (facts) => tests.every((matches) => matches(facts))
}

function compile(document: Readonly<Record<string, unknown>>): (facts: Facts) => boolean {
  const lines = new LineCounter()
  const parsed = parseDocument(JSON.stringify(document), { lineCounter: lines })
  const problems = new ProblemList(parsed, lines)
  const { matches } = compilePredicate(document, [], problems, STORED)
  const [problem] = problems.problems
  if (problem) throw refused(`\`where\`: ${problem.message}`, problem.suggestion ?? EXAMPLES)
  return matches
}

/** A term, or JSON as it stands in the config. */
function readTerm(text: string): Record<string, unknown> {
  const term = text.trim()
  if (term.startsWith('{')) return readObject(term)
  if (term.startsWith('!')) return { [keyOf(term.slice(1), text)]: { $exists: false } }
  const at = term.search(/[!<>=~]/)
  if (at < 0) return { [keyOf(term, text)]: { $exists: true } }
  const operator = (Object.keys(OPERATORS) as (keyof typeof OPERATORS)[]).find((known) => term.startsWith(known, at))
  if (operator === undefined) throw refused(`\`where\`: "${text}" is no term`, EXAMPLES)
  const value = term.slice(at + operator.length).trim()
  return { [keyOf(term.slice(0, at), text)]: { [OPERATORS[operator]]: operandOf(operator, value) } }
}

function keyOf(text: string, term: string): string {
  const key = text.trim()
  if (key === '') throw refused(`\`where\`: "${term}" names no fact`, EXAMPLES)
  return key
}

/** What is written as a number or a truth value may have been sent as one, or as a text. */
function operandOf(operator: keyof typeof OPERATORS, value: string): unknown {
  const number = value === '' ? Number.NaN : Number(value)
  if (operator === '~') return value
  if (operator !== '=' && operator !== '!=') return Number.isFinite(number) ? number : value
  if (Number.isFinite(number)) return [value, number]
  return value === 'true' || value === 'false' ? [value, value === 'true'] : [value]
}

function readObject(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch (error) {
    throw refused(`\`where\`: ${text.slice(0, 60)} is no JSON`, (error as Error).message)
  }
}

function refused(message: string, hint: string): GatewayError {
  return new GatewayError('invalid_request', `${message}.`, { hint, param: 'where' })
}
