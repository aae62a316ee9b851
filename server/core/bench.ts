/** What happens to a target while several answer the same prompt; `target` is its place in the order. */
export type BenchEvent =
  | { type: 'start'; target: number }
  | { type: 'delta'; target: number; text: string }
  | { type: 'end'; target: number; result: BenchResult }
  /** Ids of the experiments in which the pairs are kept: of each further target with the first. */
  | { type: 'saved'; experiments: string[] }

/** How one target did. `null` where it cannot be told. */
export interface BenchResult {
  request_id: string
  error: string | null
  ttft_ms: number | null
  duration_ms: number | null
  output_tokens: number | null
  /** From the first to the last token. */
  tokens_per_s: number | null
  cost_usd: number | null
  /** Bytes that the model takes, where its server tells. */
  memory_bytes: number | null
}
