/** A text as it might have been before somebody disguised it. */
export interface View {
  /** For people: what was undone. */
  name: string
  text: string
  /** The piece of the original that a piece of the view comes from. */
  original(start: number, end: number): { start: number; end: number }
}

/** An encoded piece and what it says. */
export interface Piece {
  start: number
  end: number
  text: string
}
