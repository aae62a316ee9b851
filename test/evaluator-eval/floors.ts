/** What the area under the ROC curve must be at least, by set; also where weights were trained without its source. */
export const GROUNDEDNESS_FLOORS: Readonly<Record<string, number>> = {
  begin_begin_dev_wow: 0.93,
  faithdial_audit: 0.8,
}

/** Against random replies. Answers of a word or two without any text have none: nothing tells them from each other. */
export const RELEVANCY_FLOORS: Readonly<Record<string, number>> = {
  halueval: 0.91,
  headings: 0.91,
  'own, full': 0.91,
  'own, full, context': 0.91,
  'own, short, context': 0.91,
}
