/** One labelled text. */
export interface Item {
  text: string
  /** Who made it: what is left out together. */
  source: string
  /** For user text: 1 attack, 0 none; absent where it says nothing. */
  direct?: 0 | 1
  /** For third-party text. */
  indirect?: 0 | 1
  /** Of the attack within the text, in UTF-16 units; absent: all of it. */
  span?: [start: number, end: number]
  /** 1 where absent; less for labels that are often wrong. */
  weight?: number
}
