import { GatewayError } from '../../core/errors.ts'
import type { RequestAddress, RequestHead } from '../../core/request.ts'
import { asObject, asObjects, refuse } from '../members.ts'
import { camelMembers } from './names.ts'

/** What routing needs; model and stream stand in the address. Throws `invalid_request` that names the member. */
export function readHead(json: Readonly<Record<string, unknown>>, address: RequestAddress): RequestHead {
  if (!address.model)
    throw new GatewayError('invalid_request', 'The address names no model: …/models/{model}:generateContent.', {
      param: 'model',
    })
  const { contents, generationConfig, tools, toolConfig } = camelMembers(json)
  if (contents === undefined)
    throw new GatewayError('invalid_request', 'The request has no `contents`.', { param: 'contents' })
  if (asObjects(contents, 'contents').length === 0)
    throw refuse('contents', 'a list with at least one content', contents)
  asObject(generationConfig, 'generationConfig')
  asObject(toolConfig, 'toolConfig')
  asObjects(tools, 'tools')
  return { model: address.model, stream: address.stream === true, streamUsage: true, user: null, metadata: null }
}
