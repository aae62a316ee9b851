import { GatewayError } from '../../core/errors.ts'
import { gemini } from '../../dialects/gemini/index.ts'
import { clientDialect } from '../../dialects/index.ts'
import type { ExplainAsk } from '../../pipeline/explain.ts'
import type { Arrival } from '../../pipeline/receive.ts'
import { METHODS } from '../gemini.ts'
import { SURFACES } from '../surfaces.ts'
import type { ExplainRequest } from './explain-schemas.ts'

const USUAL_SURFACE = '/v1/chat/completions'
const GEMINI = /^\/(v1|v1beta)\/models\/[^:]*(?::model)?:(\w+)$/

/** Reads what `ExplainBody` lets through; the route takes the place of the model that the request names. */
export function readExplainAsk(route: string, body: Readonly<Record<string, unknown>>): ExplainAsk {
  const { request, surface = USUAL_SURFACE, headers = {}, caller = {} } = envelopeOf(body)
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
  const entry = entryOf(surface, route, request)
  return {
    arrival: {
      ...entry,
      headers: Object.fromEntries(named),
      remoteAddress: '127.0.0.1',
      receivedAt: performance.now(),
    },
    caller,
  }
}

function envelopeOf(body: Readonly<Record<string, unknown>>): ExplainRequest {
  const { request } = body
  const isEnvelope = typeof request === 'object' && request !== null && !Array.isArray(request)
  return isEnvelope ? (body as ExplainRequest) : { request: { ...body } }
}

/** How the endpoint would hand the request on. Throws `invalid_request` for one that calls no model. */
function entryOf(
  surface: string,
  route: string,
  request: Record<string, unknown>,
): Pick<Arrival, 'surface' | 'dialect' | 'address' | 'body'> {
  const [, version, method = ''] = GEMINI.exec(surface) ?? []
  if (METHODS.includes(method)) {
    const address = { model: route, stream: method === 'streamGenerateContent' }
    const name = `/${version}/models/:model:${method}`
    return { surface: name, dialect: gemini, address, body: Buffer.from(JSON.stringify(request)) }
  }
  const id = Object.hasOwn(SURFACES, surface) ? SURFACES[surface] : undefined
  if (id === undefined) throw unknownSurface(surface)
  const body = Buffer.from(JSON.stringify({ ...request, model: route }))
  return { surface, dialect: clientDialect(id), address: {}, body }
}

function unknownSurface(surface: string): GatewayError {
  const known = [...Object.keys(SURFACES), ...METHODS.map((method) => `/v1beta/models/{model}:${method}`)]
  return new GatewayError('invalid_request', `"${surface}" is no endpoint that calls models.`, {
    hint: `These are: ${known.join(', ')}.`,
    param: 'surface',
  })
}
