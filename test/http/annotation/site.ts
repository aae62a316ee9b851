import type { AnnotationItem, AnnotationPage, AnnotationRow } from '../../../server/http/admin/annotation-schemas.ts'
import * as schemas from '../../../server/http/admin/annotation-schemas.ts'
import { ask, type TestGateway } from '../../support/gateway.ts'
import { readAdmin, sendAdmin } from '../admin.ts'
import { until } from '../until.ts'

/** The annotation queue of a gateway, by its admin API; every answer is held against its schema. */
export class Queue {
  readonly gateway: TestGateway

  constructor(gateway: TestGateway) {
    this.gateway = gateway
  }

  list(query = ''): Promise<AnnotationPage> {
    return readAdmin(this.gateway, `annotation${query}`, schemas.AnnotationPage)
  }

  item(id: number, as?: string): Promise<AnnotationItem> {
    const query = as === undefined ? '' : `?as=${encodeURIComponent(as)}`
    return readAdmin(this.gateway, `annotation/${id}${query}`, schemas.AnnotationItem)
  }

  /** Waits until the request is in the queue. */
  entryOf(request: string): Promise<AnnotationRow> {
    return until(`${request} is queued`, async () => {
      const { data } = await this.list('?limit=500')
      return data.find(({ request_id }) => request_id === request) ?? null
    })
  }

  post(path: string, body: object): Promise<Response> {
    return sendAdmin(this.gateway, 'POST', `annotation${path}`, body)
  }

  async label(id: number, as: string, label: Record<string, string>, comment?: string): Promise<string> {
    const reply = await this.post(`/${id}/label`, { as, label, ...(comment === undefined ? {} : { comment }) })
    if (!reply.ok) throw new Error(await reply.text())
    return ((await reply.json()) as { state: string }).state
  }

  /** Asks the gateway, and returns the request's id. */
  async ask(model: string, content: string, headers: Record<string, string> = {}, more: object = {}): Promise<string> {
    const reply = await this.gateway.chat({ ...ask(model, content), ...more }, headers)
    await reply.text()
    return reply.headers.get('x-request-id')!
  }

  /** Waits until the request is in the store. */
  stored(request: string): Promise<true> {
    const ask = () => this.gateway.admin(`requests/${request}`)
    return until(`${request} is stored`, () =>
      ask()
        .then(() => true as const)
        .catch(() => false as const),
    )
  }

  /** Waits until the gateway has nothing more to do for the request: what is queued is queued by then. */
  async settled(request: string): Promise<void> {
    await this.stored(request)
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}
