import { GatewayError } from '../core/errors.ts'
import { emptyTapState } from '../core/event-state.ts'
import type { Attempt, Inbound } from '../core/exchange.ts'
import { spliceMembers } from '../core/json-splice.ts'
import { setFormText } from '../core/multipart.ts'
import type { PlainDialect } from '../core/plain.ts'
import type { ProviderPolicy } from '../core/policy.ts'
import type { Provider, Send } from '../core/ports.ts'
import type { AttemptContext } from './context.ts'
import { noteLost, type Payload, spokenBy } from './payload.ts'
import { receivePlain } from './receive-plain.ts'
import { collectBody, parseJson } from './receive-whole.ts'

const JSON_TYPE = 'application/json'

/** Everything but chat: bytes pass where the provider speaks the format; embeddings and speech are translated. */
export function preparePlain(
  context: AttemptContext,
  client: PlainDialect,
  attempt: Attempt,
  provider: Provider,
  policy: ProviderPolicy,
): Payload {
  const spoken = spokenBy(provider, policy)
  if (spoken.includes(client.id)) return passOn(context.inbound, client, attempt)
  for (const id of spoken) {
    const upstream = context.deps.plains.get(id)
    if (upstream?.operation !== client.operation) continue
    const payload =
      translateEmbeddings(context, client, upstream, attempt) ?? translateSpeech(context, client, upstream, attempt)
    if (payload) return payload
  }
  if (client.estimate) return estimated(context.inbound, client.id, client.estimate)
  const message = `Provider ${policy.id} (${provider.kind}) does not offer ${client.operation}.`
  throw new GatewayError('operation_unsupported', message)
}

function passOn({ raw, json, head, form }: Inbound, client: PlainDialect, { target }: Attempt): Payload {
  const edit = () =>
    form
      ? setFormText(raw, form.boundary, 'model', target.model)
      : spliceMembers(raw, { model: JSON.stringify(target.model) })
  return {
    dialect: client.id,
    body: head.model === target.model ? raw : edit(),
    contentType: form?.contentType ?? JSON_TYPE,
    accept: '*/*',
    request: json,
    receive: (run, kept, headers) => receivePlain(run, kept, headers, client),
  }
}

function translateEmbeddings(
  context: AttemptContext,
  client: PlainDialect,
  upstream: PlainDialect,
  attempt: Attempt,
): Payload | null {
  const [from, to] = [client.embeddings, upstream.embeddings]
  if (!from?.readRequest || !from.writeReply || !to?.writeRequest || !to.readReply) return null
  const { readReply } = to
  const { writeReply } = from
  const request = from.readRequest(context.inbound.json)
  const { body, lost } = to.writeRequest(request, attempt.target.model)
  const own = Object.keys(request.extra).filter((name) => request.extra[name] !== null)
  noteLost(context, attempt, upstream.id, [...lost, ...own])
  return {
    dialect: upstream.id,
    body: JSON.stringify(body),
    contentType: JSON_TYPE,
    accept: JSON_TYPE,
    request: body,
    receive: (run, kept) =>
      collectBody(run, (bytes) => {
        const read = readReply(parseJson(bytes))
        // Cohere does not repeat the model.
        const reply = { ...read, model: read.model || attempt.target.model }
        run.note({ ...emptyTapState(), complete: true, model: reply.model, usage: reply.usage })
        const text = JSON.stringify(writeReply(reply, request))
        run.commit({ kind: 'whole', contentType: JSON_TYPE, headers: kept, body: Buffer.from(text) })
      }),
  }
}

function translateSpeech(
  context: AttemptContext,
  client: PlainDialect,
  upstream: PlainDialect,
  attempt: Attempt,
): Payload | null {
  const read = client.speech?.readRequest
  const write = upstream.speech?.writeRequest
  if (!read || !write) return null
  const { body, address, lost } = write(read(context.inbound.json), attempt.target.model)
  noteLost(context, attempt, upstream.id, lost)
  return {
    dialect: upstream.id,
    body: JSON.stringify(body),
    contentType: JSON_TYPE,
    accept: '*/*',
    request: { ...body, ...address },
    receive: (run, kept, headers) => receivePlain(run, kept, headers, upstream),
  }
}

/** Nothing is sent: the answer is this gateway's own estimate. */
function estimated(
  { json }: Inbound,
  dialect: PlainDialect['id'],
  estimate: NonNullable<PlainDialect['estimate']>,
): Payload {
  const answer: Send = (_call, handlers) => {
    let aborted = false
    setImmediate(() => {
      if (aborted) return
      handlers.connected()
      handlers.head(200, { 'content-type': JSON_TYPE })
      handlers.data(Buffer.from(JSON.stringify(estimate(json))))
      handlers.end()
    })
    const abort = () => {
      aborted = true
    }
    return { pause() {}, resume() {}, abort }
  }
  return {
    dialect,
    body: '',
    contentType: JSON_TYPE,
    accept: JSON_TYPE,
    request: json,
    answer,
    receive: (run, kept) =>
      collectBody(run, (body) => run.commit({ kind: 'whole', contentType: JSON_TYPE, headers: kept, body })),
  }
}
