/** What the load generator is asked to do: `connections` callers, each sending its next request after its last. */
export interface LoadOrder {
  /** Of the target, without a path. */
  origin: string
  headers: Record<string, string>
  body: string
  stream: boolean
  connections: number
  /** Not counted. */
  warmMs: number
  measureMs: number
  /** Ends sooner after so many. */
  mostRequests: number
}

export interface LoadResult {
  /** All that were answered in full with status 200, warm-up and stragglers too. */
  answered: number
  /** What went wrong, by kind. */
  failures: Record<string, number>
  /** Answered within the measured time. */
  measured: number
  measuredMs: number
  /** From the first request to the last reply. */
  wallMs: number
  p50Ms: number
  p99Ms: number
  /** Until the first byte of content; of whole replies until the body begins. */
  firstContentP50Ms: number
}
