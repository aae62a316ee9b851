/** How a gateway is reached. */
export interface ClientOptions {
  /** Where it listens, e.g. `http://127.0.0.1:4280`. */
  url: string
  /** Content of HOME/admin-token. Not needed by a page of the gateway's own whose user is signed in. */
  token?: string
  /** Key of an app, `gh-…`, for feedback; not needed where the gateway takes requests without. */
  key?: string
  /** In place of the platform's own. */
  fetch?: typeof fetch
}

/** What a gateway refused, in its own words. */
export class GatehouseError extends Error {
  readonly status: number
  /** Stable, e.g. `not_found`, `conflict`. */
  readonly code: string
  /** What to do. */
  readonly hint: string | null

  constructor(status: number, code: string, message: string, hint: string | null) {
    super(hint === null ? message : `${message} ${hint}`)
    this.name = 'GatehouseError'
    this.status = status
    this.code = code
    this.hint = hint
  }
}

type Query = Readonly<Record<string, string | number | undefined>>
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export interface Call {
  query?: Query | object | undefined
  json?: unknown
  /** Sent as it is. */
  content?: { body: string | Blob; type: string }
  signal?: AbortSignal | undefined
}

/** Sends requests to one gateway. */
export class Http {
  readonly #options: ClientOptions

  constructor(options: ClientOptions) {
    this.#options = options
  }

  /** Calls the admin API. Rejects with a GatehouseError, or with what `fetch` rejects with. */
  async admin<T>(method: Method, path: string, call: Call = {}): Promise<T> {
    const response = await this.#send(method, `/admin/api/${path}`, this.#options.token, call)
    return (response.status === 204 ? undefined : await response.json()) as T
  }

  /** As `admin`, with the answer as text. */
  async text(path: string): Promise<string> {
    return (await this.#send('GET', `/admin/api/${path}`, this.#options.token, {})).text()
  }

  /** Calls what apps call. */
  async app<T>(method: Method, path: string, call: Call): Promise<T> {
    return (await this.#send(method, path, this.#options.key, call)).json() as T
  }

  async #send(method: Method, path: string, secret: string | undefined, call: Call): Promise<Response> {
    const { url, fetch: send = fetch } = this.#options
    const address = new URL(path, url)
    for (const [name, value] of Object.entries(call.query ?? {}))
      if (value !== undefined) address.searchParams.set(name, String(value))
    const type = call.content?.type ?? (call.json === undefined ? undefined : 'application/json')
    const body = call.content?.body ?? (call.json === undefined ? undefined : JSON.stringify(call.json))
    const response = await send(address, {
      method,
      headers: {
        ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
        ...(type === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body }),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    })
    if (!response.ok) throw await refusalOf(response)
    return response
  }
}

/** A name or an id as a piece of a path. */
export function piece(name: string): string {
  return encodeURIComponent(name)
}

async function refusalOf(response: Response): Promise<GatehouseError> {
  const text = await response.text()
  const { code = 'unknown', message, hint = null } = errorIn(text)
  return new GatehouseError(response.status, code, message ?? `The gateway answered ${response.status}.`, hint)
}

function errorIn(text: string): { code?: string; message?: string; hint?: string | null } {
  try {
    const { error } = JSON.parse(text) as { error?: object }
    return error ?? {}
  } catch {
    return {}
  }
}
