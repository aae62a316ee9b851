import type { Finding } from '../core/policy.ts'
import type { ExplainedTarget, Explanation } from '../http/admin/explain-schemas.ts'
import { dollars, indented, milliseconds, page, pairs, table, valueText } from './format.ts'

const ACTIONS: Readonly<Record<ExplainedTarget['action'], string>> = {
  call: 'called',
  standby: 'if those before fail',
  skip: 'skipped',
  fail: 'cannot be called',
  unused: 'not reached',
}
/** Columns of numbers in the table of targets. */
const NUMBERS = new Set([0, 5, 6, 7, 8])

/** An explanation for a terminal; `home` is the folder that has no running gateway where there is none. */
export function explanationText(explanation: Explanation, home: string): string {
  const { conditions, targets, settings, cache, idempotency, budget } = explanation
  const lines = [
    ...headOf(explanation, home),
    ...(conditions.length === 0 ? [] : section('Conditions, the first that holds decides', conditionLines(conditions))),
    ...section('Targets in the order in which they would be tried', targetLines(targets, settings.quality_bar)),
    ...section('Facts', pairs(explanation.facts)),
    ...section('Settings', pairs(settings)),
    ...section(
      'Further',
      pairs({
        cache: cacheWords(cache),
        'cache key': cache.key,
        idempotency: idempotency && `${milliseconds(idempotency.lifetime_ms)}, by ${idempotency.scope}`,
        'retries left': budget.retry_tokens === null ? null : Math.floor(budget.retry_tokens),
        guardrails: explanation.guardrails.length === 0 ? 'none' : explanation.guardrails,
      }),
    ),
  ]
  return page(lines)
}

function cacheWords({ mode, passed_by: passedBy, tenant, partition, namespace }: Explanation['cache']): string {
  if (passedBy !== null) return `${mode}, but not for this request: ${passedBy}`
  const shared = [tenant, partition, namespace].filter((name) => name !== null)
  return shared.length === 0 ? mode : `${mode}, shared by ${shared.join(' / ')}`
}

function headOf(explanation: Explanation, home: string): string[] {
  const { route, would_call: called, strategy, reason, surface, dialect, stream, revision } = explanation
  return [
    called === null ? 'No target could be called.' : `Would call ${called}`,
    `  route ${route}, ${strategy === reason ? strategy : `${strategy}: ${reason}`}`,
    `  ${surface} (${dialect})${stream ? ', streamed' : ''}, revision ${revision}`,
    ...(explanation.live
      ? []
      : [`  By the config alone: no gateway runs on ${home}, so there are no breakers, latencies, scores and queues.`]),
  ]
}

function section(title: string, lines: readonly string[]): string[] {
  return ['', title, ...indented(lines)]
}

function conditionLines(conditions: Explanation['conditions']): string[] {
  return conditions.flatMap(({ index, matched, findings, targets }) => [
    `${mark(matched)} when[${index}] → ${targets.join(', ')}`,
    ...indented(
      findings.flatMap((finding) => findingLines(finding as Finding)),
      4,
    ),
  ])
}

function findingLines({ fact, operator, operand, value, passed, tests }: Finding): string[] {
  if (tests) return [`${mark(passed)} ${fact}`, ...indented(tests.flatMap(findingLines))]
  const here = value === undefined || value === null ? 'nothing' : JSON.stringify(value)
  return [`${mark(passed)} ${fact} ${operator} ${JSON.stringify(operand)}, here ${here}`]
}

function targetLines(targets: Explanation['targets'], bar: unknown): string[] {
  const head = ['#', 'target', 'would be', 'standing', 'format', 'p50', 'p95', 'answers', 'cost', 'queue', 'why']
  const [titles, ...rows] = table([head, ...targets.map(targetRow)], NUMBERS)
  return [titles!, ...rows.flatMap((row, index) => [row, ...indented(remarksOf(targets[index]!, bar), 3)])]
}

function targetRow(target: ExplainedTarget): string[] {
  const { running, waiting, limit } = target.queue
  return [
    String(target.position + 1),
    `${target.provider}/${target.model}`,
    ACTIONS[target.action],
    target.standing,
    formatOf(target),
    milliseconds(target.p50_ms),
    milliseconds(target.p95_ms),
    String(target.samples),
    dollars(target.expected_cost_usd),
    `${running}${limit === null ? '' : ` of ${limit}`}${waiting === 0 ? '' : `, ${waiting} waiting`}`,
    target.why,
  ]
}

function formatOf({ dialect, passes, estimated }: ExplainedTarget): string {
  if (dialect === null) return '-'
  if (estimated) return 'estimated by the gateway'
  return passes ? `${dialect}, bytes as they are` : `${dialect}, translated`
}

function remarksOf(
  { standing_why: why, until, lossy, problem, score, queue }: ExplainedTarget,
  bar: unknown,
): string[] {
  return [
    ...(why === null ? [] : [`${why}${until === null ? '' : `, until ${until}`}`]),
    ...(score === null ? [] : [`score ${scoreText(score)}${bar === null ? '' : `, the route asks for ${bar}`}`]),
    ...(queue.wait_ms === 0 ? [] : [`would wait about ${milliseconds(queue.wait_ms)}`]),
    ...(lossy.length === 0 ? [] : [`loses ${lossy.join(', ')}`]),
    ...(problem === null ? [] : [problem]),
  ]
}

function scoreText({ mean, lower, upper, samples }: NonNullable<ExplainedTarget['score']>): string {
  const [low, high] = [lower, upper].map((bound) => bound.toFixed(2))
  return `${mean === null ? '-' : mean.toFixed(2)} (${low} to ${high}) of ${valueText(samples)}`
}

function mark(passed: boolean): string {
  return passed ? '✓' : '✗'
}
