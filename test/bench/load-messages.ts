/** Stands in a body for what makes each request another one. */
export const VARIES = '#number#'

/** What the load generator is asked to do: `connections` callers, each sending its next request after its last. */
export interface LoadOrder {
  /** Of the target, without a path. */
  origin: string
  headers: Record<string, string>
  /** Where it has `VARIES`, each request has a number of its own there, always of the same length. */
  body: string
  stream: boolean
  /** Streams need not have all the frames of the upstream: a kept reply has its text in one. */
  fewFrames: boolean
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
