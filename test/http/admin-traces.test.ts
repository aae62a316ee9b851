import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { AdminError, type RequestRow, type SpanRow, Trace } from '../../server/http/admin/schemas.ts'
import { startFakeUpstream } from '../support/fake-upstream.ts'
import { ask, backed, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'
import { askAdmin, assertFits } from './admin.ts'
import { until } from './until.ts'

let gateway: TestGateway
before(async () => {
  gateway = await startGateway(routesConfig({}, { default: ['sandbox/echo'], backed: backed('fail-503', 'lorem') }))
})
after(() => gateway.stop())

async function traceOf(reply: Response): Promise<Trace> {
  await reply.text()
  const id = reply.headers.get('x-gatehouse-trace-id')!
  return until(`trace ${id} is stored`, async () => {
    const answer = await askAdmin(gateway, `traces/${id}`)
    const body = (await answer.json()) as Trace
    if (answer.status === 404) return null
    assertFits(Trace, body, id)
    return body
  })
}

const named = (trace: Trace, name: string): SpanRow => {
  const span = trace.spans.find((candidate) => candidate.name === name)
  assert.ok(span, `there is no span "${name}" among ${trace.spans.map((each) => each.name).join(', ')}`)
  return span
}

test('a trace is one SERVER span with the route and each attempt as its children', async () => {
  const trace = await traceOf(await gateway.chat(ask('backed')))
  const root = named(trace, 'POST /v1/chat/completions')
  assert.equal(root.kind, 'SERVER')
  assert.equal(root.parent_span_id, null)
  const children = ['route backed', 'chat fail-503', 'chat lorem'].map((name) => named(trace, name))
  assert.deepEqual(
    children.map((span) => [span.kind, span.parent_span_id]),
    [
      ['INTERNAL', root.span_id],
      ['CLIENT', root.span_id],
      ['CLIENT', root.span_id],
    ],
  )
  assert.equal(trace.spans.length, 4)
  assert.equal(new Set(trace.spans.map((span) => span.span_id)).size, 4)
  for (const span of trace.spans) {
    assert.match(span.span_id, /^[0-9a-f]{16}$/)
    assert.ok(span.end_ms >= span.start_ms, span.name)
    assert.ok(span.start_ms >= root.start_ms && span.end_ms <= root.end_ms + 1, span.name)
  }
  assert.equal(trace.requests.length, 1)
  assert.equal(trace.requests[0]!.trace_id, trace.trace_id)
})

test('a failed attempt is an error, and the request that was answered after it is none', async () => {
  const trace = await traceOf(await gateway.chat(ask('backed')))
  const failed = named(trace, 'chat fail-503')
  assert.equal(failed.status, 'error')
  assert.match(failed.status_message ?? '', /503/)
  assert.equal(failed.attributes['error.type'], 'upstream_error')
  assert.notEqual(named(trace, 'chat lorem').status, 'error')
  assert.notEqual(named(trace, 'POST /v1/chat/completions').status, 'error')
})

test('an attempt is described in the words of OpenTelemetry, of its older form, and of OpenInference', async () => {
  const trace = await traceOf(await gateway.chat(ask('default'), { 'x-session-id': 'task-9' }))
  const { attributes } = named(trace, 'chat echo')
  const row = trace.requests[0]!
  const expected = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'gatehouse.sandbox',
    'gen_ai.system': 'gatehouse.sandbox',
    'gen_ai.request.model': 'echo',
    'gen_ai.response.model': 'echo',
    'gen_ai.response.finish_reasons': ['stop'],
    'gen_ai.usage.input_tokens': row.input_tokens,
    'gen_ai.usage.output_tokens': row.output_tokens,
    'gen_ai.conversation.id': 'task-9',
    'llm.model_name': 'echo',
    'llm.token_count.prompt': row.input_tokens,
    'llm.token_count.completion': row.output_tokens,
    'llm.token_count.total': row.input_tokens! + row.output_tokens!,
    'openinference.span.kind': 'LLM',
    'gateway.synthetic': true,
    'gateway.provider': 'sandbox',
  }
  for (const [name, value] of Object.entries(expected)) assert.deepEqual(attributes[name], value, name)
})

test('token counts and cost stand on the spans of attempts and nowhere else', async () => {
  const trace = await traceOf(await gateway.chat(ask('backed')))
  for (const span of trace.spans) {
    const counts = Object.keys(span.attributes).filter((name) => /token|usage|cost/.test(name))
    if (span.name !== 'chat lorem') assert.deepEqual(counts, [], span.name)
    else assert.ok(counts.length >= 5, counts.join())
  }
})

test('no attribute is an object: whatever is one travels as JSON text', async () => {
  const trace = await traceOf(await gateway.chat(ask('default')))
  for (const span of trace.spans)
    for (const [name, value] of Object.entries(span.attributes)) {
      const flat = Array.isArray(value) ? value.every((item) => typeof item !== 'object') : typeof value !== 'object'
      assert.ok(flat, `${span.name} ${name}`)
    }
  assert.doesNotThrow(() => JSON.parse(String(named(trace, 'chat echo').attributes['gateway.usage.raw'])))
})

test('the first content of a stream is an event of its attempt', async () => {
  const trace = await traceOf(await gateway.chat(ask('default', 'one two', { stream: true })))
  const span = named(trace, 'chat echo')
  assert.deepEqual(
    span.events.map(({ name }) => name),
    ['first_token'],
  )
  const [event] = span.events
  assert.ok(event!.time_ms >= span.start_ms && event!.time_ms <= span.end_ms)
  assert.ok(trace.requests[0]!.ttft_ms! > 0)
})

const CALLER = { trace: '4bf92f3577b34da6a3ce929d0e0e4736', span: '00f067aa0ba902b7' }

test('a request joins the trace of its caller, whatever the flags say, together with later ones', async () => {
  for (const flags of ['01', '00'])
    await traceOf(await gateway.chat(ask('default'), { traceparent: `00-${CALLER.trace}-${CALLER.span}-${flags}` }))
  const trace = await until('both requests are stored', async () => {
    const body = (await (await askAdmin(gateway, `traces/${CALLER.trace}`)).json()) as Trace
    return body.requests.length === 2 && body
  })
  const roots = trace.spans.filter((span) => span.kind === 'SERVER')
  assert.equal(roots.length, 2)
  for (const root of roots) assert.equal(root.parent_span_id, CALLER.span)
  const [older, newer] = trace.requests as [RequestRow, RequestRow]
  assert.ok(older.request_id < newer.request_id)
})

test('a malformed traceparent is ignored', async () => {
  const { trace, span } = CALLER
  const malformed = [
    '',
    'rubbish',
    `00-${trace}-${span}`,
    `00-${'0'.repeat(32)}-${span}-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `ff-${trace}-${span}-01`,
    `00-${trace.toUpperCase()}-${span}-01`,
    `00-${trace.slice(1)}-${span}-01`,
    `00-${trace}-${span}-1`,
    `00-${trace}-${span}-01.`,
    // Version 00 has four parts; only a later version may have more.
    `00-${trace}-${span}-01-more`,
    `${trace}-${span}-01`,
  ]
  for (const traceparent of malformed) {
    const reply = await gateway.chat(ask('default'), { traceparent })
    assert.equal(reply.status, 200, traceparent)
    const id = reply.headers.get('x-gatehouse-trace-id')
    assert.match(id ?? '', /^[0-9a-f]{32}$/, traceparent)
    assert.notEqual(id, trace, traceparent)
    await reply.text()
  }
  const later = await gateway.chat(ask('default'), { traceparent: `01-${trace.replace('4', '5')}-${span}-01-more` })
  assert.equal(later.headers.get('x-gatehouse-trace-id'), trace.replace('4', '5'))
})

test('an upstream of the user’s own gets the trace with the id of its attempt; a vendor does not', async (t) => {
  const reply = '{"choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}]}'
  const upstream = await startFakeUpstream(() => ({ chunks: [reply] }))
  const own = { kind: 'vllm', base_url: upstream.url }
  const vendor = { kind: 'groq', base_url: upstream.url, api_key: '${env:GROQ_KEY}' }
  const other = await startGateway(routesConfig({ own, vendor }, { own: ['own/m'], vendor: ['vendor/m'] }), {
    environment: { GROQ_KEY: 'gsk_abcdefghijk' },
  })
  t.after(() => Promise.all([other.stop(), upstream.close()]))
  await other.chat(ask('own'), { traceparent: `00-${CALLER.trace}-${CALLER.span}-01` })
  await other.chat(ask('vendor'), { traceparent: `00-${CALLER.trace}-${CALLER.span}-01` })
  const rows = await other.stored(2)
  const { spans } = await other.admin<Trace>(`traces/${CALLER.trace}`)
  assert.equal(rows.length, 2)
  const attempt = spans.find((span) => span.kind === 'CLIENT' && span.attributes['gateway.provider'] === 'own')!
  assert.equal(upstream.seen[0]!.headers.traceparent, `00-${CALLER.trace}-${attempt.span_id}-01`)
  assert.equal(upstream.seen[1]!.headers.traceparent, undefined)
})

test('a trace that is not there is 404', async () => {
  const reply = await askAdmin(gateway, `traces/${'a'.repeat(32)}`)
  assert.equal(reply.status, 404)
  assertFits(AdminError, await reply.json(), 'missing trace')
})
