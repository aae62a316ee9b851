/** Provider + model. */
export interface Target {
  provider: string
  model: string
  weight: number
}
