export interface BenchOptions {
  /** Small sizes: a smoke test, not a measurement. */
  quick: boolean
  /** Tells people what is being done. */
  progress(text: string): void
}

/** A part of `npm run bench:cache`. */
export interface BenchPart {
  /** To choose it by. */
  name: string
  /** Returns what is printed. */
  run(options: BenchOptions): Promise<string>
}
