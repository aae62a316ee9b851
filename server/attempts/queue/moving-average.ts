/** The plain mean of the first `span` values, then an exponential average in which the newest counts 1/span. */
export class MovingAverage {
  readonly #span: number
  #count = 0
  #value = 0

  constructor(span: number) {
    this.#span = span
  }

  get value(): number | null {
    return this.#count === 0 ? null : this.#value
  }

  add(value: number): void {
    this.#count = Math.min(this.#count + 1, this.#span)
    this.#value += (value - this.#value) / this.#count
  }

  scale(factor: number): void {
    this.#value *= factor
  }
}
