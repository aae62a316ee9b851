import { ApiError, api } from '../api.ts'
import { live } from '../live/client.ts'

/** The id of the request that an id stands for: its own, or that of its trace. Rejects when there is none. */
export async function findRequestId(id: string): Promise<string> {
  if (live.find(id) !== null) return id
  try {
    return (await api.request(id)).request_id
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error
  }
  const request = (await api.trace(id).catch(() => null))?.requests[0]
  if (request === undefined) throw new Error('No request and no trace has this id.')
  return request.request_id
}
