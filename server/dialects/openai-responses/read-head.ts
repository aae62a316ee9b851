import { GatewayError } from '../../core/errors.ts'
import type { RequestHead } from '../../core/request.ts'
import { asBoolean, asList, asNumber, asObject, asObjects, asText, type Json, refuse } from '../members.ts'

const STATELESS = 'Gatehouse keeps no responses: send the whole conversation as `input`, with `store: false`,'

/** Checks a request's shape and reads what routing needs. Throws `invalid_request` that names the member. */
export function readHead(json: Readonly<Json>): RequestHead {
  const model = asText(json.model, 'model')
  if (!model || model.length > 512) throw refuse('model', 'the name of a model', json.model)
  refuseState(json)
  checkInput(json)
  for (const name of ['temperature', 'top_p', 'max_output_tokens', 'top_logprobs'])
    if ((asNumber(json[name], name) ?? 0) < 0) throw refuse(name, 'a number from 0', json[name])
  asText(json.instructions, 'instructions')
  asObjects(json.tools, 'tools')
  asObject(json.text, 'text')
  asObject(json.reasoning, 'reasoning')
  return {
    model,
    stream: asBoolean(json.stream, 'stream') === true,
    // Its streams always end with usage.
    streamUsage: true,
    user: asText(json.user, 'user') ?? asText(json.safety_identifier, 'safety_identifier') ?? null,
    metadata: asObject(json.metadata, 'metadata') ?? null,
  }
}

/** What would need a memory of earlier responses, or of this one after its end. */
function refuseState(json: Readonly<Json>): void {
  for (const param of ['previous_response_id', 'conversation'])
    if (json[param] !== undefined && json[param] !== null)
      throw new GatewayError('invalid_request', `${STATELESS} instead of \`${param}\`.`, { param })
  if (asBoolean(json.background, 'background') === true)
    throw new GatewayError('invalid_request', `${STATELESS} and wait for the reply instead of \`background\`.`, {
      param: 'background',
    })
}

function checkInput(json: Readonly<Json>): void {
  const { input } = json
  if (typeof input === 'string') return
  const items = asList(input, 'input')
  // A stored prompt may say everything.
  if (items === undefined && !asObject(json.prompt, 'prompt'))
    throw refuse('input', 'a string or a list of items', input)
}
