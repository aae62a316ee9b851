/** What is wrong with one row of a file, without the row's number; the message says what to do. */
export class RowProblem extends Error {}
