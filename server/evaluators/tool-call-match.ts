import type { EvaluatorKind, Reference, Score, ToolCallView, ToolView } from '../core/evaluation.ts'
import { choiceOption, numberOption } from '../core/options.ts'
import { CallChecker } from './tools/check-arguments.ts'
import { countMatches, type ExpectedCall, MOST_CALLS, readArguments } from './tools/match-calls.ts'

/**
 * Whether the reply calls the right tools. Against expected calls the score is F1: twice the matched calls over the expected
 * and the made ones together, 1 where there are none of either. Without any, it is the share of the calls that name a tool of
 * the request and keep to its schema.
 */
export const toolCallMatch: EvaluatorKind = {
  id: 'tool-call-match',
  description:
    'The reply calls the expected tools with the expected arguments, or at least tools that there are, by their schema.',
  options: {
    expected:
      'calls that should be made, each as `{ name, arguments }`, without `arguments` where any will do; where none are given, the reference’s',
    arguments:
      '`subset` (default): what is expected is there, more members may be; `exact`; or `names`: any arguments will do',
    order: '`any` (default) or `same`',
    threshold: 'the score to pass, 0..1; 1 where none is given',
  },
  create(options) {
    const fixed = options.expected === undefined ? null : readExpected(options.expected)
    const rule = choiceOption(options, 'arguments', ['subset', 'exact', 'names'])
    const order = choiceOption(options, 'order', ['any', 'same'])
    const threshold = numberOption(options, 'threshold', 0, 1, 1)
    const checker = new CallChecker()
    return {
      kind: 'tool-call-match',
      cost: 'process',
      score({ reply: { toolCalls }, request, reference }) {
        const expected = fixed ?? expectedBy(reference)
        if (expected === null) return checkAll(toolCalls, request.tools, { checker, threshold })
        const matched = countMatches(expected, toolCalls, { rule, order })
        const calls = expected.length + toolCalls.length
        const score = calls === 0 ? 1 : (2 * matched) / calls
        return {
          score,
          passed: score >= threshold,
          reason: `Of ${expected.length} expected tool calls ${matched} ${matched === 1 ? 'is' : 'are'} among the ${toolCalls.length} made.`,
        }
      },
    }
  },
}

function checkAll(
  calls: readonly ToolCallView[],
  tools: readonly ToolView[],
  { checker, threshold }: { checker: CallChecker; threshold: number },
): Score | null {
  if (calls.length === 0 || tools.length === 0) return null
  const checks = calls.slice(0, MOST_CALLS).map((call) => checker.check(call, tools))
  const count = (...kinds: readonly string[]) => checks.filter((each) => kinds.includes(each)).length
  const right = count('right')
  const unknown = count('unknown')
  // Nothing is said of those that could not be checked.
  const judged = checks.length - unknown
  if (judged === 0) return null
  const score = right / judged
  const reason =
    right === judged
      ? 'Every tool call names a tool of the request and keeps to its schema.'
      : `Of ${judged} tool calls, ${count('unknown-tool')} name no tool of the request and ${count('no-json', 'breaks-schema')} break its schema.`
  return { score, passed: score >= threshold, reason }
}

function expectedBy(reference: Reference | null): ExpectedCall[] | null {
  return reference?.toolCalls?.map((call) => ({ name: call.name, arguments: readArguments(call.arguments) })) ?? null
}

function readExpected(value: unknown): ExpectedCall[] {
  const isCall = (each: unknown): each is { name: string; arguments?: unknown } =>
    typeof each === 'object' && each !== null && 'name' in each && typeof each.name === 'string' && each.name !== ''
  if (!Array.isArray(value) || value.length > MOST_CALLS || !value.every(isCall))
    throw new TypeError(`\`expected\` must be a list of at most ${MOST_CALLS} calls, each with a \`name\``)
  return value.map((call) => ({
    name: call.name,
    arguments: typeof call.arguments === 'string' ? readArguments(call.arguments) : call.arguments,
  }))
}
