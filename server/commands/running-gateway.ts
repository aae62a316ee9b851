import type { Readable } from 'node:stream'
import type { AdminCall, OwnGateway } from '../egress/own-admin.ts'
import { openHome } from '../home.ts'
import { readHome, UsageError } from '../options.ts'
import { ownGateway } from './own-gateway.ts'

/** The admin API of the gateway that runs on a home, for commands that only it can do. */
export class RunningGateway {
  readonly #gateway: OwnGateway
  readonly #folder: string

  private constructor(gateway: OwnGateway, folder: string) {
    this.#gateway = gateway
    this.#folder = folder
  }

  /** `flag`: that of `--home`. Throws a UsageError where no gateway runs. */
  static on(flag: string | undefined): RunningGateway {
    const home = openHome(readHome(flag, process.env), null)
    const gateway = ownGateway(home)
    if (gateway === null) throw notRunning(home.folder)
    return new RunningGateway(gateway, home.folder)
  }

  /** The answer's JSON. Throws a UsageError with the gateway's own words where it refuses. */
  async call<T>(method: AdminCall['method'], path: string, more: Pick<AdminCall, 'json' | 'file'> = {}): Promise<T> {
    const { status, json } = await this.#reach((admin) => admin.callOwnAdmin(this.#gateway, { method, path, ...more }))
    if (status >= 400) throw this.#refused(status, json)
    return json as T
  }

  /** The answer's body. Throws as `call` does. */
  async open(path: string): Promise<Readable> {
    const { status, body } = await this.#reach((admin) => admin.openOwnAdmin(this.#gateway, { method: 'GET', path }))
    if (status < 400) return body
    const text = (await body.toArray()).join('')
    throw this.#refused(status, text.startsWith('{') ? JSON.parse(text) : null)
  }

  async #reach<T>(work: (admin: typeof import('../egress/own-admin.ts')) => Promise<T>): Promise<T> {
    try {
      return await work(await import('../egress/own-admin.ts'))
    } catch (error) {
      // A gateway that was killed leaves its address behind.
      throw (error as NodeJS.ErrnoException).code === 'ECONNREFUSED' ? notRunning(this.#folder) : error
    }
  }

  #refused(status: number, json: unknown): UsageError {
    const refusal = (json as { error?: { message: string; hint: string | null } } | null)?.error
    if (!refusal) return new UsageError(`The gateway at ${this.#gateway.address} answered ${status}.`)
    return new UsageError(refusal.hint === null ? refusal.message : `${refusal.message} ${refusal.hint}`)
  }
}

/** There is no gateway to ask. */
export class NotRunning extends UsageError {}

function notRunning(folder: string): NotRunning {
  return new NotRunning(`No gateway is running on ${folder}. Start it with \`gatehouse serve\`.`)
}
